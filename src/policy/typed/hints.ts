import type { FactName, Operator } from '../facts.js';
import type { Action, Experiment, Segment, Stage, Via } from '../types.js';
import type { CurrencyCode } from './currency-code.js';

/**
 * What an editor offers where any text may stand. These types refuse nothing:
 * what is wrong is said by the checks, in sentences.
 */
type Offered<Known extends string> = Known | (string & Record<never, never>);

type AccountFact = Extract<FactName, `account.${string}` | `exposure.${string}`>;

// Every key is named: the compiler takes an object that shares none for a mistake.
type Named<Shape> = { readonly [Key in Shape extends unknown ? keyof Shape : never]?: unknown };

interface ConditionHints<Fact extends string> extends Named<Record<Operator, unknown>> {
  readonly fact?: Offered<Fact>;
  readonly all?: readonly ConditionHints<Fact>[];
  readonly any?: readonly ConditionHints<Fact>[];
  readonly not?: ConditionHints<Fact>;
}

interface ViaHints extends Named<Via> {
  readonly channel?: Offered<'whatsapp' | 'sms' | 'email'>;
}
interface ActionHints extends Named<Action> {
  readonly via?: readonly ViaHints[] | undefined;
  readonly currency?: Offered<CurrencyCode> | undefined;
}
interface GroupHints extends Named<Segment | Experiment> {
  readonly when?: ConditionHints<AccountFact> | undefined;
}
interface StageHints extends Named<Stage> {
  readonly when?: ConditionHints<FactName> | undefined;
  readonly do?: readonly ActionHints[];
}

export interface PlanHints {
  readonly segments?: readonly GroupHints[] | undefined;
  readonly experiments?: readonly GroupHints[] | undefined;
  readonly currency?: Offered<CurrencyCode> | undefined;
}

export interface PolicyHints {
  readonly scope?: ConditionHints<FactName> | undefined;
  readonly via?: readonly ViaHints[] | undefined;
  readonly stages?: readonly StageHints[];
}
