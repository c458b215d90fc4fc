import type { Dunning } from '../../dunning/index.js';
import type { ReviewKeys, RunKeys } from '../../schema/index.js';
import { instantOf, later } from './moments.js';
import { impossible, listOf } from './plain.js';
import { now, type Stage } from './stage.js';
import { nextOf } from './world.js';

/** Reviews, ticks and time. */

const mostTicks = 20_000;

export async function review(stage: Stage, value: true | ReviewKeys): Promise<void> {
  const { accounts, policies, stages, currencies, run } = value === true ? {} : value;
  const list = (names: ReviewKeys['accounts']) => (names === undefined ? undefined : listOf(names));
  const { counts, reviewed, failed } = await stage.tenant.dunning.review({
    ...now(stage),
    accounts: accounts === 'all' ? 'all' : list(accounts),
    policies: list(policies),
    stages: list(stages),
    currencies: list(currencies),
    run,
  });
  stage.answered.failed.push(...failed);
  stage.tenant.reviews.push({ counts, reviewed, failed });
}

export async function tick(stage: Stage): Promise<void> {
  const result = await stage.tenant.dunning.tick(now(stage));
  noteTick(stage, result);
}

export async function dispatch(stage: Stage): Promise<void> {
  await stage.tenant.dunning.dispatch(now(stage));
}

/** Time passes: a tick now, and one every so often until then. */
export async function passTime(stage: Stage, { until, every = '1d' }: RunKeys, path: string): Promise<void> {
  const { world, tenant } = stage;
  const { clock, moments } = world;
  const end = instantOf(until, moments, clock.now());
  if (end < clock.now()) throw impossible(`${path}.until`, 'the clock is beyond that already');
  for (let ticks = 0; ; ticks++) {
    if (ticks === mostTicks) throw impossible(path, `more than ${mostTicks} ticks; take larger steps`);
    noteTick(stage, await tenant.dunning.tick());
    const upcoming = every === 'next' ? await nextOf(world, tenant) : later(every, moments, clock.now());
    if (upcoming === undefined || upcoming > end) break;
    clock.moveTo(Math.max(upcoming, clock.now() + 1));
  }
  clock.moveTo(end);
}

function noteTick(stage: Stage, result: Awaited<ReturnType<Dunning['tick']>>): void {
  const failed = result.failed
    .filter((entry) => entry.act === undefined)
    .map(({ account, code }) => ({ account, code }));
  stage.answered.failed.push(...failed);
  stage.tenant.reviews.push({
    counts: { accounts: result.reviewed, failed: failed.length },
    reviewed: [],
    failed,
  });
}
