import type { Tone } from '../../policy/types.js';
import { at, type Child, el, group, type Markup } from '../draw/markup.js';
import { cut, widthOf } from '../draw/text.js';
import type { Speech } from '../words/index.js';
import type { SendLine } from './model.js';

/** Width of the picture: about that of a phone, so that its letters need not shrink there. */
export const width = 400;
export const margin = 14;
export const railX = 78;
export const cardX = 98;
export const cardWidth = width - cardX - margin;
export const pad = 12;
/** Sizes of letters. */
export const small = 12.5;
export const body = 13.5;

/** A drawn piece and how high it is. */
export interface Piece {
  readonly markup: Markup;
  readonly height: number;
}

export function text(
  x: number,
  y: number,
  look: string,
  content: Child,
  anchor: 'start' | 'middle' | 'end' = 'start',
): Markup {
  const end = anchor === 'start' ? undefined : anchor;
  return el('text', { class: look, x: at(x), y: at(y), 'text-anchor': end }, content);
}

/** Tones differ in shape as well as in colour: circle, square, triangle. */
export function shape(tone: Tone, x: number, y: number, size: number): Markup {
  const look = `rt-f-${tone}`;
  if (tone === 'friendly') return el('circle', { class: look, cx: at(x), cy: at(y), r: size });
  if (tone === 'firm') {
    const side = size * 1.84;
    const place = { x: at(x - side / 2), y: at(y - side / 2) };
    return el('rect', { class: look, ...place, width: at(side), height: at(side), rx: 2 });
  }
  const half = size * 1.12;
  const d = `M${at(x)} ${at(y - half)}L${at(x + half)} ${at(y + half * 0.82)}H${at(x - half)}Z`;
  return el('path', { class: look, d });
}

/** Channels as chips with arrows between them, wrapping where they are too many for a line. */
export function sendFlow(send: SendLine, speech: Speech, left: number, top: number, inside: number): Piece {
  const items: { readonly width: number; readonly draw: (x: number, y: number) => Markup }[] = [];
  const words = (label: string): void => {
    items.push({ width: widthOf(label, small) + 2, draw: (x, y) => text(x, y + 16, 'rt-s', label) });
  };
  send.via.forEach((channel, index) => {
    if (index > 0) words('→');
    const label = cut(channel, 150, body);
    const wide = widthOf(label, body) + 18;
    const chip = (x: number, y: number): Markup =>
      group(
        el('rect', { class: 'rt-chip', x: at(x), y: at(y), width: at(wide), height: 23, rx: 11.5 }),
        text(x + wide / 2, y + 16, 'rt-p', label, 'middle'),
      );
    items.push({ width: wide, draw: chip });
  });
  if (send.to !== undefined) words(cut(`${speech.words.timeline.forRole} ${send.to}`, inside, small));
  const parts: Markup[] = [];
  let x = left;
  let y = top;
  for (const item of items) {
    if (x > left && x + item.width > left + inside) {
      x = left;
      y += 28;
    }
    parts.push(item.draw(x, y));
    x += item.width + 6;
  }
  return { markup: group(...parts), height: y - top + 32 };
}
