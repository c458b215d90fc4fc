import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDay, parseDay } from '../../src/calendar/index.js';
import { type Intent, intents, readReply } from '../../src/replies/index.js';

/** A Tuesday. */
const today = parseDay('2026-03-03');

type Said = readonly [text: string, intent: Intent | 'none', surety: 'sure' | 'open', day?: string];

/** What people write, and what it may be taken for. `open`: a person is asked before anything is done. */
const corpus: Readonly<Record<string, readonly Said[]>> = {
  es: [
    ['Ya pagamos la factura 1042 ayer, adjunto comprobante', 'paid', 'sure'],
    ['Ya está pagada', 'paid', 'sure'],
    ['ya la pagué', 'paid', 'sure'],
    ['Cancelé ayer', 'paid', 'sure'],
    ['Hicimos la transferencia esta mañana', 'paid', 'sure'],
    ['Cancelado', 'paid', 'sure'],
    ['¿Ya está pagada?', 'paid', 'open'],
    ['Se pagó el viernes pasado', 'paid', 'open'],
    ['Aún no he pagado, pago el viernes', 'promise', 'sure', '2026-03-06'],
    ['No puedo pagar hoy, te transfiero el lunes', 'promise', 'sure', '2026-03-09'],
    ['Mañana cancelo la factura', 'promise', 'sure', '2026-03-04'],
    ['Por la mañana te pago', 'promise', 'open'],
    ['Pasado mañana sin falta le pago', 'promise', 'sure', '2026-03-05'],
    ['El pago está programado para el 15 de marzo', 'promise', 'sure', '2026-03-15'],
    ['Te deposito a fin de mes', 'promise', 'sure', '2026-03-31'],
    ['pago el 15', 'promise', 'sure', '2026-03-15'],
    ['Lo pago el 10/03', 'promise', 'sure', '2026-03-10'],
    ['Vamos a pagar en 3 días', 'promise', 'sure', '2026-03-06'],
    ['Pagamos dentro de dos semanas', 'promise', 'sure', '2026-03-17'],
    ['La próxima semana le pago', 'promise', 'open', '2026-03-13'],
    ['El próximo viernes le deposito', 'promise', 'open', '2026-03-06'],
    ['Pago en la quincena', 'promise', 'open', '2026-03-15'],
    ['¿Pueden darnos hasta el viernes?', 'promise', 'open', '2026-03-06'],
    ['En cuanto me paguen les pago', 'promise', 'open'],
    ['No reconozco esa factura', 'dispute', 'sure'],
    ['La factura está duplicada', 'dispute', 'sure'],
    ['Estamos esperando la nota de crédito', 'dispute', 'sure'],
    ['no he recibido la mercancía', 'dispute', 'sure'],
    ['no tengo dinero para pagar', 'cannot_pay', 'sure'],
    ['¿Tienen plan de pagos?', 'cannot_pay', 'sure'],
    ['Nos pueden dar facilidades de pago', 'cannot_pay', 'sure'],
    ['Tenemos problemas de flujo', 'cannot_pay', 'sure'],
    ['STOP', 'stop', 'sure'],
    ['«Baja»', 'stop', 'sure'],
    ['Darme de baja.', 'stop', 'sure'],
    ['no me escriban más', 'stop', 'sure'],
    ['Dejen de molestar', 'stop', 'sure'],
    ['ALTA', 'start', 'sure'],
    ['quiero hablar con una persona', 'help', 'sure'],
    ['¡Ayuda!', 'help', 'sure'],
    ['Ya no trabajo en esa empresa', 'other_person', 'sure'],
    ['número equivocado', 'other_person', 'sure'],
    ['cancelar', 'none', 'open'],
    ['Sí', 'none', 'open'],
    ['no', 'none', 'open'],
    ['¿Cuánto debo?', 'none', 'open'],
    ['Gracias', 'none', 'open'],
    ['no voy a pagar', 'none', 'open'],
    ['No la reconozco y además ya la pagué', 'dispute', 'open'],
  ],
  en: [
    ['We already paid this last week', 'paid', 'sure'],
    ['Payment was sent yesterday', 'paid', 'sure'],
    ['Has this been paid?', 'paid', 'open'],
    ['It has not been paid yet', 'none', 'open'],
    ['when will this be paid?', 'none', 'open'],
    ["We'll pay on Friday", 'promise', 'sure', '2026-03-06'],
    ['I can pay by the 15th', 'promise', 'sure', '2026-03-15'],
    ['I will pay by the 2nd', 'promise', 'sure', '2026-04-02'],
    ['Payment will be made tomorrow', 'promise', 'sure', '2026-03-04'],
    ['Scheduled for 15/03', 'promise', 'sure', '2026-03-15'],
    ['we will pay on 04/05', 'promise', 'open', '2026-05-04'],
    ['once we get paid we will pay you', 'promise', 'open'],
    ["We don't owe this", 'dispute', 'sure'],
    ['I never ordered this', 'dispute', 'sure'],
    ['The amount is wrong', 'dispute', 'sure'],
    ["can't pay right now, cash flow problems", 'cannot_pay', 'sure'],
    ['Can we do a payment plan?', 'cannot_pay', 'sure'],
    ['Stop texting me', 'stop', 'sure'],
    ['Unsubscribe', 'stop', 'sure'],
    ['talk to a human', 'help', 'sure'],
    ['wrong number', 'other_person', 'sure'],
    ['I no longer work there', 'other_person', 'sure'],
    ['yes', 'none', 'open'],
    ['ok thanks', 'none', 'open'],
    ['please stop the reminders, we paid on Monday', 'paid', 'open'],
  ],
  pt: [
    ['Já paguei ontem', 'paid', 'sure'],
    ['segue comprovante', 'paid', 'sure'],
    ['pix feito hoje', 'paid', 'sure'],
    ['Quitado', 'paid', 'sure'],
    ['Vou pagar na sexta-feira', 'promise', 'sure', '2026-03-06'],
    ['Pago amanhã', 'promise', 'sure', '2026-03-04'],
    ['Ainda não paguei, vou pagar dia 10', 'promise', 'sure', '2026-03-10'],
    ['Pagamento agendado para 15/03', 'promise', 'sure', '2026-03-15'],
    ['Não reconheço essa cobrança', 'dispute', 'sure'],
    ['Não tenho como pagar agora', 'cannot_pay', 'sure'],
    ['Podem parcelar?', 'cannot_pay', 'sure'],
    ['sair', 'stop', 'sure'],
    ['pare de mandar mensagem', 'stop', 'sure'],
    ['Não trabalho mais lá', 'other_person', 'sure'],
    ['Foi engano', 'other_person', 'sure'],
    ['quitar', 'none', 'open'],
    ['cancelar', 'none', 'open'],
  ],
};

describe('what people answer', () => {
  for (const [language, said] of Object.entries(corpus)) {
    it.each(said)(`${language}: %s → %s, %s`, (text, intent, surety, day) => {
      const reading = readReply({ text, languages: [language], today });
      expect(reading.intent ?? 'none').toBe(intent);
      expect(reading.confidence >= 0.8).toBe(surety === 'sure');
      expect(reading.day === undefined ? undefined : formatDay(reading.day)).toBe(day);
    });
  }

  it('is read in a language that nobody expected, with less trust', () => {
    const heard = { text: 'Ya pagamos ayer', today };
    expect(readReply({ ...heard, languages: ['es'] }).confidence).toBe(0.9);
    expect(readReply({ ...heard, languages: ['en'] })).toMatchObject({ intent: 'paid', confidence: 0.8 });
    expect(readReply({ text: 'बंद', today, languages: ['es'] })).toMatchObject({
      intent: 'stop',
      confidence: 1,
    });
    expect(readReply({ text: 'QUIT', today, languages: ['pt-BR'] }).intent).toBe('stop');
  });

  it('is about dates as the writer writes them', () => {
    const day = (text: string, language: string) => {
      const found = readReply({ text, languages: [language], today });
      return [found.day === undefined ? undefined : formatDay(found.day), found.confidence >= 0.8];
    };
    expect(day('we will pay on 04/05', 'en-US')).toEqual(['2026-04-05', true]);
    expect(day('we will pay on 04/05', 'en-IN')).toEqual(['2026-05-04', true]);
    expect(day('pago el 04/05', 'es-MX')).toEqual(['2026-05-04', true]);
    expect(day('pago el 2026-03-20', 'es')).toEqual(['2026-03-20', true]);
    // Over, or so far away that it was not meant.
    expect(day('pago el 20 de febrero', 'es')[0]).toBeUndefined();
    expect(day('pago el 31 de diciembre', 'es')[0]).toBeUndefined();
    expect(day('pago el 31/02', 'es')[0]).toBeUndefined();
    // A weekday on its own day is that of next week.
    expect(day('pago el martes', 'es')).toEqual(['2026-03-10', true]);
  });

  it('by button or by the provider is certain', () => {
    const heard = { languages: ['es'], today };
    expect(readReply({ ...heard, payload: 'promise:2026-03-09' })).toEqual({
      intent: 'promise',
      confidence: 1,
      by: 'button',
      day: parseDay('2026-03-09'),
      detail: '2026-03-09',
    });
    expect(readReply({ ...heard, payload: 'dispute:F-1042' })).toMatchObject({
      intent: 'dispute',
      detail: 'F-1042',
    });
    expect(readReply({ ...heard, payload: 'plan:3x' })).toMatchObject({ intent: 'cannot_pay', detail: '3x' });
    expect(readReply({ ...heard, payload: '__proto__', text: 'Hola' }).intent).toBeUndefined();
    // The provider's own word comes first: it has acted on it already.
    expect(readReply({ ...heard, keyword: 'stop', text: 'Ya pagamos ayer' })).toMatchObject({
      intent: 'stop',
      by: 'provider',
    });
  });
});

describe('laws', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.lorem(),
    fc.constantFrom(...corpus.es!.map(([text]) => text)),
  );

  it('nothing that is written breaks it, and days are never over', () => {
    fc.assert(
      fc.property(
        fc.array(anything, { maxLength: 5 }),
        fc.constantFrom('es', 'en', 'pt', 'hi', 'x'),
        (parts, tag) => {
          const reading = readReply({ text: parts.join(' '), payload: parts[0], languages: [tag], today });
          expect(reading.confidence).toBeGreaterThanOrEqual(0);
          expect(reading.confidence).toBeLessThanOrEqual(1);
          if (reading.intent !== undefined) expect(intents).toContain(reading.intent);
          if (reading.day !== undefined) expect(reading.day).toBeGreaterThanOrEqual(today);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a word that stops does so alone only: a sentence around it is no word', () => {
    for (const word of ['stop', 'baja', 'sair', 'cancel', 'end'])
      expect(readReply({ text: `la ${word} temperatura`, languages: ['es'], today }).intent).toBeUndefined();
  });

  it('long texts are never certain', () => {
    const text = `Ya pagamos ayer. ${'Saludos cordiales de nuestra parte. '.repeat(15)}`;
    expect(readReply({ text, languages: ['es'], today }).confidence).toBeLessThan(0.8);
  });

  it('takes no time that grows out of bounds with the text', () => {
    const text = 'no no no no ya ya ya '.repeat(700);
    expect(readReply({ text, languages: ['es'], today }).confidence).toBeLessThan(0.8);
  });
});
