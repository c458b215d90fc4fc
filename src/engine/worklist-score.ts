import { healthOf } from '../contact/health.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import { byText } from '../ledger/order.js';
import { currencyExponent, type Money, parseAmount } from '../money/index.js';
import type { Engine } from './compile.js';
import { type Rate, rateOn } from './exchange.js';
import { viewOf } from './look.js';
import { openWorkOf } from './open-work.js';
import type { AccountView, Amounts } from './view.js';
import type {
  ScorePart,
  ScorePartName,
  WorklistEntry,
  WorklistScoring,
  WorkReason,
  WorkReasonCode,
} from './worklist.js';
import { lastContact, reasonsOf, silenceOf } from './worklist-reasons.js';

const weightsByDefault: Readonly<Record<ScorePartName, number>> = {
  amount: 30,
  age: 25,
  work: 15,
  risk: 10,
  broken: 10,
  class: 5,
  silence: 5,
};

const urgencyByDefault: Readonly<Record<WorkReasonCode, number>> = {
  unknown: 1,
  task: 0.8,
  stopped: 0.8,
  broken_promise: 0.8,
  dispute: 0.7,
  alert: 0.7,
  exhausted: 0.6,
  handover: 0.6,
  proposal: 0.5,
  'write-off': 0.4,
  assigned: 0.3,
  silent: 0.2,
};

const classesByDefault: Readonly<Record<string, number>> = { A: 1, B: 0.5, C: 0.2 };

/**
 * Scores accounts for people to work on. Each part is a value from 0 to 1:
 *
 * - amount a of half-value s: a/s ÷ (1 + a/s); of several currencies the quotients a/s are summed, never the amounts
 * - age: days past due of the oldest item d: d ÷ (d + halfAge), so that an older debt scores higher
 * - work: how pressing the most pressing reason is
 * - risk: the risk score ÷ 100; unknown is 0
 * - broken: promises broken n, partly kept count half: n ÷ (n + 1)
 * - class: the worth of the account's class
 * - silence: days since the last contact, else since the oldest item was due, s: s ÷ (s + halfSilence)
 *
 * The score is 100 × the weighted sum ÷ the sum of the weights.
 */
export class Scoring {
  readonly #engine: Engine;
  readonly #weights: Readonly<Record<ScorePartName, number>>;
  readonly #urgency: Readonly<Record<string, number>>;
  readonly #classes: Readonly<Record<string, number>>;
  readonly #scale: ReadonlyMap<string, number>;
  readonly #total: number;
  readonly #options: WorklistScoring;

  /**
   * @param means by currency, minor units: the scale where none is given
   * @throws RecobroError `invalid_option` for a weight or number that is out of range; `invalid_amount`, `unknown_currency`
   */
  constructor(engine: Engine, options: WorklistScoring, means: ReadonlyMap<string, number>) {
    this.#engine = engine;
    this.#options = options;
    checkScoring(options);
    this.#weights = { ...weightsByDefault, ...defined(options.weights) };
    this.#urgency = { ...urgencyByDefault, ...defined(options.urgency) };
    this.#classes = { ...classesByDefault, ...defined(options.classes) };
    this.#total = Object.values(this.#weights).reduce((sum, weight) => sum + weight, 0);
    if (this.#total === 0) throw invalid('weights', 'must have one above zero at least');
    this.#scale = scaleOf(options.scale, means);
  }

  /** The entry of an account; undefined where nobody has anything to do. */
  entryOf(file: AccountFile, now: number): WorklistEntry | undefined {
    const view = viewOf(this.#engine, file, now);
    const work = openWorkOf(file, new Map());
    const silent = silenceOf(view);
    const { silentAfter = 14, brokenWithin = 30 } = this.#options;
    const reasons = reasonsOf(view, work, { silentAfter, brokenWithin });
    if (reasons.length === 0) return undefined;
    reasons.sort((a, b) => this.#pressing(b) - this.#pressing(a) || byAge(a, b));
    const { oldestDaysPastDue } = view;
    const amount = this.#amountOf(view);
    const broken = brokenOf(file);
    const [first] = reasons;
    const parts = [
      this.#part('amount', amount.value, undefined),
      this.#part('age', ratio(oldestDaysPastDue ?? 0, this.#options.halfAge ?? 30), oldestDaysPastDue),
      this.#part('work', this.#pressing(first), first?.reason),
      this.#part('risk', Math.min(Math.max((view.risk ?? 0) / 100, 0), 1), view.risk),
      this.#part('broken', broken / (broken + 1), broken),
      this.#part('class', this.#classes[file.account?.scores?.class ?? ''] ?? 0, file.account?.scores?.class),
      this.#part('silence', ratio(silent ?? 0, this.#options.halfSilence ?? 14), silent),
    ];
    const last = lastContact(file);
    const addresses = healthOf(this.#engine.recipients, file, now);
    const name = file.account?.name;
    const owner = file.assigned?.owner ?? file.account?.owner;
    return {
      account: file.id,
      ...(name === undefined ? {} : { name }),
      ...(owner === undefined ? {} : { owner }),
      score: parts.reduce((sum, { points }) => sum + points, 0),
      parts,
      reasons,
      work,
      overdue: moneys(view.overdue),
      dunnable: moneys(view.dunnable),
      unscaled: amount.unscaled,
      ...(oldestDaysPastDue === undefined ? {} : { oldestDaysPastDue }),
      ...(addresses.length === 0 ? {} : { addresses }),
      ...(last === undefined ? {} : { lastContact: last }),
    };
  }

  #part(part: ScorePartName, value: number, found: number | string | undefined): ScorePart {
    const points = (100 * this.#weights[part] * value) / this.#total;
    return { part, ...(found === undefined ? {} : { found }), value, points };
  }

  #amountOf({ overdue, on }: AccountView): { readonly value: number; readonly unscaled: readonly string[] } {
    const { currency: common } = this.#options;
    const unscaled: string[] = [];
    let sum = 0;
    for (const [currency, minor] of [...overdue].sort(([a], [b]) => byText(a, b))) {
      const rate =
        common === undefined || common === currency
          ? undefined
          : rateOn(this.#engine.currencies.rates, currency, common, on);
      const other = rate === undefined || common === undefined ? undefined : this.#scale.get(common);
      const own = this.#scale.get(currency);
      if (other !== undefined && rate !== undefined && common !== undefined)
        sum += converted(rate, minor, currency, common) / other;
      else if (own !== undefined) sum += minor / own;
      else unscaled.push(currency);
    }
    return { value: ratio(sum, 1), unscaled };
  }

  #pressing(reason: WorkReason | undefined): number {
    if (reason === undefined) return 0;
    const named = reason.name === undefined ? undefined : this.#urgency[`${reason.reason}:${reason.name}`];
    return named ?? this.#urgency[reason.reason] ?? 0;
  }
}

function brokenOf({ kept }: AccountFile): number {
  let count = 0;
  for (const { outcome } of kept.values()) count += outcome === 'broken' ? 1 : outcome === 'partly' ? 0.5 : 0;
  return count;
}

/** From 0 towards 1; a half at `half`. */
function ratio(value: number, half: number): number {
  return value <= 0 ? 0 : value / (value + half);
}

/** Minor units of the other currency, not rounded: a place on a list, never an amount. */
function converted({ digits, decimals }: Rate, minor: number, from: string, to: string): number {
  const shift = currencyExponent(to) - currencyExponent(from) - decimals;
  return minor * Number(digits) * 10 ** shift;
}

function scaleOf(
  given: Readonly<Record<string, string>> | undefined,
  means: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  if (given === undefined) return means;
  return new Map(
    Object.entries(given).map(([currency, text]) => {
      const minor = parseAmount(text, currency);
      if (minor <= 0) throw invalid(`scale.${currency}`, 'must be above zero');
      return [currency, minor];
    }),
  );
}

function moneys(amounts: Amounts): readonly Money[] {
  return [...amounts].sort(([a], [b]) => byText(a, b)).map(([currency, minor]) => ({ minor, currency }));
}

function checkScoring({ weights, urgency, classes, ...numbers }: WorklistScoring): void {
  for (const [name, weight] of Object.entries(weights ?? {})) {
    if (!Object.hasOwn(weightsByDefault, name))
      throw invalid(`weights.${name}`, `is no part; there are ${Object.keys(weightsByDefault).join(', ')}`);
    if (weight !== undefined && !(Number.isFinite(weight) && weight >= 0))
      throw invalid(`weights.${name}`, 'must be a number from 0');
  }
  for (const [path, values] of Object.entries({ urgency, classes }))
    for (const [name, value] of Object.entries(values ?? {}))
      if (!(value >= 0 && value <= 1)) throw invalid(`${path}.${name}`, 'must be a number from 0 to 1');
  for (const name of Object.keys(urgency ?? {})) {
    const [reason = ''] = name.split(':');
    if (!Object.hasOwn(urgencyByDefault, reason))
      throw invalid(`urgency.${name}`, `is no reason; there are ${Object.keys(urgencyByDefault).join(', ')}`);
  }
  const { halfAge, halfSilence, silentAfter, brokenWithin, currency } = numbers;
  for (const [name, value] of Object.entries({ halfAge, halfSilence }))
    if (value !== undefined && !(Number.isFinite(value) && value > 0))
      throw invalid(name, 'must be a number of days above zero');
  for (const [name, value] of Object.entries({ silentAfter, brokenWithin }))
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0))
      throw invalid(name, 'must be whole days from 0');
  if (currency !== undefined) currencyExponent(currency);
}

function invalid(path: string, message: string): RecobroError {
  return new RecobroError('invalid_option', `${path} ${message}`, {
    problems: [{ path, code: 'out_of_range', message }],
  });
}

function defined(value: Readonly<Record<string, number | undefined>> = {}): Record<string, number> {
  const all: Record<string, number> = {};
  for (const [key, one] of Object.entries(value)) if (one !== undefined) all[key] = one;
  return all;
}

/** What is older first; the rest makes the order total. */
function byAge(a: WorkReason, b: WorkReason): number {
  return byText(a.since, b.since) || byText(a.reason, b.reason) || byText(a.id ?? '', b.id ?? '');
}
