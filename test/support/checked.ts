import { compile, type Engine } from '../../src/engine/index.js';
import { answerAbouts, answerCauses } from '../../src/policy/answers.js';
import type { Documents, Message, Plan, Policy } from '../../src/policy/types.js';
import { parseDocuments } from '../../src/schema/index.js';
import { aPlan } from './build.js';

/**
 * An engine over documents that a host could load: they went through
 * `parseDocuments`, with a catalogue that has every message they send.
 */
export function checkedEngine(policy: Policy | readonly Policy[], plan: Plan = aPlan()): Engine {
  const policies = Array.isArray(policy) ? (policy as readonly Policy[]) : [policy as Policy];
  const { plan: good, policies: all } = checkedDocuments(policies, plan);
  return compile({ plan: good, policies: all });
}

export function checkedDocuments(policies: readonly Policy[], plan: Plan = aPlan()): Documents {
  const about = new Map<string, Message['about']>();
  for (const policy of policies) {
    for (const stage of policy.stages)
      for (const action of stage.do) if ('send' in action) about.set(action.send, 'items');
    for (const cause of answerCauses)
      for (const { send } of policy.on?.[cause] ?? []) about.set(send, answerAbouts[cause]);
  }
  const messages = [...about].map(
    ([id, what]): Message => ({
      id,
      about: what,
      text: {
        es: {
          email: { subject: `Aviso ${id}`, body: 'Buen día, {{contact.name}}.' },
          whatsapp: 'Buen día, {{contact.name}}, gracias.',
          sms: 'Buen día, {{contact.name}}.',
        },
      },
    }),
  );
  return parseDocuments({ plan, policies, messages: { id: 'messages', version: 1, messages } });
}
