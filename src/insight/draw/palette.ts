/** Colours of pictures and reports, for light and for dark surroundings. Readable: text on its ground is 4.5 to 1 or more. */
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
  friendly: '#2160a8',
  firm: '#a35c00',
  formal: '#a3244a',
  paid: '#1f7a45',
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
  friendly: '#78aef0',
  firm: '#e5a747',
  formal: '#f07c9a',
  paid: '#6bc890',
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

export const fontStack = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
