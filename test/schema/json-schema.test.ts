import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRecobroError } from '../../src/errors.js';
import { presets } from '../../src/policy/presets/index.js';
import { type ProblemCode, parseDocuments } from '../../src/schema/index.js';
import { jsonSchema, type SchemaName } from '../../src/schema/json-schema.js';
import { documents as shape } from '../../src/schema/shapes/documents.js';
import { anyDocuments } from '../support/arbitrary-plans.js';
import { broken } from './broken.js';
import { brokenRules } from './broken-rules.js';
import { changed, validDocuments } from './valid.js';

const valid = validDocuments();

type Json = Readonly<Record<string, unknown>>;
type Path = (string | number)[];

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Strict: a keyword that ajv does not know is an error, so that the schema means what it says.
function strictAjv(): Ajv2020 {
  return new Ajv2020({ strict: true, allErrors: false, allowUnionTypes: true, formats: { date: true } });
}
const check = strictAjv().compile(jsonSchema('documents'));

const documentNames = ['plan', 'policy', 'messages', 'documents'] as const satisfies readonly SchemaName[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const members: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [path, ...members.flatMap(([key, member]) => pathsOf(member, [...path, key]))];
}

interface Place {
  readonly at: string;
  readonly schema: Json;
  readonly key?: string | undefined;
  /** Whether it is one of several forms. */
  readonly option: boolean;
}

/** Every schema within a schema, with its place; `key` where it is that of a property. */
function* placesOf(schema: Json, at: string, key?: string): Generator<Place> {
  yield { at, schema, ...(key === undefined ? {} : { key }), option: /(?:anyOf|oneOf)\[\d+\]$/.test(at) };
  for (const word of ['properties', '$defs'] as const) {
    const members = schema[word];
    if (!isJson(members)) continue;
    for (const [name, one] of Object.entries(members))
      if (isJson(one)) yield* placesOf(one, `${at}.${name}`, word === 'properties' ? name : undefined);
  }
  for (const word of ['items', 'additionalProperties', 'propertyNames'] as const) {
    const one = schema[word];
    if (isJson(one)) yield* placesOf(one, `${at}.${word}`);
  }
  for (const word of ['anyOf', 'oneOf'] as const) {
    const all = schema[word];
    if (!Array.isArray(all)) continue;
    for (const [index, one] of all.entries())
      if (isJson(one)) yield* placesOf(one, `${at}.${word}[${index}]`);
  }
}

describe('jsonSchema', () => {
  it('is a 2020-12 schema with a title and an id for every document', () => {
    const titles = documentNames.map((name) => {
      const schema = jsonSchema(name);
      expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
      expect(schema.$id).toBe(`urn:recobro:schema:${name}`);
      expect(strictAjv().validateSchema(schema)).toBe(true);
      return schema.title;
    });
    expect(titles).toEqual(['Plan', 'Policy', 'Messages', 'Documents']);
  });

  it.each([['nope'], ['plans'], ['toString'], [undefined], [7]])('refuses the name %j', (name) => {
    try {
      Reflect.apply(jsonSchema, undefined, [name]);
      expect.unreachable();
    } catch (error) {
      if (!isRecobroError(error, 'invalid_option')) throw error;
      expect(error.problems.map(({ path }) => path)).toEqual(['name']);
      if (name === 'plans') expect(error.message).toContain('did you mean "plan"');
      else expect(error.message).toContain('plan, policy, messages, documents, scenario');
    }
  });

  it('is a copy, so that nobody changes it for others', () => {
    const first = jsonSchema('plan');
    Object.assign(first.properties as object, { id: false });
    expect(jsonSchema('plan').properties).toHaveProperty('id.type', 'string');
  });

  it.each(documentNames)(
    'says of every key of a %s what it is, with an example, and names every choice',
    (name) => {
      const bare: string[] = [];
      let keys = 0;
      for (const { at, schema, key, option } of placesOf(jsonSchema(name), name)) {
        if (key === undefined && !option) continue;
        const { title, description, examples } = schema;
        if (typeof title !== 'string' || title === '') bare.push(`${at}: title`);
        // One value of a choice says all in its label.
        if (option && 'const' in schema && !('type' in schema)) continue;
        if (typeof description !== 'string' || !/[.`:)]$/.test(description)) bare.push(`${at}: description`);
        if (!Array.isArray(examples) || examples.length === 0) bare.push(`${at}: examples`);
        keys++;
      }
      expect(bare).toEqual([]);
      expect(keys).toBeGreaterThan(15);
    },
  );

  it.each(['plan', 'policy', 'messages'] as const)(
    'has examples in a %s that are valid where they stand',
    (name) => {
      const whole = jsonSchema(name);
      const ajv = strictAjv();
      const wrong: string[] = [];
      for (const { at, schema } of placesOf(whole, name)) {
        if (!Array.isArray(schema.examples)) continue;
        const { $id: _, $schema: __, ...own } = schema;
        const fits = ajv.compile({
          ...own,
          ...(whole.$defs === undefined ? {} : { $defs: whole.$defs }),
        });
        for (const example of schema.examples)
          if (!fits(example)) wrong.push(`${at}: ${JSON.stringify(example)}`);
      }
      expect(wrong).toEqual([]);
    },
  );

  it('has examples of whole documents that parse', () => {
    const { examples } = jsonSchema('documents');
    expect(Array.isArray(examples)).toBe(true);
    for (const example of examples as readonly unknown[]) expect(() => parseDocuments(example)).not.toThrow();
  });

  it('fills in nothing: defaults are told, not set', () => {
    const found = documentNames.flatMap((name) =>
      [...placesOf(jsonSchema(name), name)].filter(({ schema }) => 'default' in schema).map(({ at }) => at),
    );
    expect(found).toEqual([]);
    const plan = jsonSchema('plan').properties;
    expect(plan).toHaveProperty('language.description', expect.stringMatching(/Default: `en`\.$/));
  });

  it('lets a file say where its schema is, which is not kept', () => {
    const told = { $schema: 'documents.schema.json', ...valid };
    expect(check(told)).toBe(true);
    expect(parseDocuments(told)).toEqual(parseDocuments(valid));
    expect(check({ ...told, $schema: 1 })).toBe(false);
    expect(() => parseDocuments({ ...told, $schema: 1 })).toThrow('1 problem');
  });
});

/** What only parsing finds: the schema takes it, and never the other way round. */
const beyond: readonly ProblemCode[] = [
  // values that a pattern cannot tell
  'invalid_amount',
  'invalid_date',
  'invalid_duration',
  'invalid_text',
  'invalid_value',
  'too_large',
  'too_small',
  'unknown_channel',
  'unknown_currency',
  'unknown_fact',
  'unknown_language',
  'unknown_zone',
  // what a fact is decides what it is compared with
  'invalid_type',
  'missing',
  'wrong_operator',
  // what stands elsewhere
  'conflicting_assignment',
  'conflicting_keys',
  'duplicate_entry',
  'duplicate_id',
  'duplicate_locale',
  'not_agreed',
  'unknown_reference',
  'unused_setting',
  'wrong_about',
  'wrong_basis',
  'wrong_order',
  'wrong_place',
  'wrong_sum',
];

/** What is said of templates, in the codes of the messages module. */
const ofTemplates = [
  'duplicate_language',
  'empty_text',
  'invalid_language',
  'invalid_syntax',
  'line_break',
  'no_text',
  'section_needs_rows',
  'single_braces',
  'too_long',
  'torn_variable',
  'uneven_table',
  'unknown_variable',
  'unsafe_link',
  'variable_needs_form',
  'variable_not_available',
  'wrong_shape',
];

/** What is said of fees and terms, in the codes of the charges module. */
const ofCharges = ['empty_fee', 'invalid_rate'];

const allowed: ReadonlySet<string> = new Set([...beyond, ...ofTemplates, ...ofCharges]);

/** Whether both take it, both refuse it, or only parsing does, and for a reason that a schema cannot say. */
function agree(value: unknown, schema: ValidateFunction = check): 'taken' | 'refused' | 'beyond' {
  const taken = schema(value);
  expect(taken).toBe(shape.safeParse(value).success);
  let codes: readonly string[] = [];
  try {
    parseDocuments(value, { channels: ['whatsapp', 'sms', 'email'] });
  } catch (error) {
    if (!isRecobroError(error, 'invalid_document')) throw error;
    codes = error.problems.map(({ code }) => code);
  }
  if (!taken) {
    expect(codes.length).toBeGreaterThan(0);
    return 'refused';
  }
  expect(codes.filter((code) => !allowed.has(code))).toEqual([]);
  return codes.length > 0 ? 'beyond' : 'taken';
}

/** Anything that may stand somewhere, and mostly should not. */
const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    '10d',
    '-1d',
    '2bd',
    'none',
    '2026-01-01',
    'mon',
    'email',
    'UTC',
    'MXN',
    '1.00',
    '',
    'item',
    'due',
    'constructor',
    {},
    [],
    0,
    1,
    1.5,
    -1,
    null,
    true,
  ),
);

type Change =
  | { readonly kind: 'delete' }
  | { readonly kind: 'replace'; readonly to: unknown }
  | { readonly kind: 'add'; readonly key: string; readonly to: unknown }
  | { readonly kind: 'move'; readonly from: number };

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>({ kind: 'delete' }),
  junk.map((to): Change => ({ kind: 'replace', to })),
  fc
    .tuple(fc.constantFrom('id', 'at', 'when', 'plus', 'send', 'on', 'extra', '$schema', 'all', '__x'), junk)
    .map(([key, to]): Change => ({ kind: 'add', key, to })),
  fc.nat().map((from): Change => ({ kind: 'move', from })),
);

function mutated(value: unknown, pick: number, how: Change): unknown {
  const paths = pathsOf(value);
  const path = paths[pick % paths.length] ?? [];
  const at = (steps: Path): unknown =>
    steps.reduce<unknown>((one, key) => (one as Record<string | number, unknown>)[key], value);
  switch (how.kind) {
    case 'delete':
      return changed(value, path, undefined);
    case 'replace':
      return changed(value, path, how.to);
    case 'add':
      return isJson(at(path)) ? changed(value, [...path, how.key], how.to) : changed(value, path, how.to);
    case 'move':
      return changed(value, path, at(paths[how.from % paths.length] ?? []));
  }
}

describe('the JSON Schema and the parser', () => {
  it.each([...broken, ...brokenRules].map(([what, path, to]) => [what, path, to] as const))(
    'agree about %s',
    (_, path, to) => {
      expect(agree(changed(valid, path, to))).not.toBe('taken');
    },
  );

  it.each<[unknown, unknown, boolean]>([
    [{ 'account.attributes.sector': ['public'], 'account.scores.churn': 'number' }, undefined, true],
    [undefined, ['billing', 'manager'], true],
    [{ 'account.attributes.sector': [] }, undefined, false],
    [{ 'account.attributes.sector': 'date' }, undefined, false],
    [{ 'account.attributes.sector': 1 }, undefined, false],
    [[], undefined, false],
    [undefined, [], false],
    [undefined, ['a b'], false],
  ])('agree about declared facts %j and roles %j', (facts, roles, taken) => {
    const value: unknown = JSON.parse(JSON.stringify({ ...valid, plan: { ...valid.plan, facts, roles } }));
    expect(agree(value) !== 'refused').toBe(taken);
  });

  it('take the presets in every language', () => {
    for (const preset of Object.values(presets))
      for (const language of ['en', 'es', 'pt'])
        expect(agree(preset({ zone: 'America/Bogota', language }))).toBe('taken');
  });

  it('take the examples', () => {
    const folder = new URL('../../examples/policies/', import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    expect(files.length).toBeGreaterThan(0);
    for (const name of files)
      expect([name, agree(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))]).toEqual([name, 'taken']);
  });

  it('take documents of any keys that parse', () => {
    fc.assert(
      fc.property(anyDocuments, ({ newer: _, ...documents }) => {
        expect(agree(JSON.parse(JSON.stringify(documents)))).toBe('taken');
      }),
      { numRuns: 100 },
    );
  });

  it('agree wherever a key is left out, added, moved or replaced', () => {
    const seen = { taken: 0, refused: 0, beyond: 0 };
    const sources = fc.oneof(
      { weight: 3, arbitrary: fc.constant<unknown>(valid) },
      { weight: 1, arbitrary: anyDocuments.map(({ newer: _, ...all }) => JSON.parse(JSON.stringify(all))) },
    );
    fc.assert(
      fc.property(sources, fc.nat(), change, (source, pick, how) => {
        const value = mutated(source, pick, how);
        // A key that JSON cannot hold back is data like any other; one that is no text is not kept.
        if (isJson(value) && typeof value.$schema === 'string') return;
        seen[agree(value)]++;
      }),
      { numRuns: 700 },
    );
    expect(seen.refused).toBeGreaterThan(200);
    expect(seen.beyond).toBeGreaterThan(20);
    expect(seen.taken).toBeGreaterThan(20);
  });
});
