import type { Item } from '../ledger/items.js';
import type { Choice, Choices } from './assignments.js';
import type { CompiledPolicy, Engine } from './compile.js';
import type { AccountView } from './view.js';

/** Which policy an item is under, and why. */
export interface Assignment {
  /** Absent: it is not dunned. */
  readonly policy: CompiledPolicy | undefined;
  readonly by: AssignedBy;
  readonly segment: string | undefined;
  /** The experiment and its arm, where an experiment gave the policy. */
  readonly experiment?: ArmOfExperiment | undefined;
  /**
   * Why there is no policy: told not to dun, nothing assigned, only policies
   * that are not active, an id that no policy has, or an entity and an area
   * that name different ones.
   */
  readonly reason?:
    | 'do_not_dun'
    | 'no_policy'
    | 'inactive_policy'
    | 'unknown_policy'
    | 'ambiguous_policy'
    | undefined;
}

/** What an assignment named. */
export type AssignedBy =
  | 'person'
  | 'invoice'
  | 'account'
  | 'branch'
  | 'entity'
  | 'area'
  | 'experiment'
  | 'segment'
  | 'everybody'
  | 'default'
  | 'none';

/** The arm to which an account was drawn. */
export interface ArmOfExperiment {
  readonly id: string;
  readonly arm: string;
}

/** The first segment whose condition holds. */
export function segmentOf(engine: Engine, view: AccountView): string | undefined {
  for (const segment of engine.segments) if (segment.test({ view })) return segment.id;
  return undefined;
}

/** The first experiment in which an account takes part, and its arm. */
export function armOfAccount(
  engine: Engine,
  view: AccountView,
): (ArmOfExperiment & { readonly policy: string | null }) | undefined {
  for (const { id, test, armOf } of engine.assigned.experiments) {
    if (test !== undefined && !test({ view })) continue;
    const arm = armOf(view.file.id);
    return { id, arm: arm.id, policy: arm.policy };
  }
  return undefined;
}

/**
 * The most specific assignment of each item: a person's choice, invoice, account, branch, entity
 * or area, experiment, segment, everybody, then the plan's default. A `null`
 * means "do not dun" and stops the search there; a policy that is not active
 * is passed over. What a record itself says comes before what the plan says of it.
 */
export function assigner(engine: Engine, view: AccountView): (item: Item) => Assignment {
  const search = new Search(engine, view);
  return (item) => search.of(item);
}

/** One account's search: what its items have in common is looked for once. */
class Search {
  readonly #engine: Engine;
  readonly #view: AccountView;
  #segment: string | undefined;
  #segmentKnown = false;
  /** What the account itself is given, before its items are looked at; `null` while not looked for. */
  #account: Assignment | undefined | null = null;
  #common: Assignment | undefined;
  /** Whether the account's rank, the common ranks, or the item in question passed over a policy that is not active. */
  #accountInactive = false;
  #inactive = false;

  constructor(engine: Engine, view: AccountView) {
    this.#engine = engine;
    this.#view = view;
  }

  of(item: Item): Assignment {
    const { assigned } = this.#engine;
    const { invoice } = item;
    const { moved } = this.#view.file;
    const chosen = moved.size === 0 ? undefined : moved.get(item.id);
    if (chosen === undefined && invoice.policy === undefined && !assigned.byItem)
      return this.#ofAccount() ?? this.#ofAll();
    this.#inactive = false;
    const person = chosen === undefined ? undefined : this.#named('person', chosen.policy);
    if (person !== undefined) return person;
    const own =
      invoice.policy === undefined
        ? this.#first('invoice', assigned.invoices, invoice.id)
        : this.#named('invoice', invoice.policy);
    const given =
      own ??
      this.#ofAccount() ??
      this.#first('branch', assigned.branches, invoice.branch) ??
      this.#ofUnit(item);
    if (given !== undefined) return given;
    const inactive = this.#inactive;
    const common = this.#ofAll();
    return inactive && common.reason === 'no_policy' ? { ...common, reason: 'inactive_policy' } : common;
  }

  #ofAccount(): Assignment | undefined {
    if (this.#account === null) {
      const { account, id } = this.#view.file;
      const before = this.#inactive;
      this.#inactive = false;
      this.#account =
        account?.policy === undefined
          ? this.#first('account', this.#engine.assigned.accounts, id)
          : this.#named('account', account.policy);
      this.#accountInactive = this.#inactive;
      this.#inactive = before;
    }
    return this.#account;
  }

  /** Entity and area are of equal rank: where they name different policies nobody can know which is meant. */
  #ofUnit({ invoice }: Item): Assignment | undefined {
    const { entities, areas } = this.#engine.assigned;
    const entity = this.#first('entity', entities, invoice.entity);
    const area = this.#first('area', areas, invoice.area);
    if (entity === undefined || area === undefined) return entity ?? area;
    if (entity.reason === area.reason && entity.policy === area.policy) return entity;
    return { policy: undefined, by: 'none', segment: this.#segmentNow(), reason: 'ambiguous_policy' };
  }

  #ofAll(): Assignment {
    this.#common ??= this.#search();
    return this.#common;
  }

  #search(): Assignment {
    const { assigned, plan } = this.#engine;
    const segment = this.#segmentNow();
    this.#inactive = this.#accountInactive;
    const arm = assigned.experiments.length === 0 ? undefined : armOfAccount(this.#engine, this.#view);
    if (arm !== undefined) {
      const given = this.#named('experiment', arm.policy);
      if (given !== undefined) return { ...given, experiment: { id: arm.id, arm: arm.arm } };
    }
    const found =
      this.#first('segment', assigned.segments, segment) ??
      this.#chosen('everybody', assigned.everybody) ??
      (plan.default === undefined ? undefined : this.#named('default', plan.default));
    if (found !== undefined) return found;
    return {
      policy: undefined,
      by: 'none',
      segment,
      reason: this.#inactive ? 'inactive_policy' : 'no_policy',
    };
  }

  #first(by: AssignedBy, choices: Choices, name: string | undefined): Assignment | undefined {
    if (name === undefined || choices.size === 0) return undefined;
    return this.#chosen(by, choices.get(name) ?? []);
  }

  #chosen(by: AssignedBy, choices: readonly Choice[]): Assignment | undefined {
    for (const { policy, takes } of choices) {
      if (takes !== undefined && !takes(this.#view.file.id)) continue;
      const given = this.#named(by, policy);
      if (given !== undefined) return given;
    }
    return undefined;
  }

  /** Undefined for a policy that is not active: the search goes on. */
  #named(by: AssignedBy, id: string | null): Assignment | undefined {
    const segment = this.#segmentNow();
    if (id === null) return { policy: undefined, by, segment, reason: 'do_not_dun' };
    const policy = this.#engine.policies.get(id);
    if (policy === undefined) return { policy, by, segment, reason: 'unknown_policy' };
    if (policy.policy.active !== false) return { policy, by, segment };
    this.#inactive = true;
    return undefined;
  }

  #segmentNow(): string | undefined {
    if (!this.#segmentKnown) {
      this.#segment = segmentOf(this.#engine, this.#view);
      this.#segmentKnown = true;
    }
    return this.#segment;
  }
}
