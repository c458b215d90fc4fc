import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  type Act,
  compile,
  decide,
  type Engine,
  evolveAll,
  type FileEvent,
} from '../../src/engine/index.js';
import type { Policy } from '../../src/policy/types.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  aPromise,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  neutralEngineOf,
  owing,
  told,
} from '../support/build.js';
import { once } from '../support/review.js';

/** Acts as they are handed over, field by field; documents by their ids alone. */

const noon = (day: string): number => instant(`2026-${day}T12:00:00-06:00`);
const at = noon('03-02');
const on = '2026-03-02';

const acts = (engine: Engine, file: AccountFile, now = at) =>
  decide(engine, file, now).acts.map(({ plan, policy, ...rest }: Act) => ({
    ...rest,
    documents: [plan.id, policy.id],
    items: rest.items.map(({ item, dunnable, paid, acting }) => ({ item, dunnable, paid, acting })),
  }));

const email = aLadder([], { stages: [aStage('a', '1d', { tone: 'firm' }), aStage('b', '9d')] });
const withStage = (own: Parameters<typeof aStage>[2], policy: Partial<Policy> = {}): Policy =>
  aLadder([], { stages: [aStage('a', '1d', own)], ...policy });
const plain = (policy: Policy): Engine => engineOf(policy, aPlan({}, free));
const two = [anInvoice({ id: 'B' }), anInvoice({ id: 'A' })];

describe('a message', () => {
  it('of two debts names both, by id', () => {
    expect(acts(plain(email), owing(...two))).toEqual([
      {
        id: 'robles/ladder/A#1/a.1@ana.0',
        account: 'robles',
        kind: 'message',
        purpose: 'dunning',
        topic: 'overdue',
        stage: 'a',
        tone: 'firm',
        covers: [
          { subject: 'A', case: 'ladder/A#1', stage: 'a', occurrence: 1 },
          { subject: 'B', case: 'ladder/B#1', stage: 'a', occurrence: 1 },
        ],
        contact: 'ana',
        channel: 'email',
        position: 0,
        message: 'a',
        language: 'es',
        items: [
          { item: 'A', dunnable: 10000, paid: 0, acting: true },
          { item: 'B', dunnable: 10000, paid: 0, acting: true },
        ],
        totals: [{ minor: 20000, currency: 'MXN' }],
        review: 1772474400000,
        on: '2026-03-02',
        keys: ['robles/ladder/A#1/a.1@ana.0', 'robles/ladder/B#1/a.1@ana.0'],
        documents: ['plan', 'ladder'],
      },
    ]);
  });

  it('is in the language of its contact, else of the account, else of the plan', () => {
    const language = (own: Parameters<typeof aContact>[0], account: Parameters<typeof anAccount>[0]) => {
      const known = told.account(anAccount({ contacts: [aContact(own)], ...account }));
      return acts(plain(email), fileOf(known, told.invoice(anInvoice())))[0]?.language;
    };
    expect([
      language({ language: 'pt' }, { language: 'en' }),
      language({}, { language: 'en' }),
      language({}, {}),
    ]).toEqual(['pt', 'en', 'es']);
  });

  it('says what its words are, who gets a copy, who sends it, what is attached and how long it is waited for', () => {
    const text = { id: 'catalogue', version: 1, hash: 'h' };
    const policy = withStage({
      do: [
        {
          send: 'a',
          copy: ['legal'],
          from: 'chief',
          attach: ['invoice'],
          via: [{ channel: 'email', patience: '4h' }, { channel: 'sms' }],
        },
        { fee: 'reminder', fixed: { MXN: '5.00' } },
      ],
    });
    const engine = compile({
      plan: aPlan({}, free),
      policies: [policy],
      textOf: (message, channel) => (message === 'a' && channel === 'email' ? text : undefined),
    });
    const agreed = told.account(anAccount({ terms: { source: 'contract', fees: true } }));
    expect(acts(engine, evolveAll(owing(...two), [agreed]))).toEqual([
      {
        id: 'robles/ladder/A#1/a.1@ana.0',
        account: 'robles',
        kind: 'message',
        purpose: 'dunning',
        topic: 'overdue',
        stage: 'a',
        tone: 'friendly',
        covers: [
          { subject: 'A', case: 'ladder/A#1', stage: 'a', occurrence: 1 },
          { subject: 'B', case: 'ladder/B#1', stage: 'a', occurrence: 1 },
        ],
        contact: 'ana',
        channel: 'email',
        position: 0,
        message: 'a',
        language: 'es',
        items: [
          { item: 'A', dunnable: 10000, paid: 0, acting: true },
          { item: 'B', dunnable: 10000, paid: 0, acting: true },
        ],
        totals: [{ minor: 20000, currency: 'MXN' }],
        review: 1772474400000,
        on: '2026-03-02',
        keys: ['robles/ladder/A#1/a.1@ana.0', 'robles/ladder/B#1/a.1@ana.0'],
        text: { id: 'catalogue', version: 1, hash: 'h' },
        copy: ['legal'],
        from: 'chief',
        attach: ['invoice'],
        patience: 14400000,
        charges: [
          {
            fee: 'reminder',
            currency: 'MXN',
            amount: 500,
            on: '2026-03-02',
            basis: 'agreement',
            source: 'contract',
            items: ['A'],
            parts: [{ kind: 'fixed', amount: 500 }],
          },
          {
            fee: 'reminder',
            currency: 'MXN',
            amount: 500,
            on: '2026-03-02',
            basis: 'agreement',
            source: 'contract',
            items: ['B'],
            parts: [{ kind: 'fixed', amount: 500 }],
          },
        ],
        documents: ['plan', 'ladder'],
      },
    ]);
  });

  it.each([
    { send: 'a', copy: ['legal'] },
    { send: 'a', from: 'chief' },
    { send: 'a', attach: ['statement'] },
  ])('says each of them alone: %j', (send) => {
    const [act] = acts(plain(withStage({ do: [send] })), owing(anInvoice()));
    const { copy, from, attach } = act ?? {};
    expect({ send: 'a', copy, from, attach }).toEqual({
      copy: undefined,
      from: undefined,
      attach: undefined,
      ...send,
    });
    const words = compile({
      plan: aPlan({}, free),
      policies: [email],
      textOf: () => ({ id: 'catalogue', version: 1, hash: 'h' }),
    });
    expect(acts(words, owing(anInvoice()))[0]).toMatchObject({ text: { hash: 'h' } });
  });

  it('says nothing of them where there is nothing to say', () => {
    const [act] = acts(plain(email), owing(anInvoice()));
    for (const name of ['text', 'copy', 'from', 'attach', 'patience', 'charges', 'answers'])
      expect(act).not.toHaveProperty(name);
    const some = plain(withStage({ do: [{ send: 'a', from: 'chief' }] }));
    for (const name of ['text', 'copy', 'attach', 'patience', 'charges', 'answers'])
      expect(acts(some, owing(anInvoice()))[0]).not.toHaveProperty(name);
  });

  it('that was taken back is another act when it is made again', () => {
    const engine = plain(email);
    const { events, acts: made } = decide(engine, owing(anInvoice()), at);
    const gone = made.map((act): FileEvent => ({ type: 'act.withdrawn', act: act.id, reason: 'x', on }));
    const file = evolveAll(owing(anInvoice()), [...events, ...gone]);
    expect([made, acts(engine, file)].map((all) => all[0]?.id)).toEqual([
      'robles/ladder/F1#1/a.1@ana.0',
      'robles/ladder/F1#1/a.1@ana.0!1',
    ]);
  });

  it('that was refused goes to the next place, as another act', () => {
    const engine = plain(email);
    const phoned = aContact({ id: 'eva', role: 'owner', email: 'eva@robles.example' });
    const known = evolveAll(owing(anInvoice()), [
      told.account(anAccount({ contacts: [aContact(), phoned] })),
    ]);
    const { events, acts: made } = decide(engine, known, at);
    const no = made.map(
      (act): FileEvent => ({ type: 'act.refused', act: act.id, at, on, code: 'x', scope: 'recipient' }),
    );
    const [next] = acts(engine, evolveAll(known, [...events, ...no]));
    expect([next?.id, next?.position, next?.contact]).toEqual(['robles/ladder/F1#1/a.1@eva.1', 1, 'eva']);
  });

  it('on a channel that needs nobody is to nobody', () => {
    const bare = fileOf(told.account(anAccount({ contacts: [] })), ...two.map(told.invoice));
    expect(
      acts(neutralEngineOf(email, aPlan({}, free)), bare).map(({ id, contact, channel, keys }) => ({
        id,
        contact: contact ?? null,
        channel,
        keys,
      })),
    ).toEqual([
      {
        id: 'robles/ladder/A#1/a.1@-.0',
        contact: null,
        channel: 'neutral',
        keys: ['robles/ladder/A#1/a.1@-.0', 'robles/ladder/B#1/a.1@-.0'],
      },
    ]);
  });
});

describe('a message that no stage sends', () => {
  const policy = { ...email, on: { paid: [{ send: 'thanks' }], promised: [{ send: 'noted' }] } };

  it('thanks for what was paid', () => {
    const file = once(plain(policy), owing(...two), at);
    const paid = told.payment(aPayment({ to: 'A', date: '2026-03-03' }));
    expect(acts(plain(policy), evolveAll(file, [paid]), noon('03-03'))).toEqual([
      {
        id: 'robles/ladder/A#1/on:paid.1@ana.0',
        account: 'robles',
        kind: 'message',
        purpose: 'service',
        topic: 'thanks',
        stage: 'on:paid',
        tone: 'friendly',
        covers: [{ subject: 'A', case: 'ladder/A#1', stage: 'on:paid', occurrence: 1 }],
        contact: 'ana',
        channel: 'email',
        position: 0,
        message: 'thanks',
        language: 'es',
        items: [{ item: 'A', dunnable: 0, paid: 10000, acting: true }],
        totals: [{ minor: 10000, currency: 'MXN' }],
        review: 1772560800000,
        on: '2026-03-03',
        keys: ['robles/ladder/A#1/on:paid.1@ana.0'],
        documents: ['plan', 'ladder'],
      },
    ]);
  });

  it('takes note of a promise, for every debt that it is about', () => {
    const file = once(plain(policy), owing(...two), at);
    const promise = told.promise(
      aPromise({
        invoice: undefined,
        made: '2026-03-03',
        date: '2026-03-20',
        amount: 15_000,
        currency: 'MXN',
      }),
    );
    expect(acts(plain(policy), evolveAll(file, [promise]), noon('03-03'))).toEqual([
      {
        id: 'robles/ladder/A#1/on:promised:W1.1@ana.0',
        account: 'robles',
        kind: 'message',
        purpose: 'service',
        topic: 'promise',
        stage: 'on:promised',
        tone: 'friendly',
        covers: [
          { subject: 'A', case: 'ladder/A#1', stage: 'on:promised:W1', occurrence: 1 },
          { subject: 'B', case: 'ladder/B#1', stage: 'on:promised:W1', occurrence: 1 },
        ],
        contact: 'ana',
        channel: 'email',
        position: 0,
        message: 'noted',
        language: 'es',
        items: [
          { item: 'A', dunnable: 0, paid: 0, acting: true },
          { item: 'B', dunnable: 5000, paid: 0, acting: true },
        ],
        totals: [{ minor: 15000, currency: 'MXN' }],
        review: 1772560800000,
        on: '2026-03-03',
        keys: ['robles/ladder/A#1/on:promised:W1.1@ana.0', 'robles/ladder/B#1/on:promised:W1.1@ana.0'],
        answers: { kind: 'promise', id: 'W1', by: '2026-03-20' },
        documents: ['plan', 'ladder'],
      },
    ]);
  });
});

describe('a task', () => {
  const work = withStage({
    tone: 'formal',
    do: [
      { task: 'call', within: '2d' },
      { task: 'visit', owner: 'luis' },
    ],
  });

  it('of a stage is one for all its debts', () => {
    const owned = told.account(anAccount({ owner: 'eva', language: 'en' }));
    expect(acts(plain(work), evolveAll(owing(...two), [owned]))).toEqual([
      {
        id: 'robles/ladder/A#1/a.1@-.0',
        account: 'robles',
        kind: 'task',
        purpose: 'dunning',
        stage: 'a',
        tone: 'formal',
        covers: [
          { subject: 'A', case: 'ladder/A#1', stage: 'a', occurrence: 1 },
          { subject: 'B', case: 'ladder/B#1', stage: 'a', occurrence: 1 },
        ],
        position: 0,
        name: 'call',
        reason: 'stage',
        owner: 'eva',
        deadline: '2026-03-04',
        language: 'en',
        items: [
          { item: 'A', dunnable: 10000, paid: 0, acting: true },
          { item: 'B', dunnable: 10000, paid: 0, acting: true },
        ],
        totals: [{ minor: 20000, currency: 'MXN' }],
        review: 1772474400000,
        on: '2026-03-02',
        keys: ['robles/ladder/A#1/a.1@-.0', 'robles/ladder/B#1/a.1@-.0'],
        documents: ['plan', 'ladder'],
      },
      {
        id: 'robles/ladder/A#1/a/task.1.1@-.0',
        account: 'robles',
        kind: 'task',
        purpose: 'dunning',
        stage: 'a',
        tone: 'formal',
        covers: [
          { subject: 'A', case: 'ladder/A#1', stage: 'a/task.1', occurrence: 1 },
          { subject: 'B', case: 'ladder/B#1', stage: 'a/task.1', occurrence: 1 },
        ],
        position: 0,
        name: 'visit',
        reason: 'stage',
        owner: 'luis',
        language: 'en',
        items: [
          { item: 'A', dunnable: 10000, paid: 0, acting: true },
          { item: 'B', dunnable: 10000, paid: 0, acting: true },
        ],
        totals: [{ minor: 20000, currency: 'MXN' }],
        review: 1772474400000,
        on: '2026-03-02',
        keys: ['robles/ladder/A#1/a/task.1.1@-.0', 'robles/ladder/B#1/a/task.1.1@-.0'],
        documents: ['plan', 'ladder'],
      },
    ]);
  });

  it('has no owner where nobody is named', () => {
    const [call, visit] = acts(plain(work), owing(anInvoice()));
    expect([call?.language, visit?.owner]).toEqual(['es', 'luis']);
    expect(call).not.toHaveProperty('owner');
    expect(visit).not.toHaveProperty('deadline');
  });

  it('to find somebody is one for all that nobody hears of', () => {
    const file = fileOf(told.account(anAccount({ contacts: [], owner: 'eva' })), ...two.map(told.invoice));
    expect(acts(plain(email), file)).toEqual([
      {
        id: 'robles/ladder/A#1/task:unreachable.1@-.0',
        account: 'robles',
        kind: 'task',
        purpose: 'dunning',
        stage: 'a',
        tone: 'firm',
        covers: [
          { subject: 'A', case: 'ladder/A#1', stage: 'task:unreachable', occurrence: 1 },
          { subject: 'B', case: 'ladder/B#1', stage: 'task:unreachable', occurrence: 1 },
        ],
        position: 0,
        name: 'find-contact',
        reason: 'unreachable',
        owner: 'eva',
        language: 'es',
        items: [
          { item: 'A', dunnable: 10000, paid: 0, acting: true },
          { item: 'B', dunnable: 10000, paid: 0, acting: true },
        ],
        totals: [{ minor: 20000, currency: 'MXN' }],
        review: 1772474400000,
        on: '2026-03-02',
        keys: ['robles/ladder/A#1/task:unreachable.1@-.0', 'robles/ladder/B#1/task:unreachable.1@-.0'],
        documents: ['plan', 'ladder'],
      },
    ]);
  });

  it('to mend a message names its fault, apart from those that nobody hears of', () => {
    const engine = plain({ ...email, message: { by: 'item' } });
    const { events, acts: made } = decide(engine, owing(...two), at);
    const faults = made.map(
      (act, index): FileEvent => ({
        type: 'act.refused',
        act: act.id,
        at,
        on,
        code: index === 0 ? 'recobro:too_long' : 'blocked',
        scope: 'recipient',
      }),
    );
    expect(
      acts(engine, evolveAll(owing(...two), [...events, ...faults])).map(({ name, reason, covers }) => ({
        name,
        reason,
        covers,
      })),
    ).toEqual([
      {
        name: 'fix-message',
        reason: 'recobro:too_long',
        covers: [{ subject: 'A', case: 'ladder/A#1', stage: 'task:unreachable', occurrence: 1 }],
      },
      {
        name: 'find-contact',
        reason: 'unreachable',
        covers: [{ subject: 'B', case: 'ladder/B#1', stage: 'task:unreachable', occurrence: 1 }],
      },
    ]);
  });
});
