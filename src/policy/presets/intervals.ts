import type { Terms } from '../../ledger/types.js';
import type { Documents, MoneyThreshold, Plan, StageMinimum, StageMode } from '../types.js';
import { buildPreset } from './build.js';
import { OptionCheck, type PresetOptions } from './options.js';
import { levelled, mostLevels } from './stages.js';

/** What a level asks for and what it costs. */
export interface IntervalLevel {
  /** Days past due at which an item reaches the level. Default: the first day past the grace, then one interval after the level below. */
  readonly days?: number | undefined;
  /** Least overdue amounts of the account, by currency; below them the level below acts in its place, if it has not yet. */
  readonly amount?: MoneyThreshold | undefined;
  /** Least percent that they must be of everything open. */
  readonly share?: number | undefined;
  /** Either of the two is enough. Default: both must be reached. */
  readonly either?: boolean | undefined;
  /** A charge for each letter, by currency; needs `terms`. */
  readonly charge?: MoneyThreshold | undefined;
}

/** Options of {@link intervals}. */
export interface IntervalsOptions extends PresetOptions {
  /** Least days between two letters to an account. Default `14d`. */
  readonly interval?: string | undefined;
  /** Days that an item may be late before it counts. Default `2d`. */
  readonly grace?: string | undefined;
  /** The account is left alone until its oldest item is so many days late; `0d` for not. Default `6d`. */
  readonly arrears?: string | undefined;
  /** Levels, mildest first; one to nine. Default: four, an interval apart. */
  readonly levels?: readonly IntervalLevel[] | undefined;
  /** What was agreed about paying late with everybody: without it nothing is charged. */
  readonly terms?: Terms | undefined;
  /** The last level repeats with every interval (`true`), or a person decides after it (default). */
  readonly always?: boolean | undefined;
  /** Letters go out by themselves (`auto`, default), wait for approval, or are done by a person. */
  readonly confirm?: StageMode | undefined;
  /** A least amount that lacks the item's currency: a person is asked (`task`, default), it counts as `met` or as `unmet`. */
  readonly otherCurrency?: Exclude<Plan['otherCurrency'], 'convert'>;
}

const own = [
  'interval',
  'grace',
  'arrears',
  'levels',
  'terms',
  'always',
  'confirm',
  'otherCurrency',
] as const;

const levelKeys = ['days', 'amount', 'share', 'either', 'charge'] as const;

const usualInterval = '14d';
const usualGrace = '2d';
const usualLevels: readonly IntervalLevel[] = [{}, {}, {}, {}];

/**
 * Levels by days in arrears, no letter sooner than an interval after the last,
 * days of grace for items, least days in arrears for accounts, least amounts
 * and shares for levels.
 *
 * @example
 * const documents = presets.intervals({
 *   zone: 'Europe/Madrid',
 *   levels: [{}, { amount: { EUR: '50.00' } }, { amount: { EUR: '100.00' }, share: 10 }],
 * });
 * @throws RecobroError `invalid_option` with every problem and its path
 */
export function intervals(options: IntervalsOptions): Documents {
  check(options);
  const { interval = usualInterval, grace = usualGrace, arrears = '6d', levels = usualLevels } = options;
  const { always = false, confirm = 'auto', terms, otherCurrency } = options;
  const days = daysOf(levels, daysIn(interval), daysIn(grace));
  const waits = confirm === 'auto' ? {} : { lapses: interval };
  const stages = levelled(
    levels.map((level, index) => ({
      at: { from: 'due', plus: `${days[index]}d` },
      ...minimumOf(level),
      ...waits,
      // A letter costs once, however many items it lists.
      also: level.charge === undefined ? [] : [{ fee: 'charge', fixed: level.charge, per: 'message' }],
    })),
  );
  return buildPreset(
    {
      id: 'intervals',
      gap: interval,
      plan: { terms, otherCurrency },
      policy: {
        ...(daysIn(grace) === 0 ? {} : { grace }),
        ...(daysIn(arrears) === 0 ? {} : { arrears }),
        late: 'each',
        entry: 'first',
        pushed: 'both',
        message: { by: 'account', list: 'overdue' },
        mode: confirm,
        stages,
        last: always ? { repeat: interval, times: 1000 } : { exhausted: interval },
        on: { exhausted: [{ task: 'decide', within: '3bd' }] },
      },
    },
    options,
  );
}

const daysIn = (text: string): number => Number.parseInt(text, 10);

/** Days past due of every level. */
function daysOf(levels: readonly IntervalLevel[], interval: number, grace: number): number[] {
  let before = grace + 1 - interval;
  return levels.map(({ days }) => {
    before = days ?? before + interval;
    return before;
  });
}

function minimumOf({ amount, share, either }: IntervalLevel): { readonly min?: StageMinimum } {
  if (amount === undefined && share === undefined) return {};
  const both = amount !== undefined && share !== undefined;
  return {
    min: {
      ...(amount === undefined ? {} : { amount }),
      ...(share === undefined ? {} : { share }),
      ...(both && either === true ? { any: true } : {}),
      of: 'account',
    },
  };
}

function check(options: IntervalsOptions): void {
  const see = new OptionCheck('intervals', options, own);
  const { interval = usualInterval, grace = usualGrace, levels, terms } = options;
  const every = see.duration('interval', interval, 'gap');
  const free = see.duration('grace', grace, 'days');
  see.duration('arrears', options.arrears, 'days');
  if (see.list('levels', levels, [1, mostLevels])) {
    for (const [index, level] of levels.entries()) checkLevel(see, `levels[${index}]`, level, terms);
    if (every !== undefined && free !== undefined) checkDays(see, levels, every, free);
  }
  if (terms !== undefined && see.known('terms', terms, ['source', 'basis', 'fees', 'interest'])) {
    see.text('terms.source', terms.source ?? null);
    if (!terms.fees && !terms.interest)
      see.report(
        'terms',
        "allow nothing; say what was agreed, such as fees: { EUR: '25.00' } or interest: '12'",
      );
  }
  see.flag('always', options.always);
  see.choice('confirm', options.confirm, ['auto', 'approve', 'task']);
  see.choice('otherCurrency', options.otherCurrency, ['task', 'met', 'unmet']);
  see.done();
}

function checkLevel(see: OptionCheck, path: string, level: IntervalLevel, terms: Terms | undefined): void {
  if (!see.known(path, level, levelKeys)) return;
  const { amount, share, either, charge } = level;
  see.whole(`${path}.days`, level.days, 1, 9999);
  see.amounts(`${path}.amount`, amount);
  see.percent(`${path}.share`, share);
  see.flag(`${path}.either`, either);
  if (either !== undefined && (amount === undefined || share === undefined))
    see.report(`${path}.either`, 'chooses between amount and share; write both, or leave it out');
  see.amounts(`${path}.charge`, charge);
  if (charge !== undefined && terms === undefined)
    see.report(`${path}.charge`, 'is charged to nobody without terms: say where it was agreed, in terms');
}

/** Levels rise, and none is meant for a day on which grace still holds. */
function checkDays(
  see: OptionCheck,
  levels: readonly IntervalLevel[],
  interval: number,
  grace: number,
): void {
  const days = daysOf(levels, interval, grace);
  for (const [index, day] of days.entries()) {
    const path = `levels[${index}].days`;
    const before = days[index - 1];
    if (!Number.isSafeInteger(day)) return;
    if (day <= grace) see.report(path, `must be more than the ${grace} days of grace`);
    else if (before !== undefined && day < before + interval)
      see.report(path, `must be at least ${before + interval}: an interval after the level below`);
  }
}
