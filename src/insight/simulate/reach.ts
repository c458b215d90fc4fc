import { type ChannelTraits, compile, type Engine } from '../../engine/index.js';
import type { Documents, Plan, Policy, Via } from '../../policy/types.js';
import type { SimulateInput } from './types.js';

/** The engine of a simulation: that of the documents, or one for which everybody can be reached at any hour. */
export function engineFor(documents: Documents, input: SimulateInput): Engine {
  const plan = planOf(documents, input);
  if (input.reach === 'real')
    return compile({ plan, policies: documents.policies, channels: input.channels });
  const { gap, caps } = plan.contact ?? {};
  return compile({
    plan: { ...plan, contact: { gap, caps, closedOnHolidays: false } },
    policies: documents.policies,
    channels: [...namedChannels(documents.policies)].map(reached),
  });
}

/** The plan, with the zone asked for. */
export function planOf(documents: Documents, input: SimulateInput): Plan {
  return input.zone === undefined ? documents.plan : { ...documents.plan, zone: input.zone };
}

function reached(id: string): ChannelTraits {
  return { id, address: 'none', consent: 'off' };
}

function namedChannels(policies: readonly Policy[]): Set<string> {
  // The chain of policies that name none.
  const names = new Set(['whatsapp', 'email', 'sms']);
  const take = (via: readonly Via[] | undefined): void => {
    for (const { channel } of via ?? []) names.add(channel);
  };
  for (const policy of policies) {
    take(policy.via);
    for (const stage of policy.stages) for (const action of stage.do) if ('send' in action) take(action.via);
    for (const send of policy.on?.paid ?? []) take(send.via);
  }
  return names;
}
