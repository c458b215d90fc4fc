import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, evolve, evolveAll, explain, forecast, recheck, settle } from '../../src/engine/index.js';
import { dayAfter } from '../support/arbitrary.js';
import { fileOf } from '../support/build.js';
import { after, days, portfolio, walkThrough } from '../support/portfolio.js';
import { text } from '../support/text.js';

const runs = { numRuns: 150 };
const aCount = fc.integer({ min: 1, max: days });

describe('the core, over any portfolio', () => {
  it('is deterministic: the same documents, file and instant give the same bytes', () => {
    fc.assert(
      fc.property(portfolio, aCount, (one, count) => {
        const a = after(one, count);
        const b = after(one, count);
        expect(text(b.file)).toBe(text(a.file));
        expect(text(decide(b.engine, b.file, b.now + 1))).toBe(text(decide(a.engine, a.file, a.now + 1)));
        expect(text(explain(b.engine, b.file, b.now))).toBe(text(explain(a.engine, a.file, a.now)));
      }),
      runs,
    );
  });

  it('comes to rest: asked again at the same instant it has nothing to say', () => {
    fc.assert(
      fc.property(portfolio, aCount, (one, count) => {
        const { engine, file, now } = after(one, count);
        const again = settle(engine, file, now);
        expect([...again.events, ...again.acts]).toEqual([]);
        expect(again.next === undefined || again.next > now).toBe(true);
      }),
      runs,
    );
  });

  it('evolves by one event at a time or by all at once to the same file', () => {
    fc.assert(
      fc.property(portfolio, (one) => {
        const start = fileOf(...one.ledger, ...Object.values(one.facts).flat());
        const walked = walkThrough({
          ...one,
          ledger: [...one.ledger, ...Object.values(one.facts).flat()],
          facts: {},
        });
        const events = walked.days.flatMap(({ settled }) => settled.flatMap((each) => each.events));
        expect(text(evolveAll(start, events))).toBe(text(walked.file));
        expect(text(events.reduce(evolve, start))).toBe(text(walked.file));
      }),
      runs,
    );
  });

  it('never changes a file that it was given', () => {
    fc.assert(
      fc.property(portfolio, aCount, (one, count) => {
        const { engine, file, now } = after(one, count);
        const before = text(file);
        settle(engine, file, now + 3_600_000);
        explain(engine, file, now + 3_600_000);
        expect(text(file)).toBe(before);
      }),
      runs,
    );
  });

  it('finds an act that it has just planned right, and explains what it decides', () => {
    fc.assert(
      fc.property(portfolio, aCount, (one, count) => {
        const { engine, file, now } = after(one, count);
        const at = now + 86_400_000;
        const told = evolveAll(file, one.facts[dayAfter(count)] ?? []);
        const decision = decide(engine, told, at);
        const planned = evolveAll(told, decision.events);
        for (const act of decision.acts) {
          if (act.kind === 'message')
            expect([act.id, recheck(engine, planned, act, at)]).toEqual([act.id, { ok: true }]);
        }
        const explained = explain(engine, told, at);
        expect(explained.acts).toEqual(decision.acts);
        expect(explained.next).toBe(decision.next);
        for (const item of explained.items) {
          const acts = decision.acts.some((act) =>
            act.covers.some((cover) => cover.case === item.case && !cover.stage.startsWith('task:')),
          );
          const thanked = item.failed === 'owed';
          if (thanked) continue;
          const waiting = decision.waiting.find((other) => other.item === item.item);
          expect([item.item, item.acts, item.reason]).toEqual([
            item.item,
            acts,
            acts ? undefined : waiting?.reason,
          ]);
          expect(item.failed === undefined).toBe(acts);
        }
      }),
      runs,
    );
  });
});

describe('the next review', () => {
  const halfHour = 1_800_000;
  const dayMs = 86_400_000;

  it('is never later than the first moment at which something would be done', () => {
    fc.assert(
      fc.property(portfolio, fc.integer({ min: 1, max: 20 }), (one, count) => {
        const { engine, file, now } = after(one, count);
        const { next } = decide(engine, file, now);
        const end = Math.min(next ?? Number.MAX_SAFE_INTEGER, now + 12 * dayMs);
        for (let at = now; at < end; at += halfHour) {
          const { events } = decide(engine, file, at);
          expect([new Date(at).toISOString(), events]).toEqual([new Date(at).toISOString(), []]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('leads through time as looking every half hour does: the forecast is what happens', () => {
    fc.assert(
      fc.property(portfolio, fc.integer({ min: 1, max: 20 }), (one, count) => {
        const { engine, file, now } = after(one, count);
        const from = Math.ceil(now / halfHour) * halfHour;
        const to = from + 15 * dayMs;
        const expected: string[] = [];
        let current = file;
        for (let at = from; at <= to; at += halfHour) {
          const settled = settle(engine, current, at);
          for (const act of settled.acts) expected.push(`${new Date(at).toISOString()} ${act.id}`);
          current = settled.file;
        }
        const { planned } = forecast(engine, file, from, to);
        expect(planned.map(({ at, act }) => `${new Date(at).toISOString()} ${act.id}`)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
