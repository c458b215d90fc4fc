import { at, el, group, type Markup } from '../draw/markup.js';
import type { Speech } from '../words/index.js';
import { drawLines } from './actions-draw.js';
import type { Frame } from './frame.js';
import { icon } from './icons.js';
import { lineHeight, measure, nothing, type Piece, paragraph, pill, Stack, shape, text } from './kit.js';
import type { Note, StageRow } from './rows.js';

/** A stage: its place on the scale, a shape on the rail, and a card with what it does. */
export function drawStage(stage: StageRow, frame: Frame, speech: Speech, top: number): Piece {
  const { cardX, railX, layout } = frame;
  const cardWidth = frame.width - frame.margin - cardX;
  const inner = cardContent(stage, frame, speech, top);
  const height = Math.max(inner.height, layout === 'wide' ? 62 : 0);
  const scale = layout === 'wide' ? drawMark(stage, frame, top) : nothing;
  return {
    markup: group(
      el('rect', {
        class: 'rt-card',
        x: cardX,
        y: at(top),
        width: at(cardWidth),
        height: at(height),
        rx: 12,
      }),
      el('path', {
        class: `rt-f-${stage.tone}`,
        d: `M${cardX} ${at(top + 12)}a12 12 0 0 1 5 -9.7V${at(top + height - 2.3)}a12 12 0 0 1 -5 -9.7Z`,
      }),
      scale.markup,
      el('circle', { class: 'rt-halo', cx: railX, cy: at(markY(top)), r: 12.5 }),
      shape(stage.tone, railX, markY(top), 7.6),
      inner.markup,
    ),
    height: Math.max(height, scale.height),
  };
}

/** Height of the shape on the rail of a stage that begins at `top`. */
export function markY(top: number): number {
  return top + 23;
}

/** Beside the rail: a number with its unit, or a few words. */
function drawMark({ mark }: StageRow, frame: Frame, top: number): Piece {
  const right = frame.railX - 22;
  const width = right - 12;
  const head = mark.isNumber
    ? { markup: text(right, top + 29.5, 'day', mark.text, 'end'), height: 34 }
    : paragraph(right, top + 12, 'b', mark.text, width, { anchor: 'end', most: 3 });
  const from = mark.isNumber ? top + 34 : top + 12 + head.height;
  const unit =
    mark.unit === '' ? nothing : paragraph(right, from, 'u', mark.unit, width, { anchor: 'end', most: 4 });
  return { markup: group(head.markup, unit.markup), height: from - top + unit.height };
}

function cardContent(stage: StageRow, frame: Frame, speech: Speech, top: number): Piece {
  const { pad, layout } = frame;
  const left = frame.cardX + pad + 2;
  const inside = frame.width - frame.margin - pad - left;
  const stack = new Stack(top + (layout === 'wide' ? 13 : 12));
  stack.put((y) => (layout === 'wide' ? wideHead : narrowHead)(stage, speech, left, y, inside));
  const { lines, notes } = stage;
  if (layout === 'wide' && notes.length > 0) {
    stack.gap(8);
    const part = Math.round(inside * 0.55);
    stack.put((y) => {
      const actions = drawLines(lines, left, y, part);
      const beside = drawNotes(notes, left + part + 26, y + 2, inside - part - 26);
      const high = Math.max(actions.height, beside.height + 2);
      const x = left + part + 12;
      const parting = el('line', { class: 'rt-part', x1: at(x), x2: at(x), y1: at(y + 2), y2: at(y + high) });
      return { markup: group(actions.markup, parting, beside.markup), height: high };
    });
  } else {
    stack.gap(8);
    stack.put((y) => drawLines(lines, left, y, inside));
    if (notes.length > 0) {
      stack.gap(9);
      stack.put((y) => drawNotes(notes, left, y, inside));
    }
  }
  stack.gap(layout === 'wide' ? 14 : 13);
  return { markup: stack.piece().markup, height: stack.y - top };
}

function toneBadge(
  stage: StageRow,
  speech: Speech,
  right: number,
  top: number,
): { markup: Markup; width: number } {
  const label = speech.words.tones[stage.tone];
  const look = {
    style: 's',
    look: `rt-g-${stage.tone}`,
    textLook: `rt-t-${stage.tone}`,
    tone: stage.tone,
  } as const;
  const { width } = pill(0, 0, label, look);
  return { markup: pill(right - width, top, label, look).markup, width };
}

function wideHead(stage: StageRow, speech: Speech, left: number, top: number, inside: number): Piece {
  const badge = toneBadge(stage, speech, left + inside, top - 1.5);
  const level = levelPill(stage, left, top);
  const from = left + level.width;
  const name = paragraph(from, top, 'n', stage.name, inside - badge.width - level.width - 16, { most: 3 });
  return { markup: group(level.markup, name.markup, badge.markup), height: Math.max(name.height, 20) };
}

/** On a phone the scale's number stands in the card, where there is room for its unit. */
function narrowHead(stage: StageRow, speech: Speech, left: number, top: number, inside: number): Piece {
  const badge = toneBadge(stage, speech, left + inside, top - 0.5);
  const room = inside - badge.width - 12;
  const { mark } = stage;
  const stack = new Stack(top);
  stack.put((y) => {
    if (!mark.isNumber) return paragraph(left, y + 1, 'b', mark.text, room, { most: 3 });
    const wide = measure(mark.text, 'day') + 7;
    const beside = paragraph(left + wide, y + 5.5, 'u', mark.unit, room - wide, { most: 3 });
    return {
      markup: group(text(left, y + 18, 'day', mark.text), beside.markup),
      height: Math.max(24, beside.height + 6),
    };
  });
  stack.gap(4);
  stack.put((y) => {
    const level = levelPill(stage, left, y);
    const name = paragraph(left + level.width, y, 'n', stage.name, inside - level.width, { most: 4 });
    return { markup: group(level.markup, name.markup), height: name.height };
  });
  return { markup: group(stack.piece().markup, badge.markup), height: stack.y - top };
}

/** The level's number, unless the name says it already. */
function levelPill(stage: StageRow, left: number, top: number): { markup: Markup; width: number } {
  if (stage.level === undefined || stage.name.startsWith(stage.level)) return { markup: group(), width: 0 };
  const look = { style: 'u', look: 'rt-chip', textLook: '' } as const;
  const drawn = pill(left, top - 0.5, stage.level, look);
  return { markup: drawn.markup, width: drawn.width + 8 };
}

function drawNotes(notes: readonly Note[], left: number, top: number, inside: number): Piece {
  const stack = new Stack(top);
  notes.forEach((note, index) => {
    if (index > 0) stack.gap(5);
    stack.put((y) => {
      const body = paragraph(left + 22, y, 's', note.text, inside - 22);
      return {
        markup: group(icon(note.kind, left + 1, y + 1, 14, 'rt-i rt-quiet'), body.markup),
        height: Math.max(body.height, lineHeight('s')),
      };
    });
  });
  return stack.piece();
}
