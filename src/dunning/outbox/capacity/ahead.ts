import type { CalendarDay } from '../../../engine/index.js';
import type { Context } from '../../context.js';
import type { Limit } from '../rates/limits.js';
import { limitsInForce, sendersOf } from './in-force.js';
import { readKnown } from './known.js';

/** A day for which more is planned than may go out. */
export interface CrowdedDay {
  readonly on: string;
  readonly channel: string;
  /** Messages that are planned for the day. */
  readonly planned: number;
  /** What the limits of a day let out, of all senders of the channel together. */
  readonly most: number;
}

/**
 * Days for which more is planned by a channel than its limits of a day let out, as they stand now. What has no room
 * goes out on later days, the most valuable first; forecasts do not move it, since who waits is known on the day.
 */
export async function crowdedDays(
  context: Pick<Context, 'tenant' | 'channels' | 'outbox'>,
  days: readonly CalendarDay[],
): Promise<readonly CrowdedDay[]> {
  const { tenant, channels, outbox } = context;
  const { shared, settings } = outbox;
  const known = await readKnown(shared, tenant);
  const limits = limitsInForce(settings.rates, settings.quality, tenant, channels.values(), known);
  const room = new Map<string, number>();
  for (const channel of channels.values()) {
    const ids = sendersOf(channel).map(({ id }) => id);
    const most = roomOf(limits, channel.id, ids);
    if (most !== undefined) room.set(channel.id, most);
  }
  return days.flatMap(({ on, channels: planned }) =>
    Object.entries(planned).flatMap(([channel, count]): CrowdedDay[] => {
      const most = room.get(channel);
      return most === undefined || count <= most ? [] : [{ on, channel, planned: count, most }];
    }),
  );
}

/** What may go out on a day by a channel: the least of its limits; those of senders are added up. */
function roomOf(limits: readonly Limit[], channel: string, senders: readonly string[]): number | undefined {
  const fits = limits.filter(
    (limit) => limit.per === 'day' && (limit.channel === undefined || limit.channel === channel),
  );
  const whole = fits
    .filter(({ each = 'sender' }) => each === 'tenant' || each === 'company' || each === 'portfolio')
    .map(({ most }) => most);
  const bySender = senders.map((id) =>
    fits
      .filter(
        ({ each = 'sender', sender }) => (each === 'sender' || each === 'number') && (sender ?? id) === id,
      )
      .reduce((least, { most }) => Math.min(least, most), Number.POSITIVE_INFINITY),
  );
  const least = Math.min(
    ...whole,
    bySender.reduce((sum, one) => sum + one, 0),
  );
  return Number.isFinite(least) ? least : undefined;
}
