import { type Act, type FileEvent, rankOf } from '../engine/index.js';
import type { ActChange, ActInsert, Json } from '../stores/store.js';
import { toJson } from './codec.js';

/**
 * What a decision does to the outbox: new rows, and those that a review itself
 * ends: tasks that lost their cause, proposals that are over. What is planned
 * and over at once leaves no row: the log tells of it.
 *
 * @param zone of the books
 */
export function actChanges(
  events: readonly FileEvent[],
  acts: readonly Act[],
  now: number,
  zone: string,
): readonly ActChange[] {
  const planned = new Set(acts.map((act) => act.id));
  const over = new Set<string>();
  const changes: ActChange[] = [];
  for (const event of events) {
    const end = endOf(event);
    if (end === undefined) continue;
    over.add(end.id);
    if (planned.has(end.id)) continue;
    changes.push({ op: 'move', id: end.id, from: ['open'], to: end.to, result: end.result });
  }
  for (const act of acts) if (!over.has(act.id)) changes.push(insertOf(act, now, zone));
  return changes;
}

interface End {
  readonly id: string;
  readonly to: 'completed' | 'withdrawn' | 'refused';
  readonly result: Json;
}

/** How an event of a review ends a row that waits for a person. */
function endOf(event: FileEvent): End | undefined {
  switch (event.type) {
    case 'task.closed': {
      const { act: id, reason, author } = event;
      return { id, to: 'completed', result: { reason, ...(author === undefined ? {} : { by: author }) } };
    }
    case 'act.withdrawn':
      return { id: event.act, to: 'withdrawn', result: { reason: event.reason } };
    case 'act.discarded': {
      const { act: id, author, reason = 'discarded' } = event;
      return { id, to: 'withdrawn', result: { by: author, reason } };
    }
    case 'act.refused': {
      const { act: id, code, scope, at } = event;
      return { id, to: 'refused', result: { code, scope, why: 'refused', at } };
    }
    default:
      return undefined;
  }
}

/** Only a message that nobody has to approve goes out by itself; all else waits for a person or for the host. */
function insertOf(act: Act, now: number, zone: string): ActInsert {
  const state = act.kind === 'message' && act.mode === undefined ? 'ready' : 'open';
  return {
    op: 'insert',
    id: act.id,
    keys: act.keys,
    state,
    notBefore: now,
    rank: rankOf(act, zone),
    data: toJson(act),
  };
}
