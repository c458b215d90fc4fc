import { at, el, group, type Markup } from '../draw/markup.js';
import type { Speech } from '../words/index.js';
import type { Frame } from './frame.js';
import { measure, nothing, type Piece, shape, text } from './kit.js';
import type { PolicyModel } from './rows.js';

const shownRepeats = 3;
const lanes = 3;
const markSize = 6.2;

/** All stages on one line, true to scale; those that would cover each other stand above one another. */
export function drawOverview(model: PolicyModel, frame: Frame, speech: Speech, top: number): Piece {
  const placed = model.stages.flatMap((stage) =>
    stage.day === undefined ? [] : [{ stage, day: stage.day }],
  );
  if (placed.length < 2) return nothing;
  const repeats = repeatDays(model);
  const days = [...placed.map(({ day }) => day), ...repeats];
  const from = Math.min(0, ...days);
  const to = Math.max(0, ...days);
  const left = frame.margin + 22;
  const right = frame.width - frame.margin - 26;
  const scale = (day: number): number => left + ((day - from) / Math.max(to - from, 1)) * (right - left);

  const ends: number[] = [];
  const marks = placed.map(({ stage, day }) => {
    const x = scale(day);
    let lane = ends.findIndex((end) => x - end >= 2 * markSize + 3);
    if (lane < 0) lane = Math.min(ends.length, lanes - 1);
    ends[lane] = x;
    return { stage, x, lane };
  });
  const y = top + 40 + (ends.length - 1) * 16;
  const tone = placed.at(-1)?.stage.tone ?? 'friendly';
  const last = scale(placed.at(-1)?.day ?? 0);
  const end = repeats.length === 0 ? right : scale(repeats.at(-1) ?? 0);
  return {
    markup: group(
      el('line', { class: 'rt-rail', x1: at(left), x2: at(Math.min(right, last)), y1: at(y), y2: at(y) }),
      repeats.length === 0
        ? undefined
        : el('line', { class: 'rt-rail rt-loose', x1: at(last), x2: at(end), y1: at(y), y2: at(y) }),
      dueMark(scale(0), y, top, frame, speech),
      ...repeats.map((day) => shape(tone, scale(day), y, markSize - 1.2, `rt-o-${tone}`)),
      ...marks.map(({ stage, x, lane }) => shape(stage.tone, x, y - lane * 16, markSize)),
      ...labels(marks, y),
    ),
    height: y - top + 42,
  };
}

/** Days of the first repeats. */
function repeatDays({ stages, repeats }: PolicyModel): number[] {
  const last = stages.at(-1)?.day;
  if (repeats === undefined || last === undefined) return [];
  const times = Math.min(repeats.times, shownRepeats);
  return Array.from({ length: times }, (_, index) => last + (index + 1) * repeats.every);
}

function dueMark(x: number, y: number, top: number, frame: Frame, speech: Speech): Markup {
  const label = speech.words.timeline.dueDate;
  const half = measure(label, 'l') / 2;
  const middle = Math.min(Math.max(x, frame.margin + half), frame.width - frame.margin - half);
  return group(
    el('line', { class: 'rt-due', x1: at(x), x2: at(x), y1: at(top + 20), y2: at(y + 12) }),
    text(middle, top + 14, 'l', label, 'middle', 'rt-accent'),
  );
}

/** Under the line, as many as stand apart. */
function labels(
  marks: readonly {
    readonly stage: PolicyModel['stages'][number];
    readonly x: number;
    readonly lane: number;
  }[],
  y: number,
): Markup[] {
  const drawn: Markup[] = [];
  let taken = Number.NEGATIVE_INFINITY;
  for (const { stage, x } of marks) {
    const half = measure(stage.mark.short, 's') / 2;
    if (stage.mark.short === '' || x - half < taken + 6) continue;
    drawn.push(text(x, y + 27, 's', stage.mark.short, 'middle'));
    taken = x + half;
  }
  return drawn;
}
