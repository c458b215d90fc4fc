import { at, el, group, type Markup } from '../draw/markup.js';
import { cut } from '../draw/text.js';
import { capital } from './conditions.js';
import { styles } from './frame.js';
import { channelIcon, icon } from './icons.js';
import { measure, type Piece, paragraph, Stack, text } from './kit.js';
import type { Hop, Line, SendLine } from './rows.js';

const chipHeight = 26;
const rowGap = 6;
const arrowWidth = 11;
/** Between chips and arrows. */
const gap = 5;

/** What is done, one line below the other. */
export function drawLines(lines: readonly Line[], left: number, top: number, inside: number): Piece {
  const stack = new Stack(top);
  // Which message is meant goes without saying where there is one.
  const several = lines.filter((line) => line.kind === 'send').length > 1;
  lines.forEach((line, index) => {
    if (index > 0) stack.gap(6);
    stack.put((y) =>
      line.kind === 'send'
        ? sendFlow(line, { left, top: y, inside, named: several })
        : deed(line.kind, line.text, left, y, inside),
    );
  });
  return stack.piece();
}

function deed(
  kind: Exclude<Line['kind'], 'send'>,
  content: string,
  left: number,
  top: number,
  inside: number,
): Piece {
  const body = paragraph(left + 24, top + 3, 'p', content, inside - 24);
  return {
    markup: group(
      icon(kind, left + 1, top + 3.5, 16, kind === 'nothing' ? 'rt-i rt-quiet' : 'rt-i'),
      body.markup,
    ),
    height: body.height + 5,
  };
}

interface Token {
  readonly width: number;
  /** Stays on the line of what is before it. */
  readonly sticks: boolean;
  readonly draw: (x: number, y: number) => Markup;
}

/** Channels as chips with arrows between them, wrapping where they are too many for a line. */
function sendFlow(
  send: SendLine,
  place: { readonly left: number; readonly top: number; readonly inside: number; readonly named: boolean },
): Piece {
  const { left, top, inside } = place;
  const tokens: Token[] = [];
  if (place.named) {
    const shown = cut(send.message, inside, styles.b.size, true);
    tokens.push({
      width: measure(shown, 'b') + 4,
      sticks: false,
      draw: (x, y) => text(x, y + 17.5, 'b', shown),
    });
  }
  send.hops.forEach((hop, index) => {
    tokens.push(chip(hop, inside));
    if (index < send.hops.length - 1) tokens.push(arrow(hop.patience));
  });
  const flow = flowed(tokens, left, top, inside);
  if (send.details === '') return flow;
  const below = paragraph(left + 2, top + flow.height + 4, 's', capital(send.details), inside - 2);
  return { markup: group(flow.markup, below.markup), height: flow.height + 4 + below.height };
}

function flowed(tokens: readonly Token[], left: number, top: number, inside: number): Piece {
  const parts: Markup[] = [];
  let x = left;
  let y = top;
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    // An arrow is never torn from the channel before it.
    const needed = token.width + (next?.sticks === true ? gap + next.width : 0);
    if (x > left && !token.sticks && x + needed > left + inside) {
      x = left;
      y += chipHeight + rowGap;
    }
    parts.push(token.draw(x, y));
    x += token.width + gap;
  });
  return { markup: group(...parts), height: y - top + chipHeight };
}

/** To the next channel: after how long, where it is not only for refusals. */
function arrow(patience: string | undefined): Token {
  const label = patience ?? '';
  const wide = label === '' ? 0 : measure(label, 's') + 4;
  return {
    width: wide + arrowWidth,
    sticks: true,
    draw: (x, y) => {
      const from = x + wide;
      const middle = y + chipHeight / 2;
      return group(
        label === '' ? undefined : text(x + wide / 2, y + 17.5, 's', label, 'middle'),
        el('path', {
          class: 'rt-i rt-quiet',
          d: `M${at(from)} ${at(middle)}h${arrowWidth}m-3.5-3.5l3.5 3.5-3.5 3.5`,
        }),
      );
    },
  };
}

function chip({ channel, name }: Hop, inside: number): Token {
  const label = cut(name, Math.min(170, inside - 60), styles.p.size);
  const written = measure(label, 'p');
  const wide = written + 33;
  return {
    width: wide,
    sticks: false,
    draw: (x, y) =>
      group(
        el('rect', {
          class: 'rt-chip',
          x: at(x),
          y: at(y + 0.5),
          width: at(wide),
          height: chipHeight - 1,
          rx: (chipHeight - 1) / 2,
        }),
        icon(channelIcon(channel), x + 8, y + 6, 14),
        text(x + 25 + written / 2, y + 17.8, 'p', label, 'middle'),
      ),
  };
}
