import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presets } from '../../src/policy/presets/index.js';
import { jsonSchema, type SchemaName } from '../../src/schema/json-schema.js';
import { documents as shape } from '../../src/schema/shapes/documents.js';
import { broken } from './broken.js';
import { brokenRules } from './broken-rules.js';
import { changed, validDocuments } from './valid.js';

const valid = validDocuments();
// Strict: a keyword that ajv does not know is an error, so that the schema means what it says.
const ajv = new Ajv2020({ strict: true, allErrors: false, allowUnionTypes: true });
const check = ajv.compile(jsonSchema('documents'));

type Path = (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const members: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [path, ...members.flatMap(([key, member]) => pathsOf(member, [...path, key]))];
}

describe('jsonSchema', () => {
  it('is a 2020-12 schema with a title for every document', () => {
    const titles = (['plan', 'policy', 'messages', 'documents'] as const).map((name: SchemaName) => {
      const schema = jsonSchema(name);
      expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
      expect(ajv.validateSchema(schema)).toBe(true);
      return schema.title;
    });
    expect(titles).toEqual(['Plan', 'Policy', 'Messages', 'Documents']);
  });

  it('is a copy, so that nobody changes it for others', () => {
    const first = jsonSchema('plan');
    Object.assign(first.properties as object, { id: false });
    expect(jsonSchema('plan').properties).toHaveProperty('id.type', 'string');
  });

  it('has examples that are valid themselves', () => {
    for (const name of ['plan', 'policy', 'messages'] as const) {
      const schema = jsonSchema(name);
      const examples = schema.examples as readonly unknown[];
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) expect(ajv.validate(schema, example)).toBe(true);
    }
  });

  it('takes the presets', () => {
    for (const preset of Object.values(presets)) {
      const made = preset({ zone: 'America/Bogota' });
      check(made);
      expect(check.errors).toBeNull();
    }
  });

  it('takes valid documents', () => {
    check(valid);
    expect(check.errors).toBeNull();
  });

  it.each([...broken, ...brokenRules].map(([what, path, to]) => [what, path, to] as const))(
    'agrees with zod about %s',
    (_, path, to) => {
      const value = changed(valid, path, to);
      expect(check(value)).toBe(shape.safeParse(value).success);
    },
  );

  it('agrees with zod wherever something else stands', () => {
    const paths = pathsOf(valid);
    const junk = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(
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
        {},
        [],
        0,
        1,
        1.5,
        -1,
        null,
        true,
      ),
      // Something of the document itself, in the wrong place.
      fc
        .constantFrom(...paths)
        .map((path) =>
          path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], valid),
        ),
    );
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...paths), junk, (path, to) => {
        const value = changed(valid, path, to);
        const taken = shape.safeParse(value).success;
        if (!taken) refused++;
        expect(check(value)).toBe(taken);
      }),
      { numRuns: 1500 },
    );
    expect(refused).toBeGreaterThan(500);
  });
});
