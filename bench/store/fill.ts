import { postgresStore } from 'recobro/stores/postgres';
import { due, houseOn, now, schema } from './house.js';
import type { Server } from './server.js';

export interface Portfolio {
  readonly accounts: number;
  readonly invoices: number;
  /** When they are to be reviewed: at once, or years from now. */
  readonly next: 'now' | 'later';
}

const model = 'A0000000';
/** SQL for the id of account number `n`: as long as the model's, so that a text with it can be made by replacing. */
const idOf = "'A' || lpad(n::text, 7, '0')";

/**
 * One account is told as a host tells it; the others are copies of its rows under other ids, made by the
 * server, since this is about what comes afterwards. All ids of an account hold its own.
 */
export async function fill(server: Server, database: string, portfolio: Portfolio): Promise<void> {
  const { accounts, invoices, next } = portfolio;
  await server.create(database);
  const house = houseOn({ url: server.url(database) });
  await postgresStore({ client: house.pool, schema }).migrate();
  await house.dunning.sync({
    accounts: [
      {
        id: model,
        name: `Company ${model} Ltda`,
        contacts: [
          {
            role: 'billing',
            name: `Contact of ${model}`,
            phone: '+573001112233',
            email: `billing@${model.toLowerCase()}.example`,
            consent: { whatsapp: 'granted' },
          },
        ],
      },
    ],
    invoices: Array.from({ length: invoices }, (_, nth) => ({
      id: `${model}-${nth}`,
      account: model,
      number: `F-${model}-${nth}`,
      issued: '2026-02-08',
      due,
      total: { amount: `${1_000 + nth}.00`, currency: 'COP' },
    })),
  });
  const at = next === 'now' ? 0 : now + 3_650 * 86_400_000;
  const others = `generate_series(1, ${accounts - 1}) AS n`;
  const own = (column: string): string => `replace(${column}::text, '${model}', ${idOf})`;
  await house.pool.query(`UPDATE ${schema}.recobro_files SET next = ${at}`);
  for (const statement of [
    `INSERT INTO ${schema}.recobro_files (tenant, account, version, header, next)
     SELECT f.tenant, ${idOf}, 1, ${own('f.header')}::json, ${at} FROM ${schema}.recobro_files f, ${others}`,
    `INSERT INTO ${schema}.recobro_rows (tenant, account, id, data)
     SELECT r.tenant, ${idOf}, ${own('r.id')}, ${own('r.data')}::json FROM ${schema}.recobro_rows r, ${others}`,
    `INSERT INTO ${schema}.recobro_events (tenant, account, seq, at, type, actor, data)
     SELECT e.tenant, ${idOf}, e.seq, e.at, e.type, e.actor, ${own('e.data')}::json
     FROM ${schema}.recobro_events e, ${others}`,
  ])
    await house.pool.query(statement);
  // The log of what was told is sealed in the life of a host; here it is not what is measured.
  await house.dunning.seal();
  await house.close();
  await server.settle(database);
}
