import { isRecord } from './cursor.js';
import type { Words } from './words/words.js';

/** A JSON Schema, or part of one. */
type Schema = Readonly<Record<string, unknown>>;

/**
 * A schema with words at every place. What may stand here is not touched: a
 * fixed set of values becomes `oneOf` with a title each, which forms show as a
 * choice, and everything else gains `title`, `description` and `examples`.
 * Defaults are told in the description: as the keyword `default` they would be
 * filled in by forms and validators, and a document would say what it leaves open.
 */
export function annotated(schema: Schema, words: Words): Schema {
  const { title: _, description: __, examples: ___, ...bare } = schema;
  return {
    title: words.title,
    description: described(words),
    ...(words.examples === undefined ? {} : { examples: words.examples }),
    ...inner(bare, words),
    ...(words.format === undefined ? {} : { format: words.format }),
  };
}

function described({ description, otherwise }: Words): string {
  return otherwise === undefined ? description : `${description} Default: ${otherwise}.`;
}

function inner(schema: Schema, words: Words): Schema {
  const values = valuesOf(schema);
  if (words.labels !== undefined && values !== undefined) {
    const { enum: _, anyOf: __, const: ___, ...rest } = schema;
    return { ...rest, oneOf: values.map((value) => ({ const: value, title: labelOf(words, value) })) };
  }
  const next: Record<string, unknown> = { ...schema };
  const { anyOf, items, additionalProperties: each, properties } = schema;
  if (Array.isArray(anyOf)) next.anyOf = options(anyOf, words);
  if (isRecord(items)) next.items = annotated(items, wordsFor(words.items, words, 'entries'));
  if (isRecord(each)) next.additionalProperties = annotated(each, wordsFor(words.each, words, 'members'));
  if (isRecord(properties)) {
    next.properties = Object.fromEntries(
      Object.entries(properties).map(([key, own]) => [
        key,
        isRecord(own) ? annotated(own, wordsFor(words.keys?.[key], words, key)) : own,
      ]),
    );
  }
  return next;
}

/** The fixed set of values, where there is one. */
function valuesOf({ enum: values, anyOf }: Schema): readonly unknown[] | undefined {
  if (Array.isArray(values)) return values;
  if (!Array.isArray(anyOf)) return undefined;
  return anyOf.every((one) => isRecord(one) && 'const' in one) ? anyOf.map((one) => one.const) : undefined;
}

function options(anyOf: readonly unknown[], words: Words): readonly unknown[] {
  return anyOf.map((one, index) =>
    isRecord(one) ? annotated(one, wordsFor(words.options?.[index], words, `form ${index}`)) : one,
  );
}

function labelOf({ labels, title }: Words, value: unknown): string {
  const label = labels?.[String(value)];
  if (label === undefined) throw new Error(`no words for the value ${String(value)} of “${title}”`);
  return label;
}

function wordsFor(words: Words | undefined, { title }: Words, part: string): Words {
  if (words === undefined) throw new Error(`no words for the ${part} of “${title}”`);
  return words;
}
