import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint } from '../../src/lint/index.js';
import { variableCatalogue } from '../../src/messages/index.js';
import { factCatalogue } from '../../src/policy/index.js';
import { jsonSchema, parseDocuments, parseMessages, parsePlan, parsePolicy } from '../../src/schema/index.js';

const page = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/policies.md'), 'utf8');
const [plan, policies, messages, ...rest] = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(
  (match): unknown => JSON.parse(match[1] ?? ''),
);

/** The part of the page between a note and the next heading. */
function part(note: string): string {
  return page.split(`<!-- ${note}: held to the catalogue by a test -->`)[1]?.split('\n## ')[0] ?? '';
}

/** Names of all properties in a JSON Schema. */
function propertiesOf(schema: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return found;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') for (const name of Object.keys(value)) found.add(name);
    if (key !== 'examples') propertiesOf(value, found);
  }
  return found;
}

describe('docs/policies.md', () => {
  it('shows a plan, policies and messages that parse, alone and together', () => {
    for (const one of rest) {
      const isPolicy = typeof one === 'object' && one !== null && 'stages' in one;
      if (isPolicy) parsePolicy(one);
      else parsePlan(one);
    }
    parsePlan(plan);
    for (const policy of Array.isArray(policies) ? policies : []) parsePolicy(policy);
    parseMessages(messages);
    const documents = parseDocuments({ plan, policies, messages }, { channels: ['whatsapp', 'email'] });
    expect(lint(documents).map(({ id, path }) => `${id} ${path}`)).toEqual([]);
  });

  it('names every key', () => {
    const missing = [...propertiesOf(jsonSchema('documents'))].filter(
      (key) => key !== '$schema' && !new RegExp(`[\`{ ."]${key}[\`,": }]`).test(page),
    );
    expect(missing).toEqual([]);
  });

  it('lists the facts there are, with their types', () => {
    const rows = [...part('facts').matchAll(/^\| `([^`]+)` \| (\w+) \|/gm)].map(([, name, type]) => [
      name,
      type,
    ]);
    expect(rows).toEqual(Object.entries(factCatalogue).map(([name, { type }]) => [name, type]));
  });

  it('lists the variables there are', () => {
    const [text = '', items = ''] = part('variables').split('| row variable |');
    const named = (source: string) =>
      [...source.matchAll(/^\|(.*?)\|/gm)]
        .flatMap(([, cell = '']) => [...cell.matchAll(/\{\{([a-z.]+)\}\}/g)].map(([, name]) => name))
        .sort();
    const known = (scope: string) =>
      variableCatalogue
        .filter((variable) => variable.scope === scope)
        .map(({ name }) => name)
        .sort();
    expect(named(text)).toEqual(known('text'));
    expect(named(items)).toEqual(known('items'));
  });
});
