/**
 * Width of text in SVG, where nothing wraps by itself. Fonts differ, so each
 * character counts as wide as in the widest of those that the font stack names
 * first (measured: Inter, Roboto, Arial).
 */
export function widthOf(text: string, size: number, bold = false): number {
  let units = 0;
  for (const char of text) units += widths.get(char) ?? otherWidth(char);
  return units * size * (bold ? boldFactor : 1);
}

const boldFactor = 1.09;

/** Characters by their width, in thousandths of the size. */
const byWidth: readonly (readonly [width: number, characters: string])[] = [
  [240, "'ijlíìî"],
  [285, ' !,.:;I·ÍÌÎ'],
  [375, '|¡()[]{}ftr“”'],
  [440, '"/\\-'],
  [540, '*`^sxkzJ'],
  [565, '1?L_acvy7«»çáàâãä'],
  [590, 'enuhéèêëñúùûü'],
  [625, '2o5Fgpq¿0689Zbdóòôõö#'],
  [665, '$34T+<=>×–−≠≤≥&BEKPSXY€ÉÈÊ'],
  [690, 'AVÁÀÂÃÄ~'],
  [755, 'DRCHUNÇÚÙÛÜÑ'],
  [790, 'GOQÓÒÔÕÖ'],
  [815, 'w'],
  [890, 'mM%'],
  [960, 'W'],
  [1010, '…→@—'],
];

const widths: ReadonlyMap<string, number> = new Map(
  byWidth.flatMap(([width, characters]) => Array.from(characters, (char) => [char, width / 1000] as const)),
);

function otherWidth(char: string): number {
  if (wide.test(char)) return 1.05;
  // Marks that stand on the letter before them take no room.
  return /\p{M}/u.test(char) ? 0 : 0.7;
}

const wide =
  /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\p{Extended_Pictographic}]/u;

/** Text broken into lines of at most a width, at most so many; the last one ends in an ellipsis if more was to come. */
export function wrap(text: string, width: number, size: number, most = 4, bold = false): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((one) => pieces(one, width, size, bold))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthOf(longer, size, bold) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== '') lines.push(line);
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  kept[most - 1] = cut(`${kept[most - 1]} …`, width, size, bold);
  return kept;
}

/** Text on one line, cut with an ellipsis where it is too long. */
export function cut(text: string, width: number, size: number, bold = false): string {
  if (widthOf(text, size, bold) <= width) return text;
  const kept = [...text];
  while (kept.length > 1 && widthOf(`${kept.join('')}…`, size, bold) > width) kept.pop();
  return `${kept.join('').trimEnd()}…`;
}

/** A word that is longer than a line, in pieces. */
function pieces(word: string, width: number, size: number, bold: boolean): string[] {
  if (widthOf(word, size, bold) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const char of word) {
    if (widthOf(part + char, size, bold) > width && part !== '') {
      parts.push(part);
      part = '';
    }
    part += char;
  }
  return [...parts, part];
}
