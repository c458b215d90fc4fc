/** A mailbox with the name shown for it. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/**
 * Whether a text is one e-mail address that can stand in an envelope: nothing
 * that could end a header or start a second recipient (control characters,
 * spaces, commas, quotes, brackets), one @, a domain with a dot or `localhost`,
 * and within the lengths of RFC 5321 (64 before the @, 254 in all).
 */
export function isAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  return (
    at > 0 &&
    text.length <= 254 &&
    local.length <= 64 &&
    text.isWellFormed() &&
    /^[^\s\p{C}@,;:<>()[\]"\\]+$/u.test(local) &&
    isDomain(domain)
  );
}

/** A host name, also an internationalised one. */
export function isDomain(text: string): boolean {
  if (text.length > 253) return false;
  const labels = text.split('.');
  const label = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?$/u;
  return labels.every((part) => label.test(part)) && (labels.length > 1 || text === 'localhost');
}

/** Whether a text can stand in a header: no control characters, line separators or broken surrogates. */
export function isHeaderText(text: string): boolean {
  return text.isWellFormed() && !/[\p{Cc}\u2028\u2029]/u.test(text);
}

/** `a@b.example` or `Name <a@b.example>` as its parts; undefined where it is neither. */
export function mailboxOf(text: unknown): Mailbox | undefined {
  if (typeof text !== 'string') return undefined;
  const match = /^(?:"([^"]*)" *|([^"<>]*))<([^<>]*)>$/.exec(text.trim());
  const mailbox =
    match === null
      ? { name: '', address: text.trim() }
      : { name: (match[1] ?? match[2] ?? '').trim(), address: match[3] ?? '' };
  return isAddress(mailbox.address) && isHeaderText(text) ? mailbox : undefined;
}
