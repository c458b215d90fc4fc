import { chargeProblems } from '../../charges/index.js';
import type { Cursor } from '../cursor.js';
import { fee as feeShape } from '../shapes/actions.js';
import { checkDuration, checkUnique } from './scalars.js';

/** Where actions stand decides what of them has an effect. */
export type ActionPlace = 'stage' | 'reaction' | 'thanks';

/** Actions of a stage, thanks, or a reaction. */
export function checkActions(actions: readonly Cursor[], place: ActionPlace, byState: boolean): void {
  checkRoles(actions);
  checkTwice(actions);
  for (const action of actions) {
    if (action.at('send').exists) checkSend(action);
    checkDuration(action.at('within'));
    if (action.at('fee').exists) checkFee(action);
    checkUntil(action.at('until'), place, byState);
  }
  const handed = actions.find((action) => action.at('handover').exists);
  const closing = actions.find((action) => action.at('close').exists);
  if (handed !== undefined && closing !== undefined) {
    closing.report('conflicting_keys', 'what is handed over rests until you hear of it; leave close out');
  }
}

/** One message for each role: a second one to the same people at the same moment belongs into the first. */
function checkRoles(actions: readonly Cursor[]): void {
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
  }
}

/** What an action is known by: a second one of the same name would be the same. */
const names = [['task', 'owner'], ['alert', 'to'], ['effect'], ['fee']] as const;
/** What happens to a case happens once. */
const once = ['handover', 'writeOff', 'close', 'escalate'] as const;

function checkTwice(actions: readonly Cursor[]): void {
  const first = new Map<string, string>();
  const check = (action: Cursor, key: string, message: (before: string) => string): void => {
    const before = first.get(key);
    if (before === undefined) first.set(key, action.path);
    else action.report('duplicate_entry', message(before));
  };
  for (const action of actions) {
    for (const [verb, whom] of names) {
      const name = action.at(verb).text();
      if (name === undefined) continue;
      const key = JSON.stringify([verb, name, whom === undefined ? null : (action.at(whom).text() ?? null)]);
      check(action, key, (before) => `the same ${verb} stands at ${before} already; give it another name`);
    }
    for (const verb of once) {
      if (action.at(verb).exists)
        check(action, verb, (before) => `${verb} stands at ${before} already; once is enough`);
    }
  }
}

function checkSend(send: Cursor): void {
  checkVia(send.at('via'));
  checkUnique(send.at('attach'), 'entry', (one) => one);
  const copy = send.at('copy');
  checkUnique(copy, 'entry', (role) => role);
  const to = send.at('to').text() ?? 'billing';
  for (const role of copy.items()) {
    if (role.text() === to)
      role.report('duplicate_entry', `${JSON.stringify(to)} gets the message itself; leave the copy out`);
  }
}

/** A channel once per chain: trying it twice would be trying the same address twice. */
export function checkVia(via: Cursor): void {
  checkUnique(via, 'entry', (place) => place.at('channel'));
  for (const place of via.items()) checkDuration(place.at('patience'));
}

/** Rates, amounts and tiers, of every fee whose shape is right. */
function checkFee(action: Cursor): void {
  const { data: fee } = feeShape.safeParse(action.value);
  if (fee !== undefined) action.adopt(chargeProblems(fee, action.path));
}

function checkUntil(until: Cursor, place: ActionPlace, byState: boolean): void {
  if (!until.exists) return;
  if (place === 'reaction')
    until.report(
      'unused_setting',
      'what a reaction turns on lasts until the case is settled; leave until out',
    );
  else if (!byState && until.text() === 'settled')
    until.report(
      'unused_setting',
      'levels fall only with level: "state"; without it an effect always lasts until the case is settled, so leave until out',
    );
}
