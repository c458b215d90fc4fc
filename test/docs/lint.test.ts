import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintRules } from '../../src/lint/index.js';

const page = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/lint.md'), 'utf8');

describe('docs/lint.md', () => {
  it('lists every rule with its severity, as it describes itself', () => {
    const table = page.split('<!-- rules: held to the rules by a test -->')[1] ?? '';
    const rows = [...table.matchAll(/^\| `([^`]+)` \| (\w+) \| (.*) \|$/gm)].map(
      ([, id, severity, description]) => ({ id, severity, description }),
    );
    expect(rows).toEqual(lintRules.map(({ id, severity, description }) => ({ id, severity, description })));
    expect(rows.length).toBeGreaterThanOrEqual(69);
  });

  it('says of every rule why it matters and what to do', () => {
    const list = page.split('<!-- reasons: held to the rules by a test -->')[1] ?? '';
    const reasons = [...list.matchAll(/^- `([^`]+)`: (.*) → (.*)$/gm)].map(([, id, explanation, fix]) => ({
      id,
      explanation,
      fix,
    }));
    expect(reasons).toEqual(lintRules.map(({ id, explanation, fix }) => ({ id, explanation, fix })));
  });
});
