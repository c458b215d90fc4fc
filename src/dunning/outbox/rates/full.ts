import type { Store } from '../../../stores/store.js';
import { sharedOf } from '../local-shared.js';
import { countedOf } from './book.js';
import { rateRowOf } from './bucket.js';
import { type LimitOf, ratePrefix, readRateKey, toldKinds } from './limits.js';
import { live, room, roomAt, startOf, type Unit } from './window.js';

/** A limit that is reached. */
export interface FullRate {
  readonly each: LimitOf;
  /** `*`: every one. */
  readonly channel: string;
  /** Sender profile; `-`: the channel's own; `*`: every one. */
  readonly sender: string;
  readonly counts: 'messages' | 'people';
  readonly per: Unit;
  readonly most: number;
  /** When its window began to fill. */
  readonly since: number;
  /** When there is room again. */
  readonly until: number;
}

/** More than anybody has senders. */
const mostRates = 10_000;

/** The limits of a tenant, and of all tenants together, that let nothing out now. Rows of pairs are told by their acts alone. */
export async function fullRates(
  { store, tenant }: { readonly store: Store; readonly tenant: string },
  now: number,
): Promise<FullRate[]> {
  const found: FullRate[] = [];
  for (const owner of ['', tenant]) {
    for (const prefix of toldKinds.map((kind) => `${ratePrefix}${kind}`)) {
      const rows = await sharedOf(store).list({ tenant: owner, prefix, limit: mostRates });
      for (const { key, value } of rows) {
        const about = readRateKey(key);
        const row = rateRowOf(value);
        const slots = row === undefined ? [] : live(row.per, countedOf(row), now);
        if (about === undefined || row === undefined || room(row.per, slots, row.most, now) > 0) continue;
        const since = startOf(row.per, slots[0]?.[0] ?? 0);
        found.push({
          ...about,
          per: row.per,
          most: row.most,
          since,
          until: roomAt(row.per, slots, row.most, now, 0),
        });
      }
    }
  }
  return found;
}
