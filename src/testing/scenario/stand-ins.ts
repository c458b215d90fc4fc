import type { DocumentPort } from '../../dunning/index.js';
import type { Loose } from '../../schema/index.js';
import { isLoose } from './plain.js';

/** Under every name that a policy asks for with `from` stands the scenario's own sender. */
export function standInSenders(policies: readonly Loose[], sender: Loose): Loose {
  const names = new Set<string>();
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) collect(one);
    else if (isLoose(value)) {
      if (typeof value.send === 'string' && typeof value.from === 'string') names.add(value.from);
      for (const member of Object.values(value)) collect(member);
    }
  };
  collect(policies);
  return Object.fromEntries([...names].map((name) => [name, sender]));
}

/** Has every document. */
export const standInDocuments: DocumentPort = {
  load: async ({ name }) => ({
    name: `${name}.txt`,
    type: 'text/plain',
    content: new TextEncoder().encode(name),
  }),
};
