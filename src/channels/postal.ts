/**
 * Whether a text is a postal address that can stand on an envelope: 2 to 10 lines of at most 100 characters, none
 * empty, a letter somewhere, nothing but line feeds among its control characters.
 */
export function isPostal(text: string): boolean {
  const lines = text.split('\n');
  return (
    lines.length >= 2 &&
    lines.length <= 10 &&
    text.isWellFormed() &&
    /\p{L}/u.test(text) &&
    lines.every((line) => line.trim() !== '' && line.length <= 100 && !/[\p{Cc}\u2028\u2029]/u.test(line))
  );
}
