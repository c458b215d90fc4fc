import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { OutboundMessage } from '../../../src/channels/channel.js';
import {
  derivedTemplates,
  type WhatsappButton,
  type WhatsappParts,
  type WhatsappTemplateMap,
  whatsapp,
} from '../../../src/channels/whatsapp/index.js';
import { templatePayload } from '../../../src/channels/whatsapp/payload.js';
import { windowPayload } from '../../../src/channels/whatsapp/window.js';
import { isRecobroError } from '../../../src/errors.js';
import { readReply } from '../../../src/replies/index.js';
import { fixture } from '../fixtures.js';
import { now, textMessage } from '../message.js';

const valid = new Ajv2020({ strict: false, allErrors: true }).compile(
  Object(fixture('whatsapp-send.schema.json')),
);

function expectValid(payload: unknown): void {
  expect(valid(payload), JSON.stringify(valid.errors)).toBe(true);
}

const template = { name: 'firme', language: 'es_MX', parameters: ['name'] } as const;
const replies = [
  { type: 'reply', payload: 'paid', text: { es: 'Ya pagué', en: 'Already paid' } },
  { type: 'reply', payload: 'dispute:{{number}}', text: 'No reconozco' },
] as const satisfies readonly WhatsappButton[];

function withPay(value: string): OutboundMessage {
  const parameters = [
    { name: 'name', value: 'Ana' },
    { name: 'pay', value },
  ];
  return textMessage({ content: { kind: 'text', text: `Ana: ${value} aquí`, variables: {}, parameters } });
}

describe('buttons of a template', () => {
  it('brings payloads and the end of an address, by place', () => {
    const payload = templatePayload(textMessage(), {
      ...template,
      buttons: [
        ...replies,
        { type: 'phone', phone: '+525512345678' },
        { type: 'url', url: 'https://pay.acme.example/' },
        { type: 'url', url: 'https://pay.acme.example/i/', suffix: '{{number}}?v={{total}}' },
      ],
    });
    expectValid(payload);
    expect(payload?.template.components?.slice(1)).toEqual([
      {
        type: 'button',
        sub_type: 'quick_reply',
        index: '0',
        parameters: [{ type: 'payload', payload: 'paid' }],
      },
      {
        type: 'button',
        sub_type: 'quick_reply',
        index: '1',
        parameters: [{ type: 'payload', payload: 'dispute:F-1001' }],
      },
      {
        type: 'button',
        sub_type: 'url',
        index: '4',
        parameters: [{ type: 'text', text: 'F-1001?v=%241%2C250.00' }],
      },
    ]);
  });

  it.each([
    ['https://pay.acme.example/i/abc?x=1', 'abc?x=1'],
    ['Ref 12', 'Ref%2012'],
    // Another place, several links, nothing after the fixed part: the button would lead nowhere.
    ['https://other.example/i/abc', undefined],
    ['https://other.example/?to=https://pay.acme.example/i/abc', undefined],
    ['F-1: https://pay.acme.example/i/a ; F-2: https://pay.acme.example/i/b', undefined],
    ['https://pay.acme.example/i/', undefined],
  ])('a payment link %j ends in %j', (pay, expected) => {
    const buttons = [{ type: 'url', url: 'https://pay.acme.example/i/', suffix: '{{pay}}' }] as const;
    const payload = templatePayload(withPay(pay), { ...template, buttons });
    if (payload !== undefined) expectValid(payload);
    expect(payload?.template.components?.[1]?.parameters).toEqual(
      expected === undefined ? undefined : [{ type: 'text', text: expected }],
    );
  });

  it('never goes out with a value that is missing or too long', () => {
    const send = (payload: string) =>
      templatePayload(textMessage(), { ...template, buttons: [{ type: 'reply', payload }] });
    expect(send('dispute:{{constructor}}')).toBeUndefined();
    expect(send(`dispute:${'{{name}}'.repeat(30)}`)).toBeUndefined();
    expect(send('dispute:{{ name }}')).toBeDefined();
  });

  it('payloads of the documentation are understood', () => {
    const today = '2026-03-03';
    const read = (payload: string) => readReply({ payload, languages: ['es'], today: today as never }).intent;
    expect(
      ['paid', 'promise', 'promise:2026-03-15', 'dispute:F-1', 'plan', 'stop', 'help'].map(read),
    ).toEqual(['paid', 'promise', 'promise', 'dispute', 'cannot_pay', 'stop', 'help']);
  });
});

describe('inside the service window', () => {
  const open = (more: Partial<OutboundMessage> = {}) =>
    textMessage({ windowUntil: now + 3_600_000, ...more });
  const document = { id: '123', filename: 'F-1001.pdf' };

  it('replies of the template become replies of the message, in its language', () => {
    const payload = windowPayload(open(), now, { buttons: replies, document });
    expectValid(payload);
    expect(payload).toMatchObject({
      type: 'interactive',
      interactive: {
        type: 'button',
        header: { type: 'document', document },
        action: {
          buttons: [
            { type: 'reply', reply: { id: 'paid', title: 'Ya pagué' } },
            { type: 'reply', reply: { id: 'dispute:F-1001', title: 'No reconozco' } },
          ],
        },
      },
    });
  });

  it('one address becomes a button; a document carries the text', () => {
    const url = {
      type: 'url',
      url: 'https://pay.acme.example/i/',
      suffix: '{{number}}',
      text: 'Pagar',
    } as const;
    const paying = windowPayload(open(), now, { buttons: [url] });
    expectValid(paying);
    expect(paying).toMatchObject({
      interactive: {
        type: 'cta_url',
        action: { parameters: { display_text: 'Pagar', url: 'https://pay.acme.example/i/F-1001' } },
      },
    });
    const bringing = windowPayload(open(), now, { document });
    expectValid(bringing);
    expect(bringing).toMatchObject({ type: 'document', document: { ...document, caption: /F-1001/ } });
  });

  it.each<[string, readonly WhatsappButton[]]>([
    ['have no label in the language', [{ type: 'reply', payload: 'paid', text: { en: 'Paid' } }]],
    ['have a label that is too long', [{ type: 'reply', payload: 'paid', text: 'x'.repeat(21) }]],
    ['are four', [1, 2, 3, 4].map((n) => ({ type: 'reply', payload: `p${n}`, text: `${n}` }))],
    ['are of several kinds', [...replies, { type: 'url', url: 'https://a.example/', text: 'Pagar' }]],
    ['lack a value', [{ type: 'reply', payload: '{{nobody}}', text: 'x' }]],
  ])('the template goes where buttons %s', (_, buttons) => {
    expect(windowPayload(open(), now, { buttons })).toBeUndefined();
  });
});

describe('options of parts', () => {
  const problems = (parts: unknown): string[] => {
    const templates: WhatsappTemplateMap = { firm: { es: { ...template, ...Object(parts) } } };
    try {
      whatsapp({ phoneNumberId: '106540352242922', accessToken: 't', templates });
    } catch (error) {
      if (!isRecobroError(error, 'invalid_option')) throw error;
      return error.problems.map(({ path }) => path.replace('templates.firm.es.', ''));
    }
    return [];
  };
  const reply = { type: 'reply', payload: 'paid' };
  const url = { type: 'url', url: 'https://a.example/' };

  it.each<[string[], unknown]>([
    [[], { header: { type: 'document', link: 'https://a.example/{{number}}.pdf', filename: 'a.pdf' } }],
    [
      [],
      { buttons: [url, reply, { ...reply, text: { es: 'a' } }, { type: 'phone', phone: '+525512345678' }] },
    ],
    [['header'], { header: { type: 'image' } }],
    [['header.link', 'header.filename'], { header: { type: 'document', link: 'file:///x', filename: '' } }],
    [['buttons'], { buttons: {} }],
    [['buttons'], { buttons: Array.from({ length: 11 }, () => reply) }],
    [['buttons'], { buttons: [url, url, url] }],
    [['buttons'], { buttons: [reply, url, reply] }],
    [['buttons[0]'], { buttons: [{ type: 'copy' }] }],
    [['buttons[1].text'], { buttons: [reply, { ...reply, text: 'x'.repeat(26) }] }],
    [['buttons[0].payload'], { buttons: [{ ...reply, payload: 'x'.repeat(257) }] }],
    [['buttons[0].url'], { buttons: [{ ...url, url: 'https://a.example/{{1}}' }] }],
    [['buttons[0].suffix'], { buttons: [{ ...url, suffix: '' }] }],
    [['buttons[0].phone'], { buttons: [{ type: 'phone', phone: '55' }] }],
  ])('%j', (expected, parts) => expect(problems(parts)).toEqual(expected));

  it('derived templates bring them too, and check them', () => {
    const parts: WhatsappParts = { header: { type: 'document' }, buttons: replies };
    const choose = derivedTemplates({ parts: { firm: parts } });
    expect(choose(textMessage())).toEqual({ name: 'recobro_firm', language: 'es_MX', ...parts });
    expect(choose(textMessage({ message: 'other' }))).toEqual({ name: 'recobro_other', language: 'es_MX' });
    expect(choose.documents).toBe(true);
    expect(derivedTemplates().documents).toBe(false);
    expect(() => derivedTemplates({ parts: { firm: { buttons: Object('x') } } })).toThrow(
      /parts\.firm\.buttons/,
    );
  });
});
