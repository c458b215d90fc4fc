import { isErased } from '../ledger/erased.js';
import { coverMarks, type Draft } from './draft.js';
import type { FileEvent } from './events.js';

/** What becomes of a file by what comes in from outside: receipts of failure, words about consent, messages. */

type Of<T extends FileEvent['type']> = Extract<FileEvent, { type: T }>;

/**
 * A message that was accepted did not arrive. The next place of its chain has its turn at once, as where it was not
 * delivered in time; once. One that is known to have been delivered by now stays so.
 */
export function fail(draft: Draft, event: Of<'act.failed'>): void {
  coverMarks(draft, event.covers, event.on, (known) => {
    const { state, on, reason, with: by, awaits } = known;
    const same = {
      state,
      on,
      ...(reason === undefined ? {} : { reason }),
      ...(by === undefined ? {} : { with: by }),
    };
    if (known.act !== event.act || state !== 'done' || known.delivered !== undefined) return same;
    const until = Math.min(event.at, awaits?.until ?? event.at);
    return { ...same, awaits: { until, place: event.place, occasion: event.occasion, failed: true } };
  });
  noteAddress(draft, { ...event, reason: event.code });
}

/** An address that does not work is not tried again. Of people who were erased nothing is remembered, however late it comes in. */
export function noteAddress(
  draft: Draft,
  told: {
    readonly contact?: string | undefined;
    readonly channel?: string | undefined;
    readonly address?: string | undefined;
    readonly reason: string;
    readonly at: number;
  },
): void {
  const { contact, channel, address, reason, at } = told;
  if (address === undefined || contact === undefined || channel === undefined) return;
  if (isErased(draft.file.erased, contact)) return;
  const rest = draft.file.unusable.filter(
    (one) => one.contact !== contact || one.channel !== channel || one.address !== address,
  );
  draft.file.unusable = [...rest, { contact, channel, address, reason, at }];
}

/** Of each contact, channel and purpose the latest word; of two at one instant the withdrawal. */
export function hear(draft: Draft, event: Of<'consent.heard'>): void {
  const { contact, channel, state, at, purpose, proof } = event;
  const known = draft.file.heard ?? [];
  const before = known.find(
    (one) => one.contact === contact && one.channel === channel && one.purpose === purpose,
  );
  if (before !== undefined && (before.at > at || (before.at === at && before.state === 'withdrawn'))) return;
  const rest = known.filter((one) => one !== before);
  draft.file.heard = [
    ...rest,
    { contact, channel, state, at, proof, ...(purpose === undefined ? {} : { purpose }) },
  ];
}

/** Each message opens the window anew; one that comes late opens none that is over. */
export function openWindow(draft: Draft, event: Of<'message.received'>): void {
  const { contact, channel, windowUntil } = event;
  if (contact === undefined || windowUntil === undefined || isErased(draft.file.erased, contact)) return;
  const known = draft.file.windows ?? [];
  const before = known.find((one) => one.contact === contact && one.channel === channel);
  if (before !== undefined && before.until >= windowUntil) return;
  const rest = known.filter((one) => one !== before);
  draft.file.windows = [...rest, { contact, channel, until: windowUntil }];
}
