import { type Day, parseDay } from '../calendar/index.js';
import type { Place } from '../contact/recipients.js';
import type { AccountFile, Case, StageMark } from '../ledger/file.js';
import { byAge, type Item } from '../ledger/items.js';
import { type Candidate, kindOf } from './acts-of.js';
import type { CompiledPolicy, Engine } from './compile.js';
import { isBusy, isOpenMark, isStageMark, markOf, sendMark, thanksStage } from './marks.js';
import { groupUnit, itemUnit, subjectOf, type Unit } from './units.js';
import type { Skip, Verdict } from './verdict.js';
import type { AccountView } from './view.js';

/** Thanks for a payment are said within a week or not at all. */
const thanksDays = 7;

/** A message that is wanted. */
export interface Wanted extends Candidate {
  /** Whether it goes only together with the stage's first message. */
  readonly along: boolean;
  /** What is over once it goes. */
  readonly skips: readonly Skip[];
  /** The first day on which, should it have to wait, another may be wanted in its place. */
  readonly day: Day | undefined;
}

/** A wanted message with the place where it would go on its own. */
export interface Placed {
  readonly wanted: Wanted;
  readonly place: Place;
}

const alone = { along: false, skips: [], day: undefined } as const;

/** The messages of a stage that acts. */
export function messagesOf(
  unit: Unit,
  one: Case,
  policy: CompiledPolicy,
  verdict: Extract<Verdict, { kind: 'act' }>,
): Wanted[] {
  const { stage, occurrence, skips, day } = verdict;
  const wanted: Wanted[] = [];
  stage.sends.forEach((send, part) => {
    const base = { unit, case: one, policy, stage, occurrence, part, send, day };
    if (part === 0) wanted.push({ ...base, along: false, skips });
    else if (isOpenMark(markOf(one, sendMark(stage.stage.id, part), occurrence)))
      wanted.push({ ...base, along: true, skips: [] });
  });
  return wanted;
}

/** Further messages of the stage that acted last, where they have not gone out. */
export function followUps(unit: Unit, one: Case, policy: CompiledPolicy): Wanted[] {
  // Marks stand in the order in which stages were first met, which need not be that in which they acted.
  let last: StageMark | undefined;
  for (const mark of one.marks) {
    if (!isStageMark(mark) || !(mark.state === 'done' || isBusy(mark))) continue;
    if (last === undefined || mark.on >= last.on) last = mark;
  }
  const stage = last === undefined ? undefined : policy.byId.get(last.stage);
  if (last === undefined || stage === undefined) return [];
  const { occurrence } = last;
  const wanted: Wanted[] = [];
  stage.sends.forEach((send, part) => {
    if (part > 0 && isOpenMark(markOf(one, sendMark(stage.stage.id, part), occurrence)))
      wanted.push({ unit, case: one, policy, stage, occurrence, part, send, ...alone });
  });
  return wanted;
}

/** Thanks for cases that payment settled; once, whatever is reversed and paid again. */
export function thanksDue(engine: Engine, view: AccountView, file: AccountFile): Wanted[] {
  if (!engine.thanks || file.cases.size === 0) return [];
  const wanted: Wanted[] = [];
  for (const [subject, own] of file.cases) {
    const one = own.at(-1);
    if (one?.state !== 'closed' || one.closed?.reason !== 'paid') continue;
    if (view.today > parseDay(one.closed.on) + thanksDays) continue;
    const policy = engine.versions.get(`${one.policy}@${one.version}`) ?? engine.policies.get(one.policy);
    if (policy === undefined || policy.paid.length === 0) continue;
    const settled = view.items.filter(
      (item) => item.outstanding <= 0 && item.paid > 0 && subjectOf(policy, item) === subject,
    );
    const unit =
      policy.groupBy === undefined ? settled[0] && itemUnit(settled[0]) : groupOf(subject, settled);
    if (unit === undefined) continue;
    policy.paid.forEach((send, part) => {
      const known = own.map((other) => markOf(other, sendMark(thanksStage, part), 1));
      if (!known.every(isOpenMark)) return;
      const stage = undefined;
      wanted.push({ unit, case: one, policy, stage, occurrence: 1, part, send, ...alone });
    });
  }
  return wanted.sort((a, b) => byAge(a.unit.lead, b.unit.lead) || a.part - b.part);
}

function groupOf(subject: string, items: readonly Item[]): Unit | undefined {
  return items.length === 0 ? undefined : groupUnit(subject, items);
}

/** What may share a message: one policy, one kind of news; one invoice where the policy says so. */
export function shareOf(view: AccountView, one: Candidate): string {
  const invoice = one.policy.byInvoice ? one.unit.lead.invoice.id : '';
  return `${one.part}\n${one.policy.ref.id}\n${kindOf(view, one)}\n${invoice}`;
}

/** The contact that the invoices of a message name, if all of them name the same; by share. */
export function agreedContacts(
  wanted: readonly Wanted[],
  shares: readonly string[],
): ReadonlyMap<string, string | undefined> {
  const named = new Map<string, string | undefined>();
  wanted.forEach((one, index) => {
    const key = shares[index] ?? '';
    const { contact } = one.unit.lead.invoice;
    named.set(key, named.has(key) && named.get(key) !== contact ? undefined : contact);
  });
  return named;
}

/** Nobody has the role asked for, so another contact stands in. */
export function isFallback({ send }: Candidate, { contact }: Place): boolean {
  return contact !== undefined && contact.role !== (send?.to ?? 'billing');
}
