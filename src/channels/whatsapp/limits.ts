import type { ChannelLimit } from '../capacity.js';
import type { OptionCheck } from '../options.js';

/** What Meta lets out. `null` leaves a limit out. */
export interface WhatsappLimits {
  /**
   * Messages per second of the number. Default 80; 20 for a number that is used with the Business app as well, 1,000
   * where Meta raised it. What its webhook tells takes the place of this.
   */
  readonly perSecond?: number | null | undefined;
  /** Messages per minute to one person. Default 10, one every six seconds. */
  readonly pairPerMinute?: number | null | undefined;
  /**
   * People to whom the portfolio may write in 24 hours, outside of service windows: 250, 2,000, 10,000 or 100,000.
   * Default: not known, and not limited until Meta's webhook tells it.
   */
  readonly peoplePerDay?: number | null | undefined;
}

/** The limits of Meta's numbers and portfolios (Meta: throughput; about-the-platform; messaging-limits, 2026-05-08). */
export function limitsOf({
  perSecond = 80,
  pairPerMinute = 10,
  peoplePerDay = null,
}: WhatsappLimits = {}): readonly ChannelLimit[] {
  return [
    ...(perSecond === null ? [] : [{ each: 'sender', per: 'second', most: perSecond } as const]),
    ...(pairPerMinute === null ? [] : [{ each: 'pair', per: 'minute', most: pairPerMinute } as const]),
    ...(peoplePerDay === null
      ? []
      : [{ each: 'account', counts: 'people', per: 'day', most: peoplePerDay } as const]),
  ];
}

/** Notes what is wrong with limits that a host wrote. */
export function checkLimits(check: OptionCheck, limits: WhatsappLimits | undefined): void {
  const { perSecond, pairPerMinute, peoplePerDay } = limits ?? {};
  for (const [name, most] of Object.entries({ perSecond, pairPerMinute, peoplePerDay }))
    if (most !== undefined && most !== null) check.expectWhole(most, `limits.${name}`, 1, 1_000_000_000);
}
