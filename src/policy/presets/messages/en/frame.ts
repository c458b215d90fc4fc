import { type Frame, invoiceTable, type Letter, letter } from '../letter.js';

/** English for readers anywhere: no idiom, no spelling that belongs to one country. */
const frame: Frame = {
  salutation: 'Hello {{contact.name}},',
  smsSalutation: 'Hello {{contact.name}}.',
  pay: 'How to pay:',
  smsEnd: 'To pay: {{pay}}\nQuestions: {{ask}}. Thank you for your business.',
  thanks: 'Thank you for your business.',
  signature: 'Kind regards,\n{{sender.name}}',
};

export const friendly = (parts: Letter) => letter(frame, parts);

export const firm = (parts: Letter) =>
  letter({ ...frame, thanks: 'Thank you for your attention and for your business.' }, parts);

export const formal = (parts: Letter) =>
  letter(
    {
      ...frame,
      salutation: 'For the attention of {{contact.name}}:',
      smsSalutation: '{{contact.name}}:',
      smsEnd: 'To pay: {{pay}}\nQuestions: {{ask}}. Thank you for your attention.',
      thanks: 'We appreciate your attention and your business.',
      signature: 'Sincerely,\n{{sender.name}}',
    },
    parts,
  );

/** Asks for nothing, so it says not how to pay. */
export const answer = (thanks: string, parts: Letter) =>
  letter({ ...frame, pay: undefined, smsEnd: `Questions: {{ask}}. ${thanks}`, thanks }, parts);

/** Original amount and what is left of it. */
export const openTable = invoiceTable(
  { number: 'Invoice', due: 'Due date', original: 'Amount', amount: 'Balance' },
  ['Total', 'amount'],
);

/** Days past due and what is left. */
export const overdueTable = invoiceTable(
  { number: 'Invoice', due: 'Due date', days: 'Overdue by', amount: 'Balance' },
  ['Total', 'amount'],
);

export const paidTable = [
  '',
  invoiceTable({ number: 'Invoice', paid: 'Amount' }, ['Total', 'paid.amount'])[1],
] as const;

export const datedTable = ['', invoiceTable({ number: 'Invoice', due: 'Due date' })[1]] as const;
