import type { Logger } from '../../logger.js';
import { codeOf } from '../failures.js';

type Events<E> = { readonly [K in keyof E]: (...args: never[]) => unknown };

/** Listeners of the host. One that throws, or whose promise is rejected, is logged and harms neither the work nor the others. */
export class Listeners<E extends Events<E>> {
  readonly #listeners = new Map<keyof E, Set<(args: readonly unknown[]) => unknown>>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  on<K extends keyof E>(name: K, listener: E[K]): () => void {
    const own = (args: readonly unknown[]): unknown => listener(...(args as never[]));
    const all = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, all.add(own));
    return () => {
      all.delete(own);
    };
  }

  tell<K extends keyof E>(name: K, ...args: Parameters<E[K]>): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        const result = listener(args);
        if (result instanceof Promise) result.catch((error: unknown) => this.#failed(String(name), error));
      } catch (error) {
        this.#failed(String(name), error);
      }
    }
  }

  #failed(event: string, error: unknown): void {
    this.#logger.error('a listener failed', { event, error: codeOf(error) });
  }
}
