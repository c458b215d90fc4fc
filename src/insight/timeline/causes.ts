import type { Plan, Policy, Reaction, SendAction, Via } from '../../policy/types.js';
import { type Speech, spanOf } from '../words/index.js';
import type { Cause } from '../words/timeline/words.js';
import { lineOf } from './actions.js';
import type { CauseRow, Line, Outcome } from './rows.js';

/** What happens on payment, promise, dispute, reply, exhaustion: by the policy, and by the plan where that says it. */
export function causesOf(plan: Plan, policy: Policy, via: readonly Via[], speech: Speech): CauseRow[] {
  const { cause: words } = speech.words.timeline;
  const on = policy.on ?? {};
  const blocks = plan.blocks ?? {};
  const row = (
    cause: Cause,
    texts: readonly string[],
    outcomes: readonly (Outcome | undefined)[],
  ): CauseRow => ({
    cause,
    title: words.titles[cause],
    texts,
    outcomes: outcomes.filter((one) => one !== undefined),
  });
  const lines = (actions: readonly (Reaction | SendAction)[] | undefined): Line[] =>
    (actions ?? []).map((action) => lineOf(action, via, speech));
  const outcome = (
    label: string,
    actions: readonly (Reaction | SendAction)[] | undefined,
  ): Outcome | undefined =>
    actions === undefined || actions.length === 0 ? undefined : { label, lines: lines(actions) };

  const wantsEffects = [...policy.stages.flatMap((one) => one.do), ...(on.promiseBroken ?? [])].some(
    (action) => 'effect' in action,
  );
  const { grace, tolerance } = blocks.promise ?? {};
  return [
    row(
      'paid',
      [words.paid, words.partPaid, ...(wantsEffects ? [words.effectsEnd] : [])],
      [outcome(words.thanks, on.paid)],
    ),
    row(
      'promise',
      [
        words.promise,
        ...(grace === undefined || grace === '0d' ? [] : [words.promiseGrace(spanOf(grace, speech))]),
        ...(tolerance === undefined || tolerance === 0
          ? []
          : [words.promiseTolerance(speech.format.count(tolerance))]),
        ...(on.promiseBroken === undefined || on.promiseBroken.length === 0
          ? [`${words.broken}, ${words.goesOn}.`]
          : []),
      ],
      [
        outcome(words.acknowledged, on.promised),
        outcome(words.kept, on.promiseKept),
        outcome(words.broken, on.promiseBroken),
      ],
    ),
    row(
      'dispute',
      [words.dispute[blocks.dispute ?? 'part'], words.disputeOver],
      [outcome(words.acknowledged, on.disputed)],
    ),
    row(
      'reply',
      [blocks.reply === 'continue' ? words.replyIgnored : words.reply(spanOf(blocks.reply ?? '3d', speech))],
      [],
    ),
    row(
      'reported',
      [words.reported(spanOf(blocks.unbooked ?? '5d', speech))],
      [outcome(words.acknowledged, on.reported)],
    ),
    // Levels that rise and fall have no last one.
    ...(policy.stages.length === 0 || (policy.level === 'state' && on.exhausted === undefined)
      ? []
      : [row('exhausted', [words.exhausted], [outcome('', on.exhausted)])]),
    row('reopened', [words.reopened[policy.reopen ?? 'continue']], []),
  ];
}
