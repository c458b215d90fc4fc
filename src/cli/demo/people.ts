import { formatDay, localDay, weekdayOf } from '../../calendar/index.js';
import { callbackKey } from '../../channels/callback-key.js';
import { messageIdOf } from '../../channels/email/ids.js';
import type { Dunning } from '../../dunning/index.js';
import type { Act } from '../../engine/index.js';
import type { Plan } from '../../policy/types.js';
import { domain } from './documents.js';
import type { DemoFolder } from './folder.js';
import { customerOf, ownerOf } from './ledger/index.js';
import { homeZone, isDeskHour } from './schedule.js';
import { readRequests } from './stand-ins.js';
import type { Watch } from './watch.js';

/**
 * What the people of the invented company do when they come in: they look up
 * messages of unknown outcome at the provider, the day after, and make the
 * calls whose last day it is.
 *
 * @returns whether anything was done
 */
export async function workAtDesk(
  { dunning, watch, folder, plan }: { dunning: Dunning; watch: Watch; folder: DemoFolder; plan: Plan },
  step: number,
  now: number,
): Promise<boolean> {
  if (!isDeskHour(step) || !isWorkday(plan, step)) return false;
  const today = localDay(step, homeZone);
  const lost = [...watch.unknown].filter(([, at]) => localDay(at, homeZone) < today);
  const calls = [...watch.tasks.values()].filter(
    (task) => task.name === 'call' && (task.deadline ?? '') <= formatDay(today),
  );
  const taken = lost.length === 0 ? new Set<string>() : takenKeys(folder);
  for (const [id] of lost) {
    const act = watch.acts.get(id);
    const sent = act !== undefined && taken.has(keyAtProvider(act, dunning.tenant));
    const reason = `${providerOf(act?.channel)} ${sent ? 'had taken it' : 'never saw it'}`;
    await dunning.resolve(id, sent ? 'sent' : 'not-sent', { author: personFor(act), reason, now });
  }
  for (const task of calls) {
    const author = task.owner ?? personFor(task);
    await dunning.complete(task.id, { author, reason: 'called; they will look into it', now });
  }
  return lost.length + calls.length > 0;
}

/** The provider behind a channel. */
export function providerOf(channel: string | undefined): string {
  if (channel === 'whatsapp') return 'Meta';
  return channel === 'sms' ? 'Twilio' : 'the mail server';
}

/** Who looks after the account. */
function personFor(act: Act | undefined): string {
  return act === undefined ? 'Tomás Echavarri' : ownerOf(customerOf(act.account));
}

function keyAtProvider(act: Act, tenant: string): string {
  const of = { tenant, key: act.id };
  return act.channel === 'email' ? messageIdOf(of, domain) : callbackKey(of);
}

function takenKeys(folder: DemoFolder): Set<string> {
  return new Set(
    readRequests(folder)
      .filter(({ taken }) => taken)
      .map(({ key }) => key),
  );
}

function isWorkday(plan: Plan, step: number): boolean {
  const day = localDay(step, homeZone);
  const weekday = weekdayOf(day);
  return weekday < 6 && plan.calendar?.holidays?.includes(formatDay(day)) !== true;
}
