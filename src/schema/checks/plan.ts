import type { Cursor } from '../cursor.js';
import { longestLookBack } from '../limits.js';
import { hint } from '../nearest.js';
import { checkCondition } from './condition.js';
import {
  checkDate,
  checkDuration,
  checkLanguage,
  checkThreshold,
  checkUnique,
  checkZone,
} from './scalars.js';

/** What the shape of a plan cannot say. */
export function checkPlan(plan: Cursor): void {
  checkZone(plan.at('zone'));
  checkLanguage(plan.at('language'));
  const segments = plan.at('segments');
  checkUnique(segments, 'id', (segment) => segment.at('id'));
  for (const segment of segments.items()) checkCondition(segment.at('when'), 'segment');
  checkAssignments(plan);
  checkContact(plan.at('contact'));
  checkUnique(plan.at('calendar').at('weekend'), 'entry', (day) => day);
  for (const date of plan.at('calendar').at('holidays').items()) checkDate(date);
  if (plan.at('tolerance').exists) checkThreshold(plan.at('tolerance'));
}

const ranks = ['invoice', 'account', 'segment'] as const;

function checkAssignments(plan: Cursor): void {
  const segments = plan
    .at('segments')
    .items()
    .flatMap((segment) => segment.at('id').text() ?? []);
  const first = new Map<string, Cursor>();
  for (const assignment of plan.at('assign').items()) {
    const given = ranks.filter((rank) => assignment.at(rank).exists);
    if (given.length === 0) {
      assignment.report(
        'missing',
        'name an invoice, an account or a segment; the policy of all others is "default"',
      );
    }
    if (given.length > 1) {
      assignment.report('conflicting_keys', `name one of ${given.join(', ')}; write one assignment for each`);
    }
    const [rank] = given;
    const target = rank === undefined ? undefined : assignment.at(rank).text();
    if (given.length !== 1 || rank === undefined || target === undefined) continue;
    if (rank === 'segment' && !segments.includes(target)) {
      assignment
        .at('segment')
        .report(
          'unknown_reference',
          `there is no segment ${JSON.stringify(target)}${hint(target, segments)}`,
        );
    }
    const key = `${rank} ${target}`;
    const before = first.get(key);
    if (before === undefined) first.set(key, assignment);
    else if (before.at('policy').value === assignment.at('policy').value) {
      assignment.report('duplicate_entry', `the same stands at ${before.path} already`);
    } else {
      assignment.report(
        'conflicting_assignment',
        `${before.path} gives the ${rank} ${JSON.stringify(target)} another policy; keep one of the two`,
      );
    }
  }
}

function checkContact(contact: Cursor): void {
  checkLookBack(contact.at('gap'));
  for (const cap of contact.at('caps').items()) checkLookBack(cap.at('per'));
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
}

/** A gap or a cap's period: contacts of longer ago are not remembered. */
function checkLookBack(at: Cursor): void {
  checkDuration(at);
  const days = /^(\d+)d$/.exec(at.text() ?? '')?.[1];
  if (days !== undefined && Number(days) > longestLookBack)
    at.report(
      'too_large',
      `contacts are remembered for ${longestLookBack} days; write ${longestLookBack}d or less`,
    );
}
