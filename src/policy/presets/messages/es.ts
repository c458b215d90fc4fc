import { forms, type MessagePack, paragraphs } from './pack.js';

/**
 * Spanish, in usted: wording that is at home in Latin America and reads right
 * in Spain. Accents are kept also in SMS; the SMS adapter drops those that
 * would double the cost.
 */
const greeting = 'Hola, {{contact.name}}:';
const attention = 'A la atención de {{contact.name}}:';
const pay = 'Forma de pago:\n{{pay}}';
const payInEmail = 'Forma de pago:\n\n{{pay}}';
const thanks = 'Gracias por su confianza.';
const formalThanks = 'Agradecemos su atención y la relación comercial que mantenemos.';
const signature = 'Saludos cordiales,\n{{sender.name}}';
const formalSignature = 'Atentamente,\n{{sender.name}}';

const upcomingRow = `| Factura | Vencimiento | Importe | Saldo |
{{#items}}
| {{number}} | {{due}} | {{original}} | {{amount}} |
{{/items}}`;
const upcomingTable = `${upcomingRow}\n| Total | | | {{amount}} |`;
const overdueRow = `| Factura | Vencimiento | Atraso | Saldo |
{{#items}}
| {{number}} | {{due}} | {{days}} | {{amount}} |
{{/items}}`;
const overdueTable = `${overdueRow}\n| Total | | | {{amount}} |`;

const anyQuestion = 'Para cualquier duda puede comunicarse con {{ask}}.';
const scheduled = 'Si ya tiene programado el pago, no hace falta que haga nada más.';
const onItsWay =
  'Es posible que el pago ya esté en camino; de ser así, se lo agradecemos y puede hacer caso omiso de este mensaje.';
const missingPaper =
  'Si tiene alguna duda o le falta algún documento para tramitar el pago, comuníquese con {{ask}}.';
const whenPaid = '¿Podría confirmarnos en qué fecha lo tiene programado?';
const receipt = 'Si el pago ya se realizó, le agradecemos que nos envíe el comprobante.';
const obstacle = 'Si hay algún inconveniente con la factura, comuníquese con {{ask}} y lo resolvemos.';
const obstacles = 'Si hay algún inconveniente con las facturas, comuníquese con {{ask}} y lo resolvemos.';
const payOrDate = 'Le pedimos realizar el pago cuanto antes o indicarnos hoy mismo la fecha en que lo hará.';
const difference =
  'Si hay alguna diferencia o un motivo que retrase el pago, comuníquese con {{ask}} para resolverlo.';
const agree =
  'Si ya realizó el pago, envíenos el comprobante; si necesita acordar una fecha o aclarar una diferencia, comuníquese con {{ask}}.';

/** Texts in Spanish. */
export const es: MessagePack = {
  upcoming: {
    whatsapp: forms(
      paragraphs(
        greeting,
        'Le escribimos de {{sender.name}} para recordarle que la factura {{invoice.number}}, con un saldo de {{amount}}, vence el {{due}}.',
        pay,
        `${scheduled} ${anyQuestion} ${thanks}`,
      ),
      paragraphs(
        greeting,
        'Le escribimos de {{sender.name}} para recordarle que tiene {{count}} facturas próximas a vencer ({{invoice.numbers}}), con un saldo total de {{amount}}. La primera vence el {{oldest.due}}.',
        pay,
        `${scheduled} ${anyQuestion} ${thanks}`,
      ),
    ),
    sms: forms(
      `Hola, {{contact.name}}. {{sender.name}} le recuerda que su factura {{invoice.number}}, con saldo de {{amount}}, vence el {{due}}. Pago: {{pay}}\nDudas: {{ask}}. ${thanks}`,
      `Hola, {{contact.name}}. {{sender.name}} le recuerda sus facturas {{invoice.numbers}}, con saldo de {{amount}}; la primera vence el {{oldest.due}}. Pago: {{pay}}\nDudas: {{ask}}. ${thanks}`,
    ),
    email: {
      subject: forms(
        'Su factura {{invoice.number}} vence el {{due}}',
        '{{count}} facturas próximas a vencer: {{amount}}',
      ),
      body: forms(
        paragraphs(
          greeting,
          'Le recordamos que el {{due}} vence la factura {{invoice.number}}, a nombre de {{account.name}}, con un saldo de {{amount}}.',
          upcomingRow,
          payInEmail,
          `${scheduled} ${anyQuestion}`,
          thanks,
          signature,
        ),
        paragraphs(
          greeting,
          'Le recordamos que {{account.name}} tiene {{count}} facturas próximas a vencer, con un saldo total de {{amount}}. La primera vence el {{oldest.due}}.',
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
        'Le escribimos de {{sender.name}} para recordarle que hoy, {{due}}, vence la factura {{invoice.number}}, con un saldo de {{amount}}.',
        pay,
        `Si el pago ya está en camino, no hace falta que haga nada más. ${anyQuestion} ${thanks}`,
      ),
      paragraphs(
        greeting,
        'Le escribimos de {{sender.name}} para recordarle el vencimiento de {{count}} facturas ({{invoice.numbers}}), con un saldo total de {{amount}}. La primera vence hoy, {{oldest.due}}.',
        pay,
        `Si el pago ya está en camino, no hace falta que haga nada más. ${anyQuestion} ${thanks}`,
      ),
    ),
    sms: forms(
      `Hola, {{contact.name}}. {{sender.name}} le recuerda que su factura {{invoice.number}}, con saldo de {{amount}}, vence hoy, {{due}}. Pago: {{pay}}\nDudas: {{ask}}. ${thanks}`,
      `Hola, {{contact.name}}. {{sender.name}} le recuerda sus facturas {{invoice.numbers}}, con saldo de {{amount}}; la primera vence hoy, {{oldest.due}}. Pago: {{pay}}\nDudas: {{ask}}. ${thanks}`,
    ),
    email: {
      subject: forms(
        'Hoy vence su factura {{invoice.number}}',
        'Vencimiento de {{count}} facturas a partir de hoy: {{amount}}',
      ),
      body: forms(
        paragraphs(
          greeting,
          'Le recordamos que hoy, {{due}}, vence la factura {{invoice.number}}, a nombre de {{account.name}}, con un saldo de {{amount}}.',
          upcomingRow,
          payInEmail,
          `Si el pago ya está en camino, no hace falta que haga nada más. ${anyQuestion}`,
          thanks,
          signature,
        ),
        paragraphs(
          greeting,
          'Le recordamos el vencimiento de {{count}} facturas a nombre de {{account.name}}, con un saldo total de {{amount}}. La primera vence hoy, {{oldest.due}}.',
          upcomingTable,
          payInEmail,
          `Si el pago ya está en camino, no hace falta que haga nada más. ${anyQuestion}`,
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
        `Le escribimos de {{sender.name}} porque la factura {{invoice.number}} venció el {{due}} y en nuestros registros aún figura un saldo pendiente de {{amount}}. ${onItsWay}`,
        pay,
        `${missingPaper} ${thanks}`,
      ),
      paragraphs(
        greeting,
        `Le escribimos de {{sender.name}} porque en nuestros registros figuran {{count}} facturas vencidas ({{invoice.numbers}}), con un saldo pendiente de {{amount}}; la más antigua venció el {{oldest.due}}. ${onItsWay}`,
        pay,
        `${missingPaper} ${thanks}`,
      ),
    ),
    sms: forms(
      `Hola, {{contact.name}}. {{sender.name}}: su factura {{invoice.number}} venció el {{due}}; saldo {{amount}}. Si ya pagó, haga caso omiso. Pago: {{pay}}\nDudas: {{ask}}. ${thanks}`,
      `Hola, {{contact.name}}. {{sender.name}}: sus facturas {{invoice.numbers}} están vencidas, la más antigua desde el {{oldest.due}}; saldo {{amount}}. Si ya pagó, haga caso omiso. Pago: {{pay}}\nDudas: {{ask}}. ${thanks}`,
    ),
    email: {
      subject: forms(
        'Factura {{invoice.number}} pendiente de pago',
        '{{count}} facturas pendientes de pago: {{amount}}',
      ),
      body: forms(
        paragraphs(
          greeting,
          `La factura {{invoice.number}}, a nombre de {{account.name}}, venció el {{due}} y en nuestros registros aún figura un saldo pendiente de {{amount}}. ${onItsWay}`,
          overdueRow,
          payInEmail,
          missingPaper,
          thanks,
          signature,
        ),
        paragraphs(
          greeting,
          `En nuestros registros figuran {{count}} facturas vencidas a nombre de {{account.name}}, con un saldo pendiente de {{amount}}. La más antigua venció el {{oldest.due}}. ${onItsWay}`,
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
        `Le escribimos de {{sender.name}} porque seguimos pendientes del pago de la factura {{invoice.number}}, con un saldo de {{amount}}, que venció el {{due}}. ${whenPaid}`,
        pay,
        `${receipt} ${obstacle} ${thanks}`,
      ),
      paragraphs(
        greeting,
        `Le escribimos de {{sender.name}} porque seguimos pendientes del pago de {{count}} facturas vencidas ({{invoice.numbers}}), con un saldo total de {{amount}}; la más antigua venció el {{oldest.due}}. ${whenPaid}`,
        pay,
        `${receipt} ${obstacles} ${thanks}`,
      ),
    ),
    sms: forms(
      `Hola, {{contact.name}}. {{sender.name}}: sigue pendiente su factura {{invoice.number}}, vencida el {{due}}; saldo {{amount}}. ¿Para qué fecha tiene programado el pago? Pago: {{pay}}\nDudas: {{ask}}. ${thanks}`,
      `Hola, {{contact.name}}. {{sender.name}}: siguen pendientes sus facturas {{invoice.numbers}}, la más antigua vencida el {{oldest.due}}; saldo {{amount}}. ¿Para qué fecha tiene programado el pago? Pago: {{pay}}\nDudas: {{ask}}. ${thanks}`,
    ),
    email: {
      subject: forms(
        'Fecha de pago de la factura {{invoice.number}}, vencida el {{due}}',
        'Fecha de pago de {{count}} facturas vencidas: {{amount}}',
      ),
      body: forms(
        paragraphs(
          greeting,
          `Seguimos pendientes del pago de la factura {{invoice.number}}, a nombre de {{account.name}}, con un saldo de {{amount}}, que venció el {{due}}. ${whenPaid}`,
          overdueRow,
          payInEmail,
          `${receipt} ${obstacle}`,
          thanks,
          signature,
        ),
        paragraphs(
          greeting,
          `Seguimos pendientes del pago de {{count}} facturas vencidas a nombre de {{account.name}}, con un saldo total de {{amount}}. La más antigua venció el {{oldest.due}}. ${whenPaid}`,
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
        `La factura {{invoice.number}}, emitida por {{sender.name}}, con un saldo de {{amount}}, venció el {{due}} y tiene {{days.overdue}} de atraso. ${payOrDate}`,
        pay,
        `${difference} Gracias por su atención y por su confianza.`,
      ),
      paragraphs(
        greeting,
        `Le escribimos de {{sender.name}} porque hay {{count}} facturas vencidas ({{invoice.numbers}}), la más antigua desde el {{oldest.due}}, que suman un saldo de {{amount}}. ${payOrDate}`,
        pay,
        `${difference} Gracias por su atención y por su confianza.`,
      ),
    ),
    sms: forms(
      `Hola, {{contact.name}}. {{sender.name}}: su factura {{invoice.number}}, con saldo de {{amount}}, tiene {{days.overdue}} de atraso (venció el {{due}}). Le pedimos pagarla o indicarnos hoy la fecha de pago. Pago: {{pay}}\nDudas: {{ask}}. ${thanks}`,
      `Hola, {{contact.name}}. {{sender.name}}: sus facturas {{invoice.numbers}}, con saldo de {{amount}}, están vencidas, la más antigua desde el {{oldest.due}}. Le pedimos pagarlas o indicarnos hoy la fecha de pago. Pago: {{pay}}\nDudas: {{ask}}. ${thanks}`,
    ),
    email: {
      subject: forms(
        'Factura {{invoice.number}} con {{days.overdue}} de atraso',
        '{{count}} facturas vencidas: solicitamos su pago',
      ),
      body: forms(
        paragraphs(
          greeting,
          `La factura {{invoice.number}}, a nombre de {{account.name}}, con un saldo de {{amount}}, venció el {{due}} y tiene {{days.overdue}} de atraso. ${payOrDate}`,
          overdueRow,
          payInEmail,
          difference,
          'Gracias por su atención y por su confianza.',
          signature,
        ),
        paragraphs(
          greeting,
          `Hay {{count}} facturas vencidas a nombre de {{account.name}}, la más antigua desde el {{oldest.due}}, que suman un saldo de {{amount}}. ${payOrDate}`,
          overdueTable,
          payInEmail,
          difference,
          'Gracias por su atención y por su confianza.',
          signature,
        ),
      ),
    },
  },

  'collection-notice': {
    whatsapp: forms(
      paragraphs(
        attention,
        'Aviso de cobro de {{sender.name}}: a la fecha no hemos registrado el pago de la factura {{invoice.number}}, a nombre de {{account.name}}, con un saldo de {{amount}}, que venció el {{due}} y tiene {{days.overdue}} de atraso. Le solicitamos formalmente regularizar este saldo.',
        pay,
        `${agree} ${formalThanks}`,
      ),
      paragraphs(
        attention,
        'Aviso de cobro de {{sender.name}}: a la fecha no hemos registrado el pago de {{count}} facturas vencidas ({{invoice.numbers}}) a nombre de {{account.name}}, con un saldo total de {{amount}}; la más antigua venció el {{oldest.due}}. Le solicitamos formalmente regularizar este saldo.',
        pay,
        `${agree} ${formalThanks}`,
      ),
    ),
    sms: forms(
      `{{contact.name}}: aviso de cobro de {{sender.name}}. La factura {{invoice.number}} venció el {{due}} y tiene {{days.overdue}} de atraso. Le solicitamos regularizar el saldo de {{amount}}. Pago: {{pay}}\nPara acordar una fecha: {{ask}}. Gracias por su atención y su confianza.`,
      `{{contact.name}}: aviso de cobro de {{sender.name}}. Las facturas {{invoice.numbers}} están vencidas, la más antigua desde el {{oldest.due}}. Le solicitamos regularizar el saldo de {{amount}}. Pago: {{pay}}\nPara acordar una fecha: {{ask}}. Gracias por su atención y su confianza.`,
    ),
    email: {
      subject: forms(
        'Aviso de cobro: factura {{invoice.number}}, saldo de {{amount}}',
        'Aviso de cobro: {{count}} facturas vencidas, saldo de {{amount}}',
      ),
      body: forms(
        paragraphs(
          attention,
          'A la fecha no hemos registrado el pago de la factura {{invoice.number}}, a nombre de {{account.name}}, que venció el {{due}} y tiene {{days.overdue}} de atraso. Mediante este aviso le solicitamos formalmente regularizar el saldo de {{amount}}.',
          overdueRow,
          payInEmail,
          agree,
          formalThanks,
          formalSignature,
        ),
        paragraphs(
          attention,
          'A la fecha no hemos registrado el pago de {{count}} facturas vencidas a nombre de {{account.name}}; la más antigua venció el {{oldest.due}}. Mediante este aviso le solicitamos formalmente regularizar el saldo de {{amount}}.',
          overdueTable,
          payInEmail,
          agree,
          formalThanks,
          formalSignature,
        ),
      ),
    },
  },

  thanks: {
    whatsapp: forms(
      paragraphs(
        greeting,
        'En {{sender.name}} recibimos el pago de la factura {{invoice.number}} por {{paid.amount}}, que queda saldada.',
        'Si necesita algún documento, comuníquese con {{ask}}. Muchas gracias por su pago y por su confianza.',
      ),
      paragraphs(
        greeting,
        'En {{sender.name}} recibimos el pago de {{count}} facturas ({{invoice.numbers}}) por {{paid.amount}}, que quedan saldadas.',
        'Si necesita algún documento, comuníquese con {{ask}}. Muchas gracias por su pago y por su confianza.',
      ),
    ),
    sms: forms(
      'Hola, {{contact.name}}. En {{sender.name}} recibimos el pago de su factura {{invoice.number}} por {{paid.amount}}. Dudas: {{ask}}. Muchas gracias por su pago y su confianza.',
      'Hola, {{contact.name}}. En {{sender.name}} recibimos el pago de sus facturas {{invoice.numbers}} por {{paid.amount}}. Dudas: {{ask}}. Muchas gracias por su pago y su confianza.',
    ),
    email: {
      subject: forms(
        'Recibimos su pago de la factura {{invoice.number}}',
        'Recibimos su pago de {{count}} facturas',
      ),
      body: forms(
        paragraphs(
          greeting,
          'Recibimos el pago de la factura {{invoice.number}}, a nombre de {{account.name}}, por {{paid.amount}}, que queda saldada.',
          'Muchas gracias por su pago y por su confianza. Si necesita algún documento, comuníquese con {{ask}}.',
          signature,
        ),
        paragraphs(
          greeting,
          'Recibimos el pago de las siguientes facturas a nombre de {{account.name}}, por un total de {{paid.amount}}. Todas quedan saldadas.',
          `| Factura | Importe |
{{#items}}
| {{number}} | {{paid}} |
{{/items}}
| Total | {{paid.amount}} |`,
          'Muchas gracias por su pago y por su confianza. Si necesita algún documento, comuníquese con {{ask}}.',
          signature,
        ),
      ),
    },
  },
};
