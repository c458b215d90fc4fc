import { matches } from '../../ledger/block.js';
import type { AccountFile } from '../../ledger/file.js';
import { byText } from '../../ledger/order.js';
import { isOver, pausesOf } from '../../ledger/pauses.js';
import type { Act } from '../acts.js';
import type { Engine } from '../compile.js';
import { markOf } from '../marks.js';
import type { AccountView } from '../view.js';
import { type ActFacts, actOf, type Covered } from './act-of.js';
import { allCases, itemsOfCase, policyOf } from './members.js';

/** Marks of the tasks, by the record's kind; the record's id follows. */
const marks = { reply: 'task:reply:', unbooked: 'task:unbooked:' } as const;
const names = { reply: 'answer-reply', unbooked: 'verify-payment' } as const;

/** What the debtor did that a person is to see to. */
interface Cause {
  readonly kind: keyof typeof marks;
  readonly mark: string;
  readonly on: string;
  /** It keeps back today what it names. */
  readonly stands: boolean;
  /** Absent: the whole account. */
  readonly invoices?: readonly string[] | undefined;
  readonly instalment?: string | undefined;
}

/** Whether the debtor may have done anything that a person is to see to. */
export function mayNeedPeople({ replies, unbooked }: AccountFile): boolean {
  return replies.size + unbooked.size > 0;
}

/**
 * Tasks for what the debtor did: a reply is answered by the account's owner, a
 * payment that the debtor reports is looked for. Each once, for the cases that
 * run; what came before a case was opened belongs to it only while it stands.
 */
export function tasksOfDebtor(facts: ActFacts): Act[] {
  const { engine, view, file } = facts;
  const cases = allCases(file);
  const acts: Act[] = [];
  for (const { kind, mark, on, stands, invoices, instalment } of causesOf(engine, view)) {
    if (cases.some((one) => markOf(one, mark, 1) !== undefined)) continue;
    const own = cases.flatMap((one) => {
      const policy = policyOf(engine, one);
      if (policy === undefined || one.state === 'closed' || (on < one.opened && !stands)) return [];
      const items = itemsOfCase(engine, view, policy, one).filter(
        (item) => invoices?.some((invoice) => matches(item, invoice, instalment)) ?? true,
      );
      return items.length === 0 ? [] : [{ case: one, policy, items }];
    });
    const [first, ...others] = own;
    if (first === undefined) continue;
    const coveredBy = (member: typeof first): Covered => ({ case: member.case, occurrence: 1 });
    const act = actOf(facts, {
      kind: 'task',
      name: names[kind],
      policy: first.policy,
      stage: mark,
      covered: [coveredBy(first), ...others.map(coveredBy)],
      mark,
      items: own.flatMap((member) => member.items),
      reason: kind,
    });
    // Nobody is chased by it.
    acts.push({ ...act, purpose: 'service' });
  }
  return acts;
}

function causesOf(engine: Engine, view: AccountView): readonly Cause[] {
  const { file } = view;
  const causes: Cause[] = [];
  for (const { id, on, handled } of file.replies.values())
    if (!handled)
      causes.push({
        kind: 'reply',
        mark: marks.reply + id,
        on,
        stands: isStanding(engine, view, 'reply', id),
      });
  for (const { id, source, on, state, invoice, instalment, invoices } of file.unbooked.values()) {
    // Receipts and charges in progress are seen to by those who know of them.
    if (source !== 'debtor' || state !== 'pending' || !isStanding(engine, view, 'unbooked', id)) continue;
    const named = invoice === undefined ? invoices : [invoice];
    causes.push({
      kind: 'unbooked',
      mark: marks.unbooked + id,
      on,
      stands: true,
      invoices: named,
      instalment,
    });
  }
  return causes.sort((a, b) => byText(a.mark, b.mark));
}

function isStanding(
  { reckoning }: Engine,
  { file, today }: AccountView,
  kind: Cause['kind'],
  id: string,
): boolean {
  return pausesOf(file, reckoning.ledger).some(
    (pause) => pause.kind === kind && pause.id === id && !isOver(pause, today),
  );
}

/**
 * Why a task of this mark has no cause any more: the reply was dealt with, the
 * payment was booked or failed, or the time to look for it is over. Undefined
 * while it has one, and for other tasks.
 */
export function debtorTaskOver(engine: Engine, view: AccountView, mark: string): string | undefined {
  const { replies, unbooked } = view.file;
  if (mark.startsWith(marks.reply))
    return replies.get(mark.slice(marks.reply.length))?.handled === true ? 'handled' : undefined;
  if (!mark.startsWith(marks.unbooked)) return undefined;
  const id = mark.slice(marks.unbooked.length);
  const state = unbooked.get(id)?.state;
  if (state === 'booked' || state === 'failed') return state;
  return isStanding(engine, view, 'unbooked', id) ? undefined : 'expired';
}
