import type { RunWords } from './words.js';

const by = (until: string | undefined): string => (until === undefined ? '' : `, until ${until}`);

export const en: RunWords = {
  approve: (message, until) => `approve ${message}${by(until)}`,
  doByHand: (message, until) => `do ${message} by hand and confirm it${by(until)}`,
  byHand: {
    call: (message, owner, until) => `call about ${message}: ${owner}${by(until)}`,
    letter: (message, owner, until) => `print and post the letter ${message}: ${owner}${by(until)}`,
  },
  messageBy: (message, channel) => (channel === undefined ? message : `${message} by ${channel}`),
  alert: (name, owner) => `alert ${name} for ${owner}`,
  effectOn: (name) => `begin ${name}`,
  effectOff: (name) => `end ${name}`,
  fee: (name, sums) => `book ${name}${sums === undefined ? '' : ` of ${sums}`}`,
  handover: (to) => `hand over to ${to}`,
  legal: 'legal',
  agency: 'the agency',
  writeOff: (owner) => `decide whether to write it off, ${owner}`,
  task: (what, owner) => `${what} for ${owner}`,
  anyTask: 'task',
  anyOwner: 'whoever looks after the account',
  outcome: {
    unknown: (why) => `nobody knows whether it went out (${why}); resolve it`,
    delayed: (why) => `not sent yet (${why}); it is tried again`,
    refused: (why) => `refused for good: ${why}`,
    failed: (why) => `it could not be dealt with: ${why}`,
    misconfigured: (why) => `the channel is not set up correctly: ${why}`,
    notReviewed: (why) => `it could not be reviewed: ${why}`,
  },
  limit: (most, counts, per) => `${most} ${counts} per ${per}`,
  counts: {
    sent: (count) => `${count} sent`,
    waiting: (count) => `${count} waiting`,
    skipped: (count) => `${count} skipped`,
    tasks: (count, one) => `${count} ${one ? 'task' : 'tasks'}`,
    failed: (count) => `${count} failed`,
  },
  heads: { sent: 'sent', waiting: 'waiting', skipped: 'skipped', tasks: 'task', failed: 'failed' },
  more: (count) => `… and ${count} more`,
  invoicesMore: (some, count) => `${some} and ${count} more`,
  next: (when) => `next ${when}`,
  nothingBefore: (when) => `nothing is due before ${when}`,
  nothingPlanned: 'nothing is due and nothing is planned',
  messageWaits: (when) => `a message waits for its next try, ${when}`,
  paused: (channel, since, author) =>
    `${channel === undefined ? 'nothing goes out' : `nothing goes out by ${channel}`}: paused by ${author}, ${since}`,
};
