import type { OutboundMessage } from './channel.js';

/** One value for both forms of a message, or one for each. */
export type MappedForms<T> = T | { readonly one?: T | undefined; readonly many?: T | undefined };

/** What messages go out as, by message id, then by language (BCP 47). */
export type MessageMap<T> = Readonly<
  Record<string, Readonly<Record<string, MappedForms<T> | undefined>> | undefined>
>;

/**
 * What is mapped to a message: `es-MX` falls back to `es`, never to another language.
 *
 * @param key a property that every mapped value has, and forms have not
 */
export function mappedTo<T extends object>(
  map: MessageMap<T>,
  { message, language, form }: OutboundMessage,
  key: keyof T & string,
): T | undefined {
  const languages = own(map, message);
  if (languages === undefined) return undefined;
  for (let tag = language; tag !== ''; tag = tag.slice(0, Math.max(tag.lastIndexOf('-'), 0))) {
    const forms = own(languages, tag);
    const found = forms === undefined ? undefined : isOne(forms, key) ? forms : forms[form];
    if (found !== undefined) return found;
  }
  return undefined;
}

function isOne<T extends object>(forms: MappedForms<T>, key: string): forms is T {
  return key in forms;
}

function own<T>(record: Readonly<Record<string, T | undefined>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Visits every value of a mapping with its path; `wrong` is told of forms that there are not. */
export function visitMapped(
  map: object,
  key: string,
  visit: (value: unknown, path: string) => void,
  wrong: (path: string) => void,
): void {
  for (const [id, languages] of Object.entries(map)) {
    for (const [tag, forms] of Object.entries(languages ?? {})) {
      const path = `${id}.${tag}`;
      if (typeof forms !== 'object' || forms === null || key in forms) {
        visit(forms, path);
        continue;
      }
      for (const [form, value] of Object.entries(forms)) {
        if (form !== 'one' && form !== 'many') wrong(`${path}.${form}`);
        if (value !== undefined) visit(value, `${path}.${form}`);
      }
    }
  }
}
