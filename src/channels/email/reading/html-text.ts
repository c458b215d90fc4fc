/** More of a mail was not written by hand. */
const longest = 500_000;

/** After and before these a line ends. */
const blocks = new Set(
  'address article blockquote br dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tr ul'.split(
    ' ',
  ),
);
/** What is in these is not shown. */
const hidden = new Set(['head', 'script', 'style', 'template', 'title']);

/**
 * The words of a mail that has no plain text, with `> ` before what is quoted. Looks at each letter a fixed number of
 * times, whatever the markup.
 */
export function textOfHtml(html: string): string {
  const source = html.slice(0, longest);
  // Of the same length, which lower case of all letters is not.
  const lower = source.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const lines: string[] = [];
  let line = '';
  let depth = 0;
  const write = (text: string): void => {
    line += decoded(text).replace(/\s+/gu, ' ');
  };
  const end = (): void => {
    const words = line.replace(/ +/g, ' ').trim();
    lines.push(depth > 0 ? `> ${words}`.trim() : words);
    line = '';
  };
  for (let at = 0; at < source.length; ) {
    const open = source.indexOf('<', at);
    if (open < 0) {
      write(source.slice(at));
      break;
    }
    write(source.slice(at, open));
    const [mark, closing] = source.startsWith('<!--', open) ? ['-->', 3] : ['>', 1];
    const close = source.indexOf(mark, open + 1);
    if (close < 0) break;
    at = close + closing;
    const [, slash = '', name = ''] = /^<(\/?)([a-z][a-z0-9]{0,20})/.exec(lower.slice(open, open + 30)) ?? [];
    if (slash === '' && hidden.has(name)) {
      const over = lower.indexOf(`</${name}`, at);
      at = over < 0 ? source.length : over;
    }
    if (!blocks.has(name)) continue;
    end();
    if (name === 'blockquote') depth = Math.max(0, depth + (slash === '' ? 1 : -1));
  }
  end();
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  iexcl: '¡',
  iquest: '¿',
  ordf: 'ª',
  ordm: 'º',
  laquo: '«',
  raquo: '»',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  euro: '€',
};

/** Marks over letters, so that no list of all letters is needed. */
const marks: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  cedil: '\u0327',
};

/** Character references of letters as Spanish and Portuguese use them, and of any number; others stay as they are. */
function decoded(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi,
    (whole, ten?: string, hex?: string, name = '') => {
      if (ten !== undefined || hex !== undefined) {
        const code = ten === undefined ? Number.parseInt(hex ?? '', 16) : Number(ten);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      }
      if (Object.hasOwn(named, name)) return named[name] ?? whole;
      const mark = name.slice(1);
      return Object.hasOwn(marks, mark) ? `${name[0]}${marks[mark]}`.normalize('NFC') : whole;
    },
  );
}
