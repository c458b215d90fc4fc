import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { previewCommand } from '../../src/cli/commands/preview.js';
import { policyText, policyTimeline } from '../../src/insight/index.js';
import { presets } from '../../src/policy/presets/index.js';
import type { Documents } from '../../src/policy/types.js';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');
const guide = read('docs/pictures.md');
const example = read('test/insight/pictures-example.ts');

it('the guide quotes the example that is compiled here', () => {
  expect(guide).toContain(`\`\`\`ts\n${example}\`\`\``);
});

it('the example draws what the guide says', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recobro-pictures-'));
  try {
    const sources = (_: string, room: string): string =>
      `'${pathToFileURL(resolve(root, `src/${room}/index.ts`)).href}'`;
    writeFileSync(join(folder, 'example.mts'), example.replace(/'recobro\/(\w+)'/g, sources));
    const hooks = pathToFileURL(resolve(root, 'test/support/run-typescript.mjs')).href;
    const told = execFileSync(process.execPath, ['--no-warnings', '--import', hooks, 'example.mts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const documents = presets.balanced({ zone: 'America/Bogota', language: 'es' });
    expect(told).toBe(`${policyText(documents)}\n`);
    expect(readdirSync(folder).sort()).toEqual([
      'balanced-narrow.svg',
      'balanced.html',
      'balanced.svg',
      'example.mts',
    ]);
    const made = (name: string): string => readFileSync(join(folder, name), 'utf8');
    expect(made('balanced.svg')).toBe(policyTimeline(documents, { theme: 'light' }));
    expect(made('balanced.html')).toContain('<h1>Our reminders</h1>');
    expect(made('balanced.html')).not.toContain('class="failed"');
  } finally {
    // Made above, and nothing else.
    rmSync(folder, { recursive: true });
  }
});

it.each(['wide', 'narrow'] as const)('the %s picture of the guide is that of its file', (layout) => {
  const documents = JSON.parse(read('examples/policies/six-stages.json')) as Documents;
  const name = layout === 'wide' ? 'six-stages.svg' : 'six-stages-narrow.svg';
  // Drawn anew by: recobro preview examples/policies/six-stages.json --language en [--narrow] --out docs/pictures/…
  expect(read(`docs/pictures/${name}`)).toBe(policyTimeline(documents, { language: 'en', layout }));
});

it('the guide lists every option of the command', () => {
  const { options } = previewCommand.spec;
  for (const option of Object.keys(options))
    expect(guide).toMatch(new RegExp(`^\\| \`--${option}[ \`]`, 'm'));
});
