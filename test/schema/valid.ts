/** A small set of documents that use much of what there is, to be broken one place at a time. */
export function validDocuments() {
  return {
    plan: {
      id: 'acme',
      version: 3,
      zone: 'America/Mexico_City',
      language: 'es',
      segments: [
        {
          id: 'key',
          when: {
            any: [
              { fact: 'account.tags', has: 'key' },
              { fact: 'account.outstanding', gte: { MXN: '100000.00', CLP: '5000000' } },
              {
                all: [
                  { fact: 'account.attributes.sector', eq: 'public' },
                  { not: { fact: 'account.shareLate', exists: false } },
                ],
              },
            ],
          },
        },
        { id: 'late', when: { fact: 'account.shareLate', gt: 50 } },
      ],
      assign: [
        { invoice: 'F/2026/17', policy: null },
        { account: 'robles@clients', policy: 'ladder' },
        { segment: 'key', policy: 'gentle' },
        { branch: 'north', policy: 'groups' },
        { entity: 'acme-mx', pilot: { percent: 12.5, salt: 'spring' }, policy: 'live' },
        { area: 'retail', policy: null },
        { pilot: { percent: 0.29 }, policy: 'groups' },
      ],
      default: 'ladder' as string | null,
      contact: {
        gap: '2d',
        caps: [
          { max: 1, per: '1d' },
          { max: 2, per: '7d', of: 'contact', channel: 'whatsapp' },
          { max: 8, in: 'month', purpose: 'any' },
        ],
        gapOf: 'case',
        gaps: { sms: '36h', email: 'none' },
        windows: [
          {
            days: ['mon', 'tue', 'wed', 'thu', 'fri'],
            from: '09:00',
            to: '24:00',
            channels: ['whatsapp', 'sms'],
          },
        ],
        closedOnHolidays: false,
        consent: { email: { dunning: 'contract', service: 'off' }, whatsapp: 'required' },
      },
      calendar: { weekend: ['sat', 'sun'], holidays: ['2026-12-25', '2028-02-29'] },
      tolerance: { MXN: '5.00', CLP: '100' },
      otherCurrency: 'convert',
      rates: [
        { from: 'USD', to: 'MXN', rate: '17.25', on: '2026-01-02' },
        { from: 'USD', to: 'MXN', rate: '17.5', on: '2026-02-02' },
      ],
      experiments: [
        {
          id: 'tone',
          when: { fact: 'account.country', eq: 'MX' },
          arms: [
            { id: 'soft', weight: 1, policy: 'live' },
            { id: 'plain', weight: 3, policy: null },
          ],
        },
      ],
      adjust: [
        { segment: 'key', policy: 'groups', delay: '3d' },
        {
          account: 'robles@clients',
          policy: 'groups',
          stages: {
            two: { skip: true },
            one: { at: { from: 'due', plus: '12d' }, mode: 'approve', via: [{ channel: 'email' }] },
          },
        },
      ],
      blocks: {
        dispute: 'item',
        unapplied: 'covers',
        holdEnd: 'exclusive',
        hold: 'clear',
        promise: { grace: '2d', tolerance: 2.5, within: '5bd' },
        unbooked: '4d',
        reply: 'continue',
      },
      sources: { bank: { maxAge: '24h' } },
      credit: { margin: '10d', returned: '60d' },
      currency: 'MXN',
      terms: { source: 'terms of sale, 4', fees: { MXN: '250.00' }, interest: '24' },
    },
    policies: [
      {
        id: 'ladder',
        version: 2,
        name: 'Ladder',
        message: { by: 'account', list: 'acting' },
        via: [{ channel: 'whatsapp' }, { channel: 'email' }],
        late: 'latest',
        entry: 'first',
        restart: '0d',
        stages: [
          { id: 'before', tone: 'friendly', at: { from: 'due', minus: '7d' }, do: [{ send: 'soon' }] },
          {
            id: 'firm',
            name: 'Firm',
            tone: 'firm',
            at: { from: 'due', plus: '10d', businessDay: 'next' },
            when: { fact: 'item.dunnable', gte: { MXN: '500.00' } },
            do: [
              { send: 'firm', to: 'manager', via: [{ channel: 'sms' }] },
              { task: 'call', owner: 'Ana', within: '2bd' },
            ],
          },
          { id: 'formal', tone: 'formal', at: { from: 'previous', plus: '1mo' }, do: [{ send: 'firm' }] },
        ],
        last: { repeat: '14d', times: 3 },
        on: { paid: [{ send: 'thanks' }] },
      },
      { id: 'gentle', version: 1, stages: [] },
      {
        id: 'groups',
        version: 2,
        active: true,
        priority: 5,
        scope: { fact: 'item.type', eq: 'invoice' },
        unit: { group: ['account', 'entity', 'item.attributes.contract'], carrier: 'inherit' },
        message: { by: ['account', 'level', 'channel'], list: 'open', most: { overdue: 2 } },
        mode: 'approve',
        time: '10:00',
        grace: '3d',
        arrears: '5d',
        climb: false,
        resume: 'same',
        pushed: 'both',
        done: 'delivered',
        proposed: 'supersede',
        discarded: 'hold',
        counters: 'last-message',
        unknown: 'act',
        reopen: 'restart',
        adopt: { map: { old: 'one' } },
        stages: [
          {
            id: 'one',
            tone: 'friendly',
            level: 10,
            at: {
              any: [
                { from: 'due', minus: '2d' },
                { from: 'opened', plus: '1d', endOfMonth: true },
              ],
            },
            keep: true,
            min: { amount: { MXN: '100.00' }, share: 12.5, any: true, of: 'account' },
            lapses: '4d',
            gap: '48h',
            expires: '9d',
            rank: 2,
            deadline: '10bd',
            do: [
              {
                send: 'soon',
                to: 'billing',
                copy: ['manager'],
                from: 'director',
                attach: ['invoice'],
                via: [{ channel: 'whatsapp', patience: '90min' }, { channel: 'sms' }],
              },
              { alert: 'one', to: 'Ana' },
              { alert: 'one' },
            ],
          },
          {
            id: 'two',
            tone: 'firm',
            at: {
              all: [
                { from: 'previous', of: 'deadline', plus: '1d' },
                { from: 'grace', exclusive: true },
                { from: 'issue', plus: '2mo' },
              ],
            },
            time: '09:30',
            do: [
              { fee: 'late', fixed: { MXN: '200.00' }, per: 'message' },
              { fee: 'interest', interest: { base: 'daily', dayCount: '30/360' } },
              { handover: 'agency', to: 'cobros' },
              { writeOff: 'propose' },
            ],
          },
        ],
        last: { repeat: '1mo', times: 2, from: 'due', exhausted: '10d' },
        life: { from: 'first', plus: '6mo' },
        on: {
          promiseKept: [{ alert: 'kept' }],
          promiseBroken: [{ escalate: 'next' }, { effect: 'no-new-orders' }],
          exhausted: [{ task: 'decide', within: '1w' }, { handover: 'legal' }],
        },
      },
      {
        id: 'groups',
        version: 1,
        stages: [{ id: 'old', tone: 'friendly', do: [{ task: 'look' }] }],
      },
      {
        id: 'live',
        version: 1,
        level: 'state',
        reentry: 'repeat',
        stages: [
          {
            id: 'warn',
            tone: 'friendly',
            when: { fact: 'account.overdueItems', gte: 1 },
            do: [{ effect: 'banner', until: 'level' }],
          },
          {
            id: 'stop',
            tone: 'formal',
            when: { fact: 'account.overdueItems', gte: 3 },
            do: [{ effect: 'stop-service', until: 'settled' }],
          },
        ],
      },
    ],
    messages: {
      id: 'acme',
      version: 1,
      messages: [
        {
          id: 'soon',
          about: 'items',
          text: {
            es: {
              whatsapp: 'Hola {{contact.name}}, su saldo de {{amount}} vence pronto.',
              sms: { one: 'Vence {{due}}: {{amount}}', many: 'Vencen pronto {{count}}: {{amount}}' },
              email: { subject: 'Aviso', body: 'Hola {{contact.name}}, {{amount}}' },
            },
          },
        },
        {
          id: 'firm',
          about: 'items',
          text: { es: { sms: 'Pague {{amount}}' }, 'es-MX': { sms: 'Pague ya {{amount}}' } },
        },
        {
          id: 'thanks',
          about: 'payment',
          text: { es: { email: { subject: 'Gracias', body: 'Recibimos {{paid.amount}}' } } },
        },
      ],
    },
  };
}

type Path = readonly (string | number)[];

/** A copy with one place changed; `undefined` takes it out. */
export function changed(value: unknown, path: Path, to: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  if (Array.isArray(value)) return value.map((one: unknown, i) => (i === key ? changed(one, rest, to) : one));
  const record = { ...(value as Record<string, unknown>) };
  const member = changed(record[key], rest, to);
  if (member === undefined) delete record[key];
  else record[key] = member;
  return record;
}
