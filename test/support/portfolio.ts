import fc from 'fast-check';
import { instantAt, parseDay } from '../../src/calendar/index.js';
import { compile, type Engine, type FileEvent } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Plan, Policy } from '../../src/policy/types.js';
import { aLedger, firstDay } from './arbitrary.js';
import { aPlanOf, risingPolicy, wildPolicy } from './arbitrary-documents.js';
import { happenings } from './arbitrary-facts.js';
import { fileOf } from './build.js';
import { type Walk, walk } from './walk.js';

/** Days that a portfolio is looked at. */
export const days = 40;

/** Documents, a ledger, and what happens. */
export interface Portfolio {
  readonly plan: Plan;
  readonly policies: readonly Policy[];
  readonly ledger: readonly FileEvent[];
  readonly facts: Readonly<Record<string, readonly FileEvent[]>>;
  readonly hour: number;
}

function portfolioOf(first: fc.Arbitrary<Policy>, second: fc.Arbitrary<Policy>): fc.Arbitrary<Portfolio> {
  return fc.record({
    plan: aPlanOf,
    policies: fc.tuple(first, second),
    ledger: aLedger,
    facts: happenings(days),
    hour: fc.integer({ min: 0, max: 23 }),
  });
}

const anyPolicy = (id: string): fc.Arbitrary<Policy> => fc.oneof(risingPolicy(id), wildPolicy(id));

export const portfolio = portfolioOf(anyPolicy('ladder'), anyPolicy('other'));

/** With ladders that count from the due date, ever later and ever sterner. */
export const risingPortfolio = portfolioOf(risingPolicy('ladder'), risingPolicy('other'));

export function engineFor({ plan, policies }: Portfolio): Engine {
  return compile({ plan, policies });
}

/** A portfolio day by day, reviewed three times a day. */
export function walkThrough(one: Portfolio): Walk {
  return walk(engineFor(one), fileOf(...one.ledger), firstDay, days, {
    facts: one.facts,
    hour: Math.min(one.hour, 20),
    again: [21, 23],
  });
}

/** The file after so many days, and the instant of its last review. */
export function after(one: Portfolio, count: number): { engine: Engine; file: AccountFile; now: number } {
  const engine = engineFor(one);
  const { facts, hour } = one;
  const { file } = walk(engine, fileOf(...one.ledger), firstDay, count, { facts, hour });
  const zone = file.account?.zone ?? one.plan.zone;
  return { engine, file, now: instantAt(parseDay(firstDay) + count - 1, hour * 60, zone) };
}
