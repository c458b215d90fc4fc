import { compile, type Engine } from '../../engine/index.js';
import { type CompiledMessages, hasText, textRefs } from '../../messages/index.js';
import { contentHash } from '../../policy/canonical.js';
import type { Documents } from '../../policy/types.js';
import type { TenantOptions } from '../handle/options.js';

/** Options of a tenant that decide beside its documents. */
export type Decisive = Pick<TenantOptions, 'channels' | 'scorer'>;

/** The engine that a tenant's documents and channels make. */
export function engineOf(
  documents: Documents,
  messages: CompiledMessages,
  { channels, scorer }: Decisive,
): Engine {
  return compile({
    ...documents,
    channels,
    hasText: (message, channel) => hasText(messages, message, channel),
    textOf: textRefs(documents.messages),
    scorer,
  });
}

/** Identity of all that decides beside the facts: documents, and what the engine knows of channels. */
export function documentsHash({ plan, policies, messages }: Documents, { channels }: Decisive): string {
  const traits = channels.map(({ id, address, consent, carries, manual }) => ({
    id,
    address,
    consent,
    carries,
    // Absent where nothing is done by hand, as in all that was written down before.
    ...(manual === true ? { manual } : {}),
  }));
  return contentHash({ plan, policies, messages, channels: traits });
}
