import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../bench/contender.js';
import { contendersOf } from '../../bench/contenders/index.js';
import { accountFiles, reviewedYesterday } from '../../bench/portfolio.js';
import { engineOfWork, ladders } from '../../bench/work.js';

/** The benchmark compares like with like only while all contenders decide the same. */

const engine = engineOfWork();
const fresh = [...accountFiles(60)];

describe('the contenders of the benchmark', () => {
  it.each([
    ['accounts never reviewed', fresh],
    ['accounts reviewed the day before', fresh.map((file) => reviewedYesterday(engine, file))],
  ])('decide the same for %s', async (_, files) => {
    const contenders = contendersOf(engine);
    const outcomes = await Promise.all(contenders.map((one) => outcomeOf(one, files)));
    const named = contenders.map(({ name }, index) => ({ name, ...outcomes[index] }));
    const [first] = outcomes;
    expect(first?.acts).toBeGreaterThan(10);
    expect(named).toEqual(contenders.map(({ name }) => ({ name, ...first })));
  });

  it('meet every stage of every ladder', async () => {
    const stages = new Set<string>();
    for (const { review } of contendersOf(engine).slice(0, 1)) {
      for (const file of fresh) {
        await review(file, (_, stage) => stages.add(stage));
      }
    }
    expect([...stages].sort()).toEqual([...ladders.regular.map(({ id }) => id)].sort());
  });
});
