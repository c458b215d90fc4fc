import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { longDocuments } from './long-documents.js';

const root = resolve(import.meta.dirname, '../..');

/**
 * What the compiler works off for documents, counted, since times depend on the
 * machine: 40 stages and 60 messages in three languages are 800,000 types to
 * work out, of which the library itself is 160,000, and take 1.3 s on an idle core.
 */
function instantiations(stages: number, messages: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'recobro-types-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(
      join(folder, 'documents.ts'),
      longDocuments(stages, messages, join(root, 'src/policy/define.js')),
    );
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.json'),
        compilerOptions: {
          noEmit: true,
          emitDeclarationOnly: false,
          declaration: false,
          rootDir: '/',
          types: [],
        },
        include: [],
        files: ['documents.ts'],
      }),
    );
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--extendedDiagnostics'], {
      encoding: 'utf8',
    });
    expect(stdout).not.toContain('documents.ts(');
    return Number(/Instantiations:\s+(\d+)/.exec(stdout)?.[1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the work of the compiler', () => {
  it('stays sane for long documents, and grows with them, not with their square', () => {
    const [few, half, whole] = [instantiations(1, 1), instantiations(20, 30), instantiations(40, 60)];
    expect(whole).toBeLessThan(1_000_000);
    expect((whole - few) / (half - few)).toBeLessThan(2.5);
  });
});
