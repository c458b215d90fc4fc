import type { Cursor } from '../cursor.js';
import { hint } from '../nearest.js';
import { checkCondition } from './condition.js';
import { checkPercent, checkUnique } from './scalars.js';

const targets = ['invoice', 'account', 'branch', 'entity', 'area', 'segment'] as const;

/** Ids of the segments of a plan. */
export function segmentIds(plan: Cursor): readonly string[] {
  return plan
    .at('segments')
    .items()
    .flatMap((segment) => segment.at('id').text() ?? []);
}

/** Tells of a segment that is not there. */
export function checkSegment(at: Cursor, segments: readonly string[]): void {
  const id = at.text();
  if (id !== undefined && !segments.includes(id))
    at.report('unknown_reference', `there is no segment ${JSON.stringify(id)}${hint(id, segments)}`);
}

/** One policy for each: two of one rank would leave it to chance. */
export function checkAssignments(plan: Cursor): void {
  const segments = segmentIds(plan);
  const first = new Map<string, Cursor>();
  for (const assignment of plan.at('assign').items()) {
    checkPercent(assignment.at('pilot').at('percent'));
    const given = targets.filter((target) => assignment.at(target).exists);
    if (given.length > 1) {
      assignment.report('conflicting_keys', `name one of ${given.join(', ')}; write one assignment for each`);
      continue;
    }
    const [target] = given;
    const name = target === undefined ? '' : assignment.at(target).text();
    if (name === undefined) continue;
    if (target === 'segment') checkSegment(assignment.at('segment'), segments);
    const pilot = assignment.at('pilot');
    if (target === undefined && !pilot.exists && plan.at('default').exists) {
      assignment.report(
        'conflicting_assignment',
        'an assignment that names nobody is for everybody, and "default" would never be used; keep one of the two, or name somebody',
      );
      continue;
    }
    // Pilots for the same are drawn one after the other: what one leaves goes on to the next.
    const drawn = pilot.exists ? (pilot.at('salt').text() ?? assignment.at('policy').text() ?? '') : null;
    checkRank(assignment, target ?? 'everybody', name, drawn, first);
  }
}

function checkRank(
  assignment: Cursor,
  target: string,
  name: string,
  drawn: string | null,
  first: Map<string, Cursor>,
): void {
  const key = JSON.stringify([target, name, drawn]);
  const before = first.get(key);
  if (before === undefined) first.set(key, assignment);
  else if (drawn !== null) {
    assignment.report(
      'duplicate_entry',
      `${before.path} draws the same accounts; give one of the two another salt, or leave it out`,
    );
  } else if (before.at('policy').value === assignment.at('policy').value) {
    assignment.report('duplicate_entry', `the same stands at ${before.path} already`);
  } else {
    const whom = target === 'everybody' ? target : `the ${target} ${JSON.stringify(name)}`;
    assignment.report(
      'conflicting_assignment',
      `${before.path} gives ${whom} another policy; keep one of the two`,
    );
  }
}

/** Accounts are drawn to arms by their weights. */
export function checkExperiments(plan: Cursor): void {
  const experiments = plan.at('experiments');
  checkUnique(experiments, 'id', (experiment) => experiment.at('id'));
  for (const experiment of experiments.items()) {
    if (experiment.at('when').exists) checkCondition(experiment.at('when'), 'segment');
    const arms = experiment.at('arms');
    checkUnique(arms, 'id', (arm) => arm.at('id'));
    const weights = arms.items().map((arm) => arm.at('weight').number());
    if (weights.length > 0 && weights.every((weight) => weight === 0))
      arms.report('too_small', 'some arm needs a weight above 0, or nobody could be drawn to any');
  }
}
