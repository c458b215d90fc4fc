import { type Frame, invoiceTable, type Letter, letter } from '../letter.js';
import type { SpanishWords } from './words.js';

/** The word as it begins a sentence. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The frames and tables of Spanish messages. */
export function spanishFrame(words: SpanishWords) {
  const { greeting, pay, trust, signature } = words;
  const friendly: Frame = {
    salutation: greeting,
    smsSalutation: 'Hola, {{contact.name}}.',
    pay,
    smsEnd: `Pago: {{pay}}\nDudas: {{ask}}. Gracias por su confianza.`,
    thanks: `Gracias por ${trust}.`,
    signature: `${signature}\n{{sender.name}}`,
  };
  const notice: Frame = {
    salutation: 'A la atención de {{contact.name}}:',
    smsSalutation: '{{contact.name}}:',
    pay,
    smsEnd: `Pago: {{pay}}\nConsultas: {{ask}}. Gracias por su atención.`,
    thanks: `Agradecemos su atención y ${trust}.`,
    signature: 'Atentamente,\n{{sender.name}}',
  };
  const amountHead = capital(words.amount);
  return {
    friendly: (parts: Letter) => letter(friendly, parts),
    firm: (parts: Letter) =>
      letter({ ...friendly, thanks: `Gracias por su atención y por ${trust}.` }, parts),
    formal: (parts: Letter) => letter(notice, parts),
    /** Asks for nothing, so it says not how to pay. */
    answer: (reason: string, parts: Letter) =>
      letter(
        {
          ...friendly,
          pay: undefined,
          smsEnd: `Dudas: {{ask}}. Gracias por ${reason} y por su confianza.`,
          thanks: `Gracias por ${reason} y por ${trust}.`,
        },
        parts,
      ),
    /** Original amount and what is left of it. */
    open: invoiceTable(
      { number: 'Factura', due: 'Vencimiento', original: amountHead, amount: words.balanceHead },
      ['Total', 'amount'],
    ),
    /** Days past due and what is left. */
    overdue: invoiceTable(
      { number: 'Factura', due: 'Vencimiento', days: words.lateHead, amount: words.balanceHead },
      ['Total', 'amount'],
    ),
    paid: ['', invoiceTable({ number: 'Factura', paid: amountHead }, ['Total', 'paid.amount'])[1]] as const,
    dated: ['', invoiceTable({ number: 'Factura', due: 'Vencimiento' })[1]] as const,
  };
}
