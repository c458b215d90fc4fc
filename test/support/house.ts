import type { DunningOptions } from '../../src/dunning/index.js';
import type { Action, Documents, Plan, Policy, Stage } from '../../src/policy/types.js';
import { account, documents, invoice, reminder, type World, world } from './world.js';

/** A stage that acts days after the due date; by default it sends the message of its name. */
export function stage(id: string, plus: string, changed: Partial<Stage> = {}): Stage {
  const actions: readonly Action[] = [{ send: id }];
  return { id, tone: 'friendly', at: { from: 'due', plus }, do: actions, ...changed };
}

/** One policy with these stages, under the plan of the small company in Bogotá, without caps. */
export function houseOf(
  stages: readonly Stage[],
  policy: Partial<Policy> = {},
  plan: Partial<Plan> = {},
  others: readonly Policy[] = [],
): Documents {
  const policies: readonly Policy[] = [
    { id: 'ladder', version: 1, via: [{ channel: 'whatsapp' }], ...policy, stages },
    ...others,
  ];
  const sends = policies
    .flatMap((one) => [...one.stages.flatMap((rung) => rung.do), ...(one.on?.paid ?? [])])
    .flatMap((action) => ('send' in action ? [action.send] : []));
  const thanks = documents.messages.messages.filter((message) => message.id === 'thanks');
  const reminders = [...new Set(sends)].filter((id) => id !== 'thanks').map(reminder);
  return {
    plan: {
      ...documents.plan,
      ...plan,
      contact: { windows: [{ from: '09:00', to: '18:00' }], caps: [], ...plan.contact },
    },
    policies,
    messages: { ...documents.messages, messages: [...reminders, ...thanks] },
  };
}

/** A tenant of that house that knows the account and one invoice of 1000.00 COP due on 10 February. */
export async function living(house: Documents, changed: Partial<DunningOptions> = {}): Promise<World> {
  const made = world({ ...house, ...changed });
  await made.dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-10')] });
  return made;
}

/** Ana, and why. */
export const ana = { author: 'ana', reason: 'agreed by phone' };
