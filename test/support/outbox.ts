import type { SendOutcome } from '../../src/channels/channel.js';
import type { DunningOptions } from '../../src/dunning/index.js';
import type { DispatchOptions } from '../../src/dunning/outbox/settings.js';
import { account, invoice, type World, world } from './world.js';

/** Accounts `a0`, `a1`, …, each with an invoice that is reminded of from 6 February on. */
export async function crowd(
  count: number,
  changed: Partial<DunningOptions> & { readonly dispatch?: DispatchOptions } = {},
): Promise<World> {
  const made = world(changed);
  const accounts = Array.from({ length: count }, (_, index) => ({ ...account, id: `a${index}` }));
  const invoices = accounts.map((one) => ({ ...invoice(`F-${one.id}`, '02-03'), account: one.id }));
  await made.dunning.sync({ accounts, invoices });
  return made;
}

/** The same answer so many times. */
export function times(count: number, outcome: SendOutcome): readonly SendOutcome[] {
  return Array.from({ length: count }, () => outcome);
}

/** A promise that is kept from outside. */
export function later<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve = (_: T): void => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
