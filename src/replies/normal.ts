/**
 * A text as rules compare it: without marks over letters, in lower case, with single spaces and without the
 * punctuation and quotes around it. Marks that letters of other scripts are made of stay: Hindi would be another word.
 */
export function normalText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/(\p{Script=Latin})\p{Mn}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .replace(/^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu, '');
}

/** The same with everything that is neither letter nor digit made a space: for phrases inside a sentence. */
export function plainWords(text: string): string {
  return normalText(text)
    .replace(/['’]/gu, '')
    .replace(/[^\p{L}\p{N}/.:-]+/gu, ' ')
    .replace(/(?<!\p{N})[/.:-]+|[/.:-]+(?!\p{N})/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
}
