import { type Cursor, isRecord } from '../cursor.js';
import { checkLookBack, checkUnique } from './scalars.js';

/** What the shape of contact rules cannot say. */
export function checkContact(contact: Cursor): void {
  checkLookBack(contact.at('gap'));
  for (const [, gap] of contact.at('gaps').entries()) checkLookBack(gap);
  checkCaps(contact.at('caps'));
  for (const window of contact.at('windows').items()) {
    const from = window.at('from').text();
    const to = window.at('to').text();
    // Clock texts of one width sort as times; what is no time of day has been complained about.
    if (from !== undefined && to !== undefined && from >= to && from < '24:00') {
      window.report('wrong_order', 'from must lie before to; write a window that passes midnight as two');
    }
    checkUnique(window.at('days'), 'entry', (day) => day);
    checkUnique(window.at('channels'), 'entry', (channel) => channel);
  }
  for (const [, consent] of contact.at('consent').entries()) {
    if (isRecord(consent.value) && consent.entries().length === 0)
      consent.report(
        'missing',
        'say what holds for dunning, for service, or both, such as { dunning: "required" }',
      );
  }
}

/** Of two caps on the same contacts in the same period only the lower one would ever be met. */
function checkCaps(caps: Cursor): void {
  const first = new Map<string, string>();
  for (const cap of caps.items()) {
    const per = cap.at('per');
    const period = cap.at('in').text() ?? 'rolling';
    checkLookBack(per);
    if (period === 'rolling') {
      if (!per.exists) per.report('missing', 'say how many days, such as 7d, or in: "week" or "month"');
    } else if (per.exists) {
      per.report('unused_setting', `a calendar ${period} says its own length; leave per out`);
    }
    const key = JSON.stringify([
      period,
      period === 'rolling' ? per.text() : null,
      cap.at('of').text() ?? 'account',
      cap.at('channel').text() ?? null,
      cap.at('purpose').text() ?? 'dunning',
    ]);
    const before = first.get(key);
    if (before === undefined) first.set(key, cap.path);
    else cap.report('duplicate_entry', `${before} counts the same contacts; keep the lower one of the two`);
  }
}
