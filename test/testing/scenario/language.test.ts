import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../src/testing/index.js';

async function failures(text: string): Promise<readonly string[]> {
  const reports = await runScenario(text);
  return reports.flatMap((one) => one.failures.map((failure) => `${failure.path}: ${failure.message}`));
}

describe('a scenario', () => {
  it('needs a policy and an invoice, and no texts', async () => {
    expect(
      await failures(`
scenario: A friendly reminder three days late
given:
  currency: EUR
  policy: { stages: [{ id: friendly, at: 3d }, { id: firm, at: 10d }] }
  invoices: { id: F-1, total: 100, due: 2026-03-01 }
when:
  - { at: 2026-03-03, tick: true, then: { nothing: true, levels: { F-1: none }, reasons: { F-1: not_yet }, next: 2026-03-04 } }
  - { at: 2026-03-04, tick: true, then: { sent: [{ message: friendly, totals: { EUR: 100 } }], levels: { F-1: 1 } } }
  - { at: 2026-03-09, payments: { invoice: F-1 } }
  - { at: 2026-03-20, tick: true, then: { sent: none, events: { case.closed: 1 }, reasons: { F-1: paid }, next: none } }
then: { sent: 1, counters: { F-1: { reminders: 1, stages: { friendly: 1 } } } }
`),
    ).toEqual([]);
  });
});
