import { describe, expect, it } from 'vitest';
import { parseDay } from '../../src/calendar/index.js';
import { readReply } from '../../src/replies/index.js';
import { fixture } from '../channels/fixtures.js';

/** The words by which people stop messages, ask for them again and ask for help, as the contract lists them. */

interface Listed {
  readonly documented?: readonly string[];
  readonly observed?: readonly string[];
  readonly suggested?: readonly string[];
}
interface Language {
  readonly optOut: Listed;
  readonly optIn: Listed;
  readonly help?: Listed;
  readonly ambiguous?: readonly { readonly word: string; readonly treatAs: string }[];
}
const { languages } = fixture('stop-keywords.json') as {
  readonly languages: Readonly<Record<string, Language>>;
};

/** Listed, and asked about all the same: "yes" answers a question, "para" begins a sentence, "quitar" is not "quitei". */
const doubtful = new Set(['YES', 'PARA', 'QUITAR']);

const today = parseDay('2026-03-03');
const accept = 0.8;

function wordsOf({ documented = [], observed = [], suggested = [] }: Listed = {}): readonly string[] {
  return [...documented, ...observed, ...suggested];
}

function read(text: string, language: string) {
  const { intent, confidence } = readReply({ text, languages: [language], today });
  return confidence >= accept ? intent : 'unsure';
}

describe.each(Object.entries(languages))('%s', (language, { optOut, optIn, help, ambiguous = [] }) => {
  const asked = new Set([...doubtful, ...ambiguous.map(({ word }) => word)]);
  const plain = (list: Listed | undefined) => wordsOf(list).filter((word) => !asked.has(word));

  it('whole messages, however they are written', () => {
    const found = [
      ...plain(optOut).map((word) => ['stop', word] as const),
      ...plain(optIn).map((word) => ['start', word] as const),
      ...plain(help).map((word) => ['help', word] as const),
    ].flatMap(([wanted, word]) =>
      [word, ` ${word.toLowerCase()}. `, `«${word}»!`]
        .filter((text) => read(text, language) !== wanted)
        .map((text) => `${text}: ${read(text, language)}, not ${wanted}`),
    );
    expect(found).toEqual([]);
  });

  it('and what may mean something else is asked about', () => {
    for (const { word, treatAs } of ambiguous)
      expect([word, read(word, language)]).toEqual([
        word,
        treatAs === 'payment-claim' && !doubtful.has(word) ? 'paid' : 'unsure',
      ]);
    for (const word of [...wordsOf(optOut), ...wordsOf(optIn)].filter((one) => doubtful.has(one)))
      expect([word, read(word, language)]).toEqual([word, 'unsure']);
  });
});
