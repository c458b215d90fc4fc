import type { z } from 'zod';
import { type Cursor, isRecord } from './cursor.js';
import { hint, nearest } from './nearest.js';
import { grown, type ProblemList } from './problems.js';
import { formOf } from './shapes/elements.js';

type Issue = z.core.$ZodIssue;

/** Tells the issues that zod found as problems of ours: stable codes, one per place, saying what to do. */
export function report(issues: readonly Issue[], top: Cursor, problems: ProblemList): void {
  for (const issue of issues) tell(issue, top, problems);
}

function tell(issue: Issue, top: Cursor, problems: ProblemList): void {
  const at = issue.path.reduce<Cursor>((cursor, key) => step(cursor, key), top);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = issue.message.split(' ');
      for (const key of issue.keys) {
        const message = `unknown key ${JSON.stringify(key.slice(0, 80))}${hint(key, known, 80)}`;
        problems.add(grown(at.path, key), 'unknown_key', message);
      }
      return;
    }
    case 'invalid_union':
      tellUnion(issue.errors, at, problems);
      return;
    case 'invalid_key': {
      // The key itself is at fault; its issues are about a text.
      const inner = issue.issues[0];
      const form = inner?.code === 'invalid_format' ? formOf(inner.pattern) : undefined;
      at.report(form?.code ?? 'invalid_id', `this key must be ${form?.write ?? 'another text'}`);
      return;
    }
    case 'invalid_type': {
      const form = formOf(issue.message);
      const advice = form === undefined ? '' : `; write ${form.write}`;
      if (at.exists)
        at.report('invalid_type', `must be ${expected(issue)}, not ${kindOf(at.value)}${advice}`);
      else at.report('missing', `is missing; write ${form?.write ?? expected(issue)}`);
      return;
    }
    case 'invalid_value': {
      const given = at.text();
      const hinted = given === undefined ? '' : hintOf(given, issue.values.map(String));
      if (!at.exists) at.report('missing', `is missing; write ${anyOf(issue.values)}`);
      else at.report('invalid_value', `must be ${anyOf(issue.values)}${hinted}`);
      return;
    }
    case 'invalid_format': {
      const form = formOf(issue.pattern);
      at.report(form?.code ?? 'invalid_format', `write ${form?.write ?? 'another text'}${shown(at.text())}`);
      return;
    }
    case 'too_big':
      at.report('too_large', `${amount(issue.origin)} at most ${issue.maximum}`);
      return;
    case 'too_small':
      at.report('too_small', `${amount(issue.origin)} at least ${issue.minimum}`);
      return;
    default:
      at.report('invalid_type', issue.message);
  }
}

/** Tells the branch that was most probably meant: the one whose keys fit best. */
function tellUnion(branches: readonly (readonly Issue[])[], at: Cursor, problems: ProblemList): void {
  if (tellWords(branches, at)) return;
  const ranked = branches
    .map((issues) => ({ issues, misfit: misfit(issues, at) }))
    .sort((a, b) => a.misfit - b.misfit || a.issues.length - b.issues.length);
  const best = ranked[0];
  if (best === undefined) return;
  if (best.misfit >= anotherType) {
    const choice = choices(branches).join(' or ');
    if (at.exists) at.report('invalid_type', `must be ${choice}, not ${kindOf(at.value)}`);
    else at.report('missing', `is missing; write ${choice}`);
    return;
  }
  if (tellVerbs(best.issues, branches, at, problems)) return;
  for (const issue of best.issues) tell(issue, at, problems);
}

/** Where words of a list may stand: says all of them, whichever branch they are of. */
function tellWords(branches: readonly (readonly Issue[])[], at: Cursor): boolean {
  if (!at.exists || isRecord(at.value) || Array.isArray(at.value)) return false;
  const roots = branches.flat().filter((one) => one.path.length === 0);
  const words = roots.flatMap((one) => (one.code === 'invalid_value' ? [...one.values] : []));
  if (words.length === 0) return false;
  const given = at.text();
  const forms = roots.flatMap((one) => (one.code === 'invalid_format' ? formNamed(one) : []));
  const others = given === undefined ? choices(branches, false) : forms;
  const all = [...(others.length === 0 ? [] : [`${others.join(' or ')}, or`]), anyOf(words)].join(' ');
  const texts = words.map(String);
  at.report(
    'invalid_value',
    `must be ${all}${given === undefined ? `, not ${kindOf(at.value)}` : hintOf(given, texts)}`,
  );
  return true;
}

/** A text of a form, in a sentence. */
function formNamed(issue: z.core.$ZodIssueInvalidStringFormat): string {
  return formOf(issue.pattern)?.write ?? 'a field of your own, such as item.attributes.contract';
}

/** No branch's own key is there, so none was meant: says which there are for each key that is. */
function tellVerbs(
  best: readonly Issue[],
  branches: readonly (readonly Issue[])[],
  at: Cursor,
  problems: ProblemList,
): boolean {
  const strange = branches.map((issues) => issues.find(isStrange));
  const verbs = strange.flatMap((issue) => issue?.message.split(' ')[0] ?? []);
  const own = best.find(isStrange);
  if (own === undefined || verbs.some((verb) => at.at(verb).exists)) return false;
  for (const key of own.keys) {
    const near = nearest(key, [...verbs, ...own.message.split(' ')]);
    const known = near === undefined ? `; write one of ${verbs.join(', ')}` : `; did you mean "${near}"?`;
    problems.add(
      grown(at.path, key),
      'unknown_key',
      `unknown key ${JSON.stringify(key.slice(0, 80))}${known}`,
    );
  }
  return true;
}

function isStrange(issue: Issue): issue is z.core.$ZodIssueUnrecognizedKeys {
  return issue.code === 'unrecognized_keys' && issue.path.length === 0;
}

/** What may stand here by the outline of each branch. */
function choices(branches: readonly (readonly Issue[])[], words = true): readonly string[] {
  const all = new Set<string>();
  for (const issue of branches.flat()) {
    if (issue.path.length > 0) continue;
    if (issue.code === 'invalid_type') all.add(expected(issue));
    else if (words && issue.code === 'invalid_value') all.add(anyOf(issue.values));
  }
  const objects = [...all].filter((one) => one.startsWith('an object'));
  return objects.length > 2 ? [...[...all].filter((one) => !objects.includes(one)), 'an object'] : [...all];
}

const anotherType = 1000;

/** How badly a branch of a union fits by its outline: another type, keys too many, keys missing. */
function misfit(issues: readonly Issue[], at: Cursor): number {
  let misses = 0;
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys' && issue.path.length === 0) misses += issue.keys.length;
    else if (issue.path.length === 0 && issue.code === 'invalid_type') misses += anotherType;
    // A word where an object or list stands.
    else if (issue.path.length === 0 && issue.code === 'invalid_value' && typeof at.value === 'object')
      misses += anotherType;
    else if (issue.path.length === 1 && !step(at, issue.path[0] ?? '').exists) misses += 1;
  }
  return misses;
}

function step(cursor: Cursor, key: PropertyKey): Cursor {
  return typeof key === 'number' ? cursor.item(key) : cursor.at(String(key));
}

function expected(issue: z.core.$ZodIssueInvalidType): string {
  switch (issue.expected) {
    case 'string':
      return 'text';
    case 'number':
      return 'a number';
    case 'int':
      return 'a whole number';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'null':
      return 'null';
    case 'record':
      return 'an object';
    case 'object': {
      const known = issue.message.split(' ');
      return known.length > 8 || issue.message.includes(':')
        ? 'an object'
        : `an object with ${known.join(', ')}`;
    }
    default:
      return `a value of type ${issue.expected}`;
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'a number' : 'a fraction';
  return `${typeof value}`;
}

function anyOf(values: readonly unknown[]): string {
  const quoted = values.map((value) => JSON.stringify(value));
  return quoted.length === 1 ? `${quoted[0]}` : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

function hintOf(given: string, values: readonly string[]): string {
  const hinted = hint(given, values);
  return hinted.startsWith('; did') ? hinted : shown(given);
}

function shown(given: string | undefined): string {
  return given === undefined
    ? ''
    : `, not ${JSON.stringify(given.length > 40 ? `${given.slice(0, 40)}…` : given)}`;
}

function amount(origin: string): string {
  if (origin === 'array') return 'the number of entries must be';
  return origin === 'string' ? 'the number of characters must be' : 'must be';
}
