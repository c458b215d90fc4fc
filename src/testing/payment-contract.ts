import {
  type PaymentAnswer,
  type PaymentPort,
  type PaymentRequest,
  paymentAnswer,
} from '../dunning/payments.js';
import { check, identical } from './check.js';
import { runLaw } from './run-law.js';
import type { ContractCase } from './store-contract.js';

/** What the factory of {@link paymentContract} hands out for one case. */
export interface PaymentsUnderTest {
  readonly port: PaymentPort;
  /** Asks for something that can be paid. */
  readonly request: Omit<PaymentRequest, 'signal'>;
  /** Called after the case, whatever its end. */
  dispose?(): Promise<void>;
}

/**
 * The promises of a {@link PaymentPort} as cases that any test runner can run: an answer that a message can say,
 * the same one for the same balance however often and at once it is asked, another one for another balance, and the
 * request left as it was.
 *
 * @example
 * for (const { name, run } of paymentContract(() => ({ port: myPayments, request }))) test(name, run);
 */
export function paymentContract(
  factory: () => PaymentsUnderTest | Promise<PaymentsUnderTest>,
): readonly ContractCase[] {
  return laws.map(({ name, attempt }) => ({ name, run: () => runLaw(name, factory, attempt) }));
}

const laws: readonly { readonly name: string; attempt(bench: PaymentsUnderTest): Promise<void> }[] = [
  {
    name: 'payments: what is answered can be said',
    attempt: async (bench) => {
      await answered(bench);
    },
  },
  {
    name: 'payments: the same balance has the same answer, also asked at once',
    async attempt(bench) {
      const first = await answered(bench);
      const all = await Promise.all(Array.from({ length: 8 }, () => answered(bench)));
      for (const one of all)
        identical(JSON.stringify(one), JSON.stringify(first), 'the answer for the same key');
    },
  },
  {
    name: 'payments: another balance has another link',
    async attempt({ port, request }) {
      const { url } = await answered({ port, request });
      const items = request.items.map((item, index) =>
        index === 0 ? { ...item, amount: item.amount + 1 } : item,
      );
      const totals = request.totals.map((total) =>
        total.currency === request.items[0]?.currency ? { ...total, minor: total.minor + 1 } : total,
      );
      const other = { ...request, key: 'another'.padEnd(32, '0'), items, totals };
      check(
        url === undefined || (await answered({ port, request: other })).url !== url,
        'a link asks for one sum',
      );
    },
  },
  {
    name: 'payments: the request is left as it was',
    async attempt({ port, request }) {
      const own = structuredClone(request);
      await port.load({ ...own, signal: new AbortController().signal });
      identical(JSON.stringify(own), JSON.stringify(request), 'the request after loading');
    },
  },
];

async function answered({ port, request }: PaymentsUnderTest): Promise<PaymentAnswer> {
  const { signal } = new AbortController();
  const answer = await port.load({ ...structuredClone(request), signal });
  check(answer !== undefined, 'there must be a way to pay');
  const read = paymentAnswer(answer, port.longest);
  check(read !== undefined, 'an answer is an https address that is not too long, or ways to pay, or both');
  return read;
}
