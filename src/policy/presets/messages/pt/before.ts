import { friendly, openTable } from './frame.js';

const anyQuestion = 'Em caso de dúvida, fale com {{ask}}.';

/** Messages that find nobody late. */
export const before = {
  upcoming: friendly({
    subject: ['Fatura {{invoice.number}}: vence em {{due}}', '{{count}} faturas a vencer: {{amount}}'],
    chat: [
      'Este é um lembrete de {{sender.name}}: a fatura {{invoice.number}}, com saldo de {{amount}}, vence em {{due}}.',
      'Este é um lembrete de {{sender.name}}: há {{count}} faturas a vencer ({{invoice.numbers}}), com saldo total de {{amount}}. A primeira vence em {{oldest.due}}.',
    ],
    mail: [
      'Lembramos que a fatura {{invoice.number}}, em nome de {{account.name}}, com saldo de {{amount}}, vence em {{due}}.',
      'Lembramos que há {{count}} faturas a vencer em nome de {{account.name}}, com saldo total de {{amount}}. A primeira vence em {{oldest.due}}.',
    ],
    sms: [
      'Lembrete de {{sender.name}}: a fatura {{invoice.number}}, com saldo de {{amount}}, vence em {{due}}.',
      'Lembrete de {{sender.name}}: as faturas {{invoice.numbers}}, com saldo de {{amount}}, vencem em breve, a primeira em {{oldest.due}}.',
    ],
    table: openTable,
    closing: `Se o pagamento já estiver agendado, não é preciso fazer mais nada. ${anyQuestion}`,
  }),

  'due-today': friendly({
    subject: [
      'Sua fatura {{invoice.number}} vence hoje',
      '{{count}} faturas, a primeira vence hoje: {{amount}}',
    ],
    chat: [
      'Este é um lembrete de {{sender.name}}: a fatura {{invoice.number}}, com saldo de {{amount}}, vence hoje, {{due}}.',
      'Este é um lembrete de {{sender.name}} sobre o vencimento de {{count}} faturas ({{invoice.numbers}}), com saldo total de {{amount}}. A primeira vence hoje, {{oldest.due}}.',
    ],
    mail: [
      'Lembramos que a fatura {{invoice.number}}, em nome de {{account.name}}, com saldo de {{amount}}, vence hoje, {{due}}.',
      'Lembramos o vencimento de {{count}} faturas em nome de {{account.name}}, com saldo total de {{amount}}. A primeira vence hoje, {{oldest.due}}.',
    ],
    sms: [
      'Lembrete de {{sender.name}}: a fatura {{invoice.number}}, com saldo de {{amount}}, vence hoje, {{due}}.',
      'Lembrete de {{sender.name}}: faturas {{invoice.numbers}}, com saldo de {{amount}}; a primeira vence hoje, {{oldest.due}}.',
    ],
    table: openTable,
    closing: `Se o pagamento já estiver em andamento, não é preciso fazer mais nada. ${anyQuestion}`,
  }),

  statement: friendly({
    subject: [
      'Extrato de faturas em aberto: {{invoice.number}}, {{amount}}',
      'Extrato de faturas em aberto: {{count}}, {{amount}}',
    ],
    chat: [
      'Segue o extrato de {{account.name}} com {{sender.name}}: uma fatura em aberto, {{invoice.number}}, com saldo de {{amount}} e vencimento em {{due}}.',
      'Segue o extrato de {{account.name}} com {{sender.name}}, que reúne {{count}} faturas em aberto ({{invoice.numbers}}), com saldo total de {{amount}}. O primeiro vencimento é em {{oldest.due}}.',
    ],
    mail: [
      'Segue o extrato de {{account.name}}: uma fatura em aberto, com saldo de {{amount}} e vencimento em {{due}}.',
      'Segue o extrato de {{account.name}}, que reúne {{count}} faturas em aberto, com saldo total de {{amount}}. O primeiro vencimento é em {{oldest.due}}.',
    ],
    sms: [
      'Seu extrato com {{sender.name}}: fatura {{invoice.number}}, com saldo de {{amount}} e vencimento em {{due}}.',
      'Seu extrato com {{sender.name}}: faturas {{invoice.numbers}}, com saldo de {{amount}}, a primeira com vencimento em {{oldest.due}}.',
    ],
    table: openTable,
    closing:
      'Se os pagamentos já estiverem agendados ou em andamento, não é preciso fazer mais nada. Se algum dado não coincidir com os seus registros, fale com {{ask}} para conferirmos.',
  }),
};
