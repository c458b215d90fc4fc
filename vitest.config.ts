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

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
