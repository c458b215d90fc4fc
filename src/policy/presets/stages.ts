import type { Action, Stage, Tone, Trigger } from '../types.js';
import type { PresetMessage } from './messages/pack.js';

const after = (plus: string): Trigger => ({ from: 'due', plus });

/** A week before the due date, or as said. */
export const upcoming = (minus = '7d'): Stage => ({
  id: 'upcoming',
  tone: 'friendly',
  at: { from: 'due', minus },
  do: [{ send: 'upcoming' }],
});

/** On the due date and on no other day: its text says "today". */
export const dueToday: Stage = {
  id: 'due-today',
  tone: 'friendly',
  at: { from: 'due', plus: '0d' },
  when: { fact: 'item.daysPastDue', eq: 0 },
  do: [{ send: 'due-today' }],
};

/** The first word after the due date. */
export const reminder = (plus: string): Stage => ({
  id: 'reminder',
  tone: 'friendly',
  at: after(plus),
  do: [{ send: 'reminder' }],
});

/** Asks when payment can be expected. */
export const followUp = (plus: string): Stage => ({
  id: 'follow-up',
  tone: 'friendly',
  at: after(plus),
  do: [{ send: 'follow-up' }],
});

/** Asks for payment or a date. */
export const firm = (plus: string): Stage => ({
  id: 'firm',
  tone: 'firm',
  at: after(plus),
  do: [{ send: 'firm' }],
});

/** The formal notice. */
export const collectionNotice = (plus: string): Stage => ({
  id: 'collection-notice',
  tone: 'formal',
  at: after(plus),
  do: [{ send: 'collection-notice' }],
});

/** The stage that hands the debt to a person, once the last message has had its time. */
export const call: Stage = {
  id: 'call',
  tone: 'formal',
  at: { from: 'previous', plus: '3bd', businessDay: 'next' },
  do: [{ task: 'call', within: '2bd' }],
};

/** What a level says, and how. */
interface Words {
  readonly tone: Tone;
  readonly send: PresetMessage;
}

const friendly: Words = { tone: 'friendly', send: 'reminder' };
const asking: Words = { tone: 'friendly', send: 'follow-up' };
const stern: Words = { tone: 'firm', send: 'firm' };
const formal: Words = { tone: 'formal', send: 'collection-notice' };
const final: Words = { tone: 'formal', send: 'final-notice' };

/** What ladders of so many levels say, from the mildest to the last. */
const ladders: readonly (readonly Words[])[] = [
  [friendly],
  [friendly, stern],
  [friendly, stern, final],
  [friendly, asking, stern, final],
  [friendly, asking, stern, formal, final],
];

/** Most levels of a ladder: as many as a person can tell apart. */
export const mostLevels = 9;

/** What each of so many levels says. Beyond five the firm one is repeated. */
function wordsOf(count: number): readonly Words[] {
  const known = ladders[count - 1];
  if (known !== undefined) return known;
  return [friendly, asking, ...Array.from({ length: count - 4 }, () => stern), formal, final];
}

/** A level without its words. */
export type Rung = Omit<Stage, 'id' | 'name' | 'tone' | 'level' | 'do'> & {
  /** What it does beside writing. */
  readonly also?: readonly Action[] | undefined;
};

/** Numbered levels, each severer than the one below it. */
export function levelled(rungs: readonly Rung[]): Stage[] {
  const words = wordsOf(rungs.length);
  return rungs.map(({ also = [], ...rung }, index): Stage => {
    const { tone, send } = words[index] ?? stern;
    return { id: `level-${index + 1}`, tone, level: index + 1, ...rung, do: [{ send }, ...also] };
  });
}
