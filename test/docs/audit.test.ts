import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { ChainFault } from '../../src/dunning/index.js';
import { eventTypes } from '../../src/testing/scenario/event-types.js';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/audit.md'), 'utf8');

it('docs/audit.md explains every fault of a chain, and names events that there are', () => {
  const codes: Record<ChainFault['code'], true> = {
    hash: true,
    missing: true,
    personal: true,
    inserted: true,
    head: true,
    checkpoint: true,
  };
  const told = [...page.matchAll(/^\| `([a-z]+)` \|/gm)].map((match) => match[1]);
  expect(told.sort()).toEqual(
    [...Object.keys(codes), 'review.made'].filter((code) => !code.includes('.')).sort(),
  );
  const named = [...page.matchAll(/`([a-z]+\.[a-z]+)`/g)].map((match) => match[1] ?? '');
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((name) => !eventTypes.includes(name))).toEqual([]);
});
