import { type Problem, RecobroError } from '../errors.js';

/** What hosts without types, forms and files hand in, looked at before it is used. */

const forms: readonly unknown[] = ['json', 'yaml'];
const kinds: readonly unknown[] = ['plan', 'policy', 'messages', 'documents'];
const actions: readonly string[] = ['set', 'remove', 'insert'];

/** A text, and what is known of it. @throws RecobroError `invalid_option` */
export function checkArguments(text: unknown, options: unknown): void {
  const problems: Problem[] = [];
  if (typeof text !== 'string') problems.push(type('text', 'must be a text'));
  if (!isObject(options)) problems.push(type('options', 'must be an object'));
  else {
    const { name, as, kind } = options;
    if (name !== undefined && typeof name !== 'string') problems.push(type('name', 'must be a text'));
    if (as !== undefined && !forms.includes(as)) problems.push(word('as', forms));
    if (kind !== undefined && !kinds.includes(kind)) problems.push(word('kind', kinds));
  }
  refuse(problems);
}

/** What a text is written as. @throws RecobroError `invalid_option` */
export function checkForm(to: unknown): void {
  refuse(forms.includes(to) ? [] : [word('to', forms)]);
}

/** A text that was taken apart. @throws RecobroError `invalid_option` */
export function checkTaken(text: unknown): void {
  const fine = isObject(text) && kinds.includes(text.kind) && typeof text.regionOf === 'function';
  refuse(fine ? [] : [type('text', 'must be what readDocuments() gives')]);
}

/** Something that both notations can hold. @throws RecobroError `invalid_option` */
export function checkValue(value: unknown): void {
  refuse(isData(value) ? [] : [type('value', 'must be plain data, as JSON holds it')]);
}

/** Changes, each with a path and one thing to do. @throws RecobroError `invalid_option` with the path of each problem */
export function checkChanges(changes: unknown): void {
  if (!Array.isArray(changes)) {
    refuse([type('changes', 'must be a list of changes')]);
    return;
  }
  refuse(changes.flatMap((change: unknown, index) => problemsOf(change, `changes[${index}]`)));
}

function problemsOf(change: unknown, at: string): Problem[] {
  if (!isObject(change)) return [type(at, "must be a change, such as { path: 'name', set: 'Ladder' }")];
  const problems: Problem[] = [];
  if (typeof change.path !== 'string')
    problems.push(type(`${at}.path`, 'must be a path, such as stages[1].at.plus'));
  const [action, second] = actions.filter((one) => Object.hasOwn(change, one));
  if (action === undefined) problems.push(type(at, `says nothing to do; write one of ${actions.join(', ')}`));
  else if (second !== undefined)
    problems.push(type(at, `says both ${action} and ${second}; write two changes`));
  else if (action === 'remove' && change.remove !== true) problems.push(type(`${at}.remove`, 'must be true'));
  else if (action !== 'remove' && !isData(change[action]))
    problems.push(type(`${at}.${action}`, 'must be plain data, as JSON holds it'));
  return problems;
}

/** Whether it survives as JSON; members that are `undefined` are left out. */
function isData(value: unknown): boolean {
  if (value === undefined) return false;
  try {
    return JSON.stringify(value) !== undefined;
  } catch (error) {
    // A value that holds itself, or a bigint: no notation can write it.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function type(path: string, message: string): Problem {
  return { path, code: 'invalid_type', message };
}

function word(path: string, words: readonly unknown[]): Problem {
  return { path, code: 'invalid_value', message: `must be one of ${words.join(', ')}` };
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0)
    throw new RecobroError('invalid_option', 'what was given is not valid', { problems });
}
