import type { CallbackOf } from '../../callback-key.js';
import type { Received, ReceiveOptions, WebhookRequest } from '../../inbound.js';

/** How the mails of one provider are recognised again in what it tells. */
export interface MailWebhook {
  /** Headers for each mail that bring its key back, as `callbackKey` writes it; default none. */
  readonly headers?: ((message: CallbackOf) => Readonly<Record<string, string>>) | undefined;
  receive(request: WebhookRequest, options: ReceiveOptions): Promise<Received>;
}

/** Signed requests older or newer than this are refused, unless a provider repeats them unchanged. */
export const replayWindow = 5 * 60_000;
