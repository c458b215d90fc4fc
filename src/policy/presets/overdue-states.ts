import type { Action, Condition, Documents, MoneyThreshold, Plan, Stage, Tone } from '../types.js';
import { buildPreset } from './build.js';
import type { PresetMessage } from './messages/pack.js';
import { OptionCheck, type PresetOptions } from './options.js';

/** When an account is in a state: all that is said must hold. */
export interface OverdueCriteria {
  /** Days that the oldest unpaid invoice is past due, at least. */
  readonly days?: number | undefined;
  /** Number of overdue invoices, at least. */
  readonly invoices?: number | undefined;
  /** Overdue amounts, at least, by currency. */
  readonly total?: MoneyThreshold | undefined;
}

/** Options of {@link overdueStates}. */
export interface OverdueStatesOptions extends PresetOptions {
  /** A friendly reminder before anything else. Default: none is sent. */
  readonly reminder?: OverdueCriteria | undefined;
  /** The account is told that service may be stopped. Default `{ days: 10 }`. */
  readonly warning?: OverdueCriteria | undefined;
  /** No changes to what was ordered. Default `{ days: 14 }`. */
  readonly blocked?: OverdueCriteria | undefined;
  /** Service stops. Default `{ days: 21 }`. */
  readonly stopped?: OverdueCriteria | undefined;
  /** Name of the state of yours that blocks changes. Default `block-changes`. */
  readonly block?: string | undefined;
  /** Name of the state of yours that stops service. Default `stop-service`. */
  readonly stop?: string | undefined;
  /** Only accounts with one of these tags. Default: all. */
  readonly include?: readonly string[] | undefined;
  /** No accounts with one of these tags. Default: none is left out. */
  readonly exclude?: readonly string[] | undefined;
  /** A state is entered again before all is paid: its message is said `once` (default), or again (`repeat`). */
  readonly reentry?: 'once' | 'repeat' | undefined;
  /** A total that lacks the account's currency: a person is asked (`task`, default), it counts as `met` or as `unmet`. */
  readonly otherCurrency?: Exclude<Plan['otherCurrency'], 'convert'>;
}

const states = ['reminder', 'warning', 'blocked', 'stopped'] as const;
const own = [...states, 'block', 'stop', 'include', 'exclude', 'reentry', 'otherCurrency'] as const;

/**
 * An account is in a state while it is overdue so and so: warned, changes
 * blocked, service stopped. States move both ways; paid, everything is released.
 *
 * @example
 * const documents = presets.overdueStates({
 *   zone: 'America/Sao_Paulo',
 *   language: 'pt',
 *   stopped: { days: 30, total: { BRL: '100.00' } },
 *   exclude: ['public-sector'],
 * });
 * @throws RecobroError `invalid_option` with every problem and its path
 */
export function overdueStates(options: OverdueStatesOptions): Documents {
  check(options);
  const { warning = { days: 10 }, blocked = { days: 14 }, stopped = { days: 21 } } = options;
  const { reminder, block = 'block-changes', stop = 'stop-service', reentry = 'once' } = options;
  return buildPreset(
    {
      id: 'overdueStates',
      plan: { otherCurrency: options.otherCurrency },
      policy: {
        scope: scopeOf(options),
        unit: { group: ['account'] },
        level: 'state',
        message: { by: 'unit', list: 'overdue' },
        reentry,
        stages: [
          ...(reminder === undefined ? [] : [state('reminder', 'friendly', 'reminder', reminder, [])]),
          // A state wants its effects at once, while its message waits for contact hours: so it is said before.
          state('warning', 'firm', 'service-warning', warning, []),
          state('blocked', 'firm', 'firm', blocked, [{ effect: block }]),
          state('stopped', 'formal', 'service-stopped', stopped, [
            { effect: block },
            { effect: stop },
            { task: 'decide', within: '3bd' },
          ]),
        ],
      },
    },
    options,
  );
}

function state(
  id: string,
  tone: Tone,
  send: PresetMessage,
  { days, invoices, total }: OverdueCriteria,
  also: readonly Action[],
): Stage {
  const all: Condition[] = [];
  if (days !== undefined) all.push({ fact: 'account.oldestDaysPastDue', gte: days });
  if (invoices !== undefined) all.push({ fact: 'account.overdueItems', gte: invoices });
  const [first] = all;
  return {
    id,
    tone,
    ...(first === undefined ? {} : { when: all.length === 1 ? first : { all } }),
    ...(total === undefined ? {} : { min: { amount: total } }),
    do: [{ send }, ...also],
  };
}

/** Tags that an account must have, or must not have. */
function scopeOf({ include, exclude }: OverdueStatesOptions): Condition | undefined {
  const tagged = (tags: readonly string[]): Condition => ({
    any: tags.map((tag) => ({ fact: 'account.tags', has: tag })),
  });
  const all: Condition[] = [];
  if (include !== undefined) all.push(tagged(include));
  if (exclude !== undefined) all.push({ not: tagged(exclude) });
  return all.length > 1 ? { all } : all[0];
}

function check(options: OverdueStatesOptions): void {
  const see = new OptionCheck('overdueStates', options, own);
  for (const name of states) {
    const criteria = options[name];
    if (criteria === undefined || !see.known(name, criteria, ['days', 'invoices', 'total'])) continue;
    see.whole(`${name}.days`, criteria.days, 1, 9999);
    see.whole(`${name}.invoices`, criteria.invoices, 1, 9999);
    see.amounts(`${name}.total`, criteria.total);
    if (Object.values(criteria).every((one) => one === undefined))
      see.report(name, 'must say when it holds: days, invoices or total');
  }
  see.id('block', options.block);
  see.id('stop', options.stop);
  if (options.block !== undefined && options.block === (options.stop ?? 'stop-service'))
    see.report('block', 'must be another state than stop');
  see.texts('include', options.include);
  see.texts('exclude', options.exclude);
  see.choice('reentry', options.reentry, ['once', 'repeat']);
  see.choice('otherCurrency', options.otherCurrency, ['task', 'met', 'unmet']);
  see.done();
}
