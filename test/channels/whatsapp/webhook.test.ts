import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type WhatsappOptions, whatsapp } from '../../../src/channels/whatsapp/index.js';
import type { ChannelEvent, Received } from '../../../src/index.js';
import { fixture } from '../fixtures.js';
import { hex, request } from '../webhooks/request.js';

const secret = 'app-secret-1';
const number = '108200000000033';
const now = Date.parse('2026-11-22T12:00:00Z');

function channel(more: Partial<WhatsappOptions> = {}) {
  const made = whatsapp({
    phoneNumberId: number,
    accessToken: 'token',
    templates: {},
    appSecret: secret,
    verifyToken: 'verify-me',
    ...more,
  });
  if (made.receive === undefined) throw new Error('does not receive');
  return { receive: made.receive };
}

async function given(body: unknown, more: Partial<WhatsappOptions> = {}): Promise<Received> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return channel(more).receive(request(text, { 'X-Hub-Signature-256': `sha256=${hex(secret, text)}` }), {
    now,
  });
}

interface Example {
  readonly name: string;
  readonly body: unknown;
}
const examples = (fixture('whatsapp-webhook-examples.json') as { readonly examples: readonly Example[] })
  .examples;

async function eventsOf(name: string): Promise<readonly ChannelEvent[]> {
  const example = examples.find((one) => one.name === name);
  if (example === undefined) throw new Error(`no example ${name}`);
  const { answer, events } = await given(example.body);
  expect(answer).toEqual({ status: 200 });
  return events;
}

const first = 'wamid.HQYFNTczMDAxMjM0NTY3FQIAERgSODhFNUU1MDk4RjAzRTU1QjE2AA==';
const ours = { provider: 'meta' } as const;
const sur = { address: '+573001234567', name: 'Compras Ferretería Sur' };

/** What each published example is to become; the keys are looked at apart. */
const expected: Readonly<Record<string, readonly unknown[]>> = {
  'status sent (v23 style, with conversation)': [
    {
      ...ours,
      type: 'status',
      status: 'sent',
      at: 1763800201000,
      providerId: first,
      correlation: 'att_01HZX',
      to: { address: '+573001234567' },
      billing: { type: 'regular', category: 'utility' },
    },
  ],
  'status delivered (v24+ style, no conversation)': [
    {
      ...ours,
      type: 'status',
      status: 'delivered',
      at: 1763800205000,
      providerId: first,
      correlation: 'att_01HZX',
      to: { address: '+573001234567' },
      billing: { type: 'regular', category: 'utility' },
    },
  ],
  'status read': [
    {
      ...ours,
      type: 'status',
      status: 'read',
      at: 1763803100000,
      providerId: first,
      correlation: 'att_01HZX',
      to: { address: '+573001234567' },
    },
  ],
  'status failed, not on WhatsApp': [
    {
      ...ours,
      type: 'status',
      status: 'failed',
      at: 1763800300000,
      providerId: 'wamid.HQYFNTczMDAxMjM0NTY3FQIAERgSQTRDRTg4OEJFMzcwNjQzNjA0AA==',
      correlation: 'att_01HZY',
      to: { address: '+573001234567' },
      failure: { code: 'whatsapp:131026', scope: 'recipient', temporary: false, addressUnusable: true },
    },
  ],
  'status failed, per-user marketing limit': [
    {
      ...ours,
      type: 'status',
      status: 'failed',
      at: 1763800310000,
      providerId: 'wamid.HQYFNTczMDAxMjM0NTY3FQIAERgSMjhDQ0E4NDAzQ0JGMjdBQTgyAA==',
      to: { address: '+573001234567' },
      failure: { code: 'whatsapp:131049', scope: 'recipient', temporary: true },
    },
  ],
  'status failed, window closed': [
    {
      ...ours,
      type: 'status',
      status: 'failed',
      at: 1763800320000,
      providerId: 'wamid.HQYFNTczMDAxMjM0NTY3FQIAERgSRkM3MTYxMjVGNzFEMTZCNkJCAA==',
      to: { address: '+573001234567' },
      failure: { code: 'whatsapp:131047', scope: 'message', temporary: false },
    },
  ],
  'free service message, status sent': [
    {
      ...ours,
      type: 'status',
      status: 'sent',
      at: 1763800400000,
      providerId: 'wamid.HQYFNTczMDAxMjM0NTY3FQIAERgSQ0U5NTZFOUYyNEY4RDRCMzkwAA==',
      to: { address: '+573001234567' },
      billing: { type: 'free_customer_service', category: 'service' },
    },
  ],
  'inbound text': [
    message('wamid.HQYFNTczMDAxMjM0NTY3FQIAERgSMTZFOTkwRTY4MzVCNjk2RkE4AA==', 1763801000000, {
      kind: 'text',
      text: 'Ya pagamos la factura 1042 ayer, adjunto comprobante',
    }),
  ],
  'inbound text quoting our message': [
    message('wamid.HQYFNTczMDAxMjM0NTY3FQIAERgSRTJEQkI1ODlBREEwMjMxRTU5AA==', 1763801010000, {
      kind: 'text',
      text: '¿Pueden darnos hasta el viernes?',
      replyTo: first,
    }),
  ],
  'inbound template quick-reply button': [
    message('wamid.HQYFNTczMDAxMjM0NTY3FQIAERgSMEI2OTg3MzA1QzQ5MDkxQTgyAA==', 1763801020000, {
      kind: 'button',
      text: 'Pago esta semana',
      payload: 'promise:inv_1042',
      replyTo: first,
    }),
  ],
  'inbound interactive reply button': [
    message('wamid.HQYFNTczMDAxMjM0NTY3FQIAERgSM0VBRUI5NURFNTAyQ0JCOTQ1AA==', 1763801030000, {
      kind: 'button',
      text: 'No reconozco',
      payload: 'dispute:inv_1042',
      replyTo: 'wamid.HQYFNTczMDAxMjM0NTY3FQIAERgSQ0U5NTZFOUYyNEY4RDRCMzkwAA==',
    }),
  ],
  'inbound interactive list reply': [
    message('wamid.HQYFNTczMDAxMjM0NTY3FQIAERgSOTg3REQ0NjZCMDFBQURGMjkyAA==', 1763801040000, {
      kind: 'list',
      text: '3 cuotas',
      payload: 'plan:3x',
      replyTo: 'wamid.HQYFNTczMDAxMjM0NTY3FQIAERgSNzBENjZBRjZCQzJGMDFGRDg4AA==',
    }),
  ],
  'inbound document (payment receipt)': [
    message('wamid.HQYFNTczMDAxMjM0NTY3FQIAERgSQTdDQzBGRkY1QjQ5NkYxMjk4AA==', 1763801050000, {
      kind: 'media',
      media: [{ id: '1090000000000042', type: 'application/pdf', name: 'comprobante.pdf' }],
    }),
  ],
  'inbound unsupported': [
    message('wamid.HQYFNTczMDAxMjM0NTY3FQIAERgSMjU5OUZEQkJCRDMwNEZDN0M1AA==', 1763801060000, {
      kind: 'unsupported',
    }),
  ],
  'system: user changed number': [
    {
      ...ours,
      type: 'address',
      at: 1763801070000,
      from: { address: '+573001234567' },
      now: { address: '+573009876543' },
    },
  ],
  'marketing opt-out': [
    {
      ...ours,
      type: 'consent',
      at: 1763801080000,
      from: { address: '+573001234567' },
      value: 'stop',
      scope: 'marketing',
    },
  ],
  'template paused': [
    {
      ...ours,
      type: 'template',
      at: 1763801090000,
      name: 'recordatorio_vencida_2',
      language: 'es_MX',
      event: 'paused',
      usable: false,
      category: 'utility',
    },
  ],
  'template rejected': [
    {
      ...ours,
      type: 'template',
      at: 1763801095000,
      name: 'ultimo_aviso',
      language: 'es_MX',
      event: 'rejected',
      usable: false,
      category: 'utility',
      reason: 'abusive_content',
    },
  ],
  'inbound text from a user with a username, phone hidden': [
    {
      ...message('wamid.HQYFMBUCABEYEjNCMEZDRThGN0ZDN0JGNTI0MgA=', 1763801100000, {
        kind: 'text',
        text: 'Hola',
      }),
      from: { userId: 'CO.13491208655302741918', name: 'Compras Sur' },
    },
  ],
  'status delivered with BSUID fields': [
    {
      ...ours,
      type: 'status',
      status: 'delivered',
      at: 1763800206000,
      providerId: first,
      to: { address: '+573001234567', userId: 'CO.13491208655302741918', name: 'Compras Sur' },
    },
  ],
  'batch: two statuses and one message in one POST': [
    {
      ...ours,
      type: 'status',
      status: 'read',
      at: 1763803100000,
      providerId: first,
      to: { address: '+573001234567' },
    },
    {
      ...ours,
      type: 'status',
      status: 'delivered',
      at: 1763800205000,
      providerId: first,
      to: { address: '+573001234567' },
    },
    message('wamid.HQYFNTczMDAxMjM0NTY3FQIAERgSOTM4NjNFMTBEMjQ2Mjg3NkVFAA==', 1763803200000, {
      kind: 'text',
      text: 'Gracias',
    }),
  ],
};

function message(providerId: string, at: number, more: object): object {
  return {
    ...ours,
    type: 'message',
    at,
    from: sur,
    to: number,
    providerId,
    windowUntil: at + 86_400_000,
    ...more,
  };
}

describe('published examples', () => {
  it('are all expected here', () => {
    expect(Object.keys(expected)).toEqual(examples.map(({ name }) => name));
  });

  it.each(Object.entries(expected))('%s', async (name, wanted) => {
    const events = await eventsOf(name);
    expect(events.map(({ key: _, ...rest }) => rest)).toEqual(wanted);
    for (const { key } of events) expect(key).toMatch(/^\S/);
  });

  it('give every event a key of its own, and the same one again when it is repeated', async () => {
    const all: string[] = [];
    for (const { name } of examples) {
      const once = (await eventsOf(name)).map(({ key }) => key);
      expect((await eventsOf(name)).map(({ key }) => key)).toEqual(once);
      all.push(...once);
    }
    // Read and delivered stand in two examples each: the same events by the same keys.
    const twice = all.filter((key, index) => all.indexOf(key) !== index);
    expect(twice).toEqual([`${first} read 1763803100000`, `${first} delivered 1763800205000`]);
  });
});

describe('signatures', () => {
  const body = JSON.stringify(examples[0]?.body);

  it('fit Meta’s escaped form, since they cover bytes', async () => {
    const escaped = body.replace('"object"', '"\\u006fbject"');
    expect((await given(escaped)).answer.status).toBe(200);
  });

  it.each([
    ['missing', {}],
    ['of another secret', { 'x-hub-signature-256': `sha256=${hex('other', body)}` }],
    ['of another body', { 'x-hub-signature-256': `sha256=${hex(secret, `${body} `)}` }],
    ['too short', { 'x-hub-signature-256': `sha256=${hex(secret, body).slice(2)}` }],
    ['without its kind', { 'x-hub-signature-256': hex(secret, body) }],
    ['of the old kind', { 'x-hub-signature': `sha1=${hex(secret, body)}` }],
  ])('%s: refused, nothing read', async (_, headers) => {
    const { answer, events, refused } = await channel().receive(request(body, headers), { now });
    expect([answer.status, events, refused]).toEqual([401, [], 'signature']);
  });

  it('fit any secret of a list, while the secret is being changed', async () => {
    const fits = await given(body, { appSecret: ['new-secret', secret] });
    expect(fits.answer.status).toBe(200);
    const gone = await given(body, { appSecret: ['new-secret'] });
    expect(gone.refused).toBe('signature');
  });

  it('cannot be checked without a secret: the channel does not receive', () => {
    expect(whatsapp({ phoneNumberId: number, accessToken: 'token', templates: {} }).receive).toBeUndefined();
  });

  it('need secrets that can be ones', () => {
    expect(() => channel({ appSecret: [] })).toThrow(/appSecret/);
    expect(() => channel({ appSecret: 'with space' })).toThrow(/appSecret/);
    expect(() => channel({ verifyToken: '' })).toThrow(/verifyToken/);
  });
});

describe('the check of the address', () => {
  const check = (query: string) =>
    channel().receive(request('', {}, { method: 'GET', url: `https://acme.example/hook?${query}` }), { now });

  it('is answered with the challenge', async () => {
    const { answer } = await check('hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=verify-me');
    expect(answer).toEqual({ status: 200, headers: { 'content-type': 'text/plain' }, body: '1158201444' });
  });

  it('is answered where a server names the path alone', async () => {
    const url = '/hook?hub.mode=subscribe&hub.challenge=7&hub.verify_token=verify-me';
    const { answer } = await channel().receive(request('', {}, { method: 'GET', url }), { now });
    expect(answer.status).toBe(200);
  });

  it.each([
    'hub.mode=subscribe&hub.challenge=1&hub.verify_token=other',
    'hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=verify-me',
    'hub.mode=subscribe&hub.challenge=%3Cscript%3E&hub.verify_token=verify-me',
    '',
  ])('is refused for %s', async (query) => {
    expect((await check(query)).answer).toEqual({ status: 403 });
  });
});

describe('what is not known', () => {
  const wrap = (field: string, value: unknown) => ({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field, value }] }],
  });
  const metadata = { phone_number_id: number };

  it('of what travelled with a message is no key: it could not be looked for', async () => {
    for (const odd of ['a\u0000b', 'a\ud800', '', 'x'.repeat(513), 7]) {
      const one = { id: 'wamid.1', status: 'sent', biz_opaque_callback_data: odd };
      const { events } = await given(wrap('messages', { metadata, statuses: [one] }));
      expect(events).toMatchObject([{ type: 'status', providerId: 'wamid.1' }]);
      expect(events[0]).not.toHaveProperty('correlation');
    }
  });

  it('becomes ignored: fields, statuses, and messages of nobody', async () => {
    const { events } = await given(wrap('flows', { event: 'X' }));
    expect(events).toMatchObject([{ type: 'ignored', what: 'flows' }]);
    const odd = await given(
      wrap('messages', {
        metadata,
        statuses: [{ id: 'wamid.1', status: 'teleported' }, 7, null],
        messages: [{ id: 'wamid.2', type: 'text', text: { body: 'who?' } }],
      }),
    );
    expect(odd.events.map((event) => [event.type, 'what' in event && event.what])).toEqual([
      ['ignored', 'status:teleported'],
      ['ignored', 'status'],
      ['ignored', 'status'],
      ['ignored', 'message:text'],
    ]);
  });

  it('as a type of message is a message still: somebody wrote', async () => {
    const { events } = await given(
      wrap('messages', {
        metadata,
        messages: [{ id: 'wamid.1', from: '573001234567', timestamp: '1', type: 'hologram' }],
      }),
    );
    expect(events).toMatchObject([{ type: 'message', kind: 'unsupported' }]);
  });

  it('another number of the app is passed over', async () => {
    const { events } = await given(
      wrap('messages', { metadata: { phone_number_id: '1' }, statuses: [{ id: 'wamid.1', status: 'sent' }] }),
    );
    expect(events).toEqual([]);
  });

  it('a code of failure that is not listed is final and concerns the message', async () => {
    const statuses = [
      { id: 'wamid.1', status: 'failed', errors: [{ code: 999999 }] },
      { id: 'wamid.2', status: 'failed' },
    ];
    const { events } = await given(wrap('messages', { metadata, statuses }));
    expect(events).toMatchObject([
      { failure: { code: 'whatsapp:999999', scope: 'message', temporary: false } },
      { failure: { code: 'whatsapp:failed', scope: 'message', temporary: false } },
    ]);
  });

  it('limits, quality and restrictions of the sender are told', async () => {
    const told = async (field: string, value: unknown, more: Partial<WhatsappOptions> = {}) =>
      (await given(wrap(field, value), more)).events;
    const display_phone_number = '15550783881';
    const sender = { type: 'sender', provider: 'meta', sender: display_phone_number } as const;
    // Meta's own examples: an upgrade of throughput says nothing of how many people may be written to.
    const faster = { display_phone_number, event: 'THROUGHPUT_UPGRADE', current_limit: 'TIER_UNLIMITED' };
    const [upgrade] = await told('phone_number_quality_update', faster);
    expect(upgrade).toMatchObject({ ...sender, event: 'throughput_upgrade', perSecond: 1_000 });
    expect(upgrade).not.toHaveProperty('limit');
    expect(
      await told('phone_number_quality_update', {
        ...faster,
        max_daily_conversations_per_business: 'TIER_2K',
      }),
    ).toMatchObject([{ limit: 2_000, perSecond: 1_000 }]);
    const capability = { max_daily_conversations_per_business: 2000, max_phone_numbers_per_waba: 25 };
    expect(await told('business_capability_update', capability)).toMatchObject([
      { type: 'sender', sender: '1', event: 'business_capability_update', limit: 2_000 },
    ]);
    const tiers = ['TIER_UNLIMITED', 'TIER_250', 'TIER_NOT_SET', -1].map(async (tier) => {
      const [one] = await told('business_capability_update', { max_daily_conversations_per_business: tier });
      return one?.type === 'sender' ? one.limit : 'none';
    });
    expect(await Promise.all(tiers)).toEqual([null, 250, undefined, null]);
    // The older form, as partners still tell it.
    const older = {
      display_phone_number,
      event: 'DOWNGRADE',
      current_limit: 'TIER_1K',
      old_limit: 'TIER_10K',
    };
    expect(await told('phone_number_quality_update', older)).toMatchObject([
      { event: 'downgrade', limit: 1_000 },
    ]);
    for (const [event, quality] of [
      ['FLAGGED', 'low'],
      ['UNFLAGGED', 'medium'],
    ])
      expect(await told('phone_number_quality_update', { ...older, event })).toMatchObject([{ quality }]);
    // What concerns another number of the account is that one's.
    expect(await told('phone_number_quality_update', older, { displayNumber: '+1 555 078 3882' })).toEqual(
      [],
    );
    expect(
      await told('phone_number_quality_update', older, { displayNumber: '+1 (555) 078-3881' }),
    ).toHaveLength(1);
    expect(
      await told('business_capability_update', capability, { displayNumber: '+1 555 078 3882' }),
    ).toHaveLength(1);
  });

  it('what stands in the way of an account is told, until when it does', async () => {
    const told = async (value: unknown) => (await given(wrap('account_update', value))).events[0];
    const until = Date.parse('2026-04-19T13:59:20Z');
    const restriction = (restriction_type: string, expiration?: unknown) => ({
      restriction_type,
      expiration,
    });
    const reminders = 'RESTRICTED_BIZ_INITIATED_MESSAGING';
    const restricted = (...restriction_info: unknown[]) =>
      told({ event: 'ACCOUNT_RESTRICTION', restriction_info });
    expect(
      await restricted(
        restriction('RESTRICTED_ADD_PHONE_NUMBER_ACTION', '2027-04-19T13:59:20+0000'),
        restriction(reminders, '2026-04-19T13:59:20+0000'),
      ),
    ).toMatchObject({ type: 'sender', sender: '1', event: 'account_restriction', usable: false, until });
    expect(await restricted(restriction(reminders, until / 1_000))).toMatchObject({ until });
    const open = await restricted(
      restriction(reminders, '2026-04-19T13:59:20Z'),
      restriction(reminders, 'soon'),
    );
    expect(open).toMatchObject({ usable: false });
    expect(open).not.toHaveProperty('until');
    for (const value of [
      { event: 'ACCOUNT_RESTRICTION', restriction_info: [restriction('RESTRICTED_ADD_PHONE_NUMBER_ACTION')] },
      { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'SCHEDULE_FOR_DISABLE' } },
      { event: 'VOLUME_BASED_PRICING_TIER_UPDATE', volume_tier_info: { tier: '0:100' } },
      { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'SCAM' } },
    ])
      expect(await told(value)).not.toHaveProperty('usable');
    const ban = async (waba_ban_state: string) =>
      told({ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state, waba_ban_date: 'April 17, 2025' } });
    expect([
      await ban('DISABLE'),
      await ban('REINSTATE'),
      await told({ event: 'ACCOUNT_DELETED' }),
    ]).toMatchObject([{ usable: false }, { usable: true }, { usable: false }]);
  });

  it('changes of the category of a template are told', async () => {
    const category = { message_template_name: 'a', new_category: 'MARKETING', previous_category: 'UTILITY' };
    expect((await given(wrap('template_category_update', category))).events).toMatchObject([
      { type: 'template', name: 'a', event: 'category', category: 'marketing' },
    ]);
  });
});

describe('hostile bodies', () => {
  it('of other kinds are refused with the status that says so', async () => {
    expect((await given('not json')).refused).toBe('malformed');
    expect((await given('[]')).refused).toBe('malformed');
    expect((await given('{"__proto__":{"entry":[]}}')).refused).toBe('malformed');
    const { answer } = await channel().receive(request('{}', {}, { method: 'DELETE' }), { now });
    expect(answer.status).toBe(405);
    const huge = await channel().receive(request(new Uint8Array(4 * 1024 * 1024 + 1)), { now });
    expect(huge.refused).toBe('too_large');
  });

  it('survive depth, long texts, broken letters and controls', async () => {
    expect((await given(`{"entry":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)).refused).toBe('malformed');
    const metadata = { phone_number_id: number };
    const text = { body: `\u0000a\u001b${'😀'.repeat(20_000)}\ud800` };
    const messages = [{ id: 'wamid.1', from: '573001234567', timestamp: '1763801000', type: 'text', text }];
    const { events } = await given({
      entry: [{ changes: [{ field: 'messages', value: { metadata, messages } }] }],
    });
    const event = events[0];
    if (event?.type !== 'message' || event.text === undefined) throw new Error('no text');
    expect(event.cut).toBe(true);
    expect(event.text.length).toBeLessThanOrEqual(16_000);
    expect(event.text.isWellFormed()).toBe(true);
    expect(event.text.startsWith('a😀')).toBe(true);
  });

  it('invalid UTF-8 under a right signature is read with replacements', async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('{"entry":[],"x":"'), 0xff, 0xfe, 0x22, 0x7d]);
    const signed = { 'x-hub-signature-256': `sha256=${hex(secret, bytes)}` };
    expect((await channel().receive(request(bytes, signed), { now })).answer.status).toBe(200);
  });

  it('of any JSON never throw, and every event can be stored', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue({ maxDepth: 6 }),
        fc.constantFrom(...examples),
        async (value, example) => {
          for (const body of [
            value,
            { entry: [value] },
            { entry: [{ id: value, time: value, changes: [value, { field: 'messages', value }] }] },
            { entry: [{ changes: [{ field: 'messages', value: { statuses: [value], messages: value } }] }] },
            mixed(example.body, value),
          ]) {
            const { answer, events } = await given(body as object);
            expect([200, 400]).toContain(answer.status);
            for (const event of events) expect(JSON.parse(JSON.stringify(event))).toEqual(event);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

/** The example with each leaf of some place replaced. */
function mixed(body: unknown, value: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (key, old: unknown) =>
    ['timestamp', 'id', 'from', 'type', 'wa_id', 'errors', 'pricing', 'profile'].includes(key) ? value : old,
  );
}
