import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './statistics.js';

/** What loading a module costs in a fresh process. */
export interface StartRow {
  readonly name: string;
  readonly milliseconds: { readonly median: number; readonly min: number; readonly max: number };
  /** Packages that were loaded with it. */
  readonly packages: readonly string[];
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const subjects = [
  { name: "import 'recobro/engine'", module: 'recobro/engine', format: 'module' },
  { name: "require('recobro/engine')", module: 'recobro/engine', format: 'commonjs' },
  { name: "import 'recobro'", module: 'recobro', format: 'module' },
  { name: "import 'luxon'", module: 'luxon', format: 'module' },
  { name: "import 'zod'", module: 'zod', format: 'module' },
  { name: "import 'xstate'", module: 'xstate', format: 'module' },
  { name: "import 'json-rules-engine'", module: 'json-rules-engine', format: 'module' },
] as const;

type Subject = (typeof subjects)[number];

/** Loads each module in as many fresh processes as there are rounds, by turns. */
export function startRows(rounds: number, progress: (line: string) => void): readonly StartRow[] {
  const times = subjects.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    progress(`start-up: round ${round} of ${rounds}`);
    for (const [index, subject] of subjects.entries()) {
      const took = Number(evaluated(subject, timing(subject)));
      // The first round brings the files into memory.
      if (round > 0) times[index]?.push(took);
    }
  }
  const rows = subjects.map((subject, index): StartRow => {
    const own = times[index] ?? [];
    const milliseconds = { median: median(own), min: Math.min(...own), max: Math.max(...own) };
    return { name: subject.name, milliseconds, packages: packagesOf(subject) };
  });
  for (const { name, packages } of rows) {
    if (name.includes('recobro/engine') && packages.includes('zod')) throw new Error(`${name} loads zod`);
  }
  return rows;
}

function timing({ module, format }: Subject): string {
  const load = format === 'module' ? `await import('${module}')` : `require('${module}')`;
  return `const start = performance.now(); ${load}; console.log(performance.now() - start);`;
}

/** Names of the packages whose files a module loads, asked in a process apart: watching costs time. */
function packagesOf(subject: Subject): readonly string[] {
  const { module, format } = subject;
  const hooks = `({ load(url, context, next) { urls.push(url); return next(url, context); } })`;
  const code =
    format === 'module'
      ? `import { registerHooks } from 'node:module'; const urls = []; registerHooks(${hooks}); await import('${module}'); console.log(JSON.stringify(urls));`
      : `require('${module}'); console.log(JSON.stringify(Object.keys(require.cache)));`;
  const urls = JSON.parse(evaluated(subject, code)) as readonly string[];
  const names = urls.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? []);
  return [...new Set(names)].sort();
}

function evaluated({ format }: Subject, code: string): string {
  return execFileSync(process.execPath, [`--input-type=${format}`, '-e', code], {
    cwd: root,
    encoding: 'utf8',
  });
}
