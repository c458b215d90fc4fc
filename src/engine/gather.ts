import {
  choosePlace,
  contactsOfBranch,
  type Place,
  type PlaceRefusal,
  type PlaceRequest,
} from '../contact/recipients.js';
import type { AccountFile, Case, Purpose } from '../ledger/file.js';
import { markOfCandidate, topicOf } from './candidate.js';
import type { Engine } from './compile.js';
import type { Report } from './explain/report.js';
import { sharedBy } from './grouping.js';
import { markOf } from './marks.js';
import type { AccountView } from './view.js';
import { contactNamedBy, isFallback, type Placed, type Wanted } from './wanted.js';

/** Wanted messages with their places, and what came of the others. */
export interface Gathered {
  /** What shares a message; first messages of stages before those that go along with them. */
  readonly groups: readonly (readonly Placed[])[];
  /** First messages that can be sent to nobody. */
  readonly unreachable: readonly { readonly wanted: Wanted; readonly refusals: readonly PlaceRefusal[] }[];
  /** Second messages that would only tell the same person the same again. */
  readonly doubles: readonly Wanted[];
}

/** Finds who is to hear of what is wanted, and what shares a message. */
export function gather(
  engine: Engine,
  file: AccountFile,
  view: AccountView,
  wanted: readonly Wanted[],
  report?: Report,
): Gathered {
  const alone: Placed[][] = [];
  let groups: Map<string, Placed[]> | undefined;
  const unreachable: { wanted: Wanted; refusals: readonly PlaceRefusal[] }[] = [];
  const doubles: Wanted[] = [];
  let shares: (Share | undefined)[] | undefined;
  for (let index = 0; index < wanted.length; index++) {
    const share = shareOf(file, view, wanted[index]!);
    if (share === undefined) continue;
    shares ??= [];
    shares[index] = share;
  }
  const named = shares === undefined ? undefined : agreedContacts(view, wanted, shares);
  let first: Map<Case, string | undefined> | undefined;
  let last: LookedUp | undefined;
  let parts = false;
  for (let index = 0; index < wanted.length; index++) {
    const one = wanted[index]!;
    const share = shares?.[index];
    const contact =
      share !== undefined
        ? named?.get(share.agree)
        : one.answer === undefined
          ? contactNamedBy(one.unit, view.today)
          : one.answer.contact;
    if (last === undefined || !asksTheSame(engine, last, one, contact))
      last = lookUp(engine, file, one, contact, view.now);
    const { place, refusals } = last;
    report?.place(one, contact, place, refusals);
    if (place === undefined) {
      const { instead } = one;
      if (
        one.stage !== undefined &&
        one.part === 0 &&
        (instead === undefined || instead.awaits?.failed === true)
      )
        unreachable.push({ wanted: one, refusals });
      continue;
    }
    if (one.policy.manySends) {
      const to = place.contact?.id;
      if (one.part === 0) {
        first ??= new Map();
        first.set(one.case, to);
      } else if (isFallback(one, place) && first?.has(one.case) && first.get(one.case) === to) {
        doubles.push(one);
        continue;
      }
    }
    parts ||= one.part > 0;
    if (share === undefined) {
      alone.push([{ wanted: one, place }]);
      continue;
    }
    const channel = one.policy.message.byChannel ? place.channel.id : '';
    const key = `${share.key}\n${place.contact?.id ?? ''}\n${channel}`;
    groups ??= new Map();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ wanted: one, place }]);
    else group.push({ wanted: one, place });
  }
  const all = groups === undefined ? alone : [...alone, ...groups.values()];
  const part = (group: readonly Placed[]): number => group[0]?.wanted.part ?? 0;
  return { groups: parts ? all.sort((a, b) => part(a) - part(b)) : all, unreachable, doubles };
}

interface Share {
  /** Equal keys may share a message, to one contact. */
  readonly key: string;
  /** Those with this in common agree on a contact, or do not. */
  readonly agree: string;
}

/** What may share a message: one policy, one kind of news, one value of each key. Undefined: nothing else may. */
function shareOf(file: AccountFile, view: AccountView, one: Wanted): Share | undefined {
  const { unit, policy, stage, instead } = one;
  const { message } = policy;
  // One promise, one answer, however the policy parts its messages.
  if (message.alone || one.answer !== undefined) return undefined;
  const { lead } = unit;
  if (
    message.byInvoice &&
    unit.items.length === 1 &&
    lead.instalment === undefined &&
    lead.id === lead.invoice.id
  )
    return undefined;
  const values = sharedBy(message, { item: lead, subject: unit.id, level: stage?.level });
  // What goes in place of another message belongs to that one's occasion.
  const again = instead?.awaits === undefined ? '' : `${instead.awaits.occasion} ${instead.awaits.place}`;
  const key = `${one.part}\n${policy.ref.id}\n${topicOf(view, one)}\n${again}\n${values}`;
  const { branch } = lead.invoice;
  const { account } = file;
  return { key, agree: contactsOfBranch(account, branch).length > 0 ? `${key}\n${branch}` : key };
}

/** The contact that the invoices of a message name, if all of them name the same. */
function agreedContacts(
  view: AccountView,
  wanted: readonly Wanted[],
  shares: readonly (Share | undefined)[],
): ReadonlyMap<string, string | undefined> {
  const named = new Map<string, string | undefined>();
  for (const [index, one] of wanted.entries()) {
    const share = shares[index];
    if (share === undefined) continue;
    const contact = contactNamedBy(one.unit, view.today);
    named.set(
      share.agree,
      named.has(share.agree) && named.get(share.agree) !== contact ? undefined : contact,
    );
  }
  return named;
}

/** A place that was looked for, and what stood against others. */
interface LookedUp {
  readonly request: PlaceRequest | undefined;
  readonly place: Place | undefined;
  readonly refusals: readonly PlaceRefusal[];
}

function lookUp(
  engine: Engine,
  file: AccountFile,
  one: Wanted,
  named: string | undefined,
  now: number,
): LookedUp {
  const { send, instead } = one;
  const refusals: PlaceRefusal[] = [];
  if (send === undefined) return { request: undefined, place: undefined, refusals };
  const request: PlaceRequest = {
    message: send.send,
    role: send.to,
    named,
    branch: one.unit.lead.invoice.branch,
    via: send.via ?? one.policy.via,
    tried: triedFor(one, instead?.awaits?.place),
    purpose: purposeOf(one),
    now,
  };
  return { request, place: choosePlace(engine.recipients, file, request, refusals), refusals };
}

/** Messages of one account mostly go to one place: it is looked for again only where anything about it differs. */
function asksTheSame(
  { recipients }: Engine,
  { request }: LookedUp,
  one: Wanted,
  named: string | undefined,
): boolean {
  const { send } = one;
  return (
    request !== undefined &&
    send !== undefined &&
    request.via === (send.via ?? one.policy.via) &&
    request.role === send.to &&
    request.named === named &&
    request.branch === one.unit.lead.invoice.branch &&
    request.purpose === purposeOf(one) &&
    request.tried.length === 0 &&
    triedFor(one, one.instead?.awaits?.place).length === 0 &&
    (recipients.hasText === undefined || request.message === send.send)
  );
}

function purposeOf({ stage }: Wanted): Purpose {
  return stage === undefined ? 'service' : 'dunning';
}

const none: readonly string[] = [];

/** Places that are not tried again: those that refused, and one that did not deliver in time. */
function triedFor(one: Wanted, undelivered: string | undefined): readonly string[] {
  const { case: own, occurrence } = one;
  const tried =
    own.marks.length === 0 ? none : (markOf(own, markOfCandidate(one), occurrence)?.tried ?? none);
  if (undelivered === undefined) return tried;
  return [...(one.instead?.tried ?? []), undelivered, ...tried];
}
