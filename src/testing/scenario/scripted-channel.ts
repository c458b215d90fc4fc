import { durationMillis, parseDuration } from '../../calendar/index.js';
import type { Channel, OutboundMessage, SendOptions, SendOutcome } from '../../channels/channel.js';
import type { AnswerKeys, ChannelKeys } from '../../schema/index.js';

/** One call of a channel and what was said. */
export interface Attempted {
  readonly channel: string;
  readonly message: OutboundMessage;
  readonly at: number;
  readonly attempt: number;
  readonly outcome: SendOutcome | { readonly outcome: 'throws' };
}

/** What channels are told to say, in order; each answer serves as often as it says. */
export class Script {
  readonly #answers: { readonly keys: AnswerKeys; left: number }[] = [];
  readonly attempts: Attempted[] = [];

  add(answers: readonly AnswerKeys[]): void {
    for (const keys of answers) {
      const left = keys.times === 'always' ? Number.POSITIVE_INFINITY : (keys.times ?? 1);
      this.#answers.push({ keys, left });
    }
  }

  next(channel: string, message: OutboundMessage): AnswerKeys | undefined {
    const found = this.#answers.find(
      ({ keys, left }) =>
        left > 0 &&
        (keys.channel === undefined || keys.channel === channel) &&
        (keys.message === undefined || keys.message === message.message) &&
        (keys.account === undefined || keys.account === message.account) &&
        (keys.to === undefined || keys.to === message.to),
    );
    if (found === undefined) return undefined;
    found.left--;
    return found.keys;
  }
}

/** A channel that sends nothing, remembers everything and answers as the script says: accepted, unless told otherwise. */
export function scriptedChannel(traits: ChannelKeys, script: Script): Channel {
  const { id, address = 'none', consent = 'off', manual = false, tries, wait } = traits;
  const every = wait === undefined ? 0 : durationMillis(parseDuration(wait));
  return {
    id,
    address,
    consent,
    ...(address === 'email' ? { carries: ['copies', 'attachments'] } : {}),
    ...(manual ? { manual, tries: { most: tries ?? 1, wait: every } } : {}),
    send: async (message: OutboundMessage, options: SendOptions): Promise<SendOutcome> => {
      const keys = script.next(id, message);
      const outcome = outcomeOf(id, keys, script.attempts.length + 1);
      script.attempts.push({
        channel: id,
        message,
        at: options.now,
        attempt: options.attempt ?? 1,
        outcome: outcome ?? { outcome: 'throws' },
      });
      if (outcome === undefined) throw new Error('the adapter broke, as the scenario says');
      return outcome;
    },
  };
}

function outcomeOf(id: string, keys: AnswerKeys | undefined, number: number): SendOutcome | undefined {
  const { answer = 'accepted', scope = 'recipient', code = `${id}:${answer}` } = keys ?? {};
  const flags = {
    ...(keys?.addressUnusable === undefined ? {} : { addressUnusable: keys.addressUnusable }),
    ...(keys?.optedOut === undefined ? {} : { optedOut: keys.optedOut }),
  };
  switch (answer) {
    case 'accepted':
      return {
        outcome: 'accepted',
        providerId: keys?.providerId ?? `${id}-${number}`,
        ...(keys?.held === undefined ? {} : { held: keys.held }),
      };
    case 'refused':
      return { outcome: 'refused', scope, code, ...flags };
    case 'retry': {
      const after = keys?.after === undefined ? {} : { after: durationMillis(parseDuration(keys.after)) };
      return { outcome: 'retry', scope, code, ...after };
    }
    case 'misconfigured':
      return { outcome: 'misconfigured', scope, code };
    case 'unknown':
      return { outcome: 'unknown', code };
    case 'throws':
      return undefined;
  }
}
