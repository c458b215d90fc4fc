import { type Answers, readAnswer } from '../dunning/pull/answer.js';
import type { LedgerAnswer, LedgerSource } from '../dunning/pull/source.js';
import { toldBy } from '../dunning/pull/told.js';
import { emptyFile, evolveAll } from '../engine/index.js';
import { linesOf, settlementOf } from '../ledger/settlement.js';
import { check, same } from './check.js';
import { runLaw } from './run-law.js';
import type { ContractCase } from './store-contract.js';

/** What the factory of {@link ledgerContract} hands out for one case: a source, and ways past it into its tables. */
export interface LedgerUnderTest {
  readonly source: LedgerSource;
  /** Makes an account in the host's tables, and answers its id. */
  account(tenant: string): Promise<string>;
  /** Makes an open invoice of so many minor units, due long ago, and answers its id. */
  owe(tenant: string, account: string, minor: number): Promise<string>;
  /** Books a payment of the whole invoice. */
  settle(tenant: string, account: string, invoice: string): Promise<void>;
  /**
   * Begins to change something of the account (anything that `changes` tells of) in a transaction, and answers how
   * to commit it. Other changes are made and committed meanwhile.
   */
  readonly begin?: ((tenant: string, account: string) => Promise<() => Promise<void>>) | undefined;
  /** Has the tables out of reach for the rest of the case. */
  readonly cut?: (() => Promise<void>) | undefined;
  /** Called after the case, whatever its end. */
  readonly dispose?: (() => Promise<void>) | undefined;
}

/** Groups that a source may leave out, each with the reason, which is printed. */
export interface LedgerContractOptions {
  readonly without?:
    | {
        /** The source lists no changes. */
        readonly changes?: string | undefined;
        /** No change can be under way while others are committed, or `begin` cannot be given. */
        readonly begin?: string | undefined;
        /** There is one tenant. */
        readonly tenants?: string | undefined;
        /** The tables cannot be put out of reach. */
        readonly cut?: string | undefined;
      }
    | undefined;
}

const tenant = 'acme';
const now = Date.UTC(2026, 2, 3, 16);

/** Minor units owed by invoice, as recobro takes the answer; what is settled is left out. */
type Owed = ReadonlyMap<string, number>;

async function answerOf(
  source: LedgerSource,
  accounts: readonly string[],
  of = tenant,
): Promise<LedgerAnswer> {
  return source.read({ tenant: of, accounts, at: now, signal: new AbortController().signal });
}

function taken(source: LedgerSource, accounts: readonly string[], answer: LedgerAnswer): Answers {
  return readAnswer(source, accounts, answer, { now, zone: 'UTC' });
}

async function owedBy(
  source: LedgerSource,
  accounts: readonly string[],
  of = tenant,
): Promise<ReadonlyMap<string, Owed>> {
  const answers = taken(source, accounts, await answerOf(source, accounts, of));
  return new Map(
    accounts.map((account) => {
      const answer = answers.get(account);
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer');
      const empty = emptyFile(account);
      const file = evolveAll(empty, toldBy(empty, answer));
      const lines = linesOf(file);
      const owed = [...file.invoices.values()].map(
        (invoice) => [invoice.id, settlementOf(invoice, lines?.get(invoice.id)).outstanding] as const,
      );
      return [account, new Map(owed.filter(([, minor]) => minor > 0))];
    }),
  );
}

function isOwed(
  found: ReadonlyMap<string, Owed>,
  account: string,
  owed: Readonly<Record<string, number>>,
): void {
  same(Object.fromEntries(found.get(account) ?? []), owed, `what ${account} owes`);
}

type Changes = NonNullable<LedgerSource['changes']>;

function changesOf({ source }: LedgerUnderTest): Changes {
  const { changes } = source;
  check(changes !== undefined, 'the source has no `changes`; say `without: { changes: "reason" }`');
  return changes.bind(source);
}

const mostPages = 1_000;

/** Asks until the end is reached. */
async function follow(
  changes: Changes,
  from: string | undefined,
  limit = 100,
): Promise<{ readonly accounts: readonly string[]; readonly cursor: string | undefined }> {
  const accounts: string[] = [];
  let cursor = from;
  for (let pages = 0; pages < mostPages; pages++) {
    const page = await changes(cursor, { tenant, limit, signal: new AbortController().signal });
    check(
      page.accounts.length <= limit,
      `${page.accounts.length} accounts came, where ${limit} were asked for`,
    );
    accounts.push(...page.accounts);
    const more = page.more ?? page.accounts.length >= limit;
    check(!more || page.cursor !== cursor, 'the cursor stands still though there is more');
    cursor = page.cursor;
    if (!more) return { accounts, cursor };
  }
  throw new Error(`no end after ${mostPages} pages`);
}

type Needs = keyof NonNullable<LedgerContractOptions['without']>;
type Attempt = (subject: LedgerUnderTest) => Promise<void>;

const laws: readonly (readonly [name: string, attempt: Attempt, ...needs: readonly Needs[]])[] = [
  [
    'read: what an account owes is told, and nothing of others',
    async (subject) => {
      const { source } = subject;
      const [a, b] = [await subject.account(tenant), await subject.account(tenant)];
      const first = await subject.owe(tenant, a, 125_000);
      const second = await subject.owe(tenant, a, 7);
      await subject.owe(tenant, b, 50_000);
      isOwed(await owedBy(source, [a]), a, { [first]: 125_000, [second]: 7 });
    },
  ],
  [
    'read: of many accounts each has its own, and one that is not known has nothing',
    async (subject) => {
      const { source } = subject;
      const accounts: string[] = [];
      const owed = new Map<string, Record<string, number>>();
      for (let n = 0; n < 12; n++) {
        const account = await subject.account(tenant);
        accounts.push(account);
        owed.set(account, n % 3 === 0 ? {} : { [await subject.owe(tenant, account, 100 + n)]: 100 + n });
      }
      const found = await owedBy(source, [...accounts].reverse());
      for (const [account, own] of owed) isOwed(found, account, own);
      const unknown = '999999999';
      isOwed(await owedBy(source, [unknown]), unknown, {});
    },
  ],
  [
    'read: tables that did not change give the same answer',
    async (subject) => {
      const { source } = subject;
      const account = await subject.account(tenant);
      const paid = await subject.owe(tenant, account, 300);
      await subject.owe(tenant, account, 400);
      await subject.settle(tenant, account, paid);
      const told = async () => {
        const answer = taken(source, [account], await answerOf(source, [account])).get(account);
        if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer');
        return answer;
      };
      const empty = emptyFile(account);
      const file = evolveAll(empty, toldBy(empty, await told()));
      same(toldBy(file, { ...(await told()), at: now + 1 }), [], 'what a second read would write');
    },
  ],
  [
    'read: what was paid is not owed any more in the next read',
    async (subject) => {
      const { source } = subject;
      const account = await subject.account(tenant);
      const paid = await subject.owe(tenant, account, 300);
      const open = await subject.owe(tenant, account, 400);
      isOwed(await owedBy(source, [account]), account, { [paid]: 300, [open]: 400 });
      await subject.settle(tenant, account, paid);
      isOwed(await owedBy(source, [account]), account, { [open]: 400 });
    },
  ],
  [
    'read: reads side by side do not get into each other',
    async (subject) => {
      const { source } = subject;
      const accounts: string[] = [];
      const owed: Record<string, number>[] = [];
      for (let n = 0; n < 8; n++) {
        const account = await subject.account(tenant);
        accounts.push(account);
        owed.push({ [await subject.owe(tenant, account, 1_000 + n)]: 1_000 + n });
      }
      const found = await Promise.all(accounts.map((account) => owedBy(source, [account])));
      accounts.forEach((account, n) => {
        isOwed(found[n] ?? new Map(), account, owed[n] ?? {});
      });
    },
  ],
  [
    'read: of another tenant nothing is told',
    async (subject) => {
      const { source } = subject;
      const own = await subject.account(tenant);
      await subject.owe(tenant, own, 300);
      const other = await subject.account('other');
      const theirs = await subject.owe('other', other, 400);
      isOwed(await owedBy(source, [own], 'other'), own, {});
      isOwed(await owedBy(source, [other], 'other'), other, { [theirs]: 400 });
    },
    'tenants',
  ],
  [
    'read: tables out of reach are an error, and no empty answer',
    async (subject) => {
      const { source, cut } = subject;
      const account = await subject.account(tenant);
      await subject.owe(tenant, account, 300);
      check(cut !== undefined, 'the factory gave no `cut`; say `without: { cut: "reason" }`');
      await cut();
      let answer: LedgerAnswer;
      try {
        answer = await answerOf(source, [account]);
      } catch {
        return;
      }
      check((answer.unread ?? []).length > 0, 'a read without tables was answered');
    },
    'cut',
  ],
  [
    'changes: from the beginning all accounts are told, then those that changed since',
    async (subject) => {
      const changes = changesOf(subject);
      const [a, b] = [await subject.account(tenant), await subject.account(tenant)];
      await subject.owe(tenant, a, 300);
      const invoice = await subject.owe(tenant, b, 400);
      const all = await follow(changes, undefined);
      check(
        all.accounts.includes(a) && all.accounts.includes(b),
        'an account with a debt was not told at first',
      );
      await subject.settle(tenant, b, invoice);
      const since = await follow(changes, all.cursor);
      check(since.accounts.includes(b), 'an account was not told though one of its invoices was paid');
      await subject.owe(tenant, a, 500);
      const later = await follow(changes, since.cursor);
      check(later.accounts.includes(a), 'an account was not told though it has a new invoice');
    },
    'changes',
  ],
  [
    'changes: page by page none is passed over',
    async (subject) => {
      const changes = changesOf(subject);
      const start = (await follow(changes, undefined)).cursor;
      const accounts: string[] = [];
      for (let n = 0; n < 11; n++) {
        const account = await subject.account(tenant);
        await subject.owe(tenant, account, 100);
        accounts.push(account);
      }
      const told = new Set((await follow(changes, start, 3)).accounts);
      same(
        accounts.filter((account) => !told.has(account)),
        [],
        'accounts that no page told',
      );
    },
    'changes',
  ],
  [
    'changes: a cursor tells again what it told',
    async (subject) => {
      const changes = changesOf(subject);
      const start = (await follow(changes, undefined)).cursor;
      const account = await subject.account(tenant);
      await subject.owe(tenant, account, 100);
      check((await follow(changes, start)).accounts.includes(account), 'a new account was not told');
      check((await follow(changes, start)).accounts.includes(account), 'it was told once only');
    },
    'changes',
  ],
  [
    'changes: what is committed late is not passed over',
    async (subject) => {
      const changes = changesOf(subject);
      const { begin } = subject;
      check(begin !== undefined, 'the factory gave no `begin`; say `without: { begin: "reason" }`');
      const [slow, quick] = [await subject.account(tenant), await subject.account(tenant)];
      await subject.owe(tenant, slow, 100);
      await subject.owe(tenant, quick, 100);
      const start = (await follow(changes, undefined)).cursor;
      const commit = await begin(tenant, slow);
      await subject.owe(tenant, quick, 200);
      const between = await follow(changes, start);
      await commit();
      const after = await follow(changes, between.cursor);
      check(
        between.accounts.includes(slow) || after.accounts.includes(slow),
        'a change that began before the cursor and was committed after it was never told',
      );
    },
    'changes',
    'begin',
  ],
];

/**
 * The promises of a ledger source ({@link LedgerSource}) as cases that any test
 * runner can run. The factory gives ways past the source into the host's
 * tables, so that a source cannot pass by remembering.
 *
 * @example
 * for (const { name, skip, run } of ledgerContract(() => myLedger(), { without: { tenants: 'we are one company' } })) {
 *   test(name, { skip: skip ?? false }, run); // node:test
 * }
 */
export function ledgerContract(
  factory: () => LedgerUnderTest | Promise<LedgerUnderTest>,
  options: LedgerContractOptions = {},
): readonly ContractCase[] {
  return laws.map(([name, attempt, ...needs]) => {
    const skip = needs.map((need) => options.without?.[need]).find((reason) => reason !== undefined);
    return {
      name,
      ...(skip === undefined ? {} : { skip }),
      run: () => runLaw(name, factory, attempt),
    };
  });
}
