import { type Day, localDay, startOfDay } from '../../calendar/index.js';
import { type AccountFile, type Decision, type Engine, itemsOf } from '../../engine/index.js';

/** Reasons for which a stage that is due does not act. */
const heldBack: ReadonlySet<string> = new Set([
  'gap',
  'cap',
  'window',
  'holiday',
  'priority',
  'message_limit',
  'condition',
  'hardship',
  'unreachable',
]);

/**
 * When a stage that is due and held back may lapse, at the earliest: the day
 * after the due date for what is meant before it, the next day where a policy
 * drops what is late or asks for ages. Whoever reviews every day writes that
 * down on its day.
 */
export function lapseOf(
  engine: Engine,
  file: AccountFile,
  zone: string,
  now: number,
  decision: Decision,
): number | undefined {
  const held = decision.waiting.filter((one) => heldBack.has(one.reason));
  if (held.length === 0) return undefined;
  const today = localDay(now, zone);
  const dues = new Map(itemsOf(file, today).map((item) => [item.id, item.due]));
  let first: Day | undefined;
  for (const one of held) {
    const due = dues.get(one.item) ?? dues.get(carrierOf(file, one) ?? '');
    const policy = engine.policies.get(one.policy ?? '');
    const daily = policy?.late === 'drop' || policy?.stages.some((stage) => stage.timed) === true;
    const day = daily ? today + 1 : due !== undefined && today <= due ? due + 1 : undefined;
    if (day !== undefined && (first === undefined || day < first)) first = day;
  }
  return first === undefined ? undefined : startOfDay(first, zone);
}

/** The item that carries a group which waits. */
function carrierOf(file: AccountFile, { item, case: id }: Decision['waiting'][number]): string | undefined {
  return file.cases.get(item)?.find((one) => one.id === id)?.carrier;
}
