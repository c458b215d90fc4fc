import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { annotation } from '../../src/cli/lint-formats.js';
import { sarifOf } from '../../src/cli/lint-sarif.js';
import { lintRules } from '../../src/lint/index.js';
import { presets } from '../../src/policy/presets/index.js';
import type { Documents, Stage } from '../../src/policy/types.js';
import { call, inFolder } from './console.js';

/** The schema that OASIS publishes, as Microsoft's matchers for SARIF ship it; draft 4, of which ajv knows all but the id. */
const {
  $schema: _,
  id: __,
  ...schema
} = JSON.parse(
  readFileSync('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', 'utf8'),
) as Record<string, unknown>;
const isSarif = new Ajv({
  strict: false,
  validateFormats: false,
  unicodeRegExp: false,
  logger: false,
}).compile(schema);

interface Region {
  readonly startLine: number;
  readonly startColumn?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}
interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region?: Region;
        };
      }[];
      readonly partialFingerprints: { readonly 'recobro/v1': string };
    }[];
  }[];
}

const good = presets.balanced({ zone: 'America/Bogota', language: 'es' });

/** The stage `collection-notice` made milder, and other stages put before it. */
function defective(...before: readonly Stage[]): Documents {
  const policies = good.policies.map((policy) => ({
    ...policy,
    stages: [
      ...before,
      ...policy.stages.map((stage) =>
        stage.id === 'collection-notice' ? { ...stage, tone: 'friendly' as const } : stage,
      ),
    ],
  }));
  return { ...good, policies };
}

async function sarif(file: string, text: string, ...args: readonly string[]): Promise<Sarif> {
  writeFileSync(file, text);
  const { out } = await call('lint', file, '--format', 'sarif', ...args);
  const log = JSON.parse(out) as Sarif;
  expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
  return log;
}

describe('findings as SARIF', () => {
  it.each(['json', 'yaml'])('are what the schema asks for, at the place in %s', async (kind) => {
    await inFolder(async (folder) => {
      const file = join(folder, `policies.${kind}`);
      const text = kind === 'json' ? JSON.stringify(defective(), undefined, 2) : stringify(defective());
      const { runs } = await sarif(file, text);
      const [run] = runs;
      expect(run?.tool.driver.rules.map((rule) => rule.id)).toEqual(lintRules.map((rule) => rule.id));
      expect(run?.results).toHaveLength(1);
      const [result] = run?.results ?? [];
      expect(result).toMatchObject({
        ruleId: 'falling-tone',
        ruleIndex: lintRules.findIndex((rule) => rule.id === 'falling-tone'),
        level: 'error',
        message: { text: expect.stringContaining('friendly comes after firm') },
      });
      const { artifactLocation, region } = result?.locations[0]?.physicalLocation ?? {};
      expect(artifactLocation).toEqual({ uri: pathToFileURL(file).href, index: 0 });
      const line = text.split('\n')[(region?.startLine ?? 0) - 1] ?? '';
      expect(line.slice((region?.startColumn ?? 0) - 1, (region?.endColumn ?? 0) - 1)).toBe(
        kind === 'json' ? '"tone": "friendly"' : 'tone: friendly',
      );
    });
  });

  it('keep their fingerprints when something is put before them, and differ from each other', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'policies.yaml');
      const prints = async (documents: Documents) =>
        (await sarif(file, stringify(documents))).runs[0]?.results.map((one) => one.partialFingerprints) ??
        [];
      const first: Stage = {
        id: 'early',
        tone: 'friendly',
        at: { from: 'due', minus: '20d' },
        do: [{ send: 'upcoming' }],
      };
      const [before, after] = [await prints(defective()), await prints(defective(first))];
      expect(after).toEqual(before);
      const broken = await prints({ ...defective(), plan: { ...good.plan, default: undefined } });
      expect(new Set(broken.map((one) => one['recobro/v1'])).size).toBe(broken.length);
    });
  });

  it('hold what makes a file invalid', async () => {
    await inFolder(async (folder) => {
      const { runs } = await sarif(join(folder, 'plan.yaml'), 'id: x\nversion: 1\nzone: UTC\ndefalt: x\n');
      const [result] = runs[0]?.results ?? [];
      expect(result?.ruleId).toBe('unknown_key');
      expect(runs[0]?.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe('unknown_key');
      expect(result?.locations[0]?.physicalLocation.region).toEqual({
        startLine: 4,
        startColumn: 1,
        endLine: 4,
        endColumn: 10,
      });
      const broken = await sarif(join(folder, 'broken.yaml'), 'a: [1,\nb: 2\n');
      expect(broken.runs[0]?.results[0]?.locations[0]?.physicalLocation.region).toEqual({ startLine: 2 });
    });
  });

  it('are empty, not absent, where there is nothing to find', async () => {
    await inFolder(async (folder) => {
      const { runs } = await sarif(join(folder, 'good.json'), JSON.stringify(good));
      expect(runs[0]?.results).toEqual([]);
    });
  });

  it('name files by their path below where the command runs', () => {
    const remark = {
      file: 'our policies/a#1.yaml',
      id: 'idle-stage',
      severity: 'info',
      path: 'policies[0]',
      place: 'policies[a]',
      message: 'm',
      explanation: 'E.',
      fix: '',
    } as const;
    const log = sarifOf([remark, remark], [remark.file], lintRules, '1.2.3') as Sarif;
    expect(isSarif(log)).toBe(true);
    const [one, same] = log.runs[0]?.results ?? [];
    expect(one?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'our%20policies/a%231.yaml', uriBaseId: '%SRCROOT%', index: 0 },
    });
    expect([one?.level, one?.message.text]).toEqual(['note', 'm']);
    // Two of one rule at one place are told apart by their order.
    expect(same?.partialFingerprints).not.toEqual(one?.partialFingerprints);
    expect(annotation(remark)).toBe(
      '::notice file=our policies/a#1.yaml,title=recobro idle-stage::policies[0]: m',
    );
  });

  it('the check of the schema notices', () => {
    expect(isSarif({ version: '2.1.0', runs: [{ tool: { driver: {} } }] })).toBe(false);
    expect(isSarif({ version: '2.0.0', runs: [] })).toBe(false);
  });
});
