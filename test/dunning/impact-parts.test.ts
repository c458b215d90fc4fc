import { describe, expect, it } from 'vitest';
import type { Policy, Stage } from '../../src/policy/types.js';
import { houseOf, living, stage } from '../support/house.js';
import { refused } from '../support/refused.js';
import { account, all, at, invoice, world } from '../support/world.js';

const terms = { source: 'contract 2026, clause 4', fees: true };

function fee(id: string, plus: string, amount: string, changed: Partial<Stage> = {}): Stage {
  return stage(id, plus, { do: [{ send: id }, { fee: 'late-fee', fixed: { COP: amount } }], ...changed });
}

/** The first version, and another that running cases take over. */
function versions(before: readonly Stage[], after: readonly Stage[], changed: Partial<Policy> = {}) {
  const first = houseOf(before);
  const second = houseOf(after, { version: 2, adopt: 'adopt', ...changed });
  return { first, second: { ...second, policies: [...first.policies, ...second.policies] } };
}

async function withTerms(house: ReturnType<typeof houseOf>) {
  const one = world(house);
  await one.dunning.sync({
    accounts: [{ ...account, terms }],
    invoices: [invoice('F-1', '02-10')],
  });
  return one;
}

describe('the impact of a change', () => {
  it('names a fee that comes, with the message that brings it, and adds up by currency', async () => {
    const { first, second } = versions([stage('soft', '3d')], [fee('soft', '3d', '50.00')]);
    const { dunning } = await withTerms(first);
    const report = await dunning.impact(second, { at: at('02-13') });
    expect(report.affected[0]?.fees).toEqual([
      {
        change: 'gained',
        fee: 'late-fee',
        stage: 'soft',
        items: ['F-1'],
        after: { minor: 5000, currency: 'COP' },
      },
    ]);
    expect(report.fees).toEqual({
      gained: 1,
      lost: 0,
      changed: 0,
      amounts: { gained: [{ minor: 5000, currency: 'COP' }], lost: [], before: [], after: [] },
    });
    // It says the same, yet with a fee.
    expect(report.messages).toMatchObject({ gained: 0, lost: 0, changed: 1 });
  });

  it('names a fee that goes, and one that changes', async () => {
    const dearer = versions([fee('soft', '3d', '50.00')], [fee('soft', '3d', '80.00')]);
    const none = versions([fee('soft', '3d', '50.00')], [stage('soft', '3d')]);
    const { dunning } = await withTerms(dearer.first);
    const changed = await dunning.impact(dearer.second, { at: at('02-13') });
    expect(changed.affected[0]?.fees).toMatchObject([
      { change: 'changed', before: { minor: 5000 }, after: { minor: 8000 } },
    ]);
    expect(changed.fees).toMatchObject({
      changed: 1,
      amounts: { before: [{ minor: 5000, currency: 'COP' }], after: [{ minor: 8000, currency: 'COP' }] },
    });
    const lost = await dunning.impact(none.second, { at: at('02-13') });
    expect(lost.fees).toMatchObject({ lost: 1, amounts: { lost: [{ minor: 5000, currency: 'COP' }] } });
  });

  it('says whose level rises, falls, comes or goes after the next run', async () => {
    const of = async (before: readonly Stage[], after: readonly Stage[], day: string) => {
      const { first, second } = versions(before, after);
      const { dunning } = await living(first);
      const report = await dunning.impact(second, { at: at(day) });
      const [level] = report.affected[0]?.levels ?? [];
      return [level?.change, level?.before?.number, level?.after?.number, report.levels];
    };
    const none = { gained: 0, lost: 0, raised: 0, lowered: 0, other: 0 };
    const [soft, firm] = [stage('soft', '3d'), stage('firm', '10d')];
    expect(await of([soft, firm], [stage('soft', '1d'), firm], '02-12')).toEqual([
      'gained',
      undefined,
      1,
      { ...none, gained: 1 },
    ]);
    expect(await of([soft, firm], [stage('soft', '5d'), firm], '02-13')).toEqual([
      'lost',
      1,
      undefined,
      { ...none, lost: 1 },
    ]);
    const heavy = stage('soft', '3d', { level: 4 });
    expect(await of([soft], [heavy], '02-13')).toEqual(['raised', 1, 4, { ...none, raised: 1 }]);
    expect(await of([heavy], [soft], '02-13')).toEqual(['lowered', 4, 1, { ...none, lowered: 1 }]);
    // As severe as before, at a stage of another name.
    const renamed = versions([soft], [stage('mild', '3d', { do: [{ send: 'soft' }] })], {
      adopt: { map: { soft: 'mild' } },
    });
    const { dunning } = await living(renamed.first);
    await dunning.tick({ now: at('02-13') });
    const report = await dunning.impact(renamed.second, { at: at('02-14') });
    expect([report.affected[0]?.levels[0]?.change, report.levels]).toEqual(['other', { ...none, other: 1 }]);
  });

  it('gives the amounts that messages ask for, more and less, by currency', async () => {
    const { first, second } = versions([stage('soft', '5d')], [stage('soft', '3d')]);
    const { dunning } = await living(first);
    const total = { amount: '75.00', currency: 'USD' };
    await dunning.sync({
      invoices: [{ ...invoice('F-2', '02-10'), total }, invoice('F-3', '02-10', '20.00')],
    });
    const more = await dunning.impact(second, { at: at('02-13') });
    expect(more.messages).toMatchObject({
      gained: 1,
      amounts: {
        gained: [
          { minor: 102_000, currency: 'COP' },
          { minor: 7500, currency: 'USD' },
        ],
        lost: [],
      },
    });
    const back = world({ ...second, store: (await living(second)).store }).dunning;
    const less = await back.impact(
      { ...first, policies: [{ ...first.policies[0]!, version: 3, adopt: 'adopt' }] },
      { at: at('02-13') },
    );
    expect(less.messages).toMatchObject({
      lost: 1,
      amounts: { lost: [{ minor: 100_000, currency: 'COP' }] },
    });
  });

  it('counts proposals as messages, and leaves them to people', async () => {
    const { first, second } = versions([stage('soft', '3d')], [stage('soft', '3d', { mode: 'approve' })]);
    const { dunning } = await living(first);
    const { affected, levels } = await dunning.impact(second, { at: at('02-13') });
    expect(affected[0]?.changed.map(({ before, after }) => [before.mode, after.mode])).toEqual([
      [undefined, 'approve'],
    ]);
    // Nobody has approved it: the level is not reached.
    expect(levels.lost).toBe(1);
  });

  it('lists no more accounts than asked for, streams all, and counts all', async () => {
    const { first, second } = versions([stage('soft', '5d')], [stage('soft', '3d')]);
    const { dunning } = await living(first);
    await dunning.sync({
      accounts: ['a', 'b', 'c'].map((id) => ({ ...account, id })),
      invoices: ['a', 'b', 'c'].map((id) => ({ ...invoice(`${id}-1`, '02-10'), account: id })),
    });
    const report = await dunning.impact(second, { at: at('02-13'), list: 2 });
    expect(report.affected.map((one) => one.account)).toEqual(['a', 'b']);
    expect([report.accounts, report.affectedAccounts, report.messages.gained]).toEqual([4, 4, 4]);
    const each = await all(dunning.impacts(second, { at: at('02-13') }));
    expect(each.map((one) => one.account)).toEqual(['a', 'b', 'c', 'robles']);
    expect(each.slice(0, 2)).toEqual(report.affected);
    expect(await all(dunning.impacts(first, { at: at('02-13') }))).toEqual([]);
  });

  it('names accounts that cannot be compared, and compares the others', async () => {
    const { first, second } = versions([stage('soft', '5d')], [stage('soft', '3d')]);
    const { dunning } = await living(first);
    await dunning.review({ now: at('02-15') });
    await dunning.sync({
      accounts: [{ ...account, id: 'a' }],
      invoices: [{ ...invoice('a-1', '02-10'), account: 'a' }],
    });
    const report = await dunning.impact(second, { at: at('02-13') });
    expect(report).toMatchObject({
      accounts: 1,
      affectedAccounts: 1,
      failed: [{ account: 'robles', code: 'backdated_review' }],
      failedAccounts: 1,
    });
    await refused(all(dunning.impacts(second, { at: at('02-13') })), 'backdated_review');
  });
});
