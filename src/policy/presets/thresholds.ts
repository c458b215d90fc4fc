import type { Documents, MoneyThreshold, Plan, Policy, Stage } from '../types.js';
import { buildPreset } from './build.js';
import { OptionCheck, type PresetOptions } from './options.js';

/** Options of {@link thresholds}. */
export interface ThresholdsOptions extends PresetOptions {
  /** Overdue amounts from which a customer is written to, by currency. Default: about 50 euros in each of eight currencies. */
  readonly amounts?: MoneyThreshold | undefined;
  /** Attempts of one campaign, two at least. Default 4. */
  readonly attempts?: number | undefined;
  /** Days between two attempts. Default `7d`. */
  readonly every?: string | undefined;
  /** Days after the due date before a campaign may begin. Default `1d`. */
  readonly after?: string | undefined;
  /**
   * When a later debt has a budget of its own: once all of the customer's debt
   * is `settled` (default), once everything that the `last-message` told of is,
   * when a person says so (`reset`), or `never`.
   */
  readonly counters?: Policy['counters'];
  /** A currency without an amount: a person is asked (`task`, default), it is never reached (`unmet`), or always (`met`). */
  readonly otherCurrency?: Exclude<Plan['otherCurrency'], 'convert'>;
}

const own = ['amounts', 'attempts', 'every', 'after', 'counters', 'otherCurrency'] as const;

/** Small enough to be worth a message, large enough to be worth a reader's time. */
const usualAmounts: MoneyThreshold = {
  BRL: '250.00',
  CLP: '50000',
  COP: '200000',
  EUR: '50.00',
  GBP: '50.00',
  MXN: '1000.00',
  PEN: '200.00',
  USD: '50.00',
};

/**
 * A campaign begins when what a customer owes past due reaches an amount of its
 * currency; a budget of attempts some days apart; used up, a person decides.
 *
 * @example
 * const documents = presets.thresholds({
 *   zone: 'America/New_York',
 *   amounts: { USD: '100.00', EUR: '90.00' },
 *   attempts: 3,
 *   every: '10d',
 * });
 * @throws RecobroError `invalid_option` with every problem and its path
 */
export function thresholds(options: ThresholdsOptions): Documents {
  check(options);
  const { amounts = usualAmounts, attempts = 4, every = '7d', after = '1d' } = options;
  const min = { amount: amounts };
  const stages: Stage[] = [
    {
      id: 'attempt',
      tone: 'friendly',
      at: { from: 'due', plus: after },
      min,
      do: [{ send: 'reminder' }],
    },
    {
      id: 'further-attempt',
      tone: 'firm',
      at: { from: 'previous', plus: every },
      min,
      do: [{ send: 'standing-reminder' }],
    },
  ];
  return buildPreset(
    {
      id: 'thresholds',
      plan: { otherCurrency: options.otherCurrency },
      policy: {
        unit: { group: ['account'], carrier: 'inherit' },
        message: { by: 'unit', list: 'overdue' },
        counters: options.counters,
        stages,
        last: attempts === 2 ? { exhausted: every } : { repeat: every, times: attempts - 2 },
        on: { exhausted: [{ task: 'decide', within: '3bd' }] },
      },
    },
    options,
  );
}

function check(options: ThresholdsOptions): void {
  const see = new OptionCheck('thresholds', options, own);
  see.amounts('amounts', options.amounts);
  see.whole('attempts', options.attempts, 2, 1000);
  see.duration('every', options.every, 'positiveDays');
  see.duration('after', options.after, 'positiveDays');
  see.choice('counters', options.counters, ['settled', 'last-message', 'reset', 'never']);
  see.choice('otherCurrency', options.otherCurrency, ['task', 'met', 'unmet']);
  see.done();
}
