import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  type Act,
  answerAct,
  answerId,
  evolve,
  evolveAll,
  type FileEvent,
  isAnswer,
  openOf,
  recheck,
  sameMoney,
  whyUnanswered,
} from '../../src/engine/index.js';
import {
  aContact,
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPaymentPlan,
  aPlan,
  aReply,
  engineOf,
  fileOf,
  free,
  instant,
  told,
} from '../support/build.js';

/** Answers of the host's bot: acts of their own, about no stage. */

const hour = 3_600_000;
const minute = 60_000;
const at = instant('2026-03-10T10:00:00-06:00');
const on = '2026-03-10';
const engine = engineOf(aLadder(['1d'], { via: [{ channel: 'whatsapp' }] }), aPlan({}, free));
const ana = aContact({ phone: '+525512345678', language: 'pt' });
const account = anAccount({ contacts: [ana, aContact({ id: 'eva', email: undefined })], language: 'en' });
const start = fileOf(
  told.account(account),
  told.invoice(anInvoice()),
  told.reply(aReply({ id: 'm1', handled: true })),
);
const id = 'robles/on:message/m1';
type Given = Extract<FileEvent, { type: 'answer.given' }>;
const given: Given = {
  ...{
    type: 'answer.given',
    act: id,
    message: 'm1',
    channel: 'whatsapp',
    contact: 'ana',
    at,
    on,
    text: 'Yes.',
  },
};
const opened = (file: AccountFile, until = at + 24 * hour): AccountFile => ({
  ...file,
  windows: [{ contact: 'ana', channel: 'whatsapp', until }],
});
const answered = (own: Partial<Given> = {}, file = start): { file: AccountFile; act: Act } => {
  const event: Given = { ...given, ...own };
  const after = evolve(opened(file), event);
  const act = answerAct(engine, after, event);
  return { act, file: evolve(after, { type: 'act.planned', act }) };
};

describe('the act of an answer', () => {
  it('is a service about no case, in the language of who wrote', () => {
    const { act, file } = answered();
    expect(act).toStrictEqual({
      ...{ id, account: 'robles', kind: 'message', purpose: 'service' },
      answers: { kind: 'message', id: 'm1' },
      ...{ plan: engine.planRef, policy: engine.planRef, stage: 'on:message', tone: 'friendly' },
      ...{ covers: [], contact: 'ana', channel: 'whatsapp', position: 0, language: 'pt', items: [] },
      totals: [{ minor: 10_000, currency: 'MXN' }],
      ...{ review: at, on, keys: [`${id}@ana.0`] },
    });
    expect([isAnswer(act), isAnswer({}), isAnswer({ answers: { kind: 'promise', id: 'W1' } })]).toEqual([
      true,
      false,
      false,
    ]);
    expect(file.acts.get(id)).toMatchObject({ state: 'planned', purpose: 'service', covers: [] });
    expect(file.cases.size).toBe(0);
  });

  it('speaks the language of the contact, else of the account, else of the plan', () => {
    const language = (own: Parameters<typeof anAccount>[0]) =>
      answerAct(engine, evolve(start, told.account(anAccount(own))), given).language;
    expect(language({ language: 'en', contacts: [ana] })).toBe('pt');
    expect(language({ language: 'en' })).toBe('en');
    expect(language({})).toBe('es');
    expect(answerAct(engine, { ...start, account: undefined }, given).language).toBe('es');
  });

  it('knows whether the message is dealt with by it', () => {
    expect(answered({ settles: true }).act.answers).toStrictEqual({
      kind: 'message',
      id: 'm1',
      settles: true,
    });
  });

  it('has one id for each message of an account', () => {
    expect(answerId('robles', 'm1')).toBe(id);
    expect(answerId('a/b', 'm1')).not.toBe(answerId('a', 'b/m1'));
  });
});

describe('what is open when an answer is written', () => {
  it('is summed by currency, without what is paid or what a payment plan stands for', () => {
    const file = evolveAll(start, [
      told.invoice(anInvoice({ id: 'F2', total: 500 })),
      told.invoice(anInvoice({ id: 'F3', total: 700, currency: 'USD' })),
      told.invoice(anInvoice({ id: 'F4', total: 900 })),
      told.payment(aPayment({ to: 'F4', amount: 900 })),
    ]);
    expect(openOf(engine, file, at)).toEqual([
      { minor: 10_500, currency: 'MXN' },
      { minor: 700, currency: 'USD' },
    ]);
    const planned = evolve(file, told.plan(aPaymentPlan({ invoices: ['F1'] })));
    expect(openOf(engine, planned, at)).toEqual(openOf(engine, file, at));
    expect(openOf(engine, fileOf(told.account(account)), at)).toEqual([]);
  });

  it('is the same if every sum is, in whatever order', () => {
    const mxn = { minor: 1, currency: 'MXN' };
    const usd = { minor: 2, currency: 'USD' };
    expect(sameMoney([], [])).toBe(true);
    expect(sameMoney([mxn, usd], [usd, mxn])).toBe(true);
    expect(sameMoney([mxn], [mxn, usd])).toBe(false);
    expect(sameMoney([mxn, usd], [mxn])).toBe(false);
    expect(sameMoney([mxn], [{ ...mxn, minor: 2 }])).toBe(false);
    expect(sameMoney([mxn], [{ ...mxn, currency: 'USD' }])).toBe(false);
    expect(sameMoney([mxn, usd], [mxn, { ...usd, minor: 1 }])).toBe(false);
  });
});

describe('why somebody is not answered', () => {
  const why = (file: AccountFile, now = at, who: { contact?: string; channel?: string } = {}) =>
    whyUnanswered(engine, file, { contact: 'ana', channel: 'whatsapp', at, ...who }, now);
  const open = opened(start);

  it('is nothing, where somebody wrote just now, whatever is on hold', () => {
    expect(why(open)).toBeUndefined();
    expect(why(evolve(open, told.hold(aHold())))).toBeUndefined();
  });

  it('is that nobody of that name is known, or may be any more', () => {
    expect(why(open, at, { contact: 'zoe' })).toBe('no_contact');
    const erased = (contact?: string): FileEvent =>
      ({
        ...{ type: 'account.erased', on, at, author: 'luis' },
        ...(contact === undefined ? {} : { contact }),
      }) as never;
    expect(why(evolve(open, erased('ana')))).toBe('erased');
    expect(why(evolve(open, erased()))).toBe('erased');
    expect(why(evolve(open, erased('eva')))).toBeUndefined();
  });

  it('is a person who leads the conversation, not the bot that said goodbye', () => {
    const led = (author: string): FileEvent => ({
      type: 'account.assigned',
      to: { owner: 'luis', author, on },
    });
    expect(why(evolve(open, led('eva')))).toBe('assigned');
    expect(why(evolve(open, led('bot')))).toBeUndefined();
  });

  it('is a consent that was taken back, not one that was never given; or an address that is missing', () => {
    const heard: FileEvent = {
      ...{
        type: 'consent.heard',
        contact: 'ana',
        channel: 'whatsapp',
        state: 'withdrawn',
        at,
        on,
        proof: 'm1',
      },
    };
    expect(why(evolve(open, heard))).toBe('consent_withdrawn');
    expect(why(open, at, { contact: 'eva' })).toBe('no_address');
    expect(why(open, at, { channel: 'pigeon' })).toBe('unknown_channel');
  });

  it('is a window that closes in five minutes, or is over', () => {
    const until = at + hour;
    const file = opened(start, until);
    expect(why(file, until - 5 * minute)).toBeUndefined();
    expect(why(file, until - 5 * minute + 1)).toBe('window_closed');
    // The window of another, or of another channel, says nothing.
    const others = [
      { contact: 'eva', channel: 'whatsapp', until: 0 },
      { contact: 'ana', channel: 'sms', until: 0 },
    ];
    expect(why({ ...start, windows: others })).toBeUndefined();
    expect(why(start)).toBeUndefined();
  });

  it('is half a day that has passed since', () => {
    expect(why(open, at + 12 * hour)).toBeUndefined();
    expect(why(open, at + 12 * hour + 1)).toBe('too_late');
  });
});

describe('an answer right before it goes out', () => {
  const asked = (file: AccountFile, act: Act, now = at + minute) => recheck(engine, file, act, now);

  it('is still right while nothing was paid and whoever wrote may be answered', () => {
    const { act, file } = answered();
    expect(asked(file, act)).toEqual({ ok: true });
    expect(asked(file, act, at + 13 * hour)).toEqual({ ok: false, reason: 'too_late' });
    const paid = evolve(file, told.payment(aPayment({ to: 'F1', amount: 1, date: on })));
    expect(asked(paid, act)).toEqual({ ok: false, reason: 'changed' });
    const more = evolve(file, told.invoice(anInvoice({ id: 'F2', currency: 'USD' })));
    expect(asked(more, act)).toEqual({ ok: false, reason: 'changed' });
  });

  it('has no words any more once who wrote was erased', () => {
    const { act, file } = answered();
    expect(asked({ ...file, answers: [] }, act)).toEqual({ ok: false, reason: 'erased' });
    expect(asked({ ...file, answers: undefined }, act)).toEqual({ ok: false, reason: 'erased' });
    const erased = evolve(file, { type: 'account.erased', on, at, author: 'luis', contact: 'ana' } as never);
    expect(erased.answers).toBeUndefined();
    expect(asked(erased, act)).toEqual({ ok: false, reason: 'erased' });
    const other = evolve(file, { type: 'account.erased', on, at, author: 'luis', contact: 'eva' } as never);
    expect(other.answers).toHaveLength(1);
  });
});

describe('the words of an answer', () => {
  const words = { act: id, message: 'm1', contact: 'ana', text: 'Yes.' };

  it('wait in the file with what belongs to them, one for each answer', () => {
    expect(evolve(start, given).answers).toStrictEqual([words]);
    const more = {
      options: [{ id: 'o1', title: 'Pay' }],
      replyTo: 'wamid',
      subject: 'Re',
      settles: true,
    } as never;
    const second = evolveAll(start, [given, { ...given, act: 'x', ...(more as object) }]).answers;
    expect(second).toStrictEqual([words, { ...words, act: 'x', ...(more as object) }]);
  });

  it('to somebody who was erased are not kept, and count all the same', () => {
    const erased = evolve(start, { type: 'account.erased', on, at, author: 'luis', contact: 'ana' } as never);
    const file = evolve(erased, given);
    expect([file.answers, file.bot]).toEqual([undefined, { on, answers: 1 }]);
  });

  it('are counted by day', () => {
    const day = (next: string): FileEvent => ({ ...given, act: next, on: next });
    const bot = (...days: readonly string[]) => evolveAll(start, days.map(day)).bot;
    expect(bot('2026-03-10')).toEqual({ on: '2026-03-10', answers: 1 });
    expect(bot('2026-03-10', '2026-03-10')).toEqual({ on: '2026-03-10', answers: 2 });
    expect(bot('2026-03-10', '2026-03-10', '2026-03-11')).toEqual({ on: '2026-03-11', answers: 1 });
  });

  const ends: readonly (readonly [string, (act: string) => FileEvent, boolean])[] = [
    ['accepted', (act) => ({ type: 'act.accepted', act, at, on }), true],
    ['confirmed', (act) => ({ type: 'act.confirmed', act, at, on, author: 'luis' }), true],
    ['withdrawn', (act) => ({ type: 'act.withdrawn', act, on, reason: 'changed' }), false],
    ['discarded', (act) => ({ type: 'act.discarded', act, on, author: 'luis', next: 'skip' }), false],
    ['refused', (act) => ({ type: 'act.refused', act, at, on, code: 'no', scope: 'pair' }), false],
    ['resolved as sent', (act) => ({ type: 'act.resolved', act, at, on, author: 'luis', sent: true }), true],
    [
      'resolved as not sent',
      (act) => ({ type: 'act.resolved', act, at, on, author: 'luis', sent: false }),
      false,
    ],
  ];

  it.each(ends)(
    'leave with an act that is %s; what did not go out is for people after all',
    (_, end, sent) => {
      const { file } = answered({ settles: true });
      const after = evolve(file, end(id));
      expect(after.answers).toBeUndefined();
      expect(after.replies.get('m1')?.handled).toBe(sent);
      // One that settles nothing leaves the message as it is.
      expect(evolve(answered().file, end(id)).replies.get('m1')?.handled).toBe(true);
    },
  );

  it('stay while their act is not over, or another one is', () => {
    const { file } = answered({ settles: true });
    expect(evolve(file, { type: 'act.unknown', act: id, at, on, code: 'timeout' }).answers).toHaveLength(1);
    expect(evolve(file, told.hold(aHold())).answers).toHaveLength(1);
    const second = evolve(file, { ...given, act: 'x', message: 'm2' });
    expect(evolve(second, { type: 'act.accepted', act: id, at, on }).answers?.map(({ act }) => act)).toEqual([
      'x',
    ]);
  });
});

describe('a bot that hands over', () => {
  const received = (own: object): FileEvent =>
    ({
      ...{ type: 'message.received', id: 'm1', channel: 'whatsapp', at, on, kind: 'text', contact: 'ana' },
      ...own,
    }) as FileEvent;

  it('is remembered with the message, until the account is released', () => {
    const handed = evolve(start, received({ bot: 'handed_over' }));
    expect(handed.bot).toEqual({ on, answers: 0, handed: 'm1' });
    const after = evolveAll(start, [given, received({ bot: 'handed_over', id: 'm2' })]);
    expect(after.bot).toEqual({ on, answers: 1, handed: 'm2' });
    expect(evolve(after, { type: 'account.released', on, author: 'luis' }).bot).toStrictEqual({
      on,
      answers: 1,
    });
    expect(evolve(start, { type: 'account.released', on, author: 'luis' }).bot).toBeUndefined();
    expect(evolve(start, received({ bot: 'answered' })).bot).toBeUndefined();
    // Answers later that day leave it handed over.
    expect(evolve(after, given).bot).toEqual({ on, answers: 2, handed: 'm2' });
  });
});
