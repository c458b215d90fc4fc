import { answerCauses } from '../../policy/answers.js';
import type { Cursor } from '../cursor.js';
import { hint } from '../nearest.js';
import { checkActions, checkVia } from './actions.js';
import { checkCombinations } from './combinations.js';
import { checkCondition } from './condition.js';
import { checkStageNames } from './names.js';
import { checkDuration, checkUnique } from './scalars.js';
import { checkStage } from './stage.js';

/** What the shape of a policy cannot say. */
export function checkPolicy(policy: Cursor): void {
  checkVia(policy.at('via'));
  if (policy.at('scope').exists) checkCondition(policy.at('scope'), 'stage');
  for (const key of ['grace', 'arrears', 'restart']) checkDuration(policy.at(key));
  checkMessage(policy);
  checkUnique(policy.at('unit').at('group'), 'entry', (key) => key);
  checkStages(policy);
  checkStageNames(policy);
  checkLast(policy);
  checkDuration(policy.at('life').at('plus'));
  checkReactions(policy);
  checkAdopt(policy);
  checkCombinations(policy);
}

function checkStages(policy: Cursor): void {
  const stages = policy.at('stages');
  checkUnique(stages, 'id', (stage) => stage.at('id'));
  const place = {
    grace: /^[1-9]/.test(policy.at('grace').text() ?? ''),
    byState: policy.at('level').text() === 'state',
    drops: policy.at('late').text() === 'drop',
  };
  stages.items().forEach((stage, index) => {
    checkStage(stage, { ...place, before: index === 0 ? null : stages.item(index - 1) });
  });
}

function checkLast(policy: Cursor): void {
  const last = policy.at('last');
  const { repeat, times, from } = {
    repeat: last.at('repeat'),
    times: last.at('times'),
    from: last.at('from'),
  };
  checkDuration(repeat);
  const exhausted = last.at('exhausted');
  if (/^\d/.test(exhausted.text() ?? '')) checkDuration(exhausted);
  if (last.exists && policy.at('stages').exists && policy.at('stages').items().length === 0) {
    last.report('wrong_order', 'a policy without stages has no last stage to repeat; leave this out');
    return;
  }
  if (repeat.exists) return;
  for (const [at, what] of [
    [times, 'times says how often the last stage is repeated'],
    [from, 'from says from when repeats count'],
  ] as const) {
    if (at.exists) at.report('unused_setting', `${what}; write repeat too, such as repeat: "14d"`);
  }
  if (last.exists && last.entries().length === 0)
    last.report('missing', 'say what follows the last stage: repeat, such as "14d", or exhausted');
}

/** Keys by which every unit has messages of its own. */
function checkMessage(policy: Cursor): void {
  const message = policy.at('message');
  const by = message.at('by');
  checkUnique(by, 'entry', (key) => key);
  const keys = by.text() === undefined ? by.items() : [by];
  const has = (key: string): boolean => keys.some((one) => one.text() === key);
  const grouped = policy.at('unit').at('group').exists;
  for (const key of keys) {
    const name = key.text();
    if (grouped && (name === 'item' || name === 'invoice')) {
      key.report(
        'conflicting_keys',
        `items that climb together are told together; write "unit" for a message per group, not "${name}"`,
      );
    }
  }
  const single = has('item') || (has('unit') && !grouped);
  const list = message.at('list');
  if (single && list.exists && list.text() !== 'acting')
    list.report('unused_setting', 'a message about one item lists nothing else; leave list out');
  const levels = message.at('levels');
  if (levels.exists && levels.text() !== 'own' && (has('item') || has('unit') || has('level'))) {
    levels.report(
      'unused_setting',
      'messages that are parted so never hold several levels; leave levels out, or part them otherwise',
    );
  }
  const most = message.at('most');
  if (most.exists && most.entries().length === 0)
    most.report('missing', 'say how many at most: upcoming, overdue or both');
}

function checkReactions(policy: Cursor): void {
  const on = policy.at('on');
  const byState = policy.at('level').text() === 'state';
  for (const cause of answerCauses) checkActions(on.at(cause).items(), 'thanks', byState);
  for (const cause of ['promiseKept', 'promiseBroken', 'exhausted']) {
    const reactions = on.at(cause).items();
    checkActions(reactions, 'reaction', byState);
    const reason = whyNotEscalate(policy, cause);
    if (reason === undefined) continue;
    for (const reaction of reactions) {
      if (reaction.at('escalate').exists) reaction.at('escalate').report('wrong_place', reason);
    }
  }
}

function whyNotEscalate(policy: Cursor, cause: string): string | undefined {
  if (cause === 'promiseKept') return 'a promise that was kept brings no stage forward; leave escalate out';
  if (cause === 'exhausted') return 'an exhausted ladder has no next stage; write a task or a handover';
  const stages = policy.at('stages');
  const none = stages.exists && stages.items().length === 0;
  return none ? 'the policy has no stage that could come next; leave escalate out' : undefined;
}

function checkAdopt(policy: Cursor): void {
  const map = policy.at('adopt').at('map');
  if (!map.exists) return;
  if (map.entries().length === 0)
    map.report('too_small', 'the map is empty; write adopt: "adopt" to take over stages under their own ids');
  const stages = policy
    .at('stages')
    .items()
    .flatMap((stage) => stage.at('id').text() ?? []);
  for (const [old, at] of map.entries()) {
    const now = at.text();
    if (now === undefined) continue;
    if (now === old) at.report('unused_setting', 'a stage that keeps its id needs no entry; leave it out');
    else if (!stages.includes(now))
      at.report('unknown_reference', `there is no stage ${JSON.stringify(now)}${hint(now, stages)}`);
  }
}
