import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Dunning } from '../../src/dunning/index.js';
import { account, at, documents, invoice, payment, world } from '../support/world.js';

interface Customer {
  readonly id: string;
  readonly nextAction: { readonly id: string; readonly what: string } | undefined;
}
interface Page {
  feedCrm(
    dunning: Dunning,
    crm: {
      cursor(): Promise<string | undefined>;
      upsert(customers: Customer[], cursor: string): Promise<void>;
    },
  ): Promise<void>;
}

// Inside the project, so that packages are found; removed afterwards.
const work = mkdtempSync(join(import.meta.dirname, 'run-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

it("docs/audit.md's feed keeps a CRM's customers as they are, whatever comes twice", async () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/audit.md'), 'utf8');
  const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  writeFileSync(join(work, 'crm.ts'), blocks.find((block) => block.includes('function feedCrm')) ?? '');
  const { feedCrm } = (await import(join(work, 'crm.ts'))) as Page;

  const plan = {
    ...documents.plan,
    segments: [{ id: 'small', when: { fact: 'account.outstanding', lt: { COP: '5000.00' } } }],
  };
  const { dunning, clock } = world({ plan });
  const customers = new Map<string, Customer>();
  let cursor: string | undefined;
  let crash = false;
  const told: string[] = [];
  const crm = {
    cursor: async () => cursor,
    upsert: async (all: Customer[], next: string) => {
      for (const one of all) customers.set(one.id, one);
      told.push(...all.map(({ id }) => id));
      if (crash) throw new Error('the CRM went down before it kept the cursor');
      cursor = next;
    },
  };
  const tell = async (day: string): Promise<void> => {
    clock.moveTo(at(day));
    await dunning.tick();
    await feedCrm(dunning, crm);
  };
  await dunning.sync({
    accounts: [account, { ...account, id: 'perez' }],
    invoices: [invoice('F-1', '02-03'), { ...invoice('F-2', '06-03'), account: 'perez' }],
  });
  await tell('01-05');
  expect(customers.get('robles')).toMatchObject({
    overdue: { COP: 0 },
    reminders: 0,
    nextAction: { what: 'soft' },
  });

  crash = true;
  await expect(tell('02-06')).rejects.toThrow('the CRM went down');
  const half = structuredClone([...customers]);
  crash = false;
  told.length = 0;
  await feedCrm(dunning, crm);
  // The page came again, and said the same under the same ids; of whom nothing happened it says nothing.
  expect(told).toEqual(['robles']);
  expect([...customers]).toEqual(half);
  expect(customers.get('robles')).toMatchObject({
    segment: 'small',
    stage: 'soft',
    overdue: { COP: 100_000 },
    reminders: 1,
    nextAction: { what: 'firm', on: '2026-02-13' },
  });

  // A person's task goes first, by the act's id, which stays.
  await tell('02-13');
  const task = customers.get('robles')?.nextAction;
  expect(task?.what).toBe('call');
  await dunning.sync({ invoices: [invoice('F-3', '05-03')] });
  await tell('02-14');
  expect(customers.get('robles')?.nextAction?.id).toBe(task?.id);

  await dunning.sync({ payments: [payment('P-1', 'F-1', '02-14')] });
  await tell('02-16');
  expect(customers.get('robles')).toMatchObject({ overdue: { COP: 0 }, nextAction: { what: 'soft' } });
  told.length = 0;
  await feedCrm(dunning, crm);
  expect(told).toEqual([]);
});
