import type { Problem } from '../errors.js';
import { grown, type ProblemCode, type ProblemList } from './problems.js';

/**
 * A place in a plain value, with its path. Reading is tolerant: what has
 * another type than asked for reads as absent, since the shape has been
 * complained about already.
 */
export class Cursor {
  readonly value: unknown;
  readonly #parent: Cursor | string;
  readonly #key: string | number;
  readonly #problems: ProblemList | undefined;

  private constructor(
    value: unknown,
    parent: Cursor | string,
    key: string | number,
    problems: ProblemList | undefined,
  ) {
    this.value = value;
    this.#parent = parent;
    this.#key = key;
    this.#problems = problems;
  }

  /** The top of a value. */
  static top(value: unknown, problems: ProblemList): Cursor {
    return new Cursor(value, '', '', problems);
  }

  /** Such as `stages[2].at.plus`. Made when asked for: most places have no problem. */
  get path(): string {
    return typeof this.#parent === 'string' ? this.#parent : grown(this.#parent.path, this.#key);
  }

  /** Whether something stands here. */
  get exists(): boolean {
    return this.value !== undefined;
  }

  /** The member of an object. Members of what is no object are mute: that has been complained about as a whole. */
  at(key: string): Cursor {
    return isRecord(this.value)
      ? new Cursor(this.value[key], this, key, this.#problems)
      : new Cursor(undefined, this, key, undefined);
  }

  /** The element of a list. */
  item(index: number): Cursor {
    const value: unknown = Array.isArray(this.value) ? this.value[index] : undefined;
    return new Cursor(value, this, index, this.#problems);
  }

  /** The elements of a list. */
  items(): Cursor[] {
    if (!Array.isArray(this.value)) return [];
    return this.value.map((_, index) => this.item(index));
  }

  /** The members of an object, in order. */
  entries(): (readonly [key: string, member: Cursor])[] {
    return isRecord(this.value) ? Object.keys(this.value).map((key) => [key, this.at(key)] as const) : [];
  }

  text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  number(): number | undefined {
    return typeof this.value === 'number' ? this.value : undefined;
  }

  /** Tells problems that another module found below this place. */
  adopt(problems: readonly Problem[]): void {
    this.#problems?.adopt(problems);
  }

  report(code: ProblemCode, message: string): void {
    this.#problems?.add(this.path, code, message);
  }
}

/** Whether the value is an object with members. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
