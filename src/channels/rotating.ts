import { type Problem, RecobroError } from '../errors.js';
import type { ChannelSender, Overflow } from './capacity.js';
import type { Channel, LookupOutcome, OutboundMessage, SendOutcome } from './channel.js';
import type { ChannelEvent, Received } from './inbound.js';
import { misconfiguredBefore } from './outcomes.js';

/** Options of {@link rotating}. */
export interface RotatingOptions {
  /**
   * Whether a message may go by another sender where its recipient's own is full. `never`: it waits; `fresh`
   * (default): only to whom nothing went by this channel so far; `always`: to anybody, by the other one from then on.
   */
  readonly overflow?: Overflow | undefined;
}

/**
 * One channel out of several senders: numbers, or accounts. People keep theirs: by whichever they were written to
 * first, or wrote to last, they are written to again, so that a debtor sees one number, and an answer goes out where
 * the service window is open. Who is new gets the next one in turn. Each sender has its own limits, quality and
 * failures; a limit of the account that they name is shared.
 *
 * @param senders by the host's names for them, which stay: whoever renames one has its people begin anew
 * @throws RecobroError `invalid_option`: fewer than two, or of different channels
 *
 * @example
 * const channel = rotating({
 *   north: whatsapp({ ...options, phoneNumberId: '106540352242922', portfolioId: '506914307656634' }),
 *   south: whatsapp({ ...options, phoneNumberId: '106540352242923', portfolioId: '506914307656634' }),
 * });
 */
export function rotating(
  senders: Readonly<Record<string, Channel>>,
  { overflow = 'fresh' }: RotatingOptions = {},
): Channel {
  const all = Object.entries(senders);
  const problems = problemsOf(all, overflow);
  const first = all[0]?.[1];
  if (problems.length > 0 || first === undefined)
    throw new RecobroError('invalid_option', 'The senders are not valid.', { problems });
  const { id, address, consent } = first;
  const carries = (first.carries ?? []).filter((one) =>
    all.every(([, channel]) => channel.carries?.includes(one) === true),
  );
  const channels = all.map(([, channel]) => channel);
  const receives = channels.some(({ receive }) => receive !== undefined);
  const looksUp = channels.every(({ lookup }) => lookup !== undefined);
  return Object.freeze<Channel>({
    id,
    address,
    consent,
    ...(carries.length === 0 ? {} : { carries }),
    senders: all.map(
      ([name, { account, number, limits }]): ChannelSender => ({ id: name, account, number, limits }),
    ),
    overflow,
    async send(message: OutboundMessage, options): Promise<SendOutcome> {
      const chosen = all.find(([name]) => name === message.via)?.[1];
      if (chosen === undefined) return misconfiguredBefore(`${id}:unknown_sender`, 'sender');
      return chosen.send(message, options);
    },
    ...(looksUp
      ? {
          // Nobody remembers by which of them an attempt went whose answer got lost.
          async lookup(query, options): Promise<LookupOutcome> {
            const found: LookupOutcome[] = [];
            for (const channel of channels) {
              const one = await channel.lookup?.(query, options);
              if (one?.outcome === 'accepted') return one;
              found.push(one ?? { outcome: 'unknown', code: `${id}:no_lookup` });
            }
            return found.find(({ outcome }) => outcome === 'unknown') ?? { outcome: 'absent' };
          },
        }
      : {}),
    ...(receives
      ? {
          async receive(request, options): Promise<Received> {
            const received: (readonly [string, Received])[] = [];
            for (const [name, channel] of all)
              if (channel.receive !== undefined)
                received.push([name, await channel.receive(request, options)]);
            const [answered = received[0]] = received.filter(([, one]) => one.refused === undefined);
            if (answered === undefined) return { answer: { status: 404 }, events: [], refused: 'method' };
            return { ...answered[1], events: merged(received) };
          },
        }
      : {}),
    ...(first.templateOf === undefined ? {} : { templateOf: (place) => first.templateOf?.(place) }),
    async close(): Promise<void> {
      const done = await Promise.allSettled(channels.map(async (channel) => channel.close?.()));
      for (const one of done) if (one.status === 'rejected') throw one.reason;
    },
  });
}

/** What several senders made of one request: each event once. What one alone tells is that one's. */
function merged(received: readonly (readonly [string, Received])[]): readonly ChannelEvent[] {
  const found = new Map<string, { readonly names: string[]; readonly event: ChannelEvent }>();
  for (const [name, { events, refused }] of received) {
    if (refused !== undefined) continue;
    for (const event of events) {
      const known = found.get(event.key);
      if (known === undefined) found.set(event.key, { names: [name], event });
      else if (!known.names.includes(name)) known.names.push(name);
    }
  }
  return [...found.values()].map(({ names, event }): ChannelEvent => {
    const [only, ...others] = names;
    if (only === undefined || others.length > 0) return event;
    if (event.type === 'message') return { ...event, to: only };
    return event.type === 'sender' ? { ...event, via: only } : event;
  });
}

function problemsOf(all: readonly (readonly [string, Channel])[], overflow: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  const wrong = (path: string, code: string, message: string): void => {
    problems.push({ path, code, message });
  };
  if (all.length < 2) wrong('', 'invalid_value', 'must be two senders or more');
  if (!['never', 'fresh', 'always'].some((one) => one === overflow))
    wrong('overflow', 'invalid_value', 'must be one of never, fresh, always');
  const first = all[0]?.[1];
  for (const [name, channel] of all) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name))
      wrong(name, 'invalid_id', 'must be called by letters, digits, _ and -, at most 64');
    if (channel.manual === true) wrong(name, 'invalid_value', 'is done by people, who have no sender');
    if (channel.senders !== undefined) wrong(name, 'invalid_value', 'has several senders itself');
    if (first === undefined) continue;
    const same = (['id', 'address', 'consent'] as const).every((trait) => channel[trait] === first[trait]);
    if (!same) wrong(name, 'invalid_value', `must be of the same channel as ${all[0]?.[0]}`);
  }
  return problems;
}
