import { describe, expect, it } from 'vitest';
import { parseDocuments, parsePlan, parsePolicy } from '../../src/schema/index.js';
import { problemsOf, refusal } from './problems.js';
import { changed, validDocuments } from './valid.js';

const documents = validDocuments();
const { plan } = documents;

function nested(levels: number): unknown {
  let condition: unknown = { fact: 'account.hardship', eq: true };
  for (let i = 0; i < levels; i++) condition = { not: condition };
  return condition;
}

describe('what is no plain data', () => {
  const cyclic: Record<string, unknown> = { id: 'key' };
  cyclic.when = { all: [cyclic] };
  const getter = Object.defineProperty({ ...plan }, 'zone', { enumerable: true, get: () => 'UTC' });
  class Zone {
    zone = 'UTC';
  }
  const cases: [string, unknown, string[]][] = [
    ['a cycle', { ...plan, segments: [cyclic] }, ['segments[0].when.all[0] invalid_type']],
    ['a getter', getter, ['zone invalid_type']],
    ['a function', { ...plan, zone: () => 'UTC' }, ['zone invalid_type']],
    ['a symbol', { ...plan, zone: Symbol('UTC') }, ['zone invalid_type']],
    ['a Date', { ...plan, zone: new Date(0) }, ['zone invalid_type']],
    ['an instance', { ...plan, zone: new Zone() }, ['zone invalid_type']],
    ['a Map', new Map(), [' invalid_type']],
    ['NaN', { ...plan, version: Number.NaN }, ['version invalid_type']],
    ['infinity', { ...plan, version: Number.POSITIVE_INFINITY }, ['version invalid_type']],
    ['bigint', { ...plan, version: 3n }, ['version invalid_type']],
    ['a hole in a list', { ...plan, assign: [undefined] }, ['assign[0] invalid_type']],
    ['a NUL', { ...plan, default: 'a\0b' }, ['default invalid_text']],
    ['half a character', { ...plan, default: 'a\ud800b' }, ['default invalid_text']],
    [
      '__proto__',
      JSON.parse(`{"__proto__": {}, ${JSON.stringify(plan).slice(1)}`),
      ['__proto__ unknown_key'],
    ],
    [
      'constructor',
      { ...plan, tolerance: { constructor: '1.00', MXN: '1.00' } },
      ['tolerance.constructor unknown_key'],
    ],
  ];

  it.each(cases)('refuses %s', (_, value, problems) => {
    expect(problemsOf(() => parsePlan(value))).toEqual(problems);
  });

  it('takes objects without a prototype', () => {
    expect(parsePlan(Object.assign(Object.create(null), plan))).toEqual(plan);
  });

  it('does not let an object pass for a whole one through its prototype', () => {
    expect(problemsOf(() => parsePlan(Object.create({ ...plan })))).toEqual([' invalid_type']);
  });
});

describe('absurd sizes', () => {
  it('refuses long texts', () => {
    const value = changed(documents, ['messages', 'messages', 0, 'text', 'es', 'sms'], 'x'.repeat(10_001));
    expect(problemsOf(() => parseDocuments(value))).toEqual(['messages.messages[0].text.es.sms too_large']);
  });

  it('refuses documents of more than two million characters, and says nothing else of them', () => {
    const segments = Array.from({ length: 900 }, (_, i) => ({
      id: `s${i}`,
      when: { fact: 'account.tags', has: 'x'.repeat(3000), typo: 1 },
    }));
    expect(refusal(() => parsePlan({ ...plan, segments })).problems.map((one) => one.code)).toEqual([
      'too_large',
    ]);
  });

  it('refuses deep nesting, and takes what is just deep enough', () => {
    const segment = (levels: number) => ({
      ...plan,
      assign: [],
      adjust: [],
      segments: [{ id: 'a', when: nested(levels) }],
    });
    expect(parsePlan(segment(28)).segments).toHaveLength(1);
    expect(refusal(() => parsePlan(segment(29))).problems.map((one) => one.code)).toEqual(['too_large']);
    expect(refusal(() => parsePlan(segment(100_000))).problems.map((one) => one.code)).toEqual(['too_large']);
  });

  it('refuses too many stages and segments', () => {
    const stage = documents.policies[0]!.stages[0]!;
    const stages = Array.from({ length: 201 }, (_, i) => ({ ...stage, id: `s${i}` }));
    expect(problemsOf(() => parsePolicy({ ...documents.policies[0], stages }))).toEqual(['stages too_large']);
    const segments = Array.from({ length: 1001 }, (_, i) => ({ id: `s${i}`, when: {} }));
    expect(problemsOf(() => parsePlan({ ...plan, segments }))).toEqual(['segments too_large']);
  });

  it('does not walk a list that only claims to be long', () => {
    expect(problemsOf(() => parsePlan({ ...plan, segments: new Array(4_000_000_000) }))).toEqual([
      'segments too_large',
    ]);
  });

  it('does not unfold what is shared again and again', () => {
    let shared: unknown = ['x'];
    for (let i = 0; i < 28; i++) shared = [shared, shared, shared];
    expect(refusal(() => parsePlan({ ...plan, segments: shared })).problems.map((one) => one.code)).toEqual([
      'too_large',
    ]);
  });

  it('lists at most ten thousand problems', () => {
    const assign = Array.from({ length: 12_000 }, () => ({ policy: 3 }));
    const { problems } = refusal(() => parsePlan({ ...plan, assign }));
    expect(problems).toHaveLength(10_001);
    expect(problems[0]).toMatchObject({ path: '', code: 'too_large' });
  });
});
