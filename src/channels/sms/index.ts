export type { HttpBody, HttpRequest, HttpResponse, HttpTransport } from '../http.js';
export { type PlainSmsOptions, plainSms } from './plain.js';
export { type SmsSegments, segmentsOf } from './segments.js';
export type { TwilioOptions } from './twilio/account.js';
export { type TwilioSmsOptions, twilioSms } from './twilio/index.js';
export {
  type TwilioContent,
  type TwilioContentForms,
  type TwilioContentMap,
  type TwilioWhatsappOptions,
  twilioWhatsapp,
} from './twilio/whatsapp.js';
