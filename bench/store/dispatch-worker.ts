import { undiciTransport } from 'recobro/channels/undici';
import { Agent } from 'undici';
import { houseOn } from './house.js';
import { type Memory, watchMemory } from './memory.js';
import { optionsOf, say, told } from './process.js';

export interface DispatchOptions {
  readonly url: string;
  readonly provider: string;
  readonly transport: 'fetch' | 'undici';
  readonly parallel: number;
  readonly connections: number;
}

export interface DispatchResult {
  readonly sent: number;
  readonly failed: number;
  readonly cpuMs: number;
  readonly memory: Memory;
}

/** A worker as a host starts it: ticks of 500 acts, each sealing the log at its end. */
const { url, provider, transport, parallel, connections } = optionsOf<DispatchOptions>();
const agent = new Agent({ connections: parallel });
const { dunning, pool, close } = houseOn({
  url,
  provider,
  parallel,
  connections,
  ...(transport === 'undici' ? { fetch: undiciTransport(agent) } : {}),
});
await pool.query('SELECT 1');
say('ready');
await told();
const memory = watchMemory();
const cpu = process.cpuUsage();
let sent = 0;
let failed = 0;
const worker = dunning.start();
worker.on('tick', (run) => {
  sent += run.sent.length;
  failed += run.failed.length;
});
worker.on('error', (error) => console.error(error));
await told();
const { user, system } = process.cpuUsage(cpu);
await worker.stop();
const result: DispatchResult = { sent, failed, cpuMs: (user + system) / 1000, memory: memory() };
await close();
await agent.close();
say(result);
process.disconnect();
