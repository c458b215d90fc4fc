import { type Day, localDay, startOfDay } from '../../calendar/index.js';
import { type Engine, emptyFile, evolveAll, type FileEvent, settle } from '../../engine/index.js';
import { RecobroError } from '../../errors.js';
import type { LogEntry } from '../run/types.js';
import type { FactDay } from './timeline.js';

/** The life of one account in a period. */
export interface Life {
  readonly engine: Engine;
  readonly account: string;
  readonly zone: string;
  readonly timeline: readonly FactDay[];
  readonly from: Day;
  readonly to: Day;
}

/**
 * Lives through the days of an account: learns the facts of a day, reviews,
 * learns what is booked after the review. Reviews at the start of a day and at
 * the instants the core names itself; days on which nothing can change are
 * passed over, which gives what reviewing every day would give.
 */
export function live(life: Life): LogEntry[] {
  const { engine, zone, to } = life;
  const log: LogEntry[] = [];
  let file = emptyFile(life.account);
  const learn = (events: readonly FileEvent[], at: number): void => {
    if (events.length === 0) return;
    file = evolveAll(file, events);
    for (const event of events) log.push({ at, event });
  };
  let upcoming = 0;
  let wake: number | undefined;
  for (let day = life.from; day <= to; ) {
    const start = startOfDay(day, zone);
    const end = startOfDay(day + 1, zone);
    const facts = life.timeline[upcoming]?.day === day ? life.timeline[upcoming] : undefined;
    if (facts !== undefined) {
      upcoming++;
      learn(facts.before, start);
      if (facts.before.length > 0) wake = start;
    }
    // A day that a zone left out has no instant: what belongs to it is reviewed on the next.
    let at = wake === undefined ? undefined : Math.max(wake, start);
    while (at !== undefined && at < end) {
      const settled = settle(engine, file, at);
      for (const event of settled.events) log.push({ at, event });
      file = settled.file;
      if (settled.next !== undefined && settled.next <= at)
        throw new RecobroError('impossible_state', 'the next review lies before the one that named it');
      wake = settled.next;
      at = wake;
    }
    if (facts !== undefined && facts.after.length > 0) {
      learn(facts.after, end - 1);
      wake = end;
    }
    const known = life.timeline[upcoming]?.day ?? to + 1;
    day = wake === undefined ? known : Math.min(known, Math.max(localDay(wake, zone), day + 1));
  }
  return log;
}
