import { at, el, type Markup } from '../draw/markup.js';
import type { AgingCurve, AgingPoint, ReportInput } from '../run/types.js';
import type { Speech } from '../words/index.js';
import { compact } from './money.js';
import { fold, panel, percent, table } from './parts.js';

const buckets = ['current', 'days30', 'days60', 'days90', 'older'] as const;
const wide = 1000;
const high = 300;
/** Rows of figures below a chart: more would hide what there is to see. */
const mostRows = 60;

/** What is open over time by age, one chart per currency. */
export function agingSection(run: ReportInput, speech: Speech): Markup {
  const { report } = speech.words;
  return panel(
    'aging',
    report.sections.aging,
    report.agingNote,
    legend(speech),
    run.aging.length === 0
      ? el('p', { class: 'none' }, report.nothing)
      : el('div', { class: 'charts' }, ...run.aging.map((curve) => chart(curve, speech))),
  );
}

function legend(speech: Speech): Markup {
  const entries = buckets.map((bucket, index) =>
    el('li', {}, el('i', { class: `a${index}` }), speech.words.report.buckets[bucket]),
  );
  return el('ul', { class: 'legend' }, ...entries);
}

/** Shapes stretch with the page; words stand beside them as text, so that they never shrink. */
function chart(curve: AgingCurve, speech: Speech): Markup {
  const { report } = speech.words;
  const { points, currency } = curve;
  const ticks = scaleTicks(Math.max(1, ...points.map(sumOf)));
  const top = ticks.at(-1) ?? 1;
  const y = (value: number): number => high - (value / top) * high;
  const id = `aging-${currency}`;
  return el(
    'figure',
    { class: 'chart' },
    el('figcaption', {}, el('b', {}, currency)),
    el(
      'div',
      { class: 'plot' },
      el(
        'svg',
        {
          viewBox: `0 0 ${wide} ${high}`,
          preserveAspectRatio: 'none',
          role: 'img',
          'aria-labelledby': `${id}-t ${id}-d`,
        },
        el('title', { id: `${id}-t` }, report.agingOf(currency)),
        el('desc', { id: `${id}-d` }, describe(curve, speech)),
        ...areas(points, y),
        ...ticks.map((tick) =>
          el('line', { class: 'grid', x1: 0, x2: wide, y1: at(y(tick)), y2: at(y(tick)) }),
        ),
      ),
      ...ticks.map((tick) =>
        el(
          'span',
          { class: 'ytick', style: `bottom:${percent(tick, top)}` },
          compact(tick, currency, speech),
        ),
      ),
    ),
    dateAxis(points, speech),
    fold(report.showNumbers, figures(curve, speech)),
  );
}

/** One area per age, each on top of the younger. */
function areas(points: readonly AgingPoint[], y: (value: number) => number): Markup[] {
  // A single day is drawn as wide as the chart.
  const days = points.length === 1 ? [points[0], points[0]] : points;
  const x = (index: number): number => (index / (days.length - 1)) * wide;
  const heights = days.map(() => 0);
  const outline = (): string[] => heights.map((height, index) => `${at(x(index))} ${at(y(height))}`);
  return buckets.map((bucket, layer) => {
    const below = outline();
    days.forEach((point, index) => {
      heights[index] = (heights[index] ?? 0) + (point?.[bucket] ?? 0);
    });
    const d = `M${outline().join('L')}L${below.reverse().join('L')}Z`;
    return el('path', { class: `a${layer}`, d });
  });
}

/** Dates below the chart; on a phone every second one is hidden. */
function dateAxis(points: readonly AgingPoint[], speech: Speech): Markup {
  const last = points.length - 1;
  const steps = Math.min(4, last);
  const places =
    steps < 1 ? [0] : Array.from({ length: steps + 1 }, (_, step) => Math.round((step * last) / steps));
  return el(
    'div',
    { class: 'xaxis' },
    ...places.map((index, order) => {
      const inner = order % 2 === 1 ? 'inner minor' : 'inner';
      const look = order === 0 ? 'first' : index === last ? 'last' : inner;
      const style = `left:${percent(index, Math.max(last, 1))}`;
      return el('span', { class: look, style }, speech.format.shortDate(points[index]?.date ?? ''));
    }),
  );
}

function figures(curve: AgingCurve, speech: Speech): Markup {
  const { report } = speech.words;
  const { points, currency } = curve;
  const every = Math.max(1, Math.ceil(points.length / mostRows));
  const shown = points.filter((_, index) => index % every === 0 || index === points.length - 1);
  const money = (minor: number): string => speech.format.money({ minor, currency });
  return table(
    [report.date, ...buckets.map((bucket) => report.buckets[bucket]), report.total],
    shown.map((point) => [
      speech.format.shortDate(point.date),
      ...buckets.map((bucket) => money(point[bucket])),
      money(sumOf(point)),
    ]),
    [1, 2, 3, 4, 5, 6],
  );
}

function describe({ points, currency }: AgingCurve, speech: Speech): string {
  const { report } = speech.words;
  const tell = (point: AgingPoint): string => {
    const parts = buckets.map((bucket) => {
      const money = speech.format.money({ minor: point[bucket], currency });
      return `${report.buckets[bucket]} ${money}`;
    });
    return `${speech.format.shortDate(point.date)}: ${parts.join(', ')}.`;
  };
  const ends = points.length > 1 ? [points[0], points.at(-1)] : points;
  return ends.flatMap((point) => (point === undefined ? [] : [tell(point)])).join(' ');
}

function sumOf(point: AgingPoint): number {
  return buckets.reduce((sum, bucket) => sum + point[bucket], 0);
}

/** Round values from nothing to at least the greatest, in minor units. */
function scaleTicks(most: number): number[] {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? rough;
  const whole = Math.max(1, Math.round(step));
  return Array.from({ length: Math.ceil(most / whole) + 1 }, (_, index) => index * whole);
}
