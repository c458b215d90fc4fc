/**
 * Line breaks and control characters would break headers, forms and template
 * sends; bidirectional overrides and zero-width characters can make an amount
 * read otherwise than it is. Joiners (U+200C, U+200D) stay: scripts need them.
 */
const unwanted =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
// All white space, also the no-break spaces that Intl puts into amounts and U+0085, next line.
const spaces = /[\s\u0085]+/gu;

/** Text of others as one line of plain characters: composed, without control characters, single spaces. */
export function clean(text: string): string {
  return text.toWellFormed().normalize('NFC').replace(unwanted, '').replace(spaces, ' ').trim();
}

/** At most `limit` characters, with `…` for what was cut; never inside a character. */
export function shorten(text: string, limit: number): string {
  const characters = [...text];
  if (characters.length <= limit) return text;
  return `${characters
    .slice(0, limit - 1)
    .join('')
    // Nothing is left behind of what would have joined the part that was cut.
    .replace(/(?:\s|\u200c|\u200d|\ufe0f)+$/u, '')}…`;
}
