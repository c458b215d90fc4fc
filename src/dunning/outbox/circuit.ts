import type { SendOutcome } from '../../channels/channel.js';
import type { Json } from '../../stores/store.js';
import { fromJson } from '../codec.js';
import { longer, longestWait } from '../retry.js';
import { isWider, type WideScope } from './scopes.js';

/**
 * What is known of a sender, a template, an account at a provider or a
 * recipient that fails. `closed`: failures are counted, calls are made.
 * `open`: nothing is sent until `until`; then one act goes ahead as a probe,
 * and what becomes of it closes the circuit or opens it for longer.
 */
export interface Circuit {
  readonly state: 'closed' | 'open';
  /** Temporary failures in a row. */
  readonly failures: number;
  /** How often it was opened in a row. */
  readonly openings: number;
  /** When it was first opened, or the first failure was counted. */
  readonly since: number;
  /** When a probe may go ahead. */
  readonly until: number;
  /** What the provider said last. */
  readonly code: string;
  /** Whether a person has to act: credentials, sender or template are not set up, or were rejected. */
  readonly definite: boolean;
  /** Who tries, and until when that is believed. */
  readonly probe?: { readonly token: string; readonly until: number } | undefined;
}

const minute = 60_000;
/** Waits between probes; the last one repeats. */
const probes: readonly number[] = [minute, 5 * minute, 15 * minute, 60 * minute];

/** What an outcome says of one scope. */
export type Finding =
  | { readonly finding: 'works' }
  | {
      readonly finding: 'fails';
      readonly definite: boolean;
      readonly code: string;
      readonly after?: number | undefined;
    }
  | { readonly finding: 'nothing' };

export function findingOf(scope: WideScope, outcome: SendOutcome): Finding {
  if (outcome.outcome === 'accepted') return { finding: 'works' };
  // A provider that leaves calls unanswered is not called on and on: each would be a question to a person.
  if (outcome.outcome === 'unknown')
    return scope === 'account'
      ? { finding: 'fails', definite: false, code: outcome.code }
      : { finding: 'nothing' };
  if (outcome.scope !== scope) {
    // What the channel found by itself says nothing of a provider that was not called.
    const called = outcome.outcome === 'retry' || outcome.called !== false;
    return { finding: called && isWider(scope, outcome.scope) ? 'works' : 'nothing' };
  }
  const { code } = outcome;
  if (outcome.outcome === 'retry') return { finding: 'fails', definite: false, code, after: outcome.after };
  // What is refused for good of one person is that person's matter: the file remembers it.
  if (scope === 'recipient' || scope === 'pair') return { finding: 'nothing' };
  return { finding: 'fails', definite: true, code };
}

/**
 * The circuit after a failure. Calls that were in flight when it opened say
 * nothing new; only a probe's failure makes the waits longer.
 */
export function failed(
  before: Circuit | undefined,
  { definite, code, after }: Extract<Finding, { finding: 'fails' }>,
  { now, most, probing }: { readonly now: number; readonly most: number; readonly probing: boolean },
): Circuit {
  // Failures that lie a day apart are not in a row.
  const known = before?.state === 'closed' && before.until + longestWait <= now ? undefined : before;
  const failures = (known?.failures ?? 0) + 1;
  const since = known?.since ?? now;
  const asked = after !== undefined && after > 0;
  if (known?.state !== 'open') {
    if (!definite && !asked && failures < most)
      return { state: 'closed', failures, openings: 0, since, until: now, code, definite };
    // What the provider asks for is the wait, however short.
    const wait = asked ? longer(0, after) : (probes[0] ?? minute);
    return { state: 'open', failures, openings: 1, since: now, until: now + wait, code, definite };
  }
  if (!probing) {
    const until = asked ? Math.max(known.until, now + longer(0, after)) : known.until;
    return { ...known, failures, until, definite: known.definite || definite };
  }
  const openings = known.openings + 1;
  const wait = longer(probes[Math.min(openings, probes.length) - 1] ?? minute, after);
  return { state: 'open', failures, openings, since, until: now + wait, code, definite };
}

/** Whether an act may go ahead: yes, as a probe, or not before an instant. */
export type Passage =
  | { readonly passage: 'open' | 'probe' }
  | { readonly passage: 'held'; readonly until: number; readonly probed: boolean };

/** Others look again this soon while a probe is under way. */
const probeLook = 15_000;

export function passage(circuit: Circuit | undefined, now: number): Passage {
  if (circuit?.state !== 'open') return { passage: 'open' };
  if (circuit.until > now) return { passage: 'held', until: circuit.until, probed: false };
  const { probe } = circuit;
  if (probe === undefined || probe.until <= now) return { passage: 'probe' };
  return { passage: 'held', until: Math.min(probe.until, now + probeLook), probed: true };
}

/** A circuit out of a store; undefined for what is none. */
export function circuitOf(value: Json): Circuit | undefined {
  if (typeof value !== 'object' || value === null || !('until' in value)) return undefined;
  return fromJson<Circuit>(value);
}
