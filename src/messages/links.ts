/** The text as an absolute http(s) address, or undefined when it is none. Nothing else is ever made a link of a debtor's mail. */
export function webLink(text: string): string | undefined {
  return linkOf(text, ['https:', 'http:']);
}

/** As {@link webLink}, for links that the author of a message wrote: also `mailto:` and `tel:`. */
export function authorLink(text: string): string | undefined {
  return linkOf(text, ['https:', 'http:', 'mailto:', 'tel:']);
}

function linkOf(text: string, schemes: readonly string[]): string | undefined {
  const trimmed = text.trim();
  if (/[\s<>"'`\\{}|^]/.test(trimmed) || !URL.canParse(trimmed)) return undefined;
  return schemes.includes(new URL(trimmed).protocol) ? trimmed : undefined;
}
