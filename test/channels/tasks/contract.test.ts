import { describe, it } from 'vitest';
import { callbackKey } from '../../../src/channels/callback-key.js';
import type { OutboundMessage, SendOutcome } from '../../../src/channels/channel.js';
import { callTask, letter } from '../../../src/channels/tasks/index.js';
import {
  type CarriedAlong,
  type ChannelSituation,
  type ChannelUnderTest,
  channelContract,
} from '../../../src/testing/index.js';
import { mailMessage, textMessage } from '../message.js';

/** A service of the host's that takes calls or letters over, and behaves as the situation says. */
class Desk {
  readonly keys: string[] = [];
  readonly carried: CarriedAlong[] = [];
  readonly #situation: ChannelSituation;
  #seen: () => void = () => undefined;
  readonly arrived: Promise<void>;

  constructor(situation: ChannelSituation) {
    this.#situation = situation;
    this.arrived = new Promise((resolve) => {
      this.#seen = resolve;
    });
  }

  async take(made: Pick<OutboundMessage, 'key' | 'tenant' | 'attachments'>): Promise<SendOutcome> {
    const { attachments = [] } = made;
    if (this.#situation === 'unreachable') return { outcome: 'retry', scope: 'account', code: 'desk:closed' };
    this.keys.push(callbackKey(made));
    this.carried.push({ copies: [], attachments });
    this.#seen();
    switch (this.#situation) {
      case 'throttled':
        return { outcome: 'retry', scope: 'sender', code: 'desk:full' };
      case 'refused':
        return { outcome: 'refused', scope: 'message', code: 'desk:no' };
      case 'bad_address':
        return { outcome: 'refused', scope: 'recipient', code: 'desk:nobody', addressUnusable: true };
      case 'misconfigured':
        return { outcome: 'misconfigured', scope: 'account', code: 'desk:who' };
      case 'cut':
        throw new Error('the line broke: secret-of-the-desk');
      case 'silent':
        return new Promise(() => undefined);
      case 'nonsense':
        return JSON.parse('{"outcome":"perhaps"}');
      default:
        return { outcome: 'accepted', providerId: `desk-${this.keys.length}` };
    }
  }

  bench(channel: ChannelUnderTest['channel'], message: OutboundMessage): ChannelUnderTest {
    return {
      channel,
      message,
      secrets: ['secret-of-the-desk'],
      arrivals: () => this.keys.length,
      arrived: () => this.arrived,
      keys: () => this.keys,
      carried: () => this.carried,
    };
  }
}

const postal = 'Calle Sur 12\n04000 Ciudad de México\nMéxico';
const timeout = 60;

const suites = {
  'call by hand': channelContract((situation) => new Desk(situation).bench(callTask(), textMessage()), {
    manual: true,
  }),
  'letter by hand': channelContract(
    (situation) => new Desk(situation).bench(letter(), mailMessage({ to: postal })),
    { manual: true },
  ),
  'call handed over': channelContract((situation) => {
    const desk = new Desk(situation);
    return desk.bench(callTask({ timeout, deliver: (message) => desk.take(message) }), textMessage());
  }),
  'letter handed over, with a PDF': channelContract((situation) => {
    const desk = new Desk(situation);
    const pdf = async (html: string) => new TextEncoder().encode(html);
    return desk.bench(
      letter({ timeout, pdf, deliver: (made) => desk.take(made) }),
      mailMessage({ to: postal }),
    );
  }),
};

describe.each(Object.entries(suites))('%s passes the contract of channels:', (_, cases) => {
  for (const { name, skip, run } of cases) it(name, { skip: skip !== undefined }, run);
});
