import { createHash } from 'node:crypto';
import type { WebhookRequest } from '../../inbound.js';
import { fromBase64, fromHex, sameBytes, signedBy } from '../../webhook-signature.js';

/**
 * Whether Twilio signed a request: base64 of HMAC-SHA1 over the address that it called, followed by each parameter
 * of the body as name and value, by name, repeated values once and in order. Of JSON bodies the address carries the
 * hash and is signed alone. Twilio leaves a standard port in or out, so both are tried
 * (twilio/twilio-node src/webhooks/webhooks.ts).
 *
 * @param url the address as Twilio knows it, which behind a proxy is not the one that arrived
 */
export function signedByTwilio(request: WebhookRequest, url: URL, tokens: readonly string[]): boolean {
  const given = fromBase64(request.header('x-twilio-signature') ?? '');
  const hash = url.searchParams.get('bodySHA256');
  if (hash !== null && !sameBytes(createHash('sha256').update(request.body).digest(), fromHex(hash)))
    return false;
  const rest = hash === null ? parametersOf(request.body) : '';
  return addresses(url)
    .map((address) => signedBy(tokens, 'sha1', given, address, rest))
    .includes(true);
}

/** The form as a map; a name that stands twice with all its values. */
export function formOf(body: Uint8Array): URLSearchParams {
  return new URLSearchParams(new TextDecoder().decode(body));
}

function parametersOf(body: Uint8Array): string {
  const form = formOf(body);
  const names = [...new Set(form.keys())].sort();
  return names
    .flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => `${name}${value}`))
    .join('');
}

function addresses(url: URL): readonly string[] {
  const { protocol, host, hostname, pathname, search } = url;
  const rest = `${pathname}${search}`;
  if (url.port !== '') return [`${protocol}//${host}${rest}`, `${protocol}//${hostname}${rest}`];
  const port = protocol === 'https:' ? 443 : 80;
  return [`${protocol}//${host}${rest}`, `${protocol}//${hostname}:${port}${rest}`];
}
