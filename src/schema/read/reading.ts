import { formatDay, localDay } from '../../calendar/index.js';
import type { Cursor } from '../cursor.js';
import { hint } from '../nearest.js';

/** What reading facts may lean on. */
export interface ReadingOptions {
  /** The instant of the call, in milliseconds. */
  readonly now: number;
  /** The plan's zone, for days that are left out. Absent: such days must be given. */
  readonly zone?: string | undefined;
  /** Ids of the policies there are. Absent: policies of records are not checked. */
  readonly policies?: readonly string[] | undefined;
  /** Ids of the channels there are. Absent: channels are not checked. */
  readonly channels?: readonly string[] | undefined;
}

/** One reading of facts: options, and what was filled in. */
export class Reading {
  readonly now: number;
  /** Members filled from the clock, by record. */
  readonly assumed = new Map<object, string[]>();
  /** Zones of the accounts of this call, where they exist. */
  readonly zones = new Map<string, string>();
  readonly #options: ReadingOptions;

  constructor(options: ReadingOptions) {
    this.now = options.now;
    this.#options = options;
  }

  /** The account's local day, where its zone is known. */
  today(account: string): string | undefined {
    return this.dayOf(account, this.now);
  }

  /** The local day of an instant for an account, where its zone is known. */
  dayOf(account: string, instant: number): string | undefined {
    const zone = this.zones.get(account) ?? this.#options.zone;
    return zone === undefined ? undefined : formatDay(localDay(instant, zone));
  }

  /** Remembers which members of a record were left out: known ones stay. */
  assume<T extends object>(record: T, members: readonly (keyof T & string)[], at: Cursor): T {
    const filled = members.filter((member) => !at.at(member).exists);
    if (filled.length > 0) this.assumed.set(record, filled);
    return record;
  }

  checkPolicy(at: Cursor, id: string): void {
    check(at, id, this.#options.policies, 'unknown_reference', 'policy');
  }

  checkChannel(at: Cursor, id: string): void {
    check(at, id, this.#options.channels, 'unknown_channel', 'channel');
  }
}

function check(
  at: Cursor,
  id: string,
  known: readonly string[] | undefined,
  code: 'unknown_reference' | 'unknown_channel',
  what: string,
): void {
  if (known === undefined || known.includes(id)) return;
  at.report(code, `there is no ${what} ${JSON.stringify(id.slice(0, 64))}${hint(id, known)}`);
}
