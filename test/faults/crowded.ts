import type { Clock } from '../../src/clock.js';
import type { LedgerFacts } from '../../src/ledger/facts.js';
import type { Documents } from '../../src/policy/types.js';
import { houseOf, stage } from '../support/house.js';
import { account, at, invoice, payment } from '../support/world.js';

/** What eight workers fight over: two tenants, ordinary accounts, and a hot one that everything touches. */
export const tenants = ['north', 'south'] as const;
export const hot = 'hot';
/** Occasions a day, of an account and of a contact. */
export const caps = { account: 3, contact: 2 } as const;
/** Messages that a tenant's sender may send in any 24 hours: fewer than are due on the first day. */
export const mostADay = 90;

/** A message for each invoice, by its age to one contact or the other. */
export const crowdedHouse: Documents = houseOf(
  [
    stage('soft', '3d', { do: [{ send: 'soft', to: 'billing' }] }),
    stage('firm', '10d', { do: [{ send: 'firm', to: 'owner' }] }),
  ],
  { message: { by: 'invoice' }, entry: 'latest' },
  {
    contact: {
      gap: 'none',
      caps: [
        { max: caps.account, per: '1d' },
        { max: caps.contact, per: '1d', of: 'contact' },
      ],
    },
  },
);

/** Due long enough ago for one stage or the other. */
function owed(id: string, of: string, n: number): NonNullable<LedgerFacts['invoices']>[number] {
  return { ...invoice(id, n % 2 === 0 ? '02-03' : '01-25'), account: of };
}

/** What stands when the workers begin. */
export function crowd(ordinary: number, ofHot: number): LedgerFacts {
  const [billing] = account.contacts;
  const contacts = [billing!, { ...billing!, role: 'owner', name: 'Olga', phone: '+573004445566' }];
  const ids = [hot, ...Array.from({ length: ordinary }, (_, n) => `a${n}`)];
  return {
    accounts: ids.map((id) => ({ ...account, id, contacts })),
    invoices: [
      ...ids.map((id, n) => owed(`F-${id}`, id, n)),
      ...Array.from({ length: ofHot }, (_, n) => owed(`H-${n}`, hot, n)),
    ],
  };
}

/** The n-th thing that a worker hears of the hot account: an invoice more, and every other time that the one before is paid. */
export function arrival(worker: string, n: number): LedgerFacts {
  const id = (index: number): string => `H-${worker}-${index}`;
  const paid = payment(`P-${id(n)}`, id(n - 1), '02-06');
  return {
    invoices: [owed(id(n), hot, n)],
    ...(n % 2 === 0 ? {} : { payments: [{ ...paid, account: hot }] }),
  };
}

/** A clock that begins at ten on 6 February for everybody, goes on as the machine's does, and jumps ahead when told. */
export interface DayClock extends Clock {
  /** @param moment of the machine's clock, so that all processes jump at once */
  jump(moment: number): void;
}

/** A day, and the while that a full window of a day takes to be free again. */
export const jump = 24.5 * 3_600_000;

export function dayClock(started: number): DayClock {
  const jumps: number[] = [];
  return {
    now: () => {
      const real = Date.now();
      return at('02-06') + real - started + jump * jumps.filter((moment) => moment <= real).length;
    },
    jump: (moment) => {
      jumps.push(moment);
    },
  };
}
