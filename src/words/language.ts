import { canonicalLanguage } from '../messages/language.js';

/** The languages that recobro speaks to the people who work with it. */
export type Language = 'en' | 'es' | 'pt';

export const languages: readonly Language[] = ['en', 'es', 'pt'];

/**
 * The language nearest to a BCP 47 tag: its own, else English.
 *
 * @example languageOf('pt-BR') // 'pt'
 * @example languageOf('fr') // 'en'
 */
export function languageOf(tag: string | undefined): Language {
  const canonical = canonicalLanguage(tag ?? 'en') ?? 'en';
  const own = new Intl.Locale(canonical).language;
  return languages.find((language) => language === own) ?? 'en';
}
