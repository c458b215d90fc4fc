import type { ChannelTraits } from '../contact/traits.js';
import type { ChannelSender, Overflow, Sending } from './capacity.js';
import type { Received, ReceiveOptions, WebhookRequest } from './inbound.js';
import type { Mailbox } from './mailbox.js';

/**
 * The port between the shell and a channel. An adapter renders nothing of its
 * own: it is handed finished texts and an address, makes exactly one attempt
 * per call, and says what became of it in one of five outcomes.
 */

/**
 * How far a failure reaches: what should not be tried again for now. `pair` is
 * this sender with this recipient; `account` is the whole account at the
 * provider, which also stands for "the provider cannot be reached".
 */
export type FailureScope = 'message' | 'recipient' | 'pair' | 'template' | 'sender' | 'account';

/** The provider took it. Accepted is not delivered. */
export interface Accepted {
  readonly outcome: 'accepted';
  /** The provider's id of the message. */
  readonly providerId: string;
  /** Further ids by which callbacks and answers may name it, such as the Message-ID of a mail. */
  readonly aliases?: readonly string[] | undefined;
  /** The provider took it but keeps it back for now and may still drop it; its callbacks tell. */
  readonly held?: boolean | undefined;
}

/** Surely not sent; may work later (throttled, overloaded, temporarily unreachable before anything was handed over). */
export interface RetryLater {
  readonly outcome: 'retry';
  readonly scope: FailureScope;
  /**
   * Provider's code behind the protocol that it belongs to: `whatsapp:131056`,
   * `twilio:21610`, `smtp:550-5.1.1`, `http:503`. Never an address, a text or a secret.
   */
  readonly code: string;
  /** Milliseconds that the provider asked to wait; absent: the shell's own schedule. */
  readonly after?: number | undefined;
}

/** Surely not sent and never will be (bad number, blocked, template rejected). The next channel may be tried. */
export interface Refused {
  readonly outcome: 'refused';
  readonly scope: FailureScope;
  readonly code: string;
  /** Whether the address itself is the fault, so that it should not be used again on this channel. */
  readonly addressUnusable?: boolean | undefined;
  /** Whether the person has told the provider to stop: consent for this channel is withdrawn. */
  readonly optedOut?: boolean | undefined;
  /** `false`: found before the provider was called, so that it does not say that the provider works. */
  readonly called?: false | undefined;
}

/** Surely not sent because of the host's own set-up (credentials, sender, template missing); a person must act. */
export interface Misconfigured {
  readonly outcome: 'misconfigured';
  readonly scope: FailureScope;
  readonly code: string;
  /** As of {@link Refused}. */
  readonly called?: false | undefined;
}

/** It may or may not have gone out (time-out or broken connection after the request left). Never retried blindly. */
export interface Unknown {
  readonly outcome: 'unknown';
  readonly code: string;
}

/** What became of one attempt. */
export type SendOutcome = Accepted | RetryLater | Refused | Misconfigured | Unknown;

/** Which message is looked up at a provider. */
export interface LookupQuery {
  /** The act's id, as `OutboundMessage.key` had it. */
  readonly key: string;
  readonly tenant: string;
  readonly account: string;
  /** The instant of the call whose answer is missing, or of its being missed, in milliseconds: look around it. */
  readonly since: number;
  /** Calls made with this key. */
  readonly attempts: number;
}

/**
 * What a provider knows of a message. `absent` says that it surely has not
 * taken it and surely will not: only for providers whose look-up misses
 * nothing that was taken. Everything else is `unknown`.
 */
export type LookupOutcome =
  | { readonly outcome: 'accepted'; readonly providerId: string }
  | { readonly outcome: 'absent' }
  | Unknown;

/** Finished texts for one channel, rendered from the catalogue. */
export type RenderedContent =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly variables: Readonly<Record<string, string>>;
      readonly parameters: readonly TemplateParameter[];
    }
  | { readonly kind: 'email'; readonly subject: string; readonly text: string; readonly html: string };

/** One placeholder of the text with its value, in order of first appearance: what template sends need. */
export interface TemplateParameter {
  readonly name: string;
  readonly value: string;
}

/** A file that goes with a message. */
export interface Attachment {
  /** Name of the file as the reader sees it: one line, no path. */
  readonly name: string;
  /** Media type, such as `application/pdf`. */
  readonly type: string;
  readonly content: Uint8Array;
}

export type { Mailbox };

/** One message to one address. */
export interface OutboundMessage {
  /**
   * The act's id, the same for every attempt. Tenants may call theirs the same: hand `callbackKey(message)` to the
   * provider, as its idempotency key and as the reference that its callbacks bring back.
   */
  readonly key: string;
  readonly tenant: string;
  readonly account: string;
  /** E.164 phone number or e-mail address, as the channel's `address` says. */
  readonly to: string;
  /** Which of the channel's senders it goes by, where the channel has several. */
  readonly via?: string | undefined;
  /** Name of the person, for e-mail headers. */
  readonly toName?: string | undefined;
  /** Message id of the catalogue, and whether the form for several items is meant. */
  readonly message: string;
  readonly form: 'one' | 'many';
  /** The language that the text is in, BCP 47. */
  readonly language: string;
  readonly content: RenderedContent;
  /**
   * Until when the recipient may be answered in any words on this channel, in milliseconds: it wrote lately. Absent:
   * only with approved templates, where a channel has such.
   */
  readonly windowUntil?: number | undefined;
  /**
   * Of an answer in words of its own to what the recipient wrote: never to go out as a template. `content` has all of
   * it; a channel with buttons may show `text` and the options instead.
   */
  readonly answer?: AnswerParts | undefined;
  /** Groups messages about the same debts, for e-mail threads: stable over the life of the case. */
  readonly thread: string;
  /**
   * Who gets a copy. Only for channels that carry `copies`; each may be left
   * out where it cannot be delivered, and none decides what became of the message.
   */
  readonly copies?: readonly Mailbox[] | undefined;
  /** Only for channels that carry `attachments`. A message never goes without one of them. */
  readonly attachments?: readonly Attachment[] | undefined;
  /** Sender in place of the channel's own, where the sender profile names one. Channels without e-mail senders ignore it. */
  readonly from?: Mailbox | undefined;
  /** Where answers go, where the sender profile says so. */
  readonly replyTo?: Mailbox | undefined;
  /**
   * The https address at which one click of a mail program stops the mails of this recipient (RFC 8058). Absent: the
   * message does not offer it. Channels other than e-mail ignore it.
   */
  readonly unsubscribe?: string | undefined;
}

/** What an answer consists of. */
export interface AnswerParts {
  /** The provider's id of the message that it answers; of e-mails the Message-ID. */
  readonly to?: string | undefined;
  /** The words without the options. */
  readonly text: string;
  /** What the reader may choose: up to three. `payload` is what comes in when it is. */
  readonly options: readonly { readonly title: string; readonly payload: string }[];
}

/** Options of one attempt. */
export interface SendOptions {
  readonly signal?: AbortSignal | undefined;
  /** The instant of the attempt in milliseconds, for date headers. */
  readonly now: number;
  /** Which attempt of this message it is, from 1 (the default): some providers ask for growing waits. */
  readonly attempt?: number | undefined;
}

export type { ChannelTraits };

/**
 * A channel adapter.
 *
 * Promises: `send` makes at most one attempt, never throws for what a provider
 * or network does (that is an outcome), and answers `unknown` whenever the
 * message may have left. It throws only for misuse by the programmer.
 */
export interface Channel extends ChannelTraits, Sending {
  /**
   * Of a channel that people are (`manual`): how often somebody is tried who does not answer, and the milliseconds
   * from one try to the next. Default: once, and the next place of the chain has its turn.
   */
  readonly tries?: { readonly most: number; readonly wait: number } | undefined;
  /** Its senders, where it has several: each message says by which of them it goes, and people keep theirs. */
  readonly senders?: readonly ChannelSender[] | undefined;
  /** Whether another sender may stand in for one that is full. Default `fresh`. */
  readonly overflow?: Overflow | undefined;
  send(message: OutboundMessage, options: SendOptions): Promise<SendOutcome>;
  /**
   * Asks the provider whether it took a message whose answer got lost. Only for providers that find a message
   * by a key of the sender's. Never throws for what a provider or network does; that is `unknown`.
   */
  lookup?(
    query: LookupQuery,
    options: { readonly now: number; readonly signal?: AbortSignal | undefined },
  ): Promise<LookupOutcome>;
  /**
   * Checks and reads a provider's webhook. Makes no network call but what verifying needs, remembers nothing, and
   * never throws for what a request holds. Without it the channel only sends.
   */
  receive?(request: WebhookRequest, options: ReceiveOptions): Promise<Received>;
  /**
   * The approved template that a message goes out as, by the provider's name and language code. With it messages
   * are held back once a webhook says that their template cannot be sent. Never throws.
   */
  templateOf?(
    place: Pick<OutboundMessage, 'message' | 'form' | 'language'>,
  ): { readonly name: string; readonly language: string } | undefined;
  /** Frees what the adapter itself opened. */
  close?(): Promise<void>;
}
