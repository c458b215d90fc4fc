import { beforeAll, expect, it } from 'vitest';
import type { InvoiceInput, PaymentInput } from '../../src/ledger/facts.js';
import { account, all, documents, type World, world } from '../support/world.js';
import { type Tables, tables } from './ledger.js';

const day = 86_400_000;
const start = Date.parse('2026-01-05T10:00:00-05:00');
const days = 75;
const ids = ['robles', 'pinos', 'olmos'];
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

interface Day {
  readonly at: number;
  readonly invoices: readonly InvoiceInput[];
  readonly payments: readonly PaymentInput[];
  /** Payments that bounced. */
  readonly bounced: readonly PaymentInput[];
}

/** What happens in a spring, drawn with a fixed seed. */
function spring(): readonly Day[] {
  let seed = 11;
  const draw = (most: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(seed / 65_536) % most;
  };
  const owed: (InvoiceInput & { left: number })[] = [];
  const paid: PaymentInput[] = [];
  return Array.from({ length: days }, (_, index): Day => {
    const at = start + index * day;
    const invoices: InvoiceInput[] = [];
    const payments: PaymentInput[] = [];
    const bounced: PaymentInput[] = [];
    if (draw(3) === 0) {
      const one: InvoiceInput = {
        id: `F${index}`,
        account: ids[draw(3)] ?? 'robles',
        issued: dateOf(at),
        due: dateOf(at + draw(12) * day),
        total: { amount: '1000.00', currency: 'COP' },
      };
      invoices.push(one);
      owed.push({ ...one, left: 1000 });
    }
    const one = owed[draw(30)];
    if (one !== undefined && one.left > 0) {
      const part = draw(2) === 0 ? one.left : Math.min(one.left, 400);
      one.left -= part;
      const amount = { amount: `${part}.00`, currency: 'COP' };
      const made = { id: `P${index}`, account: one.account, invoice: one.id, date: dateOf(at), amount };
      // Told, so that it does not depend on who hears of it when.
      payments.push({ ...made, bookedAt: at });
      paid.push({ ...made, bookedAt: at });
    }
    const back = paid[draw(60)];
    if (back !== undefined && back.state === undefined) {
      const reversed: PaymentInput = { ...back, state: 'reversed', reversedOn: dateOf(at) };
      paid.splice(paid.indexOf(back), 1, reversed);
      bounced.push(reversed);
      const debt = owed.find(({ id }) => id === back.invoice);
      if (debt !== undefined && 'amount' in back.amount) debt.left += Number(back.amount.amount);
    }
    return { at, invoices, payments, bounced };
  });
}

const accounts = ids.map((id) => ({ ...account, id }));
const house = { ...documents, plan: { ...documents.plan, contact: { ...documents.plan.contact, caps: [] } } };

/** Every act that there ever was, as it stands. */
async function decided({ dunning }: World, only: (stage: string) => boolean): Promise<readonly unknown[]> {
  const acts = await all(dunning.acts());
  return acts
    .filter(({ act }) => only(act.stage))
    .map(({ act, state }) => [act.id, state, act.on, act.items.map(({ item }) => item), act.totals]);
}

async function pushed(): Promise<World> {
  const made = world(house);
  await made.dunning.sync({ accounts });
  for (const { at, invoices, payments, bounced } of spring()) {
    await made.dunning.sync({ invoices, payments: [...payments, ...bounced] }, { now: at });
    await made.dunning.tick({ now: at });
  }
  return made;
}

async function pulled(host: Tables, listed: (host: Tables, all: Day) => void): Promise<World> {
  const made = world({ ...house, ledger: host.source });
  host.rows.accounts.push(...accounts);
  for (const one of spring()) {
    listed(host, one);
    await made.dunning.touch(ids);
    await made.dunning.tick({ now: one.at });
  }
  return made;
}

let push: World;

beforeAll(async () => {
  push = await pushed();
});

it('what is pulled is decided as what is pushed: every act the same, and nothing read twice is written twice', async () => {
  const pull = await pulled(tables(), ({ rows }, { invoices, payments, bounced }) => {
    rows.invoices.push(...invoices);
    rows.payments.push(...payments);
    for (const one of bounced) rows.payments[rows.payments.findIndex(({ id }) => id === one.id)] = one;
  });
  const everything = () => true;
  expect(await decided(pull, everything)).toEqual(await decided(push, everything));
  expect((await decided(push, everything)).length).toBeGreaterThan(25);
  const typesOf = async ({ dunning }: World): Promise<readonly string[]> => {
    const types: string[] = [];
    for (const id of ids) for (const { type } of await all(dunning.history(id))) types.push(`${id} ${type}`);
    return types.filter((type) => type.endsWith('.upserted')).sort();
  };
  expect(await typesOf(pull)).toEqual(await typesOf(push));
  expect(await pull.dunning.replay()).toMatchObject({ ok: true });
});

it('the same reminders go out where only what is open is listed', async () => {
  const settledBy = new Map<string, number>();
  const open: InvoiceInput[] = [];
  const received: PaymentInput[] = [];
  const pull = await pulled(tables(), ({ rows }, { invoices, payments, bounced }) => {
    open.push(...invoices);
    received.push(...payments);
    const sum = (id: string, by: PaymentInput, sign: number): void => {
      const amount = 'amount' in by.amount ? Number(by.amount.amount) : 0;
      settledBy.set(id, (settledBy.get(id) ?? 0) + sign * amount);
    };
    for (const one of payments) sum(one.invoice ?? '', one, 1);
    for (const one of bounced) {
      received.splice(
        received.findIndex(({ id }) => id === one.id),
        1,
      );
      sum(one.invoice ?? '', one, -1);
    }
    const isOpen = (id: string | undefined): boolean => (settledBy.get(id ?? '') ?? 0) < 1000;
    rows.invoices.splice(0, Number.MAX_SAFE_INTEGER, ...open.filter(({ id }) => isOpen(id)));
    rows.payments.splice(0, Number.MAX_SAFE_INTEGER, ...received.filter(({ invoice }) => isOpen(invoice)));
  });
  const reminders = (stage: string): boolean => !stage.startsWith('on:');
  expect(await decided(pull, reminders)).toEqual(await decided(push, reminders));
  expect(await pull.dunning.replay()).toMatchObject({ ok: true });
});
