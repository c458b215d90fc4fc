import { describe, expect, it } from 'vitest';
import { createDunning, type DunningOptions, type LinkAnswer } from '../../../src/dunning/index.js';
import { openToken, sealToken } from '../../../src/dunning/links/token.js';
import { formatAmount } from '../../../src/money/index.js';
import { account, all, at, documents, invoice, world } from '../../support/world.js';
import { house, reminded, types } from '../inbound/house.js';

const key = 'k'.repeat(32);
const day = 86_400_000;

async function linked(changed: Partial<DunningOptions> = {}) {
  const made = await house({ links: { key }, ...changed });
  const act = await reminded(made);
  const token = await made.dunning.link({ account: 'robles', contact: 'billing' });
  return { ...made, act, token };
}

async function facts(made: Awaited<ReturnType<typeof linked>>): Promise<readonly string[]> {
  return (await types(made)).filter((type) => /^(unbooked|promise|dispute|consent|message)\./.test(type));
}

describe('a link', () => {
  it('shows what is open to whoever has it, and nothing of it can be read', async () => {
    const made = await linked();
    expect(await made.dunning.opened(made.token)).toMatchObject({
      account: 'robles',
      name: 'Robles Ltda',
      contact: { id: 'billing', name: 'Inés' },
      language: 'en',
      on: '2026-02-06',
      sender: { name: 'Acme' },
      pay: { bank: 'Cuenta 1' },
      items: [
        {
          invoice: 'F-1042',
          outstanding: 100_000,
          amount: formatAmount(100_000, 'COP'),
          overdue: true,
          daysPastDue: 3,
        },
      ],
      totals: [{ currency: 'COP', outstanding: 100_000, overdue: 100_000 }],
      promiseUntil: '2026-04-07',
    });
    const bytes = Buffer.from(made.token, 'base64url').toString('latin1');
    for (const word of ['robles', 'billing', 'default']) expect(bytes).not.toContain(word);
  });

  it('ends, is of its tenant, and opens with no other bit changed', async () => {
    const made = await linked();
    const { dunning, token, clock } = made;
    const now = clock.now();
    await expect(dunning.opened(token, { now: now + 30 * day - 1_000 })).resolves.toBeDefined();
    await expect(dunning.opened(token, { now: now + 30 * day + 1_000 })).rejects.toMatchObject({
      code: 'expired_link',
    });
    await expect(dunning.for('other').opened(token)).rejects.toMatchObject({ code: 'invalid_link' });
    for (let index = 0; index < token.length; index++) {
      const changed = `${token.slice(0, index)}${token[index] === 'A' ? 'B' : 'A'}${token.slice(index + 1)}`;
      await expect(dunning.opened(changed)).rejects.toMatchObject({ code: 'invalid_link' });
    }
    for (const odd of ['', '.', `${token}A`, `${token}=`, 'x'.repeat(5_000), token.slice(0, 20)])
      await expect(dunning.opened(odd)).rejects.toMatchObject({ code: 'invalid_link' });
  });

  it('outlives the change of a key for as long as the old one is listed', async () => {
    const made = await linked();
    const { store, clock, whatsapp } = made;
    const other = 'n'.repeat(32);
    const wire = (keys: readonly string[]) =>
      createDunning({
        ...documents,
        store,
        clock,
        channels: [whatsapp],
        sender: { name: 'Acme', phone: '1' },
        links: { key: keys },
      });
    await expect(wire([other, key]).opened(made.token)).resolves.toMatchObject({ account: 'robles' });
    await expect(wire([other]).opened(made.token)).rejects.toMatchObject({ code: 'invalid_link' });
  });

  it('says no more than it was made for', async () => {
    const made = await linked();
    const view = await made.dunning.link({ account: 'robles', purpose: 'view' });
    await expect(made.dunning.opened(view)).resolves.toMatchObject({ purpose: 'view' });
    await expect(made.dunning.answered(view, { says: 'acknowledge', key: '1' })).rejects.toMatchObject({
      code: 'invalid_link',
    });
    const nobody = await made.dunning.link({ account: 'robles' });
    await expect(made.dunning.answered(nobody, { says: 'stop', key: '1' })).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ path: 'answer.says' }],
    });
    await expect(made.dunning.link({ account: 'robles', days: 401 })).rejects.toMatchObject({
      code: 'invalid_option',
    });
    await expect(made.dunning.link({ account: 'robles', contact: 'x' })).rejects.toMatchObject({
      code: 'unknown_id',
    });
  });

  it('of somebody who left the account, or was erased, leads nowhere', async () => {
    const made = await linked();
    await made.dunning.erase({ account: 'robles', contact: 'billing', force: true }, { author: 'ana' });
    await expect(made.dunning.opened(made.token)).rejects.toMatchObject({ code: 'invalid_link' });
    const gone = await linked();
    await gone.dunning.sync({ accounts: [{ ...account, contacts: [] }] });
    await expect(gone.dunning.opened(gone.token)).rejects.toMatchObject({ code: 'invalid_link' });
  });

  it('of a branch shows what the branch owes', async () => {
    const made = await linked();
    const contacts = [{ id: 'sur-1', role: 'billing', name: 'Sol', email: 'sol@sur.example' }];
    await made.dunning.sync({
      accounts: [{ ...account, branches: [{ id: 'sur', name: 'Sur', contacts }] }],
      invoices: [{ ...invoice('F-2', '02-10'), branch: 'sur' }],
    });
    const token = await made.dunning.link({ account: 'robles', contact: 'sur-1' });
    expect((await made.dunning.opened(token)).items.map((one) => one.invoice)).toEqual(['F-2']);
    await expect(
      made.dunning.answered(token, { says: 'dispute', key: '1', invoice: 'F-1042' }),
    ).rejects.toMatchObject({ problems: [{ path: 'answer.invoice' }] });
  });

  it('needs a good key', () => {
    for (const [links, path] of [
      [{ key: 'short' }, 'links.key'],
      [{ key: [] }, 'links.key'],
      [{ key, days: 0 }, 'links.days'],
      [{ key: [key, 'short'] }, 'links.key'],
    ] as const)
      expect(() => world({ links })).toThrow(
        expect.objectContaining({ code: 'invalid_option', problems: [expect.objectContaining({ path })] }),
      );
    expect(
      openToken(
        [Buffer.from(key)],
        'a',
        sealToken(Buffer.from(key), 'a', { account: 'x', purpose: 'view', expires: 5_000 }),
      ),
    ).toEqual({
      account: 'x',
      purpose: 'view',
      expires: 5_000,
    });
  });
});

describe('what is said through a link', () => {
  it('becomes the same facts as a message, once for its key, and stands in the conversation', async () => {
    const made = await linked();
    const answer: LinkAnswer = { says: 'paid', key: 'form-1', text: 'Paid by transfer' };
    const first = await made.dunning.answered(made.token, answer);
    expect(first.repeated).toBe(false);
    expect(await made.dunning.answered(made.token, answer)).toEqual({ ...first, repeated: true });
    expect(await facts(made)).toEqual(['message.received', 'unbooked.upserted']);
    expect((await made.dunning.conversation('robles')).at(-1)).toMatchObject({
      direction: 'in',
      channel: 'portal',
      contact: 'billing',
      text: 'Paid by transfer',
      intent: 'paid',
    });
    await made.dunning.tick({ now: made.clock.now() });
    expect(await all(made.dunning.acts({ kinds: ['task'] }))).toMatchObject([
      { act: { name: 'verify-payment' } },
    ]);
    expect((await made.dunning.opened(made.token)).reported).toEqual(['F-1042']);
  });

  it('reports one payment of several invoices as one', async () => {
    const made = await linked();
    await made.dunning.sync({ invoices: [invoice('F-1043', '02-03')] });
    await made.dunning.answered(made.token, { says: 'paid', key: '1' });
    const told = (await all(made.dunning.history('robles'))).filter(
      ({ type }) => type === 'unbooked.upserted',
    );
    expect(told).toMatchObject([{ data: { unbooked: { invoices: ['F-1042', 'F-1043'] } } }]);
    await made.dunning.tick({ now: made.clock.now() });
    expect(await all(made.dunning.acts({ kinds: ['task'] }))).toHaveLength(1);
    expect((await made.dunning.opened(made.token)).reported).toEqual(['F-1042', 'F-1043']);
  });

  it('said twice at once by two forms of one key is said once', async () => {
    const made = await linked();
    const answer: LinkAnswer = { says: 'promise', key: 'f', date: '2026-02-20' };
    const both = await Promise.all([1, 2, 3].map(() => made.dunning.answered(made.token, answer)));
    expect(both.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await facts(made)).toEqual(['message.received', 'promise.upserted']);
  });

  it('promises a day within bounds, and none that puts a promise off', async () => {
    const made = await linked({ conversation: { promiseDays: 20 } });
    for (const date of ['2026-02-05', '2026-02-27', 'soon', '2026-02-30'])
      await expect(
        made.dunning.answered(made.token, { says: 'promise', key: date, date }),
      ).rejects.toMatchObject({
        problems: [{ path: 'answer.date' }],
      });
    await made.dunning.answered(made.token, { says: 'promise', key: '1', date: '2026-02-20' });
    await expect(
      made.dunning.answered(made.token, { says: 'promise', key: '2', date: '2026-02-25' }),
    ).rejects.toMatchObject({ code: 'impossible_state' });
    await made.dunning.answered(made.token, { says: 'promise', key: '3', date: '2026-02-10' });
    expect((await made.dunning.opened(made.token)).promises).toHaveLength(2);
  });

  it('disputes an amount of one invoice, with a code for a reason', async () => {
    const made = await linked();
    const dispute = { says: 'dispute', key: '1', invoice: 'F-1042' } as const;
    const wrong: [Partial<LinkAnswer>, string][] = [
      [{ amount: { amount: '1.00', currency: 'USD' } }, 'answer.amount'],
      [{ amount: { minor: -1, currency: 'COP' } }, 'answer.amount'],
      [{ amount: { minor: 100_001, currency: 'COP' } }, 'answer.amount'],
      [{ invoice: 'F-1' }, 'answer.invoice'],
      [{ reason: 'I never got it' }, 'answer.reason'],
      [{ text: 'x'.repeat(2_001) }, 'answer.text'],
    ];
    for (const [part, path] of wrong)
      await expect(
        made.dunning.answered(made.token, { ...dispute, ...part } as LinkAnswer),
      ).rejects.toMatchObject({
        problems: [{ path }],
      });
    expect(await facts(made)).toEqual([]);
    await made.dunning.answered(made.token, {
      ...dispute,
      amount: { amount: '200.00', currency: 'COP' },
      reason: 'price',
    });
    expect((await made.dunning.item('robles', 'F-1042')).dunnable).toBe(80_000);
    expect((await made.dunning.opened(made.token)).disputed).toEqual(['F-1042']);
  });

  it('names no more invoices than are open, and no amount above what is', async () => {
    const made = await linked();
    const invoices = Array.from({ length: 100_000 }, (_, index) => `F-${index}`);
    await expect(
      made.dunning.answered(made.token, { says: 'paid', key: '1', invoices }),
    ).rejects.toMatchObject({ problems: [{ path: 'answer.invoices' }] });
    const promise = { says: 'promise', key: '2', date: '2026-02-20', invoices: ['F-1042'] } as const;
    const amount = { amount: '1000.01', currency: 'COP' };
    await expect(made.dunning.answered(made.token, { ...promise, amount })).rejects.toMatchObject({
      problems: [{ path: 'answer.amount' }],
    });
  });

  it('is kept without what no screen shows', async () => {
    const made = await linked();
    await made.dunning.answered(made.token, { says: 'message', key: '1', text: 'Hola\u0000\u001b[31m' });
    expect((await made.dunning.conversation('robles')).at(-1)?.text).toBe('Hola[31m');
  });

  it('asks for a plan, or anything else, of a person', async () => {
    const made = await linked();
    await made.dunning.answered(made.token, { says: 'plan', key: '1' });
    await made.dunning.tick({ now: made.clock.now() });
    expect(await all(made.dunning.acts({ kinds: ['task'] }))).toMatchObject([
      { act: { name: 'answer-reply' } },
    ]);
    expect((await made.dunning.conversation('robles')).at(-1)).toMatchObject({ intent: 'cannot_pay' });
  });

  it('stops all channels in all accounts of the person', async () => {
    const made = await linked();
    await made.dunning.sync({ accounts: [{ ...account, id: 'sur', name: 'Sur SA' }] });
    await made.dunning.answered(made.token, { says: 'stop', key: '1' });
    for (const id of ['robles', 'sur']) {
      const heard = (await all(made.dunning.history(id))).filter(({ type }) => type === 'consent.heard');
      expect(heard.map(({ data }) => data)).toEqual(
        ['email', 'portal', 'whatsapp'].map((channel) =>
          expect.objectContaining({ channel, state: 'withdrawn' }),
        ),
      );
    }
    made.clock.moveTo(at('02-14'));
    await made.dunning.tick({ now: at('02-14') });
    expect([made.whatsapp.sent.length, made.email.sent.length]).toEqual([1, 0]);
  });

  it('has a limit for a day', async () => {
    const made = await linked();
    for (let n = 0; n < 50; n++)
      await made.dunning.answered(made.token, { says: 'acknowledge', key: `${n}` });
    await expect(made.dunning.answered(made.token, { says: 'acknowledge', key: 'x' })).rejects.toMatchObject({
      code: 'impossible_state',
    });
  });
});

describe('one click of a mail program', () => {
  const links = { key, unsubscribe: { url: (token: string) => `https://acme.example/u/${token}` } };
  const post = (url: string, body = 'List-Unsubscribe=One-Click') =>
    new Request(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

  async function mailed() {
    const made = await house({ links });
    await made.dunning.sync({
      accounts: [{ ...account, contacts: account.contacts.map((one) => ({ ...one, phone: undefined })) }],
    } as never);
    const now = at('02-06');
    made.clock.moveTo(now);
    await made.dunning.tick({ now });
    const [mail] = made.email.sent;
    return { ...made, url: mail?.unsubscribe ?? '' };
  }

  it('is offered by friendly mails only, stops the mails at once, and however often', async () => {
    const made = await mailed();
    expect(made.url).toMatch(/^https:\/\/acme\.example\/u\/[\w-]+$/);
    const hook = made.dunning.unsubscribe();
    for (const _ of [1, 2]) expect((await hook(post(made.url))).status).toBe(200);
    const heard = (await all(made.dunning.history('robles'))).filter(({ type }) => type === 'consent.heard');
    expect(heard).toMatchObject([{ data: { channel: 'email', state: 'withdrawn' } }]);
    expect((await made.dunning.conversation('robles')).at(-1)).toMatchObject({
      kind: 'unsubscribe',
      intent: 'stop',
    });
    made.clock.moveTo(at('02-14'));
    await made.dunning.tick({ now: at('02-14') });
    expect(made.email.sent).toHaveLength(1);
    const other = await mailed();
    other.clock.moveTo(at('02-14'));
    await other.dunning.tick({ now: at('02-14') });
    expect(other.email.sent.map((one) => [one.message, one.unsubscribe === undefined])).toEqual([
      ['soft', false],
      ['firm', true],
    ]);
  });

  it('is no click where a scanner follows the link, or says something else', async () => {
    const made = await mailed();
    const hook = made.dunning.unsubscribe();
    const page = await hook(new Request(made.url));
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await page.text()).toContain('<form method="post">');
    expect((await hook(new Request(made.url, { method: 'HEAD' }))).status).toBe(200);
    expect((await hook(new Request(made.url, { method: 'PUT' }))).status).toBe(405);
    for (const body of ['', 'List-Unsubscribe=no', 'x'.repeat(20_000)])
      expect((await hook(post(made.url, body))).status).toBe(400);
    expect((await hook(post('https://acme.example/u/none'))).status).toBe(404);
    const answer = await made.dunning.link({ account: 'robles', contact: 'billing' });
    expect((await hook(post(`https://acme.example/u/${answer}`))).status).toBe(404);
    expect(await types(made)).not.toContain('consent.heard');
    const multipart =
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';
    expect((await hook(post(made.url, multipart))).status).toBe(200);
    expect(await types(made)).toContain('consent.heard');
  });
});

describe('a message', () => {
  it('may name the page of its reader', async () => {
    const message = documents.messages.messages[0];
    if (message === undefined) throw new Error('no message');
    const messages = {
      ...documents.messages,
      messages: [
        {
          ...message,
          text: {
            en: {
              whatsapp: {
                one: 'For {{contact.name}}: {{link}} thanks',
                many: 'For {{contact.name}}: {{link}} thanks',
              },
              email: { subject: 's', body: '{{link}}' },
            },
          },
        },
        ...documents.messages.messages.slice(1),
      ],
    };
    const page = (token: string) => `https://acme.example/s/${token}`;
    const made = await house({ messages, links: { key, page } });
    await reminded(made);
    const [sent] = made.whatsapp.sent;
    const text = sent?.content.kind === 'text' ? sent.content.text : '';
    const token = /\/s\/([\w-]+) thanks/.exec(text)?.[1] ?? '';
    await expect(made.dunning.opened(token)).resolves.toMatchObject({
      contact: { name: 'Inés' },
      purpose: 'answer',
    });
  });

  it('goes out though the address to leave it by cannot be made', async () => {
    for (const url of [
      () => 7 as never,
      () => {
        throw new Error('no');
      },
    ]) {
      const made = await house({ links: { key, unsubscribe: { url, on: ['friendly'] } } });
      made.whatsapp.answer({ outcome: 'refused', scope: 'recipient', code: 'x' });
      made.clock.moveTo(at('02-06'));
      await made.dunning.tick({ now: at('02-06') });
      expect(made.email.sent.map((one) => one.unsubscribe)).toEqual([undefined]);
    }
  });
});
