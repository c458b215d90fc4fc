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

/** Sentences that were once taken for what they are not. `open`: whatever they are read as, nobody acts on it. */
const doubts: Readonly<Record<string, readonly string[]>> = {
  es: [
    // "Esta" is no "está", and who is about to pay has not paid.
    'esta semana pago',
    'esta semana le pago',
    'ya mero le pago',
    'ya casi pago',
    'no voy a pagar nunca',
    'ya no voy a pagar',
    'no pago el 15/03',
    'no puedo pagar el viernes',
    // To cancel a service is not to pay.
    'ya cancelé el servicio con ustedes hace un mes',
    'cancelamos el contrato ayer',
    'la factura fue cancelada ante el SAT',
    // Guesses, conditions, parts and amounts.
    'creo que ya pagué',
    'déjame ver si ya se pagó',
    'mi contador dice que ya se pagó',
    'ya pagué la mitad, el resto el viernes',
    'hice un abono de 2000',
    'te puedo pagar la mitad el viernes',
    'pago 1.500 pesos mañana',
    'pago el 50% mañana',
    'si me pagan el viernes les pago el lunes',
    'cuando me paguen el viernes les pago',
    'mañana le envío el comprobante',
    // Farewells.
    'hasta mañana',
    'gracias, hasta el lunes',
    // Several days, vague ones, and the same word for what was and what will be.
    'pago el 15 y el 30',
    'pago entre el lunes y el miércoles',
    'el lunes o martes pago',
    'pago en 3 días hábiles',
    'te pago de hoy en ocho',
    'pago después del viernes',
    'pagamos el lunes',
    'pago la factura 2026-03-20',
    'pago la factura 5-6',
    // Who has no document asks for it.
    'no me llegó la factura',
    'la factura nunca llegó',
    // Another way to be reached is no wish for silence.
    'no me llamen, escríbanme por correo',
    'no me escriban por aquí, mejor al correo',
    'no me envíen la factura al correo, mándenla por aquí',
    'no dejen de escribir',
    'no quiero darme de baja',
    'deme de baja el servicio',
    'ya no me llamen',
  ],
  en: [
    'I have paid half',
    'I think we already paid',
    'let me check if it was paid',
    'this invoice is paid by head office',
    'we are paid on Fridays',
    'I will pay when I get paid on Friday',
    "I can't pay until Friday",
    'I can not pay on Friday',
    'we may pay on Friday',
    'I could pay $500 on Friday',
    'will pay 12.50 tomorrow',
    'pay on the 15th and 30th',
    'the sun is shining, will pay',
    'you sat on this, we will pay',
    'we will pay a week on Friday',
    'will pay after the 15th',
    'we did not receive the invoice',
    "don't stop sending invoices",
    'please do not call, email instead',
    'do not contact me before Monday',
    'stop payment was made',
  ],
  pt: [
    'esta semana pago',
    'até amanhã',
    'não consigo pagar dia 10',
    'acho que já paguei',
    'já paguei a metade',
    'transferimos na segunda',
    'vou pagar a segunda parcela amanhã',
    'pago em 5 dias úteis',
    'se não pagar hoje pago amanhã',
    'não recebi o boleto',
    'o boleto não chegou',
    'não me envie o boleto, me mande o pix',
  ],
};

/** What changes something once it is sure. */
const weighty: ReadonlySet<Intent | undefined> = new Set(['paid', 'promise', 'dispute', 'stop', 'start']);

describe('what is not certain', () => {
  for (const [language, said] of Object.entries(doubts))
    it.each(said)(`${language}: %s`, (text) => {
      const { intent, confidence } = readReply({ text, languages: [language], today });
      expect(weighty.has(intent) && confidence >= 0.8).toBe(false);
    });
});

describe('days', () => {
  const days: readonly (readonly [said: string, language: string, day: string | undefined])[] = [
    ['el viernes 13 te pago', 'es', '2026-03-13'],
    ['pago el viernes 20 de marzo', 'es', '2026-03-20'],
    ['pago el jueves de la próxima semana', 'es', '2026-03-12'],
    ['pago el 5 del próximo mes', 'es', '2026-04-05'],
    ['pago el 1ro de abril', 'es', '2026-04-01'],
    ['pago el quince', 'es', '2026-03-15'],
    ['pago en quince días', 'es', '2026-03-18'],
    ['pago el 15-mar-2026', 'es', '2026-03-15'],
    ['pago el último día del mes', 'es', '2026-03-31'],
    ['pago el viernes a las 10:30', 'es', '2026-03-06'],
    ['la factura 12-10 la pago el viernes', 'es', '2026-03-06'],
    ['ya le pago mañana', 'es', '2026-03-04'],
    ['hoy pago', 'es', '2026-03-03'],
    ['mañana queda pagado', 'es', '2026-03-04'],
    ['te hago la transferencia mañana', 'es', '2026-03-04'],
    ['si, pago mañana', 'es', '2026-03-04'],
    ['will pay Monday the 16th', 'en', '2026-03-16'],
    ['will pay the 20th of next month', 'en', '2026-04-20'],
    ['will pay in two weeks from today', 'en', '2026-03-17'],
    ['will pay by end of next month', 'en', '2026-04-30'],
    ['will pay this Sunday', 'en', '2026-03-08'],
    ['pago dia 1º', 'pt', '2026-04-01'],
    ['pago na segunda', 'pt', '2026-03-09'],
    ['vou pagar dia 20 do mês que vem', 'pt', '2026-04-20'],
    // A Friday that is none, a day that there is not, and one that is over.
    ['pago el viernes 14', 'es', undefined],
    ['pago el 29 de febrero', 'es', undefined],
    ['pago el 2 de este mes', 'es', undefined],
  ];

  it.each(days)('%s (%s): %s', (text, language, day) => {
    const reading = readReply({ text, languages: [language], today });
    expect(reading.intent).toBe('promise');
    expect(reading.confidence >= 0.8).toBe(day !== undefined);
    if (day !== undefined) expect(formatDay(reading.day ?? 0)).toBe(day);
  });

  it('at the turn of a year, and of a month that is short', () => {
    const on = (text: string, now: string) => {
      const { day, confidence } = readReply({ text, languages: ['es'], today: parseDay(now) });
      return [day === undefined ? undefined : formatDay(day), confidence >= 0.8];
    };
    expect(on('pago el 5 de enero', '2026-12-30')).toEqual(['2027-01-05', true]);
    expect(on('pago el 15/01', '2026-12-30')).toEqual(['2027-01-15', true]);
    expect(on('pago el 30', '2026-12-31')).toEqual(['2027-01-30', true]);
    expect(on('pago el viernes', '2026-12-31')).toEqual(['2027-01-01', true]);
    expect(on('pago el 30', '2026-02-03')).toEqual(['2026-03-30', false]);
    expect(on('pago el 15 de este mes', '2026-03-16')).toEqual([undefined, false]);
  });
});

describe('stop', () => {
  const said: readonly (readonly [said: string, language: string])[] = [
    ['stop por favor', 'es'],
    ['STOP enviando', 'es'],
    ['STOP STOP STOP', 'pt'],
    ['please stop', 'en'],
    ['baja por favor', 'es'],
    ['denme de baja', 'es'],
    ['bórrenme de su lista', 'es'],
    ['no more texts', 'en'],
    ['parem', 'pt'],
    ['sair da lista', 'pt'],
  ];

  it.each(said)('%s (%s) stops', (text, language) => {
    const { intent, confidence } = readReply({ text, languages: [language], today });
    expect([intent, confidence >= 0.8]).toEqual(['stop', true]);
  });
});

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
    // A day that is over by the time that it is pressed, or none: not the plan's own days instead.
    for (const payload of ['promise:2026-02-01', 'promise:mañana'])
      expect(readReply({ ...heard, payload }).confidence).toBeLessThan(0.8);
    expect(readReply({ ...heard, payload: 'promise' })).toMatchObject({ intent: 'promise', confidence: 1 });
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
