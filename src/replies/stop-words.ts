import { normalText } from './normal.js';

/** What a single word, alone in a message, means. */
export type WordMeaning = 'stop' | 'start' | 'help' | 'paid' | 'ask';

/**
 * Words by meaning and language; `all` for those that providers document for any language.
 *
 * Documented: Twilio (Advanced Opt-Out), AWS End User Messaging (required opt-out keywords), Telnyx, Braze.
 * The Spanish words are those of one company's production list and suggestions; Portuguese and Hindi ones are
 * suggestions. `cancelar` means to pay an invoice in much of Latin America, `quitar` to pay a debt off in Portuguese:
 * neither ever stops anything.
 */
const words: Readonly<Record<string, Partial<Record<WordMeaning, readonly string[]>>>> = {
  all: {
    stop: ['stop', 'stopall', 'stop all', 'unsubscribe', 'optout', 'opt-out', 'opt out'],
    start: ['unstop'],
  },
  en: {
    stop: ['cancel', 'end', 'quit', 'revoke', 'remove', 'unsub'],
    start: ['start', 'subscribe'],
    help: ['help', 'info'],
    ask: ['yes', 'no', 'ok'],
  },
  es: {
    stop: [
      'baja',
      'darme de baja',
      'dar de baja',
      'alto',
      'parar',
      'detener',
      'detener promociones',
      'no mas mensajes',
      'no molestar',
    ],
    start: ['alta', 'start', 'iniciar', 'reanudar'],
    help: ['ayuda', 'info'],
    paid: ['cancelado', 'pagado'],
    ask: ['cancelar', 'no', 'si', 'para', 'ok'],
  },
  pt: {
    stop: ['sair', 'parar', 'pare', 'parem', 'remover', 'me remova', 'descadastrar'],
    start: ['voltar', 'start', 'iniciar'],
    help: ['ajuda', 'info'],
    paid: ['quitado', 'pago'],
    ask: ['cancelar', 'quitar', 'sim', 'nao', 'ok'],
  },
  fr: {
    stop: ['arret', 'td', 'desabonner'],
    start: ['reprendre', 'start'],
    help: ['aide'],
    ask: ['oui', 'non'],
  },
  hi: {
    stop: ['band', 'बंद', 'रोकें'],
    start: ['start'],
    help: ['help'],
  },
};

/** Languages with words of their own. */
export const wordLanguages: readonly string[] = Object.keys(words).filter((one) => one !== 'all');

const order: readonly WordMeaning[] = ['ask', 'paid', 'stop', 'start', 'help'];

/**
 * What a message says that is nothing but one of the words; undefined for anything longer, which is for rules, a
 * classifier or a person. A word that the account's language leaves open is asked about even where it would be clear
 * in another language.
 *
 * @param languages BCP 47, the likeliest first; words of the other languages count last, but only to stop
 */
export function wordMeaning(text: string, languages: readonly string[]): WordMeaning | undefined {
  const said = normalText(text);
  if (said === '' || said.length > 32) return undefined;
  const own = [...new Set(languages.map((tag) => tag.split('-')[0]?.toLowerCase() ?? ''))];
  for (const language of ['all', ...own]) {
    const meanings = Object.hasOwn(words, language) ? words[language] : undefined;
    const found = order.find((meaning) => meanings?.[meaning]?.includes(said));
    if (found !== undefined) return found;
  }
  // Whoever says stop in a language that nobody expected says it all the same.
  const elsewhere = wordLanguages.some((language) => words[language]?.stop?.includes(said) === true);
  return elsewhere ? 'stop' : undefined;
}
