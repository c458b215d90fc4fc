import { describe, expect, it } from 'vitest';
import {
  type Act,
  decide,
  type Engine,
  evolveAll,
  type Impact,
  ImpactTally,
  impactOf,
  isAffected,
} from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Action, Plan, Policy } from '../../src/policy/types.js';
import { aLadder, anInvoice, aPlan, aStage, engineOf, free, instant, owing, told } from '../support/build.js';
import { walk } from '../support/walk.js';

/** What other documents would change for one account, and the sums over many. */

const on = (day: string): number => instant(`${day}T10:00:00-06:00`);
const terms = { source: 'general terms, clause 4', fees: true } as const;
const house = (policies: readonly Policy[], own: Partial<Plan> = {}): Engine =>
  engineOf(policies, aPlan({ terms, ...own }, free));
const ladder = (stages: Policy['stages'], own: Partial<Policy> = {}): Policy =>
  aLadder([], { stages, adopt: 'adopt', ...own });
const soft = aStage('soft', '1d');
const firm = aStage('firm', '5d', { tone: 'firm' });
const last = aStage('last', '9d', { tone: 'formal' });
const first = ladder([soft, firm, last]);
const one = house([first]);
const two = owing(anInvoice({ id: 'F2' }), anInvoice({ id: 'F1' }));
const ran = (engine: Engine, file: AccountFile, count: number): AccountFile =>
  walk(engine, file, '2026-03-01', count).file;
/** With another second version, on a day. */
const under = (stages: Policy['stages'], file: AccountFile, day: string, own: Partial<Policy> = {}): Impact =>
  impactOf(one, house([first, ladder(stages, { version: 2, ...own })]), file, on(day));

describe('levels', () => {
  const levels = (impact: Impact) =>
    impact.levels.map(({ item, change, before, after }) => [item, change, before?.number, after?.number]);

  it('are named by item, with where it stands now and then', () => {
    const file = ran(one, two, 4);
    const raised = under([soft, aStage('firm', '3d', { tone: 'firm' }), last], file, '2026-03-05');
    expect(raised.levels).toStrictEqual(
      ['F1', 'F2'].map((id) => ({
        ...{ item: id, invoice: id, number: id, change: 'raised' },
        before: { stage: 'soft', number: 1, policy: 'ladder' },
        after: { stage: 'firm', number: 2, policy: 'ladder' },
      })),
    );
    const again = house([{ ...first, stages: [{ ...soft, level: 0 }, firm, last] }]);
    expect(levels(impactOf(one, again, ran(one, two, 1), on('2026-03-02')))).toEqual([
      ['F1', 'lowered', 1, 0],
      ['F2', 'lowered', 1, 0],
    ]);
  });

  it('come and go, with nothing on the side where there is none', () => {
    const file = owing(anInvoice());
    const later = house([ladder([aStage('soft', '3d'), firm, last])]);
    const lost = impactOf(one, later, file, on('2026-03-02')).levels;
    const level = { stage: 'soft', number: 1, policy: 'ladder' };
    expect(lost).toStrictEqual([{ item: 'F1', invoice: 'F1', number: 'F1', change: 'lost', before: level }]);
    const gained = impactOf(later, one, file, on('2026-03-02')).levels;
    expect(gained).toStrictEqual([
      { item: 'F1', invoice: 'F1', number: 'F1', change: 'gained', after: level },
    ]);
    expect(impactOf(later, later, file, on('2026-03-02')).levels).toEqual([]);
    const nobody = house([first], { default: null });
    expect(levels(impactOf(one, nobody, ran(one, file, 3), on('2026-03-04')))).toEqual([
      ['F1', 'lost', 1, undefined],
    ]);
  });

  it('of the same number may be of another stage or policy', () => {
    const file = owing(anInvoice());
    const other = ladder([soft, firm, last], { id: 'other' });
    const moved = impactOf(one, house([first, other], { default: 'other' }), file, on('2026-03-02'));
    expect(moved.levels.map(({ change, after }) => [change, after?.policy])).toEqual([['other', 'other']]);
    const renamed = impactOf(one, house([ladder([aStage('kind', '1d')])]), file, on('2026-03-02'));
    expect(renamed.levels.map(({ change, after }) => [change, after?.stage])).toEqual([['other', 'kind']]);
  });
});

describe('cases', () => {
  it('are told by id, those that are opened, too', () => {
    const file = evolveAll(ran(one, owing(anInvoice({ id: 'F2' })), 4), [
      told.invoice(anInvoice({ id: 'F3' })),
      told.invoice(anInvoice({ id: 'F1' })),
    ]);
    const { cases } = under([soft, firm], file, '2026-03-05');
    expect(cases).toStrictEqual([
      {
        ...{ case: 'ladder/F1#1', subject: 'F1', policy: 'ladder', change: 'opened', same: true },
        ...{ version: { after: 2 }, stage: {} },
      },
      {
        ...{ case: 'ladder/F2#1', subject: 'F2', policy: 'ladder', change: 'adopted', same: false },
        ...{
          reason: 'new_version',
          version: { before: 1, after: 2 },
          stage: { before: 'soft', after: 'soft' },
        },
      },
      {
        ...{ case: 'ladder/F3#1', subject: 'F3', policy: 'ladder', change: 'opened', same: true },
        ...{ version: { after: 2 }, stage: {} },
      },
    ]);
  });

  it('by state read their levels each for itself, and a stage that nothing was done of is none', () => {
    const when = (gte: number) => ({ at: undefined, when: { fact: 'item.daysPastDue', gte } });
    const rungs = (high: number) => [
      aStage('low', '1d', when(1)),
      aStage('high', '1d', { tone: 'firm', ...when(high) }),
    ];
    const state = (high: number, version: number): Policy => ladder(rungs(high), { level: 'state', version });
    const file = ran(
      house([state(30, 1)]),
      owing(
        anInvoice(),
        anInvoice({ id: 'F2', due: '2026-02-10' }),
        anInvoice({ id: 'F3', due: '2026-03-09' }),
      ),
      3,
    );
    const { cases } = impactOf(
      house([state(30, 1)]),
      house([state(30, 1), state(10, 2)]),
      file,
      on('2026-03-04'),
    );
    expect(cases.map(({ case: id, change, stage }) => [id, change, stage])).toEqual([
      ['ladder/F1#1', 'adopted', { before: 'low', after: 'low' }],
      ['ladder/F2#1', 'adopted', { before: 'low', after: 'high' }],
      ['ladder/F3#1', 'adopted', { before: undefined, after: undefined }],
    ]);
    const mapped = under([soft, firm], ran(one, owing(anInvoice()), 1), '2026-03-01', {
      adopt: { map: { soft: 'firm' } },
    });
    expect(mapped.cases.map(({ change, stage }) => [change, stage])).toEqual([
      ['mapped', { before: undefined, after: undefined }],
    ]);
  });
});

describe('acts', () => {
  it('are known again by the contact and the items that act, not by what is only listed', () => {
    const listing: Partial<Policy> = { message: { list: 'open' } };
    const file = evolveAll(owing(anInvoice()), [told.invoice(anInvoice({ id: 'F2', due: '2026-03-20' }))]);
    const words = [aStage('soft', '1d', { do: [{ send: 'kind' }] }), firm, last];
    const pairs = impactOf(house([first]), house([ladder(words, listing)]), file, on('2026-03-02'));
    expect([pairs.gained, pairs.lost]).toEqual([[], []]);
    expect(pairs.changed.map(({ before, after }) => [before.message, after.message])).toEqual([
      ['soft', 'kind'],
    ]);
    // Of one invoice more it is another message.
    const wide = house([ladder([aStage('soft', '1d'), firm, last])], { default: null });
    expect(impactOf(one, wide, file, on('2026-03-02')).lost.map(({ stage }) => stage)).toEqual(['soft']);
  });

  it('of several fees are told by name, items and currency', () => {
    const flat = (fee: string, minor: string): Action => ({ fee, fixed: { MXN: minor } });
    const charging = (...fees: readonly Action[]): Policy =>
      ladder([aStage('soft', '1d', { do: [{ send: 'soft' }, ...fees] })]);
    const report = (before: readonly Action[], after: readonly Action[]) =>
      impactOf(house([charging(...before)]), house([charging(...after)]), two, on('2026-03-02')).fees.map(
        ({ change, fee, items, before: was, after: is }) => [
          `${change} ${fee} ${items.join('+')}`,
          was?.minor,
          is?.minor,
        ],
      );
    expect(report([flat('late', '5.00')], [flat('late', '5.00')])).toEqual([]);
    expect(report([flat('late', '5.00')], [flat('late', '7.00')])).toEqual([
      ['changed late F1', 500, 700],
      ['changed late F2', 500, 700],
    ]);
    expect(report([flat('late', '5.00')], [flat('other', '5.00')])).toEqual([
      ['lost late F1', 500, undefined],
      ['lost late F2', 500, undefined],
      ['gained other F1', undefined, 500],
      ['gained other F2', undefined, 500],
    ]);
  });
});

describe('sums over many accounts', () => {
  const none: Impact = {
    ...{ account: 'robles', at: 0, cases: [], gained: [], lost: [], changed: [], fees: [], levels: [] },
    ...{ withdrawn: [], next: {} },
  };
  const [message] = decide(one, owing(anInvoice()), on('2026-03-02')).acts as [Act];
  const act = (minor: number, own: Partial<Act> = {}): Act => ({
    ...message,
    totals: [{ minor, currency: 'MXN' }],
    ...own,
  });
  const task = act(9, { kind: 'task' });
  const aCase = (change: Impact['cases'][number]['change'], same: boolean): Impact['cases'][number] => ({
    ...{ case: 'c', subject: 'F1', policy: 'ladder', change, same, version: {}, stage: {} },
  });
  const fee = (change: 'gained' | 'lost' | 'changed', before?: number, after?: number) => ({
    ...{ change, fee: 'late', stage: 'soft', items: ['F1'] },
    ...(before === undefined ? {} : { before: { minor: before, currency: 'MXN' } }),
    ...(after === undefined ? {} : { after: { minor: after, currency: 'MXN' } }),
  });
  const level = (change: Impact['levels'][number]['change']) => ({
    ...{ item: 'F1', invoice: 'F1', number: 'F1', change },
  });
  const planned = { act: message, at: 0, becomes: 'sent' } as const;

  it.each<readonly [string, Partial<Impact>, boolean]>([
    ['nothing', {}, false],
    ['a case that is as it would be today', { cases: [aCase('closed', true)] }, false],
    ['one of two cases that is not', { cases: [aCase('kept', true), aCase('closed', false)] }, true],
    ['an act more', { gained: [message] }, true],
    ['an act less', { lost: [message] }, true],
    ['another act', { changed: [{ before: message, after: message }] }, true],
    ['an act taken back', { withdrawn: ['m1'] }, true],
    ['another level', { levels: [level('raised')] }, true],
    ['nothing later', { ahead: { gained: [], lost: [] } }, false],
    ['an act more later', { ahead: { gained: [planned], lost: [] } }, true],
    ['an act less later', { ahead: { gained: [], lost: [planned] } }, true],
    ['one act for another', { changed: [{ before: message, after: message }], withdrawn: ['m1'] }, true],
    ['one now for one later', { lost: [message], ahead: { gained: [planned], lost: [] } }, true],
  ])('say of %s whether it touches the account', (_, own, touched) => {
    expect(isAffected({ ...none, ...own })).toBe(touched);
  });

  it('count acts, messages, fees, levels and cases, and never put a change among what comes or goes', () => {
    const tally = new ImpactTally();
    tally.add(none);
    tally.add({
      ...none,
      cases: [aCase('opened', false), aCase('kept', true), aCase('adopted', true)],
      gained: [act(500), act(20, { totals: [{ minor: 3, currency: 'USD' }] }), task],
      lost: [act(70), task],
      changed: [
        { before: act(11), after: act(12) },
        { before: task, after: task },
      ],
      withdrawn: ['m1', 'm2'],
      fees: [fee('gained', undefined, 5), fee('lost', 6), fee('changed', 7, 8)],
      levels: [level('gained'), level('raised'), level('raised'), level('lost'), level('other')],
    });
    tally.add({ ...none, cases: [aCase('kept', true)], gained: [act(1)] });
    const mxn = (minor: number) => [{ minor, currency: 'MXN' }];
    expect(tally.counts).toStrictEqual({
      ...{ accounts: 3, affectedAccounts: 2 },
      ...{ gained: 4, lost: 2, changed: 2, withdrawn: 2 },
      cases: { adopted: 1, kept: 2, opened: 1 },
      messages: {
        ...{ gained: 3, lost: 1, changed: 1 },
        amounts: {
          gained: [...mxn(501), { minor: 3, currency: 'USD' }],
          lost: mxn(70),
          before: mxn(11),
          after: mxn(12),
        },
      },
      fees: {
        ...{ gained: 1, lost: 1, changed: 1 },
        amounts: { gained: mxn(5), lost: mxn(6), before: mxn(7), after: mxn(8) },
      },
      levels: { gained: 1, lost: 1, raised: 2, lowered: 0, other: 1 },
    });
    expect(Object.keys(tally.counts.cases)).toEqual(['adopted', 'kept', 'opened']);
  });
});
