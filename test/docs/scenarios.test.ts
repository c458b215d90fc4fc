import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseScenario, reportText, runScenario, scenarioSchema } from '../../src/testing/index.js';
import { en } from '../../src/words/reasons/en.js';

const read = (path: string): string => readFileSync(resolve(import.meta.dirname, '../..', path), 'utf8');
const page = read('docs/scenarios.md');
const errors = read('src/errors.ts');
const blocks = [...page.matchAll(/```yaml( base)?\n([\s\S]*?)```/g)].map((match) => ({
  base: match[1] !== undefined,
  text: match[2] ?? '',
  line: page.slice(0, match.index).split('\n').length,
}));
const { given: base } = parse(blocks.find((one) => one.base)?.text ?? '');
const fragments = blocks.filter((one) => !one.base);

describe('docs/scenarios.md', () => {
  it.each(fragments)('the example in line $line holds', async ({ text, line }) => {
    const value = parse(text);
    const whole =
      'scenario' in value || 'scenarios' in value
        ? value
        : { scenario: `line ${line}`, given: base, ...value };
    const reports = await runScenario(whole);
    expect(reports.length).toBeGreaterThan(0);
    expect(reports.filter((one) => !one.passed).map(reportText)).toEqual([]);
  });

  it('names codes that there are', () => {
    const [, section = ''] = page.split('### Codes');
    const codes = [...(section.split('\n## ')[0] ?? '').matchAll(/`([a-z_-]+)`/g)].map(
      (match) => match[1] ?? '',
    );
    const members = ['reasons', 'skipped', 'outcomes', 'close', 'fees', 'attempts', 'error'];
    const unknown = codes.filter(
      (code) => !(code in en) && !errors.includes(`'${code}'`) && !members.includes(code),
    );
    expect(unknown).toEqual([]);
    expect(codes.length).toBeGreaterThan(50);
  });

  it('has an example with every key of the format', () => {
    const used = new Set<string>();
    for (const { text } of blocks) keysOf(parse(text), used);
    const wanted = new Set<string>();
    schemaKeys(scenarioSchema(), wanted);
    const words = new Set([...page.matchAll(/`([A-Za-z$-]+)`/g)].map((match) => match[1]));
    expect([...wanted].filter((key) => !used.has(key) && !words.has(key))).toEqual([]);
  });

  it('names every scenario of its examples so that it parses alone', () => {
    const whole = fragments.filter(({ text }) => /^(?:scenario|scenarios|tags):/m.test(text));
    for (const { text } of whole) expect(parseScenario(text).length).toBeGreaterThan(0);
  });
});

function keysOf(value: unknown, keys: Set<string>): void {
  if (Array.isArray(value)) for (const one of value) keysOf(one, keys);
  else if (typeof value === 'object' && value !== null)
    for (const [key, member] of Object.entries(value)) {
      keys.add(key);
      keysOf(member, keys);
    }
}

function schemaKeys(schema: unknown, keys: Set<string>): void {
  if (Array.isArray(schema)) for (const one of schema) schemaKeys(one, keys);
  else if (typeof schema === 'object' && schema !== null)
    for (const [key, member] of Object.entries(schema)) {
      if (key === 'properties' && typeof member === 'object' && member !== null)
        for (const name of Object.keys(member)) keys.add(name);
      schemaKeys(member, keys);
    }
}
