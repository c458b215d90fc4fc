import type { Channel, ChannelTraits, OutboundMessage, SendOutcome } from '../channels/channel.js';

/** A channel that sends nothing, remembers everything, and answers as told. */
export interface RecordingChannel extends Channel {
  /** Every attempt, in order. */
  readonly sent: readonly OutboundMessage[];
  /** Answers to give next, one per attempt; afterwards everything is accepted. */
  answer(...outcomes: readonly (SendOutcome | (() => SendOutcome | Promise<SendOutcome>))[]): void;
  /** Forgets attempts and pending answers. */
  reset(): void;
}

const known: Readonly<Record<string, Omit<ChannelTraits, 'id'>>> = {
  whatsapp: { address: 'phone', consent: 'required' },
  sms: { address: 'phone', consent: 'required' },
  email: { address: 'email', consent: 'contract', carries: ['copies', 'attachments'] },
  call: { address: 'phone', consent: 'contract', manual: true },
  letter: { address: 'postal', consent: 'contract', manual: true },
};

/**
 * A recording channel named like a real one, or with traits of its own.
 *
 * @example
 * const email = recordingChannel('email');
 * email.answer({ outcome: 'retry', scope: 'sender', code: 'smtp:421' });
 */
export function recordingChannel(
  id: string,
  traits: Partial<Omit<ChannelTraits, 'id'>> = {},
): RecordingChannel {
  const sent: OutboundMessage[] = [];
  const answers: (SendOutcome | (() => SendOutcome | Promise<SendOutcome>))[] = [];
  return {
    id,
    address: traits.address ?? known[id]?.address ?? 'none',
    consent: traits.consent ?? known[id]?.consent ?? 'off',
    carries: traits.carries ?? known[id]?.carries ?? [],
    manual: traits.manual ?? known[id]?.manual ?? false,
    sent,
    answer: (...outcomes) => {
      answers.push(...outcomes);
    },
    reset: () => {
      sent.length = 0;
      answers.length = 0;
    },
    send: async (message) => {
      sent.push(message);
      const next = answers.shift();
      if (next === undefined) return { outcome: 'accepted', providerId: `${id}-${sent.length}` };
      return typeof next === 'function' ? next() : next;
    },
  };
}
