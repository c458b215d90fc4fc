import type { Trigger } from '../../policy/types.js';
import { choice, flag, offset } from './elements.js';
import { as, type KeysOf, type Words } from './words.js';

const keys: KeysOf<Trigger> = {
  from: choice('Counted from', 'The date that the days are counted from.', {
    due: 'Due date of the invoice or instalment',
    issue: 'Date of issue',
    previous: 'The stage before',
    grace: 'End of the policy’s grace',
    opened: 'First day of the case',
  }),
  of: choice(
    'Day of the stage before',
    'With `previous`: which of its days counts.',
    {
      proposed: 'When it was proposed',
      done: 'When it was done',
      delivered: 'When its message was delivered',
      deadline: 'Its own payment deadline',
    },
    'done',
  ),
  plus: offset({ title: 'After', description: 'So long after that date; the day itself counts.' }),
  minus: offset({
    title: 'Before',
    description: 'So long before that date. Write either this or `plus`.',
    examples: ['7d', '1w'],
  }),
  endOfMonth: flag('At the end of the month', 'Then moved to the last day of that month.', 'false'),
  exclusive: flag('The day itself does not count', 'One day later than reckoned.', 'false'),
  businessDay: choice(
    'When that is no business day',
    'Where a weekend or holiday moves the day.',
    { 'as-is': 'Stay', next: 'The next business day', previous: 'The business day before' },
    'as-is',
  ),
};

/** One date that a stage counts from. */
export const trigger: Words = {
  title: 'Day',
  description: 'The stage may act from the start of this local day.',
  examples: [
    { from: 'due', plus: '10d' },
    { from: 'due', minus: '7d' },
    { from: 'previous', plus: '5bd' },
  ],
  keys,
};

function several(key: 'all' | 'any'): Words {
  const latest = key === 'all';
  const title = latest ? 'The latest of several days' : 'The earliest of several days';
  const days: Words = {
    title: latest ? 'All of these' : 'Any of these',
    description: latest ? 'The latest day counts.' : 'The earliest day counts.',
    examples: [
      [
        { from: 'due', plus: '10d' },
        { from: 'previous', plus: '5d' },
      ],
    ],
    items: trigger,
  };
  return {
    title,
    description: latest ? 'Every day must have come.' : 'One day is enough.',
    examples: [
      {
        [key]: [
          { from: 'due', plus: '10d' },
          { from: 'previous', plus: '5d' },
        ],
      },
    ],
    keys: { [key]: days },
  };
}

/** When a stage may act. */
export const stageTrigger: Words = {
  title: 'When',
  description: 'The day from which the stage may act.',
  examples: [{ from: 'due', plus: '10d' }],
  otherwise: 'from the opening of the case, as soon as its condition holds',
  options: [as(trigger, { title: 'One day' }), several('all'), several('any')],
};
