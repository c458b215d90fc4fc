import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { presets } from '../../src/policy/presets/index.js';
import type { Policy, Stage } from '../../src/policy/types.js';
import { diffDocuments, diffText } from '../../src/words/index.js';

const page = readFileSync(new URL('../../docs/words.md', import.meta.url), 'utf8');

it('the differences that the page prints are those of the preset, changed so', () => {
  const { policies } = presets.exporter({ zone: 'America/Mexico_City', language: 'en' });
  const [before] = policies as readonly [Policy];
  const changes: Readonly<Record<string, (stage: Stage) => Partial<Stage>>> = {
    reminder: () => ({ name: 'First reminder' }),
    'follow-up': () => ({ when: { fact: 'item.dunnable', gte: { MXN: '10000.00' } } }),
    firm: () => ({ at: { from: 'due', plus: '10d' } }),
    'collection-notice': (stage) => ({ do: [...stage.do, { fee: 'late-fee', fixed: { MXN: '150.00' } }] }),
  };
  const after: Policy = {
    ...before,
    version: 2,
    via: [{ channel: 'whatsapp' }, { channel: 'email' }],
    stages: before.stages.slice(0, -1).map((stage): Stage => ({ ...stage, ...changes[stage.id]?.(stage) })),
  };
  const text = diffText(diffDocuments({ policies: [before] }, { policies: [after] }));
  expect(page).toContain(`\`\`\`text\n${text}\n\`\`\``);
});
