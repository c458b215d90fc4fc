import fc from 'fast-check';
import { formatDay, parseDay } from '../../src/calendar/index.js';
import type { FileEvent } from '../../src/engine/index.js';
import { anAccountOf, anInvoiceOf, dayAfter, rarely } from './arbitrary.js';
import {
  aCredit,
  aDispute,
  aHold,
  anUnbooked,
  aPayment,
  aPaymentPlan,
  aPromise,
  aRefund,
  aReply,
  aSource,
  instant,
  told,
} from './build.js';

const anId = fc.constantFrom('F1', 'F2', 'F3');
const someId = fc.option(anId, { nil: undefined });
const amount = fc.integer({ min: 1, max: 15_000 });
const someAmount = fc.option(amount, { nil: undefined });

type Happening = (on: string) => FileEvent;

const payment: fc.Arbitrary<Happening> = fc
  .record({ id: fc.constantFrom('P1', 'P2', 'P3'), to: someId, amount, back: rarely(true, false) })
  .map(
    ({ back, ...own }) =>
      (on) =>
        told.payment(aPayment({ ...own, date: on, state: back ? 'reversed' : 'booked' })),
  );

const credit: fc.Arbitrary<Happening> = fc
  .record({ to: someId, amount })
  .map((own) => (on) => told.credit(aCredit({ ...own, date: on })));

const hold: fc.Arbitrary<Happening> = fc
  .record({
    id: fc.constantFrom('H1', 'H2'),
    invoice: someId,
    after: fc.integer({ min: -2, max: 4 }),
    length: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined }),
    released: fc.boolean(),
  })
  .map(({ after, length, ...own }) => (on) => {
    const from = parseDay(on) + after;
    const until = length === undefined ? undefined : formatDay(from + length);
    return told.hold(aHold({ ...own, from: formatDay(from), until }));
  });

const dispute: fc.Arbitrary<Happening> = fc
  .record({
    id: fc.constantFrom('D1', 'D2'),
    invoice: anId,
    amount: someAmount,
    state: fc.constantFrom('open' as const, 'accepted' as const, 'rejected' as const),
  })
  .map((own) => (on) => told.dispute(aDispute({ ...own, opened: on })));

const promise: fc.Arbitrary<Happening> = fc
  .record({
    id: fc.constantFrom('W1', 'W2'),
    invoice: anId,
    amount: someAmount,
    after: fc.integer({ min: 0, max: 9 }),
    graceDays: fc.integer({ min: 0, max: 2 }),
  })
  .map(
    ({ after, ...own }) =>
      (on) =>
        told.promise(aPromise({ ...own, made: on, date: formatDay(parseDay(on) + after) })),
  );

const refund: fc.Arbitrary<Happening> = fc
  .record({
    id: fc.constantFrom('R1', 'R2'),
    payment: fc.constantFrom('P1', 'P2', undefined),
    amount,
    state: rarely('reversed' as const, 'booked' as const),
  })
  .map((own) => (on) => told.refund(aRefund({ ...own, date: on })));

const unbooked: fc.Arbitrary<Happening> = fc
  .record({
    id: fc.constantFrom('U1', 'U2'),
    about: fc.oneof(
      someId.map((invoice) => ({ invoice })),
      fc.constant({ invoices: ['F1', 'F2'] }),
    ),
    amount: someAmount,
    state: fc.constantFrom('pending' as const, 'booked' as const),
  })
  .map(
    ({ about, ...own }) =>
      (on) =>
        told.unbooked(anUnbooked({ ...own, ...about, on })),
  );

const reply: fc.Arbitrary<Happening> = fc
  .record({ id: fc.constantFrom('Y1', 'Y2'), handled: fc.boolean() })
  .map((own) => (on) => told.reply(aReply({ ...own, on })));

const accountPromise: fc.Arbitrary<Happening> = fc
  .record({
    id: fc.constantFrom('W3', 'W4'),
    invoices: fc.constantFrom(undefined, ['F1', 'F2']),
    amount: someAmount,
    tolerance: fc.constantFrom(undefined, 10),
  })
  .map((own) => (on) => told.promise(aPromise({ ...own, invoice: undefined, made: on, date: undefined })));

const plan: fc.Arbitrary<Happening> = fc
  .record({
    id: fc.constantFrom('p1', 'p2'),
    invoices: fc.subarray(['F1', 'F2', 'F3'], { minLength: 1 }),
    parts: fc.array(amount, { minLength: 1, maxLength: 3 }),
    state: rarely('broken' as const, 'active' as const),
  })
  .map(({ parts, ...own }) => (on) => {
    const instalments = parts.map((part, index) => ({
      id: String(index + 1),
      due: formatDay(parseDay(on) + 3 * index + 2),
      amount: part,
    }));
    return told.plan(aPaymentPlan({ ...own, made: on, instalments }));
  });

const source: fc.Arbitrary<Happening> = fc
  .record({ id: fc.constantFrom('bank', 'erp'), state: rarely('failed' as const, 'ok' as const) })
  .map((own) => (on) => told.source(aSource({ ...own, at: instant(`${on}T12:00:00Z`) })));

/** Something that happens on a day. */
export const happening: fc.Arbitrary<Happening> = fc.oneof(
  payment,
  credit,
  hold,
  dispute,
  promise,
  accountPromise,
  refund,
  unbooked,
  reply,
  plan,
  source,
  anId.chain((id) => anInvoiceOf(id)).map((invoice) => () => told.invoice(invoice)),
  anAccountOf.map((account) => () => told.account(account)),
);

/** Facts by day over so many days. */
export const happenings = (days: number): fc.Arbitrary<Readonly<Record<string, readonly FileEvent[]>>> =>
  fc.array(fc.tuple(fc.integer({ min: 0, max: days - 1 }), happening), { maxLength: 10 }).map((all) => {
    const facts: Record<string, FileEvent[]> = {};
    for (const [offset, make] of all) {
      const on = dayAfter(offset);
      facts[on] = [...(facts[on] ?? []), make(on)];
    }
    return facts;
  });
