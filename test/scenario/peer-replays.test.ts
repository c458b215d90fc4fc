import { describe, expect, it } from 'vitest';
import { assertScenario } from '../../src/testing/index.js';

/** Found when behaviours of other products were replayed; each was wrong once. */
describe('replays of other products', () => {
  it('a later debt of a group has new counters, also one that was invoiced before the first was paid', async () => {
    await assertScenario(`
scenario: Told late
given:
  currency: EUR
  plan: { contact: none }
  policy: { id: camp, unit: { group: [account] }, stages: [{ id: a, at: 1d }, { id: b, at: 8d }] }
  invoices: { id: F-1, total: 30, due: 2026-03-01 }
when:
  - { at: 2026-03-02, tick: true }
  - { at: 2026-03-09, tick: true }
  - { at: 2026-03-21, payments: { id: P, invoice: F-1 }, tick: true }
  - { at: 2026-04-01, invoices: { id: F-2, total: 99, issued: 2026-03-02, due: 2026-04-01 }, tick: true }
  - { run: { until: 2026-04-20 }, then: { sent: { exactly: [{ stage: a, on: 2026-04-02 }, { stage: b, on: 2026-04-09 }] } } }
  - { at: 2026-04-21, payments: { invoice: F-2 }, tick: true }
  - { at: 2026-04-22, change: { payments: { id: P, state: reversed } }, tick: true }
  - { run: { until: 2026-05-20 }, then: { sent: none } }
`);
  });

  it('what has grace left is not listed as overdue', async () => {
    await assertScenario(`
scenario: Grace of the others
given:
  currency: EUR
  plan: { contact: none }
  policy: { id: p, grace: 5d, message: { list: overdue }, stages: [{ id: a, at: { from: grace, exclusive: true } }] }
  invoices: [{ id: F-1, total: 100, due: 2026-03-01 }, { id: F-2, total: 50, due: 2026-03-02 }]
when:
  - { at: 2026-03-07, tick: true, then: { sent: { exactly: [{ items: { exactly: [F-1] } }] } } }
`);
  });

  it('a review on request makes proposals that are over anew', async () => {
    await assertScenario(`
scenario: Made anew
given:
  currency: EUR
  plan: { contact: none }
  policy: { id: p, mode: approve, proposed: regenerate, stages: [{ id: a, at: 1d }, { id: b, at: 20d }] }
  invoices: { id: F-1, total: 100, due: 2026-03-01 }
when:
  - { at: 2026-03-02, review: { run: one }, then: { pending: { exactly: [{ stage: a }] } } }
  - at: 2026-03-05
    review: { run: two }
    then:
      events: { act.discarded: [{ reason: regenerated }], act.planned: 1 }
      pending: { exactly: [{ stage: a, on: 2026-03-05 }] }
      reviewed: { accounts: 1, acts: { proposal: 1 } }
`);
  });

  it('reminders of a group still count once its account is under another policy', async () => {
    await assertScenario(`
scenario: Another policy
given:
  currency: EUR
  plan: { contact: none }
  policies:
    - { id: one, unit: { group: [account] }, stages: [{ id: a, at: 1d }, { id: b, at: 3d }] }
    - { id: two, unit: { group: [account] }, stages: [{ id: c, at: 20d }] }
  accounts: { id: customer, policy: one }
  invoices: { id: F-1, total: 30, due: 2026-03-01 }
when:
  - { at: 2026-03-02, tick: true }
  - { at: 2026-03-04, tick: true, then: { counters: { F-1: 2 } } }
  - at: 2026-03-05
    change: { accounts: { id: customer, policy: two } }
    tick: true
    then: { items: { F-1: { policy: two, reminders: 2, lastReminder: 2026-03-04 } }, levels: { F-1: none } }
`);
  });
});

describe('what replays ask for', () => {
  it('tells whether a message is resolved, how a promise ended, and counts events', async () => {
    await assertScenario(`
scenario: A message about two debts
given:
  currency: EUR
  plan: { contact: none, blocks: { promise: { tolerance: 5 } } }
  policy: { id: p, stages: [{ id: a, at: 1d }, { id: b, at: 8d, mode: task }] }
  invoices: [{ id: F-1, total: 100, due: 2026-03-01 }, { id: F-2, total: 50, due: 2026-03-01 }]
when:
  - { at: 2026-03-02, tick: true, then: { notices: { exactly: [{ resolved: false, asked: { EUR: 150 }, open: { EUR: 150 } }] } } }
  - { at: 2026-03-03, payments: { invoice: F-1 }, then: { notices: [{ resolved: false, open: { EUR: 50 }, items: [{ item: F-1, open: 0 }] }] } }
  - { at: 2026-03-03, promises: { id: W, invoice: F-2, amount: 50, date: 2026-03-06 } }
  - { at: 2026-03-04, payments: { invoice: F-2, amount: '47.50' }, tick: true, then: { events: { promise.ended: [{ promise: W, outcome: kept }] } } }
  - { run: { until: 2026-03-20 } }
  - { at: 2026-03-20, confirm: { stage: b }, then: { notices: { count: 2, some: [{ stage: b, asked: { EUR: 2.5 } }] } } }
  - { at: 2026-03-21, payments: { invoice: F-2 }, tick: true, then: { notices: { every: { resolved: true } } } }
then: { events: { case.closed: { gte: 2, lt: 3 } } }
`);
    await expect(
      assertScenario(`
scenario: Too many
given: { currency: EUR, policy: { stages: [{ id: a, at: 1d }] }, messages: { id: a, text: 'Hi {{sender.name}}' }, invoices: { id: F-1, total: 1, due: 2026-03-01 } }
when: [{ at: 2026-03-02, tick: true, then: { events: { act.accepted: { gte: 2 } } } }]
`),
    ).rejects.toThrow('expected at least 2, found 1');
  });
});

it('takes one for a list in records, too', async () => {
  await assertScenario(`
scenario: One for many
given:
  currency: EUR
  plan: { contact: none }
  policy: { id: p, stages: [{ id: a, at: 1d }, { id: b, at: 8d }] }
  accounts: { id: customer, tags: vip, contacts: { name: Jo, email: jo@acme.example } }
  invoices: { id: F-1, total: 90, due: 2026-03-01 }
when:
  - { at: 2026-03-02, tick: true, then: { sent: 1 } }
  - at: 2026-03-05
    plans: { id: PP, invoices: F-1, dues: [2026-04-01, 2026-05-01, 2026-06-01] }
    tick: true
    then: { amounts: { F-1: 0, '~plan:PP~1': 30 } }
  - { at: 2026-04-02, tick: true, then: { sent: [{ covers: ['~plan:PP~1'], totals: { EUR: 30 } }] } }
  - { at: 2026-04-10, change: { plans: { id: PP, state: broken } }, tick: true }
  - { at: 2026-04-11, tick: true, then: { sent: [{ stage: b, covers: [F-1], totals: { EUR: 90 } }] } }
`);
});
