import { afterAll, describe, expect, it } from 'vitest';
import type { Dunning } from '../../src/dunning/index.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import { pgliteStore } from '../../src/stores/pglite/index.js';
import type { Store } from '../../src/stores/store.js';
import { houseOf, stage } from '../support/house.js';
import { account, all, at, invoice, payment, world } from '../support/world.js';

const house = houseOf(
  [
    stage('soft', '3d', { mode: 'approve', do: [{ send: 'soft' }, { fee: 'late', fixed: { COP: '5.00' } }] }),
    stage('firm', '10d', { do: [{ send: 'firm' }, { task: 'call' }, { effect: 'stop' }] }),
    stage('agency', '20d', { do: [{ handover: 'agency' }] }),
    stage('last', '30d'),
  ],
  { discarded: 'again' },
  { terms: { source: 'general terms', fees: true } },
);

/** Every act of a kind that waits, dealt with. */
async function each(dunning: Dunning, kind: string, deal: (id: string) => Promise<void>): Promise<void> {
  for (const { act, state } of await all(dunning.acts({ states: ['open'] })))
    if (act.kind === kind && state === 'open') await deal(act.id);
}

/** Two months in which people have a hand in everything; what was logged, queued and could be read. */
async function handled(store: Store): Promise<string> {
  const { dunning, whatsapp } = world({ ...house, store });
  const by = (day: string) => ({ author: 'ana', reason: 'by phone', now: at(day) });
  const ids = ['a', 'b', 'c'];
  await dunning.sync({
    accounts: ids.map((id) => ({ ...account, id })),
    invoices: ids.map((id) => ({ ...invoice(`F-${id}`, '02-10'), account: id })),
  });
  await dunning.importHistory(
    'c',
    [{ item: 'F-c', policy: 'ladder', done: [{ stage: 'firm', on: '2026-02-12' }], effects: ['stop'] }],
    by('02-12'),
  );
  await dunning.tick({ now: at('02-13') });
  // Voided by a part payment, proposed anew with its keys free, discarded, proposed again, confirmed.
  await dunning.approve('a/ladder/F-a#1/soft.1@billing.0', by('02-13'));
  await dunning.sync({ payments: [{ ...payment('P-1', 'F-a', '02-13', '400.00'), account: 'a' }] });
  await dunning.tick({ now: at('02-13') });
  await dunning.discard('a/ladder/F-a#1/soft.1@billing.0!1', by('02-14'));
  await dunning.tick({ now: at('02-14') });
  await dunning.confirm('a/ladder/F-a#1/soft.1@billing.0!2', { ...by('02-14'), on: '2026-02-13' });
  await dunning.approve('b/ladder/F-b#1/soft.1@billing.0', by('02-14'));
  await dunning.tick({ now: at('02-14') });
  await each(dunning, 'fee', (id) => dunning.settleFee(id, 'booked', by('02-15')));
  await dunning.record({ account: 'b', on: '2026-02-19', channel: 'phone' }, by('02-20'));
  whatsapp.answer({ outcome: 'unknown', code: 'whatsapp:timeout' });
  for (const day of ['02-20', '02-21', '02-22']) await dunning.tick({ now: at(day) });
  for (const { act } of await all(dunning.acts({ states: ['unknown'] })))
    await dunning.resolve(act.id, 'not-sent', by('02-22'));
  await dunning.tick({ now: at('02-22') });
  await each(dunning, 'task', (id) =>
    dunning.complete(id, { ...by('02-23'), contacted: { channel: 'phone' } }),
  );
  await each(dunning, 'effect', (id) => dunning.complete(id, by('02-23')));
  await dunning.move({ account: 'b', stage: 'soft' }, by('02-24'));
  for (const day of ['02-25', '03-03', '03-10', '03-15', '03-20']) await dunning.tick({ now: at(day) });
  await dunning.takeBack({ account: 'c' }, by('03-20'));
  await dunning.skip({ account: 'c', stage: 'last' }, by('03-20'));
  await dunning.reset({ account: 'a' }, by('03-20'));
  await dunning.ask({ account: 'b', stage: 'last' }, by('03-21'));
  await dunning.assign('a', 'bea', by('03-21'));
  for (const day of ['03-21', '03-22', '03-30']) await dunning.tick({ now: at(day) });
  const state: unknown[] = [await all(dunning.acts()), whatsapp.sent];
  for (const id of ids)
    state.push(await all(dunning.history(id)), await dunning.account(id, { at: at('03-30') }));
  return JSON.stringify(state);
}

describe('two months with people', () => {
  const pglite = pgliteStore();
  afterAll(() => pglite.close());

  it('are the same, byte for byte, in memory and on embedded PostgreSQL', async () => {
    const memory = await handled(memoryStore());
    for (const type of [
      'act.discarded',
      'act.confirmed',
      'act.resolved',
      'case.returned',
      'fee.settled',
      'case.moved',
    ])
      expect(memory).toContain(`"type":"${type}"`);
    await pglite.migrate();
    expect(await handled(pglite)).toBe(memory);
  });
});
