import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { type ParsedMail, readMail } from '../../../src/channels/email/index.js';
import { ownWords } from '../../../src/channels/email/reading/own-words.js';
import type { ChannelEvent } from '../../../src/index.js';

const now = Date.parse('2026-11-22T12:00:00Z');

async function read(raw: string): Promise<readonly ChannelEvent[]> {
  const mail: ParsedMail = await PostalMime.parse(raw.replace(/\n/g, '\r\n'), {
    forceRfc822Attachments: true,
  });
  return readMail(mail, { now });
}

/** A delivery report as servers write it, with the fields that matter. */
function report(
  fields: string,
  { type = 'multipart/report; report-type=delivery-status', extra = '' } = {},
): string {
  return `From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: cobranza@acme.example
Subject: Undelivered Mail Returned to Sender
Date: Sun, 22 Nov 2026 11:58:00 +0000
Message-ID: <bounce-1@mx.example>
Auto-Submitted: auto-replied
${extra}MIME-Version: 1.0
Content-Type: ${type}; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Sun, 22 Nov 2026 11:57:00 +0000

${fields}

--b
Content-Type: message/rfc822

Message-ID: <act.1@acme.example>
From: cobranza@acme.example
To: ines@robles.example
Subject: Factura

Pague por favor.
--b--
`;
}

const block = (action: string, status: string, to = 'ines@robles.example'): string =>
  `Final-Recipient: rfc822; ${to}\nOriginal-Recipient: rfc822;${to}\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; 550\n no such user`;

describe('delivery reports', () => {
  const rows: readonly (readonly [action: string, status: string, wanted: object])[] = [
    [
      'failed',
      '5.1.1',
      {
        status: 'failed',
        failure: { code: 'smtp:5.1.1', scope: 'recipient', temporary: false, addressUnusable: true },
      },
    ],
    [
      'failed',
      '5.2.1 (disabled)',
      { status: 'failed', failure: { code: 'smtp:5.2.1', addressUnusable: true } },
    ],
    [
      'failed',
      '5.2.2',
      { status: 'failed', failure: { code: 'smtp:5.2.2', scope: 'recipient', temporary: true } },
    ],
    [
      'failed',
      '5.7.27',
      { status: 'failed', failure: { code: 'smtp:5.7.27', scope: 'message', temporary: false } },
    ],
    // Final, and not the address's fault: the server gave up waiting.
    [
      'failed',
      '4.4.7',
      { status: 'failed', failure: { code: 'smtp:4.4.7', scope: 'recipient', temporary: true } },
    ],
    ['delayed', '4.4.1', { status: 'deferred' }],
    ['relayed', '2.0.0', { status: 'delivered' }],
    ['failed', '', { status: 'failed', failure: { code: 'smtp:failed' } }],
  ];
  it.each(rows)('%s %s', async (action, status, wanted) => {
    const [event, ...more] = await read(report(block(action, status)));
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      type: 'status',
      provider: 'smtp',
      key: '<bounce-1@mx.example> 0',
      at: Date.parse('2026-11-22T11:58:00Z'),
      providerId: '<act.1@acme.example>',
      to: { address: 'ines@robles.example' },
      ...wanted,
    });
    const { failure } = event as { failure?: { addressUnusable?: boolean } };
    expect(failure?.addressUnusable === true).toBe(status.startsWith('5.1.1') || status.startsWith('5.2.1'));
  });

  it('are told of each recipient, and found in whatever they are wrapped', async () => {
    const two = `${block('failed', '5.1.1')}\n\n${block('delayed', '4.2.0', 'leo@robles.example')}`;
    expect(await read(report(two))).toMatchObject([
      { status: 'failed' },
      { status: 'deferred', to: { address: 'leo@robles.example' } },
    ]);
    expect(await read(report(block('failed', '5.1.1'), { type: 'multipart/mixed' }))).toMatchObject([
      { status: 'failed' },
    ]);
  });

  it('are read where they were flattened into the text, but only of a mail system’s own mail', async () => {
    // Without its Content-Type all parts of a report are text.
    const flat = report(block('failed', '4.4.7')).replace(
      /^(MIME-Version|Content-Type: multipart).*\n/gm,
      '',
    );
    expect(await read(flat)).toEqual([
      {
        type: 'status',
        provider: 'smtp',
        key: '<bounce-1@mx.example> 0',
        at: Date.parse('2026-11-22T11:58:00Z'),
        providerId: '<act.1@acme.example>',
        to: { address: 'ines@robles.example' },
        status: 'failed',
        failure: { code: 'smtp:4.4.7', scope: 'recipient', temporary: true },
      },
    ]);
    const forwarded = flat.replace(/^From: .*/, 'From: ines@robles.example');
    expect(await read(forwarded)).toMatchObject([{ type: 'message' }]);
    const other = mail('', 'Your mailbox is almost full.').replace(
      /^From: .*/,
      'From: <Postmaster@mx.example>',
    );
    expect(await read(other)).toMatchObject([{ type: 'message', kind: 'auto-reply' }]);
  });

  it('come before the sign of an automatic reply, which bounces carry as well', async () => {
    expect(await read(report(block('failed', '5.1.1'), { extra: 'X-Autoreply: yes\n' }))).toMatchObject([
      { type: 'status' },
    ]);
  });
});

const mail = (headers: string, body: string): string =>
  `From: Inés <Ines@Robles.example>\nTo: cobranza@acme.example\nSubject: Re: Factura F-1042\nDate: Sun, 22 Nov 2026 11:58:00 +0000\nMessage-ID: <m1@robles.example>\n${headers}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n${body}\n`;

describe('mails of people', () => {
  it('are what they say themselves, and whom they answer', async () => {
    const refs =
      'In-Reply-To: <act.1@acme.example>\nReferences: <thread.1@acme.example> <act.1@acme.example>\n';
    const body =
      'Ya pagamos ayer.\n\nEl sáb, 21 nov 2026 a las 10:00, Acme <cobranza@acme.example>\nescribió:\n> Le pedimos que pague.';
    expect(await read(mail(refs, body))).toEqual([
      {
        type: 'message',
        provider: 'smtp',
        key: '<m1@robles.example>',
        at: Date.parse('2026-11-22T11:58:00Z'),
        kind: 'email',
        from: { address: 'ines@robles.example', name: 'Inés' },
        providerId: '<m1@robles.example>',
        text: 'Ya pagamos ayer.',
        subject: 'Re: Factura F-1042',
        replyTo: '<act.1@acme.example>',
        references: ['<act.1@acme.example>', '<thread.1@acme.example>'],
      },
    ]);
  });

  it.each([
    ['Auto-Submitted: auto-replied\n', 'auto-reply'],
    ['Auto-Submitted: no\n', 'email'],
    ['X-Autoreply: yes\n', 'auto-reply'],
    ['X-Auto-Response-Suppress: All\n', 'auto-reply'],
    ['Precedence: bulk\n', 'auto-reply'],
    ['Precedence: first-class\n', 'email'],
  ])('%j: %s', async (headers, kind) => {
    expect(await read(mail(headers, 'Estoy de vacaciones'))).toMatchObject([{ kind }]);
  });

  it('without a sender are ignored', async () => {
    expect(await read('Subject: x\n\ny\n')).toMatchObject([{ type: 'ignored', what: 'mail:no-sender' }]);
  });
});

describe('who wrote', () => {
  const proven = async (results: string, checkedBy: string | undefined = 'mx.acme.example') => {
    const raw = mail(results, 'Ya pagamos').replace(/\n/g, '\r\n');
    const parsed = await PostalMime.parse(raw);
    const [event] = readMail(parsed, { now, ...(checkedBy === '' ? {} : { checkedBy }) });
    return event?.type === 'message' && event.unproven !== true;
  };
  const by = (server: string, found: string): string => `Authentication-Results: ${server};\n ${found}\n`;
  const own = (found: string): string => by('mx.acme.example', found);

  it.each([
    [own('spf=pass smtp.mailfrom=robles.example; dkim=pass; dmarc=pass (p=REJECT)'), true],
    [own('spf=fail; dkim=pass header.d=evil.example; dmarc=fail header.from=robles.example'), false],
    // A domain without a policy of its own.
    [own('dkim=pass header.d=robles.example; dmarc=none'), true],
    [own('dkim=pass header.i=@mail.example; dkim=pass header.i=@robles.example'), true],
    [own('dkim=pass header.d=evil.example; dmarc=none'), false],
    [own('dkim=pass header.d=notrobles.example; dmarc=none'), false],
    [own('spf=pass; dkim=none; dmarc=none'), false],
    // What the sender wrote under another name, or below.
    [by('evil.example', 'dmarc=pass'), false],
    [own('dmarc=fail') + own('dmarc=pass'), false],
    ['', false],
  ])('%j: %s', async (results, is) => {
    expect(await proven(results)).toBe(is);
  });

  it('is not asked unless the own server is named', async () => {
    expect(await proven('', '')).toBe(true);
  });
});

describe('other reports', () => {
  const part = (type: string, fields: string): string =>
    `From: a@isp.example\nMessage-ID: <r1@isp.example>\nDate: Sun, 22 Nov 2026 11:58:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/report; boundary="b"\n\n--b\nContent-Type: text/plain\n\nx\n--b\nContent-Type: ${type}\n\n${fields}\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <act.1@acme.example>\nTo: Inés <ines@robles.example>\n\nx\n--b--\n`;

  it('of abuse stop the channel', async () => {
    expect(await read(part('message/feedback-report', 'Feedback-Type: abuse\nUser-Agent: x'))).toMatchObject([
      { type: 'consent', from: { address: 'ines@robles.example' }, value: 'stop', scope: 'channel' },
    ]);
    expect(await read(part('message/feedback-report', 'Feedback-Type: not-spam'))).toMatchObject([
      { type: 'ignored' },
    ]);
  });

  it('of abuse stop nobody where the own server could not say who sent them', async () => {
    const told = part('message/feedback-report', 'Feedback-Type: abuse');
    const read = async (raw: string) => {
      const parsed = await PostalMime.parse(raw.replace(/\n/g, '\r\n'), { forceRfc822Attachments: true });
      return readMail(parsed, { now, checkedBy: 'mx.acme.example' });
    };
    const [event] = await read(told);
    expect(event).toMatchObject({
      type: 'message',
      from: { address: 'ines@robles.example' },
      replyTo: '<act.1@acme.example>',
      unproven: true,
    });
    expect(event).not.toHaveProperty('text');
    const own = 'Authentication-Results: mx.acme.example; dmarc=pass header.from=isp.example\n';
    expect(await read(own + told)).toMatchObject([{ type: 'consent', value: 'stop' }]);
  });

  it('of reading say that it was read; of deletion nothing', async () => {
    const told = (mode: string) =>
      `Disposition: manual-action/MDN-sent-manually; ${mode}\nOriginal-Message-ID: <act.1@acme.example>`;
    expect(await read(part('message/disposition-notification', told('displayed')))).toMatchObject([
      { type: 'status', status: 'read', providerId: '<act.1@acme.example>' },
    ]);
    expect(await read(part('message/disposition-notification', told('deleted')))).toMatchObject([
      { type: 'ignored' },
    ]);
  });
});

describe('own words', () => {
  it.each([
    ['Hola', 'Hola'],
    ['We paid.\n\nOn Sat, Nov 21, 2026 at 10:00 AM Acme <a@acme.example> wrote:\n> pay', 'We paid.'],
    ['Pago el viernes\n-----Mensaje original-----\nDe: Acme', 'Pago el viernes'],
    [
      'Já paguei\n\nEm sáb., 21 de nov. de 2026 às 10:00, Acme <a@acme.example> escreveu:\n\n> pague',
      'Já paguei',
    ],
    ['Pagado\n________________________________\nDe: Acme\nEnviado: hoy\n', 'Pagado'],
    ['Listo\nDe: Acme <a@acme.example>\nEnviado: sábado\nPara: Inés\nAsunto: Factura\n\npague', 'Listo'],
    // A line that begins like a header is none by itself.
    ['De: mi parte todo bien\nSaludos', 'De: mi parte todo bien\nSaludos'],
    ['> todo citado', ''],
    // Below, between, and where nothing marks the quotation.
    ['El 3/3/26 a las 10:00, Acme escribió:\n> Pague el viernes\n\nGracias', 'Gracias'],
    ['> ¿Cuándo paga?\nEl viernes\n> Gracias\nDe nada', 'El viernes\nDe nada'],
    ['Ok\n\nEl 3/3/26, Acme escribió:\n\nYa pagamos', 'Ok'],
    [
      'Ok\n\nEl mar, 3 mar 2026 a la(s) 10:00, Departamento de Cobranza\nde Acme SA (<c@acme.example>)\nescribió:\n\nYa pagamos',
      'Ok',
    ],
    [
      'Ok\n\n*De:* Acme <c@acme.example>\n*Enviado el:* martes\n*Para:* Inés\n*Asunto:* Factura\n\nYa pagamos',
      'Ok',
    ],
    ['Ok\nDe: Acme\nEnviada em: terça-feira\nPara: Inés\n\nJá paguei', 'Ok'],
    ['Ok\n\n-- \nInés\nPagamos los viernes', 'Ok'],
    // Who tells of somebody quotes nobody.
    ['Hola\nEl contador me escribió:\nya pagamos', 'Hola\nEl contador me escribió:\nya pagamos'],
  ])('%j', (text, own) => {
    expect(ownWords(text)).toBe(own);
  });
});

describe('a mail of HTML alone', () => {
  const html = (body: string): string =>
    mail('', body).replace('text/plain', 'text/html').replace('Subject: Re: Factura F-1042\n', '');
  const words = async (body: string) => {
    const [event] = await read(html(body));
    return event?.type === 'message' ? event.text : undefined;
  };

  it.each([
    [
      '<html><head><title>No</title><style>p{}</style></head><body><p>Ya pagamos<br>ayer</p></body></html>',
      'Ya pagamos\nayer',
    ],
    ['<div>Pag&oacute; ma&ntilde;ana &amp; &#191;qu&#xe9;?&nbsp;&copy;</div>', 'Pagó mañana & ¿qué? &copy;'],
    [
      '<div>Ok</div><div class="gmail_quote"><div>El mar, 3 mar 2026, Acme (&lt;<a href="x">c@acme.example</a>&gt;) escribió:<br></div><blockquote>Ya pagamos<blockquote>ayer</blockquote>todo</blockquote></div><div>Gracias</div>',
      'Ok\n\nGracias',
    ],
    [
      '<p>Ok</p><hr><div><b>De:</b> Acme<br><b>Enviado el:</b> martes<br><b>Para:</b> Ana<br></div><p>Ya pagamos</p>',
      'Ok',
    ],
    ['Hola <!-- ya pagamos --> <script>ya("<p>pagamos</p>")</script>señor < 3', 'Hola señor'],
  ])('%j', async (body, own) => {
    expect(await words(body)).toBe(own);
  });

  it('is read in a time that grows with its length alone', async () => {
    for (const part of ['<!--', '<script>', '<blockquote>', '&', '<', '<a '])
      expect(await read(html(part.repeat(50_000)))).toHaveLength(1);
  });
});

it('nothing that comes by mail breaks the reading', async () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'Content-Type: multipart/report; boundary="b"',
      '--b',
      '--b--',
      'Content-Type: message/delivery-status',
      'Action: failed',
      'Status: 5.1.1',
      '',
      'From: a@b.example',
      'Final-Recipient: rfc822; a@b.example',
      'Content-Type: message/rfc822',
      'References: <a> <b>',
      'Content-Type: text/html',
      '<blockquote>',
      '</p><!-- &#x110000; &eacute;',
      '<script',
      'Authentication-Results: mx.acme.example; dkim=pass header.d=b.example',
      'On 1 May b@b.example wrote:',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 25 }), async (lines) => {
      for (const event of await read(lines.join('\n')))
        expect(JSON.parse(JSON.stringify(event))).toEqual(event);
    }),
    { numRuns: 300 },
  );
});
