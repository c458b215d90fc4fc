import type { ChannelLimit, ChannelSender } from '../../../channels/capacity.js';
import type { Channel } from '../../../channels/channel.js';
import type { Context } from '../../context.js';
import type { Limit } from '../rates/limits.js';
import type { DispatchSettings } from '../settings.js';
import { accountPlace, type Known, type Place, type Quality, readKnown, senderPlace } from './known.js';

/** What a sender may still use of its limits, by its quality. */
export type QualityShares = DispatchSettings['quality'];

/** Of a sender that falls in quality while nobody ever said how many people it may write to: what most begin with. */
const usualTier = 2_000;

/** The senders of a channel: its own, or the several that it has. */
export function sendersOf({ senders, account, number, limits }: Channel): readonly ChannelSender[] {
  return senders ?? [{ id: '-', account, number, limits }];
}

/** Whether a channel has limits of its own, or hears of some: nobody else's are looked for. */
export function hasCapacity({ senders, limits, receive }: Channel): boolean {
  return senders !== undefined || limits !== undefined || receive !== undefined;
}

/**
 * The limits that hold now: those of the host as they are, and those of the providers as they were last told, less
 * what is left out for the sake of a sender's quality.
 */
export function limitsInForce(
  rates: DispatchSettings['rates'],
  shares: QualityShares,
  tenant: string,
  channels: Iterable<Channel>,
  known: (place: Place) => Known,
): readonly Limit[] {
  const limits: Limit[] = [...rates];
  for (const channel of channels) {
    if (!hasCapacity(channel)) continue;
    const senders = sendersOf(channel);
    const shared = new Map<string, Limit>();
    for (const sender of senders) {
      const one = ofSender(channel.id, sender, senders.length > 1, shares, tenant, known);
      limits.push(...one.own);
      // Senders that do not say by which account they send are all of one: the least that one of them says holds.
      for (const limit of one.account) {
        const id = `${limit.counts} ${limit.per} ${limit.sender ?? '*'}`;
        const before = shared.get(id);
        if (before === undefined || before.most > limit.most) shared.set(id, limit);
      }
    }
    limits.push(...shared.values());
  }
  return limits;
}

function ofSender(
  channel: string,
  { id, account, number, limits = [] }: ChannelSender,
  several: boolean,
  shares: QualityShares,
  tenant: string,
  known: (place: Place) => Known,
): { readonly own: readonly Limit[]; readonly account: readonly Limit[] } {
  const ofAccount = known(accountPlace(tenant, channel, account));
  const { quality, perSecond } = known(senderPlace(tenant, channel, id, number));
  const share = shareOf(shares, quality?.value);
  const isTier = ({ each, counts, per }: ChannelLimit): boolean =>
    each === 'account' && counts === 'people' && per === 'day';
  const written = limits.find(isTier)?.most;
  const tier = ofAccount.people === undefined ? written : (ofAccount.people.value ?? undefined);
  const own: Limit[] = [];
  const whole: Limit[] = [];
  const itself = { each: 'number', channel, sender: id, pool: number } as const;
  for (const limit of limits) {
    const { each, counts, per, most } = limit;
    if (isTier(limit)) continue;
    if (each === 'pair') own.push({ each: 'contact', channel, sender: id, per, most });
    else if (each === 'sender') {
      const granted = per === 'second' && counts !== 'people' ? (perSecond?.value ?? most) : most;
      own.push({ ...itself, counts, per, most: lessened(granted, share) });
    } else whole.push({ ...accountOf(channel, id, account), counts, per, most });
  }
  const people = { counts: 'people', per: 'day' } as const;
  // One sender alone is its account, as far as anybody can tell; of several each is held to its own quality.
  if (tier !== undefined)
    whole.push({
      ...accountOf(channel, id, account),
      ...people,
      most: several ? Math.max(1, tier) : lessened(tier, share),
    });
  if (several ? tier !== undefined || share < 1 : tier === undefined && share < 1)
    own.push({ ...itself, ...people, most: lessened(tier ?? usualTier, share) });
  return { own, account: whole };
}

function accountOf(
  channel: string,
  id: string,
  account: string | undefined,
): Pick<Limit, 'each' | 'channel' | 'sender' | 'pool'> {
  return account === undefined
    ? { each: 'portfolio', channel }
    : { each: 'portfolio', channel, sender: id, pool: account };
}

function shareOf({ low, medium }: QualityShares, quality: Quality | undefined): number {
  return quality === 'low' ? low : quality === 'medium' ? medium : 1;
}

function lessened(most: number, share: number): number {
  return Math.max(1, Math.floor(most * share));
}

/** What a run knows of limits. */
export interface CapacityLook {
  limits(now: number): Promise<readonly Limit[]>;
}

/** What providers say is looked at again after this long. */
const lookEvery = 1_000;

/** The limits in force, looked at once a second at most, and never where no channel has any of its own. */
export function capacityLook({
  tenant,
  channels,
  outbox,
}: Pick<Context, 'tenant' | 'channels' | 'outbox'>): CapacityLook {
  const { rates, quality } = outbox.settings;
  if (![...channels.values()].some(hasCapacity)) return { limits: async () => rates };
  let known: readonly Limit[] = rates;
  let seen: number | undefined;
  return {
    limits: async (now) => {
      if (seen === undefined || now >= seen + lookEvery || now < seen) {
        known = limitsInForce(
          rates,
          quality,
          tenant,
          channels.values(),
          await readKnown(outbox.shared, tenant),
        );
        seen = now;
      }
      return known;
    },
  };
}
