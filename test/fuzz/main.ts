/**
 * `npm run fuzz`: more than a million inputs over every parser of what comes from outside, each parser in a thread
 * of its own, so that one that hangs is found out. Options: `--share 0.01` of the inputs, `--seed`, `--only` a part
 * of a name, `--jobs` at a time. Ends with 1 where a parser threw, gave a text away, was slow or hung.
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { parsers } from './parsers.js';
import type { Task, Told } from './worker.js';

const { values } = parseArgs({
  options: {
    share: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    jobs: { type: 'string', default: '2' },
  },
});

/** No word from a thread for so long, in milliseconds: it hangs. */
const silence = 180_000;

interface Result {
  readonly name: string;
  readonly inputs: number;
  readonly seconds: number;
  readonly fault?: string | undefined;
}

function attempt(name: string, task: Task): Promise<Result> {
  const begun = performance.now();
  const { promise, resolve } = Promise.withResolvers<Result>();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: task,
    execArgv: process.execArgv,
  });
  let done = 0;
  const end = (fault?: string): void => {
    clearTimeout(timer);
    void worker.terminate();
    const inputs = fault === undefined ? task.inputs : done;
    resolve({ name, inputs, seconds: (performance.now() - begun) / 1000, fault });
  };
  const hung = (): void => end(`hangs after input ${done} of seed ${task.seed}`);
  let timer = setTimeout(hung, silence);
  worker.on('message', (told: Told) => {
    if ('end' in told) return end(told.end);
    done = told.done;
    clearTimeout(timer);
    timer = setTimeout(hung, silence);
  });
  worker.on('error', (error) => end(error.stack ?? error.message));
  return promise;
}

const share = Number(values.share);
const seed = Number(values.seed);
const waiting = parsers
  .map((make, index) => ({ index, parser: make() }))
  .filter(({ parser }) => parser.name.includes(values.only))
  .map(({ index, parser }) => ({
    name: parser.name,
    task: { index, inputs: Math.ceil(parser.inputs * share), seed: seed + index },
  }));
const results: Result[] = [];
async function lane(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const result = await attempt(next.name, next.task);
    results.push(result);
    const { name, inputs, seconds, fault } = result;
    console.log(
      `${fault === undefined ? 'fine  ' : 'FAILED'} ${name.padEnd(42)} ${String(inputs).padStart(8)} inputs  seed ${next.task.seed}  ${seconds.toFixed(1)} s`,
    );
    if (fault !== undefined) console.log(fault);
  }
}

const begun = performance.now();
await Promise.all(Array.from({ length: Math.max(1, Number(values.jobs)) }, lane));
const failed = results.filter(({ fault }) => fault !== undefined);
const inputs = results.reduce((sum, result) => sum + result.inputs, 0);
const seconds = (performance.now() - begun) / 1000;
console.log(
  `${inputs} inputs over ${results.length} parsers in ${seconds.toFixed(0)} s, from seed ${seed}: ${failed.length} failed`,
);
process.exitCode = failed.length === 0 && results.length > 0 ? 0 : 1;
