import type { Change, CommitOptions, CommitOutcome, Json } from './store.js';

/**
 * A change that only takes facts in: no acts, and JSON as text already, since
 * a hundred thousand records would otherwise be made into objects and back
 * for nothing.
 */
export interface BulkChange {
  readonly tenant: string;
  readonly account: string;
  /** Version the change was made from; 0 creates the file. */
  readonly expected: number;
  /** JSON. */
  readonly header: string;
  /** Rows that the file did not have at `expected`, as id and JSON. */
  readonly add: readonly (readonly [id: string, data: string])[];
  /** Rows that it had. */
  readonly replace: readonly (readonly [id: string, data: string])[];
  readonly remove: readonly string[];
  readonly events: readonly BulkEvent[];
  /** Next review instant. */
  readonly next: number | null;
}

/** An event with its JSON as text. */
export interface BulkEvent {
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  readonly actor: string;
  /** JSON. */
  readonly data: string;
  /** JSON. */
  readonly personal?: string | undefined;
}

/**
 * What a store offers for taking in hundreds of thousands of records
 * (`Store.bulk`). Without it they go through `commit`, which means the same.
 */
export interface BulkStore {
  /**
   * As `Store.commit`: each change wins or conflicts alone, and what wins is
   * written as a whole, with its events in the queue of the sealer. A store may
   * take `add` at its word; a row of it that is there after all is an error.
   */
  write(changes: readonly BulkChange[], options?: CommitOptions): Promise<readonly CommitOutcome[]>;
}

/** The same for `Store.commit`. */
export function asChange({ header, add, replace, remove, events, ...rest }: BulkChange): Change {
  return {
    ...rest,
    file: {
      header: read(header),
      put: new Map([...add, ...replace].map(([id, data]) => [id, read(data)] as const)),
      remove,
    },
    events: events.map(({ data, personal, ...event }) => ({
      ...event,
      data: read(data),
      ...(personal === undefined ? {} : { personal: read(personal) }),
    })),
    acts: [],
  };
}

function read(text: string): Json {
  return JSON.parse(text) as Json;
}
