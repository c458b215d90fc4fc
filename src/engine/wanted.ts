import { type Day, parseDay } from '../calendar/index.js';
import type { Place } from '../contact/recipients.js';
import type { AccountFile, Case, StageMark } from '../ledger/file.js';
import { byAge, type Item } from '../ledger/items.js';
import { againMark, type Candidate } from './candidate.js';
import type { CompiledPolicy, Engine } from './compile.js';
import { isBusy, isOpenMark, isStageMark, markOf, sendMark, thanksStage } from './marks.js';
import { groupUnit, itemUnit, spokenOf, subjectOf, type Unit } from './units.js';
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

/** What may follow the messages of the stage that acted last. */
export interface Following {
  readonly wanted: readonly Wanted[];
  /** The first instant at which a message has waited for its delivery long enough. */
  readonly at: number | undefined;
}

/**
 * Further messages of the stage that acted last, where they have not gone out,
 * and, where a message was not delivered in time, the same at the next place.
 */
export function followUps(unit: Unit, one: Case, policy: CompiledPolicy, now: number): Following {
  // Marks stand in the order in which stages were first met, which need not be that in which they acted.
  let last: StageMark | undefined;
  for (const mark of one.marks) {
    if (!isStageMark(mark) || !(mark.state === 'done' || isBusy(mark))) continue;
    if (last === undefined || mark.on >= last.on) last = mark;
  }
  const stage = last === undefined ? undefined : policy.byId.get(last.stage);
  const wanted: Wanted[] = [];
  let at: number | undefined;
  if (last === undefined || stage === undefined || last.reason === 'absorbed') return { wanted, at };
  const { occurrence } = last;
  for (const [part, send] of stage.sends.entries()) {
    const name = sendMark(stage.stage.id, part);
    const mark = markOf(one, name, occurrence);
    const base = { unit, case: one, policy, stage, occurrence, part, send, ...alone };
    if (part > 0 && isOpenMark(mark)) wanted.push(base);
    if (mark?.state !== 'done' || mark.awaits === undefined || mark.delivered !== undefined) continue;
    if (!isOpenMark(markOf(one, againMark(name), occurrence))) continue;
    if (mark.awaits.until <= now) wanted.push({ ...base, instead: mark });
    else at = Math.min(at ?? mark.awaits.until, mark.awaits.until);
  }
  return { wanted, at };
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

/** The contact that the invoices of which a stage speaks name, if all of them name the same. */
export function contactNamedBy(unit: Unit, today: Day): string | undefined {
  const { contact } = unit.lead.invoice;
  if (unit.items.length === 1) return contact;
  return spokenOf(unit, today).every((item) => item.invoice.contact === contact) ? contact : undefined;
}

/** Nobody has the role asked for, so another contact stands in. */
export function isFallback({ send }: Candidate, { contact }: Place): boolean {
  return contact !== undefined && contact.role !== (send?.to ?? 'billing');
}
