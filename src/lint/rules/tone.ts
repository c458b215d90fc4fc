import { languageChain } from '../../messages/index.js';
import type { RuleCheck } from '../finding.js';

/**
 * Rules about how messages speak. A reminder is polite, professional and firm;
 * words that threaten, shame or scare cost the customer and, in many countries,
 * a fine. The lists hold words that no reminder needs, not every word that
 * could hurt; accents and capitals play no part.
 */
const threats: Readonly<Record<string, readonly string[]>> = {
  es: [
    'atengase a las consecuencias',
    'consecuencias graves',
    'carcel',
    'denuncia penal',
    'embargo',
    'embargar',
    'embargaremos',
    'estafa',
    'estafador',
    'exhibir',
    'ladron',
    'lo vamos a demandar',
    'moroso',
    'o de lo contrario',
    'policia',
    'prision',
    'sinverguenza',
    'ultima advertencia',
    'ultimatum',
    'verguenza',
  ],
  en: [
    'arrest',
    'criminal',
    'deadbeat',
    'final warning',
    'fraud',
    'garnish',
    'jail',
    'last warning',
    'liar',
    'or else',
    'police',
    'prison',
    'regret it',
    'seize',
    'shame',
    'thief',
    'ultimatum',
  ],
  pt: [
    'arque com as consequencias',
    'cadeia',
    'caloteiro',
    'consequencias graves',
    'criminoso',
    'envergonhar',
    'golpista',
    'ladrao',
    'ou entao',
    'penhora',
    'penhorar',
    'policia',
    'prisao',
    'sem vergonha',
    'sob pena de',
    'ultima advertencia',
    'ultimato',
    'vergonha',
  ],
};

const threateningWords: RuleCheck = {
  id: 'threatening-words',
  severity: 'warning',
  description: 'A text threatens, shames or scares.',
  *check({ messages }) {
    for (const { message, path } of messages.values()) {
      for (const [tag, texts] of Object.entries(message.text)) {
        const language = (languageChain([tag])[0] ?? tag).split('-')[0] ?? '';
        for (const [place, text] of textsIn(texts, `${path}.text.${tag}`)) {
          const found = wordIn(text, threats[language] ?? []);
          if (found === undefined) continue;
          yield {
            path: place,
            message: `"${found}" reads as a threat`,
            fix: 'say what is owed, by when, and whom to talk to',
          };
        }
      }
    }
  },
};

export function* textsIn(value: unknown, path: string): Generator<readonly [path: string, text: string]> {
  if (typeof value === 'string') yield [path, value];
  else if (typeof value === 'object' && value !== null)
    for (const [key, member] of Object.entries(value)) yield* textsIn(member, `${path}.${key}`);
}

/** The first of the words that stands in a text as a word of its own. */
export function wordIn(text: string, words: readonly string[]): string | undefined {
  const plain = ` ${text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')} `;
  return words.find((word) => plain.includes(` ${word} `));
}

export const toneRules: readonly RuleCheck[] = [threateningWords];
