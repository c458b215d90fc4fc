import { forms, type MessagePack, paragraphs } from './pack.js';

/** English for readers anywhere: no idiom, no spelling that belongs to one country. */
const greeting = 'Hello {{contact.name}},';
const attention = 'For the attention of {{contact.name}}:';
const pay = 'How to pay:\n{{pay}}';
const payInEmail = 'How to pay:\n\n{{pay}}';
const thanks = 'Thank you for your business.';
const formalThanks = 'We appreciate your attention to this matter and your business.';
const signature = 'Kind regards,\n{{sender.name}}';
const formalSignature = 'Sincerely,\n{{sender.name}}';

const upcomingRow = `| Invoice | Due date | Amount | Balance |
{{#items}}
| {{number}} | {{due}} | {{original}} | {{amount}} |
{{/items}}`;
const upcomingTable = `${upcomingRow}\n| Total | | | {{amount}} |`;
const overdueRow = `| Invoice | Due date | Overdue by | Balance |
{{#items}}
| {{number}} | {{due}} | {{days}} | {{amount}} |
{{/items}}`;
const overdueTable = `${overdueRow}\n| Total | | | {{amount}} |`;

const anyQuestion = 'If you have any questions, please contact {{ask}}.';
const scheduled = 'If payment is already scheduled, there is nothing more for you to do.';
const underWay = 'If payment is already under way, there is nothing more for you to do.';
const onItsWay =
  'Your payment may already be on its way; if so, thank you, and please disregard this message.';
const missingPaper =
  'If you have a question, or need a document in order to release the payment, please contact {{ask}}.';
const whenPaid = 'Could you let us know when we can expect payment?';
const receipt = 'If it has already been paid, please send us the remittance advice.';
const obstacle = 'If something is holding it up, please contact {{ask}} and we will resolve it.';
const payOrDate = 'Please arrange payment as soon as possible, or let us know today when it will be made.';
const difference =
  'If there is a discrepancy or anything else that delays payment, please contact {{ask}} so that we can resolve it.';
const agree =
  'If you have already paid, please send us the remittance advice; to arrange a payment date or to clear up a discrepancy, please contact {{ask}}.';

/** Texts in English. */
export const en: MessagePack = {
  upcoming: {
    whatsapp: forms(
      paragraphs(
        greeting,
        'This is a courtesy reminder from {{sender.name}} that invoice {{invoice.number}}, with a balance of {{amount}}, is due on {{due}}.',
        pay,
        `${scheduled} ${anyQuestion} ${thanks}`,
      ),
      paragraphs(
        greeting,
        'This is a courtesy reminder from {{sender.name}} that {{count}} invoices are coming due ({{invoice.numbers}}), with a total balance of {{amount}}. The first is due on {{oldest.due}}.',
        pay,
        `${scheduled} ${anyQuestion} ${thanks}`,
      ),
    ),
    sms: forms(
      `Hello {{contact.name}}, a reminder from {{sender.name}}: invoice {{invoice.number}}, balance {{amount}}, is due on {{due}}. To pay: {{pay}}\nQuestions: {{ask}}. ${thanks}`,
      `Hello {{contact.name}}, a reminder from {{sender.name}}: invoices {{invoice.numbers}}, balance {{amount}}, are coming due, the first on {{oldest.due}}. To pay: {{pay}}\nQuestions: {{ask}}. ${thanks}`,
    ),
    email: {
      subject: forms(
        'Invoice {{invoice.number}} is due on {{due}}',
        '{{count}} invoices coming due: {{amount}}',
      ),
      body: forms(
        paragraphs(
          greeting,
          'This is a courtesy reminder that invoice {{invoice.number}}, issued to {{account.name}}, is due on {{due}}. The balance is {{amount}}.',
          upcomingRow,
          payInEmail,
          `${scheduled} ${anyQuestion}`,
          thanks,
          signature,
        ),
        paragraphs(
          greeting,
          'This is a courtesy reminder that {{count}} invoices issued to {{account.name}} are coming due, with a total balance of {{amount}}. The first is due on {{oldest.due}}.',
          upcomingTable,
          payInEmail,
          `${scheduled} ${anyQuestion}`,
          thanks,
          signature,
        ),
      ),
    },
  },

  'due-today': {
    whatsapp: forms(
      paragraphs(
        greeting,
        'This is a courtesy reminder from {{sender.name}} that invoice {{invoice.number}}, with a balance of {{amount}}, is due today, {{due}}.',
        pay,
        `${underWay} ${anyQuestion} ${thanks}`,
      ),
      paragraphs(
        greeting,
        'This is a courtesy reminder from {{sender.name}} of {{count}} invoices ({{invoice.numbers}}), with a total balance of {{amount}}. The first is due today, {{oldest.due}}.',
        pay,
        `${underWay} ${anyQuestion} ${thanks}`,
      ),
    ),
    sms: forms(
      `Hello {{contact.name}}, a reminder from {{sender.name}}: invoice {{invoice.number}}, balance {{amount}}, is due today, {{due}}. To pay: {{pay}}\nQuestions: {{ask}}. ${thanks}`,
      `Hello {{contact.name}}, a reminder from {{sender.name}}: invoices {{invoice.numbers}}, balance {{amount}}; the first is due today, {{oldest.due}}. To pay: {{pay}}\nQuestions: {{ask}}. ${thanks}`,
    ),
    email: {
      subject: forms(
        'Invoice {{invoice.number}} is due today',
        '{{count}} invoices, the first due today: {{amount}}',
      ),
      body: forms(
        paragraphs(
          greeting,
          'This is a courtesy reminder that invoice {{invoice.number}}, issued to {{account.name}}, is due today, {{due}}. The balance is {{amount}}.',
          upcomingRow,
          payInEmail,
          `${underWay} ${anyQuestion}`,
          thanks,
          signature,
        ),
        paragraphs(
          greeting,
          'This is a courtesy reminder of {{count}} invoices issued to {{account.name}}, with a total balance of {{amount}}. The first is due today, {{oldest.due}}.',
          upcomingTable,
          payInEmail,
          `${underWay} ${anyQuestion}`,
          thanks,
          signature,
        ),
      ),
    },
  },

  reminder: {
    whatsapp: forms(
      paragraphs(
        greeting,
        `We are writing from {{sender.name}} because invoice {{invoice.number}} was due on {{due}}, and our records still show a balance of {{amount}}. ${onItsWay}`,
        pay,
        `${missingPaper} ${thanks}`,
      ),
      paragraphs(
        greeting,
        `We are writing from {{sender.name}} because our records show {{count}} overdue invoices ({{invoice.numbers}}), with a balance of {{amount}}; the oldest was due on {{oldest.due}}. ${onItsWay}`,
        pay,
        `${missingPaper} ${thanks}`,
      ),
    ),
    sms: forms(
      `Hello {{contact.name}}, this is {{sender.name}}: invoice {{invoice.number}} was due on {{due}}; balance {{amount}}. If you have already paid, please disregard this. To pay: {{pay}}\nQuestions: {{ask}}. ${thanks}`,
      `Hello {{contact.name}}, this is {{sender.name}}: invoices {{invoice.numbers}} are overdue, the oldest since {{oldest.due}}; balance {{amount}}. If you have already paid, please disregard this. To pay: {{pay}}\nQuestions: {{ask}}. ${thanks}`,
    ),
    email: {
      subject: forms(
        'Invoice {{invoice.number}} was due on {{due}}',
        '{{count}} overdue invoices: {{amount}}',
      ),
      body: forms(
        paragraphs(
          greeting,
          `Invoice {{invoice.number}}, issued to {{account.name}}, was due on {{due}}, and our records still show a balance of {{amount}}. ${onItsWay}`,
          overdueRow,
          payInEmail,
          missingPaper,
          thanks,
          signature,
        ),
        paragraphs(
          greeting,
          `Our records show {{count}} overdue invoices issued to {{account.name}}, with a balance of {{amount}}. The oldest was due on {{oldest.due}}. ${onItsWay}`,
          overdueTable,
          payInEmail,
          missingPaper,
          thanks,
          signature,
        ),
      ),
    },
  },

  'follow-up': {
    whatsapp: forms(
      paragraphs(
        greeting,
        `We are writing from {{sender.name}} to follow up on invoice {{invoice.number}}, with a balance of {{amount}}, which was due on {{due}}. ${whenPaid}`,
        pay,
        `${receipt} ${obstacle} ${thanks}`,
      ),
      paragraphs(
        greeting,
        `We are writing from {{sender.name}} to follow up on {{count}} overdue invoices ({{invoice.numbers}}), with a total balance of {{amount}}; the oldest was due on {{oldest.due}}. ${whenPaid}`,
        pay,
        `${receipt} ${obstacle} ${thanks}`,
      ),
    ),
    sms: forms(
      `Hello {{contact.name}}, this is {{sender.name}}: invoice {{invoice.number}}, due on {{due}}, is still open; balance {{amount}}. When can we expect payment? To pay: {{pay}}\nQuestions: {{ask}}. ${thanks}`,
      `Hello {{contact.name}}, this is {{sender.name}}: invoices {{invoice.numbers}} are still open, the oldest since {{oldest.due}}; balance {{amount}}. When can we expect payment? To pay: {{pay}}\nQuestions: {{ask}}. ${thanks}`,
    ),
    email: {
      subject: forms(
        'Payment date for invoice {{invoice.number}}, due on {{due}}',
        'Payment date for {{count}} overdue invoices: {{amount}}',
      ),
      body: forms(
        paragraphs(
          greeting,
          `We are following up on invoice {{invoice.number}}, issued to {{account.name}}, with a balance of {{amount}}, which was due on {{due}}. ${whenPaid}`,
          overdueRow,
          payInEmail,
          `${receipt} ${obstacle}`,
          thanks,
          signature,
        ),
        paragraphs(
          greeting,
          `We are following up on {{count}} overdue invoices issued to {{account.name}}, with a total balance of {{amount}}. The oldest was due on {{oldest.due}}. ${whenPaid}`,
          overdueTable,
          payInEmail,
          `${receipt} ${obstacle}`,
          thanks,
          signature,
        ),
      ),
    },
  },

  firm: {
    whatsapp: forms(
      paragraphs(
        greeting,
        `Invoice {{invoice.number}}, issued by {{sender.name}}, with a balance of {{amount}}, was due on {{due}}, and is now {{days.overdue}} overdue. ${payOrDate}`,
        pay,
        `${difference} Thank you for your attention and for your business.`,
      ),
      paragraphs(
        greeting,
        `We are writing from {{sender.name}} about {{count}} overdue invoices ({{invoice.numbers}}), the oldest since {{oldest.due}}, with a total balance of {{amount}}. ${payOrDate}`,
        pay,
        `${difference} Thank you for your attention and for your business.`,
      ),
    ),
    sms: forms(
      `Hello {{contact.name}}, invoice {{invoice.number}} from {{sender.name}}, due on {{due}}, is {{days.overdue}} overdue; balance {{amount}}. Please pay, or tell us today when you will. To pay: {{pay}}\nQuestions: {{ask}}. ${thanks}`,
      `Hello {{contact.name}}, invoices {{invoice.numbers}} from {{sender.name}} are overdue, the oldest since {{oldest.due}}; balance {{amount}}. Please pay, or tell us today when you will. To pay: {{pay}}\nQuestions: {{ask}}. ${thanks}`,
    ),
    email: {
      subject: forms(
        'Invoice {{invoice.number}} is {{days.overdue}} overdue',
        '{{count}} overdue invoices: please arrange payment',
      ),
      body: forms(
        paragraphs(
          greeting,
          `Invoice {{invoice.number}}, issued to {{account.name}}, with a balance of {{amount}}, was due on {{due}}, and is now {{days.overdue}} overdue. ${payOrDate}`,
          overdueRow,
          payInEmail,
          difference,
          'Thank you for your attention and for your business.',
          signature,
        ),
        paragraphs(
          greeting,
          `We are writing about {{count}} overdue invoices issued to {{account.name}}, the oldest since {{oldest.due}}, with a total balance of {{amount}}. ${payOrDate}`,
          overdueTable,
          payInEmail,
          difference,
          'Thank you for your attention and for your business.',
          signature,
        ),
      ),
    },
  },

  'collection-notice': {
    whatsapp: forms(
      paragraphs(
        attention,
        'Collection notice from {{sender.name}}: to date we have not recorded payment of invoice {{invoice.number}}, issued to {{account.name}}, with a balance of {{amount}}, which was due on {{due}}, and is {{days.overdue}} overdue. We formally request that you settle this balance.',
        pay,
        `${agree} ${formalThanks}`,
      ),
      paragraphs(
        attention,
        'Collection notice from {{sender.name}}: to date we have not recorded payment of {{count}} overdue invoices ({{invoice.numbers}}) issued to {{account.name}}, with a total balance of {{amount}}; the oldest was due on {{oldest.due}}. We formally request that you settle this balance.',
        pay,
        `${agree} ${formalThanks}`,
      ),
    ),
    sms: forms(
      '{{contact.name}}: collection notice from {{sender.name}}. Invoice {{invoice.number}} was due on {{due}}, and is {{days.overdue}} overdue. Please settle the balance of {{amount}}. To pay: {{pay}}\nTo arrange a date: {{ask}}. Thank you for your attention and your business.',
      '{{contact.name}}: collection notice from {{sender.name}}. Invoices {{invoice.numbers}} are overdue, the oldest since {{oldest.due}}. Please settle the balance of {{amount}}. To pay: {{pay}}\nTo arrange a date: {{ask}}. Thank you for your attention and your business.',
    ),
    email: {
      subject: forms(
        'Collection notice: invoice {{invoice.number}}, balance of {{amount}}',
        'Collection notice: {{count}} overdue invoices, balance of {{amount}}',
      ),
      body: forms(
        paragraphs(
          attention,
          'To date we have not recorded payment of invoice {{invoice.number}}, issued to {{account.name}}, which was due on {{due}}, and is {{days.overdue}} overdue. With this notice we formally request that you settle the balance of {{amount}}.',
          overdueRow,
          payInEmail,
          agree,
          formalThanks,
          formalSignature,
        ),
        paragraphs(
          attention,
          'To date we have not recorded payment of {{count}} overdue invoices issued to {{account.name}}; the oldest was due on {{oldest.due}}. With this notice we formally request that you settle the balance of {{amount}}.',
          overdueTable,
          payInEmail,
          agree,
          formalThanks,
          formalSignature,
        ),
      ),
    },
  },

  thanks: {
    whatsapp: forms(
      paragraphs(
        greeting,
        'We at {{sender.name}} have received your payment for invoice {{invoice.number}} in the amount of {{paid.amount}}. The invoice is now settled in full.',
        'If you need a document, please contact {{ask}}. Thank you for your payment and for your business.',
      ),
      paragraphs(
        greeting,
        'We at {{sender.name}} have received your payment for {{count}} invoices ({{invoice.numbers}}) in the total amount of {{paid.amount}}. They are now settled in full.',
        'If you need a document, please contact {{ask}}. Thank you for your payment and for your business.',
      ),
    ),
    sms: forms(
      'Hello {{contact.name}}, {{sender.name}} has received your payment for invoice {{invoice.number}} in the amount of {{paid.amount}}. Questions: {{ask}}. Thank you for your payment and your business.',
      'Hello {{contact.name}}, {{sender.name}} has received your payment for invoices {{invoice.numbers}} in the total amount of {{paid.amount}}. Questions: {{ask}}. Thank you for your payment and your business.',
    ),
    email: {
      subject: forms(
        'We have received your payment for invoice {{invoice.number}}',
        'We have received your payment for {{count}} invoices',
      ),
      body: forms(
        paragraphs(
          greeting,
          'We have received the payment by {{account.name}} for invoice {{invoice.number}} in the amount of {{paid.amount}}. The invoice is now settled in full.',
          'Thank you for your payment and for your business. If you need a document, please contact {{ask}}.',
          signature,
        ),
        paragraphs(
          greeting,
          'We have received the payment by {{account.name}} for the following invoices in the total amount of {{paid.amount}}. All of them are now settled in full.',
          `| Invoice | Amount |
{{#items}}
| {{number}} | {{paid}} |
{{/items}}
| Total | {{paid.amount}} |`,
          'Thank you for your payment and for your business. If you need a document, please contact {{ask}}.',
          signature,
        ),
      ),
    },
  },
};
