import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly import: { readonly default: string } }>>;
}

const root = import.meta.dirname;
const { exports } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as Manifest;
/** Examples and docs import the package by name; in tests that name is the source. */
const alias = Object.entries(exports).flatMap(([subpath, target]) => {
  if (typeof target === 'string') return [];
  const source = target.import.default.replace('./dist/', './src/').replace(/\.js$/, '.ts');
  return [{ find: new RegExp(`^recobro${subpath.slice(1)}$`), replacement: resolve(root, source) }];
});

/** What all tests have in common, those of mutants too. */
export const common = {
  resolve: { alias },
  test: {
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
};

/** Rooms whose tests hold nothing open and change nothing that others share: they may share their modules. */
const pure = [
  ...['calendar', 'charges', 'contact', 'editing', 'engine', 'explain', 'ledger', 'lint', 'messages'],
  ...[
    'money',
    'notation',
    'phone',
    'policy',
    'replies',
    'scenario',
    'schema',
    'segments',
    'versions',
    'words',
  ],
].map((room) => `test/${room}/**/*.test.ts`);
export default defineConfig({
  ...common,
  test: {
    // The default leaves a core free, which is half of a machine of two; much of the time tests wait for databases.
    maxWorkers: '100%',
    projects: [
      // Half of the time of small files went into loading the same modules anew for each of them.
      { ...common, test: { ...common.test, name: 'pure', include: pure, isolate: false } },
      { ...common, test: { ...common.test, name: 'hosts', include: ['test/**/*.test.ts'], exclude: pure } },
    ],
  },
});
