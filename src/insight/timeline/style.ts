import { Markup } from '../draw/markup.js';
import { fontStack, type Theme, themeRules } from '../draw/palette.js';

/** Rules of the picture; every class is its own, so that it can stand in a page. */
const rules: Readonly<Record<string, string>> = {
  '': `font-family:${fontStack};max-width:100%;height:auto;background:var(--r-ground);border-radius:12px`,
  ' text': 'fill:var(--r-ink)',
  ' .rt-h': 'font-size:20px;font-weight:700',
  ' .rt-n': 'font-size:15px;font-weight:650',
  ' .rt-p': 'font-size:13.5px',
  ' .rt-s': 'font-size:12.5px;fill:var(--r-muted)',
  ' .rt-b': 'font-weight:600',
  ' .rt-day': 'font-size:18px;font-weight:700;font-variant-numeric:tabular-nums',
  ' .rt-u': 'font-size:11.5px;fill:var(--r-muted)',
  ' .rt-dot': 'fill:var(--r-muted)',
  ' .rt-rail': 'stroke:var(--r-line);stroke-width:3;stroke-linecap:round',
  ' .rt-part': 'stroke:var(--r-line);stroke-width:1.5',
  ' .rt-due': 'stroke:var(--r-accent);stroke-width:1.5;stroke-dasharray:4 4',
  ' .rt-pill': 'fill:var(--r-accent)',
  ' .rt-pilltext': 'font-size:13.5px;font-weight:650;fill:var(--r-ground)',
  ' .rt-card': 'fill:var(--r-panel);stroke:var(--r-line)',
  ' .rt-paid': 'fill:var(--r-panel);stroke:var(--r-paid);stroke-opacity:.55',
  ' .rt-chip': 'fill:var(--r-ground);stroke:var(--r-line)',
  ' .rt-halo': 'fill:var(--r-ground)',
  ' .rt-end': 'fill:none;stroke:var(--r-muted);stroke-width:2',
  ' .rt-loop': 'fill:none;stroke:var(--r-muted);stroke-width:2;stroke-linecap:round;stroke-linejoin:round',
  ' .rt-box': 'fill:none;stroke:var(--r-muted);stroke-width:1.6',
  ' .rt-check': 'fill:none;stroke:var(--r-panel);stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round',
  ' .rt-f-friendly': 'fill:var(--r-friendly)',
  ' .rt-f-firm': 'fill:var(--r-firm)',
  ' .rt-f-formal': 'fill:var(--r-formal)',
  ' .rt-f-paid': 'fill:var(--r-paid)',
  ' .rt-t-friendly': 'fill:var(--r-friendly);font-weight:600',
  ' .rt-t-firm': 'fill:var(--r-firm);font-weight:600',
  ' .rt-t-formal': 'fill:var(--r-formal);font-weight:600',
};

/** The rules with the colours of a theme. */
export function timelineStyle(theme: Theme): Markup {
  const written = Object.entries(rules).map(([part, rule]) => `.recobro-timeline${part}{${rule}}`);
  return new Markup(themeRules('.recobro-timeline', theme) + written.join(''));
}
