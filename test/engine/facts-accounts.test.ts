import { describe, expect, it } from 'vitest';
import { compileCondition, isTimed, readFact } from '../../src/engine/conditions.js';
import { compile, type FileEvent } from '../../src/engine/index.js';
import { ledgerRulesOf } from '../../src/engine/ledger-rules.js';
import { look } from '../../src/engine/look.js';
import { itemUnit } from '../../src/engine/units.js';
import { defaultLedgerRules } from '../../src/ledger/rules.js';
import type { Plan } from '../../src/policy/types.js';
import type { RiskScorer } from '../../src/segments/index.js';
import {
  aCredit,
  aDispute,
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPaymentPlan,
  aPlan,
  aPromise,
  aReply,
  fileOf,
  instant,
  told,
} from '../support/build.js';

const now = instant('2026-03-10T10:00:00-06:00');

interface Asked {
  readonly account?: Parameters<typeof anAccount>[0];
  readonly plan?: Partial<Plan>;
  readonly scorer?: RiskScorer;
}

function reader(facts: readonly FileEvent[], { account, plan, scorer }: Asked = {}) {
  const engine = compile({ plan: aPlan(plan), policies: [aLadder(['1d'])], scorer });
  const { view } = look(engine, fileOf(told.account(anAccount(account)), ...facts), now);
  const [item] = view.items;
  return (name: string): unknown => {
    const value = readFact(name)({ view, unit: item && itemUnit(item) });
    return value instanceof Map ? Object.fromEntries(value) : value;
  };
}

const invoice = told.invoice(anInvoice());

/** Items settled so many days after their due date. */
const history = (...late: readonly number[]): FileEvent[] =>
  late.flatMap((days, index) => {
    const id = `H${index}`;
    return [
      told.invoice(anInvoice({ id, issued: '2026-01-01', due: '2026-01-11' })),
      told.payment(aPayment({ id: `P${id}`, to: id, date: `2026-01-${11 + days}` })),
    ];
  });

describe('facts of an account', () => {
  it('are what is disputed, promised and unapplied', () => {
    const read = reader([
      invoice,
      told.dispute(aDispute({ amount: 3_000 })),
      told.promise(aPromise({ amount: 2_000, date: '2026-03-15' })),
      told.payment(aPayment({ amount: 700 })),
      told.credit(aCredit({ amount: 300 })),
      told.hold(aHold()),
    ]);
    expect(read('account.disputed')).toEqual({ MXN: 3_000 });
    expect(read('account.openPromises')).toEqual({ MXN: 2_000 });
    expect(read('account.unapplied')).toEqual({ MXN: 1_000 });
    expect(read('account.dunnable')).toEqual({});
  });

  it('are how promises ended, in this review too', () => {
    const read = reader([
      invoice,
      told.promise(aPromise({ id: 'A', date: '2026-03-09', amount: 9_000 })),
      told.promise(aPromise({ id: 'B', date: '2026-03-09', amount: 2_000 })),
      told.promise(aPromise({ id: 'C', date: '2026-03-04', amount: 1_000 })),
      told.payment(aPayment({ amount: 3_000, to: 'F1', date: '2026-03-03' })),
    ]);
    expect(['Kept', 'PartlyKept', 'Broken'].map((name) => read(`account.promises${name}`))).toEqual([
      1, 1, 1,
    ]);
  });

  it('are days since the latest reply', () => {
    expect(reader([invoice])('account.daysSinceReply')).toBeUndefined();
    const replies = [
      told.reply(aReply({ on: '2026-03-02' })),
      told.reply(aReply({ id: 'Y2', on: '2026-03-07' })),
    ];
    expect(reader([invoice, ...replies])('account.daysSinceReply')).toBe(3);
    expect(reader([invoice, ...replies.toReversed()])('account.daysSinceReply')).toBe(3);
  });

  it('are typical days of its last payments, unknown for a thin history', () => {
    expect(reader(history(1, 3))('account.typicalDaysLate')).toBeUndefined();
    const read = reader(history(1, 3, 8));
    expect(read('account.typicalDaysLate')).toBe(3);
    expect(read('account.typicalDaysToPay')).toBe(13);
  });

  it('are a risk as written, else from its history by the scorer that is wired', () => {
    const late = history(1, 3, 8);
    expect(reader(late.slice(0, 2))('account.risk')).toBeUndefined();
    expect(reader(late)('account.risk')).toBeTypeOf('number');
    expect(reader(late, { account: { scores: { asOf: '2026-03-01', risk: 7 } } })('account.risk')).toBe(7);
    const scorer: RiskScorer = ({ paid }) => ({ score: paid.length, parts: [] });
    expect(reader(late, { scorer })('account.risk')).toBe(3);
  });

  it('are scored by promises and credit use, too', () => {
    const seen: unknown[] = [];
    const scorer: RiskScorer = (all) => {
      seen.push(all);
      return undefined;
    };
    const promise = told.promise(aPromise({ amount: 6_000, date: '2026-03-05' }));
    reader([invoice, promise, ...history(2)], {
      scorer,
      account: { credit: { currency: 'MXN', limit: 20_000 } },
    })('account.risk');
    expect(seen).toMatchObject([
      { promisesKept: 0, promisesBroken: 1, oldestDaysPastDue: 9, creditUse: 50, paid: [{}] },
    ]);
  });

  it('count an invoice under a payment plan once in its history', () => {
    const paid = told.payment(aPayment({ to: 'F1', date: '2026-03-06' }));
    const read = reader([invoice, told.plan(aPaymentPlan()), paid]);
    expect(read('account.itemsPaid')).toBe(2);
    expect(read('account.itemsPaidLate')).toBe(0);
  });

  it('are class, percentile, branches and scores as written', () => {
    const read = reader([invoice], {
      account: {
        scores: { asOf: '2026-03-01', class: 'B', percentile: 55, own: { bureau: 640 } },
        branches: [{ id: 'north', name: 'North', contacts: [] }],
      },
    });
    expect([read('account.class'), read('account.percentile'), read('account.branches')]).toEqual([
      'B',
      55,
      1,
    ]);
    expect(read('account.scores.bureau')).toBe(640);
    expect(read('account.scores.none')).toBeUndefined();
  });
});

describe('exposure', () => {
  const facts = [
    invoice,
    told.invoice(anInvoice({ id: 'F2', due: '2026-03-20', total: 2_000, branch: 'north' })),
    told.invoice(anInvoice({ id: 'F3', status: 'draft', total: 500 })),
    told.invoice(anInvoice({ id: 'F4', currency: 'USD' })),
  ];
  const account = { credit: { currency: 'MXN', limit: 10_000, insured: 2_000 } };

  it('is of the head office with its branches, in the currency of the line', () => {
    const read = reader(facts, { account });
    expect(
      Object.fromEntries(
        ['draft', 'open', 'overdue', 'returned', 'total', 'uninsured'].map((name) => [
          name,
          read(`exposure.${name}`),
        ]),
      ),
    ).toEqual({
      draft: { MXN: 500 },
      open: { MXN: 2_000 },
      overdue: { MXN: 10_000 },
      returned: { MXN: 0 },
      total: { MXN: 12_500 },
      uninsured: { MXN: 10_500 },
    });
    expect(read('account.creditLimit')).toEqual({ MXN: 12_000 });
    expect(read('exposure.overLimit')).toBe(true);
    expect(read('exposure.usedShare')).toBe(104);
  });

  it('is unknown without a line, and its share without a limit', () => {
    const read = reader(facts);
    for (const name of ['draft', 'total', 'overLimit', 'usedShare'])
      expect(read(`exposure.${name}`)).toBeUndefined();
    const open = reader(facts, { account: { credit: { currency: 'MXN' } } });
    expect([open('exposure.overLimit'), open('exposure.usedShare'), open('account.creditLimit')]).toEqual([
      false,
      undefined,
      undefined,
    ]);
  });

  it('has the margin of the plan', () => {
    const read = reader(facts, { account, plan: { credit: { margin: '9d' } } });
    expect(read('exposure.overdue')).toEqual({ MXN: 0 });
  });

  it('may change overnight', () => {
    expect(isTimed({ fact: 'exposure.overdue', gt: { MXN: '0' } })).toBe(true);
    expect(isTimed({ fact: 'exposure.total', gt: { MXN: '0' } })).toBe(false);
    expect(compileCondition({ fact: 'exposure.total', exists: false })).toBeTypeOf('function');
  });
});

describe('facts of an item', () => {
  it('are its document, and its booked fees apart from what may be chased', () => {
    const fee = { id: 'fee', amount: 500, on: '2026-03-05', waived: false };
    const read = reader([
      told.invoice(
        anInvoice({
          total: 10_500,
          charges: [fee],
          type: 'proforma',
          branch: 'n',
          entity: 'mx',
          area: 'retail',
        }),
      ),
    ]);
    expect(read('item.dunnable')).toEqual({ MXN: 10_000 });
    expect(read('account.dunnable')).toEqual({ MXN: 10_000 });
    expect(read('item.outstanding')).toEqual({ MXN: 10_500 });
    expect(read('item.charges')).toEqual({ MXN: 500 });
    expect(['type', 'branch', 'entity', 'area', 'inPlan'].map((name) => read(`item.${name}`))).toEqual([
      'proforma',
      'n',
      'mx',
      'retail',
      false,
    ]);
    expect(reader([invoice])('item.type')).toBe('invoice');
  });

  it('of which only fees are left count for nothing', () => {
    const fee = { id: 'fee', amount: 500, on: '2026-03-05', waived: false };
    const read = reader([
      told.invoice(anInvoice({ total: 10_500, charges: [fee] })),
      told.payment(aPayment({ to: 'F1' })),
    ]);
    expect(read('account.outstanding')).toEqual({ MXN: 500 });
    expect(['openItems', 'overdueItems', 'oldestDaysPastDue'].map((name) => read(`account.${name}`))).toEqual(
      [0, 0, undefined],
    );
  });
});

describe('the rules of a plan', () => {
  it('are days and milliseconds', () => {
    expect(ledgerRulesOf({})).toEqual(defaultLedgerRules);
    expect(
      ledgerRulesOf({
        blocks: {
          dispute: 'item',
          unapplied: 'covers',
          holdEnd: 'exclusive',
          promise: { grace: '1d', tolerance: 2.5, within: '2w' },
          unbooked: '4d',
          reply: 'continue',
        },
        sources: { bank: { maxAge: '90min' }, erp: { maxAge: '2d' }, crm: { maxAge: '1w' } },
        credit: { margin: '15d', returned: '60d' },
      }),
    ).toEqual({
      dispute: 'item',
      unapplied: 'covers',
      holdEnd: 'exclusive',
      promise: { graceDays: 1, tolerance: 2.5, withinDays: 14 },
      unbookedDays: 4,
      replyDays: undefined,
      sources: [
        { id: 'bank', maxAge: 5_400_000 },
        { id: 'erp', maxAge: 172_800_000 },
        { id: 'crm', maxAge: 604_800_000 },
      ],
      credit: { marginDays: 15, returnedDays: 60 },
    });
  });
});
