import { describe, expect, it } from 'vitest';
import type { LedgerSource } from '../../src/dunning/index.js';
import { type LedgerUnderTest, ledgerContract } from '../../src/testing/ledger-contract.js';

interface Row {
  readonly id: string;
  readonly tenant: string;
  readonly account: string;
  readonly minor: number;
  paid: boolean;
}

interface Change {
  readonly tenant: string;
  readonly account: string;
  /** Taken when the change begins, as a sequence or a clock would. */
  readonly number: number;
  committed: boolean;
}

/** A host in memory, whose changes get their numbers when they begin and show when they are committed. */
class Host {
  readonly accounts: (readonly [tenant: string, account: string])[] = [];
  readonly rows: Row[] = [];
  readonly log: Change[] = [];
  out = false;
  #next = 0;

  change(tenant: string, account: string): Change {
    const made: Change = { tenant, account, number: this.log.length + 1, committed: false };
    this.log.push(made);
    return made;
  }

  id(): string {
    this.#next++;
    return String(this.#next);
  }

  /** The last number below which nothing is under way. */
  horizon(): number {
    return this.log.find((one) => !one.committed)?.number ?? this.log.length + 1;
  }
}

function goodSource(host: Host): LedgerSource {
  return {
    owns: ['accounts', 'invoices'],
    async read({ tenant, accounts }) {
      await Promise.resolve();
      if (host.out) throw new Error('connection refused');
      const own = (of: string, account: string): boolean => of === tenant && accounts.includes(account);
      return {
        accounts: host.accounts.filter(([of, id]) => own(of, id)).map(([, id]) => ({ id, name: id })),
        invoices: host.rows
          .filter((row) => own(row.tenant, row.account) && !row.paid)
          .map(({ id, account, minor }) => ({
            id,
            account,
            issued: '2026-01-01',
            due: '2026-01-31',
            total: { minor, currency: 'EUR' },
          })),
      };
    },
    async changes(cursor, { tenant, limit }) {
      const from = Number(cursor ?? 0);
      const page = host.log
        .filter((one) => one.number > from && one.number < host.horizon() && one.tenant === tenant)
        .slice(0, limit);
      return {
        accounts: page.map((one) => one.account),
        cursor: String(page.at(-1)?.number ?? from),
        more: page.length === limit,
      };
    },
  };
}

function subject(
  spoil: (good: LedgerSource, host: Host) => Partial<LedgerSource> = () => ({}),
): LedgerUnderTest {
  const host = new Host();
  const good = goodSource(host);
  const commit = (tenant: string, account: string): void => {
    host.change(tenant, account).committed = true;
  };
  return {
    source: { ...good, ...spoil(good, host) },
    async account(tenant) {
      const id = host.id();
      host.accounts.push([tenant, id]);
      commit(tenant, id);
      return id;
    },
    async owe(tenant, account, minor) {
      const id = host.id();
      host.rows.push({ id, tenant, account, minor, paid: false });
      commit(tenant, account);
      return id;
    },
    async settle(tenant, account, invoice) {
      for (const row of host.rows) if (row.id === invoice) row.paid = true;
      commit(tenant, account);
    },
    async begin(tenant, account) {
      const change = host.change(tenant, account);
      return async () => {
        change.committed = true;
      };
    },
    async cut() {
      host.out = true;
    },
  };
}

async function broken(make: () => LedgerUnderTest): Promise<string[]> {
  const names: string[] = [];
  for (const { name, run } of ledgerContract(make)) {
    try {
      await run();
    } catch (error) {
      expect(error).toMatchObject({ message: expect.stringContaining(`${name} — broken: `) });
      names.push(name);
    }
  }
  return names;
}

const faults: readonly (readonly [
  fault: string,
  law: string,
  spoil: (good: LedgerSource, host: Host) => Partial<LedgerSource>,
])[] = [
  [
    'forgets the WHERE',
    'read: what an account owes is told, and nothing of others',
    (good, host) => ({
      read: (query) => good.read({ ...query, accounts: host.accounts.map(([, id]) => id) }),
    }),
  ],
  [
    'takes the first of several accounts only',
    'read: of many accounts each has its own, and one that is not known has nothing',
    (good) => ({ read: (query) => good.read({ ...query, accounts: query.accounts.slice(0, 1) }) }),
  ],
  [
    'dates what it tells by the clock',
    'read: tables that did not change give the same answer',
    (good) => {
      let reads = 0;
      return {
        async read(query) {
          const answer = await good.read(query);
          reads++;
          return {
            ...answer,
            invoices: answer.invoices?.map((one) => ({ ...one, attributes: { readAt: reads } })),
          };
        },
      };
    },
  ],
  [
    'keeps a read for the next one',
    'read: what was paid is not owed any more in the next read',
    (good) => {
      const kept = new Map<string, ReturnType<LedgerSource['read']>>();
      return {
        read(query) {
          const key = JSON.stringify([query.tenant, query.accounts]);
          const known = kept.get(key) ?? good.read(query);
          kept.set(key, known);
          return known;
        },
      };
    },
  ],
  [
    'has one place for what is asked',
    'read: reads side by side do not get into each other',
    (good) => {
      let asked: Parameters<LedgerSource['read']>[0] | undefined;
      return {
        async read(query) {
          asked = query;
          await Promise.resolve();
          return good.read(asked);
        },
      };
    },
  ],
  [
    'knows one tenant',
    'read: of another tenant nothing is told',
    (good) => ({ read: (query) => good.read({ ...query, tenant: 'acme' }) }),
  ],
  [
    'answers with nothing when its tables are out of reach',
    'read: tables out of reach are an error, and no empty answer',
    (good) => ({ read: (query) => good.read(query).catch(() => ({})) }),
  ],
  [
    'tells only of what is new',
    'changes: from the beginning all accounts are told, then those that changed since',
    (good, host) => ({
      changes: (cursor, options) =>
        good.changes?.(cursor ?? String(host.log.length), options) ?? Promise.reject(new Error('none')),
    }),
  ],
  [
    'moves its cursor past what it left out',
    'changes: page by page none is passed over',
    (good, host) => ({
      async changes(cursor, options) {
        const page = await good.changes?.(cursor, options);
        return { accounts: page?.accounts ?? [], cursor: String(host.log.length), more: false };
      },
    }),
  ],
  [
    'remembers what it told in place of its cursor',
    'changes: a cursor tells again what it told',
    (good) => {
      let last: string | undefined;
      return {
        async changes(_, options) {
          const page = await good.changes?.(last, options);
          last = page?.cursor;
          return { accounts: page?.accounts ?? [], cursor: last ?? '0', more: page?.more };
        },
      };
    },
  ],
  [
    'goes by numbers that are given out before the commit',
    'changes: what is committed late is not passed over',
    (_, host) => ({
      async changes(cursor, { tenant, limit }) {
        const from = Number(cursor ?? 0);
        const seen = host.log.filter((one) => one.number > from && one.committed && one.tenant === tenant);
        const page = seen.slice(0, limit);
        const last = page.at(-1)?.number ?? from;
        return {
          accounts: page.map((one) => one.account),
          cursor: String(last),
          more: page.length === limit,
        };
      },
    }),
  ],
];

describe('ledger contract', () => {
  it('finds nothing wrong with a source that is right', async () => {
    expect(await broken(() => subject())).toEqual([]);
  });

  for (const [fault, law, spoil] of faults)
    it(`catches a source that ${fault}`, async () => {
      expect(await broken(() => subject(spoil))).toContain(law);
    });

  it('each law is needed: some broken source fails it', () => {
    const names = ledgerContract(() => subject()).map(({ name }) => name);
    expect(names.filter((name) => !faults.some(([, law]) => law === name))).toEqual([]);
  });

  it('gives the reason for what it leaves out, and asks for it', async () => {
    const { changes: _, ...source } = goodSource(new Host());
    const { begin: _begin, cut: _cut, ...rest } = subject();
    const make = (): LedgerUnderTest => ({ ...rest, source });
    const without = { changes: 'told by touch', cut: 'in memory', tenants: 'one company' };
    const left = ledgerContract(make, { without }).filter(({ skip }) => skip !== undefined);
    expect(new Set(left.map(({ skip }) => skip))).toEqual(new Set(Object.values(without)));
    const asked = await broken(make);
    expect(asked.filter((name) => name.startsWith('changes:'))).toHaveLength(4);
  });
});
