import fc from 'fast-check';
import type { FileEvent } from '../../src/engine/index.js';
import type { Account, Contact, Invoice } from '../../src/ledger/types.js';
import { anAccountOf, anInvoiceOf } from './arbitrary.js';
import { happening } from './arbitrary-facts.js';
import { some } from './arbitrary-policies.js';
import { aContact, told } from './build.js';

/** What happens to an account: every fact, every verb of a person, every outcome of an act. */

const of = fc.constantFrom;

const north: Contact = aContact({ id: 'nora', email: 'nora@robles.example', phone: '+525512345679' });

type MoreOfAccount = Pick<
  Account,
  | 'branches'
  | 'credit'
  | 'cap'
  | 'time'
  | 'terms'
  | 'scores'
  | 'tags'
  | 'attributes'
  | 'owner'
  | 'country'
  | 'language'
>;

const accountKeys = some<MoreOfAccount>({
  branches: of(
    [{ id: 'north', name: 'North', contacts: [north] }],
    [
      { id: 'north', name: 'North', contacts: [] },
      { id: 'south', name: 'South', contacts: [north] },
    ],
  ),
  credit: of(
    { currency: 'MXN', limit: 12_000 },
    { currency: 'MXN', limit: 10_000, insured: 5_000, buckets: { overdue: 6_000 } },
  ),
  cap: of(1, 2, 's1'),
  time: fc.constant('08:30'),
  terms: of(
    { source: 'contract', fees: true, interest: '18' },
    { source: 'law', basis: 'statute' as const, interest: [{ from: '2026-01-01', rate: '10.15' }] },
  ),
  scores: fc.constant({ asOf: '2026-02-28', class: 'A', percentile: 80, risk: 60, own: { churn: 4 } }),
  tags: fc.constant(['key']),
  attributes: fc.constant({ tier: 'gold' }),
  owner: fc.constant('eva'),
  country: fc.constant('MX'),
  language: of('es-MX', 'en'),
});

/** An account with every field there is. */
export const fullAccount: fc.Arbitrary<Account> = fc
  .tuple(anAccountOf, accountKeys)
  .map(([account, more]) => ({ ...account, ...more }));

type MoreOfInvoice = Pick<
  Invoice,
  'type' | 'branch' | 'entity' | 'area' | 'cap' | 'terms' | 'tags' | 'attributes' | 'policy' | 'status'
> & { readonly fee: number; readonly lost: number; readonly balance: number };

const invoiceKeys = some<MoreOfInvoice>({
  type: of('invoice', 'invoice', 'fee', 'payable'),
  branch: of('north', 'south'),
  entity: of('mx', 'us'),
  area: of('north', 'south'),
  cap: of(1, 's2'),
  terms: fc.constant({ source: 'this order', fees: { MXN: '3.00' } }),
  tags: fc.constant(['key']),
  attributes: of({ site: 'north' }, { site: 'south' }),
  policy: of('other', 'ladder', 'other', null),
  status: of('open' as const, 'open' as const, 'draft' as const, 'written-off' as const, 'deleted' as const),
  fee: fc.integer({ min: 1, max: 500 }),
  lost: fc.integer({ min: 1, max: 3000 }),
  balance: fc.integer({ min: 0, max: 12_000 }),
});

/** An invoice with every field there is. */
export function fullInvoice(id: string): fc.Arbitrary<Invoice> {
  return fc.tuple(anInvoiceOf(id), invoiceKeys).map(([invoice, { fee, lost, balance, ...more }]) => {
    const charged = fee === undefined || invoice.instalments.length > 0 ? 0 : fee;
    const total = invoice.total + charged;
    return {
      ...invoice,
      ...more,
      total,
      ...(charged === 0
        ? {}
        : { charges: [{ id: 'c1', amount: charged, on: invoice.issued, waived: total % 2 === 0 }] }),
      ...(lost === undefined ? {} : { writtenOff: Math.min(lost, total) }),
      ...(balance === undefined
        ? {}
        : { balance: { amount: Math.min(balance, total), asOf: Date.UTC(2026, 2, 5) } }),
    };
  });
}

const anId = of('F1', 'F2', 'F3');
const aStage = of('s0', 's1', 's2');
const items = fc.option(fc.subarray(['F1', 'F2', 'F3', 'F1~1'], { minLength: 1, maxLength: 2 }), {
  nil: undefined,
});

/** What becomes of a message that is ready when it comes to be sent. */
export type Fate = 'accepted' | 'delivered' | 'refused' | 'unusable' | 'unknown' | 'later';

/** One thing that happens, so many hours after the one before. */
export interface Step {
  readonly hours: number;
  readonly what: What;
}

export type What =
  | { readonly kind: 'fact'; readonly fact: (on: string) => FileEvent }
  | {
      readonly kind: 'review';
      readonly run?: string;
      readonly only?: {
        readonly stages?: readonly string[];
        readonly policies?: readonly string[];
        readonly currencies?: readonly string[];
      };
    }
  | { readonly kind: 'dispatch'; readonly fates: readonly Fate[] }
  | { readonly kind: 'ask' | 'skip'; readonly items: readonly string[] | undefined; readonly stage: string }
  | {
      readonly kind: 'move';
      readonly items: readonly string[] | undefined;
      readonly stage: string;
      readonly policy: string | undefined;
    }
  | { readonly kind: 'reset' | 'take-back' | 'record'; readonly items: readonly string[] | undefined }
  | { readonly kind: 'assign' | 'unassign' | 'newer' }
  | { readonly kind: 'approve' | 'confirm' | 'discard' | 'complete'; readonly pick: number }
  | { readonly kind: 'fee'; readonly pick: number; readonly outcome: 'booked' | 'waived' | 'void' }
  | { readonly kind: 'resolve'; readonly pick: number; readonly sent: boolean }
  | { readonly kind: 'receipt'; readonly pick: number };

const pick = fc.nat({ max: 5 });

const aFact: fc.Arbitrary<What> = fc
  .oneof(
    { weight: 10, arbitrary: happening },
    { weight: 2, arbitrary: anId.chain(fullInvoice).map((invoice) => () => told.invoice(invoice)) },
    { weight: 1, arbitrary: fullAccount.map((account) => () => told.account(account)) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 0, max: 100 }).map(
        (risk) =>
          (on: string): FileEvent => ({ type: 'account.scored', scores: { asOf: on, risk } }),
      ),
    },
  )
  .map((fact) => ({ kind: 'fact', fact }));

const what: fc.Arbitrary<What> = fc.oneof(
  { weight: 8, arbitrary: aFact },
  { weight: 4, arbitrary: fc.constant<What>({ kind: 'review' }) },
  { weight: 2, arbitrary: of('r1', 'r2', 'r3', 'r4').map((run): What => ({ kind: 'review', run })) },
  {
    weight: 1,
    arbitrary: of({ stages: ['s0'] }, { policies: ['ladder'] }, { currencies: ['MXN'] }).map(
      (only): What => ({ kind: 'review', only }),
    ),
  },
  {
    weight: 9,
    arbitrary: fc
      .array(of<Fate>('accepted', 'accepted', 'delivered', 'refused', 'unusable', 'unknown', 'later'), {
        minLength: 1,
        maxLength: 3,
      })
      .map((fates): What => ({ kind: 'dispatch', fates })),
  },
  { weight: 1, arbitrary: fc.record({ kind: of('ask' as const, 'skip' as const), items, stage: aStage }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      items,
      stage: aStage,
      policy: of(undefined, 'other', 'ladder'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: of('reset' as const, 'take-back' as const, 'record' as const), items }),
  },
  {
    weight: 1,
    arbitrary: of('assign' as const, 'unassign' as const, 'unassign' as const, 'newer' as const).map(
      (kind) => ({ kind }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: of('approve' as const, 'confirm' as const, 'discard' as const, 'complete' as const),
      pick,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fee' as const),
      pick,
      outcome: of('booked' as const, 'waived' as const, 'void' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('resolve' as const), pick, sent: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('receipt' as const), pick }) },
);

/** What happens, over some weeks. */
export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({ hours: of(0, 1, 5, 12, 24, 24, 48, 100), what }),
  { minLength: 1, maxLength: 30, size: 'max' },
);

/** The first facts of an account. */
export const fullLedger: fc.Arbitrary<readonly FileEvent[]> = fc
  .record({
    account: fullAccount,
    invoices: fc.tuple(fullInvoice('F1'), fullInvoice('F2'), fullInvoice('F3')),
    count: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ account, invoices, count }) => [
    told.account(account),
    ...invoices.slice(0, count).map(told.invoice),
  ]);
