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
      ],
      default: 'ladder' as string | null,
      contact: {
        gap: '2d',
        caps: [
          { max: 1, per: '1d' },
          { max: 2, per: '7d', of: 'contact', channel: 'whatsapp' },
        ],
        windows: [
          {
            days: ['mon', 'tue', 'wed', 'thu', 'fri'],
            from: '09:00',
            to: '24:00',
            channels: ['whatsapp', 'sms'],
          },
        ],
        closedOnHolidays: false,
        consent: { email: 'contract', whatsapp: 'required' },
      },
      calendar: { weekend: ['sat', 'sun'], holidays: ['2026-12-25', '2028-02-29'] },
      tolerance: { MXN: '5.00', CLP: '100' },
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
