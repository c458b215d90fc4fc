import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDay, startOfDay } from '../../src/calendar/index.js';
import { decide, explain } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Plan, Policy, Stage, StageMinimum } from '../../src/policy/types.js';
import {
  aDispute,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
  zone,
} from '../support/build.js';
import { actsIn, sent, story, walk } from '../support/walk.js';

const plan = aPlan({}, free);
const grouped: Partial<Policy> = { unit: { group: ['account'] } };

/** A stage on the first day and one with least amounts on the third. */
function ladderOf(min: StageMinimum, own: Partial<Policy> = {}, stage: Partial<Stage> = {}): Policy {
  return { ...aLadder([]), stages: [aStage('s1', '1d'), aStage('s3', '3d', { min, ...stage })], ...own };
}

function acts(policy: Policy, file: AccountFile, on: Plan = plan, days = 12): readonly string[] {
  return sent(walk(engineOf(policy, on), file, '2026-03-01', days));
}

function reasonOn(policy: Policy, file: AccountFile, on: Plan = plan, day = '2026-03-04') {
  const before = walk(engineOf(policy, on), file, '2026-03-01', 3).file;
  const { waiting, next } = decide(engineOf(policy, on), before, instant(`${day}T10:00:00-06:00`));
  return { reason: waiting[0]?.reason, stage: waiting[0]?.stage, next };
}

describe('a least amount', () => {
  it('is inclusive, and of what may be chased', () => {
    const policy = ladderOf({ amount: { MXN: '80.00' } });
    const owed = (total: number) => owing(anInvoice({ total }));
    expect(acts(policy, owed(8_000))).toEqual(['2026-03-02 s1 F1', '2026-03-04 s3 F1']);
    expect(acts(policy, owed(7_999))).toEqual(['2026-03-02 s1 F1']);
    const disputed = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice()),
      told.dispute(aDispute({ amount: 2_001 })),
    );
    expect(acts(policy, disputed)).toEqual(['2026-03-02 s1 F1']);
  });

  it('counts partly paid invoices with what is left', () => {
    const policy = ladderOf({ amount: { MXN: '80.00' } });
    const paid = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice({ total: 10_000 })),
      told.payment(aPayment({ to: 'F1', amount: 2_001, date: '2026-02-20' })),
    );
    expect(acts(policy, paid)).toEqual(['2026-03-02 s1 F1']);
  });

  it('says so, keeps the case at its level, and acts once it is reached', () => {
    const policy = ladderOf({ amount: { MXN: '150.00' } });
    expect(reasonOn(policy, owing(anInvoice()))).toEqual({
      reason: 'minimum',
      stage: 's3',
      next: undefined,
    });
    const facts = { '2026-03-08': [told.invoice(anInvoice({ total: 15_000 }))] };
    const walked = walk(engineOf(policy, plan), owing(anInvoice()), '2026-03-01', 15, { facts });
    expect(story(walked)).toEqual([
      '2026-03-01 open F1',
      '2026-03-02 send s1 F1',
      '2026-03-08 send s3 F1',
      '2026-03-09 exhaust F1',
    ]);
  });

  it('falls back to the level below, which acts in its place if it has not yet', () => {
    const policy: Policy = {
      ...aLadder([]),
      entry: 'latest',
      stages: [
        aStage('s1', '1d'),
        aStage('s3', '3d', { min: { amount: { MXN: '90.00' } } }),
        aStage('s5', '5d', { min: { amount: { MXN: '150.00' } } }),
        aStage('s7', '7d', { min: { amount: { MXN: '200.00' } } }),
      ],
    };
    const from = (total: number) =>
      story(walk(engineOf(policy, plan), owing(anInvoice({ total })), '2026-03-20', 4)).slice(1);
    expect(from(20_000)).toContain('2026-03-20 send s7 F1');
    expect(from(19_999)).toEqual([
      '2026-03-20 skip s1 F1 (superseded)',
      '2026-03-20 skip s3 F1 (superseded)',
      '2026-03-20 send s5 F1',
    ]);
    expect(from(10_000)).toEqual(['2026-03-20 skip s1 F1 (superseded)', '2026-03-20 send s3 F1']);
    expect(from(8_000)).toEqual(['2026-03-20 send s1 F1']);
  });

  it('of a group is that of its overdue items', () => {
    const policy = ladderOf({ amount: { MXN: '150.00' } }, grouped);
    const two = (due: string) => owing(anInvoice(), anInvoice({ id: 'F2', due }));
    expect(acts(policy, two('2026-03-03'))).toEqual(['2026-03-02 s1 F1', '2026-03-04 s3 F1+F2']);
    expect(acts(policy, two('2026-03-04'))).toEqual(['2026-03-02 s1 F1', '2026-03-05 s3 F1+F2']);
    expect(reasonOn(policy, two('2026-03-04')).next).toBe(startOfDay(parseDay('2026-03-05'), zone));
  });

  it("counts what is overdue after the policy's own grace", () => {
    const policy = ladderOf({ amount: { MXN: '150.00' } }, { ...grouped, grace: '2d' });
    const file = owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-03' }));
    expect(acts(policy, file)).toEqual(['2026-03-04 s1 F1', '2026-03-06 s3 F1+F2']);
  });

  it('of the account counts the items of its policy, in the scope of the policy', () => {
    const min: StageMinimum = { amount: { MXN: '150.00' }, of: 'account' };
    const other = anInvoice({ id: 'F2', due: '2026-02-01', tags: ['lost'] });
    const file = owing(anInvoice(), other);
    expect(acts(ladderOf(min), file).filter((line) => line.includes('s3'))).not.toEqual([]);
    const scoped = ladderOf(min, { scope: { not: { fact: 'item.tags', has: 'lost' } } });
    expect(acts(scoped, file)).toEqual(['2026-03-02 s1 F1']);
    expect(acts(ladderOf({ ...min, of: 'case' }), file).filter((line) => line.includes('s3'))).toEqual([]);
  });

  it('of a stage before the due date counts what falls due until then', () => {
    const stages = [aStage('early', '-3d', { min: { amount: { MXN: '100.00' } } })];
    const policy: Policy = { ...aLadder([]), stages };
    const from = (total: number) =>
      sent(walk(engineOf(policy, plan), owing(anInvoice({ total })), '2026-02-24', 5));
    expect(from(10_000)).toEqual(['2026-02-26 early F1']);
    expect(from(9_999)).toEqual([]);
  });

  it('counts no booked fee, but for one that is waived', () => {
    const policy = ladderOf({ amount: { MXN: '100.00' } });
    const withFee = (waived: boolean) =>
      anInvoice({ total: 10_500, charges: [{ id: 'G1', amount: 1_000, on: '2026-02-01', waived }] });
    expect(acts(policy, owing(withFee(false)))).toEqual(['2026-03-02 s1 F1']);
  });
});

describe('a least share', () => {
  const half: StageMinimum = { share: 50 };
  const two = (open: number) => owing(anInvoice(), anInvoice({ id: 'F2', total: open, due: '2026-05-01' }));

  it('is of all open items of the unit, inclusive', () => {
    expect(acts(ladderOf(half, grouped), two(10_000))).toEqual(['2026-03-02 s1 F1', '2026-03-04 s3 F1']);
    expect(acts(ladderOf(half, grouped), two(10_001))).toEqual(['2026-03-02 s1 F1']);
    expect(acts(ladderOf({ share: 33.34 }, grouped), two(20_000))).toEqual(['2026-03-02 s1 F1']);
    expect(acts(ladderOf({ share: 33.33 }, grouped), two(20_000))).toHaveLength(2);
  });

  it('and an amount are both asked for, or either is enough', () => {
    const amount = { MXN: '100.00' };
    expect(acts(ladderOf({ ...half, amount }, grouped), two(10_001))).toHaveLength(1);
    expect(acts(ladderOf({ ...half, amount, any: true }, grouped), two(10_001))).toHaveLength(2);
    expect(reasonOn(ladderOf({ ...half, amount }, grouped), two(10_001))).toMatchObject({
      reason: 'minimum',
    });
    const much = { MXN: '100.01' };
    expect(acts(ladderOf({ ...half, amount: much }, grouped), two(10_000))).toHaveLength(1);
    expect(acts(ladderOf({ ...half, amount: much, any: true }, grouped), two(10_000))).toHaveLength(2);
    expect(acts(ladderOf({ ...half, amount: much, any: true }, grouped), two(10_001))).toHaveLength(1);
  });

  it('is exact: a law', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_007_199_254 }),
        fc.integer({ min: 1, max: 9_007_199_254 }),
        fc.integer({ min: 0, max: 10_000 }),
        (overdue, open, hundredths) => {
          const share = hundredths / 100;
          const policy = ladderOf({ share }, { ...grouped, entry: 'latest' });
          const file = owing(
            anInvoice({ total: overdue }),
            anInvoice({ id: 'F2', total: open, due: '2026-05-01' }),
          );
          const { acts: made } = decide(engineOf(policy, plan), file, instant('2026-03-20T10:00:00-06:00'));
          const enough =
            BigInt(overdue) * 10_000n >= BigInt(overdue + open) * BigInt(Math.round(share * 100));
          expect(made[0]?.stage).toBe(enough ? 's3' : 's1');
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a currency without a threshold', () => {
  const dollars = () => owing(anInvoice({ currency: 'USD', total: 1_000 }));
  const policy = ladderOf({ amount: { MXN: '100.00' } });
  const by = (otherCurrency: Plan['otherCurrency'], rates: Plan['rates'] = []) =>
    aPlan({ otherCurrency, rates }, free);

  it('is for a person to judge, unless the plan says that it counts as met or not', () => {
    expect(acts(policy, dollars())).toEqual(['2026-03-02 s1 F1']);
    expect(reasonOn(policy, dollars())).toMatchObject({ reason: 'no_threshold', stage: 's3' });
    expect(acts(policy, dollars(), by('met'))).toHaveLength(2);
    expect(acts(policy, dollars(), by('unmet'))).toHaveLength(1);
    expect(reasonOn(policy, dollars(), by('unmet'))).toMatchObject({ reason: 'minimum' });
  });

  it('is judged by a task, raised once', () => {
    const tasks = (on: Plan) =>
      actsIn(walk(engineOf(policy, on), dollars(), '2026-03-01', 12))
        .filter((act) => act.kind === 'task')
        .map((act) => [act.on, act.name, act.reason]);
    expect(tasks(plan)).toEqual([['2026-03-04', 'set-threshold', 'no_threshold']]);
    expect(tasks(by('convert'))).toEqual([['2026-03-04', 'set-rate', 'no_rate']]);
    expect(tasks(by('unmet'))).toEqual([]);
  });

  it('is converted at the latest rate on or before the day, without rounding', () => {
    const rate = (text: string, on: string) => ({ from: 'USD', to: 'MXN', rate: text, on });
    const at = (...rates: NonNullable<Plan['rates']>) => acts(policy, dollars(), by('convert', rates));
    expect(at(rate('10', '2026-01-01'))).toHaveLength(2);
    expect(at(rate('9.999999999999', '2026-01-01'))).toHaveLength(1);
    expect(at(rate('9', '2026-01-01'), rate('11', '2026-03-04'))).toEqual([
      '2026-03-02 s1 F1',
      '2026-03-04 s3 F1',
    ]);
    expect(at(rate('9', '2026-01-01'), rate('11', '2026-03-09'))).toEqual([
      '2026-03-02 s1 F1',
      '2026-03-09 s3 F1',
    ]);
    expect(at({ from: 'MXN', to: 'USD', rate: '0.1', on: '2026-01-01' })).toHaveLength(1);
    const none = by('convert', [rate('11', '2027-01-01')]);
    expect(reasonOn(policy, dollars(), none)).toMatchObject({ reason: 'no_rate', stage: 's3' });
  });

  it('is converted between currencies of other decimals', () => {
    const yen = ladderOf({ amount: { JPY: '1500' } });
    const rates = [{ from: 'USD', to: 'JPY', rate: '150', on: '2026-01-01' }];
    expect(acts(yen, dollars(), by('convert', rates))).toHaveLength(2);
    const more = ladderOf({ amount: { JPY: '1501' } });
    expect(acts(more, dollars(), by('convert', rates))).toHaveLength(1);
  });

  it('plays no part where a share is enough', () => {
    const either = ladderOf({ amount: { MXN: '100.00' }, share: 10, any: true });
    expect(acts(either, dollars())).toHaveLength(2);
    const both = ladderOf({ amount: { MXN: '100.00' }, share: 10 });
    expect(reasonOn(both, dollars())).toMatchObject({ reason: 'no_threshold' });
  });

  it.each([
    [{ from: 'USD', to: 'MXN', rate: '0', on: '2026-01-01' }],
    [{ from: 'USD', to: 'MXN', rate: '-1', on: '2026-01-01' }],
    [{ from: 'USD', to: 'MXN', rate: '1', on: 'soon' }],
  ])('refuses the rate %o', (rate) => {
    expect(() => engineOf(policy, by('convert', [rate]))).toThrow(
      expect.objectContaining({ code: 'invalid_document' }),
    );
  });

  it('refuses two rates of one day', () => {
    const rate = { from: 'USD', to: 'MXN', rate: '1', on: '2026-01-01' };
    expect(() => engineOf(policy, by('convert', [rate, { ...rate, rate: '2' }]))).toThrow(
      expect.objectContaining({ code: 'invalid_document' }),
    );
  });
});

describe('a level cap', () => {
  const three = aLadder(['1d', '3d', '5d']);
  const capped = (own: { invoice?: string | number; account?: string | number }) =>
    fileOf(told.account(anAccount({ cap: own.account })), told.invoice(anInvoice({ cap: own.invoice })));

  it('keeps an item at its level, by stage or by number, its own or the account’s', () => {
    const upTo = (file: AccountFile, policy = three) => acts(policy, file).map((line) => line.split(' ')[1]);
    expect(upTo(capped({}))).toEqual(['s1d', 's3d', 's5d']);
    expect(upTo(capped({ invoice: 's3d' }))).toEqual(['s1d', 's3d']);
    expect(upTo(capped({ invoice: 1 }))).toEqual(['s1d']);
    expect(upTo(capped({ invoice: 0 }))).toEqual([]);
    expect(upTo(capped({ account: 2 }))).toEqual(['s1d', 's3d']);
    expect(upTo(capped({ account: 2, invoice: 1 }))).toEqual(['s1d']);
    expect(upTo(capped({ account: 1, invoice: 2 }))).toEqual(['s1d']);
    expect(upTo(capped({ invoice: 'of another policy' }))).toEqual(['s1d', 's3d', 's5d']);
  });

  it("goes by the house's own numbers", () => {
    const numbered: Policy = {
      ...three,
      stages: three.stages.map((stage, index) => ({ ...stage, level: (index + 1) * 10 })),
    };
    expect(acts(numbered, capped({ invoice: 20 }))).toHaveLength(2);
    expect(acts(numbered, capped({ invoice: 9 }))).toHaveLength(0);
  });

  it('is said, and the case does not end', () => {
    const walked = walk(engineOf(three, plan), capped({ invoice: 's1d' }), '2026-03-01', 30);
    expect(story(walked)).toEqual(['2026-03-01 open F1', '2026-03-02 send s1d F1']);
    const [item] = explain(engineOf(three, plan), walked.file, instant('2026-03-31T10:00:00-06:00')).items;
    expect(item).toMatchObject({ failed: 'condition', reason: 'level_cap', stage: 's3d' });
  });

  it('of one item keeps its whole group', () => {
    const file = owing(anInvoice(), anInvoice({ id: 'F2', cap: 1 }));
    expect(acts({ ...three, ...grouped }, file)).toEqual(['2026-03-02 s1d F1+F2']);
  });

  it('is lifted by a new fact, and the latest stage comes', () => {
    const facts = { '2026-03-10': [told.invoice(anInvoice())] };
    const walked = walk(engineOf(three, plan), capped({ invoice: 's1d' }), '2026-03-01', 15, { facts });
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-10 s5d F1']);
  });
});

describe('a tolerance', () => {
  const dollars = (total: number) => owing(anInvoice({ currency: 'USD', total }));
  const rates = [
    { from: 'USD', to: 'MXN', rate: '10', on: '2026-01-01' },
    { from: 'USD', to: 'MXN', rate: '20', on: '2026-03-10' },
  ];
  const tolerant = (own: Partial<Plan>) => aPlan({ tolerance: { MXN: '50.00' }, ...own }, free);
  const ladder = aLadder(['1d']);

  it('of another currency counts only where the plan converts', () => {
    for (const otherCurrency of ['task', 'met', 'unmet', undefined] as const)
      expect(acts(ladder, dollars(1), tolerant({ otherCurrency, rates }))).toHaveLength(1);
    expect(acts(ladder, dollars(499), tolerant({ otherCurrency: 'convert', rates }), 8)).toEqual([]);
    expect(acts(ladder, dollars(500), tolerant({ otherCurrency: 'convert', rates }), 8)).toHaveLength(1);
    expect(acts(ladder, dollars(1), tolerant({ otherCurrency: 'convert' }))).toHaveLength(1);
    expect(acts(ladder, dollars(1), aPlan({ otherCurrency: 'convert', rates }, free))).toHaveLength(1);
  });

  it('is looked at again when a rate changes', () => {
    const on = tolerant({ otherCurrency: 'convert', rates });
    const { next, events } = decide(engineOf(ladder, on), dollars(499), instant('2026-03-05T10:00:00-06:00'));
    expect(events).toEqual([]);
    expect(next).toBe(startOfDay(parseDay('2026-03-10'), zone));
    expect(acts(ladder, dollars(499), on, 12)).toEqual(['2026-03-10 s1d F1']);
  });
});
