import { createHmac } from 'node:crypto';
import type { WebhookRequest } from '../../../src/index.js';

/** A request as a provider makes it. */
export function request(
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
  { method = 'POST', url = 'https://acme.example/hooks/whatsapp' } = {},
): WebhookRequest {
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method,
    url,
    header: (name) => lower.get(name.toLowerCase()),
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
  };
}

export function hex(secret: string, ...parts: readonly (string | Uint8Array)[]): string {
  const hmac = createHmac('sha256', secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}
