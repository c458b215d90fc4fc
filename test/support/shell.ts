import { encodeChange, toJson } from '../../src/dunning/codec.js';
import { createDunning, type Dunning } from '../../src/dunning/index.js';
import { type Act, type Becomes, type Planned, rankOf } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Documents } from '../../src/policy/types.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import type { Store } from '../../src/stores/store.js';
import { idSequence } from '../../src/testing/id-sequence.js';
import { recordingChannel } from '../../src/testing/recording-channel.js';
import { type VirtualClock, virtualClock } from '../../src/testing/virtual-clock.js';

/** A real shell with a store in memory, channels that accept everything, and a clock that is moved by hand. */
export interface Shell {
  readonly dunning: Dunning;
  readonly store: Store;
  readonly clock: VirtualClock;
  /** What became of acts since, in order. */
  readonly done: readonly Planned[];
}

const tenant = 'default';

/** Starts a shell with an account as somebody left it, unfinished acts included. */
export async function shellWith(
  documents: Documents,
  file: AccountFile,
  acts: ReadonlyMap<string, Act>,
  now: number,
): Promise<Shell> {
  const store = memoryStore();
  const open = [...file.acts.values()].flatMap(({ id, kind, state }) => {
    const act = state === 'unknown' ? undefined : acts.get(id);
    const ready = kind === 'message' && state === 'planned';
    return act === undefined ? [] : [{ act, state: ready ? ('ready' as const) : ('open' as const) }];
  });
  await store.commit([
    {
      tenant,
      account: file.id,
      expected: 0,
      file: encodeChange(undefined, file),
      events: [],
      acts: open.map(({ act, state }) => ({
        op: 'insert',
        id: act.id,
        keys: act.keys,
        state,
        notBefore: now,
        rank: rankOf(act, documents.plan.zone),
        data: toJson(act),
      })),
      next: 0,
    },
  ]);
  const clock = virtualClock(now);
  const dunning = createDunning({
    ...documents,
    store,
    clock,
    ids: idSequence('w'),
    channels: ['email', 'whatsapp', 'sms'].map((id) => recordingChannel(id)),
    sender: { name: 'Acme', phone: '+52 55 1234 5678', pay: { bank: 'CLABE 1' } },
    senders: { director: { name: 'Acme', phone: '+52 55 1234 5678', pay: { bank: 'CLABE 1' } } },
    documents: {
      load: async ({ name }) => ({
        name: `${name}.pdf`,
        type: 'application/pdf',
        content: new Uint8Array([1]),
      }),
    },
  });
  const known = new Map(acts);
  const done: Planned[] = [];
  const note = (id: string, at: number, becomes: Becomes): void => {
    const act = known.get(id);
    if (act !== undefined) done.push({ at, act, becomes });
  };
  dunning.on('event', (event) => {
    if (event.type === 'act.planned') {
      known.set(event.act.id, event.act);
      if (event.act.mode !== undefined) note(event.act.id, event.at, 'proposed');
      else if (event.act.kind !== 'message') note(event.act.id, event.at, 'raised');
    } else if (event.type === 'act.accepted') note(event.act, event.at, 'sent');
    else if (event.type === 'act.confirmed') note(event.act, event.at, 'confirmed');
  });
  return { dunning, store, clock, done };
}

/** The next instant at which a tick may do something. */
export async function nextInstant({ store }: Shell): Promise<number | undefined> {
  const [due] = await store.due({ before: Number.MAX_SAFE_INTEGER, limit: 1, tenant });
  let next = due?.next;
  for await (const { notBefore } of store.acts(tenant, { states: ['ready'] }))
    next = Math.min(next ?? notBefore, notBefore);
  return next;
}

/** Ticks at each instant that the account names, up to and with the end of a period. */
export async function tickAsNamed(shell: Shell, to: number, then: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const next = await nextInstant(shell);
    const at = Math.max(next ?? Number.MAX_SAFE_INTEGER, shell.clock.now());
    if (at > to) return;
    shell.clock.moveTo(at);
    await tickUntilRest(shell, then);
  }
}

/** A tick, and what people or providers do right after it, until neither does anything more. */
export async function tickUntilRest(shell: Shell, then: () => Promise<boolean>): Promise<void> {
  do await shell.dunning.tick();
  while (await then());
}
