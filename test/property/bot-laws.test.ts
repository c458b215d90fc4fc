import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { InboundMessage } from '../../src/channels/inbound.js';
import { decodeFile } from '../../src/dunning/codec.js';
import type { BotOptions } from '../../src/dunning/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import type { Store } from '../../src/stores/store.js';
import { recordingChannel } from '../../src/testing/recording-channel.js';
import { account, all, at, invoice, payment, world } from '../support/world.js';

/** Whatever people say and do, providers answer and stores lose: laws of what a bot answers. */

const seed = Number(process.env.LIFE_SEED ?? 20_260_301);
const runs = 40 * Number(process.env.LIFE_RUNS ?? 1);
const perDay = 3;
const hour = 3_600_000;

type Step =
  | { readonly do: 'say'; readonly text: string }
  | { readonly do: 'repeat' | 'assign' | 'release' | 'pay' | 'erase' }
  | { readonly do: 'wait'; readonly hours: number }
  | { readonly do: 'provider'; readonly answers: 'retry' | 'refused' | 'unknown' }
  | { readonly do: 'store'; readonly fails: 'before' | 'after' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      text: fc.constantFrom(
        'Hola',
        'How much?',
        'a person please',
        'Ana please',
        'STOP',
        'START',
        'Ya pagamos ayer',
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('repeat', 'assign', 'release', 'pay', 'erase') }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('provider' as const),
      answers: fc.constantFrom('retry' as const, 'refused' as const, 'unknown' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('store' as const),
      fails: fc.constantFrom('before' as const, 'after' as const),
    }),
  },
);

/** A store that dies once at the next commit that tells something, when told to. */
function mortal() {
  const store = memoryStore();
  const fate: { next?: 'before' | 'after' | undefined } = {};
  const dying: Store = {
    ...store,
    commit: async (changes, options) => {
      const { next } = fate;
      if (next === undefined || changes.every(({ events }) => events.length === 0))
        return store.commit(changes, options);
      fate.next = undefined;
      if (next === 'after') await store.commit(changes, options);
      throw new Error('died');
    },
  };
  return { store: dying, fate };
}

async function live(steps: readonly Step[]): Promise<void> {
  const { store, fate } = mortal();
  const sms = recordingChannel('sms');
  const calls: {
    readonly message: string;
    readonly at: number;
    readonly file: AccountFile;
    outcome: string;
  }[] = [];
  let next: 'retry' | 'refused' | 'unknown' | undefined;
  const fileNow = async (): Promise<AccountFile> => {
    const [stored] = await store.load('default', ['robles']);
    if (stored === undefined) throw new Error('no file');
    return decodeFile(stored);
  };
  const channel: typeof sms = {
    ...sms,
    receive: async () => ({ answer: { status: 200 }, events: [] }),
    send: async (message, options) => {
      if (message.answer === undefined) return sms.send(message, options);
      const outcome = next ?? 'accepted';
      next = undefined;
      const text = message.content.kind === 'text' ? message.content.text : '';
      calls.push({ message: text, at: made.clock.now(), file: await fileNow(), outcome });
      if (outcome === 'retry') return { outcome, scope: 'message', code: 'x', after: hour };
      if (outcome === 'refused') return { outcome, scope: 'message', code: 'x' };
      return outcome === 'unknown'
        ? { outcome, code: 'x' }
        : { outcome: 'accepted', providerId: `p${calls.length}` };
    },
  };
  const answer: BotOptions['answer'] = ({ id, text = '' }) => ({
    text: id,
    ...(text.startsWith('a person') ? { handOver: true } : {}),
    ...(text.startsWith('Ana') ? { handOver: { to: 'ana' } } : {}),
  });
  const made = world({ store, channels: [channel], conversation: { bot: { answer, perDay } } });
  const contacts = [{ ...account.contacts[0], id: 'billing', consent: { sms: 'granted' as const } }];
  await made.dunning.sync({ accounts: [{ ...account, contacts }], invoices: [invoice('F-1', '02-20')] });
  made.clock.moveTo(at('02-06', '19:00'));
  let said: InboundMessage | undefined;
  let paid = 0;
  /** Time goes on until nothing fails any more. */
  const work = async (): Promise<void> => {
    made.clock.moveTo(made.clock.now() + 60_000);
    await made.dunning.tick({ now: made.clock.now() }).catch(() => undefined);
  };
  const by = { author: 'eva' };
  for (const [index, one] of steps.entries()) {
    try {
      switch (one.do) {
        case 'say':
          said = {
            type: 'message',
            provider: 'test',
            key: `m${index}`,
            kind: 'text',
            providerId: `m${index}`,
            from: { address: '+573001112233' },
            text: one.text,
            at: made.clock.now(),
          };
          await made.dunning.take('sms', [said]);
          break;
        case 'repeat':
          if (said !== undefined) await made.dunning.take('sms', [said]);
          break;
        case 'assign':
          await made.dunning.assign('robles', 'eva', by);
          break;
        case 'release':
          if ((await fileNow()).assigned !== undefined) await made.dunning.unassign('robles', by);
          break;
        case 'pay':
          paid++;
          await made.dunning.sync({ payments: [payment(`P${paid}`, 'F-1', '02-06', '10.00')] });
          break;
        case 'erase':
          if (index % 4 === 0)
            await made.dunning.erase({ account: 'robles', contact: 'billing', force: true }, by);
          break;
        case 'wait':
          made.clock.moveTo(made.clock.now() + one.hours * hour);
          break;
        case 'provider':
          next = one.answers;
          break;
        case 'store':
          fate.next = one.fails;
          break;
      }
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'died') throw error;
    }
    await work();
  }
  fate.next = undefined;
  next = undefined;
  for (let turn = 0; turn < 4; turn++) {
    made.clock.moveTo(made.clock.now() + 2 * hour);
    await made.dunning.tick({ now: made.clock.now() });
  }
  const file = await fileNow();
  const log = await all(made.dunning.history('robles'));
  const given = log.flatMap(({ type, data }) =>
    type === 'answer.given' ? [data as { act: string; message: string; on: string; settles?: true }] : [],
  );
  // One message, one answer; and what may have gone out does not go out again.
  expect(new Set(given.map(({ message }) => message)).size).toBe(given.length);
  for (const { message } of given) {
    const own = calls.filter((call) => call.message === message);
    const went = own.filter(({ outcome }) => outcome === 'accepted' || outcome === 'unknown').length;
    expect(went).toBeLessThanOrEqual(1);
    if (went === 1) expect(own.at(-1)?.outcome).not.toBe('retry');
  }
  // Nobody is answered who said stop, whom a person leads, or who was erased.
  for (const call of calls) {
    expect(
      call.file.heard?.some(({ channel: on, state }) => on === 'sms' && state === 'withdrawn') ?? false,
    ).toBe(false);
    expect(call.file.assigned?.author ?? 'bot').toBe('bot');
    expect(call.file.erased).toBeUndefined();
  }
  // Two machines come to an end.
  for (const own of Map.groupBy(given, ({ on }) => on).values())
    expect(own.length).toBeLessThanOrEqual(perDay);
  // None is lost: it went out, it may have, or the message is for people.
  for (const { act, message, settles } of given) {
    const became = calls.filter((call) => call.message === message).at(-1)?.outcome;
    if (became === 'accepted' || became === 'unknown' || settles !== true || file.erased !== undefined)
      continue;
    const isForPeople = file.acts.has(act) || file.replies.get(message)?.handled === false;
    expect(isForPeople, JSON.stringify({ became, act })).toBe(true);
  }
  expect(await made.dunning.replay()).toMatchObject({ ok: true });
}

it('a bot answers once or leaves it to people, and never whom it may not', { timeout: 60_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), live), {
    numRuns: runs,
    seed,
  });
});
