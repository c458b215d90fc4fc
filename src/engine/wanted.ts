import { type Day, parseDay } from '../calendar/index.js';
import type { Place } from '../contact/recipients.js';
import type { AccountFile, Case, StageMark } from '../ledger/file.js';
import { byAge } from '../ledger/items.js';
import { byId } from '../ledger/order.js';
import { againMark, type Candidate } from './candidate.js';
import type { CompiledPolicy, Engine } from './compile.js';
import { isBusy, isOpenMark, isStageMark, markOf, sendMark, thanksStage } from './marks.js';
import { closedBySettlement } from './settled.js';
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

const none: readonly Skip[] = [];
const alone = { along: false, skips: [], day: undefined } as const;

/** Adds the messages of a stage that acts to those that are wanted. */
export function wantMessages(
  wanted: Wanted[],
  unit: Unit,
  one: Case,
  policy: CompiledPolicy,
  verdict: Extract<Verdict, { kind: 'act' }>,
): void {
  const { stage, occurrence, skips, day } = verdict;
  for (let part = 0; part < stage.sends.length; part++) {
    const send = stage.sends[part];
    const along = part > 0;
    if (along && !isOpenMark(markOf(one, sendMark(stage.stage.id, part), occurrence))) continue;
    wanted.push({
      unit,
      case: one,
      policy,
      stage,
      occurrence,
      part,
      send,
      day,
      along,
      skips: along ? none : skips,
    });
  }
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

/** Thanks for cases that payment settled; once, whatever is reversed and paid again. None while a person leads the conversation. */
export function thanksDue(engine: Engine, view: AccountView, file: AccountFile): Wanted[] {
  if (!engine.thanks || file.cases.size === 0 || file.assigned !== undefined) return [];
  const wanted: Wanted[] = [];
  for (const all of file.cases.values()) {
    for (const one of all) {
      if (one.state !== 'closed' || one.closed?.reason !== 'paid') continue;
      if (view.today > parseDay(one.closed.on) + thanksDays) continue;
      // Groups of several policies may have one subject.
      const own = all.filter((other) => other.policy === one.policy);
      if (own.at(-1) !== one) continue;
      for (const thanks of thanksFor(engine, view, one, own)) wanted.push(thanks);
    }
  }
  return wanted.sort((a, b) => byAge(a.unit.lead, b.unit.lead) || byId(a.case, b.case));
}

function thanksFor(engine: Engine, view: AccountView, one: Case, own: readonly Case[]): Wanted[] {
  const policy = engine.versions.get(`${one.policy}@${one.version}`) ?? engine.policies.get(one.policy);
  if (policy === undefined || policy.paid.length === 0) return [];
  const alike = view.items.filter(
    (item) => item.outstanding <= 0 && item.paid > 0 && subjectOf(policy, item) === one.subject,
  );
  const group = policy.groupBy !== undefined;
  // Of a group what was paid since it was last settled; a balance that was pushed says no day.
  const before = own.findLastIndex(
    (other) => other !== one && closedBySettlement(other.closed?.reason ?? ''),
  );
  const opened = parseDay((own[before + 1] ?? one).opened);
  const settled = group ? alike.filter(({ paidOn }) => paidOn === undefined || paidOn >= opened) : alike;
  const [first] = settled;
  if (first === undefined) return [];
  const unit = group ? groupUnit(one.subject, settled) : itemUnit(first);
  return policy.paid.flatMap((send, part): Wanted[] => {
    const said = own.filter((other) => !isOpenMark(markOf(other, sendMark(thanksStage, part), 1)));
    // A group's later debts are other debts, and thanked for on their own.
    const again = said.some(
      (other) =>
        !group || other === one || settled.every(({ invoice }) => invoice.issued <= (other.closed?.on ?? '')),
    );
    if (again) return [];
    return [{ unit, case: one, policy, stage: undefined, occurrence: 1, part, send, ...alone }];
  });
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
