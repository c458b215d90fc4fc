import type { StuckWords } from './words.js';

export const en: StuckWords = {
  nothing: 'Nothing is stuck.',
  unknown: (count, one) =>
    `${count} ${one ? 'message' : 'messages'} of which nobody knows whether ${one ? 'it' : 'they'} went out: look ${one ? 'it' : 'them'} up and resolve ${one ? 'it' : 'them'}`,
  leases: (count, one) =>
    `${count} ${one ? 'act' : 'acts'} whose worker has not been heard of: the next run deals with ${one ? 'it' : 'them'}`,
  circuits: (count, one) => `${count} ${one ? 'thing' : 'things'} held back because they fail`,
  rates: (count, one) =>
    `${count} ${one ? 'limit' : 'limits'} reached: what ${one ? 'it keeps' : 'they keep'} back goes out by itself`,
  rate: (whose, limit, until) => `${whose}: ${limit}; goes on ${until}`,
  overdue: (count, one) =>
    `${count} ${one ? 'message' : 'messages'} that should have gone out by now: does a worker run?`,
  reviews: (count, one) => `${count} ${one ? 'account' : 'accounts'} due for long and not reviewed`,
  lapsing: (count, one) =>
    `${count} ${one ? 'proposal' : 'proposals'} about to lapse: approve, confirm or discard ${one ? 'it' : 'them'}`,
  deadLetters: (count, one) =>
    `${count} ${one ? 'message' : 'messages'} that did not go out and nothing went in ${one ? 'its' : 'their'} place: mend the cause and retry ${one ? 'it' : 'them'}`,
  aside: (count, one) =>
    `${count} ${one ? 'message or receipt' : 'messages or receipts'} that came in and could not be worked on: mend the cause and take ${one ? 'it' : 'them'} again`,
  line: (what, since, why) => `${what}, since ${since}${why === undefined ? '' : `: ${why}`}`,
  scope: {
    account: (channel) => `the account behind ${channel}`,
    sender: (channel, name) => `the sender ${name} of ${channel}`,
    template: (channel, name) => `the template ${name} of ${channel}`,
    recipient: (channel, name) => `${name} by ${channel}`,
    pair: (channel, name) => `${name} by ${channel}`,
  },
  nextProbe: (when) => `tried again ${when}`,
  until: (day) => `until ${day}`,
  more: (count) => `… and ${count} more`,
};
