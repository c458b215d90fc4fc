import { widthOf } from '../../src/insight/draw/text.js';
import { styles } from '../../src/insight/timeline/frame.js';

/** What a picture shows, as boxes with colours, worked out from its text. */

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface DrawnText extends Box {
  readonly content: string;
  readonly fill: string;
  /** Colour of the last ground drawn below its middle. */
  readonly ground: string;
  readonly size: number;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly DrawnText[];
  readonly cards: readonly Box[];
}

/** Takes a picture apart. Only for light or dark ones, whose rules hold no media query. */
export function takeApart(svg: string): Drawing {
  const [, width = '0', height = '0'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const fills = fillsOf(svg);
  const grounds: (Box & { readonly fill: string })[] = [];
  const cards: Box[] = [];
  const texts: DrawnText[] = [];
  for (const match of svg.matchAll(/<(rect|text)((?: [\w-]+="[^"]*")*)>([^<]*)/g)) {
    const [, name = '', list = '', inner = ''] = match;
    const attributes = new Map(
      Array.from(list.matchAll(/([\w-]+)="([^"]*)"/g), ([, key = '', value = '']) => [key, value] as const),
    );
    const at = (key: string): number => Number(attributes.get(key) ?? 0);
    const classes = (attributes.get('class') ?? '').split(' ');
    if (name === 'rect') {
      const box = {
        left: at('x'),
        right: at('x') + at('width'),
        top: at('y'),
        bottom: at('y') + at('height'),
      };
      grounds.push({ ...box, fill: fillOf(classes, fills) });
      if (classes.includes('rt-card')) cards.push(box);
      continue;
    }
    const content = unescaped(inner);
    const style = Object.entries(styles).find(([key]) => classes.includes(`rt-${key}`));
    if (style === undefined) throw new Error(`a text has no style: ${content}`);
    const [, { size, bold }] = style;
    const wide = widthOf(content, size, bold);
    const anchor = attributes.get('text-anchor') ?? 'start';
    const left = at('x') - (anchor === 'end' ? wide : anchor === 'middle' ? wide / 2 : 0);
    const box = { left, right: left + wide, top: at('y') - size * 0.76, bottom: at('y') + size * 0.22 };
    const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    const below = grounds.filter((ground) => holds(ground, middle.x, middle.y)).at(-1);
    if (below === undefined) throw new Error(`a text stands on nothing: ${content}`);
    texts.push({ ...box, content, size, fill: fillOf(classes, fills, true), ground: below.fill });
  }
  return { width: Number(width), height: Number(height), texts, cards };
}

export function holds(box: Box, x: number, y: number): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

/** Whether two boxes cover each other by more than a hair. */
export function overlaps(a: Box, b: Box): boolean {
  const hair = 0.4;
  return (
    a.left < b.right - hair && b.left < a.right - hair && a.top < b.bottom - hair && b.top < a.bottom - hair
  );
}

/** Fills by class, in the order of the rules: later ones win. */
function fillsOf(svg: string): (readonly [look: string, fill: string])[] {
  const sheet = /<style>(.*?)<\/style>/s.exec(svg)?.[1] ?? '';
  if (sheet.includes('@media')) throw new Error('draw the picture for one theme');
  return Array.from(sheet.matchAll(/\.recobro-timeline ([.\w-]+)\{([^}]*)\}/g)).flatMap(
    ([, look = '', rule = '']) => {
      const fill = /(?:^|;)fill:(#\w+)/.exec(rule)?.[1];
      return fill === undefined ? [] : [[look, fill] as const];
    },
  );
}

function fillOf(
  classes: readonly string[],
  fills: readonly (readonly [look: string, fill: string])[],
  isText = false,
): string {
  // The rule for all texts is less specific than those of the classes.
  const own = fills.filter(([look]) => classes.includes(look.slice(1))).at(-1);
  const found = own ?? (isText ? fills.find(([look]) => look === 'text') : undefined);
  if (found === undefined) throw new Error(`nothing fills ${classes.join(' ')}`);
  return found[1];
}

function unescaped(text: string): string {
  const named: Readonly<Record<string, string>> = {
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&amp;': '&',
  };
  return text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => named[entity] ?? entity);
}
