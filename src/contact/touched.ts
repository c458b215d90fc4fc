import { type Day, parseDay } from '../calendar/index.js';
import type { AccountFile, Purpose } from '../ledger/file.js';

/** A contact that counts: it happened, is under way, or may have happened. */
export interface Contacted {
  /** Local day. */
  readonly day: Day;
  /** When it happened; for what is under way, the instant asked about. */
  readonly at: number;
  readonly occasion: number;
  readonly purpose: Purpose;
  readonly contact: string | undefined;
  readonly channel: string | undefined;
  /** Cases that it was about; undefined where that is not known, which is: about any. */
  readonly cases: readonly string[] | undefined;
}

/**
 * All contacts of a file, whoever made them, but those of the occasion itself:
 * one review is one occasion. A proposal that waits for a person is none.
 */
export function contactedIn(file: AccountFile, occasion: number, now: number, today: Day): Contacted[] {
  const contacts: Contacted[] = [];
  for (const touch of file.touches) {
    if (touch.occasion === occasion) continue;
    contacts.push({
      day: parseDay(touch.on),
      at: touch.at,
      occasion: touch.occasion,
      purpose: touch.purpose,
      contact: touch.contact,
      channel: touch.channel,
      cases: touch.cases?.length === 0 ? undefined : touch.cases,
    });
  }
  for (const act of file.acts.values()) {
    if (act.kind !== 'message' || act.state === 'proposed' || act.review === occasion) continue;
    // What is still on its way goes out now at the earliest; what may have gone out did so on its day.
    const on = parseDay(act.on);
    const planned = act.state === 'planned';
    contacts.push({
      day: planned ? Math.max(on, today) : on,
      // A run on request is an occasion of its own within its millisecond: what is reckoned from it is an instant.
      at: planned ? now : Math.floor(act.review),
      occasion: act.review,
      purpose: act.purpose,
      contact: act.contact,
      channel: act.channel,
      cases: act.covers.map((cover) => cover.case),
    });
  }
  return contacts;
}

/** The subject of a case, whatever its policy and opening: `policy/subject#opening`. */
export function subjectOfCase(id: string): string {
  return id.slice(id.indexOf('/') + 1, id.lastIndexOf('#'));
}
