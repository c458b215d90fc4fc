import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process of the benchmark: it says `ready`, works when it is told to, and answers in messages. */
export interface Helper {
  /** The next message; rejects when the process ends without one. */
  next<T>(): Promise<T>;
  tell(message: string): void;
  end(): Promise<void>;
}

/**
 * The heap of a worker, MiB. Without a limit V8 lets garbage lie for as long as the machine has memory, which
 * says nothing of what is needed. Young objects keep the room that they have by default, which V8 otherwise
 * cuts down with the limit.
 */
export const heapFlags = ['--max-old-space-size=96', '--max-semi-space-size=16'];

/** Starts a script beside this one. Options go as one JSON argument. */
export function helper(script: string, options: object): Helper {
  const file = fileURLToPath(new URL(`./${script}`, import.meta.url));
  const child: ChildProcess = fork(file, [JSON.stringify(options)], {
    execArgv: [...process.execArgv, ...heapFlags],
  });
  const messages: unknown[] = [];
  const waiting: { give(message: unknown): void; fail(error: Error): void }[] = [];
  const gone = new Promise<void>((resolve) => {
    child.once('close', (code) => {
      for (const one of waiting.splice(0)) one.fail(new Error(`${script} ended with ${code}`));
      resolve();
    });
  });
  child.on('message', (message) => {
    const first = waiting.shift();
    if (first === undefined) messages.push(message);
    else first.give(message);
  });
  return {
    next: <T>() =>
      new Promise<T>((give, fail) => {
        const ready = messages.shift();
        if (ready !== undefined) give(ready as T);
        else if (child.exitCode !== null) fail(new Error(`${script} ended with ${child.exitCode}`));
        else waiting.push({ give: (message) => give(message as T), fail });
      }),
    tell: (message) => {
      child.send(message);
    },
    async end() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** In a helper: its options. */
export function optionsOf<T>(): T {
  return JSON.parse(process.argv[2] ?? '{}') as T;
}

/** In a helper: says something to the benchmark. */
export function say(message: object | string): void {
  if (process.send === undefined) throw new Error('to be started by the benchmark');
  process.send(message);
}

/** In a helper: the next thing that the benchmark says. */
export function told(): Promise<unknown> {
  return new Promise((resolve) => process.once('message', resolve));
}
