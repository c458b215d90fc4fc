/**
 * Markup as text. Everything that is not written in this program goes through
 * {@link escapeText}: names, ids and reasons come from ledgers and policies.
 */

/** Markup that is safe to put into a page as it is. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Child = Markup | string | number | undefined | readonly Child[];
export type Attributes = Readonly<Record<string, string | number | undefined>>;

// Characters that XML does not allow, save for the line breaks and tabs that it does.
const forbidden = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in the content or an attribute of HTML and SVG. */
export function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(forbidden, '\ufffd')
    .replace(/[&<>"']/g, (char) => entities[char] ?? char);
}

const empty: ReadonlySet<string> = new Set(['meta', 'link', 'br', 'hr', 'img', 'col', 'input']);

/** An element. Attributes that are undefined are left out; children are escaped unless they are markup. */
export function el(name: string, attributes: Attributes = {}, ...children: readonly Child[]): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeText(String(value))}"`)
    .join('');
  if (empty.has(name)) return new Markup(`<${name}${written}>`);
  return new Markup(`<${name}${written}>${inner(children)}</${name}>`);
}

/** Several pieces one after the other. */
export function group(...children: readonly Child[]): Markup {
  return new Markup(inner(children));
}

function inner(children: readonly Child[]): string {
  return children
    .map((child) => {
      if (child === undefined) return '';
      if (child instanceof Markup) return child.text;
      return typeof child === 'object' ? inner(child) : escapeText(String(child));
    })
    .join('');
}

/** A coordinate, short. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}
