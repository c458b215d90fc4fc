import type { MessageAbout, Reactions } from './types.js';

/** What a policy answers the debtor on: the reactions that send messages. */
export type AnswerCause = 'paid' | 'promised' | 'disputed' | 'reported';

/** What the message of an answer is about. */
export const answerAbouts = {
  paid: 'payment',
  promised: 'promise',
  disputed: 'dispute',
  reported: 'report',
} as const satisfies Readonly<Record<AnswerCause & keyof Reactions, MessageAbout>>;

/** All causes, in the order of the documents. */
export const answerCauses: readonly AnswerCause[] = ['paid', 'promised', 'disputed', 'reported'];
