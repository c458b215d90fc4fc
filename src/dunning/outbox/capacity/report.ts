import type { Context } from '../../context.js';
import { countedOf } from '../rates/book.js';
import { rateRowOf } from '../rates/bucket.js';
import { bucketsOf, type Limit, type ReachedLimit, reachedOf } from '../rates/limits.js';
import { live, room, roomAt } from '../rates/window.js';
import { limitsInForce, sendersOf } from './in-force.js';
import { type Quality, readKnown, senderPlace } from './known.js';

/** A limit that holds now, and how much of it is left. */
export interface CapacityInForce extends ReachedLimit {
  /** Sender of the channel; `-`: its own; `*`: every one. */
  readonly sender: string;
  /** What may go out in the window, less what is left out for the sake of quality. */
  readonly most: number;
  /** What went out in the window, and what is under way. */
  readonly used: number;
  readonly free: number;
  /** When there is room again; absent while there is. */
  readonly until?: number | undefined;
  readonly quality?: Quality | undefined;
}

/** The limits of a tenant's senders that hold now, with what is used of each; those of pairs are many, and left out. */
export async function capacityOf(context: Context, now: number): Promise<readonly CapacityInForce[]> {
  const { tenant, channels, outbox } = context;
  const { shared, settings } = outbox;
  const known = await readKnown(shared, tenant);
  const limits = limitsInForce(settings.rates, settings.quality, tenant, channels.values(), known);
  const found: CapacityInForce[] = [];
  const told = new Set<string>();
  for (const limit of limits) {
    for (const [channel, sender] of placesOf(limit, context)) {
      const about = { id: '-', account: '-', channel, ...(sender === '-' ? {} : { via: sender }) };
      const [bucket] = bucketsOf([limit], tenant, about);
      if (bucket === undefined) continue;
      // Senders of one account have one limit between them.
      const count = JSON.stringify([bucket.tenant, bucket.key, bucket.name, channel, limit.most]);
      if (!isBySender(limit) && told.has(count)) continue;
      told.add(count);
      const [value] = await shared.list({ tenant: bucket.tenant, prefix: bucket.key, limit: 1 });
      const row = value?.key === bucket.key ? rateRowOf(value.value) : undefined;
      const slots = row === undefined ? [] : live(limit.per, countedOf(row), now);
      const free = room(limit.per, slots, limit.most, now);
      const number = sendersOfChannel(context, channel).find(({ id }) => id === sender);
      const quality = known(senderPlace(tenant, channel, sender, number?.number)).quality?.value;
      found.push({
        ...reachedOf(limit),
        channel: limit.channel === undefined && !isBySender(limit) ? '*' : channel,
        sender: isBySender(limit) ? sender : '*',
        used: slots.reduce((sum, [, count]) => sum + count, 0),
        free,
        ...(free > 0 ? {} : { until: roomAt(limit.per, slots, limit.most, now, 0) }),
        ...(quality === undefined || !isBySender(limit) ? {} : { quality }),
      });
    }
  }
  return found;
}

function isBySender({ each = 'sender' }: Limit): boolean {
  return each === 'sender' || each === 'number';
}

/** Where a limit has counts of its own: of pairs it has too many. */
function placesOf(limit: Limit, context: Context): readonly (readonly [string, string])[] {
  const { each = 'sender', channel, sender } = limit;
  if (each === 'pair' || each === 'contact') return [];
  const ids = [...context.channels.keys()].filter((id) => channel === undefined || id === channel);
  const first = ids[0];
  if (first === undefined) return [];
  if (!isBySender(limit)) return [[first, sender ?? sendersOfChannel(context, first)[0]?.id ?? '-']];
  return ids.flatMap((id) =>
    sendersOfChannel(context, id)
      .filter((one) => sender === undefined || one.id === sender)
      .map((one) => [id, one.id] as const),
  );
}

function sendersOfChannel({ channels }: Context, id: string): ReturnType<typeof sendersOf> {
  const channel = channels.get(id);
  return channel === undefined ? [] : sendersOf(channel);
}
