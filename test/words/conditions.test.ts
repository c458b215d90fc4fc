import { describe, expect, it } from 'vitest';
import type { Condition } from '../../src/policy/types.js';
import { conditionText } from '../../src/words/conditions.js';
import { speechOf } from '../../src/words/speech.js';

const said = (condition: Condition, language = 'en'): string => conditionText(condition, speechOf(language));

describe('conditions that must not hold', () => {
  it('say so at their verb, not before the name of the fact', () => {
    const vip: Condition = { not: { fact: 'account.tags', has: 'vip' } };
    expect(said(vip)).toBe('account tags do not contain “vip”');
    expect(said(vip, 'es')).toBe('etiquetas de la cuenta no contienen «vip»');
    expect(said(vip, 'pt')).toMatch(/ não contêm “vip”$/);
    expect(said({ not: { fact: 'account.country', in: ['MX', 'CO'] } }, 'es')).toBe(
      'país no es uno de MX o CO',
    );
    expect(said({ not: { fact: 'account.country', exists: true } }, 'es')).toBe('país no se conoce');
    expect(said({ not: { fact: 'item.overdue', eq: true } }, 'es')).toBe('no vencida');
  });

  it('keep comparisons as they are written, since of what is not known none holds', () => {
    const amount: Condition = { not: { fact: 'item.dunnable', gte: { COP: '1000' } } };
    expect(said(amount)).toBe('not (amount to chase ≥ 1,000 COP)');
    expect(said({ not: { all: [amount, { fact: 'item.overdue', eq: true }] } })).toBe(
      'not (not (amount to chase ≥ 1,000 COP) and overdue)',
    );
  });
});
