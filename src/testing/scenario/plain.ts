import type { Loose, OneOrMany } from '../../schema/index.js';

/** Helpers over plain data. */

export function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One or many as many. */
export function listOf<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function isList<T>(value: OneOrMany<T>): value is readonly T[] {
  return Array.isArray(value);
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Without members that are undefined. */
export function defined(value: Loose): Loose {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}

/**
 * A scenario that cannot go on. No error of the library: a scenario that
 * expects one must not take its own fault for it.
 */
export class ScenarioFault extends Error {
  override readonly name = 'ScenarioFault';
  /** Where the scenario is at fault. */
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** A scenario that cannot go on, with where and why. */
export function impossible(path: string, message: string): ScenarioFault {
  return new ScenarioFault(path, message);
}
