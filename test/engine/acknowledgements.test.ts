import { describe, expect, it } from 'vitest';
import { type Act, decide, evolveAll, type FileEvent, recheck, statusOf } from '../../src/engine/index.js';
import type { ContactRules, Policy } from '../../src/policy/types.js';
import {
  aContact,
  aDispute,
  aLadder,
  anAccount,
  anInvoice,
  anUnbooked,
  aPayment,
  aPaymentPlan,
  aPlan,
  aPromise,
  engineOf,
  free,
  instant,
  inTwoParts,
  owing,
  told,
} from '../support/build.js';
import { actsIn, sent, walk } from '../support/walk.js';

const on = {
  promised: [{ send: 'noted' }],
  disputed: [{ send: 'looking' }],
  reported: [{ send: 'heard' }],
};
const ladder = (own: Partial<Policy> = {}): Policy => aLadder(['1d', '30d'], { on, ...own });
const at = (day: string, time = '10:00'): number => instant(`2026-03-${day}T${time}:00-06:00`);

const first = anInvoice({ id: 'F1', due: '2026-03-01', total: 10_000 });
const second = anInvoice({ id: 'F2', due: '2026-03-01', total: 5_000 });
const promise = (own: Parameters<typeof aPromise>[0] = {}): FileEvent =>
  told.promise(aPromise({ made: '2026-03-03', date: '2026-03-20', invoice: 'F1', ...own }));

/** Messages of the days after these facts, one review a day. */
function days(
  facts: Readonly<Record<string, readonly FileEvent[]>>,
  policy: Policy = ladder(),
  contact: ContactRules = free,
): readonly string[] {
  return sent(
    walk(engineOf(policy, aPlan({}, contact)), owing(first, second), '2026-03-01', 20, { facts }),
  ).filter((line) => !line.includes(' s'));
}

describe('an acknowledgement', () => {
  it('goes out once for a promise and once for a dispute, outside gap and caps', () => {
    const facts = {
      '2026-03-03': [promise(), told.dispute(aDispute({ invoice: 'F2', opened: '2026-03-03' }))],
      '2026-03-05': [promise({ version: 2, date: '2026-03-25' })],
      '2026-03-06': [promise({ id: 'W2', invoice: 'F2', made: '2026-03-06' })],
    };
    const lines = ['2026-03-03 noted F1', '2026-03-03 looking F2', '2026-03-06 noted F2'];
    expect(days(facts)).toEqual(lines);
    const strict = { gap: '20d', caps: [{ max: 1, per: '20d' }] };
    expect(days(facts, ladder(), strict)).toEqual(lines);
  });

  it('waits for the contact hours, and the review comes back for it', () => {
    const engine = engineOf(ladder(), aPlan({}, { ...free, windows: [{ from: '09:00', to: '18:00' }] }));
    const file = evolveAll(walk(engine, owing(first), '2026-03-01', 2).file, [promise()]);
    const early = decide(engine, file, at('03', '07:00'));
    expect([early.acts, early.next]).toEqual([[], at('03', '09:00')]);
    expect(decide(engine, file, at('03', '09:00')).acts).toMatchObject([
      { message: 'noted', stage: 'on:promised' },
    ]);
  });

  it('goes at once where whoever wrote could not be answered by the time that contact hours permit', () => {
    const windows = [{ from: '09:00', to: '18:00' }];
    const engine = engineOf(ladder(), aPlan({}, { ...free, windows }));
    const file = evolveAll(walk(engine, owing(first), '2026-03-01', 2).file, [promise()]);
    const evening = at('03', '20:00');
    const margin = 5 * 60_000;
    const until = (end: number, own: object = {}, by = engine) => {
      const open = { contact: 'ana', channel: 'email', until: end + margin, ...own };
      return decide(by, { ...file, windows: [open] }, evening).acts.map(({ message }) => message);
    };
    const next = at('04', '09:00');
    expect(until(next)).toEqual(['noted']);
    expect(until(next + 1)).toEqual([]);
    expect(until(evening)).toEqual([]);
    expect(until(evening + 1)).toEqual(['noted']);
    expect(until(next, { channel: 'whatsapp' })).toEqual([]);
    expect(until(next, { contact: 'eva' })).toEqual([]);
    // On a holiday likewise, but what chases keeps to the hours.
    const resting = engineOf(
      ladder(),
      aPlan({ calendar: { holidays: ['2026-03-03'] } }, { ...free, windows }),
    );
    expect(until(next, {}, resting)).toEqual(['noted']);
    const chased = decide(
      engine,
      { ...owing(second), windows: [{ contact: 'ana', channel: 'email', until: next }] },
      evening,
    );
    expect(chased.acts).toEqual([]);
  });

  it('is made within three days or not at all', () => {
    const later = (day: string): readonly string[] => days({ [day]: [promise()] });
    expect(later('2026-03-06')).toEqual(['2026-03-06 noted F1']);
    expect(later('2026-03-07')).toEqual([]);
  });

  it('is one message for all that was promised, on every case, whatever parts other messages', () => {
    const all = [promise({ invoice: undefined, amount: 12_000 })];
    const walked = walk(
      engineOf(ladder({ message: { by: 'item' } }), aPlan({}, free)),
      owing(first, second),
      '2026-03-03',
      1,
      { facts: { '2026-03-03': all } },
    );
    const [act] = actsIn(walked).filter((one) => one.answers !== undefined);
    expect(act).toMatchObject({
      purpose: 'service',
      totals: [{ minor: 12_000, currency: 'MXN' }],
      answers: { kind: 'promise', id: 'W1', by: '2026-03-20' },
    });
    expect(act?.covers.map(({ subject, stage }) => [subject, stage])).toEqual([
      ['F1', 'on:promised:W1'],
      ['F2', 'on:promised:W1'],
    ]);
    const groups = days({ '2026-03-03': all }, ladder({ unit: { group: ['account'] } }));
    expect(groups).toEqual(['2026-03-03 noted F1+F2']);
  });

  it('goes to the contact that its invoices name, if all of them name the same', () => {
    const engine = engineOf(ladder(), aPlan({}, free));
    const people = [
      aContact({ role: 'other' }),
      aContact({ id: 'eva', role: 'other' }),
      aContact({ id: 'zoe', role: 'other' }),
    ];
    const to = (...contacts: readonly (string | undefined)[]) => {
      const invoices = [first, second].map((one, index) => ({ ...one, contact: contacts[index] }));
      const file = evolveAll(owing(...invoices), [told.account(anAccount({ contacts: people }))]);
      const open = walk(engine, file, '2026-03-01', 2).file;
      return decide(engine, evolveAll(open, [promise({ invoice: undefined, amount: 12_000 })]), at('03'))
        .acts.filter(({ answers }) => answers !== undefined)
        .map(({ contact }) => contact);
    };
    expect(to('zoe', 'zoe')).toEqual(['zoe']);
    expect(to('zoe', 'eva')).toEqual(['ana']);
    expect(to('zoe', undefined)).toEqual(['ana']);
    expect(to(undefined, undefined)).toEqual(['ana']);
  });

  it('names the debts that the amount reaches, oldest first', () => {
    const facts = {
      '2026-03-02': [told.payment(aPayment({ amount: 10_000, to: 'F1', date: '2026-03-02' }))],
      '2026-03-03': [promise({ invoice: undefined, amount: 4_000 })],
    };
    expect(days(facts)).toContain('2026-03-03 noted F2');
    expect(days({ '2026-03-03': [promise({ invoice: 'F9' })] })).toEqual([]);
    expect(days({ '2026-03-03': [promise({ invoice: undefined, amount: 9_000 })] })).toEqual([
      '2026-03-03 noted F1',
    ]);
  });

  it('of a dispute names its amount, unless that is of another currency, and the debts that it reaches', () => {
    const engine = engineOf(ladder({ message: { by: 'item' } }), aPlan({}, free));
    const file = owing(first, second, anInvoice({ id: 'F3', instalments: inTwoParts().instalments }));
    const answered = (...disputes: readonly Parameters<typeof aDispute>[0][]) => {
      const facts = disputes.map((own) => told.dispute(aDispute({ opened: '2026-03-03', ...own })));
      return actsIn(walk(engine, file, '2026-03-03', 1, { facts: { '2026-03-03': facts } }))
        .filter(({ answers }) => answers !== undefined)
        .map(({ answers, covers, totals }) => [
          `${answers?.kind} ${answers?.id}`,
          covers.map(({ subject }) => subject).join(' '),
          totals.map(({ minor }) => minor).join(' '),
        ]);
    };
    const amount = 3_000;
    expect(answered({ invoice: 'F1', amount, currency: 'MXN' })).toEqual([['dispute D1', 'F1', '3000']]);
    expect(answered({ invoice: 'F1', amount })).toEqual([['dispute D1', 'F1', '3000']]);
    expect(answered({ invoice: 'F1', amount, currency: 'USD' })).toEqual([['dispute D1', 'F1', '10000']]);
    expect(answered({ invoice: 'F9', amount })).toEqual([]);
    expect(answered({ invoice: 'F3', amount })).toEqual([['dispute D1', 'F3~1', '3000']]);
    expect(answered({ invoice: 'F3', amount: 6_000 })).toEqual([['dispute D1', 'F3~1 F3~2', '6000']]);
    expect(answered({ id: 'D2', invoice: 'F2' }, { id: 'D1', invoice: 'F2' })).toEqual([
      ['dispute D1', 'F2', '5000'],
      ['dispute D2', 'F2', '5000'],
    ]);
  });

  describe('of a reported payment', () => {
    const report = (own: Parameters<typeof anUnbooked>[0] = {}): FileEvent =>
      told.unbooked(anUnbooked({ on: '2026-03-03', ...own }));
    const heard = (...facts: readonly FileEvent[]): readonly string[] => days({ '2026-03-03': facts });
    const one = '2026-03-03 heard F1';

    it('goes out once, for what the debtor says and not for what a bank or a charge says', () => {
      expect(heard(report({ invoice: 'F1' }))).toEqual([one]);
      expect(heard(report())).toEqual(['2026-03-03 heard F1+F2']);
      expect(heard(report({ invoices: ['F2', 'F1', 'F9'], amount: 1, currency: 'MXN' }))).toEqual([
        '2026-03-03 heard F1+F2',
      ]);
      for (const source of ['receipt', 'charge'] as const) expect(heard(report({ source }))).toEqual([]);
      const again = { '2026-03-03': [report({ invoice: 'F1' })], '2026-03-04': [report({ version: 2 })] };
      expect(days(again)).toEqual([one]);
    });

    it('is not made for what is booked, failed, settled, over, long ago, still to come or of nothing that is owed', () => {
      for (const state of ['booked', 'failed'] as const) expect(heard(report({ state }))).toEqual([]);
      const paid = told.payment(aPayment({ amount: 10_000, to: 'F1', date: '2026-03-03' }));
      expect(heard(report({ invoice: 'F1' }), paid)).toEqual([]);
      expect(heard(report(), paid)).toEqual(['2026-03-03 heard F2']);
      expect(heard(report({ invoice: 'F9' }))).toEqual([]);
      expect(heard(report({ on: '2026-03-01', until: '2026-03-02' }))).toEqual([]);
      expect(heard(report({ on: '2026-02-28' }))).toEqual(['2026-03-03 heard F1+F2']);
      expect(heard(report({ on: '2026-02-27' }))).toEqual([]);
      expect(heard(report({ on: '2026-03-05' }))).toEqual(['2026-03-05 heard F1+F2']);
    });

    it('is one for what is said again on the same day, and another for what is more, other or later', () => {
      const first = report({ id: 'U5', invoice: 'F1' });
      const second = report({ id: 'U1', invoice: 'F1' });
      expect(heard(first, second)).toEqual([one]);
      expect(heard(first, report({ id: 'U9' }))).toEqual(['2026-03-03 heard F1+F2']);
      expect(heard(report({ id: 'U0', invoice: 'F1' }), report({ id: 'U9' }))).toHaveLength(1);
      const engine = engineOf(ladder(), aPlan({}, free));
      const start = walk(engine, owing(anInvoice({ id: 'F1', total: 10_000 })), '2026-03-03', 1, {
        facts: { '2026-03-03': [first] },
      }).file;
      const then = (...facts: readonly FileEvent[]) =>
        decide(engine, evolveAll(start, facts), at('03', '15:00')).acts.flatMap(({ kind, answers }) =>
          kind === 'message' ? [answers?.id] : [],
        );
      expect(then(second)).toEqual([]);
      expect(then(report({ id: 'U1', invoice: 'F1', amount: 500, currency: 'MXN' }))).toEqual(['U1']);
      expect(then(report({ id: 'U1', on: '2026-03-02' }))).toEqual(['U1']);
      const more = told.invoice(anInvoice({ id: 'F2', due: '2026-03-01' }));
      expect(then(more, report({ id: 'U1' }))).toEqual(['U1']);
    });

    it('names what was said to be paid, else all that is open of it, and what rests as a whole', () => {
      const amounts = (own: Parameters<typeof anUnbooked>[0]) => {
        const facts = { '2026-03-03': [report(own)] };
        const walked = walk(engineOf(ladder(), aPlan({}, free)), owing(first, second), '2026-03-03', 1, {
          facts,
        });
        const [act] = actsIn(walked).filter(({ answers }) => answers !== undefined);
        expect(act).toMatchObject({
          purpose: 'service',
          topic: 'report',
          stage: 'on:reported',
          answers: { kind: 'report', id: 'U1' },
        });
        return [act?.totals, act?.items.map(({ item }) => item)];
      };
      const mxn = (minor: number) => [{ minor, currency: 'MXN' }];
      expect(amounts({})).toEqual([mxn(15_000), ['F1', 'F2']]);
      expect(amounts({ invoice: 'F2' })).toEqual([mxn(5_000), ['F2']]);
      expect(amounts({ amount: 700, currency: 'USD' })).toEqual([
        [{ minor: 700, currency: 'USD' }],
        ['F1', 'F2'],
      ]);
    });

    it('is taken back when the payment is booked before it went out, and holds no stage', () => {
      const engine = engineOf(aLadder(['1d', '14d'], { on }), aPlan({}, free));
      const file = evolveAll(walk(engine, owing(first), '2026-03-02', 1).file, [report()]);
      const { acts, events } = decide(engine, file, at('03'));
      const [act] = acts as readonly [Act];
      expect(acts.map(({ message }) => message)).toEqual(['heard', undefined]);
      const planned = evolveAll(file, [...events]);
      const after = (...facts: readonly FileEvent[]) =>
        recheck(engine, evolveAll(planned, facts), act, at('03'));
      expect(after()).toEqual({ ok: true });
      expect(after(report({ state: 'booked' }))).toEqual({ ok: false, reason: 'changed' });
      const paid = told.payment(aPayment({ amount: 10_000, to: 'F1', date: '2026-03-03' }));
      expect(after(paid)).toMatchObject({ ok: false });
      const unknown = { code: 'timeout', at: at('03'), on: '2026-03-03' };
      const lost = evolveAll(planned, [{ type: 'act.unknown', act: act.id, ...unknown }]);
      const rested = evolveAll(lost, [...decide(engine, lost, at('09')).events]);
      expect(decide(engine, rested, at('16')).acts.map(({ message }) => message)).toEqual(['s14d']);
    });
  });

  describe('of several debts', () => {
    const answers = (
      policies: readonly Policy[],
      file = owing(first, second),
      ...facts: readonly FileEvent[]
    ) => {
      const engine = engineOf(policies, aPlan({}, free));
      const open = walk(engine, file, '2026-03-02', 1).file;
      return decide(engine, evolveAll(open, facts), at('03'))
        .acts.filter(({ answers: own }) => own !== undefined)
        .map(({ message, policy, covers, totals }) => [
          `${message} ${policy.id}`,
          covers.map(({ subject }) => subject).join('+'),
          totals.map(({ minor, currency }) => `${minor} ${currency}`).join(' '),
        ]);
    };
    const all = promise({ invoice: undefined, amount: 12_000 });
    const apart = owing(first, { ...second, policy: 'other' });
    const other = (own: Partial<Policy> = {}) => aLadder(['1d'], { id: 'other', on, ...own });

    it('comes from the policy with the highest priority, else of the oldest debt, and covers its cases only', () => {
      const file = owing(first, { ...second, policy: 'other' }, anInvoice({ id: 'F3', due: '2026-02-20' }));
      const named = promise({ invoice: undefined, invoices: ['F1', 'F2', 'F3'] });
      const low = [ladder({ priority: 1 }), other({ priority: 5 })];
      expect(answers(low, file, named)).toEqual([['noted other', 'F2', '25000 MXN']]);
      expect(answers([ladder(), other()], file, named)).toEqual([['noted ladder', 'F1+F3', '25000 MXN']]);
    });

    it('comes from the policy that answers such things, if only one does', () => {
      expect(answers([ladder({ on: {} }), other()], apart, all)).toEqual([
        ['noted other', 'F2', '12000 MXN'],
      ]);
      expect(answers([ladder({ on: undefined }), other()], apart, all)).toEqual([
        ['noted other', 'F2', '12000 MXN'],
      ]);
      expect(answers([ladder({ on: undefined }), other({ on: {} })], apart, all)).toEqual([]);
    });

    it('is none while a person leads the conversation, and counts what a payment plan owes once', () => {
      const led: FileEvent = {
        type: 'account.assigned',
        to: { owner: 'luis', author: 'eva', on: '2026-03-03' },
      };
      expect(answers([ladder()], owing(first), promise())).toHaveLength(1);
      expect(answers([ladder()], owing(first), promise(), led)).toEqual([]);
      const plan = told.plan(aPaymentPlan({ made: '2026-03-03' }));
      const named = promise({ invoices: ['F1', 'F2'], invoice: undefined });
      expect(answers([ladder()], owing(first, second), plan, named).map((row) => row[2])).toEqual([
        '15000 MXN',
      ]);
    });

    it('reaches as far as the amount goes, and no further', () => {
      const covered = (amount: number) =>
        answers([ladder()], owing(second, first), promise({ invoice: undefined, amount }))[0]?.[1];
      expect([9_999, 10_000, 10_001, 15_000, 99_000].map(covered)).toEqual([
        'F1',
        'F1',
        'F1+F2',
        'F1+F2',
        'F1+F2',
      ]);
    });

    it('still goes out on the last day of a promise', () => {
      const short = promise({ made: '2026-03-03', date: '2026-03-03' });
      expect(answers([ladder()], owing(first), short)).toHaveLength(1);
    });
  });

  it('is not made for what is settled, kept, cancelled, rejected or handed over', () => {
    const paid = told.payment(aPayment({ amount: 10_000, to: 'F1', date: '2026-03-03' }));
    expect(days({ '2026-03-03': [promise(), paid] }).filter((line) => line.includes('noted'))).toEqual([]);
    expect(days({ '2026-03-03': [promise({ state: 'cancelled' })] })).toEqual([]);
    const part = told.payment(aPayment({ amount: 6_000, to: 'F1', date: '2026-03-03' }));
    expect(days({ '2026-03-03': [promise({ amount: 6_000 }), part] })).toEqual([]);
    expect(days({ '2026-03-05': [promise({ date: '2026-03-04' })] })).toEqual([]);
    const rejected = aDispute({ invoice: 'F1', opened: '2026-03-03', state: 'rejected' });
    expect(days({ '2026-03-03': [told.dispute(rejected)] })).toEqual([]);
    const handing = aLadder(['1d'], {
      on,
      stages: [{ id: 'over', tone: 'formal', at: { from: 'due', plus: '1d' }, do: [{ handover: 'agency' }] }],
    });
    expect(days({ '2026-03-04': [promise()] }, handing)).toEqual([]);
  });

  it('leaves level, counters and the ladder alone, also while nobody knows whether it went out', () => {
    const engine = engineOf(aLadder(['1d', '4d'], { on }), aPlan({}, free));
    const file = evolveAll(walk(engine, owing(first), '2026-03-02', 1).file, [promise({ amount: 1_000 })]);
    const { acts, events } = decide(engine, file, at('03'));
    const [act] = acts as readonly [Act];
    const planned = evolveAll(file, [...events]);
    const unknown = evolveAll(planned, [
      { type: 'act.unknown', act: act.id, code: 'timeout', at: at('03'), on: '2026-03-03' },
    ]);
    expect(
      statusOf(engine, planned, at('03')).items.map(({ pending, reminders }) => [pending, reminders]),
    ).toEqual([[undefined, 1]]);
    for (const one of [planned, unknown])
      expect(decide(engine, one, at('05')).acts.map((next) => next.message)).toEqual(['s4d']);
  });

  it('is taken back when it is no longer true, and when it may not go now', () => {
    const engine = engineOf(ladder(), aPlan({}, { ...free, windows: [{ from: '09:00', to: '18:00' }] }));
    const file = evolveAll(walk(engine, owing(first), '2026-03-01', 2).file, [promise()]);
    const { acts, events } = decide(engine, file, at('03'));
    const [act] = acts as readonly [Act];
    const planned = evolveAll(file, [...events]);
    const after = (...facts: readonly FileEvent[]) =>
      recheck(engine, evolveAll(planned, facts), act, at('03'));
    expect(after()).toEqual({ ok: true });
    expect(after(promise({ date: '2026-03-21' }))).toEqual({ ok: false, reason: 'changed' });
    expect(after(promise({ amount: 3_000 }))).toEqual({ ok: false, reason: 'changed' });
    expect(after(promise({ state: 'cancelled' }))).toEqual({ ok: false, reason: 'changed' });
    expect(recheck(engine, planned, act, at('03', '18:00'))).toEqual({ ok: false, reason: 'window' });
  });

  it('goes to the next channel when one refuses', () => {
    const engine = engineOf(
      ladder({ via: [{ channel: 'email' }, { channel: 'whatsapp' }] }),
      aPlan({}, { ...free, consent: { whatsapp: 'off' } }),
    );
    const file = evolveAll(walk(engine, owing(first), '2026-03-01', 2).file, [
      told.account(anAccount({ contacts: [aContact({ phone: '+525512345678' })] })),
      promise(),
    ]);
    const { acts, events } = decide(engine, file, at('03'));
    const [act] = acts as readonly [Act];
    const refused = evolveAll(file, [
      ...events,
      { type: 'act.refused', act: act.id, code: 'x', scope: 'recipient', at: at('03'), on: '2026-03-03' },
    ]);
    expect([act.channel, act.position]).toEqual(['email', 0]);
    const again = decide(engine, refused, at('03')).acts;
    expect(again.map(({ channel, position, answers }) => [channel, position, answers?.id])).toEqual([
      ['whatsapp', 1, 'W1'],
    ]);
  });
});
