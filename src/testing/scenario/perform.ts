import type { ActQuery, FactKeys, ScenarioStep } from '../../schema/index.js';
import { idsOf } from './acts.js';
import { isFactKind } from './facts.js';
import { bookFee, impact, portfolio, takeHistory, tell } from './hosts.js';
import { outcomeOf } from './outcomes.js';
import { listOf } from './plain.js';
import { dispatch, passTime, review, tick } from './runs.js';
import { by, choice, now, type Stage } from './stage.js';

type StepKey = keyof ScenarioStep;

/** Keys that say something about the step, and do nothing. */
const silent: ReadonlySet<string> = new Set<StepKey>([
  'at',
  'asOf',
  'note',
  'tenant',
  'by',
  'reason',
  'error',
  'then',
]);

/** One operation of a step; facts that follow each other are one. */
export type Operation =
  | { readonly name: 'facts'; readonly facts: FactKeys }
  | { readonly name: Exclude<StepKey, keyof FactKeys> };

/** What a step does, in the order written. */
export function operationsOf(step: ScenarioStep): readonly Operation[] {
  const operations: Operation[] = [];
  for (const key of Object.keys(step)) {
    if (silent.has(key)) continue;
    if (!isFactKind(key)) {
      // The shape lets no other keys pass.
      operations.push({ name: key as Exclude<StepKey, keyof FactKeys> });
      continue;
    }
    const last = operations.at(-1);
    const before = last?.name === 'facts' ? last.facts : undefined;
    if (before !== undefined) operations.pop();
    operations.push({ name: 'facts', facts: { ...before, [key]: step[key] } });
  }
  return operations;
}

/** Does what an operation says. Whatever is refused is thrown. */
export async function perform(stage: Stage, step: ScenarioStep, operation: Operation): Promise<void> {
  if (operation.name === 'facts') return tell(stage, operation.facts, stage.path);
  const { name } = operation;
  const path = `${stage.path}.${name}`;
  const { world, tenant } = stage;
  const { dunning, book } = tenant;
  switch (name) {
    case 'change':
      return tell(stage, book.change(step.change ?? {}, path), path);
    case 'load':
      return world.load(tenant, step.load ?? {}, path);
    case 'history':
      return takeHistory(stage, step.history ?? [], path);
    case 'answers':
      return world.answer(tenant, listOf(step.answers), path);
    case 'review':
      return review(stage, step.review ?? true);
    case 'tick':
      return tick(stage);
    case 'dispatch':
      return dispatch(stage);
    case 'run':
      return step.run === undefined ? undefined : passTime(stage, step.run, path);
    case 'approve':
      return each(stage, step.approve, ['open'], path, (id) => dunning.approve(id, by(stage)));
    case 'discard':
      return each(stage, step.discard, ['open'], path, (id) => dunning.discard(id, by(stage)));
    case 'complete':
      return complete(stage, step.complete, path);
    case 'delivered':
      return each(stage, step.delivered, ['accepted', 'unknown'], path, (id) =>
        dunning.delivered(id, now(stage)),
      );
    case 'confirm': {
      if (typeof step.confirm === 'string')
        return each(stage, step.confirm, ['open'], path, (id) => dunning.confirm(id, by(stage)));
      const { on, ...query } = step.confirm ?? {};
      return each(stage, query, ['open'], path, (id) => dunning.confirm(id, { ...by(stage), on }));
    }
    case 'resolve': {
      if (step.resolve === undefined) return;
      const { as, ...query } = step.resolve;
      return each(stage, query, ['unknown'], path, (id) => dunning.resolve(id, as, by(stage)));
    }
    case 'settleFee': {
      if (step.settleFee === undefined) return;
      const { as, ...query } = step.settleFee;
      const fees = query.id === undefined ? { kind: 'fee', ...query } : query;
      return each(stage, fees, ['open'], path, (id) => dunning.settleFee(id, as, by(stage)));
    }
    case 'bookFee':
      return bookFee(stage, step.bookFee ?? {}, path);
    case 'portfolio':
      return portfolio(stage, step.portfolio ?? true);
    case 'impact':
      return impact(stage, step.impact ?? {}, path);
    default:
      return performForItems(stage, step, name, path);
  }
}

/** What people do with accounts and items. */
async function performForItems(stage: Stage, step: ScenarioStep, name: StepKey, path: string): Promise<void> {
  const { dunning, book } = stage.tenant;
  switch (name) {
    case 'ask':
      if (step.ask !== undefined)
        await dunning.ask({ ...choice(stage, step.ask, path), stage: step.ask.stage }, by(stage));
      return;
    case 'skip':
      if (step.skip !== undefined)
        await dunning.skip({ ...choice(stage, step.skip, path), stage: step.skip.stage }, by(stage));
      return;
    case 'move': {
      if (step.move === undefined) return;
      const { stage: to, policy } = step.move;
      await dunning.move({ ...choice(stage, step.move, path), stage: to, policy }, by(stage));
      return;
    }
    case 'takeBack':
      return dunning.takeBack(choice(stage, step.takeBack ?? true, path), by(stage));
    case 'reset':
      return dunning.reset(choice(stage, step.reset ?? true, path), by(stage));
    case 'record': {
      const { on, channel, contact } = step.record === true || step.record === undefined ? {} : step.record;
      const made = { on, channel, contact };
      await dunning.record({ ...choice(stage, step.record ?? true, path), ...made }, by(stage));
      return;
    }
    case 'assign': {
      const told = typeof step.assign === 'string' ? { owner: step.assign } : step.assign;
      if (told === undefined) return;
      const account = 'account' in told ? told.account : undefined;
      return dunning.assign(book.account(account, [], path), told.owner, by(stage));
    }
    case 'unassign': {
      const { account } = step.unassign === true || step.unassign === undefined ? {} : step.unassign;
      return dunning.unassign(book.account(account, [], path), by(stage));
    }
    case 'restoreAddress': {
      const { restoreAddress: told } = step;
      if (told === undefined) return;
      const { account, ...which } = typeof told === 'string' ? { contact: told, account: undefined } : told;
      return dunning.restoreAddress({ account: book.account(account, [], path), ...which }, by(stage));
    }
    case 'hold': {
      const { id, reason, from, until } = step.hold === true || step.hold === undefined ? {} : step.hold;
      const what = { id, reason: reason ?? 'hold', from, until };
      await dunning.hold({ ...choice(stage, step.hold ?? true, path), ...what }, by(stage));
      return;
    }
    case 'release': {
      const told = typeof step.release === 'string' ? { hold: step.release } : step.release;
      if (told === undefined) return;
      const account = 'account' in told ? told.account : undefined;
      return dunning.release(book.account(account, [], path), told.hold, by(stage));
    }
    default:
      return;
  }
}

async function complete(stage: Stage, told: ScenarioStep['complete'], path: string): Promise<void> {
  if (typeof told === 'string')
    return each(stage, told, ['open'], path, (id) => stage.tenant.dunning.complete(id, by(stage)));
  const { contacted, outcome, on, date, about, amount, code, ...query } = told ?? {};
  const said = outcomeOf({ outcome, on, date, about, amount, code }, path);
  await each(stage, query, ['open'], path, (id) =>
    stage.tenant.dunning.complete(id, { ...by(stage), ...(said ?? { contacted }) }),
  );
}

async function each(
  stage: Stage,
  query: ActQuery | undefined,
  states: readonly string[],
  path: string,
  work: (id: string) => Promise<void>,
): Promise<void> {
  for (const id of await idsOf(stage.tenant, query ?? {}, states, path)) await work(id);
}
