import { postgresStore } from 'recobro/stores/postgres';
import { schema } from '../store/house.js';
import { helper } from '../store/process.js';
import { type Server, since, startServer } from '../store/server.js';
import type { IngestOptions, IngestResultOfWorker } from './ingest-worker.js';
import type { PeerOptions, PeerResult } from './peer-worker.js';
import { recordsEach } from './records.js';

export interface IngestRow {
  readonly name: string;
  readonly records: number;
  readonly milliseconds: number;
  readonly perSecond: number;
  /** Of the peers' mean speed. */
  readonly share: number;
  /** The peers' mean processor time, both sides, by this one's: what a shared machine does not change. */
  readonly cpuShare: number | undefined;
  /** Processor time of the process that tells, and of the server. */
  readonly cpuMs: number;
  readonly serverCpuMs: number | undefined;
  readonly sealMs: number | undefined;
  readonly peakRss: number;
  readonly rss: readonly number[];
}

export interface PeerRow {
  readonly records: number;
  readonly milliseconds: number;
  readonly perSecond: number;
  readonly cpuMs: number;
  readonly serverCpuMs: number | undefined;
}

export interface IngestReport {
  readonly server: string;
  /** COPY into a staging table and one INSERT … SELECT … ON CONFLICT: before, between and after. */
  readonly peers: readonly PeerRow[];
  readonly rows: readonly IngestRow[];
}

/** Takes the same records in by hand and by `ingest`, in one run on one server. */
export async function ingestReport(
  accounts: number,
  progress: (line: string) => void,
): Promise<IngestReport> {
  const server = await startServer();
  const peers: PeerRow[] = [];
  const measured: (readonly [string, IngestResultOfWorker, number | undefined, boolean])[] = [];
  const asPeer = async (): Promise<void> => {
    await server.create('peer');
    const one = helper('../ingest/peer-worker.ts', {
      url: server.url('peer'),
      accounts,
    } satisfies PeerOptions);
    await one.next();
    const used = server.cpu();
    one.tell('go');
    const { copyMs, mergeMs, rows, cpuMs } = await one.next<PeerResult>();
    if (rows !== accounts * recordsEach) throw new Error('the peer lost records');
    const milliseconds = copyMs + mergeMs;
    peers.push({
      records: rows,
      milliseconds,
      perSecond: (rows / milliseconds) * 1000,
      cpuMs,
      serverCpuMs: since(server, used),
    });
    progress(`  peer: COPY ${copyMs.toFixed(0)} ms, INSERT … SELECT ${mergeMs.toFixed(0)} ms`);
    await server.drop('peer');
  };
  const asHost = async (
    name: string,
    database: string,
    more: Pick<IngestOptions, 'order' | 'seal'>,
  ): Promise<void> => {
    const one = helper('../ingest/ingest-worker.ts', { url: server.url(database), accounts, ...more });
    await one.next();
    const used = server.cpu();
    one.tell('go');
    await one.next();
    const serverCpuMs = since(server, used);
    one.tell('go on');
    const result = await one.next<IngestResultOfWorker>();
    if (result.written + result.unchanged !== accounts * recordsEach) throw new Error('ingest lost records');
    measured.push([name, result, serverCpuMs, more.seal]);
    progress(`  ${name}: ${result.ms.toFixed(0)} ms`);
  };
  try {
    progress(`taking in ${accounts * recordsEach} records of ${accounts} accounts`);
    await asPeer();
    await migrated(server, 'grouped');
    await asHost('new, all of an account together', 'grouped', { order: 'account', seal: true });
    await asPeer();
    await asHost('told again: all is known', 'grouped', { order: 'account', seal: false });
    await server.drop('grouped');
    await migrated(server, 'tables');
    await asHost('new, table by table', 'tables', { order: 'kind', seal: false });
    await asPeer();
    return { server: server.version, peers, rows: measured.map((one) => rowOf(...one, peers)) };
  } finally {
    await server.stop();
  }
}

async function migrated(server: Server, database: string): Promise<void> {
  await server.create(database);
  const pool = server.pool(database, 1);
  await postgresStore({ client: pool, schema }).migrate();
  await pool.end();
}

function rowOf(
  name: string,
  { ms, written, unchanged, sealMs, cpuMs, memory }: IngestResultOfWorker,
  serverCpuMs: number | undefined,
  sealed: boolean,
  peers: readonly PeerRow[],
): IngestRow {
  const records = written + unchanged;
  const perSecond = (records / ms) * 1000;
  return {
    name,
    records,
    milliseconds: ms,
    perSecond,
    share: perSecond / mean(peers.map((one) => one.perSecond)),
    cpuShare:
      serverCpuMs === undefined
        ? undefined
        : mean(peers.map((one) => one.cpuMs + (one.serverCpuMs ?? 0))) / (cpuMs + serverCpuMs),
    cpuMs,
    serverCpuMs,
    sealMs: sealed ? sealMs : undefined,
    peakRss: memory.peakRss,
    rss: memory.rss,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}
