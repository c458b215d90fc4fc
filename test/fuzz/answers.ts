import fc from 'fast-check';
import type { SendOutcome } from '../../src/channels/channel.js';
import { outcomeOfMailError } from '../../src/channels/email/outcome.js';
import type { HttpResult, HttpTransport } from '../../src/channels/http.js';
import { outcomeOfAnswer as ofTwilio } from '../../src/channels/sms/twilio/answer.js';
import { outcomeOfAnswer as ofMeta } from '../../src/channels/whatsapp/answer.js';
import { whatsappTemplates } from '../../src/channels/whatsapp/index.js';
import { anyJson, anyText, canary, mutated, textsLike } from './inputs.js';
import { isData, type Parser, parser } from './parser.js';

/** What providers and mail servers answer to a send. */

const outcomes = ['accepted', 'retry', 'refused', 'misconfigured', 'unknown'];

function checkOutcome(outcome: SendOutcome): void {
  if (!outcomes.includes(outcome.outcome) || !isData(outcome)) throw new Error('is no outcome');
  if (outcome.outcome === 'accepted') return;
  if (!/^[\w:.-]{1,80}$/.test(outcome.code)) throw new Error('has no code that can be shown');
  if (JSON.stringify(outcome).includes(canary)) throw new Error('gives a text of the answer away');
  if (outcome.outcome === 'retry' && outcome.after !== undefined && !(outcome.after >= 0))
    throw new Error('waits for nonsense');
}

const codes = fc.oneof(
  fc.constantFrom(
    0,
    1,
    4,
    190,
    131026,
    131056,
    132001,
    21211,
    21610,
    30003,
    30008,
    63016,
    '131047',
    -1,
    Number.MAX_VALUE,
  ),
  fc.integer(),
);

function answersOf(examples: readonly unknown[]): fc.Arbitrary<HttpResult> {
  const texts = textsLike(examples);
  const body = fc.oneof(
    { weight: 8, arbitrary: mutated(examples, texts).map((value) => JSON.stringify(value) ?? '') },
    { weight: 2, arbitrary: anyText },
    { weight: 1, arbitrary: fc.nat(20_000).map((depth) => '{"error":'.repeat(depth)) },
  );
  return fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record({
        kind: fc.constant('answered' as const),
        status: fc.oneof(fc.constantFrom(200, 201, 400, 401, 403, 404, 429, 500, 502, 503), fc.nat(999)),
        body,
        complete: fc.boolean(),
        retryAfter: fc.option(fc.oneof(fc.nat(99_999).map(String), anyText), { nil: undefined }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('unknown' as const, 'not_sent' as const),
        code: fc.constantFrom('ECONNRESET', 'aborted', 'timeout', 'failed'),
      }),
    },
  );
}

function faults(): fc.Arbitrary<unknown> {
  return codes.map((code) => ({ error: { code, message: canary, error_data: { details: canary } } }));
}

function meta(): Parser {
  const accepted = {
    messages: [{ id: 'wamid.A', message_status: 'accepted' }],
    contacts: [{ wa_id: '52155' }],
  };
  const results = fc
    .tuple(answersOf([accepted]), fc.option(faults()))
    .map(
      ([result, fault]): HttpResult =>
        fault === null || result.kind !== 'answered' ? result : { ...result, body: JSON.stringify(fault) },
    );
  return parser('answers: whatsapp', 60_000, results, (result) =>
    checkOutcome(ofMeta(result, { now: 0, attempt: 3 })),
  );
}

function twilio(): Parser {
  const examples = [
    { sid: 'SM1', status: 'queued', error_code: null },
    { sid: 'SM1', status: 'failed', error_code: 30003 },
    { code: 21610, message: canary, status: 400 },
  ];
  const results = fc
    .tuple(answersOf(examples), fc.option(codes))
    .map(
      ([result, code]): HttpResult =>
        code === null || result.kind !== 'answered'
          ? result
          : { ...result, body: JSON.stringify({ code, message: canary }) },
    );
  return parser('answers: twilio', 60_000, results, (result) => checkOutcome(ofTwilio(result, { now: 0 })));
}

/** Errors of a mail transport, as nodemailer has them and as nobody has. */
function smtp(): Parser {
  const texts = fc.oneof(
    fc.constantFrom(
      ...['EENVELOPE', 'EMESSAGE', 'ECONNECTION', 'ETIMEDOUT', 'EAUTH', 'ESOCKET', 'EDNS', 'ETLS'],
      ...['RCPT TO', 'DATA', 'CONN', 'AUTH PLAIN', 'MAIL FROM', 'API', 'ECONNREFUSED', 'ECONNRESET'],
      ...['550 5.1.1 no such user', '421 4.7.0 later', `554 5.7.1 ${canary}`, '250 2.0.0 Ok', '999 9.9.9'],
      ...['Connection timeout', 'Greeting never received', 'CONNECT_TIMEOUT', canary],
    ),
    anyText,
  );
  const reply = fc.oneof(fc.constantFrom(250, 421, 450, 452, 535, 550, 552, 554), fc.integer(), fc.double());
  const error = fc.record(
    {
      code: texts,
      command: texts,
      response: texts,
      message: texts,
      originalCode: texts,
      timeoutType: texts,
      responseCode: reply,
      syscall: texts,
      cause: anyJson(texts),
      errors: fc.array(anyJson(texts), { maxLength: 3 }),
    },
    { requiredKeys: [] },
  );
  return parser('answers: SMTP', 80_000, fc.oneof(error, anyJson(texts)), (thrown) =>
    checkOutcome(outcomeOfMailError(thrown)),
  );
}

/** Lists of templates, page after page. */
function templates(): Parser {
  const page = {
    data: [
      {
        id: '1',
        name: 'recobro_firm',
        language: 'es_MX',
        status: 'APPROVED',
        category: 'UTILITY',
        rejected_reason: 'NONE',
        message_send_ttl_seconds: 43_200,
        components: [{ type: 'BODY', text: 'Hola {{1}}' }],
      },
    ],
    paging: { cursors: { after: 'x' }, next: 'https://graph.facebook.com/next' },
  };
  const pages = fc.array(mutated([page], textsLike([page])), { minLength: 1, maxLength: 3 });
  return parser('answers: lists of templates', 20_000, pages, async (list) => {
    let turn = 0;
    const fetch: HttpTransport = async () => {
      const body = JSON.stringify(list[Math.min(turn++, list.length - 1)] ?? null) ?? '';
      return { status: 200, headers: { get: () => null }, body: bodyOf(body) };
    };
    const client = whatsappTemplates({ wabaId: '108200000000033', accessToken: 't', fetch });
    const found = await client.list();
    if (found.outcome === 'listed' && !isData(found.templates)) throw new Error('lists what is no data');
    if (turn > list.length + 1) throw new Error('turns pages for ever');
  });
}

async function* bodyOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

export const answers: readonly (() => Parser)[] = [meta, twilio, smtp, templates];
