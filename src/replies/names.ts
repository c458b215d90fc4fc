/** How days are named in a language, on text as `plainWords` makes it: no accents, lower case, single spaces. */
export interface Names {
  /** Monday first. */
  readonly weekdays: readonly string[];
  /** What looks like a weekday and is none. */
  readonly noWeekday?: RegExp | undefined;
  /** January first. */
  readonly months: readonly string[];
  readonly today: string;
  readonly tomorrow: string;
  readonly afterTomorrow: string;
  /** Around a number: `in 3 days`. `N` stands for the number, `U` for the unit. */
  readonly within: readonly string[];
  readonly units: { readonly day: string; readonly week: string; readonly month: string };
  /** After a unit: not days as a calendar counts them. */
  readonly business: string;
  readonly nextWeek: string;
  readonly thisMonth: string;
  readonly nextMonth: string;
  readonly monthEnd: string;
  /** Between the end of a month and which: `of`. */
  readonly of: string;
  /** Pay days that are not everybody's. */
  readonly fortnight?: string | undefined;
  /** Next to a weekday: the coming one for some, the one after for others. */
  readonly next: string;
  /** Before a day of the month that stands alone: `the 15th`. `N` stands for the number. */
  readonly ordinal: string;
  /** What makes a number no day of a month. */
  readonly noDay: string;
  /** From one on. */
  readonly numbers: readonly string[];
  readonly first: string;
  /** Leaves the day open wherever it stands. */
  readonly vague: RegExp;
}

const money =
  'por|pesos|mxn|euros?|eur|soles|usd|dolares|dollars|reais|reales|real|cop|clp|ars|mil|millones|k|cuotas|facturas|faturas|invoices?|parcelas|vezes|veces|dias|days|horas|hours|semanas|weeks|meses|months';

export const names: Readonly<Record<'en' | 'es' | 'pt', Names>> = {
  en: {
    weekdays: [
      'mon(?:day)?',
      'tue(?:s|sday)?',
      'wed(?:nesday)?',
      'thu(?:r|rs|rsday)?',
      'fri(?:day)?',
      'sat(?:urday)?',
      'sun(?:day)?',
    ],
    noWeekday: /(?<!\b(?:on|by|this|next|until|till|before) )\b(?:sat|sun)\b/g,
    months: [
      'jan(?:uary)?',
      'feb(?:ruary)?',
      'mar(?:ch)?',
      'apr(?:il)?',
      'may',
      'june?',
      'july?',
      'aug(?:ust)?',
      'sept?(?:ember)?',
      'oct(?:ober)?',
      'nov(?:ember)?',
      'dec(?:ember)?',
    ],
    today: 'today|tonight|this (?:afternoon|morning|evening)',
    tomorrow: 'tomorrow|tmrw',
    afterTomorrow: '(?:the )?day after tomorrow',
    within: ['(?:in )?N U from (?:now|today)', '(?:in|within)(?: the next)? N U'],
    units: { day: 'days?', week: 'weeks?', month: 'months?' },
    business: 'business|working',
    nextWeek: 'next week',
    thisMonth: '(?:of )?this month',
    nextMonth: '(?:of )?next month',
    monthEnd: 'end|last day',
    of: '(?:of )?(?:the )?',
    next: 'next',
    ordinal: '(?:the|by|on|before|until|till) N(?:st|nd|rd|th)',
    noDay: `${money}|reminders?|payments?|notice|times?|half|quarter|instal?lments?|one|order`,
    numbers: 'one two three four five six seven eight nine ten eleven twelve'.split(' '),
    first: 'first',
    vague:
      /\b(?:not before|after|from|between|each|every|around|about|approximately|approx|ish|business|working|beginning|early|mid|late|week|fortnight|couple|months?)\b/,
  },
  es: {
    weekdays: ['lunes', 'martes', 'miercoles', 'jueves', 'viernes', 'sabado', 'domingo'],
    months: [
      'ene(?:ro)?',
      'feb(?:rero)?',
      '(?:marzo|mar|mzo)',
      'abr(?:il)?',
      'may(?:o)?',
      'jun(?:io)?',
      'jul(?:io)?',
      'ago(?:sto)?',
      'sep(?:t|tiembre)?|setiembre',
      'oct(?:ubre)?',
      'nov(?:iembre)?',
      'dic(?:iembre)?',
    ],
    today: '(?<!\\bde )hoy|esta tarde|esta noche|esta misma tarde',
    // "la mañana", "por la mañana", "esta mañana" is a time of day.
    tomorrow: '(?<!\\b(?:la|esta|una) )manana',
    afterTomorrow: 'pasado manana',
    within: ['(?:en|dentro de) N U'],
    units: { day: 'dias?', week: 'semanas?', month: 'mes(?:es)?' },
    business: 'habiles|laborales|laborables',
    nextWeek:
      '(?:la )?(?:proxima semana|semana (?:que viene|que entra|entrante|siguiente|proxima)|otra semana)',
    thisMonth: '(?:de|del) (?:este|presente|mismo) ?(?:mes)?',
    nextMonth:
      '(?:de|del) (?:(?:el )?(?:proximo|otro|siguiente) mes|mes (?:que viene|que entra|entrante|siguiente|proximo))',
    monthEnd: 'fin(?:es|al|ales)?|ultimo(?: dia)?|dia ultimo',
    of: '(?:de|del)? ?(?:el |este )?',
    fortnight: '(?:esta |la )?quincena',
    next: 'proximo|que viene|que entra|siguiente|entrante',
    ordinal: '(?:el|dia|al) (?:dia )?N',
    noDay: `${money}|de la|del total`,
    numbers:
      'uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve treinta'.split(
        ' ',
      ),
    first: 'primero',
    vague:
      /\b(?:no antes|despues de|despues del|pasado el|a partir|desde|entre|cada|todos los|habiles|laborales|laborables|mediados|principios|alrededor|aproximadamente|aprox|mas o menos|como (?:en|el|por)|de hoy en|par de|primeros?|del? \d{1,2}|mes(?:es)?)\b/,
  },
  pt: {
    weekdays: [
      'segunda(?: feira)?',
      'terca(?: feira)?',
      'quarta(?: feira)?',
      'quinta(?: feira)?',
      'sexta(?: feira)?',
      'sabado',
      'domingo',
    ],
    noWeekday:
      /\b(?:segunda|terca|quarta|quinta|sexta) (?:parcela|via|vez|nota|fatura|cobranca|mensagem|opcao|metade|quinzena|semana|prestacao)\b/g,
    months: [
      'jan(?:eiro)?',
      'fev(?:ereiro)?',
      'mar(?:co)?',
      'abr(?:il)?',
      'mai(?:o)?',
      'jun(?:ho)?',
      'jul(?:ho)?',
      'ago(?:sto)?',
      'set(?:embro)?',
      'out(?:ubro)?',
      'nov(?:embro)?',
      'dez(?:embro)?',
    ],
    today: 'hoje|hj|esta tarde|esta noite|hoje mesmo',
    tomorrow: 'amanha',
    afterTomorrow: 'depois de amanha',
    within: ['(?:em|dentro de|daqui a) N U'],
    units: { day: 'dias?', week: 'semanas?', month: 'mes(?:es)?' },
    business: 'uteis',
    nextWeek: '(?:a )?(?:proxima semana|semana (?:que vem|seguinte)|outra semana)',
    thisMonth: '(?:deste|desse|do) (?:mesmo )?mes',
    nextMonth: '(?:do|no) (?:proximo mes|mes (?:que vem|seguinte))',
    monthEnd: 'fim|final|ultimo dia',
    of: '(?:do|de|deste)? ?',
    next: 'proxim[ao]|que vem|seguinte',
    ordinal: '(?:dia) N',
    noDay: `${money}|uteis|util`,
    numbers:
      'um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove vinte'.split(
        ' ',
      ),
    first: 'primeiro',
    vague:
      /\b(?:depois d[eoa]|apos|a partir|desde|entre|cada|todo|toda|uteis|util|meados|comeco|inicio|por volta|cerca|mais ou menos|par de|d[eo] \d{1,2}|mes(?:es)?)\b/,
  },
};
