import type { SendOutcome } from '../../channels/channel.js';
import { createDunning } from '../../dunning/create-dunning.js';
import type { Dunning } from '../../dunning/index.js';
import type { Store } from '../../stores/store.js';
import { check, collect, same } from '../check.js';
import { idSequence } from '../id-sequence.js';
import { type RecordingChannel, recordingChannel } from '../recording-channel.js';
import { type VirtualClock, virtualClock } from '../virtual-clock.js';
import type { Bench, Law } from './law.js';

/** recobro itself at work on the store: a worker, another that shares its data, and a message to one account. */
interface Shell {
  readonly worker: Dunning;
  readonly other: Dunning;
  readonly channel: RecordingChannel;
  readonly clock: VirtualClock;
  /** Types of what became of acts, from the log. */
  readonly log: () => Promise<readonly string[]>;
  readonly state: () => Promise<string>;
}

const act = 'robles/ladder/F-1#1/soft.1@billing.0';
const lease = 60_000;

const documents = {
  plan: {
    id: 'plan',
    version: 1,
    zone: 'America/Bogota',
    language: 'en',
    default: 'ladder',
    contact: { windows: [{ from: '09:00', to: '18:00' }] },
  },
  policies: [
    {
      id: 'ladder',
      version: 1,
      via: [{ channel: 'email' }],
      stages: [
        {
          id: 'soft',
          tone: 'friendly' as const,
          at: { from: 'due' as const, plus: '3d' },
          do: [{ send: 'soft' }],
        },
      ],
    },
  ],
  messages: {
    id: 'messages',
    version: 1,
    messages: [
      {
        id: 'soft',
        about: 'items' as const,
        text: { en: { email: { subject: 'Reminder', body: 'Please pay {{amount}}, {{contact.name}}.' } } },
      },
    ],
  },
};

async function shellOn({ store, other, tenant }: Bench): Promise<Shell> {
  const clock = virtualClock(Date.parse('2026-02-06T10:00:00-05:00'));
  const channel = recordingChannel('email');
  const on = (one: Store, name: string): Dunning =>
    createDunning({
      ...documents,
      store: one,
      tenant,
      clock,
      ids: idSequence(name),
      channels: [channel],
      sender: { name: 'Acme', phone: '+57 601 555 0100', pay: { bank: '1' } },
      dispatch: { leaseMs: lease, heartbeatMs: lease / 2, timeoutMs: lease / 6 },
    });
  const [worker, second] = [on(store, 'w'), on(other, 'o')];
  await worker.sync({
    accounts: [
      {
        id: 'robles',
        name: 'Robles',
        contacts: [{ role: 'billing', name: 'Inés', email: 'ines@robles.example' }],
      },
    ],
    invoices: [
      {
        id: 'F-1',
        account: 'robles',
        issued: '2026-01-01',
        due: '2026-02-03',
        total: { amount: '1000.00', currency: 'COP' },
      },
    ],
  });
  return {
    worker,
    other: second,
    channel,
    clock,
    log: async () =>
      (await collect(store.events(tenant))).map(({ type }) => type).filter((type) => type.startsWith('act.')),
    state: async () => (await store.act(tenant, act))?.state ?? 'missing',
  };
}

/** Lets a run come to the call, whose answer is kept back until it is given. */
async function calling({ worker, channel }: Shell): Promise<{
  readonly answer: (outcome: SendOutcome) => void;
  readonly run: Promise<unknown>;
}> {
  let answer = (_: SendOutcome): void => undefined;
  let called = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    called = resolve;
  });
  channel.answer(() => {
    called();
    return new Promise((resolve) => {
      answer = resolve;
    });
  });
  const run = worker.tick();
  run.catch(() => undefined);
  // A run that ends without a call has failed, or found nothing to do.
  await Promise.race([begun, run]);
  check(channel.sent.length === 1, `a due message must be sent once, was ${channel.sent.length} times`);
  return { answer: (outcome) => answer(outcome), run };
}

const accepted: SendOutcome = { outcome: 'accepted', providerId: 'p-1' };

/** What providers tell, in any order and number, on recobro over the store. */
export const callbackLaws: readonly Law[] = [
  {
    name: 'callback: an inbound event that comes again and again, in any order, from any process, is new once',
    async attempt({ store, other, tenant }) {
      const keys = Array.from({ length: 12 }, (_, n) => `wamid ${n}`);
      const order = [...keys, ...[...keys].reverse(), ...keys, ...[...keys].sort()];
      const fresh: string[] = [];
      await Promise.all(
        order.map(async (key, n) => {
          const handle = n % 2 === 0 ? store : other;
          if (await handle.appendOnce(tenant, key, order.length - n, { n })) fresh.push(key);
        }),
      );
      same([...fresh].sort(), [...keys].sort(), 'the events that were new');
      for (const key of keys)
        same(await other.appendOnce(tenant, key, 0, null), false, `${key} once more, later`);
    },
  },
  {
    name: 'callback: receipts before the commit of their own message, several at once, count once',
    async attempt(bench) {
      const shell = await shellOn(bench);
      const { worker, other, state, log } = shell;
      const call = await calling(shell);
      same(await state(), 'sending', 'the act while its call is made');
      await Promise.all([worker, other, worker, other].map((one) => one.delivered(act)));
      call.answer(accepted);
      await call.run;
      await other.delivered(act);
      same(await state(), 'accepted', 'the act');
      same(await log(), ['act.planned', 'act.accepted', 'act.delivered'], 'the log');
      same((await other.tick()).sent.length, 0, 'what a further run sends');
      same(shell.channel.sent.length, 1, 'messages');
    },
  },
  {
    name: 'callback: receipts of a message whose worker is lost settle it once; a late answer changes nothing',
    async attempt(bench) {
      const shell = await shellOn(bench);
      const { worker, other, clock, state, log } = shell;
      const call = await calling(shell);
      // The other worker's clock shows that the lease is over.
      await other.dispatch({ now: clock.now() + lease });
      same(await state(), 'unknown', 'the act whose worker is lost');
      await Promise.all([other, worker, other, worker].map((one) => one.delivered(act)));
      call.answer({ outcome: 'refused', scope: 'message', code: 'x:1' });
      await call.run;
      same(await state(), 'accepted', 'the act');
      same(await log(), ['act.planned', 'act.unknown', 'act.resolved', 'act.delivered'], 'the log');
      same((await other.tick()).sent.length, 0, 'what a further run sends');
      same(shell.channel.sent.length, 1, 'messages');
    },
  },
];
