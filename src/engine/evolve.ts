import { formatDay, parseDay } from '../calendar/index.js';
import type { Charge } from '../charges/index.js';
import { longestLookBack } from '../contact/gate.js';
import { alsoErased, erasedText, silentNote, withoutErased } from '../ledger/erased.js';
import type { AccountFile, Case, OpenAct, StageMark, Touch } from '../ledger/file.js';
import { lean, noEntries, noRecords } from '../ledger/lean.js';
import { type Act, contentOf } from './acts.js';
import { renamedCase } from './case-rules.js';
import { changeCase, coverMarks, Draft, giveBack, type MarkChange, mark, missing } from './draft.js';
import type { FileEvent } from './events.js';
import {
  closeAnswer,
  fail,
  give,
  hear,
  heardOf,
  noteAddress,
  openWindow,
  reached,
  restore,
  silenceAnswers,
  takeBack,
} from './heard.js';
import { returnRecords, takeRecords } from './left-records.js';
import { isStageMark, shiftFrom } from './marks.js';
import { forgetTalk } from './talk.js';

/** Notes that a file keeps, so that it stays small; the log has all. */
const notesKept = 10;

/** A file of which nothing is known yet. What is empty is shared by all files: whatever changes one copies it first. */
export function emptyFile(id: string): AccountFile {
  return {
    id,
    seq: 0,
    invoices: noRecords,
    cases: noRecords,
    payments: noRecords,
    refunds: noRecords,
    credits: noRecords,
    holds: noRecords,
    disputes: noRecords,
    promises: noRecords,
    unbooked: noRecords,
    replies: noRecords,
    plans: noRecords,
    sources: noRecords,
    kept: noRecords,
    charged: noRecords,
    moved: noRecords,
    acts: noRecords,
    touches: noEntries,
    health: noEntries,
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
  if (draft.file.answers !== undefined) closeAnswer(draft, event);
  switch (event.type) {
    case 'account.upserted':
      draft.file.account = withoutErased(event.account, draft.file.erased);
      return;
    case 'invoice.upserted':
      draft.invoices().set(event.invoice.id, lean(event.invoice));
      return;
    case 'payment.upserted':
      draft.put('payments', event.payment);
      return;
    case 'refund.upserted':
      draft.put('refunds', event.refund);
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
    case 'unbooked.upserted':
      draft.put('unbooked', event.unbooked);
      return;
    case 'reply.upserted':
      draft.put('replies', event.reply);
      return forgetTalk(draft, event.reply);
    case 'plan.upserted':
      draft.put('plans', event.plan);
      return;
    case 'source.upserted':
      draft.put('sources', event.source);
      return;
    case 'facts.gone':
      return draft.remove(event.kind, event.ids);
    case 'promise.ended':
      draft.put('kept', event.promise);
      return;
    case 'account.scored': {
      const { account } = draft.file;
      if (account === undefined) throw missing('account', draft.file.id);
      draft.file.account = { ...account, scores: event.scores };
      return;
    }
    case 'item.moved': {
      const { item: id, policy, author, on } = event;
      draft.put('moved', { id, policy, author, on });
      return;
    }
    case 'account.assigned':
      draft.file.assigned = event.to;
      return;
    case 'account.erased':
      return erase(draft, event);
    case 'note.added':
      draft.file.notes = [...(draft.file.notes ?? []), event.note].slice(-notesKept);
      return;
    case 'account.released':
      draft.file.assigned = undefined;
      return takeBack(draft);
    case 'case.opened':
      return openCase(draft, event);
    case 'case.shifted':
      return changeCase(draft, event.subject, event.case, (one) => ({
        ...one,
        shift: shiftFrom(one, event.due === undefined ? undefined : parseDay(event.due)) + event.days,
        ...(event.due === undefined ? {} : { shiftedFrom: event.due }),
      }));
    case 'case.paused':
      return changeCase(draft, event.subject, event.case, (one) => ({
        ...one,
        paused: { reason: event.reason, on: event.on },
      }));
    case 'case.resumed':
      return changeCase(draft, event.subject, event.case, ({ paused: _, ...one }) => ({
        ...one,
        notBefore: event.notBefore,
      }));
    case 'case.carried':
      return changeCase(draft, event.subject, event.case, (one) => carriedBy(one, event.carrier));
    case 'case.adopted':
      return changeCase(draft, event.subject, event.case, (one) => adopted(one, event));
    case 'case.level':
      return changeCase(draft, event.subject, event.case, (one) => ({
        ...one,
        level: event.to,
        levelOn: event.on,
      }));
    case 'case.asked':
      return changeCase(draft, event.subject, event.case, (one) => ({
        ...(isByHand(event) ? released(one) : one),
        asked: event.stage,
        ...(event.run === undefined ? {} : { runs: [...(one.runs ?? []), event.run] }),
      }));
    case 'case.rewound':
      return changeCase(draft, event.subject, event.case, (one) => ({
        ...one,
        turns: { ...one.turns, ...event.turns },
      }));
    case 'case.moved':
      return changeCase(draft, event.subject, event.case, (one) =>
        mark(one, event.stage, 1, () => ({ state: 'done', on: event.on, reason: 'moved' })),
      );
    case 'case.reset':
      return changeCase(draft, event.subject, event.case, ({ paused: _, ...one }) => ({
        ...one,
        state: 'closed',
        closed: { reason: 'reset', on: event.on },
      }));
    case 'case.handed':
      return changeCase(draft, event.subject, event.case, (one) => ({
        ...one,
        handed: { to: event.to, on: event.on },
      }));
    case 'case.returned':
      return changeCase(draft, event.subject, event.case, ({ handed: _, ...one }) => ({
        ...one,
        // It rested: the next stage comes after the restart gap, as after any pause.
        ...(one.state === 'open' ? { paused: { reason: 'handed_over', on: event.on } } : {}),
      }));
    case 'case.reacted':
      return changeCase(draft, event.subject, event.case, (one) => ({
        ...one,
        reacted: [...(one.reacted ?? []), event.cause],
        ...(event.effects === undefined
          ? {}
          : { reactionEffects: [...new Set([...(one.reactionEffects ?? []), ...event.effects])].sort() }),
      }));
    case 'effect.wanted':
      return changeCase(draft, event.subject, event.case, (one) => ({
        ...one,
        effects: [...new Set([...(one.effects ?? []), event.effect])].sort(),
      }));
    case 'effect.released':
      return changeCase(draft, event.subject, event.case, (one) => ({
        ...one,
        effects: (one.effects ?? []).filter((effect) => effect !== event.effect),
      }));
    case 'case.imported': {
      const known = draft.file.cases.get(event.case.subject) ?? [];
      const others = known.filter((one) => one.id !== event.case.id);
      draft.cases().set(event.case.subject, [...others, event.case]);
      return;
    }
    case 'case.closed':
      return changeCase(draft, event.subject, event.case, ({ paused: _, ...one }) => ({
        ...one,
        state: 'closed',
        closed: { reason: event.reason, on: event.on },
      }));
    case 'case.exhausted':
      return changeCase(draft, event.subject, event.case, (one) => ({
        ...one,
        state: 'exhausted',
        closed: { reason: event.reason, on: event.on },
      }));
    case 'stage.done':
      return changeCase(draft, event.subject, event.case, (one) =>
        mark(one, event.stage, event.occurrence, () => ({
          state: 'done',
          on: event.on,
          ...(event.reason === undefined ? {} : { reason: event.reason }),
          ...(event.with === undefined ? {} : { with: event.with }),
        })),
      );
    case 'stage.delayed':
      return changeCase(draft, event.subject, event.case, (one) =>
        mark(one, event.stage, event.occurrence, () => ({
          state: 'withdrawn',
          on: event.on,
          reason: event.reason,
          keepsTurn: true,
        })),
      );
    case 'stage.skipped':
      return changeCase(draft, event.subject, event.case, (one) =>
        mark(event.author === undefined ? one : released(one), event.stage, event.occurrence, () => ({
          state: 'skipped',
          on: event.on,
          reason: event.reason,
          ...(event.with === undefined ? {} : { with: event.with }),
        })),
      );
    case 'act.planned':
      return planAct(draft, event.act);
    case 'act.approved': {
      const acts = draft.acts();
      const act = acts.get(event.act);
      if (act === undefined) throw missing('act', event.act);
      acts.set(event.act, { ...act, state: 'planned', approved: true, on: event.on });
      return coverMarks(draft, act.covers, event.on, (known) => ({
        ...known,
        confirmed: event.on,
      }));
    }
    case 'act.confirmed': {
      const { outcome } = event;
      const arrived = outcome !== undefined && outcome !== 'sent';
      const act = finishAct(draft, event.act, event.on, () => ({
        state: 'done',
        ...(arrived ? { delivered: event.on } : {}),
      }));
      if (act.kind !== 'message') return;
      const { contact, channel } = act;
      const spoken = arrived && outcome !== 'messageLeft';
      if (spoken && contact !== undefined && channel !== undefined)
        reached(draft, { contact, channel, at: event.at });
      const touch = touchOf(act, event.at, event.on);
      // What a person did when they had the time is no part of what the review did that gave it to them.
      return addTouch(draft, outcome === undefined ? touch : { ...touch, occasion: -event.at });
    }
    case 'act.discarded': {
      // Words of a person are no code.
      const reason = isByHand(event) ? 'discarded' : (event.reason ?? 'discarded');
      const act = finishAct(draft, event.act, event.on, (known) =>
        event.next === 'skip'
          ? { state: 'skipped', reason }
          : { state: 'withdrawn', reason, revision: known.revision + 1 },
      );
      if (event.next !== 'skip') giveBack(draft, act.id);
      if (event.next !== 'hold') return;
      for (const { subject, case: id } of act.covers)
        changeCase(draft, subject, id, (one) => ({ ...one, stopped: { reason, on: event.on } }));
      return;
    }
    case 'act.delivered': {
      const { contact, channel, at } = event;
      if (contact !== undefined && channel !== undefined) reached(draft, { contact, channel, at });
      return coverMarks(draft, event.covers, event.on, (known) => ({
        state: known.state,
        on: known.on,
        ...(known.reason === undefined ? {} : { reason: known.reason }),
        ...(known.with === undefined ? {} : { with: known.with }),
        delivered: known.delivered ?? event.on,
      }));
    }
    case 'fee.settled':
      if (!draft.acts().delete(event.act)) throw missing('act', event.act);
      for (const charge of event.charges ?? []) discharge(draft, charge);
      return;
    case 'contact.recorded':
      return addTouch(draft, {
        at: event.at,
        on: event.on,
        // Whatever is recorded by hand is an occasion of its own: never that of a review at the same instant.
        occasion: -event.at,
        purpose: 'dunning',
        channel: event.channel,
        contact: event.contact,
        cases: event.cases,
      });
    case 'act.withdrawn':
      finishAct(draft, event.act, event.on, (known) => ({
        state: 'withdrawn',
        reason: event.reason,
        revision: known.revision + 1,
      }));
      return giveBack(draft, event.act);
    case 'act.accepted': {
      const act = finishAct(draft, event.act, event.on, (_, sent) => ({
        state: 'done',
        ...awaitedBy(sent, event.at),
      }));
      return addTouch(draft, touchOf(act, event.at, event.on));
    }
    case 'act.refused': {
      const act = finishAct(draft, event.act, event.on, (known, done) => ({
        state: 'failed',
        reason: event.code,
        // Where only the address was at fault, the place is open again for another address.
        tried: [
          ...known.tried,
          `${event.address === undefined || event.soft === true ? '' : 'address '}${done.place ?? '-'}`,
        ],
      }));
      return noteAddress(draft, { ...act, ...event, reason: event.code });
    }
    case 'act.failed':
      return fail(draft, event);
    case 'address.restored':
      return restore(draft, event);
    case 'consent.heard':
      return hear(draft, event);
    case 'message.received':
      heardOf(draft, event);
      return openWindow(draft, event);
    case 'answer.given':
      return give(draft, event);
    case 'act.unknown': {
      const acts = draft.acts();
      const act = acts.get(event.act);
      if (act === undefined) throw missing('act', event.act);
      // If it went out, then on the day of the call, which may be later than the one it was planned on.
      acts.set(event.act, { ...act, state: 'unknown', on: event.on });
      return coverMarks(draft, act.covers, event.on, () => ({ state: 'unknown', reason: event.code }));
    }
    case 'act.delayed': {
      // What waits for a person stays theirs: they tried in vain, and are to try again.
      const act = draft.file.acts.get(event.act);
      if (act?.state === 'proposed')
        draft.acts().set(event.act, { ...act, tries: (act.tries ?? 0) + 1, again: event.until });
      return;
    }
    case 'act.resolved': {
      // Sent means: sent on the day of the attempt, which is what later stages and the gap count from.
      const act = finishAct(draft, event.act, event.on, (known, done) =>
        event.sent
          ? { state: 'done', on: done.on, ...awaitedBy(done, event.at) }
          : { state: 'withdrawn', reason: 'not_sent', revision: known.revision + 1 },
      );
      if (!event.sent) return giveBack(draft, act.id);
      return addTouch(draft, touchOf(act, event.at, act.on));
    }
    case 'act.retried':
      // Its place of the chain is open again; what was tried before it stays tried.
      return coverMarks(draft, event.covers, event.on, (known) => ({
        state: 'withdrawn',
        reason: 'retried',
        revision: known.revision + 1,
        tried: known.tried.slice(0, -1),
      }));
    case 'task.closed':
      if (!draft.acts().delete(event.act)) throw missing('act', event.act);
      return;
    case 'items.left':
      return takeRecords(draft, event.records);
    case 'items.returned':
      return returnRecords(draft, event.records);
    case 'review.made':
      // A review of an earlier day that was accepted takes nothing back.
      draft.file.reviewed = Math.max(event.at, draft.file.reviewed ?? event.at);
      return;
  }
}

function openCase(draft: Draft, event: Extract<FileEvent, { type: 'case.opened' }>): void {
  const opened: Case = {
    id: event.case,
    policy: event.policy,
    version: event.version,
    hash: event.hash,
    subject: event.subject,
    opening: event.opening,
    opened: event.on,
    state: 'open',
    shift: 0,
    marks: noEntries,
    ...(event.carrier === undefined ? {} : { carrier: event.carrier }),
  };
  const known = draft.file.cases.get(event.subject) ?? [];
  draft.cases().set(event.subject, [...known, opened]);
}

/** Names and addresses are gone, and with them what was said about them. */
function erase(draft: Draft, event: Extract<FileEvent, { type: 'account.erased' }>): void {
  const { contact, notes = [] } = event;
  const { file } = draft;
  file.erased = alsoErased(file.erased, contact);
  if (file.account !== undefined) file.account = withoutErased(file.account, file.erased);
  file.health = contact === undefined ? [] : file.health.filter((one) => one.contact !== contact);
  if (file.worked !== undefined)
    file.worked = contact === undefined ? undefined : file.worked.filter((one) => one.contact !== contact);
  silenceAnswers(draft, contact);
  // That somebody does not want to be written to outlives the person's data: it names a contact's id and a channel only.
  if (file.windows !== undefined)
    file.windows = contact === undefined ? undefined : file.windows.filter((one) => one.contact !== contact);
  if (file.notes !== undefined)
    file.notes = file.notes.map((note) =>
      contact === undefined || notes.includes(note.id) ? silentNote(note) : note,
    );
  if (contact === undefined && file.assigned?.reason !== undefined)
    file.assigned = { ...file.assigned, reason: erasedText };
}

/** Whether a person did it, not a review or a run. */
function isByHand({
  author,
  ...event
}: {
  readonly author: string;
  readonly run?: string | undefined;
}): boolean {
  return author !== 'recobro' && event.run === undefined;
}

/** The case goes on: a person said how. */
function released({ stopped: _, ...one }: Case): Case {
  return one;
}

/** Another version of the policy, under which stages may have other names. */
function adopted(one: Case, event: Extract<FileEvent, { type: 'case.adopted' }>): Case {
  const { policy, version, hash, map } = event;
  return { ...renamedCase(one, map), policy, version, hash };
}

function carriedBy(one: Case, carrier: string): Case {
  const before = one.carrier === undefined ? [] : [one.carrier];
  const carried = [...new Set([...(one.carried ?? []), ...before])].filter((id) => id !== carrier);
  return { ...one, carrier, carried };
}

function touchOf(act: OpenAct, at: number, on: string): Touch {
  return {
    at,
    on,
    occasion: act.review,
    purpose: act.purpose,
    ...(act.topic === undefined ? {} : { topic: act.topic }),
    channel: act.channel,
    contact: act.contact,
    cases: act.covers.map((cover) => cover.case),
  };
}

/** A message whose sender has patience with the channel for a while. */
function awaitedBy({ patience, place, review }: OpenAct, at: number): Pick<StageMark, 'awaits'> {
  if (patience === undefined) return {};
  return { awaits: { until: at + patience, place: place ?? '-', occasion: review } };
}

function planAct(draft: Draft, act: Act): void {
  const open: OpenAct = {
    id: act.id,
    kind: act.kind,
    purpose: act.purpose,
    state: act.mode === undefined ? 'planned' : 'proposed',
    contact: act.contact,
    channel: act.channel,
    review: act.review,
    on: act.on,
    covers: act.covers,
    ...(act.name === undefined ? {} : { name: act.name }),
    // Only first messages of stages count for what an occasion may have of a kind.
    ...(act.topic === undefined || !act.covers.some(isStageMark) ? {} : { topic: act.topic }),
    ...(act.patience === undefined ? {} : { patience: act.patience }),
    ...(act.mode === undefined ? {} : { content: contentOf(act) }),
    ...(act.mode === undefined || act.text === undefined ? {} : { words: act.text.hash }),
    ...(act.lapses === undefined ? {} : { lapses: act.lapses }),
    ...(act.until === undefined ? {} : { until: act.until }),
    place: act.channel === undefined ? undefined : placeOf(act.contact, act.channel),
  };
  draft.acts().set(act.id, open);
  if (act.kind === 'fee') for (const charge of act.charges ?? []) countInterest(draft, charge);
  // A task does not hold its stage: raising it is all that the ladder waits for.
  const state = act.kind === 'message' || act.mode !== undefined ? 'planned' : 'done';
  const grouped = act.kind === 'message' && act.covers.some(({ subject }) => subject.startsWith('~'));
  const told = grouped ? act.items.flatMap(({ item, acting }) => (acting ? [item] : [])) : undefined;
  coverMarks(draft, act.covers, act.on, (known) => ({
    state,
    act: act.id,
    ...(told === undefined ? {} : { told }),
    // Refreshed because facts changed, it still waits since it was first proposed.
    proposed: known.state === 'planned' || known.reason === 'changed' ? (known.proposed ?? act.on) : act.on,
  }));
}

/** Interest that is charged, so that no day of an item is charged twice. */
function countInterest(draft: Draft, charge: Charge): void {
  for (const part of charge.parts) {
    if (part.kind !== 'interest' && part.kind !== 'deducted') continue;
    const known = draft.file.charged.get(part.item);
    const to = part.kind === 'interest' ? part.to : charge.on;
    draft.put('charged', {
      id: part.item,
      to: known === undefined || to > known.to ? to : known.to,
      amount: (known?.amount ?? 0) + part.amount,
    });
  }
}

/** A charge that was void from the start: its days may be charged again. */
function discharge(draft: Draft, charge: Charge): void {
  // The last stretch first: each that ends where the account of days ends gives its days back.
  for (const part of charge.parts.toReversed()) {
    if (part.kind !== 'interest' && part.kind !== 'deducted') continue;
    const known = draft.file.charged.get(part.item);
    if (known === undefined) continue;
    // Days after it that another charge counts stay charged, and those of this one are given up.
    const last = part.kind === 'interest' && part.to === known.to;
    const to = last ? formatDay(parseDay(part.from) - 1) : known.to;
    draft.put('charged', { id: part.item, to, amount: known.amount - part.amount });
  }
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
