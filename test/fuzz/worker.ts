import { parentPort, workerData } from 'node:worker_threads';
import { parsers } from './parsers.js';

/** Which parser a worker tries, how often, from which seed. */
export interface Task {
  readonly index: number;
  readonly inputs: number;
  readonly seed: number;
}

/** What a worker tells: how far it is, and what came of it. */
export type Told = { readonly done: number } | { readonly end: string | undefined };

const tell = (told: Told): void => parentPort?.postMessage(told);
const { index, inputs, seed } = workerData as Task;
const fault = await parsers[index]?.().run(inputs, seed, {
  slowest: 10_000,
  progress: (done) => tell({ done }),
});
tell({ end: fault });
