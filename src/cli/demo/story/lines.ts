/** Widest line, however wide the terminal. */
export function widthOf(columns: number): number {
  return Math.max(40, Math.min(columns, 100));
}

/** Breaks a text at spaces; the first line begins with `first`, the others with `rest`. */
export function wrap(text: string, width: number, first = '', rest = first): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line.trimEnd());
  return lines;
}

/** Time and place before a text, all lines of which stand below each other. */
export function placed(time: string, place: string, text: string, width: number): string[] {
  const margin = 25;
  if (width < 70) return wrap(`${place}: ${text}`, width, `  ${time} `, ' '.repeat(8));
  return wrap(text, width, `  ${time} ${place.padEnd(16)} `, ' '.repeat(margin));
}
