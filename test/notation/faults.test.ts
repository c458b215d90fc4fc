import { describe, expect, it } from 'vitest';
import { isRecobroError } from '../../src/errors.js';
import { readNotation } from '../../src/notation/index.js';

/** What is said of a text, with line and column. */
function said(text: string, as: 'json' | 'yaml'): readonly string[] {
  try {
    readNotation(text, 'a.txt', as);
  } catch (error) {
    if (!isRecobroError(error, 'invalid_file')) throw error;
    return error.problems.map((one) => {
      const { line, column } = one as { readonly line?: number; readonly column?: number };
      return `${line}:${column} ${one.message}`;
    });
  }
  return [];
}

/** Words of parsers, which nobody who writes a document knows. */
const foreign = /flow|mapping|sequence|scalar|YAML\.|parse|position|token|implicit|node/i;

describe('JSON that is broken', () => {
  it.each([
    ['', '1:1 the text ends too early: a brace, bracket or quote is not closed'],
    ['{"a": 1', '1:8 the text ends too early: a brace, bracket or quote is not closed'],
    ['{\n  "a": [1,\n', '3:1 the text ends too early: a brace, bracket or quote is not closed'],
    ['{"a": "x}', '1:10 the text ends too early: a brace, bracket or quote is not closed'],
    ['{"a": 1,}', '1:9 a key is missing'],
    ["{'a': 1}", '1:2 a key is missing'],
    ['{"a" 1}', '1:6 a colon is missing behind the key'],
    ['{\n "a": 1\n "b": 2}', '3:2 a comma or the closing } is missing'],
    ['{"a": [1 2]}', '1:10 a comma or the closing ] is missing'],
    ['{"a": [1,]}', '1:10 no value stands here'],
    ['{ "id": "a",\n  "b": x }', '2:8 no value stands here'],
    ['{"a": "\\q"}', '1:9 a backslash begins nothing that JSON knows'],
    ['{"a": "\t"}', '1:8 a line break or tab stands within a text'],
    ['{"a": 1}\n{"b": 2}', '2:1 something stands behind the end of the JSON'],
    ['{"a": -}', '1:8 this number is not complete'],
    ['{"a": 1, "a": 2}', '1:10 this key stands there twice'],
  ])('%j: %s', (text, told) => {
    const [first = '', ...more] = said(text, 'json');
    expect([first.slice(0, told.length), more]).toEqual([told, []]);
    expect(first).not.toMatch(foreign);
  });
});

describe('YAML that is broken', () => {
  it.each([
    ['a: 1\n---\nb: 2\n', '2:1 a second document begins here'],
    ['{a: 1', '1:6 the braces are not closed: a } is missing'],
    ['a: {b: 1\nc: 2', '2:1 the braces are not closed: a } is missing'],
    ['a: [1, 2', '1:9 the brackets are not closed: a ] is missing'],
    ['a: "x', '1:6 this text has no closing quote'],
    ['a: 1\na: 2', '2:1 this key stands there twice'],
    ['a:\n\tb: 1', '2:1 a tab indents this line'],
    ['a: b: c', '1:4 a key has a value already'],
    ['a:1\nb: 2', '1:1 a key ends on its line'],
    ['a: @b', '1:4 a text that begins with this character stands in quotes'],
    ['a: "\\q"', '1:5 a backslash begins nothing that YAML knows'],
    ['a: !foo 1', '1:4 a tag, such as !name, means nothing here'],
    ['a: - b', '1:4 a list begins on the line below its key'],
    ['- a\nb: 1', '2:1 this belongs to nothing before it'],
    ['a: b # c\n  d: e', '2:1 this line is not indented like those beside it'],
  ])('%j: %s', (text, told) => {
    const all = said(text, 'yaml');
    expect(all.some((one) => one.startsWith(told))).toBe(true);
    for (const one of all) expect(one).not.toMatch(foreign);
  });

  it('is told with what is wrong about its aliases', () => {
    expect(() => readNotation('a: *x', 'a.yaml', 'yaml')).toThrow(
      'a.yaml cannot be used: an alias names an anchor that does not stand before it',
    );
  });

  it('tells one thing of each line', () => {
    const lines = said('- a\nb: 1\nc: 2', 'yaml').map((one) => one.split(':')[0]);
    expect(lines).toEqual([...new Set(lines)]);
  });
});
