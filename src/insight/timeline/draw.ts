import { at, el, group, type Markup } from '../draw/markup.js';
import type { Speech } from '../words/index.js';
import { drawCauses } from './causes-draw.js';
import type { Frame } from './frame.js';
import { measure, type Piece, paragraph, pill, Stack, shape, text } from './kit.js';
import { drawLadder } from './ladder-draw.js';
import { drawOverview } from './overview-draw.js';
import type { PolicyModel, Rule } from './rows.js';

/** The picture of one policy, drawn from `top` on, set off from what is above. */
export function drawPolicy(model: PolicyModel, frame: Frame, speech: Speech, top: number): Piece {
  const stack = new Stack(top);
  const { margin, width } = frame;
  if (top > 0)
    stack.put((y) => ({
      markup: el('line', { class: 'rt-part', x1: margin, x2: width - margin, y1: at(y), y2: at(y) }),
      height: 6,
    }));
  stack.gap(frame.layout === 'wide' ? 26 : 18);
  stack.put((y) => header(model, frame, y));
  stack.gap(20);
  stack.put((y) => drawOverview(model, frame, speech, y));
  stack.put((y) => drawLadder(model, frame, speech, y));
  stack.gap(14);
  stack.put((y) => drawCauses(model, frame, speech, y));
  stack.gap(18);
  stack.put((y) => legend(model, frame, speech, y));
  stack.gap(frame.layout === 'wide' ? 24 : 16);
  return stack.piece();
}

function header(model: PolicyModel, frame: Frame, top: number): Piece {
  const { margin, width, columns } = frame;
  const inside = width - 2 * margin;
  const stack = new Stack(top);
  const look = { style: 'u', look: 'rt-chip', textLook: 'rt-mutedtext' } as const;
  const version = pill(0, 0, model.version, look);
  stack.put((y) => {
    const name = paragraph(margin, y, 'h', model.name, inside - version.width - 12, { most: 4 });
    return {
      markup: group(name.markup, pill(width - margin - version.width, y + 3, model.version, look).markup),
      height: name.height,
    };
  });
  stack.gap(12);
  stack.put((y) => inRows(model.rules, { x: margin, top: y, width: inside, columns }));
  return stack.piece();
}

/** Rules side by side, each pair beginning at the same height. */
function inRows(
  rules: readonly Rule[],
  area: { readonly x: number; readonly top: number; readonly width: number; readonly columns: number },
): Piece {
  const gap = 28;
  const each = (area.width - (area.columns - 1) * gap) / area.columns;
  const stack = new Stack(area.top);
  for (let index = 0; index < rules.length; index += area.columns) {
    if (index > 0) stack.gap(10);
    stack.put((y) => {
      const pieces = rules.slice(index, index + area.columns).map((rule, column) => {
        const x = area.x + column * (each + gap);
        const heading = paragraph(x, y, 'l', rule.heading, each, { look: 'rt-mutedtext' });
        const body = paragraph(x, y + heading.height + 1, 'p', rule.text, each);
        return { markup: group(heading.markup, body.markup), height: heading.height + 1 + body.height };
      });
      return {
        markup: group(...pieces.map((piece) => piece.markup)),
        height: Math.max(...pieces.map((piece) => piece.height)),
      };
    });
  }
  return stack.piece();
}

function legend(model: PolicyModel, frame: Frame, speech: Speech, top: number): Piece {
  const { margin, width } = frame;
  const stack = new Stack(top);
  const tones: Markup[] = [];
  let x = margin + 7;
  for (const tone of ['friendly', 'firm', 'formal'] as const) {
    const label = speech.words.tones[tone];
    tones.push(shape(tone, x, top + 8, 5.6), text(x + 13, top + 12.5, 's', label));
    x += measure(label, 's') + 36;
  }
  stack.put(() => ({ markup: group(...tones), height: 22 }));
  const chains = [
    ...model.stages.flatMap((stage) => stage.lines),
    ...model.causes.flatMap((row) => row.outcomes.flatMap((one) => one.lines)),
  ].flatMap((line) => (line.kind === 'send' && line.hops.length > 1 ? [line.hops] : []));
  const { next, patience } = speech.words.timeline.legend;
  const told = [
    ...(chains.length > 0 ? [next] : []),
    ...(chains.some((hops) => hops.some((hop) => hop.patience !== undefined)) ? [patience] : []),
  ];
  for (const sentence of told) stack.put((y) => paragraph(margin, y, 's', sentence, width - 2 * margin));
  return stack.piece();
}
