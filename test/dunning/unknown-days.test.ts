import { expect, it } from 'vitest';
import { account, at, invoice, world } from '../support/world.js';

const by = { author: 'ana', now: at('02-10') };

/** What is planned on one day and called for on another, and then nobody knows. */
async function planned() {
  const made = world();
  await made.dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
  const { reviewed } = await made.dunning.review({ now: at('02-06') });
  const id = reviewed[0]?.decision.acts[0]?.id ?? '';
  const last = async () => (await made.dunning.item('robles', 'F-1', { at: at('02-10') })).lastReminder;
  return { ...made, id, last };
}

it('a message of unknown outcome that went out counts on the day of its call, not of its planning', async () => {
  const { dunning, whatsapp, id, last } = await planned();
  whatsapp.answer({ outcome: 'unknown', code: 'http:timeout' });
  await dunning.dispatch({ now: at('02-07') });
  await dunning.resolve(id, 'sent', by);
  expect(await last()).toBe('2026-02-07');
});

it('nor on the day on which its lost worker was missed', async () => {
  const { dunning, store, whatsapp, id, last } = await planned();
  whatsapp.answer(() => new Promise(() => undefined));
  void dunning.dispatch({ now: at('02-07') });
  await expect.poll(() => whatsapp.sent.length).toBe(1);
  const other = world({ store });
  await other.dunning.dispatch({ now: at('02-09') });
  await other.dunning.resolve(id, 'sent', by);
  expect(await last()).toBe('2026-02-07');
});
