import type { HttpTransport } from 'recobro/channels/whatsapp';
import { median } from '../statistics.js';
import { explaining, type Looked } from './explain.js';
import { fill } from './fill.js';
import { type House, houseOn, now, schema } from './house.js';
import type { Server } from './server.js';

/** A tick over the accounts that are due, in tables that hold so many. */
export interface TickRow {
  readonly accounts: number;
  readonly milliseconds: { readonly median: number; readonly min: number; readonly max: number };
  /** What its statements looked at, by kind. */
  readonly looked: readonly Looked[];
  readonly buffers: number;
}

export interface TickTable {
  readonly due: number;
  readonly rounds: number;
  readonly rows: readonly TickRow[];
  /** The larger tables over the smaller ones. */
  readonly timeRatio: number;
  readonly buffersRatio: number;
  /** Of the query for due accounts alone. */
  readonly dueBuffersRatio: number;
}

/** Takes every message at once: what the network costs is not asked here. */
const accepting: HttpTransport = async () => ({
  status: 200,
  headers: { get: () => null },
  body: (async function* () {
    yield Buffer.from('{"messages":[{"id":"wamid.1","message_status":"accepted"}]}');
  })(),
});

/** A tenth of the smaller portfolio is due in each round, each time another one; rounds take turns. */
export async function tickTable(
  server: Server,
  sizes: readonly [small: number, large: number],
  rounds: number,
  progress: (line: string) => void,
): Promise<TickTable> {
  const due = Math.floor(sizes[0] / (rounds + 1));
  const houses = new Map<number, House>();
  for (const accounts of sizes) {
    progress(`  filling tables with ${accounts} accounts`);
    await fill(server, `tick${accounts}`, { accounts, invoices: 1, next: 'later' });
    houses.set(accounts, houseOn({ url: server.url(`tick${accounts}`), fetch: accepting, parallel: 64 }));
  }
  const times = new Map<number, number[]>(sizes.map((accounts) => [accounts, []]));
  for (let round = 0; round < rounds; round++) {
    for (const accounts of round % 2 === 0 ? sizes : [...sizes].reverse()) {
      const house = houses.get(accounts);
      if (house === undefined) continue;
      await makeDue(house, round, due);
      const start = performance.now();
      const { sent } = await house.dunning.tick({ now });
      times.get(accounts)?.push(performance.now() - start);
      if (sent.length !== due) throw new Error(`${sent.length} of ${due} messages went out`);
    }
  }
  const rows: TickRow[] = [];
  for (const accounts of sizes) {
    const house = houses.get(accounts);
    if (house === undefined) continue;
    await makeDue(house, rounds, due);
    const url = server.url(`tick${accounts}`);
    const { client, looked, end } = await explaining(url);
    const watched = houseOn({ url, fetch: accepting, parallel: 64, client });
    await watched.dunning.tick({ now });
    await watched.close();
    await end();
    await house.close();
    const own = times.get(accounts) ?? [];
    rows.push({
      accounts,
      milliseconds: { median: median(own), min: Math.min(...own), max: Math.max(...own) },
      looked: [...looked.values()],
      buffers: [...looked.values()].reduce((sum, { buffers }) => sum + buffers, 0),
    });
  }
  const [small, large] = rows;
  const ratio = (of: (row: TickRow) => number): number =>
    small === undefined || large === undefined ? Number.NaN : of(large) / of(small);
  const dueQuery = ({ looked }: TickRow): number =>
    looked.find(({ statement }) => statement === 'SELECT files')?.buffers ?? Number.NaN;
  return {
    due,
    rounds,
    rows,
    timeRatio: ratio(({ milliseconds }) => milliseconds.median),
    buffersRatio: ratio(({ buffers }) => buffers),
    dueBuffersRatio: ratio(dueQuery),
  };
}

async function makeDue({ pool }: House, round: number, due: number): Promise<void> {
  const id = (n: number): string => `A${String(n).padStart(7, '0')}`;
  await pool.query(`UPDATE ${schema}.recobro_files SET next = 0 WHERE account >= $1 AND account < $2`, [
    id(round * due),
    id((round + 1) * due),
  ]);
}
