import type { StageMinimum } from '../../policy/types.js';
import { thresholdText } from '../../words/amounts.js';
import type { Speech } from '../words/index.js';

/** Least amounts of a stage: `at least 500.00 EUR to chase; otherwise the level below acts`. */
export function minimumText(minimum: StageMinimum, isFirst: boolean, speech: Speech): string {
  const words = speech.words.timeline.condition;
  const { and, or } = speech.words.conditions;
  const of = minimum.of ?? 'case';
  const parts: string[] = [];
  if (minimum.amount !== undefined) parts.push(words.amount(thresholdText(minimum.amount, speech), of));
  if (minimum.share !== undefined) parts.push(words.share(speech.format.count(minimum.share), of));
  const joined = parts.join(` ${minimum.any === true ? or : and} `);
  return isFirst ? capital(joined) : `${capital(joined)}; ${words.belowActs}`;
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
