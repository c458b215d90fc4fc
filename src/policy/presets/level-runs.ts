import type { Documents, Policy, Reaction, StageMode, Trigger } from '../types.js';
import { buildPreset } from './build.js';
import { OptionCheck, type PresetOptions } from './options.js';
import { levelled, mostLevels } from './stages.js';

/** When a level is reached. */
export interface RunLevel {
  /** Days, from the basis on. */
  readonly days: number;
  /**
   * `due`: after the due date (default). `end-of-month`: the end of the month
   * in which that day lies. `previous`: since the letter of the level below.
   */
  readonly basis?: 'due' | 'end-of-month' | 'previous' | undefined;
}

/** Options of {@link levelRuns}. */
export interface LevelRunsOptions extends PresetOptions {
  /**
   * Levels, mildest first; one to nine, none of which would always be reached before the one below it. Default: 10 days after the due date,
   * the end of the month 30 days after it, 10 days since the second letter.
   */
  readonly levels?: readonly RunLevel[] | undefined;
  /**
   * `days` (default): a review brings the next level once its day has come, one
   * level at a time. `runs`: only a run that you request brings a level, and
   * each run one, whatever the days; `levels` then only counts them.
   */
  readonly pace?: 'days' | 'runs' | undefined;
  /** Letters are proposed and wait for approval (`approve`, default), are done by a person (`task`), or go out by themselves (`auto`). */
  readonly confirm?: StageMode | undefined;
  /** Days after which a proposal that nobody decided about is over, and its level skipped; `never` holds it for ever. Default `30d`. */
  readonly lapses?: string | undefined;
  /** A person discarded a proposal: its level is skipped (`skip`, default), proposed `again`, or the case waits (`hold`). */
  readonly discarded?: Policy['discarded'];
  /** Least days between two letters to one customer: how often you would run it. Default `7d`. */
  readonly between?: string | undefined;
  /** One letter for each level and currency (`level`, default), or one for all (`account`). */
  readonly letters?: 'level' | 'account' | undefined;
  /** Days after the last letter, while the debt is open. Default `10d`. */
  readonly finalAfter?: string | undefined;
  /** What follows then: a person decides (`task`, default), or the debt is handed to an `agency` or to `legal`. */
  readonly final?: 'task' | 'agency' | 'legal' | undefined;
}

const own = [
  'levels',
  'pace',
  'confirm',
  'lapses',
  'discarded',
  'between',
  'letters',
  'finalAfter',
  'final',
] as const;

const usualLevels: readonly RunLevel[] = [
  { days: 10 },
  { days: 30, basis: 'end-of-month' },
  { days: 10, basis: 'previous' },
];

/**
 * Level by level, as runs of an ERP do it: letters are proposed, a person lets
 * them go, and an item is raised by one level at a time, never over one.
 *
 * @example
 * const documents = presets.levelRuns({ zone: 'Europe/Madrid', language: 'es', final: 'agency' });
 * @throws RecobroError `invalid_option` with every problem and its path
 */
export function levelRuns(options: LevelRunsOptions): Documents {
  check(options);
  const {
    levels = usualLevels,
    pace = 'days',
    confirm = 'approve',
    lapses = '30d',
    discarded,
    between = '7d',
    letters = 'level',
    finalAfter = '10d',
    final = 'task',
  } = options;
  const waits = confirm === 'auto' || lapses === 'never' ? {} : { lapses };
  const stages = levelled(
    levels.map((level) => ({ ...(pace === 'days' ? { at: triggerOf(level) } : {}), ...waits })),
  );
  return buildPreset(
    {
      id: 'levelRuns',
      gap: between,
      policy: {
        ...(pace === 'runs' ? { climb: true } : { late: 'each' }),
        entry: 'first',
        message: { by: letters === 'level' ? ['account', 'level', 'currency'] : 'account', list: 'acting' },
        ...(confirm === 'auto' ? {} : { mode: confirm, proposed: 'hold', discarded }),
        stages,
        last: { exhausted: finalAfter },
        on: { exhausted: [endOf(final)] },
      },
    },
    options,
  );
}

function triggerOf({ days, basis = 'due' }: RunLevel): Trigger {
  const plus = `${days}d`;
  if (basis === 'previous') return { from: 'previous', plus };
  return { from: 'due', plus, ...(basis === 'end-of-month' ? { endOfMonth: true } : {}) };
}

function endOf(final: 'task' | 'agency' | 'legal'): Reaction {
  return final === 'task' ? { task: 'decide', within: '3bd' } : { handover: final };
}

function check(options: LevelRunsOptions): void {
  const see = new OptionCheck('levelRuns', options, own);
  const { levels, lapses } = options;
  if (see.list('levels', levels, [1, mostLevels])) {
    for (const [index, level] of levels.entries()) {
      const path = `levels[${index}]`;
      if (!see.known(path, level, ['days', 'basis'])) continue;
      see.whole(`${path}.days`, level.days ?? null, 1, 999);
      see.choice(`${path}.basis`, level.basis, ['due', 'end-of-month', 'previous']);
      if (index === 0 && level.basis === 'previous')
        see.report(`${path}.basis`, 'the first level has none below it; write due or end-of-month');
    }
    // Of runs the days say nothing.
    if (options.pace !== 'runs') checkOrder(see, levels);
  }
  see.choice('pace', options.pace, ['days', 'runs']);
  see.choice('confirm', options.confirm, ['approve', 'task', 'auto']);
  if (lapses !== 'never') see.duration('lapses', lapses, 'offset');
  see.choice('discarded', options.discarded, ['skip', 'again', 'hold']);
  see.duration('between', options.between, 'gap');
  for (const key of ['lapses', 'discarded'] as const)
    if (options.confirm === 'auto' && options[key] !== undefined)
      see.report(key, 'is about proposals, and with confirm: auto nothing is proposed; leave it out');
  see.choice('letters', options.letters, ['level', 'account']);
  see.duration('finalAfter', options.finalAfter, 'positiveDays');
  see.choice('final', options.final, ['task', 'agency', 'legal']);
  see.done();
}

/** Days by which the end of a month may lie behind a day in it. */
const restOfMonth = 30;

/**
 * Refuses a level that is reached before the one below it or with it, whatever
 * the due date: a ladder climbs one level at a time, and its letters would go
 * out on other days than those written here.
 */
function checkOrder(see: OptionCheck, levels: readonly unknown[]): void {
  // The earliest day after the due date at which the level below is reached.
  let earliest = 0;
  let endOfMonth = 0;
  for (const [index, level] of levels.entries()) {
    if (!isLevel(level)) return;
    const { days, basis = 'due' } = level;
    if (basis === 'previous') {
      earliest += days;
      continue;
    }
    const latest = basis === 'end-of-month' ? days + restOfMonth : days;
    if (latest <= earliest || (basis === 'end-of-month' && days <= endOfMonth))
      see.report(
        `levels[${index}].days`,
        'comes no later than the level below it; levels rise, and each is reached after the one before',
      );
    earliest = Math.max(earliest, days);
    if (basis === 'end-of-month') endOfMonth = days;
  }
}

/** Whether its days can be counted; what else is wrong with it has been said. */
function isLevel(level: unknown): level is RunLevel {
  if (typeof level !== 'object' || level === null || !('days' in level)) return false;
  return Number.isSafeInteger(level.days) && Number(level.days) > 0;
}
