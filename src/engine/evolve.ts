import { parseDay } from '../calendar/index.js';
import { longestLookBack } from '../contact/gate.js';
import type { AccountFile, Case, OpenAct, StageMark, Touch } from '../ledger/file.js';
import type { Act } from './acts.js';
import { changeCase, coverMarks, Draft, entryOf, type MarkChange, mark, missing } from './draft.js';
import type { FileEvent } from './events.js';
import { shiftFrom } from './marks.js';

/** A file of which nothing is known yet. */
export function emptyFile(id: string): AccountFile {
  return {
    id,
    seq: 0,
    invoices: new Map(),
    payments: new Map(),
    credits: new Map(),
    holds: new Map(),
    disputes: new Map(),
    promises: new Map(),
    acts: new Map(),
    touches: [],
    unusable: [],
  };
}

/**
 * The file after an event. Nothing else changes a file; the same events in the
 * same order give the same file.
 *
 * @throws RecobroError `impossible_state` when the event names a case or act that the file does not have
 */
export function evolve(file: AccountFile, event: FileEvent): AccountFile {
  return evolveAll(file, [event]);
}

/** `events.reduce(evolve, file)`, copying each part of the file at most once. */
export function evolveAll(file: AccountFile, events: readonly FileEvent[]): AccountFile {
  if (events.length === 0) return file;
  const draft = new Draft(file);
  for (const event of events) apply(draft, event);
  draft.file.seq = file.seq + events.length;
  return draft.file;
}

function apply(draft: Draft, event: FileEvent): void {
  switch (event.type) {
    case 'account.upserted':
      draft.file.account = event.account;
      return;
    case 'invoice.upserted': {
      const invoices = draft.invoices();
      invoices.set(event.invoice.id, {
        invoice: event.invoice,
        cases: invoices.get(event.invoice.id)?.cases ?? [],
      });
      return;
    }
    case 'payment.upserted':
      draft.put('payments', event.payment);
      return;
    case 'credit.upserted':
      draft.put('credits', event.credit);
      return;
    case 'hold.upserted':
      draft.put('holds', event.hold);
      return;
    case 'dispute.upserted':
      draft.put('disputes', event.dispute);
      return;
    case 'promise.upserted':
      draft.put('promises', event.promise);
      return;
    case 'case.opened':
      return openCase(draft, event);
    case 'case.shifted':
      return changeCase(draft, event.invoice, event.case, (one) => ({
        ...one,
        shift: shiftFrom(one, event.due === undefined ? undefined : parseDay(event.due)) + event.days,
        ...(event.due === undefined ? {} : { shiftedFrom: event.due }),
      }));
    case 'case.paused':
      return changeCase(draft, event.invoice, event.case, (one) => ({
        ...one,
        paused: { reason: event.reason, on: event.on },
      }));
    case 'case.resumed':
      return changeCase(draft, event.invoice, event.case, ({ paused: _, ...one }) => ({
        ...one,
        notBefore: event.notBefore,
      }));
    case 'case.closed':
      return changeCase(draft, event.invoice, event.case, ({ paused: _, ...one }) => ({
        ...one,
        state: 'closed',
        closed: { reason: event.reason, on: event.on },
      }));
    case 'case.exhausted':
      return changeCase(draft, event.invoice, event.case, (one) => ({
        ...one,
        state: 'exhausted',
        closed: { reason: event.reason, on: event.on },
      }));
    case 'stage.skipped':
      return changeCase(draft, event.invoice, event.case, (one) =>
        mark(one, event.stage, event.occurrence, () => ({
          state: 'skipped',
          on: event.on,
          reason: event.reason,
        })),
      );
    case 'act.planned':
      return planAct(draft, event.act);
    case 'act.withdrawn':
      finishAct(draft, event.act, event.on, (known) => ({
        state: 'withdrawn',
        reason: event.reason,
        revision: known.revision + 1,
      }));
      return;
    case 'act.accepted': {
      const act = finishAct(draft, event.act, event.on, () => ({ state: 'done' }));
      return addTouch(draft, {
        at: event.at,
        on: event.on,
        occasion: act.review,
        purpose: act.purpose,
        channel: act.channel,
        contact: act.contact,
      });
    }
    case 'act.refused': {
      const act = finishAct(draft, event.act, event.on, (known, done) => ({
        state: 'failed',
        reason: event.code,
        // Where only the address was at fault, the place is open again for another address.
        tried: [...known.tried, `${event.address === undefined ? '' : 'address '}${done.place ?? '-'}`],
      }));
      if (event.address !== undefined && act.contact !== undefined && act.channel !== undefined) {
        const { contact, channel } = act;
        const { address } = event;
        const rest = draft.file.unusable.filter(
          (one) => one.contact !== contact || one.channel !== channel || one.address !== address,
        );
        draft.file.unusable = [...rest, { contact, channel, address, reason: event.code, at: event.at }];
      }
      return;
    }
    case 'act.unknown': {
      const acts = draft.acts();
      const act = acts.get(event.act);
      if (act === undefined) throw missing('act', event.act);
      acts.set(event.act, { ...act, state: 'unknown' });
      return coverMarks(draft, act.covers, event.on, () => ({ state: 'unknown', reason: event.code }));
    }
    case 'act.delayed':
      return;
    case 'act.resolved': {
      // Sent means: sent on the day of the attempt, which is what later stages and the gap count from.
      const act = finishAct(draft, event.act, event.on, (known, done) =>
        event.sent
          ? { state: 'done', on: done.on }
          : { state: 'withdrawn', reason: 'not_sent', revision: known.revision + 1 },
      );
      if (!event.sent) return;
      return addTouch(draft, {
        at: event.at,
        on: act.on,
        occasion: act.review,
        purpose: act.purpose,
        channel: act.channel,
        contact: act.contact,
      });
    }
    case 'task.closed':
      if (!draft.acts().delete(event.act)) throw missing('act', event.act);
      return;
    case 'review.made':
      draft.file.reviewed = event.at;
      return;
  }
}

function openCase(draft: Draft, event: Extract<FileEvent, { type: 'case.opened' }>): void {
  const entry = entryOf(draft, event.invoice);
  const opened: Case = {
    id: event.case,
    policy: event.policy,
    version: event.version,
    subject: event.subject,
    opening: event.opening,
    opened: event.on,
    state: 'open',
    shift: 0,
    marks: [],
  };
  draft.invoices().set(event.invoice, { ...entry, cases: [...entry.cases, opened] });
}

function planAct(draft: Draft, act: Act): void {
  const open: OpenAct = {
    id: act.id,
    kind: act.kind,
    purpose: act.purpose,
    state: 'planned',
    contact: act.contact,
    channel: act.channel,
    review: act.review,
    on: act.on,
    covers: act.covers,
    place: act.channel === undefined ? undefined : placeOf(act.contact, act.channel),
  };
  draft.acts().set(act.id, open);
  // A task does not hold its stage: raising it is all that the ladder waits for.
  const state = act.kind === 'task' ? 'done' : 'planned';
  coverMarks(draft, act.covers, act.on, () => ({ state, act: act.id }));
}

/** How a place of a channel chain is written in marks. */
export function placeOf(contact: string | undefined, channel: string): string {
  return `${contact ?? '-'}:${channel}`;
}

function finishAct(
  draft: Draft,
  id: string,
  on: string,
  change: (known: StageMark, act: OpenAct) => MarkChange,
): OpenAct {
  const acts = draft.acts();
  const act = acts.get(id);
  if (act === undefined) throw missing('act', id);
  acts.delete(id);
  coverMarks(draft, act.covers, on, (known) => change(known, act));
  return act;
}

function addTouch(draft: Draft, touch: Touch): void {
  const oldest = parseDay(touch.on) - longestLookBack;
  const kept = draft.file.touches.filter((one) => parseDay(one.on) >= oldest);
  draft.file.touches = [...kept, touch];
}
