import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  decide,
  evolveAll,
  type FileEvent,
  guardOf,
  guards,
  moveItems,
  settle,
} from '../../src/engine/index.js';
import type { Condition } from '../../src/policy/types.js';
import {
  aLadder,
  anInvoice,
  aPlan,
  aReply,
  aStage,
  engineOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';

const noonOf = (day: string): number => instant(`2026-${day}T12:00:00-06:00`);
const after = (file: AccountFile, ...events: readonly FileEvent[]): AccountFile => evolveAll(file, events);

describe('the question that a reason answers', () => {
  const reasons: Readonly<Record<string, string>> = {
    owed: '',
    account: 'account_missing',
    policy: 'no_policy do_not_dun unknown_policy inactive_policy ambiguous_policy out_of_scope',
    not_blocked: 'assigned handed_over hold dispute promise unapplied plan unbooked reply source discarded',
    not_under_way: 'act_pending act_unknown',
    date: 'arrears not_yet grace no_date time no_run not_delivered last_wait expired missed',
    condition: 'condition hardship minimum no_threshold no_rate level_cap no_level',
    order:
      'exhausted level_holds after_previous earlier_first superseded entry passed gave_way lifted absorbed done_before moved imported by_hand lapsed regenerated same_contact nothing_to_do',
    recipient: 'unreachable',
    contact_rules: 'gap cap window holiday priority message_limit',
  };

  it('is asked in this order', () => {
    expect(Object.keys(reasons)).toEqual([...guards]);
  });

  it.each(Object.entries(reasons))('%s: %s', (guard, codes) => {
    for (const reason of codes.split(' ').filter((code) => code !== ''))
      expect([reason, guardOf({ reason })]).toEqual([reason, guard]);
  });

  it('of one that nobody knows is that of the policy', () => {
    expect(guardOf({ reason: 'something_else' })).toBe('policy');
  });
});

describe('facts of a case’s own past', () => {
  /** The first day on which the second stage acts, whose condition is asked from 3 March on. */
  const firstDay = (
    when: Condition,
    change: (file: AccountFile) => AccountFile = (file) => file,
    silent = false,
  ) => {
    const stages = [
      aStage('a', '1d', silent ? { do: [{ effect: 'stop' }] } : {}),
      aStage('b', '2d', { when }),
      aStage('c', '40d'),
    ];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    let file = settle(engine, owing(anInvoice()), noonOf('02-20')).file;
    file = change(settle(engine, file, noonOf('03-02')).file);
    return ['03-03', '03-04', '03-05', '03-06', '03-07', '03-08', '03-09', '03-10'].find((day) =>
      decide(engine, file, noonOf(day)).acts.some(({ message }) => message === 'b'),
    );
  };
  const since = (days: number): Condition => ({ fact: 'case.daysSinceContact', gte: days });

  it('count days since the last contact about it, whoever made it, and since one of its stages acted', () => {
    expect(firstDay(since(3))).toBe('03-05');
    expect(firstDay(since(3), undefined, true)).toBe('03-05');
    const spoken = (on: string, cases = ['ladder/F1#1']): FileEvent => ({
      type: 'contact.recorded',
      at: noonOf(on),
      on: `2026-${on}`,
      cases,
      author: 'luis',
    });
    expect(firstDay(since(3), (file) => after(file, spoken('03-03')))).toBe('03-06');
    expect(firstDay(since(3), (file) => after(file, spoken('03-01')))).toBe('03-05');
    expect(firstDay(since(3), (file) => after(file, spoken('03-03', ['ladder/F9#1'])))).toBe('03-05');
  });

  it('do not count being put to a stage as a contact', () => {
    const stages = [aStage('a', '1d'), aStage('b', '2d', { when: since(0) }), aStage('c', '40d')];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    const file = settle(engine, owing(anInvoice()), noonOf('02-20')).file;
    const moved = after(
      file,
      ...moveItems(engine, file, noonOf('03-02'), { stage: 'a' }, { author: 'luis' }),
    );
    expect(decide(engine, moved, noonOf('03-04')).acts).toEqual([]);
    expect(decide(engine, moved, noonOf('03-04')).waiting).toMatchObject([
      { stage: 'b', reason: 'condition' },
    ]);
  });

  it('count stages done, days open and openings', () => {
    expect(firstDay({ fact: 'case.stagesDone', eq: 1 })).toBe('03-03');
    expect(firstDay({ fact: 'case.stagesDone', eq: 1 }, undefined, true)).toBe('03-03');
    expect(firstDay({ fact: 'case.stagesDone', gte: 2 })).toBeUndefined();
    expect(firstDay({ fact: 'case.daysOpen', gte: 14 })).toBe('03-06');
    expect(firstDay({ fact: 'case.opening', eq: 1 })).toBe('03-03');
    expect(firstDay({ fact: 'case.level', eq: 1 })).toBe('03-03');
    expect(firstDay({ fact: 'case.stage', eq: 'a' })).toBe('03-03');
    expect(firstDay({ fact: 'case.stage', eq: 'b' })).toBeUndefined();
  });

  it('count days since the latest reply, in whichever order replies are told', () => {
    const days: Condition = { fact: 'account.daysSinceReply', gte: 30 };
    const replies = ['01-10', '02-05', '01-20'].map((on, index) =>
      told.reply(aReply({ id: `Y${index}`, on: `2026-${on}`, handled: true })),
    );
    expect(firstDay(days, (file) => after(file, ...replies))).toBe('03-07');
    expect(firstDay(days, (file) => after(file, ...replies.toReversed()))).toBe('03-07');
    expect(firstDay(days)).toBeUndefined();
  });
});
