import type { Channel } from '../../channels/channel.js';
import type { InboundMessage } from '../../channels/inbound.js';
import { addressOf, contactOf } from '../../contact/recipients.js';
import type { Act } from '../../engine/index.js';
import type { AccountFile } from '../../ledger/file.js';
import type { Reference } from '../../stores/references.js';
import { decodeFile, fromJson, toJson } from '../codec.js';
import type { Context } from '../context.js';
import { codeOf } from '../failures.js';
import { addressKey, senderKey } from '../inbound/keys.js';
import { leadsFrom } from '../inbound/references.js';
import { hash, type Limit, type Limited } from './rates/limits.js';

/** A message on its way to its limits. */
export interface Going {
  readonly act: Limited;
  /** Senders that may stand in for its own where that one is full, in their order. */
  readonly others: readonly string[];
}

type Looking = Pick<Context, 'tenant' | 'store' | 'together' | 'channels' | 'logger'>;

/** A call takes its time, and clocks differ: a window that ends this soon counts as closed. */
const margin = 5 * 60_000;

/**
 * What limits have to know of messages beyond their rows: the address, whether its service window is open, and by
 * which sender it goes. Accounts are read only for channels with several senders, and where people are counted.
 */
export async function goingOf(
  context: Looking,
  acts: readonly Act[],
  limits: readonly Limit[],
  now: number,
): Promise<readonly Going[]> {
  const looked = acts.filter(
    (act) => channelOf(context, act)?.senders !== undefined || isCounted(act, limits),
  );
  if (looked.length === 0) return acts.map((act) => ({ act, others: [] }));
  const files = await filesOf(context, [...new Set(looked.map(({ account }) => account))]);
  const seen = new Set(looked);
  const limited = acts.map((act): Limited => {
    const channel = channelOf(context, act);
    const file = seen.has(act) ? files.get(act.account) : undefined;
    if (channel === undefined || file === undefined) return act;
    const contact = contactOf(file.account, act.contact);
    const address = contact === undefined ? undefined : addressOf(contact, channel);
    const { id, account, contact: to, from } = act;
    return {
      ...{ id, account, channel: channel.id, contact: to, from },
      ...(address === undefined ? {} : { address }),
      free: isOpen(file, act, now),
    };
  });
  return await withSenders(context, limited);
}

function channelOf({ channels }: Looking, { channel }: Pick<Act, 'channel'>): Channel | undefined {
  return channel === undefined ? undefined : channels.get(channel);
}

function isCounted({ channel }: Act, limits: readonly Limit[]): boolean {
  return limits.some(
    (limit) => limit.counts === 'people' && (limit.channel === undefined || limit.channel === channel),
  );
}

function isOpen({ windows }: AccountFile, { contact, channel }: Act, now: number): boolean {
  const found = windows?.find((one) => one.contact === contact && one.channel === channel);
  return found !== undefined && found.until - now >= margin;
}

/** What cannot be read is told of when its message is about to begin; here it counts as somebody of its own. */
async function filesOf(
  { together, tenant, logger }: Looking,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, AccountFile>> {
  const files = new Map<string, AccountFile>();
  for (const stored of await together.load(tenant, accounts)) {
    try {
      files.set(stored.account, decodeFile(stored));
    } catch (error) {
      logger.warn('an account could not be read', { account: stored.account, code: codeOf(error) });
    }
  }
  return files;
}

/**
 * The sender of each message, where its channel has several. People keep theirs: the one by which they were written
 * to last, or to which they wrote. Whom nobody wrote to yet has the next one in turn, so that senders are used
 * alike; a store without references cannot remember, and goes by the address alone.
 */
async function withSenders(context: Looking, limited: readonly Limited[]): Promise<readonly Going[]> {
  const known = await knownSenders(context, limited);
  let turn: number | undefined;
  // Somebody new whom several accounts know is one person: the first of the messages decides for all of them.
  const begun = new Map<string, string>();
  return limited.map((act): Going => {
    const channel = channelOf(context, act);
    const ids = channel?.senders?.map(({ id }) => id) ?? [];
    if (channel === undefined || ids.length === 0) return { act, others: [] };
    const own = known(act);
    const remembered = own.find((id) => ids.includes(id));
    const spread = hash(act.address ?? `${act.account} ${act.contact ?? '-'}`);
    if (turn === undefined) turn = spread;
    const remembers = context.store.references !== undefined && act.address !== undefined;
    const person = act.address === undefined ? undefined : senderKey(context.tenant, channel.id, act.address);
    if (remembered === undefined && remembers && person !== undefined) {
      const own = begun.get(person);
      if (own !== undefined) return { act: { ...act, via: own }, others: [] };
      begun.set(person, ids[turn % ids.length] ?? '');
    }
    const at =
      remembered === undefined ? (remembers ? turn++ : spread) % ids.length : ids.indexOf(remembered);
    const inTurn = [...ids.slice(at), ...ids.slice(0, at)];
    const [via, ...others] = inTurn;
    const { overflow = 'fresh' } = channel;
    const may = overflow === 'always' || (overflow === 'fresh' && remembered === undefined && remembers);
    // A window is open with one number only, and free of charge there.
    return { act: { ...act, via }, others: may && act.free !== true ? others : [] };
  });
}

async function knownSenders(
  context: Looking,
  limited: readonly Limited[],
): Promise<(act: Limited) => readonly string[]> {
  const { tenant, store } = context;
  const keys = new Map<string, string>();
  for (const act of limited)
    if (act.address !== undefined && channelOf(context, act)?.senders !== undefined)
      keys.set(act.id, senderKey(tenant, act.channel ?? '-', act.address));
  if (keys.size === 0 || store.references === undefined) return () => [];
  const found = Map.groupBy(
    await store.references.find(tenant, [...new Set(keys.values())]),
    ({ key }) => key,
  );
  return ({ id }) => (found.get(keys.get(id) ?? '') ?? []).map(viaOf);
}

function viaOf({ value }: Reference): string {
  return fromJson<{ readonly via: string }>(value).via;
}

/** Who writes to one of several senders is answered by it: the service window is open there. */
export async function rememberWriter(
  context: Looking,
  channel: string,
  { from: { address }, to }: Pick<InboundMessage, 'from' | 'to'>,
): Promise<void> {
  const senders = context.channels.get(channel)?.senders ?? [];
  if (address === undefined || !senders.some(({ id }) => id === to)) return;
  const [lead] = await leadsFrom(context, [addressKey(context.tenant, address)]);
  if (lead === undefined) return;
  await rememberSenders(context, [{ id: '-', ...lead, channel, address, via: to }]);
}

/**
 * Remembers by which sender people are written to, before they are. Somebody whom several accounts know is the same
 * to all of them.
 */
export async function rememberSenders(context: Looking, going: readonly Limited[]): Promise<void> {
  const { tenant, store } = context;
  const { references } = store;
  const wanted = new Map<string, Reference>();
  for (const { channel = '-', account, contact, address, via } of going) {
    if (address === undefined || via === undefined) continue;
    const key = senderKey(tenant, channel, address);
    wanted.set(key, { key, account, value: toJson({ via, ...(contact === undefined ? {} : { contact }) }) });
  }
  if (references === undefined || wanted.size === 0) return;
  const known = Map.groupBy(await references.find(tenant, [...wanted.keys()]), ({ key }) => key);
  const changed: Reference[] = [];
  for (const [key, one] of wanted) {
    const rows = known.get(key) ?? [one];
    const differ = known.has(key) ? rows.filter((row) => viaOf(row) !== viaOf(one)) : rows;
    // Of another account's row only the sender changes: its contact is its own.
    changed.push(
      ...differ.map((row) => ({
        ...row,
        value: toJson({ ...fromJson<object>(row.value), via: viaOf(one) }),
      })),
    );
  }
  if (changed.length > 0) await references.put(tenant, changed);
}
