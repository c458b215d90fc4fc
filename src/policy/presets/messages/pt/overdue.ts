import { firm, friendly, overdueTable } from './frame.js';

const ignore = 'Caso o pagamento já tenha sido feito, agradecemos; por favor, desconsidere esta mensagem.';
const whenPaid = 'Poderia nos informar a data prevista para o pagamento?';
const payOrDate =
  'Pedimos que o pagamento seja feito o quanto antes ou que nos confirme por escrito a data em que será realizado.';
const payOrAgree = 'Pedimos que o pagamento seja feito ou que combine conosco uma data.';
const toResolve =
  'Se houver alguma divergência ou se precisar combinar uma data, fale com {{ask}} para resolvermos.';

/** From courteous to firm. None asks why: that is for the reader to say. */
export const overdue = {
  reminder: friendly({
    subject: ['Fatura {{invoice.number}} em aberto', '{{count}} faturas em aberto: {{amount}}'],
    chat: [
      `Aqui é o setor financeiro de {{sender.name}}: ainda não identificamos o pagamento da fatura {{invoice.number}}, com saldo de {{amount}}, vencida em {{due}}. ${ignore}`,
      `Aqui é o setor financeiro de {{sender.name}}: ainda não identificamos o pagamento de {{count}} faturas ({{invoice.numbers}}), com saldo total de {{amount}}; a mais antiga venceu em {{oldest.due}}. ${ignore}`,
    ],
    mail: [
      `Ainda não identificamos o pagamento da fatura {{invoice.number}}, em nome de {{account.name}}, com saldo de {{amount}}, vencida em {{due}}. ${ignore}`,
      `Ainda não identificamos o pagamento de {{count}} faturas em nome de {{account.name}}, com saldo total de {{amount}}. A mais antiga venceu em {{oldest.due}}. ${ignore}`,
    ],
    sms: [
      '{{sender.name}}: a fatura {{invoice.number}}, com saldo de {{amount}}, venceu em {{due}}. Se já pagou, desconsidere.',
      '{{sender.name}}: as faturas {{invoice.numbers}}, com saldo de {{amount}}, estão vencidas, a mais antiga desde {{oldest.due}}. Se já pagou, desconsidere.',
    ],
    table: overdueTable,
    closing:
      'Se tiver alguma dúvida ou se precisar da nota fiscal ou de outro documento para liberar o pagamento, fale com {{ask}}.',
  }),

  'follow-up': friendly({
    subject: [
      'Data de pagamento da fatura {{invoice.number}}',
      'Data de pagamento de {{count}} faturas vencidas: {{amount}}',
    ],
    chat: [
      `Aqui é o setor financeiro de {{sender.name}}: a fatura {{invoice.number}}, com saldo de {{amount}}, vencida em {{due}}, continua em aberto. ${whenPaid}`,
      `Aqui é o setor financeiro de {{sender.name}}: continuam em aberto {{count}} faturas vencidas ({{invoice.numbers}}), com saldo total de {{amount}}; a mais antiga venceu em {{oldest.due}}. ${whenPaid}`,
    ],
    mail: [
      `A fatura {{invoice.number}}, em nome de {{account.name}}, com saldo de {{amount}}, vencida em {{due}}, continua em aberto. ${whenPaid}`,
      `Continuam em aberto {{count}} faturas vencidas em nome de {{account.name}}, com saldo total de {{amount}}. A mais antiga venceu em {{oldest.due}}. ${whenPaid}`,
    ],
    sms: [
      '{{sender.name}}: a fatura {{invoice.number}}, com saldo de {{amount}}, vencida em {{due}}, continua em aberto. Qual a data prevista para o pagamento?',
      '{{sender.name}}: as faturas {{invoice.numbers}}, com saldo de {{amount}}, continuam em aberto, a mais antiga desde {{oldest.due}}. Qual a data prevista para o pagamento?',
    ],
    table: overdueTable,
    closing: [
      'Se o pagamento já foi feito, pedimos que nos envie o comprovante. Havendo qualquer problema com a fatura, fale com {{ask}} para resolvermos.',
      'Se o pagamento já foi feito, pedimos que nos envie o comprovante. Havendo qualquer problema com as faturas, fale com {{ask}} para resolvermos.',
    ],
  }),

  firm: firm({
    subject: [
      'Fatura {{invoice.number}} com {{days.overdue}} de atraso',
      '{{count}} faturas vencidas: solicitamos o pagamento',
    ],
    chat: [
      `A fatura {{invoice.number}}, emitida por {{sender.name}}, com saldo de {{amount}}, venceu em {{due}} e está com {{days.overdue}} de atraso. ${payOrDate}`,
      `Aqui é o setor financeiro de {{sender.name}}: há {{count}} faturas vencidas ({{invoice.numbers}}), com saldo total de {{amount}}, a mais antiga desde {{oldest.due}}. ${payOrDate}`,
    ],
    mail: [
      `A fatura {{invoice.number}}, em nome de {{account.name}}, com saldo de {{amount}}, venceu em {{due}} e está com {{days.overdue}} de atraso. ${payOrDate}`,
      `Há {{count}} faturas vencidas em nome de {{account.name}}, com saldo total de {{amount}}, a mais antiga desde {{oldest.due}}. ${payOrDate}`,
    ],
    sms: [
      '{{sender.name}}: a fatura {{invoice.number}}, com saldo de {{amount}}, venceu em {{due}} e está com {{days.overdue}} de atraso. Pedimos o pagamento ou a data prevista.',
      '{{sender.name}}: as faturas {{invoice.numbers}}, com saldo de {{amount}}, estão vencidas, a mais antiga desde {{oldest.due}}. Pedimos o pagamento ou a data prevista.',
    ],
    table: overdueTable,
    closing: toResolve,
  }),

  'standing-reminder': firm({
    subject: [
      'Fatura {{invoice.number}} continua em aberto: {{amount}}',
      '{{count}} faturas vencidas continuam em aberto: {{amount}}',
    ],
    chat: [
      `A fatura {{invoice.number}}, emitida por {{sender.name}}, continua em aberto, com saldo de {{amount}}: venceu em {{due}} e está com {{days.overdue}} de atraso. ${payOrAgree}`,
      `Aqui é o setor financeiro de {{sender.name}}: continuam em aberto {{count}} faturas vencidas ({{invoice.numbers}}), com saldo total de {{amount}}, a mais antiga desde {{oldest.due}}. ${payOrAgree}`,
    ],
    mail: [
      `A fatura {{invoice.number}}, em nome de {{account.name}}, continua em aberto, com saldo de {{amount}}: venceu em {{due}} e está com {{days.overdue}} de atraso. ${payOrAgree}`,
      `Continuam em aberto {{count}} faturas vencidas em nome de {{account.name}}, com saldo total de {{amount}}, a mais antiga desde {{oldest.due}}. ${payOrAgree}`,
    ],
    sms: [
      '{{sender.name}}: a fatura {{invoice.number}}, com saldo de {{amount}}, vencida em {{due}}, continua em aberto. Pedimos o pagamento ou uma data de pagamento.',
      '{{sender.name}}: as faturas {{invoice.numbers}}, com saldo de {{amount}}, continuam em aberto, a mais antiga desde {{oldest.due}}. Pedimos o pagamento ou uma data de pagamento.',
    ],
    table: overdueTable,
    closing: 'Se houver alguma divergência, fale com {{ask}} para resolvermos.',
  }),
};
