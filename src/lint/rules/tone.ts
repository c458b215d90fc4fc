import { languageChain } from '../../messages/index.js';
import type { RuleCheck } from '../finding.js';
import { harshWords } from '../harsh-words.js';

/**
 * Rules about how messages speak. A reminder is polite, professional and firm;
 * words that threaten, shame or scare cost the customer and, in many countries,
 * a fine.
 */

const threateningWords: RuleCheck = {
  id: 'threatening-words',
  severity: 'warning',
  description: 'A text threatens, shames or scares.',
  *check({ messages }) {
    for (const { message, path } of messages.values()) {
      for (const [tag, texts] of Object.entries(message.text)) {
        const language = (languageChain([tag])[0] ?? tag).split('-')[0] ?? '';
        for (const [place, text] of textsIn(texts, `${path}.text.${tag}`)) {
          const { threats = [], insults = [], harmless = [] } = harshWords[language] ?? {};
          const threat = wordIn(text, threats, harmless);
          const found = threat ?? wordIn(text, insults, harmless);
          if (found === undefined) continue;
          yield {
            path: place,
            message: `"${found}" ${threat === undefined ? 'shames the reader' : 'reads as a threat'}`,
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

/** The first of the words that stands in a text as a word of its own, outside harmless phrases. */
export function wordIn(
  text: string,
  words: readonly string[],
  harmless: readonly string[] = [],
): string | undefined {
  const plain = ` ${text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')} `;
  const rest = harmless.reduce((left, phrase) => left.replaceAll(` ${phrase} `, ' · '), plain);
  return words.find((word) => rest.includes(` ${word} `));
}

export const toneRules: readonly RuleCheck[] = [threateningWords];
