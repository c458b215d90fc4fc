import type { Documents, Message, Stage } from '../../src/policy/types.js';

/** Documents that use whatever a picture can show, with names longer than anybody would write. */

const long =
  'Recordatorio extraordinariamente largo para clientes estratégicos de la zona norte con acuerdos especiales de pago Donaudampfschiffahrtsgesellschaftskapitänsmützenabzeichen';

const many: Stage[] = Array.from({ length: 24 }, (_, index) => ({
  id: `s${index}`,
  name: `Etapa ${index}`,
  tone: index < 8 ? 'friendly' : index < 16 ? 'firm' : 'formal',
  at: { from: 'due', plus: `${index}d` },
  do: [{ send: 'first' }],
}));

const message = (id: string, about: Message['about']): Message => ({
  id,
  about,
  text: {
    es: {
      whatsapp: 'Hola, {{contact.name}}: le escribe {{sender.name}} por su cuenta. Gracias.',
      sms: 'Hola, {{contact.name}}. Le escribe {{sender.name}}.',
      email: { subject: 'Su cuenta', body: 'Hola, {{contact.name}}:\n\nLe escribe {{sender.name}}.' },
    },
    en: { whatsapp: 'Hello, {{contact.name}}: this is {{sender.name}} about your account. Thank you.' },
  },
});

export const everything: Documents = {
  plan: {
    id: 'plan',
    version: 1,
    zone: 'America/Bogota',
    language: 'es',
    default: 'many',
    segments: [{ id: 'clave', when: { fact: 'account.tags', has: 'clave' } }],
    experiments: [{ id: 'prueba', arms: [{ id: 'a', weight: 1, policy: 'states' }] }],
    adjust: [
      { account: 'ramos', policy: 'all', delay: '3d' },
      { segment: 'clave', delay: '1d' },
      { account: 'otro', policy: 'many', delay: '2d' },
    ],
    blocks: { promise: { grace: '2d', tolerance: 5 }, dispute: 'item', reply: '5d' },
    assign: [
      { segment: 'clave', policy: 'all' },
      {
        account: 'Comercializadora Internacional de Textiles y Confecciones del Pacífico Sur S.A.S.',
        policy: 'all',
      },
      { policy: 'all', pilot: { percent: 20 } },
    ],
    contact: {
      gap: '2d',
      caps: [
        { max: 2, per: '7d' },
        { max: 4, in: 'month', channel: 'whatsapp' },
      ],
      windows: [
        { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '19:00' },
        { days: ['sat'], from: '09:00', to: '13:00', channels: ['whatsapp', 'sms'] },
      ],
    },
  },
  policies: [
    {
      id: 'all',
      version: 12,
      name: `Política completa. ${long}`,
      unit: { group: ['account', 'entity', 'item.attributes.contrato'], carrier: 'restart' },
      message: { by: ['account', 'currency'], list: 'open', levels: 'absorb' },
      via: [
        { channel: 'whatsapp', patience: '24h' },
        { channel: 'email', patience: '48h' },
        { channel: 'sms' },
        { channel: 'voz-personalizada-de-cliente' },
      ],
      late: 'each',
      entry: 'latest',
      resume: 'same',
      restart: '3d',
      grace: '3d',
      arrears: '10d',
      scope: { fact: 'item.type', in: ['invoice', 'debit-note'] },
      time: '10:30',
      pushed: 'both',
      done: 'confirmed',
      reopen: 'restart',
      last: { repeat: '14d', times: 6, from: 'due', exhausted: '10d' },
      life: { from: 'due', plus: '6mo' },
      on: {
        paid: [{ send: 'thanks', via: [{ channel: 'email' }] }],
        promised: [{ send: 'promise-noted', via: [{ channel: 'whatsapp' }] }],
        disputed: [{ send: 'dispute-noted', via: [{ channel: 'email' }] }],
        reported: [{ send: 'payment-noted', via: [{ channel: 'sms' }] }],
        promiseKept: [{ alert: 'promesa-cumplida', to: 'ventas' }],
        promiseBroken: [
          { escalate: 'next' },
          { task: 'call', owner: 'Ana', within: '1bd' },
          { effect: 'pedidos-bloqueados' },
        ],
        exhausted: [{ handover: 'legal', to: 'Estudio Quispe' }, { writeOff: 'propose' }],
      },
      stages: [
        {
          id: 'issued',
          name: 'Aviso con la factura',
          tone: 'friendly',
          at: { from: 'issue', plus: '2d' },
          do: [
            {
              send: 'first',
              to: 'compras',
              copy: ['gerencia', 'ventas'],
              attach: ['invoice', 'statement'],
              from: 'direccion',
            },
          ],
        },
        {
          id: 'before',
          name: long,
          tone: 'friendly',
          at: { from: 'due', minus: '5bd', businessDay: 'previous' },
          time: '11:00',
          gap: 'none',
          expires: '3d',
          keep: true,
          do: [{ send: 'first' }, { send: 'second', to: 'gerencia', via: [{ channel: 'email' }] }],
        },
        {
          id: 'month',
          name: 'Fin de mes',
          tone: 'firm',
          level: 2,
          at: { from: 'due', plus: '1mo', endOfMonth: true, exclusive: true },
          min: {
            amount: { MXN: '10000.00', COP: '2000000', USD: '500.00' },
            share: 20,
            any: true,
            of: 'account',
          },
          mode: 'approve',
          lapses: '4d',
          do: [
            { send: 'second' },
            {
              fee: 'recargo',
              fixed: { MXN: '150.00' },
              percent: '2.5',
              interest: { rate: '24' },
              max: { MXN: '5000.00' },
            },
            { fee: 'tramos', tiers: [{ from: { MXN: '1000' }, percent: '1' }], per: 'message' },
            { alert: 'cliente-moroso', to: 'ventas' },
          ],
        },
        {
          id: 'dates',
          name: 'Varias fechas',
          tone: 'firm',
          at: {
            all: [
              { from: 'due', plus: '20d' },
              { from: 'previous', plus: '7d', of: 'delivered' },
            ],
          },
          when: {
            all: [
              { fact: 'item.dunnable', gte: { MXN: '10000.00' } },
              { not: { fact: 'account.hardship', eq: true } },
              {
                any: [
                  { fact: 'account.shareLate', gt: 50 },
                  { fact: 'account.attributes.sector', eq: 'construcción y obra civil' },
                ],
              },
            ],
          },
          deadline: '10d',
          do: [
            { send: 'second', via: [{ channel: 'whatsapp', patience: '4h' }, { channel: 'email' }] },
            { effect: 'stop-service' },
            { fee: 'interes', interest: {} },
          ],
        },
        {
          id: 'deadline',
          name: 'Con plazo',
          tone: 'formal',
          at: { from: 'previous', plus: '10d', of: 'deadline' },
          mode: 'task',
          do: [{ task: 'letter', owner: 'Cobranza', within: '3bd' }, { send: 'second' }],
        },
        {
          id: 'given',
          name: 'Tras la gracia',
          tone: 'formal',
          at: { from: 'grace', plus: '60d' },
          do: [{ handover: 'agency', to: 'Recupera S.A.' }, { writeOff: 'propose' }],
        },
        { id: 'rest', name: 'Nada', tone: 'formal', at: { from: 'opened', plus: '90d' }, do: [] },
      ],
    },
    {
      id: 'states',
      version: 1,
      name: 'Estados',
      level: 'state',
      reentry: 'repeat',
      stages: [
        {
          id: 'warn',
          name: 'Advertencia',
          tone: 'friendly',
          when: { fact: 'item.daysPastDue', gte: 3 },
          do: [{ send: 'first' }],
        },
        {
          id: 'block',
          name: 'Bloqueo',
          tone: 'firm',
          when: { fact: 'account.overdue', gte: { USD: '1000' } },
          do: [{ effect: 'bloqueo', until: 'settled' }, { effect: 'aviso' }],
        },
      ],
    },
    {
      id: 'runs',
      version: 1,
      name: 'Corridas',
      climb: true,
      mode: 'approve',
      stages: [
        {
          id: 'l0',
          name: 'Previo',
          tone: 'friendly',
          at: { from: 'due', minus: '3d' },
          do: [{ send: 'first' }],
        },
        {
          id: 'l1',
          name: 'Aviso',
          tone: 'friendly',
          at: { from: 'due', plus: '1d' },
          do: [{ send: 'first' }],
        },
        {
          id: 'l2',
          name: 'Segundo',
          tone: 'firm',
          at: { from: 'previous', plus: '14d' },
          do: [{ send: 'second' }],
        },
      ],
    },
    { id: 'many', version: 1, name: 'Muchas', stages: many, last: { repeat: '7d', times: 1000 } },
    { id: 'none', version: 1, name: 'Vacía', active: false, stages: [] },
  ],
  messages: {
    id: 'messages',
    version: 1,
    messages: [
      message('first', 'items'),
      message('second', 'items'),
      message('thanks', 'payment'),
      message('promise-noted', 'promise'),
      message('dispute-noted', 'dispute'),
      message('payment-noted', 'report'),
    ],
  },
};
