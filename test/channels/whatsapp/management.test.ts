import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HttpTransport } from '../../../src/channels/http.js';
import {
  type TemplateState,
  templateGaps,
  type WhatsappTemplateDefinition,
  whatsappTemplates,
} from '../../../src/channels/whatsapp/index.js';
import { isRecobroError } from '../../../src/errors.js';

const options = { wabaId: '102290129340398', accessToken: 'token-secret' };
const url = 'https://graph.facebook.com/v25.0/102290129340398/message_templates';
const definition: WhatsappTemplateDefinition = {
  name: 'acme_firm',
  language: 'es_MX',
  category: 'UTILITY',
  parameter_format: 'POSITIONAL',
  message_send_ttl_seconds: 43_200,
  components: [{ type: 'BODY', text: 'Hola {{1}}, gracias.', example: { body_text: [['Ana']] } }],
};
const approved: TemplateState = {
  id: '1',
  name: 'acme_firm',
  language: 'es_MX',
  status: 'approved',
  category: 'utility',
  ttlSeconds: 43_200,
  body: 'Hola {{1}}, gracias.',
};

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('whatsappTemplates', () => {
  it('hands a template in as it is', async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post(url, async ({ request }) => {
        bodies.push(await request.json(), request.headers.get('authorization'));
        return HttpResponse.json({ id: '572279198452421', status: 'PENDING', category: 'UTILITY' });
      }),
    );
    expect(await whatsappTemplates(options).submit(definition)).toEqual({
      outcome: 'submitted',
      id: '572279198452421',
      status: 'pending',
      category: 'utility',
    });
    expect(bodies).toEqual([definition, 'Bearer token-secret']);
  });

  it('lists all pages, whatever else stands in them', async () => {
    const searches: URLSearchParams[] = [];
    server.use(
      http.get(url, ({ request }) => {
        const { searchParams } = new URL(request.url);
        searches.push(searchParams);
        if (searchParams.get('after') === 'QVFI')
          return HttpResponse.json({
            data: [{ id: '2', name: 'b', language: 'en', status: 'PAUSED' }],
            paging: {},
          });
        const first = {
          ...{ id: '1', name: 'acme_firm', language: 'es_MX', status: 'REJECTED', category: 'MARKETING' },
          rejected_reason: 'INCORRECT_CATEGORY',
          message_send_ttl_seconds: 600,
          components: [{ type: 'HEADER' }, { type: 'BODY', text: 'Hola' }],
        };
        const paging = { cursors: { after: 'QVFI' }, next: 'https://elsewhere.example/' };
        return HttpResponse.json({ data: [first, null, { id: 5 }, 'x'], paging });
      }),
    );
    expect(await whatsappTemplates(options).list()).toEqual({
      outcome: 'listed',
      templates: [
        {
          ...{ id: '1', name: 'acme_firm', language: 'es_MX', status: 'rejected', category: 'marketing' },
          ...{ reason: 'incorrect_category', ttlSeconds: 600, body: 'Hola' },
        },
        { id: '2', name: 'b', language: 'en', status: 'paused', category: '' },
      ],
    });
    expect(searches.map((search) => [search.get('limit'), search.get('after')])).toEqual([
      ['20', null],
      ['20', 'QVFI'],
    ]);
  });

  it('stops at a list that turns in circles', async () => {
    let calls = 0;
    const paging = { cursors: { after: 'QVFI' }, next: 'https://elsewhere.example/' };
    server.use(
      http.get(url, () => {
        calls++;
        return HttpResponse.json({ data: [], paging });
      }),
    );
    expect(await whatsappTemplates(options).list()).toEqual({ outcome: 'listed', templates: [] });
    expect(calls).toBe(2);
  });

  it('tells the status of one by name and language', async () => {
    server.use(
      http.get(url, ({ request }) => {
        expect(new URL(request.url).searchParams.get('name')).toBe('acme_firm');
        const one = { id: '1', name: 'acme_firm', language: 'es', status: 'APPROVED', category: 'UTILITY' };
        return HttpResponse.json({ data: [{ ...one, name: 'acme_firm_many' }, one] });
      }),
    );
    const client = whatsappTemplates(options);
    expect(await client.status('acme_firm', 'es')).toMatchObject({
      template: { id: '1', status: 'approved' },
    });
    expect(await client.status('acme_firm', 'pt_BR')).toEqual({ outcome: 'found', template: undefined });
  });

  it('uploads an example document in two steps', async () => {
    const seen: unknown[] = [];
    server.use(
      http.post('https://graph.facebook.com/v25.0/77/uploads', ({ request }) => {
        seen.push(Object.fromEntries(new URL(request.url).searchParams));
        return HttpResponse.json({ id: 'upload:MTph?sig=ARZq' });
      }),
      http.post('https://graph.facebook.com/v25.0/upload:MTph', async ({ request }) => {
        const { headers } = request;
        seen.push(
          headers.get('authorization'),
          headers.get('file_offset'),
          (await request.arrayBuffer()).byteLength,
        );
        return HttpResponse.json({ h: '4::aW' });
      }),
    );
    const file = { name: 'a b.pdf', type: 'application/pdf', content: Uint8Array.from([37, 0, 255]) };
    expect(await whatsappTemplates(options).exampleDocument('77', file)).toEqual({
      outcome: 'uploaded',
      handle: '4::aW',
    });
    expect(seen).toEqual([
      { file_name: 'a b.pdf', file_length: '3', file_type: 'application/pdf' },
      'OAuth token-secret',
      '0',
      3,
    ]);
  });

  it('tells failures by code, never by throwing', async () => {
    const answers: readonly [() => Response, object][] = [
      [() => HttpResponse.json({ error: { code: 190 } }, { status: 401 }), { outcome: 'misconfigured' }],
      [() => HttpResponse.json({ error: { code: 100 } }, { status: 400 }), { code: 'whatsapp:100' }],
      [() => HttpResponse.json({ error: { code: 80007 } }, { status: 400 }), { outcome: 'retry' }],
      [() => HttpResponse.error(), { outcome: 'unknown' }],
      [() => HttpResponse.json({ messages: [{ id: 'x' }] }), { outcome: 'unknown' }],
      [() => new HttpResponse('[[[', { status: 200 }), { outcome: 'unknown' }],
    ];
    for (const [answer, expected] of answers) {
      server.use(http.all(url, answer));
      const client = whatsappTemplates(options);
      expect(await client.submit(definition)).toMatchObject(expected);
      expect(await client.list()).toMatchObject(expected);
      expect(await client.status('a', 'es')).toMatchObject(expected);
      server.resetHandlers();
    }
  });

  it('checks its options and gives nothing away', () => {
    const never: HttpTransport = () => Promise.reject(new Error('called'));
    try {
      whatsappTemplates({ wabaId: 'x', accessToken: 'to ken', graphVersion: '1', fetch: never, timeout: 0 });
    } catch (error) {
      if (!isRecobroError(error, 'invalid_option')) throw error;
      expect(error.problems.map(({ path }) => path)).toEqual([
        'wabaId',
        'accessToken',
        'graphVersion',
        'timeout',
      ]);
      expect(String(error)).not.toContain('to ken');
      return;
    }
    throw new Error('took them');
  });
});

describe('templateGaps', () => {
  it.each<[string[], readonly TemplateState[]]>([
    [[], [approved]],
    [['missing'], [{ ...approved, language: 'es' }]],
    [['not_approved paused'], [{ ...approved, status: 'paused' }]],
    [['not_approved rejected: scam'], [{ ...approved, status: 'rejected', reason: 'scam' }]],
    [['category marketing'], [{ ...approved, category: 'marketing' }]],
    [['ttl 30 days'], [{ ...approved, ttlSeconds: undefined }]],
    [['ttl 86400'], [{ ...approved, ttlSeconds: 86_400 }]],
    [[], [{ ...approved, ttlSeconds: 600 }]],
    [['body Hola'], [{ ...approved, body: 'Hola' }]],
  ])('%j', (expected, states) => {
    expect(templateGaps([definition], states).map(({ gap, found }) => [gap, found].join(' ').trim())).toEqual(
      expected,
    );
  });
});
