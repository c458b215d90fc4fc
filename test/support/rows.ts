import type { Dunning } from '../../src/dunning/index.js';
import { all, at, type World } from './world.js';

/** Ticks at 10:00 on each of these days. */
export async function days({ dunning }: World, ...list: readonly string[]): Promise<void> {
  for (const day of list) await dunning.tick({ now: at(day) });
}

/** Ticks on every day from one to another, inclusive. */
export async function through(world: World, from: string, to: string): Promise<void> {
  for (let now = at(from); now <= at(to); now += 86_400_000) await world.dunning.tick({ now });
}

/** What went out over WhatsApp, as `02-13 soft`. */
export function sent({ whatsapp }: World): readonly string[] {
  return whatsapp.sent.map((one) => one.message);
}

/** Messages that went out, as `02-13 soft F-1+F-2`, by the day on which they were planned. */
export async function story({ dunning }: World, ...names: readonly string[]): Promise<string[]> {
  const rows = await all(dunning.acts({ kinds: ['message'], states: ['accepted'] }));
  return rows
    .filter(({ act }) => names.length === 0 || names.includes(act.message ?? ''))
    .map(({ act }) => {
      const acting = act.items.filter((item) => item.acting).map((item) => item.item);
      return `${act.on.slice(5)} ${act.message} ${acting.join('+')}`;
    })
    .sort();
}

/** Rows of the outbox beside messages, as `task call open`. */
export async function beside({ dunning }: World): Promise<string[]> {
  return (await all(dunning.acts()))
    .filter(({ act }) => act.kind !== 'message')
    .map(({ act, state }) =>
      [act.kind, act.name, act.effect, state].filter((part) => part !== undefined).join(' '),
    )
    .sort();
}

/** Entries of the log of these types, with their data. */
export async function entries(
  dunning: Dunning,
  ...types: readonly string[]
): Promise<{ readonly type: string; readonly actor: string; readonly data: Record<string, unknown> }[]> {
  const log = await all(dunning.history('robles'));
  return log
    .filter((entry) => types.includes(entry.type))
    .map(({ type, actor, data }) => ({ type, actor, data: data as Record<string, unknown> }));
}

/** Ids of cases that closed, and why. */
export async function closings({ dunning }: World): Promise<string[]> {
  return (await entries(dunning, 'case.closed', 'case.reset', 'case.exhausted')).map(
    ({ type, data }) => `${String(data['case'])} ${type === 'case.reset' ? 'reset' : String(data['reason'])}`,
  );
}
