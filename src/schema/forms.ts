import type { ProblemCode } from './problems.js';

/** What a text must look like. */
export interface Form {
  readonly pattern: RegExp;
  /** Code of the problem when it does not. */
  readonly code: ProblemCode;
  /** What is expected, ending a sentence "write …". */
  readonly write: string;
}

/** Id of a document or of a part: usable in keys, file names and URLs. */
export const id: Form = {
  pattern: /^(?!(?:constructor|prototype)$)[a-zA-Z][a-zA-Z0-9._-]{0,63}$/,
  code: 'invalid_id',
  write: 'a letter, then letters, digits, ".", "_" or "-", at most 64 in all',
};

/** Id of a channel. */
export const channel: Form = {
  pattern: /^(?!(?:constructor|prototype)$)[a-z][a-z0-9_-]{0,31}$/,
  code: 'invalid_id',
  write: 'a channel as small letters, digits, "_" or "-", such as whatsapp, sms or email',
};

/** Id that the host gave to an account, a payment and the like. */
export const recordId: Form = {
  pattern:
    /^[^\s\p{Cc}\u202a-\u202e\u2066-\u2069](?:[^\p{Cc}\u202a-\u202e\u2066-\u2069]{0,126}[^\s\p{Cc}\u202a-\u202e\u2066-\u2069])?$/u,
  code: 'invalid_id',
  write: '1 to 128 characters without spaces at the ends or marks that turn the order of reading',
};

/** Id that the host gave to an invoice: `~`, `#`, `@` and `!` divide the parts of keys. */
export const invoiceId: Form = {
  pattern:
    /^[^\s\p{Cc}\u202a-\u202e\u2066-\u2069~#@!](?:[^\p{Cc}\u202a-\u202e\u2066-\u2069~#@!]{0,126}[^\s\p{Cc}\u202a-\u202e\u2066-\u2069~#@!])?$/u,
  code: 'invalid_id',
  write: '1 to 128 characters, without ~ # @ !, spaces at the ends or marks that turn the order of reading',
};

/** Id of a part of an account or invoice, which stands in keys. */
export const partId: Form = {
  pattern: /^(?!(?:__proto__|constructor|prototype)$)[\p{L}\p{N}_][\p{L}\p{N}._-]{0,63}$/u,
  code: 'invalid_id',
  write: 'letters, digits, ".", "_" or "-", at most 64',
};

/** What moves a date. */
export const dayOffset: Form = {
  pattern: /^(?:0|[1-9]\d{0,4})(?:d|bd|w|mo)$/,
  code: 'invalid_duration',
  write: 'days, business days, weeks or months, such as 10d, 2bd, 2w or 1mo, without a sign',
};

export const positiveOffset: Form = {
  pattern: /^[1-9]\d{0,4}(?:d|bd|w|mo)$/,
  code: 'invalid_duration',
  write: 'at least one day, business day, week or month, such as 14d, 2bd, 2w or 1mo',
};

/** Days that are counted one by one. */
export const days: Form = {
  pattern: /^(?:0|[1-9]\d{0,4})d$/,
  code: 'invalid_duration',
  write: 'days, such as 0d or 2d',
};

export const positiveDays: Form = {
  pattern: /^[1-9]\d{0,4}d$/,
  code: 'invalid_duration',
  write: 'at least one day, such as 1d or 7d',
};

export const gap: Form = {
  pattern: /^(?:[1-9]\d{0,4}(?:d|h)|none)$/,
  code: 'invalid_duration',
  write: 'at least one day or hour, such as 1d, 3d or 36h, or none for no gap',
};

/** A span that a clock or a calendar measures. */
export const span: Form = {
  pattern: /^[1-9]\d{0,4}(?:d|h|min)$/,
  code: 'invalid_duration',
  write: 'days, hours or minutes, such as 2d, 24h or 90min',
};

/** How long a reply rests an account. */
export const rest: Form = {
  pattern: /^(?:continue|(?:0|[1-9]\d{0,4})d)$/,
  code: 'invalid_duration',
  write: 'days, such as 3d, or continue',
};

/** When a case is exhausted. */
export const exhaustion: Form = {
  pattern: /^(?:waited|acted|[1-9]\d{0,4}d)$/,
  code: 'invalid_value',
  write: 'waited, acted, or days after the last act, such as 10d',
};

/** What one unit of a currency is in another. */
export const exchangeRate: Form = {
  pattern: /^\d{1,12}(?:\.\d{1,12})?$/,
  code: 'invalid_value',
  write: "a rate as decimal text, such as '17.25', without sign",
};

/** Percent of something. */
export const decimal: Form = {
  pattern: /^\d{1,6}(?:\.\d{1,6})?$/,
  code: 'invalid_amount',
  write: "percent as decimal text, such as '2.5', without sign",
};

export const date: Form = {
  pattern: /^\d{4}-\d{2}-\d{2}$/,
  code: 'invalid_date',
  write: 'a date as YYYY-MM-DD, such as 2026-12-25',
};

export const opens: Form = {
  pattern: /^(?:[01]\d|2[0-3]):[0-5]\d$/,
  code: 'invalid_time',
  write: 'a time of day from 00:00 to 23:59',
};

export const closes: Form = {
  pattern: /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/,
  code: 'invalid_time',
  write: 'a time of day from 00:00 to 24:00',
};

export const currency: Form = {
  pattern: /^[A-Z]{3}$/,
  code: 'unknown_currency',
  write: 'an ISO 4217 code in capitals, such as MXN',
};

export const amount: Form = {
  pattern: /^\d{1,16}(?:\.\d{1,4})?$/,
  code: 'invalid_amount',
  write: "digits with the currency's decimals, such as '1250.00', without sign or separators",
};

/** BCP 47, as far as a pattern goes. */
export const language: Form = {
  pattern: /^[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{1,8})*$/,
  code: 'unknown_language',
  write: 'a BCP 47 language, such as es-MX, pt-BR or en',
};

export const zone: Form = {
  pattern: /^[A-Za-z][A-Za-z0-9._+/-]{0,63}$/,
  code: 'unknown_zone',
  write: 'an IANA time zone, such as America/Mexico_City',
};

export const country: Form = {
  pattern: /^[A-Z]{2}$/,
  code: 'invalid_value',
  write: 'an ISO 3166 country code of two capitals, such as MX',
};

export const e164: Form = {
  pattern: /^\+[1-9]\d{6,14}$/,
  code: 'invalid_address',
  write: 'a phone number as E.164: + and country code, digits only, such as +525512345678',
};

/** What is meant for a phone number, whatever it says: whether it is one is found out when it is read. */
export const phone: Form = {
  pattern: /^[^\p{Cc}\p{Zl}\p{Zp}]{1,64}$/u,
  code: 'invalid_address',
  write: 'a phone number of at most 64 characters in one line, best as E.164: +525512345678',
};

/** What stands on an envelope under the name: lines that begin with something, a letter somewhere. */
export const postal: Form = {
  pattern:
    /^(?=[\s\S]*\p{L})[^\s\p{Cc}][^\p{Cc}\p{Zl}\p{Zp}]{0,99}(?:\n[^\s\p{Cc}][^\p{Cc}\p{Zl}\p{Zp}]{0,99}){1,9}$/u,
  code: 'invalid_address',
  write: 'a postal address of 2 to 10 lines parted by \\n, at most 100 characters each, without the name',
};

/** One address, no name, nothing that could end a header. */
export const email: Form = {
  pattern:
    /^(?!\.)(?!.*\.\.)[^\s\p{Cc}@<>()[\]\\,;:"]{1,64}(?<!\.)@(?=.{1,253}$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])$/u,
  code: 'invalid_address',
  write: 'one e-mail address without a name, such as pagos@robles.example',
};

/** What may stand for an e-mail address, whether it is one or not. */
export const emailText: Form = {
  pattern: /^[^\p{Cc}\p{Zl}\p{Zp}]{1,320}$/u,
  code: 'invalid_address',
  write: 'one e-mail address of at most 320 characters in one line, such as pagos@robles.example',
};

/** What may stand for a postal address, whether it is one or not. */
export const postalText: Form = {
  pattern: /^(?:[^\p{Cc}\p{Zl}\p{Zp}]|\n){1,2000}$/u,
  code: 'invalid_address',
  write: `${postal.write}; 2000 characters in all`,
};
