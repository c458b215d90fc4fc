import fc from 'fast-check';
import { checkedReply } from '../../src/dunning/inbound/bot/checked.js';
import type { BotAnswer } from '../../src/dunning/inbound/bot/port.js';
import { givenEmail } from '../../src/messages/index.js';
import { anyJson, anyText, soup } from './inputs.js';
import { isData, type Parser, parser } from './parser.js';

/** What a host's bot answers: a model may say anything. */

const words = soup([
  'Hola',
  '<b>',
  '&',
  '{{amount}}',
  '{{#items}}',
  '**x**',
  '\r\n',
  '\n\n',
  '| a |',
  '- b',
  '"',
  '[x](javascript:1)',
]);
const option = fc.oneof(fc.record({ title: words, payload: words }), anyJson(words));
const said: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record(
      {
        text: fc.oneof(
          { weight: 6, arbitrary: words },
          { weight: 1, arbitrary: anyText },
          { weight: 1, arbitrary: anyJson(words) },
        ),
        options: fc.oneof(fc.array(option, { maxLength: 4 }), anyJson(words)),
        handOver: fc.oneof(fc.boolean(), fc.record({ to: words }), anyJson(words)),
        more: anyJson(words),
      },
      { requiredKeys: [] },
    ),
  },
  { weight: 2, arbitrary: anyJson(words) },
);

function bot(): Parser {
  return parser('bot: what it answers, as a mail', 60_000, said, (found) => {
    const reply = checkedReply(found as BotAnswer);
    if (reply === undefined || reply === 'invalid') return;
    if (!isData(reply)) throw new Error('is no data');
    const { text = '', options = [], handOver } = reply;
    if (text === '' && handOver === undefined) throw new Error('says nothing');
    for (const one of [
      text.replaceAll('\n', ''),
      ...options.flatMap(({ title, payload }) => [title, payload]),
    ])
      if (/\p{Cc}|\u202e/u.test(one) || !one.isWellFormed())
        throw new Error('lets control characters through');
    if (text.length > 4_000 || options.length > 3 || options.some(({ title }) => title.length > 20))
      throw new Error('is longer than channels take');
    if (text === '') return;
    const mail = givenEmail({ text, subject: text, language: 'es', sender: { name: 'Acme' } });
    const body = mail.html.slice(mail.html.indexOf('<body'));
    if (/<(?!\/?(?:html|body|div|table|tr|td|p|br)\b|!)/.test(body) || body.includes('href'))
      throw new Error('holds markup');
    if (/[\r\n]/.test(mail.subject) || [...mail.subject].length > 200) throw new Error('has no fit subject');
  });
}

export const given: readonly (() => Parser)[] = [bot];
