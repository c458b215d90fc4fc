import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../../src/channels/channel.js';
import { callTask, type Letter, letter, letterPage } from '../../../src/channels/tasks/index.js';
import { RecobroError } from '../../../src/errors.js';
import { mailMessage, now, textMessage } from '../message.js';

const to = 'Calle Sur 12\n04000 Ciudad de México';
const from = 'Acme <Cobranza>\nReforma 1\n06600 Ciudad de México';
const mail = mailMessage({ to });

describe('the page of a letter', () => {
  it('has sender, address with the name, date in the zone, subject and text', () => {
    const { text } = letterPage(mail, { now: Date.UTC(2026, 2, 4, 3), from, zone: 'America/Mexico_City' });
    expect(text.split('\n\n').slice(0, 4)).toEqual([
      from,
      `Ana Robles\n${to}`,
      '3 de marzo de 2026',
      'Factura F-1001: último aviso',
    ]);
    expect(text).toContain('sigue pendiente');
  });

  it('prints the mail’s own document, with nothing that could be markup in what is added', () => {
    const html =
      '<!doctype html><html><head><title>x</title></head><body class="page"><p>Hola</p></body></html>';
    const content = { kind: 'email', subject: '<b>', text: 'Hola', html } as const;
    const page = letterPage({ ...mail, content }, { now, from }).html;
    expect(page).toContain('&lt;Cobranza&gt;');
    expect(page).toContain('<div class="letter-subject">&lt;b&gt;</div>');
    expect(page.indexOf('letter-to">')).toBeLessThan(page.indexOf('<p>Hola</p>'));
    expect(page.indexOf('@page')).toBeLessThan(page.indexOf('</head>'));
  });

  it('makes a document of its own where there is none', () => {
    const page = letterPage(textMessage({ to }), { now });
    expect(page.html).toMatch(/^<!doctype html>/);
    expect(page.html).toContain('F-1001');
    expect(page.html).not.toContain('letter-from">');
  });

  it('does not repeat a name that the address begins with', () => {
    const page = letterPage({ ...mail, to: `Ana Robles\n${to}` }, { now });
    expect(page.text.match(/Ana Robles/g)).toHaveLength(1);
  });

  it('refuses what nothing can be dated in, all at once', async () => {
    const wrong = { ...mail, language: 'español' };
    const page = () => letterPage(wrong, { now: Number.NaN, zone: 'Mexico/Nowhere' });
    expect(page).toThrow(
      expect.objectContaining({
        code: 'invalid_option',
        problems: ['message.language', 'now', 'zone'].map(
          (path) => expect.objectContaining({ path }) as object,
        ),
      }),
    );
    for (const language of ['', 'es_MX', 'es--MX', 7 as never])
      expect(() => letterPage({ ...mail, language }, { now })).toThrow(RecobroError);
    const channel = letter({ deliver: async () => ({ outcome: 'accepted', providerId: 'p1' }) });
    expect(await channel.send(wrong, { now })).toMatchObject({
      outcome: 'refused',
      scope: 'message',
      code: 'letter:invalid_language',
    });
  });
});

describe('handing a letter over', () => {
  const accepted: SendOutcome = { outcome: 'accepted', providerId: 'p1' };

  it('gives the page, the PDF and what to enclose', async () => {
    const got: Letter[] = [];
    const channel = letter({
      from,
      pdf: async (html) => new TextEncoder().encode(`%PDF ${html.length}`),
      deliver: async (one) => {
        got.push(one);
        return accepted;
      },
    });
    expect(await channel.send(mail, { now })).toEqual(accepted);
    expect(got[0]).toMatchObject({
      key: mail.key,
      to,
      toName: 'Ana Robles',
      subject: 'Factura F-1001: último aviso',
    });
    expect(new TextDecoder().decode(got[0]?.pdf)).toMatch(/^%PDF/);
  });

  it('hands nothing over without the PDF that is asked for', async () => {
    let handed = 0;
    const deliver = async (): Promise<SendOutcome> => {
      handed++;
      return accepted;
    };
    const broken = letter({ deliver, pdf: () => Promise.reject(new Error('no browser at /home/ana')) });
    expect(await broken.send(mail, { now })).toEqual({
      outcome: 'retry',
      scope: 'message',
      code: 'letter:no_pdf',
    });
    const empty = letter({ deliver, pdf: async () => new Uint8Array() });
    expect(await empty.send(mail, { now })).toMatchObject({ outcome: 'misconfigured' });
    expect(handed).toBe(0);
  });

  it('says what is wrong with options, all at once', () => {
    const wrong = () =>
      letter({ from: 'Acme', zone: 'Mars/Olympus', timeout: 0, pdf: async () => new Uint8Array() });
    expect(wrong).toThrow(RecobroError);
    try {
      wrong();
    } catch (error) {
      expect(error instanceof RecobroError && error.problems?.map(({ path }) => path)).toEqual([
        'from',
        'zone',
        'pdf',
        'timeout',
      ]);
    }
    expect(() => callTask({ tries: 0, wait: -1 })).toThrow(/callTask/);
  });

  it('is people’s without a port', () => {
    expect(letter()).toMatchObject({ id: 'letter', address: 'postal', consent: 'contract', manual: true });
    expect(callTask({ tries: 2, wait: 1000 })).toMatchObject({
      manual: true,
      tries: { most: 2, wait: 1000 },
    });
    expect(callTask({ deliver: async () => accepted }).manual).toBeUndefined();
  });
});
