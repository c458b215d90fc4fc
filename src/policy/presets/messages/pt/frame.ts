import { type Frame, invoiceTable, type Letter, letter } from '../letter.js';

/** Portuguese as written in Brazilian companies, without words that would need the reader's gender. */
const frame: Frame = {
  salutation: 'Olá, {{contact.name}},',
  smsSalutation: 'Olá, {{contact.name}}.',
  pay: 'Forma de pagamento:',
  smsEnd: 'Pagamento: {{pay}}\nDúvidas: {{ask}}. Agradecemos a parceria.',
  thanks: 'Agradecemos a parceria.',
  signature: 'Atenciosamente,\n{{sender.name}}',
};

export const friendly = (parts: Letter) => letter(frame, parts);

export const firm = (parts: Letter) =>
  letter({ ...frame, thanks: 'Agradecemos a atenção e a parceria.' }, parts);

export const formal = (parts: Letter) =>
  letter(
    {
      ...frame,
      salutation: 'Aos cuidados de {{contact.name}}:',
      smsSalutation: '{{contact.name}}:',
      smsEnd: 'Pagamento: {{pay}}\nContato: {{ask}}. Agradecemos a atenção.',
      thanks: 'Agradecemos a atenção e a parceria comercial.',
    },
    parts,
  );

/** Asks for nothing, so it says not how to pay. */
export const answer = (thanks: string, parts: Letter) =>
  letter({ ...frame, pay: undefined, smsEnd: `Dúvidas: {{ask}}. ${thanks}`, thanks }, parts);

/** Original amount and what is left of it. */
export const openTable = invoiceTable(
  { number: 'Fatura', due: 'Vencimento', original: 'Valor', amount: 'Saldo' },
  ['Total', 'amount'],
);

/** Days past due and what is left. */
export const overdueTable = invoiceTable(
  { number: 'Fatura', due: 'Vencimento', days: 'Atraso', amount: 'Saldo' },
  ['Total', 'amount'],
);

export const paidTable = [
  '',
  invoiceTable({ number: 'Fatura', paid: 'Valor' }, ['Total', 'paid.amount'])[1],
] as const;

export const datedTable = ['', invoiceTable({ number: 'Fatura', due: 'Vencimento' })[1]] as const;
