/** Where the answer ends and what it answers begins, as mail programs write it in English, Spanish and Portuguese. */
const starts: readonly RegExp[] = [
  /^\s*>/,
  /^\s*-{2,}\s*(?:original message|mensaje original|mensagem original|forwarded message|mensaje reenviado|mensagem encaminhada)\s*-*/i,
  /^\s*_{10,}\s*$/,
  /^\s*(?:on|el|em)\b.{4,200}\b(?:wrote|escribi[oó]|escreveu)\s*:?\s*$/i,
  /^\s*(?:from|de)\s*:.{1,200}$/i,
];

/** Header lines that stand together above a quoted mail. */
const headers = /^\s*(?:sent|to|subject|date|enviado|para|asunto|assunto|fecha|data)\s*:/i;

/**
 * What somebody wrote, without the mail below that is answered: a reminder of ours, quoted, says "pay" as well. Where
 * nothing but a quotation is left, all of it counts.
 */
export function ownWords(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const end = lines.findIndex((line, index) => {
    const joined = `${line} ${lines[index + 1] ?? ''}`;
    // Long introductions are broken over two lines.
    if (
      starts
        .slice(0, 4)
        .some(
          (start) =>
            start.test(line) ||
            (start !== starts[0] && /^\s*(?:on|el|em)\b/i.test(line) && start.test(joined)),
        )
    )
      return true;
    return (
      starts[4]?.test(line) === true && lines.slice(index + 1, index + 5).some((next) => headers.test(next))
    );
  });
  const own = (end < 0 ? lines : lines.slice(0, end)).join('\n').trim();
  return own === '' ? text.trim() : own;
}
