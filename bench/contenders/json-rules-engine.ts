import { Engine, type RuleProperties, type TopLevelCondition } from 'json-rules-engine';
import type { Contender } from '../contender.js';
import {
  currencies,
  keyFrom,
  keyLateBelow,
  minorOf,
  type SegmentName,
  segments,
  slowLateFrom,
  slowPaidFrom,
  today,
} from '../work.js';
import { type HandRung, handLadders, lastSent, summaryOf } from './by-hand.js';

/**
 * A rule per segment, asked once per account; a rule per stage, in an engine per
 * ladder that serves all invoices. Of the stages whose rule holds, the last acts.
 */
export function jsonRulesEngine(): Contender {
  const segmenting = segmentEngine();
  const engines = { key: engineOf('key'), slow: engineOf('slow'), regular: engineOf('regular') };
  const dayOfToday = dayOf(today);

  return {
    name: 'json-rules-engine',
    slow: true,
    review: async (file, tell) => {
      const { open, owed, paid, shareLate } = summaryOf(file);
      const found = await segmenting.run({ ...owed, paid, shareLate: shareLate ?? null });
      const segment = segments.find((one) => found.events.some(({ type }) => type === one)) ?? 'regular';
      const engine = engines[segment];
      const ladder = handLadders[segment];
      for (const { invoice, cases, outstanding } of open) {
        const { id, due, currency } = invoice;
        if (due === undefined) continue;
        const { events } = await engine.run({
          daysPastDue: dayOfToday - dayOf(due),
          outstanding,
          currency,
          shareLate: shareLate ?? null,
          lastSent: lastSent(cases, ladder),
        });
        let chosen = -1;
        for (const { params } of events) chosen = Math.max(chosen, Number(params?.index));
        const rung = ladder[chosen];
        if (rung !== undefined) tell(id, rung.id);
      }
    },
  };
}

function segmentEngine(): Engine {
  const limits = minorOf(keyFrom);
  const much = currencies.map((currency) => ({
    fact: currency,
    operator: 'greaterThanInclusive',
    value: limits[currency],
  }));
  const inTime = { fact: 'shareLate', operator: 'lessThan', value: keyLateBelow };
  const late = { fact: 'shareLate', operator: 'greaterThanInclusive', value: slowLateFrom };
  const enough = { fact: 'paid', operator: 'greaterThanInclusive', value: slowPaidFrom };
  return new Engine([
    { conditions: { all: [{ any: much }, inTime] }, event: { type: 'key' } },
    { conditions: { all: [late, enough] }, event: { type: 'slow' } },
  ]);
}

type Nested = Extract<TopLevelCondition, { all: unknown }>['all'][number];

function engineOf(segment: SegmentName): Engine {
  return new Engine(handLadders[segment].map(ruleOf));
}

function ruleOf({ id, days, least, late }: HandRung, index: number): RuleProperties {
  const all: Nested[] = [
    { fact: 'daysPastDue', operator: 'greaterThanInclusive', value: days },
    { fact: 'lastSent', operator: 'lessThan', value: index },
  ];
  if (days < 0) all.push({ fact: 'daysPastDue', operator: 'lessThanInclusive', value: 0 });
  if (least !== undefined) {
    all.push({
      any: currencies.map((currency) => ({
        all: [
          { fact: 'currency', operator: 'equal', value: currency },
          { fact: 'outstanding', operator: 'greaterThanInclusive', value: least[currency] },
        ],
      })),
    });
  }
  if (late !== undefined) all.push({ fact: 'shareLate', operator: 'greaterThanInclusive', value: late });
  return { conditions: { all }, event: { type: id, params: { index } } };
}

function dayOf(date: string): number {
  return Date.parse(date) / 86_400_000;
}
