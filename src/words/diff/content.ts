/** A text of the catalogue in one line: one for a single item and one for several, subject and body. Undefined for what is none. */
export function flatText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { one, many, subject, body } = value as Readonly<Record<string, unknown>>;
  const parts =
    subject === undefined && body === undefined ? [one, many] : [flatText(subject), flatText(body)];
  if (Object.keys(value).length !== 2 || parts.some((part) => typeof part !== 'string')) return undefined;
  return parts.join(' / ').replace(/\s+/g, ' ');
}

const before = 18;
const longest = 70;

/** The place where two texts differ, short enough to be read side by side. */
export function excerpts(old: string, now: string): readonly [string, string] {
  const [a, b] = [[...old], [...now]];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  const from = Math.max(0, start - before);
  return [part(a, from), part(b, from)];
}

function part(text: readonly string[], from: number): string {
  const piece = text
    .slice(from, from + longest)
    .join('')
    .trim();
  return `${from > 0 ? '…' : ''}${piece}${text.length > from + longest ? '…' : ''}`;
}
