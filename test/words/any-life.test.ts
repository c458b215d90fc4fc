import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide, explain } from '../../src/engine/index.js';
import { explanationText, languages, reasonText } from '../../src/words/index.js';
import { anyDocuments } from '../support/arbitrary-plans.js';
import { fullLedger, steps } from '../support/arbitrary-steps.js';
import { type Life, Living, type Moment } from '../support/life.js';

const lives: fc.Arbitrary<Life> = fc.record({ documents: anyDocuments, ledger: fullLedger, steps });

it('whatever is explained of any life has words in every language', { timeout: 120_000 }, () => {
  const reasons = new Set<string>();
  const note = (reason: string | undefined): void => {
    if (reason !== undefined) reasons.add(reason);
  };
  fc.assert(
    fc.property(lives, (life) => {
      const look = ({ engine, file, now }: Moment): void => {
        const explanation = explain(engine, file, now);
        for (const { reason } of decide(engine, file, now, { backdated: 'accept' }).waiting) note(reason);
        for (const item of explanation.items) {
          note(item.reason);
          note(item.closed?.reason);
          for (const stage of item.stages) note(stage.reason);
        }
        const texts = languages.map((language) => explanationText(explanation, { language, stages: true }));
        for (const text of texts) expect(text).not.toMatch(/undefined|\[object|NaN|null/);
        // Something is said of each item, in other words in each language.
        if (explanation.items.length > 0) expect(new Set(texts).size).toBe(languages.length);
      };
      new Living(life, { rested: look }).run(life.steps);
    }),
    { numRuns: 30, seed: 20_260_301, endOnFailure: true },
  );
  expect(reasons.size).toBeGreaterThan(15);
  // The drawn policies close cases with a word of their own, which is told as it stands.
  reasons.delete('given-up');
  for (const language of languages)
    expect([...reasons].filter((reason) => reasonText(reason, language) === reason)).toEqual([]);
});
