import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
// Inside the project, so that packages are found; removed afterwards.
const work = mkdtempSync(join(import.meta.dirname, 'compiled-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const pages = [
  join(root, 'README.md'),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(root, 'docs', name)),
];

it('every TypeScript block of README and docs compiles', { timeout: 120_000 }, () => {
  let blocks = 0;
  for (const page of pages) {
    const text = readFileSync(page, 'utf8');
    for (const match of text.matchAll(/```ts\n([\s\S]*?)```/g)) {
      blocks++;
      const name = `${relative(root, page).replace(/[^a-z0-9]+/gi, '-')}-${blocks}.ts`;
      writeFileSync(join(work, name), `${match[1]}\nexport {};\n`);
    }
  }
  expect(blocks).toBeGreaterThan(1);
  mkdirSync(work, { recursive: true });
  const config = { extends: '../../tsconfig.json', include: ['.'], exclude: [] };
  writeFileSync(join(work, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  let output = '';
  try {
    execFileSync(process.execPath, [tsc, '-p', work], { encoding: 'utf8' });
  } catch (error) {
    output = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
  }
  expect(output).toBe('');
});
