import { describe, expect, it } from 'vitest';
import type { FileEvent } from '../../src/engine/index.js';
import { closedBySettlement, settledReason } from '../../src/engine/settled.js';
import { tasksOver } from '../../src/engine/tasks-over.js';
import { AccountView } from '../../src/engine/view.js';
import type { AccountFile, Case, OpenAct } from '../../src/ledger/file.js';
import {
  aCredit,
  aLadder,
  anInvoice,
  aPayment,
  aPaymentPlan,
  aPlan,
  engineOf,
  fileOf,
  instant,
  owing,
  told,
  zone,
} from '../support/build.js';

/** Why something is not owed any more, and which work is over with it. */

const now = instant('2026-03-10T12:00:00-06:00');
const engine = engineOf(aLadder(['1d']), aPlan({ tolerance: { MXN: '5.00' } }));
const pay = (amount: number): FileEvent => told.payment(aPayment({ amount, to: 'F1' }));
const credit = (amount: number): FileEvent => told.credit(aCredit({ amount, to: 'F1' }));

describe('what is settled', () => {
  it.each<readonly [string, Parameters<typeof anInvoice>[0], readonly FileEvent[], string | undefined]>([
    ['owed', {}, [], undefined],
    ['owed in part', {}, [pay(9_500)], undefined],
    ['paid', {}, [pay(10_000)], 'paid'],
    ['paid beyond', {}, [pay(12_000)], 'paid'],
    ['paid in part, and credited', {}, [pay(1), credit(9_999)], 'paid'],
    ['credited', {}, [credit(10_000)], 'credited'],
    ['written off', { writtenOff: 10_000 }, [], 'written-off'],
    ['credited in part, and written off', { writtenOff: 5_000 }, [credit(5_000)], 'credited'],
    ['nothing from the start', { total: 0 }, [], 'zero'],
    ['less than nothing', { total: -100 }, [], 'negative'],
    ['void', { status: 'void' }, [], 'void'],
    ['a draft', { status: 'draft' }, [], 'draft'],
    ['what we owe ourselves', { type: 'payable' }, [], 'payable'],
    ['strictly below the tolerance', {}, [pay(9_501)], 'tolerance'],
    ['in a payment plan', {}, [told.plan(aPaymentPlan())], undefined],
  ])('%s', (_, own, facts, reason) => {
    const view = new AccountView(fileOf(told.invoice(anInvoice(own)), ...facts), zone, now);
    const [item] = view.items.filter(({ plan }) => plan === undefined);
    expect(item && settledReason(engine, view, item)).toBe(reason);
  });

  it('closes a case for good, while other reasons keep what was done', () => {
    for (const reason of ['paid', 'credited', 'tolerance', 'zero', 'void', 'settled', ''])
      expect(closedBySettlement(reason)).toBe(true);
    for (const reason of [
      ...['unassigned', 'reassigned', 'replaced', 'out_of_scope', 'carrier_settled', 'restarted'],
      ...['counted_anew', 'cleared', 'reset', 'moved'],
    ])
      expect(closedBySettlement(reason)).toBe(false);
  });
});

describe('work is over', () => {
  const on = '2026-03-10';
  const aCase = (id: string, own: Partial<Case> = {}): Case => ({
    ...{ id, policy: 'ladder', version: 1, hash: '', subject: 'F1', opening: 1, opened: '2026-03-02' },
    ...{ state: 'closed', closed: { reason: 'paid', on }, shift: 0, marks: [], ...own },
  });
  const cover = (id: string) => ({ subject: 'F1', case: id, stage: 'task:x', occurrence: 1 });
  const act = (id: string, own: Partial<OpenAct> = {}): OpenAct => ({
    ...{ id, kind: 'task', purpose: 'dunning', state: 'planned', review: 0, on, covers: [cover('c1')] },
    ...own,
  });
  const over = (
    cases: readonly Case[],
    acts: readonly OpenAct[],
    ended: (id: string) => string | undefined = () => undefined,
    closed: ReadonlyMap<string, string> = new Map(),
  ) => {
    const file: AccountFile = {
      ...owing(),
      cases: new Map([['F1', cases]]),
      acts: new Map(acts.map((one) => [one.id, one])),
    };
    return tasksOver(file, closed, ({ case: id }) => ended(id), on).map((event) =>
      event.type === 'task.closed' ? `${event.act} ${event.reason} ${event.on}` : event.type,
    );
  };
  const running = aCase('c1', { state: 'open', closed: undefined });

  it('with the cases that it is about, of every kind that people do, by id', () => {
    const kinds = ['write-off', 'task', 'handover', 'alert'] as const;
    const acts = kinds.map((kind) => act(kind, { kind }));
    expect(over([aCase('c1')], acts)).toEqual([...kinds].sort().map((kind) => `${kind} settled ${on}`));
    expect(over([running], acts)).toEqual([]);
    for (const kind of ['fee', 'effect', 'message'] as const)
      expect(over([aCase('c1')], [act('t', { kind })])).toEqual([]);
    expect(over([aCase('c1')], [act('t', { state: 'proposed' })])).toEqual([]);
    expect(over([], [act('t')])).toEqual([]);
  });

  it('with the last of them', () => {
    const both = act('t', { covers: [cover('c1'), cover('c2')] });
    expect(over([aCase('c1'), { ...running, id: 'c2' }], [both])).toEqual([]);
    expect(over([{ ...running, id: 'c2' }, aCase('c1')], [both])).toEqual([]);
    expect(over([aCase('c1'), aCase('c2')], [both])).toEqual([`t settled ${on}`]);
  });

  it('for the reason of this review, else of the closing; the first of two', () => {
    const moved = aCase('c1', { closed: { reason: 'reset', on } });
    expect(over([moved], [act('t')])).toEqual([`t reset ${on}`]);
    expect(over([aCase('c1')], [act('t')], undefined, new Map([['c1', 'reassigned']]))).toEqual([
      `t reassigned ${on}`,
    ]);
    const both = act('t', { covers: [cover('c1'), cover('c2')] });
    expect(over([moved, aCase('c2')], [both])).toEqual([`t reset ${on}`]);
  });

  it('without its cause, though the case runs', () => {
    expect(over([running], [act('t')], () => 'handled')).toEqual([`t handled ${on}`]);
    expect(over([running], [act('t')], (id) => (id === 'c2' ? 'handled' : undefined))).toEqual([]);
    const both = act('t', { covers: [cover('c1'), cover('c2')] });
    const ended = (id: string) => (id === 'c2' ? 'handled' : undefined);
    expect(over([aCase('c1'), { ...running, id: 'c2' }], [both], ended)).toEqual([`t handled ${on}`]);
  });
});
