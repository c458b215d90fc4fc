import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it, vi } from 'vitest';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/mounting.md'), 'utf8');
const [, told = ''] = /in between,\n\n```text\n([\s\S]*?)\n```/.exec(page) ?? [];

it.each(['express', 'hono'])(
  'the example on %s runs, and prints what docs/mounting.md says',
  async (name) => {
    const printed: string[] = [];
    const spy = vi.spyOn(console, 'log').mockImplementation((...parts) => {
      printed.push(parts.join(' '));
    });
    // Both play with an Acme of their own.
    vi.resetModules();
    try {
      await import(`../../examples/webhooks/${name}.ts`);
    } finally {
      spy.mockRestore();
    }
    // Answers of ours to the customer's answer may stand between.
    expect(printed).toEqual(expect.arrayContaining(told.split('\n')));
  },
);
