import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { presets } from '../../src/policy/presets/index.js';
import type { Policy } from '../../src/policy/types.js';
import { call, inFolder } from './console.js';

const documents = presets.exporter({ zone: 'America/Bogota', language: 'en' });
const [policy] = documents.policies;
const later = JSON.parse(
  JSON.stringify(policy).replace('"plus":"7d"', '"plus":"10d"').replace('"version":1', '"version":2'),
) as Policy;

function files(folder: string, contents: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(contents).map(([name, value]) => {
    const file = join(folder, name);
    writeFileSync(file, name.endsWith('.json') ? JSON.stringify(value) : stringify(value));
    return file;
  });
}

describe('recobro diff', () => {
  it('tells what is other in sentences, between YAML and JSON, and in other languages', async () => {
    await inFolder(async (folder) => {
      const [a = '', b = ''] = files(folder, { 'a.yaml': policy, 'b.json': later });
      expect(await call('diff', a, b)).toEqual({
        code: 0,
        err: '',
        out:
          'Policy “Exporter”\n  · Version: 2 instead of 1.\n' +
          '  · Stage “Firm reminder” now comes 10 days after the due date instead of 7 days.\n',
      });
      expect((await call('diff', a, b, '--language', 'es')).out).toContain(
        'Etapa «Firm reminder» ahora llega 10 días después del vencimiento en lugar de 7 días.',
      );
      expect(await call('diff', a, a)).toMatchObject({ code: 0, out: 'No differences.\n' });
    });
  });

  it('gives the changes as data with their sentences', async () => {
    await inFolder(async (folder) => {
      const [a = '', b = ''] = files(folder, {
        'a.json': documents,
        'b.json': { ...documents, policies: [later] },
      });
      const { out } = await call('diff', a, b, '--json', '--language', 'pt');
      const { changes } = JSON.parse(out) as { readonly changes: readonly unknown[] };
      expect(changes).toMatchObject([
        { kind: 'changed', field: 'policy.version', before: 1, after: 2 },
        {
          kind: 'changed',
          field: 'stage.at',
          path: ['policies', 'exporter', 'stages', 'firm', 'at'],
          before: { from: 'due', plus: '7d' },
          after: { from: 'due', plus: '10d' },
          sentence: 'Etapa “Firm reminder” agora chega 10 dias depois do vencimento em vez de 7 dias.',
        },
      ]);
    });
  });

  it('compares plans and catalogues alone, and wants two valid files', async () => {
    await inFolder(async (folder) => {
      const { plan, messages } = documents;
      const [a = '', b = '', c = '', broken = ''] = files(folder, {
        'plan.yaml': plan,
        'plan-2.yaml': { ...plan, contact: { ...plan.contact, gap: '3d' } },
        'messages.json': messages,
        'broken.yaml': { ...plan, zone: 'nowhere' },
      });
      expect((await call('diff', a, b)).out).toContain('Gap between contacts: 3 days instead of 1 day.');
      expect((await call('diff', c, c)).out).toBe('No differences.\n');
      expect(await call('diff', a)).toMatchObject({
        code: 2,
        err: expect.stringContaining('name two files'),
      });
      expect(await call('diff', a, broken)).toMatchObject({ code: 3, err: expect.stringContaining('zone') });
    });
  });
});
