import { forms, type MessagePack, paragraphs } from './pack.js';

/** Portuguese as written in Brazilian companies, without words that would need the reader's gender. */
const greeting = 'Olá, {{contact.name}},';
const attention = 'Aos cuidados de {{contact.name}}:';
const pay = 'Forma de pagamento:\n{{pay}}';
const payInEmail = 'Forma de pagamento:\n\n{{pay}}';
const thanks = 'Agradecemos a confiança.';
const attentive = 'Agradecemos a atenção e a confiança.';
const formalThanks = 'Agradecemos a atenção e a parceria comercial.';
const signature = 'Atenciosamente,\n{{sender.name}}';

const upcomingRow = `| Fatura | Vencimento | Valor | Saldo |
{{#items}}
| {{number}} | {{due}} | {{original}} | {{amount}} |
{{/items}}`;
const upcomingTable = `${upcomingRow}\n| Total | | | {{amount}} |`;
const overdueRow = `| Fatura | Vencimento | Atraso | Saldo |
{{#items}}
| {{number}} | {{due}} | {{days}} | {{amount}} |
{{/items}}`;
const overdueTable = `${overdueRow}\n| Total | | | {{amount}} |`;

const anyQuestion = 'Em caso de dúvida, fale com {{ask}}.';
const scheduled = 'Se o pagamento já estiver programado, não é preciso fazer mais nada.';
const underWay = 'Se o pagamento já estiver em andamento, não é preciso fazer mais nada.';
const ignore = 'Caso o pagamento já tenha sido feito, por favor, desconsidere esta mensagem.';
const missingPaper =
  'Se tiver alguma dúvida ou se faltar algum documento para liberar o pagamento, fale com {{ask}}.';
const whenPaid = 'Poderia nos informar a data prevista para o pagamento?';
const receipt = 'Se o pagamento já foi feito, pedimos que nos envie o comprovante.';
const obstacle = 'Havendo qualquer problema com a fatura, fale com {{ask}} para resolvermos.';
const obstacles = 'Havendo qualquer problema com as faturas, fale com {{ask}} para resolvermos.';
const payOrDate =
  'Pedimos que o pagamento seja feito o quanto antes ou que nos informe ainda hoje a data em que será realizado.';
const difference =
  'Se houver alguma divergência ou outro motivo que atrase o pagamento, fale com {{ask}} para resolvermos.';
const agree =
  'Caso o pagamento já tenha sido efetuado, envie-nos o comprovante; para combinar uma data ou esclarecer uma divergência, fale com {{ask}}.';

/** Texts in Portuguese. */
export const pt: MessagePack = {
  upcoming: {
    whatsapp: forms(
      paragraphs(
        greeting,
        'Em nome de {{sender.name}}, lembramos que a fatura {{invoice.number}}, com saldo de {{amount}}, vence em {{due}}.',
        pay,
        `${scheduled} ${anyQuestion} ${thanks}`,
      ),
      paragraphs(
        greeting,
        'Em nome de {{sender.name}}, lembramos que há {{count}} faturas a vencer ({{invoice.numbers}}), com saldo total de {{amount}}. A primeira vence em {{oldest.due}}.',
        pay,
        `${scheduled} ${anyQuestion} ${thanks}`,
      ),
    ),
    sms: forms(
      `Olá, {{contact.name}}. {{sender.name}} lembra: a fatura {{invoice.number}}, com saldo de {{amount}}, vence em {{due}}. Pagamento: {{pay}}\nDúvidas: {{ask}}. ${thanks}`,
      `Olá, {{contact.name}}. {{sender.name}} lembra: as faturas {{invoice.numbers}}, com saldo de {{amount}}, vencem em breve, a primeira em {{oldest.due}}. Pagamento: {{pay}}\nDúvidas: {{ask}}. ${thanks}`,
    ),
    email: {
      subject: forms(
        'Sua fatura {{invoice.number}} vence em {{due}}',
        '{{count}} faturas a vencer: {{amount}}',
      ),
      body: forms(
        paragraphs(
          greeting,
          'Lembramos que a fatura {{invoice.number}}, em nome de {{account.name}}, com saldo de {{amount}}, vence em {{due}}.',
          upcomingRow,
          payInEmail,
          `${scheduled} ${anyQuestion}`,
          thanks,
          signature,
        ),
        paragraphs(
          greeting,
          'Lembramos que há {{count}} faturas a vencer em nome de {{account.name}}, com saldo total de {{amount}}. A primeira vence em {{oldest.due}}.',
          upcomingTable,
          payInEmail,
          `${scheduled} ${anyQuestion}`,
          thanks,
          signature,
        ),
      ),
    },
  },

  'due-today': {
    whatsapp: forms(
      paragraphs(
        greeting,
        'Em nome de {{sender.name}}, lembramos que a fatura {{invoice.number}}, com saldo de {{amount}}, vence hoje, {{due}}.',
        pay,
        `${underWay} ${anyQuestion} ${thanks}`,
      ),
      paragraphs(
        greeting,
        'Em nome de {{sender.name}}, lembramos o vencimento de {{count}} faturas ({{invoice.numbers}}), com saldo total de {{amount}}. A primeira vence hoje, {{oldest.due}}.',
        pay,
        `${underWay} ${anyQuestion} ${thanks}`,
      ),
    ),
    sms: forms(
      `Olá, {{contact.name}}. {{sender.name}} lembra: a fatura {{invoice.number}}, com saldo de {{amount}}, vence hoje, {{due}}. Pagamento: {{pay}}\nDúvidas: {{ask}}. ${thanks}`,
      `Olá, {{contact.name}}. {{sender.name}} lembra o vencimento das faturas {{invoice.numbers}}, com saldo de {{amount}}; a primeira vence hoje, {{oldest.due}}. Pagamento: {{pay}}\nDúvidas: {{ask}}. ${thanks}`,
    ),
    email: {
      subject: forms(
        'Sua fatura {{invoice.number}} vence hoje',
        'Vencimento de {{count}} faturas a partir de hoje: {{amount}}',
      ),
      body: forms(
        paragraphs(
          greeting,
          'Lembramos que a fatura {{invoice.number}}, em nome de {{account.name}}, com saldo de {{amount}}, vence hoje, {{due}}.',
          upcomingRow,
          payInEmail,
          `${underWay} ${anyQuestion}`,
          thanks,
          signature,
        ),
        paragraphs(
          greeting,
          'Lembramos o vencimento de {{count}} faturas em nome de {{account.name}}, com saldo total de {{amount}}. A primeira vence hoje, {{oldest.due}}.',
          upcomingTable,
          payInEmail,
          `${underWay} ${anyQuestion}`,
          thanks,
          signature,
        ),
      ),
    },
  },

  reminder: {
    whatsapp: forms(
      paragraphs(
        greeting,
        `Em nome de {{sender.name}}, informamos que ainda não identificamos o pagamento da fatura {{invoice.number}}, com saldo de {{amount}}, vencida em {{due}}. ${ignore}`,
        pay,
        `${missingPaper} ${thanks}`,
      ),
      paragraphs(
        greeting,
        `Em nome de {{sender.name}}, informamos que ainda não identificamos o pagamento de {{count}} faturas ({{invoice.numbers}}), com saldo total de {{amount}}; a mais antiga venceu em {{oldest.due}}. ${ignore}`,
        pay,
        `${missingPaper} ${thanks}`,
      ),
    ),
    sms: forms(
      `Olá, {{contact.name}}. {{sender.name}}: a fatura {{invoice.number}} venceu em {{due}}; saldo de {{amount}}. Se já pagou, desconsidere. Pagamento: {{pay}}\nDúvidas: {{ask}}. ${thanks}`,
      `Olá, {{contact.name}}. {{sender.name}}: as faturas {{invoice.numbers}} estão vencidas, a mais antiga desde {{oldest.due}}; saldo de {{amount}}. Se já pagou, desconsidere. Pagamento: {{pay}}\nDúvidas: {{ask}}. ${thanks}`,
    ),
    email: {
      subject: forms(
        'Fatura {{invoice.number}} em aberto, vencida em {{due}}',
        '{{count}} faturas em aberto: {{amount}}',
      ),
      body: forms(
        paragraphs(
          greeting,
          `Ainda não identificamos o pagamento da fatura {{invoice.number}}, em nome de {{account.name}}, com saldo de {{amount}}, vencida em {{due}}. ${ignore}`,
          overdueRow,
          payInEmail,
          missingPaper,
          thanks,
          signature,
        ),
        paragraphs(
          greeting,
          `Ainda não identificamos o pagamento de {{count}} faturas em nome de {{account.name}}, com saldo total de {{amount}}. A mais antiga venceu em {{oldest.due}}. ${ignore}`,
          overdueTable,
          payInEmail,
          missingPaper,
          thanks,
          signature,
        ),
      ),
    },
  },

  'follow-up': {
    whatsapp: forms(
      paragraphs(
        greeting,
        `Em nome de {{sender.name}}, informamos que a fatura {{invoice.number}}, com saldo de {{amount}}, vencida em {{due}}, continua em aberto. ${whenPaid}`,
        pay,
        `${receipt} ${obstacle} ${thanks}`,
      ),
      paragraphs(
        greeting,
        `Em nome de {{sender.name}}, informamos que {{count}} faturas vencidas continuam em aberto ({{invoice.numbers}}), com saldo total de {{amount}}; a mais antiga venceu em {{oldest.due}}. ${whenPaid}`,
        pay,
        `${receipt} ${obstacles} ${thanks}`,
      ),
    ),
    sms: forms(
      `Olá, {{contact.name}}. {{sender.name}}: a fatura {{invoice.number}}, vencida em {{due}}, continua em aberto; saldo de {{amount}}. Qual a data prevista para o pagamento? Pagamento: {{pay}}\nDúvidas: {{ask}}. ${thanks}`,
      `Olá, {{contact.name}}. {{sender.name}}: as faturas {{invoice.numbers}} continuam em aberto, a mais antiga desde {{oldest.due}}; saldo de {{amount}}. Qual a data prevista para o pagamento? Pagamento: {{pay}}\nDúvidas: {{ask}}. ${thanks}`,
    ),
    email: {
      subject: forms(
        'Data de pagamento da fatura {{invoice.number}}, vencida em {{due}}',
        'Data de pagamento de {{count}} faturas vencidas: {{amount}}',
      ),
      body: forms(
        paragraphs(
          greeting,
          `A fatura {{invoice.number}}, em nome de {{account.name}}, com saldo de {{amount}}, vencida em {{due}}, continua em aberto. ${whenPaid}`,
          overdueRow,
          payInEmail,
          `${receipt} ${obstacle}`,
          thanks,
          signature,
        ),
        paragraphs(
          greeting,
          `Continuam em aberto {{count}} faturas vencidas em nome de {{account.name}}, com saldo total de {{amount}}. A mais antiga venceu em {{oldest.due}}. ${whenPaid}`,
          overdueTable,
          payInEmail,
          `${receipt} ${obstacles}`,
          thanks,
          signature,
        ),
      ),
    },
  },

  firm: {
    whatsapp: forms(
      paragraphs(
        greeting,
        `A fatura {{invoice.number}}, emitida por {{sender.name}}, com saldo de {{amount}}, venceu em {{due}} e está com {{days.overdue}} de atraso. ${payOrDate}`,
        pay,
        `${difference} ${attentive}`,
      ),
      paragraphs(
        greeting,
        `Em nome de {{sender.name}}, informamos que há {{count}} faturas vencidas ({{invoice.numbers}}), a mais antiga desde {{oldest.due}}, que somam um saldo de {{amount}}. ${payOrDate}`,
        pay,
        `${difference} ${attentive}`,
      ),
    ),
    sms: forms(
      `Olá, {{contact.name}}. {{sender.name}}: a fatura {{invoice.number}} venceu em {{due}} e está com {{days.overdue}} de atraso; saldo de {{amount}}. Pedimos o pagamento ou, ainda hoje, a data prevista. Pagamento: {{pay}}\nDúvidas: {{ask}}. ${thanks}`,
      `Olá, {{contact.name}}. {{sender.name}}: as faturas {{invoice.numbers}} estão vencidas, a mais antiga desde {{oldest.due}}; saldo de {{amount}}. Pedimos o pagamento ou, ainda hoje, a data prevista. Pagamento: {{pay}}\nDúvidas: {{ask}}. ${thanks}`,
    ),
    email: {
      subject: forms(
        'Fatura {{invoice.number}} com {{days.overdue}} de atraso',
        '{{count}} faturas vencidas: solicitamos o pagamento',
      ),
      body: forms(
        paragraphs(
          greeting,
          `A fatura {{invoice.number}}, em nome de {{account.name}}, com saldo de {{amount}}, venceu em {{due}} e está com {{days.overdue}} de atraso. ${payOrDate}`,
          overdueRow,
          payInEmail,
          difference,
          attentive,
          signature,
        ),
        paragraphs(
          greeting,
          `Há {{count}} faturas vencidas em nome de {{account.name}}, a mais antiga desde {{oldest.due}}, que somam um saldo de {{amount}}. ${payOrDate}`,
          overdueTable,
          payInEmail,
          difference,
          attentive,
          signature,
        ),
      ),
    },
  },

  'collection-notice': {
    whatsapp: forms(
      paragraphs(
        attention,
        'Aviso de cobrança de {{sender.name}}: até a presente data não identificamos o pagamento da fatura {{invoice.number}}, em nome de {{account.name}}, com saldo de {{amount}}, vencida em {{due}} e com {{days.overdue}} de atraso. Solicitamos formalmente a regularização deste saldo.',
        pay,
        `${agree} ${formalThanks}`,
      ),
      paragraphs(
        attention,
        'Aviso de cobrança de {{sender.name}}: até a presente data não identificamos o pagamento de {{count}} faturas vencidas ({{invoice.numbers}}) em nome de {{account.name}}, com saldo total de {{amount}}; a mais antiga venceu em {{oldest.due}}. Solicitamos formalmente a regularização deste saldo.',
        pay,
        `${agree} ${formalThanks}`,
      ),
    ),
    sms: forms(
      '{{contact.name}}: aviso de cobrança de {{sender.name}}. A fatura {{invoice.number}} venceu em {{due}} e está com {{days.overdue}} de atraso. Solicitamos a regularização do saldo de {{amount}}. Pagamento: {{pay}}\nPara combinar uma data: {{ask}}. Agradecemos a parceria.',
      '{{contact.name}}: aviso de cobrança de {{sender.name}}. As faturas {{invoice.numbers}} estão vencidas, a mais antiga desde {{oldest.due}}. Solicitamos a regularização do saldo de {{amount}}. Pagamento: {{pay}}\nPara combinar uma data: {{ask}}. Agradecemos a parceria.',
    ),
    email: {
      subject: forms(
        'Aviso de cobrança: fatura {{invoice.number}}, saldo de {{amount}}',
        'Aviso de cobrança: {{count}} faturas vencidas, saldo de {{amount}}',
      ),
      body: forms(
        paragraphs(
          attention,
          'Até a presente data não identificamos o pagamento da fatura {{invoice.number}}, em nome de {{account.name}}, vencida em {{due}} e com {{days.overdue}} de atraso. Por meio deste aviso, solicitamos formalmente a regularização do saldo de {{amount}}.',
          overdueRow,
          payInEmail,
          agree,
          formalThanks,
          signature,
        ),
        paragraphs(
          attention,
          'Até a presente data não identificamos o pagamento de {{count}} faturas vencidas em nome de {{account.name}}; a mais antiga venceu em {{oldest.due}}. Por meio deste aviso, solicitamos formalmente a regularização do saldo de {{amount}}.',
          overdueTable,
          payInEmail,
          agree,
          formalThanks,
          signature,
        ),
      ),
    },
  },

  thanks: {
    whatsapp: forms(
      paragraphs(
        greeting,
        'Em nome de {{sender.name}}, confirmamos o recebimento do pagamento da fatura {{invoice.number}}, no valor de {{paid.amount}}. A fatura está quitada.',
        'Se precisar de algum documento, fale com {{ask}}. Agradecemos o pagamento e a confiança.',
      ),
      paragraphs(
        greeting,
        'Em nome de {{sender.name}}, confirmamos o recebimento do pagamento de {{count}} faturas ({{invoice.numbers}}), no valor total de {{paid.amount}}. As faturas estão quitadas.',
        'Se precisar de algum documento, fale com {{ask}}. Agradecemos o pagamento e a confiança.',
      ),
    ),
    sms: forms(
      'Olá, {{contact.name}}. {{sender.name}} confirma o pagamento da fatura {{invoice.number}}, no valor de {{paid.amount}}. Dúvidas: {{ask}}. Agradecemos o pagamento e a confiança.',
      'Olá, {{contact.name}}. {{sender.name}} confirma o pagamento das faturas {{invoice.numbers}}, no valor de {{paid.amount}}. Dúvidas: {{ask}}. Agradecemos o pagamento e a confiança.',
    ),
    email: {
      subject: forms(
        'Recebemos o pagamento da fatura {{invoice.number}}',
        'Recebemos o pagamento de {{count}} faturas',
      ),
      body: forms(
        paragraphs(
          greeting,
          'Confirmamos o recebimento do pagamento da fatura {{invoice.number}}, em nome de {{account.name}}, no valor de {{paid.amount}}. A fatura está quitada.',
          'Agradecemos o pagamento e a confiança. Se precisar de algum documento, fale com {{ask}}.',
          signature,
        ),
        paragraphs(
          greeting,
          'Confirmamos o recebimento do pagamento das seguintes faturas em nome de {{account.name}}, no valor total de {{paid.amount}}. Todas estão quitadas.',
          `| Fatura | Valor |
{{#items}}
| {{number}} | {{paid}} |
{{/items}}
| Total | {{paid.amount}} |`,
          'Agradecemos o pagamento e a confiança. Se precisar de algum documento, fale com {{ask}}.',
          signature,
        ),
      ),
    },
  },
};
