import { formatDay, localDay } from '../calendar/index.js';
import type { SendOutcome } from '../channels/channel.js';
import {
  type Act,
  decide,
  evolveAll,
  type FileEvent,
  followUps,
  type SentText,
  viewOf,
} from '../engine/index.js';
import type { AccountFile } from '../ledger/file.js';
import type { ActChange, ActMove, ActState, StoredFile } from '../stores/store.js';
import { actChanges } from './act-changes.js';
import type { Intent } from './change.js';
import type { Context } from './context.js';
import { codeOf } from './failures.js';
import type { ReachedLimit } from './outbox/rates/limits.js';
import type { WideScope } from './outbox/scopes.js';
import { retryDelay } from './retry.js';

/** What became of one act. */
export interface Dispatched {
  readonly act: Act;
  /** `failed`: something is wrong on this side; it is tried again, or parked if the call was made. */
  readonly outcome: 'sent' | 'delayed' | 'skipped' | 'refused' | 'misconfigured' | 'unknown' | 'failed';
  /** Code: why it was skipped, or what the provider said. */
  readonly code?: string | undefined;
  readonly providerId?: string | undefined;
  /** When it is tried again. */
  readonly until?: number | undefined;
  /** The limit that keeps it back. */
  readonly limit?: ReachedLimit | undefined;
  /** What it brought for people and the host: fees to book, alerts, effects, hand-overs. */
  readonly brought?: readonly Act[] | undefined;
}

/** One try of an act by one worker. */
export interface Attempt {
  readonly act: Act;
  /** Fencing token of the claim; absent where the act is at rest. */
  readonly token: string | undefined;
  /** Attempts started, this one included. */
  readonly number: number;
  /** Where the message went; kept only if the address turns out to be the fault. */
  readonly address?: string | undefined;
  /** The words that the call was made with. */
  readonly text?: SentText | undefined;
  /** The state that the act is in. */
  readonly from: ActState;
  /** The act's account as the commit before the call left it. */
  readonly known?: StoredFile | undefined;
  readonly now: number;
  /** When the call was made, at the latest, where that is longer ago than now. */
  readonly called?: number | undefined;
}

/** What to write for an answer of a channel: the result and its effects together. */
export function recordOutcome(
  context: Context,
  file: AccountFile,
  attempt: Attempt,
  outcome: SendOutcome,
): Intent<Dispatched> {
  const { act, now } = attempt;
  const on = dayOf(context, file, now);
  const next = (after: AccountFile): number | null => nextReview(context, after, now);
  switch (outcome.outcome) {
    case 'accepted': {
      const { providerId } = outcome;
      const done: FileEvent = {
        type: 'act.accepted',
        act: act.id,
        at: now,
        on,
        provider: providerId,
        ...textOf(attempt),
      };
      const after = completed(context, file, [done], act.review, now, act);
      return {
        events: after.events,
        acts: [move(attempt, 'accepted', { providerId, at: now }), ...after.acts],
        next,
        result: {
          act,
          outcome: 'sent',
          providerId,
          ...(after.brought.length === 0 ? {} : { brought: after.brought }),
        },
      };
    }
    case 'unknown': {
      const { code } = outcome;
      const day = attempt.called === undefined ? on : dayOf(context, file, attempt.called);
      return {
        events: [{ type: 'act.unknown', act: act.id, at: now, on: day, code, ...textOf(attempt) }],
        acts: [move(attempt, 'unknown', { code, at: now })],
        next,
        result: { act, outcome: 'unknown', code },
      };
    }
    case 'retry': {
      const { code, scope } = outcome;
      const delay = retryDelay(attempt.number, scope, outcome.after);
      if (delay === undefined)
        return refuse(context, file, attempt, { code, scope, why: 'exhausted', ...softly(attempt, scope) });
      const until = now + delay;
      return {
        events: [{ type: 'act.delayed', act: act.id, at: now, on, code, until }],
        acts: [
          {
            ...move(attempt, 'ready', { code, at: now }),
            notBefore: until,
            // Given up before the call: it is counted here, so that the waits grow and come to an end.
            ...(attempt.from === 'claimed' ? { attempt: true } : {}),
          },
        ],
        result: { act, outcome: 'delayed', code, until },
      };
    }
    case 'refused': {
      const { code, scope, addressUnusable, optedOut } = outcome;
      if (addressUnusable === true) {
        const { address } = attempt;
        return refuse(context, file, attempt, { code, scope, ...(address === undefined ? {} : { address }) });
      }
      if (optedOut !== true)
        return refuse(context, file, attempt, { code, scope, ...softly(attempt, scope) });
      // Who told the provider to stop is not written to there again; other channels are another matter.
      const refused = refuse(context, file, attempt, { code, scope });
      const { contact, channel } = act;
      if (contact === undefined || channel === undefined) return refused;
      const state = 'withdrawn' as const;
      const stop: FileEvent = { type: 'consent.heard', contact, channel, state, at: now, on, proof: act.id };
      return { ...refused, events: [...refused.events, stop] };
    }
    case 'misconfigured': {
      const { code, scope } = outcome;
      context.logger.error('a channel is not set up correctly', { channel: act.channel, code });
      return {
        ...refuse(context, file, attempt, { code, scope, why: 'misconfigured' }),
        result: { act, outcome: 'misconfigured', code },
      };
    }
  }
}

/** Takes an act back that is not right any more; the account is reviewed anew at once. @param refreshed asks for it anew */
export function withdraw(
  context: Context,
  file: AccountFile,
  attempt: Attempt,
  reason: string,
  refreshed: readonly FileEvent[] = [],
): Intent<Dispatched> {
  const { act, now } = attempt;
  return {
    events: [{ type: 'act.withdrawn', act: act.id, reason, on: dayOf(context, file, now) }, ...refreshed],
    acts: [move(attempt, 'withdrawn', { reason })],
    next: () => 0,
    result: { act, outcome: 'skipped', code: reason },
  };
}

/** Keeps an approved act for a moment when contact is permitted; the approval stands. */
export function postpone(
  context: Context,
  file: AccountFile,
  attempt: Attempt,
  code: string,
  until: number,
): Intent<Dispatched> {
  const { act, now } = attempt;
  return {
    events: [{ type: 'act.delayed', act: act.id, at: now, on: dayOf(context, file, now), code, until }],
    acts: [{ ...move(attempt, 'ready', { code, at: now }), notBefore: until }],
    result: { act, outcome: 'delayed', code, until },
  };
}

/** What holds an act back. */
export interface Hold {
  readonly scope: WideScope;
  /** When it was first held back: the act itself may be of today. */
  readonly since: number;
  readonly until: number;
  /** What the provider said. */
  readonly code: string;
  /** Whether the act was held back by the same before: then the log has it. */
  readonly known: boolean;
}

/**
 * Puts an act off because of what it shares with others that fail. It costs no
 * attempt, and is one entry of the log however often it is looked at again.
 * What has failed for too long is waited for no more: its acts go the next way.
 */
export function holdBack(
  context: Context,
  file: AccountFile,
  attempt: Attempt,
  { scope, since, until, code, known }: Hold,
): Intent<Dispatched> {
  const { act, now } = attempt;
  const end = since + context.outbox.settings.holdMs;
  if (end <= now) return refuse(context, file, attempt, { code, scope, why: 'held' });
  const reason = `recobro:held_${scope}`;
  const event: FileEvent = {
    type: 'act.delayed',
    act: act.id,
    at: now,
    on: dayOf(context, file, now),
    code: reason,
    until,
  };
  return {
    events: known ? [] : [event],
    acts: [
      {
        ...move(attempt, 'ready', { code: reason, said: code, held: scope, at: now }),
        notBefore: Math.min(until, end),
      },
    ],
    result: { act, outcome: 'delayed', code: reason, until },
  };
}

interface Refusal {
  readonly code: string;
  readonly scope: string;
  readonly address?: string | undefined;
  readonly soft?: true | undefined;
  /** Default `refused`. */
  readonly why?: DeadReason | undefined;
}

/** Why an act ended without having gone out: refused for good, not set up, tried too often, or held back for too long. */
export type DeadReason = 'refused' | 'misconfigured' | 'exhausted' | 'held';

/** A failure that is the recipient's, though not the address's for good: several in a row rest it. */
function softly({ address }: Attempt, scope: string): { readonly address?: string; readonly soft?: true } {
  return scope !== 'recipient' || address === undefined || address === '' ? {} : { address, soft: true };
}

/** Ends an act for good; the next review looks for another place of the chain. */
export function refuse(
  context: Context,
  file: AccountFile,
  attempt: Attempt,
  { why = 'refused', ...refusal }: Refusal,
): Intent<Dispatched> {
  const { act, now } = attempt;
  const { code, scope } = refusal;
  return {
    events: [{ type: 'act.refused', act: act.id, at: now, on: dayOf(context, file, now), ...refusal }],
    acts: [move(attempt, 'refused', { code, scope, why, at: now })],
    next: () => 0,
    result: { act, outcome: 'refused', code },
  };
}

/** Which words went out: those of the call, or, where its worker is gone, those it was planned with, since no others go out. */
function textOf({ text, act }: Attempt): { readonly text?: SentText } {
  const known = text ?? act.text;
  return known === undefined ? {} : { text: known };
}

/** What was done, and what comes of it. */
export interface Completed {
  readonly events: readonly FileEvent[];
  readonly acts: readonly ActChange[];
  /** New acts for people and for the host. */
  readonly brought: readonly Act[];
}

/** Events with what they complete: marks, fees, alerts and effects of a stage are written together with its result. */
export function completed(
  context: Context,
  file: AccountFile,
  events: readonly FileEvent[],
  review: number,
  now: number,
  told?: Act,
): Completed {
  const { engine } = context;
  const after = evolveAll(file, events);
  const follow = followUps(engine, viewOf(engine, after, now), after, review, [], told);
  const planned = follow.acts.map((act): FileEvent => ({ type: 'act.planned', act }));
  return {
    events: [...events, ...follow.events, ...planned],
    acts: actChanges(follow.events, follow.acts, now, engine.plan.zone),
    brought: follow.acts,
  };
}

/** When to look again: the core says; at once if it would already do something. */
export function nextReview(context: Context, file: AccountFile, now: number): number | null {
  try {
    const decision = decide(context.engine, file, now);
    return decision.events.length > 0 ? 0 : (decision.next ?? null);
  } catch (error) {
    // The next review meets the same error and reports it; what was sent must be recorded in any case.
    context.logger.error('the next review could not be reckoned', { account: file.id, code: codeOf(error) });
    return 0;
  }
}

/** The account's local day. */
export function dayOf(context: Context, file: AccountFile, now: number): string {
  return formatDay(localDay(now, file.account?.zone ?? context.engine.plan.zone));
}

function move(attempt: Attempt, to: ActState, result: ActMove['result']): ActMove {
  const { act, from, token } = attempt;
  return { op: 'move', id: act.id, from: [from], to, result, ...(token === undefined ? {} : { token }) };
}
