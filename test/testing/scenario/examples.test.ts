import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { reportText, runScenarioFile, scenarioSchema } from '../../../src/testing/index.js';

const folder = resolve(import.meta.dirname, '../../../examples/scenarios');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('policies'))
  .sort();
const read = (name: string): unknown => parse(readFileSync(join(folder, name), 'utf8'));

describe('the scenarios in examples/scenarios', () => {
  it.each(files)('%s', async (name) => {
    const reports = await runScenarioFile(join(folder, name), { root: resolve(folder, '..') });
    expect(reports.filter((one) => !one.passed).map(reportText)).toEqual([]);
    expect(reports.length).toBeGreaterThan(0);
  });

  it('fit the JSON Schema that editors use, and a misspelt key does not', () => {
    const fits = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(scenarioSchema());
    for (const name of files) expect(fits(read(name)), name).toBe(true);
    expect(fits({ scenario: 'Misspelt', when: [{ tik: true }] })).toBe(false);
    expect(fits(parse('{ scenario: Misspelt, then: { sent: [{ chanel: x }] } }'))).toBe(false);
  });

  it('use every key that the format has', () => {
    const used = new Set<string>();
    for (const name of files) collect(read(name), used);
    const wanted = new Set<string>();
    for (const [some, own] of [
      ['preset', ['history', 'answers', 'now', 'tenant', 'time']],
      ['settleFee', []],
      ['soFar', []],
    ] as const) {
      const keys = propertiesWith(scenarioSchema(), some);
      expect(keys.length, some).toBeGreaterThan(10);
      for (const key of [...keys, ...own]) wanted.add(key);
    }
    expect([...wanted].filter((key) => !used.has(key))).toEqual([]);
  });
});

/** Every key below a value. */
function collect(value: unknown, keys: Set<string>): void {
  if (Array.isArray(value)) for (const one of value) collect(one, keys);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      keys.add(key);
      collect(member, keys);
    }
  }
}

/** The keys of the object of a JSON Schema that has this one. */
function propertiesWith(schema: unknown, key: string): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { readonly properties?: unknown };
  if (typeof properties === 'object' && properties !== null && key in properties)
    return Object.keys(properties);
  for (const one of Object.values(schema)) {
    const found = propertiesWith(one, key);
    if (found.length > 0) return found;
  }
  return [];
}
