import { spanishFrame } from './frame.js';
import type { SpanishWords } from './words.js';

/** From courteous to firm. None asks why: that is for the reader to say. */
export function overdue(words: SpanishWords) {
  const { friendly, firm, overdue: table } = spanishFrame(words);
  const { balance, totalBalance, from, late, contact, onItsWay, payOrDate, payOrAgree } = words;
  const received = `${words.alreadyPaid}, le agradecemos que nos envíe el ${words.proof}.`;
  const whenPaid = `¿Podría confirmarnos para qué fecha lo tiene ${words.scheduled}?`;
  const toResolve = `Si hay alguna diferencia o necesita acordar una fecha, ${contact} y lo resolvemos.`;
  return {
    reminder: friendly({
      subject: [
        'Factura {{invoice.number}} pendiente de pago',
        '{{count}} facturas pendientes de pago: {{amount}}',
      ],
      chat: [
        `Le escribimos ${from} {{sender.name}} porque la factura {{invoice.number}} venció el {{due}} y en nuestros registros aún figura con ${balance} de {{amount}}. ${onItsWay}`,
        `Le escribimos ${from} {{sender.name}} porque en nuestros registros figuran {{count}} facturas vencidas ({{invoice.numbers}}), con ${totalBalance} de {{amount}}; la más antigua venció el {{oldest.due}}. ${onItsWay}`,
      ],
      mail: [
        `La factura {{invoice.number}}, a nombre de {{account.name}}, venció el {{due}} y en nuestros registros aún figura con ${balance} de {{amount}}. ${onItsWay}`,
        `En nuestros registros figuran {{count}} facturas vencidas a nombre de {{account.name}}, con ${totalBalance} de {{amount}}. La más antigua venció el {{oldest.due}}. ${onItsWay}`,
      ],
      sms: [
        `{{sender.name}}: su factura {{invoice.number}}, con saldo de {{amount}}, venció el {{due}}. ${words.alreadyPaid}, no tenga en cuenta este mensaje.`,
        `{{sender.name}}: sus facturas {{invoice.numbers}}, con saldo de {{amount}}, están vencidas, la más antigua desde el {{oldest.due}}. ${words.alreadyPaid}, no tenga en cuenta este mensaje.`,
      ],
      table,
      closing: words.missingPaper,
    }),

    'follow-up': friendly({
      subject: [
        'Fecha de pago de la factura {{invoice.number}}',
        'Fecha de pago de {{count}} facturas vencidas: {{amount}}',
      ],
      chat: [
        `Le escribimos ${from} {{sender.name}} porque seguimos a la espera del pago de la factura {{invoice.number}}, con ${balance} de {{amount}}, que venció el {{due}}. ${whenPaid}`,
        `Le escribimos ${from} {{sender.name}} porque seguimos a la espera del pago de {{count}} facturas vencidas ({{invoice.numbers}}), con ${totalBalance} de {{amount}}; la más antigua venció el {{oldest.due}}. ${whenPaid}`,
      ],
      mail: [
        `Seguimos a la espera del pago de la factura {{invoice.number}}, a nombre de {{account.name}}, con ${balance} de {{amount}}, que venció el {{due}}. ${whenPaid}`,
        `Seguimos a la espera del pago de {{count}} facturas vencidas a nombre de {{account.name}}, con ${totalBalance} de {{amount}}. La más antigua venció el {{oldest.due}}. ${whenPaid}`,
      ],
      sms: [
        '{{sender.name}}: sigue pendiente su factura {{invoice.number}}, con saldo de {{amount}}, que venció el {{due}}. ¿Para qué fecha podemos esperar el pago?',
        '{{sender.name}}: siguen pendientes sus facturas {{invoice.numbers}}, con saldo de {{amount}}, la más antigua vencida el {{oldest.due}}. ¿Para qué fecha podemos esperar el pago?',
      ],
      table,
      closing: [
        `${received} Si hay algún inconveniente con la factura, ${contact} y lo resolvemos.`,
        `${received} Si hay algún inconveniente con las facturas, ${contact} y lo resolvemos.`,
      ],
    }),

    firm: firm({
      subject: [
        `Factura {{invoice.number}} con {{days.overdue}} ${late}`,
        '{{count}} facturas vencidas: solicitamos su pago',
      ],
      chat: [
        `La factura {{invoice.number}}, emitida por {{sender.name}}, con ${balance} de {{amount}}, venció el {{due}} y tiene {{days.overdue}} ${late}. ${payOrDate}`,
        `Le escribimos ${from} {{sender.name}} porque hay {{count}} facturas vencidas ({{invoice.numbers}}), con ${totalBalance} de {{amount}}, la más antigua desde el {{oldest.due}}. ${payOrDate}`,
      ],
      mail: [
        `La factura {{invoice.number}}, a nombre de {{account.name}}, con ${balance} de {{amount}}, venció el {{due}} y tiene {{days.overdue}} ${late}. ${payOrDate}`,
        `Hay {{count}} facturas vencidas a nombre de {{account.name}}, con ${totalBalance} de {{amount}}, la más antigua desde el {{oldest.due}}. ${payOrDate}`,
      ],
      sms: [
        `{{sender.name}}: su factura {{invoice.number}}, con saldo de {{amount}}, venció el {{due}} y tiene {{days.overdue}} ${late}. Solicitamos su pago o la fecha en que lo hará.`,
        '{{sender.name}}: sus facturas {{invoice.numbers}}, con saldo de {{amount}}, están vencidas, la más antigua desde el {{oldest.due}}. Solicitamos su pago o la fecha en que lo hará.',
      ],
      table,
      closing: toResolve,
    }),

    'standing-reminder': firm({
      subject: [
        'Factura {{invoice.number}} abierta y vencida: {{amount}}',
        '{{count}} facturas abiertas y vencidas: {{amount}}',
      ],
      chat: [
        `La factura {{invoice.number}}, emitida por {{sender.name}}, sigue abierta, con ${balance} de {{amount}}: venció el {{due}} y tiene {{days.overdue}} ${late}. ${payOrAgree}`,
        `Le escribimos ${from} {{sender.name}} porque siguen abiertas {{count}} facturas vencidas ({{invoice.numbers}}), con ${totalBalance} de {{amount}}, la más antigua desde el {{oldest.due}}. ${payOrAgree}`,
      ],
      mail: [
        `La factura {{invoice.number}}, a nombre de {{account.name}}, sigue abierta, con ${balance} de {{amount}}: venció el {{due}} y tiene {{days.overdue}} ${late}. ${payOrAgree}`,
        `Siguen abiertas {{count}} facturas vencidas a nombre de {{account.name}}, con ${totalBalance} de {{amount}}, la más antigua desde el {{oldest.due}}. ${payOrAgree}`,
      ],
      sms: [
        `{{sender.name}}: sigue pendiente su factura {{invoice.number}}, con saldo de {{amount}}, que venció el {{due}}. Solicitamos su pago o una fecha de pago.`,
        '{{sender.name}}: siguen pendientes sus facturas {{invoice.numbers}}, con saldo de {{amount}}, la más antigua vencida el {{oldest.due}}. Solicitamos su pago o una fecha de pago.',
      ],
      table,
      closing: `Si hay alguna diferencia, ${contact} y la resolvemos.`,
    }),
  };
}
