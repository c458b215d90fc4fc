import { formatDay, parseDuration, shiftDay } from '../../calendar/index.js';
import type { AccountFile, ActKind, Case, Cover } from '../../ledger/file.js';
import { byAge, type Item } from '../../ledger/items.js';
import { byText } from '../../ledger/order.js';
import { sumByCurrency } from '../../money/index.js';
import type { Tone } from '../../policy/types.js';
import { type Act, type ActItem, accountKey } from '../acts.js';
import type { CompiledPolicy, Engine } from '../compile.js';
import { actItem } from '../listing.js';
import { markOf } from '../marks.js';
import type { AccountView } from '../view.js';

/** What an act beside the messages needs to know. */
export interface ActFacts {
  readonly engine: Engine;
  readonly view: AccountView;
  readonly file: AccountFile;
  readonly review: number;
  /** The message whose outcome is being committed: the charges that it told of are those that are made. */
  readonly told?: Act | undefined;
}

/** A case that an act is about, with the occurrence of the mark that it sets. */
export interface Covered {
  readonly case: Case;
  readonly occurrence: number;
}

/** What an act is about. */
export interface ActAbout {
  readonly kind: ActKind;
  /** Kind of task; name of the alert, effect or fee; `agency` or `legal`. */
  readonly name: string;
  readonly policy: CompiledPolicy;
  /** Stage that it belongs to, or the name of what caused it. */
  readonly stage: string;
  readonly tone?: Tone | undefined;
  readonly covered: readonly [Covered, ...Covered[]];
  /** Mark that it sets. */
  readonly mark: string;
  readonly items: readonly Item[];
  /** Code: why it exists. */
  readonly reason: string;
  readonly owner?: string | undefined;
  /** Deadline after today: `2bd`. */
  readonly within?: string | undefined;
}

/** An act for people or for the host: nothing is sent. */
export function actOf(facts: ActFacts, about: ActAbout): Act {
  const { engine, view, file } = facts;
  const covers = about.covered
    .map(
      ({ case: one, occurrence }): Cover => ({
        subject: one.subject,
        case: one.id,
        stage: about.mark,
        occurrence,
      }),
    )
    .sort((a, b) => byText(a.case, b.case));
  const keys = covers.map((cover) => `${coverKey(file.id, cover)}@-.0`);
  const first = covers[0]!;
  const lead = about.covered.find(({ case: one }) => one.id === first.case)!;
  const revision = markOf(lead.case, about.mark, first.occurrence)?.revision ?? 0;
  const items = [...about.items].sort(byAge).map((item) => itemOf(view, item));
  const owner = about.owner ?? file.account?.owner;
  return {
    id: revision === 0 ? keys[0]! : `${keys[0]}!${revision}`,
    account: file.id,
    kind: about.kind,
    purpose: 'dunning',
    plan: engine.planRef,
    policy: about.policy.ref,
    stage: about.stage,
    tone: about.tone ?? 'friendly',
    covers,
    position: 0,
    name: about.name,
    reason: about.reason,
    ...(owner === undefined ? {} : { owner }),
    ...(about.within === undefined
      ? {}
      : { deadline: formatDay(shiftDay(view.today, parseDuration(about.within), engine.calendar)) }),
    language: file.account?.language ?? engine.language,
    items,
    totals: sumByCurrency(items.map(({ dunnable, currency }) => ({ minor: dunnable, currency }))),
    review: facts.review,
    on: view.on,
    keys,
  };
}

/** An item of which an act speaks. */
export function itemOf(view: AccountView, item: Item): ActItem {
  return actItem(item, view.today, true);
}

/** Readable identity of a cover within the tenant. */
export function coverKey(account: string, cover: Cover): string {
  return `${accountKey(account)}/${cover.case}/${cover.stage}.${cover.occurrence}`;
}
