import type { Channel, OutboundMessage, SendOptions, SendOutcome } from '../channel.js';
import { defaultTimeout, type HttpTransport, postJson } from '../http.js';
import { longestTimeout, OptionCheck, withoutSlash } from '../options.js';
import { misconfiguredBefore, refusedBefore } from '../outcomes.js';
import { isPhone } from '../phone.js';
import { secretsOf, type WebhookSecret } from '../webhook-signature.js';
import { outcomeOfAnswer } from './answer.js';
import { templatePayload, windowPayload } from './payload.js';
import {
  checkTemplates,
  isTemplate,
  templateFor,
  type WhatsappTemplate,
  type WhatsappTemplateChoice,
  type WhatsappTemplateMap,
} from './templates.js';
import { receiveFromMeta } from './webhook/index.js';

export type { HttpBody, HttpRequest, HttpResponse, HttpTransport } from '../http.js';
export type { WebhookSecret } from '../webhook-signature.js';
export {
  type DerivedTemplateOptions,
  derivedTemplates,
  metaLanguage,
  type WhatsappTemplate,
  type WhatsappTemplateChoice,
  type WhatsappTemplateForms,
  type WhatsappTemplateMap,
} from './templates.js';

/** Options of {@link whatsapp}. */
export interface WhatsappOptions {
  /** Id of the business phone number at Meta (not the number itself). */
  readonly phoneNumberId: string;
  /** Access token of a system user with `whatsapp_business_messaging`. */
  readonly accessToken: string;
  /** Which approved template each message goes out as. */
  readonly templates: WhatsappTemplateMap | WhatsappTemplateChoice;
  /**
   * The app's secret, for webhooks: `receive` checks their signature with it. Several while it is being changed.
   * Without it the channel only sends.
   */
  readonly appSecret?: WebhookSecret | undefined;
  /** The token that Meta repeats when the webhook's address is set up. */
  readonly verifyToken?: string | undefined;
  /**
   * What goes out while the recipient's service window is open, that is, for a day after it wrote: the `text` itself,
   * which is free of charge, or the `template` all the same. Default `text`.
   */
  readonly insideWindow?: 'text' | 'template' | undefined;
  /** Version of the Graph API. Default `v25.0`. */
  readonly graphVersion?: string | undefined;
  /** Default `https://graph.facebook.com`. */
  readonly baseUrl?: string | undefined;
  /** How requests go out. Default: the built-in `fetch`. */
  readonly fetch?: HttpTransport | undefined;
  /** Milliseconds for one attempt. Default 15,000; below 10,000 a slow connect counts as unknown. */
  readonly timeout?: number | undefined;
}

/**
 * WhatsApp over Meta's Cloud API, by template messages, which may be sent at
 * any time. The act's key travels as `biz_opaque_callback_data` and comes back
 * in every status. Needs consent on record.
 *
 * Meta has no idempotency key: a time-out or a connection that breaks is
 * `unknown`, never a retry.
 *
 * @throws RecobroError `invalid_option`, listing every option that is wrong.
 *
 * @example
 * const channel = whatsapp({
 *   phoneNumberId: '106540352242922',
 *   accessToken: token,
 *   templates: derivedTemplates({ prefix: 'acme' }),
 * });
 */
export function whatsapp(options: WhatsappOptions): Channel {
  const { phoneNumberId, accessToken, templates, graphVersion = 'v25.0' } = options;
  const { baseUrl = 'https://graph.facebook.com', timeout = defaultTimeout } = options;
  const check = new OptionCheck('whatsapp');
  check.expect(/^\d{5,32}$/.test(phoneNumberId), 'phoneNumberId', 'must be the digits of a phone number id');
  check.expectToken(accessToken, 'accessToken');
  check.expect(/^v\d{1,3}\.\d$/.test(graphVersion), 'graphVersion', 'must look like v25.0');
  check.expectUrl(baseUrl, 'baseUrl');
  check.expectWhole(timeout, 'timeout', 1, longestTimeout);
  if (options.appSecret !== undefined) {
    const secrets = secretsOf(options.appSecret);
    check.expect(secrets.length > 0, 'appSecret', 'must be the secret of the app, or a list of them');
    for (const secret of secrets) check.expectToken(secret, 'appSecret');
  }
  if (options.verifyToken !== undefined) check.expectToken(options.verifyToken, 'verifyToken');
  const { insideWindow = 'text' } = options;
  check.expect(['text', 'template'].includes(insideWindow), 'insideWindow', "must be 'text' or 'template'");
  checkTemplates(check, templates);
  check.done();

  const transport: HttpTransport = options.fetch ?? ((url, request) => fetch(url, request));
  const url = `${withoutSlash(baseUrl)}/${graphVersion}/${phoneNumberId}/messages`;
  const headers = { authorization: `Bearer ${accessToken}` };
  return {
    id: 'whatsapp',
    address: 'phone',
    consent: 'required',
    async send(message: OutboundMessage, sendOptions: SendOptions): Promise<SendOutcome> {
      const payload = prepare(message, options, sendOptions.now);
      if ('outcome' in payload) return payload;
      const { signal } = sendOptions;
      const result = await postJson(transport, payload, { url, headers, timeout, signal });
      return outcomeOfAnswer(result, sendOptions);
    },
    ...receiving(options),
  };
}

/** Without a secret nothing can be checked, so nothing is received. */
function receiving({ appSecret, verifyToken, phoneNumberId }: WhatsappOptions): Pick<Channel, 'receive'> {
  if (appSecret === undefined) return {};
  const webhook = { appSecret, verifyToken, phoneNumberId };
  return { receive: async (request) => receiveFromMeta(request, webhook) };
}

/** Everything that can be found out before a call is made. */
function prepare(
  message: OutboundMessage,
  { templates, insideWindow = 'text' }: WhatsappOptions,
  now: number,
) {
  if (!isPhone(message.to)) return refusedBefore('whatsapp:invalid_recipient', 'recipient', true);
  if (message.content.kind !== 'text') return misconfiguredBefore('whatsapp:content_not_text', 'template');
  const free = insideWindow === 'text' ? windowPayload(message, now) : undefined;
  if (free !== undefined) return free;
  const template = choose(message, templates);
  if (template === 'failed') return misconfiguredBefore('whatsapp:template_choice_failed', 'template');
  if (template === undefined) return misconfiguredBefore('whatsapp:template_not_mapped', 'template');
  if (!isTemplate(template)) return misconfiguredBefore('whatsapp:template_invalid', 'template');
  return templatePayload(message, template) ?? misconfiguredBefore('whatsapp:variable_missing', 'template');
}

/** A host's own function may throw; nothing was sent then, and a person must look at it. */
function choose(
  message: OutboundMessage,
  templates: WhatsappOptions['templates'],
): WhatsappTemplate | 'failed' | undefined {
  try {
    return templateFor(templates, message);
  } catch {
    // The outcome carries it: `template_choice_failed`.
    return 'failed';
  }
}
