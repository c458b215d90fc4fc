/**
 * What must be known of a channel to choose it. Adapters carry these members;
 * a simulation may name a channel that has no adapter at all.
 */
export interface ChannelTraits {
  /** `whatsapp`, `sms`, `email` or a name of one's own. */
  readonly id: string;
  /** Which address of a contact it uses; `none` needs none. */
  readonly address: 'phone' | 'email' | 'postal' | 'none';
  /** Consent needed unless the plan says otherwise. */
  readonly consent: 'required' | 'contract' | 'off';
  /** What it can bring along with a message. Default nothing: copies and attachments of a stage are then left out. */
  readonly carries?: readonly Carried[] | undefined;
  /** A person does it: what would be sent waits as a task for somebody to do and tell the outcome of. Default `false`. */
  readonly manual?: boolean | undefined;
}

/** What a message may bring along beside its text. */
export type Carried = 'copies' | 'attachments';

/** The channels that recobro ships adapters for. */
export const shippedChannels: readonly ChannelTraits[] = [
  { id: 'whatsapp', address: 'phone', consent: 'required' },
  { id: 'sms', address: 'phone', consent: 'required' },
  { id: 'email', address: 'email', consent: 'contract', carries: ['copies', 'attachments'] },
  { id: 'call', address: 'phone', consent: 'contract', manual: true },
  { id: 'letter', address: 'postal', consent: 'contract', manual: true },
];

/** Needs neither consent nor address: for simulations and for tests of a ladder alone. */
export const neutralChannel: ChannelTraits = { id: 'neutral', address: 'none', consent: 'off' };
