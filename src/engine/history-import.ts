import { type Day, formatDay, parseDay } from '../calendar/index.js';
import { type Problem, RecobroError } from '../errors.js';
import type { AccountFile, Case, StageMark } from '../ledger/file.js';
import type { Item } from '../ledger/items.js';
import { byText } from '../ledger/order.js';
import { effectsWantedBy } from './actions/effects.js';
import type { CompiledPolicy, Engine } from './compile.js';
import type { FileEvent } from './events.js';
import { viewOf } from './look.js';
import { thanksStage } from './marks.js';
import { dayDone } from './people.js';
import { settledReason } from './settled.js';
import { groupUnit, subjectOf } from './units.js';
import type { AccountView } from './view.js';

/** What another system did about one item, so that nothing is announced again. */
export interface ImportedHistory {
  /** Item (invoice, or `invoice~instalment`). For a policy of groups: any item of the group. */
  readonly item: string;
  readonly policy: string;
  /** Day on which its dunning began. Default: the first day named below. */
  readonly opened?: string | undefined;
  /** Stages done, with their days; `times` is how often, up to that day. */
  readonly done?:
    | readonly { readonly stage: string; readonly on: string; readonly times?: number | undefined }[]
    | undefined;
  /** Contacts of which no stage tells; they count for gap and caps, as days of stages with a message do. */
  readonly contacts?: readonly { readonly on: string; readonly channel?: string | undefined }[] | undefined;
  /** Effects that are on at the host. Default: those that the stages done want. */
  readonly effects?: readonly string[] | undefined;
  /** With `level: 'state'`: the stage whose level holds. Default: the severest one done. */
  readonly level?: string | undefined;
  /** Nothing is left to do for it. */
  readonly exhausted?: boolean | undefined;
}

/**
 * Takes in what another system did: stages done with their days, effects that
 * are on, cases that are exhausted. It drives levels, gaps and caps; nothing is
 * sent or announced again, nor are thanks given for what is settled already.
 *
 * @throws RecobroError `invalid_input` listing every problem with its path
 */
export function importHistory(
  engine: Engine,
  file: AccountFile,
  now: number,
  entries: readonly ImportedHistory[],
  by: { readonly author: string; readonly reason?: string | undefined },
): readonly FileEvent[] {
  const view = viewOf(engine, file, now);
  const problems: Problem[] = [];
  const report: Report = (path, code, message) => {
    problems.push({ path, code, message });
  };
  const events: FileEvent[] = [];
  const contacts = new Map<string, { readonly day: Day; readonly channel?: string; cases: string[] }>();
  const seen = new Set<string>();
  entries.forEach((entry, index) => {
    const at = `[${index}]`;
    if (!isRecord(entry, at, keys, report)) return;
    const item = view.items.find((one) => one.id === entry.item);
    const policy = engine.policies.get(entry.policy);
    if (item === undefined)
      report(
        `${at}.item`,
        'unknown_id',
        `the account has no item ${JSON.stringify(entry.item)}; sync it first`,
      );
    else if (item.invoice.type === 'payable')
      report(`${at}.item`, 'not_receivable', 'it is what we owe, not what is owed to us');
    if (policy === undefined)
      report(`${at}.policy`, 'unknown_id', `there is no policy ${JSON.stringify(entry.policy)}`);
    const marks = marksOf(entry, policy, at, view, report);
    const made = contactsOf(entry, policy, marks, at, view, report);
    const opened = dayOf(entry.opened ?? marks[0]?.on ?? view.on, `${at}.opened`, view, report);
    checkNames(entry, policy, at, report);
    if (item === undefined || policy === undefined || opened === undefined) return;
    const subject = subjectOf(policy, item);
    const key = `${policy.ref.id}\n${subject}`;
    const known = (file.cases.get(subject) ?? []).some((one) => one.policy === policy.ref.id);
    if (seen.has(key) || known) {
      report(
        `${at}.item`,
        'duplicate_id',
        `${subject} has a history already; import before the first review`,
      );
      return;
    }
    seen.add(key);
    const one = caseOf(engine, view, entry, policy, item, formatDay(opened), marks);
    events.push({ type: 'case.imported', case: one, ...by });
    for (const { day, channel } of made) {
      const place = `${day} ${channel ?? ''}`;
      const contact = contacts.get(place);
      if (contact === undefined)
        contacts.set(place, { day, ...(channel === undefined ? {} : { channel }), cases: [one.id] });
      else contact.cases.push(one.id);
    }
  });
  if (problems.length > 0)
    throw new RecobroError('invalid_input', 'the history cannot be taken in; nothing was written', {
      problems,
    });
  for (const { day, channel, cases } of [...contacts.values()].sort((a, b) => a.day - b.day)) {
    const { on, at } = dayDone(view, formatDay(day));
    const { author } = by;
    events.push({
      type: 'contact.recorded',
      at,
      on,
      channel,
      cases: cases.sort(),
      author,
      reason: 'imported',
    });
  }
  return events;
}

type Report = (path: string, code: string, message: string) => void;

const keys = ['item', 'policy', 'opened', 'done', 'contacts', 'effects', 'level', 'exhausted'];

/** Entries may come from JavaScript, and a key that is not known is a mistake. */
function isRecord(value: unknown, at: string, known: readonly string[], report: Report): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    report(at, 'invalid_type', 'must be an object');
    return false;
  }
  for (const key of Object.keys(value))
    if (!known.includes(key)) report(`${at}.${key}`, 'unknown_key', `is none of ${known.join(', ')}`);
  return true;
}

function listOf<T>(list: readonly T[] | undefined, at: string, report: Report): readonly T[] {
  if (list === undefined || Array.isArray(list)) return list ?? [];
  report(at, 'invalid_type', 'must be a list');
  return [];
}

/** Effects and levels are names that the policy knows, or the host's own. */
function checkNames(
  { effects, level, exhausted }: ImportedHistory,
  policy: CompiledPolicy | undefined,
  at: string,
  report: Report,
): void {
  for (const [place, name] of listOf(effects, `${at}.effects`, report).entries())
    if (typeof name !== 'string' || name === '')
      report(`${at}.effects[${place}]`, 'invalid_type', 'must be the name of an effect');
  if (exhausted !== undefined && typeof exhausted !== 'boolean')
    report(`${at}.exhausted`, 'invalid_type', 'must be true or false');
  if (level === undefined || policy === undefined) return;
  if (!policy.byId.has(level))
    report(`${at}.level`, 'unknown_id', `the policy has no stage ${JSON.stringify(level)}`);
  else if (!policy.byState)
    report(
      `${at}.level`,
      'invalid_value',
      "only a policy with level: 'state' has a level of its own; say what was done",
    );
}

function marksOf(
  entry: ImportedHistory,
  policy: CompiledPolicy | undefined,
  at: string,
  view: AccountView,
  report: Report,
): StageMark[] {
  const marks = new Map<string, StageMark>();
  listOf(entry.done, `${at}.done`, report).forEach((done, place) => {
    const path = `${at}.done[${place}]`;
    if (!isRecord(done, path, ['stage', 'on', 'times'], report)) return;
    const { stage, on, times = 1 } = done;
    if (policy !== undefined && !policy.byId.has(stage))
      report(`${path}.stage`, 'unknown_id', `the policy has no stage ${JSON.stringify(stage)}`);
    const day = dayOf(on, `${path}.on`, view, report);
    if (!Number.isInteger(times) || times < 1 || times > 1000)
      report(`${path}.times`, 'invalid_value', 'a whole number from 1 to 1000');
    else if (day !== undefined) {
      const before = [...marks.values()].filter((mark) => mark.stage === stage).length;
      for (let occurrence = before + 1; occurrence <= before + times; occurrence++)
        marks.set(`${stage}.${occurrence}`, {
          stage,
          occurrence,
          state: 'done',
          on: formatDay(day),
          reason: 'imported',
          tried: [],
          revision: 0,
        });
    }
  });
  return [...marks.values()].sort((a, b) => byText(a.on, b.on));
}

/** Contacts named, and one for each day of a stage that writes to somebody for which none is. */
function contactsOf(
  entry: ImportedHistory,
  policy: CompiledPolicy | undefined,
  marks: readonly StageMark[],
  at: string,
  view: AccountView,
  report: Report,
): { readonly day: Day; readonly channel: string | undefined }[] {
  const made = new Map<string, { readonly day: Day; readonly channel: string | undefined }>();
  for (const [place, contact] of listOf(entry.contacts, `${at}.contacts`, report).entries()) {
    const path = `${at}.contacts[${place}]`;
    if (!isRecord(contact, path, ['on', 'channel'], report)) continue;
    const { on, channel } = contact;
    if (channel !== undefined && typeof channel !== 'string')
      report(`${path}.channel`, 'invalid_type', 'must be the id of a channel');
    const day = dayOf(on, `${path}.on`, view, report);
    if (day !== undefined) made.set(`${day} ${channel ?? ''}`, { day, channel });
  }
  for (const mark of marks) {
    // Service that was stopped, or a task that was raised, is no contact here either.
    if (policy?.byId.get(mark.stage)?.sends.length === 0) continue;
    const day = parseDay(mark.on);
    if ([...made.values()].every((one) => one.day !== day)) made.set(`${day} `, { day, channel: undefined });
  }
  return [...made.values()];
}

/** A day that was, or a problem: done without a date can never be. */
function dayOf(text: unknown, path: string, view: AccountView, report: Report): Day | undefined {
  if (typeof text !== 'string') {
    report(path, 'missing', 'the day on which it was done, as YYYY-MM-DD');
    return undefined;
  }
  let day: Day;
  try {
    day = parseDay(text);
  } catch {
    report(path, 'invalid_date', 'write a date as YYYY-MM-DD');
    return undefined;
  }
  if (day <= view.today) return day;
  report(path, 'invalid_date', 'a day that lies ahead cannot be history');
  return undefined;
}

function caseOf(
  engine: Engine,
  view: AccountView,
  entry: ImportedHistory,
  policy: CompiledPolicy,
  item: Item,
  opened: string,
  marks: readonly StageMark[],
): Case {
  const { id, version, hash } = policy.ref;
  const subject = subjectOf(policy, item);
  const last = marks.at(-1)?.on ?? opened;
  const members = view.items.filter(
    (one) => subjectOf(policy, one) === subject && settledReason(engine, view, one) === undefined,
  );
  const settled = members.length > 0 ? undefined : (settledReason(engine, view, item) ?? 'paid');
  const severest = policy.stages.findLast((stage) => marks.some((mark) => mark.stage === stage.stage.id));
  const level = entry.level ?? severest?.stage.id;
  const done: Case = {
    id: `${id}/${subject}#1`,
    policy: id,
    version,
    hash,
    subject,
    opening: 1,
    opened,
    state: 'open',
    shift: 0,
    marks,
    ...(policy.groupBy === undefined
      ? {}
      : { carrier: members.length > 0 ? groupUnit(subject, members).lead.id : item.id }),
    ...(policy.byState && level !== undefined ? { level, levelOn: last } : {}),
  };
  const wanted = effectsWantedBy(policy, done);
  const effects = [...new Set(entry.effects ?? (settled === undefined ? wanted : []))].sort();
  // What no stage of ours wants stays until the case is settled, as the other system had it.
  const foreign = effects.filter((effect) => !wanted.includes(effect));
  const all: Case = {
    ...done,
    ...(effects.length === 0 ? {} : { effects }),
    ...(foreign.length === 0 ? {} : { reactionEffects: foreign }),
  };
  if (settled !== undefined)
    return {
      ...all,
      state: 'closed',
      closed: { reason: settled, on: last },
      marks: [...marks, thanked(last)],
    };
  if (entry.exhausted !== true) return all;
  // Whoever exhausted it did what was to be done about it.
  return { ...all, state: 'exhausted', closed: { reason: 'imported', on: last }, reacted: ['exhausted'] };
}

/** Nobody is thanked for what was paid before we knew of it. */
function thanked(on: string): StageMark {
  return {
    stage: thanksStage,
    occurrence: 1,
    state: 'skipped',
    on,
    reason: 'imported',
    tried: [],
    revision: 0,
  };
}
