import { instantAt, isDay, parseDay, parseInstant } from '../calendar/index.js';
import { systemClock } from '../clock.js';
import type { Reading } from '../dunning/ahead.js';
import { compile } from '../engine/index.js';
import { isRecobroError } from '../errors.js';
import type { Documents } from '../policy/types.js';
import { documentOptions, documentsFrom } from './documents.js';
import { type Args, type OptionSpec, UsageError } from './options.js';
import { demoIn, openStore, storeOptions } from './store.js';

const noon = 12 * 60;

/** Options of commands that read a store as it stands at an instant. */
export const readingOptions: Readonly<Record<string, OptionSpec>> = {
  at: {
    value: 'WHEN',
    help: 'the present: instant with an offset, or a date for its noon',
    otherwise: 'now',
  },
  tenant: { value: 'NAME', help: 'tenant', otherwise: 'default' },
  ...storeOptions,
  config: { value: 'FILE', help: 'the same as --policy' },
  ...documentOptions,
  zone: { value: 'ZONE', help: 'with --preset: zone of the books, such as America/Mexico_City' },
};

/** What a command reads: the store, by which documents, and at which instant. */
export interface StoredReading extends Reading {
  readonly documents: Documents;
  readonly at: number;
}

/** Opens the store that the options name for as long as the work takes. It is only read. */
export async function readingStore<T>(args: Args, work: (reading: StoredReading) => Promise<T>): Promise<T> {
  const zone = args.text('zone');
  const file = args.text('config') ?? args.text('policy');
  const demo = demoIn(args.text('data') ?? '');
  if (file === undefined && demo === undefined && (zone === undefined || !args.has('preset')))
    throw new UsageError('say which documents hold: --config FILE, or --preset NAME --zone ZONE');
  const documents = await documentsFrom(args, zone ?? 'UTC', demo?.documents);
  const at = presentOf(args, documents.plan.zone);
  const store = await openStore(args, { create: false });
  try {
    const engine = compile({ plan: documents.plan, policies: documents.policies });
    return await work({ store, engine, documents, at, tenant: args.text('tenant') ?? 'default' });
  } finally {
    await store.close();
  }
}

/** The instant of `--at`, where a date stands for its noon; else the clock's. @throws UsageError */
export function presentOf(args: Args, zone: string): number {
  const text = args.text('at');
  if (text === undefined) return systemClock.now();
  if (isDay(text)) return instantAt(parseDay(text), noon, zone);
  try {
    return parseInstant(text);
  } catch (error) {
    if (!isRecobroError(error, 'invalid_instant')) throw error;
    const forms = 'a date such as 2026-03-03, or an instant such as 2026-03-03T10:00:00-06:00';
    throw new UsageError(`--at is ${forms}, not ${JSON.stringify(text.slice(0, 40))}`);
  }
}

/** A whole number from 1 that an option gives. @throws UsageError */
export function numberOf(args: Args, name: string): number | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UsageError(`--${name} is a whole number from 1`);
  return Number(text);
}
