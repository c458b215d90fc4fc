import { type Problem, RecobroError } from '../../../errors.js';
import type { Messages, MessageTexts } from '../../types.js';
import { idForm, idWords } from '../options.js';
import { en } from './en/index.js';
import { co, es, mx, spain } from './es/index.js';
import { aboutOf, type MessagePack, type PresetMessage } from './pack.js';
import { pt } from './pt/index.js';

/** Languages of the preset messages. */
export type PackLanguage = 'es' | 'en' | 'pt' | 'es-CO' | 'es-ES' | 'es-MX';

/** Options of {@link presetMessages}. */
export interface PresetMessagesOptions {
  /** Which languages to take, for less to have approved. Default: all. */
  readonly languages?: readonly PackLanguage[] | undefined;
}

const packs: Readonly<Record<PackLanguage, MessagePack>> = {
  es,
  en,
  // Brazilian. Readers of pt-BR fall back to it, and those who only say pt find it too.
  pt,
  'es-CO': co,
  'es-ES': spain,
  'es-MX': mx,
};
const languages = Object.keys(packs) as PackLanguage[];
const ids = Object.keys(aboutOf) as PresetMessage[];

/**
 * A catalogue of preset messages in Spanish, English and Portuguese (of Brazil),
 * with what is said otherwise in Colombia, Spain and Mexico: those variants hold
 * only the texts that differ, the others fall back to `es`. Plain data: change a
 * copy, or add messages of your own.
 *
 * @example
 * const messages = presetMessages('acme', ['reminder', 'firm', 'thanks'], { languages: ['es', 'es-MX'] });
 * @throws RecobroError `invalid_option` for an id that is none, a message or language that there is not, or a message named twice
 */
export function presetMessages(
  id: string,
  messages: readonly PresetMessage[],
  options: PresetMessagesOptions = {},
): Messages {
  const wanted = options.languages ?? languages;
  check(id, messages, wanted);
  return {
    id,
    version: 1,
    messages: messages.map((message) => ({
      id: message,
      about: aboutOf[message],
      text: Object.fromEntries(
        wanted
          .map((language) => [language, textsOf(message, language, wanted)] as const)
          .filter(([, texts]) => Object.keys(texts).length > 0),
      ),
    })),
  };
}

/** All texts, or those that a more general language does not have as well. */
function textsOf(
  message: PresetMessage,
  language: PackLanguage,
  wanted: readonly PackLanguage[],
): MessageTexts {
  const texts = packs[language][message];
  if (!language.startsWith('es-') || !wanted.includes('es')) return texts;
  return Object.fromEntries(
    Object.entries(texts).filter(
      ([channel, text]) => JSON.stringify(text) !== JSON.stringify(es[message][channel]),
    ),
  );
}

// Hosts without types may name anything.
function check(id: string, messages: readonly string[], wanted: readonly string[]): void {
  const problems: Problem[] = [];
  if (typeof id !== 'string' || !idForm.test(id))
    problems.push({ path: 'id', code: 'invalid_id', message: idWords });
  const listed = (path: string, value: readonly string[], example: string): readonly string[] => {
    if (Array.isArray(value) && value.length > 0) return value;
    problems.push({ path, code: 'not_a_list', message: `must be a list of one or more, such as ${example}` });
    return [];
  };
  listed('messages', messages, "['reminder', 'firm']").forEach((message, index) => {
    const path = `messages[${index}]`;
    if (!ids.some((known) => known === message)) {
      problems.push({ path, code: 'unknown_message', message: `there are ${ids.join(', ')}` });
    } else if (messages.indexOf(message) !== index) {
      problems.push({ path, code: 'duplicate_message', message: 'stands here twice' });
    }
  });
  listed('languages', wanted, "['es', 'en']").forEach((language, index) => {
    if (languages.some((known) => known === language)) return;
    const path = `languages[${index}]`;
    problems.push({ path, code: 'unknown_language', message: `there are ${languages.join(', ')}` });
  });
  if (problems.length > 0) {
    throw new RecobroError('invalid_option', 'the preset messages cannot be made', { problems });
  }
}
