import { presets } from '../../policy/presets/index.js';
import type { MessageAbout } from '../../policy/types.js';
import type { ChannelKeys, DocumentKeys, LoadKeys, Loose } from '../../schema/index.js';
import { hint } from '../../schema/nearest.js';
import { neutralMessage, sendsOf } from './neutral.js';
import { impossible, isLoose, listOf, textOf } from './plain.js';
import { expandPolicy, viaOf } from './policies.js';

/** What a handle is made of, as data that the library still has to check. */
export interface Wiring {
  readonly plan: Loose;
  /** The plan as it was told, without what stands in for what was not. */
  readonly told: Loose;
  readonly policies: readonly Loose[];
  readonly messages: Loose;
  readonly channels: readonly ChannelKeys[];
  readonly sender: Loose;
  readonly senders: Readonly<Record<string, Loose>>;
  /** Documents to attach that there are not. */
  readonly missing: readonly string[];
  /** Messages that the scenario wrote itself, where texts of the others are made up; absent: none is. */
  readonly own: readonly Loose[] | undefined;
}

/** How documents are found and what stands in for what is not said. */
export interface WiringOptions {
  readonly zone?: string | undefined;
  readonly language?: string | undefined;
  /** Reads the file of a reference. */
  read(path: string, at: string): Promise<unknown>;
}

const sender: Loose = {
  name: 'Acme',
  team: 'Accounts Receivable',
  phone: '+1 555 010 0100',
  email: 'ar@acme.example',
  pay: 'https://pay.acme.example',
};

/** Without members that are said to be none. */
function present(value: Loose): Loose {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

/** Documents of `given`, or those that are there changed as `load` says. */
export async function wire(
  keys: LoadKeys,
  before: Wiring | undefined,
  at: string,
  options: WiringOptions,
): Promise<Wiring> {
  const base = await baseOf(keys, before, at, options);
  const policies = edited(await policiesOf(keys, base.policies, at, options), keys, at);
  const told = await planTold(keys, base.plan, at, options);
  const plan = planOf(told, policies, before?.plan, options);
  const channels = channelsOf(keys, base.channels, plan, policies);
  const whole = keys.preset !== undefined || keys.documents !== undefined;
  const language = textOf(plan.language) ?? 'en';
  const { messages, own } = await messagesOf(keys, base, policies, channels, language, at, options);
  return {
    plan,
    told,
    policies: policies.map((policy) => (whole ? policy : viaOf(policy, channels))),
    messages,
    channels,
    senders: { ...before?.senders, ...keys.senders },
    missing: keys.missingDocuments === undefined ? (before?.missing ?? []) : listOf(keys.missingDocuments),
    sender: present({ ...(before?.sender ?? sender), ...keys.sender }),
    own,
  };
}

interface Base {
  readonly plan: Loose | undefined;
  readonly policies: readonly Loose[];
  readonly messages: Loose | undefined;
  readonly own: readonly Loose[] | undefined;
  readonly channels: readonly ChannelKeys[] | undefined;
}

async function baseOf(
  keys: DocumentKeys,
  before: Wiring | undefined,
  at: string,
  options: WiringOptions,
): Promise<Base> {
  if (keys.preset !== undefined) return { ...presetOf(keys.preset, at, options), ...plain };
  if (keys.documents !== undefined) {
    const whole = await loaded(keys.documents, `${at}.documents`, options);
    const { plan, policies, messages } = whole;
    return {
      plan: isLoose(plan) ? plan : undefined,
      policies: Array.isArray(policies) ? policies.filter(isLoose) : [],
      messages: isLoose(messages) ? messages : undefined,
      ...plain,
    };
  }
  if (before === undefined)
    return { plan: undefined, policies: [], messages: undefined, own: [], channels: undefined };
  const { told, policies, messages, own, channels } = before;
  return { plan: told, policies, messages, own, channels };
}

const plain = { own: undefined, channels: undefined };

function presetOf(
  preset: string | Loose,
  at: string,
  options: WiringOptions,
): Pick<Base, 'plan' | 'policies' | 'messages'> {
  const { name, ...rest } = typeof preset === 'string' ? { name: preset } : preset;
  const make = Object.entries(presets).find(([key]) => key === name)?.[1];
  if (make === undefined) {
    const known = Object.keys(presets);
    throw impossible(
      `${at}.preset`,
      `there is no preset ${JSON.stringify(name)}${hint(String(name), known)}`,
    );
  }
  const made = make({ zone: options.zone ?? 'UTC', language: options.language ?? 'en', ...rest });
  return {
    plan: { ...made.plan },
    policies: made.policies.map((one) => ({ ...one })),
    messages: { ...made.messages },
  };
}

async function loaded(value: string | Loose, at: string, options: WiringOptions): Promise<Loose> {
  const found = typeof value === 'string' ? await options.read(value, at) : value;
  if (!isLoose(found)) throw impossible(at, 'must hold an object');
  return found;
}

async function policiesOf(
  keys: DocumentKeys,
  before: readonly Loose[],
  at: string,
  options: WiringOptions,
): Promise<readonly Loose[]> {
  const replaced = keys.preset === undefined && keys.documents === undefined && keys.policies !== undefined;
  let policies: readonly Loose[] = replaced ? [] : before;
  const told: (readonly [string | Loose, string])[] = listOf(keys.policies).map(
    (one, index) => [one, `${at}.policies[${index}]`] as const,
  );
  if (keys.policy !== undefined) told.push([keys.policy, `${at}.policy`]);
  for (const [value, place] of told) {
    const expanded = expandPolicy(await loaded(value, place, options));
    const key = keyOf(expanded);
    policies = [...policies.filter((one) => keyOf(one) !== key), expanded];
  }
  return policies;
}

function keyOf(policy: Loose): string {
  return `${String(policy.id)}@${String(policy.version)}`;
}

/** New versions beside the old ones, pauses, removals. */
function edited(policies: readonly Loose[], keys: LoadKeys, at: string): readonly Loose[] {
  let all = [...policies];
  const newest = (id: string, path: string): Loose => {
    const [first, ...rest] = all.filter((one) => one.id === id);
    if (first === undefined) {
      const ids = [...new Set(all.map((one) => String(one.id)))];
      throw impossible(path, `there is no policy ${JSON.stringify(id)}${hint(id, ids)}`);
    }
    return rest.reduce((best, one) => (Number(one.version) > Number(best.version) ? one : best), first);
  };
  for (const [id, change] of Object.entries(keys.edit?.policies ?? {})) {
    const old = newest(id, `${at}.edit.policies.${id}`);
    const made = expandPolicy({ ...old, version: Number(old.version) + 1, ...change });
    all = all.filter((one) => keyOf(one) !== keyOf(made) && (keys.keep !== false || one !== old));
    all.push(made);
  }
  const setActive = (ids: readonly string[], active: boolean, name: string): void => {
    for (const id of ids) {
      newest(id, `${at}.${name}`);
      all = all.map((one) => (one.id === id ? { ...one, active } : one));
    }
  };
  setActive(listOf(keys.pause), false, 'pause');
  setActive(listOf(keys.resume), true, 'resume');
  for (const id of listOf(keys.remove)) {
    newest(id, `${at}.remove`);
    all = all.filter((one) => one.id !== id);
  }
  return all;
}

async function planTold(
  keys: LoadKeys,
  before: Loose | undefined,
  at: string,
  options: WiringOptions,
): Promise<Loose> {
  const told = keys.plan === undefined ? undefined : await loaded(keys.plan, `${at}.plan`, options);
  return { ...(isWhole(told) ? {} : before), ...told, ...keys.edit?.plan };
}

function planOf(
  told: Loose,
  policies: readonly Loose[],
  before: Loose | undefined,
  options: WiringOptions,
): Loose {
  const { contact, ...rest } = told;
  const ids = [...new Set(policies.map((one) => one.id))];
  const only = ids.length === 1 ? { default: ids[0] } : {};
  const defaults = rest.assign === undefined && rest.experiments === undefined ? only : {};
  return {
    id: 'plan',
    version: 1,
    zone: options.zone ?? before?.zone ?? 'UTC',
    ...(options.language === undefined ? {} : { language: options.language }),
    ...defaults,
    ...rest,
    ...(contact === undefined ? {} : { contact: contact === 'none' ? { gap: 'none', caps: [] } : contact }),
  };
}

/** A plan that names itself stands for itself; otherwise it is part of one. */
function isWhole(plan: Loose | undefined): boolean {
  return plan?.id !== undefined && plan.version !== undefined;
}

const known: readonly ChannelKeys[] = [
  { id: 'whatsapp', address: 'phone', consent: 'required' },
  { id: 'sms', address: 'phone', consent: 'required' },
  { id: 'email', address: 'email', consent: 'contract' },
  { id: 'call', address: 'phone', consent: 'contract', manual: true },
  { id: 'letter', address: 'postal', consent: 'contract', manual: true },
];

/** Channels as they are told; else those that the documents name, and a neutral one where they name none. */
function channelsOf(
  keys: DocumentKeys,
  before: readonly ChannelKeys[] | undefined,
  plan: Loose,
  policies: readonly Loose[],
): readonly ChannelKeys[] {
  if (keys.channels !== undefined) return listOf(keys.channels).map((one) => traits(one));
  const ids = new Set<string>();
  collect(policies, ids);
  collect(plan.adjust, ids);
  for (const one of before ?? []) ids.delete(one.id);
  if (ids.size === 0 && before === undefined) ids.add('neutral');
  return [...(before ?? []), ...[...ids].map((id) => traits(id))];
}

function traits(channel: string | ChannelKeys): ChannelKeys {
  const id = typeof channel === 'string' ? channel : channel.id;
  const usual = known.find((one) => one.id === id) ?? { id, address: 'none', consent: 'off' };
  return typeof channel === 'string' ? usual : { ...usual, ...channel };
}

/** Ids under `channel` within `via` lists. */
function collect(value: unknown, ids: Set<string>): void {
  if (Array.isArray(value)) for (const one of value) collect(one, ids);
  else if (isLoose(value)) {
    for (const [key, member] of Object.entries(value)) {
      if (key === 'via' && Array.isArray(member)) {
        for (const one of member) if (isLoose(one) && typeof one.channel === 'string') ids.add(one.channel);
      } else collect(member, ids);
    }
  }
}

async function messagesOf(
  keys: DocumentKeys,
  base: Base,
  policies: readonly Loose[],
  channels: readonly ChannelKeys[],
  language: string,
  at: string,
  options: WiringOptions,
): Promise<Pick<Wiring, 'messages' | 'own'>> {
  const ids = channels.map((one) => one.id);
  // One message stands for a list of it, as one record does elsewhere; a whole catalogue has `messages`.
  const one = isLoose(keys.messages) && 'text' in keys.messages && !('messages' in keys.messages);
  const told = one ? [keys.messages as Loose] : keys.messages;
  if (told !== undefined && !isList(told))
    return { messages: await loaded(told, `${at}.messages`, options), own: undefined };
  if (told === undefined && base.own === undefined && base.messages !== undefined)
    return { messages: base.messages, own: undefined };
  const own = told ?? base.own ?? [];
  const sends = sendsOf(policies);
  const made = own.map((one) => written(one, ids, language, sends.get(String(one.id)) ?? 'items'));
  const have = new Set(made.map((one) => one.id));
  for (const [id, about] of sends) if (!have.has(id)) made.push(neutralMessage(id, about, ids, language));
  return { messages: { id: 'messages', version: 1, messages: made }, own };
}

function isList(value: string | Loose | readonly Loose[]): value is readonly Loose[] {
  return Array.isArray(value);
}

/** A message whose text is one text for all channels, written out. It is about what the policies send it for. */
function written(message: Loose, channels: readonly string[], language: string, about: MessageAbout): Loose {
  const { text } = message;
  if (typeof text !== 'string' && !isVariant(text)) return { about, ...message };
  const each = Object.fromEntries(
    channels.map((id) => [id, id === 'email' ? { subject: String(message.id), body: text } : text]),
  );
  return { about, ...message, text: { [language]: each } };
}

/** One text for a single item, and one for several. */
function isVariant(text: unknown): boolean {
  return isLoose(text) && Object.keys(text).length === 2 && 'one' in text && 'many' in text;
}
