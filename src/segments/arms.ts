import { type Problem, RecobroError } from '../errors.js';
import { hundredthsOf, sharesUnder, wholeShare } from './share.js';

/** One way of treating accounts in an experiment. */
export interface Arm {
  readonly id: string;
  /** Its part of the accounts, in proportion to the weights of all arms. Whole, 0 to 1,000,000. */
  readonly weight: number;
}

/**
 * What an experiment divides accounts by: at random, but for ever the same
 * way. A hold-out is an arm like any other: give it a weight, and treat it as
 * without the experiment.
 */
export interface Division<A extends Arm = Arm> {
  readonly id: string;
  /**
   * What the division hangs on. Default: the id, so that an account has the
   * same arm at every tenant. Experiments with one salt divide accounts alike.
   */
  readonly salt?: string | undefined;
  /** In this order the arms share the scale; adding or reweighting one moves accounts. */
  readonly arms: readonly A[];
}

const heaviest = 1_000_000;

/**
 * The arm of an account: the first one, in the order of the document, whose
 * weight together with those before it goes beyond the account's share (see
 * `shareOf`). Nothing is stored and nothing else counts, so the answer
 * is the same after a restart, on another machine, and after the account's
 * facts have changed. Weights are met to a hundredth of a percent.
 *
 * @example armOf({ id: 'tone-test', arms: [{ id: 'soft', weight: 1 }, { id: 'plain', weight: 1 }] }, 'robles').id // 'plain'
 * @throws RecobroError `invalid_option` with every problem: no arms, a doubled id, a weight that is not whole, no weight at all
 */
export function armOf<A extends Arm>(experiment: Division<A>, account: string): A {
  return armPicker(experiment)(account);
}

/** The same for many accounts: checks and adds up the weights once. */
export function armPicker<A extends Arm>(experiment: Division<A>): (account: string) => A {
  const { arms } = experiment;
  const problems = problemsOf(arms);
  if (problems.length > 0) {
    throw new RecobroError('invalid_option', 'the experiment cannot divide accounts', { problems });
  }
  const total = arms.reduce((sum, arm) => sum + arm.weight, 0);
  const share = sharesUnder(experiment.salt ?? experiment.id);
  let up = 0;
  const bounds = arms.map((arm) => {
    up += arm.weight;
    return { arm, below: up * wholeShare };
  });
  return (account) => {
    const at = share(account) * total;
    for (const { arm, below } of bounds) if (at < below) return arm;
    throw new RecobroError('impossible_state', 'a share lies beyond all arms');
  };
}

/**
 * Whether an account takes part in a pilot. Sticky: whoever is in stays in
 * while the percentage grows, at 0 nobody is, and at 100 everybody.
 *
 * @param percent 0 to 100, at most two decimals
 * @param salt what the choice hangs on; pilots with one salt choose the same accounts first
 * @example isInPilot(30, 'pilot-2026', 'robles') // true: its share is 2934, below 3000
 * @throws RecobroError `invalid_option` for another percentage
 */
export function isInPilot(percent: number, salt: string, account: string): boolean {
  return pilotPicker(percent, salt)(account);
}

/** The same for many accounts: checks the percentage and reads the salt once. */
export function pilotPicker(percent: number, salt: string): (account: string) => boolean {
  const below = hundredthsOf(percent);
  if (below === undefined) {
    const message = 'the percentage of a pilot must be a number from 0 to 100 with at most two decimals';
    throw new RecobroError('invalid_option', 'the pilot cannot choose accounts', {
      problems: [{ path: 'percent', code: 'invalid_value', message }],
    });
  }
  const share = sharesUnder(salt);
  return (account) => share(account) < below;
}

function problemsOf(arms: readonly Arm[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  let total = 0;
  arms.forEach(({ id, weight }, index) => {
    if (seen.has(id)) {
      problems.push({ path: `arms[${index}].id`, code: 'duplicate', message: 'another arm has this id' });
    }
    seen.add(id);
    if (Number.isSafeInteger(weight) && weight >= 0 && weight <= heaviest) total += weight;
    else {
      const message = `a weight must be a whole number from 0 to ${heaviest}`;
      problems.push({ path: `arms[${index}].weight`, code: 'invalid_value', message });
    }
  });
  if (problems.length === 0 && total === 0) {
    problems.push({
      path: 'arms',
      code: 'no_weight',
      message: 'an experiment needs at least one arm with a weight above 0',
    });
  }
  return problems;
}
