// Checks the packed tarball as a host gets it: manifest, types for both formats,
// tiny consumers compiled with skipLibCheck off and run, start-up of the engine.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const work = mkdtempSync(join(root, 'test/package/packed-'));
let passed = 0;

function run(title, command, args, cwd = work) {
  const output = execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  passed++;
  console.log(`ok ${passed} ${title}`);
  return output;
}

try {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work], {
      cwd: root,
      encoding: 'utf8',
    }),
  );
  const tarball = join(work, packed.filename);
  run('publint --strict', bin('publint'), ['run', '--strict', tarball], root);
  run('attw, node16 profile', bin('attw'), [tarball, '--profile', 'node16'], root);

  // Inside the project, so that the package's dependencies are found without a registry.
  const home = join(work, 'node_modules', 'recobro');
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', home, '--strip-components=1']);
  cpSync(join(root, 'test/package/consumers'), work, { recursive: true });
  writeFileSync(join(work, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
  const options = { strict: true, skipLibCheck: false, target: 'es2023', lib: ['es2023'], types: ['node'] };
  for (const module of ['node16', 'nodenext']) {
    const config = `tsconfig.${module}.json`;
    writeFileSync(
      join(work, config),
      JSON.stringify({
        compilerOptions: { ...options, module, outDir: 'out' },
        files: ['esm.mts', 'cjs.cts', 'own-channel.mts'],
      }),
    );
    run(`consumers compile, module ${module}`, bin('tsc'), ['-p', config]);
  }
  run('ESM consumer runs', process.execPath, ['out/esm.mjs']);
  run('a channel of the consumer’s own runs', process.execPath, ['out/own-channel.mjs']);
  run('CommonJS consumer runs', process.execPath, ['out/cjs.cjs']);
  run('the engine starts without zod', process.execPath, [
    '-e',
    "require('recobro/engine'); const loaded = Object.keys(require.cache).filter((f) => /node_modules.(zod|eventemitter3|mustache|csv-parse|yaml)./.test(f)); if (loaded.length > 0) { console.error(loaded); process.exit(1); }",
  ]);
  run('the command line starts', process.execPath, [join(home, 'dist/cli/main.js'), '--help']);

  const dist = join(home, 'dist');
  const sizes = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((name) => [name, statSync(join(dist, name)).size])
    .filter(([name]) => name.endsWith('.js'));
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  console.log(
    `packed ${(packed.size / 1024).toFixed(0)} kB, ${packed.entryCount} files; ESM ${(total / 1024).toFixed(0)} kB`,
  );
  console.log(`${passed} package checks passed`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
