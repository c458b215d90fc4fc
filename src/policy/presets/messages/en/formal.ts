import { firm, formal as notice, overdueTable } from './frame.js';

const agree =
  'If you have already paid, please send us the remittance advice; to arrange a date or clear up a discrepancy, please contact {{ask}}.';
const settle = 'We formally request that you settle this balance.';
const whatFollows =
  'We would rather resolve it with you; if we do not hear from you, we will follow up as set out in the agreed terms.';
const avoid = 'We would like to avoid that. Please arrange payment, or agree on a date with us.';
const resumes = 'Service can resume once the payment has been recorded.';

/** Formal is formal: what is so, what is asked for, whom to talk to. What may follow is what was agreed. */
export const formal = {
  'service-warning': firm({
    subject: [
      'About your service: invoice {{invoice.number}} is overdue',
      'About your service: {{count}} overdue invoices',
    ],
    chat: [
      `This is {{sender.name}}, writing about your service. Invoice {{invoice.number}}, with a balance of {{amount}}, was due on {{due}}. Under the agreed terms, the service may be suspended while it remains unpaid. ${avoid}`,
      `This is {{sender.name}}, writing about your service. There are {{count}} overdue invoices ({{invoice.numbers}}), with a total balance of {{amount}}, the oldest overdue since {{oldest.due}}. Under the agreed terms, the service may be suspended while they remain unpaid. ${avoid}`,
    ],
    mail: [
      `We are writing about the service for {{account.name}}. Invoice {{invoice.number}}, with a balance of {{amount}}, was due on {{due}}. Under the agreed terms, the service may be suspended while it remains unpaid. ${avoid}`,
      `We are writing about the service for {{account.name}}. There are {{count}} overdue invoices, with a total balance of {{amount}}, the oldest overdue since {{oldest.due}}. Under the agreed terms, the service may be suspended while they remain unpaid. ${avoid}`,
    ],
    sms: [
      'This is {{sender.name}}: invoice {{invoice.number}} was due on {{due}}; balance {{amount}}. Under our terms, service may be suspended; we hope to avoid that.',
      'This is {{sender.name}}: invoices {{invoice.numbers}} are overdue, the oldest since {{oldest.due}}; balance {{amount}}. Under our terms, service may be suspended; we hope to avoid that.',
    ],
    table: overdueTable,
    closing: agree,
  }),

  'service-stopped': notice({
    subject: [
      'Service suspended: invoice {{invoice.number}}',
      'Service suspended: {{count}} overdue invoices',
    ],
    chat: [
      `The service from {{sender.name}} for {{account.name}} is suspended under the agreed terms because invoice {{invoice.number}}, with a balance of {{amount}}, was due on {{due}}, and remains unpaid. ${resumes}`,
      `The service from {{sender.name}} for {{account.name}} is suspended under the agreed terms because {{count}} overdue invoices ({{invoice.numbers}}), with a total balance of {{amount}}, remain unpaid, the oldest overdue since {{oldest.due}}. ${resumes}`,
    ],
    mail: [
      `The service for {{account.name}} is suspended under the agreed terms because invoice {{invoice.number}}, with a balance of {{amount}}, was due on {{due}}, and remains unpaid. ${resumes}`,
      `The service for {{account.name}} is suspended under the agreed terms because {{count}} overdue invoices, with a total balance of {{amount}}, remain unpaid, the oldest overdue since {{oldest.due}}. ${resumes}`,
    ],
    sms: [
      'the service from {{sender.name}} is suspended under our terms because invoice {{invoice.number}}, due on {{due}}, is unpaid; balance {{amount}}. It can resume on payment.',
      'the service from {{sender.name}} is suspended under our terms because invoices {{invoice.numbers}} are unpaid, the oldest since {{oldest.due}}; balance {{amount}}. It can resume on payment.',
    ],
    table: overdueTable,
    closing: agree,
  }),

  'collection-notice': notice({
    subject: [
      'Collection notice: invoice {{invoice.number}}, {{amount}}',
      'Collection notice: {{count}} overdue invoices, {{amount}}',
    ],
    chat: [
      `Collection notice from {{sender.name}}: to date we have not recorded payment of invoice {{invoice.number}}, issued to {{account.name}}, with a balance of {{amount}}, which was due on {{due}}, and is {{days.overdue}} overdue. ${settle}`,
      `Collection notice from {{sender.name}}: to date we have not recorded payment of {{count}} overdue invoices ({{invoice.numbers}}) issued to {{account.name}}, with a total balance of {{amount}}; the oldest was due on {{oldest.due}}. ${settle}`,
    ],
    mail: [
      `To date we have not recorded payment of invoice {{invoice.number}}, issued to {{account.name}}, with a balance of {{amount}}, which was due on {{due}}, and is {{days.overdue}} overdue. ${settle}`,
      `To date we have not recorded payment of {{count}} overdue invoices issued to {{account.name}}, with a total balance of {{amount}}; the oldest was due on {{oldest.due}}. ${settle}`,
    ],
    sms: [
      'collection notice from {{sender.name}}. Invoice {{invoice.number}} was due on {{due}}, and is {{days.overdue}} overdue. Please settle the balance of {{amount}}.',
      'collection notice from {{sender.name}}. Invoices {{invoice.numbers}} are overdue, the oldest since {{oldest.due}}. Please settle the balance of {{amount}}.',
    ],
    table: overdueTable,
    closing: agree,
  }),

  'final-notice': notice({
    subject: [
      'Final reminder: invoice {{invoice.number}}, {{amount}}',
      'Final reminder: {{count}} overdue invoices, {{amount}}',
    ],
    chat: [
      `Final reminder from {{sender.name}}: invoice {{invoice.number}}, with a balance of {{amount}}, was due on {{due}}, and is {{days.overdue}} overdue. ${settle} ${whatFollows}`,
      `Final reminder from {{sender.name}} about {{count}} overdue invoices ({{invoice.numbers}}), with a total balance of {{amount}}; the oldest was due on {{oldest.due}}. ${settle} ${whatFollows}`,
    ],
    mail: [
      `This is our final reminder about invoice {{invoice.number}}, issued to {{account.name}}, with a balance of {{amount}}, which was due on {{due}}, and is {{days.overdue}} overdue. ${settle} ${whatFollows}`,
      `This is our final reminder about {{count}} overdue invoices issued to {{account.name}}, with a total balance of {{amount}}; the oldest was due on {{oldest.due}}. ${settle} ${whatFollows}`,
    ],
    sms: [
      'final reminder from {{sender.name}}. Invoice {{invoice.number}} was due on {{due}}, and is {{days.overdue}} overdue; balance {{amount}}. Please pay, or agree on a date with us.',
      'final reminder from {{sender.name}}. Invoices {{invoice.numbers}} are overdue, the oldest since {{oldest.due}}; balance {{amount}}. Please pay, or agree on a date with us.',
    ],
    table: overdueTable,
    closing: agree,
  }),
};
