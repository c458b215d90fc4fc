import type { Policy } from '../policy/types.js';
import { type Speech, taskName } from './speech.js';

/** Policies that names are taken from. Of several versions the newest says how its stages are called. */
export type NamedPolicies = readonly Pick<Policy, 'id' | 'version' | 'name' | 'stages'>[];

/** How people call policies and stages; what has no name is known by its id. */
export class Names {
  readonly #policies = new Map<string, NamedPolicies[number]>();

  constructor(policies: NamedPolicies = []) {
    for (const policy of [...policies].sort((a, b) => a.version - b.version))
      this.#policies.set(policy.id, policy);
  }

  policy(id: string): string {
    return this.#policies.get(id)?.name ?? id;
  }

  /** A stage, or what an act is done for in its place: an answer to an occasion, a task. */
  stage(id: string, policy: string | undefined, speech: Speech): string {
    const { words } = speech;
    if (id.startsWith('on:')) {
      const occasion = id.slice('on:'.length);
      return words.answerTo(words.occasions[occasion] ?? occasion);
    }
    if (id.startsWith('task:')) return taskName(id.slice('task:'.length), speech);
    const known = policy === undefined ? [...this.#policies.values()] : [this.#policies.get(policy)];
    for (const one of known) {
      const name = one?.stages.find((stage) => stage.id === id)?.name;
      if (name !== undefined) return name;
    }
    return id;
  }
}
