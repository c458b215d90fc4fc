import { describe, expect, it } from 'vitest';
import { compileMessages, exampleFacts, exampleSender, renderMessage } from '../../src/messages/index.js';
import type { Messages } from '../../src/policy/types.js';

const promise = 'Noted for {{invoice.numbers}}: {{promise.amount}} by {{promise.date}}. {{ask}} answers.';
const dispute = 'We look into {{disputed.amount}} of {{invoice.numbers}}. {{ask}} answers.';
const report = 'We verify {{reported.amount}} of {{invoice.numbers}}. {{ask}} answers.';
const rows = '\n\n{{#items}}\n- {{number}}, {{due}}, {{original}}\n{{/items}}';

function catalogue(language: string): Messages {
  const texts = (text: string) => ({
    whatsapp: `Hi. ${text}`,
    sms: text,
    email: { subject: 'Noted', body: text + rows },
  });
  return {
    id: 'm',
    version: 1,
    messages: [
      { id: 'promise', about: 'promise', text: { [language]: texts(promise) } },
      { id: 'dispute', about: 'dispute', text: { [language]: texts(dispute) } },
      { id: 'report', about: 'report', text: { [language]: texts(report) } },
    ],
  };
}

function rendered(message: string, channel: string, language = 'en'): string {
  const { content } = renderMessage(compileMessages(catalogue(language)), {
    message,
    channel,
    languages: [language],
    facts: {
      ...exampleFacts(language, 'many', exampleSender),
      totals: [{ minor: 30_000, currency: language === 'es' ? 'MXN' : 'USD' }],
    },
  });
  return content.text;
}

describe('acknowledgements', () => {
  it('say what was promised and by when, what is disputed and what is said to be paid, on every channel', () => {
    expect(rendered('promise', 'whatsapp')).toContain('$300.00 by March 20, 2026.');
    expect(rendered('promise', 'sms')).toMatch(/\$300\.00 by (?:Mar 20, 2026|3\/20\/26|3\/20\/2026)\./);
    expect(rendered('promise', 'email')).toContain('March 20, 2026');
    expect(rendered('promise', 'whatsapp', 'es')).toContain('$300.00 by 20 de marzo de 2026');
    for (const channel of ['whatsapp', 'sms', 'email'])
      for (const message of ['dispute', 'report'])
        expect(rendered(message, channel)).toContain('$300.00 of F-1023 and F-1031');
    for (const message of ['promise', 'report'])
      expect(rendered(message, 'email')).toMatch(/F-1023, Mar 3, 2026, \$1,250\.00/);
  });

  it('never come out with a hole', () => {
    const { promised: _, ...facts } = exampleFacts('en', 'one', exampleSender);
    const compiled = compileMessages(catalogue('en'));
    const request = { message: 'promise', channel: 'sms', languages: ['en'], facts };
    expect(() => renderMessage(compiled, request)).toThrow('a variable has no value');
  });
});
