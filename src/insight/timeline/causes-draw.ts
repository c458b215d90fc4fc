import { at, el, group } from '../draw/markup.js';
import type { Speech } from '../words/index.js';
import { drawLines } from './actions-draw.js';
import type { Frame } from './frame.js';
import { icon } from './icons.js';
import { inColumns, nothing, type Piece, paragraph, Stack } from './kit.js';
import type { CauseRow, PolicyModel } from './rows.js';

/** What happens on payment, promise, dispute, reply, exhaustion: a card each. */
export function drawCauses(model: PolicyModel, frame: Frame, speech: Speech, top: number): Piece {
  if (model.causes.length === 0) return nothing;
  const { margin, width, columns } = frame;
  const stack = new Stack(top);
  stack.put((y) => paragraph(margin, y, 'n', speech.words.timeline.cause.heading, width - 2 * margin));
  stack.gap(10);
  stack.put((y) =>
    inColumns(
      model.causes,
      { x: margin, top: y, width: width - 2 * margin, columns, gap: 12 },
      (row, x, from, each) => drawCause(row, frame, x, from, each),
    ),
  );
  return stack.piece();
}

function drawCause(row: CauseRow, frame: Frame, x: number, top: number, width: number): Piece {
  const { pad, layout } = frame;
  const paid = row.cause === 'paid';
  const titleLeft = x + pad + 38;
  // On a phone what is done needs the whole width; only the title stands beside the icon.
  const left = layout === 'wide' ? titleLeft : x + pad;
  const inside = x + width - pad - left;
  const stack = new Stack(top + 13);
  stack.put((y) => {
    const title = paragraph(
      titleLeft,
      layout === 'wide' ? y : y + 3,
      'n',
      row.title,
      x + width - pad - titleLeft,
      { most: 2 },
    );
    return layout === 'wide' ? title : { markup: title.markup, height: Math.max(30, title.height + 6) };
  });
  stack.gap(2);
  for (const content of row.texts) stack.put((y) => paragraph(left, y, 's', content, inside));
  for (const { label, lines } of row.outcomes) {
    stack.gap(8);
    if (label !== '') {
      stack.put((y) => paragraph(left, y, 'l', label, inside, { look: paid ? 'rt-paidtext' : 'rt-accent' }));
      stack.gap(4);
    }
    stack.put((y) => drawLines(lines, left, y, inside));
  }
  stack.gap(13);
  const height = stack.y - top;
  return {
    markup: group(
      el('rect', { class: 'rt-card', x: at(x), y: at(top), width: at(width), height: at(height), rx: 12 }),
      el('circle', { class: paid ? 'rt-g-paid' : 'rt-seat', cx: at(x + pad + 12), cy: at(top + 26), r: 14 }),
      icon(row.cause, x + pad + 4, top + 18, 16, paid ? 'rt-i rt-s-paid' : 'rt-i'),
      stack.piece().markup,
    ),
    height,
  };
}
