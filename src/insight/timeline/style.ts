import { Markup } from '../draw/markup.js';
import { dark, fontStack, light, type Palette, type Theme } from '../draw/palette.js';
import { styles } from './frame.js';

const tones = ['friendly', 'firm', 'formal'] as const;

/**
 * Rules of the picture; every class is its own, so that it can stand in a page.
 * `$ink` is a colour of the palette: custom properties would leave viewers that
 * are no browsers in the dark.
 */
const rules: Readonly<Record<string, string>> = {
  '': `font-family:${fontStack};max-width:100%;height:auto;background:$ground;border-radius:14px`,
  ' text': 'fill:$ink',
  ' .rt-ground': 'fill:$ground',
  ...Object.fromEntries(
    Object.entries(styles).map(([name, { size, bold }]) => [
      ` .rt-${name}`,
      `font-size:${size}px${bold ? ';font-weight:650' : ''}`,
    ]),
  ),
  ' .rt-s': `font-size:${styles.s.size}px;fill:$muted`,
  ' .rt-u': `font-size:${styles.u.size}px;fill:$muted`,
  ' .rt-day': `font-size:${styles.day.size}px;font-weight:700;font-variant-numeric:tabular-nums`,
  ' .rt-mutedtext': 'fill:$muted',
  ' .rt-accent': 'fill:$accent',
  ' .rt-paidtext': 'fill:$paid',
  ' .rt-rail': 'stroke:$line;stroke-width:3;stroke-linecap:round',
  ' .rt-loose': 'stroke-dasharray:.1 7',
  ' .rt-part': 'stroke:$line;stroke-width:1',
  ' .rt-due': 'stroke:$accent;stroke-width:1.5;stroke-dasharray:3 5;stroke-linecap:round',
  ' .rt-duedot': 'fill:$accent',
  ' .rt-pill': 'fill:$accent',
  ' .rt-onpill': 'fill:$panel',
  ' .rt-card': 'fill:$panel;stroke:$line',
  ' .rt-chip': 'fill:$ground;stroke:$line',
  ' .rt-seat': 'fill:$ground;stroke:$line',
  ' .rt-halo': 'fill:$ground',
  ' .rt-end': 'fill:none;stroke:$muted;stroke-width:2',
  ' .rt-i': 'fill:none;stroke:$ink;stroke-width:1.4;stroke-linecap:round;stroke-linejoin:round',
  ' .rt-quiet': 'stroke:$muted',
  ' .rt-s-paid': 'stroke:$paid;stroke-width:1.9',
  ' .rt-g-paid': 'fill:$paidSoft',
  ...Object.fromEntries(
    tones.flatMap((tone) => [
      [` .rt-f-${tone}`, `fill:$${tone}`],
      [` .rt-o-${tone}`, `fill:$ground;stroke:$${tone};stroke-width:1.6`],
      [` .rt-g-${tone}`, `fill:$${tone}Soft`],
      [` .rt-t-${tone}`, `fill:$${tone};font-weight:600`],
    ]),
  ),
};

/** The rules with the colours of a theme. */
export function timelineStyle(theme: Theme): Markup {
  const all = Object.entries(rules);
  const day = written(all, theme === 'dark' ? dark : light);
  if (theme !== 'auto') return new Markup(day);
  const coloured = all
    .map(([part, rule]) => [part, colours(rule)] as const)
    .filter(([, rule]) => rule !== '');
  return new Markup(`${day}@media screen and (prefers-color-scheme:dark){${written(coloured, dark)}}`);
}

function written(list: readonly (readonly [part: string, rule: string])[], palette: Palette): string {
  const painted = (rule: string): string =>
    rule.replace(/\$(\w+)/g, (whole, name: string) => {
      const colour = Object.entries(palette).find(([key]) => key === name)?.[1];
      return typeof colour === 'string' ? colour : whole;
    });
  return list.map(([part, rule]) => `.recobro-timeline${part}{${painted(rule)}}`).join('');
}

/** The declarations of a rule that name a colour. */
function colours(rule: string): string {
  const kept = rule.split(';').filter((one) => one.includes('$'));
  return kept.join(';');
}
