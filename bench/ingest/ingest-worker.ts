import { houseOn } from '../store/house.js';
import { type Memory, watchMemory } from '../store/memory.js';
import { optionsOf, say, told } from '../store/process.js';
import { byAccount, byKind } from './records.js';

export interface IngestOptions {
  readonly url: string;
  readonly accounts: number;
  readonly order: 'account' | 'kind';
  readonly seal: boolean;
}

export interface IngestResultOfWorker {
  readonly ms: number;
  readonly written: number;
  readonly unchanged: number;
  readonly sealMs: number;
  readonly cpuMs: number;
  readonly memory: Memory;
}

const { url, accounts, order, seal } = optionsOf<IngestOptions>();
const { dunning, close } = houseOn({ url });
// Connections and code are warm.
await dunning.ingest([]);
await dunning.stuck();
say('ready');
await told();
const memory = watchMemory();
const cpu = process.cpuUsage();
const start = performance.now();
const { written, unchanged, refused, problems } = await dunning.ingest(
  order === 'account' ? byAccount(accounts) : byKind(accounts),
);
const ms = performance.now() - start;
const { user, system } = process.cpuUsage(cpu);
if (refused > 0) throw new Error(`refused: ${JSON.stringify(problems[0])}`);
say('in');
await told();
const sealing = performance.now();
if (seal) await dunning.seal();
const result: IngestResultOfWorker = {
  ms,
  written,
  unchanged,
  sealMs: performance.now() - sealing,
  cpuMs: (user + system) / 1000,
  memory: memory(),
};
await close();
say(result);
process.disconnect();
