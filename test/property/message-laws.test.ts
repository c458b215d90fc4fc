import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilOf, parseDay, weekdayOf } from '../../src/calendar/index.js';
import type { Act } from '../../src/engine/index.js';
import { decide, evolveAll, forecast, recheck, settle } from '../../src/engine/index.js';
import { sumByCurrency } from '../../src/money/index.js';
import type { ContactCap, Policy } from '../../src/policy/types.js';
import { portfolioOfMessages } from '../support/arbitrary-messages.js';
import { after, engineFor, type Portfolio, walkThrough } from '../support/portfolio.js';
import { actsIn, type Walk } from '../support/walk.js';

const runs = { numRuns: 150 };

function messagesIn(walked: Walk): readonly Act[] {
  return actsIn(walked).filter((act) => act.kind === 'message');
}

const isChasing = (act: Act): boolean => act.purpose === 'dunning';
const isFirst = (act: Act): boolean => act.covers.some((cover) => !cover.stage.includes('/'));

function policyOf({ policies }: Portfolio, act: Act): Policy {
  const policy = policies.find((one) => one.id === act.policy.id);
  if (policy === undefined) throw new Error(`no policy ${act.policy.id}`);
  return policy;
}

function keysOf({ message: { by = 'account' } = {} }: Policy): readonly string[] {
  return typeof by === 'string' ? [by] : by;
}

/** Days on which an occasion had contact, for each occasion. */
function occasions(acts: readonly Act[]): readonly (readonly number[])[] {
  const days = new Map<number, number[]>();
  for (const act of acts) days.set(act.review, [...(days.get(act.review) ?? []), parseDay(act.on)]);
  return [...days.values()];
}

/** A portfolio in which nobody moves to another zone, where days would be counted anew. */
function settled(portfolio: fc.Arbitrary<Portfolio>): fc.Arbitrary<Portfolio> {
  return portfolio.filter(({ ledger, facts }) => {
    const told = [...ledger, ...Object.values(facts).flat()];
    const zones = told.flatMap((fact) => (fact.type === 'account.upserted' ? [fact.account.zone] : []));
    return new Set(zones).size === 1;
  });
}

function periodOf(cap: ContactCap, first: number): readonly [number, number] {
  if (cap.in === 'week') {
    const monday = first - weekdayOf(first) + 1;
    return [monday, monday + 6];
  }
  if (cap.in === 'month') {
    const start = first - civilOf(first).day + 1;
    return [start, start + 30];
  }
  return [first, first + Number.parseInt(cap.per ?? '', 10) - 1];
}

describe('caps', () => {
  it('hold in every period, whatever policies, channels and reviews compete', () => {
    fc.assert(
      fc.property(settled(portfolioOfMessages()), (one) => {
        const all = messagesIn(walkThrough(one));
        for (const cap of one.plan.contact?.caps ?? []) {
          const counted = all
            .filter((act) => cap.purpose === 'any' || isChasing(act))
            .filter((act) => cap.channel === undefined || act.channel === cap.channel);
          const of = (act: Act): string => (cap.of === 'contact' ? (act.contact ?? '') : '');
          for (const acts of Map.groupBy(counted, of).values()) {
            const made = occasions(acts);
            for (const first of made.flat()) {
              const [from, to] = periodOf(cap, first);
              if (cap.in === 'month' && civilOf(to).month !== civilOf(from).month) continue;
              const within = made.filter((days) => days.some((day) => day >= from && day <= to));
              expect(within.length).toBeLessThanOrEqual(cap.max);
            }
          }
        }
      }),
      runs,
    );
  });
});

describe('the gap', () => {
  const base = { caps: [] };
  const without = (one: Portfolio): Portfolio => ({
    ...one,
    policies: one.policies.map((policy) => ({
      ...policy,
      stages: policy.stages.map(({ gap: _, ...stage }) => stage),
    })),
  });

  it('of days lies between any two occasions, also where a message goes in place of another', () => {
    const rules = fc.constant({ ...base, gap: '3d' });
    fc.assert(
      fc.property(settled(portfolioOfMessages(rules)), (one) => {
        const made = occasions(messagesIn(walkThrough(without(one))).filter(isChasing));
        for (const [index, days] of made.entries())
          for (const other of made.slice(index + 1))
            for (const day of days)
              for (const then of other) expect(Math.abs(then - day)).toBeGreaterThanOrEqual(3);
      }),
      runs,
    );
  });

  it('of one case or item lies between any two occasions about it', () => {
    const rules = fc.record({
      gap: fc.constant('3d'),
      gapOf: fc.constantFrom('case' as const, 'item' as const),
      caps: fc.constant([]),
    });
    fc.assert(
      fc.property(settled(portfolioOfMessages(rules)), (one) => {
        const acts = messagesIn(walkThrough(without(one))).filter(isChasing);
        const byCase = one.plan.contact?.gapOf === 'case';
        const about = acts.flatMap((act) =>
          act.covers.map((cover) => ({ act, key: byCase ? cover.case : cover.subject })),
        );
        for (const group of Map.groupBy(about, ({ key }) => key).values()) {
          const made = occasions(group.map(({ act }) => act));
          for (const [index, days] of made.entries())
            for (const other of made.slice(index + 1))
              for (const day of days)
                for (const then of other) expect(Math.abs(then - day)).toBeGreaterThanOrEqual(3);
        }
      }),
      runs,
    );
  });

  it('of hours lies between any two occasions', () => {
    const rules = fc.constant({ ...base, gap: '36h' });
    fc.assert(
      fc.property(portfolioOfMessages(rules), (one) => {
        const acts = messagesIn(walkThrough(without(one))).filter(isChasing);
        const at = [...new Set(acts.map((act) => act.review))].toSorted((a, b) => a - b);
        for (const [index, instant] of at.slice(1).entries())
          expect(instant - (at[index] ?? 0)).toBeGreaterThanOrEqual(36 * 3_600_000);
      }),
      runs,
    );
  });
});

describe('one review', () => {
  it('makes one upcoming and one overdue message at most where messages are by account', () => {
    fc.assert(
      fc.property(portfolioOfMessages(), (one) => {
        const seen = new Set<string>();
        for (const act of messagesIn(walkThrough(one)).filter(isChasing)) {
          const policy = policyOf(one, act);
          const byAccount = keysOf(policy).join() === 'account' && policy.message?.most === undefined;
          if (!byAccount || !isFirst(act)) continue;
          const key = `${act.review} ${act.topic}`;
          expect(seen.has(key)).toBe(false);
          seen.add(key);
        }
      }),
      runs,
    );
  });

  it('makes no more messages of a kind than every policy that has its turn allows', () => {
    fc.assert(
      fc.property(portfolioOfMessages(), (one) => {
        const first = messagesIn(walkThrough(one)).filter((act) => isChasing(act) && isFirst(act));
        for (const acts of Map.groupBy(first, (act) => `${act.review} ${act.topic}`).values()) {
          // The last in rank had its turn when all the others had theirs.
          const limits = acts.map((act) => policyOf(one, act).message?.most?.[act.topic as 'overdue'] ?? 99);
          expect(acts.length).toBeLessThanOrEqual(Math.max(...limits));
        }
      }),
      runs,
    );
  });
});

describe('a message', () => {
  it('adds up what it chases, to the minor unit and by currency', () => {
    fc.assert(
      fc.property(portfolioOfMessages(), (one) => {
        for (const act of messagesIn(walkThrough(one)).filter(isChasing)) {
          const acting = act.items.filter((item) => item.acting);
          expect(acting.length).toBeGreaterThan(0);
          expect(act.totals).toEqual(
            sumByCurrency(acting.map(({ dunnable, currency }) => ({ minor: dunnable, currency }))),
          );
          for (const item of act.items) expect(item.dunnable).toBeLessThanOrEqual(item.outstanding);
          expect(new Set(act.items.map((item) => item.item)).size).toBe(act.items.length);
        }
      }),
      runs,
    );
  });

  it('holds nothing that its keys tell apart, and no more than its list says', () => {
    fc.assert(
      fc.property(portfolioOfMessages(), (one) => {
        for (const act of messagesIn(walkThrough(one)).filter(isChasing)) {
          const policy = policyOf(one, act);
          const keys = keysOf(policy);
          const told = [...one.ledger, ...Object.values(one.facts).flat()];
          const facts = act.items.map(({ invoice }) =>
            told.find((fact) => fact.type === 'invoice.upserted' && fact.invoice.id === invoice),
          );
          const differing = (value: (item: Act['items'][number], index: number) => unknown): number =>
            new Set(act.items.map(value)).size;
          if (keys.includes('invoice')) expect(differing((item) => item.invoice)).toBe(1);
          if (keys.includes('item') || keys.includes('unit')) expect(differing((item) => item.item)).toBe(1);
          if (keys.includes('currency')) expect(differing((item) => item.currency)).toBe(1);
          const invoiceOf = (index: number) => {
            const fact = facts[index];
            return fact?.type === 'invoice.upserted' ? fact.invoice : undefined;
          };
          if (keys.includes('entity')) expect(differing((_, index) => invoiceOf(index)?.entity)).toBe(1);
          if (keys.includes('item.attributes.site'))
            expect(differing((_, index) => invoiceOf(index)?.attributes.site)).toBe(1);
          const others = act.items.filter((item) => !item.acting);
          const list = policy.message?.list ?? 'acting';
          if (list === 'acting') expect(others).toEqual([]);
          if (list === 'overdue') for (const item of others) expect(item.daysPastDue).toBeGreaterThan(0);
          const levels = new Set(act.covers.map((cover) => cover.stage));
          if (keys.includes('level') || policy.message?.levels === 'absorb') expect(levels.size).toBe(1);
        }
      }),
      runs,
    );
  });

  it('is still right when it is asked again at once, and is asked for once', () => {
    fc.assert(
      fc.property(portfolioOfMessages(), fc.integer({ min: 1, max: 30 }), (one, count) => {
        const { engine, file, now } = after(one, count);
        const decision = decide(engine, file, now);
        const planned = evolveAll(file, decision.events);
        for (const act of decision.acts)
          if (act.kind === 'message') expect(recheck(engine, planned, act, now)).toEqual({ ok: true });
        expect(decide(engine, planned, now).acts.filter((act) => act.kind === 'message')).toEqual([]);
      }),
      runs,
    );
  });

  it('has keys of its own', () => {
    fc.assert(
      fc.property(portfolioOfMessages(), (one) => {
        const keys = messagesIn(walkThrough(one)).flatMap((act) => act.keys);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      runs,
    );
  });
});

describe('the core, however messages are shared', () => {
  it('is deterministic', () => {
    fc.assert(
      fc.property(portfolioOfMessages(), (one) => {
        const { engine, file, now } = after(one, 12);
        expect(JSON.stringify(decide(engineFor(one), file, now))).toBe(
          JSON.stringify(decide(engine, file, now)),
        );
      }),
      runs,
    );
  });

  it('looks again before anything would be done', () => {
    const halfHour = 1_800_000;
    fc.assert(
      fc.property(portfolioOfMessages(), fc.integer({ min: 1, max: 20 }), (one, count) => {
        const { engine, file, now } = after(one, count);
        const { next } = decide(engine, file, now);
        const end = Math.min(next ?? Number.MAX_SAFE_INTEGER, now + 8 * 86_400_000);
        for (let at = now; at < end; at += halfHour) {
          const { events } = decide(engine, file, at);
          expect([new Date(at).toISOString(), events]).toEqual([new Date(at).toISOString(), []]);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('does what the forecast says', () => {
    const halfHour = 1_800_000;
    fc.assert(
      fc.property(portfolioOfMessages(), fc.integer({ min: 1, max: 20 }), (one, count) => {
        const { engine, file, now } = after(one, count);
        const from = Math.ceil(now / halfHour) * halfHour;
        const to = from + 12 * 86_400_000;
        const expected: string[] = [];
        let current = file;
        for (let at = from; at <= to; at += halfHour) {
          const settled = settle(engine, current, at);
          for (const act of settled.acts) expected.push(`${new Date(at).toISOString()} ${act.id}`);
          current = settled.file;
        }
        const { planned } = forecast(engine, file, from, to);
        expect(planned.map(({ at, act }) => `${new Date(at).toISOString()} ${act.id}`)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
