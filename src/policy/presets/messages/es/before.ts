import { spanishFrame } from './frame.js';
import type { SpanishWords } from './words.js';

/** Messages that find nobody late. */
export function before(words: SpanishWords) {
  const { friendly, open } = spanishFrame(words);
  const { balance, totalBalance, from, question, scheduled, statement } = words;
  return {
    upcoming: friendly({
      subject: [
        'Factura {{invoice.number}}: vence el {{due}}',
        '{{count}} facturas próximas a vencer: {{amount}}',
      ],
      chat: [
        `Le escribimos ${from} {{sender.name}} para recordarle que la factura {{invoice.number}}, con ${balance} de {{amount}}, vence el {{due}}.`,
        `Le escribimos ${from} {{sender.name}} para recordarle que tiene {{count}} facturas próximas a vencer ({{invoice.numbers}}), con ${totalBalance} de {{amount}}. La primera vence el {{oldest.due}}.`,
      ],
      mail: [
        `Le recordamos que el {{due}} vence la factura {{invoice.number}}, a nombre de {{account.name}}, con ${balance} de {{amount}}.`,
        `Le recordamos que {{account.name}} tiene {{count}} facturas próximas a vencer, con ${totalBalance} de {{amount}}. La primera vence el {{oldest.due}}.`,
      ],
      sms: [
        '{{sender.name}} le recuerda que su factura {{invoice.number}}, con saldo de {{amount}}, vence el {{due}}.',
        '{{sender.name}} le recuerda sus facturas {{invoice.numbers}}, con saldo de {{amount}}; la primera vence el {{oldest.due}}.',
      ],
      table: open,
      closing: `Si ya tiene ${scheduled} el pago, no hace falta que haga nada más. ${question}`,
    }),

    'due-today': friendly({
      subject: [
        'Hoy vence su factura {{invoice.number}}',
        '{{count}} facturas, la primera vence hoy: {{amount}}',
      ],
      chat: [
        `Le escribimos ${from} {{sender.name}} para recordarle que hoy, {{due}}, vence la factura {{invoice.number}}, con ${balance} de {{amount}}.`,
        `Le escribimos ${from} {{sender.name}} para recordarle el vencimiento de {{count}} facturas ({{invoice.numbers}}), con ${totalBalance} de {{amount}}. La primera vence hoy, {{oldest.due}}.`,
      ],
      mail: [
        `Le recordamos que hoy, {{due}}, vence la factura {{invoice.number}}, a nombre de {{account.name}}, con ${balance} de {{amount}}.`,
        `Le recordamos el vencimiento de {{count}} facturas a nombre de {{account.name}}, con ${totalBalance} de {{amount}}. La primera vence hoy, {{oldest.due}}.`,
      ],
      sms: [
        '{{sender.name}} le recuerda que su factura {{invoice.number}}, con saldo de {{amount}}, vence hoy, {{due}}.',
        '{{sender.name}} le recuerda sus facturas {{invoice.numbers}}, con saldo de {{amount}}; la primera vence hoy, {{oldest.due}}.',
      ],
      table: open,
      closing: `Si el pago ya está en camino, no hace falta que haga nada más. ${question}`,
    }),

    statement: friendly({
      subject: [
        `Su ${statement}: factura {{invoice.number}}, {{amount}}`,
        `Su ${statement}: {{count}} facturas, {{amount}}`,
      ],
      chat: [
        `Le enviamos el ${statement} de {{account.name}} con {{sender.name}}: una factura abierta, {{invoice.number}}, con ${balance} de {{amount}} y vencimiento el {{due}}.`,
        `Le enviamos el ${statement} de {{account.name}} con {{sender.name}}, que reúne {{count}} facturas abiertas ({{invoice.numbers}}), con ${totalBalance} de {{amount}}. El primer vencimiento es el {{oldest.due}}.`,
      ],
      mail: [
        `Le enviamos el ${statement} de {{account.name}}: una factura abierta, con ${balance} de {{amount}} y vencimiento el {{due}}.`,
        `Le enviamos el ${statement} de {{account.name}}, que reúne {{count}} facturas abiertas, con ${totalBalance} de {{amount}}. El primer vencimiento es el {{oldest.due}}.`,
      ],
      sms: [
        `Su ${statement} con {{sender.name}}: factura {{invoice.number}}, con saldo de {{amount}} y vencimiento el {{due}}.`,
        `Su ${statement} con {{sender.name}}: facturas {{invoice.numbers}}, con saldo de {{amount}}, la primera con vencimiento el {{oldest.due}}.`,
      ],
      table: open,
      closing: `Si los pagos ya están programados o en camino, no hace falta que haga nada más. Si algún dato no coincide con sus registros, ${words.contact} y lo revisamos.`,
    }),
  };
}
