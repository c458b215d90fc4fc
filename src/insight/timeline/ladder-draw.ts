import { at, el, group, type Markup } from '../draw/markup.js';
import type { Speech } from '../words/index.js';
import { type Frame, styles } from './frame.js';
import { icon } from './icons.js';
import { measure, type Piece, paragraph, Stack, text } from './kit.js';
import type { PolicyModel } from './rows.js';
import { drawStage, markY } from './stage-draw.js';

interface Knot {
  readonly y: number;
  readonly isLoose: boolean;
}

/** The stages on their rail, from the first to the end of the ladder. */
export function drawLadder(model: PolicyModel, frame: Frame, speech: Speech, top: number): Piece {
  const stack = new Stack(top);
  const knots: Knot[] = [];
  const { stages } = model;
  // Where no stage knows its distance from the due date, that date has no place on the rail.
  const dated = stages.some((stage) => stage.day !== undefined);
  const late = stages.findIndex((stage) => stage.day !== undefined && stage.day >= 0);
  const first = late < 0 ? stages.findLastIndex((stage) => stage.day !== undefined) + 1 : late;
  const due = (): void => {
    stack.put((y) => dueLine(speech, frame, y));
    knots.push({ y: stack.y - 26, isLoose: false });
  };
  stages.forEach((stage, index) => {
    if (dated && index === first) due();
    knots.push({ y: markY(stack.y), isLoose: stage.mark.isChained });
    stack.put((y) => drawStage(stage, frame, speech, y));
    stack.gap(12);
  });
  if (dated && first === stages.length) due();
  if (stages.length === 0) stack.put((y) => plainRow(speech.words.timeline.last.noStages, [], frame, y));
  const { repeat, end } = model;
  if (repeat !== undefined) {
    knots.push({ y: stack.y + 12, isLoose: true });
    stack.put((y) => repeatRow(repeat, frame, y));
  }
  if (end !== undefined) {
    knots.push({ y: stack.y + 12, isLoose: true });
    stack.put((y) => plainRow(end.title, end.texts, frame, y));
  }
  const ladder = stack.piece();
  return { markup: group(rail(knots, frame), ladder.markup), height: ladder.height };
}

/** The line between the stages, broken where a distance is counted from the stage before. */
function rail(knots: readonly Knot[], { railX }: Frame): Markup {
  const parts = knots.slice(1).map((knot, index) => {
    const look = knot.isLoose ? 'rt-rail rt-loose' : 'rt-rail';
    return el('line', {
      class: look,
      x1: railX,
      x2: railX,
      y1: at(knots[index]?.y ?? knot.y),
      y2: at(knot.y),
    });
  });
  return group(...parts);
}

function dueLine(speech: Speech, frame: Frame, top: number): Piece {
  const { railX, cardX, margin, width } = frame;
  const y = top + 14;
  const label = speech.words.timeline.dueDate;
  const wide = measure(label, 'b') + 26;
  return {
    markup: group(
      el('line', { class: 'rt-due', x1: margin, x2: width - margin, y1: at(y), y2: at(y) }),
      el('circle', { class: 'rt-halo', cx: railX, cy: at(y), r: 9 }),
      el('circle', { class: 'rt-duedot', cx: railX, cy: at(y), r: 5.5 }),
      el('rect', { class: 'rt-pill', x: cardX, y: at(y - 13), width: at(wide), height: 26, rx: 13 }),
      text(cardX + wide / 2, y + styles.b.size * 0.35, 'b', label, 'middle', 'rt-onpill'),
    ),
    height: 40,
  };
}

function repeatRow(label: string, { railX, cardX, width, margin }: Frame, top: number): Piece {
  const body = paragraph(cardX, top + 3, 'p', label, width - margin - cardX);
  return {
    markup: group(
      el('circle', { class: 'rt-halo', cx: railX, cy: at(top + 12), r: 13 }),
      icon('repeat', railX - 9, top + 3, 18, 'rt-i rt-quiet'),
      body.markup,
    ),
    height: Math.max(26, body.height + 6) + 8,
  };
}

/** A point on the rail with a sentence and notes. */
function plainRow(
  title: string,
  notes: readonly string[],
  { railX, cardX, width, margin }: Frame,
  top: number,
): Piece {
  const inside = width - margin - cardX;
  const stack = new Stack(top + 3);
  stack.put((y) => paragraph(cardX, y, 'b', title, inside));
  for (const note of notes) stack.put((y) => paragraph(cardX, y, 's', note, inside));
  return {
    markup: group(
      el('circle', { class: 'rt-halo', cx: railX, cy: at(top + 12), r: 11 }),
      el('circle', { class: 'rt-end', cx: railX, cy: at(top + 12), r: 5.5 }),
      stack.piece().markup,
    ),
    height: stack.y - top + 8,
  };
}
