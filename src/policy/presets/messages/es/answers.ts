import { capital, spanishFrame } from './frame.js';
import type { SpanishWords } from './words.js';

/** What is said back to a payment, a promise, a dispute and the report of a payment. */
export function answers(words: SpanishWords) {
  const { answer, paid, dated } = spanishFrame(words);
  const { received, noted, query, amount, contact, document, proof, paymentNotice } = words;
  const change = `Hasta esa fecha pausamos los recordatorios de ese ${amount}. Si algo cambia o algún dato no es correcto, ${contact}.`;
  const looking = `Estamos revisando el caso y, mientras tanto, pausamos los recordatorios de ese ${amount}.`;
  const verifying = 'Estamos verificando el pago y, mientras tanto, pausamos los recordatorios';
  return {
    thanks: answer('su pago', {
      subject: [
        `${capital(received)} su pago de la factura {{invoice.number}}`,
        `${capital(received)} su pago de {{count}} facturas`,
      ],
      chat: [
        `En {{sender.name}} ${received} su pago de {{paid.amount}} por la factura {{invoice.number}}, que queda saldada.`,
        `En {{sender.name}} ${received} su pago de {{paid.amount}} por {{count}} facturas ({{invoice.numbers}}), que quedan saldadas.`,
      ],
      mail: [
        `${capital(received)} el pago de {{paid.amount}} por la factura {{invoice.number}}, a nombre de {{account.name}}. La factura queda saldada.`,
        `${capital(received)} el pago de {{paid.amount}} por las siguientes facturas a nombre de {{account.name}}. Todas quedan saldadas.`,
      ],
      sms: [
        `En {{sender.name}} ${received} su pago de {{paid.amount}} por la factura {{invoice.number}}, que queda saldada.`,
        `En {{sender.name}} ${received} su pago de {{paid.amount}} por las facturas {{invoice.numbers}}, que quedan saldadas.`,
      ],
      table: paid,
      closing: `${document}, ${contact}.`,
    }),

    'promise-noted': answer('su respuesta', {
      subject: [
        'Factura {{invoice.number}}: pago previsto el {{promise.date}}',
        '{{count}} facturas: pago previsto el {{promise.date}}',
      ],
      chat: [
        `En {{sender.name}} ${noted} su compromiso de pagar {{promise.amount}} de la factura {{invoice.number}} el {{promise.date}}.`,
        `En {{sender.name}} ${noted} su compromiso de pagar {{promise.amount}} de {{count}} facturas ({{invoice.numbers}}) el {{promise.date}}.`,
      ],
      mail: [
        `${capital(noted)} el compromiso de {{account.name}} de pagar {{promise.amount}} de la factura {{invoice.number}} el {{promise.date}}.`,
        `${capital(noted)} el compromiso de {{account.name}} de pagar {{promise.amount}} de las siguientes facturas el {{promise.date}}.`,
      ],
      sms: [
        `{{sender.name}}: ${noted} su compromiso de pagar {{promise.amount}} de la factura {{invoice.number}} el {{promise.date}}.`,
        `{{sender.name}}: ${noted} su compromiso de pagar {{promise.amount}} de las facturas {{invoice.numbers}} el {{promise.date}}.`,
      ],
      table: dated,
      closing: change,
    }),

    'dispute-noted': answer('informarnos', {
      subject: ['Revisión de la factura {{invoice.number}}', 'Revisión de {{count}} facturas'],
      chat: [
        `En {{sender.name}} ${received} ${query} la factura {{invoice.number}}, por {{disputed.amount}}. ${looking}`,
        `En {{sender.name}} ${received} ${query} {{count}} facturas ({{invoice.numbers}}), por {{disputed.amount}}. ${looking}`,
      ],
      mail: [
        `${capital(received)} ${query} la factura {{invoice.number}}, a nombre de {{account.name}}, por {{disputed.amount}}. ${looking}`,
        `${capital(received)} ${query} las siguientes facturas a nombre de {{account.name}}, por {{disputed.amount}}. ${looking}`,
      ],
      sms: [
        `{{sender.name}}: ${received} ${query} la factura {{invoice.number}}, por {{disputed.amount}}. La estamos revisando y pausamos sus recordatorios.`,
        `{{sender.name}}: ${received} ${query} las facturas {{invoice.numbers}}, por {{disputed.amount}}. Las estamos revisando y pausamos sus recordatorios.`,
      ],
      table: dated,
      closing: `Si desea aportar algún dato o documento, ${contact}.`,
    }),

    // It names no amount: often nobody said how much.
    'payment-noted': answer('informarnos', {
      subject: [
        'Factura {{invoice.number}}: pago en verificación',
        '{{count}} facturas: pago en verificación',
      ],
      chat: [
        `En {{sender.name}} ${received} ${paymentNotice} de la factura {{invoice.number}}. ${verifying} de esa factura.`,
        `En {{sender.name}} ${received} ${paymentNotice} de {{count}} facturas ({{invoice.numbers}}). ${verifying} de esas facturas.`,
      ],
      mail: [
        `${capital(received)} ${paymentNotice} de la factura {{invoice.number}}, a nombre de {{account.name}}. ${verifying} de esa factura.`,
        `${capital(received)} ${paymentNotice} de las siguientes facturas a nombre de {{account.name}}. ${verifying} de esas facturas.`,
      ],
      sms: [
        `{{sender.name}}: ${received} ${paymentNotice} de la factura {{invoice.number}}. Verificamos el pago y pausamos sus recordatorios.`,
        `{{sender.name}}: ${received} ${paymentNotice} de las facturas {{invoice.numbers}}. Verificamos el pago y pausamos sus recordatorios.`,
      ],
      table: dated,
      closing: `Si desea enviarnos el ${proof}, ${contact}.`,
    }),
  };
}
