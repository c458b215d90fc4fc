import type { Stage, Trigger } from '../types.js';

const after = (plus: string): Trigger => ({ from: 'due', plus });

/** A week before the due date. */
export const upcoming: Stage = {
  id: 'upcoming',
  name: 'Before the due date',
  tone: 'friendly',
  at: { from: 'due', minus: '7d' },
  do: [{ send: 'upcoming' }],
};

/** On the due date and on no other day: its text says "today". */
export const dueToday: Stage = {
  id: 'due-today',
  name: 'On the due date',
  tone: 'friendly',
  at: { from: 'due', plus: '0d' },
  when: { fact: 'item.daysPastDue', eq: 0 },
  do: [{ send: 'due-today' }],
};

/** The first word after the due date. */
export const reminder = (plus: string): Stage => ({
  id: 'reminder',
  name: 'Reminder',
  tone: 'friendly',
  at: after(plus),
  do: [{ send: 'reminder' }],
});

/** Asks when payment can be expected. */
export const followUp = (plus: string): Stage => ({
  id: 'follow-up',
  name: 'Follow-up',
  tone: 'friendly',
  at: after(plus),
  do: [{ send: 'follow-up' }],
});

/** Asks for payment or a date. */
export const firm = (plus: string): Stage => ({
  id: 'firm',
  name: 'Firm reminder',
  tone: 'firm',
  at: after(plus),
  do: [{ send: 'firm' }],
});

/** The formal notice. */
export const collectionNotice = (plus: string): Stage => ({
  id: 'collection-notice',
  name: 'Collection notice',
  tone: 'formal',
  at: after(plus),
  do: [{ send: 'collection-notice' }],
});
