/**
 * Words in which readers of Spanish differ. Everything else is common to them
 * and stands once, in the texts. All of it is in usted, also for Spain: what a
 * company writes about an invoice is formal on both sides of the ocean.
 */
export interface SpanishWords {
  readonly greeting: string;
  /** Before the name of the company that writes. */
  readonly from: string;
  readonly inform: string;
  readonly pay: string;
  /** What an invoice is for, as a noun and as the head of a column. */
  readonly amount: string;
  /** What is left to pay, after "con" and as the head of a column. */
  readonly balance: string;
  readonly totalBalance: string;
  readonly balanceHead: string;
  /** After the number of days, and as the head of a column. */
  readonly late: string;
  readonly lateHead: string;
  readonly statement: string;
  readonly scheduled: string;
  readonly onItsWay: string;
  readonly alreadyPaid: string;
  readonly question: string;
  readonly missingPaper: string;
  readonly contact: string;
  readonly proof: string;
  readonly payOrDate: string;
  readonly payOrAgree: string;
  readonly settle: string;
  readonly notice: string;
  readonly toDate: string;
  readonly received: string;
  readonly noted: string;
  readonly query: string;
  /** What the debtor sent who says that it is paid, before "de la factura". */
  readonly paymentNotice: string;
  readonly document: string;
  /** After "gracias por". */
  readonly trust: string;
  readonly signature: string;
}

/** At home anywhere in Latin America, and understood in Spain. */
export const neutral: SpanishWords = {
  greeting: 'Hola, {{contact.name}}:',
  from: 'de',
  inform: 'Le informamos que',
  pay: 'Forma de pago:',
  amount: 'importe',
  balance: 'un saldo',
  totalBalance: 'un saldo total',
  balanceHead: 'Saldo',
  late: 'de atraso',
  lateHead: 'Atraso',
  statement: 'estado de cuenta',
  scheduled: 'programado',
  onItsWay:
    'Es posible que el pago ya esté en camino; de ser así, se lo agradecemos y puede hacer caso omiso de este mensaje.',
  alreadyPaid: 'Si ya realizó el pago',
  question: 'Para cualquier duda puede comunicarse con {{ask}}.',
  missingPaper:
    'Si tiene alguna duda o le falta algún documento para tramitar el pago, comuníquese con {{ask}}.',
  contact: 'comuníquese con {{ask}}',
  proof: 'comprobante',
  payOrDate:
    'Le pedimos realizar el pago lo antes posible o confirmarnos por escrito la fecha en que lo hará.',
  payOrAgree: 'Le pedimos realizar el pago o acordar una fecha con nosotros.',
  settle: 'Le solicitamos formalmente regularizar este saldo.',
  notice: 'aviso de cobro',
  toDate: 'a la fecha',
  received: 'recibimos',
  noted: 'registramos',
  query: 'su observación sobre',
  paymentNotice: 'su aviso de pago',
  document: 'Si necesita algún documento',
  trust: 'su confianza',
  signature: 'Saludos cordiales,',
};

/** Spain: the perfect of what has just happened, justificante, comunicación, retraso, importe pendiente. */
export const spain: SpanishWords = {
  ...neutral,
  from: 'desde',
  inform: 'Le informamos de que',
  balance: 'un importe pendiente',
  totalBalance: 'un total pendiente',
  balanceHead: 'Pendiente',
  late: 'de retraso',
  lateHead: 'Retraso',
  statement: 'extracto de cuenta',
  scheduled: 'previsto',
  onItsWay:
    'Es posible que el pago ya esté en camino; en ese caso, se lo agradecemos y no es necesario que haga nada más.',
  alreadyPaid: 'Si ya ha realizado el pago',
  question: 'Para cualquier duda, puede ponerse en contacto con {{ask}}.',
  missingPaper:
    'Si tiene alguna duda o le falta algún documento para tramitar el pago, póngase en contacto con {{ask}}.',
  contact: 'póngase en contacto con {{ask}}',
  proof: 'justificante',
  payOrDate:
    'Le rogamos que realice el pago a la mayor brevedad o nos confirme por escrito la fecha en que lo hará.',
  payOrAgree: 'Le rogamos que realice el pago o acuerde una fecha con nosotros.',
  settle: 'Le solicitamos formalmente que regularice este importe.',
  notice: 'reclamación de pago',
  toDate: 'a fecha de hoy',
  received: 'hemos recibido',
  noted: 'hemos registrado',
  query: 'su disconformidad con',
  paymentNotice: 'su comunicación de pago',
  signature: 'Un cordial saludo,',
};

/**
 * Mexico. "Forma de pago" is a field of the tax invoice there, so the details
 * are called otherwise; what the buyer's office asks for is the XML, and after
 * payment the complemento.
 */
export const mexico: SpanishWords = {
  ...neutral,
  pay: 'Datos para su pago:',
  amount: 'monto',
  onItsWay: 'Si su pago ya está en camino, se lo agradecemos; favor de hacer caso omiso de este mensaje.',
  question: 'Para cualquier duda o aclaración, {{ask}} está a sus órdenes.',
  missingPaper:
    'Si tiene alguna duda o le falta el XML u otro documento para programar su pago, comuníquese con {{ask}}.',
  payOrDate:
    'Le pedimos realizar su pago a la brevedad o confirmarnos por escrito la fecha en que lo realizará.',
  payOrAgree: 'Le pedimos realizar su pago o acordar una fecha con nosotros.',
  notice: 'aviso de cobranza',
  query: 'su solicitud de aclaración sobre',
  document: 'Si requiere el complemento de pago u otro documento',
  trust: 'su preferencia',
};

/**
 * Colombia: cordial saludo, inquietud, soporte, valor, reporte. No text asks why a debt
 * is late, which Ley 2300 of 2023 does not let a creditor ask.
 */
export const colombia: SpanishWords = {
  ...neutral,
  greeting: 'Cordial saludo, {{contact.name}}:',
  pay: 'Medios de pago:',
  amount: 'valor',
  late: 'de vencida',
  lateHead: 'Vencida hace',
  onItsWay: 'Si ya realizó el pago, se lo agradecemos; por favor haga caso omiso de este mensaje.',
  question: 'Para cualquier inquietud puede comunicarse con {{ask}}.',
  missingPaper:
    'Si tiene alguna inquietud o le falta algún soporte para tramitar el pago, comuníquese con {{ask}}.',
  proof: 'soporte',
  query: 'su reclamación sobre',
  paymentNotice: 'su reporte de pago',
  document: 'Si necesita algún soporte',
  signature: 'Cordialmente,',
};
