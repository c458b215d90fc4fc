import type { WebhookAnswer } from '../../channels/inbound.js';
import { isRecobroError } from '../../errors.js';
import { changeAccount } from '../change.js';
import type { Context } from '../context.js';
import { codeOf } from '../failures.js';
import { consentHeard } from '../inbound/consent.js';
import { recordId } from '../inbound/keys.js';
import { ownerOf, stopElsewhere } from '../inbound/message.js';
import { handlerOf, type WebhookHandler } from '../inbound/webhook.js';
import { dayOf } from '../outcomes.js';
import { follow, personOf } from './link.js';
import type { LinkClaims } from './token.js';

/** A request of a mail program has some hundred bytes. */
const largestForm = 16_384;
/** Mail programs say it again and again; whoever came back by their own word may leave again later. */
const sameWish = 3_600_000;

/**
 * One-click unsubscribing (RFC 8058). POST with `List-Unsubscribe=One-Click` unsubscribes at once, however often.
 * GET changes nothing, since scanners of mails follow every link: it shows a page with a button.
 */
export function unsubscribeOf(context: Context): WebhookHandler {
  return handlerOf(async ({ method, url, body }) => {
    const token = tokenIn(url);
    if (method === 'GET' || method === 'HEAD') return page(context, method);
    if (method !== 'POST') return { status: 405, headers: { allow: 'GET, HEAD, POST' } };
    if (token === undefined || body.length > largestForm || !isOneClick(body)) return plain(400);
    try {
      await unsubscribe(context, token, context.clock.now());
      return plain(200);
    } catch (error) {
      if (isRecobroError(error, 'invalid_link') || isRecobroError(error, 'unknown_id')) return plain(404);
      if (isRecobroError(error, 'expired_link')) return plain(410);
      context.logger.error('an unsubscription could not be taken in; whoever sent it may come again', {
        code: codeOf(error),
      });
      return { ...plain(503), headers: { ...quiet, 'retry-after': '30' } };
    }
  });
}

async function unsubscribe(context: Context, token: string, at: number): Promise<void> {
  const { claims, contact } = await follow(context, token, ['unsubscribe'], at);
  const { account, channel } = claims;
  if (contact === undefined || channel === undefined) return;
  const proof = recordId('unsubscribe', JSON.stringify([account, contact.id, channel, at]));
  await changeAccount(context, account, { at, actor: 'debtor' }, (file) => {
    personOf(file, claims);
    const known = file.heard?.find((one) => one.contact === contact.id && one.channel === channel);
    if (known?.state === 'withdrawn' && known.at > at - sameWish) return undefined;
    const on = dayOf(context, file, at);
    const who = { contact: contact.id };
    const owner = ownerOf(file);
    return {
      events: [
        {
          type: 'message.received',
          id: proof,
          channel,
          at,
          on,
          kind: 'unsubscribe',
          ...who,
          ...(owner === undefined ? {} : { owner }),
          intent: 'stop',
          confidence: 1,
          by: 'button',
        },
        ...heard(context, claims, who.contact, { at, on, proof }),
      ],
      next: () => 0,
      result: undefined,
    };
  });
  await stopElsewhere(context, contact, { account, channel, proof, at, only: channel });
}

/** A mail program's button is about mails: the other channels are another matter. */
function heard(
  { channels, conversation }: Context,
  { channel = '' }: LinkClaims,
  contact: string,
  when: { readonly at: number; readonly on: string; readonly proof: string },
): ReturnType<typeof consentHeard> {
  const own = { channels, conversation: { ...conversation, stops: 'channel' } as const };
  return consentHeard(own, { contact, channel, value: 'stop', ...when });
}

function tokenIn(url: string): string | undefined {
  if (!URL.canParse(url, 'https://host.invalid')) return undefined;
  const { searchParams, pathname } = new URL(url, 'https://host.invalid');
  const last = pathname.split('/').findLast((part) => part !== '');
  return searchParams.get('token') ?? last;
}

/** As a form in either of the two encodings that mail programs use. */
function isOneClick(body: Uint8Array): boolean {
  const text = new TextDecoder().decode(body);
  if (new URLSearchParams(text.trim()).get('List-Unsubscribe') === 'One-Click') return true;
  return /\bname="?List-Unsubscribe"?[^\r\n]*(?:\r?\n[^\r\n]+)*\r?\n\r?\nOne-Click\r?\n/i.test(text);
}

/** Addresses with tokens belong in no cache, no index and no referrer. */
const quiet = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
} as const;

function plain(status: number): WebhookAnswer {
  return { status, headers: quiet };
}

const words = {
  en: ['Stop these e-mails?', 'Stop'],
  es: ['¿Dejar de recibir estos correos?', 'Dejar de recibir'],
  pt: ['Deixar de receber estes e-mails?', 'Deixar de receber'],
} as const;

/** The same for everybody: it says nothing about whom the token is of. The form posts to the address that it came from. */
function page({ engine }: Context, method: string): WebhookAnswer {
  const language = engine.language.slice(0, 2);
  const [question, button] = language === 'es' || language === 'pt' ? words[language] : words.en;
  const headers = {
    ...quiet,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
  };
  if (method === 'HEAD') return { status: 200, headers };
  const body = `<!doctype html><html lang="${language in words ? language : 'en'}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${question}</title><form method="post"><p>${question}</p><button name="List-Unsubscribe" value="One-Click">${button}</button></form></html>`;
  return { status: 200, headers, body };
}
