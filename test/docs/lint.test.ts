import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { lintRules } from '../../src/lint/index.js';

const page = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/lint.md'), 'utf8');

it('docs/lint.md lists every rule with its severity, as it describes itself', () => {
  const table = page.split('<!-- rules: held to the rules by a test -->')[1] ?? '';
  const rows = [...table.matchAll(/^\| `([^`]+)` \| (\w+) \| (.*) \|$/gm)].map(
    ([, id, severity, description]) => ({ id, severity, description }),
  );
  expect(rows).toEqual(lintRules.map(({ id, severity, description }) => ({ id, severity, description })));
  expect(rows.length).toBeGreaterThanOrEqual(35);
});
