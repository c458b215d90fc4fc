import { isGsm7, septetsOf } from './gsm7.js';

/** What a text costs as SMS. */
export interface SmsSegments {
  /** One character outside the 7-bit alphabet makes the whole message UCS-2. */
  readonly encoding: 'gsm7' | 'ucs2';
  /** Septets for `gsm7`, UTF-16 code units for `ucs2`, without the room lost at cuts. */
  readonly units: number;
  /** Messages that are charged; 0 for an empty text, which cannot be sent. */
  readonly segments: number;
  /** Units that still fit into the last segment. */
  readonly left: number;
}

/**
 * How many segments a text is cut into, exactly: 160 septets or 70 UTF-16 units
 * where it fits into one, 153 or 67 in each of several. An extension character
 * (€, [, {, …) takes two septets and a character beyond U+FFFF two units, and
 * neither is cut in two, so that 306 septets can need three segments.
 *
 * @example
 * segmentsOf('Su factura vence hoy'); // { encoding: 'gsm7', units: 20, segments: 1, left: 140 }
 */
export function segmentsOf(text: string): SmsSegments {
  const encoding = isGsm7(text) ? 'gsm7' : 'ucs2';
  // Iterating by code point keeps surrogate pairs whole.
  const costs = Array.from(text, (character) =>
    encoding === 'gsm7' ? (septetsOf(character) ?? 0) : character.length,
  );
  const units = costs.reduce((sum, cost) => sum + cost, 0);
  const [single, each] = encoding === 'gsm7' ? [160, 153] : [70, 67];
  if (units <= single) return { encoding, units, segments: units === 0 ? 0 : 1, left: single - units };
  let segments = 1;
  let used = 0;
  for (const cost of costs) {
    if (used + cost > each) {
      segments += 1;
      used = 0;
    }
    used += cost;
  }
  return { encoding, units, segments, left: each - used };
}
