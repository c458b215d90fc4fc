import type { Case } from '../ledger/file.js';
import type { Engine } from './compile.js';
import type { FileEvent } from './events.js';
import type { AccountView } from './view.js';

/** What a review of the cases gathers. */
export interface Review {
  readonly engine: Engine;
  readonly view: AccountView;
  readonly on: string;
  readonly events: FileEvent[];
  /** Cases that it closes, and why. */
  readonly closed: Map<string, string>;
}

/** Closes a case at this review. */
export function close({ events, closed, on }: Review, one: Case, reason: string): void {
  closed.set(one.id, reason);
  events.push({ type: 'case.closed', subject: one.subject, case: one.id, reason, on });
}
