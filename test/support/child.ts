import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A child process that runs a TypeScript file of the tests and talks in lines. */
export interface Child {
  readonly pid: number;
  /** The next line that it prints. Rejects when it ends without one. */
  line(): Promise<string>;
  say(line: string): void;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

const hooks = fileURLToPath(new URL('./run-typescript.mjs', import.meta.url));

const running = new Set<Child>();

/** Kills what {@link startChild} started and still runs; for `afterEach`. */
export async function killChildren(): Promise<void> {
  await Promise.all([...running].map((child) => child.kill()));
}

/** Starts `node script.ts …args` on the sources. The script is named relative to the `test` folder. */
export function startChild(script: string, ...args: readonly string[]): Child {
  const file = fileURLToPath(new URL(`../${script}`, import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', '--import', hooks, file, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const waiting: { give(line: string): void; fail(error: Error): void }[] = [];
  const gone = ended(child);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const first = waiting.shift();
    if (first === undefined) lines.push(line);
    else first.give(line);
  });
  const handle: Child = {
    pid: child.pid ?? 0,
    line: () => {
      const ready = lines.shift();
      if (ready !== undefined) return Promise.resolve(ready);
      return new Promise((give, fail) => waiting.push({ give, fail }));
    },
    say: (line) => {
      child.stdin.write(`${line}\n`);
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
  running.add(handle);
  void gone.then((how) => {
    running.delete(handle);
    for (const one of waiting.splice(0))
      one.fail(new Error(`${script} ended (${how}) without a further line`));
  });
  return handle;
}

function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(`${code ?? signal}`));
  });
}
