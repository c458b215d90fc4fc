import { expect, it } from 'vitest';
import type { Plan } from '../../src/policy/types.js';
import { account, at, documents, invoice, payment, world } from '../support/world.js';

const plan: Plan = {
  ...documents.plan,
  currency: 'COP',
  segments: [{ id: 'key', when: { fact: 'account.class', eq: 'A' } }],
  assign: [{ segment: 'key', policy: null }],
};

const of = (id: string, owner: string, amount: string) => ({
  ...invoice(id, '02-01', amount),
  account: owner,
});

it('writes class and risk onto accounts, dated, and says only once what does not change', async () => {
  const { dunning } = world({ plan });
  const others = ['pinos', 'olmos'].map((id) => ({ ...account, id, name: id }));
  await dunning.sync({
    accounts: [account, ...others],
    invoices: [of('R1', 'robles', '9000.00'), of('P1', 'pinos', '800.00'), of('O1', 'olmos', '200.00')],
  });
  const now = at('02-02');
  const first = await dunning.portfolio({ now });
  expect(first).toEqual({
    asOf: '2026-02-02',
    accounts: 3,
    changed: 3,
    classes: { A: 1, B: 1, C: 1 },
    apart: [],
  });
  expect(await dunning.portfolio({ now: at('02-03') })).toMatchObject({ changed: 0 });
  const { segment } = await dunning.account('robles', { at: now });
  expect(segment).toBe('key');
  expect((await dunning.account('pinos', { at: now })).segment).toBeUndefined();
});

it('keeps the scores that the host gave, and needs three paid invoices to speak of risk', async () => {
  const { dunning } = world();
  const scores = { asOf: '2026-01-01', own: { bureau: 71 } };
  await dunning.sync({
    accounts: [{ ...account, scores }],
    invoices: ['A', 'B', 'C'].map((id) => invoice(id, '02-01')),
    payments: ['A', 'B'].map((id) => payment(`P${id}`, id, '02-11')),
  });
  const log = async (): Promise<unknown[]> => {
    const found: unknown[] = [];
    for await (const entry of dunning.history('robles'))
      if (entry.type === 'account.scored') found.push(entry.data);
    return found;
  };
  await dunning.portfolio({ now: at('02-12') });
  expect((await log()).at(-1)).toMatchObject({ scores: { own: { bureau: 71 }, class: 'A' } });
  expect((await log()).at(-1)).not.toHaveProperty('scores.risk');
  await dunning.sync({ payments: [payment('PC', 'C', '02-12')] });
  await dunning.portfolio({ now: at('02-13') });
  expect((await log()).at(-1)).toMatchObject({ scores: { risk: expect.any(Number) } });
});
