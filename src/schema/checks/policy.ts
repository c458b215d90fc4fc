import type { Cursor } from '../cursor.js';
import { checkCondition } from './condition.js';
import { checkDuration, checkUnique } from './scalars.js';

/** What the shape of a policy cannot say. */
export function checkPolicy(policy: Cursor): void {
  checkVia(policy.at('via'));
  checkDuration(policy.at('restart'));
  const stages = policy.at('stages');
  checkUnique(stages, 'id', (stage) => stage.at('id'));
  stages.items().forEach((stage, index) => {
    checkStage(stage, index);
  });
  checkDuration(policy.at('last').at('repeat'));
  if (policy.at('last').exists && stages.exists && stages.items().length === 0) {
    policy
      .at('last')
      .report('wrong_order', 'a policy without stages has no last stage to repeat; leave this out');
  }
  checkSends(policy.at('on').at('paid').items());
}

/** One message for each role: a second one to the same people at the same moment belongs into the first. */
function checkSends(actions: readonly Cursor[]): void {
  const roles = new Set<string>();
  for (const action of actions) {
    if (!action.at('send').exists) continue;
    const role = action.at('to').text() ?? 'billing';
    if (roles.has(role)) {
      action.report(
        'duplicate_id',
        `a second message to the role ${JSON.stringify(role)}; put both texts into one`,
      );
    }
    roles.add(role);
    checkVia(action.at('via'));
  }
}

function checkStage(stage: Cursor, index: number): void {
  checkTrigger(stage.at('at'), index);
  if (stage.at('when').exists) checkCondition(stage.at('when'), 'stage');
  const actions = stage.at('do').items();
  checkSends(actions);
  for (const action of actions) checkDuration(action.at('within'));
}

function checkTrigger(at: Cursor, index: number): void {
  const from = at.at('from');
  const basis = from.text();
  checkDuration(at.at('plus'));
  checkDuration(at.at('minus'));
  if (at.at('plus').exists && at.at('minus').exists) {
    at.report('conflicting_keys', 'write plus for after or minus for before, not both');
  }
  if (basis === 'previous' && index === 0) {
    from.report(
      'wrong_basis',
      'the first stage has no stage before it; count from "due", "issue" or "opened"',
    );
  }
  if (at.at('minus').exists && (basis === 'previous' || basis === 'opened')) {
    at.at('minus').report(
      'wrong_basis',
      `nothing can act before "${basis}"; write plus, or count from "due"`,
    );
  }
}

/** A channel once per chain: trying it twice would be trying the same address twice. */
function checkVia(via: Cursor): void {
  checkUnique(via, 'entry', (place) => place.at('channel'));
}
