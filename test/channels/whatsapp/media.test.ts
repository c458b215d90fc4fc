import { createServer } from 'node:http';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Attachment } from '../../../src/channels/channel.js';
import type { HttpTransport } from '../../../src/channels/http.js';
import {
  type WhatsappOptions,
  type WhatsappTemplate,
  whatsapp,
} from '../../../src/channels/whatsapp/index.js';
import { portOf } from '../../../src/testing/fake-provider.js';
import { signWhatsappWebhook } from '../../../src/testing/sign-webhooks.js';
import { fixture } from '../fixtures.js';
import { now, textMessage } from '../message.js';

const valid = new Ajv2020({ strict: false }).compile(Object(fixture('whatsapp-send.schema.json')));
const withDocument: WhatsappTemplate = {
  name: 'firme',
  language: 'es_MX',
  parameters: ['name'],
  header: { type: 'document' },
};
const linked = {
  ...withDocument,
  header: { type: 'document', link: 'https://acme.example/{{number}}.pdf' },
} as const;
const bare: WhatsappTemplate = { name: 'suave', language: 'es_MX', parameters: ['name'] };
const options: WhatsappOptions = {
  phoneNumberId: '106540352242922',
  accessToken: 'token-secret',
  templates: { firm: { es: withDocument }, soft: { es: bare } },
};
/** Bytes that no text has. */
const content = Uint8Array.from([37, 80, 68, 70, ...Array(256).keys(), 13, 10, 45, 45]);
const file: Attachment = { name: 'Factura Nº 1.pdf', type: 'application/pdf', content };
const day = 86_400_000;

const server = setupServer();

/** Meta as it takes media and messages. */
function meta(answers: { readonly media?: () => Response; readonly messages?: () => Response } = {}) {
  const uploads: { product: unknown; type: unknown; bytes: number[]; auth: string | null }[] = [];
  const sent: unknown[] = [];
  server.use(
    http.post('https://graph.facebook.com/v25.0/106540352242922/media', async ({ request }) => {
      const form = await request.formData();
      const part = form.get('file');
      const bytes = part instanceof Blob ? [...new Uint8Array(await part.arrayBuffer())] : [];
      const auth = request.headers.get('authorization');
      uploads.push({ product: form.get('messaging_product'), type: form.get('type'), bytes, auth });
      return answers.media?.() ?? HttpResponse.json({ id: `media-${uploads.length}` });
    }),
    http.post('https://graph.facebook.com/v25.0/106540352242922/messages', async ({ request }) => {
      const body: unknown = await request.json();
      expect(valid(body), JSON.stringify(valid.errors)).toBe(true);
      sent.push(body);
      return answers.messages?.() ?? HttpResponse.json({ messages: [{ id: 'wamid.A' }] });
    }),
  );
  return { uploads, sent };
}

const header = (document: object) => ({
  template: {
    components: [{ type: 'header', parameters: [{ type: 'document', document }] }, { type: 'body' }],
  },
});

describe('documents', () => {
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  it('are carried only where a template has a place for them', () => {
    expect(whatsapp(options).carries).toEqual(['attachments']);
    expect(whatsapp({ ...options, templates: { soft: { es: bare } } }).carries).toBeUndefined();
    expect(whatsapp({ ...options, templates: () => withDocument }).carries).toBeUndefined();
    const choice = Object.assign(() => withDocument, { documents: true });
    expect(whatsapp({ ...options, templates: choice }).carries).toEqual(['attachments']);
  });

  it('are uploaded once, byte for byte, and sent by id until that is over', async () => {
    const { uploads, sent } = meta();
    const channel = whatsapp(options);
    const message = textMessage({ attachments: [file] });
    // Several at once wait for the same upload; another name needs no other.
    const other = textMessage({ attachments: [{ ...file, name: 'B.pdf' }] });
    await Promise.all([channel.send(message, { now }), channel.send(other, { now })]);
    expect(await channel.send(message, { now: now + 28 * day })).toEqual({
      outcome: 'accepted',
      providerId: 'wamid.A',
    });
    expect(uploads).toEqual([
      { product: 'whatsapp', type: 'application/pdf', bytes: [...content], auth: 'Bearer token-secret' },
    ]);
    expect(sent).toMatchObject([
      header({ id: 'media-1', filename: 'Factura Nº 1.pdf' }),
      header({ id: 'media-1', filename: 'B.pdf' }),
      header({ id: 'media-1' }),
    ]);
    await channel.send(message, { now: now + 29 * day });
    await channel.send(textMessage({ attachments: [{ ...file, content: content.slice(1) }] }), { now });
    expect(uploads).toHaveLength(3);
    expect(sent[3]).toMatchObject(header({ id: 'media-2' }));
  });

  it('are uploaded anew after Meta did not take the message', async () => {
    let first = true;
    const { uploads } = meta({
      messages: () => {
        if (!first) return HttpResponse.json({ messages: [{ id: 'wamid.A' }] });
        first = false;
        return HttpResponse.json({ error: { code: 131009 } }, { status: 400 });
      },
    });
    const channel = whatsapp(options);
    const message = textMessage({ attachments: [file] });
    expect(await channel.send(message, { now })).toMatchObject({
      outcome: 'refused',
      code: 'whatsapp:131009',
    });
    expect(await channel.send(message, { now })).toMatchObject({ outcome: 'accepted' });
    expect(uploads).toHaveLength(2);
  });

  it('that Meta forgot are no end of a message: it is tried again with a new upload', async () => {
    let code: number | undefined;
    const { uploads, sent } = meta({
      messages: () =>
        code === undefined
          ? HttpResponse.json({ messages: [{ id: 'wamid.A' }] })
          : HttpResponse.json({ error: { code } }, { status: 400 }),
    });
    const channel = whatsapp(options);
    const message = textMessage({ attachments: [file] });
    await channel.send(message, { now });
    // What concerns the recipient says nothing of the document, which others share.
    code = 131026;
    expect(await channel.send(message, { now })).toMatchObject({ outcome: 'refused', scope: 'recipient' });
    code = 131053;
    expect(await channel.send(message, { now })).toEqual({
      outcome: 'retry',
      scope: 'message',
      code: 'whatsapp:131053',
    });
    expect(uploads).toHaveLength(1);
    // A new one is not taken either: that is final.
    expect(await channel.send(message, { now })).toMatchObject({ outcome: 'refused', scope: 'message' });
    code = undefined;
    await channel.send(message, { now });
    expect(uploads).toHaveLength(3);
    expect(sent.at(-1)).toMatchObject(header({ id: 'media-3' }));
  });

  it('are uploaded anew after a webhook told that a medium failed', async () => {
    const { uploads } = meta();
    const channel = whatsapp({ ...options, appSecret: 'secret' });
    const message = textMessage({ attachments: [file] });
    const told = async (errors: object[]): Promise<void> => {
      const value = {
        metadata: { phone_number_id: options.phoneNumberId },
        statuses: [{ id: 'wamid.A', status: 'failed', timestamp: '1772553600', recipient_id: '1', errors }],
      };
      const body = JSON.stringify({ entry: [{ changes: [{ field: 'messages', value }] }] });
      const request = signWhatsappWebhook({ appSecret: 'secret', body });
      const bytes = new Uint8Array(await request.arrayBuffer());
      const header = (name: string) => request.headers.get(name) ?? undefined;
      const received = await channel.receive?.(
        { method: 'POST', url: request.url, header, body: bytes },
        { now },
      );
      expect(received?.events).toMatchObject([{ type: 'status', status: 'failed' }]);
    };
    await channel.send(message, { now });
    await told([{ code: 131026 }]);
    await channel.send(message, { now });
    expect(uploads).toHaveLength(1);
    await told([{ code: 131053 }]);
    await channel.send(message, { now });
    expect(uploads).toHaveLength(2);
  });

  it('give way to a link where there is one, and only where Meta refuses them for good', async () => {
    const refusing = meta({ media: () => HttpResponse.json({ error: { code: 131053 } }, { status: 400 }) });
    const channel = whatsapp({ ...options, templates: { firm: { es: linked } } });
    const message = textMessage({ attachments: [file] });
    expect(await channel.send(message, { now })).toMatchObject({ outcome: 'accepted' });
    expect(await channel.send(textMessage(), { now })).toMatchObject({ outcome: 'accepted' });
    const link = header({ link: 'https://acme.example/F-1001.pdf' });
    expect(refusing.sent).toMatchObject([link, link]);
    expect(await whatsapp(options).send(message, { now })).toMatchObject({ code: 'whatsapp:131053' });
    server.resetHandlers();
    const busy = meta({ media: () => HttpResponse.json({ error: { code: 131000 } }, { status: 500 }) });
    expect(await channel.send(message, { now })).toMatchObject({ outcome: 'retry', code: 'whatsapp:131000' });
    expect(busy.sent).toEqual([]);
  });

  it('an upload that gets lost is tried again: nothing was sent', async () => {
    const answers = [
      () => HttpResponse.error(),
      () => new HttpResponse('<html>', { status: 502 }),
      () => HttpResponse.json({ id: {} }),
    ];
    for (const media of answers) {
      const { sent } = meta({ media });
      const outcome = await whatsapp(options).send(textMessage({ attachments: [file] }), { now });
      expect(outcome).toMatchObject({ outcome: 'retry' });
      expect(sent).toEqual([]);
      server.resetHandlers();
    }
  });

  it('go along inside the service window, also without a template', async () => {
    const { sent } = meta();
    const message = textMessage({ attachments: [file], windowUntil: now + 3_600_000 });
    await whatsapp(options).send(message, { now });
    await whatsapp(options).send({ ...message, message: 'soft' }, { now });
    await whatsapp({ ...options, insideWindow: 'template' }).send(message, { now });
    expect(sent).toMatchObject([{ type: 'document' }, { type: 'document' }, { type: 'template' }]);
  });

  it.each<[string, object, Parameters<typeof textMessage>[0]]>([
    ['template_without_document', { outcome: 'misconfigured' }, { message: 'soft', attachments: [file] }],
    ['document_missing', { outcome: 'misconfigured' }, {}],
    ['too_many_documents', { outcome: 'refused', scope: 'message' }, { attachments: [file, file] }],
    ['document_not_pdf', { outcome: 'refused' }, { attachments: [{ ...file, type: 'text/csv' }] }],
  ])('says %s before any call', async (code, expected, more) => {
    const never: HttpTransport = () => Promise.reject(new Error('called'));
    const outcome = await whatsapp({ ...options, fetch: never }).send(textMessage(more), { now });
    expect(outcome).toMatchObject({ ...expected, code: `whatsapp:${code}` });
  });
});

describe('documents and a server on the loopback', () => {
  it('a server that stays silent over an upload costs nothing but the time', async () => {
    const silent = createServer((request) => request.resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    try {
      const baseUrl = `http://127.0.0.1:${portOf(silent.address())}`;
      const channel = whatsapp({ ...options, baseUrl, timeout: 100 });
      expect(await channel.send(textMessage({ attachments: [file] }), { now })).toEqual({
        outcome: 'retry',
        scope: 'account',
        code: 'http:timeout',
      });
    } finally {
      silent.close();
      silent.closeAllConnections();
    }
  });
});
