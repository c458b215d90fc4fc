import { RecobroError } from '../errors.js';
import type { AccountFile, Case } from '../ledger/file.js';
import type { Item } from '../ledger/items.js';
import type { CompiledPolicy, Engine } from './compile.js';
import type { FileEvent } from './events.js';
import { lifecycle, type SubjectOfReview } from './lifecycle.js';
import { viewOf } from './look.js';
import { isOver, markOf } from './marks.js';
import { settledReason } from './settled.js';
import type { AccountView } from './view.js';

/** Items of an account that a person chose: invoices or items by id. Absent: all on which something is owed. */
export interface Selection {
  readonly items?: readonly string[] | undefined;
}

/** Who does something by hand, and why. */
export interface Author {
  readonly author: string;
  readonly reason?: string | undefined;
}

interface Chosen {
  readonly view: AccountView;
  /** Events that bring the cases up to the present. */
  readonly events: FileEvent[];
  readonly subjects: readonly (SubjectOfReview & {
    readonly policy: CompiledPolicy;
    readonly case: string;
  })[];
  readonly closed: ReadonlyMap<string, string>;
}

/**
 * A stage is to act now on these items, whatever its day: at the next review,
 * within blocks and contact rules.
 *
 * @throws RecobroError `empty_selection`, `unknown_id` (item, or stage of the policy), `nothing_to_chase`, `not_receivable`
 */
export function askStage(
  engine: Engine,
  file: AccountFile,
  now: number,
  { items, stage }: Selection & { readonly stage: string },
  by: Author,
): readonly FileEvent[] {
  const { view, events, subjects } = choose(engine, file, now, items);
  for (const { unit, case: id, policy } of subjects) {
    known(policy, stage);
    events.push({ type: 'case.asked', subject: unit.id, case: id, stage, on: view.on, ...by });
  }
  return events;
}

/**
 * Passes a stage over.
 *
 * @throws RecobroError as {@link askStage}; `impossible_state` when the stage is done or skipped already
 */
export function skipStage(
  engine: Engine,
  file: AccountFile,
  now: number,
  { items, stage }: Selection & { readonly stage: string },
  by: Author,
): readonly FileEvent[] {
  const { view, events, subjects } = choose(engine, file, now, items);
  for (const { unit, case: id, policy } of subjects) {
    known(policy, stage);
    const mark = markOf(caseOf(file, unit.id, id), stage, 1);
    if (mark !== undefined && (isOver(mark) || mark.state === 'planned' || mark.state === 'unknown'))
      throw new RecobroError(
        'impossible_state',
        `the stage ${JSON.stringify(stage)} of ${id} is ${mark.state}; only a stage that is ahead can be skipped`,
      );
    events.push({
      type: 'stage.skipped',
      subject: unit.id,
      case: id,
      stage,
      occurrence: 1,
      reason: by.reason ?? 'by_hand',
      author: by.author,
      on: view.on,
    });
  }
  return events;
}

/**
 * Puts items to a stage, of their policy or of another: what was done before
 * stays in the log, marked as overridden, and the case climbs on from there.
 *
 * @throws RecobroError as {@link askStage}; `out_of_scope` when the policy does not know the item
 */
export function moveItems(
  engine: Engine,
  file: AccountFile,
  now: number,
  { items, stage, policy: id }: Selection & { readonly stage: string; readonly policy?: string | undefined },
  by: Author,
): readonly FileEvent[] {
  const view = viewOf(engine, file, now);
  const { on } = view;
  const moved: FileEvent[] = [];
  let current: AccountFile = file;
  if (id !== undefined) {
    const policy = engine.policies.get(id);
    if (policy === undefined)
      throw new RecobroError('unknown_id', `there is no policy ${JSON.stringify(id)}`);
    known(policy, stage);
    const put = new Map(file.moved);
    for (const item of chosenItems(engine, view, items)) {
      moved.push({ type: 'item.moved', item: item.id, policy: id, on, ...by });
      put.set(item.id, { id: item.id, policy: id, author: by.author, on });
    }
    current = { ...file, moved: put };
  }
  const { events, subjects } = choose(engine, current, now, items);
  const after: FileEvent[] = [...moved, ...events];
  for (const { unit, case: running, policy } of subjects) {
    known(policy, stage);
    const base = { subject: unit.id, on };
    // A case that this very call opens has no past to override.
    const fresh = events.some((event) => event.type === 'case.opened' && event.case === running);
    let target = running;
    if (!fresh) {
      const cases = (file.cases.get(unit.id) ?? []).filter((one) => one.policy === policy.ref.id);
      target = `${policy.ref.id}/${unit.id}#${cases.length + 1}`;
      after.push({ type: 'case.closed', ...base, case: running, reason: 'moved' });
      after.push({
        type: 'case.opened',
        ...base,
        case: target,
        policy: policy.ref.id,
        version: policy.ref.version,
        hash: policy.ref.hash,
        opening: cases.length + 1,
        ...(policy.groupBy === undefined ? {} : { carrier: unit.lead.id }),
      });
    }
    after.push({ type: 'case.moved', ...base, case: target, stage, ...by });
  }
  return after;
}

/**
 * Counters start anew: the next review opens new cases that climb from the
 * beginning. Contacts and caps stay.
 *
 * @throws RecobroError as {@link askStage}
 */
export function resetItems(
  engine: Engine,
  file: AccountFile,
  now: number,
  { items }: Selection,
  by: Author,
): readonly FileEvent[] {
  const { view, events, subjects, closed } = choose(engine, file, now, items);
  for (const { unit, case: id } of subjects) {
    if (closed.has(id)) continue;
    events.push({ type: 'case.reset', subject: unit.id, case: id, on: view.on, ...by });
  }
  return events;
}

/**
 * Notes a contact that was made elsewhere: it counts for gap and caps.
 *
 * @throws RecobroError `unknown_id` for an item or contact that is not known
 */
export function recordContact(
  engine: Engine,
  file: AccountFile,
  {
    items,
    at,
    on,
    channel,
    contact,
  }: Selection & {
    readonly at: number;
    readonly on: string;
    readonly channel?: string | undefined;
    readonly contact?: string | undefined;
  },
  by: Author,
): readonly FileEvent[] {
  if (contact !== undefined && file.account?.contacts.some((one) => one.id === contact) !== true)
    throw new RecobroError('unknown_id', `the account has no contact ${JSON.stringify(contact)}`);
  const view = viewOf(engine, file, at);
  const about =
    items === undefined ? undefined : new Set(chosenItems(engine, view, items).map(({ id }) => id));
  const cases = [...file.cases.values()].flatMap((own) => {
    const one = own.at(-1);
    if (one === undefined || one.state === 'closed') return [];
    return about === undefined || about.has(one.subject) || one.subject.startsWith('~') ? [one.id] : [];
  });
  return [{ type: 'contact.recorded', at, on, channel, contact, cases: cases.sort(), ...by }];
}

/** The cases of the items chosen, as they stand today. */
function choose(engine: Engine, file: AccountFile, now: number, items: Selection['items']): Chosen {
  const view = viewOf(engine, file, now);
  const chosen = new Set(chosenItems(engine, view, items).map(({ id }) => id));
  const { events, subjects, closed } = lifecycle(engine, view);
  const own = subjects.flatMap((subject) => {
    const { policy, case: id, unit } = subject;
    if (!unit.items.some((item) => chosen.has(item.id))) return [];
    if (policy === undefined || id === undefined) {
      const reason = subject.reason ?? 'no_policy';
      throw new RecobroError(
        reason === 'out_of_scope' ? 'out_of_scope' : 'nothing_to_chase',
        `${unit.id} is under no policy that could act on it (${reason})`,
      );
    }
    return [{ ...subject, policy, case: id }];
  });
  return { view, events: [...events], subjects: own, closed };
}

/** The items meant, all of which must be there and owed. */
function chosenItems(engine: Engine, view: AccountView, ids: Selection['items']): readonly Item[] {
  if (ids === undefined) {
    const owed = view.items.filter((item) => settledReason(engine, item) === undefined);
    if (owed.length === 0)
      throw new RecobroError(
        'nothing_to_chase',
        'nothing of the account is owed; there is nothing to act on',
      );
    return owed;
  }
  if (ids.length === 0)
    throw new RecobroError(
      'empty_selection',
      'no item is chosen; name at least one, or leave the list out for all',
    );
  return [...new Set(ids)].flatMap((id) => {
    const own = view.items.filter((item) => item.id === id || item.invoice.id === id);
    if (own.length === 0)
      throw new RecobroError('unknown_id', `the account has no item ${JSON.stringify(id)}`);
    if (own.some((item) => item.invoice.type === 'payable'))
      throw new RecobroError(
        'not_receivable',
        `${JSON.stringify(id)} is what we owe, not what is owed to us`,
      );
    const owed = own.filter((item) => settledReason(engine, item) === undefined);
    const [first] = own;
    if (owed.length === 0 && first !== undefined)
      throw new RecobroError(
        'nothing_to_chase',
        `${JSON.stringify(id)} is over: ${settledReason(engine, first)}`,
      );
    return owed;
  });
}

function known(policy: CompiledPolicy, stage: string): void {
  if (policy.byId.has(stage)) return;
  const ids = policy.stages.map((one) => one.stage.id).join(', ');
  throw new RecobroError(
    'unknown_id',
    `the policy ${JSON.stringify(policy.ref.id)} has no stage ${JSON.stringify(stage)}; it has ${ids}`,
  );
}

function caseOf(file: AccountFile, subject: string, id: string): Case | undefined {
  return file.cases.get(subject)?.find((one) => one.id === id);
}
