import { answer, datedTable, paidTable } from './frame.js';

const pausing =
  'We are pausing reminders for that amount until then. If anything changes or is not right, please contact {{ask}}.';
const looking = 'We are looking into it and, in the meantime, are pausing reminders for that amount.';

const verifying = 'We are verifying the payment and, in the meantime, are pausing reminders for';

/** What is said back to a payment, a promise, a dispute and the report of a payment. */
export const answers = {
  thanks: answer('Thank you for your payment and for your business.', {
    subject: [
      'We have received your payment for invoice {{invoice.number}}',
      'We have received your payment for {{count}} invoices',
    ],
    chat: [
      'We at {{sender.name}} have received your payment of {{paid.amount}} for invoice {{invoice.number}}, which is now settled in full.',
      'We at {{sender.name}} have received your payment of {{paid.amount}} for {{count}} invoices ({{invoice.numbers}}), which are now settled in full.',
    ],
    mail: [
      'We have received the payment of {{paid.amount}} by {{account.name}} for invoice {{invoice.number}}. The invoice is now settled in full.',
      'We have received the payment of {{paid.amount}} by {{account.name}} for the following invoices. All of them are now settled in full.',
    ],
    sms: [
      'We at {{sender.name}} have received your payment of {{paid.amount}} for invoice {{invoice.number}}, which is now settled.',
      'We at {{sender.name}} have received your payment of {{paid.amount}} for invoices {{invoice.numbers}}, which are now settled.',
    ],
    table: paidTable,
    closing: 'If you need a document, please contact {{ask}}.',
  }),

  'promise-noted': answer('Thank you for letting us know and for your business.', {
    subject: [
      'Payment of invoice {{invoice.number}} noted for {{promise.date}}',
      'Payment of {{count}} invoices noted for {{promise.date}}',
    ],
    chat: [
      `We at {{sender.name}} have noted that you will pay {{promise.amount}} for invoice {{invoice.number}} by {{promise.date}}.`,
      `We at {{sender.name}} have noted that you will pay {{promise.amount}} for {{count}} invoices ({{invoice.numbers}}) by {{promise.date}}.`,
    ],
    mail: [
      'We have noted that {{account.name}} will pay {{promise.amount}} for invoice {{invoice.number}} by {{promise.date}}.',
      'We have noted that {{account.name}} will pay {{promise.amount}} for the following invoices by {{promise.date}}.',
    ],
    sms: [
      'We at {{sender.name}} have noted that you will pay {{promise.amount}} for invoice {{invoice.number}} by {{promise.date}}.',
      'We at {{sender.name}} have noted that you will pay {{promise.amount}} for invoices {{invoice.numbers}} by {{promise.date}}.',
    ],
    table: datedTable,
    closing: pausing,
  }),

  'dispute-noted': answer('Thank you for letting us know and for your business.', {
    subject: ['Review of invoice {{invoice.number}}', 'Review of {{count}} invoices'],
    chat: [
      `We at {{sender.name}} have received your query about invoice {{invoice.number}}, for {{disputed.amount}}. ${looking}`,
      `We at {{sender.name}} have received your query about {{count}} invoices ({{invoice.numbers}}), for {{disputed.amount}}. ${looking}`,
    ],
    mail: [
      `We have received your query about invoice {{invoice.number}}, issued to {{account.name}}, for {{disputed.amount}}. ${looking}`,
      `We have received your query about the following invoices issued to {{account.name}}, for {{disputed.amount}}. ${looking}`,
    ],
    sms: [
      'We at {{sender.name}} have received your query about invoice {{invoice.number}}, for {{disputed.amount}}. We are looking into it and pausing its reminders.',
      'We at {{sender.name}} have received your query about invoices {{invoice.numbers}}, for {{disputed.amount}}. We are looking into it and pausing their reminders.',
    ],
    table: datedTable,
    closing: 'If you would like to add any details or documents, please contact {{ask}}.',
  }),

  // It names no amount: often nobody said how much.
  'payment-noted': answer('Thank you for letting us know and for your business.', {
    subject: [
      'Your payment for invoice {{invoice.number}} is being verified',
      'Your payment for {{count}} invoices is being verified',
    ],
    chat: [
      `We at {{sender.name}} have received your notice of payment for invoice {{invoice.number}}. ${verifying} that invoice.`,
      `We at {{sender.name}} have received your notice of payment for {{count}} invoices ({{invoice.numbers}}). ${verifying} those invoices.`,
    ],
    mail: [
      `We have received your notice of payment for invoice {{invoice.number}}, issued to {{account.name}}. ${verifying} that invoice.`,
      `We have received your notice of payment for the following invoices issued to {{account.name}}. ${verifying} those invoices.`,
    ],
    sms: [
      'We at {{sender.name}} have received your notice of payment for invoice {{invoice.number}}. We are verifying it and pausing its reminders.',
      'We at {{sender.name}} have received your notice of payment for invoices {{invoice.numbers}}. We are verifying it and pausing their reminders.',
    ],
    table: datedTable,
    closing: 'If you would like to send proof of payment, please contact {{ask}}.',
  }),
};
