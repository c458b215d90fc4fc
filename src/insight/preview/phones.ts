import { whatsappBodyLimit } from '../../messages/whatsapp-body.js';
import { type Child, el, group, type Markup } from '../draw/markup.js';
import { widthOf } from '../draw/text.js';
import { counted, type Speech } from '../words/index.js';
import { exampleDay } from './examples.js';
import type { Sample } from './samples.js';

const time = '10:24';

/** A sample as its reader sees it, with what it costs in room. */
export function sampleBody(sample: Sample, speech: Speech): Markup {
  const { preview } = speech.words;
  const { content } = sample;
  switch (content.kind) {
    case 'none':
      return el('p', { class: 'none' }, preview.noText);
    case 'failed':
      return el('p', { class: 'failed' }, `${preview.cannot}: ${content.reason}`);
    case 'sms': {
      const { segments, encoding } = content.segments;
      const size = `${counted(segments, preview.segments, speech.format)} · ${lengthOf(content.text, speech)}`;
      return group(
        phone('sms', sample, content.text.split('\n').flatMap(breaking), speech),
        meta(`${size} · ${preview.shortLetters[encoding]}`),
      );
    }
    case 'email':
      return emailFrame(content, speech);
    case 'text': {
      if (sample.channel !== 'whatsapp')
        return group(paper(content.text, sample), meta(lengthOf(content.text, speech)));
      const length = [...content.text].length;
      const { format } = speech;
      return group(
        phone('whatsapp', sample, marked(content.text), speech),
        meta(preview.charactersOf(format.count(length), format.count(whatsappBodyLimit))),
      );
    }
  }
}

function lengthOf(text: string, speech: Speech): string {
  return counted([...text].length, speech.words.preview.characters, speech.format);
}

function meta(text: string): Markup {
  return el('p', { class: 'meta' }, text);
}

function phone(look: 'whatsapp' | 'sms', sample: Sample, body: readonly Child[], speech: Speech): Markup {
  const [first = ''] = sample.sender.trim();
  return el(
    'div',
    { class: `phone ${look}` },
    el(
      'div',
      { class: 'bar', 'aria-hidden': 'true' },
      el('span', { class: 'face' }, first.toUpperCase()),
      el('span', { class: 'name' }, sample.sender),
    ),
    el(
      'div',
      { class: 'chat' },
      el('p', { class: 'day' }, el('time', { datetime: exampleDay }, speech.words.preview.today)),
      el(
        'div',
        { class: 'bubble', lang: sample.language, dir: 'auto' },
        ...body,
        el('span', { class: 'time' }, time),
      ),
    ),
  );
}

/** A letter or a channel of the host's own: text on paper. */
function paper(text: string, sample: Sample): Markup {
  return el(
    'div',
    { class: 'paper', lang: sample.language, dir: 'auto' },
    ...text.split('\n').flatMap(breaking),
  );
}

function breaking(line: string, index: number): Child[] {
  return index === 0 ? [line] : [el('br'), line];
}

const marks =
  /(?<![\p{L}\p{N}])(?:\*([^*\n]+)\*|_([^_\n]+)_|~([^~\n]+)~)(?![\p{L}\p{N}])|(https?:\/\/[^\s]+)/gu;

/** WhatsApp's own light markup, as the application shows it. */
function marked(text: string): Child[] {
  return text.split('\n').flatMap((line, index) => {
    const parts: Child[] = index === 0 ? [] : [el('br')];
    let at = 0;
    for (const match of line.matchAll(marks)) {
      const [whole, bold, slanted, struck, address] = match;
      parts.push(line.slice(at, match.index));
      if (bold !== undefined) parts.push(el('b', {}, bold));
      else if (slanted !== undefined) parts.push(el('i', {}, slanted));
      else if (struck !== undefined) parts.push(el('s', {}, struck));
      // Looks like a link and leads nowhere: it is invented.
      else parts.push(el('span', { class: 'link' }, address ?? whole));
      at = match.index + whole.length;
    }
    parts.push(line.slice(at));
    return parts;
  });
}

interface Email {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly from: string;
}

/**
 * The HTML in a frame without scripts, same origin, forms or pop-ups. Its links
 * ask for a window of their own, which the frame may not open: they do nothing.
 */
function emailFrame({ subject, text, html, from }: Email, { words }: Speech): Markup {
  const { preview } = words;
  const page = html.replace('<head>', '<head>\n<base target="_blank">');
  const style = `--wide:${heightOf(text, 500)}px;--narrow:${heightOf(text, 285)}px`;
  return group(
    el(
      'div',
      { class: 'mail' },
      el(
        'dl',
        {},
        el('dt', {}, preview.from),
        el('dd', {}, from),
        el('dt', {}, preview.subject),
        el('dd', { class: 'subject' }, subject),
      ),
      el('iframe', {
        title: preview.emailFrame(subject),
        sandbox: '',
        loading: 'lazy',
        referrerpolicy: 'no-referrer',
        style,
        srcdoc: page,
      }),
    ),
    el('details', { class: 'fold' }, el('summary', {}, preview.plainText), el('pre', {}, text)),
  );
}

/**
 * Room that an e-mail takes, somewhat more rather than less: no script may ask
 * the frame, so its lines are counted. Frame and foot take about 200, rows of a
 * table more than lines of text, and a button more than the link that it stands for.
 */
function heightOf(text: string, width: number): number {
  const body = text.split('\n').reduce((sum, line) => {
    if (line.trim() === '') return sum + 16;
    return sum + Math.ceil(widthOf(line, 16) / width) * 24 + (rowLike.test(line) ? 12 : 0);
  }, 0);
  return Math.round(body + 205);
}

/** Columns of a table, as the plain text parts them, or a link that becomes a button. */
const rowLike = / {2,}\S| \| |^https?:/;
