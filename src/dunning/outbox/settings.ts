import { type Problem, RecobroError } from '../../errors.js';
import { type RateLimit, rateProblems } from './rates/limits.js';

/** How acts are performed. All times in milliseconds. */
export interface DispatchOptions {
  /** How long a call that says nothing stays its worker's; then it counts as unknown. Default 5 minutes. */
  readonly leaseMs?: number | undefined;
  /** How often a worker says that its call still runs. At most half the lease. Default a third of it. */
  readonly heartbeatMs?: number | undefined;
  /** How long an adapter may take to answer. Then its signal is aborted and the act is unknown, until an answer comes after all. Default 10 minutes. */
  readonly timeoutMs?: number | undefined;
  /** Calls in flight at once, in one run. Default 8. */
  readonly parallel?: number | undefined;
  /** Temporary failures in a row after which a sender, template, account or recipient is held back. Default 5. */
  readonly failures?: number | undefined;
  /** How long what fails is waited for. Then its acts go the next way of their chains, but for those that try it again. Default 24 hours. */
  readonly holdMs?: number | undefined;
  /**
   * How many messages may go out, per sender and in all, however many workers send. What a limit keeps back
   * stays ready and goes out later, the most urgent first. Default: no limits but those of the providers.
   *
   * @example rates: [{ channel: 'whatsapp', per: 'second', most: 80 }, { channel: 'email', per: 'day', most: 10_000 }]
   */
  readonly rates?: readonly RateLimit[] | undefined;
  /**
   * What a sender may still use of its provider's limits when its quality falls there: shares of one, above 0.
   * Default: all of them at `medium`, half at `low`; then the most valuable go first.
   */
  readonly quality?: { readonly medium?: number | undefined; readonly low?: number | undefined } | undefined;
  /** Decides and plans, and lets no message out, whoever asks: for copies of real data. Default false. */
  readonly safe?: boolean | undefined;
}

/** Options that are numbers. */
type Numbers = Omit<DispatchOptions, 'rates' | 'quality' | 'safe'>;

/** The same, complete. */
export type DispatchSettings = { readonly [K in keyof Numbers]-?: number } & {
  readonly rates: readonly RateLimit[];
  readonly quality: { readonly medium: number; readonly low: number };
  readonly safe: boolean;
};

const limits: { readonly [K in keyof Numbers]-?: readonly [least: number, most: number] } = {
  leaseMs: [1_000, 24 * 3_600_000],
  heartbeatMs: [100, 12 * 3_600_000],
  timeoutMs: [1, 24 * 3_600_000],
  parallel: [1, 1_000],
  failures: [1, 1_000],
  holdMs: [0, 30 * 24 * 3_600_000],
};

/** @throws RecobroError `invalid_option`, listing every problem with its path */
export function dispatchSettings(options: DispatchOptions = {}): DispatchSettings {
  const problems = dispatchProblems(options);
  if (problems.length > 0)
    throw new RecobroError('invalid_option', 'the options are not valid', { problems });
  const leaseMs = options.leaseMs ?? 5 * 60_000;
  return {
    leaseMs,
    heartbeatMs: options.heartbeatMs ?? Math.floor(leaseMs / 3),
    timeoutMs: options.timeoutMs ?? 10 * 60_000,
    parallel: options.parallel ?? 8,
    failures: options.failures ?? 5,
    holdMs: options.holdMs ?? 24 * 3_600_000,
    rates: options.rates ?? [],
    quality: { medium: options.quality?.medium ?? 1, low: options.quality?.low ?? 0.5 },
    safe: options.safe ?? false,
  };
}

function dispatchProblems(options: unknown): Problem[] {
  if (typeof options !== 'object' || options === null)
    return [{ path: 'dispatch', code: 'invalid_type', message: 'must be an object' }];
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(options)) {
    const path = `dispatch.${key}`;
    if (key === 'rates') problems.push(...(value === undefined ? [] : rateProblems(value, path)));
    else if (key === 'quality') problems.push(...(value === undefined ? [] : qualityProblems(value, path)));
    else if (key === 'safe') {
      if (value !== undefined && typeof value !== 'boolean')
        problems.push({ path, code: 'invalid_type', message: 'is true or false' });
    } else if (!isSetting(key))
      problems.push({ path, code: 'unknown_key', message: 'is no option of dispatch' });
    else if (value !== undefined && !isWithin(value, ...limits[key])) {
      const [least, most] = limits[key];
      problems.push({ path, code: 'invalid_value', message: `is a whole number from ${least} to ${most}` });
    }
  }
  const { leaseMs = 5 * 60_000, heartbeatMs }: DispatchOptions = options;
  if (problems.length === 0 && heartbeatMs !== undefined && heartbeatMs * 2 > leaseMs)
    problems.push({
      path: 'dispatch.heartbeatMs',
      code: 'invalid_value',
      message: 'is at most half of leaseMs, so that one late heartbeat loses no lease',
    });
  return problems;
}

function qualityProblems(quality: unknown, path: string): Problem[] {
  if (typeof quality !== 'object' || quality === null)
    return [{ path, code: 'invalid_type', message: 'must be an object with medium and low' }];
  return Object.entries(quality).flatMap(([key, share]: [string, unknown]): Problem[] => {
    if (key !== 'medium' && key !== 'low')
      return [{ path: `${path}.${key}`, code: 'unknown_key', message: 'is medium or low' }];
    const fine = share === undefined || (typeof share === 'number' && share > 0 && share <= 1);
    return fine
      ? []
      : [{ path: `${path}.${key}`, code: 'invalid_value', message: 'is a share above 0, up to 1' }];
  });
}

function isSetting(key: string): key is keyof Numbers {
  return Object.hasOwn(limits, key);
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;
}
