import { Markup } from '../draw/markup.js';
import { dark, fontStack, light, type Palette, type Theme } from '../draw/palette.js';

/**
 * Rules of the picture; every class is its own, so that it can stand in a page.
 * `$ink` is a colour of the palette: custom properties would leave viewers that
 * are no browsers in the dark.
 */
const rules: Readonly<Record<string, string>> = {
  '': `font-family:${fontStack};max-width:100%;height:auto;background:$ground;border-radius:12px`,
  ' text': 'fill:$ink',
  ' .rt-ground': 'fill:$ground',
  ' .rt-h': 'font-size:20px;font-weight:700',
  ' .rt-n': 'font-size:15px;font-weight:650',
  ' .rt-p': 'font-size:13.5px',
  ' .rt-s': 'font-size:12.5px;fill:$muted',
  ' .rt-b': 'font-weight:600',
  ' .rt-day': 'font-size:18px;font-weight:700;font-variant-numeric:tabular-nums',
  ' .rt-u': 'font-size:11.5px;fill:$muted',
  ' .rt-dot': 'fill:$muted',
  ' .rt-rail': 'stroke:$line;stroke-width:3;stroke-linecap:round',
  ' .rt-part': 'stroke:$line;stroke-width:1.5',
  ' .rt-due': 'stroke:$accent;stroke-width:1.5;stroke-dasharray:4 4',
  ' .rt-pill': 'fill:$accent',
  ' .rt-pilltext': 'font-size:13.5px;font-weight:650;fill:$ground',
  ' .rt-card': 'fill:$panel;stroke:$line',
  ' .rt-paid': 'fill:$panel;stroke:$paid;stroke-opacity:.55',
  ' .rt-chip': 'fill:$ground;stroke:$line',
  ' .rt-halo': 'fill:$ground',
  ' .rt-end': 'fill:none;stroke:$muted;stroke-width:2',
  ' .rt-loop': 'fill:none;stroke:$muted;stroke-width:2;stroke-linecap:round;stroke-linejoin:round',
  ' .rt-box': 'fill:none;stroke:$muted;stroke-width:1.6',
  ' .rt-check': 'fill:none;stroke:$panel;stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round',
  ' .rt-f-friendly': 'fill:$friendly',
  ' .rt-f-firm': 'fill:$firm',
  ' .rt-f-formal': 'fill:$formal',
  ' .rt-f-paid': 'fill:$paid',
  ' .rt-t-friendly': 'fill:$friendly;font-weight:600',
  ' .rt-t-firm': 'fill:$firm;font-weight:600',
  ' .rt-t-formal': 'fill:$formal;font-weight:600',
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
