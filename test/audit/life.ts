import type { Dunning } from '../../src/dunning/index.js';
import type { Documents } from '../../src/policy/types.js';
import type { Store } from '../../src/stores/store.js';
import { houseOf, stage } from '../support/house.js';
import { all, at, invoice, payment, type World, world } from '../support/world.js';

/** A house in which people, fees, effects and an agency have a hand. */
export const house: Documents = houseOf(
  [
    stage('soft', '3d', { mode: 'approve', do: [{ send: 'soft' }, { fee: 'late', fixed: { COP: '5.00' } }] }),
    stage('firm', '10d', { do: [{ send: 'firm' }, { task: 'call' }, { effect: 'stop' }] }),
    stage('agency', '20d', { do: [{ handover: 'agency' }] }),
    stage('last', '30d'),
  ],
  { discarded: 'again', via: [{ channel: 'whatsapp' }, { channel: 'email' }] },
  { terms: { source: 'general terms', fees: true } },
);

export const ids = ['a', 'b', 'c'];

/** Whatever of these a store holds after an erasure was not erased. */
export const secrets = (id: string): readonly string[] => [
  `Secret ${id} Ltda`,
  `Secreta ${id}`,
  `secreta-${id}@secret.example`,
  `+57300${id.charCodeAt(0)}12233`.slice(0, 13),
];

export function person(id: string, changed: object = {}) {
  const [name = '', contact = '', email = '', phone = ''] = secrets(id);
  return {
    id,
    name,
    contacts: [{ role: 'billing', name: contact, phone, email, consent: { whatsapp: 'granted' as const } }],
    ...changed,
  };
}

async function each(dunning: Dunning, kind: string, deal: (id: string) => Promise<void>): Promise<void> {
  for (const { act, state } of await all(dunning.acts({ states: ['open'] })))
    if (act.kind === kind && state === 'open') await deal(act.id);
}

/** Two months in which people have a hand in everything. */
export async function live(store: Store): Promise<World> {
  const made = world({ ...house, store });
  const { dunning, whatsapp } = made;
  const by = (day: string, reason = 'by phone') => ({ author: 'ana', reason, now: at(day) });
  await dunning.sync(
    {
      accounts: ids.map((id) => person(id)),
      invoices: ids.map((id) => ({ ...invoice(`F-${id}`, '02-10'), account: id })),
    },
    { now: at('01-05') },
  );
  await dunning.importHistory(
    'c',
    [{ item: 'F-c', policy: 'ladder', done: [{ stage: 'firm', on: '2026-02-12' }], effects: ['stop'] }],
    by('02-12'),
  );
  await dunning.tick({ now: at('02-13') });
  await dunning.approve('a/ladder/F-a#1/soft.1@billing.0', by('02-13'));
  await dunning.sync(
    { payments: [{ ...payment('P-1', 'F-a', '02-13', '400.00'), account: 'a' }] },
    { now: at('02-13') },
  );
  await dunning.tick({ now: at('02-13') });
  await dunning.discard('a/ladder/F-a#1/soft.1@billing.0!1', by('02-14', 'Secreta a asked for it'));
  await dunning.tick({ now: at('02-14') });
  await dunning.confirm('a/ladder/F-a#1/soft.1@billing.0!2', { ...by('02-14'), on: '2026-02-13' });
  await dunning.approve('b/ladder/F-b#1/soft.1@billing.0', by('02-14'));
  await dunning.tick({ now: at('02-14') });
  await each(dunning, 'fee', (id) => dunning.settleFee(id, 'booked', by('02-15')));
  await dunning.record({ account: 'b', on: '2026-02-19', channel: 'phone' }, by('02-20'));
  whatsapp.answer({ outcome: 'unknown', code: 'whatsapp:timeout' });
  whatsapp.answer({ outcome: 'refused', code: 'whatsapp:131026', scope: 'recipient', addressUnusable: true });
  for (const day of ['02-20', '02-21', '02-22']) await dunning.tick({ now: at(day) });
  for (const { act } of await all(dunning.acts({ states: ['unknown'] })))
    await dunning.resolve(act.id, 'not-sent', by('02-22'));
  await dunning.tick({ now: at('02-22') });
  await each(dunning, 'task', (id) =>
    dunning.complete(id, { ...by('02-23'), contacted: { channel: 'phone' } }),
  );
  await each(dunning, 'effect', (id) => dunning.complete(id, by('02-23')));
  await dunning.note('a', 'Secreta a pays on Fridays.', by('02-23'));
  await dunning.note('a', 'The contract is in the safe.', by('02-23'));
  await dunning.move({ account: 'b', stage: 'soft' }, by('02-24'));
  for (const day of ['02-25', '03-03', '03-10', '03-15', '03-20']) await dunning.tick({ now: at(day) });
  await dunning.takeBack({ account: 'c' }, by('03-20'));
  await dunning.skip({ account: 'c', stage: 'last' }, by('03-20'));
  await dunning.reset({ account: 'a' }, by('03-20'));
  await dunning.ask({ account: 'b', stage: 'last' }, by('03-21'));
  await dunning.assign('a', 'bea', by('03-21'));
  for (const day of ['03-21', '03-22', '03-30']) await dunning.tick({ now: at(day) });
  return made;
}

/** Everything of a store that can be read, as text. */
export async function contents(store: Store, tenant = 'default'): Promise<string> {
  const files = (await all(store.files(tenant))).map((file) => ({ ...file, rows: [...file.rows] }));
  return JSON.stringify([files, await all(store.events(tenant)), await all(store.acts(tenant))]);
}
