import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Complaint, compiling } from './compiler.js';

/** What must not compile says why: each `@ts-expect-error` is followed by words of the compiler's own message. */

const directive = /^\s*\/\/ @ts-expect-error (.+)$/;
/** What hosts write; other files compare types with each other, of which the compiler has nothing to say. */
const names = readdirSync(import.meta.dirname).filter(
  (name) => name.startsWith('define') && name.endsWith('.test-d.ts'),
);
/** The files without what keeps the compiler quiet; lines stay where they are. */
const texts = Object.fromEntries(
  names.map((name) => [
    name,
    readFileSync(join(import.meta.dirname, name), 'utf8').replaceAll('@ts-expect-error', 'expected:'),
  ]),
);

interface Expected {
  readonly line: number;
  readonly reason: string;
}

function expectedIn(text: string): readonly Expected[] {
  return text.split('\n').flatMap((line, index) => {
    const reason = directive.exec(line.replace('// expected:', '// @ts-expect-error'))?.[1];
    // A directive speaks of the line that follows it.
    return reason === undefined ? [] : [{ line: index + 2, reason }];
  });
}

describe('type tests', () => {
  const complaints: ReadonlyMap<string, readonly Complaint[]> = compiling(
    texts,
    (compiled) => new Map(names.map((name) => [name, compiled.complaints(name)])),
  );

  it('are there', () => {
    const count = names.map((name) => expectedIn(texts[name] ?? '').length).reduce((a, b) => a + b, 0);
    expect(count).toBeGreaterThan(90);
  });

  it.each(names)('%s: every refusal says what it should, on the line where it should', (name) => {
    const expected = expectedIn(texts[name] ?? '');
    const found = complaints.get(name) ?? [];
    const wrong = expected.flatMap(({ line, reason }) => {
      const here = found.filter((one) => one.line === line);
      return here.some((one) => one.text.includes(reason))
        ? []
        : [{ line, reason, said: here.map((one) => one.text) }];
    });
    expect(wrong).toEqual([]);
  });

  it.each(names)('%s: nothing else is refused', (name) => {
    const lines = new Set(expectedIn(texts[name] ?? '').map((one) => one.line));
    expect((complaints.get(name) ?? []).filter((one) => !lines.has(one.line))).toEqual([]);
  });
});
