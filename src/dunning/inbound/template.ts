import type { Channel } from '../../channels/channel.js';
import type { TemplateEvent } from '../../channels/inbound.js';
import { textsOf } from '../../messages/index.js';
import type { Context } from '../context.js';
import { Gate } from '../outbox/gate.js';
import { scopeKeysOf } from '../outbox/scopes.js';

const hour = 3_600_000;
/** A first pause of Meta's takes three hours (template-pausing, 2025-10-22); after each wait one message tries. */
const waits: Readonly<Record<string, number>> = { paused: 3 * hour, pending: hour };
/** What was rejected, disabled or deleted takes a person; what waits goes on so long after it was mended at most. */
const longWait = 6 * hour;

/**
 * Holds the messages of a template back that a provider says cannot be sent now, and lets them go once it can: they
 * would all be refused, and each refusal counts against the sender. `stuck` tells of it. Where the channel cannot say
 * which messages a template is for, nothing is held back, and the first refusal does it.
 */
export async function noteTemplate(
  context: Context,
  channel: string,
  { name, language, event, usable, at }: TemplateEvent,
  now: number,
): Promise<void> {
  const adapter = context.channels.get(channel);
  if (adapter === undefined || usable === undefined) return;
  const keys = keysOf(context, adapter, name, language);
  if (keys.length === 0) return;
  const { shared, settings } = context.outbox;
  const gate = new Gate(shared, context.tenant, settings, 'webhook');
  await gate.read(now);
  const since = Math.min(at ?? now, now);
  for (const key of keys) {
    if (usable) await gate.lift(key, since, now);
    else {
      const wait = Object.hasOwn(waits, event) ? (waits[event] ?? longWait) : longWait;
      await gate.hold(key, { code: `${channel}:template_${event}`, since, until: now + wait }, now);
    }
  }
}

/** Circuits of the messages that go out as the template; without a language those of all its languages. */
function keysOf(
  { messages }: Context,
  { id, templateOf }: Channel,
  name: string,
  language: string | undefined,
): readonly string[] {
  if (templateOf === undefined) return [];
  const keys = new Set<string>();
  for (const entry of textsOf(messages)) {
    if (entry.channel !== id) continue;
    const place = { message: entry.message, form: entry.form, language: entry.language };
    const template = templateOf(place);
    if (template?.name !== name || (language !== undefined && template.language !== language)) continue;
    keys.add(scopeKeysOf({ account: '-', channel: id }, place).template);
  }
  return [...keys];
}
