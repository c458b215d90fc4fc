import type { LedgerField } from './types.js';

/** What values of a field look like, so that a header alone does not decide. */
export type ValueKind =
  | 'text'
  | 'date'
  | 'amount'
  | 'flag'
  | 'currency'
  | 'country'
  | 'email'
  | 'phone'
  | 'language';

/** A field, and the headers by which it is known. */
export interface FieldSpec {
  readonly field: LedgerField;
  readonly kind: ValueKind;
  /**
   * Headers in lower case without accents, punctuation and small words, surest
   * first; `;` parts the sure from the likely, and those from the vague.
   */
  readonly headers: string;
}

/** Small words that headers may hold or not. */
export const smallWords: ReadonlySet<string> = new Set([
  ...['the', 'of', 'de', 'del', 'la', 'el', 'los', 'las', 'da', 'do', 'das', 'dos', 'a', 'o', 'al'],
]);

/** Every field with its headers in English, Spanish and Portuguese. */
export const fieldSpecs: readonly FieldSpec[] = [
  {
    field: 'invoice',
    kind: 'text',
    headers: `invoice id, id invoice, factura id, id factura, fatura id, id fatura, id documento, documento id,
      document id, doc id`,
  },
  {
    field: 'number',
    kind: 'text',
    headers: `invoice number, invoice no, invoice num, invoice nr, inv number, inv no, inv num, bill number, bill no,
      numero factura, no factura, num factura, nro factura, n factura, factura numero, factura no, factura nro,
      factura num, folio factura, numero fatura, no fatura, n fatura, num fatura, numero nota fiscal, numero nota, no nota, n nota,
      no nota fiscal, numero nf, n nf, nf e, nfe;
      invoice, factura, fatura, nota fiscal, nf, folio, comprobante, numero comprobante, no comprobante,
      nro comprobante, document number, document no, doc number, doc no, numero documento, no documento,
      nro documento, num documento, n documento, numero titulo;
      number, numero, nro, no, documento, document, titulo, bill, reference, referencia, id`,
  },
  {
    field: 'account',
    kind: 'text',
    headers: `customer id, customer code, customer number, customer no, cust id, cust no, cust number, cust code,
      client id, client code, client number, client no, account id, account number, account no, account code,
      debtor id, debtor code, debtor number, codigo cliente, cod cliente, id cliente, cliente id, numero cliente,
      no cliente, nro cliente, clave cliente, codigo sacado, id sacado, cuenta cliente;
      account, cuenta, conta, debtor, deudor, devedor;
      customer, client, cliente`,
  },
  {
    field: 'name',
    kind: 'text',
    headers: `customer name, client name, account name, debtor name, name customer, company name, nombre cliente,
      nombre deudor, razon social, razon social cliente, razao social, nome cliente, nome sacado, nome devedor;
      customer, client, cliente, company, empresa, sacado, buyer, bill to, facturar a;
      name, nombre, nome, debtor, deudor, devedor`,
  },
  {
    field: 'issued',
    kind: 'date',
    headers: `issue date, date issued, issued on, issued, invoice date, inv date, date invoice, fecha emision,
      fecha factura, fecha expedicion, emision, data emissao, dt emissao, emissao, data fatura;
      document date, doc date, document create date, bill date, billing date, posting date, fecha documento,
      fecha facturacion, fecha contable, data documento, data faturamento;
      date, fecha, data`,
  },
  {
    field: 'due',
    kind: 'date',
    headers: `due date, date due, due on, due by, due, due in date, payment due date, fecha vencimiento,
      fecha vto, vencimiento, vence, vto, data vencimento, dt vencimento, dt vencto, vencimento, vencto;
      payment due, maturity date, maturity, net due date, fecha limite pago, fecha limite, fecha venc, venc`,
  },
  {
    field: 'amount',
    kind: 'amount',
    headers: `invoice amount, invoice total, invoice value, total amount, total invoice, importe total,
      importe factura, monto total, monto factura, total factura, valor total, valor factura, valor fatura,
      valor documento, valor titulo, valor nota;
      amount, importe, monto, valor, total, gross amount, original amount, importe original, monto original,
      valor original, valor nominal, grand total;
      value, total open amount`,
  },
  {
    field: 'balance',
    kind: 'amount',
    headers: `balance, open balance, outstanding balance, outstanding amount, amount outstanding, outstanding,
      open amount, balance due, amount due, saldo, saldo pendiente, saldo insoluto, saldo factura, saldo abierto,
      importe pendiente, monto pendiente, saldo aberto, saldo devedor, saldo em aberto, valor aberto,
      valor em aberto, valor pendente;
      remaining, remaining amount, remaining balance, pendiente, pendente, em aberto`,
  },
  {
    field: 'currency',
    kind: 'currency',
    headers: `currency, currency code, invoice currency, ccy, moneda, codigo moneda, divisa, moeda, codigo moeda;
      curr, cur`,
  },
  {
    field: 'disputed',
    kind: 'flag',
    headers: `disputed, in dispute, is disputed, dispute, en disputa, disputada, disputado, em disputa, disputa;
      contested, reclamada, reclamado, reclamo, en reclamo, reclamacion, contestada, contestado`,
  },
  {
    field: 'paid',
    kind: 'date',
    headers: `paid date, date paid, payment date, paid on, settled date, settlement date, date settled,
      settled on, clear date, clearing date, cleared date, date cleared, fecha pago, fecha cobro,
      fecha liquidacion, fecha cobranza, data pagamento, dt pagamento, data baixa, data liquidacao,
      data recebimento;
      paid, settled, cleared, pagada, pagado, cobrada, cobrado, paga, pago, liquidada, pagamento`,
  },
  {
    field: 'contact',
    kind: 'text',
    headers: `contact name, contact person, contact, nombre contacto, persona contacto, contacto, nome contato,
      pessoa contato, contato`,
  },
  {
    field: 'email',
    kind: 'email',
    headers: `email, e mail, email address, contact email, customer email, client email, billing email, correo,
      correo electronico, email cliente, email contacto, correo cliente, correo contacto, email contato;
      mail, email cobranza, correo cobranza`,
  },
  {
    field: 'phone',
    kind: 'phone',
    headers: `phone, phone number, contact phone, customer phone, telephone, mobile, mobile phone, whatsapp,
      telefono, numero telefono, telefono contacto, telefono cliente, celular, movil, telefone,
      telefone contato, fone;
      cell, cell phone, tel`,
  },
  { field: 'country', kind: 'country', headers: 'country, country code, pais, codigo pais, cod pais' },
  {
    field: 'language',
    kind: 'language',
    headers: 'language, language code, idioma, lengua, lingua; lang, locale',
  },
];

/** Fields by another name that people may use in a mapping. */
export const fieldAliases: Readonly<Record<string, LedgerField>> = {
  total: 'amount',
  settled: 'paid',
  customer: 'account',
  client: 'account',
  accountname: 'name',
  accountid: 'account',
  invoiceid: 'invoice',
  invoicenumber: 'number',
  issue: 'issued',
  issuedate: 'issued',
  duedate: 'due',
  paiddate: 'paid',
  dispute: 'disputed',
};

/** Names of the fields. */
export const fieldNames: readonly LedgerField[] = fieldSpecs.map((spec) => spec.field);
