import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readNotation } from '../../src/notation/index.js';
import { rewritten } from '../../src/notation/write.js';
import { anyDocuments } from '../support/arbitrary-plans.js';

const source = `# House of Robles
# yaml-language-server: $schema=policy.schema.json

id: ladder # of 2026
version: 3

# who gets what
on:
  paid: [{ send: thanks }]
stages:
  # mild
  - id: soft
    tone: 'friendly'
    at: { from: due, plus: 3d } # three days
    do: [ { send: "soft" } ]

  # hard
  - id: firm
    tone: firm
    at:
      from: due
      plus: 10d   # ten
    name: >-
      A firm
      word
    do:
      - send: firm   # by mail
      - task: call
last: { repeat: 14d, times: 3 }
`;

const policy = readNotation(source, 'policy', 'yaml').value as Policy;

interface Policy {
  id: string;
  version: number;
  on?: { paid?: { send: string }[]; promised?: { send: string }[] };
  stages: Record<string, unknown>[];
  last?: { repeat: string; times?: number; from?: string };
}

function changed(change: (policy: Policy) => void, text = source): string {
  const next = structuredClone(readNotation(text, 'policy', 'yaml').value as Policy);
  change(next);
  const result = rewritten(text, next, { as: 'yaml', name: 'policy' });
  expect(readNotation(result, 'policy', 'yaml').value).toEqual(next);
  return result;
}

/** Lines that went, and lines that came. */
function difference(before: string, after: string): string[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const rest = [...b];
  const gone = a.filter((line) => {
    const at = rest.indexOf(line);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return [...gone.map((line) => `-${line}`), ...rest.map((line) => `+${line}`)];
}

describe('a YAML text with another value', () => {
  it('is the same text where the value is the same, whatever the order of keys', () => {
    expect(changed(() => {})).toBe(source);
    const turned = Object.fromEntries(Object.entries(policy).toReversed());
    expect(rewritten(source, turned, { as: 'yaml', name: 'x' })).toBe(source);
  });

  it('changes a value on its line and nothing else, quotes and comments kept', () => {
    expect(
      difference(
        source,
        changed((one) => (one.version = 4)),
      ),
    ).toEqual(['-version: 3', '+version: 4']);
    expect(
      difference(
        source,
        changed((one) => (one.stages[0]!.tone = 'firm')),
      ),
    ).toEqual(["-    tone: 'friendly'", "+    tone: 'firm'"]);
    expect(
      difference(
        source,
        changed((one) => ((one.stages[1]!.at as { plus: string }).plus = '12d')),
      ),
    ).toEqual(['-      plus: 10d   # ten', '+      plus: 12d   # ten']);
    expect(
      difference(
        source,
        changed((one) => ((one.stages[0]!.at as { plus: string }).plus = '4d')),
      ),
    ).toEqual([
      '-    at: { from: due, plus: 3d } # three days',
      '+    at: { from: due, plus: 4d } # three days',
    ]);
    expect(
      difference(
        source,
        changed((one) => (one.stages[1]!.name = 'Short')),
      ),
    ).toEqual(['-    name: >-', '-      A firm', '-      word', '+    name: Short']);
  });

  it('adds keys and entries the way the text is written', () => {
    expect(
      difference(
        source,
        changed((one) => (one.last = { repeat: '14d', times: 3, from: 'due' })),
      ),
    ).toEqual(['-last: { repeat: 14d, times: 3 }', '+last: { repeat: 14d, times: 3, from: due }']);
    expect(
      difference(
        source,
        changed((one) => (one.on!.promised = [{ send: 'noted' }])),
      ),
    ).toEqual(['+  promised:', '+    - send: noted']);
    const more = changed((one) => one.stages.push({ id: 'last', tone: 'formal', do: [] }));
    expect(more).toContain('      - task: call\n\n  - id: last\n    tone: formal\n    do: []\nlast:');
    const between = changed((one) => one.stages.splice(1, 0, { id: 'mid', tone: 'firm', do: [] }));
    expect(between).toContain(
      'do: [ { send: "soft" } ]\n\n  - id: mid\n    tone: firm\n    do: []\n\n  # hard\n',
    );
  });

  it('takes keys and entries out with the comments above them', () => {
    expect(
      difference(
        source,
        changed((one) => delete one.on),
      ),
    ).toEqual(['-# who gets what', '-on:', '-  paid: [{ send: thanks }]']);
    expect(changed((one) => one.stages.pop())).not.toContain('# hard');
    expect(
      difference(
        source,
        changed((one) => delete one.last!.times),
      ),
    ).toEqual(['-last: { repeat: 14d, times: 3 }', '+last: { repeat: 14d }']);
    expect(changed((one) => one.stages.shift())).toContain('  # hard\n  - id: firm');
    expect(changed((one) => (one.stages = []))).toContain('stages: []\nlast:');
  });

  it('puts what is new where an order says', () => {
    const order = (): readonly string[] => ['id', 'name', 'version', 'on', 'stages', 'last'];
    const next = { ...policy, name: 'Ladder' };
    const result = rewritten(source, next, { as: 'yaml', name: 'x', order });
    expect(result).toContain('id: ladder # of 2026\nname: Ladder\nversion: 3\n');
  });

  it('keeps anchors sane', () => {
    const text = 'a: &mild\n  from: due # day\n  plus: 3d\nb: *mild\nc: [*mild, 1]\n';
    const at = (next: unknown): string => rewritten(text, next, { as: 'yaml', name: 'x' });
    const [old, other] = [
      { from: 'due', plus: '3d' },
      { from: 'due', plus: '4d' },
    ];
    // All of them at once: the anchor says it for all.
    expect(at({ a: other, b: other, c: [other, 1] })).toBe(text.replace('3d', '4d'));
    // Only the first: what the others stood for is written out.
    expect(at({ a: other, b: old, c: [old, 1] })).toBe(
      'a: &mild\n  from: due # day\n  plus: 4d\nb:\n  from: due\n  plus: 3d\nc: [{ from: due, plus: 3d }, 1]\n',
    );
    // Only another.
    expect(at({ a: old, b: other, c: [old, 1] })).toBe(
      'a: &mild\n  from: due # day\n  plus: 3d\nb:\n  from: due\n  plus: 4d\nc: [*mild, 1]\n',
    );
    expect(at({ b: old, c: [old, 1] })).toContain('plus: 3d');
  });

  it('keeps what YAML 1.2 means: no and on are text, and so are dates', () => {
    const text = "on: no\nday: 2026-12-25\nyes: 'no'\n";
    expect(readNotation(text, 'x', 'yaml').value).toEqual({ on: 'no', day: '2026-12-25', yes: 'no' });
    expect(rewritten(text, { on: 'off', day: '2026-12-26', yes: 'true' }, { as: 'yaml', name: 'x' })).toBe(
      "on: off\nday: 2026-12-26\nyes: 'true'\n",
    );
    expect(rewritten('a: 1\n', { a: 'true' }, { as: 'yaml', name: 'x' })).toBe("a: 'true'\n");
  });

  it('keeps line ends of Windows', () => {
    const text = 'a: 1 # one\r\nb:\r\n  - x\r\n';
    expect(rewritten(text, { a: 2, b: ['x', 'y'] }, { as: 'yaml', name: 'x' })).toBe(
      'a: 2 # one\r\nb:\r\n  - x\r\n  - y\r\n',
    );
  });

  it('begins with an empty text, or with a comment alone', () => {
    expect(rewritten('', { a: 1 }, { as: 'yaml', name: 'x' })).toBe('a: 1\n');
    expect(rewritten('# mine\n', { a: 1 }, { as: 'yaml', name: 'x' })).toBe('# mine\na: 1\n');
    expect(rewritten('# mine\n[1]\n', { a: 1 }, { as: 'yaml', name: 'x' })).toBe('# mine\na: 1\n');
  });
});

describe('a JSON text with another value', () => {
  const text = '{\n    "id": "a",\n    "list": [\n        1,\n        { "x": 1 }\n    ]\n}\n';

  it('keeps its indentation, and what stands in one line', () => {
    const at = (next: unknown): string => rewritten(text, next, { as: 'json', name: 'x' });
    expect(at({ id: 'b', list: [1, { x: 1 }] })).toBe(text.replace('"a"', '"b"'));
    expect(at({ id: 'a', list: [1, { x: 1, y: 'z' }] })).toBe(text.replace('"x": 1', '"x": 1, "y": "z"'));
    expect(at({ id: 'a', list: [1, { x: 1 }, { y: [2] }] })).toBe(
      text.replace(
        '1 }\n',
        '1 },\n        {\n            "y": [\n                2\n            ]\n        }\n',
      ),
    );
    expect(at({ list: [{ x: 1 }] })).toBe('{\n    "list": [\n        { "x": 1 }\n    ]\n}\n');
    expect(rewritten('{"a":1}', { a: 1, b: [1, 2] }, { as: 'json', name: 'x' })).toBe('{"a":1,"b":[1,2]}');
  });
});

describe('any text with any value', () => {
  const documents = anyDocuments.map(({ newer: _, ...all }) => JSON.parse(JSON.stringify(all)) as unknown);
  const forms = fc.constantFrom<(value: unknown) => string>(
    (value) => stringify(value),
    (value) => stringify(value, { indentSeq: false, indent: 4 }),
    (value) => stringify(value, { collectionStyle: 'flow' }),
    (value) => JSON.stringify(value, null, 2),
    (value) => JSON.stringify(value),
  );

  it('reads back as the value', () => {
    fc.assert(
      fc.property(documents, documents, forms, (before, next, form) => {
        const text = form(before);
        const as = text.startsWith('{"') || text.startsWith('{\n  "') ? 'json' : 'yaml';
        expect(rewritten(text, before, { as, name: 'x' })).toBe(text);
        const result = rewritten(text, next, { as, name: 'x' });
        expect(readNotation(result, 'x', as).value).toEqual(next);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps every comment and every other line when one value changes', () => {
    fc.assert(
      fc.property(documents, fc.nat(), fc.jsonValue({ maxDepth: 2 }), (before, pick, to) => {
        // A comment of its own behind every line of a block.
        const text = stringify(before, { lineWidth: 0 })
          .split('\n')
          .map((line, index) =>
            /[|>]-?$|^\s*$/.test(line) || !/[:-]/.test(line) ? line : `${line} # ${index}`,
          )
          .join('\n');
        const old = readNotation(text, 'x', 'yaml').value;
        const leaves = leavesOf(old);
        const leaf = leaves[pick % leaves.length];
        if (leaf === undefined) return;
        const next = structuredClone(old);
        put(next, leaf, to);
        const result = rewritten(text, next, { as: 'yaml', name: 'x' });
        expect(readNotation(result, 'x', 'yaml').value).toEqual(JSON.parse(JSON.stringify(next)));
        const [a, b] = [text.split('\n'), result.split('\n')];
        const gone = a.filter((line) => !b.includes(line));
        // Its own line, or those of the text in several lines that stood there.
        expect(gone.length).toBeLessThanOrEqual(1 + String(at(old, leaf)).split('\n').length);
      }),
      { numRuns: 80 },
    );
  });
});

type Path = readonly (string | number)[];

function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, one]) =>
    leavesOf(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((one, key) => (one as Record<string | number, unknown>)[key], value);
}

function put(value: unknown, path: Path, to: unknown): void {
  const owner = at(value, path.slice(0, -1)) as Record<string | number, unknown>;
  owner[path.at(-1) ?? ''] = to;
}
