import { formatDay, localDay } from '../calendar/index.js';
import type { AccountFile } from '../ledger/file.js';
import { standingOf } from './actions/proposals.js';
import { type Act, saidBy, stillSaid } from './acts.js';
import { isAnswer, recheckAnswer } from './answers.js';
import type { Engine } from './compile.js';
import { type Decision, decide } from './decide.js';
import type { FileEvent } from './events.js';
import { evolve } from './evolve.js';

/** Whether an act is still right, or why not. */
export type Recheck =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: string;
      /** A person approved it and only the contact rules are against it: it waits until then. */
      readonly until?: number | undefined;
      /** A person approved what has changed since: it is proposed anew, whatever else has become due meanwhile. */
      readonly refreshed?: readonly FileEvent[] | undefined;
    };

/**
 * Asks again, right before sending, whether an act is what would be decided
 * now: facts, blocks, consent, windows, caps, content and words. There is no second
 * set of rules: the act is taken back in thought and the account decided anew.
 */
export function recheck(engine: Engine, file: AccountFile, act: Act, now: number): Recheck {
  const on = formatDay(localDay(now, file.account?.zone ?? engine.plan.zone));
  const open = file.acts.get(act.id);
  if (open === undefined) return { ok: false, reason: 'unknown_act' };
  if (isAnswer(act)) return recheckAnswer(engine, file, act, now);
  const said = saidBy(act);
  if (open.approved === true || open.state === 'proposed') {
    const standing = standingOf(engine, file, open, said, now, true, decide);
    if (standing.holds) return { ok: true };
    const { reason, at, refreshed } = standing;
    return standing.ofContact && at !== undefined
      ? { ok: false, reason, until: at }
      : { ok: false, reason, refreshed };
  }
  const without = evolve(file, { type: 'act.withdrawn', act: act.id, reason: 'recheck', on });
  const again = decide(engine, without, now, { occasion: act.review, thought: true });
  if (again.acts.some((other) => stillSaid(said, other))) return { ok: true };
  return { ok: false, reason: reasonOf(act, again, file) };
}

/** Why an act is not what would be decided now. */
function reasonOf(act: Act, again: Decision, file: AccountFile): string {
  const closed = new Map<string, string>();
  for (const { subject, case: id } of act.covers) {
    const known = file.cases.get(subject)?.find((one) => one.id === id);
    if (known?.state === 'closed') closed.set(id, known.closed?.reason ?? 'settled');
  }
  for (const event of again.events) if (event.type === 'case.closed') closed.set(event.case, event.reason);
  const cases = act.covers.map((cover) => cover.case);
  const [first = ''] = cases;
  if (act.purpose === 'dunning' && cases.every((one) => closed.has(one))) {
    const reason = closed.get(first) ?? 'settled';
    return reason === 'paid' ? 'settled' : reason;
  }
  const messages = again.acts.filter((other) => other.kind === 'message');
  const planned = messages.flatMap((other) => other.covers.map((cover) => cover.case));
  // Whatever is still to be sent about these cases has other content now.
  if (cases.some((one) => planned.includes(one) || closed.has(one))) return 'changed';
  const isOwn = (stage: string | undefined): boolean =>
    act.answers === undefined || act.covers.some((cover) => cover.stage === stage);
  const waiting = again.waiting.find(
    (one) => one.case !== undefined && cases.includes(one.case) && isOwn(one.stage),
  );
  return waiting?.reason ?? 'changed';
}
