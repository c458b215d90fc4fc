import { describe, expect, it } from 'vitest';
import { type Act, decide, type Engine, evolveAll, type FileEvent } from '../../src/engine/index.js';
import { isTolerated } from '../../src/engine/settled.js';
import { AccountView } from '../../src/engine/view.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Plan, Policy, StageMinimum } from '../../src/policy/types.js';
import {
  aLadder,
  anAccount,
  anInvoice,
  anUnbooked,
  aPayment,
  aPaymentPlan,
  aPlan,
  aReply,
  aStage,
  engineOf,
  free,
  instant,
  owing,
  told,
  zone,
} from '../support/build.js';
import { walk } from '../support/walk.js';

/** What people are asked to see to, once, and why it needs nobody any more. */

const noon = (day: string): number => instant(`2026-${day}T12:00:00-06:00`);
const ladder = (own: Partial<Policy> = {}): Policy => aLadder(['1d', '30d'], own);
const engineFor = (plan: Partial<Plan> = {}, policy: Policy | readonly Policy[] = ladder()): Engine =>
  engineOf(policy, aPlan(plan, free));

/** A life of an engine: days of facts, then what its tasks are and how they end. */
function after(engine: Engine, file: AccountFile, day: string, ...facts: readonly FileEvent[]) {
  const decision = decide(engine, evolveAll(file, facts), noon(day));
  return {
    file: evolveAll(evolveAll(file, facts), decision.events),
    tasks: decision.acts.filter(({ kind }) => kind === 'task'),
    ends: decision.events.flatMap((event) => (event.type === 'task.closed' ? [event.reason] : [])),
  };
}
const brief = ({ name, reason, stage, covers, items, owner }: Act) => [
  `${name} ${reason} ${stage}${owner === undefined ? '' : ` ${owner}`}`,
  covers.map(({ subject }) => subject).join('+'),
  items.map(({ item }) => item).join('+'),
];
const started = (engine: Engine, ...invoices: readonly Parameters<typeof anInvoice>[0][]): AccountFile =>
  walk(engine, owing(...invoices.map((own) => anInvoice(own))), '2026-03-02', 1).file;

describe('a currency without tolerance', () => {
  const tolerance = { MXN: '5.00' };
  const engine = engineFor({ tolerance });
  const mixed = owing(
    anInvoice(),
    anInvoice({ id: 'U1', currency: 'USD' }),
    anInvoice({ id: 'U2', currency: 'USD' }),
    anInvoice({ id: 'E1', currency: 'EUR' }),
  );

  it('is asked for once each, for all the cases that run in it', () => {
    const first = after(engine, mixed, '03-02');
    expect(first.tasks.map(brief)).toEqual([
      ['set-tolerance no_tolerance task:no_tolerance', 'E1', 'E1'],
      ['set-tolerance no_tolerance task:no_tolerance', 'U1+U2', 'U1+U2'],
    ]);
    expect(after(engine, first.file, '03-03').tasks).toEqual([]);
    const more = after(engine, first.file, '03-04', told.invoice(anInvoice({ id: 'U3', currency: 'USD' })));
    expect(more.tasks).toEqual([]);
  });

  it('is none where all have one, where none has, and where nobody is chased', () => {
    expect(after(engine, owing(anInvoice()), '03-02').tasks).toEqual([]);
    expect(after(engineFor(), mixed, '03-02').tasks).toEqual([]);
    expect(after(engineFor({ tolerance, default: null }), mixed, '03-02').tasks).toEqual([]);
    const paid = evolveAll(owing(anInvoice({ id: 'U1', currency: 'USD' })), [
      told.payment(aPayment({ currency: 'USD', to: 'U1' })),
    ]);
    expect(after(engine, paid, '03-03').tasks).toEqual([]);
    const drafts = owing(anInvoice(), anInvoice({ id: 'U1', currency: 'USD', status: 'draft' }));
    expect(after(engine, drafts, '03-02').tasks).toEqual([]);
  });

  it('needs nobody any more once the plan says it, or the debt is settled', () => {
    const { file } = after(engine, owing(anInvoice({ id: 'U1', currency: 'USD' })), '03-02');
    expect(after(engine, file, '03-03').ends).toEqual([]);
    expect(after(engineFor({ tolerance: { ...tolerance, USD: '1.00' } }), file, '03-03').ends).toEqual([
      'resolved',
    ]);
    expect(after(engineFor(), file, '03-03').ends).toEqual(['resolved']);
    const pay = told.payment(aPayment({ currency: 'USD', to: 'U1', date: '2026-03-03' }));
    expect(after(engine, file, '03-03', pay).ends).toEqual(['settled']);
  });

  it('with another plan to convert asks for the rate', () => {
    const converting = engineFor({ tolerance, otherCurrency: 'convert' });
    const usd = owing(anInvoice({ id: 'U1', currency: 'USD' }));
    expect(after(converting, usd, '03-02').tasks.map(({ name }) => name)).toEqual(['set-rate']);
  });

  it('tolerates what is strictly below, and nothing of which nobody says so', () => {
    const view = new AccountView(owing(), zone, noon('03-02'));
    expect(isTolerated(engine, view, 499, 'MXN')).toBe(true);
    expect(isTolerated(engine, view, 500, 'MXN')).toBe(false);
    expect(isTolerated(engine, view, 1, 'USD')).toBe(false);
    expect(isTolerated(engineFor(), view, 1, 'MXN')).toBe(false);
    const rates = [{ from: 'USD', to: 'MXN', rate: '20', on: '2026-03-01' }];
    const converting = engineFor({ tolerance, otherCurrency: 'convert', rates } as Partial<Plan>);
    expect(isTolerated(converting, view, 24, 'USD')).toBe(true);
    expect(isTolerated(converting, view, 25, 'USD')).toBe(false);
    expect(isTolerated(converting, view, 24, 'EUR')).toBe(false);
    const plain = engineFor({ tolerance, rates } as Partial<Plan>);
    expect(isTolerated(plain, view, 24, 'USD')).toBe(false);
  });
});

describe('what the debtor does', () => {
  const engine = engineFor();
  const two = started(engine, {}, { id: 'F2' });
  const reply = (own: Parameters<typeof aReply>[0] = {}) => told.reply(aReply({ on: '2026-03-03', ...own }));
  const report = (own: Parameters<typeof anUnbooked>[0] = {}) =>
    told.unbooked(anUnbooked({ on: '2026-03-03', ...own }));

  it('is seen to by one task each, about all that it names', () => {
    const names = (...facts: readonly FileEvent[]) =>
      after(engine, two, '03-03', ...facts)
        .tasks.map(brief)
        .filter(([what]) => !what?.includes('call'));
    expect(names(reply())).toEqual([['answer-reply reply task:reply:Y1', 'F1+F2', 'F1+F2']]);
    expect(names(report())).toEqual([['verify-payment unbooked task:unbooked:U1', 'F1+F2', 'F1+F2']]);
    expect(names(report({ invoice: 'F2' }))).toEqual([
      ['verify-payment unbooked task:unbooked:U1', 'F2', 'F2'],
    ]);
    expect(names(report({ invoices: ['F1', 'F9'] }))).toEqual([
      ['verify-payment unbooked task:unbooked:U1', 'F1', 'F1'],
    ]);
    expect(names(report({ id: 'U2' }), reply(), report())).toEqual([
      ['answer-reply reply task:reply:Y1', 'F1+F2', 'F1+F2'],
      ['verify-payment unbooked task:unbooked:U1', 'F1+F2', 'F1+F2'],
      ['verify-payment unbooked task:unbooked:U2', 'F1+F2', 'F1+F2'],
    ]);
  });

  it.each<readonly [string, FileEvent]>([
    ['a reply that was handled', reply({ handled: true })],
    ['a payment that was booked', report({ state: 'booked' })],
    ['one that failed', report({ state: 'failed' })],
    ['one that a receipt told of', report({ source: 'receipt' })],
    ['one for which the time to look is over', report({ until: '2026-03-02', on: '2026-03-01' })],
    ['one of an invoice that nobody chases', report({ invoice: 'F9' })],
    ['a reply from before anybody was chased', reply({ on: '2026-02-01' })],
  ])('is nobody’s work: %s', (_, fact) => {
    expect(after(engine, two, '03-03', fact).tasks).toEqual([]);
  });

  it('is asked once, is for no one’s dunning, and is over once it was seen to', () => {
    const { file, tasks } = after(engine, two, '03-03', reply(), report());
    expect(tasks.map(({ purpose }) => purpose)).toEqual(['service', 'service']);
    expect(after(engine, file, '03-04')).toMatchObject({ tasks: [], ends: [] });
    expect(after(engine, file, '03-04', reply({ handled: true }))).toMatchObject({ ends: ['handled'] });
    expect(after(engine, file, '03-04', report({ state: 'booked' })).ends).toEqual(['booked']);
    expect(after(engine, file, '03-04', report({ state: 'failed' })).ends).toEqual(['failed']);
    expect(after(engine, file, '03-25').ends).toEqual(['expired']);
    const paid = ['F1', 'F2'].map((to, index) =>
      told.payment(aPayment({ id: `P${index}`, to, date: '2026-03-04' })),
    );
    expect(after(engine, file, '03-04', paid[0]!).ends).toEqual([]);
    expect(after(engine, file, '03-04', ...paid).ends).toEqual(['settled', 'settled']);
  });
});

describe('a case that waits for a person', () => {
  it('in hardship is offered a plan of payments, until there is one or no hardship', () => {
    const policy = ladder({
      stages: [aStage('a', '1d'), aStage('b', '3d', { tone: 'formal', do: [{ handover: 'agency' }] })],
    });
    const engine = engineFor({}, policy);
    const hard = told.account(anAccount({ hardship: true }));
    const { file, tasks } = after(engine, started(engine, {}), '03-05', hard);
    expect(tasks.map(brief)).toEqual([['offer-plan hardship task:hardship', 'F1', 'F1']]);
    expect(after(engine, file, '03-06')).toMatchObject({ tasks: [], ends: [] });
    expect(after(engine, file, '03-06', told.account(anAccount())).ends).toEqual(['no_hardship']);
    expect(after(engine, file, '03-06', told.plan(aPaymentPlan({ made: '2026-03-06' }))).ends).toEqual([
      'plan',
    ]);
  });

  it('without a least amount for its currency asks for it, until there is one', () => {
    const asking = (min: StageMinimum): Engine =>
      engineFor({}, ladder({ stages: [aStage('a', '1d', { min })] }));
    const engine = asking({ amount: { USD: '1.00' } });
    const { file, tasks } = after(engine, owing(anInvoice()), '03-02');
    expect(tasks.map(brief)).toEqual([['set-threshold no_threshold task:no_threshold', 'F1', 'F1']]);
    expect(after(engine, file, '03-03')).toMatchObject({ tasks: [], ends: [] });
    expect(after(asking({ amount: { MXN: '1.00' } }), file, '03-03').ends).toEqual(['resolved']);
  });
});
