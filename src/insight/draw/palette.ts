/**
 * Colours of pictures and reports, for light and for dark surroundings. Text on
 * its ground is 4.5 to 1 or more, and tones stay apart for eyes that lack one
 * kind of cone; a test works both out.
 */
export interface Palette {
  readonly ground: string;
  readonly panel: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly friendly: string;
  readonly firm: string;
  readonly formal: string;
  readonly paid: string;
  /** Grounds on which the tones and what is paid can be written in their colour. */
  readonly friendlySoft: string;
  readonly firmSoft: string;
  readonly formalSoft: string;
  readonly paidSoft: string;
  readonly accent: string;
  /** From not due to long overdue. */
  readonly aging: readonly [string, string, string, string, string];
  /** From nothing to most. */
  readonly heat: readonly [string, string, string, string, string];
}

export const light: Palette = {
  ground: '#fbfaf7',
  panel: '#ffffff',
  ink: '#1d2430',
  muted: '#5b6472',
  line: '#dcd8cf',
  friendly: '#1560ae',
  firm: '#9a5800',
  formal: '#8a1a4a',
  paid: '#1a7340',
  friendlySoft: '#e8f1fb',
  firmSoft: '#fbf0de',
  formalSoft: '#f9e8ef',
  paidSoft: '#e5f4ea',
  accent: '#0f5f66',
  aging: ['#a9bccb', '#f2cf7e', '#ea9c50', '#d0603c', '#96263d'],
  heat: ['#ece9e1', '#b9d8d6', '#74b3b2', '#2f858a', '#0b4f57'],
};

export const dark: Palette = {
  ground: '#13161b',
  panel: '#1b1f26',
  ink: '#ebe8e1',
  muted: '#a3aab6',
  line: '#343a45',
  friendly: '#6fb1ff',
  firm: '#f3c14f',
  formal: '#f57ca6',
  paid: '#6bc890',
  friendlySoft: '#172a41',
  firmSoft: '#362b14',
  formalSoft: '#3d1d2b',
  paidSoft: '#163323',
  accent: '#6cc3c6',
  aging: ['#56697a', '#e8c26a', '#e2924a', '#d4664a', '#e0506e'],
  heat: ['#262b33', '#1f4a4e', '#2a7175', '#43a0a2', '#8adcd9'],
};

/** Which surroundings a picture is made for: both, as the reader's device says, or one. */
export type Theme = 'auto' | 'light' | 'dark';

/** Custom properties of a palette. */
function variables(palette: Palette): string {
  const { aging, heat, ...plain } = palette;
  const named = Object.entries(plain).map(([name, colour]) => `--r-${name}:${colour}`);
  const listed = (name: string, colours: readonly string[]): string[] =>
    colours.map((colour, index) => `--r-${name}${index}:${colour}`);
  return [...named, ...listed('aging', aging), ...listed('heat', heat)].join(';');
}

/** Rules that set the custom properties on a selector, for a theme. Paper is light. */
export function themeRules(selector: string, theme: Theme): string {
  if (theme !== 'auto') return `${selector}{${variables(theme === 'dark' ? dark : light)}}`;
  const night = `@media screen and (prefers-color-scheme:dark){${selector}{${variables(dark)}}}`;
  return `${selector}{${variables(light)}}${night}`;
}

// The generic name comes last: on Linux it stands for a font so wide that texts would leave their places.
export const fontStack =
  "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Liberation Sans',system-ui,sans-serif";
