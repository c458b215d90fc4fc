import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { callbackKey } from '../../../src/channels/callback-key.js';
import type { HttpTransport } from '../../../src/channels/http.js';
import { derivedTemplates, type WhatsappOptions, whatsapp } from '../../../src/channels/whatsapp/index.js';
import { isRecobroError } from '../../../src/errors.js';
import { startFakeWhatsapp } from '../../../src/testing/fake-whatsapp.js';
import { describeChannel } from '../../support/channel-suite.js';
import { now, textMessage } from '../message.js';
import { providerBench } from '../provider-bench.js';

const accessToken = 'EAAG-secret-token';
const options: WhatsappOptions = {
  phoneNumberId: '106540352242922',
  accessToken,
  templates: derivedTemplates(),
};

describe('whatsapp over msw', () => {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  it('posts to the number’s messages with its token, once', async () => {
    const calls: { url: string; auth: string | null; body: unknown }[] = [];
    server.use(
      http.post('https://graph.facebook.com/*', async ({ request }) => {
        calls.push({
          url: request.url,
          auth: request.headers.get('authorization'),
          body: await request.json(),
        });
        return HttpResponse.json({ messages: [{ id: 'wamid.A' }] });
      }),
    );
    const outcome = await whatsapp(options).send(textMessage(), { now });
    expect(outcome).toEqual({ outcome: 'accepted', providerId: 'wamid.A' });
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      url: 'https://graph.facebook.com/v25.0/106540352242922/messages',
      auth: `Bearer ${accessToken}`,
      body: {
        to: '+525512345678',
        biz_opaque_callback_data: callbackKey(textMessage()),
        template: { name: 'recobro_firm' },
      },
    });
  });

  it('answers whoever wrote lately with the text itself, unless templates are wanted all the same', async () => {
    const kinds: unknown[] = [];
    server.use(
      http.post('https://graph.facebook.com/*', async ({ request }) => {
        kinds.push(((await request.json()) as { readonly type: string }).type);
        return HttpResponse.json({ messages: [{ id: 'wamid.A' }] });
      }),
    );
    const message = textMessage({ windowUntil: now + 3_600_000 });
    await whatsapp(options).send(message, { now });
    await whatsapp({ ...options, insideWindow: 'template' }).send(message, { now });
    // No template is needed for it.
    await whatsapp({ ...options, templates: {} }).send(message, { now });
    expect(kinds).toEqual(['text', 'template', 'text']);
    expect(() => whatsapp({ ...options, insideWindow: 'both' as never })).toThrow(/insideWindow/);
  });

  it('takes another version and address', async () => {
    server.use(
      http.post('https://proxy.example/meta/v26.0/106540352242922/messages', () =>
        HttpResponse.json({ messages: [{ id: 'wamid.B' }] }),
      ),
    );
    const channel = whatsapp({ ...options, graphVersion: 'v26.0', baseUrl: 'https://proxy.example/meta/' });
    expect(await channel.send(textMessage(), { now })).toMatchObject({ outcome: 'accepted' });
  });

  it('does not know what a broken connection left behind', async () => {
    server.use(http.post('https://graph.facebook.com/*', () => HttpResponse.error()));
    expect(await whatsapp(options).send(textMessage(), { now })).toMatchObject({ outcome: 'unknown' });
  });

  it('tells wrong credentials', async () => {
    server.use(
      http.post('https://graph.facebook.com/*', () =>
        HttpResponse.json({ error: { code: 0, message: 'x' } }, { status: 401 }),
      ),
    );
    expect(await whatsapp(options).send(textMessage(), { now })).toEqual({
      outcome: 'misconfigured',
      scope: 'sender',
      code: 'whatsapp:0',
    });
  });
});

describe('whatsapp before any call', () => {
  const never: HttpTransport = () => Promise.reject(new Error('called'));

  it.each([
    ['template_not_mapped', {}],
    ['template_not_mapped', () => undefined],
    ['template_invalid', () => ({ name: 'Bad Name', language: 'es' })],
    [
      'template_choice_failed',
      () => {
        throw new Error('host');
      },
    ],
    ['variable_missing', () => ({ name: 'firme', language: 'es', parameters: ['nobody'] })],
  ] satisfies [string, WhatsappOptions['templates']][])('says %s', async (code, templates) => {
    const outcome = await whatsapp({ ...options, templates, fetch: never }).send(textMessage(), { now });
    // What one debtor lacks, others may have.
    const scope = code === 'variable_missing' ? 'message' : 'template';
    expect(outcome).toEqual({ outcome: 'misconfigured', scope, code: `whatsapp:${code}`, called: false });
  });

  it('takes only texts', async () => {
    const content = { kind: 'email' as const, subject: 's', text: 't', html: 'h' };
    const outcome = await whatsapp({ ...options, fetch: never }).send(textMessage({ content }), { now });
    expect(outcome).toEqual({
      outcome: 'misconfigured',
      scope: 'template',
      code: 'whatsapp:content_not_text',
      called: false,
    });
  });
});

describe('whatsapp options', () => {
  it('names everything that is wrong and gives nothing away', () => {
    let thrown: unknown;
    try {
      whatsapp({
        phoneNumberId: '+52 55',
        accessToken: 'EAAG secret',
        graphVersion: '25',
        baseUrl: 'graph',
        timeout: 0,
        templates: {
          firm: { es: { name: 'Firme!', language: 'es' }, en: { one: { name: 'ok', language: 'english' } } },
        },
      });
    } catch (error) {
      thrown = error;
    }
    if (!isRecobroError(thrown, 'invalid_option')) throw thrown;
    expect(thrown.problems.map(({ path }) => path)).toEqual([
      'phoneNumberId',
      'accessToken',
      'graphVersion',
      'baseUrl',
      'timeout',
      'templates.firm.es',
      'templates.firm.en.one',
    ]);
    expect(String(thrown)).not.toContain('EAAG');
  });

  it('says what Meta lets out, and where it counts, before it is hit', () => {
    const { number, account, limits } = whatsapp({ ...options, portfolioId: '506914307656634' });
    expect([number, account]).toEqual(['106540352242922', 'meta 506914307656634']);
    expect(limits).toEqual([
      { each: 'sender', per: 'second', most: 80 },
      { each: 'pair', per: 'minute', most: 10 },
    ]);
    const own = { perSecond: 20, pairPerMinute: null, peoplePerDay: 2_000 };
    expect(whatsapp({ ...options, limits: own }).limits).toEqual([
      { each: 'sender', per: 'second', most: 20 },
      { each: 'account', counts: 'people', per: 'day', most: 2_000 },
    ]);
    expect(() =>
      whatsapp({ ...options, limits: { perSecond: 0 }, displayNumber: 'x', portfolioId: 'a b' }),
    ).toThrow(
      expect.objectContaining({
        problems: ['displayNumber', 'portfolioId', 'limits.perSecond'].map(
          (path) => expect.objectContaining({ path }) as object,
        ),
      }),
    );
  });

  it('knows no other forms than one and many', () => {
    const templates = { firm: { es: { singular: { name: 'a', language: 'es' } } } };
    expect(() => whatsapp({ ...options, templates: Object(templates) })).toThrow(/one or many/);
    expect(() => whatsapp({ ...options, templates: Object(null) })).not.toThrow();
    expect(() =>
      whatsapp({
        ...options,
        templates: { firm: { es: { name: 'a', language: 'es', parameters: { Name: 'x' } } } },
      }),
    ).toThrow(/templates\.firm\.es/);
  });
});

describeChannel('the channel contract on whatsapp', (situation) =>
  providerBench(
    situation,
    { throttled: 130429, refused: 131047, bad_address: 131026, misconfigured: 190 },
    {
      start: (more) => startFakeWhatsapp({ accessToken, ...more }),
      channel: (baseUrl, timeout) => whatsapp({ ...options, baseUrl, timeout }),
      message: textMessage(),
      secrets: [accessToken, '106540352242922'],
    },
  ),
);
