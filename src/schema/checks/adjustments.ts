import type { Cursor } from '../cursor.js';
import { checkVia } from './actions.js';
import { checkSegment, segmentIds } from './assignments.js';
import { checkDuration } from './scalars.js';
import { checkStageTrigger } from './trigger.js';

/** What is other for single accounts and segments, as far as the plan alone can tell. */
export function checkAdjustments(plan: Cursor): void {
  const segments = segmentIds(plan);
  const first = new Map<string, string>();
  for (const one of plan.at('adjust').items()) {
    const [account, segment] = [one.at('account'), one.at('segment')];
    if (account.exists && segment.exists)
      one.report('conflicting_keys', 'name an account or a segment; write one adjustment for each');
    else if (!account.exists && !segment.exists)
      one.report('missing', 'say for whom: name an account or a segment');
    checkSegment(segment, segments);
    checkDuration(one.at('delay'));
    checkChanges(one);
    const target = account.exists ? account.text() : segment.text();
    if (target === undefined || account.exists === segment.exists) continue;
    const key = JSON.stringify([account.exists, target, one.at('policy').text() ?? null]);
    const before = first.get(key);
    if (before === undefined) first.set(key, one.path);
    else one.report('duplicate_entry', `${before} adjusts the same; write both into one`);
  }
}

function checkChanges(one: Cursor): void {
  const stages = one.at('stages');
  if (!one.at('delay').exists && stages.entries().length === 0)
    one.report('missing', 'say what is other: delay, such as "3d", or stages');
  for (const [id, change] of stages.entries()) {
    checkStageTrigger(change.at('at'), { before: undefined, grace: undefined });
    checkVia(change.at('via'));
    if (change.exists && change.entries().length === 0)
      change.report('missing', `say what is other at ${JSON.stringify(id)}: skip, at, mode or via`);
    if (change.at('skip').value !== true) continue;
    for (const key of ['at', 'mode', 'via']) {
      if (change.at(key).exists)
        change
          .at(key)
          .report('unused_setting', 'the stage is left out; leave this out too, or take skip out');
    }
  }
}
