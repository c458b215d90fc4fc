import { capital, spanishFrame } from './frame.js';
import type { SpanishWords } from './words.js';

/** Formal is formal: what is so, what is asked for, whom to talk to. What may follow is what was agreed. */
export function formal(words: SpanishWords) {
  const { firm, formal: notice, overdue: table } = spanishFrame(words);
  const { balance, totalBalance, from, inform, late, settle, payOrAgree } = words;
  const agree = `${words.alreadyPaid}, envíenos el ${words.proof}; para acordar una fecha o aclarar una diferencia, ${words.contact}.`;
  const whatFollows =
    'Preferimos resolverlo con usted; sin noticias suyas, continuaremos la gestión según las condiciones acordadas.';
  const mayStop = 'según lo acordado, el servicio puede suspenderse';
  const resumes = 'El servicio podrá reanudarse una vez registrado el pago.';
  return {
    'service-warning': firm({
      subject: [
        'Aviso sobre su servicio: factura {{invoice.number}} vencida',
        'Aviso sobre su servicio: {{count}} facturas vencidas',
      ],
      chat: [
        `Le escribimos ${from} {{sender.name}} sobre su servicio. La factura {{invoice.number}}, con ${balance} de {{amount}}, venció el {{due}} y, ${mayStop} mientras siga pendiente. Queremos evitarlo. ${payOrAgree}`,
        `Le escribimos ${from} {{sender.name}} sobre su servicio. Hay {{count}} facturas vencidas ({{invoice.numbers}}), con ${totalBalance} de {{amount}}, la más antigua desde el {{oldest.due}}, y, ${mayStop} mientras sigan pendientes. Queremos evitarlo. ${payOrAgree}`,
      ],
      mail: [
        `Le escribimos sobre el servicio de {{account.name}}. La factura {{invoice.number}}, con ${balance} de {{amount}}, venció el {{due}} y, ${mayStop} mientras siga pendiente. Queremos evitarlo. ${payOrAgree}`,
        `Le escribimos sobre el servicio de {{account.name}}. Hay {{count}} facturas vencidas, con ${totalBalance} de {{amount}}, la más antigua desde el {{oldest.due}}, y, ${mayStop} mientras sigan pendientes. Queremos evitarlo. ${payOrAgree}`,
      ],
      sms: [
        '{{sender.name}}: su factura {{invoice.number}}, con saldo de {{amount}}, venció el {{due}}. Según lo acordado, el servicio puede suspenderse; queremos evitarlo.',
        '{{sender.name}}: sus facturas {{invoice.numbers}}, con saldo de {{amount}}, están vencidas, la más antigua desde el {{oldest.due}}. Según lo acordado, el servicio puede suspenderse; queremos evitarlo.',
      ],
      table,
      closing: agree,
    }),

    'service-stopped': notice({
      subject: [
        'Servicio suspendido: factura {{invoice.number}}',
        'Servicio suspendido: {{count}} facturas vencidas',
      ],
      chat: [
        `El servicio de {{sender.name}} para {{account.name}} está suspendido, según las condiciones acordadas, por la factura {{invoice.number}}, con ${balance} de {{amount}}, que venció el {{due}}. ${resumes}`,
        `El servicio de {{sender.name}} para {{account.name}} está suspendido, según las condiciones acordadas, por {{count}} facturas vencidas ({{invoice.numbers}}), con ${totalBalance} de {{amount}}, la más antigua desde el {{oldest.due}}. ${resumes}`,
      ],
      mail: [
        `${inform} el servicio de {{account.name}} está suspendido, según las condiciones acordadas, por la factura {{invoice.number}}, con ${balance} de {{amount}}, que venció el {{due}}. ${resumes}`,
        `${inform} el servicio de {{account.name}} está suspendido, según las condiciones acordadas, por {{count}} facturas vencidas, con ${totalBalance} de {{amount}}, la más antigua desde el {{oldest.due}}. ${resumes}`,
      ],
      sms: [
        'el servicio de {{sender.name}} está suspendido según lo acordado por la factura {{invoice.number}}, con saldo de {{amount}}, que venció el {{due}}. Podrá reanudarse con el pago.',
        'el servicio de {{sender.name}} está suspendido según lo acordado por las facturas {{invoice.numbers}}, con saldo de {{amount}}, la más antigua vencida el {{oldest.due}}. Podrá reanudarse con el pago.',
      ],
      table,
      closing: agree,
    }),

    'collection-notice': notice({
      subject: [
        `${capital(words.notice)}: factura {{invoice.number}}, {{amount}}`,
        `${capital(words.notice)}: {{count}} facturas vencidas, {{amount}}`,
      ],
      chat: [
        `${capital(words.notice)} de {{sender.name}}: ${words.toDate} no hemos registrado el pago de la factura {{invoice.number}}, a nombre de {{account.name}}, con ${balance} de {{amount}}, que venció el {{due}} y tiene {{days.overdue}} ${late}. ${settle}`,
        `${capital(words.notice)} de {{sender.name}}: ${words.toDate} no hemos registrado el pago de {{count}} facturas vencidas ({{invoice.numbers}}) a nombre de {{account.name}}, con ${totalBalance} de {{amount}}; la más antigua venció el {{oldest.due}}. ${settle}`,
      ],
      mail: [
        `${capital(words.toDate)} no hemos registrado el pago de la factura {{invoice.number}}, a nombre de {{account.name}}, con ${balance} de {{amount}}, que venció el {{due}} y tiene {{days.overdue}} ${late}. ${settle}`,
        `${capital(words.toDate)} no hemos registrado el pago de {{count}} facturas vencidas a nombre de {{account.name}}, con ${totalBalance} de {{amount}}; la más antigua venció el {{oldest.due}}. ${settle}`,
      ],
      sms: [
        `${words.notice} de {{sender.name}}. La factura {{invoice.number}}, con saldo de {{amount}}, venció el {{due}} y tiene {{days.overdue}} ${late}. Solicitamos su pago.`,
        `${words.notice} de {{sender.name}}. Las facturas {{invoice.numbers}}, con saldo de {{amount}}, están vencidas, la más antigua desde el {{oldest.due}}. Solicitamos su pago.`,
      ],
      table,
      closing: agree,
    }),

    'final-notice': notice({
      subject: [
        'Recordatorio final: factura {{invoice.number}}, {{amount}}',
        'Recordatorio final: {{count}} facturas vencidas, {{amount}}',
      ],
      chat: [
        `Recordatorio final de {{sender.name}}: sigue abierta la factura {{invoice.number}}, con ${balance} de {{amount}}, que venció el {{due}} y tiene {{days.overdue}} ${late}. ${settle} ${whatFollows}`,
        `Recordatorio final de {{sender.name}}: siguen abiertas {{count}} facturas vencidas ({{invoice.numbers}}), con ${totalBalance} de {{amount}}; la más antigua venció el {{oldest.due}}. ${settle} ${whatFollows}`,
      ],
      mail: [
        `Este es nuestro recordatorio final sobre la factura {{invoice.number}}, a nombre de {{account.name}}, con ${balance} de {{amount}}, que venció el {{due}} y tiene {{days.overdue}} ${late}. ${settle} ${whatFollows}`,
        `Este es nuestro recordatorio final sobre {{count}} facturas vencidas a nombre de {{account.name}}, con ${totalBalance} de {{amount}}; la más antigua venció el {{oldest.due}}. ${settle} ${whatFollows}`,
      ],
      sms: [
        `recordatorio final de {{sender.name}}. La factura {{invoice.number}}, con saldo de {{amount}}, venció el {{due}} y tiene {{days.overdue}} ${late}. Solicitamos su pago o una fecha de pago.`,
        'recordatorio final de {{sender.name}}. Las facturas {{invoice.numbers}}, con saldo de {{amount}}, están vencidas, la más antigua desde el {{oldest.due}}. Solicitamos su pago o una fecha de pago.',
      ],
      table,
      closing: agree,
    }),
  };
}
