import type { AccountFile, ActKind, OpenAct } from '../ledger/file.js';
import { byText } from '../ledger/order.js';
import type { Money } from '../money/index.js';
import type { Act } from './acts.js';
import { answeredStage } from './answers.js';
import { stageOfMark } from './marks.js';

/** What somebody has to do: a person, or the host for fees and effects. */
export interface OpenWork {
  readonly act: string;
  /** `unknown`: say whether it went out; `proposal`: approve, confirm or discard it; else what it is. */
  readonly work: 'unknown' | 'proposal' | Exclude<ActKind, 'message'>;
  /** Kind of task; name of the alert, effect, fee or hand-over. */
  readonly name?: string | undefined;
  /** Of a message that waits: how it goes, such as by `call`. */
  readonly channel?: string | undefined;
  readonly stage: string;
  /** Local day on which it was raised. */
  readonly since: string;
  /** Items it is about, by id, as far as its cases are those of items. */
  readonly subjects: readonly string[];
  // What follows stands in the row of the outbox, and is known where that was read.
  readonly owner?: string | undefined;
  /** Last day on which it is to be done. */
  readonly deadline?: string | undefined;
  /** Why there is such a task: code. */
  readonly reason?: string | undefined;
  readonly totals?: readonly Money[] | undefined;
}

/** The most pressing first; within a kind what has a deadline, then what waits longest. */
const ranks: readonly OpenWork['work'][] = [
  'unknown',
  'task',
  'proposal',
  'handover',
  'alert',
  'write-off',
  'fee',
  'effect',
];

/**
 * The work that is open for an account: whose outcome nobody knows first, then
 * tasks, proposals, hand-overs, alerts, write-offs, fees and effects; within a
 * kind the earliest deadline first, then the oldest, then by id.
 *
 * @param acts rows of the outbox, as far as they were read
 */
export function openWorkOf(file: AccountFile, acts: ReadonlyMap<string, Act>): readonly OpenWork[] {
  const all: OpenWork[] = [];
  for (const open of file.acts.values()) {
    const work = workOf(open);
    if (work === undefined) continue;
    const { id, name, channel, on, covers } = open;
    const act = acts.get(id);
    const [first] = covers;
    all.push({
      act: id,
      work,
      ...(name === undefined ? {} : { name }),
      ...(channel === undefined ? {} : { channel }),
      stage: first === undefined ? answeredStage : stageOfMark(first),
      since: on,
      subjects: [...new Set(covers.map((cover) => cover.subject))].sort(),
      ...(act?.owner === undefined ? {} : { owner: act.owner }),
      ...(act?.deadline === undefined ? {} : { deadline: act.deadline }),
      ...(act?.reason === undefined ? {} : { reason: act.reason }),
      ...(act === undefined ? {} : { totals: act.totals }),
    });
  }
  return all.sort(byUrgency);
}

function workOf({ kind, state }: OpenAct): OpenWork['work'] | undefined {
  if (state === 'unknown') return 'unknown';
  if (state === 'proposed') return 'proposal';
  return kind === 'message' ? undefined : kind;
}

function byUrgency(a: OpenWork, b: OpenWork): number {
  return (
    ranks.indexOf(a.work) - ranks.indexOf(b.work) ||
    byText(a.deadline ?? '9999-12-31', b.deadline ?? '9999-12-31') ||
    byText(a.since, b.since) ||
    byText(a.act, b.act)
  );
}
