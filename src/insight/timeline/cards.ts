import { at, el, group, type Markup } from '../draw/markup.js';
import { cut, widthOf, wrap } from '../draw/text.js';
import type { Speech } from '../words/index.js';
import type { SendLine, StageRow } from './model.js';
import {
  body,
  cardWidth,
  cardX,
  margin,
  type Piece,
  pad,
  railX,
  sendFlow,
  shape,
  small,
  text,
  width,
} from './shapes.js';

export function dueLine(speech: Speech, top: number): Piece {
  const y = top + 16;
  const label = speech.words.timeline.dueDate;
  const wide = widthOf(label, body, true) + 24;
  return {
    markup: group(
      el('line', { class: 'rt-due', x1: margin, x2: width - margin, y1: at(y), y2: at(y) }),
      el('rect', { class: 'rt-pill', x: cardX, y: at(y - 12), width: at(wide), height: 24, rx: 12 }),
      text(cardX + wide / 2, y + 4.5, 'rt-pilltext', label, 'middle'),
    ),
    height: 38,
  };
}

/** A stage: its day on the left, what it does on the right. */
export function stageCard(stage: StageRow, speech: Speech, top: number): Piece {
  const inner = cardContent(stage, speech, top);
  const height = inner.height;
  const middle = top + 19;
  const dayX = railX - 15;
  return {
    markup: group(
      el('rect', { class: 'rt-card', x: cardX, y: at(top), width: cardWidth, height: at(height), rx: 9 }),
      el('rect', {
        class: `rt-f-${stage.tone}`,
        x: cardX,
        y: at(top + 8),
        width: 4,
        height: at(height - 16),
        rx: 2,
      }),
      stage.offset === undefined ? undefined : text(dayX, top + 24, 'rt-day', stage.offset, 'end'),
      stage.offset === undefined
        ? undefined
        : text(dayX, top + 40, 'rt-u', cut(stage.unit, dayX - 4, 11.5), 'end'),
      el('circle', { class: 'rt-halo', cx: railX, cy: at(middle), r: 11 }),
      shape(stage.tone, railX, middle, 8),
      inner.markup,
    ),
    height: height + 12,
  };
}

function cardContent(stage: StageRow, speech: Speech, top: number): Piece {
  const inside = cardWidth - 2 * pad;
  const left = cardX + pad;
  const tone = speech.words.tones[stage.tone];
  const parts = [text(cardX + cardWidth - pad, top + 24, `rt-s rt-t-${stage.tone}`, tone, 'end')];
  let y = top + 24;
  for (const line of wrap(stage.name, inside - widthOf(tone, small) - 12, 15, 3, true)) {
    parts.push(text(left, y, 'rt-n', line));
    y += 20;
  }
  y += 2;
  for (const send of stage.sends) {
    const flow = sendFlow(send, speech, left, y - 13, inside);
    parts.push(flow.markup);
    y += flow.height;
  }
  for (const task of stage.tasks) {
    parts.push(el('rect', { class: 'rt-box', x: at(left), y: at(y - 11), width: 12, height: 12, rx: 2.5 }));
    for (const line of wrap(task, inside - 20, body, 3)) {
      parts.push(text(left + 20, y, 'rt-p', line));
      y += 18;
    }
    y += 3;
  }
  for (const note of stage.notes) {
    for (const line of wrap(note, inside, small, 6)) {
      parts.push(text(left, y, 'rt-s', line));
      y += 16.5;
    }
    y += 3;
  }
  return { markup: group(...parts), height: y - top - 4 };
}

export function repeatRow(label: string, top: number): Piece {
  const lines = wrap(label, cardWidth - pad, body, 3);
  const y = top + 10;
  const arrow = `M${railX + 6.5} ${at(y - 8.5)}v4.5h-4.5`;
  return {
    markup: group(
      el('circle', { class: 'rt-halo', cx: railX, cy: at(y), r: 11 }),
      el('path', {
        class: 'rt-loop',
        d: `M${railX + 5.5} ${at(y - 4.5)}A7 7 0 1 0 ${railX + 7} ${at(y + 1)}${arrow}`,
      }),
      ...lines.map((line, index) => text(cardX, y + 5 + index * 18, 'rt-p', line)),
    ),
    height: Math.max(34, lines.length * 18 + 16),
  };
}

/** A point on the rail with a sentence and a note. */
export function plainRow(title: string, note: string, top: number): Piece {
  const y = top + 10;
  const titles = wrap(title, cardWidth, body, 3);
  const notes = wrap(note, cardWidth, small, 3);
  const below = y + 5 + titles.length * 18;
  return {
    markup: group(
      el('circle', { class: 'rt-halo', cx: railX, cy: at(y), r: 9 }),
      el('circle', { class: 'rt-end', cx: railX, cy: at(y), r: 5 }),
      ...titles.map((line, index) => text(cardX, y + 5 + index * 18, 'rt-p', line)),
      ...notes.map((line, index) => text(cardX, below + index * 16.5, 'rt-s', line)),
    ),
    height: below - top + notes.length * 16.5 + 8,
  };
}

/** What happens when the debt is paid. */
export function paymentCard(thanks: readonly SendLine[], speech: Speech, top: number): Piece {
  const { timeline } = speech.words;
  const inside = width - 2 * margin - 2 * pad - 30;
  const left = margin + pad + 30;
  const parts: Markup[] = [text(left, top + 25, 'rt-n', cut(timeline.payment, inside, 15, true))];
  let y = top + 45;
  for (const line of wrap(timeline.paymentStops, inside, body, 3)) {
    parts.push(text(left, y, 'rt-p', line));
    y += 18;
  }
  for (const send of thanks) {
    y += 5;
    parts.push(text(left, y + 3, 'rt-s', timeline.thanksBy));
    const shift = widthOf(timeline.thanksBy, small) + 8;
    const flow = sendFlow(send, speech, left + shift, y - 13, inside - shift);
    parts.push(flow.markup);
    y += flow.height;
  }
  const height = at(y - top - 4);
  const cx = margin + pad + 10;
  const card = { x: margin, y: at(top), width: width - 2 * margin, height, rx: 9 };
  return {
    markup: group(
      el('rect', { class: 'rt-paid', ...card }),
      el('circle', { class: 'rt-f-paid', cx, cy: at(top + 20), r: 10 }),
      el('path', { class: 'rt-check', d: `M${cx - 4.5} ${at(top + 20.5)}l3.2 3.4 6-7` }),
      ...parts,
    ),
    height: y - top + 4,
  };
}
