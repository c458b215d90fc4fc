import nodemailer from 'nodemailer';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { mostBytes } from '../../src/channels/attachment.js';
import type { Attachment } from '../../src/channels/channel.js';
import { email as emailChannel } from '../../src/channels/email/index.js';
import type { DocumentPort, DocumentRequest, DunningOptions } from '../../src/dunning/index.js';
import { type Act, contentOf } from '../../src/engine/acts.js';
import { isRecobroError } from '../../src/errors.js';
import type { Documents, SendAction } from '../../src/policy/types.js';
import { documentContract } from '../../src/testing/document-contract.js';
import { type CaughtMail, startSmtpCatcher } from '../../src/testing/smtp-catcher.js';
import { account, all, at, documents, invoice, payment, type World, world } from '../support/world.js';

/** The ladder of the world, its first stage with more to it. */
function laddered(
  send: Partial<SendAction>,
  via: readonly string[] = ['email'],
): Pick<Documents, 'policies'> {
  const [ladder] = documents.policies;
  const [soft, firm] = ladder!.stages;
  const policy = {
    ...ladder!,
    via: via.map((channel) => ({ channel })),
    stages: [{ ...soft!, do: [{ send: 'soft', ...send }] }, firm!],
  };
  return { policies: [policy] };
}

const pdf: Attachment = {
  name: 'F-1.pdf',
  type: 'application/pdf',
  content: Uint8Array.from([37, 80, 68, 70, 13, 10, 0, 255, 46, 13, 10]),
};

/** A port that keeps what it is asked and answers in turn; afterwards always the last. */
function port(...answers: (() => unknown)[]): DocumentPort & { readonly asked: DocumentRequest[] } {
  const asked: DocumentRequest[] = [];
  return {
    asked,
    load: async (request) => {
      asked.push(request);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      // What a host answers without types.
      return answer?.() as Attachment | undefined;
    },
  };
}

const [ines] = account.contacts;
const rosa = { id: 'rosa', role: 'manager', name: 'Rosa', email: 'rosa@robles.example' };

async function started(
  send: Partial<SendAction>,
  more: Partial<DunningOptions> = {},
  contacts: readonly object[] = [ines!, rosa],
  via?: readonly string[],
): Promise<World> {
  const made = world({ ...laddered(send, via), ...more });
  await made.dunning.sync({
    accounts: [{ ...account, contacts: contacts as typeof account.contacts }],
    invoices: [invoice('F-1', '02-03')],
  });
  return made;
}

const day = at('02-06');

describe('copies', () => {
  it('go to everybody of the roles who can be reached there, once', async () => {
    const withdrawn = { email: { state: 'withdrawn', at: '2026-01-05T10:00:00-05:00' } };
    const { dunning, email } = await started({ copy: ['manager', 'legal', 'nobody'] }, {}, [
      ines!,
      rosa,
      { id: 'luis', role: 'legal', name: 'Luis', email: 'LUIS@robles.example' },
      { id: 'luis2', role: 'manager', name: 'Luis', email: 'luis@robles.example' },
      { id: 'ines2', role: 'legal', name: 'Inés', email: 'Ines@robles.example' },
      { id: 'silent', role: 'manager', name: 'Ana', email: 'ana@robles.example', consent: withdrawn },
      { id: 'phone', role: 'manager', name: 'Eva', phone: '+573001112299' },
      { id: 'other', role: 'owner', name: 'Otto', email: 'otto@robles.example' },
    ]);
    await dunning.tick({ now: day });
    expect(email.sent).toMatchObject([
      {
        to: 'ines@robles.example',
        copies: [
          { name: 'Rosa', address: 'rosa@robles.example' },
          { name: 'Luis', address: 'luis@robles.example' },
        ],
      },
    ]);
  });

  it('respect consent where the plan asks for it', async () => {
    const granted = { email: 'granted' as const };
    const plan = { ...documents.plan, contact: { consent: { email: 'required' as const } } };
    const contacts = [
      { ...ines!, consent: granted },
      rosa,
      { ...rosa, id: 'luis', email: 'l@robles.example', consent: granted },
    ];
    const { dunning, email } = await started({ copy: ['manager'] }, { plan }, contacts);
    await dunning.tick({ now: day });
    expect(email.sent[0]?.copies).toEqual([{ name: 'Rosa', address: 'l@robles.example' }]);
  });

  it('and recipients are named without what turns a direction round or is not seen', async () => {
    const turned = (name: string) => `\u202e${name}\u202c\u200b`;
    const { dunning, email } = await started({ copy: ['manager'] }, {}, [
      { ...ines!, name: turned('moc.live@senI') },
      { ...rosa, name: turned('asoR') },
    ]);
    await dunning.tick({ now: day });
    expect(email.sent[0]).toMatchObject({ toName: 'moc.live@senI', copies: [{ name: 'asoR' }] });
  });

  it('do not go to addresses that a provider refused for good', async () => {
    const { dunning, email } = await started({ copy: ['billing'], to: 'manager' });
    email.answer({ outcome: 'refused', scope: 'recipient', code: 'smtp:550-5.1.1', addressUnusable: true });
    const run = await dunning.tick({ now: day });
    expect(run.failed).toHaveLength(1);
    // The next place is Inés herself; nothing is left to copy to.
    expect(email.sent.map(({ to, copies }) => [to, copies?.length])).toEqual([
      ['rosa@robles.example', 1],
      ['ines@robles.example', undefined],
    ]);
    const other = await started({ copy: ['manager'] });
    other.email.answer({ outcome: 'refused', scope: 'recipient', code: 'x', addressUnusable: true });
    await other.dunning.tick({ now: day });
    expect(other.email.sent.map(({ to, copies }) => [to, copies?.length])).toEqual([
      ['ines@robles.example', 1],
      ['rosa@robles.example', undefined],
    ]);
  });

  it('go to a branch’s own people before those of the head office', async () => {
    const made = world(laddered({ copy: ['manager', 'legal'] }));
    const local = {
      id: 'norte',
      name: 'Norte',
      contacts: [{ ...ines!, id: 'n1', email: 'n1@robles.example' }],
    };
    const leo = { id: 'leo', role: 'manager', name: 'Leo', email: 'leo@robles.example' };
    const lia = { id: 'lia', role: 'legal', name: 'Lia', email: 'lia@robles.example' };
    await made.dunning.sync({
      accounts: [
        {
          ...account,
          contacts: [ines!, rosa, lia],
          branches: [{ ...local, contacts: [...local.contacts, leo] }],
        },
      ],
      invoices: [{ ...invoice('F-1', '02-03'), branch: 'norte' }],
    });
    await made.dunning.tick({ now: day });
    expect(made.email.sent[0]).toMatchObject({
      to: 'n1@robles.example',
      copies: [{ address: 'leo@robles.example' }, { address: 'lia@robles.example' }],
    });
  });

  it('are left out where the channel carries none', async () => {
    const boss = { ...rosa, phone: '+573001112299', consent: { whatsapp: 'granted' as const } };
    const { dunning, whatsapp } = await started({ copy: ['manager'] }, {}, [ines!, boss], ['whatsapp']);
    await dunning.tick({ now: day });
    expect(whatsapp.sent).toHaveLength(1);
    expect(whatsapp.sent[0]).not.toHaveProperty('copies');
  });

  it('are made at dispatch: a corrected address is used at once', async () => {
    const { dunning, email } = await started({ copy: ['manager'] });
    await dunning.review({ now: day });
    await dunning.sync({
      accounts: [{ ...account, contacts: [ines!, { ...rosa, email: 'new@robles.example' }] }],
    });
    await dunning.dispatch({ now: day });
    expect(email.sent[0]?.copies).toEqual([{ name: 'Rosa', address: 'new@robles.example' }]);
  });

  it('are no contact of their own', async () => {
    const plan = {
      ...documents.plan,
      contact: { gap: 'none', caps: [{ max: 1, per: '30d', of: 'contact' as const }] },
    };
    const { policies } = laddered({ copy: ['manager'] });
    const [ladder] = policies;
    const [soft, firm] = ladder!.stages;
    const stages = [soft!, { ...firm!, do: [{ send: 'firm', to: 'manager' }] }];
    const { dunning, email } = await started({}, { plan, policies: [{ ...ladder!, stages }] });
    await dunning.tick({ now: day });
    await dunning.tick({ now: at('02-13') });
    expect(email.sent.map(({ to, message }) => [to, message])).toEqual([
      ['ines@robles.example', 'soft'],
      ['rosa@robles.example', 'firm'],
    ]);
  });
});

const director = {
  name: 'Dirección Acme',
  phone: '+57 601 555 0199',
  from: 'Ana Ruiz <direccion@acme.example>',
  replyTo: 'ana.ruiz@acme.example',
};

describe('senders', () => {
  const messages = {
    ...documents.messages,
    messages: documents.messages.messages.map((one) =>
      one.id === 'soft'
        ? {
            ...one,
            text: {
              en: { email: { subject: 'from {{sender.name}}', body: 'Pay {{amount}}, call {{ask}}.' } },
            },
          }
        : one,
    ),
  };

  it('stand in the text, and in the mail where they say so', async () => {
    const { dunning, email } = await started({ from: 'director' }, { messages, senders: { director } });
    await dunning.tick({ now: day });
    await dunning.tick({ now: at('02-13') });
    const [first, second] = email.sent;
    expect(first).toMatchObject({
      from: { name: 'Ana Ruiz', address: 'direccion@acme.example' },
      replyTo: { name: '', address: 'ana.ruiz@acme.example' },
      content: { subject: 'from Dirección Acme', text: expect.stringContaining('555 0199') },
    });
    expect(second).not.toHaveProperty('from');
    expect(second).not.toHaveProperty('replyTo');
  });

  it('leave the mail’s own sender where they name none', async () => {
    const { from: _, replyTo: __, ...plain } = director;
    const { dunning, email } = await started(
      { from: 'director' },
      { messages, senders: { director: plain } },
    );
    await dunning.tick({ now: day });
    expect(email.sent[0]).toMatchObject({ content: { subject: 'from Dirección Acme' } });
    expect(email.sent[0]).not.toHaveProperty('from');
  });
});

function problemsOf(options: Partial<DunningOptions>): string[] {
  try {
    world(options);
  } catch (error) {
    if (!isRecobroError(error, 'invalid_option')) throw error;
    return error.problems.map(({ path, code }) => `${path} ${code}`);
  }
  return [];
}

describe('what policies ask for must be there', () => {
  const asking = laddered({ from: 'director', attach: ['invoice'] });
  const [ladder] = documents.policies;
  const thanks = { policies: [{ ...ladder!, on: { paid: [{ send: 'thanks', from: 'toString' }] } }] };
  const documentPort = port(() => pdf);

  it.each<[string, Partial<DunningOptions>, string[]]>([
    ['all of it', { ...asking, senders: { director }, documents: documentPort }, []],
    [
      'nothing of it',
      asking,
      [
        'policies[0].stages[0].do[0].from unknown_sender',
        'policies[0].stages[0].do[0].attach missing_documents',
      ],
    ],
    ['a name of every object', { ...thanks, senders: {} }, ['policies[0].on.paid[0].from unknown_sender']],
    [
      'a sender that nobody could answer',
      { senders: { a: { name: '' }, b: director } },
      ['senders.a.name empty', 'senders.a.phone no_contact'],
    ],
    [
      'addresses that end a header',
      { senders: { a: { ...director, from: 'a@b.example\r\nBcc: c@d.example', replyTo: 'nobody' } } },
      ['senders.a.from invalid_address', 'senders.a.replyTo invalid_address'],
    ],
    [
      'a key that does not exist',
      { senders: { a: { ...director, ...{ mail: 'x' } } } },
      ['senders.a.mail unknown_key'],
    ],
    ['no object of senders', { senders: JSON.parse('[1]') as never }, ['senders invalid_type']],
    ['a sender that is none', { senders: JSON.parse('{"a":null}') as never }, ['senders.a missing']],
    ['a port without load', { documents: JSON.parse('{}') as never }, ['documents invalid_type']],
    [
      'a port that is too patient',
      { documents: { ...documentPort, timeout: 30_001 } },
      ['documents.timeout out_of_range'],
    ],
    [
      'a port without patience',
      { documents: { ...documentPort, timeout: 0 } },
      ['documents.timeout out_of_range'],
    ],
  ])('%s', (_, options, expected) => expect(problemsOf(options)).toEqual(expected));

  it('also for another tenant', () => {
    const { dunning } = world({ ...asking, senders: { director }, documents: documentPort });
    expect(() => dunning.for('other', { senders: {} })).toThrow(/director/);
    expect(() => dunning.for('other')).not.toThrow();
  });
});

describe('documents', () => {
  it('go along, asked for by name with what the message lists', async () => {
    const found = port(
      () => pdf,
      () => [
        { ...pdf, name: 'a.pdf' },
        { ...pdf, name: 'b.pdf' },
      ],
    );
    const { dunning, email } = await started({ attach: ['invoice', 'statement'] }, { documents: found });
    await dunning.tick({ now: day });
    expect(found.asked).toMatchObject([
      {
        tenant: 'default',
        account: 'robles',
        act: 'robles/ladder/F-1#1/soft.1@billing.0',
        name: 'invoice',
        language: 'en',
        items: [{ item: 'F-1', number: 'F-1', outstanding: 100000, currency: 'COP' }],
      },
      { name: 'statement' },
    ]);
    expect(email.sent[0]?.attachments?.map(({ name }) => name)).toEqual(['F-1.pdf', 'a.pdf', 'b.pdf']);
    expect(email.sent[0]?.attachments?.[0]?.content).toEqual(pdf.content);
    await dunning.tick({ now: at('02-13') });
    expect(found.asked).toHaveLength(2);
    expect(email.sent[1]).not.toHaveProperty('attachments');
  });

  it.each<[string, () => unknown, string]>([
    ['is missing', () => undefined, 'recobro:missing_document'],
    ['is an empty list', () => [], 'recobro:missing_document'],
    ['is null', () => null, 'recobro:missing_document'],
    ['is a path', () => '/srv/invoice.pdf', 'recobro:unusable_document'],
    ['has no bytes', () => ({ ...pdf, content: new Uint8Array() }), 'recobro:unusable_document'],
    ['has a text for bytes', () => ({ ...pdf, content: 'abc' }), 'recobro:unusable_document'],
    ['has a path for a name', () => ({ ...pdf, name: '../F-1.pdf' }), 'recobro:unusable_document'],
    ['has two lines of name', () => ({ ...pdf, name: 'a\r\nb: c' }), 'recobro:unusable_document'],
    ['has no type', () => ({ ...pdf, type: 'pdf' }), 'recobro:unusable_document'],
    [
      'is too large',
      () => ({ ...pdf, content: new Uint8Array(mostBytes + 1) }),
      'recobro:document_too_large',
    ],
    ['is many files', () => Array.from({ length: 21 }, () => pdf), 'recobro:document_too_large'],
  ])('fails visibly where it %s', async (_, answer, code) => {
    const { dunning, email } = await started({ attach: ['invoice'] }, { documents: port(answer) }, [ines!]);
    const run = await dunning.tick({ now: day });
    expect(email.sent).toEqual([]);
    expect(run.failed).toMatchObject([{ code, reason: expect.stringContaining('document') }]);
    expect(run.tasks).toMatchObject([{ code: 'fix-message' }]);
    const [refused] = await all(dunning.acts({ states: ['refused'] }));
    expect(refused).toMatchObject({ attempts: 0, result: { code, scope: 'message' } });
  });

  it('takes as much as a message may have', async () => {
    const files = Array.from({ length: 20 }, () => ({ ...pdf, content: new Uint8Array(mostBytes / 20) }));
    const { dunning, email } = await started({ attach: ['invoice'] }, { documents: port(() => files) });
    await dunning.tick({ now: day });
    expect(email.sent[0]?.attachments).toHaveLength(20);
  });

  it('that is missing sends the message the next way, which carries none and is not asked for any', async () => {
    const missing = port(() => undefined);
    const made = await started(
      { attach: ['invoice'] },
      { documents: missing },
      [ines!],
      ['email', 'whatsapp'],
    );
    const run = await made.dunning.tick({ now: day });
    expect(run.failed).toMatchObject([{ code: 'recobro:missing_document' }]);
    expect(run.sent).toMatchObject([{ channel: 'whatsapp' }]);
    expect(made.whatsapp.sent[0]).not.toHaveProperty('attachments');
    expect([missing.asked.length, made.email.sent.length]).toEqual([1, 0]);
  });

  it.each<[string, Partial<DocumentPort>]>([
    ['throws', { load: () => Promise.reject(new Error('the disk at +573001112233 is gone')) }],
    [
      'throws at once',
      {
        load: () => {
          throw new TypeError('no');
        },
      },
    ],
    ['never answers', { load: () => new Promise(() => undefined), timeout: 1 }],
  ])(
    'that %s is tried again: nothing was sent',
    async (_, broken) => {
      let works = false;
      const errors: unknown[] = [];
      const nothing = (): void => undefined;
      const logger = {
        debug: nothing,
        info: nothing,
        warn: nothing,
        error: (...told: unknown[]) => errors.push(told),
      };
      const load: DocumentPort['load'] = async (request) =>
        works ? pdf : ((await broken.load?.(request)) ?? undefined);
      const { dunning, email } = await started(
        { attach: ['invoice'] },
        { documents: { ...broken, load }, logger },
      );
      const run = await dunning.tick({ now: day });
      expect(run.failed).toMatchObject([{ code: 'recobro:document_unavailable', next: day + 60_000 }]);
      expect(email.sent).toEqual([]);
      expect(JSON.stringify(errors)).not.toContain('+57300');
      expect(errors).toHaveLength(1);
      expect(await all(dunning.acts())).toMatchObject([{ state: 'ready', attempts: 1 }]);
      works = true;
      expect((await dunning.tick({ now: day + 59_999 })).sent).toEqual([]);
      expect((await dunning.tick({ now: day + 60_000 })).sent).toHaveLength(1);
      expect(email.sent).toMatchObject([
        { key: 'robles/ladder/F-1#1/soft.1@billing.0', attachments: [{ name: 'F-1.pdf' }] },
      ]);
      expect(await all(dunning.acts())).toMatchObject([{ state: 'accepted', attempts: 2 }]);
    },
    10_000,
  );

  it('that never comes is given up after the last wait, and a person is told', async () => {
    const gone = port(() => {
      throw new Error('gone');
    });
    const plan = { ...documents.plan, contact: {} };
    const made = await started({ attach: ['invoice'] }, { documents: gone, plan }, [ines!]);
    const codes: (string | undefined)[] = [];
    let tasks = 0;
    for (let hours = 0; hours < 72; hours += 6) {
      const now = at('02-06') + hours * 3_600_000;
      for (const minutes of [0, 1, 6, 21, 81]) {
        const run = await made.dunning.tick({ now: now + minutes * 60_000 });
        codes.push(...run.failed.map(({ code }) => code));
        tasks += run.tasks.filter(({ code }) => code === 'fix-message').length;
      }
    }
    expect(new Set(codes)).toEqual(new Set(['recobro:document_unavailable']));
    expect(gone.asked).toHaveLength(7);
    expect(tasks).toBe(1);
    expect(made.email.sent).toEqual([]);
  });

  it('does not matter any more where the message is not right any more', async () => {
    const { dunning, email } = await started({ attach: ['invoice'] }, { documents: port(() => undefined) });
    await dunning.review({ now: day });
    await dunning.sync({ payments: [payment('P-1', 'F-1', '02-05')] });
    expect(await dunning.dispatch({ now: day })).toMatchObject([{ outcome: 'skipped', code: 'settled' }]);
    expect(email.sent).toEqual([]);
    expect(await all(dunning.acts({ states: ['open'] }))).toEqual([]);
  });

  it('is asked for before the check: a payment booked while it loads stops the message', async () => {
    const slow: DocumentPort = {
      load: async () => {
        await made.dunning.sync({ payments: [payment('P-1', 'F-1', '02-05')] });
        return pdf;
      },
    };
    const made: World = await started({ attach: ['invoice'] }, { documents: slow });
    const run = await made.dunning.tick({ now: day });
    expect(made.email.sent.map(({ message }) => message)).toEqual(['thanks']);
    expect(run.skipped).toMatchObject([{ code: 'settled' }]);
  });
});

describe('on a real mail server', () => {
  it('copies, sender and file arrive as meant', async () => {
    const mails: CaughtMail[] = [];
    await using catcher = await startSmtpCatcher({ onMessage: (mail) => void mails.push(mail) });
    const transport = nodemailer.createTransport(catcher.url);
    const channel = emailChannel({ transport, from: 'Acme <cobranza@acme.example>' });
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7919) % 256);
    const { dunning } = await started(
      { copy: ['manager'], from: 'director', attach: ['invoice'] },
      {
        channels: [channel],
        senders: { director },
        documents: port(() => ({ ...pdf, name: 'Factura Nº 1.pdf', content: bytes })),
      },
    );
    expect((await dunning.tick({ now: day })).sent).toHaveLength(1);
    transport.close();
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      from: 'direccion@acme.example',
      to: ['ines@robles.example', 'rosa@robles.example'],
    });
    const mail = await PostalMime.parse(mails[0]?.raw ?? '');
    expect(mail.from).toEqual({ name: 'Ana Ruiz', address: 'direccion@acme.example' });
    expect(mail.replyTo).toEqual([{ name: '', address: 'ana.ruiz@acme.example' }]);
    expect(mail.to).toEqual([{ name: 'Inés', address: 'ines@robles.example' }]);
    expect(mail.cc).toEqual([{ name: 'Rosa', address: 'rosa@robles.example' }]);
    expect(mail.attachments).toMatchObject([{ filename: 'Factura Nº 1.pdf', mimeType: 'application/pdf' }]);
    const content = mail.attachments[0]?.content;
    expect(content instanceof ArrayBuffer ? Buffer.compare(Buffer.from(content), bytes) : -1).toBe(0);
    expect(mail.text).toContain('please pay');
  });

  it.each([
    ['the copy is refused', 'rosa@robles.example', '550 5.1.1 No such user', 'accepted'],
    ['the copy is put off', 'rosa@robles.example', '450 4.7.1 Greylisted', 'accepted'],
    ['the recipient is refused', 'ines@robles.example', '550 5.1.1 No such user', 'refused'],
  ])('%s', async (_, whom, reply, state) => {
    await using catcher = await startSmtpCatcher({
      refuse: (recipient) => (recipient === whom ? reply : undefined),
    });
    const transport = nodemailer.createTransport(catcher.url);
    const channel = emailChannel({ transport, from: 'cobranza@acme.example' });
    const { dunning } = await started({ copy: ['manager'] }, { channels: [channel] });
    await dunning.review({ now: day });
    await dunning.dispatch({ now: day });
    transport.close();
    const [first] = await all(dunning.acts());
    expect(first?.state).toBe(state);
  });

  it('what is said of the recipient counts, whatever is said of copies', async () => {
    await using catcher = await startSmtpCatcher({
      refuse: (recipient) =>
        recipient === 'rosa@robles.example' ? '450 4.7.1 Greylisted' : '550 5.1.1 No such user',
    });
    const transport = nodemailer.createTransport(catcher.url);
    const channel = emailChannel({ transport, from: 'cobranza@acme.example' });
    const { dunning } = await started({ copy: ['manager'] }, { channels: [channel] });
    await dunning.review({ now: day });
    expect(await dunning.dispatch({ now: day })).toMatchObject([
      { outcome: 'refused', code: 'smtp:550-5.1.1' },
    ]);
    transport.close();
  });
});

describe('what an act says', () => {
  it('includes who gets a copy, who writes and what is attached', async () => {
    const { dunning } = await started({});
    await dunning.review({ now: day });
    const [record] = await all(dunning.acts());
    const act: Act = record!.act;
    const others: Partial<Act>[] = [{ copy: ['manager'] }, { from: 'director' }, { attach: ['invoice'] }];
    const said = [act, ...others.map((more) => ({ ...act, ...more }))].map(contentOf);
    expect(new Set(said).size).toBe(4);
    expect(contentOf({ ...act, copy: undefined })).toBe(said[0]);
  });
});

describe('the contract of document ports', () => {
  const request = {
    tenant: 'default',
    account: 'robles',
    act: 'a',
    name: 'invoice',
    items: [],
    language: 'en',
  };
  const suite = (one: DocumentPort) => documentContract(() => ({ port: one, request }));
  const failures = async (one: DocumentPort): Promise<string[]> => {
    const failed: string[] = [];
    for (const { name, run } of suite(one)) await run().catch(() => failed.push(name));
    return failed;
  };
  const only = (found: unknown): DocumentPort => port(() => found) satisfies DocumentPort;

  it('is kept by an honest port', async () => {
    const load: DocumentPort['load'] = async ({ name }) => (name === 'invoice' ? pdf : undefined);
    expect(await failures({ load })).toEqual([]);
  });

  it.each<[string, DocumentPort, number]>([
    ['has everything', only(pdf), 1],
    ['has nothing', only(undefined), 2],
    ['has what cannot be attached', only({ ...pdf, name: 'a/b' }), 3],
    ['has too much', only(Array.from({ length: 21 }, () => pdf)), 3],
  ])('catches one that %s', async (_, one, expected) => {
    expect(await failures(one)).toHaveLength(expected);
  });
});
