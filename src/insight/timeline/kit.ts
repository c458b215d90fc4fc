import type { Tone } from '../../policy/types.js';
import { at, type Child, el, group, type Markup } from '../draw/markup.js';
import { widthOf, wrap } from '../draw/text.js';
import { styles, type TextStyle } from './frame.js';

/** A drawn piece and how high it is. */
export interface Piece {
  readonly markup: Markup;
  readonly height: number;
}

export type Anchor = 'start' | 'middle' | 'end';

export const nothing: Piece = { markup: group(), height: 0 };

/** Width of a text in one of the styles. */
export function measure(text: string, style: TextStyle): number {
  const { size, bold } = styles[style];
  return widthOf(text, size, bold);
}

export function lineHeight(style: TextStyle): number {
  return Math.round(styles[style].size * 1.36 * 2) / 2;
}

/** One line of text on its baseline. `look` adds classes beside that of the style. */
export function text(
  x: number,
  y: number,
  style: TextStyle,
  content: Child,
  anchor: Anchor = 'start',
  look = '',
): Markup {
  const end = anchor === 'start' ? undefined : anchor;
  const name = `rt-${style}${look === '' ? '' : ` ${look}`}`;
  return el('text', { class: name, x: at(x), y: at(y), 'text-anchor': end }, content);
}

export interface ParagraphOptions {
  readonly most?: number | undefined;
  readonly anchor?: Anchor | undefined;
  readonly look?: string | undefined;
}

/** Lines of text from `top` on, no wider than `width`. */
export function paragraph(
  x: number,
  top: number,
  style: TextStyle,
  content: string,
  width: number,
  options: ParagraphOptions = {},
): Piece {
  const { size, bold } = styles[style];
  const lines = wrap(content, width, size, options.most ?? 12, bold);
  const high = lineHeight(style);
  const drawn = lines.map((line, index) =>
    text(x, top + size * 1.02 + index * high, style, line, options.anchor, options.look),
  );
  return { markup: group(...drawn), height: lines.length * high };
}

/** Pieces one below the other. */
export class Stack {
  readonly #parts: Markup[] = [];
  readonly #top: number;
  y: number;

  constructor(top: number) {
    this.#top = top;
    this.y = top;
  }

  /** Draws at the current height and moves below it. */
  put(draw: (top: number) => Piece): Piece {
    const piece = draw(this.y);
    this.#parts.push(piece.markup);
    this.y += piece.height;
    return piece;
  }

  gap(height: number): void {
    this.y += height;
  }

  piece(): Piece {
    return { markup: group(...this.#parts), height: this.y - this.#top };
  }
}

/** Cards in columns, each put where there is most room. */
export function inColumns<T>(
  items: readonly T[],
  area: {
    readonly x: number;
    readonly top: number;
    readonly width: number;
    readonly columns: number;
    readonly gap: number;
  },
  draw: (item: T, x: number, top: number, width: number) => Piece,
): Piece {
  const { x, top, width, columns, gap } = area;
  const each = (width - (columns - 1) * gap) / columns;
  const ends = Array.from({ length: columns }, () => top);
  const parts = items.map((item) => {
    const end = Math.min(...ends);
    const column = ends.indexOf(end);
    const piece = draw(item, x + column * (each + gap), end, each);
    ends[column] = end + piece.height + gap;
    return piece.markup;
  });
  return { markup: group(...parts), height: items.length === 0 ? 0 : Math.max(...ends) - gap - top };
}

/** Tones differ in shape as well as in colour: circle, square, triangle. */
export function shape(tone: Tone, x: number, y: number, size: number, look = `rt-f-${tone}`): Markup {
  if (tone === 'friendly') return el('circle', { class: look, cx: at(x), cy: at(y), r: at(size) });
  if (tone === 'firm') {
    const side = size * 1.78;
    const place = { x: at(x - side / 2), y: at(y - side / 2) };
    return el('rect', { class: look, ...place, width: at(side), height: at(side), rx: 2 });
  }
  const half = size * 1.14;
  const d = `M${at(x)} ${at(y - half)}L${at(x + half)} ${at(y + half * 0.8)}H${at(x - half)}Z`;
  return el('path', { class: look, d });
}

/** A rounded ground with a short text on it. */
export function pill(
  x: number,
  top: number,
  content: string,
  options: {
    readonly style: TextStyle;
    readonly look: string;
    readonly textLook: string;
    readonly tone?: Tone;
  },
): { readonly markup: Markup; readonly width: number } {
  const { size } = styles[options.style];
  const lead = options.tone === undefined ? 0 : 15;
  const wide = measure(content, options.style) + 18 + lead;
  const high = size + 10;
  const middle = top + high / 2;
  return {
    width: wide,
    markup: group(
      el('rect', {
        class: options.look,
        x: at(x),
        y: at(top),
        width: at(wide),
        height: at(high),
        rx: at(high / 2),
      }),
      options.tone === undefined ? undefined : shape(options.tone, x + 14.5, middle, 4.6),
      text(x + (wide + lead) / 2, middle + size * 0.36, options.style, content, 'middle', options.textLook),
    ),
  };
}
