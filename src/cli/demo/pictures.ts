import type { FileEvent } from '../../engine/index.js';
import { htmlReport } from '../../insight/report/index.js';
import { type LogEntry, summarise } from '../../insight/run/index.js';
import { policyTimeline } from '../../insight/timeline/index.js';
import type { Documents } from '../../policy/types.js';
import type { LoggedEvent } from '../../stores/store.js';
import type { DemoFolder } from './folder.js';
import { period } from './schedule.js';

/** Draws the policies and writes the report of the run out of its log. */
export function writePictures(
  folder: Pick<DemoFolder, 'write'>,
  documents: Documents,
  log: readonly LoggedEvent[],
): void {
  folder.write('timeline', policyTimeline(documents, { language: 'en' }));
  const logs = new Map<string, LogEntry[]>();
  for (const { account, at, type, data } of log) {
    // The log stores each event as its type beside its data; this puts the two together again.
    const event = Object.assign({ type }, data) as FileEvent;
    const known = logs.get(account);
    if (known === undefined) logs.set(account, [{ at, event }]);
    else known.push({ at, event });
  }
  const run = summarise({
    documents,
    ...period,
    logs: [...logs].map(([account, entries]) => ({ account, entries })),
  });
  folder.write(
    'report',
    htmlReport(run, { title: 'Telares Ondaluz: three months of reminders', language: 'en' }),
  );
}
