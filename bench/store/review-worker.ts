import { houseOn, now } from './house.js';
import { type Memory, watchMemory } from './memory.js';
import { optionsOf, say, told } from './process.js';

export interface ReviewOptions {
  readonly url: string;
}

export interface ReviewResult {
  readonly accounts: number;
  readonly failed: number;
  readonly reviewMs: number;
  /** Sealing what the review logged. */
  readonly sealMs: number;
  readonly sealed: number;
  readonly cpuMs: number;
  readonly memory: Memory;
}

/** Accounts whose decisions are handed back together. */
const limit = 200;

const { url } = optionsOf<ReviewOptions>();
const { dunning, pool, close } = houseOn({ url });
// Connections and code are warm, as in a worker that runs for days.
await pool.query('SELECT 1');
say('ready');
await told();
const memory = watchMemory();
const cpu = process.cpuUsage();
const start = performance.now();
let accounts = 0;
let failed = 0;
for (let more = true; more; ) {
  const run = await dunning.review({ now, limit });
  accounts += run.counts.accounts;
  failed += run.counts.failed;
  more = run.more === true;
}
const reviewed = performance.now();
const { user, system } = process.cpuUsage(cpu);
const sealed = await dunning.seal();
const result: ReviewResult = {
  accounts,
  failed,
  reviewMs: reviewed - start,
  sealMs: performance.now() - reviewed,
  sealed,
  cpuMs: (user + system) / 1000,
  memory: memory(),
};
await close();
say(result);
process.disconnect();
