import { RecobroError } from '../errors.js';

/**
 * One change of a document. `path` is written as problems write it:
 * `stages[2].at.plus`, `on.paid`, `tolerance["MXN"]`.
 */
export type DocumentChange =
  /** Sets what stands there; objects on the way that are missing are made. */
  | { readonly path: string; readonly set: unknown }
  /** Takes a key out of its object, or an entry out of its list. */
  | { readonly path: string; readonly remove: true }
  /** Puts an entry into a list, before the one at that place; a place behind the last adds it. */
  | { readonly path: string; readonly insert: unknown };

type Holder = Record<string | number, unknown> | unknown[];

/**
 * A copy of a value with changes made to it, one after the other.
 *
 * @throws RecobroError `invalid_input` naming the path that leads nowhere
 */
export function withChanges(value: unknown, changes: readonly DocumentChange[]): unknown {
  const top: { value: unknown } = { value: structuredClone(value) };
  for (const change of changes) {
    const steps = ['value', ...stepsOf(change.path)];
    const last = steps.pop() ?? 'value';
    const holder = holderAt(top, steps, change);
    if ('set' in change) put(holder, last, change);
    else if ('insert' in change) {
      if (!Array.isArray(holder) || typeof last !== 'number' || last > holder.length)
        throw astray(change.path);
      holder.splice(last, 0, change.insert);
    } else if (Array.isArray(holder)) {
      if (typeof last !== 'number' || last >= holder.length) throw astray(change.path);
      holder.splice(last, 1);
    } else {
      if (!Object.hasOwn(holder, last) || steps.length === 0) throw astray(change.path);
      delete holder[last];
    }
  }
  return top.value;
}

function holderAt(top: Holder, steps: readonly (string | number)[], change: DocumentChange): Holder {
  let at: Holder = top;
  for (const step of steps) {
    let next: unknown = Object.hasOwn(at, step) ? (at as Record<string | number, unknown>)[step] : undefined;
    if (next === undefined && 'set' in change && !Array.isArray(at)) {
      next = {};
      at[step] = next;
    }
    if (!isHolder(next)) throw astray(change.path);
    at = next;
  }
  return at;
}

function put(
  holder: Holder,
  last: string | number,
  { path, set }: { readonly path: string; readonly set: unknown },
): void {
  if (!Array.isArray(holder)) holder[last] = set;
  else if (typeof last === 'number' && last <= holder.length) holder[last] = set;
  else throw astray(path);
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null;
}

function stepsOf(path: string): (string | number)[] {
  const steps: (string | number)[] = [];
  let read = 0;
  for (const [all, quoted, index, plain] of path.matchAll(
    /\.?(?:\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]|([^.[\]]+))/gy,
  )) {
    read += all.length;
    if (index !== undefined) steps.push(Number(index));
    else steps.push(quoted === undefined ? (plain ?? '') : keyOf(quoted, path));
  }
  if (read !== path.length || path === '') throw astray(path);
  return steps;
}

/** A key in quotes, as JSON writes it. */
function keyOf(quoted: string, path: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch (error) {
    if (error instanceof SyntaxError) throw astray(path);
    throw error;
  }
}

function astray(path: string): RecobroError {
  return new RecobroError('invalid_input', `the path ${JSON.stringify(path)} leads nowhere in the document`, {
    problems: [{ path, code: 'unknown_reference', message: 'leads nowhere; look at the document' }],
  });
}
