import { describe, expect, it } from 'vitest';
import type { InboundMessage } from '../../../src/channels/inbound.js';
import type {
  BotAnswer,
  BotContext,
  BotMessage,
  BotOptions,
  ConversationOptions,
  DispatchOptions,
} from '../../../src/dunning/index.js';
import { memoryStore } from '../../../src/stores/memory/index.js';
import type { Store } from '../../../src/stores/store.js';
import { account, all, at, payment, type World } from '../../support/world.js';
import { house, number, reminded, signed, status, text, types } from './house.js';

const by = { author: 'ana' };

interface Asked {
  readonly message: BotMessage;
  readonly context: BotContext;
}

/** A house with a bot that says what it is told, on the evening after the first reminder. */
async function evening(
  says: BotAnswer | undefined | ((message: BotMessage) => BotAnswer | undefined | Promise<BotAnswer>),
  {
    bot = {},
    store,
    dispatch,
    time = '21:00',
    ...conversation
  }: {
    bot?: Partial<BotOptions>;
    store?: Store;
    dispatch?: DispatchOptions;
    time?: string;
  } & Omit<ConversationOptions, 'bot'> = {},
) {
  const asked: Asked[] = [];
  const answer: BotOptions['answer'] = async (message, context) => {
    asked.push({ message, context });
    return typeof says === 'function' ? says(message) : says;
  };
  const made = await house({
    conversation: { ...conversation, bot: { answer, ...bot } },
    ...(store === undefined ? {} : { store }),
    ...(dispatch === undefined ? {} : { dispatch }),
  });
  await reminded(made);
  made.whatsapp.reset();
  made.clock.moveTo(at('02-06', time));
  const tasks = async () =>
    (await all(made.dunning.acts({ kinds: ['task'] }))).filter(({ state }) => state === 'open');
  return { ...made, asked, tasks };
}

async function received(made: World) {
  return (await all(made.dunning.history('robles')))
    .filter(({ type }) => type === 'message.received')
    .map(({ data }) => data as { readonly bot?: string; readonly owner?: string });
}

/** The host says that everything that was written is dealt with. */
async function handled(made: World): Promise<void> {
  const replies = (await all(made.dunning.history('robles'))).flatMap(({ type, data }) =>
    type === 'reply.upserted' ? [(data as { reply: { id: string; on: string } }).reply] : [],
  );
  await made.dunning.sync({
    replies: replies.map(({ id, on }) => ({
      id,
      account: 'robles',
      at: `${on}T21:00:00-05:00`,
      handled: true,
    })),
  } as never);
}

const told = (key: string, words: string, more: Partial<InboundMessage> = {}): InboundMessage => ({
  type: 'message',
  provider: 'test',
  key,
  kind: 'text',
  providerId: key,
  from: { address: '+573001112233' },
  text: words,
  ...more,
});

/** One retry: the act waits, and is asked again a while later. */
const later = { outcome: 'retry', scope: 'message', code: 'x', after: 3_600_000 } as const;

describe('a bot of the host', () => {
  it('answers outside hours, in its own words, once; and that is no reminder', async () => {
    const made = await evening({
      text: 'You owe $1,000 {{amount}}.',
      options: [{ title: 'Ya pagué', payload: 'paid' }],
    });
    const asks = text('How much do I owe?');
    await made.hook(asks);
    await made.hook(asks);
    expect(made.asked).toHaveLength(1);
    expect(made.whatsapp.sent).toMatchObject([
      {
        to: '+573001112233',
        content: { kind: 'text', text: 'You owe $1,000 {{amount}}.\n\n– Ya pagué' },
        answer: { text: 'You owe $1,000 {{amount}}.', options: [{ payload: 'paid' }] },
      },
    ]);
    expect(made.whatsapp.sent[0]?.answer?.to).toContain('wamid.in');
    // It is dealt with: nobody has to answer, nothing pauses.
    expect(await made.tasks()).toEqual([]);
    expect(await received(made)).toMatchObject([{ bot: 'answered' }]);
    const talk = await made.dunning.conversation('robles');
    expect(talk.slice(-2)).toMatchObject([
      { direction: 'in', text: 'How much do I owe?' },
      { direction: 'out', by: 'bot', text: 'You owe $1,000 {{amount}}.', status: 'accepted' },
    ]);
    made.clock.moveTo(at('02-13'));
    await made.dunning.tick({ now: at('02-13') });
    expect(made.whatsapp.sent.map(({ message }) => message)).toEqual(['on:message', 'firm']);
    expect(await made.dunning.replay()).toMatchObject({ ok: true });
    await made.dunning.seal();
    expect(await made.dunning.verify()).toMatchObject({ ok: true });
  });

  it.each([{ channel: 'whatsapp' }, {}, { everywhere: true }])(
    'is not asked while nothing may go out (%j): the message is for people at once',
    async (what) => {
      const made = await evening({ text: 'Tomorrow.' });
      await made.dunning.pause(what, by);
      await made.hook(text('When?'));
      expect(made.asked).toEqual([]);
      expect(await made.tasks()).toHaveLength(1);
      await made.dunning.resume(what, by);
      await handled(made);
      await made.hook(text('And now?'));
      expect(made.asked).toHaveLength(1);
    },
  );

  it('of another channel than the paused one is asked', async () => {
    const made = await evening({ text: 'Tomorrow.' });
    await made.dunning.pause({ channel: 'email' }, by);
    await made.hook(text('When?'));
    expect(made.whatsapp.sent).toHaveLength(1);
  });

  it('knows what the person may know, in its language and with what was said before', async () => {
    const made = await evening({ text: 'Hello.' });
    await made.hook(text('Hola'));
    await made.hook(text('¿Cuánto?'));
    const [, second] = made.asked;
    expect(second?.message).toMatchObject({
      kind: 'text',
      text: '¿Cuánto?',
      files: 0,
      reading: { acts: false },
    });
    expect(second?.context).toMatchObject({
      account: 'robles',
      contact: { id: 'billing' },
      languages: ['en'],
      totals: [{ currency: 'COP', outstanding: 100_000, amount: '1000.00' }],
      items: [{ invoice: 'F-1042', overdue: true }],
      messages: [
        { direction: 'out' },
        { direction: 'in', text: 'Hola' },
        { direction: 'out', by: 'bot', text: 'Hello.' },
      ],
    });
    expect(second?.context.items[0]?.shown).toMatch(/1,000/);
  });

  it('hears nothing of what others of the account wrote', async () => {
    const made = await evening({ text: 'Hello.' });
    const [billing] = account.contacts;
    const eva = {
      ...billing,
      id: 'eva',
      role: 'manager',
      name: 'Eva',
      phone: '+573009998877',
      email: 'eva@robles.example',
    };
    await made.dunning.sync({ accounts: [{ ...account, contacts: [{ ...billing, id: 'billing' }, eva] }] });
    await made.hook(text('Between us: 8137', { from: '573009998877' }));
    await made.hook(text('Hola'));
    expect(made.asked.map(({ context }) => context.contact.id)).toEqual(['eva', 'billing']);
    expect(JSON.stringify(made.asked[1])).not.toContain('8137');
  });

  it('leaves messages to people in the hours of the plan, or of its own; and answers at any hour if told so', async () => {
    const made = await evening({ text: 'Hello.' }, { time: '17:00' });
    await made.hook(text('Hola'));
    expect([made.asked.length, (await made.tasks()).length]).toEqual([0, 1]);
    const hours = { windows: [{ days: ['fri' as const], from: '20:00', to: '22:00' }] };
    const own = await evening({ text: 'Hello.' }, { bot: { hours }, time: '20:30' });
    await own.hook(text('Hola'));
    expect(own.asked).toEqual([]);
    own.clock.moveTo(at('02-06', '22:00'));
    await own.hook(text('Hola'));
    expect(own.asked).toHaveLength(1);
    const always = await evening({ text: 'Hello.' }, { bot: { when: 'always' }, time: '17:00' });
    await always.hook(text('Hola'));
    expect(always.asked).toHaveLength(1);
  });

  it('never answers who says stop or start, machines, strangers, or another address than the one on file', async () => {
    const made = await evening({ text: 'Hello.' });
    await made.hook(text('START'));
    await made.dunning.take('email', [
      told('auto', 'Out of office', { kind: 'auto-reply', from: { address: 'ines@robles.example' } }),
    ]);
    await made.dunning.take('whatsapp', [told('x', 'who are you', { from: { address: '+573005550000' } })]);
    await made.hook(text('', { type: 'reaction', reaction: { emoji: '👍' } }));
    await made.hook(text('STOP'));
    await made.hook(text('and one more thing'));
    expect(made.asked).toEqual([]);
    expect(made.whatsapp.sent).toEqual([]);
    const other = await evening({ text: 'Hello.' });
    const contacts = [{ ...account.contacts[0], id: 'billing', whatsapp: '+573009998877' }];
    await other.dunning.sync({ accounts: [{ ...account, contacts }] });
    await other.hook(text('Hola'));
    expect([other.asked.length, (await other.tasks()).length]).toEqual([0, 1]);
  });

  it('that fails, takes too long or answers out of form leaves the message to people, and that shows', async () => {
    const cases: readonly [string, BotAnswer | (() => Promise<BotAnswer>) | undefined][] = [
      ['nothing', undefined],
      ['failed', async () => Promise.reject(new Error('down'))],
      ['timeout', () => new Promise(() => undefined)],
      ['invalid', { text: 'a\u0007b' }],
      ['invalid', { text: 'total \u202e000,1' }],
      ['invalid', { text: 'x'.repeat(4_001) }],
      ['invalid', { text: ' ' }],
      ['invalid', { text: 7 } as never],
      ['invalid', { options: [{ title: 'Yes', payload: 'y' }] }],
      ['invalid', { text: 'Hi', options: [{ title: 'x'.repeat(21), payload: 'y' }] }],
      ['invalid', { text: 'Hi', handOver: { to: '' } }],
      ['invalid', 'Hi' as never],
    ];
    for (const [outcome, says] of cases) {
      const made = await evening(says, { bot: { timeoutMs: 5 } });
      expect(await made.hook(text('Hola'))).toBe(200);
      expect(await received(made)).toMatchObject([{ bot: outcome }]);
      expect([made.whatsapp.sent.length, (await made.tasks()).length]).toEqual([0, 1]);
    }
  });

  it('talks so often on a day, and no more', async () => {
    const made = await evening({ text: 'And you?' }, { bot: { perDay: 2 } });
    for (let turn = 0; turn < 4; turn++) await made.hook(text(`And you? ${turn}`));
    expect([made.asked.length, made.whatsapp.sent.length]).toEqual([2, 2]);
    expect((await received(made)).map(({ bot }) => bot)).toEqual(['answered', 'answered', 'limit', 'limit']);
    made.clock.moveTo(at('02-07', '21:00'));
    await made.dunning.take('whatsapp', [told('next', 'And you?', { windowUntil: at('02-08', '21:00') })]);
    await made.dunning.tick({ now: made.clock.now() });
    expect(made.whatsapp.sent).toHaveLength(3);
  });

  it('hands over to whoever sees to the account, and is silent until that was dealt with', async () => {
    const made = await evening({ text: 'A colleague will write to you.', handOver: true });
    await made.hook(text('I want to talk to a person'));
    await made.hook(text('Hello?'));
    expect(made.asked).toHaveLength(1);
    expect(made.whatsapp.sent).toHaveLength(1);
    expect((await received(made))[0]).toMatchObject({ bot: 'handed_over' });
    expect((await made.tasks()).length).toBeGreaterThan(0);
    await handled(made);
    await made.hook(text('Thank you. And now?'));
    expect(made.asked).toHaveLength(2);
  });

  it('hands over to somebody, who leads the conversation until released', async () => {
    const made = await evening({ text: 'Ana will write to you.', handOver: { to: 'ana' } });
    const heard: unknown[] = [];
    made.dunning.on('account.assigned', ({ to, actor }) => heard.push([actor, to.owner]));
    made.dunning.on('answer.given', (event) => heard.push(Object.keys(event).includes('text')));
    await made.hook(text('I want to talk to a person'));
    expect(made.whatsapp.sent.map(({ content }) => content)).toMatchObject([
      { text: 'Ana will write to you.' },
    ]);
    expect(heard).toEqual([false, ['bot', 'ana']]);
    expect(await received(made)).toMatchObject([{ bot: 'handed_over', owner: 'ana' }]);
    await made.hook(text('Hello?'));
    await handled(made);
    await made.hook(text('Is somebody there?'));
    expect(made.asked).toHaveLength(1);
    await made.dunning.unassign('robles', by);
    await made.hook(text('Hello again'));
    expect(made.asked).toHaveLength(2);
    expect(await made.dunning.replay()).toMatchObject({ ok: true });
  });

  it('says nothing beside a person who was in contact today', async () => {
    const made = await evening({ text: 'Hello.' });
    await made.dunning.record({ account: 'robles', channel: 'call', contact: 'billing' }, by);
    await made.hook(text('As I said to Ana'));
    expect(made.asked).toEqual([]);
  });
});

describe('an answer on its way', () => {
  const waits = async () => {
    const made = await evening({ text: 'You owe $1,000.' });
    made.whatsapp.answer(later);
    await made.hook(text('How much?'));
    expect(made.whatsapp.sent).toHaveLength(1);
    const again = async (when = at('02-06', '23:00')) => {
      made.clock.moveTo(when);
      await made.dunning.tick({ now: when });
      const reasons = (await all(made.dunning.history('robles'))).flatMap(({ type, data }) =>
        type === 'act.withdrawn' ? [(data as { reason: string }).reason] : [],
      );
      return { sent: made.whatsapp.sent.length - 1, reasons, tasks: (await made.tasks()).length };
    };
    return { ...made, again };
  };

  it('goes out later, once', async () => {
    const made = await waits();
    expect(await made.again()).toEqual({ sent: 1, reasons: [], tasks: 0 });
    expect(await made.again(at('02-06', '23:59'))).toEqual({ sent: 1, reasons: [], tasks: 0 });
  });

  it('is for people where the window has closed, or half a day is over', async () => {
    const made = await waits();
    expect(await made.again(at('02-07', '10:56'))).toEqual({ sent: 0, reasons: ['window_closed'], tasks: 1 });
    const mail = await evening({ text: 'You owe $1,000.' });
    mail.email.answer({ ...later, after: 13 * 3_600_000 });
    await mail.dunning.take('email', [
      told('m', 'How much?', { kind: 'email', from: { address: 'ines@robles.example' } }),
    ]);
    await mail.dunning.tick({ now: mail.clock.now() });
    mail.clock.moveTo(at('02-07', '10:30'));
    await mail.dunning.tick({ now: mail.clock.now() });
    expect([mail.email.sent.length, (await mail.tasks()).length]).toEqual([1, 1]);
  });

  it('that a limit keeps back is for people at once, with the limit as its reason', async () => {
    const rates = [{ channel: 'whatsapp', per: 'day', most: 1 } as const];
    const made = await evening({ text: 'You owe $1,000.' }, { dispatch: { rates } });
    const taken: unknown[] = [];
    made.dunning.on('act.withdrawn', ({ reason }) => taken.push(reason));
    await made.hook(text('How much?'));
    await made.dunning.tick({ now: made.clock.now() });
    expect([made.whatsapp.sent.length, taken]).toEqual([0, ['recobro:rate']]);
    expect((await made.tasks()).map(({ act }) => act.name)).toEqual(['answer-reply']);
    expect((await made.dunning.conversation('robles')).at(-1)).toMatchObject({
      by: 'bot',
      status: 'failed',
      reason: 'recobro:rate',
    });
    const { lines } = await made.dunning.worklist({ at: made.clock.now() });
    expect(lines[0]?.reasons).toMatchObject([{ reason: 'task', name: 'answer-reply' }]);
    // Nobody is answered twice: the limit is free again, and the message is still for people.
    made.clock.moveTo(at('02-07', '10:30'));
    await made.dunning.tick({ now: made.clock.now() });
    expect([made.whatsapp.sent.length, (await made.tasks()).length]).toEqual([0, 1]);
    expect(await made.dunning.replay()).toMatchObject({ ok: true });
  });

  it('that a limit or a pause keeps back for minutes goes out, and is for people when these are many', async () => {
    const rates = [{ channel: 'whatsapp', per: 'minute', most: 1 } as const];
    const made = await evening({ text: 'Hello.' }, { dispatch: { rates } });
    for (const words of ['Hola', 'Hay alguien?']) await made.hook(text(words));
    expect([made.whatsapp.sent.length, (await made.tasks()).length]).toEqual([1, 0]);
    made.clock.moveTo(made.clock.now() + 2 * 60_000);
    await made.dunning.tick({ now: made.clock.now() });
    expect([made.whatsapp.sent.length, (await made.tasks()).length]).toEqual([2, 0]);
    const paused = await waits();
    await paused.dunning.pause({ channel: 'whatsapp' }, by);
    expect(await paused.again()).toMatchObject({ sent: 0, reasons: ['recobro:paused'], tasks: 1 });
  });

  it('is for people once a person leads, or what it tells of was paid; and over once the person said stop', async () => {
    const led = await waits();
    await led.dunning.assign('robles', 'ana', by);
    expect(await led.again()).toMatchObject({ sent: 0, reasons: ['assigned'] });
    const paid = await waits();
    await paid.dunning.sync({ payments: [payment('P1', 'F-1042', '02-06', '400.00')] });
    expect(await paid.again()).toMatchObject({ sent: 0, reasons: ['changed'], tasks: 1 });
    const stopped = await waits();
    await stopped.hook(text('STOP'));
    expect(await stopped.again()).toMatchObject({ sent: 0, reasons: ['consent_withdrawn'] });
  });

  it('that was refused, or failed after all, is for people once', async () => {
    const refused = await evening({ text: 'Hello.' });
    refused.whatsapp.answer({ outcome: 'refused', scope: 'message', code: 'x' });
    await refused.hook(text('Hola'));
    await refused.dunning.tick({ now: refused.clock.now() });
    expect(await refused.tasks()).toHaveLength(1);
    const failed = await evening({ text: 'Hello.' });
    await failed.hook(text('Hola'));
    const key = failed.whatsapp.sent[0]?.key ?? '';
    const error = { errors: [{ code: 131026 }] };
    await failed.hook(status(key, 'failed', error));
    await failed.hook(status(key, 'failed', { ...error, id: 'wamid.again' }));
    expect(await failed.tasks()).toHaveLength(1);
    expect((await types(failed)).filter((type) => type === 'act.failed')).toHaveLength(1);
    expect((await failed.dunning.conversation('robles')).at(-1)).toMatchObject({
      by: 'bot',
      status: 'failed',
    });
    expect(await failed.dunning.replay()).toMatchObject({ ok: true });
  });

  it('of which nobody knows whether it went out is never sent again, and for people once they say it did not', async () => {
    const made = await evening({ text: 'Hello.' });
    made.whatsapp.answer({ outcome: 'unknown', code: 'x' });
    await made.hook(text('Hola'));
    await made.dunning.tick({ now: made.clock.now() });
    expect([made.whatsapp.sent.length, (await made.tasks()).length]).toEqual([1, 0]);
    await made.dunning.resolve(made.whatsapp.sent[0]?.key ?? '', 'not-sent', by);
    await made.dunning.tick({ now: made.clock.now() });
    expect([made.whatsapp.sent.length, (await made.tasks()).length]).toEqual([1, 1]);
  });

  it('to what the rules dealt with already leaves that as it is, whatever becomes of it', async () => {
    const made = await evening({ text: 'Thanks, we will look.' });
    made.whatsapp.answer({ outcome: 'refused', scope: 'message', code: 'x' });
    await made.hook(text('Ya pagamos ayer'));
    await made.dunning.tick({ now: made.clock.now() });
    expect((await made.tasks()).map(({ act }) => act.name)).toEqual(['verify-payment']);
  });

  it('is not given where money came in while the bot was asked', async () => {
    let pay: () => Promise<unknown> = async () => undefined;
    const made = await evening(async () => {
      await pay();
      return { text: 'You owe $1,000.' };
    });
    pay = () => made.dunning.sync({ payments: [payment('P1', 'F-1042', '02-06', '400.00')] });
    await made.hook(text('How much?'));
    expect(await received(made)).toMatchObject([{ bot: 'changed' }]);
    expect([made.whatsapp.sent.length, (await made.tasks()).length]).toEqual([0, 1]);
  });

  it('leaves no word behind of people who were erased', async () => {
    const made = await waits();
    await made.dunning.erase({ account: 'robles', contact: 'billing', force: true }, by);
    const stored = JSON.stringify([
      await all(made.store.events('default', {})),
      await made.store.load('default', ['robles']).then((files) => files.map(({ header }) => header)),
      await all(made.store.acts('default', {})),
    ]);
    expect(stored).not.toContain('You owe');
    expect(stored).not.toContain('wamid.in');
    expect(await made.again()).toMatchObject({ sent: 0, reasons: ['erased'] });
    expect(await made.dunning.replay()).toMatchObject({ ok: true });
    await made.dunning.seal();
    expect(await made.dunning.verify()).toMatchObject({ ok: true });
  });
});

describe('an answer and a store that fails', () => {
  /** Fails once at the commit that takes a message in: before it, or after it was made. */
  function failing(when: 'before' | 'after'): Store {
    const store = memoryStore();
    let failed = false;
    return {
      ...store,
      commit: async (changes, options) => {
        const mine = changes.some(({ events }) => events.some(({ type }) => type === 'answer.given'));
        if (!mine || failed) return store.commit(changes, options);
        failed = true;
        if (when === 'after') await store.commit(changes, options);
        throw new Error('the process died');
      },
    };
  }

  it.each(['before', 'after'] as const)('is given once: %s the commit', async (when) => {
    const made = await evening({ text: 'Hello.' }, { store: failing(when) });
    const body = JSON.stringify({
      entry: [
        {
          changes: [{ field: 'messages', value: { metadata: { phone_number_id: number }, ...text('Hola') } }],
        },
      ],
    });
    await made.dunning.webhook('whatsapp')(signed(body));
    await made.dunning.webhook('whatsapp')(signed(body));
    for (const minute of ['21:05', '21:10']) {
      made.clock.moveTo(at('02-06', minute));
      await made.dunning.tick({ now: made.clock.now() });
    }
    expect(made.whatsapp.sent).toHaveLength(1);
    expect((await types(made)).filter((type) => type === 'message.received')).toHaveLength(1);
    expect(made.asked).toHaveLength(when === 'before' ? 2 : 1);
  });
});

describe('an answer by e-mail', () => {
  it('is a reply in the thread, with nothing in it read as markup', async () => {
    const made = await evening({ text: 'Dear <b>you</b>,\n\nit is {{amount}} & **more**.' });
    await made.dunning.take('email', [
      told('m1', 'How much?', {
        kind: 'email',
        subject: 'RE: re: Invoice\u0007 F-1042',
        providerId: '<q1@robles.example>',
        from: { address: 'Ines@robles.example' },
      }),
    ]);
    await made.dunning.tick({ now: made.clock.now() });
    const [mail] = made.email.sent;
    expect(mail).toMatchObject({
      answer: { to: '<q1@robles.example>' },
      content: { subject: 'Re: Invoice F-1042' },
    });
    if (mail?.content.kind !== 'email') throw new Error('no mail went out');
    const { html, text: plain } = mail.content;
    expect(html).toContain('Dear &lt;b&gt;you&lt;/b&gt;,');
    expect(html).toContain('it is {{amount}} &amp; **more**.');
    expect(plain).toBe('Dear <b>you</b>,\n\nit is {{amount}} & **more**.\n');
  });
});

it('options of a bot are checked, each with its path', async () => {
  const answer = async () => undefined;
  const bad = [
    [{ answer: 'x' }, 'conversation.bot.answer'],
    [{ answer, when: 'never' }, 'conversation.bot.when'],
    [{ answer, perDay: 0 }, 'conversation.bot.perDay'],
    [{ answer, timeoutMs: 1e9 }, 'conversation.bot.timeoutMs'],
    [{ answer, hours: { windows: [] } }, 'conversation.bot.hours.windows'],
    [{ answer, hours: { windows: [{ from: '18:00', to: '09:00' }] } }, 'conversation.bot.hours.windows[0]'],
    [
      { answer, hours: { windows: [{ from: '09:00', to: '18:00' }], zone: 'Mars' } },
      'conversation.bot.hours.zone',
    ],
    [
      { answer, hours: { windows: [{ from: '09:00', to: '18:00' }], closed: ['x'] } },
      'conversation.bot.hours.closed',
    ],
  ] as const;
  for (const [bot, path] of bad)
    await expect(house({ conversation: { bot: bot as never } })).rejects.toMatchObject({
      code: 'invalid_option',
      problems: [{ path }],
    });
});
