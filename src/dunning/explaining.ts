import { type Act, type Engine, type Explanation, explain, settle } from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import { explanationText } from '../words/index.js';
import { outcomeSentence } from '../words/run/outcome.js';
import { nextText } from '../words/run/text.js';
import { decodeFile, fromJson } from './codec.js';
import type { Context } from './context.js';
import type { ReachedLimit } from './outbox/rates/limits.js';
import { languageFor, speechFor } from './speaking.js';

/** Why and why not, as data and as text. */
export interface AccountExplanation extends NamedExplanation {
  /** Messages that are decided and wait for a limit, a pause or another try: which, why, until when. */
  readonly kept: readonly KeptMessage[];
  readonly text: string;
}

/** A message that is decided and not out yet. */
export interface KeptMessage {
  readonly act: string;
  readonly stage: string;
  readonly channel?: string | undefined;
  /** Code, such as `recobro:rate`. */
  readonly reason: string;
  readonly until: number;
  readonly limit?: ReachedLimit | undefined;
}

/** An explanation with names, and with the stages that the next look brings. */
export interface NamedExplanation extends Explanation {
  /** Name of the account, where it has one. */
  readonly name?: string | undefined;
  /** Ids of the stages that the next look brings if no fact changes. */
  readonly upcoming: readonly string[];
  /** Names of its contacts by id. */
  readonly contacts: Readonly<Record<string, string>>;
}

/**
 * Explains an account at an instant, as it stands in the store.
 *
 * @throws RecobroError `unknown_id` for an account that was never synced
 */
export async function explainAccount(
  context: Context,
  account: string,
  at: number,
  language?: string,
): Promise<AccountExplanation> {
  const file = await loadFile(context, account);
  const told = namedExplanation(context.engine, file, at);
  const policies = [...context.engine.versions.values()].map(({ policy }) => policy);
  const text = explanationText(told, { language: languageFor(context, language), policies });
  const kept = await keptOf(context, file, at);
  const speech = speechFor(context, language);
  const { zone } = context.engine.plan;
  const lines = kept.map(
    ({ stage, reason, until, limit }) =>
      `${stage}: ${outcomeSentence('delayed', reason, speech, limit)}; ${nextText(until, zone, speech)}`,
  );
  return { ...told, kept, text: [text, ...lines].join('\n') };
}

/** What the outbox says of messages that are planned and wait. */
async function keptOf(context: Context, file: AccountFile, at: number): Promise<readonly KeptMessage[]> {
  const kept: KeptMessage[] = [];
  for (const { id, kind, state } of file.acts.values()) {
    if (state !== 'planned' || kind !== 'message') continue;
    const row = await context.store.act(context.tenant, id);
    if (row?.state !== 'ready' || row.notBefore <= at || row.result === null) continue;
    const { code, limit } = fromJson<{ readonly code?: string; readonly limit?: ReachedLimit }>(row.result);
    if (code === undefined) continue;
    const { stage, channel } = fromJson<Act>(row.data);
    kept.push({
      act: id,
      stage,
      ...(channel === undefined ? {} : { channel }),
      reason: code,
      until: row.notBefore,
      ...(limit === undefined ? {} : { limit }),
    });
  }
  return kept;
}

/** Explains a file, with what its reader likes to know beside. */
export function namedExplanation(engine: Engine, file: AccountFile, at: number): NamedExplanation {
  const data = explain(engine, file, at);
  const upcoming =
    data.next === undefined || data.acts.length > 0
      ? []
      : settle(engine, file, data.next).acts.map((act) => act.stage);
  const { name, contacts = [], branches = [] } = file.account ?? {};
  const people = [...contacts, ...branches.flatMap((branch) => branch.contacts)];
  return {
    ...data,
    ...(name === undefined ? {} : { name }),
    upcoming,
    contacts: Object.fromEntries(people.map((one) => [one.id, one.name])),
  };
}

/** Loads the file of an account. */
export async function loadFile(context: Context, account: string): Promise<AccountFile> {
  const [stored] = await context.store.load(context.tenant, [account]);
  if (stored === undefined) {
    throw new RecobroError('unknown_id', `there is no account ${JSON.stringify(account)}; sync it first`);
  }
  return decodeFile(stored);
}
