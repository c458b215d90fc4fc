export type { HttpBody, HttpRequest, HttpResponse, HttpTransport } from '../http.js';
export { type PlainSmsOptions, plainSms } from './plain.js';
export { type SmsSegments, segmentsOf } from './segments.js';
export { type TwilioSmsOptions, twilioSms } from './twilio/index.js';
