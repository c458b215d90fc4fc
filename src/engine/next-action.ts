import { contactOf } from '../contact/recipients.js';
import type { AccountFile, ActKind } from '../ledger/file.js';
import type { Money } from '../money/index.js';
import type { Act } from './acts.js';
import type { AheadOptions, Becomes, InOutbox, Planned } from './ahead.js';
import type { Engine } from './compile.js';
import { decide, type Waiting } from './decide.js';
import { upcoming } from './forecast.js';
import { viewOf } from './look.js';
import { type OpenWork, openWorkOf } from './open-work.js';

/** What recobro does next by itself if no fact is told. */
export interface NextAct {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Local day of the account. */
  readonly on: string;
  readonly kind: ActKind;
  /** A message is `sent` or `proposed` to a person; work is `raised`. */
  readonly becomes: Becomes;
  readonly policy: string;
  readonly stage: string;
  /** Message of the catalogue; else kind of task, name of the alert, effect or fee. */
  readonly name?: string | undefined;
  readonly channel?: string | undefined;
  /** Id and role of the contact. */
  readonly contact?: string | undefined;
  readonly role?: string | undefined;
  /** Items that are chased, by id. */
  readonly items: readonly string[];
  readonly totals: readonly Money[];
  /** Why it is not done at once: code of what it waits for, such as `not_yet`, `gap`, `hold`. Absent when it is due. */
  readonly reason?: string | undefined;
}

/** What is next for an account: work that waits for people first, then what comes by itself, or why nothing does. */
export interface NextAction {
  readonly account: string;
  readonly on: string;
  /** Work that waits for somebody now, the most pressing first. It comes before `next`. */
  readonly work: readonly OpenWork[];
  /** What recobro does next by itself. */
  readonly next?: NextAct | undefined;
  /** Where nothing comes by itself: why, for each item or group. */
  readonly none: readonly Waiting[];
}

const day = 86_400_000;
/** How far ahead a next act is looked for. */
const horizon = 400 * day;

/** How an account stands when it is asked what is next. */
export interface NextOptions extends Pick<AheadOptions, 'outbox' | 'due'> {
  /** Rows of the outbox of what is open, by id, as far as they were read. */
  readonly acts?: ReadonlyMap<string, Act> | undefined;
}

/** Pure: reading changes nothing and tells nobody. */
export function nextActionOf(
  engine: Engine,
  file: AccountFile,
  now: number,
  options: NextOptions = {},
): NextAction {
  const waiting = waitingOf(engine, file, now);
  let first: Planned | undefined;
  for (const one of comingOf(engine, file, now, options)) {
    if (one.act.purpose !== 'dunning') continue;
    first = one;
    break;
  }
  return {
    account: file.id,
    on: viewOf(engine, file, now).on,
    work: openWorkOf(file, options.acts ?? new Map()),
    ...(first === undefined ? {} : { next: nextActOf(file, first, waiting, options.outbox) }),
    none: first === undefined ? waiting : [],
  };
}

/** What comes by itself, proposals left to people. Nothing is foretold of the time before the last review. */
export function comingOf(
  engine: Engine,
  file: AccountFile,
  now: number,
  { outbox, due }: NextOptions,
): Iterable<Planned> {
  if (file.reviewed !== undefined && file.reviewed > now) return [];
  return upcoming(engine, file, now, now + horizon, { outbox, due });
}

/** Why things wait at an instant, also one before the last review. */
export function waitingOf(engine: Engine, file: AccountFile, now: number): readonly Waiting[] {
  return decide(engine, file, now, { backdated: 'accept', thought: true }).waiting;
}

export function nextActOf(
  file: AccountFile,
  { at, act, becomes }: Planned,
  waiting: readonly Waiting[],
  outbox: readonly InOutbox[] = [],
): NextAct {
  const { kind, stage, channel, contact, on, totals } = act;
  const name = act.message ?? act.name;
  const role = contactOf(file.account, contact)?.role;
  const cases = new Set(act.covers.map((cover) => cover.case));
  const items = act.items.filter((item) => item.acting).map((item) => item.item);
  const row = outbox.find((one) => one.act.id === act.id);
  const kept = row !== undefined && row.notBefore >= at ? row.reason : undefined;
  const reason =
    kept ??
    waiting.find((one) => (one.case === undefined ? items.includes(one.item) : cases.has(one.case)))?.reason;
  return {
    at,
    on,
    kind,
    becomes,
    policy: act.policy.id,
    stage,
    ...(name === undefined ? {} : { name }),
    ...(channel === undefined ? {} : { channel }),
    ...(contact === undefined ? {} : { contact }),
    ...(role === undefined ? {} : { role }),
    items,
    totals,
    ...(reason === undefined ? {} : { reason }),
  };
}
