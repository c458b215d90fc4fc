import { describe, expect, it } from 'vitest';
import { isRecobroError } from '../../src/errors.js';
import {
  htmlReport,
  policyText,
  policyTimeline,
  previewPage,
  type SimulationResult,
  simulate,
} from '../../src/insight/index.js';
import { presets } from '../../src/policy/presets/index.js';
import type { Documents } from '../../src/policy/types.js';

const markup = `<script>alert("1")</script>&'`;
/** Beside markup a bell and half a character, which XML does not know. */
const evil = `${markup}\u0007\ud800`;

const rich: Documents = {
  plan: {
    id: 'plan',
    version: 1,
    zone: 'UTC',
    language: 'en',
    default: 'other',
    segments: [{ id: 'key', when: { fact: 'account.tags', has: 'key' } }],
    assign: [
      { segment: 'key', policy: 'rich' },
      { account: evil, policy: 'rich' },
    ],
    contact: {
      gap: '2d',
      caps: [{ max: 2, per: '7d' }],
      windows: [
        { days: ['mon', 'tue', 'wed', 'fri'], from: '09:00', to: '18:00', channels: ['whatsapp', 'sms'] },
      ],
    },
  },
  policies: [
    { id: 'rich', version: 1, stages: [] },
    {
      id: 'rich',
      version: 2,
      name: `Key ${evil}`,
      via: [{ channel: 'whatsapp' }, { channel: 'email' }],
      late: 'each',
      entry: 'latest',
      message: { list: 'overdue' },
      last: { repeat: '14d', times: 3 },
      on: { paid: [{ send: 'thanks', via: [{ channel: 'email' }] }] },
      stages: [
        {
          id: 'formal',
          name: 'Notice',
          tone: 'formal',
          at: { from: 'due', plus: '1mo' },
          do: [{ send: 'c' }],
        },
        {
          id: 'soon',
          name: evil,
          tone: 'friendly',
          at: { from: 'due', minus: '2w' },
          do: [{ send: 'a', to: evil }],
        },
        {
          id: 'firm',
          name: 'Firm',
          tone: 'firm',
          at: { from: 'due', plus: '3bd', businessDay: 'next' },
          when: {
            all: [
              { fact: 'item.dunnable', gte: { MXN: '10000.00', COP: '2000000' } },
              { not: { fact: 'account.hardship', eq: true } },
              {
                any: [
                  { fact: 'account.shareLate', gt: 50 },
                  { fact: 'account.attributes.sector', eq: evil },
                ],
              },
            ],
          },
          do: [{ send: 'b' }, { task: 'call', owner: 'Ana', within: '2bd' }],
        },
      ],
    },
    {
      id: 'other',
      version: 1,
      stages: [
        { id: 'x', tone: 'friendly', at: { from: 'issue', plus: '5d' }, do: [{ send: 'a' }] },
        { id: 'y', tone: 'firm', at: { from: 'previous', plus: '1w' }, do: [{ task: 'call' }] },
      ],
    },
  ],
  messages: { id: 'm', version: 1, messages: [] },
};

/** Text of the elements of a kind, tags taken out. */
function texts(page: string, tag: string): string[] {
  const found = page.matchAll(new RegExp(`<${tag}(?: [^>]*)?>(.*?)</${tag}>`, 'gs'));
  return Array.from(found, (match) => (match[1] ?? '').replace(/<[^>]*>/g, ''));
}

/** Throws where tags are not nested as they should be. */
function checkNesting(page: string): void {
  const open: string[] = [];
  for (const [, closing, name = '', rest = ''] of page.matchAll(/<(\/?)([a-z][\w-]*)((?: [^<>]*)?)>/gi)) {
    if (closing === '/') {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> closes <${last}>`);
    } else if (!rest.endsWith('/') && !['meta', 'br', 'hr', 'img'].includes(name)) open.push(name);
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(', ')}`);
}

describe('a timeline', () => {
  const svg = policyTimeline(rich, { policy: 'rich' });
  const lines = texts(svg, 'text');

  it('shows the stages on their days, in order, with tone, channels, tasks and conditions', () => {
    const at = (text: string): number => lines.indexOf(text);
    for (const text of ['−2', '+3', '+1', 'weeks', 'bus. days', 'month', 'Due date', 'Firm', 'Notice'])
      expect(lines).toContain(text);
    expect(at('−2')).toBeLessThan(lines.lastIndexOf('Due date'));
    expect(lines.lastIndexOf('Due date')).toBeLessThan(at('+3'));
    expect(at('+3')).toBeLessThan(at('+1'));
    expect(lines.filter((line) => line === 'WhatsApp')).toHaveLength(3);
    const all = lines.join(' ');
    expect(all).toContain('Task: call · Ana · within 2 business days');
    expect(all).toContain(
      'amount to chase ≥ 10,000.00 MXN / 2,000,000 COP and not in hardship and (percent paid late &gt; 50',
    );
    expect(all).toContain('Repeats every 14 days, up to 3 times');
    expect(all).toContain('moved to the next business day');
    expect(all).toContain('At least 2 days between contacts; at most 2 in 7 days');
    expect(all).toContain('Mon–Wed, Fri 09:00–18:00 (WhatsApp, SMS)');
    expect(all).toContain('They pay Everything stops at once, and what was about to go out is taken back.');
    expect(all).toContain('Thanks Email');
  });

  it('has alternative text that says the same', () => {
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="(\S+)-title \1-desc"/);
    expect(texts(svg, 'desc')[0]).toContain(
      '3 business days after the due date, moved to the next business day: Firm (firm): WhatsApp → Email; Task: call',
    );
    expect(texts(svg, 'title')[0]).toContain('Dunning timeline: Key');
  });

  it('escapes whatever the documents hold, and is well-formed', () => {
    for (const one of ['<script', '\u0007', '\ud800']) expect(svg).not.toContain(one);
    expect(svg).toContain('&lt;script&gt;');
    checkNesting(svg);
  });

  it('draws the newest version of each policy, or the one asked for', () => {
    const both = policyTimeline(rich);
    expect(texts(both, 'title')[0]).toContain(', other');
    expect(both).toContain('5 days after the invoice date');
    expect(both).toContain('1 week after the stage before');
    expect(policyTimeline(rich, { policy: 'other' })).not.toContain('Firm');
    expect(() => policyTimeline(rich, { policy: 'none' })).toThrow('none');
  });

  it('speaks English, Spanish and Portuguese', () => {
    const documents = presets.balanced({ zone: 'America/Bogota', language: 'es-CO' });
    expect(policyTimeline(documents)).toContain('Vencimiento');
    expect(policyTimeline(documents, { language: 'pt-BR' })).toContain('dias úteis');
    expect(policyTimeline(documents, { language: 'fr' })).toContain('Due date');
  });

  it('suits light and dark surroundings, or one of them', () => {
    expect(policyTimeline(rich)).toContain('@media screen and (prefers-color-scheme:dark)');
    expect(policyTimeline(rich, { theme: 'dark' })).not.toContain('@media');
    expect(policyTimeline(rich, { theme: 'dark' })).not.toBe(policyTimeline(rich, { theme: 'light' }));
  });

  it('has no letters too small to read', () => {
    const sizes = Array.from(svg.matchAll(/font-size:([\d.]+)px/g), (match) => Number(match[1]));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11.5);
    expect(svg).toMatch(/viewBox="0 0 920 [\d.]+"/);
    expect(policyTimeline(rich, { layout: 'narrow' })).toMatch(/viewBox="0 0 360 [\d.]+"/);
  });

  it('is the same for the same documents', () => {
    expect(policyTimeline(rich)).toBe(policyTimeline(structuredClone(rich)));
  });
});

const documents = presets.balanced({ zone: 'America/Mexico_City', language: 'es' });

function run(names: readonly string[] = ['Robles']): SimulationResult {
  return simulate({
    documents,
    ledger: {
      accounts: names.map((name, at) => ({ id: `A${at}`, name })),
      invoices: names.flatMap((_, at) => [
        {
          id: 'F-1',
          number: markup,
          account: `A${at}`,
          issued: '2026-03-02',
          due: '2026-03-12',
          total: { amount: '1250.00', currency: 'MXN' },
        },
        {
          id: 'F-2',
          account: `A${at}`,
          issued: '2026-03-02',
          due: '2026-03-20',
          total: { amount: '90000', currency: 'CLP' },
        },
      ]),
      payments: [
        {
          id: 'P',
          account: 'A0',
          invoice: 'F-1',
          date: '2026-03-18',
          amount: { amount: '1250.00', currency: 'MXN' },
        },
      ],
      disputes: [
        {
          id: 'D',
          account: 'A0',
          invoice: 'F-2',
          reason: evil.slice(0, 8),
          author: 'x',
          opened: '2026-03-04',
        },
      ],
    },
    from: '2026-03-01',
    to: '2026-05-31',
    payments: 'before',
  });
}

describe('a report', () => {
  const html = htmlReport(run());

  it('is one file that loads and runs nothing', () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="es">/);
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\bon\w+=/i);
    expect(html).not.toMatch(/(?:src|href)="(?!#)/);
    expect(html).toContain('default-src &#39;none&#39;');
    checkNesting(html.replace('<!doctype html>', ''));
  });

  it('escapes whatever ledger and documents hold', () => {
    const text = htmlReport(run([`<b>${evil.slice(0, 20)}</b>`]));
    expect(text).not.toContain('<script>');
    expect(text).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(text).toContain('&lt;b&gt;');
  });

  it('never adds currencies', () => {
    const money = texts(html, 'tbody')[0] ?? '';
    expect(money).toContain('1.250,00');
    expect(texts(html, 'figcaption').slice(0, 2)).toEqual(['CLP', 'MXN']);
    expect(html).toContain('Nunca se suman monedas distintas.');
  });

  it('tells each account’s story', () => {
    const story = texts(html, 'li').join('\n');
    expect(story).toContain('Mensaje');
    expect(story).toMatch(/Pago .*1\.250,00/);
    expect(story).toContain('Agradecimiento');
    expect(story).toMatch(/Disputa F-2 · /);
    expect(html).toContain('<time datetime="2026-03-18">');
  });

  it('draws the policy, the aging and the calendar with words beside them', () => {
    expect(html).toContain('class="recobro-timeline"');
    expect(texts(html, 'title')).toContain('Saldos abiertos en MXN a lo largo del tiempo, por días de mora');
    expect(html).toMatch(/aria-label="mar 2026\. Mensajes: \d+"/);
    for (const id of html.matchAll(/href="#(\w+)"/g)) expect(html).toContain(`id="${id[1]}"`);
  });

  it('has ids that are unique', () => {
    const ids = Array.from(html.matchAll(/ id="([^"]+)"/g), (match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('stays small: so many accounts and lines as asked for', () => {
    const result = run(['A', 'B', 'C', 'D']);
    const text = htmlReport(result, { accounts: 3, lines: 2, language: 'en', title: 'Ours' });
    expect(text.match(/<details class="account"/g)).toHaveLength(3);
    expect(text).toContain('1 more accounts are not shown here');
    expect(text).toContain('more lines');
    expect(text).toContain('<h1>Ours</h1>');
  });

  it('can show nothing at all', () => {
    const empty = simulate({
      documents,
      ledger: {},
      from: '2026-03-01',
      to: '2026-03-01',
      payments: 'after',
    });
    const text = htmlReport(empty, { language: 'pt' });
    expect(text).toContain('Nada.');
    checkNesting(text.replace('<!doctype html>', ''));
  });

  it('is the same for the same run', () => {
    expect(htmlReport(run())).toBe(html);
  });
});

describe('what no picture can be made of', () => {
  /** The code with which something is refused, and what is wrong, from hosts without types. */
  function refused(make: (...given: never[]) => string, ...given: readonly unknown[]): string {
    try {
      Reflect.apply(make, undefined, given);
    } catch (error) {
      if (!isRecobroError(error)) throw error;
      return [error.code, ...error.problems.map(({ path }) => path)].join(' ');
    }
    return 'made';
  }

  it('is refused with a typed error', () => {
    for (const make of [policyTimeline, policyText, previewPage])
      for (const odd of [undefined, null, {}, [], { plan: {} }, { plan: 1, policies: [] }])
        expect(refused(make, odd)).toBe('invalid_document');
    const documents = presets.exporter({ zone: 'UTC' });
    for (const make of [policyTimeline, previewPage])
      expect(refused(make, documents, { layout: 'tall', theme: 'pink' })).toBe('invalid_option layout theme');
    expect(refused(previewPage, documents, { sender: {} })).toBe('invalid_option sender.name');
    expect(refused(previewPage, documents, { sender: null })).toBe('invalid_option sender');
    // Marked at the texts that need more of the sender.
    expect(refused(previewPage, documents, { sender: { name: 'Acme' } })).toBe('made');
  });
});
