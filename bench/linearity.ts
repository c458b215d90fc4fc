import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AccountFile } from 'recobro/engine';
import { recobro } from './contenders/recobro.js';
import { accountFile, openPerAccount } from './portfolio.js';
import { collectGarbage } from './statistics.js';
import { engineOfWork } from './work.js';

/** Accounts streamed: made, reviewed and forgotten in batches. One process per size. */
export interface LinearRow {
  readonly invoices: number;
  readonly acts: number;
  /** Processor time spent in `decide` alone. */
  readonly seconds: number;
  readonly perSecond: number;
  /** Live objects after a collection at the end, MiB. */
  readonly liveMiB: number;
  /** The most memory that the process ever held, MiB. */
  readonly peakMiB: number;
}

const batch = 100;
const mib = 1024 * 1024;

/** Measures each size in a process of its own. */
export function linearRows(sizes: readonly number[], progress: (line: string) => void): readonly LinearRow[] {
  return sizes.map((accounts) => {
    progress(`streaming ${accounts * openPerAccount} invoices`);
    const script = fileURLToPath(import.meta.url);
    const text = execFileSync(process.execPath, [...process.execArgv, script, String(accounts)], {
      encoding: 'utf8',
    });
    return JSON.parse(text) as LinearRow;
  });
}

function stream(accounts: number): LinearRow {
  const { review } = recobro(engineOfWork());
  let acts = 0;
  let milliseconds = 0;
  const count = (): void => {
    acts++;
  };
  const run = (from: number, to: number): void => {
    for (let start = from; start < to; start += batch) {
      const files: AccountFile[] = [];
      for (let index = start; index < Math.min(start + batch, to); index++) files.push(accountFile(index));
      const before = process.cpuUsage();
      for (const file of files) review(file, count);
      const { user, system } = process.cpuUsage(before);
      milliseconds += (user + system) / 1000;
    }
  };
  // Warm-up on accounts of its own.
  run(2_000_000, 2_001_000);
  acts = 0;
  milliseconds = 0;
  run(0, accounts);
  collectGarbage('major');
  const invoices = accounts * openPerAccount;
  return {
    invoices,
    acts,
    seconds: milliseconds / 1000,
    perSecond: (1000 * invoices) / milliseconds,
    liveMiB: process.memoryUsage().heapUsed / mib,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(JSON.stringify(stream(Number(process.argv[2]))));
}
