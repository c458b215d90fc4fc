import { count, table } from '../table.js';
import type { IngestReport } from './index.js';

/** The report as a table. */
export function ingestText(found: IngestReport | undefined): string {
  if (found === undefined) return '';
  const seconds = (ms: number | undefined): string => (ms === undefined ? '' : (ms / 1000).toFixed(1));
  const peers = found.peers.map((one) => [
    'COPY, then INSERT … SELECT … ON CONFLICT',
    count(one.records),
    seconds(one.milliseconds),
    count(one.perSecond),
    seconds(one.cpuMs),
    seconds(one.serverCpuMs),
  ]);
  const rows = found.rows.map((one) => [
    one.name,
    count(one.records),
    seconds(one.milliseconds),
    count(one.perSecond),
    seconds(one.cpuMs),
    seconds(one.serverCpuMs),
    one.share.toFixed(2),
    one.cpuShare?.toFixed(2) ?? '',
    one.peakRss.toFixed(0),
    seconds(one.sealMs),
  ]);
  const header = [
    'ingest',
    'records',
    'seconds',
    'records/s',
    'cpu s',
    'server cpu s',
    'of peer',
    'by cpu',
    'RSS MiB',
    'sealing s',
  ];
  return `${found.server}\n${table([header, ...peers, ...rows])}`;
}
