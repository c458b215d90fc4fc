import { decide, type Engine, explain } from 'recobro/engine';
import type { Contender } from '../contender.js';
import { now } from '../work.js';

/** The public `decide` without a trace: events, acts ready for the outbox, and when to look again. */
export function recobro(engine: Engine): Contender {
  return {
    name: 'recobro decide, no trace',
    slow: false,
    review: (file, tell) => {
      for (const { items, stage } of decide(engine, file, now, { trace: false }).acts) {
        for (const { invoice } of items) tell(invoice, stage);
      }
    },
  };
}

/** The same with its trace: for each invoice that waits, why and until when. */
export function recobroTraced(engine: Engine): Contender {
  return {
    name: 'recobro decide',
    slow: false,
    review: (file, tell) => {
      for (const { items, stage } of decide(engine, file, now).acts) {
        for (const { invoice } of items) tell(invoice, stage);
      }
    },
  };
}

/** All there is to tell: every stage of every invoice, with what its condition found. */
export function recobroExplained(engine: Engine): Contender {
  return {
    name: 'recobro explain',
    slow: true,
    review: (file, tell) => {
      for (const { items, stage } of explain(engine, file, now).acts) {
        for (const { invoice } of items) tell(invoice, stage);
      }
    },
  };
}
