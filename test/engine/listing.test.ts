import { describe, expect, it } from 'vitest';
import { type AccountFile, decide, evolveAll, type FileEvent, settle } from '../../src/engine/index.js';
import type { Invoice } from '../../src/ledger/types.js';
import type { Plan, Policy } from '../../src/policy/types.js';
import {
  aLadder,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
  engineOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';

/** A message lists what its own policy chases, and nothing else: what it lists is asked for. */

const at = instant('2026-03-05T10:00:00-06:00');
const grouped = { unit: { group: ['account'] } } as const;

function listed(file: AccountFile, policies: readonly Policy[], plan: Partial<Plan> = {}) {
  const { acts } = decide(engineOf(policies, aPlan(plan, free)), file, at);
  return acts
    .filter((act) => act.kind === 'message')
    .map((act) => [
      act.policy.id,
      act.items.map(({ item, acting }) => (acting ? item : `${item} listed`)).join(),
    ]);
}

const two = (own: Partial<Invoice>): AccountFile =>
  owing(anInvoice({ id: 'F1' }), anInvoice({ id: 'F2', due: '2026-03-02', ...own }));

for (const list of ['overdue', 'open'] as const) {
  describe(`a group that lists what is ${list}`, () => {
    const policy = aLadder(['1d', '30d'], { ...grouped, message: { list } });

    it('lists nothing that is under no policy', () => {
      expect(listed(two({ policy: null }), [policy])).toEqual([['ladder', 'F1']]);
      const assign = [{ invoice: 'F2', policy: null }];
      expect(listed(two({}), [policy], { assign })).toEqual([['ladder', 'F1']]);
    });

    it('lists nothing of another policy, also where that has a group of the same key', () => {
      const other = aLadder(['60d'], { ...grouped, id: 'other', message: { list } });
      expect(listed(two({ policy: 'other' }), [policy, other])).toEqual([['ladder', 'F1']]);
    });

    it('lists nothing that is outside of its scope', () => {
      const scope = { fact: 'item.attributes.kind', eq: 'rent' } as const;
      const file = owing(
        anInvoice({ attributes: { kind: 'rent' } }),
        anInvoice({ id: 'F2', attributes: { kind: 'fine' } }),
      );
      expect(listed(file, [{ ...policy, scope }])).toEqual([['ladder', 'F1']]);
    });

    it('lists nothing that counts as settled', () => {
      expect(listed(two({ total: 40 }), [policy], { tolerance: { MXN: '1.00' } })).toEqual([
        ['ladder', 'F1'],
      ]);
    });
  });
}

describe('items that climb alone', () => {
  const policy = aLadder([], { stages: [aStage('s', '1d'), aStage('t', '4d')], message: { list: 'open' } });

  it('are listed while they climb by the policy, and no longer', () => {
    const file = owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-20' }));
    expect(listed(file, [policy])).toEqual([['ladder', 'F1,F2 listed']]);
    const engine = engineOf(policy, aPlan({}, free));
    const before = settle(engine, file, at).file;
    const left: FileEvent = told.invoice(anInvoice({ id: 'F2', due: '2026-03-20', policy: null }));
    const next = decide(engine, evolveAll(before, [left]), at + 3 * 86_400_000);
    expect(next.acts.map((act) => act.items.map(({ item }) => item))).toEqual([['F1']]);
  });

  it('are not listed once they were given to somebody else', () => {
    const handing = aLadder([], {
      stages: [aStage('s', '1d'), aStage('agency', '20d', { do: [{ handover: 'agency' }] })],
      message: { list: 'overdue' },
      entry: 'latest',
    });
    const engine = engineOf(handing, aPlan({}, free));
    const given = settle(engine, owing(anInvoice({ id: 'OLD', due: '2026-01-30' })), at).file;
    const later = evolveAll(given, [told.invoice(anInvoice({ due: '2026-03-04' }))]);
    const { acts } = decide(engine, later, at + 86_400_000);
    expect(acts.map((act) => act.items.map(({ item }) => item))).toEqual([['F1']]);
  });

  it('are listed with what is left of them', () => {
    const file = evolveAll(owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-20' })), [
      told.payment(aPayment({ to: 'F2', amount: 4_000 })),
    ]);
    const engine = engineOf(policy, aPlan({}, free));
    const [act] = decide(engine, file, at).acts;
    expect(act?.items.map(({ item, dunnable }) => [item, dunnable])).toEqual([
      ['F1', 10_000],
      ['F2', 6_000],
    ]);
    expect(act?.totals).toEqual([{ minor: 10_000, currency: 'MXN' }]);
  });
});
