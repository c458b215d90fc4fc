/**
 * What an adapter of one's own is made of: `defineChannel`, one honest HTTP POST, the way from answers to outcomes,
 * and careful reading of webhooks. The shipped adapters are made of the same.
 */
export { type CallbackOf, callbackKey } from './callback-key.js';
export type { ChannelLimit, ChannelSender, Overflow, Sending } from './capacity.js';
export type {
  Accepted,
  AnswerParts,
  Channel,
  LookupOutcome,
  LookupQuery,
  Misconfigured,
  OutboundMessage,
  Refused,
  RenderedContent,
  RetryLater,
  SendOptions,
  SendOutcome,
  TemplateParameter,
  Unknown,
} from './channel.js';
export { type ChannelDefinition, defineChannel } from './define-channel.js';
export {
  defaultTimeout,
  type HttpBody,
  type HttpRequest,
  type HttpResponse,
  type HttpResult,
  type HttpTransport,
  type PostOptions,
  postForm,
  postJson,
} from './http.js';
export type {
  ChannelEvent,
  InboundMessage,
  Received,
  ReceiveOptions,
  WebhookAnswer,
  WebhookRequest,
} from './inbound.js';
export { fieldOf, idOf, parseJson, textOf, wholeOf } from './json.js';
export { outcomeOfHttp } from './outcomes.js';
export { type RotatingOptions, rotating } from './rotating.js';
export {
  cutText,
  digestKey,
  jsonOf,
  listOf,
  longestText,
  present,
  refused,
  secondsToMs,
  shortText,
  taken,
  unfit,
} from './webhook-body.js';
export {
  fromBase64,
  fromHex,
  sameText,
  secretsOf,
  signedBy,
  type WebhookSecret,
} from './webhook-signature.js';
