import { expect, it } from 'vitest';
import { assertScenario } from '../../src/testing/index.js';
import { ana, houseOf, living, stage } from '../support/house.js';
import { days } from '../support/rows.js';
import { account, at } from '../support/world.js';

/** One dispute about several invoices, with somebody who clears it up (F100). It could not be said. */

const given = `
given:
  currency: EUR
  plan: { contact: none }
  accounts: { id: c }
  policy: { id: p, stages: [{ id: one, at: 3d }, { id: two, at: 10d, do: [{ handover: agency }] }] }
  invoices: [{ id: F-1, total: 1000, due: 2026-03-01 }, { id: F-2, total: 500, due: 2026-03-02 }, { id: F-3, total: 10, due: 2026-03-01 }]
`;

it('the disputed amount leaves dunning, oldest invoice first, and comes back when it is rejected', async () => {
  await assertScenario(`
scenario: Rejected${given}when:
  - at: 2026-03-05
    disputes: { id: D, invoices: [F-2, F-1], amount: 1200, owner: eva }
    tick: true
    then:
      amounts: { F-1: { outstanding: 1000, dunnable: 0 }, F-2: { outstanding: 500, dunnable: 300 }, F-3: { dunnable: 10 } }
      sent: { exactly: [{ totals: { EUR: 310 } }] }
      reasons: { F-1: dispute }
  - { at: 2026-03-06, change: { disputes: { id: D, state: rejected } }, then: { totals: { EUR: { dunnable: 1510 } } } }
`);
});

it('accepted, it stays back less the credit notes of any of them', async () => {
  await assertScenario(`
scenario: Accepted${given}when:
  - { at: 2026-03-03, disputes: { id: D, invoices: [F-1, F-2], amount: 600 } }
  - { at: 2026-03-04, change: { disputes: { id: D, state: accepted } }, then: { amounts: { F-1: { dunnable: 400 } } } }
  - { at: 2026-03-05, credits: { invoice: F-2, amount: 200 }, then: { amounts: { F-1: { dunnable: 600 }, F-2: { outstanding: 300, dunnable: 300 } } } }
  - { at: 2026-03-06, credits: { invoice: F-1, amount: 400 }, then: { amounts: { F-1: { outstanding: 600, dunnable: 600 }, F-2: { dunnable: 300 } } } }
`);
});

it('of all that is open, each is free once its own credit note has come', async () => {
  await assertScenario(`
scenario: Without an amount${given}when:
  - { at: 2026-03-03, disputes: { id: D, invoices: [F-1, F-2], state: accepted } }
  - { at: 2026-03-05, credits: { invoice: F-1, amount: 900 }, then: { amounts: { F-1: { outstanding: 100, dunnable: 100 }, F-2: { dunnable: 0 } } } }
`);
});

it('stands in the dossier of a hand-over of any of them', async () => {
  await assertScenario(`
scenario: Handed over${given}when:
  - { at: 2026-03-04, disputes: { id: D, invoices: [F-1, F-2], amount: 20 } }
  - { at: 2026-03-12, ask: { items: F-2, stage: two }, tick: true, then: { handovers: [{ dossier: { history: [{ kind: dispute, detail: 'open: dispute' }] } }] } }
`);
});

it('is refused without an invoice, with both, and with none of several', async () => {
  await assertScenario(`
scenario: Refused${given}when:
  - { at: 2026-03-04, disputes: { account: c, amount: 20 }, error: { code: invalid_input, problems: [{ path: 'disputes[0].invoice', code: missing }] } }
  - { at: 2026-03-04, disputes: { invoice: F-1, invoices: [F-2] }, error: { code: invalid_input, problems: [{ path: 'disputes[0].invoices', code: conflicting_keys }] } }
  - { at: 2026-03-04, disputes: { account: c, invoices: [] }, error: { code: invalid_input, problems: [{ path: 'disputes[0].invoices', code: too_small }] } }
  - { at: 2026-03-04, disputes: { invoices: [F-1, F-2], instalment: '1' }, error: { code: invalid_input, problems: [{ path: 'disputes[0].instalment', code: conflicting_keys }] } }
`);
});

it('puts the account on the worklist of its owner', async () => {
  const one = await living(houseOf([stage('soft', '3d')], {}, { contact: { gap: 'none' } }));
  const dispute = {
    id: 'D',
    account: account.id,
    invoices: ['F-1'],
    reason: 'damaged',
    author: 'ana',
    owner: 'eva',
  };
  await one.dunning.sync({ disputes: [{ ...dispute, opened: '2026-02-12' }] });
  await days(one, '02-13');
  const of = async (owner: string) =>
    (await one.dunning.worklist({ owner, at: at('02-13') })).lines.map(({ reasons }) => reasons[0]);
  expect(await of('eva')).toMatchObject([{ reason: 'dispute', id: 'D', name: 'eva' }]);
  expect(await of(ana.author)).toEqual([]);
});
