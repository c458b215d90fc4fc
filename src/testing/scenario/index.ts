import { type Notation, readNotation } from '../../notation/index.js';
import {
  type JsonSchema,
  jsonSchema,
  parseScenarios,
  type Scenario,
  type ScenarioFile,
} from '../../schema/index.js';
import { textOf } from './files.js';
import { ScenarioError, type ScenarioReport } from './report.js';
import { runParsed, type ScenarioOptions } from './run.js';

export type { Mismatch } from './match.js';
export {
  reportText,
  ScenarioError,
  type ScenarioFailure,
  type ScenarioReport,
  type StepTrace,
} from './report.js';
export type { ScenarioOptions } from './run.js';

/**
 * The scenarios of a text (YAML or JSON) or of an object, checked: a file
 * holds one, or several under `scenarios` that share what is given.
 *
 * @throws RecobroError `invalid_file` where the text is neither; `invalid_input` listing every problem with its path
 */
export function parseScenario(source: string | Scenario | ScenarioFile): readonly Scenario[] {
  return parseScenarios(notationOf(source).value);
}

/**
 * Performs the scenarios of a text or object on a store in memory, with a
 * virtual clock and channels that send nothing. What is not as expected stands
 * in the reports: one for each scenario.
 *
 * @example
 * const [report] = await runScenario(`
 * scenario: A friendly reminder three days late
 * given:
 *   currency: EUR
 *   policy: { stages: [{ id: friendly, at: 3d }] }
 *   invoices: { id: F-1, total: 100, due: 2026-03-01 }
 * when:
 *   - { at: 2026-03-04, tick: true, then: { sent: [{ message: friendly }], levels: { F-1: 1 } } }
 * `);
 * if (report?.passed !== true) throw new Error('not as expected');
 *
 * @throws RecobroError as {@link parseScenario}
 */
export async function runScenario(
  source: string | Scenario | ScenarioFile,
  options: ScenarioOptions = {},
): Promise<readonly ScenarioReport[]> {
  return performAll(notationOf(source), options);
}

/** Reads a file of scenarios and performs them. @throws RecobroError as {@link parseScenario} */
export async function runScenarioFile(
  file: string,
  options: ScenarioOptions = {},
): Promise<readonly ScenarioReport[]> {
  const text = await textOf(file, file, '');
  const notation = readNotation(text, file, file.toLowerCase().endsWith('.json') ? 'json' : 'yaml');
  return performAll(notation, { file, ...options });
}

type Source = Pick<Notation, 'value'> & Partial<Notation>;

function notationOf(source: string | Scenario | ScenarioFile): Source {
  if (typeof source !== 'string') return { value: source };
  return readNotation(source, 'the scenario', source.trimStart().startsWith('{') ? 'json' : 'yaml');
}

async function performAll(
  { value, lineOf }: Source,
  options: ScenarioOptions,
): Promise<readonly ScenarioReport[]> {
  const reports: ScenarioReport[] = [];
  const scenarios = parseScenarios(value);
  const several = typeof value === 'object' && value !== null && 'scenarios' in value;
  for (const [index, scenario] of scenarios.entries()) {
    if (options.only?.(scenario) === false) continue;
    const report = await runParsed(scenario, options);
    const failures = report.failures.map((failure) => {
      const line = lineOf?.(several ? `scenarios[${index}].${failure.path}` : failure.path);
      return line === undefined ? failure : { ...failure, line };
    });
    reports.push({ ...report, failures });
  }
  return reports;
}

/**
 * {@link runScenario} for test runners: passes or throws.
 *
 * @throws ScenarioError with the reports, when something is not as expected
 */
export async function assertScenario(
  source: string | Scenario | ScenarioFile,
  options: ScenarioOptions = {},
): Promise<readonly ScenarioReport[]> {
  const reports = await runScenario(source, options);
  if (reports.some((one) => !one.passed)) throw new ScenarioError(reports);
  return reports;
}

/** JSON Schema (draft 2020-12) of files of scenarios, for editors. */
export function scenarioSchema(): JsonSchema {
  return jsonSchema('scenario');
}
