import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import type { Incoming } from './house.js';
import type { Life, ProviderBooks, Said, StepId, Told } from './steps.js';

/** The programs of the harness as one file each, so that a process starts in a tenth of a second. */
export interface Programs {
  readonly worker: string;
  readonly provider: string;
  readonly cache: string;
  remove(): Promise<void>;
}

export async function bundle(): Promise<Programs> {
  const folder = await mkdtemp(join(tmpdir(), 'recobro-chaos-'));
  const source = (name: string): string => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  // Drivers are found as in the project.
  await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'));
  await build({
    config: false,
    entry: { worker: source('worker'), provider: source('provider') },
    outDir: join(folder, 'out'),
    format: 'esm',
    platform: 'node',
    target: 'node22',
    outExtension: () => ({ js: '.mjs' }),
    splitting: false,
    clean: false,
    dts: false,
    silent: true,
    noExternal: [/^(?!@electric-sql|pg$)/],
    external: ['@electric-sql/pglite', 'pg'],
    // CommonJS packages in the bundle ask for Node's own modules.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)),
  });
  return {
    worker: join(folder, 'out', 'worker.mjs'),
    provider: join(folder, 'out', 'provider.mjs'),
    cache: join(folder, 'cache'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A child process that prints JSON lines. */
class Speaker {
  readonly pid: number;
  readonly gone: Promise<string>;
  readonly #child: ChildProcess;
  readonly #heard: string[] = [];
  #wake: (() => void) | undefined;
  #over = false;

  constructor(file: string, args: readonly string[], cache: string, flags: readonly string[] = []) {
    this.#child = spawn(process.execPath, ['--no-warnings', ...flags, file, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
    });
    this.pid = this.#child.pid ?? 0;
    const { stdout, stdin } = this.#child;
    // It may die while it is told something.
    stdin?.on('error', () => undefined);
    if (stdout !== null)
      createInterface({ input: stdout }).on('line', (line) => {
        this.#heard.push(line);
        this.#wake?.();
      });
    this.gone = new Promise((resolve) => {
      this.#child.once('error', (error) => resolve(error.message));
      this.#child.once('close', (code, signal) => resolve(`${signal ?? code}`));
    });
    void this.gone.then(() => {
      this.#over = true;
      this.#wake?.();
    });
  }

  /** The next line, or undefined when it is dead and has said everything. */
  async line(): Promise<string | undefined> {
    for (;;) {
      const line = this.#heard.shift();
      if (line !== undefined || this.#over) return line;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  tell(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

/** A worker process, of which some wait ready-made for their lives to begin. */
export class WorkerProcess {
  readonly #speaker: Speaker;

  constructor(programs: Programs, store: Life['store']) {
    // Lives are short: no time is spent on making PGlite's machine code better than it has to be.
    const flags = store === 'pglite' ? ['--liftoff-only'] : [];
    this.#speaker = new Speaker(programs.worker, [store], programs.cache, flags);
  }

  get pid(): number {
    return this.#speaker.pid;
  }

  /** How it ended: `0`, or the name of a signal. */
  get gone(): Promise<string> {
    return this.#speaker.gone;
  }

  begin(life: Life): void {
    this.#speaker.tell(JSON.stringify(life));
  }

  tell(line: Told): void {
    this.#speaker.tell(line);
  }

  async hear(): Promise<Said | undefined> {
    const line = await this.#speaker.line();
    return line === undefined ? undefined : (JSON.parse(line) as Said);
  }

  kill(): void {
    this.#speaker.kill();
  }
}

/** Workers that are loaded already, so that a life begins at once. */
export class Spares {
  readonly #make: () => WorkerProcess;
  readonly #ready: WorkerProcess[];

  constructor(count: number, make: () => WorkerProcess) {
    this.#make = make;
    this.#ready = Array.from({ length: count }, make);
  }

  take(): WorkerProcess {
    const worker = this.#ready.shift() ?? this.#make();
    this.#ready.push(this.#make());
    return worker;
  }

  async end(): Promise<void> {
    for (const worker of this.#ready) worker.kill();
    await Promise.all(this.#ready.map((worker) => worker.gone));
  }
}

export interface ProviderSettings {
  readonly seed: number;
  readonly untaken: number;
  readonly taken: number;
  readonly silent: number;
  readonly mute: number;
}

/** The provider stand-in, in its own process. */
export class Provider {
  readonly #speaker: Speaker;
  #port = 0;

  constructor(programs: Programs, settings: ProviderSettings) {
    this.#speaker = new Speaker(programs.provider, [JSON.stringify(settings)], programs.cache);
  }

  async open(): Promise<number> {
    this.#port = Number(await this.#speaker.line());
    return this.#port;
  }

  async #ask<T>(path: string, body?: unknown): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${this.#port}${path}`, {
      method: 'POST',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as T;
  }

  /** Has it kill a worker when its nth request arrives. */
  async order(pid: number, step: StepId, nth: number): Promise<void> {
    await this.#ask('/order', { pid, step, nth });
  }

  /** Requests that nobody acknowledged, and how many webhooks were. */
  pending(): Promise<{ readonly pending: number; readonly hooks: number }> {
    return this.#ask('/pending');
  }

  /** Has debtors write. */
  async write(all: readonly Incoming[]): Promise<void> {
    await this.#ask('/write', all);
  }

  books(): Promise<ProviderBooks> {
    return this.#ask('/books');
  }

  async end(): Promise<void> {
    this.#speaker.kill();
    await this.#speaker.gone;
  }
}
