import type { AssignedBy } from '../../engine/assign.js';
import type { Guard } from '../../engine/explain/guards.js';
import type { BlockEnd } from '../../engine/explain/types.js';

/** What explanations are made of, in one language. Texts that are handed in are in that language already. */
export interface ExplainWords {
  /** `Comercial Robles (robles), March 3, 2026 (America/Bogota)` */
  readonly title: (account: string, day: string, zone: string) => string;
  readonly segment: (name: string) => string;
  readonly owesNothing: string;
  readonly settled: (count: string, one: boolean) => string;
  readonly nextLook: (when: string, stages: string | undefined) => string;
  /** The head of an item: what is owed and for how long. */
  readonly open: (amount: string) => string;
  readonly mayBeChased: (amount: string) => string;
  readonly nothingChased: string;
  readonly due: (day: string, days: string | undefined, when: 'today' | 'ago' | 'ahead') => string;
  readonly noDue: string;
  /** The questions, as one names them. */
  readonly guards: Readonly<Record<Guard, string>>;
  /** The answer of an item. */
  readonly acts: (stage: string | undefined, to: string | undefined, channel: string | undefined) => string;
  /** Why this contact, and why this channel, where it is not what comes first anyway. */
  readonly chosen: Readonly<
    Record<'invoice' | 'fallback' | 'preference' | 'lastWorked', (role: string) => string>
  >;
  /** What comes before it and cannot be used. */
  readonly passed: (places: string) => string;
  readonly done: (why: string) => string;
  readonly notYet: (stage: string, day: string) => string;
  readonly stopped: (guard: string, why: string) => string;
  readonly waits: (stage: string) => string;
  readonly until: (when: string) => string;
  readonly again: (when: string) => string;
  /** `D-1 (quality) over 500.00 MXN` */
  readonly block: (
    name: string | undefined,
    reason: string | undefined,
    amount: string | undefined,
  ) => string;
  readonly wouldOne: string;
  readonly wouldAny: string;
  readonly all: (parts: readonly string[]) => string;
  readonly more: (count: string) => string;
  readonly group: (carrier: string) => string;
  /** `Exporter v3 (by the plan’s default)` */
  readonly policy: (name: string, by: string) => string;
  readonly assignedBy: Readonly<Record<AssignedBy, string>>;
  readonly change: ChangeWords;
}

/** What must be other than it is, so that one may write `What would change it: …`. */
export interface ChangeWords {
  readonly wait: (when: string) => string;
  readonly found: (condition: string, found: string) => string;
  readonly notKnown: string;
  readonly not: (condition: string) => string;
  readonly owed: (amount: string) => string;
  readonly chased: (amount: string) => string;
  /** How what keeps amounts back ends; `what` is such as `“D-1” (quality) over 500.00 MXN`. */
  readonly block: Readonly<Record<BlockEnd, (what: string) => string>>;
  readonly lasts: (day: string) => string;
  readonly person: (owner: string) => string;
  readonly takeBack: (to: string) => string;
  readonly account: (account: string) => string;
  readonly status: (wanted: string | undefined, found: string | undefined) => string;
  readonly type: (wanted: string | undefined, found: string | undefined) => string;
  readonly dueDate: string;
  readonly assignment: (policy: string | undefined) => string;
  readonly act: Readonly<Record<'proposed' | 'planned' | 'unknown', (stage: string) => string>>;
  readonly byHand: (stage: string, channel: string) => string;
  readonly stage: Readonly<Record<'done' | 'proposed' | 'delivered', (stage: string) => string>>;
  readonly ask: (stage: string) => string;
  readonly run: string;
  readonly cap: (of: 'account' | 'invoice', id: string, found: string, wanted: string) => string;
  readonly threshold: (currency: string) => string;
  readonly rate: (from: string, to: string) => string;
  readonly consent: Readonly<
    Record<'none' | 'withdrawn', (contact: string | undefined, channel: string) => string>
  >;
  readonly address: Readonly<
    Record<'missing' | 'unusable' | 'tried', (contact: string | undefined, channel: string) => string> &
      Record<'resting', (contact: string | undefined, channel: string, when: string) => string>
  >;
  readonly channel: (channel: string) => string;
  readonly text: (message: string, channel: string) => string;
  readonly contact: (when: string | undefined, why: string) => string;
}
