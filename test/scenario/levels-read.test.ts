import { describe, expect, it } from 'vitest';
import { assertScenario, runScenario } from '../../src/testing/index.js';

/** What is read of levels, counters and stages passed over; each was wrong once. */

const given = `
given:
  currency: EUR
  plan: { contact: none }
  accounts: { id: c }
  invoices: { id: F-1, total: 100, due: 2026-03-01 }
`;

describe('the level that is read is that of case.level', () => {
  it('a message that was sent and not delivered gives no level where done is delivered', async () => {
    await assertScenario(`
scenario: Delivered${given}  policy: { id: p, done: delivered, stages: [{ id: one, at: 3d }, { id: two, at: { from: previous, plus: 7d } }] }
when:
  - { at: 2026-03-04, tick: true, then: { sent: 1, levels: { F-1: none } } }
  - { at: 2026-03-06, delivered: {}, then: { levels: { F-1: one } } }
  - { run: { until: 2026-03-13 }, then: { sent: { exactly: [{ stage: two, on: 2026-03-13 }] } } }
`);
  });

  it('a proposal gives a level where done is proposed', async () => {
    await assertScenario(`
scenario: Proposed${given}  policy: { id: p, mode: approve, done: proposed, stages: [{ id: one, at: 3d }, { id: two, at: 10d }] }
when:
  - { at: 2026-03-04, tick: true, then: { levels: { F-1: one } } }
`);
  });

  it('a hold that clears takes the level away before the first stage acts again', async () => {
    await assertScenario(
      `
scenario: Cleared${given}  plan: { contact: none, blocks: { hold: clear } }
  policy: { id: p, stages: [{ id: one, at: 3d }, { id: two, at: 10d }] }
when:
  - { at: 2026-03-04, tick: true }
  - { at: 2026-03-11, tick: true, then: { levels: { F-1: two } } }
  - { at: 2026-03-12, holds: { invoice: F-1, from: 2026-03-12, until: 2026-03-15 }, tick: true }
  - { at: 2026-03-16, tick: true, then: { sent: none, levels: { F-1: none } } }
  - { at: 2026-03-17, tick: true, then: { sent: [{ stage: one }], levels: { F-1: one } } }
`.replace('  plan: { contact: none }\n', ''),
    );
  });
});

describe('history of another system', () => {
  it('a stage that was done elsewhere counts where done is delivered, so that the ladder goes on', async () => {
    await assertScenario(`
scenario: Nobody will deliver it again${given}  policy: { id: p, done: delivered, stages: [{ id: one, at: 3d }, { id: two, at: { from: previous, plus: 7d } }] }
  history: { item: F-1, done: [{ stage: one, on: 2026-03-04 }] }
  now: 2026-03-08
then: { levels: { F-1: one }, next: 2026-03-11 }
when:
  - { at: 2026-03-08, tick: true }
`);
  });

  it('an effect that another system switched on is no contact, so it costs no gap', async () => {
    await assertScenario(
      `
scenario: Stopped the day before${given}  plan: { contact: { gap: 5d, caps: [] } }
  policy: { id: p, stages: [{ id: one, at: 3d }, { id: stop, at: 20d, do: [{ effect: stop-service }] }, { id: last, at: 21d }] }
  history: { item: F-1, done: [{ stage: one, on: 2026-03-04 }, { stage: stop, on: 2026-03-21 }] }
  now: 2026-03-22
when:
  - { at: 2026-03-22, tick: true, then: { sent: [{ stage: last }] } }
`.replace('  plan: { contact: none }\n', ''),
    );
  });
});

describe('what expectations list', () => {
  it('a proposal that a person discarded, or that lapsed, is a stage passed over', async () => {
    await assertScenario(`
scenario: Discarded, then lapsed${given}  policy: { id: p, mode: approve, stages: [{ id: one, at: 3d }, { id: two, at: 10d, lapses: 2d }, { id: three, at: 30d }] }
when:
  - { at: 2026-03-04, tick: true }
  - at: 2026-03-05
    discard: {}
    by: eva
    reason: a friend
    then: { skipped: { exactly: [{ item: F-1, stage: one, occurrence: 1, reason: discarded, author: eva, note: a friend }] } }
  - { run: { until: 2026-03-12 }, then: { pending: 1, skipped: none } }
  - { run: { until: 2026-03-14 }, then: { pending: none, skipped: { exactly: [{ stage: two, reason: lapsed, author: none }] } } }
`);
  });

  it('a proposal that is made anew is none', async () => {
    await assertScenario(`
scenario: Again${given}  policy: { id: p, mode: approve, discarded: again, stages: [{ id: one, at: 3d }] }
when:
  - { at: 2026-03-04, tick: true }
  - { at: 2026-03-05, discard: {}, then: { skipped: none } }
`);
  });

  it('a stage that only raises tasks is counted, and tasks beside a message are not', async () => {
    const [report] = await runScenario(`
scenario: Counted${given}  policy: { id: p, stages: [{ id: one, at: 3d, do: [{ task: call }] }, { id: two, at: 10d, do: [{ send: two }, { task: visit }] }] }
when:
  - { at: 2026-03-04, tick: true, then: { levels: { F-1: one }, counters: { F-1: { reminders: 0, stages: { one: 1 } } } } }
  - { at: 2026-03-11, tick: true, then: { tasks: 1, counters: { F-1: { reminders: 1, stages: { one: 1, two: 1 } } } } }
`);
    expect(report?.failures).toEqual([]);
  });
});

describe('a review that is limited', () => {
  it('to what nobody has is refused, and not a look at everything that does nothing', async () => {
    await assertScenario(`
scenario: Limited${given}  policy: { id: p, stages: [{ id: one, at: 3d }] }
when:
  - { at: 2026-03-04, review: { policies: [q] }, error: { code: unknown_id, message: { contains: 'policy "q"' } } }
  - { at: 2026-03-04, review: { policies: p, stages: [one, tow] }, error: { code: unknown_id, message: { contains: 'no stage "tow"; known: one', lacks: 'policy' } } }
  - { at: 2026-03-04, review: { currencies: [EURO] }, error: unknown_currency }
  - { at: 2026-03-04, review: { policies: p, stages: one, currencies: USD }, then: { reviewed: { acts: none, waiting: { not_in_review: 1 } } } }
  - { at: 2026-03-04, review: { policies: p, stages: one, currencies: EUR }, then: { reviewed: { acts: { message: 1, task: 0 } } } }
`);
  });
});

it('an effect of a policy that was removed can be expected off', async () => {
  await assertScenario(`
scenario: Removed${given}  policy: { id: p, stages: [{ id: stop, at: 3d, do: [{ effect: stop-service }, { task: call }] }] }
when:
  - { at: 2026-03-04, tick: true, then: { effects: { stop-service: 'on' } } }
  - at: 2026-03-05
    load: { plan: { id: plan, version: 2 }, remove: p }
    review: { accounts: all }
    then: { effects: { stop-service: 'off' }, reasons: { F-1: no_policy }, pending: { none: [{ kind: task }] } }
`);
});

it('two runs on request of one moment are two occasions, and the same run twice is one', async () => {
  await assertScenario(`
scenario: Twice a day${given}  policy: { id: p, climb: true, stages: [{ id: one }, { id: two }, { id: three }] }
when:
  - { at: 2026-03-10, review: { run: morning }, dispatch: true, then: { levels: { F-1: one } } }
  - { at: 2026-03-10, review: { run: noon }, dispatch: true, then: { sent: [{ stage: two }], levels: { F-1: two } } }
  - { at: 2026-03-10, review: { run: noon }, dispatch: true, then: { nothing: true } }
  - { at: 2026-03-11, review: { run: morning }, dispatch: true, then: { nothing: true } }
`);
});

it('an act that is named by its id can be expected to be unknown by every verb', async () => {
  await assertScenario(`
scenario: Unknown${given}  policy: { id: p, stages: [{ id: one, at: 3d }] }
when:
  - { at: 2026-03-04, tick: true }
  - { at: 2026-03-04, settleFee: { id: nope, as: booked }, error: unknown_id }
  - { at: 2026-03-04, resolve: { id: nope, as: sent }, error: unknown_id }
  - { at: 2026-03-04, confirm: { id: nope, on: 2026-03-04 }, error: unknown_id }
`);
});
