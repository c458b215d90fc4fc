import { describe, expect, it } from 'vitest';
import { variableCatalogue } from '../../src/messages/index.js';
import { isCurrency } from '../../src/money/index.js';
import { defineDocuments, defineMessages, definePlan, definePolicy } from '../../src/policy/define.js';
import { presets } from '../../src/policy/presets/index.js';
import { itemVariables, textVariables } from '../../src/policy/variables.js';
import { currencyCodes } from './currency-codes.js';

describe('define', () => {
  it('returns what it is given', () => {
    const documents = presets.balanced({ zone: 'UTC' });
    expect(definePlan(documents.plan)).toBe(documents.plan);
    expect(definePolicy(documents.policies[0]!)).toBe(documents.policies[0]);
    expect(defineMessages(documents.messages)).toBe(documents.messages);
    expect(defineDocuments(documents)).toBe(documents);
  });
});

describe('what the types know', () => {
  it('is every currency of money, and no other', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const codes = letters
      .flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)))
      .filter(isCurrency);
    expect(currencyCodes).toEqual(codes);
  });

  it('is every variable of the messages, and no other', () => {
    for (const about of ['items', 'payment', 'promise', 'dispute', 'report'] as const) {
      for (const form of ['one', 'many'] as const) {
        const names = variableCatalogue
          .filter(
            (entry) => entry.scope === 'text' && entry.about.includes(about) && entry.forms.includes(form),
          )
          .map((entry) => entry.name);
        expect([...textVariables[about][form]].sort()).toEqual(names.sort());
      }
      const rows = variableCatalogue.filter(
        (entry) => entry.scope === 'items' && entry.about.includes(about),
      );
      expect([...itemVariables[about]].sort()).toEqual(rows.map((entry) => entry.name).sort());
    }
  });
});
