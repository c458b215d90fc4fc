import { RecobroError } from '../errors.js';
import type { ActChange, ActInsert, ActMove, ActState, Change, StoredAct } from './store.js';

/**
 * What every store asks of a batch before it touches anything.
 *
 * @throws RecobroError `impossible_state` if an account or an act comes twice.
 */
export function checkBatch(changes: readonly Change[]): void {
  const accounts = new Map<string, Set<string>>();
  for (const change of changes) {
    const seen = accounts.get(change.tenant) ?? new Set<string>();
    if (seen.has(change.account))
      throw new RecobroError('impossible_state', 'A batch changes one account twice.');
    accounts.set(change.tenant, seen.add(change.account));
    if (new Set(change.acts.map((act) => act.id)).size !== change.acts.length) {
      throw new RecobroError('impossible_state', 'A change names one act twice.');
    }
  }
}

/** The acts that a change inserts. */
export function insertsOf(change: Change): readonly ActInsert[] {
  return change.acts.filter((act: ActChange): act is ActInsert => act.op === 'insert');
}

/** The acts that a change moves. */
export function movesOf(change: Change): readonly ActMove[] {
  return change.acts.filter((act: ActChange): act is ActMove => act.op === 'move');
}

/** What a move looks at. */
export type Movable = Pick<StoredAct, 'account' | 'state' | 'token'>;

/** Whether the port allows this move of this act. */
export function mayMove(account: string, act: Movable | undefined, move: ActMove): act is Movable {
  if (act === undefined || act.account !== account) return false;
  if (!move.from.includes(act.state) || act.state === 'withdrawn') return false;
  if (move.token !== undefined && move.token !== act.token) return false;
  return isHeld(act.state) || !isHeld(move.to);
}

/** Whether a worker holds an act in this state with a token and a lease. */
export function isHeld(state: ActState): boolean {
  return state === 'claimed' || state === 'sending';
}
