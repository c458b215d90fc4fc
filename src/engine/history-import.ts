import { type Day, formatDay, parseDay } from '../calendar/index.js';
import { type Problem, RecobroError } from '../errors.js';
import type { AccountFile, Case, StageMark } from '../ledger/file.js';
import type { CompiledPolicy, Engine } from './compile.js';
import type { FileEvent } from './events.js';
import { viewOf } from './look.js';
import { subjectOf } from './units.js';
import type { AccountView } from './view.js';

/** What another system did about one item, so that nothing is announced again. */
export interface ImportedHistory {
  /** Item (invoice, or `invoice~instalment`). For a policy of groups: any item of the group. */
  readonly item: string;
  readonly policy: string;
  /** Day on which its dunning began. Default: the first day named below. */
  readonly opened?: string | undefined;
  /** Stages done, with their days. */
  readonly done?:
    | readonly { readonly stage: string; readonly on: string; readonly times?: number | undefined }[]
    | undefined;
  /** Contacts of which no stage tells; they count for gap and caps. */
  readonly contacts?: readonly { readonly on: string; readonly channel?: string | undefined }[] | undefined;
  /** Effects that are on at the host. */
  readonly effects?: readonly string[] | undefined;
  /** Nothing is left to do for it. */
  readonly exhausted?: boolean | undefined;
}

/**
 * Takes in what another system did: stages done with their days, effects that
 * are on, cases that are exhausted. It drives levels, gaps and caps; nothing is
 * sent or announced again.
 *
 * @param startOf the first instant of a local day of the account
 * @throws RecobroError `invalid_input` listing every problem with its path
 */
export function importHistory(
  engine: Engine,
  file: AccountFile,
  now: number,
  entries: readonly ImportedHistory[],
  author: string,
  startOf: (day: Day) => number,
): readonly FileEvent[] {
  const view = viewOf(engine, file, now);
  const problems: Problem[] = [];
  const report = (path: string, code: string, message: string): void => {
    problems.push({ path, code, message });
  };
  const events: FileEvent[] = [];
  const days = new Map<Day, string | undefined>();
  const seen = new Set<string>();
  entries.forEach((entry, index) => {
    const at = `[${index}]`;
    const item = view.items.find((one) => one.id === entry.item);
    const policy = engine.policies.get(entry.policy);
    if (item === undefined)
      report(
        `${at}.item`,
        'unknown_id',
        `the account has no item ${JSON.stringify(entry.item)}; sync it first`,
      );
    if (policy === undefined)
      report(`${at}.policy`, 'unknown_id', `there is no policy ${JSON.stringify(entry.policy)}`);
    const marks = marksOf(entry, policy, at, view, report);
    for (const [place, { on, channel }] of (entry.contacts ?? []).entries()) {
      const day = dayOf(on, `${at}.contacts[${place}].on`, view, report);
      if (day !== undefined) days.set(day, channel ?? days.get(day));
    }
    for (const mark of marks) if (!days.has(parseDay(mark.on))) days.set(parseDay(mark.on), undefined);
    if (item === undefined || policy === undefined) return;
    const subject = subjectOf(policy, item);
    if (seen.has(subject) || (file.cases.get(subject) ?? []).length > 0) {
      report(
        `${at}.item`,
        'duplicate_id',
        `${subject} has a history already; import before the first review`,
      );
      return;
    }
    seen.add(subject);
    const opened = entry.opened ?? marks[0]?.on ?? view.on;
    dayOf(opened, `${at}.opened`, view, report);
    events.push({ type: 'case.imported', case: caseOf(entry, policy, subject, opened, marks, item.id) });
  });
  if (problems.length > 0)
    throw new RecobroError('invalid_input', 'the history cannot be taken in; nothing was written', {
      problems,
    });
  for (const [day, channel] of [...days].sort(([a], [b]) => a - b)) {
    const cases = events.flatMap((event) => (event.type === 'case.imported' ? [event.case.id] : []));
    events.push({
      type: 'contact.recorded',
      at: startOf(day),
      on: formatDay(day),
      channel,
      cases,
      author,
      reason: 'imported',
    });
  }
  return events;
}

type Report = (path: string, code: string, message: string) => void;

function marksOf(
  entry: ImportedHistory,
  policy: CompiledPolicy | undefined,
  at: string,
  view: AccountView,
  report: Report,
): StageMark[] {
  const marks: StageMark[] = [];
  (entry.done ?? []).forEach(({ stage, on, times = 1 }, place) => {
    const path = `${at}.done[${place}]`;
    if (policy !== undefined && !policy.byId.has(stage))
      report(`${path}.stage`, 'unknown_id', `the policy has no stage ${JSON.stringify(stage)}`);
    const day = dayOf(on, `${path}.on`, view, report);
    if (!Number.isInteger(times) || times < 1 || times > 1000)
      report(`${path}.times`, 'invalid_value', 'a whole number from 1 to 1000');
    else if (day !== undefined)
      for (let occurrence = 1; occurrence <= times; occurrence++)
        marks.push({
          stage,
          occurrence,
          state: 'done',
          on: formatDay(day),
          reason: 'imported',
          tried: [],
          revision: 0,
        });
  });
  return marks.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** A day that was, or a problem: done without a date can never be. */
function dayOf(text: unknown, path: string, view: AccountView, report: Report): Day | undefined {
  try {
    const day = typeof text === 'string' ? parseDay(text) : undefined;
    if (day === undefined) report(path, 'missing', 'the day on which it was done, as YYYY-MM-DD');
    else if (day > view.today) report(path, 'invalid_date', 'a day that lies ahead cannot be history');
    else return day;
  } catch {
    report(path, 'invalid_date', 'write a date as YYYY-MM-DD');
  }
  return undefined;
}

function caseOf(
  entry: ImportedHistory,
  policy: CompiledPolicy,
  subject: string,
  opened: string,
  marks: readonly StageMark[],
  carrier: string,
): Case {
  const { id, version, hash } = policy.ref;
  const last = marks.at(-1)?.on ?? opened;
  return {
    id: `${id}/${subject}#1`,
    policy: id,
    version,
    hash,
    subject,
    opening: 1,
    opened,
    state: entry.exhausted === true ? 'exhausted' : 'open',
    ...(entry.exhausted === true ? { closed: { reason: 'imported', on: last } } : {}),
    shift: 0,
    marks,
    ...(policy.groupBy === undefined ? {} : { carrier }),
    ...(entry.effects === undefined ? {} : { effects: [...new Set(entry.effects)].sort() }),
  };
}
