import type { Cursor } from '../cursor.js';
import { checkActions } from './actions.js';
import { checkCondition } from './condition.js';
import { checkDuration, checkLookBack, checkPercent, checkThreshold } from './scalars.js';
import { checkStageTrigger, triggersAt } from './trigger.js';

/** What a stage knows of its policy. */
export interface StagePlace {
  /** The stage before it in the document; `null` for the first. */
  readonly before: Cursor | null;
  readonly grace: boolean;
  readonly byState: boolean;
  /** Stages live for their day only. */
  readonly drops: boolean;
}

/** What the shape of a stage cannot say. */
export function checkStage(stage: Cursor, { before, grace, byState, drops }: StagePlace): void {
  checkStageTrigger(stage.at('at'), { before, grace });
  if (stage.at('when').exists) checkCondition(stage.at('when'), 'stage');
  if (stage.at('min').exists) checkMinimum(stage.at('min'));
  for (const key of ['lapses', 'expires', 'deadline']) checkDuration(stage.at(key));
  checkLookBack(stage.at('gap'));
  const actions = stage.at('do').items();
  checkActions(actions, 'stage', byState);
  if (
    stage.at('gap').exists &&
    stage.at('do').exists &&
    !actions.some((action) => action.at('send').exists)
  ) {
    stage
      .at('gap')
      .report('unused_setting', 'the stage sends nothing that a gap could hold back; leave it out');
  }
  if (stage.at('keep').value === true && triggersAt(stage).length > 0 && !isEarly(stage)) {
    stage
      .at('keep')
      .report('unused_setting', 'only a stage before the due date can be kept past it; leave keep out');
  }
  if (stage.at('expires').exists && drops) {
    stage
      .at('expires')
      .report('unused_setting', 'with late: "drop" every stage lives for its own day; leave expires out');
  }
}

/** Meant for before the due date, and so over with it. */
function isEarly(stage: Cursor): boolean {
  const early = (at: Cursor): boolean =>
    at.at('from').text() === 'due' &&
    !/^0/.test(at.at('minus').text() ?? '0') &&
    at.at('endOfMonth').value !== true;
  const triggers = triggersAt(stage);
  return stage.at('at').at('any').exists ? triggers.some(early) : triggers.every(early);
}

function checkMinimum(min: Cursor): void {
  const [amount, share] = [min.at('amount'), min.at('share')];
  if (amount.exists) checkThreshold(amount);
  checkPercent(share);
  if (share.number() === 0)
    share.report('too_small', 'every share is at least 0; write more, or leave it out');
  if (!amount.exists && !share.exists) {
    min.report('missing', "say how much at least, such as amount: { MXN: '500.00' } or share: 10");
  } else if (min.at('any').exists && !(amount.exists && share.exists)) {
    min
      .at('any')
      .report('unused_setting', 'any chooses between amount and share; with one of them leave it out');
  }
}
