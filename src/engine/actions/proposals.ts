import { formatDay, localDay } from '../../calendar/index.js';
import type { AccountFile, OpenAct } from '../../ledger/file.js';
import { contentOf } from '../acts.js';
import type { Engine } from '../compile.js';
import type { DecideOptions, Decision } from '../decide.js';
import type { FileEvent } from '../events.js';
import { evolveAll } from '../evolve.js';
import { stageOfMark } from '../marks.js';
import { policyOf } from './members.js';

/** How the account is decided; handed in, since deciding asks about proposals. */
export type Decide = (engine: Engine, file: AccountFile, now: number, options: DecideOptions) => Decision;

/** Answers of the contact rules: a proposal is no contact, so they do not touch it. */
const ofContact: ReadonlySet<string> = new Set([
  'gap',
  'cap',
  'window',
  'holiday',
  'message_limit',
  'priority',
]);

/**
 * Proposals that are over: lapsed, or not what would be proposed now. Facts
 * that changed void a proposal, and an approval with it, and it is made anew;
 * that a later stage has become due replaces it only where the policy says so.
 */
export function proposalsOver(
  engine: Engine,
  file: AccountFile,
  now: number,
  decide: Decide,
): readonly FileEvent[] {
  const on = formatDay(localDay(now, file.account?.zone ?? engine.plan.zone));
  const events: FileEvent[] = [];
  const proposals = [...file.acts.values()]
    .filter((act) => act.state === 'proposed')
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const act of proposals) {
    if (act.lapses !== undefined && on > act.lapses) {
      events.push({
        type: 'act.discarded',
        act: act.id,
        on,
        author: 'recobro',
        reason: 'lapsed',
        next: 'skip',
      });
      continue;
    }
    const rule = ruleOf(engine, file, act);
    if (rule === 'regenerate' && on > act.on) {
      events.push({
        type: 'act.discarded',
        act: act.id,
        on,
        author: 'recobro',
        reason: 'regenerated',
        next: 'again',
      });
      continue;
    }
    const standing = standingOf(engine, file, act, act.content, now, rule !== 'supersede', decide);
    if (standing.holds || standing.ofContact) continue;
    events.push({ type: 'act.withdrawn', act: act.id, reason: standing.reason, on });
  }
  return events;
}

function ruleOf(engine: Engine, file: AccountFile, act: OpenAct): 'hold' | 'regenerate' | 'supersede' {
  const [cover] = act.covers;
  const one = file.cases.get(cover?.subject ?? '')?.find((known) => known.id === cover?.case);
  const policy = one === undefined ? undefined : policyOf(engine, one);
  return policy?.policy.proposed ?? 'hold';
}

/** Whether an act is still what would be planned. */
export type Standing =
  | { readonly holds: true }
  | {
      readonly holds: false;
      readonly reason: string;
      /** Only the contact rules are against it, until `at`. */
      readonly ofContact: boolean;
      readonly at?: number | undefined;
    };

/**
 * Whether an act is what would be planned now, were it not there.
 *
 * @param pinned its own stages count, whatever later ones have become due
 */
export function standingOf(
  engine: Engine,
  file: AccountFile,
  act: OpenAct,
  content: string | undefined,
  now: number,
  pinned: boolean,
  decide: Decide,
): Standing {
  const on = formatDay(localDay(now, file.account?.zone ?? engine.plan.zone));
  const asked = act.covers.map(
    ({ subject, case: id, stage }): FileEvent => ({
      type: 'case.asked',
      subject,
      case: id,
      stage: stageOfMark({ stage }),
      on,
      author: 'recobro',
    }),
  );
  const without = evolveAll(file, [
    { type: 'act.withdrawn', act: act.id, reason: 'recheck', on },
    ...(pinned ? asked : []),
  ]);
  const again = decide(engine, without, now, { occasion: act.review, thought: true });
  if (again.acts.some((other) => contentOf(other) === content)) return { holds: true };
  const own = new Set(act.covers.map((cover) => cover.case));
  for (const event of again.events) {
    if (event.type !== 'case.closed' || !own.has(event.case)) continue;
    const reason = event.reason === 'paid' ? 'settled' : event.reason;
    return { holds: false, reason, ofContact: false };
  }
  const waiting = again.waiting.find((one) => one.case !== undefined && own.has(one.case));
  const reason = waiting?.reason ?? 'changed';
  return { holds: false, reason, ofContact: ofContact.has(reason), at: waiting?.at };
}
