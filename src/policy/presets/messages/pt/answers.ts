import { answer, datedTable, paidTable } from './frame.js';

const pausing =
  'Até essa data, pausamos os lembretes desse valor. Se algo mudar ou se algum dado não estiver correto, fale com {{ask}}.';
const looking = 'Estamos analisando o caso e, enquanto isso, pausamos os lembretes desse valor.';

const verifying = 'Estamos verificando o pagamento e, enquanto isso, pausamos os lembretes';

/** What is said back to a payment, a promise, a dispute and the report of a payment. */
export const answers = {
  thanks: answer('Agradecemos o pagamento e a parceria.', {
    subject: [
      'Recebemos o pagamento da fatura {{invoice.number}}',
      'Recebemos o pagamento de {{count}} faturas',
    ],
    chat: [
      'Aqui é o setor financeiro de {{sender.name}}: confirmamos o recebimento de {{paid.amount}} referente à fatura {{invoice.number}}, que está quitada.',
      'Aqui é o setor financeiro de {{sender.name}}: confirmamos o recebimento de {{paid.amount}} referente a {{count}} faturas ({{invoice.numbers}}), que estão quitadas.',
    ],
    mail: [
      'Confirmamos o recebimento de {{paid.amount}} referente à fatura {{invoice.number}}, em nome de {{account.name}}. A fatura está quitada.',
      'Confirmamos o recebimento de {{paid.amount}} referente às seguintes faturas em nome de {{account.name}}. Todas estão quitadas.',
    ],
    sms: [
      '{{sender.name}} confirma o recebimento de {{paid.amount}} referente à fatura {{invoice.number}}, que está quitada.',
      '{{sender.name}} confirma o recebimento de {{paid.amount}} referente às faturas {{invoice.numbers}}, que estão quitadas.',
    ],
    table: paidTable,
    closing: 'Se precisar de algum documento, fale com {{ask}}.',
  }),

  'promise-noted': answer('Agradecemos o retorno e a parceria.', {
    subject: [
      'Fatura {{invoice.number}}: pagamento em {{promise.date}}',
      '{{count}} faturas: pagamento em {{promise.date}}',
    ],
    chat: [
      'Aqui é o setor financeiro de {{sender.name}}: registramos o compromisso de pagamento de {{promise.amount}} da fatura {{invoice.number}} para {{promise.date}}.',
      'Aqui é o setor financeiro de {{sender.name}}: registramos o compromisso de pagamento de {{promise.amount}} de {{count}} faturas ({{invoice.numbers}}) para {{promise.date}}.',
    ],
    mail: [
      'Registramos o compromisso de {{account.name}} de pagar {{promise.amount}} da fatura {{invoice.number}} em {{promise.date}}.',
      'Registramos o compromisso de {{account.name}} de pagar {{promise.amount}} das seguintes faturas em {{promise.date}}.',
    ],
    sms: [
      '{{sender.name}} registrou o compromisso de pagamento de {{promise.amount}} da fatura {{invoice.number}} para {{promise.date}}.',
      '{{sender.name}} registrou o compromisso de pagamento de {{promise.amount}} das faturas {{invoice.numbers}} para {{promise.date}}.',
    ],
    table: datedTable,
    closing: pausing,
  }),

  'dispute-noted': answer('Agradecemos o aviso e a parceria.', {
    subject: ['Análise da fatura {{invoice.number}}', 'Análise de {{count}} faturas'],
    chat: [
      `Aqui é o setor financeiro de {{sender.name}}: recebemos a sua contestação da fatura {{invoice.number}}, no valor de {{disputed.amount}}. ${looking}`,
      `Aqui é o setor financeiro de {{sender.name}}: recebemos a sua contestação de {{count}} faturas ({{invoice.numbers}}), no valor de {{disputed.amount}}. ${looking}`,
    ],
    mail: [
      `Recebemos a sua contestação da fatura {{invoice.number}}, em nome de {{account.name}}, no valor de {{disputed.amount}}. ${looking}`,
      `Recebemos a sua contestação das seguintes faturas em nome de {{account.name}}, no valor de {{disputed.amount}}. ${looking}`,
    ],
    sms: [
      '{{sender.name}} recebeu a sua contestação da fatura {{invoice.number}}, no valor de {{disputed.amount}}. Estamos analisando e pausamos os lembretes dela.',
      '{{sender.name}} recebeu a sua contestação das faturas {{invoice.numbers}}, no valor de {{disputed.amount}}. Estamos analisando e pausamos os lembretes delas.',
    ],
    table: datedTable,
    closing: 'Se quiser acrescentar alguma informação ou documento, fale com {{ask}}.',
  }),

  // It names no amount: often nobody said how much.
  'payment-noted': answer('Agradecemos o aviso e a parceria.', {
    subject: [
      'Fatura {{invoice.number}}: pagamento em verificação',
      '{{count}} faturas: pagamento em verificação',
    ],
    chat: [
      `Aqui é o setor financeiro de {{sender.name}}: recebemos o seu aviso de pagamento da fatura {{invoice.number}}. ${verifying} dessa fatura.`,
      `Aqui é o setor financeiro de {{sender.name}}: recebemos o seu aviso de pagamento de {{count}} faturas ({{invoice.numbers}}). ${verifying} dessas faturas.`,
    ],
    mail: [
      `Recebemos o seu aviso de pagamento da fatura {{invoice.number}}, em nome de {{account.name}}. ${verifying} dessa fatura.`,
      `Recebemos o seu aviso de pagamento das seguintes faturas em nome de {{account.name}}. ${verifying} dessas faturas.`,
    ],
    sms: [
      '{{sender.name}} recebeu o seu aviso de pagamento da fatura {{invoice.number}}. Estamos verificando e pausamos os lembretes dela.',
      '{{sender.name}} recebeu o seu aviso de pagamento das faturas {{invoice.numbers}}. Estamos verificando e pausamos os lembretes delas.',
    ],
    table: datedTable,
    closing: 'Se quiser enviar o comprovante, fale com {{ask}}.',
  }),
};
