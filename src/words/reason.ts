import { reasonOf, speechOf } from './speech.js';

/**
 * A reason code as a clause, such as it stands in traces, runs and
 * explanations. Codes of providers and of hosts are answered as they are.
 *
 * @example reasonText('dispute', 'es') // 'está en disputa'
 */
export function reasonText(code: string, language?: string): string {
  return reasonOf(code, speechOf(language));
}
