import { formatDay, parseDay } from '../calendar/index.js';
import type { AccountFile, Case } from '../ledger/file.js';
import { namedBy } from '../ledger/left.js';
import type { OpenWork } from './open-work.js';
import type { AccountView } from './view.js';
import type { WorkReason } from './worklist.js';

/** Days after which a reason begins or ends. */
export interface ReasonDays {
  /** Days without contact after which an overdue account is on the list for that alone. */
  readonly silentAfter: number;
  /** Days for which a broken promise puts an account on the list. */
  readonly brokenWithin: number;
}

/** Why a person is to look at an account, in no order. */
export function reasonsOf(
  view: AccountView,
  work: readonly OpenWork[],
  { silentAfter, brokenWithin }: ReasonDays,
): WorkReason[] {
  const { file, today } = view;
  const reasons: WorkReason[] = [];
  for (const { act, work: kind, name, since } of work) {
    // The host books fees and stops services; nobody calls anybody because of them.
    if (kind === 'fee' || kind === 'effect') continue;
    reasons.push({ reason: kind, since, id: act, ...(name === undefined ? {} : { name }) });
  }
  for (const dispute of file.disputes.values()) {
    const { id, opened, state, owner } = dispute;
    const named = new Set(namedBy(dispute));
    const owed = view.items.some((item) => named.has(item.invoice.id) && item.outstanding > 0);
    if (state === 'open' && owed)
      reasons.push({ reason: 'dispute', since: opened, id, ...(owner === undefined ? {} : { name: owner }) });
  }
  for (const { id, outcome, on } of file.kept.values()) {
    const fresh = today - parseDay(on) <= brokenWithin;
    if ((outcome === 'broken' || outcome === 'partly') && fresh && view.overdueItems > 0)
      reasons.push({ reason: 'broken_promise', since: on, id });
  }
  if (view.openItems > 0) {
    for (const one of [...file.cases.values()].flat()) reasons.push(...restingOf(one));
    if (file.assigned !== undefined)
      reasons.push({ reason: 'assigned', since: file.assigned.on, name: file.assigned.owner });
  }
  const silent = silenceOf(view);
  if (silent !== undefined && silent >= silentAfter && chased(view))
    reasons.push({ reason: 'silent', since: formatDay(today - silent) });
  return reasons;
}

/** Cases that go no further without a person. */
function restingOf({ id, state, closed, stopped }: Case): readonly WorkReason[] {
  if (state === 'exhausted' && closed !== undefined)
    return [{ reason: 'exhausted', since: closed.on, id, name: closed.reason }];
  if (state === 'open' && stopped !== undefined) return [{ reason: 'stopped', since: stopped.on, id }];
  return [];
}

/** Whether anything overdue may be chased. */
function chased({ items, today }: AccountView): boolean {
  return items.some(({ due, dunnable }) => dunnable > 0 && due !== undefined && due < today);
}

/** Local day of the last contact that chased. */
export function lastContact({ touches }: AccountFile): string | undefined {
  let last: string | undefined;
  for (const { on, purpose } of touches)
    if (purpose === 'dunning' && (last === undefined || on > last)) last = on;
  return last;
}

/** Days since the last contact, or since the oldest open item was due where there was none since. Undefined where nothing is overdue. */
export function silenceOf(view: AccountView): number | undefined {
  const { oldestDaysPastDue: oldest, file, today } = view;
  if (oldest === undefined) return undefined;
  const last = lastContact(file);
  return last === undefined ? oldest : Math.max(0, Math.min(oldest, today - parseDay(last)));
}
