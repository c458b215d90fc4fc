import { formatDay, localDay } from '../../src/calendar/index.js';
import {
  type Change,
  type Engine,
  evolveAll,
  type FileEvent,
  type ItemExplanation,
  type Way,
} from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Account, Contact, Invoice } from '../../src/ledger/types.js';

/** Where somebody stands who asks what would help. */
export interface Standing {
  readonly engine: Engine;
  readonly file: AccountFile;
  readonly now: number;
}

/** Makes the changes of a way come true; undefined where one of them cannot be told as a fact here. */
export function applied(from: Standing, way: Way, item: ItemExplanation): Standing | undefined {
  let standing: Standing | undefined = from;
  for (const change of way) {
    if (standing === undefined) return undefined;
    standing = applyOne(standing, change, item);
  }
  return standing;
}

function applyOne(from: Standing, change: Change, item: ItemExplanation): Standing | undefined {
  switch (change.kind) {
    case 'date':
      return { ...from, now: Math.max(from.now, change.at) };
    case 'contact':
      return change.at === undefined ? undefined : { ...from, now: Math.max(from.now, change.at) };
    default: {
      const events = eventsOf(from, change, item);
      return events === undefined ? undefined : { ...from, file: evolveAll(from.file, events) };
    }
  }
}

const author = { author: 'ana' };

function eventsOf(
  { file, now, engine }: Standing,
  change: Change,
  item: ItemExplanation,
): readonly FileEvent[] | undefined {
  const on = formatDay(localDay(now, file.account?.zone ?? engine.plan.zone));
  // What a group carries is what counts in it.
  const about = change.kind === 'amount' && item.group !== undefined ? item.group.carrier : item.item;
  const invoice = file.invoices.get(about.split('~')[0] ?? '');
  const subject = item.group?.id ?? item.item;
  const ofCase = { subject, case: item.case ?? '', on };
  switch (change.kind) {
    case 'block':
      return blockEnded(file, change, now);
    case 'person':
      return [{ type: 'account.released', on, ...author }];
    case 'handover':
      return [{ type: 'case.returned', ...ofCase, ...author }];
    case 'account':
      return [{ type: 'account.upserted', account: someAccount(file.id) }];
    case 'invoice':
      return invoice === undefined ? undefined : [told(changedInvoice(invoice, change, item))];
    case 'amount':
      return invoice === undefined ? undefined : raised(invoice, change.missing, about, item.blocks.length);
    case 'assignment': {
      if (invoice === undefined || file.moved.has(item.item)) return undefined;
      const policy = [...engine.policies.values()].find((one) => one.policy.active !== false);
      return policy === undefined ? undefined : [told({ ...invoice, policy: policy.ref.id })];
    }
    case 'act':
      return actEnded(change, now, on);
    case 'ask':
      // A proposal that stands is refreshed first, and takes the turn for its own stage.
      if ([...file.acts.values()].some((act) => act.state === 'proposed')) return undefined;
      return [{ type: 'case.asked', ...ofCase, stage: change.stage, ...author }];
    case 'cap':
      return capLifted(file, change);
    case 'consent':
      return withContact(file, change.contact ?? added, (contact) => ({
        ...contact,
        consents: [...contact.consents, { channel: change.channel, state: 'granted', at: now + 1 }],
      }));
    case 'address': {
      if (change.found === 'tried') return undefined;
      if (change.contact === undefined) return file.account && [somebodyAdded(file.account)];
      return withContact(file, change.contact, (contact) =>
        change.channel === 'email'
          ? { ...contact, email: 'new@robles.example' }
          : { ...contact, phone: '+525500009999', whatsapp: '+525500009999' },
      );
    }
    case 'condition':
      if (change.fact !== 'account.hardship' || file.account === undefined) return undefined;
      return [
        {
          type: 'account.upserted',
          account: { ...file.account, hardship: (change.wanted === true) !== (change.not === true) },
        },
      ];
    default:
      return undefined;
  }
}

function told(invoice: Invoice): FileEvent {
  return { type: 'invoice.upserted', invoice };
}

function blockEnded(
  file: AccountFile,
  { block, id = '' }: Change & { readonly kind: 'block' },
  now: number,
): readonly FileEvent[] | undefined {
  const hold = file.holds.get(id);
  const dispute = file.disputes.get(id);
  const promise = file.promises.get(id);
  const unbooked = file.unbooked.get(id);
  const reply = file.replies.get(id);
  const plan = file.plans.get(id);
  switch (block) {
    case 'hold':
      return hold && [{ type: 'hold.upserted', hold: { ...hold, released: true } }];
    case 'dispute':
      return dispute && [{ type: 'dispute.upserted', dispute: { ...dispute, state: 'rejected' } }];
    case 'promise':
      return promise && [{ type: 'promise.upserted', promise: { ...promise, state: 'cancelled' } }];
    case 'unbooked':
      return unbooked && [{ type: 'unbooked.upserted', unbooked: { ...unbooked, state: 'failed' } }];
    case 'reply':
      return reply && [{ type: 'reply.upserted', reply: { ...reply, handled: true } }];
    case 'plan':
      return plan && [{ type: 'plan.upserted', plan: { ...plan, state: 'cancelled' } }];
    case 'source':
      return [{ type: 'source.upserted', source: { id, at: now, state: 'ok' } }];
    case 'unapplied':
      return undefined;
  }
}

function changedInvoice(
  invoice: Invoice,
  { field, wanted }: Change & { readonly kind: 'invoice' },
  item: ItemExplanation,
): Invoice {
  if (field === 'status') return { ...invoice, status: wanted === 'open' ? 'open' : invoice.status };
  if (field === 'type') return { ...invoice, type: undefined };
  const due = '2026-03-05';
  if (invoice.instalments.length === 0) return { ...invoice, due };
  return {
    ...invoice,
    instalments: invoice.instalments.map((part) =>
      item.item === `${invoice.id}~${part.id}` ? { ...part, due } : part,
    ),
  };
}

/** A higher total, where nothing else says how much is owed. */
function raised(
  invoice: Invoice,
  more: number,
  item: string,
  blocks: number,
): readonly FileEvent[] | undefined {
  if (invoice.balance !== undefined || invoice.writtenOff > 0) return undefined;
  if (item.startsWith('~') || blocks > 0) return undefined;
  const total = invoice.total + more;
  const instalments = invoice.instalments.map((part) =>
    item === `${invoice.id}~${part.id}` ? { ...part, amount: part.amount + more } : part,
  );
  return [told({ ...invoice, total, instalments })];
}

function actEnded(
  { id, state }: Change & { readonly kind: 'act' },
  at: number,
  on: string,
): readonly FileEvent[] {
  if (state === 'unknown') return [{ type: 'act.resolved', act: id, at, on, sent: true, ...author }];
  if (state === 'planned') return [{ type: 'act.accepted', act: id, at, on }];
  return [{ type: 'act.confirmed', act: id, at, on, ...author }];
}

function capLifted(
  file: AccountFile,
  { of, id }: Change & { readonly kind: 'cap' },
): readonly FileEvent[] | undefined {
  if (of === 'account')
    return file.account && [{ type: 'account.upserted', account: { ...file.account, cap: undefined } }];
  const invoice = file.invoices.get(id);
  return invoice && [told({ ...invoice, cap: undefined })];
}

function withContact(
  { account }: AccountFile,
  id: string,
  change: (contact: Contact) => Contact,
): readonly FileEvent[] | undefined {
  if (account === undefined) return undefined;
  const changed = (contacts: readonly Contact[]): Contact[] =>
    contacts.map((contact) => (contact.id === id ? change(contact) : contact));
  const branches = account.branches?.map((branch) => ({ ...branch, contacts: changed(branch.contacts) }));
  return [
    { type: 'account.upserted', account: { ...account, contacts: changed(account.contacts), branches } },
  ];
}

/** The contact that an account without any is given. */
const added = 'added';

function somebodyAdded(account: Account): FileEvent {
  const contact: Contact = {
    id: added,
    role: 'billing',
    name: 'Ana',
    email: 'new@robles.example',
    phone: '+525500009999',
    prefers: [],
    consents: [],
  };
  return { type: 'account.upserted', account: { ...account, contacts: [contact] } };
}

function someAccount(id: string): Account {
  return { id, name: 'Robles', tags: [], attributes: {}, hardship: false, contacts: [] };
}
