import { z } from 'zod';
import { registry, strict } from '../shapes/elements.js';
import { given, words } from './given.js';
import { expectations } from './then.js';
import { steps } from './when.js';

const oneOrMany = z.union([words, z.array(words).max(50)]);

/** One scenario. */
export const scenario = strict({
  $schema: z.string().optional(),
  scenario: words,
  about: z.string().optional(),
  source: oneOrMany.optional(),
  tags: z.array(words).max(50).optional(),
  given: given.optional(),
  when: steps.optional(),
  // biome-ignore lint/suspicious/noThenProperty: scenarios are written as given, when and then
  then: expectations.optional(),
});

/** Several that share what is given. */
export const scenarios = strict({
  $schema: z.string().optional(),
  about: z.string().optional(),
  source: oneOrMany.optional(),
  tags: z.array(words).max(50).optional(),
  given: given.optional(),
  scenarios: z.array(scenario).min(1).max(500),
});

export const scenarioFile = z.union([scenario, scenarios]);

registry.add(scenario, {
  title: 'Scenario',
  description: 'Given / when / then over the public API of recobro; docs/scenarios.md is the reference.',
});
registry.add(scenarios, { title: 'Scenarios', description: 'Several scenarios that share what is given.' });
