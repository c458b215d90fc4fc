import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantAt, parseDay } from '../../src/calendar/index.js';
import {
  compile,
  decide,
  type Engine,
  evolveAll,
  explain,
  type FileEvent,
  impactOf,
  settle,
} from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { GroupUnit, Plan, Policy } from '../../src/policy/types.js';
import { aLedger, firstDay } from '../support/arbitrary.js';
import { aPlanOf, risingPolicy, wildPolicy } from '../support/arbitrary-documents.js';
import { happenings } from '../support/arbitrary-facts.js';
import { fileOf } from '../support/build.js';
import { type Walk, walk } from '../support/walk.js';

/** What holds of cases whatever climbs, joins, is paid, comes back, or is under other documents. */

const days = 30;
const dayMs = 86_400_000;

const unit: fc.Arbitrary<'item' | GroupUnit> = fc.oneof(
  fc.constant('item' as const),
  fc.record({
    group: fc.constant(['account'] as const),
    carrier: fc.constantFrom('recompute' as const, 'inherit' as const, 'restart' as const),
  }),
);

const rules = fc.record({
  unit,
  arrears: fc.constantFrom(undefined, '4d', '9d'),
  reopen: fc.constantFrom('continue' as const, 'restart' as const),
  scope: fc.constantFrom(
    undefined,
    { fact: 'item.original', gte: { MXN: '60.00', USD: '60.00' } },
    { fact: 'item.daysPastDue', gte: 2 },
  ),
  adopt: fc.constantFrom('pin' as const, 'adopt' as const, { map: { s0: 's1', s2: 's1' } }),
});

function policyOf(id: string, version: number): fc.Arbitrary<Policy> {
  return fc
    .tuple(fc.oneof(risingPolicy(id), wildPolicy(id)), rules)
    .map(([policy, own]) => ({ ...policy, ...own, version }));
}

const planOf: fc.Arbitrary<Plan> = fc
  .tuple(
    aPlanOf,
    fc.constantFrom(undefined, { hold: 'clear' as const }),
    fc.constantFrom(undefined, [{ segment: 'late', delay: '2d', stages: { s0: { skip: true } } }]),
    fc.constantFrom(undefined, [
      {
        id: 'x',
        when: { fact: 'account.overdueItems', gte: 1 },
        arms: [
          { id: 'a', weight: 1, policy: 'ladder' },
          { id: 'b', weight: 1, policy: 'other' },
        ],
      },
    ]),
  )
  .map(([plan, blocks, adjust, experiments]) => ({ ...plan, blocks, adjust, experiments }));

interface World {
  readonly plan: Plan;
  readonly policies: readonly Policy[];
  /** A later version of the first. */
  readonly newer: Policy;
  readonly ledger: readonly FileEvent[];
  readonly facts: Readonly<Record<string, readonly FileEvent[]>>;
  readonly hour: number;
}

const worlds: fc.Arbitrary<World> = fc
  .record({
    plan: planOf,
    policies: fc.tuple(policyOf('ladder', 1), policyOf('other', 1)),
    newer: policyOf('ladder', 2),
    ledger: aLedger,
    facts: happenings(days),
    hour: fc.integer({ min: 0, max: 20 }),
  })
  // An adjustment that leaves a stage without its anchor is refused, and tested elsewhere.
  .filter(({ plan, policies, newer }) => {
    try {
      compile({ plan, policies: [...policies, newer] });
      return true;
    } catch {
      return false;
    }
  });

function engineOf({ plan, policies }: World, more: readonly Policy[] = []): Engine {
  return compile({ plan, policies: [...policies, ...more] });
}

function walked(one: World, count = days): Walk {
  const { facts, hour, ledger } = one;
  return walk(engineOf(one), fileOf(...ledger), firstDay, count, { facts, hour });
}

function instantOf({ plan, hour }: World, file: AccountFile, offset: number): number {
  return instantAt(parseDay(firstDay) + offset, hour * 60, file.account?.zone ?? plan.zone);
}

const runs = { numRuns: 150 };

/** At most one case of a policy runs for a subject, and openings are numbered without a gap. */
function checkCases(file: AccountFile): void {
  for (const [subject, cases] of file.cases) {
    for (const policy of new Set(cases.map((one) => one.policy))) {
      const own = cases.filter((one) => one.policy === policy);
      expect(own.map((one) => [one.subject, one.opening])).toEqual(
        own.map((_, index) => [subject, index + 1]),
      );
      expect(own.slice(0, -1).every((one) => one.state === 'closed')).toBe(true);
    }
  }
}

function actedKeys(all: Walk): string[] {
  return all.days.flatMap(({ settled }) => settled.flatMap((one) => one.acts.flatMap((act) => act.keys)));
}

describe('cases', () => {
  it('are one per subject and policy, and repeat no act of an opening', () => {
    fc.assert(
      fc.property(worlds, (one) => {
        const all = walked(one);
        checkCases(all.file);
        const keys = actedKeys(all);
        expect(keys).toEqual([...new Set(keys)]);
      }),
      runs,
    );
  });

  it('do not depend on the order in which facts were told', () => {
    fc.assert(
      fc.property(worlds, fc.infiniteStream(fc.nat()), (one, seeds) => {
        const order = one.ledger.map((fact) => ({ fact, place: seeds.next().value }));
        const shuffled = order.sort((a, b) => a.place - b.place).map(({ fact }) => fact);
        const engine = engineOf(one);
        const at = instantOf(one, fileOf(...one.ledger), 12);
        const told = (facts: readonly FileEvent[]): string =>
          JSON.stringify(decide(engine, fileOf(...facts), at));
        expect(told(shuffled)).toBe(told(one.ledger));
      }),
      runs,
    );
  });

  it('are looked at again no later than something would change', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 1, max: 15 }), (one, count) => {
        const engine = engineOf(one);
        const { file } = walked(one, count);
        const now = instantOf(one, file, count - 1);
        const { next } = decide(engine, file, now);
        const end = Math.min(next ?? Number.MAX_SAFE_INTEGER, now + 10 * dayMs);
        for (let at = now; at < end; at += 3_600_000)
          expect([at, decide(engine, file, at).events]).toEqual([at, []]);
      }),
      { numRuns: 80 },
    );
  });

  it('are explained as they are decided', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 1, max: days }), (one, count) => {
        const engine = engineOf(one);
        const { file } = walked(one, count);
        const at = instantOf(one, file, count);
        const decision = decide(engine, file, at);
        const acting = new Set(
          decision.acts.flatMap(({ items }) => items.flatMap((item) => (item.acting ? item.item : []))),
        );
        for (const item of explain(engine, file, at).items) {
          // Thanks are for what is owed no more, tasks for what nobody can be told.
          if (item.acts) expect([item.item, acting.has(item.item)]).toEqual([item.item, true]);
          expect([item.item, item.acts, item.failed === undefined]).toEqual([
            item.item,
            item.acts,
            item.acts,
          ]);
        }
      }),
      runs,
    );
  });
});

describe('another version of a policy', () => {
  it('has the impact that was foretold', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 1, max: days }), (one, count) => {
        const before = engineOf(one);
        const after = engineOf(one, [one.newer]);
        const { file } = walked(one, count);
        const at = instantOf(one, file, count);
        const { cases, gained, lost, changed } = impactOf(before, after, file, at);
        const real = decide(after, file, at);
        // Acts: those of today without the lost, with the gained, as they would be said.
        const today = new Map(decide(before, file, at).acts.map((act) => [act.id, act]));
        for (const act of lost) expect(today.delete(act.id)).toBe(true);
        for (const act of gained) today.set(act.id, act);
        for (const { before: old, after: act } of changed) {
          expect(today.get(old.id)).toEqual(old);
          today.set(act.id, act);
        }
        expect([...today.keys()].sort()).toEqual(real.acts.map((act) => act.id).sort());
        for (const act of real.acts) {
          const { plan: _plan, policy: _policy, ...said } = act;
          expect(today.get(act.id)).toMatchObject(said);
        }
        // Cases: what runs after the next review is what is kept, adopted, mapped or opened.
        const then = evolveAll(file, real.events);
        const running = [...then.cases.values()].flat().filter((known) => known.state !== 'closed');
        const foretold = cases.filter(({ change }) => change !== 'closed');
        expect(foretold.map((known) => [known.case, known.version.after]).sort()).toEqual(
          running.map((known) => [known.id, known.version]).sort(),
        );
        for (const known of cases) {
          if (known.change !== 'closed') continue;
          const closed = [...then.cases.values()].flat().find((other) => other.id === known.case);
          expect([closed?.state, closed?.closed?.reason]).toEqual(['closed', known.reason]);
        }
      }),
      runs,
    );
  });

  it('repeats no stage that was done, by whatever way it is taken over', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 1, max: 20 }), (one, count) => {
        const after = engineOf(one, [one.newer]);
        const first = walked(one, count);
        const { facts, hour } = one;
        const start = parseDay(firstDay) + count;
        const rest = walk(after, first.file, new Date(start * dayMs).toISOString().slice(0, 10), 15, {
          facts,
          hour,
        });
        checkCases(rest.file);
        const keys = [...actedKeys(first), ...actedKeys(rest)];
        expect(keys).toEqual([...new Set(keys)]);
      }),
      runs,
    );
  });

  it('comes to rest at once', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 1, max: days }), (one, count) => {
        const after = engineOf(one, [one.newer]);
        const { file } = walked(one, count);
        const at = instantOf(one, file, count);
        const settled = settle(after, file, at);
        expect(decide(after, settled.file, at).events).toEqual([]);
      }),
      runs,
    );
  });
});
