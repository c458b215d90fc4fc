import { describe, expect, it } from 'vitest';
import { evolve, evolveAll, type FileEvent } from '../../src/engine/index.js';
import type { AccountFile, Case, OpenAct, StageMark } from '../../src/ledger/file.js';
import { codeOf, messageOf } from '../money/thrown.js';
import { aContact, anAccount, anInvoice, fileOf, told } from '../support/build.js';

/** What single events make of a case, its marks, and what else a file remembers. */

const on = '2026-03-10';
const aCase: Case = {
  id: 'ladder/F1#1',
  policy: 'ladder',
  version: 1,
  hash: 'h',
  subject: 'F1',
  opening: 1,
  opened: '2026-03-02',
  state: 'open',
  shift: 0,
  marks: [],
};
const aMark: StageMark = {
  stage: 'a',
  occurrence: 1,
  state: 'done',
  on: '2026-03-03',
  tried: [],
  revision: 0,
};
const base = { subject: 'F1', case: 'ladder/F1#1', on } as const;
const author = 'luis';

function having(own: Partial<Case> = {}, acts: readonly OpenAct[] = []): AccountFile {
  const file = fileOf(told.account(anAccount()), told.invoice(anInvoice()));
  return {
    ...file,
    cases: new Map([['F1', [{ ...aCase, ...own }]]]),
    acts: new Map(acts.map((act) => [act.id, act])),
  };
}

/** The case after events. */
const after = (own: Partial<Case>, ...events: readonly FileEvent[]): Case | undefined =>
  evolveAll(having(own), events).cases.get('F1')?.[0];

/** What events make of a case, strictly: what is not said is not there. */
function becomes(own: Partial<Case>, event: FileEvent, expected: object): void {
  expect(after(own, event)).toStrictEqual({ ...aCase, ...expected });
}

describe('a case', () => {
  const paused = { reason: 'hold', on: '2026-03-05' };
  const stopped = { reason: 'discarded', on: '2026-03-05' };

  it('is paused, and resumed with the day from which it may act', () => {
    becomes({}, { type: 'case.paused', ...base, reason: 'hold' }, { paused: { reason: 'hold', on } });
    becomes(
      { paused },
      { type: 'case.resumed', ...base, notBefore: '2026-03-12' },
      { notBefore: '2026-03-12' },
    );
  });

  it('is closed, exhausted or reset, and no longer paused once it is over', () => {
    const closed = { reason: 'paid', on };
    becomes({ paused }, { type: 'case.closed', ...base, reason: 'paid' }, { state: 'closed', closed });
    becomes(
      { paused },
      { type: 'case.exhausted', ...base, reason: 'paid' },
      { state: 'exhausted', closed, paused },
    );
    becomes(
      { paused },
      { type: 'case.reset', ...base, author },
      { state: 'closed', closed: { reason: 'reset', on } },
    );
  });

  it('is displaced from a due date, or from none', () => {
    const shifted = { type: 'case.shifted', ...base, days: 3, reason: 'resume' } as const;
    becomes({ shift: 2 }, shifted, { shift: 5 });
    becomes({}, { ...shifted, due: '2026-03-01' }, { shift: 3, shiftedFrom: '2026-03-01' });
  });

  it('is carried by one item after the other, and knows those before, each once', () => {
    const carried = (own: Partial<Case>, carrier: string) => {
      const one = after(own, { type: 'case.carried', ...base, carrier });
      return [one?.carrier, one?.carried];
    };
    expect(carried({}, 'A')).toEqual(['A', []]);
    expect(carried({ carrier: 'A' }, 'B')).toEqual(['B', ['A']]);
    expect(carried({ carrier: 'B', carried: ['A'] }, 'C')).toEqual(['C', ['A', 'B']]);
    expect(carried({ carrier: 'B', carried: ['A'] }, 'A')).toEqual(['A', ['B']]);
    expect(carried({ carrier: 'B', carried: ['B'] }, 'C')).toEqual(['C', ['B']]);
  });

  it('takes on another version, with the new names of its stages', () => {
    const event = { type: 'case.adopted', ...base, policy: 'ladder', version: 2, hash: 'i' } as const;
    becomes(
      { marks: [aMark] },
      { ...event, reason: 'new_version', map: { a: 'b' } },
      {
        version: 2,
        hash: 'i',
        marks: [{ ...aMark, stage: 'b' }],
        // A stage that is called `a` from now on is another.
        turns: { a: 2 },
      },
    );
  });

  it('under other names keeps what was done, raised and asked for, and of two stages that became one the further', () => {
    const renamed = (own: Partial<Case>, map: Record<string, string>) => {
      const event = { type: 'case.adopted', ...base, policy: 'ladder', version: 2, hash: 'i' } as const;
      const { marks, level, asked, turns } = after(own, { ...event, reason: 'new_version', map }) ?? aCase;
      return { marks: marks.map(({ stage, state }) => `${stage} ${state}`), level, asked, turns };
    };
    const mark = (stage: string, state: StageMark['state'] = 'done', more: Partial<StageMark> = {}) => ({
      ...aMark,
      ...{ stage, state, ...more },
    });
    const none = { level: undefined, asked: undefined };
    expect(renamed({ marks: [mark('a'), mark('a/task.0'), mark('b')] }, { a: 'x' })).toEqual({
      ...none,
      marks: ['x done', 'x/task.0 done', 'b done'],
      turns: { a: 2 },
    });
    expect(renamed({ level: 'a', asked: 'a', turns: { a: 3 } }, { a: 'x' })).toEqual({
      ...{ marks: [], level: 'x', asked: 'x', turns: { x: 3 } },
    });
    expect(renamed({ level: 'b', asked: 'b' }, { a: 'x', toString: 'y' })).toMatchObject({
      level: 'b',
      asked: 'b',
    });
    const order = ['done', 'unknown', 'planned', 'skipped', 'failed', 'withdrawn'] as const;
    for (const [index, state] of order.entries())
      for (const weaker of order.slice(index + 1))
        for (const marks of [
          [mark('a', state), mark('b', weaker)],
          [mark('a', weaker), mark('b', state)],
        ])
          expect(renamed({ marks }, { a: 'x', b: 'x' }).marks).toEqual([`x ${state}`]);
    const tried = [mark('a', 'failed'), mark('b', 'failed', { tried: ['ana:email'] })];
    expect(
      after({ marks: tried }, {
        ...{ type: 'case.adopted', ...base, policy: 'ladder', version: 2, hash: 'i', reason: 'new_version' },
        map: { a: 'x', b: 'x' },
      } as FileEvent)?.marks,
    ).toMatchObject([{ stage: 'x', tried: ['ana:email'] }]);
    // Another occurrence is another mark; a name that passes from one to the next is taken.
    const twice = [mark('a'), mark('a', 'done', { occurrence: 2 })];
    expect(renamed({ marks: twice }, { a: 'x' })).toMatchObject({
      marks: ['x done', 'x done'],
      turns: { a: 3 },
    });
    expect(renamed({ marks: [mark('a'), mark('b')] }, { a: 'b', b: 'c' })).toEqual({
      ...none,
      marks: ['b done', 'c done'],
      turns: { a: 2 },
    });
    expect(renamed({ marks: [mark('a'), mark('b')] }, {})).toEqual({
      ...none,
      ...{ marks: ['a done', 'b done'], turns: undefined },
    });
  });

  it('knows its level, and since when', () => {
    becomes({}, { type: 'case.level', ...base, to: 'firm' }, { level: 'firm', levelOn: on });
  });

  it('goes on where a person asks for a stage, not where a run or a reaction does', () => {
    const asked = { type: 'case.asked', ...base, stage: 'b' } as const;
    becomes({ stopped }, { ...asked, author }, { asked: 'b' });
    becomes({ stopped }, { ...asked, author: 'recobro' }, { asked: 'b', stopped });
    becomes({ stopped }, { ...asked, author, run: 'r1' }, { asked: 'b', runs: ['r1'], stopped });
  });

  it('goes on where a person skips a stage, not where the ladder passes it', () => {
    const skipped = { type: 'stage.skipped', ...base, stage: 'b', occurrence: 1, reason: 'by_hand' } as const;
    const mark = {
      stage: 'b',
      occurrence: 1,
      state: 'skipped',
      on,
      reason: 'by_hand',
      tried: [],
      revision: 0,
    };
    becomes({ stopped }, { ...skipped, author }, { marks: [mark] });
    becomes({ stopped }, skipped, { stopped, marks: [mark] });
    becomes({}, { ...skipped, with: 'act' }, { marks: [{ ...mark, with: 'act' }] });
  });

  it('has turns by stage, and is put to a stage as if that were done', () => {
    becomes(
      { turns: { a: 2, b: 2 } },
      { type: 'case.rewound', ...base, turns: { b: 3 } },
      { turns: { a: 2, b: 3 } },
    );
    becomes(
      {},
      { type: 'case.moved', ...base, stage: 'b', author },
      {
        marks: [{ stage: 'b', occurrence: 1, state: 'done', on, reason: 'moved', tried: [], revision: 0 }],
      },
    );
  });

  it('is handed over, and rests for the restart gap once it is back, if it still runs', () => {
    const handed = { to: 'agency', on };
    becomes({}, { type: 'case.handed', ...base, to: 'agency' }, { handed });
    const back = { type: 'case.returned', ...base, author } as const;
    becomes({ handed }, back, { paused: { reason: 'handed_over', on } });
    becomes({ handed, state: 'exhausted' }, back, { state: 'exhausted' });
  });

  it('remembers what was reacted to, and effects once each, by name', () => {
    const reacted = { type: 'case.reacted', ...base, cause: 'exhausted' } as const;
    becomes({ reacted: ['x'] }, reacted, { reacted: ['x', 'exhausted'] });
    becomes(
      { reactionEffects: ['stop'] },
      { ...reacted, effects: ['zap', 'stop', 'ban'] },
      {
        reacted: ['exhausted'],
        reactionEffects: ['ban', 'stop', 'zap'],
      },
    );
    becomes({}, { type: 'effect.wanted', ...base, effect: 'stop' }, { effects: ['stop'] });
    becomes(
      { effects: ['zap'] },
      { type: 'effect.wanted', ...base, effect: 'stop' },
      { effects: ['stop', 'zap'] },
    );
    becomes({ effects: ['zap'] }, { type: 'effect.wanted', ...base, effect: 'zap' }, { effects: ['zap'] });
    becomes(
      { effects: ['stop', 'zap'] },
      { type: 'effect.released', ...base, effect: 'zap' },
      { effects: ['stop'] },
    );
    becomes({}, { type: 'effect.released', ...base, effect: 'zap' }, { effects: [] });
  });

  it('opens beside those before it, with its carrier where it has one', () => {
    const opened = {
      ...({ type: 'case.opened', subject: 'F1', case: 'ladder/F1#2', on } as const),
      ...{ policy: 'ladder', version: 1, hash: 'h', opening: 2 },
    };
    const second = { ...aCase, id: 'ladder/F1#2', opening: 2, opened: on };
    expect(evolve(having(), opened).cases.get('F1')).toStrictEqual([aCase, second]);
    expect(evolve(having(), { ...opened, carrier: 'F1' }).cases.get('F1')?.[1]).toStrictEqual({
      ...second,
      carrier: 'F1',
    });
  });

  it('that is imported takes the place of the one with its id', () => {
    const other = { ...aCase, id: 'ladder/F1#2' };
    const imported = (one: Case) => evolve(having(), { type: 'case.imported', case: one }).cases.get('F1');
    expect(imported({ ...aCase, shift: 9 })).toEqual([{ ...aCase, shift: 9 }]);
    expect(imported(other)).toEqual([aCase, other]);
  });
});

describe('a mark', () => {
  const done = { type: 'stage.done', ...base, stage: 'a', occurrence: 1 } as const;

  it('keeps what was tried, and takes on what is said now', () => {
    const known = {
      ...aMark,
      state: 'failed',
      reason: 'no',
      with: 'x',
      tried: ['ana:email'],
      revision: 2,
    } as const;
    const now = { ...aMark, on, tried: ['ana:email'], revision: 2 };
    becomes({ marks: [known] }, done, { marks: [now] });
    becomes(
      { marks: [known] },
      { ...done, reason: 'absorbed', with: 'y' },
      {
        marks: [{ ...now, reason: 'absorbed', with: 'y' }],
      },
    );
    const second = { ...aMark, occurrence: 2, on };
    becomes({ marks: [aMark] }, { ...done, occurrence: 2 }, { marks: [aMark, second] });
    becomes({ marks: [{ ...aMark, stage: 'b' }] }, done, {
      marks: [
        { ...aMark, stage: 'b' },
        { ...aMark, on },
      ],
    });
  });

  it('of a stage that contact rules delayed keeps its turn', () => {
    becomes(
      {},
      { type: 'stage.delayed', ...base, stage: 'a', occurrence: 1, reason: 'pushed' },
      {
        marks: [{ ...aMark, state: 'withdrawn', on, reason: 'pushed', keepsTurn: true }],
      },
    );
  });

  it('of a stage that was asked for knows that while an act for it may be withdrawn', () => {
    expect(after({ asked: 'a' }, done)).toStrictEqual({ ...aCase, marks: [{ ...aMark, on }] });
    expect(after({ asked: 'a' }, { ...done, with: 'x' })).toStrictEqual({
      ...aCase,
      marks: [{ ...aMark, on, with: 'x', asked: true }],
    });
    expect(after({ asked: 'b' }, done)?.asked).toBe('b');
  });
});

describe('an act', () => {
  const covers = [{ subject: 'F1', case: 'ladder/F1#1', stage: 'a', occurrence: 1 }];
  const act: OpenAct = {
    ...{
      id: 'm1',
      kind: 'message',
      purpose: 'dunning',
      state: 'planned',
      review: 7,
      on: '2026-03-04',
      covers,
    },
    ...{ contact: 'ana', channel: 'email', place: 'ana:email' },
  };
  const planned: StageMark = {
    ...aMark,
    state: 'planned',
    act: 'm1',
    on: '2026-03-04',
    proposed: '2026-03-04',
  };
  const on7 = (own: Partial<OpenAct>, event: FileEvent, marks: readonly StageMark[] = [planned]) => {
    const file = evolve(having({ marks }, [{ ...act, ...own }]), event);
    return { file, mark: file.cases.get('F1')?.[0]?.marks[0], open: file.acts.get('m1') };
  };
  const at = 1_000;

  it('that is approved is planned, on the day on which a person said so', () => {
    const { open, mark } = on7({ state: 'proposed' }, { type: 'act.approved', act: 'm1', on, at, author });
    expect(open).toStrictEqual({ ...act, state: 'planned', approved: true, on });
    expect(mark).toStrictEqual({ ...planned, confirmed: on });
  });

  it('that a person did is done; told what came of it, it is an occasion of its own', () => {
    const confirmed = { type: 'act.confirmed', act: 'm1', on, at, author } as const;
    const touch = { at, on, purpose: 'dunning', channel: 'email', contact: 'ana', cases: ['ladder/F1#1'] };
    const plain = on7({}, confirmed);
    expect(plain.mark).toStrictEqual({ ...planned, state: 'done', on });
    expect(plain.file.touches).toStrictEqual([{ ...touch, occasion: 7 }]);
    const sent = on7({}, { ...confirmed, outcome: 'sent' });
    expect([sent.mark?.delivered, sent.file.touches[0]?.occasion]).toEqual([undefined, -at]);
    const spoken = on7({}, { ...confirmed, outcome: 'reached' });
    expect([spoken.mark?.delivered, spoken.file.touches[0]?.occasion]).toEqual([on, -at]);
    expect(on7({ kind: 'task' }, confirmed).file.touches).toEqual([]);
    const reached = (outcome: 'sent' | 'reached' | 'messageLeft', own: Partial<OpenAct> = {}) =>
      on7(own, { ...confirmed, outcome }).file.worked;
    expect(reached('reached')).toEqual([{ contact: 'ana', channel: 'email', at }]);
    expect([reached('sent'), reached('messageLeft')]).toEqual([undefined, undefined]);
    expect(reached('reached', { contact: undefined })).toBeUndefined();
    expect(reached('reached', { channel: undefined })).toBeUndefined();
    expect(reached('reached', { kind: 'task' })).toBeUndefined();
    expect(plain.file.worked).toBeUndefined();
    expect(on7({}, confirmed).open).toBeUndefined();
  });

  it('that is discarded skips its stage, or gives it back, or stops the case', () => {
    const discarded = (next: 'skip' | 'again' | 'hold', who: string, reason?: string) => {
      const { file, mark } = on7(
        { state: 'proposed' },
        {
          type: 'act.discarded',
          act: 'm1',
          on,
          author: who,
          next,
          ...(reason === undefined ? {} : { reason }),
        },
      );
      return [mark?.state, mark?.reason, mark?.revision, file.cases.get('F1')?.[0]?.stopped];
    };
    expect(discarded('skip', author, 'not now')).toEqual(['skipped', 'discarded', 0, undefined]);
    expect(discarded('skip', 'recobro', 'lapsed')).toEqual(['skipped', 'lapsed', 0, undefined]);
    expect(discarded('again', 'recobro')).toEqual(['withdrawn', 'discarded', 1, undefined]);
    expect(discarded('hold', author)).toEqual(['withdrawn', 'discarded', 1, { reason: 'discarded', on }]);
    expect(discarded('hold', 'recobro', 'lapsed')).toEqual([
      'withdrawn',
      'lapsed',
      1,
      { reason: 'lapsed', on },
    ]);
  });

  it('that is not made, or not by this act, gives back the turns of what was over with it', () => {
    const passed: StageMark = { ...aMark, stage: 'z', state: 'skipped', reason: 'superseded', with: 'm1' };
    const other: StageMark = { ...passed, stage: 'y', with: 'm2' };
    const marks = (event: FileEvent) =>
      on7({}, event, [planned, passed, other])
        .file.cases.get('F1')?.[0]
        ?.marks.map(({ stage }) => stage);
    expect(marks({ type: 'act.withdrawn', act: 'm1', on, reason: 'hold' })).toEqual(['a', 'y']);
    expect(marks({ type: 'act.resolved', act: 'm1', at, on, sent: false, author })).toEqual(['a', 'y']);
    expect(marks({ type: 'act.resolved', act: 'm1', at, on, sent: true, author })).toEqual(['a', 'z', 'y']);
    expect(marks({ type: 'act.discarded', act: 'm1', on, author, next: 'again' })).toEqual(['a', 'y']);
    expect(marks({ type: 'act.discarded', act: 'm1', on, author, next: 'skip' })).toEqual(['a', 'z', 'y']);
  });

  it('that gives back a turn leaves what else is known of the stage', () => {
    const passed: StageMark = { ...aMark, stage: 'z', state: 'skipped', with: 'm1' };
    const back = (own: Partial<StageMark>) =>
      on7({}, { type: 'act.withdrawn', act: 'm1', on, reason: 'hold' }, [
        planned,
        { ...passed, ...own },
      ]).file.cases.get('F1')?.[0]?.marks[1]?.state;
    expect(back({})).toBeUndefined();
    for (const own of [{ revision: 1 }, { tried: ['ana:email'] }, { proposed: on }, { keepsTurn: true }])
      expect(back(own)).toBe('withdrawn');
  });

  it('that is delivered says so once, and nothing else of its stage changes', () => {
    const delivered = { type: 'act.delivered', act: 'm1', at, on, covers } as const;
    const known: StageMark = { ...aMark, reason: 'r', with: 'w' };
    expect(on7({}, delivered, [known]).mark).toStrictEqual({ ...known, delivered: on });
    expect(on7({}, delivered, [aMark]).mark).toStrictEqual({ ...aMark, delivered: on });
    expect(on7({}, delivered, [{ ...aMark, delivered: '2026-03-05' }]).mark?.delivered).toBe('2026-03-05');
  });

  it('that is accepted waits for its delivery where its sender has patience', () => {
    const accepted = { type: 'act.accepted', act: 'm1', at, on } as const;
    expect(on7({}, accepted).mark).toStrictEqual({ ...planned, state: 'done', on });
    const awaits = { until: at + 50, place: 'ana:email', occasion: 7 };
    expect(on7({ patience: 50 }, accepted).mark?.awaits).toEqual(awaits);
    expect(on7({ patience: 50, place: undefined }, accepted).mark?.awaits?.place).toBe('-');
    const sent = { type: 'act.resolved', act: 'm1', at, on, sent: true, author } as const;
    expect(on7({ patience: 50 }, sent).mark?.awaits).toEqual(awaits);
  });

  it('that is refused leaves its place; an address at fault leaves room for another', () => {
    const refused = { type: 'act.refused', act: 'm1', at, on, code: 'no', scope: 'pair' } as const;
    expect(on7({}, refused).mark?.tried).toEqual(['ana:email']);
    expect(on7({ place: undefined }, refused).mark?.tried).toEqual(['-']);
    expect(on7({}, { ...refused, address: 'a@b.example' }).mark?.tried).toEqual(['address ana:email']);
  });

  it('of which nobody knows was made on the day of the call', () => {
    const { open, mark } = on7({}, { type: 'act.unknown', act: 'm1', at, on, code: 'timeout' });
    expect(open).toStrictEqual({ ...act, state: 'unknown', on });
    expect(mark).toStrictEqual({ ...planned, state: 'unknown', on, reason: 'timeout' });
  });

  it('that is retried opens its place again, and keeps the others tried', () => {
    const tried = ['ana:email', 'ana:sms', 'ana:whatsapp'];
    const { mark } = on7({}, { type: 'act.retried', act: 'm1', on, author, covers }, [
      { ...aMark, state: 'failed', tried },
    ]);
    expect(mark).toStrictEqual({
      ...aMark,
      ...{ state: 'withdrawn', reason: 'retried', on, revision: 1, tried: ['ana:email', 'ana:sms'] },
    });
  });
});

describe('a file', () => {
  it('remembers who leads, and no more once that is over', () => {
    const to = { owner: 'luis', author: 'eva', on };
    const led = evolve(having(), { type: 'account.assigned', to });
    expect(led.assigned).toEqual(to);
    expect(evolve(led, { type: 'account.released', on, author }).assigned).toBeUndefined();
  });

  it('keeps the latest ten notes', () => {
    const note = (index: number): FileEvent => ({
      type: 'note.added',
      note: { id: `n${index}`, text: 't', author, at: index, on },
    });
    const file = evolveAll(
      having(),
      Array.from({ length: 11 }, (_, index) => note(index)),
    );
    expect(file.notes?.map(({ id }) => id)).toEqual(
      Array.from({ length: 10 }, (_, index) => `n${index + 1}`),
    );
  });

  it('has scores of an account that it knows only', () => {
    const scored: FileEvent = { type: 'account.scored', scores: { asOf: on, risk: 5 } };
    expect(evolve(having(), scored).account?.scores).toEqual({ asOf: on, risk: 5 });
    expect(codeOf(() => evolve({ ...having(), account: undefined }, scored))).toBe('impossible_state');
  });

  it('remembers the latest review, whatever day was asked for since', () => {
    const reviewed = (...times: readonly number[]) =>
      evolveAll(
        having(),
        times.map((at) => ({ type: 'review.made', at }) as const),
      ).reviewed;
    expect(reviewed(5)).toBe(5);
    expect(reviewed(5, 3)).toBe(5);
    expect(reviewed(5, 8)).toBe(8);
  });

  it('counts what was recorded by hand as an occasion of its own', () => {
    const recorded = { type: 'contact.recorded', at: 9, on, channel: 'phone', cases: [], author } as const;
    expect(evolve(having(), recorded).touches).toMatchObject([
      { at: 9, on, occasion: -9, purpose: 'dunning', channel: 'phone', cases: [] },
    ]);
  });

  it('counts interest to the last day charged, and back where a charge was void', () => {
    const part = {
      kind: 'interest',
      item: 'F1',
      from: '2026-03-01',
      to: '2026-03-10',
      days: 10,
      amount: 100,
    };
    const charge = (own: object) => ({
      ...{
        fee: 'interest',
        currency: 'MXN',
        amount: 100,
        on,
        basis: 'agreement',
        source: 'c',
        items: ['F1'],
      },
      parts: [{ ...part, ...own }],
    });
    const fee = {
      id: 'f1',
      kind: 'fee',
      purpose: 'dunning',
      state: 'planned',
      review: 0,
      on,
      covers: [],
    } as const;
    const charged = (known: { to: string; amount: number } | undefined, own: object) => {
      const file = having({}, [fee]);
      const before =
        known === undefined ? file : { ...file, charged: new Map([['F1', { id: 'F1', ...known }]]) };
      return evolve(before, {
        ...{ type: 'fee.settled', act: 'f1', on, author, outcome: 'void' },
        charges: [charge(own)],
      } as never).charged.get('F1');
    };
    // Its last stretch ends where the account of days ends: its days may be charged again.
    expect(charged({ to: '2026-03-10', amount: 250 }, {})).toEqual({
      id: 'F1',
      to: '2026-02-28',
      amount: 150,
    });
    expect(charged({ to: '2026-03-20', amount: 250 }, {})).toEqual({
      id: 'F1',
      to: '2026-03-20',
      amount: 150,
    });
    expect(charged({ to: '2026-03-10', amount: 250 }, { kind: 'deducted' })).toMatchObject({
      to: '2026-03-10',
      amount: 150,
    });
    expect(charged({ to: '2026-03-10', amount: 250 }, { kind: 'fixed' })).toMatchObject({ amount: 250 });
    expect(charged(undefined, {})).toBeUndefined();
  });

  it('from which a person was erased keeps others, and what the erased one must not get', () => {
    const two = anAccount({ contacts: [aContact(), aContact({ id: 'eva', name: 'Eva' })] });
    const note = (id: string) => ({ id, text: 'secret', author, at: 0, on });
    const window = { channel: 'whatsapp', until: 9 };
    const file: AccountFile = {
      ...evolve(having(), told.account(two)),
      notes: [note('n1'), note('n2')],
      windows: [
        { ...window, contact: 'ana' },
        { ...window, contact: 'eva' },
      ],
      worked: [
        { channel: 'sms', at: 1, contact: 'ana' },
        { channel: 'sms', at: 1, contact: 'eva' },
      ],
      health: ['ana', 'eva'].map((contact) => ({
        ...({ contact, channel: 'sms', address: '+1', state: 'invalid', reason: 'r', at: 1 } as const),
      })),
      assigned: { owner: 'luis', author: 'eva', on, reason: 'Ana called' },
    };
    const one = evolve(file, { type: 'account.erased', on, author, contact: 'ana', notes: ['n2'] } as never);
    expect(one.account?.contacts.map(({ id, name, email }) => [id, name, email])).toEqual([
      ['ana', 'erased', undefined],
      ['eva', 'Eva', 'ana@robles.example'],
    ]);
    expect(one.notes?.map(({ text }) => text)).toEqual(['secret', 'erased']);
    for (const left of [one.windows, one.worked, one.health])
      expect(left?.map(({ contact }) => contact)).toEqual(['eva']);
    expect([one.account?.name, one.assigned?.reason]).toEqual(['Robles', 'Ana called']);
    const all = evolve(file, { type: 'account.erased', on, author } as never);
    expect(all.account?.contacts.map(({ name }) => name)).toEqual(['erased', 'erased']);
    expect(all.notes?.map(({ text }) => text)).toEqual(['erased', 'erased']);
    expect([all.worked ?? [], all.health]).toEqual([[], []]);
    expect([all.windows, all.account?.name, all.assigned?.reason]).toEqual([undefined, 'erased', 'erased']);
    expect(all.assigned?.owner).toBe('luis');
    expect(evolve(having(), { type: 'account.erased', on, author } as never)).not.toHaveProperty('notes');
  });
});

it('an event about what is not there says what is missing', () => {
  const at = 5;
  const act = 'gone';
  const covers = [{ subject: 'F1', case: 'gone', stage: 'a', occurrence: 1 }];
  const acts: readonly FileEvent[] = [
    { type: 'act.accepted', act, at, on },
    { type: 'act.approved', act, at, on, author },
    { type: 'act.confirmed', act, at, on, author },
    { type: 'act.discarded', act, on, author, next: 'skip' },
    { type: 'act.refused', act, at, on, code: 'c', scope: 's' },
    { type: 'act.resolved', act, at, on, author, sent: true },
    { type: 'act.unknown', act, at, on, code: 'c' },
    { type: 'act.withdrawn', act, on, reason: 'r' },
    { type: 'fee.settled', act, on, author, outcome: 'booked' },
    { type: 'task.closed', act, on, reason: 'r' },
  ];
  for (const event of acts)
    expect(messageOf(() => evolve(having(), event))).toBe('the file has no act "gone"');
  const cases: readonly FileEvent[] = [
    { type: 'act.delivered', act, at, on, covers },
    { type: 'case.closed', ...base, case: 'gone', reason: 'paid' },
    { type: 'case.closed', ...base, subject: 'F9', case: 'gone', reason: 'paid' },
    { type: 'stage.done', ...base, case: 'gone', stage: 'a', occurrence: 1 },
  ];
  for (const event of cases)
    expect(messageOf(() => evolve(having(), event))).toBe('the file has no case "gone"');
  const scored: FileEvent = { type: 'account.scored', scores: { asOf: on } };
  expect(messageOf(() => evolve({ ...having(), account: undefined }, scored))).toBe(
    'the file has no account "robles"',
  );
});
