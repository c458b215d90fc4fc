import type { Documents, MoneyThreshold, Plan, Stage, StageMinimum } from '../types.js';
import { buildPreset } from './build.js';
import { OptionCheck, type PresetOptions } from './options.js';
import { firm, followUp, reminder } from './stages.js';

/** Options of {@link endless}. */
export interface EndlessOptions extends PresetOptions {
  /** Days after the due date of the three reminders. Default 7, 14 and 21. */
  readonly reminders?: readonly [number, number, number] | undefined;
  /** Days from the third reminder to the endless one, and between its repeats. Default `14d`. */
  readonly every?: string | undefined;
  /** How often the endless one is said in all; then a person decides. Default: for as long as the debt is open, a thousand times at most. */
  readonly limit?: number | undefined;
  /** Repeats count from the last `contact` (default), or keep the rhythm of the `due` date. */
  readonly from?: 'contact' | 'due' | undefined;
  /** Invoices with less open are left alone, by currency. Default: none. */
  readonly least?: MoneyThreshold | undefined;
  /** A least amount that lacks the invoice's currency: a person is asked (`task`, default), it counts as `met` or as `unmet`. */
  readonly otherCurrency?: Exclude<Plan['otherCurrency'], 'convert'>;
}

const own = ['reminders', 'every', 'limit', 'from', 'least', 'otherCurrency'] as const;

/** As many repeats as a document may ask for: more than any debt lives to see. */
const mostRepeats = 1000;

/**
 * Three reminders, then a standing one every so many days for as long as the
 * invoice is unpaid.
 *
 * @example
 * const documents = presets.endless({ zone: 'Pacific/Auckland', every: '30d', least: { NZD: '20.00' } });
 * @throws RecobroError `invalid_option` with every problem and its path
 */
export function endless(options: EndlessOptions): Documents {
  check(options);
  const { reminders = [7, 14, 21], every = '14d', limit, from = 'contact', least } = options;
  const [first, second, third] = reminders;
  const standing: Stage = {
    id: 'standing',
    tone: 'firm',
    at: { from: 'previous', plus: every },
    do: [{ send: 'standing-reminder' }],
  };
  const min: { readonly min?: StageMinimum } = least === undefined ? {} : { min: { amount: least } };
  const ladder = [reminder(`${first}d`), followUp(`${second}d`), firm(`${third}d`), standing];
  const times = (limit ?? mostRepeats + 1) - 1;
  return buildPreset(
    {
      id: 'endless',
      plan: { otherCurrency: options.otherCurrency },
      policy: {
        late: 'latest',
        entry: 'first',
        stages: ladder.map((stage) => ({ ...stage, ...min })),
        last: times === 0 ? { exhausted: every } : { repeat: every, times, from },
        on: { exhausted: [{ task: 'decide', within: '3bd' }] },
      },
    },
    options,
  );
}

function check(options: EndlessOptions): void {
  const see = new OptionCheck('endless', options, own);
  see.rising('reminders', options.reminders, 1, 999, [3, 3]);
  see.duration('every', options.every, 'positiveDays');
  see.whole('limit', options.limit, 1, mostRepeats);
  see.choice('from', options.from, ['contact', 'due']);
  see.amounts('least', options.least);
  see.choice('otherCurrency', options.otherCurrency, ['task', 'met', 'unmet']);
  see.done();
}
