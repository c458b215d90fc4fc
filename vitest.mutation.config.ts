import { relative, sep } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { common } from './vitest.config.js';

/**
 * The tests that hold the pure core, in the order they are tried on a mutant:
 * nearest and cheapest first, since the first red test ends its run. Tests of
 * stores, channels and files are left out: they meet the core only by the way.
 */
const core = [
  ...['money', 'calendar', 'ledger', 'policy', 'engine', 'contact', 'segments', 'dunning', 'scenario'],
  ...['explain', 'property'],
];
/** What the library does with the engine's decisions is not the core's, what it decides and reads is. */
const decided = [
  ...[
    'calendar',
    'effects-and-fees',
    'forecast',
    'history-import',
    'holds',
    'impact',
    'impact-parts',
    'inbound/acknowledged',
    'inbound/bot',
    'notes',
  ],
  ...['partial-reviews', 'people', 'proposals', 'reads', 'stage-proposals', 'tasks', 'tick', 'worklist'],
];
/** Folders or files of test to use instead, while working on one room: `MUTATION_TESTS=ledger,property/leaving`. */
const chosen = process.env.MUTATION_TESTS?.split(',');
const rooms = chosen ?? core;

class NearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const [, room = '', file = ''] = relative(import.meta.dirname, moduleId).split(sep);
      return rooms.findIndex((one) => one === room || `${one}.test.ts` === `${room}/${file}`);
    };
    return [...files].sort((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

export default defineConfig({
  ...common,
  test: {
    ...common.test,
    setupFiles: [...common.test.setupFiles, 'test/support/mutation.ts'],
    include: rooms.flatMap((room) => {
      if (room === 'dunning') return decided.map((file) => `test/dunning/${file}.test.ts`);
      return room.includes('/') ? [`test/${room}.test.ts`] : [`test/${room}/**/*.test.ts`];
    }),
    // It loads the calendar anew inside a test, which makes all of the calendar look like code that runs
    // when a module is loaded: each mutant of it would then meet every test there is.
    // And threads cannot change the zone of their process, which the other is about.
    exclude: ['test/property/process-clock.test.ts', 'test/property/order-and-clock.test.ts'],
    // Every mutant starts the tests anew; one module graph for all their files makes that cheap.
    isolate: false,
    sequence: { sequencer: NearestFirst },
  },
});
