import type { KeyOrder, Steps } from '../notation/write.js';
import { type JsonSchema, jsonSchema, type SchemaName } from '../schema/index.js';

const known = new Map<SchemaName, JsonSchema>();

function schemaOf(name: SchemaName): JsonSchema {
  const schema = known.get(name) ?? jsonSchema(name);
  known.set(name, schema);
  return schema;
}

/** The order in which the JSON Schema of a document names the keys of each of its objects. */
export function keyOrderOf(name: SchemaName): KeyOrder {
  const root = schemaOf(name);
  return (steps, value) => {
    const keys = Object.keys(value);
    // Of several forms the one that knows the most of the keys.
    const [best] = formsAt(root, steps)
      .map((form) => Object.keys(membersOf(form)))
      .map((names) => ({ names, hits: keys.filter((key) => names.includes(key)).length }))
      .toSorted((a, b) => b.hits - a.hits);
    return best?.names ?? [];
  };
}

/** The forms that a value may have at a place. */
function formsAt(root: JsonSchema, steps: Steps): readonly JsonSchema[] {
  return steps.reduce<readonly JsonSchema[]>(
    (forms, step) => forms.flatMap((form) => below(root, form, step)),
    expanded(root, root),
  );
}

function below(root: JsonSchema, form: JsonSchema, step: string | number): readonly JsonSchema[] {
  const next = typeof step === 'number' ? form.items : (membersOf(form)[step] ?? form.additionalProperties);
  return isSchema(next) ? expanded(root, next) : [];
}

/** A schema, or what it refers to, or each of its forms. */
function expanded(root: JsonSchema, schema: JsonSchema): readonly JsonSchema[] {
  const { $ref, $defs = root.$defs, anyOf } = schema;
  if (typeof $ref === 'string' && isSchema($defs)) {
    const target = $defs[$ref.slice('#/$defs/'.length)];
    return isSchema(target) ? expanded(root, target) : [];
  }
  if (!Array.isArray(anyOf)) return [schema];
  return anyOf.filter(isSchema).flatMap((one) => expanded(root, one));
}

function membersOf({ properties }: JsonSchema): JsonSchema {
  return isSchema(properties) ? properties : {};
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
