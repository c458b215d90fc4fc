import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineConfig } from 'tsup';

/** Public subpaths: folder = import path. */
const entry = {
  index: 'src/index.ts',
  'engine/index': 'src/engine/index.ts',
  'policy/index': 'src/policy/index.ts',
  'charges/index': 'src/charges/index.ts',
  'segments/index': 'src/segments/index.ts',
  'schema/index': 'src/schema/index.ts',
  'editing/index': 'src/editing/index.ts',
  'lint/index': 'src/lint/index.ts',
  'messages/index': 'src/messages/index.ts',
  'channels/index': 'src/channels/index.ts',
  'channels/whatsapp/index': 'src/channels/whatsapp/index.ts',
  'channels/email/index': 'src/channels/email/index.ts',
  'channels/sms/index': 'src/channels/sms/index.ts',
  'channels/tasks/index': 'src/channels/tasks/index.ts',
  'channels/undici/index': 'src/channels/undici/index.ts',
  'stores/memory/index': 'src/stores/memory/index.ts',
  'stores/postgres/index': 'src/stores/postgres/index.ts',
  'stores/pglite/index': 'src/stores/pglite/index.ts',
  'queues/pg-boss/index': 'src/queues/pg-boss/index.ts',
  'words/index': 'src/words/index.ts',
  'insight/index': 'src/insight/index.ts',
  'testing/index': 'src/testing/index.ts',
  'cli/main': 'src/cli/main.ts',
};

export default defineConfig({
  entry,
  format: ['esm', 'cjs'],
  target: 'node22',
  splitting: true,
  clean: true,
  dts: false,
  // tsup cannot make declarations under TypeScript 7, which has no compiler API: tsc makes them.
  onSuccess: async () => {
    const tsc = join(
      dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
      'bin',
      'tsc',
    );
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.json'], { stdio: 'inherit' });
    for (const name of readdirSync('dist', { recursive: true, encoding: 'utf8' })) {
      if (name.endsWith('.d.ts')) writeTwin(join('dist', name));
    }
    await writeSchemas();
  },
});

/** Editors read JSON Schemas from files. */
async function writeSchemas(): Promise<void> {
  const built = pathToFileURL(resolve('dist', 'schema', 'index.js')).href;
  const { jsonSchema, schemaNames } = (await import(built)) as typeof import('./src/schema/index.js');
  mkdirSync(join('dist', 'schemas'), { recursive: true });
  for (const name of schemaNames) {
    const text = `${JSON.stringify(jsonSchema(name))}\n`;
    writeFileSync(join('dist', 'schemas', `${name}.schema.json`), text);
  }
}

/** CommonJS consumers need declarations of their own, whose relative imports end in `.cjs`. */
function writeTwin(file: string): void {
  const text = readFileSync(file, 'utf8');
  const rewritten = text.replace(/((?:from|import)\s*\(?\s*['"]\.{1,2}\/[^'"]*)\.js(['"])/g, '$1.cjs$2');
  writeFileSync(file.replace(/\.d\.ts$/, '.d.cts'), rewritten);
}
