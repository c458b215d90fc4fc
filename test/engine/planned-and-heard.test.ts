import { describe, expect, it } from 'vitest';
import { type Act, decide, evolve, evolveAll, type FileEvent } from '../../src/engine/index.js';
import type { AccountFile, AddressMark, StageMark } from '../../src/ledger/file.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aPlan,
  aSource,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';

/** What a file keeps of an act that is planned, and of what comes in from outside: strictly, with nothing beside it. */

const at = instant('2026-03-02T10:00:00-06:00');
const on = '2026-03-02';
const engine = engineOf(aLadder(['1d']), aPlan({}, free));
const decided = decide(engine, owing(anInvoice()), at);
const [message] = decided.acts as [Act];
const before = evolveAll(
  owing(anInvoice()),
  decided.events.filter(({ type }) => type !== 'act.planned'),
);
const plan = (own: Partial<Act>, file = before): AccountFile =>
  evolve(file, { type: 'act.planned', act: { ...message, ...own } });
const open = (own: Partial<Act>) => plan(own).acts.get(message.id);
const mark = (own: Partial<Act>, file?: AccountFile): StageMark | undefined =>
  plan(own, file)
    .cases.get('F1')?.[0]
    ?.marks.find(({ stage }) => stage === 's1d');

describe('an act that is planned', () => {
  const known = {
    ...{ id: message.id, kind: 'message', purpose: 'dunning', state: 'planned', contact: 'ana' },
    ...{ channel: 'email', review: at, on, covers: message.covers, topic: 'overdue', place: 'ana:email' },
  };
  const text = { id: 'messages', version: 1, hash: 'w' };

  it('stands open with what is needed to go on with it', () => {
    expect(open({})).toStrictEqual(known);
    expect(open({ patience: 5 })).toStrictEqual({ ...known, patience: 5 });
    expect(open({ until: 9 })).toStrictEqual({ ...known, until: 9 });
    expect(open({ name: 'call' })).toStrictEqual({ ...known, name: 'call' });
    expect(open({ text })).toStrictEqual(known);
    expect(open({ lapses: '2026-03-09' })).toStrictEqual({ ...known, lapses: '2026-03-09' });
    const { topic: _, ...silent } = known;
    expect(open({ topic: undefined })).toStrictEqual(silent);
    const second = message.covers.map((cover) => ({ ...cover, stage: 's1d/send.1' }));
    expect(open({ covers: second })).toStrictEqual({ ...silent, covers: second });
    const both = [...message.covers, ...second];
    expect(open({ covers: both })).toStrictEqual({ ...known, covers: both });
  });

  it('that waits for a person keeps what it said, to tell when it is another', () => {
    const proposed = open({ mode: 'approve' });
    expect(proposed).toStrictEqual({ ...known, state: 'proposed', content: expect.any(String) });
    expect(open({ mode: 'approve', text })).toStrictEqual({ ...proposed, words: 'w' });
    expect(open({ mode: 'approve', items: [] })?.content).not.toBe(proposed?.content);
  });

  it('that goes nowhere has no place, and raising a task is all that its stage waits for', () => {
    const task = open({ kind: 'task', channel: undefined, contact: undefined, name: 'call' });
    expect([task?.place, task?.contact, task?.channel]).toEqual([undefined, undefined, undefined]);
    expect(open({ contact: undefined })?.place).toBe('-:email');
    expect(mark({})?.state).toBe('planned');
    expect(mark({ kind: 'task' })?.state).toBe('done');
    expect(mark({ kind: 'task', mode: 'approve' })?.state).toBe('planned');
  });

  it('marks its stage, with what a message asks for in a group', () => {
    const fresh = { stage: 's1d', occurrence: 1, state: 'planned', on, act: message.id, proposed: on };
    expect(mark({})).toStrictEqual({ ...fresh, tried: [], revision: 0 });
    const [cover] = message.covers as [Act['covers'][number]];
    const [item] = message.items as [Act['items'][number]];
    const covers = [cover, { ...cover, subject: '~MXN' }];
    const items = [item, { ...item, item: 'F2', acting: false }];
    const grouped = evolveAll(before, [
      {
        type: 'case.imported',
        case: { ...before.cases.get('F1')![0]!, subject: '~MXN' },
      },
    ]);
    expect(mark({ covers, items }, grouped)?.told).toEqual(['F1']);
    expect(mark({ covers, items, kind: 'task' }, grouped)).not.toHaveProperty('told');
    expect(mark({ items })).not.toHaveProperty('told');
  });

  it('waits since it was first proposed, where only facts changed meanwhile', () => {
    const having = (own: Partial<StageMark>): AccountFile => ({
      ...before,
      cases: new Map([
        [
          'F1',
          [
            {
              ...before.cases.get('F1')![0]!,
              marks: [
                {
                  ...{ stage: 's1d', occurrence: 1, state: 'planned', on: '2026-02-20', tried: [] },
                  ...{ revision: 0, proposed: '2026-02-20', ...own },
                } as StageMark,
              ],
            },
          ],
        ],
      ]),
    });
    const since = (own: Partial<StageMark>) => mark({}, having(own))?.proposed;
    expect(since({})).toBe('2026-02-20');
    expect(since({ proposed: undefined })).toBe(on);
    expect(since({ state: 'withdrawn', reason: 'changed' })).toBe('2026-02-20');
    expect(since({ state: 'withdrawn', reason: 'paid' })).toBe(on);
    expect(since({ state: 'withdrawn' })).toBe(on);
  });

  it('counts interest where it is a fee: the last day, and all that was charged', () => {
    const part = (own: object) => ({
      ...{ kind: 'interest', item: 'F1', from: '2026-03-01', to: '2026-03-10', amount: 100 },
      ...own,
    });
    const charged = (kind: Act['kind'], ...parts: readonly object[]) =>
      plan({ kind, charges: [{ fee: 'i', on: '2026-03-11', items: ['F1'], parts }] as never }).charged.get(
        'F1',
      );
    expect(charged('fee', part({}))).toEqual({ id: 'F1', to: '2026-03-10', amount: 100 });
    expect(charged('message', part({}))).toBeUndefined();
    expect(charged('fee', part({ kind: 'fixed' }))).toBeUndefined();
    expect(charged('fee', part({ kind: 'deducted', amount: -30 }))).toEqual({
      ...{ id: 'F1', to: '2026-03-11', amount: -30 },
    });
    expect(charged('fee', part({}), part({ to: '2026-03-05', amount: 7 }))).toEqual({
      ...{ id: 'F1', to: '2026-03-10', amount: 107 },
    });
    expect(charged('fee', part({ to: '2026-03-05' }), part({ amount: 7 }))?.to).toBe('2026-03-10');
    expect(plan({ kind: 'fee' }).charged.size).toBe(0);
  });
});

describe('what comes in from outside', () => {
  const phone = '+525512345678';
  const start = fileOf(
    told.account(anAccount({ contacts: [aContact({ phone })] })),
    told.invoice(anInvoice()),
  );
  const word = (own: object = {}): FileEvent => ({
    ...{ type: 'consent.heard', contact: 'ana', channel: 'sms', state: 'withdrawn', at: 5, on, proof: 'm1' },
    ...own,
  });
  const wrote = (own: object = {}): FileEvent => ({
    ...{ type: 'message.received', id: 'm1', contact: 'ana', channel: 'sms', at: 5, on, kind: 'text' },
    ...own,
  });
  const bad = (own: Partial<AddressMark> = {}): AddressMark => ({
    ...{ contact: 'ana', channel: 'sms', address: phone, state: 'invalid', reason: 'r', at: 1 },
    ...own,
  });
  const kept = { contact: 'ana', channel: 'sms', state: 'withdrawn', at: 5, proof: 'm1' };

  it.each<readonly [string, readonly object[], readonly object[]]>([
    ['one word', [{}], [kept]],
    ['for a purpose', [{ purpose: 'service' }], [{ ...kept, purpose: 'service' }]],
    ['each purpose for itself', [{}, { purpose: 'service' }], [kept, { ...kept, purpose: 'service' }]],
    ['each channel for itself', [{}, { channel: 'email' }], [kept, { ...kept, channel: 'email' }]],
    ['each contact for itself', [{}, { contact: 'eva' }], [kept, { ...kept, contact: 'eva' }]],
    ['the later', [{}, { at: 6, state: 'granted' }], [{ ...kept, at: 6, state: 'granted' }]],
    ['not what was said before', [{}, { at: 4, state: 'granted' }], [kept]],
    ['of two at once the withdrawal', [{}, { state: 'granted' }], [kept]],
    ['whichever comes first', [{ state: 'granted' }, {}], [kept]],
  ])('of consent is the latest of each: %s', (_, words, heard) => {
    expect(evolveAll(start, words.map(word)).heard).toStrictEqual(heard);
  });

  const worked = (...events: readonly FileEvent[]) => evolveAll(start, events).worked;

  it('shows that a channel works, each for itself and the latest', () => {
    const sms = { contact: 'ana', channel: 'sms', at: 5 };
    expect(worked(wrote())).toStrictEqual([sms]);
    expect(worked(wrote({ at: 8 }), wrote())).toStrictEqual([{ ...sms, at: 8 }]);
    expect(worked(wrote(), wrote({ at: 8 }))).toStrictEqual([{ ...sms, at: 8 }]);
    expect(worked(wrote(), wrote({ channel: 'email', at: 4 }))).toStrictEqual([
      sms,
      { ...sms, channel: 'email', at: 4 },
    ]);
    expect(worked(wrote(), wrote({ contact: 'eva', at: 4 }))).toStrictEqual([
      sms,
      { ...sms, contact: 'eva', at: 4 },
    ]);
    expect(worked(wrote({ contact: undefined }))).toBeUndefined();
    expect(worked(wrote({ kind: 'unsubscribe' }))).toBeUndefined();
    expect(worked(wrote({ kind: 'auto-reply' }))).toBeUndefined();
    const erased = evolve(start, { type: 'account.erased', on, author: 'luis', contact: 'ana' });
    expect(evolve(erased, wrote()).worked ?? []).toEqual([]);
  });

  it('clears what was known against an address of that channel before', () => {
    const email = bad({ channel: 'email', address: 'ana@robles.example' });
    const left = (event: FileEvent, ...marks: readonly AddressMark[]) =>
      evolve({ ...start, health: marks }, event).health;
    expect(left(wrote(), bad(), email)).toEqual([email]);
    expect(left(wrote({ kind: 'auto-reply' }), bad(), email)).toEqual([email]);
    expect(left(wrote({ kind: 'unsubscribe' }), bad())).toEqual([bad()]);
    for (const mark of [bad({ at: 5 }), bad({ address: '+525500000000' })])
      expect(left(wrote(), mark)).toEqual([mark]);
    expect(left(wrote({ contact: 'nobody' }), bad())).toEqual([bad()]);
    const restored = (own: object): FileEvent => ({
      ...{ type: 'address.restored', contact: 'ana', at: 9, on, author: 'luis', ...own },
    });
    expect(left(restored({}), bad(), email)).toEqual([]);
    expect(left(restored({ channel: 'email' }), bad(), email)).toEqual([bad()]);
    // A message that was delivered says the same.
    const delivered = (own: object): FileEvent => ({
      ...{ type: 'act.delivered', act: 'm1', at: 9, on, covers: [], ...own },
    });
    expect(left(delivered({ contact: 'ana', channel: 'sms' }), bad())).toEqual([]);
    for (const own of [{}, { contact: 'ana' }, { channel: 'sms' }])
      expect(evolve({ ...start, health: [bad()] }, delivered(own))).toMatchObject({ health: [bad()] });
    expect(worked(delivered({ channel: 'sms' }))).toBeUndefined();
  });

  it('counts what is refused against the address, and bad luck in a row', () => {
    const acts = new Map([[message.id, plan({}).acts.get(message.id)!]]);
    const file = { ...before, account: start.account, acts };
    const refused = (own: object, marks: readonly AddressMark[] = []) =>
      evolve({ ...file, health: marks }, {
        ...{ type: 'act.refused', act: message.id, at: 50, on, code: 'c', scope: 'recipient' },
        ...own,
      } as FileEvent).health;
    const address = 'ana@robles.example';
    const mark = { contact: 'ana', channel: 'email', address, reason: 'c', at: 50 };
    expect(refused({})).toEqual([]);
    expect(refused({ address })).toStrictEqual([{ ...mark, state: 'bounced' }]);
    expect(refused({ address: phone })).toStrictEqual([{ ...mark, address: phone, state: 'invalid' }]);
    const soft = { address, soft: true };
    const known = (own: Partial<AddressMark>): AddressMark => ({
      ...{ ...mark, state: 'unreachable', at: 40, failures: 2, ...own },
    });
    expect(refused(soft)).toStrictEqual([{ ...mark, state: 'unreachable', failures: 1 }]);
    expect(refused(soft, [known({})])).toStrictEqual([{ ...mark, state: 'unreachable', failures: 3 }]);
    expect(refused(soft, [known({ failures: undefined })])).toMatchObject([{ failures: 2 }]);
    expect(refused(soft, [known({ at: 60 })])).toMatchObject([{ at: 60, failures: 3 }]);
    const months = 90 * 86_400_000;
    expect(refused(soft, [known({ at: 50 - months })])).toMatchObject([{ failures: 3 }]);
    expect(refused(soft, [known({ at: 49 - months })])).toMatchObject([{ failures: 1 }]);
    expect(refused(soft, [known({ state: 'bounced' })])).toEqual([known({ state: 'bounced' })]);
    expect(refused({ address }, [known({})])).toStrictEqual([{ ...mark, state: 'bounced' }]);
    const others = [
      known({ contact: 'eva' }),
      known({ channel: 'sms' }),
      known({ address: 'b@robles.example' }),
    ];
    expect(refused(soft, others)).toEqual([...others, { ...mark, state: 'unreachable', failures: 1 }]);
  });

  it('opens the window anew, and hands over what the bot leaves to people', () => {
    const windows = (...own: readonly object[]) => evolveAll(start, own.map(wrote)).windows;
    const window = { contact: 'ana', channel: 'sms', until: 100 };
    expect(windows({})).toBeUndefined();
    expect(windows({ windowUntil: 100 })).toStrictEqual([window]);
    expect(windows({ windowUntil: 100 }, { windowUntil: 200 })).toStrictEqual([{ ...window, until: 200 }]);
    expect(windows({ windowUntil: 200 }, { windowUntil: 100 })).toStrictEqual([{ ...window, until: 200 }]);
    expect(windows({ windowUntil: 100 }, { windowUntil: 90, channel: 'whatsapp' })).toStrictEqual([
      window,
      { ...window, channel: 'whatsapp', until: 90 },
    ]);
    expect(windows({ windowUntil: 100 }, { windowUntil: 90, contact: 'eva' })).toHaveLength(2);
    const bot = (own: object) => evolve(start, wrote(own)).bot;
    expect(bot({ bot: 'handed_over' })).toStrictEqual({ on, answers: 0, handed: 'm1' });
    expect(bot({ bot: 'asked' })).toBeUndefined();
    const known = { ...start, bot: { on: '2026-03-01', answers: 3 } };
    expect(evolve(known, wrote({ bot: 'handed_over' })).bot).toStrictEqual({
      ...{ on: '2026-03-01', answers: 3, handed: 'm1' },
    });
  });

  it('is kept by kind', () => {
    expect(evolve(start, told.source(aSource({ state: 'failed' }))).sources.get('bank')?.state).toBe(
      'failed',
    );
    const bare = evolve(fileOf(told.invoice(anInvoice())), { type: 'account.erased', on, author: 'luis' });
    expect(bare.account).toBeUndefined();
  });
});
