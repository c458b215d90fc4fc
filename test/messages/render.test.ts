import { describe, expect, it } from 'vitest';
import { isRecobroError, type RecobroError } from '../../src/errors.js';
import {
  compileMessages,
  languageChain,
  type MessageFacts,
  type RenderRequest,
  renderMessage,
} from '../../src/messages/index.js';
import { catalogue, document, facts, item, sender } from './samples.js';

/** Value of one variable. */
function value(
  name: string,
  changes: Partial<MessageFacts> = {},
  request: Partial<Pick<RenderRequest, 'channel' | 'languages' | 'region'>> = {},
  about: 'items' | 'payment' = 'items',
): string {
  const channel = request.channel ?? 'pigeon';
  const language = request.languages?.[0] ?? 'es-MX';
  const single = ['invoice.number', 'due', 'days.overdue'].includes(name);
  const one = `x {{${name}}} y`;
  const text = { one, many: single ? 'x' : one };
  const compiled = compileMessages(document({ id: 'm', about, text: { [language]: { [channel]: text } } }));
  const rendered = renderMessage(compiled, {
    message: 'm',
    channel,
    languages: request.languages ?? ['es-MX'],
    region: request.region,
    facts: facts(changes),
  });
  return rendered.variables[name] ?? '';
}

function errorOf(act: () => unknown): RecobroError {
  try {
    act();
  } catch (error) {
    if (isRecobroError(error)) return error;
    throw error;
  }
  return expect.unreachable();
}

describe('languages', () => {
  it('falls from region to language to the plan’s language', () => {
    expect(languageChain(['es-MX', 'en'])).toEqual(['es-MX', 'es', 'en']);
    expect(languageChain(['zh-Hant-TW', 'zh-hant', 'xx x', 'en-u-ca-buddhist'])).toEqual([
      'zh-Hant-TW',
      'zh-Hant',
      'zh',
      'en-u-ca-buddhist',
      'en-u-ca',
      'en',
    ]);
  });

  it('takes the first language that has the channel', () => {
    const compiled = compileMessages(
      document({
        id: 'm',
        about: 'items',
        text: { es: { sms: 'hola' }, en: { sms: 'hello', pigeon: 'coo' }, 'es-AR': { sms: 'che' } },
      }),
    );
    const language = (channel: string, ...languages: string[]) =>
      renderMessage(compiled, { message: 'm', channel, languages, facts: facts() }).language;
    expect(language('sms', 'es-MX', 'en')).toBe('es');
    expect(language('sms', 'es-ar', 'en')).toBe('es-AR');
    expect(language('sms', 'fr', 'en-GB')).toBe('en');
    expect(language('pigeon', 'es-MX', 'en')).toBe('en');
  });

  it('refuses an unknown message, and a channel without a text', () => {
    const compiled = catalogue({ sms: 'hola' });
    const request = { message: 'm', channel: 'sms', languages: ['es'], facts: facts() };
    expect(errorOf(() => renderMessage(compiled, { ...request, message: 'n' })).code).toBe('unknown_id');
    const error = errorOf(() => renderMessage(compiled, { ...request, channel: 'email' }));
    expect(error.code).toBe('invalid_template');
    expect(errorOf(() => renderMessage(compiled, { ...request, languages: ['fr'] })).message).toContain('fr');
  });
});

describe('amounts and dates', () => {
  it.each([
    [['es-MX'], undefined, 'MXN', 125_000, '$1,250.00'],
    [['es'], 'MX', 'MXN', 125_000, '$1,250.00'],
    [['es'], undefined, 'MXN', 125_000, '$1,250.00'],
    [['es'], 'MX', 'USD', 125_000, 'USD 1,250.00'],
    [['es'], undefined, 'USD', 125_000, '1.250,00 US$'],
    [['es'], 'ES', 'EUR', 125_000, '1.250,00 €'],
    [['es'], 'CO', 'COP', 125_000_000, '$ 1.250.000'],
    [['es'], 'CO', 'COP', 125_000_050, '$ 1.250.000,50'],
    [['es'], 'CL', 'CLP', 1_250_000, '$1.250.000'],
    [['pt'], 'BR', 'BRL', 125_000, 'R$ 1.250,00'],
    [['en'], 'IN', 'INR', 12_500_000, '₹1,25,000.00'],
    [['en'], undefined, 'INR', 12_500_000, '₹1,25,000.00'],
    [['en-US', 'es'], 'MX', 'USD', 125_000, '$1,250.00'],
    [['en'], undefined, 'KWD', 1_250_005, 'KWD 1,250.005'],
    [['es'], 'MX', 'MXN', Number.MAX_SAFE_INTEGER, '$90,071,992,547,409.91'],
  ])('%j in %s: %s %i is %s', (languages, region, currency, minor, text) => {
    const changed = { items: [item({ currency, dunnable: minor })] };
    expect(value('amount', changed, { languages, region })).toBe(text);
  });

  it('never falls to the locale of the process, for a tag that Intl does not know either', () => {
    expect(value('amount', {}, { languages: ['xx'] })).toBe('MX$1,250.00');
    expect(value('due', {}, { languages: ['xx'] })).toBe('March 3, 2026');
  });

  it('sums the listed items, one amount per currency', () => {
    const items = [
      item({ number: '1', dunnable: 100_000 }),
      item({ number: '2', dunnable: 25_050 }),
      item({ number: '3', currency: 'USD', dunnable: 9_900 }),
    ];
    expect(value('amount', { items })).toBe('$1,250.50 y USD 99.00');
    expect(value('count', { items })).toBe('3');
  });

  it('refuses totals that are not those of its items', () => {
    const total = (minor: number, currency = 'MXN') => [{ minor, currency }];
    const render = (changes: Partial<MessageFacts>) => () => value('amount', changes);
    expect(render({ totals: total(125_000) })()).toBe('$1,250.00');
    for (const totals of [total(125_001), total(125_000, 'USD'), [], [...total(1), ...total(1)]]) {
      expect(errorOf(render({ totals })).code).toBe('impossible_state');
    }
    const listed = [item(), item({ number: 'F-2', acting: false, dunnable: 1_000 })];
    expect(render({ items: listed, totals: total(125_000) })()).toBe('$1,260.00');
    expect(render({ items: listed, totals: total(126_000) })()).toBe('$1,260.00');
  });

  it('writes dates in words, in SMS short', () => {
    expect(value('due')).toBe('3 de marzo de 2026');
    expect(value('due', {}, { channel: 'sms' })).toBe('03/03/2026');
    expect(value('due', {}, { languages: ['en-US'], channel: 'sms' })).toBe('Mar 3, 2026');
    expect(value('due', {}, { languages: ['pt-BR'] })).toBe('3 de março de 2026');
    const items = [item(), item({ due: '2025-12-31' }), item({ due: undefined })];
    expect(value('oldest.due', { items })).toBe('31 de diciembre de 2025');
  });

  it('writes days with their unit', () => {
    const days = (daysPastDue: number, language: string) =>
      value('days.overdue', { items: [item({ daysPastDue })] }, { languages: [language] });
    expect(days(1, 'es')).toBe('1 día');
    expect(days(3, 'es')).toBe('3 días');
    expect(days(1, 'pt')).toBe('1 dia');
    expect(days(21, 'en')).toBe('21 days');
    expect(errorOf(() => days(0, 'es')).code).toBe('empty_variable');
    expect(errorOf(() => days(-7, 'es')).code).toBe('empty_variable');
  });

  it('holds no no-break space, whatever Intl writes', () => {
    for (const languages of [['es-CO'], ['pt-BR'], ['fr-FR'], ['de-CH'], ['pt-PT']]) {
      expect(value('amount', {}, { languages, channel: 'sms' })).not.toMatch(/[\u00a0\u202f\u2009]/);
    }
  });
});

describe('names and numbers', () => {
  it('greets the account where the contact has no name', () => {
    expect(value('contact.name', { contact: { name: ' ' } })).toBe('Comercial Robles');
  });

  it('counts the rest of a long list of numbers', () => {
    const items = Array.from({ length: 20 }, (_, index) => item({ number: `F-${1000 + index}` }));
    expect(value('invoice.numbers', { items }, { channel: 'sms' })).toBe(
      'F-1000, F-1001, F-1002, F-1003, F-1004 y 15 más',
    );
    expect(value('invoice.numbers', { items }, { languages: ['en'] })).toBe(
      'F-1000, F-1001, F-1002, F-1003, F-1004, F-1005, F-1006, and 13 more',
    );
    expect(value('invoice.numbers', { items }, { languages: ['pt'] })).toMatch(/ e mais 13$/);
    const long = [item({ number: 'N'.repeat(100) }), item({ number: 'B' })];
    expect(value('invoice.numbers', { items: long })).toBe(`${'N'.repeat(100)} y 1 más`);
  });

  it('lists the oldest first', () => {
    const items = [item({ number: 'B' }), item({ number: 'A', due: '2026-01-01' })];
    expect(value('invoice.numbers', { items })).toBe('A y B');
  });

  it('tells instalments apart by ids that people can read', () => {
    expect(value('invoice.number', { items: [item({ instalment: '2/6' })] })).toBe('F-1023/2/6');
    const key = '3f2c9a1e-0000-4000-8000-000000000000';
    expect(value('invoice.number', { items: [item({ instalment: key })] })).toBe('F-1023');
  });

  it('cuts names, never numbers, amounts or ways to pay', () => {
    const name = 'Comercializadora Internacional de Productos del Campo y del Mar';
    expect(value('account.name', { account: { name } }, { channel: 'sms' })).toBe('Comercializadora Intern…');
    expect(value('account.name', { account: { name: 'Ñandú' } })).toBe('Ñandú');
  });
});

describe('pay and ask', () => {
  const url = 'https://pay.example/f-1023';

  it('prefers the payment link of the item', () => {
    expect(value('pay', { items: [item({ paymentUrl: url })] })).toBe(url);
    expect(value('pay')).toBe('Transferencia: CLABE 012180001234567895');
    expect(value('pay', {}, { channel: 'sms' })).toBe('Transferencia CLABE 012180001234567895');
    expect(value('pay', {}, { languages: ['en'] })).toBe('Bank transfer: CLABE 012180001234567895');
  });

  it('takes no link that is not of the web', () => {
    for (const paymentUrl of ['javascript:alert(1)', 'ftp://x.example/', 'x', 'https://a b', ' ']) {
      expect(value('pay', { items: [item({ paymentUrl })] })).toContain('CLABE');
    }
  });

  it('names one link per item, or the sender where an item has none', () => {
    const items = [
      item({ number: 'A', paymentUrl: `${url}/a` }),
      item({ number: 'B', paymentUrl: `${url}/b` }),
    ];
    expect(value('pay', { items })).toBe(`A: ${url}/a · B: ${url}/b`);
    expect(value('pay', { items }, { channel: 'sms' })).toBe(`A: ${url}/a - 1 más`);
    expect(value('pay', { items: items.map((each) => ({ ...each, paymentUrl: url })) })).toBe(url);
    expect(value('pay', { items: [...items, item({ number: 'C' })] })).toContain('CLABE');
  });

  it('shows instructions of a currency only where it is owed', () => {
    const pay = { MXN: 'CLABE 1', USD: 'ABA 2', Oficina: 'Reforma 1' };
    expect(value('pay', { sender: { ...sender, pay } })).toBe('CLABE 1; Oficina: Reforma 1');
    const both = [item(), item({ currency: 'USD' })];
    expect(value('pay', { sender: { ...sender, pay }, items: both })).toBe(
      'MXN: CLABE 1; USD: ABA 2; Oficina: Reforma 1',
    );
    expect(value('pay', { sender: { ...sender, pay } }, { channel: 'sms' })).toBe('CLABE 1');
    expect(value('pay', { sender: { ...sender, pay: { MXN: 'CLABE 1', USD: 'ABA 2' } } })).toBe('CLABE 1');
    expect(errorOf(() => value('pay', { sender: { ...sender, pay: { USD: 'ABA 2' } } })).code).toBe(
      'empty_variable',
    );
    expect(value('pay', { sender: { ...sender, pay: 'https://acme.example/pay' } })).toBe(
      'https://acme.example/pay',
    );
  });

  it('says whom to ask, shortest in SMS', () => {
    expect(value('ask')).toBe('Crédito y Cobranza (+52 55 1234 5678 o pagos@acme.example)');
    expect(value('ask', {}, { channel: 'sms' })).toBe('+52 55 1234 5678');
    expect(value('ask', { sender: { name: 'Acme', email: 'a@b.example' } })).toBe('Acme (a@b.example)');
    expect(errorOf(() => value('ask', { sender: { name: 'Acme' } })).code).toBe('empty_variable');
  });
});

describe('length', () => {
  it('refuses a WhatsApp text that its values make longer than Meta takes, before any call, without the values', () => {
    const compiled = catalogue({
      whatsapp: 'Pague {{amount}} en {{pay}} por favor',
      sms: 'Pague en {{pay}}',
    });
    const paymentUrl = `https://pay.example/${'x'.repeat(1100)}`;
    const render = (channel: string) =>
      renderMessage(compiled, {
        message: 'm',
        channel,
        languages: ['es'],
        facts: facts({ items: [item({ paymentUrl })] }),
      });
    const error = errorOf(() => render('whatsapp'));
    expect(error.code).toBe('text_too_long');
    expect(error.message).toMatch(
      /^message m, channel whatsapp, language es: the text has 11\d\d characters/,
    );
    expect(error.message).not.toContain('pay.example');
    expect(render('sms').content).toMatchObject({ kind: 'text' });
  });
});

describe('empty variables', () => {
  it('names message, channel, language and variable, never the data', () => {
    const compiled = catalogue({ sms: { one: 'Hola {{contact.name}}, {{due}} {{pay}} x', many: 'x' } });
    const error = errorOf(() =>
      renderMessage(compiled, {
        message: 'm',
        channel: 'sms',
        languages: ['es-MX', 'es'],
        facts: facts({ items: [item({ due: undefined })], sender: { name: 'Acme', phone: '1' } }),
      }),
    );
    expect(error.code).toBe('empty_variable');
    expect(error.problems.map((problem) => problem.path)).toEqual(['due', 'pay']);
    expect(error.message).toContain('message m, channel sms, language es:');
    expect(error.message).not.toMatch(/María|Robles|F-1023|1,250/);
  });

  it('finds a hole in a row of the table', () => {
    const compiled = catalogue({
      email: { subject: 'x', body: '| Factura | Vence |\n{{#items}}\n| {{number}} | {{due}} |\n{{/items}}' },
    });
    const render = (items: MessageFacts['items']) => () =>
      renderMessage(compiled, { message: 'm', channel: 'email', languages: ['es'], facts: facts({ items }) });
    expect(errorOf(render([item(), item({ due: undefined })])).problems[0]?.path).toBe('items.due');
    expect(errorOf(render([item({ number: '\u200b ' })])).problems[0]?.path).toBe('items.number');
    expect(errorOf(render([])).code).toBe('impossible_state');
  });

  it('asks nothing of variables that the text does not use', () => {
    const compiled = catalogue({ sms: 'Hola {{contact.name}}' });
    const rendered = renderMessage(compiled, {
      message: 'm',
      channel: 'sms',
      languages: ['es'],
      facts: facts({ items: [item({ due: undefined })], sender: { name: 'Acme' } }),
    });
    expect(rendered.content).toEqual({
      kind: 'text',
      text: 'Hola María Robles',
      variables: { 'contact.name': 'María Robles' },
      parameters: [{ name: 'contact.name', value: 'María Robles' }],
    });
  });
});

describe('payments', () => {
  it('thanks for what was paid', () => {
    const paid = { totals: [{ minor: 125_000, currency: 'MXN' }], items: [item({ dunnable: 0 })] };
    expect(value('paid.amount', paid, {}, 'payment')).toBe('$1,250.00');
    expect(errorOf(() => value('paid.amount', {}, {}, 'payment')).code).toBe('empty_variable');
  });
});
