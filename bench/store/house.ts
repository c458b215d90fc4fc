import pg from 'pg';
import { createDunning, type Dunning } from 'recobro';
import { derivedTemplates, type HttpTransport, whatsapp } from 'recobro/channels/whatsapp';
import type { Documents } from 'recobro/policy';
import { postgresStore } from 'recobro/stores/postgres';

/** Tuesday, 10:00 in Bogotá: within the hours of contact. */
export const now = Date.parse('2026-03-17T10:00:00-05:00');
/** Between the first stage and the second. */
export const due = '2026-03-10';
export const schema = 'dunning';

const stage = (id: string, tone: 'friendly' | 'firm' | 'formal', plus: string) => ({
  id,
  tone,
  at: { from: 'due' as const, plus },
  do: [{ send: id }],
});

/** Three stages, one message per account, hours of contact, the gap and caps of the defaults. */
const documents: Documents = {
  plan: {
    id: 'bench',
    version: 1,
    zone: 'America/Bogota',
    language: 'en',
    default: 'ladder',
    contact: { windows: [{ from: '07:00', to: '19:00' }] },
  },
  policies: [
    {
      id: 'ladder',
      version: 1,
      via: [{ channel: 'whatsapp' }],
      stages: [stage('soft', 'friendly', '3d'), stage('firm', 'firm', '10d'), stage('last', 'formal', '30d')],
    },
  ],
  messages: {
    id: 'messages',
    version: 1,
    messages: ['soft', 'firm', 'last'].map((id) => ({
      id,
      about: 'items' as const,
      text: {
        en: {
          whatsapp: {
            one: `${id}: {{contact.name}}, invoice {{invoice.number}} of {{amount}} was due on {{due}}. Thanks.`,
            many: `${id}: {{contact.name}}, {{count}} invoices, {{amount}} in all. Thanks.`,
          },
        },
      },
    })),
  },
};

export interface House {
  readonly dunning: Dunning;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export interface HouseOptions {
  readonly url: string;
  readonly connections?: number | undefined;
  readonly provider?: string | undefined;
  readonly fetch?: HttpTransport | undefined;
  readonly parallel?: number | undefined;
  /** In place of the pool, for looking at what goes over it. */
  readonly client?: Parameters<typeof postgresStore>[0]['client'] | undefined;
}

/** recobro on PostgreSQL as a host would wire it, with a clock that stands still. */
export function houseOn({ url, connections = 4, provider, fetch, parallel, client }: HouseOptions): House {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  const store = postgresStore({ client: client ?? pool, schema });
  const dunning = createDunning({
    ...documents,
    store,
    tenant: 'acme',
    clock: { now: () => now },
    sender: { name: 'Acme', phone: '+57 601 555 0100', pay: { bank: 'Cuenta 1' } },
    dispatch: { parallel },
    channels: [
      whatsapp({
        phoneNumberId: '106540352242922',
        accessToken: 'token',
        templates: derivedTemplates({ prefix: 'acme' }),
        baseUrl: provider ?? 'http://127.0.0.1:9',
        // What is measured is the library: the stand-in takes as much as comes.
        limits: { perSecond: null, pairPerMinute: null },
        fetch,
      }),
    ],
  });
  return {
    dunning,
    pool,
    async close() {
      await dunning.close();
      await pool.end();
    },
  };
}
