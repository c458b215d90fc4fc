/**
 * What a provider lets out, told before it is hit: the limits of a channel's senders and of the account that they
 * belong to. Workers count together, whatever their number.
 */
export interface ChannelLimit {
  /** `sender`: each sender; `pair`: each contact with each sender; `account`: the whole account at the provider. */
  readonly each: 'sender' | 'pair' | 'account';
  /** `messages` (default), or `people` who are written to outside of their service window. */
  readonly counts?: 'messages' | 'people' | undefined;
  /** A moving window. */
  readonly per: 'second' | 'minute' | 'hour' | 'day';
  /** Messages or people in it, from 1. */
  readonly most: number;
}

/** Where a channel sends from. */
export interface Sending {
  /**
   * The account at the provider, by its name there: tenants and senders that name the same one share its limits.
   * Absent: each tenant's channel counts by itself.
   */
  readonly account?: string | undefined;
  /** The sender's own id at the provider, such as a phone number's: tenants that name the same one share its limits. */
  readonly number?: string | undefined;
  /** What the provider lets out until it says otherwise. */
  readonly limits?: readonly ChannelLimit[] | undefined;
}

/** One of several senders of a channel. */
export interface ChannelSender extends Sending {
  /** The host's name for it. */
  readonly id: string;
}

/**
 * Whether a message may go by another sender than its recipient's own, where that one is full. `never`: it waits.
 * `fresh`: only to whom nothing went by this channel so far. `always`: to anybody, and by the other one from then on.
 */
export type Overflow = 'never' | 'fresh' | 'always';

/** What of a channel is wrong as a list of limits: each problem with its place. */
export function limitProblems(
  limits: unknown,
): readonly { readonly path: string; readonly message: string }[] {
  if (!Array.isArray(limits)) return [{ path: '', message: 'must be a list of limits, or absent' }];
  return limits.flatMap((limit: unknown, index) => {
    if (typeof limit !== 'object' || limit === null)
      return [{ path: `[${index}]`, message: 'must be an object' }];
    const of = (key: string): unknown => Reflect.get(limit, key);
    const problems: { readonly path: string; readonly message: string }[] = [];
    const among = (key: string, words: readonly unknown[]): void => {
      if (!words.includes(of(key)))
        problems.push({
          path: `[${index}].${key}`,
          message: `must be one of ${words.filter(Boolean).join(', ')}`,
        });
    };
    among('each', ['sender', 'pair', 'account']);
    among('counts', ['messages', ...(of('each') === 'pair' ? [] : ['people']), undefined]);
    among('per', ['second', 'minute', 'hour', 'day']);
    const most = of('most');
    if (!Number.isSafeInteger(most) || Number(most) < 1)
      problems.push({ path: `[${index}].most`, message: 'must be a whole number from 1' });
    return problems;
  });
}
