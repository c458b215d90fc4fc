import type { NextWords } from './words.js';

export const en: NextWords = {
  empty: 'Nobody has to be looked at.',
  entry: (place, who, score, owner) =>
    `${place}. ${who}, ${score} of 100 points${owner === undefined ? '' : `, ${owner}`}`,
  overdue: (amounts, days) => `overdue: ${amounts}${days === undefined ? '' : `, the oldest for ${days}`}`,
  lastContact: (day) => (day === undefined ? 'never contacted' : `last contact: ${day}`),
  since: (what, day) => `${what}, since ${day}`,
  work: {
    unknown: (name) => `say whether ${name} went out`,
    proposal: (name) => `approve, confirm or discard ${name}`,
    task: (name) => name,
    handover: (name) => `hand over (${name})`,
    alert: (name) => `alert ${name}`,
    'write-off': () => 'decide whether to write it off',
    fee: (name) => `book the fee ${name}`,
    effect: (name) => `carry out ${name}`,
  },
  until: (day) => `until ${day}`,
  first: 'waits for somebody:',
  next: (what, when) => `next: ${what}, ${when}`,
  becomes: {
    sent: 'sent',
    proposed: 'proposed to a person',
    confirmed: 'confirmed by a person',
    raised: 'raised',
  },
  because: (why) => `because ${why}`,
  nothing: 'nothing comes by itself:',
  idle: 'nothing to do, and nothing ahead',
  more: (count) => `… and ${count} more`,
};
