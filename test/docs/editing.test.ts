import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020, type Options } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { checkDocuments, readDocuments } from '../../src/editing/index.js';
import { jsonSchema } from '../../src/schema/json-schema.js';

const page = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/editing.md'), 'utf8');

it('docs/editing.md shows YAML that parses', () => {
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  expect(blocks.length).toBeGreaterThan(0);
  for (const text of blocks) expect(checkDocuments(readDocuments(text))).toHaveProperty('id');
});

it('docs/editing.md says what a strict ajv needs', () => {
  const needs = (options: Options): boolean => {
    try {
      new Ajv2020({ strict: true, ...options }).compile(jsonSchema('documents'));
      return false;
    } catch {
      // What a schema compiler does not take, it throws.
      return true;
    }
  };
  const formats = { date: true } as const;
  expect(needs({ formats, allowUnionTypes: true })).toBe(false);
  expect([needs({ formats }), needs({ allowUnionTypes: true })]).toEqual([true, true]);
  expect(page).toContain('`ajv-formats`');
  expect(page).toContain('`allowUnionTypes: true`');
});
