import { describe, expect, it } from 'vitest';
import type { MessageFacts } from '../../src/messages/index.js';
import { renderMessage } from '../../src/messages/index.js';
import { catalogue, facts, item, sender } from './samples.js';

function email(body: string, changes: Partial<MessageFacts> = {}, language = 'es') {
  const compiled = catalogue({ email: { subject: 'Aviso de {{sender.name}}', body } }, 'items', language);
  const { content } = renderMessage(compiled, {
    message: 'm',
    channel: 'email',
    languages: [language],
    facts: facts(changes),
  });
  if (content.kind !== 'email') return expect.unreachable();
  return content;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Contrast of two colours by WCAG 2. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
    const [r = 0, g = 0, b = 0] = parts.map((part) =>
      part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const table = `| Factura | Saldo |
{{#items}}
| {{number}} | {{amount}} |
{{/items}}
| Total | {{amount}} |`;

describe('one source for HTML and text', () => {
  it('aligns tables in text and puts numbers to the end', () => {
    const items = [item(), item({ number: 'F-99', dunnable: 5_000_000 })];
    expect(email(`Hola:\n\n${table}\n\nAdiós`, { items }).text).toBe(
      [
        'Hola:',
        '',
        'Factura       Saldo',
        '-------------------',
        'F-1023    $1,250.00',
        'F-99     $50,000.00',
        'Total    $51,250.00',
        '',
        'Adiós',
        '',
      ].join('\n'),
    );
  });

  it('writes tables as tables, with a head and one row per item', () => {
    const html = email(table, { items: [item(), item({ number: 'F-2' })] }).html;
    expect(html.match(/<th /g)).toHaveLength(2);
    expect(html.match(/<td [^>]*text-align:end[^>]*>[^<]*<\/td>/g)).toHaveLength(3);
    expect(html).toContain('>F-2</td>');
  });

  it('writes lists, strong text, links and line breaks', () => {
    const content = email(
      'Hola **{{contact.name}}**,\nvea [el sitio](https://acme.example/x?a=1&b=2).\n\n- uno\n{{#items}}\n- {{number}}\n{{/items}}\n\n[Escriba](mailto:{{sender.email}})',
    );
    expect(content.text).toBe(
      'Hola María Robles,\nvea el sitio (https://acme.example/x?a=1&b=2).\n\n- uno\n- F-1023\n\nEscriba (pagos@acme.example)\n',
    );
    expect(content.html).toContain('Hola <strong>María Robles</strong>,<br>');
    expect(content.html).toContain('href="https://acme.example/x?a=1&amp;b=2"');
    expect(content.html).toContain('<li>uno</li>\n<li>F-1023</li>');
    expect(content.html).toContain('href="mailto:pagos@acme.example"');
  });

  it('turns the payment link into a button, and instructions into lines', () => {
    const url = 'https://pay.example/f?x=1&y=2';
    const linked = email('Pague:\n\n{{pay}}', { items: [item({ paymentUrl: url })] });
    expect(linked.text).toBe(`Pague:\n\n${url}\n`);
    expect(linked.html).toMatch(
      /<td class="button"[^>]*><a href="https:\/\/pay\.example\/f\?x=1&amp;y=2"[^>]*>Pagar en línea</,
    );
    const pay = { bank: 'CLABE 1', online: 'https://acme.example/pagar' };
    const methods = email('Pague:\n\n{{pay}}', { sender: { ...sender, pay } });
    expect(methods.text).toBe('Pague:\n\nTransferencia: CLABE 1\nEn línea: https://acme.example/pagar\n');
    expect(methods.html).toContain(
      'Transferencia: CLABE 1<br>\nEn línea: <a href="https://acme.example/pagar"',
    );
    const inline = email('Pague en {{pay}} hoy', { items: [item({ paymentUrl: url })] });
    expect(inline.html).toContain('Pague en <a href="https://pay.example/f?x=1&amp;y=2"');
    const several = [item({ paymentUrl: url }), item({ number: 'B', paymentUrl: `${url}&b` })];
    expect(email('{{pay}}', { items: several }).text).toBe(`F-1023: ${url}\nB: ${url}&b\n`);
  });

  it('shows the address where the language has no word for the button', () => {
    const items = [item({ paymentUrl: 'https://pay.example/f' })];
    expect(email('{{pay}}', { items }, 'fr').html).toContain('>https://pay.example/f</a>');
  });

  it('carries language, direction, preheader and both colour schemes', () => {
    const content = email('Hola:\n\nSu **saldo** es {{amount}}.\n\nFin');
    expect(content.subject).toBe('Aviso de Acme');
    expect(content.html).toMatch(/^<!doctype html>\n<html lang="es" dir="ltr">/);
    expect(content.html).toContain('>Su saldo es $1,250.00.</div>');
    expect(content.html).toContain('prefers-color-scheme:dark');
    expect(content.html).toContain('<meta name="color-scheme" content="light dark">');
    expect(content.html).toContain('+52 55 1234 5678 · pagos@acme.example · Av. Reforma 1, Ciudad de México');
    expect(email('x', {}, 'ar').html).toContain('<html lang="ar" dir="rtl">');
  });

  it('loads nothing from elsewhere and runs nothing', () => {
    const { html } = email(`Hola\n\n${table}\n\n{{pay}}`);
    expect(html).not.toMatch(/<(?:img|script|link|iframe|form|base|object)\b|url\(|@import|\bon\w+=/i);
  });

  it('is drawn alike by clients that drop style sheets, by Word, and for those who listen', () => {
    const items = [item({ paymentUrl: 'https://pay.example/f' })];
    const { html } = email(`Hola\n\n${table}\n\n- {{ask}}\n\n{{pay}}\n\n[x](https://a.example/)`, { items });
    const body = html.slice(html.indexOf('<body')).replace(/<!--\[if mso\]>.*?<!\[endif\]-->/g, '');
    for (const [tag] of body.matchAll(/<(?:body|div|td|th|p|ul|a|span)\b[^>]*>/g))
      expect(tag).toMatch(/ style="[^"]+"/);
    expect(html).not.toMatch(/flex|grid|var\(|position|float|calc\(/);
    // The one table of data has a head; all others are layout and say so.
    const tables = body.match(/<table[^>]*>/g) ?? [];
    expect(tables.filter((tag) => !tag.includes('role="presentation"'))).toEqual([
      expect.stringContaining('class="rule"'),
    ]);
    expect(body.match(/<th scope="col"/g)).toHaveLength(2);
    expect(body).toContain('mso-padding-alt:12px 24px');
    expect(html).toContain('<!--[if mso]><style>body,table,td,th,p,li,a{font-family:');
    // 600 pixels at most, on whatever screen.
    expect(body).toContain('max-width:600px');
    expect(body).not.toMatch(/width="(?!100%)/);
  });

  it('has the contrast that WCAG asks of text, in light and in dark colours', () => {
    const { html } = email('{{pay}}', { items: [item({ paymentUrl: 'https://pay.example/f' })] });
    const pairs = [
      ['#1f2933', '#ffffff'],
      ['#616e7c', '#ffffff'],
      ['#1d4ed8', '#ffffff'],
      ['#1d4ed8', '#f2f4f7'],
      ['#1f2933', '#f2f4f7'],
      ['#ffffff', '#1d4ed8'],
      ['#e6eaef', '#1f252c'],
      ['#9aa5b1', '#1f252c'],
      ['#8ab4ff', '#262e37'],
      ['#e6eaef', '#262e37'],
      ['#ffffff', '#2f5fe0'],
    ] as const;
    for (const [ink, ground] of pairs) {
      expect(html, ink).toContain(ink);
      expect(html, ground).toContain(ground);
      expect(contrast(ink, ground), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('says the same in both', () => {
    const items = [
      item({ paymentUrl: 'https://pay.example/f?a=1&b=<' }),
      item({ number: 'F & "2"', currency: 'USD' }),
    ];
    const body = `Hola **{{contact.name}}**:\n\n${table}\n\n- {{ask}}\n- {{count}}\n\n{{pay}}\n\nAdiós {{sender.name}}`;
    const { html, text } = email(body, { items, contact: { name: '<María> & Co' } });
    const card = html.slice(html.indexOf('class="card')).replace(/^[\s\S]*?<\/tr>/, '');
    const main = card.slice(0, card.indexOf('class="side quiet"'));
    const words = (said: string) => said.split(/[\s-]+/).filter((word) => word !== '' && word !== '<tr><td');
    const plain = main
      .replace(/<tr><td $/, '')
      .replace(/<\/?(?:strong|a|span)\b[^>]*>/g, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '');
    expect(words(plain)).toEqual(words(text));
  });

  it('totals what the table lists', () => {
    const items = [
      item({ dunnable: 1 }),
      item({ dunnable: 99 }),
      item({ dunnable: 250, currency: 'USD', number: 'U-1' }),
    ];
    const content = email(table, { items });
    // One row for each currency.
    expect(content.text.trim().split('\n').slice(-2)).toEqual(['Total       $1.00', '         USD 2.50']);
    expect(content.html.match(/font-weight:700">(?:Total|\$1\.00|USD 2\.50|)<\/td>/g)).toHaveLength(4);
  });
});
