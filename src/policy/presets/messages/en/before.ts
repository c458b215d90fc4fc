import { friendly, openTable } from './frame.js';

const anyQuestion = 'If you have any questions, please contact {{ask}}.';

/** Messages that find nobody late. */
export const before = {
  upcoming: friendly({
    subject: ['Invoice {{invoice.number}} is due on {{due}}', '{{count}} invoices coming due: {{amount}}'],
    chat: [
      'This is a courtesy reminder from {{sender.name}} that invoice {{invoice.number}}, with a balance of {{amount}}, is due on {{due}}.',
      'This is a courtesy reminder from {{sender.name}} that {{count}} invoices are coming due ({{invoice.numbers}}), with a total balance of {{amount}}. The first is due on {{oldest.due}}.',
    ],
    mail: [
      'This is a courtesy reminder that invoice {{invoice.number}}, issued to {{account.name}}, is due on {{due}}. The balance is {{amount}}.',
      'This is a courtesy reminder that {{count}} invoices issued to {{account.name}} are coming due, with a total balance of {{amount}}. The first is due on {{oldest.due}}.',
    ],
    sms: [
      'A reminder from {{sender.name}}: invoice {{invoice.number}}, balance {{amount}}, is due on {{due}}.',
      'A reminder from {{sender.name}}: invoices {{invoice.numbers}}, balance {{amount}}, are coming due, the first on {{oldest.due}}.',
    ],
    table: openTable,
    closing: `If payment is already scheduled, there is nothing more for you to do. ${anyQuestion}`,
  }),

  'due-today': friendly({
    subject: [
      'Invoice {{invoice.number}} is due today',
      '{{count}} invoices, the first due today: {{amount}}',
    ],
    chat: [
      'This is a courtesy reminder from {{sender.name}} that invoice {{invoice.number}}, with a balance of {{amount}}, is due today, {{due}}.',
      'This is a courtesy reminder from {{sender.name}} of {{count}} invoices ({{invoice.numbers}}), with a total balance of {{amount}}. The first is due today, {{oldest.due}}.',
    ],
    mail: [
      'This is a courtesy reminder that invoice {{invoice.number}}, issued to {{account.name}}, is due today, {{due}}. The balance is {{amount}}.',
      'This is a courtesy reminder of {{count}} invoices issued to {{account.name}}, with a total balance of {{amount}}. The first is due today, {{oldest.due}}.',
    ],
    sms: [
      'A reminder from {{sender.name}}: invoice {{invoice.number}}, balance {{amount}}, is due today, {{due}}.',
      'A reminder from {{sender.name}}: invoices {{invoice.numbers}}, balance {{amount}}; the first is due today, {{oldest.due}}.',
    ],
    table: openTable,
    closing: `If payment is already under way, there is nothing more for you to do. ${anyQuestion}`,
  }),

  statement: friendly({
    subject: [
      'Your statement: invoice {{invoice.number}}, {{amount}}',
      'Your statement: {{count}} open invoices, {{amount}}',
    ],
    chat: [
      'Here is the statement of {{account.name}} with {{sender.name}}: one open invoice, {{invoice.number}}, with a balance of {{amount}} and a due date of {{due}}.',
      'Here is the statement of {{account.name}} with {{sender.name}}, which lists {{count}} open invoices ({{invoice.numbers}}), with a total balance of {{amount}}. The earliest due date is {{oldest.due}}.',
    ],
    mail: [
      'Here is the statement of {{account.name}}: one open invoice, with a balance of {{amount}} and a due date of {{due}}.',
      'Here is the statement of {{account.name}}, which lists {{count}} open invoices, with a total balance of {{amount}}. The earliest due date is {{oldest.due}}.',
    ],
    sms: [
      'Your statement with {{sender.name}}: invoice {{invoice.number}}, balance {{amount}}, due date {{due}}.',
      'Your statement with {{sender.name}}: invoices {{invoice.numbers}}, balance {{amount}}, earliest due date {{oldest.due}}.',
    ],
    table: openTable,
    closing:
      'If payment is already scheduled or under way, there is nothing more for you to do. If anything differs from your records, please contact {{ask}} and we will look into it.',
  }),
};
