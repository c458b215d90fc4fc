/**
 * The part of a nodemailer transporter that is used, so that nodemailer is no
 * dependency: `nodemailer.createTransport(…)` of version 7 or later fits as it
 * is, over SMTP, pooled or not, and anything else that sends a mail does too.
 */
export interface MailTransport {
  sendMail(mail: Mail): Promise<MailReceipt>;
}

/** One mail, in nodemailer's words. */
export interface Mail {
  readonly from: { name: string; address: string };
  readonly to: { name: string; address: string };
  readonly replyTo?: { name: string; address: string };
  readonly cc?: { name: string; address: string }[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments?: { filename: string; contentType: string; content: Buffer }[];
  /** In angle brackets. */
  readonly messageId: string;
  readonly inReplyTo: string;
  readonly references: string;
  readonly date: Date;
  readonly headers: { [name: string]: string };
  /** Nothing in a mail is fetched from files or addresses. */
  readonly disableFileAccess: true;
  readonly disableUrlAccess: true;
  /** Understood by nodemailer 10; others ignore it. */
  readonly signal: AbortSignal;
}

/** What is read of the answer; transports differ in what they give. */
export interface MailReceipt {
  readonly messageId?: string | undefined;
  /** The id that the server put in place of ours, where it says so. */
  readonly serverMessageId?: string | undefined;
  readonly accepted?: readonly (string | { readonly address: string })[] | undefined;
  readonly rejected?: readonly (string | { readonly address: string })[] | undefined;
  readonly rejectedErrors?: readonly unknown[] | undefined;
}
