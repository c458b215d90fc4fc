import type { DocumentPort } from '../../dunning/index.js';
import type { Loose } from '../../schema/index.js';
import type { Wiring } from './documents.js';
import { isLoose } from './plain.js';

/** Under every name that a policy asks for with `from` stands the scenario's own sender, with what is told of that name. */
export function standInSenders({ policies, sender, senders }: Wiring): Loose {
  const names = new Set<string>();
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) collect(one);
    else if (isLoose(value)) {
      if (typeof value.send === 'string' && typeof value.from === 'string') names.add(value.from);
      for (const member of Object.values(value)) collect(member);
    }
  };
  collect(policies);
  for (const name of Object.keys(senders)) names.add(name);
  return Object.fromEntries([...names].map((name) => [name, { ...sender, ...senders[name] }]));
}

/** Has every document but these. */
export function standInDocuments(missing: readonly string[]): DocumentPort {
  return {
    load: async ({ name }) =>
      missing.includes(name)
        ? undefined
        : { name: `${name}.txt`, type: 'text/plain', content: new TextEncoder().encode(name) },
  };
}
