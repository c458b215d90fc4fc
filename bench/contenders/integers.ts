import type { AccountFile } from 'recobro/engine';
import type { Contender } from '../contender.js';
import { today } from '../work.js';
import { handLadders, lastSent, type SmallDecision, stageFor, summaryOf } from './by-hand.js';

/** The loop of a competent engineer: days as whole numbers, read with `Date.parse`. */
export function integers(): Contender {
  const dayOfToday = dayOf(today);

  function review(file: AccountFile): SmallDecision[] {
    const { open, segment, shareLate } = summaryOf(file);
    const ladder = handLadders[segment];
    const decisions: SmallDecision[] = [];
    for (const { invoice, cases, outstanding } of open) {
      const { id, due, currency } = invoice;
      if (due === undefined) continue;
      const daysPastDue = dayOfToday - dayOf(due);
      const index = stageFor(ladder, lastSent(cases, ladder), daysPastDue, outstanding, currency, shareLate);
      const rung = ladder[index];
      if (rung === undefined) continue;
      decisions.push({ invoice: id, stage: rung.id, outstanding, currency, daysPastDue });
    }
    return decisions;
  }

  return {
    name: 'by hand, integers',
    slow: false,
    review: (file, tell) => {
      for (const { invoice, stage } of review(file)) tell(invoice, stage);
    },
  };
}

function dayOf(date: string): number {
  return Date.parse(date) / 86_400_000;
}
