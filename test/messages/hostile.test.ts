import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRecobroError } from '../../src/errors.js';
import { shorten } from '../../src/messages/clean.js';
import { compileMessages, type MessageFacts, renderMessage } from '../../src/messages/index.js';
import { presetMessages } from '../../src/policy/presets/messages/catalogue.js';
import { facts, item, sender } from './samples.js';

const compiled = compileMessages(
  presetMessages('m', [
    'upcoming',
    'due-today',
    'reminder',
    'follow-up',
    'firm',
    'collection-notice',
    'thanks',
  ]),
);
const ids = [...compiled.messages.keys()];

function render(id: string, channel: string, changed: MessageFacts) {
  return renderMessage(compiled, { message: id, channel, languages: ['es'], facts: changed }).content;
}

const nasty = [
  '{{#items}}',
  '{{/items}}{{amount}}',
  '{{{amount}}}',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "O'Brien & Sons",
  '**negrita** [x](https://evil.example)',
  '| a | b |',
  '- x',
  'linea\r\nBcc: todos@evil.example',
  '\u202e$1,000\u202c',
  '\u200f\u200eAl-Noor \u2066x\u2069',
  'a\u0000b\u001b[31m',
  'tab\tand     spaces',
  '\u2028next\u0085line',
  '\ud800lone',
  '__proto__',
  'constructor',
  '<!--[if mso]>',
  '&lt;b&gt;',
  'https://evil.example/x',
];

describe('hostile names', () => {
  it.each(nasty)('%j is only text', (name) => {
    const changed = facts({
      account: { name },
      contact: { name },
      items: [item({ number: name }), item({ number: name })],
      sender: { ...sender, name, team: name, address: name, pay: { bank: name, [name]: name } },
    });
    for (const id of ['reminder', 'collection-notice']) {
      const mail = render(id, 'email', changed);
      const plain = render(id, 'email', facts({ items: [item({ number: 'X' }), item({ number: 'X' })] }));
      if (mail.kind !== 'email' || plain.kind !== 'email') return expect.unreachable();
      expect(mail.subject).not.toMatch(/[\r\n\u2028\u2029]/);
      // The same tags in the same order, but for links and lines of the ways to pay.
      const tags = (html: string) =>
        (html.match(/<[!/a-z][^\s>]*/gi) ?? []).filter((tag) => !/^<(?:\/?a|br)$/i.test(tag));
      expect(tags(mail.html)).toEqual(tags(plain.html));
      expect(mail.text).not.toMatch(/^Bcc/m);
      for (const channel of ['whatsapp', 'sms']) {
        const content = render(id, channel, changed);
        if (content.kind !== 'text') return expect.unreachable();
        for (const value of Object.values(content.variables)) {
          expect(value).not.toMatch(/[\r\n\t\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f]| {2}/);
          expect(value).not.toMatch(/\p{Cc}/u);
          expect(value).toBe(value.toWellFormed());
        }
      }
    }
  });

  it('keeps a name that runs the other way from taking the amount beside it along', () => {
    const catalogue = compileMessages({
      id: 'm',
      version: 1,
      messages: [
        {
          id: 'm',
          about: 'items',
          text: { es: { email: { subject: 's', body: '{{contact.name}}: {{amount}} {{account.name}}' } } },
        },
      ],
    });
    const named = facts({ contact: { name: 'محمد علي' }, account: { name: 'Robles' } });
    const { content } = renderMessage(catalogue, {
      message: 'm',
      channel: 'email',
      languages: ['es'],
      facts: named,
    });
    const html = content.kind === 'email' ? content.html : '';
    expect(html).toMatch(/<p[^>]*><bdi>محمد علي<\/bdi>: [^<]+ Robles<\/p>/);
  });

  it('cuts a name so that no joiner is left behind', () => {
    for (let length = 1; length < 60; length++)
      expect(shorten('👩\u200d👩\u200d👧❤\ufe0f '.repeat(9), length)).not.toMatch(/(?:\s|\u200d|\ufe0f)…$/u);
  });

  it('takes braces, brackets and bars of a name as they are', () => {
    const content = render('reminder', 'sms', facts({ contact: { name: '{{#items}}' } }));
    expect(content.kind === 'text' && content.text).toContain('Hola, {{#items}}.');
    const mail = render('reminder', 'email', facts({ contact: { name: '**a** | [b](c)' } }));
    expect(mail.kind === 'email' && mail.html).toContain('Hola, **a** | [b](c):');
  });
});

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(...nasty),
);
const day = fc
  .integer({ min: 0, max: 20_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const items = fc.array(
  fc.record({
    number: text,
    currency: fc.constantFrom('MXN', 'COP', 'CLP', 'KWD', 'USD', 'BRL', 'INR', 'EUR'),
    original: fc.integer({ min: 0, max: 1e12 }),
    outstanding: fc.integer({ min: 0, max: 1e12 }),
    dunnable: fc.integer({ min: 0, max: 1e12 }),
    due: day,
    daysPastDue: fc.integer({ min: 1, max: 5000 }),
    acting: fc.boolean(),
    paymentUrl: fc.option(fc.oneof(fc.webUrl(), text), { nil: undefined }),
    instalment: fc.option(text, { nil: undefined }),
  }),
  { minLength: 1, maxLength: 12 },
);
const anyFacts = fc.record({
  account: fc.record({ name: text }),
  contact: fc.record({ name: text }),
  sender: fc.record(
    { name: text, team: text, phone: text, email: text, address: text, pay: fc.dictionary(text, text) },
    { requiredKeys: ['name'] },
  ),
  items,
  totals: fc.constant(undefined),
});

describe('for all facts', () => {
  it('renders without holes and without unescaped HTML, or refuses with empty_variable', () => {
    fc.assert(
      fc.property(
        anyFacts,
        fc.constantFrom(...ids),
        fc.constantFrom('email', 'sms', 'whatsapp'),
        fc.constantFrom('es', 'en', 'pt', 'es-CO', 'en-IN', 'xx'),
        (given, message, channel, language) => {
          const request = { message, channel, languages: [language, 'en'], facts: given };
          let rendered: ReturnType<typeof renderMessage>;
          try {
            rendered = renderMessage(compiled, request);
          } catch (error) {
            if (!isRecobroError(error, 'empty_variable')) throw error;
            for (const { path } of error.problems) expect(path).toMatch(/^[a-z.]+$/);
            return;
          }
          const { content, variables } = rendered;
          for (const value of Object.values(variables)) expect(value.trim()).not.toBe('');
          if (content.kind === 'text') {
            expect(content.text.trim()).not.toBe('');
            expect(content.parameters.map(({ name }) => name)).toEqual(
              Object.keys(content.variables).filter((name) => name !== 'payment.link'),
            );
            return;
          }
          expect(content.subject).toMatch(/^.+$/u);
          const markup = content.html.replace(/<!--\[if mso\]>.*?<!\[endif\]-->/gs, '');
          for (const tag of markup.match(/<[^>]*>/g) ?? []) {
            expect(tag).toMatch(
              /^<(?:!doctype html|\/?(?:html|head|meta|title|style|body|div|table|tr|td|th|p|ul|li|br|strong|a|span|bdi)(?: (?:[\w-]+="[^"<>]*" ?)+)?)>$/,
            );
          }
          expect(markup.replace(/<[^>]*>/g, '').replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toMatch(
            /[<>]|&(?!amp)/,
          );
          for (const [, href = ''] of markup.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https?:/);
        },
      ),
      { numRuns: 600 },
    );
  });

  it('asks for exactly what it lists', () => {
    fc.assert(
      fc.property(items, (listed) => {
        const table = compileMessages({
          id: 't',
          version: 1,
          messages: [
            {
              id: 'm',
              about: 'items',
              text: {
                en: {
                  email: {
                    subject: '{{amount}}',
                    body: '| n | a |\n{{#items}}\n| x | {{amount}} |\n{{/items}}',
                  },
                },
              },
            },
          ],
        });
        const changed = facts({ items: listed.map((one) => ({ ...one, currency: 'USD', number: 'x' })) });
        const { content } = renderMessage(table, {
          message: 'm',
          channel: 'email',
          languages: ['en-US'],
          facts: changed,
        });
        if (content.kind !== 'email') return expect.unreachable();
        const cents = (shown: string) => Number(shown.replace(/[$,.]/g, ''));
        const rows = content.text.match(/\$[\d,.]+/g) ?? [];
        expect(rows).toHaveLength(listed.length);
        expect(rows.reduce((sum, row) => sum + cents(row), 0)).toBe(cents(content.subject));
      }),
      { numRuns: 200 },
    );
  });
});
