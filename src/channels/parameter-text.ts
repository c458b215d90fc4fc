/**
 * A value as Meta takes it: on one line, without tabs and without runs of
 * spaces, which Meta refuses. The lines of a list become one sentence, joined by
 * semicolons, so that two invoices do not run into each other.
 */
export function parameterText(value: string): string {
  const lines = value
    .split(/[\r\n\v\f\u0085\u2028\u2029]+/)
    .map((line) => line.replace(/[\p{Cc}\s]+/gu, (run) => (run === '\u00a0' || run === '\u202f' ? run : ' ')))
    .map((line) => line.replace(/^\s*[-•*·]\s+/, '').trim())
    .filter((line) => line !== '');
  return lines.reduce(
    (all, line) => (all === '' ? line : `${all}${/[.,;:!?]$/.test(all) ? ' ' : '; '}${line}`),
    '',
  );
}
