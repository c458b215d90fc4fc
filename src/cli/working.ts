import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Channel } from '../channels/channel.js';
import { shippedChannels } from '../contact/traits.js';
import { createDunning, type Dunning } from '../dunning/index.js';
import { documentsFrom } from './documents.js';
import { FileError } from './failure.js';
import { type Args, type OptionSpec, UsageError } from './options.js';
import { demoIn, openStore } from './store.js';
import { presentOf, readingOptions } from './stored.js';

/** Options of commands that change what stands in a store. */
export const workingOptions: Readonly<Record<string, OptionSpec>> = {
  ...readingOptions,
  channels: {
    value: 'FILE',
    help: 'module of yours that exports `channels`, a list of them; needed where a provider is asked',
  },
};

/** Options that say who does something, and why. */
export const byOptions: Readonly<Record<string, OptionSpec>> = {
  by: { value: 'NAME', help: 'who says so, for the log' },
  reason: { value: 'TEXT', help: 'why, for the log' },
};

/** Who does it, by the options. @throws UsageError */
export function byOf(args: Args): { readonly author: string; readonly reason?: string } {
  const reason = args.text('reason');
  return { author: args.required('by', 'ana'), ...(reason === undefined ? {} : { reason }) };
}

/** What a command works with. */
export interface Working {
  readonly dunning: Dunning;
  readonly at: number;
  /** Has the accounts of acts looked at again by the workers, which know more of channels than this program does. */
  readonly again: (acts: readonly string[]) => Promise<void>;
}

/** Opens the store that the options name for as long as the work takes. Nothing is sent. */
export async function workingStore<T>(args: Args, work: (working: Working) => Promise<T>): Promise<T> {
  const zone = args.text('zone');
  const demo = demoIn(args.text('data') ?? '');
  const named = args.text('config') ?? args.text('policy') ?? demo?.documents;
  if (named === undefined && (zone === undefined || !args.has('preset')))
    throw new UsageError('say which documents hold: --config FILE, or --preset NAME --zone ZONE');
  const documents = await documentsFrom(args, zone ?? 'UTC', demo?.documents);
  const at = presentOf(args, documents.plan.zone);
  const file = args.text('channels');
  const channels = file === undefined ? silentChannels() : await channelsOf(file);
  const tenant = args.text('tenant') ?? 'default';
  const store = await openStore(args, { create: false });
  try {
    const dunning = createDunning({
      ...documents,
      store,
      tenant,
      channels,
      // Nothing is rendered or sent, so it does not matter who writes, and what is attached.
      sender: nobody,
      senders: Object.fromEntries(sendersIn(documents.policies).map((name) => [name, nobody])),
      documents: { load: async () => undefined },
      dispatch: { safe: true },
    });
    return await work({
      dunning,
      at,
      again: async (acts) => {
        const rows = await Promise.all(acts.map((id) => store.act(tenant, id)));
        await dunning.touch(rows.flatMap((row) => (row === undefined ? [] : [row.account])));
      },
    });
  } finally {
    await store.close();
  }
}

const nobody = { name: 'recobro', email: 'nobody@recobro.invalid' };

/** Names of sender profiles anywhere in policies. */
function sendersIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own: unknown = 'send' in value && 'from' in value ? value.from : undefined;
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(value).flatMap(sendersIn)];
}

/** What is known of the shipped channels is enough to note what a person says. */
function silentChannels(): readonly Channel[] {
  return shippedChannels.map((traits) => ({
    ...traits,
    send: async () => ({ outcome: 'refused', scope: 'message', code: 'recobro:command_line' }) as const,
  }));
}

async function channelsOf(file: string): Promise<readonly Channel[]> {
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await import(pathToFileURL(resolve(file)).href);
  } catch (error) {
    throw new FileError(`${file} cannot be loaded`, { cause: error });
  }
  const found = module.channels ?? module.default;
  if (!Array.isArray(found)) throw new FileError(`${file} must export \`channels\`, a list of channels`);
  return found;
}
