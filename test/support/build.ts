import { parseInstant } from '../../src/calendar/index.js';
import type { FileEvent } from '../../src/engine/index.js';
import { compile, type Engine, emptyFile, evolveAll, neutralChannel } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type {
  Account,
  Allocation,
  Contact,
  CreditNote,
  Dispute,
  Hold,
  Invoice,
  Payment,
  PaymentPlan,
  PaymentPromise,
  Refund,
  Reply,
  SourceHealth,
  UnbookedPayment,
} from '../../src/ledger/types.js';
import type { Action, ContactRules, Plan, Policy, Stage, Tone } from '../../src/policy/types.js';

/** Small builders in normal form: everything a test does not say is harmless. */

export const zone = 'America/Mexico_City';

/** An instant from ISO text with an offset. */
export const instant = parseInstant;

export function aContact(own: Partial<Contact> = {}): Contact {
  return {
    id: 'ana',
    role: 'billing',
    name: 'Ana',
    email: 'ana@robles.example',
    prefers: [],
    consents: [],
    ...own,
  };
}

export function anAccount(own: Partial<Account> = {}): Account {
  return {
    id: 'robles',
    name: 'Robles',
    tags: [],
    attributes: {},
    hardship: false,
    contacts: [aContact()],
    ...own,
  };
}

/** 100.00 MXN, issued thirty days before 1 March 2026 and due then. */
export function anInvoice(own: Partial<Invoice> = {}): Invoice {
  const id = own.id ?? 'F1';
  return {
    id,
    number: id,
    status: 'open',
    currency: 'MXN',
    total: 10_000,
    issued: '2026-01-30',
    due: '2026-03-01',
    instalments: [],
    writtenOff: 0,
    externalIds: {},
    tags: [],
    attributes: {},
    ...own,
  };
}

/** Two instalments of 50.00, due on 1 March and 1 April 2026. */
export function inTwoParts(own: Partial<Invoice> = {}): Invoice {
  return anInvoice({
    due: undefined,
    instalments: [
      { id: '1', due: '2026-03-01', amount: 5_000 },
      { id: '2', due: '2026-04-01', amount: 5_000 },
    ],
    ...own,
  });
}

/** Money booked at noon of its day, put to the invoice named, if any. */
export function aPayment(own: Partial<Payment> & { readonly to?: string | undefined } = {}): Payment {
  const { to, ...rest } = own;
  const amount = rest.amount ?? 10_000;
  const date = rest.date ?? '2026-03-02';
  return {
    id: 'P1',
    currency: 'MXN',
    amount,
    date,
    bookedAt: parseInstant(`${date}T12:00:00-06:00`),
    state: 'booked',
    allocations: allocated(to, amount),
    ...rest,
  };
}

export function aCredit(own: Partial<CreditNote> & { readonly to?: string | undefined } = {}): CreditNote {
  const { to, ...rest } = own;
  const amount = rest.amount ?? 10_000;
  const date = rest.date ?? '2026-03-02';
  return {
    id: 'C1',
    number: 'C1',
    currency: 'MXN',
    amount,
    date,
    bookedAt: parseInstant(`${date}T12:00:00-06:00`),
    state: 'finalised',
    allocations: allocated(to, amount),
    ...rest,
  };
}

function allocated(to: string | undefined, amount: number): readonly Allocation[] {
  if (to === undefined) return [];
  const [invoice = to, instalment] = to.split('~');
  return [instalment === undefined ? { invoice, amount } : { invoice, instalment, amount }];
}

/** A hold on the whole account from 5 March 2026 until it is released. */
export function aHold(own: Partial<Hold> = {}): Hold {
  return { id: 'H1', reason: 'talks', author: 'luis', from: '2026-03-05', released: false, ...own };
}

export function aDispute(own: Partial<Dispute> = {}): Dispute {
  return {
    id: 'D1',
    invoice: 'F1',
    reason: 'damaged',
    author: 'luis',
    opened: '2026-03-02',
    state: 'open',
    ...own,
  };
}

export function aPromise(own: Partial<PaymentPromise> = {}): PaymentPromise {
  return {
    id: 'W1',
    invoice: 'F1',
    date: '2026-03-10',
    made: '2026-03-02',
    source: 'debtor',
    state: 'active',
    ...own,
  };
}

/** All of a payment given back, on 4 March 2026. */
export function aRefund(own: Partial<Refund> = {}): Refund {
  const date = own.date ?? '2026-03-04';
  return {
    id: 'R1',
    payment: 'P1',
    currency: 'MXN',
    amount: 10_000,
    date,
    bookedAt: parseInstant(`${date}T12:00:00-06:00`),
    state: 'booked',
    allocations: [],
    ...own,
  };
}

/** The debtor says on 5 March 2026 that it is paid. */
export function anUnbooked(own: Partial<UnbookedPayment> = {}): UnbookedPayment {
  return { id: 'U1', source: 'debtor', on: '2026-03-05', state: 'pending', ...own };
}

export function aReply(own: Partial<Reply> = {}): Reply {
  const on = own.on ?? '2026-03-05';
  return { id: 'Y1', at: parseInstant(`${on}T12:00:00-06:00`), on, handled: false, ...own };
}

/** 100.00 MXN of F1 in two instalments of 50.00, due on 1 April and 1 May 2026. */
export function aPaymentPlan(own: Partial<PaymentPlan> = {}): PaymentPlan {
  return {
    id: 'p1',
    invoices: ['F1'],
    currency: 'MXN',
    instalments: [
      { id: '1', due: '2026-04-01', amount: 5_000 },
      { id: '2', due: '2026-05-01', amount: 5_000 },
    ],
    made: '2026-03-05',
    author: 'luis',
    state: 'active',
    ...own,
  };
}

export function aSource(own: Partial<SourceHealth> = {}): SourceHealth {
  return { id: 'bank', at: parseInstant('2026-03-05T12:00:00-06:00'), state: 'ok', ...own };
}

/** The event that tells a fact. */
export const told = {
  account: (account: Account): FileEvent => ({ type: 'account.upserted', account }),
  invoice: (invoice: Invoice): FileEvent => ({ type: 'invoice.upserted', invoice }),
  payment: (payment: Payment): FileEvent => ({ type: 'payment.upserted', payment }),
  credit: (credit: CreditNote): FileEvent => ({ type: 'credit.upserted', credit }),
  hold: (hold: Hold): FileEvent => ({ type: 'hold.upserted', hold }),
  dispute: (dispute: Dispute): FileEvent => ({ type: 'dispute.upserted', dispute }),
  promise: (promise: PaymentPromise): FileEvent => ({ type: 'promise.upserted', promise }),
  refund: (refund: Refund): FileEvent => ({ type: 'refund.upserted', refund }),
  unbooked: (unbooked: UnbookedPayment): FileEvent => ({ type: 'unbooked.upserted', unbooked }),
  reply: (reply: Reply): FileEvent => ({ type: 'reply.upserted', reply }),
  plan: (plan: PaymentPlan): FileEvent => ({ type: 'plan.upserted', plan }),
  source: (source: SourceHealth): FileEvent => ({ type: 'source.upserted', source }),
};

/** A file of these facts. */
export function fileOf(...facts: readonly FileEvent[]): AccountFile {
  return evolveAll(emptyFile('robles'), facts);
}

/** Account, then these invoices. */
export function owing(...invoices: readonly Invoice[]): AccountFile {
  return fileOf(told.account(anAccount()), ...invoices.map(told.invoice));
}

/** `stage('s3', '3d')`, `stage('early', '-7d')`; sends a message of its own id unless told otherwise. */
export function aStage(id: string, offset: string, own: Partial<Stage> = {}): Stage {
  const at = offset.startsWith('-')
    ? { from: 'due' as const, minus: offset.slice(1) }
    : { from: 'due' as const, plus: offset };
  const actions: readonly Action[] = [{ send: id }];
  return { id, tone: 'friendly', at, do: actions, ...own };
}

const tones: readonly Tone[] = ['friendly', 'friendly', 'firm', 'formal'];

/** Stages `s<offset>`, ever sterner, over email. */
export function aLadder(offsets: readonly string[], own: Partial<Policy> = {}): Policy {
  return {
    id: 'ladder',
    version: 1,
    via: [{ channel: 'email' }],
    stages: offsets.map((offset, index) =>
      aStage(`s${offset}`, offset, { tone: tones[Math.min(index, 3)] ?? 'formal' }),
    ),
    ...own,
  };
}

/** No windows and no caps; the default gap of a day. */
export function aPlan(own: Partial<Plan> = {}, contact: ContactRules = {}): Plan {
  return {
    id: 'plan',
    version: 1,
    zone,
    language: 'es',
    default: 'ladder',
    contact: { caps: [], ...contact },
    ...own,
  };
}

/** Nothing between the ladder and the debtor: no gap, no caps, no windows. */
export const free: ContactRules = { gap: 'none', caps: [] };

/** Compiles a policy (or several) under a plan. */
export function engineOf(policy: Policy | readonly Policy[], plan: Plan = aPlan()): Engine {
  const policies = Array.isArray(policy) ? (policy as readonly Policy[]) : [policy as Policy];
  return compile({ plan, policies });
}

/** The same over the channel that needs nobody. */
export function neutralEngineOf(policy: Policy, plan: Plan = aPlan()): Engine {
  return compile({
    plan,
    policies: [{ ...policy, via: [{ channel: 'neutral' }] }],
    channels: [neutralChannel],
  });
}
