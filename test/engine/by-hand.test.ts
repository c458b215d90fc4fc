import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  askStage,
  decide,
  type Engine,
  evolveAll,
  type FileEvent,
  moveItems,
  recordContact,
  resetItems,
  settle,
  skipStage,
  takeBackItems,
} from '../../src/engine/index.js';
import { codeOf } from '../calendar/thrown.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  aReply,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  inTwoParts,
  owing,
  told,
} from '../support/build.js';

const noonOf = (day: string): number => instant(`2026-${day}T12:00:00-06:00`);
const luis = { author: 'luis', reason: 'agreed' };
const ladder = aLadder(['1d', '5d', '10d']);
const engine = engineOf(ladder, aPlan({}, free));

const after = (file: AccountFile, ...events: readonly FileEvent[]): AccountFile => evolveAll(file, events);

/** Reviews at noon of these days, with everything that is sent accepted. */
function live(own: Engine, file: AccountFile, ...days: readonly string[]): AccountFile {
  return days.reduce((current, day) => settle(own, current, noonOf(day)).file, file);
}

/** What happened, without the ids of documents. */
const brief = (events: readonly FileEvent[]) =>
  events.map((event) => {
    if (event.type === 'case.opened') {
      const { hash: _, ...rest } = event;
      return rest;
    }
    return event;
  });

describe('asking for a stage', () => {
  it('opens the cases of what is chosen, and notes who asked for which stage', () => {
    const file = owing(anInvoice(), anInvoice({ id: 'F2' }));
    const events = askStage(engine, file, noonOf('02-20'), { items: ['F2'], stage: 's5d' }, luis);
    expect(brief(events).filter((event) => 'subject' in event && event.subject === 'F2')).toEqual([
      {
        type: 'case.opened',
        subject: 'F2',
        case: 'ladder/F2#1',
        on: '2026-02-20',
        policy: 'ladder',
        version: 1,
        opening: 1,
      },
      { type: 'case.asked', subject: 'F2', case: 'ladder/F2#1', stage: 's5d', on: '2026-02-20', ...luis },
    ]);
    expect(events.filter((event) => event.type === 'case.asked')).toHaveLength(1);
  });

  it('of an invoice in parts means every part that is owed', () => {
    const file = owing(inTwoParts());
    const asked = (items: readonly string[]) =>
      askStage(engine, file, noonOf('02-20'), { items, stage: 's1d' }, luis).flatMap((event) =>
        event.type === 'case.asked' ? [event.subject] : [],
      );
    expect(asked(['F1'])).toEqual(['F1~1', 'F1~2']);
    expect(asked(['F1~2'])).toEqual(['F1~2']);
    const paid = after(file, told.payment(aPayment({ amount: 5_000, to: 'F1~1' })));
    expect(
      askStage(engine, paid, noonOf('03-05'), { items: ['F1'], stage: 's1d' }, luis).flatMap((event) =>
        event.type === 'case.asked' ? [event.subject] : [],
      ),
    ).toEqual(['F1~2']);
  });

  it('of a group that holds one of the items means the group', () => {
    const grouped = engineOf(aLadder(['1d'], { unit: { group: ['account'] } }), aPlan({}, free));
    const file = owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-04' }));
    const events = askStage(grouped, file, noonOf('02-20'), { items: ['F2'], stage: 's1d' }, luis);
    expect(brief(events)).toEqual([
      {
        type: 'case.opened',
        subject: '~MXN',
        case: 'ladder/~MXN#1',
        on: '2026-02-20',
        policy: 'ladder',
        version: 1,
        opening: 1,
        carrier: 'F1',
      },
      { type: 'case.asked', subject: '~MXN', case: 'ladder/~MXN#1', stage: 's1d', on: '2026-02-20', ...luis },
    ]);
  });

  it('is refused for what nobody can act on, saying why', () => {
    const file = after(
      owing(anInvoice(), anInvoice({ id: 'F2', type: 'payable' }), anInvoice({ id: 'F3' })),
      told.payment(aPayment({ to: 'F3' })),
    );
    const ask =
      (items: readonly string[] | undefined, stage = 's1d', own = engine, of = file) =>
      () =>
        askStage(own, of, noonOf('03-03'), { items, stage }, luis);
    expect(codeOf(ask([]))).toBe('empty_selection');
    expect(codeOf(ask(['F9']))).toBe('unknown_id');
    expect(codeOf(ask(['F2']))).toBe('not_receivable');
    expect(ask(['F3'])).toThrow(expect.objectContaining({ code: 'nothing_to_chase' }));
    expect(ask(['F3'])).toThrow('"F3" is over: paid');
    expect(ask(['F1'], 'nope')).toThrow('has no stage "nope"; it has s1d, s5d, s10d');
    const nothing = engineOf(ladder, aPlan({ default: undefined }, free));
    expect(codeOf(ask(['F1'], 's1d', nothing))).toBe('nothing_to_chase');
    expect(ask(['F1'], 's1d', nothing)).toThrow('F1 is under no policy that could act on it (no_policy)');
    expect(codeOf(ask(undefined, 's1d', nothing))).toBe('nothing_to_chase');
    const scoped = engineOf({ ...ladder, scope: { fact: 'item.currency', eq: 'COP' } }, aPlan({}, free));
    expect(codeOf(ask(['F1'], 's1d', scoped))).toBe('out_of_scope');
    expect(ask(['F1'], 's1d', scoped)).toThrow('(out_of_scope)');
    expect(codeOf(ask(undefined, 's1d', engine, owing()))).toBe('nothing_to_chase');
  });

  it('of all passes over what no policy knows', () => {
    const scoped = engineOf({ ...ladder, scope: { fact: 'item.currency', eq: 'MXN' } }, aPlan({}, free));
    const file = owing(anInvoice(), anInvoice({ id: 'F2', currency: 'COP' }));
    const asked = askStage(scoped, file, noonOf('02-20'), { stage: 's1d' }, luis);
    expect(asked.flatMap((event) => (event.type === 'case.asked' ? [event.subject] : []))).toEqual(['F1']);
    expect(
      codeOf(() => askStage(scoped, file, noonOf('02-20'), { items: ['F1', 'F2'], stage: 's1d' }, luis)),
    ).toBe('out_of_scope');
  });
});

describe('passing a stage over', () => {
  it('notes who did it and why, as the occurrence that is ahead', () => {
    const file = live(engine, owing(anInvoice()), '03-02');
    expect(skipStage(engine, file, noonOf('03-03'), { stage: 's5d' }, luis)).toEqual([
      {
        type: 'stage.skipped',
        subject: 'F1',
        case: 'ladder/F1#1',
        stage: 's5d',
        occurrence: 1,
        reason: 'by_hand',
        author: 'luis',
        note: 'agreed',
        on: '2026-03-03',
      },
    ]);
    const [skipped] = skipStage(engine, file, noonOf('03-03'), { stage: 's5d' }, { author: 'luis' });
    expect(skipped).not.toHaveProperty('note');
  });

  it('is refused for a stage that is done, passed over or under way', () => {
    const file = live(engine, owing(anInvoice()), '03-02');
    const skip = (of: AccountFile, stage: string) => () =>
      skipStage(engine, of, noonOf('03-03'), { stage }, luis);
    expect(skip(file, 's1d')).toThrow('the stage "s1d" of ladder/F1#1 is done; only a stage that is ahead');
    expect(codeOf(skip(after(file, ...skip(file, 's5d')()), 's5d'))).toBe('impossible_state');
    const approved = engineOf(
      { ...ladder, stages: ladder.stages.map((stage) => ({ ...stage, mode: 'approve' as const })) },
      aPlan({}, free),
    );
    const proposed = after(
      owing(anInvoice()),
      ...decide(approved, owing(anInvoice()), noonOf('03-02')).events,
    );
    expect(proposed.acts.size).toBe(1);
    expect(codeOf(() => skipStage(approved, proposed, noonOf('03-02'), { stage: 's1d' }, luis))).toBe(
      'impossible_state',
    );
  });
});

describe('moving items', () => {
  it('closes the case that runs and opens the next one at the stage, at the policy’s own distance', () => {
    const file = live(engine, owing(anInvoice()), '03-02');
    const events = moveItems(engine, file, noonOf('03-04'), { stage: 's1d' }, luis);
    const base = { subject: 'F1', on: '2026-03-04' };
    expect(brief(events)).toEqual([
      { type: 'case.closed', ...base, case: 'ladder/F1#1', reason: 'moved' },
      { type: 'case.opened', ...base, case: 'ladder/F1#2', policy: 'ladder', version: 1, opening: 2 },
      { type: 'case.shifted', ...base, case: 'ladder/F1#2', days: 2, reason: 'moved', due: '2026-03-01' },
      { type: 'case.moved', ...base, case: 'ladder/F1#2', stage: 's1d', ...luis },
    ]);
    const moved = after(file, ...events);
    expect(moved.cases.get('F1')?.map(({ id, state }) => [id, state])).toEqual([
      ['ladder/F1#1', 'closed'],
      ['ladder/F1#2', 'open'],
    ]);
    // s5d comes four days after s1d, which counts as done on the fourth.
    expect(settle(engine, moved, noonOf('03-07')).acts).toEqual([]);
    expect(settle(engine, moved, noonOf('03-08')).acts.map((act) => act.message)).toEqual(['s5d']);
  });

  it('forward does not displace what lies ahead', () => {
    const file = live(engine, owing(anInvoice()), '03-02');
    const events = moveItems(engine, file, noonOf('03-04'), { stage: 's5d' }, luis);
    expect(events.map((event) => event.type)).toEqual(['case.closed', 'case.opened', 'case.moved']);
  });

  it('on the stage’s own day displaces nothing, a day later by one', () => {
    const file = live(engine, owing(anInvoice()), '03-02');
    const shifts = (day: string) =>
      moveItems(engine, file, noonOf(day), { stage: 's5d' }, luis).flatMap((event) =>
        event.type === 'case.shifted' ? [event.days] : [],
      );
    expect(shifts('03-06')).toEqual([]);
    expect(shifts('03-07')).toEqual([1]);
  });

  it('of a case that was never opened begins it there, without what opening late would pass over', () => {
    const events = moveItems(engine, owing(anInvoice()), noonOf('03-08'), { stage: 's1d' }, luis);
    const base = { subject: 'F1', on: '2026-03-08', case: 'ladder/F1#1' };
    expect(brief(events)).toEqual([
      { type: 'case.opened', ...base, policy: 'ladder', version: 1, opening: 1 },
      { type: 'case.shifted', ...base, days: 6, reason: 'moved', due: '2026-03-01' },
      { type: 'case.moved', ...base, stage: 's1d', ...luis },
    ]);
  });

  it('of a group keeps its carrier', () => {
    const grouped = engineOf(aLadder(['1d', '5d'], { unit: { group: ['account'] } }), aPlan({}, free));
    const file = live(grouped, owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-04' })), '03-02');
    const events = moveItems(grouped, file, noonOf('03-03'), { stage: 's5d' }, luis);
    expect(events).toMatchObject([
      { type: 'case.closed', case: 'ladder/~MXN#1' },
      { type: 'case.opened', case: 'ladder/~MXN#2', carrier: 'F1' },
      { type: 'case.moved', case: 'ladder/~MXN#2', stage: 's5d' },
    ]);
  });

  it('to another policy numbers the openings of each policy by themselves', () => {
    const other = aLadder(['1d', '20d'], { id: 'other' });
    const two = engineOf([ladder, other], aPlan({}, free));
    const file = live(two, owing(anInvoice()), '03-02');
    const by = { stage: 's20d', policy: 'other' };
    const events = moveItems(two, file, noonOf('03-04'), by, luis);
    const base = { subject: 'F1', on: '2026-03-04' };
    expect(events[0]).toEqual({ type: 'item.moved', item: 'F1', policy: 'other', on: '2026-03-04', ...luis });
    expect(events.at(-1)).toEqual({
      type: 'case.moved',
      ...base,
      case: 'other/F1#1',
      stage: 's20d',
      ...luis,
    });
    const there = after(file, ...events);
    expect(there.moved.get('F1')).toEqual({ id: 'F1', policy: 'other', author: 'luis', on: '2026-03-04' });
    // Again within the other: its second opening, not the account's third.
    const again = moveItems(two, there, noonOf('03-05'), { stage: 's1d', policy: 'other' }, luis);
    expect(brief(again)).toEqual([
      { type: 'item.moved', item: 'F1', policy: 'other', on: '2026-03-05', ...luis },
      { type: 'case.closed', subject: 'F1', on: '2026-03-05', case: 'other/F1#1', reason: 'moved' },
      {
        type: 'case.opened',
        subject: 'F1',
        on: '2026-03-05',
        case: 'other/F1#2',
        policy: 'other',
        version: 1,
        opening: 2,
      },
      {
        type: 'case.shifted',
        subject: 'F1',
        on: '2026-03-05',
        case: 'other/F1#2',
        days: 3,
        reason: 'moved',
        due: '2026-03-01',
      },
      { type: 'case.moved', subject: 'F1', on: '2026-03-05', case: 'other/F1#2', stage: 's1d', ...luis },
    ]);
  });

  it('is refused for a policy or stage that is not there', () => {
    const move = (stage: string, policy?: string) => () =>
      moveItems(engine, owing(anInvoice()), noonOf('03-04'), { stage, policy }, luis);
    expect(codeOf(move('s1d', 'nope'))).toBe('unknown_id');
    expect(move('s1d', 'nope')).toThrow('there is no policy "nope"');
    expect(codeOf(move('nope', 'ladder'))).toBe('unknown_id');
    expect(codeOf(move('nope'))).toBe('unknown_id');
  });

  it('and beginning anew wait while nobody knows whether a message about it went out', () => {
    const sent = live(engine, owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-04-01' })), '02-20');
    const { events } = settle(engine, sent, noonOf('03-02'));
    const planned = events.find((event) => event.type === 'act.planned');
    if (planned?.type !== 'act.planned') throw new Error('nothing was planned');
    const { id } = planned.act;
    const upTo = events.slice(0, events.indexOf(planned) + 1);
    const unknown: FileEvent = {
      type: 'act.unknown',
      act: id,
      at: noonOf('03-02'),
      on: '2026-03-02',
      code: 'timeout',
    };
    const open = after(sent, ...upTo);
    const unsure = after(open, unknown);
    const move = (file: AccountFile, items: readonly string[]) => () =>
      moveItems(engine, file, noonOf('03-03'), { items, stage: 's5d' }, luis);
    const reset = (file: AccountFile, items: readonly string[]) => () =>
      resetItems(engine, file, noonOf('03-03'), { items }, luis);
    for (const verb of [move, reset]) {
      expect(codeOf(verb(unsure, ['F1']))).toBe('impossible_state');
      expect(verb(unsure, ['F1'])).toThrow(`nobody knows whether ${JSON.stringify(id)} went out`);
      // Another item's message is nobody's business, and one that waits to be sent can be withdrawn.
      expect(verb(unsure, ['F2'])).not.toThrow();
      expect(verb(open, ['F1'])).not.toThrow();
    }
  });
});

describe('letting counters start anew', () => {
  it('resets the cases that run', () => {
    const file = live(engine, owing(anInvoice(), anInvoice({ id: 'F2' })), '03-02');
    expect(resetItems(engine, file, noonOf('03-03'), { items: ['F2'] }, luis)).toEqual([
      { type: 'case.reset', subject: 'F2', case: 'ladder/F2#1', on: '2026-03-03', ...luis },
    ]);
  });

  it('is refused where the policy never lets them', () => {
    const never = engineOf({ ...ladder, counters: 'never' }, aPlan({}, free));
    const file = live(never, owing(anInvoice()), '03-02');
    expect(codeOf(() => resetItems(never, file, noonOf('03-03'), {}, luis))).toBe('impossible_state');
    expect(() => resetItems(never, file, noonOf('03-03'), {}, luis)).toThrow(
      'the policy "ladder" never lets',
    );
  });
});

describe('taking debts back', () => {
  const handing = engineOf(
    aLadder([], {
      stages: [
        aStage('s1d', '1d'),
        aStage('agency', '5d', { tone: 'formal', do: [{ handover: 'agency', to: 'cobra' }] }),
      ],
    }),
    aPlan({}, free),
  );

  it('returns the cases and ends hand-overs that nothing of is out any more', () => {
    const file = live(handing, owing(anInvoice(), anInvoice({ id: 'F2' })), '03-02', '03-06');
    const acts = [...file.acts.values()];
    expect(acts.map(({ kind, covers }) => [kind, covers.map((cover) => cover.case)])).toEqual([
      ['handover', ['ladder/F1#1']],
      ['handover', ['ladder/F2#1']],
    ]);
    const back = (items: readonly string[], by: { author: string; reason?: string } = luis) =>
      takeBackItems(handing, file, noonOf('03-08'), { items }, by);
    expect(back(['F2'])).toEqual([
      { type: 'case.returned', subject: 'F2', case: 'ladder/F2#1', on: '2026-03-08', ...luis },
      {
        type: 'task.closed',
        act: acts[1]?.id,
        reason: 'taken_back',
        on: '2026-03-08',
        author: 'luis',
        note: 'agreed',
      },
    ]);
    const all = takeBackItems(handing, file, noonOf('03-08'), {}, { author: 'luis' });
    expect(all).toEqual([
      { type: 'case.returned', subject: 'F1', case: 'ladder/F1#1', on: '2026-03-08', author: 'luis' },
      { type: 'case.returned', subject: 'F2', case: 'ladder/F2#1', on: '2026-03-08', author: 'luis' },
      ...acts.map(({ id }) => ({
        type: 'task.closed',
        act: id,
        reason: 'taken_back',
        on: '2026-03-08',
        author: 'luis',
      })),
    ]);
    const returned = after(file, ...back(['F2']));
    expect(codeOf(() => takeBackItems(handing, returned, noonOf('03-08'), { items: ['F2'] }, luis))).toBe(
      'impossible_state',
    );
    expect(() => takeBackItems(handing, returned, noonOf('03-08'), { items: ['F2'] }, luis)).toThrow(
      'nothing of what is chosen was handed over',
    );
  });
});

describe('taking back one debt of a hand-over of several', () => {
  const together = engineOf(
    aLadder([], {
      stages: [aStage('agency', '1d', { tone: 'formal', do: [{ send: 'agency' }, { handover: 'agency' }] })],
    }),
    aPlan({}, free),
  );
  const file = live(
    together,
    owing(anInvoice(), anInvoice({ id: 'F2' }), anInvoice({ id: 'F3', due: '2026-03-02' })),
    '03-02',
    '03-03',
  );

  it('leaves it standing while any other is out, and ends it with the last', () => {
    const [first, second] = [...file.acts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(first?.covers.map((cover) => cover.case)).toEqual(['ladder/F1#1', 'ladder/F2#1']);
    expect(second?.covers.map((cover) => cover.case)).toEqual(['ladder/F3#1']);
    const back = (of: AccountFile, items?: readonly string[]) =>
      takeBackItems(together, of, noonOf('03-08'), { items }, { author: 'luis' });
    const one = back(file, ['F2']);
    expect(one.map((event) => event.type)).toEqual(['case.returned']);
    // What came back before goes on meanwhile.
    const rest = back(after(file, ...one), ['F1']).filter(({ type }) => type !== 'case.resumed');
    expect(rest).toStrictEqual([
      { type: 'case.returned', subject: 'F1', case: 'ladder/F1#1', on: '2026-03-08', author: 'luis' },
      { type: 'task.closed', act: first?.id, reason: 'taken_back', on: '2026-03-08', author: 'luis' },
    ]);
    const reversed = { ...file, acts: new Map([...file.acts].reverse()) };
    expect(back(reversed).flatMap((event) => (event.type === 'task.closed' ? [event.act] : []))).toEqual([
      first?.id,
      second?.id,
    ]);
  });

  it('leaves a hand-over alone that is about none of it', () => {
    const [first] = file.acts.values();
    const covers = [{ subject: 'F9', case: 'ladder/F9#1', stage: 'agency/handover.1', occurrence: 1 }];
    const other = { ...first!, id: 'other', covers };
    const more = { ...file, acts: new Map([...file.acts, ['other', other] as const]) };
    const events = takeBackItems(together, more, noonOf('03-08'), {}, luis);
    const closed = events.flatMap((event) => (event.type === 'task.closed' ? [event.act] : []));
    expect(closed).toHaveLength(2);
    expect(closed).not.toContain('other');
  });

  it('closes no act of another kind', () => {
    const tasked = after(file, told.reply(aReply({ on: '2026-03-07' })));
    const reviewed = live(together, tasked, '03-07');
    expect([...reviewed.acts.values()].map(({ kind }) => kind).sort()).toEqual([
      'handover',
      'handover',
      'task',
    ]);
    const events = takeBackItems(together, reviewed, noonOf('03-08'), {}, luis);
    expect(events.filter((event) => event.type === 'task.closed')).toHaveLength(2);
  });
});

describe('a stage whose message was taken back', () => {
  it('can be passed over, as what it was', () => {
    const start = live(engine, owing(anInvoice()), '02-20');
    const planned = decide(engine, start, noonOf('03-02'));
    const back = after(start, ...planned.events, {
      type: 'act.withdrawn',
      act: planned.acts[0]?.id ?? '',
      reason: 'hold',
      on: '2026-03-02',
    });
    expect(skipStage(engine, back, noonOf('03-02'), { stage: 's1d' }, luis)).toMatchObject([
      { type: 'stage.skipped', stage: 's1d', occurrence: 1 },
    ]);
  });
});

describe('a contact made elsewhere', () => {
  const account = anAccount({
    contacts: [aContact()],
    branches: [{ id: 'north', name: 'North', contacts: [aContact({ id: 'eva' })] }],
  });
  const file = live(
    engine,
    fileOf(told.account(account), told.invoice(anInvoice()), told.invoice(anInvoice({ id: 'F2' }))),
    '03-02',
  );

  it('is of today at this instant, and about every case that runs', () => {
    expect(recordContact(engine, file, noonOf('03-05'), {}, luis)).toEqual({
      type: 'contact.recorded',
      at: noonOf('03-05'),
      on: '2026-03-05',
      channel: undefined,
      contact: undefined,
      cases: ['ladder/F1#1', 'ladder/F2#1'],
      ...luis,
    });
  });

  it('of a day that is over counts from its last instant', () => {
    const event = recordContact(engine, file, noonOf('03-05'), { on: '2026-03-04', channel: 'phone' }, luis);
    expect(event).toMatchObject({
      on: '2026-03-04',
      at: instant('2026-03-05T00:00:00-06:00') - 1,
      channel: 'phone',
    });
    const today = recordContact(engine, file, noonOf('03-05'), { on: '2026-03-05' }, luis);
    expect(today).toMatchObject({ on: '2026-03-05', at: noonOf('03-05') });
    expect(codeOf(() => recordContact(engine, file, noonOf('03-05'), { on: '2026-03-06' }, luis))).toBe(
      'impossible_state',
    );
    expect(codeOf(() => recordContact(engine, file, noonOf('03-05'), { on: '5 March' }, luis))).toBe(
      'invalid_date',
    );
  });

  it('is about the cases of the items named that run', () => {
    const cases = (items: readonly string[] | undefined, of = file, own = engine) => {
      const event = recordContact(own, of, noonOf('03-05'), { items }, luis);
      return event.type === 'contact.recorded' ? event.cases : undefined;
    };
    expect(cases(['F2'])).toEqual(['ladder/F2#1']);
    expect(cases(['F2', 'F1'])).toEqual(['ladder/F1#1', 'ladder/F2#1']);
    const paid = live(engine, after(file, told.payment(aPayment({ to: 'F1' }))), '03-04');
    expect(paid.cases.get('F1')?.[0]?.state).toBe('closed');
    expect(cases(undefined, paid)).toEqual(['ladder/F2#1']);
    expect(cases(['F1', 'F2'], paid)).toEqual(['ladder/F2#1']);
    const grouped = engineOf(aLadder(['1d'], { unit: { group: ['account'] } }), aPlan({}, free));
    const both = owing(anInvoice(), anInvoice({ id: 'F2' }), anInvoice({ id: 'F3', currency: 'COP' }));
    const group = live(grouped, both, '03-02');
    expect(cases(['F2'], group, grouped)).toEqual(['ladder/~MXN#1']);
    expect(cases(['F3'], group, grouped)).toEqual(['ladder/~COP#1']);
    expect(cases(undefined, group, grouped)).toEqual(['ladder/~COP#1', 'ladder/~MXN#1']);
    expect(codeOf(() => cases(['F9']))).toBe('unknown_id');
    expect(codeOf(() => cases([]))).toBe('empty_selection');
  });

  it('names a contact of the account or of its branches', () => {
    for (const contact of ['ana', 'eva'])
      expect(recordContact(engine, file, noonOf('03-05'), { contact }, luis)).toMatchObject({ contact });
    expect(codeOf(() => recordContact(engine, file, noonOf('03-05'), { contact: 'bea' }, luis))).toBe(
      'unknown_id',
    );
    expect(() => recordContact(engine, file, noonOf('03-05'), { contact: 'bea' }, luis)).toThrow(
      'no contact "bea"',
    );
    const unnamed = fileOf(told.invoice(anInvoice()));
    expect(codeOf(() => recordContact(engine, unnamed, noonOf('03-05'), { contact: 'ana' }, luis))).toBe(
      'unknown_id',
    );
  });
});
