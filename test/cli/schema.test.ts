import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonSchema } from '../../src/schema/index.js';
import { call, inFolder } from './console.js';

describe('recobro schema', () => {
  it('prints one, and writes all', async () => {
    const { code, out } = await call('schema', 'policy');
    expect([code, JSON.parse(out)]).toEqual([0, jsonSchema('policy')]);
    await inFolder(async (folder) => {
      const target = join(folder, 'a', 'b');
      expect((await call('schema', '--out', target)).code).toBe(0);
      expect(readdirSync(target).sort()).toEqual(
        ['documents', 'messages', 'plan', 'policy', 'scenario'].map((name) => `${name}.schema.json`),
      );
      expect(JSON.parse(readFileSync(join(target, 'plan.schema.json'), 'utf8'))).toEqual(jsonSchema('plan'));
      const { out } = await call('schema', 'plan', '--out', folder, '--json');
      expect(JSON.parse(out)).toEqual({ written: [join(folder, 'plan.schema.json')] });
    });
  });

  it.each([[[]], [['polcy']], [['plan', 'policy']]])('refuses %j', async (words) => {
    expect((await call('schema', ...words)).code).toBe(2);
  });
});

describe('recobro convert', () => {
  it('writes YAML and JSON, to a file or for all to see', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'policy.yaml');
      writeFileSync(file, 'version: 1 # mine\nid: a\nstages: []\n');
      const { code, out } = await call('convert', file, '--to', 'json');
      expect([code, JSON.parse(out)]).toEqual([0, { id: 'a', version: 1, stages: [] }]);
      const target = join(folder, 'policy.json');
      expect((await call('convert', file, '--to', 'json', '--out', target)).out).toBe(`${target}\n`);
      expect((await call('convert', target, '--to', 'yaml')).out).toBe('id: a\nversion: 1\nstages: []\n');
      expect((await call('convert', file)).code).toBe(2);
      expect((await call('convert', file, '--to', 'toml')).code).toBe(2);
    });
  });
});
