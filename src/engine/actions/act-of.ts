import type { AccountFile, ActKind, Case, Cover } from '../../ledger/file.js';
import { dueOf, type Item } from '../../ledger/items.js';
import { sumByCurrency } from '../../money/index.js';
import type { Tone } from '../../policy/types.js';
import type { Act, ActItem } from '../acts.js';
import type { CompiledPolicy, Engine } from '../compile.js';
import type { AccountView } from '../view.js';

/** What an act beside the messages needs to know. */
export interface ActFacts {
  readonly engine: Engine;
  readonly view: AccountView;
  readonly file: AccountFile;
  readonly review: number;
}

/** What an act is about. */
export interface ActAbout {
  readonly kind: ActKind;
  readonly name: string;
  readonly policy: CompiledPolicy;
  /** Stage that it belongs to, or the name of what caused it. */
  readonly stage: string;
  readonly tone?: Tone | undefined;
  readonly case: Case;
  /** Mark that it sets. */
  readonly mark: string;
  readonly occurrence: number;
  readonly items: readonly Item[];
  readonly reason: string;
  readonly owner?: string | undefined;
  readonly deadline?: string | undefined;
}

/** An act for people or for the host: nothing is sent. One case, one mark, one key. */
export function actOf(facts: ActFacts, about: ActAbout): Act {
  const { engine, view, file } = facts;
  const { case: one, policy } = about;
  const cover: Cover = {
    subject: one.subject,
    case: one.id,
    stage: about.mark,
    occurrence: about.occurrence,
  };
  const key = `${coverKey(file.id, cover)}@-.0`;
  const items = about.items.map((item) => itemOf(view, item));
  const owner = about.owner ?? file.account?.owner;
  return {
    id: key,
    account: file.id,
    kind: about.kind,
    purpose: 'dunning',
    plan: engine.planRef,
    policy: policy.ref,
    stage: about.stage,
    tone: about.tone ?? 'friendly',
    covers: [cover],
    position: 0,
    name: about.name,
    reason: about.reason,
    ...(owner === undefined ? {} : { owner }),
    ...(about.deadline === undefined ? {} : { deadline: about.deadline }),
    language: file.account?.language ?? engine.language,
    items,
    totals: sumByCurrency(items.map(({ dunnable, currency }) => ({ minor: dunnable, currency }))),
    review: facts.review,
    on: view.on,
    keys: [key],
  };
}

/** An item as an act knows it. */
export function itemOf(view: AccountView, item: Item): ActItem {
  return {
    item: item.id,
    invoice: item.invoice.id,
    ...(item.instalment === undefined ? {} : { instalment: item.instalment.id }),
    number: item.invoice.number,
    currency: item.invoice.currency,
    original: item.original,
    paid: item.paid,
    outstanding: item.outstanding,
    dunnable: item.dunnable,
    ...dueOf(item),
    daysPastDue: item.due === undefined ? 0 : view.today - item.due,
    acting: true,
  };
}

/** Readable identity of a cover within the tenant; a slash in the account's id is escaped, so that no two accounts can meet. */
export function coverKey(account: string, cover: Cover): string {
  const name = account.replaceAll('%', '%25').replaceAll('/', '%2F');
  return `${name}/${cover.case}/${cover.stage}.${cover.occurrence}`;
}
