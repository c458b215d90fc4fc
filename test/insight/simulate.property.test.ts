import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Day, formatDay, parseDay, startOfDay } from '../../src/calendar/index.js';
import { type Engine, emptyFile, evolveAll, settle } from '../../src/engine/index.js';
import type { LogEntry } from '../../src/insight/run/types.js';
import { type Life, live } from '../../src/insight/simulate/live.js';
import { engineFor } from '../../src/insight/simulate/reach.js';
import { timelineOf } from '../../src/insight/simulate/timeline.js';
import type { LedgerFacts } from '../../src/ledger/facts.js';
import type { Condition, Documents, Policy, Stage, Trigger } from '../../src/policy/types.js';
import { parseFacts } from '../../src/schema/facts.js';

/** Every day is reviewed, whether anything is due or not. */
function naive(life: Life): LogEntry[] {
  const log: LogEntry[] = [];
  let file = emptyFile(life.account);
  for (let day: Day = life.from; day <= life.to; day++) {
    const start = startOfDay(day, life.zone);
    const end = startOfDay(day + 1, life.zone);
    const facts = life.timeline.find((one) => one.day === day);
    for (const event of facts?.before ?? []) log.push({ at: start, event });
    file = evolveAll(file, facts?.before ?? []);
    for (let at: number | undefined = start; at !== undefined && at < end; ) {
      const settled: ReturnType<typeof settle> = settle(life.engine, file, at);
      for (const event of settled.events) log.push({ at: at, event });
      file = settled.file;
      at = settled.next;
    }
    for (const event of facts?.after ?? []) log.push({ at: end - 1, event });
    file = evolveAll(file, facts?.after ?? []);
  }
  return log;
}

const from = parseDay('2026-03-01');
const to = parseDay('2026-05-31');
const aDay = fc.integer({ min: from - 60, max: to + 10 }).map(formatDay);
const oneOf = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const offset = fc.tuple(fc.nat(25), oneOf('d', 'bd')).map(([count, unit]) => `${count}${unit}`);
const trigger: fc.Arbitrary<Trigger> = fc.oneof(
  offset.map((plus) => ({ from: 'due' as const, plus })),
  offset.map((minus) => ({ from: 'due' as const, minus })),
  offset.map((plus) => ({ from: 'issue' as const, plus })),
  offset.map((plus) => ({ from: 'previous' as const, plus })),
  fc.record({ from: fc.constant('opened' as const), plus: offset, businessDay: oneOf('next', 'previous') }),
);
const condition: fc.Arbitrary<Condition> = oneOf<Condition>(
  { fact: 'item.dunnable', gte: { MXN: '50.00' } },
  { fact: 'item.daysPastDue', gte: 5 },
  { fact: 'account.oldestDaysPastDue', lt: 20 },
  { fact: 'account.itemsPaidLate', gte: 1 },
);
const stage = (at: number): fc.Arbitrary<Stage> =>
  fc
    .record({
      at: trigger,
      when: fc.option(condition, { nil: undefined, freq: 3 }),
      tone: oneOf('friendly', 'firm', 'formal'),
      task: fc.boolean(),
      send: fc.boolean(),
    })
    .map(({ at: when, when: test, tone, task, send }) => ({
      id: `s${at}`,
      tone,
      at: when,
      ...(test === undefined ? {} : { when: test }),
      do: [...(send || !task ? [{ send: 'note' }] : []), ...(task ? [{ task: 'call' }] : [])],
    }));
const policy: fc.Arbitrary<Policy> = fc
  .record({
    stages: fc
      .integer({ min: 1, max: 4 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => stage(at)))),
    by: oneOf('account', 'invoice'),
    late: oneOf('latest', 'each', 'drop'),
    entry: oneOf('first', 'latest'),
    repeat: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    carrier: oneOf(undefined, 'recompute', 'inherit', 'restart'),
    arrears: oneOf(undefined, '6d'),
  })
  .map(
    ({ stages, by, late, entry, repeat, carrier, arrears }): Policy => ({
      id: 'p',
      version: 1,
      message: { by },
      ...(carrier === undefined ? {} : { unit: { group: ['account'], carrier } }),
      arrears,
      late,
      entry,
      stages,
      ...(repeat === undefined ? {} : { last: { repeat: `${repeat}d`, times: 3 } }),
      on: { paid: [{ send: 'thanks' }] },
    }),
  );
const documents: fc.Arbitrary<Documents> = fc
  .record({
    policy,
    gap: oneOf(undefined, 'none', '3d'),
    capped: fc.boolean(),
    windows: fc.boolean(),
    segment: fc.boolean(),
    holidays: fc.uniqueArray(aDay, { maxLength: 5 }),
  })
  .map(
    ({ policy: ladder, gap, capped, windows, segment, holidays }): Documents => ({
      plan: {
        id: 'plan',
        version: 1,
        zone: 'America/Santiago',
        default: 'p',
        ...(segment
          ? {
              segments: [{ id: 'late', when: { fact: 'account.oldestDaysPastDue', gte: 15 } }],
              assign: [{ segment: 'late', policy: null }],
            }
          : {}),
        contact: {
          ...(gap === undefined ? {} : { gap }),
          ...(capped ? {} : { caps: [] }),
          ...(windows ? { windows: [{ days: ['mon', 'tue', 'fri'], from: '09:30', to: '12:00' }] } : {}),
        },
        calendar: { holidays },
      },
      policies: [ladder],
      messages: { id: 'm', version: 1, messages: [] },
    }),
  );

const money = fc.integer({ min: 1, max: 20_000 }).map((minor) => ({ minor, currency: 'MXN' }));
const target = oneOf('i0', 'i1', 'i2');
const ledger: fc.Arbitrary<LedgerFacts> = fc
  .record({
    hardship: fc.boolean(),
    known: fc.boolean(),
    invoices: fc.tuple(
      ...[0, 1, 2].map((at) =>
        fc.record({
          id: fc.constant(`i${at}`),
          account: fc.constant('A'),
          issued: aDay,
          due: aDay,
          total: money,
        }),
      ),
    ),
    payments: fc.array(
      fc.record({ invoice: fc.option(target, { nil: undefined }), date: aDay, amount: money }),
      {
        maxLength: 4,
      },
    ),
    holds: fc.array(
      fc.record({ invoice: fc.option(target, { nil: undefined }), from: aDay, days: fc.nat(20) }),
      { maxLength: 2 },
    ),
    disputes: fc.array(
      fc.record({ invoice: target, opened: aDay, amount: fc.option(money, { nil: undefined }) }),
      {
        maxLength: 2,
      },
    ),
    promises: fc.array(fc.record({ invoice: target, made: aDay, days: fc.nat(15) }), { maxLength: 2 }),
  })
  .map(
    ({ hardship, known, invoices, payments, holds, disputes, promises }): LedgerFacts => ({
      accounts: [
        {
          id: 'A',
          name: 'A',
          hardship,
          contacts: known
            ? [{ email: 'a@a.example', phone: '+5215512345678' }]
            : [{ phone: '+5215512345678' }],
        },
      ],
      invoices,
      payments: payments.map(({ invoice, ...one }, at) => ({
        ...one,
        id: `p${at}`,
        account: 'A',
        ...(invoice === undefined ? {} : { invoice }),
      })),
      holds: holds.map(({ invoice, from: first, days }, at) => ({
        id: `h${at}`,
        account: 'A',
        reason: 'r',
        author: 'a',
        from: first,
        until: formatDay(parseDay(first) + days),
        ...(invoice === undefined ? {} : { invoice }),
      })),
      disputes: disputes.map(({ invoice, opened, amount }, at) => ({
        id: `d${at}`,
        account: 'A',
        reason: 'r',
        author: 'a',
        invoice,
        opened,
        ...(amount === undefined ? {} : { amount }),
      })),
      promises: promises.map(({ invoice, made, days }, at) => ({
        id: `q${at}`,
        account: 'A',
        source: 'debtor',
        invoice,
        made,
        date: formatDay(parseDay(made) + days),
      })),
    }),
  );

function lifeOf(
  engine: Engine,
  facts: LedgerFacts,
  payments: 'before' | 'after',
  disputed: 'hold' | 'ignore' | 'exclude',
): Life {
  const { zone } = engine.plan;
  const known = parseFacts(facts, { now: startOfDay(from, zone), zone }).get('A');
  if (known === undefined) throw new Error('no facts');
  return {
    engine,
    account: 'A',
    zone,
    timeline: timelineOf(known, { zone, from, payments, disputed }),
    from,
    to,
  };
}

describe('passing over idle days', () => {
  it('gives what reviewing every day gives', () => {
    fc.assert(
      fc.property(
        documents,
        ledger,
        oneOf('before', 'after'),
        oneOf('hold', 'ignore', 'exclude'),
        oneOf('assumed', 'real'),
        (docs, facts, payments, disputed, reach) => {
          const engine = engineFor(docs, {
            documents: docs,
            ledger: facts,
            from: formatDay(from),
            to: formatDay(to),
            payments,
            reach,
          });
          const life = lifeOf(engine, facts, payments, disputed);
          const quick = live(life);
          expect(quick).toEqual(naive(life));
          for (const { at, event } of quick) {
            if (event.type === 'payment.upserted' && parseDay(event.payment.date) >= from) {
              const start = startOfDay(parseDay(event.payment.date), life.zone);
              expect(at === start || at === startOfDay(parseDay(event.payment.date) + 1, life.zone) - 1).toBe(
                true,
              );
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
