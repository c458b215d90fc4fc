import type { YAMLError } from 'yaml';

/** What is wrong with a text, in words for whoever writes it, and where. */
export interface Fault {
  readonly message: string;
  /** Place in the text, from 0. */
  readonly at: number;
}

type Words = readonly (readonly [pattern: RegExp, message: string])[];

const cutShort = 'the text ends too early: a brace, bracket or quote is not closed';

/** What V8 says of JSON, by how it begins. */
const jsonWords: Words = [
  [/^Unexpected end/, cutShort],
  [/^Unterminated string/, 'this text has no closing quote'],
  [/^Expected ',' or '\]'/, 'a comma or the closing ] is missing'],
  [/^Expected ',' or '\}'/, 'a comma or the closing } is missing'],
  [/^Expected ':'/, 'a colon is missing behind the key'],
  [
    /^Expected (?:double-quoted )?property name/,
    'a key is missing: keys stand in double quotes, and behind the last entry there is no comma',
  ],
  [/^Bad control character/, 'a line break or tab stands within a text: write \\n or \\t'],
  [
    /^Bad (?:escaped character|Unicode escape)/,
    'a backslash begins nothing that JSON knows: write \\\\ for a backslash',
  ],
  [/^Unexpected non-whitespace/, 'something stands behind the end of the JSON'],
  [
    /^Unexpected token/,
    'no value stands here: texts are in double quotes, behind the last entry there is no comma, and there are no comments',
  ],
  [/number/i, 'this number is not complete'],
];

/** What the YAML parser says, by its code and words. */
const yamlWords: Words = [
  [/must (?:be sufficiently indented and )?end with a \}/, 'the braces are not closed: a } is missing'],
  [/must (?:be sufficiently indented and )?end with a \]/, 'the brackets are not closed: a ] is missing'],
  [/^MISSING_CHAR: Missing closing .quote/, 'this text has no closing quote'],
  [/^MISSING_CHAR: Missing , or :/, 'a comma or colon is missing between two entries'],
  [/^MISSING_CHAR/, 'a colon and a space are missing behind the key'],
  [
    /^MULTIPLE_DOCS/,
    'a second document begins here, behind ---: a text holds one, so give each a file of its own',
  ],
  [/^DUPLICATE_KEY/, 'this key stands there twice: keep one'],
  [/^BAD_INDENT/, 'this line is not indented like those beside it'],
  [/^TAB_AS_INDENT/, 'a tab indents this line: write spaces'],
  [
    /^BLOCK_AS_IMPLICIT_KEY/,
    'a key has a value already: give the next key a line of its own, or put a text with a colon in quotes',
  ],
  [/^MULTILINE_IMPLICIT_KEY/, 'a key ends on its line, with a colon and a space behind it'],
  [/^BLOCK_IN_FLOW/, 'within braces and brackets entries stand behind each other, with commas between them'],
  [/^BAD_DQ_ESCAPE/, 'a backslash begins nothing that YAML knows: write \\\\ or use single quotes'],
  [/^BAD_SCALAR_START/, 'a text that begins with this character stands in quotes'],
  [/^BAD_ALIAS/, 'an alias names an anchor, with * before its name'],
  [/^(?:MULTIPLE_ANCHORS|MULTIPLE_TAGS|BAD_PROP_ORDER)/, 'one value has one anchor at most, and no tag'],
  [/^(?:TAG_RESOLVE_FAILED|BAD_COLLECTION_TYPE)/, 'a tag, such as !name, means nothing here: leave it out'],
  [/^BAD_DIRECTIVE/, 'a line that begins with % means nothing here: leave it out'],
  [/^KEY_OVER_1024_CHARS/, 'a key has 1024 characters at most'],
  [/on same line with key/, 'a list begins on the line below its key'],
  [/Block scalar header/, 'behind | or > stands nothing more on the line'],
  [
    /^UNEXPECTED_TOKEN/,
    'this belongs to nothing before it: look at the indentation, and at what is closed before',
  ],
];

/** What keeps a text from being JSON. */
export function jsonFault(text: string): Fault | undefined {
  const said = jsonError(text);
  if (said === undefined) return undefined;
  const at = placeOf(text, said);
  // Where nothing follows any more, that is what is wrong.
  const ended = text.trim() === '' || at >= text.trimEnd().length;
  const plain = said.replace(/ (?:in JSON )?at position \d.*$/s, '');
  return { message: ended ? cutShort : wordsFor(jsonWords, said, plain), at };
}

/** What keeps a text from being YAML, in the order of the text. */
export function yamlFaults(errors: readonly YAMLError[]): readonly Fault[] {
  return errors.map(({ code, message, pos }) => {
    const plain = message.split('\n')[0] ?? '';
    return { message: wordsFor(yamlWords, `${code}: ${plain}`, plain), at: pos[0] };
  });
}

/** What is wrong with the aliases of a text, which are followed once it is read. */
export function aliasText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const words: Words = [
    [/^Unresolved alias/, 'an alias names an anchor that does not stand before it'],
    [/^Excessive alias count/, 'its aliases stand for too much'],
  ];
  return wordsFor(words, message, message);
}

function jsonError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}

/** Where JSON ends to be JSON. V8 does not always say it: then it is where a part of the text first is wrong in the same way. */
function placeOf(text: string, said: string): number {
  const told = /at position (\d+)/.exec(said)?.[1];
  if (told !== undefined) return Number(told);
  if (!said.startsWith('Unexpected token')) return text.length;
  let [right, wrong] = [0, text.length];
  while (wrong - right > 1) {
    const middle = Math.floor((right + wrong) / 2);
    if (jsonError(text.slice(0, middle))?.startsWith('Unexpected token') === true) wrong = middle;
    else right = middle;
  }
  return right;
}

function wordsFor(words: Words, said: string, otherwise: string): string {
  return words.find(([pattern]) => pattern.test(said))?.[1] ?? otherwise;
}
