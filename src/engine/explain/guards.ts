import type { Waiting } from '../decide.js';

/** The questions asked of every item and stage, in this order. The first that fails is why nothing goes out. */
export const guards = [
  'owed',
  'account',
  'policy',
  'not_blocked',
  'not_under_way',
  'date',
  'condition',
  'order',
  'recipient',
  'contact_rules',
] as const;
export type Guard = (typeof guards)[number];

const guardByReason: Readonly<Record<string, Guard>> = {
  account_missing: 'account',
  no_policy: 'policy',
  do_not_dun: 'policy',
  unknown_policy: 'policy',
  inactive_policy: 'policy',
  ambiguous_policy: 'policy',
  out_of_scope: 'policy',
  assigned: 'not_blocked',
  handed_over: 'not_blocked',
  hold: 'not_blocked',
  dispute: 'not_blocked',
  promise: 'not_blocked',
  unapplied: 'not_blocked',
  plan: 'not_blocked',
  unbooked: 'not_blocked',
  reply: 'not_blocked',
  source: 'not_blocked',
  discarded: 'not_blocked',
  act_pending: 'not_under_way',
  act_unknown: 'not_under_way',
  arrears: 'date',
  not_yet: 'date',
  grace: 'date',
  no_date: 'date',
  time: 'date',
  no_run: 'date',
  not_delivered: 'date',
  last_wait: 'date',
  expired: 'date',
  missed: 'date',
  condition: 'condition',
  hardship: 'condition',
  minimum: 'condition',
  no_threshold: 'condition',
  no_rate: 'condition',
  level_cap: 'condition',
  no_level: 'condition',
  // The ladder has passed it, or another stage comes first.
  exhausted: 'order',
  level_holds: 'order',
  after_previous: 'order',
  earlier_first: 'order',
  superseded: 'order',
  entry: 'order',
  passed: 'order',
  gave_way: 'order',
  lifted: 'order',
  absorbed: 'order',
  done_before: 'order',
  moved: 'order',
  imported: 'order',
  by_hand: 'order',
  lapsed: 'order',
  regenerated: 'order',
  same_contact: 'order',
  nothing_to_do: 'order',
  unreachable: 'recipient',
  gap: 'contact_rules',
  cap: 'contact_rules',
  window: 'contact_rules',
  holiday: 'contact_rules',
  priority: 'contact_rules',
  message_limit: 'contact_rules',
};

/** Which question a reason answers. */
export function guardOf({ reason }: Pick<Waiting, 'reason'>): Guard {
  return guardByReason[reason] ?? 'policy';
}

/** Which question a stage failed that the ladder has passed, by the reason that was recorded. */
export function guardOfPassed(reason: string | undefined): Guard {
  return (reason === undefined ? undefined : guardByReason[reason]) ?? 'order';
}
