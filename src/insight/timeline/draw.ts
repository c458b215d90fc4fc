import { at, el, group, type Markup } from '../draw/markup.js';
import { widthOf, wrap } from '../draw/text.js';
import type { Speech } from '../words/index.js';
import { dueLine, paymentCard, plainRow, repeatRow, stageCard } from './cards.js';
import type { PolicyModel } from './model.js';
import { margin, type Piece, railX, shape, small, text, width } from './shapes.js';

/** The picture of one policy, drawn from `top` on, set off from what is above. */
export function drawPolicy(model: PolicyModel, speech: Speech, top: number): Piece {
  const parts: Markup[] = [];
  let y = top;
  const put = (piece: Piece): void => {
    parts.push(piece.markup);
    y += piece.height;
  };
  if (top > 0) {
    parts.push(el('line', { class: 'rt-part', x1: margin, x2: width - margin, y1: at(y), y2: at(y) }));
    y += 8;
  }
  put(header(model, y));
  if (model.stages.filter((row) => row.day !== undefined).length > 1) put(overview(model, speech, y));
  const ladder = drawLadder(model, speech, y);
  put(ladder);
  put(paymentCard(model.thanks, speech, y + 4));
  const sends = [...model.thanks, ...model.stages.flatMap((one) => one.sends)];
  put(
    legend(
      speech,
      y + 12,
      sends.some((send) => send.via.length > 1),
    ),
  );
  return { markup: group(...parts), height: y - top + 16 };
}

function drawLadder(model: PolicyModel, speech: Speech, top: number): Piece {
  const rows: Piece[] = [];
  let y = top;
  const row = (piece: Piece): void => {
    rows.push(piece);
    y += piece.height;
  };
  let dueDrawn = false;
  for (const stage of model.stages) {
    if (!dueDrawn && (stage.day === undefined || stage.day >= 0)) {
      row(dueLine(speech, y));
      dueDrawn = true;
    }
    row(stageCard(stage, speech, y));
  }
  if (!dueDrawn) row(dueLine(speech, y));
  if (model.stages.length === 0) row(plainRow(speech.words.timeline.noStages, '', y));
  if (model.repeat !== undefined) row(repeatRow(model.repeat, y));
  const end = y + 10;
  if (model.stages.length > 0) row(plainRow(speech.words.timeline.end, speech.words.timeline.endNote, y));
  const rail = el('line', { class: 'rt-rail', x1: railX, x2: railX, y1: at(top + 6), y2: at(end) });
  return { markup: group(rail, ...rows.map((piece) => piece.markup)), height: y - top };
}

function header(model: PolicyModel, top: number): Piece {
  let y = top + 30;
  const parts: Markup[] = [];
  for (const line of wrap(model.name, width - 2 * margin, 20, 3, true)) {
    parts.push(text(margin, y, 'rt-h', line));
    y += 25;
  }
  y -= 2;
  for (const rule of model.rules) {
    wrap(rule, width - 2 * margin - 12, small, 4).forEach((line, index) => {
      if (index === 0) parts.push(el('circle', { class: 'rt-dot', cx: margin + 2.5, cy: at(y - 4), r: 2 }));
      parts.push(text(margin + 12, y, 'rt-s', line));
      y += 17;
    });
  }
  return { markup: group(...parts), height: y - top };
}

/** All stages on one line, true to scale. */
function overview(model: PolicyModel, speech: Speech, top: number): Piece {
  const days = model.stages.flatMap((row) => row.day ?? []);
  const from = Math.min(0, ...days);
  const to = Math.max(0, ...days);
  const left = margin + 18;
  const right = width - margin - 22;
  const scale = (day: number): number => left + ((day - from) / Math.max(to - from, 1)) * (right - left);
  const y = top + 30;
  const zero = scale(0);
  const parts: Markup[] = [
    el('line', { class: 'rt-rail', x1: left, x2: right, y1: at(y), y2: at(y) }),
    el('line', { class: 'rt-due', x1: at(zero), x2: at(zero), y1: at(y - 13), y2: at(y + 13) }),
    text(
      zero,
      y - 18,
      'rt-s rt-b',
      speech.words.timeline.dueDate,
      zero < 70 ? 'start' : zero > width - 70 ? 'end' : 'middle',
    ),
  ];
  let labelled = Number.NEGATIVE_INFINITY;
  for (const row of model.stages) {
    if (row.day === undefined) continue;
    const x = scale(row.day);
    parts.push(shape(row.tone, x, y, 6));
    const label = row.short ?? '';
    const half = widthOf(label, small) / 2;
    if (x - half < labelled + 6) continue;
    parts.push(text(x, y + 27, 'rt-s', label, 'middle'));
    labelled = x + half;
  }
  return { markup: group(...parts), height: 70 };
}

function legend(speech: Speech, top: number, chained: boolean): Piece {
  const parts: Markup[] = [];
  let x = margin + 8;
  for (const tone of ['friendly', 'firm', 'formal'] as const) {
    const label = speech.words.tones[tone];
    parts.push(shape(tone, x, top + 6, 6), text(x + 13, top + 10.5, 'rt-s', label));
    x += widthOf(label, small) + 36;
  }
  if (!chained) return { markup: group(...parts), height: 22 };
  parts.push(text(margin, top + 31, 'rt-s', speech.words.timeline.chain));
  return { markup: group(...parts), height: 42 };
}
