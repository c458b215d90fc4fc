import type { Cursor } from '../cursor.js';

/** Keys that say nothing in company of another: there is no dead configuration. */
export function checkCombinations(policy: Cursor): void {
  if (policy.at('level').text() === 'state') {
    silence(policy, unusedByState, 'with level: "state" the level follows what holds now');
    for (const stage of policy.at('stages').items())
      silence(stage, unusedInStageByState, 'with level: "state" the stage holds while its conditions do');
    for (const cause of ['promiseKept', 'promiseBroken', 'exhausted'])
      for (const reaction of policy.at('on').at(cause).items())
        silence(reaction, ['escalate'], 'with level: "state" no stage can be brought forward');
  }
  const { value: counters } = policy.at('counters');
  if (policy.at('level').text() !== 'state')
    silence(policy, ['reentry'], 'without level: "state" no level is entered again');
  if (counters === 'reset' || counters === 'never')
    silence(policy, ['reopen'], `with counters: "${counters}" a settlement lets nothing begin anew`);
  else if (!policy.at('unit').exists || policy.at('unit').text() === 'item')
    silence(policy, ['counters'], 'an item is its own debt, and no other finds its counters');
  if (policy.at('climb').value === true) {
    silence(
      policy,
      ['late', 'time', 'pushed'],
      'with climb every run on request brings one stage, whatever the days',
    );
    silence(policy.at('last'), ['from'], 'with climb repeats come with runs');
    for (const stage of policy.at('stages').items())
      silence(stage, ['time'], 'with climb the stage acts when a run asks for it');
  }
}

const unusedByState = [
  'climb',
  'late',
  'entry',
  'time',
  'last',
  'life',
  'restart',
  'resume',
  'pushed',
] as const;
const unusedInStageByState = ['time', 'expires', 'keep', 'rank'] as const;

function silence(at: Cursor, keys: readonly string[], because: string): void {
  for (const key of keys) {
    if (at.at(key).exists) at.at(key).report('unused_setting', `${because}; leave ${key} out`);
  }
}
