// Mutation testing of the pure core: `npm run mutation`. How and why: docs/decisions/0010-mutation-testing.md.

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['policy', 'engine', 'money', 'calendar', 'ledger'].map((room) => `src/${room}/**/*.ts`),
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutation.config.ts', related: true, pool: 'threads' },
  coverageAnalysis: 'perTest',
  // One worker: on few cores a second one turns slow tests into timeouts, which would count as kills.
  concurrency: 1,
  // Time runs by the wall, so a busy machine makes slow tests look like endless loops. Most real
  // loops are found by their count of rounds, long before this.
  timeoutMS: 10_000,
  timeoutFactor: 2,
  dryRunTimeoutMinutes: 20,
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  reporters: ['clear-text', 'html', 'json', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 90, low: 85, break: 85 },
  tempDirName: '.stryker-tmp',
  // What is built, and what other tests write and take away again while files are copied.
  ignorePatterns: ['/dist', '/reports', '/bench', '/recobro-demo', '/test/docs', '/test/package'],
  // A file that does not exist: Stryker would rewrite the real one with a compiler API that
  // TypeScript 7 does not have, and no project reference here leaves the sandbox.
  tsconfigFile: 'tsconfig.mutation.json',
  // Type errors are the business of `npm run typecheck`; mutants need not compile to be run.
  disableTypeChecks: true,
};
