import { type Problem, RecobroError } from '../errors.js';

/** Stable codes of problems found in documents and facts. */
export type ProblemCode =
  // shape
  | 'missing'
  | 'unknown_key'
  | 'invalid_type'
  | 'invalid_value'
  | 'invalid_format'
  | 'invalid_id'
  | 'invalid_text'
  | 'too_large'
  | 'too_small'
  // single values
  | 'invalid_duration'
  | 'invalid_date'
  | 'invalid_instant'
  | 'invalid_time'
  | 'invalid_amount'
  | 'invalid_address'
  | 'invalid_template'
  | 'unknown_currency'
  | 'unknown_zone'
  | 'unknown_language'
  | 'unknown_channel'
  | 'unknown_fact'
  | 'unknown_variable'
  // values that do not go together
  | 'conflicting_keys'
  | 'conflicting_assignment'
  | 'unused_setting'
  | 'not_agreed'
  | 'currency_mismatch'
  | 'duplicate_entry'
  | 'duplicate_id'
  | 'duplicate_locale'
  | 'unknown_reference'
  | 'wrong_about'
  | 'wrong_operator'
  | 'wrong_place'
  | 'wrong_basis'
  | 'wrong_order'
  | 'wrong_sum';

/** Where problems are collected. */
export interface ProblemList {
  readonly all: readonly Problem[];
  /** One path gets one problem: what is found first, which is the shape. */
  add(path: string, code: ProblemCode, message: string): void;
  /** Takes problems that another module found; one path may have several of them. */
  adopt(problems: readonly Problem[]): void;
}

// Enough to repair an export from; a broken column of a huge file must not fill the memory with sentences.
const most = 10_000;

/** An empty list. */
export function problemList(): ProblemList {
  const all: Problem[] = [];
  const seen = new Set<string>();
  function put(problem: Problem): void {
    if (all.length < most) all.push(problem);
    else if (all.length === most) {
      all.push({ path: '', code: 'too_large', message: `more than ${most} problems; only these are listed` });
    }
  }
  return {
    all,
    add(path, code, message) {
      if (seen.has(path) || all.length > most) return;
      seen.add(path);
      put({ path, code, message });
    },
    adopt(problems) {
      for (const problem of problems) if (!seen.has(problem.path)) put(problem);
    },
  };
}

/** Throws when there are problems, sorted by place so that they read from top to bottom. */
export function refuse(
  code: 'invalid_document' | 'invalid_input',
  subject: string,
  problems: ProblemList,
): void {
  const { all } = problems;
  if (all.length === 0) return;
  const count = all.length === 1 ? '1 problem' : `${all.length} problems`;
  throw new RecobroError(code, `${subject}: ${count}`, { problems: [...all].sort(byPath) });
}

/** A path grown by a key or index: `stages[2]`, `at.plus`, `text["pt BR"]`. */
export function grown(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(key)) return `${path}[${JSON.stringify(key.slice(0, 80))}]`;
  return path === '' ? key : `${path}.${key}`;
}

function byPath(a: Problem, b: Problem): number {
  const x = a.path.split(/(\d+)/);
  const y = b.path.split(/(\d+)/);
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const left = x[i] ?? '';
    const right = y[i] ?? '';
    if (left === right) continue;
    // Odd parts are the numbers of the split.
    if (i % 2 === 1) return Number(left) - Number(right);
    return left < right ? -1 : 1;
  }
  return x.length - y.length;
}
