import { factNames } from '../../policy/facts.js';
import type { FactCondition } from '../../policy/types.js';
import { money } from './elements.js';
import type { KeysOf, Words } from './words.js';

const amounts = money({ title: 'Amounts by currency', description: 'For facts that are money.' });

function value(title: string, description: string, ...examples: readonly [unknown, ...unknown[]]): Words {
  return {
    title,
    description,
    examples,
    options: [
      { title: 'Text', description: 'For facts that are text.', examples: ['MX'] },
      { title: 'Number', description: 'For facts that are numbers or days.', examples: [30] },
      { title: 'Yes or no', description: 'For facts that hold or do not.', examples: [true] },
      amounts,
    ],
  };
}

const fact: KeysOf<FactCondition> = {
  fact: {
    title: 'Fact',
    description:
      'What is asked: a fact of the catalogue, or one of the host such as `account.attributes.sector`, `account.scores.churn` or `item.attributes.contract`.',
    examples: ['item.dunnable', ...factNames().filter((name) => name !== 'item.dunnable')],
  },
  eq: value('Is', 'The fact equals this.', 'MX', true),
  ne: value('Is not', 'The fact is known and differs from this.', 'MX'),
  gt: value('More than', 'The fact is strictly more.', 30, { MXN: '10000.00' }),
  gte: value(
    'At least',
    'The fact is this or more. Money is compared in its own currency.',
    { MXN: '10000.00' },
    30,
  ),
  lt: value('Less than', 'The fact is strictly less.', 30, { MXN: '500.00' }),
  lte: value('At most', 'The fact is this or less.', 30),
  in: {
    title: 'One of',
    description: 'The fact is one of these.',
    examples: [['A', 'B']],
    items: {
      title: 'Value',
      description: 'Text or number.',
      examples: ['A'],
      options: [
        { title: 'Text', description: 'For facts that are text.', examples: ['A'] },
        { title: 'Number', description: 'For facts that are numbers.', examples: [1] },
      ],
    },
  },
  has: { title: 'Holds', description: 'The list, such as tags, holds this.', examples: ['key-account'] },
  exists: {
    title: 'Is known',
    description: 'Whether the fact is known at all. No other operator holds for a fact that is not.',
    examples: [true],
  },
};

const one: Words = {
  title: 'Condition',
  description: 'One fact with one operator, or several under all, any or not.',
  examples: [{ fact: 'account.tags', has: 'key-account' }],
};

/** A condition and the conditions within it. */
export const condition: Words = {
  title: 'Condition',
  description: 'One fact with one operator, or several conditions under all, any or not.',
  examples: [
    { fact: 'item.dunnable', gte: { MXN: '10000.00' } },
    { all: [{ fact: 'account.country', eq: 'MX' }, { not: { fact: 'account.tags', has: 'key-account' } }] },
  ],
  options: [
    {
      title: 'One fact',
      description: 'One fact with one operator.',
      examples: [{ fact: 'item.dunnable', gte: { MXN: '10000.00' } }],
      keys: fact,
    },
    ...(['all', 'any'] as const).map(
      (key): Words => ({
        title: key === 'all' ? 'All of these' : 'Any of these',
        description: key === 'all' ? 'Holds when every one holds.' : 'Holds when at least one holds.',
        examples: [{ [key]: [{ fact: 'account.country', eq: 'MX' }] }],
        keys: {
          [key]: {
            title: key === 'all' ? 'All of these' : 'Any of these',
            description: key === 'all' ? 'Every one must hold.' : 'One of them is enough.',
            examples: [[{ fact: 'account.country', eq: 'MX' }]],
            items: one,
          },
        },
      }),
    ),
    {
      title: 'Not',
      description: 'Holds when the condition does not.',
      examples: [{ not: { fact: 'account.tags', has: 'key-account' } }],
      keys: { not: one },
    },
  ],
};
