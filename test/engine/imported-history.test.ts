import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  evolveAll,
  type FileEvent,
  type ImportedHistory,
  importHistory,
  settle,
} from '../../src/engine/index.js';
import { thrownBy } from '../calendar/thrown.js';
import {
  aLadder,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
  engineOf,
  free,
  instant,
  inTwoParts,
  owing,
  told,
} from '../support/build.js';

const noonOf = (day: string): number => instant(`2026-${day}T12:00:00-06:00`);
/** The last instant of a day. */
const endOf = (day: string): number => noonOf(day) + 12 * 3_600_000 - 1;
const by = { author: 'migration', reason: 'moved house' };
const ladder = aLadder([], {
  stages: [
    aStage('soft', '1d'),
    aStage('firm', '5d', { tone: 'firm' }),
    aStage('stop', '10d', {
      tone: 'formal',
      do: [{ send: 'stop' }, { effect: 'stop-service' }, { effect: 'block' }],
    }),
  ],
});
const engine = engineOf(ladder, aPlan({}, free));
const file = owing(anInvoice());
const policy = 'ladder';
const done = (stage: string, day: string, times?: number) => ({ stage, on: `2026-${day}`, times });

const mark = (stage: string, day: string, occurrence = 1) => ({
  stage,
  occurrence,
  state: 'done',
  on: `2026-${day}`,
  reason: 'imported',
  tried: [],
  revision: 0,
});

const imported = (entries: readonly ImportedHistory[], of: AccountFile = file, own = engine, day = '03-20') =>
  importHistory(own, of, noonOf(day), entries, by);

/** The cases that are taken in. */
const casesIn = (events: readonly FileEvent[]) =>
  events.flatMap((event) => (event.type === 'case.imported' ? [event.case] : []));
const contactsIn = (events: readonly FileEvent[]) =>
  events.flatMap((event) =>
    event.type === 'contact.recorded' ? [[event.on, event.channel, event.cases, event.at]] : [],
  );

/** Path and code of every problem. */
function problemsOf(entries: unknown, of: AccountFile = file, own = engine): string[] {
  const error = thrownBy(() => imported(entries as readonly ImportedHistory[], of, own));
  expect(error.code).toBe('invalid_input');
  const problems = error.problems ?? [];
  for (const { message } of problems) expect(message).toMatch(/[a-z]+ [a-z]+/);
  return problems.map(({ path, code }) => `${path} ${code}`);
}

describe('history of another system', () => {
  it('is a case with its marks, and a contact for each day on which a stage was done', () => {
    const events = imported([{ item: 'F1', policy, done: [done('firm', '03-06'), done('soft', '03-02')] }]);
    expect(events).toEqual([
      {
        type: 'case.imported',
        case: {
          id: 'ladder/F1#1',
          policy,
          version: 1,
          hash: engine.policies.get(policy)?.ref.hash,
          subject: 'F1',
          opening: 1,
          opened: '2026-03-02',
          state: 'open',
          shift: 0,
          marks: [mark('soft', '03-02'), mark('firm', '03-06')],
        },
        ...by,
      },
      {
        type: 'contact.recorded',
        at: endOf('03-02'),
        on: '2026-03-02',
        channel: undefined,
        cases: ['ladder/F1#1'],
        author: 'migration',
        reason: 'imported',
      },
      {
        type: 'contact.recorded',
        at: endOf('03-06'),
        on: '2026-03-06',
        channel: undefined,
        cases: ['ladder/F1#1'],
        author: 'migration',
        reason: 'imported',
      },
    ]);
    const after = evolveAll(file, events);
    expect(settle(engine, after, noonOf('03-10')).acts).toEqual([]);
  });

  it('begins on the day that it says, else on its first, else today', () => {
    const openedOf = (own: Partial<ImportedHistory>) =>
      casesIn(imported([{ item: 'F1', policy, ...own }])).map((one) => one.opened);
    expect(openedOf({ opened: '2026-02-01', done: [done('soft', '03-02')] })).toEqual(['2026-02-01']);
    expect(openedOf({ done: [done('soft', '03-02')] })).toEqual(['2026-03-02']);
    expect(openedOf({})).toEqual(['2026-03-20']);
  });

  it('counts how often a stage was done, over all that is said of it', () => {
    const [one] = casesIn(
      imported([
        {
          item: 'F1',
          policy,
          done: [done('soft', '03-02', 2), done('soft', '03-09'), done('firm', '03-05')],
        },
      ]),
    );
    expect(one?.marks).toEqual([
      mark('soft', '03-02'),
      mark('soft', '03-02', 2),
      mark('firm', '03-05'),
      mark('soft', '03-09', 3),
    ]);
  });

  it('takes contacts that are named in place of one for the stage of that day, and gathers them over items', () => {
    const two = owing(anInvoice(), anInvoice({ id: 'F2' }));
    const events = imported(
      [
        {
          item: 'F2',
          policy,
          done: [done('soft', '03-02'), done('firm', '03-06')],
          contacts: [
            { on: '2026-03-06', channel: 'phone' },
            { on: '2026-03-06', channel: 'phone' },
            { on: '2026-03-20', channel: 'visit' },
          ],
        },
        {
          item: 'F1',
          policy,
          done: [done('soft', '03-02')],
          contacts: [{ on: '2026-03-06', channel: 'phone' }, { on: '2026-03-06' }],
        },
      ],
      two,
    );
    const both = ['ladder/F1#1', 'ladder/F2#1'];
    expect(contactsIn(events)).toEqual([
      ['2026-03-02', undefined, both, endOf('03-02')],
      ['2026-03-06', 'phone', both, endOf('03-06')],
      ['2026-03-06', undefined, ['ladder/F1#1'], endOf('03-06')],
      ['2026-03-20', 'visit', ['ladder/F2#1'], noonOf('03-20')],
    ]);
  });

  it('keeps effects: those of the stages done, or those that are said, foreign ones until it is settled', () => {
    const stopped = [done('stop', '03-11')];
    const effectsOf = (own: Partial<ImportedHistory>, of = file) =>
      casesIn(imported([{ item: 'F1', policy, ...own }], of)).map(({ effects, reactionEffects }) => [
        effects,
        reactionEffects,
      ]);
    expect(effectsOf({ done: stopped })).toEqual([[['block', 'stop-service'], undefined]]);
    expect(effectsOf({ done: stopped, effects: [] })).toEqual([[undefined, undefined]]);
    expect(effectsOf({ done: stopped, effects: ['zap', 'block', 'zap'] })).toEqual([
      [['block', 'zap'], ['zap']],
    ]);
    expect(effectsOf({ done: [done('soft', '03-02')], effects: ['block'] })).toEqual([
      [['block'], ['block']],
    ]);
    // What is settled wants none, though some may still be on.
    const paid = evolveAll(file, [told.payment(aPayment({ to: 'F1' }))]);
    expect(effectsOf({ done: stopped }, paid)).toEqual([[undefined, undefined]]);
  });

  it('of what is settled is closed on its last day, and nobody is thanked', () => {
    const thanking = engineOf({ ...ladder, on: { paid: [{ send: 'thanks' }] } }, aPlan({}, free));
    const paid = evolveAll(file, [told.payment(aPayment({ to: 'F1', date: '2026-03-18' }))]);
    const entry = {
      item: 'F1',
      policy,
      opened: '2026-03-01',
      done: [done('soft', '03-02'), done('firm', '03-19')],
    };
    const events = imported([entry], paid, thanking);
    const [one] = casesIn(events);
    expect(one).toMatchObject({ state: 'closed', closed: { reason: 'paid', on: '2026-03-19' } });
    expect(one?.marks.at(-1)).toEqual({
      stage: 'on:paid',
      occurrence: 1,
      state: 'skipped',
      on: '2026-03-19',
      reason: 'imported',
      tried: [],
      revision: 0,
    });
    expect(settle(thanking, evolveAll(paid, events), noonOf('03-20')).acts).toEqual([]);
    const void_ = owing(anInvoice({ status: 'void' }));
    expect(casesIn(imported([{ item: 'F1', policy, opened: '2026-03-04' }], void_))).toMatchObject([
      { state: 'closed', closed: { reason: 'void', on: '2026-03-04' } },
    ]);
  });

  it('that is exhausted has nothing left to do, as its last day says', () => {
    const exhausted = (value: boolean) =>
      casesIn(imported([{ item: 'F1', policy, done: [done('firm', '03-06')], exhausted: value }]));
    expect(exhausted(true)).toMatchObject([
      { state: 'exhausted', closed: { reason: 'imported', on: '2026-03-06' }, reacted: ['exhausted'] },
    ]);
    const [running] = exhausted(false);
    expect(running).toMatchObject({ state: 'open' });
    expect(running).not.toHaveProperty('closed');
    expect(running).not.toHaveProperty('reacted');
  });

  it('of a group is told by any of its items, and carried by what is open', () => {
    const grouped = engineOf({ ...ladder, unit: { group: ['account'] } }, aPlan({}, free));
    const all = owing(
      anInvoice({ due: '2026-02-20' }),
      anInvoice({ id: 'F2', due: '2026-02-25' }),
      anInvoice({ id: 'F3', due: '2026-02-10', currency: 'COP' }),
    );
    const paid = evolveAll(all, [told.payment(aPayment({ to: 'F1' }))]);
    const entry = { item: 'F1', policy, done: [done('soft', '03-02')] };
    expect(casesIn(imported([entry], all, grouped))).toMatchObject([
      { id: 'ladder/~MXN#1', subject: '~MXN', carrier: 'F1', state: 'open' },
    ]);
    expect(casesIn(imported([entry], paid, grouped))).toMatchObject([
      { id: 'ladder/~MXN#1', carrier: 'F2', state: 'open' },
    ]);
    const gone = evolveAll(paid, [told.payment(aPayment({ id: 'P2', to: 'F2' }))]);
    expect(casesIn(imported([entry], gone, grouped))).toMatchObject([
      { carrier: 'F1', state: 'closed', closed: { reason: 'paid', on: '2026-03-02' } },
    ]);
    expect(problemsOf([entry, { item: 'F2', policy }], all, grouped)).toEqual(['[1].item duplicate_id']);
  });

  it('by state has the level that is said, else the severest that was done', () => {
    const byState = engineOf({ ...ladder, level: 'state' }, aPlan({}, free));
    const levelOf = (own: Partial<ImportedHistory>, with_ = byState) =>
      casesIn(imported([{ item: 'F1', policy, opened: '2026-03-01', ...own }], file, with_)).map(
        ({ level, levelOn }) => [level, levelOn],
      );
    expect(levelOf({ done: [done('firm', '03-02'), done('soft', '03-06')] })).toEqual([
      ['firm', '2026-03-06'],
    ]);
    expect(levelOf({ done: [done('firm', '03-02')], level: 'soft' })).toEqual([['soft', '2026-03-02']]);
    expect(levelOf({ level: 'stop' })).toEqual([['stop', '2026-03-01']]);
    expect(levelOf({})).toEqual([[undefined, undefined]]);
    expect(levelOf({ done: [done('firm', '03-02')] }, engine)).toEqual([[undefined, undefined]]);
  });

  it('of a part is that of the part', () => {
    const parts = owing(inTwoParts());
    expect(casesIn(imported([{ item: 'F1~2', policy }], parts))).toMatchObject([{ id: 'ladder/F1~2#1' }]);
    expect(problemsOf([{ item: 'F1', policy }], parts)).toEqual(['[0].item unknown_id']);
  });
});

describe('history that cannot be taken in', () => {
  it('names items and policies that are not there, and what is not owed to us', () => {
    expect(problemsOf([{ item: 'F9', policy: 'nope' }])).toEqual([
      '[0].item unknown_id',
      '[0].policy unknown_id',
    ]);
    const owed = owing(anInvoice({ type: 'payable' }));
    expect(problemsOf([{ item: 'F1', policy }], owed)).toEqual(['[0].item not_receivable']);
  });

  it('is told once only, and before the first review', () => {
    const entry = { item: 'F1', policy };
    expect(problemsOf([entry, entry])).toEqual(['[1].item duplicate_id']);
    const reviewed = settle(engine, file, noonOf('03-02')).file;
    expect(problemsOf([entry], reviewed)).toEqual(['[0].item duplicate_id']);
    // What runs under another policy has no history of this one.
    const two = engineOf([ladder, { ...ladder, id: 'other' }], aPlan({}, free));
    expect(casesIn(imported([{ item: 'F1', policy: 'other' }], reviewed, two))).toHaveLength(1);
    expect(
      casesIn(imported([entry, { item: 'F1', policy: 'other' }], file, two)).map((one) => one.id),
    ).toEqual(['ladder/F1#1', 'other/F1#1']);
  });

  it('lists what is wrong with stages, days and times by path', () => {
    expect(
      problemsOf([
        {
          item: 'F1',
          policy,
          opened: 'March',
          done: [
            { stage: 'nope', on: '2026-03-02' },
            { stage: 'soft' },
            { stage: 'soft', on: 5 },
            { stage: 'soft', on: '2 March' },
            { stage: 'soft', on: '2026-03-21' },
            { stage: 'soft', on: '2026-03-20' },
            ...[0, 1001, 1.5].map((times) => done('firm', '03-06', times)),
            ...[1, 1000].map((times) => done('firm', '03-06', times)),
            { ...done('soft', '03-02'), when: 'then' },
            'soft',
            null,
            ['soft'],
          ],
        },
      ]),
    ).toEqual([
      '[0].done[0].stage unknown_id',
      '[0].done[1].on missing',
      '[0].done[2].on missing',
      '[0].done[3].on invalid_date',
      '[0].done[4].on invalid_date',
      '[0].done[6].times invalid_value',
      '[0].done[7].times invalid_value',
      '[0].done[8].times invalid_value',
      '[0].done[11].when unknown_key',
      '[0].done[12] invalid_type',
      '[0].done[13] invalid_type',
      '[0].done[14] invalid_type',
      '[0].opened invalid_date',
    ]);
  });

  it('lists what is wrong with contacts, effects, level and keys by path', () => {
    expect(
      problemsOf([
        'F1',
        {
          item: 'F1',
          policy,
          contacts: [
            { on: '2026-03-21' },
            { on: '2026-03-02', channel: 7 },
            { on: '2026-03-02', by: 'x' },
            'phone',
            {},
          ],
          effects: ['ok', '', 7],
          level: 'nope',
          exhausted: 'yes',
          extra: 1,
        },
        { item: 'F1', policy, done: 'soft', contacts: {}, effects: 'x', level: 'soft' },
      ]),
    ).toEqual([
      '[0] invalid_type',
      '[1].extra unknown_key',
      '[1].contacts[0].on invalid_date',
      '[1].contacts[1].channel invalid_type',
      '[1].contacts[2].by unknown_key',
      '[1].contacts[3] invalid_type',
      '[1].contacts[4].on missing',
      '[1].effects[1] invalid_type',
      '[1].effects[2] invalid_type',
      '[1].exhausted invalid_type',
      '[1].level unknown_id',
      '[2].done invalid_type',
      '[2].contacts invalid_type',
      '[2].effects invalid_type',
      '[2].level invalid_value',
      '[2].item duplicate_id',
    ]);
    // Names are asked only of a policy that is there.
    expect(
      problemsOf([{ item: 'F1', policy: 'nope', done: [done('nope', '03-02')], level: 'nope' }]),
    ).toEqual(['[0].policy unknown_id']);
  });

  it('says what is meant', () => {
    const messages = (entry: unknown) =>
      thrownBy(() => imported([entry as ImportedHistory])).problems?.map(({ message }) => message);
    expect(messages({ item: 'F9', policy: 'nope', a: 1 })).toEqual([
      'is none of item, policy, opened, done, contacts, effects, level, exhausted',
      'the account has no item "F9"; sync it first',
      'there is no policy "nope"',
    ]);
    expect(messages({ item: 'F1', policy, done: [{ ...done('x', '03-02'), a: 1 }], level: 'y' })).toEqual([
      'is none of stage, on, times',
      'the policy has no stage "x"',
      'the policy has no stage "y"',
    ]);
    expect(messages({ item: 'F1', policy, contacts: [{ on: '2026-03-02', a: 1 }] })).toEqual([
      'is none of on, channel',
    ]);
  });
});
