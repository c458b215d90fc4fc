import { describe, expect, it } from 'vitest';
import { evolveAll, type FileEvent, noticeOf, settle } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Policy } from '../../src/policy/types.js';
import {
  aCredit,
  aDispute,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
  fileOf,
  free,
  instant,
  inTwoParts,
  owing,
  told,
} from '../support/build.js';
import { checkedEngine } from '../support/checked.js';
import { houseOf, living, stage } from '../support/house.js';
import { refused } from '../support/refused.js';
import { all, at, invoice, payment } from '../support/world.js';

const now = instant('2026-03-02T12:00:00-06:00');
const later = instant('2026-03-09T12:00:00-06:00');
const engine = checkedEngine(aLadder(['1d', '30d']), aPlan({}, free));

/** What is open of the first message once these facts are known. */
function after(file: AccountFile, ...facts: readonly FileEvent[]) {
  const first = settle(engine, file, now);
  const [act] = first.acts;
  const { resolved, items } = noticeOf(engine, evolveAll(first.file, facts), act!, later);
  return { resolved, open: items.map((item) => `${item.item} ${item.open}`) };
}

describe('A notice is resolved when every listed amount is settled', () => {
  const three = owing(anInvoice(), anInvoice({ id: 'F2' }), anInvoice({ id: 'F3' }));
  const paid = (id: string) => told.payment(aPayment({ id: `P-${id}`, to: id }));

  it('not before, and not because the last row is', () => {
    expect(after(three)).toEqual({ resolved: false, open: ['F1 10000', 'F2 10000', 'F3 10000'] });
    expect(after(three, paid('F3'))).toEqual({ resolved: false, open: ['F1 10000', 'F2 10000', 'F3 0'] });
    expect(after(three, paid('F3'), paid('F1'))).toMatchObject({ resolved: false });
    expect(after(three, paid('F3'), paid('F1'), paid('F2'))).toMatchObject({ resolved: true });
  });

  it('even if an invoice stays partly open: an instalment that was listed is paid', () => {
    expect(after(owing(inTwoParts()))).toEqual({ resolved: false, open: ['F1~1 5000'] });
    expect(after(owing(inTwoParts()), told.payment(aPayment({ to: 'F1~1', amount: 5_000 })))).toMatchObject({
      resolved: true,
    });
  });

  it('what was disputed then is no part of it, whatever becomes of the dispute', () => {
    const file = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice()),
      told.dispute(aDispute({ amount: 4_000 })),
    );
    const credit = told.credit(aCredit({ amount: 4_000, to: 'F1' }));
    expect(after(file)).toEqual({ resolved: false, open: ['F1 6000'] });
    expect(after(file, credit)).toEqual({ resolved: false, open: ['F1 6000'] });
    expect(after(file, told.payment(aPayment({ amount: 6_000, to: 'F1' })))).toMatchObject({
      resolved: true,
    });
    expect(after(file, credit, told.payment(aPayment({ amount: 2_000, to: 'F1' })))).toEqual({
      resolved: false,
      open: ['F1 4000'],
    });
  });

  it('void, credited and written off settle; what was added since does not count', () => {
    for (const own of [{ status: 'void' as const }, { writtenOff: 10_000 }])
      expect(after(owing(anInvoice()), told.invoice(anInvoice(own)))).toMatchObject({ resolved: true });
    expect(after(owing(anInvoice()), told.credit(aCredit({ to: 'F1' })))).toMatchObject({ resolved: true });
    const charged = anInvoice({
      total: 10_500,
      charges: [{ id: 'c', amount: 500, on: '2026-03-03', waived: false }],
    });
    const paid10 = told.payment(aPayment({ to: 'F1' }));
    expect(after(owing(anInvoice()), told.invoice(charged), paid10)).toMatchObject({ resolved: true });
  });

  it('a payment that comes back opens it again', () => {
    const back = told.payment(aPayment({ to: 'F1', state: 'reversed' }));
    expect(after(owing(anInvoice()), told.payment(aPayment({ to: 'F1' })), back)).toMatchObject({
      resolved: false,
    });
  });

  it('can be read by the act', async () => {
    const { dunning } = await living(
      houseOf([stage('soft', '3d', { do: [{ send: 'soft' }, { task: 'call' }] })]),
    );
    await dunning.sync({ invoices: [invoice('F-2', '02-10')] });
    await dunning.tick({ now: at('02-13') });
    const acts = await all(dunning.acts({ account: 'robles' }));
    const id = acts.find(({ act }) => act.kind === 'message')?.act.id ?? '';
    await dunning.sync({ payments: [payment('P-1', 'F-1', '02-14')] });
    expect(await dunning.notice(id, { at: at('02-14') })).toMatchObject({ act: id, resolved: false });
    await dunning.sync({ payments: [payment('P-2', 'F-2', '02-15')] });
    expect(await dunning.notice(id, { at: at('02-15') })).toMatchObject({ resolved: true });
    await refused(dunning.notice('no-such-act'), 'unknown_id');
    const call = acts.find(({ act }) => act.kind === 'task')?.act.id ?? '';
    await refused(dunning.notice(call), 'impossible_state');
  });
});

describe('Back-dated reviews of a tenant (F129)', () => {
  it('fail with their code, or are accepted where the caller says so, and repeat nothing', async () => {
    const { dunning } = await living(houseOf([stage('soft', '3d')]));
    await dunning.review({ now: at('02-15') });
    const named = { accounts: ['robles'], now: at('02-14') };
    expect((await dunning.review(named)).failed).toEqual([{ account: 'robles', code: 'backdated_review' }]);
    const run = await dunning.review({ ...named, backdated: 'accept' });
    expect(run.failed).toEqual([]);
    expect(run.counts.acts).toEqual({});
    expect(await all(dunning.acts())).toHaveLength(1);
    expect((await dunning.explain('robles', { at: at('02-14') })).items).toHaveLength(1);
  });
});

describe('Hour of an act, with contact hours that end before it', () => {
  const policy: Policy = { ...aLadder([]), stages: [aStage('s1', '1d')], time: '20:00' };
  const windows = [{ from: '09:00', to: '18:00' }];

  it('moves to the next opening and is not put off for ever', () => {
    const late = checkedEngine(policy, aPlan({}, { ...free, windows }));
    const days = ['2026-03-02T20:00:00-06:00', '2026-03-03T09:00:00-06:00'].map(instant);
    let file = settle(late, owing(anInvoice()), instant('2026-03-01T10:00:00-06:00')).file;
    const first = settle(late, file, days[0]!);
    expect(first.acts).toEqual([]);
    expect(first.next).toBe(days[1]);
    file = first.file;
    expect(settle(late, file, days[1]!).acts).toHaveLength(1);
  });

  it('holds on its own day, and on later days where it can be met', () => {
    const able = checkedEngine({ ...policy, time: '15:00' }, aPlan({}, { ...free, windows }));
    const file = settle(able, owing(anInvoice()), instant('2026-03-01T10:00:00-06:00')).file;
    expect(settle(able, file, instant('2026-03-03T10:00:00-06:00')).acts).toEqual([]);
    expect(settle(able, file, instant('2026-03-03T15:00:00-06:00')).acts).toHaveLength(1);
    const late = checkedEngine(policy, aPlan({}, { ...free, windows }));
    expect(settle(late, file, instant('2026-03-02T10:00:00-06:00')).acts).toEqual([]);
  });
});
