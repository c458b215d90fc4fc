import { formatDay, parseDay } from '../../calendar/index.js';
import { matches } from '../../ledger/block.js';
import { disputedItems } from '../../ledger/disputes.js';
import type { AccountFile, Case } from '../../ledger/file.js';
import { byAge, type Item } from '../../ledger/items.js';
import { byId } from '../../ledger/order.js';
import { isOver, pausesOf } from '../../ledger/pauses.js';
import { lastPromiseDay, promisedAmount, promisedDay, promisedItems } from '../../ledger/promises.js';
import type { Dispute, PaymentPromise } from '../../ledger/types.js';
import { type Money, sumByCurrency } from '../../money/index.js';
import type { SendAction } from '../../policy/types.js';
import { accountKey } from '../acts.js';
import type { Acknowledged } from '../candidate.js';
import type { CompiledPolicy, Engine } from '../compile.js';
import { answerMark, isOpenMark, markOf, sendMark } from '../marks.js';
import { groupUnit, itemUnit, runningCase, type Unit } from '../units.js';
import type { AccountView } from '../view.js';
import type { Wanted } from '../wanted.js';
import { foundIn } from './members.js';

/** What was said longer ago was said before this policy listened: history, which nobody answers any more. */
const answerDays = 3;

/** What of a policy answers it. */
const causes = { promise: 'promised', dispute: 'disputed', report: 'reported' } as const;

/** What the debtor said, with the debts that it is about. */
interface Said {
  readonly kind: Acknowledged['kind'];
  readonly id: string;
  readonly by?: string | undefined;
  /** What was named; else all of what is open, by currency. */
  readonly amounts: readonly Money[];
  /** Oldest first. */
  readonly items: readonly Item[];
}

/**
 * Acknowledgements of promises, disputes and reported payments that nobody has
 * answered yet: once for each, whichever cases it is about and however often it
 * is told. Only while it is open, and was made within the last days. None while
 * a person leads the conversation.
 */
export function acknowledgementsDue(engine: Engine, view: AccountView, file: AccountFile): Wanted[] {
  if (!engine.answers || file.assigned !== undefined) return [];
  const { promises, disputes, unbooked, cases } = file;
  if (promises.size + disputes.size + unbooked.size === 0 || cases.size === 0) return [];
  return [...promisesOf(engine, view), ...disputesOf(view), ...reportsOf(engine, view, file)].flatMap(
    (said) => answersTo(engine, view, file, said),
  );
}

function promisesOf(engine: Engine, view: AccountView): Said[] {
  const rules = engine.reckoning.ledger;
  const { file, today } = view;
  const isOpen = (promise: PaymentPromise): boolean => {
    if (promise.state !== 'active' || lastPromiseDay(promise, rules) < today) return false;
    // One that was given a later day after it was broken is open again.
    return file.kept.get(promise.id)?.outcome !== 'kept' && isRecent(promise.made, view);
  };
  const open = [...file.promises.values()].filter(isOpen).sort(byId);
  return open.map((promise): Said => {
    const own = promisedItems(promise, view.items).filter(isOwed);
    const by = formatDay(promisedDay(promise, rules.promise.withinDays));
    const { id } = promise;
    return { kind: 'promise', id, by, ...reached(promisedAmount(promise, own), own) };
  });
}

function disputesOf(view: AccountView): Said[] {
  const isOpen = ({ state, opened }: Dispute): boolean => state === 'open' && isRecent(opened, view);
  const open = [...view.file.disputes.values()].filter(isOpen).sort(byId);
  return open.map((dispute): Said => {
    const { id, amount, currency } = dispute;
    const own = disputedItems(dispute, view.items).filter(isOwed);
    const foreign = own.some((item) => currency !== undefined && item.invoice.currency !== currency);
    return { kind: 'dispute', id, ...reached(foreign ? undefined : amount, own) };
  });
}

/**
 * Payments that the debtor reports, while they keep back what they name: of
 * what is settled meanwhile nothing is left to say. Who says in three messages
 * of a day that the same is paid is answered once.
 */
function reportsOf({ reckoning }: Engine, { items, today }: AccountView, file: AccountFile): Said[] {
  if (file.unbooked.size === 0) return [];
  const open = new Set(
    pausesOf(file, reckoning.ledger)
      .filter((pause) => pause.kind === 'unbooked' && pause.from <= today && !isOver(pause, today))
      .map(({ id }) => id),
  );
  const told = [...file.unbooked.values()].filter(
    ({ id, source, on }) => source === 'debtor' && open.has(id) && today - parseDay(on) <= answerDays,
  );
  const all = told.sort(byId).map((report) => {
    const named = report.invoice === undefined ? report.invoices : [report.invoice];
    const own = items
      .filter((item) => isOwed(item) && (named?.some((one) => matches(item, one, report.instalment)) ?? true))
      .sort(byAge);
    const { id, amount, currency } = report;
    // It holds what it names as a whole, whatever its amount.
    const known = amount !== undefined && currency !== undefined;
    const amounts = known ? [{ minor: amount, currency }] : openOf(own);
    return { said: { kind: 'report', id, amounts, items: own } as const, report, was: isAnswered(file, id) };
  });
  all.sort((a, b) => Number(b.was) - Number(a.was) || b.said.items.length - a.said.items.length);
  return all.flatMap(({ said, report }, index): Said[] => {
    const again = all
      .slice(0, index)
      .some(
        (one) =>
          one.report.on === report.on &&
          (report.amount === undefined || one.report.amount === report.amount) &&
          said.items.every((item) => one.said.items.includes(item)),
      );
    return again ? [] : [said];
  });
}

function isAnswered({ cases }: AccountFile, id: string): boolean {
  const mark = answerMark('report', accountKey(id));
  return [...cases.values()].flat().some((one) => !isOpenMark(markOf(one, mark, 1)));
}

function isRecent(day: string, { today }: AccountView): boolean {
  return today - parseDay(day) <= answerDays;
}

function isOwed({ outstanding, replacedBy }: Item): boolean {
  return outstanding > 0 && replacedBy === undefined;
}

/** The oldest items that an amount reaches; all of them where none was named. */
function reached(amount: number | undefined, own: readonly Item[]): Pick<Said, 'amounts' | 'items'> {
  const items = [...own].sort(byAge);
  const [first] = items;
  if (amount === undefined || first === undefined) return { amounts: openOf(items), items };
  const amounts = [{ minor: amount, currency: first.invoice.currency }];
  let left = amount;
  const last = items.findIndex(({ outstanding }) => {
    left -= outstanding;
    return left <= 0;
  });
  return { amounts, items: last < 0 ? items : items.slice(0, last + 1) };
}

/** A case that is about what was said, with the policy that it climbs. */
interface Concerned {
  readonly unit: Unit;
  readonly case: Case;
  readonly policy: CompiledPolicy;
  readonly sends: readonly SendAction[];
}

function answersTo(engine: Engine, view: AccountView, file: AccountFile, said: Said): Wanted[] {
  const concerned = concernedBy(engine, view, file, said);
  const [lead] = concerned;
  if (lead === undefined) return [];
  const others = concerned.filter((one) => one !== lead && one.policy.ref.id === lead.policy.ref.id);
  const mark = answerMark(said.kind, accountKey(said.id));
  const all = [...file.cases.values()].flat();
  const answer: Acknowledged = {
    kind: said.kind,
    id: said.id,
    ...(said.by === undefined ? {} : { by: said.by }),
    mark,
    amounts: said.amounts,
    contact: namedBy(said.items),
    others,
  };
  return lead.sends.flatMap((send, part): Wanted[] => {
    // Whatever became of the case meanwhile, it is said once.
    if (all.some((one) => !isOpenMark(markOf(one, sendMark(mark, part), 1)))) return [];
    const { policy, case: one } = lead;
    const [first] = said.items;
    const unit =
      said.items.length === 1 && first !== undefined
        ? { ...itemUnit(first), id: one.subject }
        : groupUnit(one.subject, said.items);
    const base = { unit, case: one, policy, stage: undefined, occurrence: 1, part, send, answer } as const;
    return [{ ...base, along: false, skips: [], day: undefined }];
  });
}

/** Cases whose policies answer, those of the policy with the highest priority first, then the oldest debt. */
function concernedBy(
  engine: Engine,
  view: AccountView,
  file: AccountFile,
  { kind, items }: Said,
): readonly Concerned[] {
  const own = new Set(items.map((item) => item.id));
  const concerned: Concerned[] = [];
  for (const { unit, policy, reason } of foundIn(engine, view)) {
    if (policy === undefined || reason !== undefined || !unit.items.some((item) => own.has(item.id)))
      continue;
    const one = runningCase(file, unit.id, policy.ref.id);
    const sends = policy.policy.on?.[causes[kind]] ?? [];
    if (one === undefined || one.handed !== undefined || sends.length === 0) continue;
    concerned.push({ unit, case: one, policy, sends });
  }
  return concerned.sort(
    (a, b) =>
      b.policy.message.priority - a.policy.message.priority ||
      byAge(a.unit.lead, b.unit.lead) ||
      byId(a.case, b.case),
  );
}

function openOf(items: readonly Item[]): readonly Money[] {
  return sumByCurrency(
    items.map(({ outstanding, invoice: { currency } }) => ({ minor: outstanding, currency })),
  );
}

/** The contact that the invoices name, if all of them name the same. */
function namedBy([first, ...rest]: readonly Item[]): string | undefined {
  const contact = first?.invoice.contact;
  return rest.every((item) => item.invoice.contact === contact) ? contact : undefined;
}
