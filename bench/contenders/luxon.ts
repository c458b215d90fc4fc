import { DateTime } from 'luxon';
import type { AccountFile } from 'recobro/engine';
import type { Contender } from '../contender.js';
import { now, zone } from '../work.js';
import { handLadders, lastSent, type SmallDecision, stageFor, summaryOf } from './by-hand.js';

/** The same loop with dates in luxon, in the zone of the books. */
export function luxon(): Contender {
  function review(file: AccountFile): SmallDecision[] {
    const { open, segment, shareLate } = summaryOf(file);
    const ladder = handLadders[segment];
    const start = DateTime.fromMillis(now, { zone }).startOf('day');
    const decisions: SmallDecision[] = [];
    for (const { invoice, cases, outstanding } of open) {
      const { id, due, currency } = invoice;
      if (due === undefined) continue;
      const daysPastDue = start.diff(DateTime.fromISO(due, { zone }), 'days').days;
      const index = stageFor(ladder, lastSent(cases, ladder), daysPastDue, outstanding, currency, shareLate);
      const rung = ladder[index];
      if (rung === undefined) continue;
      decisions.push({ invoice: id, stage: rung.id, outstanding, currency, daysPastDue });
    }
    return decisions;
  }

  return {
    name: 'by hand, luxon',
    slow: true,
    review: (file, tell) => {
      for (const { invoice, stage } of review(file)) tell(invoice, stage);
    },
  };
}
