import type { z } from 'zod';
import { Cursor, isRecord } from '../cursor.js';
import { report } from '../issues.js';
import { problemList, refuse } from '../problems.js';
import { snapshot } from '../snapshot.js';
import { scenario as shape, scenarios as shapes } from './shape.js';
import type { Scenario, ScenarioFile } from './types.js';

/** A file of scenarios: two million characters, nested as deep as documents in a step can be. */
const limits = { depth: 40, text: 20_000, size: 4_000_000 };

/**
 * The scenarios of a value, each with what it shares with the others. The
 * values of records and documents are checked when they are used, so that a
 * scenario can expect them to be refused.
 *
 * @throws RecobroError `invalid_input` with every problem and its path, such as `when[2].then.sent[0].chanel`
 */
export function parseScenarios(value: unknown): readonly Scenario[] {
  const problems = problemList();
  const plain = snapshot(value, limits, problems);
  if (plain === undefined) refuse('invalid_input', 'the scenario', problems);
  const copy = plain?.copy;
  const several = isRecord(copy) && 'scenarios' in copy;
  const top = Cursor.top(copy, problems);
  const checked: z.ZodType<Scenario | ScenarioFile> = several ? shapes : shape;
  const result = checked.safeParse(copy);
  if (!result.success) report(result.error.issues, top, problems);
  refuse('invalid_input', 'the scenario', problems);
  // The checked copy itself: what zod makes of it has the shape's order of keys, and the written one counts.
  const parsed = copy as Scenario | ScenarioFile;
  if (!('scenarios' in parsed)) return [parsed];
  const { given, source, tags = [] } = parsed;
  return parsed.scenarios.map((one) => ({
    ...(source === undefined ? {} : { source }),
    ...one,
    tags: [...tags, ...(one.tags ?? [])],
    given: { ...given, ...one.given },
  }));
}
