import { createHash } from 'node:crypto';
import type { SendOutcome } from '../channels/channel.js';
import { attemptLimit } from '../channels/limit.js';
import type { Clock } from '../clock.js';
import type { Act } from '../engine/index.js';
import { type Problem, RecobroError } from '../errors.js';
import { type PayMethods, type PaymentFacts, payProblems, webLink } from '../messages/index.js';
import { type Money, sumByCurrency } from '../money/index.js';
import { canonicalJson } from '../policy/canonical.js';
import type { Context } from './context.js';
import { codeOf } from './failures.js';

/** One item that is to be paid. */
export interface PaymentItem {
  readonly item: string;
  readonly invoice: string;
  readonly instalment?: string | undefined;
  /** The number printed on the invoice. */
  readonly number: string;
  readonly currency: string;
  /** Minor units that are asked for: without what is disputed or promised. */
  readonly amount: number;
  /** Calendar date. */
  readonly due?: string | undefined;
}

/** What is asked of a {@link PaymentPort}. */
export interface PaymentRequest {
  readonly tenant: string;
  readonly account: string;
  /**
   * The same for the same balance: tenant, account, items with their amounts, and fees. Hand it on as the provider's
   * idempotency key, or look up under it what was made before, and the link stays the same for as long as the balance does.
   */
  readonly key: string;
  /** One item, or several of them together. */
  readonly form: 'invoice' | 'statement';
  /** What the message asks for, in its order. */
  readonly items: readonly PaymentItem[];
  /** What they come to, one amount per currency. */
  readonly totals: readonly Money[];
  /** Late fees and interest that are charged with the message, beside `totals`. */
  readonly fees: readonly Money[];
  /** Aborted when the time is over. */
  readonly signal: AbortSignal;
}

/** A way to pay what was asked for: where, or by what means, or both. */
export interface PaymentAnswer {
  /** An https address where all of it is paid. */
  readonly url?: string | undefined;
  /** Ways to pay in the order in which they are shown, like `sender.pay`, and in its place: a reference for this sum, a Pix code. */
  readonly methods?: PayMethods | undefined;
}

/**
 * Where links and ways to pay come from that are made for one sum. Asked right before a message about items goes out, outside of
 * any transaction; the message may still be taken back afterwards, so what is made must be harmless. What was answered is
 * used again for an hour for the same key, so the next channel or attempt says the same.
 *
 * Answer the address, or ways to pay, or both. `undefined` says that nothing is made for this: the invoice's own link or the
 * sender's instructions stand in. Throw where it cannot be told for now: nothing is sent, and it is tried again later.
 *
 * @example
 * const payments: PaymentPort = {
 *   load: async ({ key, totals: [total, other] }) =>
 *     total === undefined || other !== undefined ? undefined : provider.link({ idempotencyKey: key, ...total }),
 * };
 */
export interface PaymentPort {
  load(request: PaymentRequest): Promise<string | PaymentAnswer | undefined>;
  /** Milliseconds, up to 30,000. Default 10,000. */
  readonly timeout?: number | undefined;
  /** Longest address that it answers, in characters, up to 2,000; what is longer is refused. Default 160, which texts reckon with. */
  readonly longest?: number | undefined;
  /**
   * What becomes of a message when the port fails or answers what is no way to pay: it does not go out (`wait`), or it goes out
   * with the invoice's link or the sender's instructions (`without`). Default `wait`.
   */
  readonly onFailure?: 'wait' | 'without' | undefined;
}

const defaultTimeout = 10_000;
const longestTimeout = 30_000;
const defaultLongest = 160;
const longestAddress = 2_000;
const reusedFor = 3_600_000;
const mostKept = 10_000;

/** What a message says of paying, or why it cannot go out. */
export type Paid =
  | { readonly payment: PaymentFacts | undefined }
  | { readonly failed: Extract<SendOutcome, { readonly outcome: 'refused' | 'retry' }> };

/** A port with what it answered lately. */
export class Payments {
  readonly port: PaymentPort;
  readonly #clock: Clock;
  readonly #kept = new Map<string, { readonly payment: PaymentFacts; readonly until: number }>();

  constructor(port: PaymentPort, clock: Clock) {
    this.port = port;
    this.#clock = clock;
  }

  /** What was answered for a key within the last hour. */
  known(key: string): PaymentFacts | undefined {
    const found = this.#kept.get(key);
    return found !== undefined && found.until > this.#clock.now() ? found.payment : undefined;
  }

  keep(key: string, payment: PaymentFacts): void {
    this.#kept.delete(key);
    this.#kept.set(key, { payment, until: this.#clock.now() + reusedFor });
    // The oldest stand first.
    for (const old of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) return;
      this.#kept.delete(old);
    }
  }
}

/** @throws RecobroError `invalid_option` naming what is wrong */
export function paymentsOf(port: PaymentPort | undefined, clock: Clock): Payments | undefined {
  if (port === undefined) return undefined;
  const problems: Problem[] = [];
  const expect = (fine: boolean, path: string, message: string): void => {
    if (!fine) problems.push({ path: `payments${path}`, code: 'invalid_value', message });
  };
  const whole: unknown = port;
  const isPort =
    typeof whole === 'object' && whole !== null && typeof Reflect.get(whole, 'load') === 'function';
  expect(isPort, '', 'must have load()');
  if (isPort) {
    const { timeout = 1, longest = 1, onFailure = 'wait' } = port;
    expect(
      isWithin(timeout, longestTimeout),
      '.timeout',
      `must be whole milliseconds from 1 to ${longestTimeout}`,
    );
    expect(isWithin(longest, longestAddress), '.longest', `must be characters from 1 to ${longestAddress}`);
    expect(['wait', 'without'].includes(onFailure), '.onFailure', "must be 'wait' or 'without'");
  }
  if (problems.length > 0)
    throw new RecobroError('invalid_option', 'the options are not valid', { problems });
  return new Payments(port, clock);
}

function isWithin(value: unknown, most: number): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= most;
}

/** How what an act asks for can be paid. Everything that goes wrong here is definite: no channel was called yet. */
export async function paymentFor(context: Context, act: Act): Promise<Paid> {
  const { payments, messages } = context;
  const about = act.message === undefined ? undefined : messages.messages.get(act.message)?.about;
  if (payments === undefined || about !== 'items') return { payment: undefined };
  const asked = askedOf(context.tenant, act);
  const known = payments.known(asked.key);
  if (known !== undefined) return { payment: known };
  const { port } = payments;
  const limit = attemptLimit(port.timeout ?? defaultTimeout, undefined);
  try {
    const loading = async (): Promise<readonly [unknown]> => [
      await port.load({ ...asked, signal: limit.signal }),
    ];
    const loaded = await limit.race(loading());
    if (loaded === undefined) return failed(context, act, 'payment_unavailable', 'timeout');
    const [answer] = loaded;
    if (answer === undefined || answer === null) return { payment: undefined };
    const payment = paymentAnswer(answer, port.longest);
    if (payment === undefined) return failed(context, act, 'unusable_payment', 'unusable');
    payments.keep(asked.key, payment);
    return { payment };
  } catch (error) {
    return failed(context, act, 'payment_unavailable', codeOf(error));
  } finally {
    limit.clear();
  }
}

function askedOf(tenant: string, act: Act): Omit<PaymentRequest, 'signal'> {
  const { account } = act;
  const items = act.items.map(
    ({ item, invoice, instalment, number, currency, dunnable, due }): PaymentItem => ({
      item,
      invoice,
      ...(instalment === undefined ? {} : { instalment }),
      number,
      currency,
      amount: dunnable,
      ...(due === undefined ? {} : { due }),
    }),
  );
  const fees = (act.charges ?? []).map(({ amount, currency }) => ({ minor: amount, currency }));
  const totals = sumByCurrency(items.map(({ amount, currency }) => ({ minor: amount, currency })));
  // Neither the order of the items nor who asks, on which channel or day, is part of a balance.
  const balance = items.map(({ item, currency, amount }) => [item, currency, amount]).sort(byId);
  const said = canonicalJson([
    tenant,
    account,
    balance,
    sumByCurrency(fees).map((fee) => [fee.currency, fee.minor]),
  ]);
  return {
    tenant,
    account,
    key: createHash('sha256').update(said).digest('hex').slice(0, 32),
    form: items.length === 1 ? 'invoice' : 'statement',
    items,
    totals,
    fees: sumByCurrency(fees),
  };
}

function byId([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return String(a) < String(b) ? -1 : 1;
}

/** What a port answered, or undefined where that is no way to pay: what a host answers without types may be anything. */
export function paymentAnswer(answer: unknown, longest = defaultLongest): PaymentAnswer | undefined {
  const { url, methods }: Readonly<Record<string, unknown>> =
    typeof answer === 'object' ? { ...answer } : { url: answer };
  if (url === undefined && methods === undefined) return undefined;
  if (url !== undefined && !isAddress(url, longest)) return undefined;
  if (methods === undefined) return { url };
  if (!isMethods(methods) || payProblems(methods, '', longest).length > 0) return undefined;
  return { ...(url === undefined ? {} : { url }), methods: { ...methods } };
}

function isAddress(url: unknown, longest: number): url is string {
  return typeof url === 'string' && url.length <= longest && /^https:/i.test(url) && webLink(url) === url;
}

function isMethods(methods: unknown): methods is PayMethods {
  return typeof methods === 'object' && methods !== null && !Array.isArray(methods);
}

function failed(
  { logger, payments }: Context,
  act: Act,
  code: 'payment_unavailable' | 'unusable_payment',
  why: string,
): Paid {
  const without = payments?.port.onFailure === 'without';
  const what = without
    ? 'a message goes out without what the payment port makes'
    : 'a message waits for a way to pay';
  logger.error(what, { act: act.id, code, why });
  if (without) return { payment: undefined };
  const scope = 'message';
  return {
    failed:
      code === 'payment_unavailable'
        ? { outcome: 'retry', scope, code: `recobro:${code}` }
        : { outcome: 'refused', scope, code: `recobro:${code}` },
  };
}
