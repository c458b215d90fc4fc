import type { FileEvent } from '../../engine/index.js';
import type { IdSource } from '../../ids.js';
import { erasedText, isErased } from '../../ledger/erased.js';
import type { AccountFile } from '../../ledger/file.js';
import type { Contact } from '../../ledger/types.js';
import type { ActChange, Json, StoredEvent } from '../../stores/store.js';
import { fromJson, toJson } from '../codec.js';
import { sha256 } from './chain.js';

/**
 * Personal data of an event, by its place in the event's data. The event
 * itself holds a salted hash in that place. Once a value is erased, its salt
 * is gone with it, so that nobody can try out what it may have been; what
 * remains is a number that equal values of the account share.
 */
export type Personal = Readonly<Record<string, KeptValue | ErasedValue>>;
export type KeptValue = readonly [salt: string, value: string];
export interface ErasedValue {
  readonly erased: number;
}

type Path = readonly (string | number)[];

/** Who is not a person: what these give as a reason is a code. */
const machines: ReadonlySet<string> = new Set(['recobro', 'provider']);

/**
 * The texts of an event that tell of people: names, addresses, what was
 * written in free words, and a provider's id of a message, since that of
 * WhatsApp holds the number it went to. Ids, codes, amounts and dates are not
 * personal; actors and authors are people of the host, who answer for what
 * they did.
 */
function* textsOf(event: FileEvent): Generator<readonly [Path, string | undefined]> {
  switch (event.type) {
    case 'account.upserted': {
      const { name, contacts, branches = [] } = event.account;
      yield [['account', 'name'], name];
      yield* ofContacts(['account', 'contacts'], contacts);
      for (const [index, branch] of branches.entries()) {
        yield [['account', 'branches', index, 'name'], branch.name];
        yield* ofContacts(['account', 'branches', index, 'contacts'], branch.contacts);
      }
      return;
    }
    case 'note.added':
      yield [['note', 'text'], event.note.text];
      return;
    case 'account.assigned':
      yield [['to', 'reason'], event.to.reason];
      return;
    case 'act.accepted':
      yield [['provider'], event.provider];
      return;
    case 'act.refused':
      yield [['address'], event.address];
      yield [['note'], event.note];
      return;
    case 'act.delayed':
      yield [['note'], event.note];
      return;
    case 'act.failed':
      yield [['address'], event.address];
      return;
    case 'message.received':
      yield [['text'], event.text];
      yield [['subject'], event.subject];
      // With it the file itself can be had of the provider.
      for (const [index, id] of (event.media ?? []).entries()) yield [['media', index], id];
      return;
    case 'answer.given':
      yield [['text'], event.text];
      yield [['subject'], event.subject];
      yield [['replyTo'], event.replyTo];
      for (const [index, { title }] of (event.options ?? []).entries())
        yield [['options', index, 'title'], title];
      return;
    case 'stage.skipped':
    case 'task.closed':
      yield [['note'], event.note];
      return;
    case 'account.erased':
      return;
    default:
      if ('author' in event && 'reason' in event && !machines.has(event.author ?? 'recobro'))
        yield [['reason'], event.reason];
  }
}

function* ofContacts(at: Path, contacts: readonly Contact[]): Generator<readonly [Path, string | undefined]> {
  for (const [index, contact] of contacts.entries())
    for (const key of ['name', 'email', 'phone', 'whatsapp', 'postal'] as const)
      yield [[...at, index, key], contact[key]];
}

/** Data and personal data of an event as they are stored. */
export type Parted = Pick<StoredEvent, 'data' | 'personal'>;

/** Takes the personal data out of an event. What belongs to people that were erased does not come in again. */
export function part(event: FileEvent, file: AccountFile, ids: IdSource): Parted {
  const { type: _, ...rest } = event;
  const texts = [...textsOf(event)].filter(([, value]) => value !== undefined && value !== erasedText);
  if (texts.length === 0) return { data: toJson(rest) };
  const data = copyOf(rest);
  const personal: Record<string, KeptValue> = {};
  const late = isLate(event, file);
  for (const [path, value = ''] of texts) {
    if (late) {
      set(data, path, erasedText);
      continue;
    }
    const kept: KeptValue = [ids.next(), value];
    personal[pathText(path)] = kept;
    set(data, path, saltedHash(kept));
  }
  return Object.keys(personal).length === 0 ? { data } : { data, personal };
}

/** A result that comes in when the person it tells of was erased already. */
function isLate(event: FileEvent, { erased, acts }: AccountFile): boolean {
  if (event.type === 'message.received' || event.type === 'act.failed' || event.type === 'answer.given')
    return isErased(erased, event.contact);
  if (event.type !== 'act.accepted' && event.type !== 'act.refused') return false;
  return isErased(erased, acts.get(event.act)?.contact);
}

/** The same for the outbox: a provider's id of what went to people who are gone by now. */
export function silenced(
  acts: readonly ActChange[],
  { erased, acts: open }: AccountFile,
): readonly ActChange[] {
  if (erased === undefined) return acts;
  return acts.map((act) => {
    if (act.op !== 'move' || !isErased(erased, open.get(act.id)?.contact)) return act;
    const { result } = act;
    if (typeof result !== 'object' || result === null || !Object.hasOwn(result, 'providerId')) return act;
    return { ...act, result: { ...result, providerId: erasedText } };
  });
}

/** What stands in an event in the place of a personal text. */
export function saltedHash([salt, value]: KeptValue): string {
  return `sha256:${sha256(JSON.stringify([salt, value]))}`;
}

/** The personal data of a stored event, by place. The store is ours: its content is not checked again. */
export function personalOf(
  event: Pick<StoredEvent, 'personal'>,
): readonly (readonly [string, KeptValue | ErasedValue])[] {
  return event.personal === undefined ? [] : Object.entries(fromJson<Personal>(event.personal));
}

export function isKept(value: KeptValue | ErasedValue): value is KeptValue {
  return Array.isArray(value);
}

/** The data of an event with its personal data in their places; erased ones show as `erased 1`, equal ones alike. */
export function whole(event: Parted): Json {
  return replaced(event, (value) => (isKept(value) ? value[1] : `${erasedText} ${value.erased}`));
}

/** The data of an event without what is personal: such members are left out. */
export function impersonal(event: Parted): Json {
  return replaced(event, () => undefined);
}

function replaced(event: Parted, by: (value: KeptValue | ErasedValue) => string | undefined): Json {
  const personal = personalOf(event);
  if (personal.length === 0) return event.data;
  const data = copyOf(event.data);
  for (const [path, value] of personal) set(data, pathOf(path), by(value));
  return data;
}

/** To be written to. */
function copyOf(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** The text or number at a place of an event's data. */
export function valueAt(data: Json, path: string): unknown {
  let at: unknown = data;
  for (const key of pathOf(path))
    at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
  return at;
}

function set(data: Json, path: Path, value: string | undefined): void {
  let at: unknown = data;
  for (const key of path.slice(0, -1))
    at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
  const last = path.at(-1);
  if (typeof at !== 'object' || at === null || last === undefined || !Object.hasOwn(at, last)) return;
  if (value === undefined) Reflect.deleteProperty(at, last);
  else Reflect.set(at, last, value);
}

/** `/account/contacts/0/name`; no key of ours holds a slash. */
function pathText(path: Path): string {
  return path.map((key) => `/${key}`).join('');
}

function pathOf(text: string): Path {
  return text.split('/').slice(1);
}
