import { at, el, type Markup } from '../draw/markup.js';
import type { Cause } from '../words/timeline/words.js';
import type { DeedKind, NoteKind } from './rows.js';

type IconName =
  | DeedKind
  | NoteKind
  | Cause
  | 'whatsapp'
  | 'sms'
  | 'email'
  | 'phone'
  | 'letter'
  | 'message'
  | 'repeat';

const circle = 'M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0z';
const calendar =
  'M2.5 4.9c0-.8.6-1.4 1.4-1.4h8.2c.8 0 1.4.6 1.4 1.4v7.2c0 .8-.6 1.4-1.4 1.4H3.9c-.8 0-1.4-.6-1.4-1.4zM2.5 6.8h11M5.5 2v2.6M10.5 2v2.6';

/** Strokes on a ground of 16 by 16. */
const strokes: Readonly<Record<IconName, string>> = {
  whatsapp:
    'M8 2.2a5.8 5.8 0 1 1-2.9 10.9L2.3 13.8l.8-2.7A5.8 5.8 0 0 1 8 2.2zM6.1 5.9c-.1 2.3 1.8 4.2 4 4.1',
  sms: 'M4.5 3c0-.8.6-1.4 1.4-1.4h4.2c.8 0 1.4.6 1.4 1.4v10c0 .8-.6 1.4-1.4 1.4H5.9c-.8 0-1.4-.6-1.4-1.4zM7.2 12.2h1.6',
  email:
    'M2 4.9c0-.8.6-1.4 1.4-1.4h9.2c.8 0 1.4.6 1.4 1.4v6.2c0 .8-.6 1.4-1.4 1.4H3.4c-.8 0-1.4-.6-1.4-1.4zM2.4 4.6L8 8.8l5.6-4.2',
  phone:
    'M4 2.5h2.1l1.1 2.9-1.5 1.1a8 8 0 0 0 3.8 3.8l1.1-1.5 2.9 1.1V12A1.5 1.5 0 0 1 12 13.5 9.8 9.8 0 0 1 2.5 4 1.5 1.5 0 0 1 4 2.5z',
  letter: 'M4 1.8h5.3l3 3v9.4H4zM9.2 1.8v3.1h3.1M6.2 8.2h3.8M6.2 10.8h3.8',
  message: 'M2.5 3.2h11v8h-6l-2.8 2.4v-2.4H2.5z',
  repeat: 'M13 8a5 5 0 1 1-1.6-3.7M13.2 2.2v2.9h-2.9',
  task: 'M3.9 2.5h8.2c.8 0 1.4.6 1.4 1.4v8.2c0 .8-.6 1.4-1.4 1.4H3.9c-.8 0-1.4-.6-1.4-1.4V3.9c0-.8.6-1.4 1.4-1.4zM5.2 8.2l2 2 3.7-4.3',
  alert:
    'M8 2.2A3.9 3.9 0 0 0 4.1 6c0 3.4-1.3 4.7-1.3 4.7h10.4S11.9 9.4 11.9 6A3.9 3.9 0 0 0 8 2.2zM6.8 13a1.3 1.3 0 0 0 2.4 0',
  effect: 'M8 1.8v5.6M4.7 4.2a5.2 5.2 0 1 0 6.6 0',
  fee: `${circle}M9.7 6.2C9.4 5.6 8.8 5.3 8 5.3c-1 0-1.7.5-1.7 1.3 0 1.8 3.5.9 3.5 2.8 0 .8-.8 1.3-1.8 1.3-.9 0-1.5-.4-1.9-1M8 4.2v1.1M8 10.7v1.1`,
  handover: 'M2 8h8.4M7.2 4.6L10.6 8l-3.4 3.4M13.4 3v10',
  writeOff: `${circle}M5.2 8h5.6`,
  close: `${circle}M5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2`,
  escalate: 'M8 13.5V3.2M4 7l4-4 4 4',
  nothing: `${circle}M3.8 12.2l8.4-8.4`,
  when: 'M2.5 3h11L9.3 8.2v4.2l-2.6 1.3V8.2z',
  least: 'M4 3.4l8 3.3-8 3.3M4 13h8',
  day: calendar,
  person: 'M5.4 5.2a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0zM3 13.6c.3-2.8 2.3-4.2 5-4.2s4.7 1.4 5 4.2',
  clock: `${circle}M8 4.7V8l2.4 1.5`,
  level: 'M2.2 13.4h3.4v-3.2h3.4V6.8h3.4V3.2h1.6',
  paid: 'M3.2 8.4l3.3 3.4 6.3-7.4',
  promise: `${calendar}M5.6 10l1.7 1.7 3-3.3`,
  dispute: 'M8 2.4l6.2 11H1.8zM8 6.6v3M8 11.5v.2',
  reply: 'M6.4 3.6L2.6 7.4l3.8 3.8M2.8 7.4h5.9a4.4 4.4 0 0 1 4.5 4.5v.9',
  reported:
    'M1.6 8S4 3.9 8 3.9 14.4 8 14.4 8 12 12.1 8 12.1 1.6 8 1.6 8zM6.2 8a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0z',
  exhausted: 'M4 14.2V2.4M4 3h8l-1.8 2.8L12 8.6H4',
  reopened: 'M3 8a5 5 0 1 0 1.6-3.7M2.8 2.2v2.9h2.9',
};

/** An icon in a square of `size` whose top left corner is given. */
export function icon(name: IconName, x: number, top: number, size = 16, look = 'rt-i'): Markup {
  const scale = size === 16 ? '' : ` scale(${Math.round((size / 16) * 1000) / 1000})`;
  return el('path', { class: look, transform: `translate(${at(x)} ${at(top)})${scale}`, d: strokes[name] });
}

const channels: Readonly<Record<string, IconName>> = {
  whatsapp: 'whatsapp',
  sms: 'sms',
  email: 'email',
  voice: 'phone',
  phone: 'phone',
  call: 'phone',
  letter: 'letter',
};

/** The icon of a channel; of a host's own a bubble. */
export function channelIcon(channel: string): IconName {
  return Object.hasOwn(channels, channel) ? (channels[channel] ?? 'message') : 'message';
}
