import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Act, Impact } from '../../src/engine/index.js';
import type { Documents, Policy } from '../../src/policy/types.js';
import { parseDocuments } from '../../src/schema/index.js';
import { anyDocuments } from '../support/arbitrary-plans.js';
import { fullLedger, steps } from '../support/arbitrary-steps.js';
import { Living } from '../support/life.js';
import { type Shell, shellWith, tickUntilRest } from '../support/shell.js';

/** The dry run of other documents is the difference between really running with them and without. */

const seed = Number(process.env.LIFE_SEED ?? 20_260_301);
const times = Number(process.env.LIFE_RUNS ?? 1);

interface Change {
  readonly before: Documents;
  readonly after: Documents;
}

function parses(documents: Documents): boolean {
  try {
    parseDocuments(documents);
    return true;
  } catch {
    return false;
  }
}

/** How running cases take over the newer version. */
const adopt = fc.constantFrom<Policy['adopt']>(
  'pin',
  'adopt',
  { map: { s0: 's1', s1: 's0' } },
  { map: { s0: 's0' } },
);

/** A newer version of a policy beside the old one or in its place, or another plan with other policies. */
const changes: fc.Arbitrary<Change> = fc
  .record({
    documents: anyDocuments,
    others: anyDocuments,
    way: fc.constantFrom('beside', 'instead', 'others'),
    adopt,
  })
  .map(({ documents, others, way, adopt: how }): Change => {
    const { plan, policies, messages } = documents;
    const before = { plan, policies, messages };
    const newer = { ...documents.newer, ...(how === undefined ? {} : { adopt: how }) };
    const rest = policies.filter((policy) => policy.id !== newer.id);
    const after = {
      beside: { plan, policies: [...policies, newer], messages },
      instead: { plan, policies: [newer, ...rest], messages },
      others: {
        plan: { ...others.plan, zone: plan.zone },
        policies: others.policies.map((policy) => ({ ...policy, version: 3 })),
        messages,
      },
    }[way];
    return { before, after: after ?? before };
  })
  .filter(({ before, after }) => parses(before) && parses(after));

/** What somebody sees of an act, written down without the help of the code under test. */
function seen(act: Act): string {
  const { kind, mode, name, effect, purpose, policy, stage, tone, message, contact, channel, totals } = act;
  const { copy, from, attach, language, owner, deadline, reason, position, topic, lapses, patience } = act;
  const items = act.items.map((item) => ({ ...item }));
  const covers = act.covers.map(({ case: id, stage: own, occurrence }) => [id, own, occurrence]);
  return JSON.stringify([
    [kind, mode, name, effect, purpose, policy.id, policy.adjusted, stage, tone, message, contact, channel],
    [totals, items, act.charges, copy, from, attach, language, owner, deadline, reason, position],
    [topic, covers, lapses, patience, act.answers],
  ]);
}

/** All of `a` without those that are in `b`, each as often as it is there. */
function minus(a: readonly string[], b: readonly string[]): readonly string[] {
  const rest = [...b];
  return a
    .filter((one) => {
      const at = rest.indexOf(one);
      if (at >= 0) rest.splice(at, 1);
      return at < 0;
    })
    .sort();
}

/** Really reviews and sends under documents: what came of it. */
async function really(shell: Shell) {
  await shell.dunning.review({ accounts: 'all' });
  await tickUntilRest(shell, async () => false);
  const over: string[] = [];
  for await (const { act, state } of shell.dunning.acts({ states: ['withdrawn'] }))
    if (state) over.push(act.id);
  const levels = new Map<string, string>();
  for (const { item, level, policy } of (await shell.dunning.account('robles')).items)
    if (level !== undefined) levels.set(item, `${policy} ${level.stage} ${level.number}`);
  const gone = new Set(over);
  const acts = shell.done.filter(({ becomes, act }) => becomes === 'sent' || !gone.has(act.id));
  return { acts: acts.map(({ act }) => act), levels, over };
}

describe('the impact of other documents', () => {
  it('is the difference between the next run with them and without', async () => {
    const shown = { acts: 0, fees: 0, levels: 0 };
    await fc.assert(
      fc.asyncProperty(changes, fullLedger, steps, async ({ before, after }, ledger, happened) => {
        const documents = { ...before, newer: { ...before.policies[0]!, version: 9 } };
        const life = {
          documents,
          ledger,
          steps: happened.slice(0, 8).filter(({ what }) => what.kind !== 'newer'),
        };
        const living = new Living(life).run(life.steps);
        const now = living.now + 30 * 3_600_000;
        const [old, next] = await Promise.all(
          [before, after].map((one) => shellWith(one, living.file, living.moment.acts, now)),
        );
        if (old === undefined || next === undefined) throw new Error('two shells');
        const report = await old.dunning.impact(after);
        const a = await really(old);
        const b = await really(next);
        const [impact] = report.affected;
        const { gained, lost, changed } = impact ?? { gained: [], lost: [], changed: [] };
        const [as, bs] = [a.acts.map(seen), b.acts.map(seen)];
        expect([...lost, ...changed.map((pair) => pair.before)].map(seen).sort()).toEqual(minus(as, bs));
        expect([...gained, ...changed.map((pair) => pair.after)].map(seen).sort()).toEqual(minus(bs, as));
        expect(feesTold(impact)).toEqual(feesReally(a.acts, b.acts));
        expect(levelsTold(impact)).toEqual(levelsReally(a.levels, b.levels));
        if (gained.length + lost.length + changed.length > 0) shown.acts++;
        if (feesTold(impact).length > 0) shown.fees++;
        if (levelsTold(impact).length > 0) shown.levels++;
        expect(report.failed).toEqual([]);
      }),
      { numRuns: 80 * times, seed },
    );
    // Or nothing was shown.
    expect([shown.acts > 10 * times, shown.levels > 10 * times]).toEqual([true, true]);
  });
});

function feesTold(impact: Impact | undefined): readonly string[] {
  return (impact?.fees ?? [])
    .flatMap(({ fee, items, before, after }) => [
      ...(before === undefined ? [] : [`- ${fee} ${items.join('+')} ${before.minor} ${before.currency}`]),
      ...(after === undefined ? [] : [`+ ${fee} ${items.join('+')} ${after.minor} ${after.currency}`]),
    ])
    .sort();
}

function feesReally(old: readonly Act[], next: readonly Act[]): readonly string[] {
  const of = (acts: readonly Act[]): string[] =>
    acts.flatMap(({ kind, charges = [] }) =>
      kind !== 'fee'
        ? []
        : charges.map((one) => `${one.fee} ${[...one.items].sort().join('+')} ${one.amount} ${one.currency}`),
    );
  return [
    ...minus(of(old), of(next)).map((line) => `- ${line}`),
    ...minus(of(next), of(old)).map((line) => `+ ${line}`),
  ].sort();
}

function levelsTold(impact: Impact | undefined): readonly string[] {
  return (impact?.levels ?? []).map(({ item, before, after }) => {
    const text = (level: typeof before): string =>
      level === undefined ? 'none' : `${level.policy} ${level.stage} ${level.number}`;
    return `${item}: ${text(before)} → ${text(after)}`;
  });
}

/** A level of the same stage and number in another version of the policy is no other level. */
function levelsReally(
  old: ReadonlyMap<string, string>,
  next: ReadonlyMap<string, string>,
): readonly string[] {
  return [...new Set([...old.keys(), ...next.keys()])]
    .sort()
    .filter((item) => old.get(item) !== next.get(item))
    .map((item) => `${item}: ${old.get(item) ?? 'none'} → ${next.get(item) ?? 'none'}`);
}
