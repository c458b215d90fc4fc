import { type Speech, speechOf } from '../words/speech.js';
import type { Context } from './context.js';

/** The language in which people are told of something: the one asked for, else the plan's. */
export function languageFor(
  context: Pick<Context, 'engine'>,
  language: string | undefined,
): string | undefined {
  return language ?? context.engine.plan.language;
}

/** Its words and formats. */
export function speechFor(context: Pick<Context, 'engine'>, language: string | undefined): Speech {
  return speechOf(languageFor(context, language));
}
