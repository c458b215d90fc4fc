import { formatDay, localDay } from '../../calendar/index.js';
import { identityOf } from '../../contact/identity.js';
import { type FileEvent, viewOf } from '../../engine/index.js';
import { RecobroError } from '../../errors.js';
import { erasedText, isErased } from '../../ledger/erased.js';
import type { AccountFile } from '../../ledger/file.js';
import type { Contact } from '../../ledger/types.js';
import type { Json, LoggedEvent, StoredAct } from '../../stores/store.js';
import type { ByHand } from '../by-hand.js';
import { changeAccount } from '../change.js';
import { fromJson } from '../codec.js';
import type { Context } from '../context.js';
import { forgetWaiting } from '../inbound/forget.js';
import { addressKey } from '../inbound/keys.js';
import { keysOfParty } from '../inbound/match.js';
import { unrefer } from '../inbound/references.js';
import { named, objectOf } from '../options.js';
import { nextReview } from '../outcomes.js';
import { isKept, type Personal, personalOf, valueAt } from './personal.js';
import { auditOf } from './seal.js';

/** Whose personal data is to go. */
export interface ErasureChoice {
  readonly account: string;
  /** One contact of the account. Absent: all of them, the account's name, and notes. */
  readonly contact?: string | undefined;
  /**
   * Though something is still owed or under way. A whole account is then held for good; of a contact,
   * what would have gone to it goes to the next one, or to a person as a task. Default `false`.
   */
  readonly force?: boolean | undefined;
}

/** What an erasure did. */
export interface Erasure {
  readonly account: string;
  readonly contact?: string | undefined;
  /** Rows of the log, the outbox and the inbox that held something personal. */
  readonly rows: number;
}

/** Id and reason of the hold that is put on an account erased while something was owed. */
const holdId = 'erased';

/**
 * Erases personal data from the file, the log and the outbox, what leads to
 * these people, and what they wrote that waits in the inbox. Ids, amounts,
 * dates and the chain stay as they are. Facts told later about the same people
 * come in without their names and addresses. Made again, it goes on where it
 * was broken off.
 *
 * @throws RecobroError `unknown_id`; `still_needed` while something is owed or under way; `invalid_option`
 */
export async function erasePeople(
  context: Context,
  choice: ErasureChoice,
  by: ByHand,
  at: number,
): Promise<Erasure> {
  const { account, contact, force = false } = objectOf(choice, 'what');
  named(by.author, 'by.author');
  if (contact !== undefined) named(contact, 'what.contact');
  const audit = auditOf(context.store);
  const known = await survey(context, account, contact);
  // First the file: from here on nothing personal of these people comes into the log any more.
  await changeAccount(context, account, { at, actor: by.author }, (file) => {
    if (file.seq === 0)
      throw new RecobroError('unknown_id', `there is no account ${JSON.stringify(account)}`);
    if (contact !== undefined && !known.exists)
      throw new RecobroError('unknown_id', `the account has no contact ${JSON.stringify(contact)}`);
    const needed = whyNeeded(context, file, contact, at);
    if (needed !== undefined && !force) throw new RecobroError('still_needed', needed);
    const on = formatDay(localDay(at, file.account?.zone ?? context.engine.plan.zone));
    const notes = contact === undefined ? {} : { contact, notes: known.notes };
    const events: FileEvent[] = [];
    if (!isErased(file.erased, contact)) events.push({ type: 'account.erased', ...notes, on, ...by });
    if (contact === undefined && needed !== undefined && !file.holds.has(holdId)) {
      const { author } = by;
      const hold = { id: holdId, reason: holdId, author, from: on, released: false };
      events.push({ type: 'hold.upserted', hold });
    }
    return {
      events,
      next: (after) => (events.length > 0 ? 0 : nextReview(context, after, at)),
      result: undefined,
    };
  });
  const numbers = known.numbers;
  const numberOf = (value: string): number => {
    const number = numbers.get(value) ?? known.last + numbers.size + 1;
    numbers.set(value, number);
    return number;
  };
  const concerns = contact === undefined ? () => true : concernsContact(contact, known);
  // The log last: it is where addresses are looked up if this is broken off and made again.
  const waiting = await forgetPeople(context, account, contact, known);
  const rows = await audit.redact({
    tenant: context.tenant,
    account,
    personal: (event) => redacted(event, concerns, numberOf),
    act: (act) => (contact === undefined || known.acts.has(act.id) ? redactedAct(act) : undefined),
  });
  return { account, ...(contact === undefined ? {} : { contact }), rows: rows + waiting };
}

/** Has nothing lead to these people any more, and forgets what they wrote that waits for an account that knows them. */
async function forgetPeople(
  context: Context,
  account: string,
  contact: string | undefined,
  { values, acts }: Survey,
): Promise<number> {
  const { tenant } = context;
  const gone = new Set(await unrefer(context, { account, contact, acts }));
  for (const value of values) gone.add(addressKey(tenant, value));
  return forgetWaiting(context, (channel, from) =>
    keysOfParty(tenant, channel, from).some((key) => gone.has(key)),
  );
}

interface Survey {
  /** Whether the contact was ever known. */
  readonly exists: boolean;
  /** Everything that the contact, or all of them, were called and reached by. */
  readonly values: ReadonlySet<string>;
  /** Notes that name it. */
  readonly notes: readonly string[];
  /** Acts that went to it. */
  readonly acts: ReadonlySet<string>;
  /** The highest number of an erased value so far. */
  readonly last: number;
  /** Numbers of values that are erased by this run. */
  readonly numbers: Map<string, number>;
}

/** Reads the account's log for what is to be looked for. */
async function survey(context: Context, account: string, contact: string | undefined): Promise<Survey> {
  const values = new Set<string>();
  const acts = new Set<string>();
  const texts: { readonly id: string; readonly text: string }[] = [];
  let exists = false;
  let last = 0;
  for await (const event of context.store.events(context.tenant, { account })) {
    for (const [, value] of personalOf(event)) if (!isKept(value)) last = Math.max(last, value.erased);
    if (contact === undefined) {
      if (event.type === 'account.upserted')
        for (const [, value] of personalOf(event)) if (isKept(value)) values.add(value[1]);
      continue;
    }
    if (event.type === 'account.upserted') {
      for (const place of placesOf(event, contact)) {
        exists = true;
        for (const [path, value] of personalOf(event))
          if (path.startsWith(place) && isKept(value)) values.add(value[1]);
      }
    }
    if (event.type === 'act.planned') {
      const { act } = fromJson<{ readonly act: { readonly id: string; readonly contact?: string } }>(
        event.data,
      );
      if (act.contact === contact) acts.add(act.id);
    }
    if (event.type === 'note.added') {
      const [kept] = personalOf(event);
      const { note } = fromJson<{ readonly note: { readonly id: string } }>(event.data);
      if (kept !== undefined && isKept(kept[1])) texts.push({ id: note.id, text: kept[1][1] });
    }
  }
  // Whoever wrote it down may have written the number in its other form.
  for (const value of [...values]) values.add(identityOf(value));
  const notes = texts.filter(({ text }) => names(text, values)).map(({ id }) => id);
  return { exists, values, notes, acts, last, numbers: new Map() };
}

/** Where a contact stands in a record of its account. */
function placesOf({ data }: LoggedEvent, contact: string): readonly string[] {
  type Listed = { readonly contacts?: readonly Contact[] };
  const { account } = fromJson<{ readonly account: Listed & { readonly branches?: readonly Listed[] } }>(
    data,
  );
  const within = (path: string, { contacts = [] }: Listed): string[] =>
    contacts.flatMap(({ id }, index) => (id === contact ? [`${path}/contacts/${index}/`] : []));
  return [
    ...within('/account', account),
    ...(account.branches ?? []).flatMap((branch, index) => within(`/account/branches/${index}`, branch)),
  ];
}

/** Shorter values would be found in anything. */
const shortest = 3;

function names(text: string, values: ReadonlySet<string>): boolean {
  const plain = text.toLowerCase();
  return [...values].some((value) => value.length >= shortest && plain.includes(value.toLowerCase()));
}

type Concern = (event: LoggedEvent, path: string, value: string) => boolean;

/** A value of the contact's own, in a record or as the address or id of what was sent to it, and free words that name it. */
function concernsContact(contact: string, { values, acts }: Survey): Concern {
  return (event, path, value) => {
    if (event.type === 'account.upserted')
      return placesOf(event, contact).some((place) => path.startsWith(place));
    if (event.type === 'act.accepted' || event.type === 'act.refused' || event.type === 'act.failed')
      return acts.has(String(valueAt(event.data, '/act')));
    if (event.type === 'answer.given' && valueAt(event.data, '/contact') === contact) return true;
    // All that the person wrote, whatever it says; of an address that was nobody's, what answered a message to it.
    if (event.type === 'message.received') {
      const by = valueAt(event.data, '/contact');
      const mine = by === undefined ? acts.has(String(valueAt(event.data, '/about'))) : by === contact;
      if (mine) return true;
    }
    return names(value, values);
  };
}

function redacted(
  event: LoggedEvent,
  concerns: Concern,
  numberOf: (value: string) => number,
): Json | undefined {
  const kept: Record<string, Personal[string]> = {};
  let changed = false;
  for (const [path, value] of personalOf(event)) {
    const goes = isKept(value) && concerns(event, path, value[1]);
    kept[path] = goes ? { erased: numberOf(value[1]) } : value;
    changed ||= goes;
  }
  return changed ? (kept as Json) : undefined;
}

/** What a provider or a person said of an act: its id at the provider, and free words. */
function redactedAct({ result }: StoredAct): { readonly result: Json } | undefined {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return undefined;
  const members = result as { readonly [key: string]: Json };
  const free = (key: string): boolean =>
    (key === 'providerId' || (key === 'reason' && typeof members.by === 'string')) &&
    members[key] !== erasedText;
  if (!Object.keys(members).some(free)) return undefined;
  return {
    result: Object.fromEntries(
      Object.entries(members).map(([key, value]) => [key, free(key) ? erasedText : value]),
    ),
  };
}

/** Why the data cannot go yet, in a sentence without any of it. */
function whyNeeded(
  context: Context,
  file: AccountFile,
  contact: string | undefined,
  at: number,
): string | undefined {
  const under = [...file.acts.values()].find(
    (act) =>
      act.kind === 'message' &&
      act.state !== 'proposed' &&
      (contact === undefined || act.contact === contact),
  );
  if (under !== undefined) return `the message ${JSON.stringify(under.id)} is planned or under way`;
  const owed = viewOf(context.engine, file, at).items.find((item) => item.outstanding > 0);
  if (owed === undefined) return undefined;
  if (contact === undefined) return `${JSON.stringify(owed.id)} is still owed`;
  const others = [
    ...(file.account?.contacts ?? []),
    ...(file.account?.branches ?? []).flatMap((one) => one.contacts),
  ];
  const reachable = others.some(
    (one) => one.id !== contact && (one.email ?? one.phone ?? one.whatsapp ?? one.postal) !== undefined,
  );
  return reachable ? undefined : `${JSON.stringify(owed.id)} is still owed, and nobody else can be reached`;
}
