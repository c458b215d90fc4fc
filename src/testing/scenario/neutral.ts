import { type AnswerCause, answerAbouts } from '../../policy/answers.js';
import type { MessageAbout as About } from '../../policy/types.js';
import type { Loose } from '../../schema/index.js';
import { isLoose } from './plain.js';

/** Messages that policies send, with what they are about. */
export function sendsOf(policies: readonly Loose[]): ReadonlyMap<string, About> {
  const sends = new Map<string, About>();
  const walk = (value: unknown, about: About): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, about);
    else if (isLoose(value)) {
      const { send, ...rest } = value;
      if (typeof send === 'string') sends.set(send, about);
      for (const [key, member] of Object.entries(rest))
        walk(member, Object.hasOwn(answerAbouts, key) ? answerAbouts[key as AnswerCause] : about);
    }
  };
  for (const policy of policies) {
    walk(policy.stages, 'items');
    walk(policy.on, 'items');
  }
  return sends;
}

const amounts: Readonly<Record<About, string>> = {
  items: '{{amount}}',
  payment: '{{paid.amount}}',
  promise: '{{promise.amount}} {{promise.date}}',
  dispute: '{{disputed.amount}}',
  report: '{{reported.amount}}',
};

/** A text that says what it is and what it is about, and nothing else. */
export function neutralMessage(
  id: string,
  about: About,
  channels: readonly string[],
  language: string,
): Loose {
  const amount = amounts[about];
  const one = `${id}: {{account.name}}, {{invoice.number}}, ${amount}. {{ask}} answers.`;
  const many = `${id}: {{account.name}}, {{invoice.numbers}}, ${amount} ({{count}}). {{ask}} answers.`;
  const text = { one, many };
  const texts = channels.map((channel) => [
    channel,
    channel === 'email' ? { subject: `${id} ${amount}`, body: text } : text,
  ]);
  return { id, about, text: { [language]: Object.fromEntries(texts) } };
}
