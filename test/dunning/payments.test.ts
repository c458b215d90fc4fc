import { describe, expect, it } from 'vitest';
import { derivedTemplates, whatsapp } from '../../src/channels/whatsapp/index.js';
import type { DunningOptions, PaymentPort, PaymentRequest } from '../../src/dunning/index.js';
import { isRecobroError } from '../../src/errors.js';
import type { Messages } from '../../src/policy/types.js';
import { startFakeWhatsapp } from '../../src/testing/fake-whatsapp.js';
import { paymentContract } from '../../src/testing/payment-contract.js';
import { recordingChannel } from '../../src/testing/recording-channel.js';
import { account, all, at, documents, invoice, payment, type World, world } from '../support/world.js';

const day = at('02-06');
const url = 'https://pay.acme.example/x?a=1&b=2';

const text = {
  en: {
    email: {
      subject: 'soft {{amount}}',
      body: 'Dear {{contact.name}}:\n\n{{pay}}\n\n[Pay]({{payment.link}})',
    },
    whatsapp: 'Hello {{contact.name}}, pay: {{pay}} thanks',
  },
};
const messages: Messages = {
  ...documents.messages,
  messages: documents.messages.messages.map((one) => (one.id === 'soft' ? { ...one, text } : one)),
};
const plain: Messages = {
  ...messages,
  messages: messages.messages.map((one) =>
    one.id === 'soft' ? { ...one, text: { en: { email: { subject: 'soft', body: 'Pay: {{pay}}' } } } } : one,
  ),
};

/** A port that keeps what it is asked and answers in turn; afterwards always the last. */
function port(...answers: (() => unknown)[]): PaymentPort & { readonly asked: PaymentRequest[] } {
  const asked: PaymentRequest[] = [];
  return {
    asked,
    load: async (request) => {
      asked.push(request);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      // What a host answers without types.
      return answer?.() as string | undefined;
    },
  };
}

async function started(
  payments: PaymentPort,
  via: readonly string[] = ['email'],
  more: Partial<DunningOptions> = {},
): Promise<World> {
  const [ladder] = documents.policies;
  const policies = [{ ...ladder!, via: via.map((channel) => ({ channel })) }];
  const made = world({ policies, messages, payments, ...more });
  await made.dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
  return made;
}

function mail({ email }: World): { text: string; html: string } {
  const content = email.sent.at(-1)?.content;
  return content?.kind === 'email' ? content : expect.unreachable();
}

describe('the payment port', () => {
  it('makes the link of a message, asked with what is to be paid, and escaped where it is shown', async () => {
    const payments = port(() => url);
    const made = await started(payments);
    await made.dunning.tick({ now: day });
    expect(payments.asked).toMatchObject([
      {
        tenant: 'default',
        account: 'robles',
        key: expect.stringMatching(/^[0-9a-f]{32}$/),
        form: 'invoice',
        items: [{ item: 'F-1', invoice: 'F-1', number: 'F-1', currency: 'COP', amount: 100000 }],
        totals: [{ minor: 100000, currency: 'COP' }],
        fees: [],
      },
    ]);
    expect(mail(made).text).toContain(`\n\n${url}\n\nPay (${url})`);
    const { html } = mail(made);
    expect(html.match(/href="https:\/\/pay\.acme\.example\/x\?a=1&amp;b=2"/g)).toHaveLength(2);
  });

  it('gives WhatsApp the whole advice in the text, and the link alone for its buttons', async () => {
    const methods = { cash: 'OXXO 12', bank: 'CLABE 0121', PSE: 'https://pse.example' };
    const made = await started(
      port(() => ({ url, methods })),
      ['whatsapp'],
    );
    await made.dunning.tick({ now: day });
    const content = made.whatsapp.sent[0]?.content;
    const pay = `${url} · Cash: OXXO 12 · Bank transfer: CLABE 0121 · PSE: https://pse.example`;
    expect(content).toMatchObject({
      text: `Hello Inés, pay: ${pay} thanks`,
      variables: { pay, 'payment.link': url },
      parameters: [{ name: 'contact.name' }, { name: 'pay', value: pay }],
    });
  });

  it('lists ways to pay in the order in which they are given, below the button', async () => {
    const methods = { cash: 'OXXO 12', bank: 'CLABE <0121>' };
    const made = await started(port(() => ({ url, methods })));
    await made.dunning.tick({ now: day });
    expect(mail(made).text).toContain(`\n\n${url}\nCash: OXXO 12\nBank transfer: CLABE <0121>\n\n`);
    expect(mail(made).html).toMatch(
      />Pay online<[\s\S]*Cash: OXXO 12<br>\nBank transfer: CLABE &lt;0121&gt;/,
    );
    const alone = await started(
      port(() => ({ methods })),
      ['email'],
      { messages: plain },
    );
    await alone.dunning.tick({ now: day });
    expect(mail(alone).text).toBe('Pay: Cash: OXXO 12; Bank transfer: CLABE <0121>\n');
  });

  it('is asked once for a balance: the next channel and the next attempt say the same', async () => {
    let count = 0;
    const payments = port(() => `https://pay.acme.example/${++count}`);
    const made = await started(payments, ['whatsapp', 'email']);
    made.whatsapp.answer({ outcome: 'retry', scope: 'message', code: 'busy' });
    await made.dunning.tick({ now: day });
    made.whatsapp.answer({ outcome: 'refused', scope: 'recipient', code: 'gone' });
    await made.dunning.tick({ now: day + 60_000 });
    expect([made.whatsapp.sent.length, made.email.sent.length, payments.asked.length]).toEqual([2, 1, 1]);
    expect(mail(made).text).toContain('https://pay.acme.example/1\n');
  });

  it('is asked anew with the same key after an hour, and with another once the balance changed', async () => {
    const payments = port(() => url);
    const firm = { ...plain.messages.find(({ id }) => id === 'soft')!, id: 'firm' };
    const both = { ...plain, messages: plain.messages.map((one) => (one.id === 'firm' ? firm : one)) };
    const start = (): Promise<World> => started(payments, ['email'], { messages: both });
    const same = await start();
    await same.dunning.tick({ now: day });
    same.clock.advance(3_600_000);
    await same.dunning.tick({ now: at('02-13') });
    const other = await start();
    await other.dunning.sync({ payments: [payment('P-1', 'F-1', '02-05', '400.00')] });
    await other.dunning.tick({ now: day });
    expect(payments.asked.map(({ totals }) => totals[0]?.minor)).toEqual([100_000, 100_000, 60_000]);
    const [first, again, changed] = payments.asked.map(({ key }) => key);
    expect(again).toBe(first);
    expect(changed).not.toBe(first);
  });

  it.each<[string, () => unknown]>([
    ['http', () => 'http://pay.acme.example/1'],
    ['a script', () => 'javascript:alert(1)'],
    ['no address', () => 'pay here'],
    ['an address with a line break', () => `${url}\r\nBcc: a@b.example`],
    ['a long address', () => `${url}${'x'.repeat(160)}`],
    ['a number', () => 7],
    ['a list', () => [url]],
    ['nothing in an object', () => ({})],
    ['a way to pay that is empty', () => ({ url, methods: { bank: ' ' } })],
    ['ways to pay whose order is lost', () => ({ url, methods: { bank: 'x', 1: 'y' } })],
    ['a link that is bad beside ways that are good', () => ({ url: 'x', methods: { bank: 'x' } })],
  ])('keeps a message back where it answers %s', async (_, answer) => {
    const made = await started(port(answer));
    const run = await made.dunning.tick({ now: day });
    expect(made.email.sent).toEqual([]);
    expect(run.failed).toMatchObject([
      { code: 'recobro:unusable_payment', reason: expect.stringContaining('payment port') },
    ]);
    expect(run.tasks).toMatchObject([{ code: 'fix-message' }]);
    expect(await all(made.dunning.acts({ states: ['refused'] }))).toMatchObject([{ attempts: 0 }]);
  });

  it('may answer longer addresses where it says so', async () => {
    const long = `${url}${'x'.repeat(400)}`;
    const made = await started({ ...port(() => long), longest: 500 });
    await made.dunning.tick({ now: day });
    expect(mail(made).text).toContain(long);
  });

  it.each<[string, Partial<PaymentPort>]>([
    ['throws', { load: () => Promise.reject(new Error('no answer for +573001112233')) }],
    [
      'throws at once',
      {
        load: () => {
          throw new TypeError('no');
        },
      },
    ],
    ['never answers', { load: () => new Promise(() => undefined), timeout: 1 }],
  ])('that %s holds the message until it can be told: nothing was sent', async (_, broken) => {
    let works = false;
    const told: unknown[] = [];
    const nothing = (): void => undefined;
    const logger = {
      debug: nothing,
      info: nothing,
      warn: nothing,
      error: (...all: unknown[]) => told.push(all),
    };
    const load: PaymentPort['load'] = async (request) => (works ? url : await broken.load?.(request));
    const made = await started({ ...broken, load }, ['email'], { logger });
    const run = await made.dunning.tick({ now: day });
    expect(run.failed).toMatchObject([{ code: 'recobro:payment_unavailable', next: day + 60_000 }]);
    expect(made.email.sent).toEqual([]);
    expect(JSON.stringify(told)).not.toContain('+57300');
    works = true;
    expect((await made.dunning.tick({ now: day + 60_000 })).sent).toHaveLength(1);
    expect(mail(made).text).toContain(url);
  });

  it('lets a message go without what it makes where that is said, with what invoice or sender say', async () => {
    for (const answer of ['http://x.example', undefined]) {
      const load = answer === undefined ? () => Promise.reject(new Error('down')) : async () => answer;
      const made = await started({ load, onFailure: 'without' }, ['email'], { messages: plain });
      await made.dunning.tick({ now: day });
      expect(mail(made).text).toMatch(/^Pay: \S/);
      expect(mail(made).text).not.toContain('x.example');
    }
  });

  it('that makes nothing for this leaves it to invoice and sender, but never a hole', async () => {
    const fine = await started(
      port(() => undefined),
      ['email'],
      { messages: plain },
    );
    await fine.dunning.tick({ now: day });
    expect(mail(fine).text).toMatch(/^Pay: \S/);
    const made = await started(
      port(() => null),
      ['email'],
      { sender: { name: 'A', phone: '+1', pay: 'CLABE 1' } },
    );
    const run = await made.dunning.tick({ now: day });
    expect(run.failed).toMatchObject([{ code: 'recobro:empty_variable' }]);
    expect(made.email.sent).toEqual([]);
  });

  it('is not asked for thanks, and a payment booked while it is asked stops the message', async () => {
    const paying: PaymentPort = {
      load: async () => {
        await made.dunning.sync({ payments: [payment('P-1', 'F-1', '02-05')] });
        return url;
      },
    };
    const made = await started(paying);
    await made.dunning.review({ now: day });
    expect(await made.dunning.dispatch({ now: day })).toMatchObject([
      { outcome: 'skipped', code: 'settled' },
    ]);
    const payments = port(() => url);
    const thanked = await started(payments);
    await thanked.dunning.tick({ now: day });
    await thanked.dunning.sync({ payments: [payment('P-1', 'F-1', '02-07')] });
    const run = await thanked.dunning.tick({ now: at('02-09') });
    expect(run.sent).toHaveLength(1);
    expect(payments.asked).toHaveLength(1);
  });

  it('that has no link for one debtor keeps the button from nobody else', async () => {
    await using meta = await startFakeWhatsapp();
    const buttons = [{ type: 'url', url: 'https://pay.acme.example/', suffix: '{{payment.link}}' }] as const;
    const templates = derivedTemplates({ parts: { soft: { buttons } } });
    const phone = { phoneNumberId: '106540352242922', accessToken: 't', baseUrl: meta.url };
    const { dunning } = world({
      channels: [whatsapp({ ...phone, templates }), recordingChannel('email')],
      dispatch: { parallel: 1 },
      payments: {
        load: async ({ account }) => (account === 'a0' ? undefined : `https://pay.acme.example/${account}`),
      },
    });
    const ids = ['a0', 'a1', 'a2'];
    const [who] = account.contacts;
    const accounts = ids.map((id, n) => ({
      ...account,
      id,
      contacts: [{ ...who!, phone: `+57300111223${n}` }],
    }));
    // The one without a link is worth most, and goes first.
    const invoices = ids.map((id, n) => ({ ...invoice(`F-${n}`, '02-03', `${9 - n}000.00`), account: id }));
    await dunning.sync({ accounts, invoices });
    await dunning.tick({ now: day });
    const acts = (await all(dunning.acts())).map(
      ({ act, state }) => `${act.account} ${act.channel} ${state}`,
    );
    expect(acts.sort()).toEqual([
      'a0 email accepted',
      'a0 whatsapp refused',
      'a1 whatsapp accepted',
      'a2 whatsapp accepted',
    ]);
  });

  it('is asked for a draft too, which says why where it has no way to pay', async () => {
    const id = 'robles/ladder/F-1#1/soft.1@billing.0';
    const payments = port(
      () => 'http://x.example',
      () => url,
    );
    const made = await started(payments);
    await made.dunning.review({ now: day });
    await expect(made.dunning.draft(id, { at: day })).rejects.toMatchObject({
      code: 'payment_failed',
      retryable: true,
    });
    const { message } = await made.dunning.draft(id, { at: day });
    expect(message.content.text).toContain(url);
    await made.dunning.dispatch({ now: day });
    expect([mail(made).text.includes(url), payments.asked.length]).toEqual([true, 2]);
  });

  it.each<[string, object]>([
    ['payments', {}],
    ['payments.timeout', { load: () => undefined, timeout: 30_001 }],
    ['payments.longest', { load: () => undefined, longest: 0 }],
    ['payments.onFailure', { load: () => undefined, onFailure: 'hope' }],
  ])('is refused at once where %s is wrong', (path, given) => {
    try {
      world({ payments: given as PaymentPort });
      expect.unreachable();
    } catch (error) {
      if (!isRecobroError(error, 'invalid_option')) throw error;
      expect(error.problems).toMatchObject([{ path }]);
    }
  });
});

describe('paymentContract', () => {
  const item = { item: 'F-1', invoice: 'F-1', number: 'F-1', currency: 'USD', amount: 1000 };
  const request = {
    tenant: 't',
    account: 'a',
    key: 'k'.repeat(32),
    form: 'invoice' as const,
    items: [item],
    totals: [{ minor: 1000, currency: 'USD' }],
    fees: [],
  };
  const suite = (load: PaymentPort['load']) => paymentContract(() => ({ port: { load }, request }));
  const fine: PaymentPort['load'] = async ({ key }) => `https://pay.acme.example/${key}`;

  for (const { name, run } of suite(fine)) it(name, run);

  it.each<[string, PaymentPort['load'], string]>([
    ['http', async () => 'http://x.example', 'https address'],
    ['nothing', async () => undefined, 'there must be a way'],
    [
      'a new link each time',
      async () => `https://x.example/${Math.floor(Math.random() * 1e9)}`,
      'the same key',
    ],
    ['one link for all', async () => 'https://x.example/', 'one sum'],
    [
      'a changed request',
      async (asked) => {
        Object.assign(asked.items[0] ?? {}, { amount: 1 });
        return fine(asked);
      },
      'after loading',
    ],
  ])('catches %s', async (_, load, message) => {
    const told: string[] = [];
    for (const { run } of suite(load)) await run().catch((error: Error) => told.push(error.message));
    expect(told.join('\n')).toContain(message);
  });
});
