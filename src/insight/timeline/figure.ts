import type { Documents } from '../../policy/types.js';
import { el, type Markup } from '../draw/markup.js';
import type { Layout } from './frame.js';
import { type TimelineOptions, timelineMarkup } from './index.js';

/** Pictures that are higher are not made to fit a sheet of paper: their letters would be too small. */
const fitsPaper = 1900;

/** The picture as a page shows it: the layout that fits the window, or the one asked for. */
export function timelineFigure(
  documents: Pick<Documents, 'plan' | 'policies'>,
  options: TimelineOptions,
): Markup {
  const draw = (layout: Layout): Markup => timelineMarkup(documents, { ...options, layout });
  if (options.layout !== undefined)
    return el('div', { class: `picture only-${options.layout}` }, draw(options.layout));
  const wide = draw('wide');
  const height = Number(/ height="([\d.]+)"/.exec(wide.text)?.[1]);
  const look = height > fitsPaper ? 'picture both tall' : 'picture both';
  return el('div', { class: look }, wide, draw('narrow'));
}

/** Rules of a page that holds figures. The picture that is not shown is none for screen readers either. */
export const figureRules = `
.picture{display:flex;justify-content:center}
.picture .recobro-timeline{border:1px solid var(--r-line)}
.picture .recobro-timeline[width="360"]{width:100%;max-width:420px}
@media (min-width:960px){.picture.both .recobro-timeline[width="360"]{display:none}}
@media (max-width:959.98px){.picture.both .recobro-timeline[width="920"]{display:none}}
@media print{
 .picture.both .recobro-timeline[width="920"]{display:block}
 .picture.both .recobro-timeline[width="360"]{display:none}
 .picture:not(.tall) .recobro-timeline{max-height:24cm;width:auto;max-width:100%}
}
`;
