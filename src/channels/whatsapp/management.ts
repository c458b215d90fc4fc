import type { Attachment, Misconfigured, Refused, RetryLater, SendOutcome, Unknown } from '../channel.js';
import { defaultTimeout, get, type HttpResult, type HttpTransport, post, postJson } from '../http.js';
import { fieldOf, idOf, parseJson, textOf, wholeOf } from '../json.js';
import { longestTimeout, OptionCheck, withoutSlash } from '../options.js';
import { outcomeOfAnswer } from './answer.js';
import type { WhatsappTemplateDefinition } from './definitions.js';

/** Options of {@link whatsappTemplates}. */
export interface WhatsappTemplatesOptions {
  /** Id of the WhatsApp Business Account. */
  readonly wabaId: string;
  /** Access token with `whatsapp_business_management`. */
  readonly accessToken: string;
  /** Version of the Graph API. Default `v25.0`. */
  readonly graphVersion?: string | undefined;
  /** Default `https://graph.facebook.com`. */
  readonly baseUrl?: string | undefined;
  /** How requests go out. Default: the built-in `fetch`. */
  readonly fetch?: HttpTransport | undefined;
  /** Milliseconds for one call. Default 15,000. */
  readonly timeout?: number | undefined;
}

/** Why a call came to nothing: the outcomes of sends, by the same codes. */
export type TemplateFailure = RetryLater | Refused | Misconfigured | Unknown;

/** Where a template stands with Meta. Words that are not known yet come as they are, in lower case. */
export interface TemplateState {
  readonly id: string;
  readonly name: string;
  /** Meta's code. */
  readonly language: string;
  /** `approved`, `pending`, `rejected`, `paused`, `disabled`, … Only approved ones can be sent. */
  readonly status: string;
  /** `utility`, or what Meta made of it: `marketing` costs more and reaches fewer. */
  readonly category: string;
  /** Why it was rejected, in Meta's word. */
  readonly reason?: string | undefined;
  /** Seconds; absent: 30 days. */
  readonly ttlSeconds?: number | undefined;
  readonly body?: string | undefined;
}

/** Templates of a WhatsApp Business Account. */
export interface WhatsappTemplates {
  /**
   * Hands a template in for approval. `unknown`: it may have arrived; {@link WhatsappTemplates.status} tells, and
   * handing it in again makes no second one.
   */
  submit(definition: WhatsappTemplateDefinition): Promise<
    | {
        readonly outcome: 'submitted';
        readonly id: string;
        readonly status: string;
        readonly category: string;
      }
    | TemplateFailure
  >;
  /** Where a template stands; without a state there is none of that name and language. */
  status(
    name: string,
    language: string,
  ): Promise<{ readonly outcome: 'found'; readonly template?: TemplateState | undefined } | TemplateFailure>;
  /** All templates of the account. */
  list(): Promise<
    { readonly outcome: 'listed'; readonly templates: readonly TemplateState[] } | TemplateFailure
  >;
  /**
   * Uploads an example of a document for reviewers; its handle goes into `templateDefinitions`. It lasts about a day.
   *
   * @param appId id of the app at Meta that the access token belongs to
   */
  exampleDocument(
    appId: string,
    file: Attachment,
  ): Promise<{ readonly outcome: 'uploaded'; readonly handle: string } | TemplateFailure>;
}

const fields = 'id,name,language,status,category,rejected_reason,message_send_ttl_seconds,components';
/** With their components so many surely fit into an answer that is read whole. */
const page = 20;
/** Meta allows 6,000 templates; a list that goes on beyond is no list. */
const mostPages = 400;

/**
 * Hands templates in for approval and tells where they stand. Meta allows 100 new templates and 200 calls an hour
 * (5,000 for active accounts).
 *
 * @example
 * const templates = whatsappTemplates({ wabaId, accessToken });
 * for (const definition of templateDefinitions(templatesOf(compiled))) await templates.submit(definition);
 * @throws RecobroError `invalid_option`, listing every option that is wrong
 */
export function whatsappTemplates(options: WhatsappTemplatesOptions): WhatsappTemplates {
  const { wabaId, accessToken, graphVersion = 'v25.0', timeout = defaultTimeout } = options;
  const { baseUrl = 'https://graph.facebook.com' } = options;
  const check = new OptionCheck('whatsappTemplates');
  check.expect(/^\d{5,32}$/.test(wabaId), 'wabaId', 'must be the digits of a WhatsApp Business Account id');
  check.expectToken(accessToken, 'accessToken');
  check.expect(/^v\d{1,3}\.\d$/.test(graphVersion), 'graphVersion', 'must look like v25.0');
  check.expectUrl(baseUrl, 'baseUrl');
  check.expectWhole(timeout, 'timeout', 1, longestTimeout);
  check.done();

  const transport: HttpTransport = options.fetch ?? ((url, request) => fetch(url, request));
  const root = `${withoutSlash(baseUrl)}/${graphVersion}`;
  const url = `${root}/${wabaId}/message_templates`;
  const headers = { authorization: `Bearer ${accessToken}` };

  async function listed(query: Readonly<Record<string, string>>): Promise<TemplateState[] | TemplateFailure> {
    const templates: TemplateState[] = [];
    const seen = new Set<string>();
    let after: string | undefined;
    while (seen.size < mostPages) {
      const search = new URLSearchParams({ ...query, fields, limit: String(page), ...(after && { after }) });
      const result = await get(transport, { url: `${url}?${search}`, headers, timeout });
      const body = answerOf(result);
      const data = fieldOf(body, 'data');
      if (!Array.isArray(data)) return failureOf(result);
      templates.push(...data.flatMap((one) => stateOf(one) ?? []));
      const paging = fieldOf(body, 'paging');
      after =
        fieldOf(paging, 'next') === undefined
          ? undefined
          : idOf(fieldOf(fieldOf(paging, 'cursors'), 'after'));
      // A list that turns in circles would use up the 200 calls of an hour.
      if (after === undefined || seen.has(after)) return templates;
      seen.add(after);
    }
    return templates;
  }

  return {
    async submit(definition) {
      const result = await postJson(transport, definition, { url, headers, timeout });
      const body = answerOf(result);
      const id = idOf(fieldOf(body, 'id'));
      if (id === undefined) return failureOf(result);
      return { outcome: 'submitted', id, status: wordOf(body, 'status'), category: wordOf(body, 'category') };
    },
    async status(name, language) {
      const templates = await listed({ name });
      if (!Array.isArray(templates)) return templates;
      const template = templates.find((one) => one.name === name && one.language === language);
      return { outcome: 'found', template };
    },
    async list() {
      const templates = await listed({});
      return Array.isArray(templates) ? { outcome: 'listed', templates } : templates;
    },
    async exampleDocument(appId, { name, type, content }) {
      const query = new URLSearchParams({
        file_name: name,
        file_length: String(content.byteLength),
        file_type: type,
      });
      const place = `${root}/${encodeURIComponent(appId)}/uploads?${query}`;
      const begun = await post(transport, { url: place, headers, body: '', timeout });
      const session = idOf(fieldOf(answerOf(begun), 'id'));
      if (session === undefined) return failureOf(begun);
      // The upload itself wants the token under another word than every other call.
      const upload = { authorization: `OAuth ${accessToken}`, file_offset: '0', 'content-type': type };
      const done = await post(transport, {
        url: `${root}/${session}`,
        headers: upload,
        body: new Uint8Array(content),
        timeout,
      });
      const handle = textOf(fieldOf(answerOf(done), 'h'));
      return handle === '' ? failureOf(done) : { outcome: 'uploaded', handle };
    },
  };
}

function answerOf(result: HttpResult): unknown {
  return result.kind === 'answered' && result.status < 300 ? parseJson(result.body) : undefined;
}

/** The time of day makes no difference here: a wait that is given as a date is left to the caller. */
function failureOf(result: HttpResult): TemplateFailure {
  const outcome: SendOutcome = outcomeOfAnswer(result, { now: 0 });
  return outcome.outcome === 'accepted' ? { outcome: 'unknown', code: 'whatsapp:unread_answer' } : outcome;
}

function stateOf(value: unknown): TemplateState | undefined {
  const [id, name, language] = [fieldOf(value, 'id'), fieldOf(value, 'name'), fieldOf(value, 'language')].map(
    idOf,
  );
  if (id === undefined || name === undefined || language === undefined) return undefined;
  const reason = wordOf(value, 'rejected_reason');
  const ttl = wholeOf(fieldOf(value, 'message_send_ttl_seconds'));
  const parts = fieldOf(value, 'components');
  const body = Array.isArray(parts)
    ? textOf(
        fieldOf(
          parts.find((part) => wordOf(part, 'type') === 'body'),
          'text',
        ),
      )
    : '';
  return {
    id,
    name,
    language,
    status: wordOf(value, 'status'),
    category: wordOf(value, 'category'),
    ...(reason === '' || reason === 'none' ? {} : { reason }),
    ...(ttl === undefined ? {} : { ttlSeconds: ttl }),
    ...(body === '' ? {} : { body }),
  };
}

function wordOf(value: unknown, name: string): string {
  return textOf(fieldOf(value, name)).toLowerCase().slice(0, 64);
}

/** What a template that is sent lacks at Meta. */
export interface TemplateGap {
  readonly name: string;
  readonly language: string;
  /** What is the matter: `missing`, `not_approved`, `category`, `ttl`, `body`. */
  readonly gap: 'missing' | 'not_approved' | 'category' | 'ttl' | 'body';
  /** Meta's word for it: the status with its reason, the category, the seconds. */
  readonly found?: string | undefined;
}

/**
 * What must be mended before the templates of a catalogue can be relied on: those that Meta does not have, has not
 * approved, pays as something else than utility, delivers late, or has with another text.
 *
 * @example
 * const { templates } = await client.list();
 * for (const gap of templateGaps(definitions, templates)) console.log(gap.name, gap.language, gap.gap, gap.found);
 */
export function templateGaps(
  definitions: readonly WhatsappTemplateDefinition[],
  states: readonly TemplateState[],
): TemplateGap[] {
  return definitions.flatMap((definition) => {
    const { name, language } = definition;
    const state = states.find((one) => one.name === name && one.language === language);
    if (state === undefined) return [{ name, language, gap: 'missing' }];
    const gaps: TemplateGap[] = [];
    const { status, reason, category, ttlSeconds, body } = state;
    if (status !== 'approved')
      gaps.push({
        name,
        language,
        gap: 'not_approved',
        found: reason === undefined ? status : `${status}: ${reason}`,
      });
    if (category !== 'utility') gaps.push({ name, language, gap: 'category', found: category });
    if (ttlSeconds === undefined || ttlSeconds > definition.message_send_ttl_seconds)
      gaps.push({ name, language, gap: 'ttl', found: String(ttlSeconds ?? '30 days') });
    const text = definition.components.find((component) => component.type === 'BODY')?.text;
    if (body !== undefined && body !== text) gaps.push({ name, language, gap: 'body', found: body });
    return gaps;
  });
}
