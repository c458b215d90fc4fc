import { formatInstant } from '../../calendar/index.js';
import { isRecobroError } from '../../errors.js';
import type { Since } from './expect.js';
import { accountFound, actFound, eventFound, explanationFound, sentFound } from './found.js';
import { localOf } from './moments.js';
import type { StepTrace } from './report.js';
import { actsOf, nextOf, type Tenant, type World } from './world.js';

/** Everything that a step did and left behind, as data. */
export async function traceOf(
  world: World,
  tenant: Tenant,
  since: Since,
  at: number,
  step: Pick<StepTrace, 'step' | 'note' | 'operations' | 'error'>,
): Promise<StepTrace> {
  const { moments, script, clock } = world;
  const records = await actsOf(tenant);
  const events = tenant.events.slice(since.events);
  const touched = new Set(
    events.flatMap((event) =>
      event.type === 'act.planned'
        ? [event.act.id]
        : 'act' in event && typeof event.act === 'string'
          ? [event.act]
          : [],
    ),
  );
  const byId = new Map(records.map((record) => [record.act.id, record]));
  const accounts: Record<string, unknown> = {};
  const explanations: Record<string, unknown> = {};
  const next: Record<string, string | null> = {};
  for (const id of tenant.book.ids('accounts')) {
    try {
      accounts[id] = accountFound(await tenant.dunning.account(id, { at, settled: true }), moments);
      const told = await tenant.dunning.explain(id, { at });
      const items = told.items.map((item) => explanationFound(item, moments));
      explanations[id] = { day: told.day, segment: told.segment, items, text: told.text };
    } catch (error) {
      if (!isRecobroError(error)) throw error;
      explanations[id] = { error: error.code };
    }
    const wanted = await nextOf(world, tenant, id);
    next[id] = wanted === undefined ? null : wanted <= at ? 'now' : localOf(wanted, moments);
  }
  return {
    ...step,
    at: formatInstant(clock.now(), moments.zone),
    ...(at === clock.now() ? {} : { asOf: formatInstant(at, moments.zone) }),
    tenant: tenant.id,
    events: events.map((event) => eventFound(event, tenant.acts, moments)),
    acts: records
      .filter((record) => touched.has(record.act.id) || open.has(record.state))
      .map((record) => actFound(record, moments)),
    attempts: script.attempts
      .slice(since.attempts)
      .map((one) => sentFound(one, byId.get(one.message.key), moments)),
    decisions: tenant.reviews.slice(since.reviews).map(({ counts, reviewed, failed }) => ({
      counts,
      failed,
      accounts: reviewed.map(({ account, decision }) => ({
        account,
        acts: decision.acts.map((act) => act.id),
        waiting: decision.waiting.map(({ at: until, ...one }) => ({
          ...one,
          at: until === undefined ? undefined : localOf(until, moments),
        })),
        next: decision.next === undefined ? null : localOf(decision.next, moments),
      })),
    })),
    accounts,
    explanations,
    next,
  };
}

const open: ReadonlySet<string> = new Set(['ready', 'claimed', 'sending', 'open', 'unknown']);
