/** Below these stands what is answered or forwarded, as mail programs write it in English, Spanish and Portuguese. */
const ends: readonly RegExp[] = [
  /^\s*-{2,}\s*(?:original message|mensaje original|mensagem original|forwarded message|mensaje reenviado|mensagem encaminhada)\s*-*/i,
  /^\s*_{10,}\s*$/,
  // A signature (RFC 3676): office hours and payment days of a company were not said of this invoice.
  /^--\s?$/,
];

/** First line of the headers of a quoted mail; some programs keep the stars of bold letters. */
const sender = /^\s*\*?(?:from|de)\s*:\*?.{1,200}$/i;
/** Lines that stand together with it. */
const headers = /^\s*\*?(?:sent|to|subject|date|enviad[oa](?: el| em)?|para|asunto|assunto|fecha|data)\s*:/i;

/** How a quotation is introduced, over one to three lines. Without a date or an address somebody tells of a person. */
const introduction =
  /^\s*(?:on|el|em)\b(?=[^\n]{0,300}[\d@])[^\n]{4,300}\b(?:wrote|escribi[oó]|escreveu)\s*:?\s*$/i;
const longestIntroduction = 3;

const quoted = /^\s*>/;

/**
 * What somebody wrote, without the mail that is answered, wherever the answer stands: a reminder of ours, quoted, says
 * "pay" as well. Empty where nothing but a quotation is left.
 */
export function ownWords(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const own: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (ends.some((end) => end.test(line)) || isHeader(lines, at)) break;
    const introduces = introducedBy(lines, at);
    if (introduces > 0) {
      at += introduces - 1;
      // Where the quotation has no marks, nobody can tell where it ends.
      if (!quoted.test(lines.slice(at + 1, at + 4).find((next) => next.trim() !== '') ?? '')) break;
      continue;
    }
    if (!quoted.test(line)) own.push(line);
  }
  return own
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function isHeader(lines: readonly string[], at: number): boolean {
  return sender.test(lines[at] ?? '') && lines.slice(at + 1, at + 5).some((next) => headers.test(next));
}

/** Of how many lines the introduction of a quotation is that begins here; 0 for none. */
function introducedBy(lines: readonly string[], at: number): number {
  let joined = '';
  for (let count = 1; count <= longestIntroduction; count++) {
    joined = `${joined} ${(lines[at + count - 1] ?? '').trim()}`.trim();
    if (introduction.test(joined)) return count;
  }
  return 0;
}
