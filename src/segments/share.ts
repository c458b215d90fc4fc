/** Shares are basis points: whole numbers from 0 to 9999. */
export const wholeShare = 10_000;

const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;
/** Occurs in no UTF-8 text, so that salt `a` with key `b` is never salt `ab` with no key. */
const separator = 0xff;

/**
 * The place of a key on a scale of 10,000 equal parts: a whole number from 0
 * to 9999 that looks random, and is the same for ever, in every process, on
 * every machine and in every later version. It decides who belongs to a pilot
 * and which arm of an experiment an account gets without anything stored.
 *
 * Only the two texts count. A tenant counts if the salt names it: with the
 * salt `tone-test` account `robles` has the same place at every tenant, with
 * `acme/tone-test` it has one of its own. Different salts give independent
 * places, so that two experiments do not meet the same half of the accounts.
 *
 * The algorithm, for whoever reproduces it in SQL or a spreadsheet:
 *
 * 1. Bytes: the salt as UTF-8, one byte `FF`, the key as UTF-8. Texts are taken as they are, without
 *    Unicode normalisation or change of case; an unpaired surrogate is written as U+FFFD.
 * 2. FNV-1a, 32 bits, over these bytes: start with `811C9DC5`; for each byte `h = (h xor byte) * 01000193`.
 * 3. Avalanche (the finaliser of MurmurHash3): `h ^= h >>> 16; h *= 85EBCA6B; h ^= h >>> 13; h *= C2B2AE35; h ^= h >>> 16`.
 * 4. `floor(h * 10000 / 2^32)`.
 *
 * All of it modulo 2^32, unsigned.
 *
 * | key | salt | hash | share |
 * |---|---|---|---|
 * | (empty) | (empty) | `B8C37E1D` | 7217 |
 * | `robles` | `tone-test` | `EF7557D4` | 9353 |
 * | `robles` | `pilot-2026` | `4B1C64B5` | 2934 |
 * | `robles` | `acme/tone-test` | `7C6F982C` | 4860 |
 * | `a` | `b` | `FE9858E2` | 9945 |
 * | `ab` | (empty) | `6057B53F` | 3763 |
 * | (empty) | `ab` | `5F5595F2` | 3723 |
 * | `Müller & Söhne` | `tone-test` | `34232EAB` | 2036 |
 * | `株式会社` | `tone-test` | `25476650` | 1456 |
 * | `🦊` | `tone-test` | `E63298CF` | 8992 |
 *
 * It is no cryptographic hash: whoever may choose an id can choose its share.
 *
 * @example shareOf('robles', 'tone-test') // 9353
 */
export function shareOf(key: string, salt: string): number {
  return place(absorb(begin(salt), key));
}

/** The same for many keys under one salt, which is read only once. */
export function sharesUnder(salt: string): (key: string) => number {
  const begun = begin(salt);
  return (key) => place(absorb(begun, key));
}

/** A percentage from 0 to 100 with at most two decimals, in hundredths of a percent; undefined for any other number. */
export function hundredthsOf(percent: number): number | undefined {
  const hundredths = Math.round(percent * 100);
  // 0.29 * 100 is 28.999999999999996: two decimals are recognised by coming back, not by being whole.
  return hundredths >= 0 && hundredths <= wholeShare && hundredths / 100 === percent ? hundredths : undefined;
}

/** FNV-1a, 32 bits, over the UTF-8 bytes of a text. */
export function fnv1a(text: string): number {
  return absorb(offsetBasis, text) >>> 0;
}

/** Spreads every bit of a 32-bit number over all of them; a bijection. */
export function avalanche(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function begin(salt: string): number {
  return step(absorb(offsetBasis, salt), separator);
}

function place(hash: number): number {
  // Below 2^32 * 10^4, hence exact in a double.
  return Math.floor((avalanche(hash) * wholeShare) / 0x1_0000_0000);
}

function step(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, prime);
}

/** Takes the UTF-8 bytes of a text without making them. */
function absorb(hash: number, text: string): number {
  let h = hash;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      h = step(h, unit);
      continue;
    }
    const point = text.codePointAt(i) ?? 0xfffd;
    if (point > 0xffff) i++;
    h = absorbWide(h, point >= 0xd800 && point <= 0xdfff ? 0xfffd : point);
  }
  return h;
}

function absorbWide(hash: number, point: number): number {
  const last = 0x80 | (point & 0x3f);
  if (point < 0x800) return step(step(hash, 0xc0 | (point >> 6)), last);
  const third = 0x80 | ((point >> 6) & 0x3f);
  if (point < 0x1_0000) return step(step(step(hash, 0xe0 | (point >> 12)), third), last);
  const second = 0x80 | ((point >> 12) & 0x3f);
  return step(step(step(step(hash, 0xf0 | (point >> 18)), second), third), last);
}
