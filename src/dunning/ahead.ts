import type { Act, InOutbox } from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import type { StoredAct, StoredFile } from '../stores/store.js';
import { decodeFile, fromJson } from './codec.js';
import type { Context } from './context.js';

/** What reading ahead needs of a tenant: nothing is sent. */
export type Reading = Pick<Context, 'tenant' | 'store' | 'engine'>;

/** An account as it stands in the store, with what is under way. */
export interface Standing {
  readonly file: AccountFile;
  /** Next review instant as stored; 0 for at once, `null` for none. */
  readonly due: number | null;
  /** Messages that are decided and not finished, and proposals. */
  readonly outbox: readonly InOutbox[];
  /** Every row that was read, by id. */
  readonly acts: ReadonlyMap<string, Act>;
}

/** Which rows of the outbox are read: what a forecast needs, or everything that is open. */
type Rows = 'ahead' | 'open';

/** What stands in the store of one account. @throws RecobroError `unknown_id` */
export async function standingOf(context: Reading, account: string, rows: Rows = 'ahead'): Promise<Standing> {
  const [stored] = await context.store.load(context.tenant, [account]);
  if (stored === undefined)
    throw new RecobroError('unknown_id', `there is no account ${JSON.stringify(account)}; sync it first`);
  return standing(context, stored, rows);
}

/** What stands in the store of every account, by account id: one after the other, so that memory stays flat. */
export async function* standings(context: Reading): AsyncGenerator<Standing> {
  for await (const stored of context.store.files(context.tenant)) yield standing(context, stored, 'ahead');
}

/** What was last said of a message that waits. */
function codeOfRow({ state, result }: StoredAct): string | undefined {
  if (state !== 'ready' || typeof result !== 'object' || result === null) return undefined;
  const code: unknown = Reflect.get(result, 'code');
  return typeof code === 'string' ? code : undefined;
}

/** Rows are read one by one, by id: few accounts have any that are not finished. */
async function standing(context: Reading, stored: StoredFile, rows: Rows): Promise<Standing> {
  const file = decodeFile(stored);
  const outbox: InOutbox[] = [];
  const acts = new Map<string, Act>();
  for (const { id, kind, state } of file.acts.values()) {
    const ahead = state === 'proposed' || (state === 'planned' && kind === 'message');
    if (!ahead && rows === 'ahead') continue;
    const row = await context.store.act(context.tenant, id);
    if (row === undefined) continue;
    const act = fromJson<Act>(row.data);
    acts.set(id, act);
    const code = codeOfRow(row);
    if (ahead)
      outbox.push({ act, notBefore: row.notBefore, ...(code === undefined ? {} : { reason: code }) });
  }
  return { file, due: stored.next, outbox, acts };
}
