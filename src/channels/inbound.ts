import type { FailureScope } from './channel.js';

/**
 * The receiving half of the channel port: what providers tell of messages that
 * went out, and what people answer. An adapter checks that a request is the
 * provider's, says what to answer it, and turns its body into events of one
 * neutral vocabulary. It changes nothing, remembers nothing and never throws
 * for what a body holds: unknown fields, statuses and types become `ignored`.
 */

/** A request of a provider, as raw as it came: signatures cover bytes. */
export interface WebhookRequest {
  /** Upper case, such as `POST`. */
  readonly method: string;
  /** The whole address that the provider called, with its query: some sign it. */
  readonly url: string;
  /** Value of a header by its name in any case; several of one name are joined with `, `. */
  readonly header: (name: string) => string | undefined;
  /** The body as it came; empty where there was none. */
  readonly body: Uint8Array;
}

/** What to answer a provider, at once. */
export interface WebhookAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
}

/** What a request came to. */
export interface Received {
  readonly answer: WebhookAnswer;
  /** In the order of the body; empty where it was refused or tells of nothing. */
  readonly events: readonly ChannelEvent[];
  /**
   * Why the request was not taken: `signature` (missing or wrong), `expired` (outside the replay window),
   * `too_large`, `malformed` (no body of that provider), `method`. Never a part of the request.
   */
  readonly refused?: 'signature' | 'expired' | 'too_large' | 'malformed' | 'method' | undefined;
}

/** Options of `Channel.receive`. */
export interface ReceiveOptions {
  /** When the request came, in milliseconds since 1970: for replay windows. */
  readonly now: number;
}

/** Who wrote, or whom a message went to, as far as the provider says. At least one of `address` and `userId`. */
export interface Party {
  /** E.164 with plus sign, or an e-mail address in lower case. */
  readonly address?: string | undefined;
  /** The provider's own id of the person (a business-scoped user id), which stays when the number is hidden. */
  readonly userId?: string | undefined;
  /** As the person calls itself. */
  readonly name?: string | undefined;
}

interface EventBase {
  /** `meta`, `twilio`, `ses`, `sendgrid`, `postmark`, `resend`, `smtp` or an adapter's own. */
  readonly provider: string;
  /** The same for each delivery of one event, different for any two events; unique within the channel. */
  readonly key: string;
  /** When it happened, by the provider's clock, in milliseconds. */
  readonly at?: number | undefined;
}

/**
 * How far a message has come. They are ordered: accepted < sent = deferred <
 * delivered < read, and only the highest counts, whatever comes when. `failed`
 * and its kin are final only where nothing of `delivered` or more was seen.
 */
export type MessageStatus =
  | 'accepted'
  | 'sent'
  /** Put off by the receiving side; the provider goes on trying. */
  | 'deferred'
  | 'delivered'
  | 'read'
  /** Surely not delivered, and the provider gave up. */
  | 'failed'
  /** Taken back before it went out. */
  | 'canceled';

/** Something became of a message that went out. */
export interface StatusEvent extends EventBase {
  readonly type: 'status';
  readonly status: MessageStatus;
  /** The provider's id of the message. */
  readonly providerId?: string | undefined;
  /** What travelled with it: `callbackKey(message)`. What is none of these names no act. */
  readonly correlation?: string | undefined;
  readonly to?: Party | undefined;
  /** Why it failed or was deferred. */
  readonly failure?: StatusFailure | undefined;
  /** Whether it is to be paid for, where the provider says so. */
  readonly billing?: { readonly type: string; readonly category?: string | undefined } | undefined;
  /** Opened or clicked: made by scanners too, so that nothing is decided by them. */
  readonly trace?: 'opened' | 'clicked' | undefined;
}

export interface StatusFailure {
  /** As in send outcomes: `whatsapp:131026`, `twilio:30003`, `smtp:550-5.1.1`. */
  readonly code: string;
  readonly scope: FailureScope;
  /** Whether the same message may get through later. */
  readonly temporary: boolean;
  readonly addressUnusable?: boolean | undefined;
  readonly optedOut?: boolean | undefined;
  /** The person marked it as spam: as an opt-out, and worth an alarm. */
  readonly complained?: boolean | undefined;
}

/** What kind of thing a person sent. */
export type InboundKind =
  | 'text'
  | 'button'
  | 'list'
  | 'media'
  | 'location'
  | 'contact'
  | 'reaction'
  | 'unsupported'
  | 'email'
  | 'auto-reply';

/** A person (or a person's mail system) wrote. */
export interface InboundMessage extends EventBase {
  readonly type: 'message';
  readonly kind: InboundKind;
  readonly from: Party;
  /** Which of our senders it came to. */
  readonly to?: string | undefined;
  /** The provider's id of this message. */
  readonly providerId: string;
  /** At most 16,000 characters; longer ones are cut and `cut` says so. Personal data. */
  readonly text?: string | undefined;
  readonly cut?: boolean | undefined;
  /** Subject of an e-mail. */
  readonly subject?: string | undefined;
  /** What the button or list row that was pressed carries. */
  readonly payload?: string | undefined;
  /** Files: the provider's ids or addresses, never their content. */
  readonly media?:
    | readonly { readonly id: string; readonly type: string; readonly name?: string | undefined }[]
    | undefined;
  /** Provider's id of the message that this answers; of e-mails the Message-ID. */
  readonly replyTo?: string | undefined;
  /** Further Message-IDs of the thread, nearest first. */
  readonly references?: readonly string[] | undefined;
  /** Nobody has proved who wrote: whatever it says, a person looks at it. */
  readonly unproven?: true | undefined;
  /** What the provider itself took it for; it has answered already and stops by itself. */
  readonly keyword?: 'stop' | 'start' | 'help' | undefined;
  /** Until when free-form answers may be sent, in milliseconds: WhatsApp's service window. */
  readonly windowUntil?: number | undefined;
}

/** A person told the provider what it wants to get. */
export interface ConsentEvent extends EventBase {
  readonly type: 'consent';
  readonly from: Party;
  readonly value: 'stop' | 'resume';
  /** `marketing` leaves reminders of debts alone; `channel` stops everything. */
  readonly scope: 'marketing' | 'channel';
}

/** A message template's standing changed. */
export interface TemplateEvent extends EventBase {
  readonly type: 'template';
  readonly name: string;
  readonly language?: string | undefined;
  /** The provider's word in lower case: `approved`, `rejected`, `paused`, `disabled`, `flagged`, `category`. */
  readonly event: string;
  /** Whether it can be sent now; absent where the event does not say. */
  readonly usable?: boolean | undefined;
  readonly category?: string | undefined;
  /** The provider's code of a reason, never free text. */
  readonly reason?: string | undefined;
}

/** A person is reached at another address from now on. */
export interface AddressEvent extends EventBase {
  readonly type: 'address';
  readonly from: Party;
  readonly now: Party;
}

/** Standing of a sender, or of the account that it belongs to: quality, limits, throughput, restrictions. */
export interface SenderEvent extends EventBase {
  readonly type: 'sender';
  /** The sender's id at the provider, or its account's. */
  readonly sender: string;
  /** Which of the channel's senders is meant, where it has several and it can be told. */
  readonly via?: string | undefined;
  /** The provider's word in lower case. */
  readonly event: string;
  /** People in 24 hours, outside of their service windows, that the provider grants the account; `null` for unlimited. */
  readonly limit?: number | null | undefined;
  /** Messages per second that the provider grants the sender. */
  readonly perSecond?: number | undefined;
  readonly quality?: 'high' | 'medium' | 'low' | undefined;
  /** Whether messages can be sent now; absent where the event does not say. */
  readonly usable?: boolean | undefined;
  /** Until when they cannot, in milliseconds, where the provider says so. */
  readonly until?: number | undefined;
}

/** Nothing that recobro knows; kept so that nothing is lost in silence. */
export interface IgnoredEvent extends EventBase {
  readonly type: 'ignored';
  /** The provider's type or status, cut to 64 characters. */
  readonly what: string;
}

/** What a provider tells. */
export type ChannelEvent =
  | StatusEvent
  | InboundMessage
  | ConsentEvent
  | TemplateEvent
  | AddressEvent
  | SenderEvent
  | IgnoredEvent;
