import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LintRule, Severity } from '../lint/index.js';
import { contentHash } from '../policy/canonical.js';
import type { Remark } from './lint-remarks.js';

/**
 * Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format),
 * which code-scanning services take: rules with help, results with file, line
 * and column, and fingerprints that stay when lines move.
 */
export function sarifOf(
  remarks: readonly Remark[],
  files: readonly string[],
  rules: readonly LintRule[],
  version: string,
): object {
  const known = [...rules.map(ruleOf), ...invalidRules(remarks, rules)];
  const ids = known.map((rule) => rule.id);
  const seen = new Map<string, number>();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'recobro', semanticVersion: version, rules: known } },
        columnKind: 'utf16CodeUnits',
        artifacts: files.map((file) => ({ location: artifactOf(file) })),
        results: remarks.map((remark) => {
          const key = `${remark.file} ${remark.id} ${remark.place}`;
          const before = seen.get(key) ?? 0;
          seen.set(key, before + 1);
          return resultOf(remark, ids.indexOf(remark.id), files.indexOf(remark.file), before);
        }),
      },
    ],
  };
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

function ruleOf({ id, severity, description, explanation, fix }: LintRule) {
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: description },
    fullDescription: { text: `${description} ${explanation}` },
    help: {
      text: `${explanation} ${fix}`,
      markdown: `${explanation}\n\n**What to do:** ${fix}`,
    },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['dunning'] },
  };
}

/** What the schema refuses has codes of its own. */
function invalidRules(remarks: readonly Remark[], rules: readonly LintRule[]) {
  const own = new Set<string>(rules.map((rule) => rule.id));
  const codes = [...new Set(remarks.map((one) => one.id))].filter((id) => !own.has(id)).sort();
  return codes.map((id) => ({
    id,
    name: nameOf(id),
    shortDescription: { text: `The document is not valid: ${id.replaceAll('_', ' ')}.` },
    fullDescription: {
      text: 'A document that is not valid is refused as a whole, and nothing of it takes effect.',
    },
    help: {
      text: 'Correct what the message names.',
      markdown: 'Correct what the message names.',
    },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['dunning', 'schema'] },
  }));
}

/** `falling-tone` as `FallingTone`. */
function nameOf(id: string): string {
  return id.replace(/(?:^|[-_])([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function resultOf(remark: Remark, ruleIndex: number, artifact: number, before: number) {
  const { id, severity, file, line, region, path, place, message, fix } = remark;
  const where = region ?? (line === undefined ? undefined : { startLine: line });
  return {
    ruleId: id,
    ruleIndex,
    level: levels[severity],
    message: { text: fix === '' ? message : `${message}. To do: ${fix}.` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { ...artifactOf(file), index: artifact },
          ...(where === undefined ? {} : { region: where }),
        },
        ...(path === '' ? {} : { logicalLocations: [{ fullyQualifiedName: path }] }),
      },
    ],
    partialFingerprints: { 'recobro/v1': contentHash({ id, place, before }) },
  };
}

/** A file by its path below where the command runs, or as a file URL. */
function artifactOf(file: string): { readonly uri: string; readonly uriBaseId?: string } {
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  const uri = file.split(sep).map(encodeURIComponent).join('/');
  return { uri, uriBaseId: '%SRCROOT%' };
}
