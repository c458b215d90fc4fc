import type { SharedStore } from '../../../stores/shared.js';
import { fromJson, toJson } from '../../codec.js';

/** What is known of a sender or of its account, each with when and by whom it was said. */
export interface Known {
  /** People in 24 hours that the account may write to; `null`: as many as there are. */
  readonly people?: Said<number | null> | undefined;
  /** Messages per second of the sender. */
  readonly perSecond?: Said<number> | undefined;
  readonly quality?: Said<Quality> | undefined;
}

export type Quality = 'high' | 'medium' | 'low';

/** Something that was said, and when. */
export interface Said<T> {
  readonly value: T;
  readonly at: number;
  /** A person, or the provider. */
  readonly by: string;
}

/** Where something is known: the same for all tenants that have it, where it has a name at the provider. */
export interface Place {
  readonly tenant: string;
  readonly key: string;
}

const prefix = 'capacity/';
/** More than anybody has senders. */
const most = 10_000;
const mostTries = 20;

/** Of the account that a channel, or one of its senders, sends by. */
export function accountPlace(tenant: string, channel: string, account: string | undefined): Place {
  return account === undefined
    ? { tenant, key: `${prefix}channel/${encodeURIComponent(channel)}` }
    : { tenant: '', key: `${prefix}account/${encodeURIComponent(account)}` };
}

/** Of one sender of a channel. */
export function senderPlace(tenant: string, channel: string, id: string, number: string | undefined): Place {
  return number === undefined
    ? { tenant, key: `${prefix}sender/${encodeURIComponent(channel)}/${encodeURIComponent(id)}` }
    : { tenant: '', key: `${prefix}number/${encodeURIComponent(number)}` };
}

/** All that is known, found by its place. */
export async function readKnown(shared: SharedStore, tenant: string): Promise<(place: Place) => Known> {
  const found = new Map<string, Known>();
  for (const owner of ['', tenant])
    for (const { key, value } of await shared.list({ tenant: owner, prefix, limit: most }))
      found.set(`${owner}\0${key}`, fromJson<Known>(value));
  return (place) => found.get(`${place.tenant}\0${place.key}`) ?? {};
}

/** Writes down what was said, unless something later is known; whoever writes at the same time loses nothing. */
export async function learn(shared: SharedStore, { tenant, key }: Place, said: Known): Promise<boolean> {
  for (let tries = 0; tries < mostTries; tries++) {
    const [found] = await shared.list({ tenant, prefix: key, limit: 1 });
    const here = found?.key === key ? found : undefined;
    const before: Known = here === undefined ? {} : fromJson<Known>(here.value);
    const next: Known = {
      ...before,
      ...newer('people', before, said),
      ...newer('perSecond', before, said),
      ...newer('quality', before, said),
    };
    if (JSON.stringify(next) === JSON.stringify(before)) return true;
    if (await shared.write({ tenant, key, expected: here?.version ?? 0, value: toJson(next) })) return true;
  }
  return false;
}

function newer<K extends keyof Known>(key: K, before: Known, said: Known): Pick<Known, K> | undefined {
  const one = said[key];
  if (one === undefined || one.at < (before[key]?.at ?? Number.NEGATIVE_INFINITY)) return undefined;
  return { [key]: one } as Pick<Known, K>;
}
