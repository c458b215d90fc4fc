/**
 * The GSM 7-bit default alphabet and its extension table (GSM 03.38). Table and
 * rules stand with their sources in test/fixtures/contracts/gsm7.json; a test
 * keeps the two equal.
 */

/** One septet each. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** Two septets each: an escape and a character, never cut between segments. */
const extension = '\f^{}\\[~]|€';

const costs: ReadonlyMap<string, 1 | 2> = new Map<string, 1 | 2>([
  ...Array.from(basic, (character) => [character, 1] as const),
  ...Array.from(extension, (character) => [character, 2] as const),
]);

/** Septets of a character: 1, 2, or undefined where the alphabet has no such character. */
export function septetsOf(character: string): 1 | 2 | undefined {
  return costs.get(character);
}

/** Whether a text can be sent in the 7-bit alphabet as it is. */
export function isGsm7(text: string): boolean {
  for (const character of text) if (!costs.has(character)) return false;
  return true;
}
