import fc from 'fast-check';
import { isRecobroError, type Problem } from '../../src/errors.js';
import type { PaidItem, PaymentHistory } from '../../src/segments/index.js';

/** Paths of the problems of the error that a call throws. */
export function pathsOf(call: () => unknown): string[] {
  return problemsOf(call).map(({ path }) => path);
}

/** What the error says that a call throws: its own sentence, then every problem. */
export function saidBy(call: () => unknown): string[] {
  try {
    call();
  } catch (error) {
    if (!isRecobroError(error)) throw error;
    const [first = ''] = error.message.split('\n');
    return [
      `${error.code}: ${first}`,
      ...error.problems.map((one) => `${one.path} ${one.code}: ${one.message}`),
    ];
  }
  throw new Error('nothing was thrown');
}

function problemsOf(call: () => unknown): readonly Problem[] {
  try {
    call();
  } catch (error) {
    if (isRecobroError(error, 'invalid_option')) return error.problems;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Paid items by days late, in the order paid, thirty days of credit, one every ten days. */
export function paidLate(...days: readonly number[]): PaidItem[] {
  return days.map((late, index) => {
    const due = 20_000 + index * 10 - late;
    return { issued: due - 30, due, paidOn: due + late };
  });
}

export function history(days: readonly number[], rest: Partial<PaymentHistory> = {}): PaymentHistory {
  return { paid: paidLate(...days), promisesKept: 0, promisesBroken: 0, ...rest };
}

const aDay = fc.integer({ min: 19_000, max: 22_000 });

export const aPaidItem: fc.Arbitrary<PaidItem> = fc
  .record({ issued: aDay, terms: fc.integer({ min: 0, max: 120 }), paid: fc.nat(400), due: fc.nat(9) })
  .map(({ issued, terms, paid, due }) => ({
    issued,
    due: due === 0 ? undefined : issued + terms,
    paidOn: issued + paid,
  }));

export const aHistory: fc.Arbitrary<PaymentHistory> = fc.record({
  paid: fc.array(aPaidItem, { maxLength: 30 }),
  promisesKept: fc.nat(5),
  promisesBroken: fc.nat(5),
  oldestDaysPastDue: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
  creditUse: fc.option(fc.nat(300), { nil: undefined }),
});
