import { describe, expect, it } from 'vitest';
import {
  compile,
  decide,
  type Engine,
  evolveAll,
  explain,
  type FileEvent,
  settle,
} from '../../src/engine/index.js';
import type { AccountFile, Case } from '../../src/ledger/file.js';
import type { GroupUnit, Policy } from '../../src/policy/types.js';
import {
  aDispute,
  aHold,
  aLadder,
  anInvoice,
  aPayment,
  aPlan,
  aPromise,
  aStage,
  engineOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { explainedLines } from '../support/explained.js';
import { walk } from '../support/walk.js';

/** What an explanation says of each item of a group, and of items that are not owed any more. */

const plan = aPlan({}, free);
const at = (day: string): number => instant(`2026-${day}T10:00:00-06:00`);

function grouped(own: Partial<Policy> = {}, unit: Partial<GroupUnit> = {}, stages = ['1d', '9d']): Engine {
  return engineOf(aLadder(stages, { unit: { group: ['account'], ...unit }, ...own }), plan);
}

const f1 = anInvoice();
const f2 = anInvoice({ id: 'F2', due: '2026-03-20' });
const paid = (to: string, date: string) => told.payment(aPayment({ id: `P-${to}`, to, date }));

/** The lines of an account on a day, after these facts. */
const said = (engine: Engine, file: AccountFile, day: string, ...facts: readonly FileEvent[]) =>
  explainedLines(explain(engine, evolveAll(file, facts), at(day)));

/** Without the stages. */
const heads = (lines: readonly string[]): readonly string[] => lines.filter((line) => !line.startsWith('-'));

describe('of a group that acts', () => {
  it('an item that is not overdue yet waits for its day, while the others are chased', () => {
    expect(said(grouped(), owing(f1, f2), '03-02')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'acts with s1d to ana:email (10 asked)',
      '- s1d due 03-02 acts to ana:email (10 asked)',
      '- s9d later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
      'F2 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'rests date not_yet at 03-21T06 [date 2026-03-21 03-21T06] (6 asked)',
      '- s1d due 03-02 acts to ana:email (10 asked)',
      '- s9d later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
    ]);
  });

  it('an item waits for the end of the grace that its policy grants', () => {
    const lines = said(grouped({ grace: '5d' }), owing(f1, f2), '03-08');
    expect(heads(lines)).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'acts with s1d to ana:email (10 asked)',
      'F2 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'rests date not_yet at 03-26T06 [date 2026-03-26 03-26T06] (6 asked)',
    ]);
  });

  it('an item without a due date is asked for by no message, and no day will change that', () => {
    const lines = said(grouped(), owing(f1, anInvoice({ id: 'F2', due: undefined })), '03-02');
    expect(heads(lines)).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'acts with s1d to ana:email (10 asked)',
      'F2 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'rests date not_yet [] (6 asked)',
    ]);
  });

  it('an item that is blocked altogether names its own block, one that is blocked in part is chased', () => {
    const hold = told.hold(aHold({ invoice: 'F2', from: '2026-03-02' }));
    const part = told.dispute(aDispute({ invoice: 'F1', amount: 4_000, currency: 'MXN' }));
    const late = anInvoice({ id: 'F2', due: '2026-02-28' });
    expect(said(grouped(), owing(f1, late, anInvoice({ id: 'F3' })), '03-02', hold, part)).toEqual([
      'F2 0/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 id',
      'rests not_blocked hold [block hold H1 talks 10000 MXN release] (4 asked)',
      '- s1d due 03-02 acts to ana:email (10 asked)',
      '- s9d later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
      'F1 6000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 id',
      'acts with s1d to ana:email (10 asked)',
      '- s1d due 03-02 acts to ana:email (10 asked)',
      '- s9d later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
      'F3 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 id',
      'acts with s1d to ana:email (10 asked)',
      '- s1d due 03-02 acts to ana:email (10 asked)',
      '- s9d later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
    ]);
  });

  it('what another group does is no matter of its own', () => {
    const dollars = anInvoice({ id: 'F3', currency: 'USD' });
    const later = anInvoice({ id: 'F4', currency: 'USD', due: '2026-03-25' });
    const lines = said(grouped(), owing(f1, f2, dollars, later), '03-02');
    expect(heads(lines)).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'acts with s1d to ana:email (10 asked)',
      'F3 10000/10000 ladder@1 by default ladder/~USD#1 open ~USD F3 oldest',
      'acts with s1d to ana:email (10 asked)',
      'F2 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'rests date not_yet at 03-21T06 [date 2026-03-21 03-21T06] (6 asked)',
      'F4 10000/10000 ladder@1 by default ladder/~USD#1 open ~USD F3 oldest',
      'rests date not_yet at 03-26T06 [date 2026-03-26 03-26T06] (6 asked)',
    ]);
    const quiet = anInvoice({ id: 'F5', currency: 'USD', due: '2026-04-25' });
    const rests = said(grouped(), owing(f1, f2, later, quiet), '03-02');
    expect(heads(rests)).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'acts with s1d to ana:email (10 asked)',
      'F2 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'rests date not_yet at 03-21T06 [date 2026-03-21 03-21T06] (6 asked)',
      'F4 10000/10000 ladder@1 by default ladder/~USD#1 open ~USD F4 oldest',
      'rests date not_yet at 03-26T06 [date 2026-03-26 03-26T06] with s1d (6 asked)',
      'F5 10000/10000 ladder@1 by default ladder/~USD#1 open ~USD F4 oldest',
      'rests date not_yet at 03-26T06 [date 2026-03-26 03-26T06] with s1d (6 asked)',
    ]);
  });

  it('every item waits where the whole group does', () => {
    const { file } = settle(grouped(), owing(f1, f2), at('03-02'));
    expect(said(grouped(), file, '03-03')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] with s9d (6 asked)',
      '- s1d done 03-02 (03-02) rests',
      '- s9d later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
      'F2 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] with s9d (6 asked)',
      '- s1d done 03-02 (03-02) rests',
      '- s9d later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
    ]);
  });
});

describe('acts that are no messages of a ladder', () => {
  it('a stage that only wants something of the host acts for all items', () => {
    const stop = aStage('stop', '1d', { do: [{ effect: 'stop_service' }] });
    expect(said(grouped({ stages: [stop, aStage('b', '9d')] }), owing(f1, f2), '03-02')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'acts with stop (8 asked)',
      '- stop due 03-02 acts (8 asked)',
      '- b later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
      'F2 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'acts with stop (8 asked)',
      '- stop due 03-02 acts (8 asked)',
      '- b later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
    ]);
  });

  it('a stage that writes to nobody acts for all items, whoever else is written to', () => {
    const end = aStage('end', '1d', { do: [{ close: 'given_up' }] });
    const unit = { group: ['account' as const] };
    const on = { promised: [{ send: 'noted' }] };
    const policies = [aLadder([], { stages: [end], unit, on }), aLadder(['1d'], { id: 'other' })];
    const engine = compile({ plan, policies });
    const known = owing(f1, f2, anInvoice({ id: 'F9', policy: 'other' }));
    const promise = told.promise(aPromise({ amount: 4_000, currency: 'MXN', made: '2026-03-02' }));
    expect(said(engine, known, '03-02')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'acts with end (8 asked)',
      '- end due 03-02 acts (8 asked)',
      'F9 10000/10000 other@1 by invoice other/F9#1 open',
      'acts with s1d to ana:email (10 asked)',
      '- s1d due 03-02 acts to ana:email (10 asked)',
      'F2 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'acts with end (8 asked)',
      '- end due 03-02 acts (8 asked)',
    ]);
    expect(heads(said(engine, known, '03-02', promise))).toEqual([
      'F1 6000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'acts with end (8 asked)',
      'F9 10000/10000 other@1 by invoice other/F9#1 open',
      'acts with s1d to ana:email (10 asked)',
      'F2 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'acts with end (8 asked)',
    ]);
  });

  it('a group that waits for the arrears of its account has no case, and rests whoever else is written to', () => {
    const policies = [
      aLadder(['1d'], { unit: { group: ['account'] }, arrears: '9d' }),
      aLadder(['1d'], { id: 'other' }),
    ];
    const engine = compile({ plan, policies });
    const known = owing(f1, anInvoice({ id: 'F2' }), anInvoice({ id: 'F9', policy: 'other' }));
    expect(said(engine, known, '03-02')).toEqual([
      'F1 10000/10000 ladder@1 by default ~MXN F1 id',
      'rests date arrears at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
      '- s1d later 03-02 rests date arrears at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
      'F2 10000/10000 ladder@1 by default ~MXN F1 id',
      'rests date arrears at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
      '- s1d later 03-02 rests date arrears at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
      'F9 10000/10000 other@1 by invoice other/F9#1 open',
      'acts with s1d to ana:email (10 asked)',
      '- s1d due 03-02 acts to ana:email (10 asked)',
    ]);
  });

  it('an acknowledgement chases nobody, alone or in a group', () => {
    const on = { promised: [{ send: 'noted' }] };
    const promise = told.promise(aPromise({ amount: 10_000, currency: 'MXN', made: '2026-03-02' }));
    const own = grouped({ on, unit: 'item' });
    expect(
      explain(own, evolveAll(owing(f1), [promise]), at('03-02')).acts.map(({ message }) => message),
    ).toEqual(['noted']);
    expect(said(own, owing(f1), '03-02', promise)).toEqual([
      'F1 0/10000 ladder@1 by default ladder/F1#1 open',
      'rests not_blocked promise at 03-11T06 [block promise W1 promise 10000 MXN cancel 2026-03-10 | date 2026-03-11 03-11T06] (4 asked)',
      '- s1d due 03-02 rests not_blocked promise at 03-11T06 [block promise W1 promise 10000 MXN cancel 2026-03-10 | date 2026-03-11 03-11T06] (4 asked)',
      '- s9d later 03-10 rests not_blocked promise at 03-11T06 [block promise W1 promise 10000 MXN cancel 2026-03-10 | date 2026-03-11 03-11T06] (4 asked)',
    ]);
    expect(heads(said(grouped({ on }), owing(f1, f2), '03-02', promise))).toEqual([
      'F1 0/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F2 only',
      'rests not_blocked promise at 03-11T06 [block promise W1 promise 10000 MXN cancel 2026-03-10 | date 2026-03-11 03-11T06] (4 asked)',
      'F2 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F2 only',
      'rests date not_yet at 03-21T06 [date 2026-03-21 03-21T06] with s1d (6 asked)',
    ]);
    const late = anInvoice({ id: 'F3', due: '2026-02-28' });
    expect(heads(said(grouped({ on }), owing(f1, late, f2), '03-02', promise))).toEqual([
      'F3 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F3 oldest',
      'acts with s1d to ana:email (10 asked)',
      'F1 0/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F3 oldest',
      'rests not_blocked promise at 03-11T06 [block promise W1 promise 10000 MXN cancel 2026-03-10 | date 2026-03-11 03-11T06] (4 asked)',
      'F2 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F3 oldest',
      'rests date not_yet at 03-21T06 [date 2026-03-21 03-21T06] (6 asked)',
    ]);
  });

  it('an acknowledgement that waits for contact hours is no answer about what is chased', () => {
    const policy = aLadder(['1d', '9d'], { on: { promised: [{ send: 'noted' }] } });
    const engine = engineOf(policy, aPlan({}, { ...free, windows: [{ from: '12:00', to: '18:00' }] }));
    const promise = told.promise(aPromise({ amount: 4_000, currency: 'MXN', made: '2026-03-02' }));
    const known = evolveAll(owing(f1), [promise]);
    expect(
      decide(engine, known, at('03-02')).waiting.map(({ stage, reason }) => `${stage} ${reason}`),
    ).toEqual(['on:promised:W1 window', 's1d window']);
    expect(said(engine, known, '03-02')).toEqual([
      'F1 6000/10000 ladder@1 by default ladder/F1#1 open',
      'rests contact_rules window at 03-02T18 [contact window 03-02T18] with s1d (10 asked)',
      '- s1d due 03-02 rests contact_rules window at 03-02T18 [contact window 03-02T18] (10 asked)',
      '- s9d later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
    ]);
  });
});

describe('an item that is not owed any more', () => {
  it('tells of the case that was last about it, and of nothing to wait for', () => {
    const engine = grouped({ unit: 'item' });
    const { file } = walk(engine, owing(f1), '2026-03-01', 4, {
      facts: { '2026-03-04': [paid('F1', '2026-03-04')] },
    });
    expect(said(engine, file, '03-05')).toEqual([
      'F1 0/0 ladder@1 by default ladder/F1#1 closed (paid 2026-03-04)',
      'rests owed paid [amount outstanding MXN 1] (1 asked)',
      '- s1d done 03-02 (03-02) rests',
      '- s9d later 03-10 rests owed paid [amount outstanding MXN 1] (1 asked)',
    ]);
  });

  it('tells of the group that it carried, was carried by, or was told of; not of one that it never met', () => {
    const third = anInvoice({ id: 'F3', due: '2026-03-02' });
    const lines = (carrier: 'recompute' | 'inherit') => {
      const engine = grouped({}, { carrier });
      const { file } = walk(engine, owing(f1, third, f2), '2026-03-01', 6, {
        facts: {
          '2026-03-04': [paid('F1', '2026-03-04')],
          '2026-03-06': [told.invoice(anInvoice({ id: 'F9', due: '2026-02-01' })), paid('F9', '2026-03-06')],
        },
      });
      return heads(said(engine, file, '03-07', paid('F3', '2026-03-07')));
    };
    expect(lines('recompute')).toEqual([
      'F9 0/0 ladder@1 by default',
      'rests owed paid [amount outstanding MXN 1] (1 asked)',
      'F1 0/0 ladder@1 by default ladder/~MXN#1 closed (carrier_settled 2026-03-04)',
      'rests owed paid [amount outstanding MXN 1] (1 asked)',
      'F3 0/0 ladder@1 by default ladder/~MXN#2 closed (carrier_settled 2026-03-07)',
      'rests owed paid [amount outstanding MXN 1] (1 asked)',
      'F2 10000/10000 ladder@1 by default ladder/~MXN#3 open ~MXN F2 only',
      'rests date not_yet at 03-21T06 [date 2026-03-21 03-21T06] with s1d (6 asked)',
    ]);
    expect(lines('inherit')).toEqual([
      'F9 0/0 ladder@1 by default',
      'rests owed paid [amount outstanding MXN 1] (1 asked)',
      'F1 0/0 ladder@1 by default ladder/~MXN#1 open',
      'rests owed paid [amount outstanding MXN 1] (1 asked)',
      'F3 0/0 ladder@1 by default ladder/~MXN#1 open',
      'rests owed paid [amount outstanding MXN 1] (1 asked)',
      'F2 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F2 only',
      'rests date not_yet at 03-29T06 [date 2026-03-29 03-29T06] with s9d (6 asked)',
    ]);
  });

  it('tells of the latest of several openings, by whichever policy', () => {
    const early = aLadder(['1d', '9d'], { id: 'early' });
    const late = aLadder(['2d'], { id: 'late', unit: { group: ['account'] } });
    const both = compile({ plan: aPlan({ default: 'early' }, free), policies: [early, late] });
    const { file } = walk(both, owing(f1, f2), '2026-03-01', 8, {
      facts: {
        '2026-03-04': [{ type: 'item.moved', item: 'F1', policy: 'late', author: 'luis', on: '2026-03-04' }],
        '2026-03-07': [paid('F1', '2026-03-07')],
      },
    });
    expect(said(both, file, '03-09')).toEqual([
      'F1 0/0 late@1 by person late/~MXN#1 closed (paid 2026-03-07)',
      'rests owed paid [amount outstanding MXN 1] (1 asked)',
      '- s2d done 03-04 (03-04) rests',
      'F2 10000/10000 early@1 by default early/F2#1 open',
      'rests date not_yet at 03-21T06 [date 2026-03-21 03-21T06] with s1d (6 asked)',
      '- s1d later 03-21 rests date not_yet at 03-21T06 [date 2026-03-21 03-21T06] (6 asked)',
      '- s9d later 03-29 rests date not_yet at 03-29T06 [date 2026-03-29 03-29T06] (6 asked)',
    ]);
  });

  it('tells of the group whose message asked for it, though it never carried it', () => {
    const third = anInvoice({ id: 'F3', due: '2026-03-02' });
    const { file } = settle(grouped(), owing(f1, third, f2), at('03-03'));
    expect(said(grouped(), file, '03-04', paid('F3', '2026-03-04'))).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'rests date not_yet at 03-11T06 [date 2026-03-11 03-11T06] with s9d (6 asked)',
      '- s1d done 03-03 (03-03) rests',
      '- s9d later 03-11 rests date not_yet at 03-11T06 [date 2026-03-11 03-11T06] (6 asked)',
      'F3 0/0 ladder@1 by default ladder/~MXN#1 open',
      'rests owed paid [amount outstanding MXN 1] (1 asked)',
      '- s1d done 03-03 (03-03) rests',
      '- s9d later 03-11 rests owed paid [amount outstanding MXN 1] (1 asked)',
      'F2 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 oldest',
      'rests date not_yet at 03-11T06 [date 2026-03-11 03-11T06] with s9d (6 asked)',
      '- s1d done 03-03 (03-03) rests',
      '- s9d later 03-11 rests date not_yet at 03-11T06 [date 2026-03-11 03-11T06] (6 asked)',
    ]);
  });

  it('tells of the case of its own that it had before its policy made groups', () => {
    const alone = aLadder(['1d', '9d']);
    const together = aLadder(['1d', '30d'], { version: 2, unit: { group: ['account'] } });
    const { file } = walk(engineOf(alone, plan), owing(f1), '2026-03-01', 3);
    const closed = evolveAll(file, [paid('F1', '2026-03-03')]);
    const settled = walk(engineOf(alone, plan), closed, '2026-03-04', 1).file;
    expect(said(compile({ plan, policies: [alone, together] }), settled, '03-05')).toEqual([
      'F1 0/0 ladder@1 by default ladder/F1#1 closed (paid 2026-03-04)',
      'rests owed paid [amount outstanding MXN 1] (1 asked)',
      '- s1d done 03-02 (03-02) rests',
      '- s9d later 03-10 rests owed paid [amount outstanding MXN 1] (1 asked)',
    ]);
  });

  it('tells of the case that opened last, and of two that opened on one day of the second', () => {
    const engine = grouped({ unit: 'item' });
    const one = (opening: number, opened: string, own: Partial<Case> = {}): Case => ({
      ...{
        id: `ladder/F1#${opening}`,
        policy: 'ladder',
        version: 1,
        hash: '',
        subject: 'F1',
        opening,
        opened,
      },
      ...{ state: 'closed', closed: { reason: 'paid', on: opened }, shift: 0, marks: [], ...own },
    });
    const last = (...all: readonly Case[]) => {
      const file: AccountFile = { ...owing(f1), cases: new Map([['F1', all]]) };
      return said(engine, file, '03-05', paid('F1', '2026-03-04'))[0];
    };
    expect(last(one(1, '2026-03-02'), one(2, '2026-03-02'))).toBe(
      'F1 0/0 ladder@1 by default ladder/F1#2 closed (paid 2026-03-02)',
    );
    expect(last(one(1, '2026-03-03'), one(2, '2026-03-02'))).toBe(
      'F1 0/0 ladder@1 by default ladder/F1#1 closed (paid 2026-03-03)',
    );
    expect(last(one(1, '2026-03-01'), one(2, '2026-03-02'))).toBe(
      'F1 0/0 ladder@1 by default ladder/F1#2 closed (paid 2026-03-02)',
    );
  });

  it('shows the ladder that it would climb where it climbed none, and none where it has no policy', () => {
    const settled = owing(anInvoice({ total: 0 }), f2);
    expect(said(grouped({ unit: 'item' }), settled, '03-02')).toEqual([
      'F1 0/0 ladder@1 by default',
      'rests owed zero [amount outstanding MXN 1] (1 asked)',
      '- s1d later 03-02 rests owed zero [amount outstanding MXN 1] (1 asked)',
      '- s9d later 03-10 rests owed zero [amount outstanding MXN 1] (1 asked)',
      'F2 10000/10000 ladder@1 by default ladder/F2#1 open',
      'rests date not_yet at 03-21T06 [date 2026-03-21 03-21T06] with s1d (6 asked)',
      '- s1d later 03-21 rests date not_yet at 03-21T06 [date 2026-03-21 03-21T06] (6 asked)',
      '- s9d later 03-29 rests date not_yet at 03-29T06 [date 2026-03-29 03-29T06] (6 asked)',
    ]);
    const follows = aStage('b', '1d', { at: { from: 'previous', plus: '3d' } });
    const undated = owing(anInvoice({ total: 0, due: undefined }));
    expect(said(grouped({ unit: 'item', stages: [aStage('a', '1d'), follows] }), undated, '03-02')).toEqual([
      'F1 0/0 ladder@1 by default',
      'rests owed zero [amount outstanding MXN 1] (1 asked)',
      '- a no_date rests owed zero [amount outstanding MXN 1] (1 asked)',
      '- b later rests owed zero [amount outstanding MXN 1] (1 asked)',
    ]);
    const nobody = engineOf(aLadder(['1d']), aPlan({ default: null }, free));
    expect(said(nobody, settled, '03-02')).toEqual([
      'F1 0/0 no policy by default',
      'rests owed zero [amount outstanding MXN 1] (1 asked)',
      'F2 10000/10000 no policy by default',
      'rests policy do_not_dun [assignment do_not_dun default] (3 asked)',
    ]);
  });

  it('keeps the version by which it climbed, whatever its policy says now', () => {
    const first = aLadder(['1d', '3d']);
    const second = aLadder(['1d', '30d'], { version: 2 });
    const { file } = walk(engineOf(first, plan), owing(f1), '2026-03-01', 3);
    const versions = compile({ plan, policies: [first, second] });
    expect(said(versions, file, '03-05', paid('F1', '2026-03-05'))).toEqual([
      'F1 0/0 ladder@1 by default ladder/F1#1 closed (paid 2026-03-05)',
      'rests owed paid [amount outstanding MXN 1] (1 asked)',
      '- s1d done 03-02 (03-02) rests',
      '- s3d later 03-04 rests owed paid [amount outstanding MXN 1] (1 asked)',
    ]);
  });
});
