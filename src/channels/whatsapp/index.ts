import type {
  Attachment,
  Channel,
  Misconfigured,
  OutboundMessage,
  Refused,
  SendOptions,
  SendOutcome,
} from '../channel.js';
import { linkOf } from '../filled.js';
import { defaultTimeout, type HttpTransport, postJson } from '../http.js';
import { longestTimeout, OptionCheck, withoutSlash } from '../options.js';
import { misconfiguredBefore, refusedBefore } from '../outcomes.js';
import { isPhone } from '../phone.js';
import { secretsOf, type WebhookSecret } from '../webhook-signature.js';
import { outcomeOfAnswer } from './answer.js';
import { checkLimits, limitsOf, type WhatsappLimits } from './limits.js';
import { MediaShelf } from './media.js';
import { type DocumentValue, type TemplatePayload, templatePayload } from './payload.js';
import {
  bringsDocuments,
  checkTemplates,
  isTemplate,
  templateFor,
  type WhatsappTemplate,
  type WhatsappTemplateChoice,
  type WhatsappTemplateMap,
} from './templates.js';
import { receiveFromMeta } from './webhook/index.js';
import { answerPayload, isWindowOpen, type WindowPayload, windowPayload } from './window.js';

export type { HttpBody, HttpRequest, HttpResponse, HttpTransport } from '../http.js';
export type { WebhookSecret } from '../webhook-signature.js';
export {
  type DefinedButton,
  type DefinedComponent,
  type TemplateDefinitionOptions,
  templateDefinitions,
  type WhatsappTemplateDefinition,
} from './definitions.js';
export type { WhatsappLimits } from './limits.js';
export {
  type TemplateFailure,
  type TemplateGap,
  type TemplateState,
  templateGaps,
  type WhatsappTemplates,
  type WhatsappTemplatesOptions,
  whatsappTemplates,
} from './management.js';
export type {
  WhatsappButton,
  WhatsappDocumentHeader,
  WhatsappLabel,
  WhatsappParts,
  WhatsappPhoneButton,
  WhatsappReplyButton,
  WhatsappUrlButton,
} from './parts.js';
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
  /**
   * The number as it is shown, such as `+52 55 1234 5678`. With it the webhook tells what concerns this number's
   * quality and throughput from what concerns others of the account.
   */
  readonly displayNumber?: string | undefined;
  /** Id of the business portfolio: its limit of people is shared with all numbers and tenants that name it. */
  readonly portfolioId?: string | undefined;
  /** What Meta lets out, where it is not the usual. */
  readonly limits?: WhatsappLimits | undefined;
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
   * What goes out while the recipient's service window is open, that is, for a day after it wrote: the `text` itself
   * with the template's buttons, which is free of charge, or the `template` all the same. Default `text`.
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

/** Milliseconds for handing a document over. */
const longestUpload = 60_000;

/**
 * WhatsApp over Meta's Cloud API, by template messages, which may be sent at
 * any time. The act's key travels as `biz_opaque_callback_data` and comes back
 * in every status. Needs consent on record.
 *
 * Carries attachments where a template has a document header: one PDF per
 * message, uploaded once and sent by its id while that lasts. A message with a
 * document never goes out without it.
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
  if (options.displayNumber !== undefined)
    check.expect(
      /\d{6}/.test(options.displayNumber.replace(/\D/g, '')),
      'displayNumber',
      'must be a phone number',
    );
  if (options.portfolioId !== undefined) check.expectToken(options.portfolioId, 'portfolioId');
  checkLimits(check, options.limits);
  checkTemplates(check, templates);
  check.done();

  const transport: HttpTransport = options.fetch ?? ((url, request) => fetch(url, request));
  const number = `${withoutSlash(baseUrl)}/${graphVersion}/${phoneNumberId}`;
  const url = `${number}/messages`;
  const headers = { authorization: `Bearer ${accessToken}` };
  const documents = bringsDocuments(templates);
  const shelf = new MediaShelf({
    transport,
    url: `${number}/media`,
    headers,
    timeout: Math.min(timeout, longestUpload),
  });
  return {
    id: 'whatsapp',
    address: 'phone',
    consent: 'required',
    number: phoneNumberId,
    ...(options.portfolioId === undefined ? {} : { account: `meta ${options.portfolioId}` }),
    limits: limitsOf(options.limits),
    ...(documents ? { carries: ['attachments'] } : {}),
    async send(message: OutboundMessage, sendOptions: SendOptions): Promise<SendOutcome> {
      const { attachments = [] } = message;
      const plan = prepare(message, documents ? attachments : [], options, sendOptions.now);
      if ('outcome' in plan) return plan;
      const { file, link } = plan;
      let document = link;
      let kept = false;
      if (file !== undefined) {
        const uploaded = await shelf.idFor(file, sendOptions);
        if ('id' in uploaded) {
          document = { id: uploaded.id, filename: file.name };
          kept = uploaded.kept === true;
        }
        // A link stands in for a file that Meta does not take; what may work later is tried again.
        else if (link === undefined || uploaded.failed.outcome !== 'refused') return uploaded.failed;
      }
      const payload = plan.build(document) ?? variableMissing;
      if ('outcome' in payload) return payload;
      const { signal } = sendOptions;
      // Both calls together stay below the time after which an attempt counts as lost.
      const rest = file === undefined ? timeout : Math.min(timeout, longestTimeout - longestUpload);
      const result = await postJson(transport, payload, { url, headers, timeout: rest, signal });
      const outcome = outcomeOfAnswer(result, sendOptions);
      if (file === undefined || outcome.outcome !== 'refused' || outcome.scope !== 'message') return outcome;
      // It may be for the document. One that was kept may have been forgotten at Meta, which a new upload cures.
      shelf.forget(file);
      return kept ? { outcome: 'retry', scope: 'message', code: outcome.code } : outcome;
    },
    ...receiving(options, shelf),
    templateOf(place) {
      const content = { kind: 'text', text: '', variables: {}, parameters: [] } as const;
      const chosen = choose({ ...place, ...nobody, content }, templates);
      return isTemplate(chosen) ? { name: chosen.name, language: chosen.language } : undefined;
    },
  };
}

/**
 * A value may be missing for one debtor alone, such as a payment link: the template is not held back for all others.
 */
const variableMissing = misconfiguredBefore('whatsapp:variable_missing', 'message');

/** For asking which template a message would go out as. */
const nobody = { key: '', tenant: '', account: '', to: '', thread: '' } as const;

/** Media that Meta could not load or use. */
const mediaFailures: readonly unknown[] = ['whatsapp:131052', 'whatsapp:131053'];

/** Without a secret nothing can be checked, so nothing is received. */
function receiving(
  { appSecret, verifyToken, phoneNumberId, displayNumber }: WhatsappOptions,
  shelf: MediaShelf,
): Pick<Channel, 'receive'> {
  if (appSecret === undefined) return {};
  const webhook = { appSecret, verifyToken, phoneNumberId, displayNumber };
  return {
    async receive(request) {
      const received = receiveFromMeta(request, webhook);
      const failed = received.events.some(
        (event) => event.type === 'status' && mediaFailures.includes(event.failure?.code),
      );
      if (failed) shelf.forgetAll();
      return received;
    },
  };
}

/** A message as it can go out once its document is at hand. */
interface Plan {
  /** What is uploaded first. */
  readonly file?: Attachment | undefined;
  /** In place of a file, or of one that is not taken. */
  readonly link?: DocumentValue | undefined;
  build(document: DocumentValue | undefined): WindowPayload | TemplatePayload | undefined;
}

/** Everything that can be found out before a call is made. */
function prepare(
  message: OutboundMessage,
  attachments: readonly Attachment[],
  { templates, insideWindow = 'text' }: WhatsappOptions,
  now: number,
): Plan | Refused | Misconfigured {
  if (!isPhone(message.to)) return refusedBefore('whatsapp:invalid_recipient', 'recipient', true);
  if (message.content.kind !== 'text') return misconfiguredBefore('whatsapp:content_not_text', 'template');
  if (message.answer !== undefined) {
    const build = () => answerPayload(message, now);
    return build() === undefined ? refusedBefore('whatsapp:window_closed', 'message') : { build };
  }
  const [file, ...more] = attachments;
  if (more.length > 0) return refusedBefore('whatsapp:too_many_documents', 'message');
  if (file !== undefined && file.type.toLowerCase() !== 'application/pdf')
    return refusedBefore('whatsapp:document_not_pdf', 'message');
  const chosen = choose(message, templates);
  const template = isTemplate(chosen) ? chosen : undefined;
  const link = template === undefined ? undefined : linkedDocument(template, message);
  const free =
    insideWindow === 'text' && isWindowOpen(message, now)
      ? (document: DocumentValue | undefined) =>
          windowPayload(message, now, { buttons: template?.buttons, document })
      : () => undefined;
  const any = file === undefined ? link : { id: 'to be uploaded', filename: file.name };
  if (free(any) !== undefined)
    return { file, link, build: (document) => free(document) ?? templated(document) };
  if (chosen === 'failed') return misconfiguredBefore('whatsapp:template_choice_failed', 'template');
  if (chosen === undefined) return misconfiguredBefore('whatsapp:template_not_mapped', 'template');
  if (template === undefined) return misconfiguredBefore('whatsapp:template_invalid', 'template');
  if (file !== undefined && template.header === undefined)
    return misconfiguredBefore('whatsapp:template_without_document', 'template');
  if (any === undefined && template.header !== undefined)
    return template.header.link === undefined
      ? misconfiguredBefore('whatsapp:document_missing', 'template')
      : variableMissing;
  if (templated(any) === undefined) return variableMissing;
  return { file, link, build: templated };

  function templated(document: DocumentValue | undefined): TemplatePayload | undefined {
    return template === undefined ? undefined : templatePayload(message, template, document);
  }
}

/** The document that a template's link leads to, for this message. */
function linkedDocument({ header }: WhatsappTemplate, message: OutboundMessage): DocumentValue | undefined {
  const link = header?.link === undefined ? undefined : linkOf(header.link, message);
  if (link === undefined) return undefined;
  return { link, ...(header?.filename === undefined ? {} : { filename: header.filename }) };
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
