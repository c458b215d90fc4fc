import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import {
  checkDocuments,
  convertDocuments,
  type DocumentChange,
  editDocuments,
  readDocuments,
  writeDocuments,
} from '../../src/editing/index.js';
import { isRecobroError } from '../../src/errors.js';
import { presets } from '../../src/policy/presets/index.js';

const policy = `# yaml-language-server: $schema=policy.schema.json
id: ladder
version: 1
stages:
  - id: soft # the first
    tone: friendly
    at: { from: due, plus: 3d }
    do: [{ send: soft }]
  - id: firm
    tone: firm
    at: { from: due, plus: 10d }
    do: [{ send: firm }]
`;

const edited = (...changes: DocumentChange[]): string => editDocuments(policy, changes);

describe('editDocuments', () => {
  it('sets, removes and inserts by path, and touches nothing else', () => {
    expect(edited({ path: 'stages[1].at.plus', set: '12d' })).toBe(policy.replace('10d', '12d'));
    expect(edited({ path: 'stages[0]', remove: true })).toBe(
      policy.replace(/ {2}- id: soft[\s\S]*?(?= {2}- id: firm)/, ''),
    );
    expect(edited({ path: 'stages[1]', insert: { id: 'mid', tone: 'firm', do: [] } })).toBe(
      policy.replace('  - id: firm', '  - id: mid\n    tone: firm\n    do: []\n  - id: firm'),
    );
    expect(edited()).toBe(policy);
  });

  it('puts new keys where the schema has them, and makes objects on the way', () => {
    expect(edited({ path: 'name', set: 'Ladder' })).toContain('version: 1\nname: Ladder\nstages:');
    expect(
      edited({ path: 'stages[0].when', set: { gte: { MXN: '5.00' }, fact: 'item.dunnable' } }),
    ).toContain(
      "    at: { from: due, plus: 3d }\n    when:\n      fact: item.dunnable\n      gte:\n        MXN: '5.00'\n    do:",
    );
    expect(edited({ path: 'on.paid', set: [{ to: 'billing', send: 'thanks' }] })).toMatch(
      /\non:\n {2}paid:\n {4}- send: thanks\n {6}to: billing\n$/,
    );
    expect(
      edited({ path: 'stages[0].do[1]', insert: { within: '2bd', owner: 'Ana', task: 'call' } }),
    ).toContain('do: [{ send: soft }, { task: call, owner: Ana, within: 2bd }]');
    expect(edited({ path: 'stages[0].at.businessDay', set: 'next' })).toContain(
      'at: { from: due, plus: 3d, businessDay: next }',
    );
  });

  it.each(['stages[2].at', 'stages[x]', 'nothing.here', 'id.deeper', '', 'stages[9]', '["\\q"]'])(
    'refuses the path %j, which leads nowhere',
    (path) => {
      expect(() => edited({ path, remove: true })).toThrow('leads nowhere');
    },
  );
});

describe('what callers without types hand in', () => {
  const refused = (call: (...given: never[]) => unknown, ...given: unknown[]): readonly string[] => {
    try {
      Reflect.apply(call, undefined, given);
    } catch (error) {
      if (!isRecobroError(error, 'invalid_option')) throw error;
      expect(error.problems.every(({ message }) => message !== '')).toBe(true);
      return error.problems.map(({ path }) => path);
    }
    return [];
  };

  it('is refused with the path of each problem', () => {
    const path = 'name';
    const changes = [
      {},
      { path },
      { set: 1 },
      { path: 7, remove: true },
      { path, remove: false },
      { path, set: undefined },
      { path, set: 10n },
      { path, set: 1, remove: true },
      null,
      { path, set: 'Ladder' },
    ];
    expect(refused(editDocuments, policy, changes)).toEqual([
      'changes[0].path',
      'changes[0]',
      'changes[1]',
      'changes[2].path',
      'changes[3].path',
      'changes[4].remove',
      'changes[5].set',
      'changes[6].set',
      'changes[7]',
      'changes[8]',
    ]);
    for (const wrong of [undefined, {}, 'name'])
      expect(refused(editDocuments, policy, wrong)).toEqual(['changes']);
    const odd = { name: 7, as: 'toml', kind: 'letter' };
    for (const call of [readDocuments, editDocuments, writeDocuments, convertDocuments]) {
      const between = call === readDocuments ? [] : call === convertDocuments ? ['json'] : [[]];
      expect(refused(call, undefined, ...between, odd)).toEqual(['text', 'name', 'as', 'kind']);
      expect(refused(call, policy, ...between, null)).toEqual(['options']);
    }
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    for (const wrong of [undefined, () => 1, circle])
      expect(refused(writeDocuments, policy, wrong)).toEqual(['value']);
    expect(refused(convertDocuments, policy, 'toml')).toEqual(['to']);
    for (const wrong of [undefined, policy, {}]) expect(refused(checkDocuments, wrong)).toEqual(['text']);
  });
});

describe('writeDocuments', () => {
  it('gives the same text for the same value, and reads back what was written', () => {
    for (const [name, preset] of Object.entries(presets)) {
      const made = JSON.parse(JSON.stringify(preset({ zone: 'America/Bogota', language: 'es' }))) as {
        plan: object;
        policies: { id: string; version: number }[];
      };
      for (const text of [stringify(made), JSON.stringify(made, null, 2)]) {
        expect([name, writeDocuments(text, made) === text]).toEqual([name, true]);
        const next = { ...made, policies: made.policies.map((one) => ({ ...one, version: 7 })) };
        const written = writeDocuments(text, next);
        expect(readDocuments(written).value).toEqual(next);
        expect(checkDocuments(readDocuments(written))).toEqual(next);
        expect(written.split('\n').length).toBe(text.split('\n').length);
      }
    }
  });

  it('writes a new text in the order of the schema', () => {
    const value = { stages: [], version: 1, id: 'a', on: {} };
    expect(writeDocuments('', value)).toBe('id: a\nversion: 1\nstages: []\non: {}\n');
    expect(convertDocuments('{"version":1,"id":"a","stages":[]}', 'yaml')).toBe(
      'id: a\nversion: 1\nstages: []\n',
    );
    expect(convertDocuments('version: 1 # gone\nid: a\nstages: []', 'json')).toBe(
      '{\n  "id": "a",\n  "version": 1,\n  "stages": []\n}\n',
    );
  });
});

describe('readDocuments and checkDocuments', () => {
  it('tells what a text is', () => {
    expect(readDocuments(policy)).toMatchObject({ as: 'yaml', kind: 'policy' });
    expect(readDocuments('{ "id": "x", "version": 1, "messages": [] }')).toMatchObject({
      as: 'json',
      kind: 'messages',
    });
    expect(readDocuments('zone: UTC').kind).toBe('plan');
    expect(readDocuments('plan: {}\npolicies: []\nmessages: {}').kind).toBe('documents');
    expect(readDocuments('{ id: x }').as).toBe('yaml');
  });

  it('tells problems with line and column', () => {
    const problems = (text: string): unknown => {
      try {
        checkDocuments(readDocuments(text));
      } catch (error) {
        if (!isRecobroError(error)) throw error;
        return error.problems;
      }
      return [];
    };
    expect(problems(policy)).toEqual([]);
    expect(problems(policy.replace('10d', '10x'))).toEqual([
      expect.objectContaining({ path: 'stages[1].at.plus', code: 'invalid_duration', line: 11, column: 22 }),
    ]);
    expect(problems(`${policy}nmae: x\n`)).toEqual([
      expect.objectContaining({ path: 'nmae', code: 'unknown_key', line: 13, column: 1 }),
    ]);
    expect(problems('id: a\nb: [1\n')).toContainEqual(
      expect.objectContaining({ code: 'invalid_format', line: 3, column: 1 }),
    );
    expect(problems('{ "id": "a",\n  "b": x }')).toEqual([
      expect.objectContaining({ code: 'invalid_format', line: 2, column: 8 }),
    ]);
  });
});
