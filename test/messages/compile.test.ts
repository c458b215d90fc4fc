import { describe, expect, it } from 'vitest';
import { isRecobroError, type Problem } from '../../src/errors.js';
import { compileMessages, messageProblems, textsOf, variableCatalogue } from '../../src/messages/index.js';
import type { EmailText, Message, MessageTexts, TextVariant } from '../../src/policy/types.js';
import { document } from './samples.js';

function problemsOf(texts: MessageTexts, about: Message['about'] = 'items'): Problem[] {
  return messageProblems(document({ id: 'm', about, text: { es: texts } }));
}

function codes(texts: MessageTexts, about: Message['about'] = 'items'): string[] {
  return problemsOf(texts, about).map((problem) => `${problem.path} ${problem.code}`);
}

const sms = (text: TextVariant) => codes({ sms: text });
const body = (text: TextVariant) => codes({ email: { subject: 'Aviso', body: text } });
const at = 'messages[0].text.es';

describe('what a newcomer writes', () => {
  it('refuses a variable in single braces, which would reach the debtor as it stands', () => {
    expect(sms('Debe {amount}')).toEqual([`${at}.sms single_braces`]);
    expect(body('Debe { contact.name }')).toEqual([`${at}.email.body single_braces`]);
    expect(sms('Debe {{amount}} {hoy} {{ contact.name }}')).toEqual([]);
  });

  it('says which variables there are', () => {
    expect(problemsOf({ sms: 'Debe {{monto}}' })[0]?.message).toMatch(
      /there are contact\.name, .*, amount, /,
    );
    expect(problemsOf({ sms: 'Debe {{original}}' })[0]?.message).toContain('within {{#items}}');
    expect(problemsOf({ sms: 'Debe {{monto}}' }, 'payment')[0]?.message).not.toContain(' amount,');
  });
});

describe('compileMessages', () => {
  it('lists every problem with its path in one error', () => {
    const broken = document(
      { id: 'a', about: 'items', text: { es: { sms: 'Debe {{amuont}}', whatsapp: 'Hola {{#items}}' } } },
      { id: 'a', about: 'items', text: { es: { sms: 'Pague {{amount}}' } } },
    );
    try {
      compileMessages(broken);
      expect.unreachable();
    } catch (error) {
      if (!isRecobroError(error, 'invalid_template')) throw error;
      expect(error.problems.map((problem) => `${problem.path} ${problem.code}`)).toEqual([
        'messages[0].text.es.sms unknown_variable',
        'messages[0].text.es.whatsapp invalid_syntax',
        'messages[1].id duplicate_message',
      ]);
    }
  });

  it.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'account.constructor',
    'account.name.length',
    'account',
    '',
    '.',
    'items',
    'valueOf',
  ])('knows no variable {{%s}}', (name) => {
    expect(sms(`Hola {{${name}}} adiós`)).toEqual([`${at}.sms unknown_variable`]);
  });

  it('takes every variable of the catalogue where it belongs', () => {
    for (const variable of variableCatalogue) {
      for (const about of variable.about) {
        const use =
          variable.scope === 'items'
            ? `{{#items}}\n- x {{${variable.name}}}\n{{/items}}`
            : `x {{${variable.name}}} y`;
        const form = variable.forms.length === 2 ? use : { one: use, many: 'x' };
        expect(codes({ email: { subject: 'x', body: form } }, about), variable.name).toEqual([]);
      }
    }
  });

  it('refuses a variable that the message cannot know', () => {
    expect(codes({ sms: 'Pague {{pay}} ya' }, 'payment')).toEqual([`${at}.sms variable_not_available`]);
    expect(codes({ sms: 'Gracias {{paid.amount}} ya' }, 'items')).toEqual([
      `${at}.sms variable_not_available`,
    ]);
    expect(body('Total {{number}}')).toEqual([`${at}.email.body unknown_variable`]);
    expect(body('{{#items}}\n- {{invoice.number}}\n{{/items}}')).toEqual([
      `${at}.email.body unknown_variable`,
    ]);
  });

  it('asks for two forms where a variable is true of one item only', () => {
    expect(sms('Factura {{invoice.number}} vencida')).toEqual([`${at}.sms variable_needs_form`]);
    expect(sms({ one: 'Factura {{invoice.number}}', many: 'Facturas {{invoice.numbers}}' })).toEqual([]);
    expect(sms({ one: 'x', many: 'Vence {{due}}' })).toEqual([`${at}.sms.many variable_needs_form`]);
  });

  it.each([
    ['{{#items}}x{{/items}}', 'section_not_allowed'],
    ['{{^items}}x{{/items}}', 'section_not_allowed'],
    ['{{>footer}}', 'partial_not_allowed'],
    ['{{=<% %>=}} x', 'delimiters_not_allowed'],
    ['{{{amount}}}', 'unescaped_not_allowed'],
    ['{{&amount}}', 'unescaped_not_allowed'],
    ['{{#items}}', 'invalid_syntax'],
    ['{{amount', 'invalid_syntax'],
    ['{{/items}}', 'invalid_syntax'],
    ['  ', 'empty_text'],
  ])('refuses %j in a text', (text, code) => {
    expect(sms(text)).toEqual([`${at}.sms ${code}`]);
  });

  it.each([
    ['{{#items}}\n\n- {{number}}\n\n{{/items}}', 'section_needs_rows'],
    ['Facturas: {{#items}}{{number}} {{/items}}', 'section_needs_rows'],
    ['{{#amount}}\n- x\n{{/amount}}', 'unknown_section'],
    ['{{^items}}\n- x\n{{/items}}', 'section_not_allowed'],
    ['{{#items}}\n{{#items}}\n- x\n{{/items}}\n{{/items}}', 'nested_section'],
    ['| a | b |\n| c |', 'uneven_table'],
    ['[x](javascript:alert)', 'unsafe_link'],
    ['[x](data:text/html,x)', 'unsafe_link'],
    // A name may be any text; only what is an address or nothing makes all of one.
    ['[x]({{contact.name}})', 'unsafe_link'],
    ['[x]({{pay}})', 'unsafe_link'],
  ])('refuses the body %j', (text, code) => {
    expect(body(text)).toEqual([`${at}.email.body ${code}`]);
  });

  it('refuses a text of the wrong shape, and a subject of two lines', () => {
    const email: EmailText = { subject: 'x', body: 'y' };
    // What TypeScript would not let through.
    expect(codes(JSON.parse('{ "email": "only text" }'))).toEqual([`${at}.email wrong_shape`]);
    expect(codes(JSON.parse(JSON.stringify({ sms: email })))).toEqual([`${at}.sms wrong_shape`]);
    expect(sms('x'.repeat(20_001))).toEqual([`${at}.sms too_long`]);
    expect(codes({ email: { subject: 'one\ntwo', body: 'y' } })).toEqual([`${at}.email.subject line_break`]);
  });

  it('takes a channel of the host with either shape', () => {
    expect(codes({ letter: { subject: 'x', body: '- {{amount}}' }, pigeon: 'coo {{amount}}' })).toEqual([]);
  });

  it('refuses languages that are none, or the same written twice', () => {
    const texts = { sms: 'x' };
    const problems = messageProblems(
      document({ id: 'm', about: 'items', text: { 'es-MX': texts, 'es-mx': texts, 'not a tag': texts } }),
    );
    expect(problems.map((problem) => `${problem.path} ${problem.code}`)).toEqual([
      'messages[0].text.es-mx duplicate_language',
      'messages[0].text.not a tag invalid_language',
    ]);
    expect(messageProblems(document({ id: 'm', about: 'items', text: {} }))[0]?.code).toBe('no_text');
  });

  it('never quotes a template in a problem, only names', () => {
    const secret = 'Juan debe 500 {{nope}}';
    for (const problem of problemsOf({ sms: secret })) expect(problem.message).not.toContain('Juan');
  });

  it('lists texts in the order of the document', () => {
    const compiled = compileMessages(
      document({ id: 'm', about: 'items', text: { 'pt-br': { sms: 'x' }, es: { sms: 'y' } } }),
    );
    expect([...textsOf(compiled)].map(({ language, form }) => `${language} ${form}`)).toEqual([
      'pt-BR one',
      'pt-BR many',
      'es one',
      'es many',
    ]);
  });
});
