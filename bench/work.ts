import { compile, type Engine } from 'recobro/engine';
import type { Condition, MoneyThreshold, Plan, Policy, Stage, Tone } from 'recobro/policy';

/**
 * The work that all contenders do: which of six stages, if any, is to act on
 * each open invoice as of a day. Three segments of accounts climb three ladders,
 * whose stages ask for an amount and for a history of late payment.
 */

export const zone = 'America/Mexico_City';
/** The local day of the evaluation, 10:00 in the zone. */
export const today = '2026-03-16';
export const now = Date.parse(`${today}T16:00:00Z`);

export const currencies = ['MXN', 'USD'] as const;
export type Currency = (typeof currencies)[number];
/** Whole units of the currency. */
export type Limits = Readonly<Record<Currency, number>>;

/** One stage of one ladder. */
export interface Rung {
  readonly id: string;
  /** Days after the due date; before it, if negative. */
  readonly days: number;
  /** Acts from this outstanding amount of the invoice. */
  readonly least?: Limits | undefined;
  /** Acts on accounts that paid at least this percentage of their invoices late. */
  readonly late?: number | undefined;
}

export const segments = ['key', 'slow', 'regular'] as const;
export type SegmentName = (typeof segments)[number];

/** Key: much is owed, mostly paid in time. Slow: at least half was paid late. Regular: all others. */
export const keyFrom: Limits = { MXN: 150_000, USD: 9_000 };
export const keyLateBelow = 25;
export const slowLateFrom = 50;
export const slowPaidFrom = 2;

export const ladders: Readonly<Record<SegmentName, readonly Rung[]>> = {
  key: [
    { id: 'd-7', days: -7, least: { MXN: 5_000, USD: 300 } },
    { id: 'd0', days: 0 },
    { id: 'd3', days: 3, late: 10 },
    { id: 'd7', days: 7, least: { MXN: 1_000, USD: 60 } },
    { id: 'd14', days: 14, least: { MXN: 2_500, USD: 150 } },
    { id: 'd30', days: 30, least: { MXN: 5_000, USD: 300 }, late: 15 },
  ],
  slow: [
    { id: 'd-7', days: -7 },
    { id: 'd0', days: 0 },
    { id: 'd3', days: 3 },
    { id: 'd7', days: 7 },
    { id: 'd14', days: 14, least: { MXN: 250, USD: 15 } },
    { id: 'd30', days: 30, least: { MXN: 500, USD: 30 }, late: 60 },
  ],
  regular: [
    { id: 'd-7', days: -7, least: { MXN: 2_000, USD: 120 } },
    { id: 'd0', days: 0 },
    { id: 'd3', days: 3 },
    { id: 'd7', days: 7, least: { MXN: 500, USD: 30 } },
    { id: 'd14', days: 14, least: { MXN: 1_000, USD: 60 }, late: 5 },
    { id: 'd30', days: 30, least: { MXN: 1_500, USD: 90 }, late: 10 },
  ],
};

/** The same in recobro's documents: no gap, no caps, no windows, a message per invoice. */
export function engineOfWork(): Engine {
  const shareLate = 'account.shareLate';
  const plan: Plan = {
    id: 'bench',
    version: 1,
    zone,
    segments: [
      {
        id: 'key',
        when: {
          all: [
            { fact: 'account.outstanding', gte: money(keyFrom) },
            { fact: shareLate, lt: keyLateBelow },
          ],
        },
      },
      {
        id: 'slow',
        when: {
          all: [
            { fact: shareLate, gte: slowLateFrom },
            { fact: 'account.itemsPaid', gte: slowPaidFrom },
          ],
        },
      },
    ],
    assign: [
      { segment: 'key', policy: 'key' },
      { segment: 'slow', policy: 'slow' },
    ],
    default: 'regular',
    contact: { gap: 'none', caps: [] },
  };
  return compile({ plan, policies: segments.map(policyOf) });
}

const tones: readonly Tone[] = ['friendly', 'friendly', 'friendly', 'firm', 'firm', 'formal'];

function policyOf(id: SegmentName): Policy {
  const stages = ladders[id].map(({ id: stage, days, least, late }, index): Stage => {
    const all: Condition[] = [];
    if (least !== undefined) all.push({ fact: 'item.outstanding', gte: money(least) });
    if (late !== undefined) all.push({ fact: 'account.shareLate', gte: late });
    const offset = `${Math.abs(days)}d`;
    const [first] = all;
    return {
      id: stage,
      tone: tones[index] ?? 'formal',
      at: { from: 'due', ...(days < 0 ? { minus: offset } : { plus: offset }) },
      when: all.length > 1 ? { all } : first,
      do: [{ send: stage }],
    };
  });
  return { id, version: 1, message: { by: 'invoice' }, via: [{ channel: 'email' }], entry: 'latest', stages };
}

function money(limits: Limits): MoneyThreshold {
  return Object.fromEntries(currencies.map((currency) => [currency, `${limits[currency]}.00`]));
}

/** Minor units of a limit. */
export function minorOf(limits: Limits): Limits {
  return { MXN: limits.MXN * 100, USD: limits.USD * 100 };
}
