import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import {
  abcClasses,
  armOf,
  riskWeights,
  shareOf,
  thinHistory,
  typicalWindow,
} from '../../src/segments/index.js';

const root = resolve(import.meta.dirname, '../..');
const guide = readFileSync(resolve(root, 'docs/segments.md'), 'utf8');

it('the guide and the source list the same, true vectors', () => {
  const row = /^[ *]*\| (?:`([^`]+)`|\(empty\)) \| (?:`([^`]+)`|\(empty\)) \| `[0-9A-F]{8}` \| (\d+) \|$/gm;
  for (const text of [guide, readFileSync(resolve(root, 'src/segments/share.ts'), 'utf8')]) {
    const vectors = [...text.matchAll(row)];
    expect(vectors.length).toBeGreaterThan(8);
    for (const [, key = '', salt = '', share] of vectors) expect(shareOf(key, salt)).toBe(Number(share));
  }
});

it('the guide has the weights and reaches of the code', () => {
  for (const [part, weight] of Object.entries(riskWeights))
    expect(guide).toContain(`| \`${part}\` | ${weight} |`);
  expect(guide).toContain(`over the last ${typicalWindow} paid items`);
  expect(guide).toContain(`fewer than ${thinHistory} paid items`);
});

it('the guide’s answers are the answers', () => {
  const arms = [
    { id: 'soft', weight: 45 },
    { id: 'plain', weight: 45 },
    { id: 'hold-out', weight: 10 },
  ];
  expect(armOf({ id: 'tone-test', arms }, 'robles').id).toBe('hold-out');
  const revenues = { robles: 50_000_00, sol: 30_000_00, luna: 15_000_00, rio: 5_000_00 };
  const told = Object.entries(revenues).map(([account, amount]) => ({ account, amount }));
  expect([...abcClasses(told).values()]).toEqual(['A', 'A', 'B', 'C']);
});
