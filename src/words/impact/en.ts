import type { ImpactWords } from './words.js';

const of = (amounts: string | undefined): string => (amounts === undefined ? '' : ` (${amounts})`);

export const en: ImpactWords = {
  title: (affected, all, one, when) =>
    `Dry run${when === undefined ? '' : ` for ${when}`}: something changes for ${affected} of ${all} ${one ? 'account' : 'accounts'}.`,
  nothing: (all, one) =>
    `Nothing changes at the next run for ${one ? 'the one account' : `any of ${all} accounts`}.`,
  heads: { messages: 'Messages', fees: 'Fees', levels: 'Levels', cases: 'Cases' },
  gained: (count, amounts) => `${count} more${of(amounts)}`,
  lost: (count, amounts) => `${count} fewer${of(amounts)}`,
  changed: (count, after, before) =>
    `${count} otherwise${after === undefined || before === undefined ? '' : ` (${after} instead of ${before})`}`,
  levels: {
    gained: (count, one) => `${count} ${one ? 'reaches a first level' : 'reach a first level'}`,
    lost: (count, one) => `${count} ${one ? 'loses its level' : 'lose their level'}`,
    raised: (count) => `${count} raised`,
    lowered: (count) => `${count} lowered`,
    other: (count) => `${count} on another stage of the same level`,
  },
  cases: {
    kept: (count) => `${count} kept as they are`,
    adopted: (count, one) => `${count} ${one ? 'adopts another version' : 'adopt another version'}`,
    mapped: (count, one) =>
      `${count} ${one ? 'adopts another version with stages renamed' : 'adopt another version with stages renamed'}`,
    closed: (count) => `${count} closed`,
    opened: (count) => `${count} opened`,
  },
  withdrawn: (count, one) =>
    `${count} ${one ? 'message that is' : 'messages that are'} decided already ${one ? 'is' : 'are'} taken back.`,
  failed: (count, one) => `${count} ${one ? 'account' : 'accounts'} could not be compared:`,
  gains: (what) => `more: ${what}`,
  loses: (what) => `no longer: ${what}`,
  instead: (after, before) => `${after} instead of ${before}`,
  feeGained: (fee, amount) => `fee ${fee}: ${amount} more`,
  feeLost: (fee, amount) => `fee ${fee}: ${amount} no longer`,
  feeChanged: (fee, after, before) => `fee ${fee}: ${after} instead of ${before}`,
  level: (item, after, before) =>
    after === undefined
      ? `${item}: no level any more, ${before ?? ''} today`
      : `${item}: level ${after}${before === undefined ? ', none today' : ` instead of ${before}`}`,
  ahead: (when) => `on ${when}`,
  more: (count) => `… and ${count} more`,
  moreAccounts: (count, one) => `… and ${count} more ${one ? 'account' : 'accounts'}`,
};
