import type { MessageTexts, TextVariant } from '../../types.js';

/**
 * One wording for a single invoice and one for several, or one that fits both.
 * Messages for several may cover stages of several ages, so they say only what
 * holds for each of them.
 */
export type Wording = string | readonly [one: string, many: string];

/** What the messages of a language share around their own words. */
export interface Frame {
  readonly salutation: string;
  readonly smsSalutation: string;
  /** Label of the payment instructions; none where nothing is asked for. */
  readonly pay?: string | undefined;
  /** From the payment instructions on, or whom to ask and the thanks. */
  readonly smsEnd: string;
  readonly thanks: string;
  readonly signature: string;
}

/** What one message says. */
export interface Letter {
  readonly subject: Wording;
  /** Opens the WhatsApp text: names the company that writes. */
  readonly chat: Wording;
  /** Opens the e-mail, whose head and signature name the company. */
  readonly mail: Wording;
  /** The SMS between salutation and end. */
  readonly sms: Wording;
  /** Of the e-mail. */
  readonly table?: Wording | undefined;
  /** What to do otherwise and whom to ask. */
  readonly closing: Wording;
}

/** The texts of a message on every channel. */
export function letter(frame: Frame, parts: Letter): MessageTexts {
  const { salutation, smsSalutation, pay, smsEnd, thanks, signature } = frame;
  const { subject, chat, mail, sms, table, closing } = parts;
  return {
    whatsapp: both((form) =>
      paragraphs(
        salutation,
        form(chat),
        pay === undefined ? '' : `${pay}\n{{pay}}`,
        `${form(closing)} ${thanks}`,
      ),
    ),
    sms: both((form) => `${smsSalutation} ${form(sms)} ${smsEnd}`),
    email: {
      subject: both((form) => form(subject)),
      body: both((form) =>
        paragraphs(
          salutation,
          form(mail),
          form(table ?? ''),
          pay === undefined ? '' : `${pay}\n\n{{pay}}`,
          form(closing),
          thanks,
          signature,
        ),
      ),
    },
  };
}

/** A table of the invoices, with a row for the total where there are several. */
export function invoiceTable(
  columns: Readonly<Record<string, string>>,
  total?: readonly [label: string, variable: string],
): readonly [one: string, many: string] {
  const rows = `${row(Object.values(columns))}
{{#items}}
${row(Object.keys(columns).map((variable) => `{{${variable}}}`))}
{{/items}}`;
  if (total === undefined) return [rows, rows];
  const [label, variable] = total;
  const between = Object.keys(columns)
    .slice(2)
    .map(() => '');
  return [rows, `${rows}\n${row([label, ...between, `{{${variable}}}`])}`];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function both(write: (form: (wording: Wording) => string) => string): TextVariant {
  return {
    one: write((wording) => (typeof wording === 'string' ? wording : wording[0])),
    many: write((wording) => (typeof wording === 'string' ? wording : wording[1])),
  };
}

function paragraphs(...blocks: readonly string[]): string {
  return blocks.filter((block) => block !== '').join('\n\n');
}
