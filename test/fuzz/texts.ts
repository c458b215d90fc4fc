import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { formatDay, parseDay, parseDuration, parseInstant } from '../../src/calendar/index.js';
import { readMail } from '../../src/channels/email/index.js';
import { isAddress, mailboxOf } from '../../src/channels/mailbox.js';
import { isPhone } from '../../src/channels/phone.js';
import { plainSms, segmentsOf } from '../../src/channels/sms/index.js';
import { canonicalPhone } from '../../src/contact/identity.js';
import { readPhone } from '../../src/phone/index.js';
import { findDay, readReply } from '../../src/replies/index.js';
import { anyText, bytesOf, soup } from './inputs.js';
import { isData, mayRefuse, type Parser, parser } from './parser.js';

const today = parseDay('2026-11-22');
const languages = ['es-MX', 'es', 'en', 'en-GB', 'pt-BR', 'pt', 'de', ''] as const;

const said = soup([
  ...[
    'ya',
    'pagué',
    'pago',
    'el viernes',
    'no',
    'debo',
    'STOP',
    'cancelar',
    'baja',
    'mañana',
    'próximo',
    'quincena',
  ],
  ...[
    'I',
    'paid',
    'will pay',
    'next',
    'friday',
    'march',
    'tomorrow',
    'in two weeks',
    'end of month',
    'help',
    'stop',
  ],
  ...['vou pagar', 'amanhã', 'sexta-feira', 'já', 'não', 'parar', 'fim do mês', 'dia', 'daqui a', 'semanas'],
  ...[
    '31/02',
    '15.03.2026',
    '2026-12-01',
    '1º',
    'dentro de',
    '999999999999',
    'días',
    'meses',
    'number',
    'wrong',
  ],
]);

function replies(): Parser {
  const heard = fc.record({
    text: fc.option(said, { nil: undefined }),
    payload: fc.option(soup(['promise', ':', 'paid', 'dispute', 'stop', 'plan', 'inv_1', '2026-12-01']), {
      nil: undefined,
    }),
    keyword: fc.constantFrom('stop', 'start', 'help', undefined),
    languages: fc.subarray([...languages]),
  });
  return parser('replies: readReply', 130_000, heard, (one) => {
    const reading = readReply({ ...one, today });
    if (!(reading.confidence >= 0 && reading.confidence <= 1) || !isData(reading))
      throw new Error('reads nonsense');
    if (reading.day !== undefined) formatDay(reading.day);
  });
}

function days(): Parser {
  return parser(
    'replies: findDay',
    110_000,
    fc.tuple(said, fc.constantFrom(...languages)),
    ([text, language]) => {
      const found = findDay(text, language, today);
      if (found !== undefined) formatDay(found.day);
    },
  );
}

function dates(): Parser {
  const texts = soup([
    '2026',
    '-',
    '02',
    '29',
    'T',
    '10:00',
    ':00',
    '.5',
    'Z',
    '+05:30',
    '3',
    'd',
    'bd',
    'mo',
    'h',
    '24',
  ]);
  return parser('calendar: dates, instants, durations', 110_000, texts, (text) => {
    for (const read of [parseDay, parseInstant, parseDuration]) mayRefuse(() => read(text));
  });
}

function sms(): Parser {
  const texts = fc.oneof(anyText, soup(['factura', '€', '[', 'í', 'ñ', '₹', '…', ' ', '😀', '\f', 'Σ']));
  return parser('sms: segments and transliteration', 110_000, texts, (text) => {
    const { segments, units, left } = segmentsOf(text);
    if (!(segments >= 0 && units >= 0 && left >= 0)) throw new Error('counts nonsense');
    if (segmentsOf(plainSms(text)).segments > segments) throw new Error('grew by transliteration');
  });
}

function addresses(): Parser {
  const texts = soup([
    'ana',
    '@',
    'cliente.example',
    '<',
    '>',
    '"',
    '+52',
    '55',
    '1234',
    'localhost',
    'ñ',
    ',',
  ]);
  return parser('addresses: mailboxes and phones', 100_000, texts, (text) => {
    const mailbox = mailboxOf(text);
    if (mailbox !== undefined && (!isAddress(mailbox.address) || /[\r\n]/.test(mailbox.name)))
      throw new Error('takes what can end a header');
    const phone = canonicalPhone(text);
    if (isPhone(text) && canonicalPhone(phone) !== phone) throw new Error('has two forms of one number');
    const read = readPhone(text, 'MX');
    if (read.phone !== undefined && !isPhone(read.phone)) throw new Error('reads what is no number');
  });
}

function mails(): Parser {
  const header = fc.constantFrom(
    'From: Ana <ana@cliente.example>',
    'From: MAILER-DAEMON@mx.example',
    'Subject: =?utf-8?Q?Re=3A_factura?=',
    'Date: Tue, 3 Mar 2026 10:00:00 -0600',
    'Message-ID: <a@cliente.example>',
    'In-Reply-To: <act.1@acme.example>',
    'References: <act.1@acme.example> <x@y.example>',
    'Auto-Submitted: auto-replied',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
    'Content-Type: multipart/alternative; boundary=b',
    'Content-Type: text/html; charset=x-unknown',
    'Content-Transfer-Encoding: base64',
  );
  const part = fc.constantFrom(
    '--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; ana@cliente.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no\r\n',
    '--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nOriginal-Rcpt-To: ana@cliente.example\r\n',
    '--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <act.1@acme.example>\r\nSubject: x\r\n\r\nhola\r\n',
    '--b\r\nContent-Type: text/plain\r\n\r\nYa pagué.\r\n\r\nEl lun, 2 mar 2026, Acme escribió:\r\n> hola\r\n',
    '--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <act.1@acme.example>\r\n',
    '--b--\r\n',
  );
  const raw = fc
    .tuple(
      fc.array(fc.oneof({ weight: 9, arbitrary: header }, { weight: 1, arbitrary: anyText }), {
        maxLength: 8,
      }),
      fc.array(fc.oneof({ weight: 6, arbitrary: part }, { weight: 1, arbitrary: anyText }), { maxLength: 4 }),
    )
    .map(([headers, parts]) => `${headers.join('\r\n')}\r\n\r\n${parts.join('')}`);
  return parser('email: readMail', 50_000, bytesOf(raw), async (bytes) => {
    // What the parser of mails itself refuses does not get to us.
    const mail = await PostalMime.parse(bytes, { forceRfc822Attachments: true }).catch(() => undefined);
    if (mail === undefined) return;
    for (const event of readMail(mail, { now: Date.UTC(2026, 2, 3) }))
      if (!isData(event) || event.key === '') throw new Error('told what is no event');
  });
}

export const texts: readonly (() => Parser)[] = [replies, days, dates, sms, addresses, mails];
