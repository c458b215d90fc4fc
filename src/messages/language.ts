/** Currencies that are commonly used abroad say nothing about where the reader is. */
const worldCurrencies = new Set(['USD', 'EUR', 'GBP', 'CHF', 'JPY', 'CNY']);

/** Canonical form of a BCP 47 tag (`es-mx` → `es-MX`), or undefined when it is none. */
export function canonicalLanguage(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/**
 * The languages to look for, in order, each followed by its more general
 * forms, without repetition. What is no language tag is left out.
 *
 * @example languageChain(['es-MX', 'en']) // ['es-MX', 'es', 'en']
 */
export function languageChain(wanted: readonly string[]): string[] {
  const chain: string[] = [];
  for (const tag of wanted) {
    const canonical = canonicalLanguage(tag);
    if (canonical === undefined) continue;
    const parts = canonical.split('-');
    for (let length = parts.length; length > 0; length--) {
      // A single letter introduces an extension and is no language by itself.
      if (length > 1 && parts[length - 1]?.length === 1) continue;
      const shorter = parts.slice(0, length).join('-');
      if (!chain.includes(shorter)) chain.push(shorter);
    }
  }
  return chain;
}

/**
 * The locale in which a text of one language writes amounts and dates: the
 * most exact wanted tag of that language, with the reader's country. Where no
 * country is known, a national currency tells it: MXN is read in Mexico.
 */
export function formatLocale(options: {
  readonly language: string;
  readonly wanted: readonly string[];
  readonly region?: string | undefined;
  readonly currencies: readonly string[];
}): string {
  const base = new Intl.Locale(options.language);
  for (const tag of [options.language, ...languageChain(options.wanted)]) {
    const locale = new Intl.Locale(tag);
    if (locale.language === base.language && locale.region !== undefined) return tag;
  }
  const national = options.currencies.filter((currency) => !worldCurrencies.has(currency));
  const regions = [options.region, national.length === 1 ? national[0]?.slice(0, 2) : undefined];
  for (const region of regions) {
    if (region === undefined || !/^[A-Za-z]{2}$/.test(region)) continue;
    const tag = `${base.language}-${region.toUpperCase()}`;
    if (isKnownLocale(tag)) return tag;
  }
  return options.language;
}

/** Right-to-left scripts, for the direction of e-mails. */
export function isRightToLeft(tag: string): boolean {
  return ['ar', 'fa', 'he', 'iw', 'ur', 'ps', 'sd', 'ug', 'yi', 'ckb', 'dv'].includes(
    new Intl.Locale(tag).language,
  );
}

// Constructing Intl objects costs tens of microseconds, and the answers never change.
const known = new Map<string, boolean>();

function isKnownLocale(tag: string): boolean {
  let answer = known.get(tag);
  if (answer === undefined) {
    answer = new Intl.NumberFormat([tag, 'en']).resolvedOptions().locale === tag;
    if (known.size < 1000) known.set(tag, answer);
  }
  return answer;
}
