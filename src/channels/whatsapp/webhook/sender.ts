import type { SenderEvent } from '../../inbound.js';
import { fieldOf, textOf } from '../../json.js';
import { digestKey, listOf, present, secondsToMs, shortText } from '../../webhook-body.js';

/** Where a change stands, and whose it may be. */
export interface SenderPlace {
  /** Id of the WhatsApp business account. */
  readonly account: string;
  readonly at?: number | undefined;
  /** The number as it is shown, where the host says it: what concerns another one is passed over. */
  readonly displayNumber?: string | undefined;
}

/** What higher throughput is (Meta: throughput). */
const higherThroughput = 1_000;

/**
 * The standing of a number or of its account, as `phone_number_quality_update`, `business_capability_update` and
 * `account_update` tell it (Meta: webhooks reference, 2026-05-21); undefined where it is another number's.
 */
export function senderOf(field: string, value: unknown, place: SenderPlace): SenderEvent | undefined {
  const number = shortText(fieldOf(value, 'display_phone_number') ?? fieldOf(value, 'phone_number'), 32);
  if (
    number !== undefined &&
    place.displayNumber !== undefined &&
    digits(number) !== digits(place.displayNumber)
  )
    return undefined;
  const word = shortText(fieldOf(value, 'event'), 64)?.toLowerCase();
  return present<SenderEvent>({
    type: 'sender',
    provider: 'meta',
    key: digestKey(field, place.at, value),
    at: place.at,
    sender: number ?? place.account,
    event: word ?? field.toLowerCase(),
    ...(field === 'account_update' ? standingOf(word, value) : limitsOf(word, value)),
  });
}

function digits(number: string): string {
  return number.replace(/\D/g, '');
}

/**
 * Limits are the portfolio's, also where a number is named. With an upgrade of throughput `TIER_UNLIMITED` is about
 * that, and says nothing of how many people may be written to.
 */
function limitsOf(word: string | undefined, value: unknown): Partial<SenderEvent> {
  const faster = word === 'throughput_upgrade';
  const names = ['max_daily_conversations_per_business', 'max_daily_conversation_per_phone', 'current_limit'];
  const told = names.map((name) => tierOf(fieldOf(value, name))).find((one) => one !== undefined);
  const limit = faster && told === null ? undefined : told;
  return {
    limit,
    ...(faster ? { perSecond: higherThroughput } : {}),
    // A flagged number is of low quality until it is no longer flagged (as partners' references tell; Meta's own of
    // 2026 has neither word any more).
    ...(word === 'flagged' ? { quality: 'low' as const } : {}),
    ...(word === 'unflagged' ? { quality: 'medium' as const } : {}),
  };
}

/** `TIER_10K`, `TIER_UNLIMITED`, numbers as they are, and -1 for unlimited. */
function tierOf(value: unknown): number | null | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value < 0 ? null : value;
  const tier = /^TIER_(?:(UNLIMITED)|(\d{1,6})(K?))$/.exec(textOf(value));
  if (tier === null) return undefined;
  return tier[1] === undefined ? Number(tier[2]) * (tier[3] === 'K' ? 1000 : 1) : null;
}

/** Whether an account can begin to write to people. What else is restricted leaves reminders alone. */
function standingOf(word: string | undefined, value: unknown): Partial<SenderEvent> {
  switch (word) {
    case 'account_deleted':
    case 'account_offboarded':
      return { usable: false };
    case 'account_reconnected':
      return { usable: true };
    case 'disabled_update': {
      const state = textOf(fieldOf(fieldOf(value, 'ban_info'), 'waba_ban_state')).toLowerCase();
      if (state === 'disable') return { usable: false };
      return state === 'reinstate' ? { usable: true } : {};
    }
    case 'account_restriction': {
      const ours = listOf(fieldOf(value, 'restriction_info')).filter(
        (one) => textOf(fieldOf(one, 'restriction_type')) === 'RESTRICTED_BIZ_INITIATED_MESSAGING',
      );
      if (ours.length === 0) return {};
      const ends = ours.map((one) => instantOf(fieldOf(one, 'expiration')));
      // One that does not say when it ends outlasts the others.
      return { usable: false, until: ends.includes(undefined) ? undefined : Math.max(...ends.map(Number)) };
    }
    default:
      return {};
  }
}

/** Seconds, or ISO 8601 as Meta writes it, with `+0000`. */
function instantOf(value: unknown): number | undefined {
  const seconds = secondsToMs(value);
  if (seconds !== undefined) return seconds;
  const text = shortText(value, 40);
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T/.test(text)) return undefined;
  const instant = Date.parse(text);
  return Number.isFinite(instant) ? instant : undefined;
}
