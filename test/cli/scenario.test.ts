import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call, inFolder } from './console.js';

const examples = resolve(import.meta.dirname, '../../examples/scenarios');
const right = `scenario: Right\ntags: [good]\ngiven: { policy: { stages: [] } }\nwhen: [{ at: 2026-03-01, tick: true, then: { nothing: true } }]\n`;
const wrong = `scenario: Wrong\ngiven: { policy: { stages: [] } }\nthen: { sent: 1 }\n`;

describe('recobro scenario', () => {
  it('performs a file and says that all is well', async () => {
    const { code, out } = await call('scenario', join(examples, 'payment-stops-the-ladder.yaml'));
    expect(code).toBe(0);
    expect(out).toContain('ok      A payment on the ninth day stops the ladder');
    expect(out).toMatch(/1 scenario: 1 passed, 0 failed\n$/);
  });

  it('performs folders and patterns, passing over what is no scenario', async () => {
    await inFolder(async (folder) => {
      mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
      writeFileSync(join(folder, 'a.yaml'), right);
      writeFileSync(join(folder, 'deep', 'er', 'b.yml'), right);
      writeFileSync(join(folder, 'deep', 'c.json'), '{ "stages": [] }');
      writeFileSync(join(folder, 'notes.txt'), 'nothing');
      const count = async (...words: string[]) => (await call('scenario', ...words, '--quiet')).out;
      expect(await count(folder)).toBe('2 scenarios: 2 passed, 0 failed\n');
      expect(await count(join(folder, '**', '*.yml'))).toBe('1 scenario: 1 passed, 0 failed\n');
      expect(await count(join(folder, '*.yaml'))).toBe('1 scenario: 1 passed, 0 failed\n');
      expect(await count(join(folder, 'a.yaml'), folder)).toBe('2 scenarios: 2 passed, 0 failed\n');
      expect(await count(folder, '--only', 'good')).toBe('2 scenarios: 2 passed, 0 failed\n');
      expect(await count(folder, '--only', 'Nothing')).toBe('0 scenarios: 0 passed, 0 failed\n');
      const none = await call('scenario', join(folder, '*.toml'));
      expect([none.code, none.err]).toEqual([3, expect.stringContaining('there is no file of scenarios')]);
    });
  });

  it('fails with the place, and goes on after files that are not valid', async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, '1.yaml'), 'scenario: Misspelt\ngivn: {}\n');
      writeFileSync(join(folder, '2.yaml'), wrong);
      writeFileSync(join(folder, '3.yaml'), right);
      const failed = await call('scenario', join(folder, '2.yaml'));
      expect(failed.code).toBe(1);
      expect(failed.out).toContain('  line 3, then.sent: expected 1, found 0');
      const all = await call('scenario', folder);
      expect(all.code).toBe(3);
      expect(all.out).toContain('givn: unknown key "givn"; did you mean "given"?');
      expect(all.out).toContain('2 scenarios: 1 passed, 1 failed, 1 file not valid');
      writeFileSync(join(folder, '4.yaml'), 'scenario: Twice\nscenario: Twice\n');
      const twice = await call('scenario', join(folder, '4.yaml'));
      expect(twice.out).toContain('line 2: this key stands there twice: keep one');
      expect((await call('scenario', join(folder, 'none.yaml'))).code).toBe(3);
    });
  });

  it('prints every decision, state and trace as JSON', async () => {
    const { code, out } = await call('scenario', join(examples, 'payment-stops-the-ladder.yaml'), '--json');
    expect(code).toBe(0);
    const result = JSON.parse(out);
    expect(result).toMatchObject({ passed: 1, failed: 0, invalid: [] });
    expect(result.scenarios[0].trace).toHaveLength(5);
    expect(result.scenarios[0].trace[2]).toMatchObject({
      attempts: [{ message: 'friendly' }],
      accounts: { customer: { items: [{ item: 'F-1', level: 1 }] } },
      explanations: { customer: { items: [{ reason: 'not_yet' }] } },
    });
  });

  it('refuses references that lead out of the root', async () => {
    await inFolder(async (folder) => {
      mkdirSync(join(folder, 'inner'));
      writeFileSync(join(folder, 'policy.yaml'), 'id: p\nversion: 1\nstages: []\n');
      writeFileSync(join(folder, 'inner', 'a.yaml'), 'scenario: Out\ngiven: { policy: ../policy.yaml }\n');
      const file = join(folder, 'inner', 'a.yaml');
      expect((await call('scenario', file)).out).toContain('leads out of the folder');
      expect((await call('scenario', file, '--root', folder)).code).toBe(0);
    });
  });

  it('prints the JSON Schema of the format', async () => {
    const { code, out } = await call('scenario', '--schema');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ $schema: expect.stringContaining('2020-12') });
  });

  it('wants a file', async () => {
    const { code, err } = await call('scenario');
    expect([code, err]).toEqual([2, expect.stringContaining('name files or folders')]);
  });
});
