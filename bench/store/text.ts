import { count, table } from '../table.js';
import type { DispatchTable } from './dispatch.js';
import type { StoreReport } from './index.js';
import type { Memory } from './memory.js';
import { heapFlags } from './process.js';
import type { ReviewRow } from './review.js';
import type { TickTable } from './tick.js';

export function storeText({ server, review, dispatch, tick }: StoreReport): string {
  const head = `${server}; workers with ${heapFlags.join(' ')}`;
  return [head, reviewText(review), dispatchText(dispatch), tickText(tick)].join('\n\n');
}

function reviewText({ accounts, invoices, review, raw, ...row }: ReviewRow): string {
  const header = ['review', 'seconds', 'invoices/s', 'of raw', 'worker cpu s', 'server cpu s'];
  const lines = [
    ...raw.map((rate) => ['raw INSERT … SELECT', seconds((invoices / rate) * 1000), count(rate), '', '', '']),
    [
      'recobro, with its log',
      seconds(review.reviewMs),
      count(row.perSecond),
      row.share.toFixed(2),
      seconds(review.cpuMs),
      seconds(row.serverCpuMs),
    ],
    [
      '… and sealed',
      seconds(review.reviewMs + review.sealMs),
      count(row.perSecondSealed),
      (row.perSecondSealed / Math.max(...raw)).toFixed(2),
      '',
      '',
    ],
  ];
  const title = `${count(invoices)} due invoices of ${count(accounts)} accounts; ${memoryText(review.memory)}`;
  return `${title}\n${table([header, ...lines])}`;
}

function dispatchText({ rows, raw }: DispatchTable): string {
  const header = ['dispatch', 'messages', 'seconds', 'messages/s', 'worker cpu s', 'server cpu s'];
  const lines = rows.map(({ transport, workers, parallel, invoices, results, ...row }) => [
    `${transport}, ${workers} workers, ${parallel} calls each; of ${invoices} invoice${invoices === 1 ? '' : 's'}`,
    count(row.messages),
    seconds(row.milliseconds),
    count(row.perSecond),
    seconds(results.reduce((sum, { cpuMs }) => sum + cpuMs, 0)),
    seconds(row.serverCpuMs),
  ]);
  const peer = ['raw claim and finish, 2 connections', '', '', count(raw), '', ''];
  const memory = rows.flatMap(({ transport, results }) =>
    results.map((result) => `${transport}: ${memoryText(result.memory)}`),
  );
  return [table([header, ...lines, peer]), ...memory].join('\n');
}

function tickText({ due, rounds, rows, timeRatio, buffersRatio, dueBuffersRatio }: TickTable): string {
  const header = ['tick', 'accounts', 'median ms', 'range', 'buffers'];
  const lines = rows.map(({ accounts, milliseconds: { median, min, max }, buffers }) => [
    `${count(due)} due`,
    count(accounts),
    median.toFixed(0),
    `${min.toFixed(0)}–${max.toFixed(0)}`,
    count(buffers),
  ]);
  const [small, large] = rows;
  const kinds = (small?.looked ?? []).map(({ statement, calls, buffers }) => {
    const other = large?.looked.find((one) => one.statement === statement)?.buffers ?? 0;
    return [statement, count(calls), count(buffers), count(other), (other / buffers).toFixed(2)];
  });
  return [
    table([header, ...lines]),
    `medians of ${rounds} rounds by turns: time × ${timeRatio.toFixed(2)}, buffers × ${buffersRatio.toFixed(2)}, of the query for due accounts × ${dueBuffersRatio.toFixed(2)}`,
    table([['statement', 'calls', 'buffers', 'large', 'ratio'], ...kinds]),
  ].join('\n');
}

function memoryText({ peakRss, rss, peakHeap }: Memory): string {
  const quarters = rss.map((one) => one.toFixed(0)).join(' ');
  return `RSS by quarters ${quarters} MiB, peak ${peakRss.toFixed(0)}, heap ${peakHeap.toFixed(0)}`;
}

function seconds(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '' : (milliseconds / 1000).toFixed(2);
}
