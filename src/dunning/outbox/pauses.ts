import { RecobroError } from '../../errors.js';
import type { SharedStore } from '../../stores/shared.js';
import type { ByHand } from '../by-hand.js';
import { fromJson, toJson } from '../codec.js';
import type { Context } from '../context.js';
import { knownChannel } from '../known-channel.js';
import { choiceOf, named } from '../options.js';

/** What is not to go out: everything of the tenant, or one channel; of this tenant, or of all. */
export interface PauseChoice {
  /** One that this tenant has, also where it is paused for all. Absent: all channels. */
  readonly channel?: string | undefined;
  /** Of all tenants of the store. */
  readonly everywhere?: boolean | undefined;
}

/** Messages are decided and planned, and do not go out. */
export interface Pause extends PauseChoice {
  readonly since: number;
  readonly author: string;
  readonly reason?: string | undefined;
}

/** Where pauses stand among the values that workers share. */
const prefix = 'pause/';
/** Whatever stands under this tenant holds for all: no tenant has a name without a letter. */
const everyone = '';
/** More than anybody has channels. */
const most = 1_000;
/** Workers look again after this long; a batch under way is sent. */
const lookEvery = 1_000;
/** What a paused channel keeps back is looked at again after this long, so it goes on so long after the pause at most. */
const again = 60_000;
const mostTries = 20;

/** The pauses that hold for a tenant. */
export async function pausesOf(shared: SharedStore, tenant: string): Promise<readonly Pause[]> {
  const found: Pause[] = [];
  for (const owner of [everyone, tenant]) {
    for (const { value } of await shared.list({ tenant: owner, prefix, limit: most })) {
      const known = fromJson<Pause | { readonly over: true }>(value);
      if (!('over' in known)) found.push(known);
    }
  }
  return found;
}

/** The same with the option that pauses this process. */
export async function pausesNow(
  { tenant, outbox: { shared, settings } }: Pick<Context, 'tenant' | 'outbox'>,
  now: number,
): Promise<readonly Pause[]> {
  const own: readonly Pause[] = settings.safe
    ? [{ since: now, author: 'recobro', reason: 'dispatch.safe' }]
    : [];
  return [...own, ...(await pausesOf(shared, tenant))];
}

/**
 * Begins or ends a pause; to begin one that holds, or to end one that does
 * not, changes nothing. One of a channel that is set up no more can be ended.
 *
 * @throws RecobroError `unknown_id` for a channel that there is not; `invalid_option`; `store_conflict` when others change
 * it at the same time, again and again
 */
export async function setPause(
  context: Pick<Context, 'tenant' | 'outbox' | 'channels'>,
  what: PauseChoice,
  by: ByHand,
  at: number,
  wanted: boolean,
): Promise<void> {
  const { channel, everywhere = false } = choiceOf(what, { channel: true, everywhere: true }, 'what');
  named(by.author, 'by.author');
  if (channel !== undefined) named(channel, 'what.channel');
  const { tenant, outbox } = context;
  const { shared } = outbox;
  const of = everywhere ? everyone : tenant;
  const key = `${prefix}${channel === undefined ? '*' : `channel/${encodeURIComponent(channel)}`}`;
  for (let tries = 0; tries < mostTries; tries++) {
    const [known] = await shared.list({ tenant: of, prefix: key, limit: 1 });
    const here = known?.key === key ? known : undefined;
    const holds = here !== undefined && !('over' in fromJson<object>(here.value));
    if (channel !== undefined && !holds) knownChannel(context, channel);
    if (holds === wanted) return;
    const pause: Pause = {
      ...(channel === undefined ? {} : { channel }),
      ...(everywhere ? { everywhere } : {}),
      since: at,
      author: by.author,
      ...(by.reason === undefined ? {} : { reason: by.reason }),
    };
    // What is over stays as such: it says who ended it, and a stale write does not fit.
    const value = toJson(wanted ? pause : { ...pause, over: true });
    if (await shared.write({ tenant: of, key, expected: here?.version ?? 0, value })) return;
  }
  throw new RecobroError('store_conflict', 'others changed the pause first, again and again', {
    retryable: true,
  });
}

/** What a run knows of pauses. */
export interface Pauses {
  /** Whether nothing may go out. */
  all(now: number): Promise<boolean>;
  /** When to look again at what goes by a channel; undefined if it may go. */
  until(channel: string | undefined, now: number): number | undefined;
}

/** Looks at the pauses once a second at most. */
export function pauseLook({ tenant, outbox: { shared } }: Pick<Context, 'tenant' | 'outbox'>): Pauses {
  let known: readonly Pause[] = [];
  let seen: number | undefined;
  const look = async (now: number): Promise<readonly Pause[]> => {
    if (seen === undefined || now >= seen + lookEvery || now < seen) {
      known = await pausesOf(shared, tenant);
      seen = now;
    }
    return known;
  };
  return {
    all: async (now) => (await look(now)).some((pause) => pause.channel === undefined),
    until: (channel, now) =>
      known.some((pause) => pause.channel !== undefined && pause.channel === channel)
        ? now + again
        : undefined,
  };
}
