import type { Permission } from '../../contact/gate.js';
import type { Place, PlaceRefusal } from '../../contact/recipients.js';
import { markOfCandidate } from '../candidate.js';
import type { Placed, Wanted } from '../wanted.js';

/** What a review tells whoever asks why. Decides nothing; a review that nobody asks about has none. */
export interface Report {
  /** Where a message would go on its own, and the places before it that cannot be used. `named`: the contact that its invoices name. */
  place(
    wanted: Wanted,
    named: string | undefined,
    place: Place | undefined,
    refusals: readonly PlaceRefusal[],
  ): void;
  /** What the contact rules say of messages that share one occasion. */
  permission(members: readonly Placed[], permission: Permission): void;
}

/** Where a message goes. */
export interface SeenPlace {
  readonly wanted: Wanted;
  readonly named: string | undefined;
  readonly place: Place | undefined;
  readonly refusals: readonly PlaceRefusal[];
}

/** Remembers what a review tells. */
export class Seen implements Report {
  readonly #places = new Map<string, SeenPlace>();
  readonly #permissions = new Map<string, Permission>();

  place(
    wanted: Wanted,
    named: string | undefined,
    place: Place | undefined,
    refusals: readonly PlaceRefusal[],
  ): void {
    this.#places.set(keyOf(wanted), { wanted, named, place, refusals });
  }

  permission(members: readonly Placed[], permission: Permission): void {
    for (const { wanted } of members) this.#permissions.set(keyOf(wanted), permission);
  }

  /** Where the first message of a case's stage would go. */
  placeOf(id: string, stage: string): SeenPlace | undefined {
    return this.#places.get(`${id} ${stage}`);
  }

  /** What the contact rules said of it. */
  permissionOf(id: string, stage: string): Permission | undefined {
    return this.#permissions.get(`${id} ${stage}`);
  }
}

function keyOf(wanted: Wanted): string {
  return `${wanted.case.id} ${markOfCandidate(wanted)}`;
}
