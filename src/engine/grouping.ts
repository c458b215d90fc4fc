import { durationMillis, parseDuration } from '../calendar/index.js';
import { type Gap, parseGap } from '../contact/gate.js';
import type { Case } from '../ledger/file.js';
import type { Item } from '../ledger/items.js';
import type { MessageKey, Policy, SendAction, Stage } from '../policy/types.js';
import { keyOf } from './units.js';

const dayMs = 86_400_000;

/** How a policy's stages share messages, ready to be asked. */
export interface Grouping {
  /** What must be the same, beside policy, contact and kind of news. */
  readonly keys: readonly Exclude<MessageKey, 'account' | 'channel'>[];
  readonly byChannel: boolean;
  /** Every unit has messages of its own. */
  readonly alone: boolean;
  /** Every invoice has messages of its own. */
  readonly byInvoice: boolean;
  readonly list: 'acting' | 'overdue' | 'open';
  readonly levels: 'own' | 'lift' | 'absorb';
  /** Nothing but policy, contact and kind of news tells messages apart. */
  readonly byAccount: boolean;
  readonly most: Most;
  readonly priority: number;
  /** Gaps of single stages, by their ids; undefined where no stage has one. */
  readonly gaps: ReadonlyMap<string, Gap> | undefined;
  /** Whether some message waits to be delivered before it is tried elsewhere. */
  readonly patient: boolean;
  /** What a stage does that contact rules push onto the day of the next one. */
  readonly pushed: 'gives-way' | 'both';
}

/** The most messages of a kind in one review: for the account, or for the head office and each branch that has people of its own. */
export interface Most {
  readonly upcoming: number;
  readonly overdue: number;
  readonly of: 'account' | 'branch';
}

/**
 * Compiles what a policy says about messages.
 *
 * @throws RecobroError `invalid_duration` for a patience or gap that has no fixed length
 */
export function compileGrouping(policy: Policy): Grouping {
  const { by = 'account', list = 'acting', levels = 'own', most } = policy.message ?? {};
  const all: readonly MessageKey[] = typeof by === 'string' ? [by] : by;
  const keys = all.filter((key) => key !== 'account' && key !== 'channel');
  const sends = policy.stages.flatMap((stage) => stage.do.filter((action) => 'send' in action));
  const gaps = gapsOf(policy.stages);
  const byAccount = keys.length === 0 && !all.includes('channel');
  return {
    keys,
    byChannel: all.includes('channel'),
    alone: keys.includes('item') || keys.includes('unit'),
    byInvoice: keys.includes('invoice'),
    list,
    levels,
    byAccount,
    most: mostOf(most, byAccount),
    priority: policy.priority ?? 0,
    gaps: gaps.size === 0 ? undefined : gaps,
    patient: [policy, ...sends].some(({ via }) => via?.some((one) => patienceOf(one.patience) !== undefined)),
    pushed: policy.pushed ?? 'gives-way',
  };
}

function gapsOf(stages: readonly Stage[]): ReadonlyMap<string, Gap> {
  const gaps = new Map<string, Gap>();
  for (const { id, gap } of stages) if (gap !== undefined) gaps.set(id, parseGap(gap));
  return gaps;
}

/** An account gets one message of each kind in a review, unless the policy parts them itself or sets a limit. */
function mostOf(own: NonNullable<Policy['message']>['most'], byAccount: boolean): Most {
  const none = Number.POSITIVE_INFINITY;
  if (own === undefined && byAccount) return { upcoming: 1, overdue: 1, of: 'branch' };
  return { upcoming: own?.upcoming ?? none, overdue: own?.overdue ?? none, of: 'account' };
}

/**
 * Milliseconds of patience with a channel; days are days of 24 hours.
 *
 * @throws RecobroError `invalid_duration` for units without a fixed length
 */
export function patienceOf(text: SendVia['patience']): number | undefined {
  if (text === undefined) return undefined;
  const duration = parseDuration(text);
  if (duration.unit === 'd') return duration.count * dayMs;
  if (duration.unit === 'w') return duration.count * 7 * dayMs;
  return durationMillis(duration);
}

type SendVia = NonNullable<SendAction['via']>[number];

/** What a key is asked of: an item, the case that it is in, and the level at which it is spoken of. */
export interface Keyed {
  readonly item: Item;
  readonly subject: string;
  readonly level: number | undefined;
}

/** The values of the keys as one text; equal texts may share a message. */
export function sharedBy({ keys }: Grouping, keyed: Keyed): string {
  if (keys.length === 0) return '';
  if (keys.length === 1) return keyValue(keys[0]!, keyed) ?? '';
  let text = '';
  for (const key of keys) {
    const value = keyValue(key, keyed);
    // With its length, so that no two lists of values look the same.
    text += value === undefined ? '-' : `${value.length}:${value}`;
  }
  return text;
}

function keyValue(key: Grouping['keys'][number], { item, subject, level }: Keyed): string | undefined {
  switch (key) {
    case 'invoice':
      return item.invoice.id;
    case 'item':
      return item.id;
    case 'unit':
      return subject;
    case 'level':
      return level === undefined ? undefined : String(level);
    case 'currency':
      return item.invoice.currency;
    default:
      return keyOf(key, item);
  }
}

/** The number of the level that a case has reached: that of the stage done last. */
export function levelReached(
  stages: ReadonlyMap<string, { readonly level: number }>,
  one: Case | undefined,
): number | undefined {
  let last: { readonly on: string; readonly level: number } | undefined;
  for (const { stage, state, on } of one?.marks ?? []) {
    const level = state === 'done' ? stages.get(stage)?.level : undefined;
    if (level !== undefined && (last === undefined || on >= last.on)) last = { on, level };
  }
  return last?.level;
}
