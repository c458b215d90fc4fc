import { describe, expect, it } from 'vitest';
import { plainSms, segmentsOf } from '../../src/channels/sms/index.js';
import { isRecobroError } from '../../src/errors.js';
import { policyText, previewPage } from '../../src/insight/index.js';
import { previewFacts } from '../../src/insight/preview/examples.js';
import { compileMessages, renderMessage } from '../../src/messages/index.js';
import { presets } from '../../src/policy/presets/index.js';
import type { Documents } from '../../src/policy/types.js';
import { contrast } from './pictures-colour.js';
import { everything } from './pictures-documents.js';

const documents = presets.balanced({ zone: 'America/Bogota', language: 'es' });
const page = previewPage(documents);

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

function unescaped(text: string): string {
  return text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity);
}

interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** Every opening tag of a page; throws where tags are not nested as they should be. */
function tagsOf(html: string): Tag[] {
  const tags: Tag[] = [];
  const open: string[] = [];
  const markup = html.replace(/<!doctype html>|<!--.*?-->/gis, '');
  for (const [whole, closing, name = '', list = ''] of markup.matchAll(
    /<(\/?)([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*>/gi,
  )) {
    if (closing === '/') {
      const last = open.pop();
      if (last !== name) throw new Error(`${whole} closes <${last}>`);
      continue;
    }
    const attributes = Array.from(
      list.matchAll(/([\w:-]+)(?:="([^"]*)")?/g),
      ([, key = '', value = '']) => [key, unescaped(value)] as const,
    );
    tags.push({ name, attributes: new Map(attributes) });
    if (!['meta', 'base', 'br', 'hr', 'img', 'input', 'link'].includes(name)) open.push(name);
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(', ')}`);
  // What looks like a tag and was not read as one would be read by a browser in its own way.
  const left = markup
    .replace(/<style>.*?<\/style>/gs, '')
    .replace(/<\/?[a-z][\w-]*(?:\s+[\w:-]+(?:="[^"]*")?)*\s*>/gi, '');
  if (left.includes('<'))
    throw new Error(`a stray <: ${left.slice(left.indexOf('<'), left.indexOf('<') + 60)}`);
  return tags;
}

/** E-mails within a page. */
function mailsOf(html: string): string[] {
  return tagsOf(html).flatMap(({ name, attributes }) =>
    name === 'iframe' ? [attributes.get('srcdoc') ?? ''] : [],
  );
}

/** Throws where anything of a page or of its e-mails could run or be loaded. */
function expectHarmless(html: string): void {
  for (const part of [html, ...mailsOf(html)]) {
    for (const { name, attributes } of tagsOf(part)) {
      expect(['script', 'object', 'embed', 'link', 'img', 'form', 'video', 'audio']).not.toContain(name);
      for (const [key, value] of attributes) {
        expect(key).not.toMatch(/^on/i);
        if (key === 'href') expect(value).toMatch(part === html ? /^#/ : /^(?:https?|mailto|tel):/);
        if (key === 'src' || key === 'action' || key === 'formaction') throw new Error(`${key}="${value}"`);
      }
      if (name === 'iframe') expect(attributes.get('sandbox')).toBe('');
      if (name === 'base') expect([...attributes]).toEqual([['target', '_blank']]);
    }
    const sheets = Array.from(part.matchAll(/<style>(.*?)<\/style>/gs), ([, sheet = '']) => sheet);
    for (const sheet of sheets) expect(sheet).not.toMatch(/url\(|@import|expression\(|</i);
  }
}

describe('a preview', () => {
  it('is one file that loads nothing and runs nothing', () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="es">/);
    expectHarmless(page);
    const csp = tagsOf(page).find(
      ({ attributes }) => attributes.get('http-equiv') === 'Content-Security-Policy',
    );
    expect(csp?.attributes.get('content')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    );
  });

  it('shows the picture for wide and for narrow windows, or the one asked for', () => {
    const widths = (html: string): unknown[] =>
      tagsOf(html).flatMap(({ name, attributes }) => (name === 'svg' ? [attributes.get('width')] : []));
    expect(widths(page)).toEqual(['920', '360']);
    expect(widths(previewPage(documents, { layout: 'narrow' }))).toEqual(['360']);
    expect(widths(previewPage(everything))).toHaveLength(10);
    expect(widths(previewPage(everything, { policy: 'states' }))).toHaveLength(2);
    expect(() => previewPage(everything, { policy: 'nobody' })).toThrow('nobody');
  });

  it('has ids that are unique, and links and labels that find theirs', () => {
    for (const html of [page, previewPage(everything)]) {
      const tags = tagsOf(html);
      const ids = tags.flatMap(({ attributes }) => attributes.get('id') ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { attributes } of tags) {
        for (const key of ['href', 'aria-labelledby'])
          for (const id of attributes.get(key)?.split(' ') ?? []) expect(ids).toContain(id.replace('#', ''));
      }
    }
  });

  it('tells the ladder in a table that says what the picture says', () => {
    const html = previewPage(everything, { policy: 'all' });
    const table = html.slice(html.indexOf('<table>'), html.indexOf('</table>'));
    expect(table.match(/<th scope="row">/g)).toHaveLength(7);
    expect(table.match(/<th scope="col">/g)).toHaveLength(5);
    const words = unescaped(html.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ');
    for (const stage of ['Varias fechas', 'Con plazo', 'Fin de mes']) expect(table).toContain(stage);
    expect(words).toContain('hacia el día');
    for (const line of policyText(everything, { policy: 'all' }).split('\n').slice(1, 8))
      expect(words).toContain(line.slice(line.indexOf(': ') + 2, -1));
  });

  it('is the same for the same documents', () => {
    expect(previewPage(structuredClone(documents))).toBe(page);
  });

  it('speaks English, Spanish and Portuguese', () => {
    expect(previewPage(documents, { language: 'pt-BR' })).toContain('Mensagens de exemplo');
    expect(previewPage(documents, { language: 'fr' })).toContain('Example messages');
    expect(previewPage(documents, { title: 'Nuestra cobranza' })).toContain('<h1>Nuestra cobranza</h1>');
  });

  it('suits light and dark surroundings, or one of them', () => {
    expect(page).toContain('color-scheme:light dark');
    expect(page.match(/prefers-color-scheme:dark/g)?.length).toBeGreaterThan(3);
    const night = previewPage(documents, { theme: 'dark' });
    expect(night.slice(0, night.indexOf('</style>'))).not.toContain('prefers-color-scheme');
    expect(night).toContain('color-scheme:dark}');
  });

  it('leaves messages out where there are none', () => {
    const html = previewPage({ ...documents, messages: { id: 'm', version: 1, messages: [] } });
    expect(html).not.toContain('id="messages"');
    expect(html).not.toContain('#messages"');
    expectHarmless(html);
  });
});

describe('example messages', () => {
  const compiled = compileMessages(documents.messages);
  const samples = page.split('<section class="sample ').slice(1);
  const languages = [...new Set(documents.messages.messages.flatMap((one) => Object.keys(one.text)))];

  it('are there in every language, channel and form', () => {
    const channels = ['whatsapp', 'sms', 'email'];
    expect(samples).toHaveLength(documents.messages.messages.length * languages.length * channels.length * 2);
    expect(page).not.toContain('class="failed"');
    for (const [index] of languages.entries()) {
      for (const channel of [0, 1, 2]) {
        for (const form of ['one', 'many']) {
          const own = samples.filter((one) => one.startsWith(`l${index} c${channel} ${form}"`));
          expect(own).toHaveLength(documents.messages.messages.length);
        }
      }
    }
  });

  it('are rendered as a send renders them, dated by the stage that sends them', () => {
    const text = unescaped(
      page.replaceAll('<br>', '\n').replace(/<\/?(?:b|i|s)>|<span class="link">|<\/span>/g, ''),
    );
    for (const [message, days] of [
      ['reminder', 3],
      ['firm', 10],
      ['collection-notice', 21],
      ['upcoming', -7],
    ] as const) {
      for (const form of ['one', 'many'] as const) {
        const facts = previewFacts({ language: 'es', form, about: 'items', days });
        const rendered = (channel: string) =>
          renderMessage(compiled, { message, channel, languages: ['es'], facts }).content;
        const [whatsapp, sms, email] = [rendered('whatsapp'), rendered('sms'), rendered('email')];
        expect(facts.items[0]?.daysPastDue).toBe(days);
        if (whatsapp.kind !== 'text' || sms.kind !== 'text' || email.kind !== 'email')
          throw new Error('kinds');
        expect(text).toContain(whatsapp.text.replaceAll(/[*_~]/g, ''));
        expect(text).toContain(plainSms(sms.text));
        expect(text).toContain(email.text);
        expect(mailsOf(page)).toContain(email.html.replace('<head>', '<head>\n<base target="_blank">'));
        const { segments } = segmentsOf(plainSms(sms.text));
        expect(text).toContain(
          `${segments} ${segments === 1 ? 'segmento' : 'segmentos'} · ${[...plainSms(sms.text)].length}`,
        );
      }
    }
  });

  it('begin with the plan’s language, are switched without a program, and all stand there where switches do nothing', () => {
    const checked = (html: string): string[] =>
      tagsOf(html).flatMap(({ name, attributes }) =>
        name === 'input' && attributes.has('checked') ? [attributes.get('id') ?? ''] : [],
      );
    expect(checked(page)).toEqual([`language-${languages.indexOf('es')}`, 'channel-0', 'form-0']);
    const pt = previewPage(presets.balanced({ zone: 'UTC', language: 'pt-BR' }));
    expect(checked(pt)).toEqual([`language-${languages.indexOf('pt')}`, 'channel-0', 'form-0']);
    const radios = tagsOf(page).filter(({ name }) => name === 'input');
    for (const { attributes } of radios) {
      const id = attributes.get('id') ?? '';
      // `All` hides nothing.
      expect(page.includes(`:has(#${id}:checked)`)).toBe(id !== 'channel-0');
    }
  });

  it('show WhatsApp’s own markup as the application does, and links that lead nowhere', () => {
    const html = previewPage({
      ...documents,
      messages: {
        id: 'm',
        version: 1,
        messages: [
          {
            id: 'reminder',
            about: 'items',
            text: {
              es: {
                whatsapp:
                  'Hola *{{contact.name}}*: _hoy_, ~no~ 2*3*4 snake_case_name https://a.example/_x_ fin.',
              },
            },
          },
        ],
      },
    });
    expect(html).toContain(
      'Hola <b>Marcela Quiroga</b>: <i>hoy</i>, <s>no</s> 2*3*4 snake_case_name <span class="link">https://a.example/_x_</span> fin.',
    );
  });

  it('say which text is missing, and what keeps one from being sent', () => {
    const html = previewPage(everything);
    expect(html).toContain('Sin texto en este idioma.');
    const sender = { name: 'Acme', email: 'a@acme.example' };
    const failed = previewPage(documents, { sender });
    expect(failed).toContain('class="failed"');
    expectHarmless(failed);
    const whole = previewPage(documents, {
      sender: { ...sender, phone: '+57 601 555 0100', pay: { bank: 'Cuenta 123' } },
    });
    expect(whole).not.toContain('class="failed"');
    expect(whole).toContain('Cuenta 123');
    expect(whole).not.toContain('aurora.example');
  });

  it('can be read in their phones by day and by night', () => {
    for (const theme of ['light', 'dark'] as const) {
      const html = previewPage(documents, { theme });
      const colour = (name: string): string => new RegExp(`--${name}:(#\\w+)`).exec(html)?.[1] ?? name;
      for (const [ink, ground] of [
        ['r-ink', 'bubble'],
        ['r-muted', 'bubble'],
        ['r-accent', 'bubble'],
        ['r-ink', 'smsbubble'],
        ['r-muted', 'smsbubble'],
        ['r-muted', 'sms'],
        ['r-ink', 'sms'],
        ['onbar', 'bar'],
        ['r-panel', 'r-accent'],
        ['r-panel', 'r-muted'],
      ] as const)
        expect(contrast(colour(ink), colour(ground)), `${theme}: ${ink} on ${ground}`).toBeGreaterThanOrEqual(
          4.5,
        );
    }
  });
});

describe('hostile documents', () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>'\`</style></iframe><!--]]>\u0007\ud800`;
  const hostile: Documents = {
    plan: {
      ...everything.plan,
      assign: [{ account: evil, policy: 'p' }],
      default: 'p',
    },
    policies: [
      {
        id: `p"><script>`,
        version: 1,
        name: evil,
        via: [{ channel: evil }, { channel: 'email' }],
        scope: { fact: evil, eq: evil },
        on: { paid: [{ send: evil }], promiseBroken: [{ alert: evil, to: evil }, { effect: evil }] },
        stages: [
          {
            id: evil,
            name: evil,
            tone: 'firm',
            at: { from: 'due', plus: '1d' },
            when: { fact: 'item.tags', has: evil },
            do: [
              { send: evil, to: evil, copy: [evil], from: evil, attach: [evil] },
              { task: evil, owner: evil },
              { fee: evil, fixed: { [evil]: evil } },
              { handover: 'legal', to: evil },
              { close: evil },
            ],
          },
        ],
      },
    ],
    messages: {
      id: 'm',
      version: 1,
      messages: [
        {
          id: evil,
          about: 'items',
          text: {
            es: {
              whatsapp: `Hola ${evil} *${evil}* {{contact.name}} y adiós`,
              sms: `Hola ${evil} {{sender.name}}`,
              email: {
                subject: `Asunto ${evil}`,
                body: `Hola ${evil}\n\n**${evil}** [${evil}](https://a.example/{{account.name}})\n\n- ${evil}`,
              },
              [evil]: `Carta ${evil}`,
            },
          },
        },
      ],
    },
  };

  it('put nothing into the page or its e-mails', () => {
    for (const layout of ['wide', 'narrow', undefined] as const) {
      const html = previewPage(hostile, { title: evil, layout });
      expectHarmless(html);
      for (const one of ['<script', '<img', '\u0007', '\ud800']) expect(html).not.toContain(one);
      expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    }
  });

  it('put nothing there through the sender either', () => {
    const html = previewPage(documents, {
      sender: { name: evil, team: evil, phone: evil, email: evil, address: evil, pay: 'javascript:alert(1)' },
    });
    expectHarmless(html);
    expect(html).not.toMatch(/href=(?:"|&quot;)javascript:/);
  });

  it('cannot link to programs', () => {
    const text = { es: { email: { subject: 'Hola', body: 'Pulse [aquí](javascript:void) ahora.' } } };
    const messages = { id: 'm', version: 1, messages: [{ id: 'x', about: 'items' as const, text }] };
    try {
      previewPage({ ...documents, messages });
      expect.unreachable();
    } catch (error) {
      if (!isRecobroError(error, 'invalid_template')) throw error;
      expect(error.problems).toContainEqual(expect.objectContaining({ code: 'unsafe_link' }));
    }
  });
});
