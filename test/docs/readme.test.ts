import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it, vi } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map((match) => ({
  language: match[1],
  text: match[2] ?? '',
}));

it('the first example is examples/quickstart.ts, within 40 lines', () => {
  const example = readFileSync(join(root, 'examples/quickstart.ts'), 'utf8');
  const [first] = blocks.filter((block) => block.language === 'ts');
  expect(first?.text).toBe(example);
  expect(example.split('\n').length).toBeLessThanOrEqual(40);
});

it('the first example runs as printed and prints what the README says', async () => {
  const lines: string[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((...parts) => {
    lines.push(parts.join(' '));
  });
  try {
    await import('../../examples/quickstart.js');
  } finally {
    spy.mockRestore();
  }
  const printed = blocks.find((block) => block.language === 'text')?.text;
  expect(`${lines.join('\n')}\n`).toBe(printed);
});
