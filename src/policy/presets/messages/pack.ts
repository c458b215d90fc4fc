import type { MessageAbout, MessageTexts } from '../../types.js';

/** Messages that the presets are made of. */
export type PresetMessage =
  /** Before the due date. */
  | 'upcoming'
  /** On the due date, and on no other day. */
  | 'due-today'
  /** Everything that is open, due or not: no reproach in it. */
  | 'statement'
  /** First word after the due date. */
  | 'reminder'
  /** Asks for a payment date. */
  | 'follow-up'
  /** Asks for payment, or for a date in writing. */
  | 'firm'
  /** Firm, and true however often it is repeated: counts nothing and calls nothing the last. */
  | 'standing-reminder'
  /** A service may be stopped, on terms agreed. */
  | 'service-warning'
  /** A service is stopped, on terms agreed. */
  | 'service-stopped'
  /** Formal, never threatening. */
  | 'collection-notice'
  /** The last reminder; what follows is what was agreed. */
  | 'final-notice'
  /** On payment. */
  | 'thanks'
  /** On a promise to pay. */
  | 'promise-noted'
  /** On a dispute. */
  | 'dispute-noted'
  /** On a payment that is reported and not booked yet. */
  | 'payment-noted';

/** The texts of all preset messages in one language. */
export type MessagePack = Readonly<Record<PresetMessage, MessageTexts>>;

/** What each message is about. */
export const aboutOf: Readonly<Record<PresetMessage, MessageAbout>> = {
  upcoming: 'items',
  'due-today': 'items',
  statement: 'items',
  reminder: 'items',
  'follow-up': 'items',
  firm: 'items',
  'standing-reminder': 'items',
  'service-warning': 'items',
  'service-stopped': 'items',
  'collection-notice': 'items',
  'final-notice': 'items',
  thanks: 'payment',
  'promise-noted': 'promise',
  'dispute-noted': 'dispute',
  'payment-noted': 'report',
};
