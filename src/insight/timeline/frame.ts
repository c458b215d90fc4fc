/** Which surroundings a picture is laid out for: a page, or a phone held upright. */
export type Layout = 'wide' | 'narrow';

/** Where things stand from left to right. */
export interface Frame {
  readonly layout: Layout;
  readonly width: number;
  readonly margin: number;
  readonly railX: number;
  readonly cardX: number;
  /** Between a card's edge and what it holds. */
  readonly pad: number;
  /** Columns of rules and of what happens when. */
  readonly columns: number;
}

export const frames: Readonly<Record<Layout, Frame>> = {
  wide: { layout: 'wide', width: 920, margin: 30, railX: 146, cardX: 172, pad: 18, columns: 2 },
  narrow: { layout: 'narrow', width: 360, margin: 14, railX: 21, cardX: 36, pad: 11, columns: 1 },
};

/** Styles of text: size in pixels, weight. The style sheet and the measuring share them. */
export const styles = {
  h: { size: 22, bold: true },
  n: { size: 15.5, bold: true },
  p: { size: 13.5, bold: false },
  b: { size: 13.5, bold: true },
  s: { size: 12.5, bold: false },
  l: { size: 12, bold: true },
  day: { size: 20, bold: true },
  u: { size: 11.5, bold: false },
} as const;

export type TextStyle = keyof typeof styles;
