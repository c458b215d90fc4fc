import { type Engine, type Explanation, explain, settle } from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import { explanationText } from '../words/index.js';
import { decodeFile } from './codec.js';
import type { Context } from './context.js';
import { languageFor } from './speaking.js';

/** Why and why not, as data and as text. */
export interface AccountExplanation extends NamedExplanation {
  readonly text: string;
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
  return { ...told, text: explanationText(told, { language: languageFor(context, language), policies }) };
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
