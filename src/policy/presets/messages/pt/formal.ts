import { firm, formal as notice, overdueTable } from './frame.js';

const agree =
  'Caso o pagamento já tenha sido efetuado, envie-nos o comprovante; para combinar uma data ou esclarecer uma divergência, fale com {{ask}}.';
const settle = 'Solicitamos formalmente a regularização deste saldo.';
const whatFollows =
  'Preferimos resolver isso em conjunto; sem retorno, seguiremos com a cobrança conforme as condições contratadas.';
const mayStop = 'conforme as condições contratadas, o serviço pode ser suspenso';
const avoid = 'Queremos evitar isso. Pedimos que o pagamento seja feito ou que combine conosco uma data.';
const resumes = 'O serviço poderá ser retomado após a confirmação do pagamento.';

/** Formal is formal: what is so, what is asked for, whom to talk to. What may follow is what was agreed. */
export const formal = {
  'service-warning': firm({
    subject: [
      'Aviso sobre o seu serviço: fatura {{invoice.number}} vencida',
      'Aviso sobre o seu serviço: {{count}} faturas vencidas',
    ],
    chat: [
      `Mensagem de {{sender.name}} sobre o seu serviço. A fatura {{invoice.number}}, com saldo de {{amount}}, venceu em {{due}} e, ${mayStop} enquanto ela estiver em aberto. ${avoid}`,
      `Mensagem de {{sender.name}} sobre o seu serviço. Há {{count}} faturas vencidas ({{invoice.numbers}}), com saldo total de {{amount}}, a mais antiga desde {{oldest.due}}, e, ${mayStop} enquanto elas estiverem em aberto. ${avoid}`,
    ],
    mail: [
      `Escrevemos sobre o serviço de {{account.name}}. A fatura {{invoice.number}}, com saldo de {{amount}}, venceu em {{due}} e, ${mayStop} enquanto ela estiver em aberto. ${avoid}`,
      `Escrevemos sobre o serviço de {{account.name}}. Há {{count}} faturas vencidas, com saldo total de {{amount}}, a mais antiga desde {{oldest.due}}, e, ${mayStop} enquanto elas estiverem em aberto. ${avoid}`,
    ],
    sms: [
      '{{sender.name}}: a fatura {{invoice.number}}, com saldo de {{amount}}, venceu em {{due}}. Conforme o contrato, o serviço pode ser suspenso; queremos evitar isso.',
      '{{sender.name}}: as faturas {{invoice.numbers}}, com saldo de {{amount}}, estão vencidas, a mais antiga desde {{oldest.due}}. Conforme o contrato, o serviço pode ser suspenso; queremos evitar isso.',
    ],
    table: overdueTable,
    closing: agree,
  }),

  'service-stopped': notice({
    subject: ['Serviço suspenso: fatura {{invoice.number}}', 'Serviço suspenso: {{count}} faturas vencidas'],
    chat: [
      `O serviço de {{sender.name}} para {{account.name}} está suspenso, conforme as condições contratadas, em razão da fatura {{invoice.number}}, com saldo de {{amount}}, vencida em {{due}}. ${resumes}`,
      `O serviço de {{sender.name}} para {{account.name}} está suspenso, conforme as condições contratadas, em razão de {{count}} faturas vencidas ({{invoice.numbers}}), com saldo total de {{amount}}, a mais antiga desde {{oldest.due}}. ${resumes}`,
    ],
    mail: [
      `Informamos que o serviço de {{account.name}} está suspenso, conforme as condições contratadas, em razão da fatura {{invoice.number}}, com saldo de {{amount}}, vencida em {{due}}. ${resumes}`,
      `Informamos que o serviço de {{account.name}} está suspenso, conforme as condições contratadas, em razão de {{count}} faturas vencidas, com saldo total de {{amount}}, a mais antiga desde {{oldest.due}}. ${resumes}`,
    ],
    sms: [
      'o serviço de {{sender.name}} está suspenso, conforme o contrato, em razão da fatura {{invoice.number}}, com saldo de {{amount}}, vencida em {{due}}. Poderá ser retomado com o pagamento.',
      'o serviço de {{sender.name}} está suspenso, conforme o contrato, em razão das faturas {{invoice.numbers}}, com saldo de {{amount}}, a mais antiga vencida em {{oldest.due}}. Poderá ser retomado com o pagamento.',
    ],
    table: overdueTable,
    closing: agree,
  }),

  'collection-notice': notice({
    subject: [
      'Aviso de cobrança: fatura {{invoice.number}}, {{amount}}',
      'Aviso de cobrança: {{count}} faturas vencidas, {{amount}}',
    ],
    chat: [
      `Aviso de cobrança de {{sender.name}}: até a presente data não identificamos o pagamento da fatura {{invoice.number}}, em nome de {{account.name}}, com saldo de {{amount}}, vencida em {{due}} e com {{days.overdue}} de atraso. ${settle}`,
      `Aviso de cobrança de {{sender.name}}: até a presente data não identificamos o pagamento de {{count}} faturas vencidas ({{invoice.numbers}}) em nome de {{account.name}}, com saldo total de {{amount}}; a mais antiga venceu em {{oldest.due}}. ${settle}`,
    ],
    mail: [
      `Até a presente data não identificamos o pagamento da fatura {{invoice.number}}, em nome de {{account.name}}, com saldo de {{amount}}, vencida em {{due}} e com {{days.overdue}} de atraso. ${settle}`,
      `Até a presente data não identificamos o pagamento de {{count}} faturas vencidas em nome de {{account.name}}, com saldo total de {{amount}}; a mais antiga venceu em {{oldest.due}}. ${settle}`,
    ],
    sms: [
      'aviso de cobrança de {{sender.name}}. A fatura {{invoice.number}}, com saldo de {{amount}}, venceu em {{due}} e está com {{days.overdue}} de atraso. Solicitamos a regularização.',
      'aviso de cobrança de {{sender.name}}. As faturas {{invoice.numbers}}, com saldo de {{amount}}, estão vencidas, a mais antiga desde {{oldest.due}}. Solicitamos a regularização.',
    ],
    table: overdueTable,
    closing: agree,
  }),

  'final-notice': notice({
    subject: [
      'Lembrete final: fatura {{invoice.number}}, {{amount}}',
      'Lembrete final: {{count}} faturas vencidas, {{amount}}',
    ],
    chat: [
      `Lembrete final de {{sender.name}}: continua em aberto a fatura {{invoice.number}}, com saldo de {{amount}}, vencida em {{due}} e com {{days.overdue}} de atraso. ${settle} ${whatFollows}`,
      `Lembrete final de {{sender.name}}: continuam em aberto {{count}} faturas vencidas ({{invoice.numbers}}), com saldo total de {{amount}}; a mais antiga venceu em {{oldest.due}}. ${settle} ${whatFollows}`,
    ],
    mail: [
      `Este é o nosso lembrete final sobre a fatura {{invoice.number}}, em nome de {{account.name}}, com saldo de {{amount}}, vencida em {{due}} e com {{days.overdue}} de atraso. ${settle} ${whatFollows}`,
      `Este é o nosso lembrete final sobre {{count}} faturas vencidas em nome de {{account.name}}, com saldo total de {{amount}}; a mais antiga venceu em {{oldest.due}}. ${settle} ${whatFollows}`,
    ],
    sms: [
      'lembrete final de {{sender.name}}. A fatura {{invoice.number}}, com saldo de {{amount}}, venceu em {{due}} e está com {{days.overdue}} de atraso. Solicitamos o pagamento ou uma data de pagamento.',
      'lembrete final de {{sender.name}}. As faturas {{invoice.numbers}}, com saldo de {{amount}}, estão vencidas, a mais antiga desde {{oldest.due}}. Solicitamos o pagamento ou uma data de pagamento.',
    ],
    table: overdueTable,
    closing: agree,
  }),
};
