import type { MessageAbout, MessageTexts, TextVariant } from '../../types.js';

/** Messages that the presets are made of. */
export type PresetMessage =
  /** Before the due date. */
  | 'upcoming'
  /** On the due date. */
  | 'due-today'
  /** First word after the due date. */
  | 'reminder'
  /** Asks for a payment date. */
  | 'follow-up'
  | 'firm'
  /** Formal, never threatening. */
  | 'collection-notice'
  /** On payment. */
  | 'thanks';

/** The texts of all preset messages in one language. */
export type MessagePack = Readonly<Record<PresetMessage, MessageTexts>>;

/** What each message is about. */
export const aboutOf: Readonly<Record<PresetMessage, MessageAbout>> = {
  upcoming: 'items',
  'due-today': 'items',
  reminder: 'items',
  'follow-up': 'items',
  firm: 'items',
  'collection-notice': 'items',
  thanks: 'payment',
};

/**
 * Both forms of a text from one wording. Messages for several items may cover
 * stages of several ages, so they say only what holds for each of them.
 */
export function forms(one: string, many: string): TextVariant {
  return { one, many };
}

/** Paragraphs of an e-mail or a WhatsApp text. */
export function paragraphs(...blocks: readonly string[]): string {
  return blocks.join('\n\n');
}
