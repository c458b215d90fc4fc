import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { checkDocuments, readDocuments } from '../../src/editing/index.js';

const page = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/editing.md'), 'utf8');

it('docs/editing.md shows YAML that parses', () => {
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  expect(blocks.length).toBeGreaterThan(0);
  for (const text of blocks) expect(checkDocuments(readDocuments(text))).toHaveProperty('id');
});
