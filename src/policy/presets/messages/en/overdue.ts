import { firm, friendly, overdueTable } from './frame.js';

const onItsWay =
  'Your payment may already be on its way; if so, thank you, and please disregard this message.';
const whenPaid = 'Could you let us know when we can expect payment?';
const payOrDate = 'Please arrange payment as soon as possible, or confirm in writing when it will be made.';
const payOrAgree = 'Please arrange payment, or agree on a date with us.';
const toResolve =
  'If anything differs from your records, or you need to agree on a date, please contact {{ask}} so that we can resolve it.';

/** From courteous to firm. None asks why: that is for the reader to say. */
export const overdue = {
  reminder: friendly({
    subject: ['Invoice {{invoice.number}} was due on {{due}}', '{{count}} overdue invoices: {{amount}}'],
    chat: [
      `This is {{sender.name}}, writing about invoice {{invoice.number}}, which was due on {{due}}. Our records still show a balance of {{amount}}. ${onItsWay}`,
      `This is {{sender.name}}, writing about {{count}} overdue invoices ({{invoice.numbers}}), the oldest of which was due on {{oldest.due}}. Our records show a total balance of {{amount}}. ${onItsWay}`,
    ],
    mail: [
      `Invoice {{invoice.number}}, issued to {{account.name}}, was due on {{due}}, and our records still show a balance of {{amount}}. ${onItsWay}`,
      `Our records show {{count}} overdue invoices issued to {{account.name}}, with a total balance of {{amount}}. The oldest was due on {{oldest.due}}. ${onItsWay}`,
    ],
    sms: [
      'This is {{sender.name}}: invoice {{invoice.number}} was due on {{due}}; balance {{amount}}. If you have already paid, please disregard this.',
      'This is {{sender.name}}: invoices {{invoice.numbers}} are overdue, the oldest since {{oldest.due}}; balance {{amount}}. If you have already paid, please disregard this.',
    ],
    table: overdueTable,
    closing:
      'If you have a question, or need a document in order to release the payment, please contact {{ask}}.',
  }),

  'follow-up': friendly({
    subject: [
      'Payment date for invoice {{invoice.number}}',
      'Payment date for {{count}} overdue invoices: {{amount}}',
    ],
    chat: [
      `This is {{sender.name}}, following up on invoice {{invoice.number}}, with a balance of {{amount}}, which was due on {{due}}. ${whenPaid}`,
      `This is {{sender.name}}, following up on {{count}} overdue invoices ({{invoice.numbers}}), with a total balance of {{amount}}; the oldest was due on {{oldest.due}}. ${whenPaid}`,
    ],
    mail: [
      `We are following up on invoice {{invoice.number}}, issued to {{account.name}}, with a balance of {{amount}}, which was due on {{due}}. ${whenPaid}`,
      `We are following up on {{count}} overdue invoices issued to {{account.name}}, with a total balance of {{amount}}. The oldest was due on {{oldest.due}}. ${whenPaid}`,
    ],
    sms: [
      'This is {{sender.name}}: invoice {{invoice.number}}, due on {{due}}, is still open; balance {{amount}}. When can we expect payment?',
      'This is {{sender.name}}: invoices {{invoice.numbers}} are still open, the oldest since {{oldest.due}}; balance {{amount}}. When can we expect payment?',
    ],
    table: overdueTable,
    closing:
      'If it has already been paid, please send us the remittance advice. If something is holding it up, please contact {{ask}} and we will resolve it.',
  }),

  firm: firm({
    subject: [
      'Invoice {{invoice.number}} is {{days.overdue}} overdue',
      '{{count}} overdue invoices: please arrange payment',
    ],
    chat: [
      `Invoice {{invoice.number}}, issued by {{sender.name}}, with a balance of {{amount}}, was due on {{due}}, and is now {{days.overdue}} overdue. ${payOrDate}`,
      `This is {{sender.name}}, writing about {{count}} overdue invoices ({{invoice.numbers}}), with a total balance of {{amount}}, the oldest overdue since {{oldest.due}}. ${payOrDate}`,
    ],
    mail: [
      `Invoice {{invoice.number}}, issued to {{account.name}}, with a balance of {{amount}}, was due on {{due}}, and is now {{days.overdue}} overdue. ${payOrDate}`,
      `We are writing about {{count}} overdue invoices issued to {{account.name}}, with a total balance of {{amount}}, the oldest overdue since {{oldest.due}}. ${payOrDate}`,
    ],
    sms: [
      'Invoice {{invoice.number}} from {{sender.name}}, due on {{due}}, is {{days.overdue}} overdue; balance {{amount}}. Please pay, or confirm when you will.',
      'Invoices {{invoice.numbers}} from {{sender.name}} are overdue, the oldest since {{oldest.due}}; balance {{amount}}. Please pay, or confirm when you will.',
    ],
    table: overdueTable,
    closing: toResolve,
  }),

  'standing-reminder': firm({
    subject: [
      'Invoice {{invoice.number}} remains unpaid: {{amount}}',
      '{{count}} overdue invoices remain unpaid: {{amount}}',
    ],
    chat: [
      `Invoice {{invoice.number}}, issued by {{sender.name}}, remains unpaid, with a balance of {{amount}}: it was due on {{due}}, and is {{days.overdue}} overdue. ${payOrAgree}`,
      `This is {{sender.name}}, writing because {{count}} overdue invoices ({{invoice.numbers}}) remain unpaid, with a total balance of {{amount}}, the oldest overdue since {{oldest.due}}. ${payOrAgree}`,
    ],
    mail: [
      `Invoice {{invoice.number}}, issued to {{account.name}}, remains unpaid, with a balance of {{amount}}: it was due on {{due}}, and is {{days.overdue}} overdue. ${payOrAgree}`,
      `We are writing because {{count}} overdue invoices issued to {{account.name}} remain unpaid, with a total balance of {{amount}}, the oldest overdue since {{oldest.due}}. ${payOrAgree}`,
    ],
    sms: [
      'Invoice {{invoice.number}} from {{sender.name}}, due on {{due}}, remains unpaid; balance {{amount}}. Please pay, or agree on a date with us.',
      'Invoices {{invoice.numbers}} from {{sender.name}} remain unpaid, the oldest since {{oldest.due}}; balance {{amount}}. Please pay, or agree on a date with us.',
    ],
    table: overdueTable,
    closing: 'If anything differs from your records, please contact {{ask}} so that we can resolve it.',
  }),
};
