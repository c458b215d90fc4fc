import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { policyText, policyTimeline, previewPage } from '../../src/insight/index.js';
import { presets } from '../../src/policy/presets/index.js';
import type { Documents } from '../../src/policy/types.js';
import { call, inFolder } from './console.js';

const sixStages = fileURLToPath(new URL('../../examples/policies/six-stages.json', import.meta.url));
const documents = presets.exporter({ zone: 'UTC', language: 'es' });

describe('recobro preview', () => {
  it('writes the picture to standard output, and nothing else there', async () => {
    const { code, out, err } = await call(
      'preview',
      'preset:exporter',
      '--language',
      'es',
      '--theme',
      'dark',
    );
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(`${policyTimeline(documents, { theme: 'dark' })}\n`);
  });

  it.each(Object.keys(presets))('draws the preset %s as picture, page and text', async (name) => {
    for (const [format, start] of [
      ['svg', '<svg '],
      ['html', '<!doctype html>'],
      ['text', ''],
    ] as const) {
      const { code, out } = await call('preview', `preset:${name}`, '--format', format);
      expect([code, out.slice(0, start.length)]).toEqual([0, start]);
    }
  });

  it('makes what the name of the file says, unless it is told otherwise', async () => {
    await inFolder(async (folder) => {
      const made = async (name: string, ...more: string[]): Promise<string> => {
        const file = join(folder, name);
        const { code, out, err } = await call(
          'preview',
          'preset:exporter',
          '--language',
          'es',
          '--out',
          file,
          ...more,
        );
        expect([code, out]).toEqual([0, '']);
        expect(err).toMatch(new RegExp(`^${file}: [\\d,]+ bytes\n$`));
        return readFileSync(file, 'utf8');
      };
      expect(await made('a.svg')).toBe(policyTimeline(documents));
      expect(await made('a.HTML')).toBe(previewPage(documents));
      expect(await made('a.txt')).toBe(policyText(documents));
      expect(await made('a', '--narrow')).toBe(policyTimeline(documents, { layout: 'narrow' }));
      expect(await made('b.html', '--narrow')).toBe(previewPage(documents, { layout: 'narrow' }));
      expect(await made('a.html', '--format', 'svg')).toBe(policyTimeline(documents));
    });
  });

  it('reads documents and single policies, JSON and YAML', async () => {
    const whole = JSON.parse(readFileSync(sixStages, 'utf8')) as Documents;
    const { out } = await call('preview', sixStages, '--language', 'pt');
    expect(out).toBe(`${policyTimeline(whole, { language: 'pt' })}\n`);
    await inFolder(async (folder) => {
      const file = join(folder, 'policy.yaml');
      writeFileSync(file, stringify(documents.policies[0]));
      const alone = await call('preview', file, '--format', 'html');
      expect([alone.code, alone.err]).toEqual([0, '']);
      expect(alone.out).toContain('For everyone');
      expect(alone.out).not.toContain('id="messages"');
    });
  });

  it('tells machines what it made', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'a.svg');
      const svg = policyTimeline(documents);
      const bytes = Buffer.byteLength(svg);
      const written = await call('preview', 'preset:exporter', '--language', 'es', '--out', file, '--json');
      expect(JSON.parse(written.out)).toEqual({ format: 'svg', file, bytes });
      const told = await call('preview', 'preset:exporter', '--language', 'es', '--json');
      expect(JSON.parse(told.out)).toEqual({ format: 'svg', file: null, bytes, text: svg });
      const quiet = await call('preview', 'preset:exporter', '--out', file, '--quiet');
      expect(quiet).toEqual({ code: 0, out: '', err: '' });
    });
  });

  it.each([
    [[], 2, 'name one file or preset'],
    [['a', 'b'], 2, 'name one file or preset'],
    [['preset:balancd'], 2, 'did you mean "balanced"?'],
    [['preset:balanced', '--format', 'png'], 2, '--format is one of svg, html, text'],
    [['preset:balanced', '--theme', 'blue'], 2, '--theme is one of auto, light, dark'],
    [['preset:balanced', '--zone', 'Mars/Olympus'], 2, 'Mars/Olympus'],
    [['preset:balanced', '--only', 'nobody'], 2, 'nobody'],
    [[sixStages, '--zone', 'UTC'], 2, '--zone is for presets'],
    [['no-such-file.json'], 3, 'no-such-file.json'],
  ])('%j is answered with exit code %i', async (argv, code, message) => {
    const called = await call('preview', ...argv);
    expect(called.out).toBe('');
    expect(called.err).toContain(message);
    expect(called.code).toBe(code);
  });

  it('lists what is wrong with a file, by line', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'policy.yaml');
      writeFileSync(file, 'id: p\nversion: 1\nstages:\n  - id: a\n    tone: mild\n    do: []\n');
      const { code, err } = await call('preview', file);
      expect(code).toBe(3);
      expect(err).toContain('stages[0].tone');
    });
  });
});
