import fc from 'fast-check';
import { expect, it } from 'vitest';
import { localDay, localMinute, parseClock, parseDay } from '../../src/calendar/index.js';
import { climb } from '../../src/engine/climb.js';
import { decide, evolve, evolveAll, explain, forecast, recheck, settle } from '../../src/engine/index.js';
import { lifecycle } from '../../src/engine/lifecycle.js';
import { AccountView } from '../../src/engine/view.js';
import { dayAfter } from '../support/arbitrary.js';
import { richPortfolio } from '../support/arbitrary-ladders.js';
import { fileOf } from '../support/build.js';
import { after, days, portfolio, walkThrough } from '../support/portfolio.js';
import { text } from '../support/text.js';
import { actsIn } from '../support/walk.js';

const aCount = fc.integer({ min: 1, max: days });
const halfHour = 1_800_000;
const dayMs = 86_400_000;

it('ladders of every kind come to rest, the same way each time', () => {
  fc.assert(
    fc.property(richPortfolio, aCount, (one, count) => {
      const { engine, file, now } = after(one, count);
      const again = settle(engine, file, now);
      expect([...again.events, ...again.acts]).toEqual([]);
      expect(again.next === undefined || again.next > now).toBe(true);
      const other = after(one, count);
      expect(text(other.file)).toBe(text(file));
      expect(text(decide(other.engine, other.file, now + 1))).toBe(text(decide(engine, file, now + 1)));
    }),
    { numRuns: 150 },
  );
});

it('the next review of any ladder is never later than the first moment at which something would be done', () => {
  fc.assert(
    fc.property(richPortfolio, fc.integer({ min: 1, max: 20 }), (one, count) => {
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

it('the forecast of any ladder is what happens', () => {
  fc.assert(
    fc.property(richPortfolio, fc.integer({ min: 1, max: 20 }), (one, count) => {
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
    { numRuns: 50 },
  );
});

it('an act of any ladder is found right once planned, and explain gives the answers of decide', () => {
  fc.assert(
    fc.property(richPortfolio, aCount, (one, count) => {
      const { engine, file, now } = after(one, count);
      const at = now + dayMs;
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
    }),
    { numRuns: 150 },
  );
});

it('the short way to the next stage and the whole ladder give one answer', () => {
  fc.assert(
    fc.property(fc.oneof(portfolio, richPortfolio), aCount, (one, count) => {
      const { engine, file, now } = after(one, count);
      const view = new AccountView(file, engine.plan.zone, now + dayMs);
      const { events, subjects } = lifecycle(engine, view);
      const opened = evolveAll(file, events);
      for (const { unit, case: id, policy, reason } of subjects) {
        const known = opened.cases.get(unit.id)?.find((other) => other.id === id);
        if (policy === undefined || known === undefined || reason !== undefined) continue;
        const short = climb(engine, policy, view, unit, known);
        expect(short).toEqual(climb(engine, policy, view, unit, known, () => undefined));
      }
    }),
    { numRuns: 150 },
  );
});

it('no key comes twice, no case acts twice a day, and events fold to one file', () => {
  fc.assert(
    fc.property(richPortfolio, (one) => {
      const walked = walkThrough({ ...one, facts: {} });
      const acts = actsIn(walked);
      const keys = acts.flatMap((act) => act.keys);
      expect(keys.length).toBe(new Set(keys).size);
      const daily = acts
        .filter((act) => act.kind === 'message' && act.purpose === 'dunning')
        .flatMap((act) =>
          act.covers.filter((cover) => !/[/:]/.test(cover.stage)).map((cover) => `${act.on} ${cover.case}`),
        );
      expect(daily.length).toBe(new Set(daily).size);
      const events = walked.days.flatMap(({ settled }) => settled.flatMap((each) => each.events));
      expect(text(events.reduce(evolve, fileOf(...one.ledger)))).toBe(text(walked.file));
    }),
    { numRuns: 100 },
  );
});

it('no stage acts before its hour, beyond the cap, or once the case is exhausted', () => {
  fc.assert(
    fc.property(richPortfolio, (one) => {
      const walked = walkThrough(one);
      const over = new Set<string>();
      for (const { settled } of walked.days) {
        for (const { events, file } of settled) {
          const zone = file.account?.zone ?? one.plan.zone;
          for (const event of events) {
            if (event.type === 'case.exhausted' && event.reason === 'life_over') over.add(event.case);
            if (event.type !== 'act.planned' || event.act.purpose !== 'dunning') continue;
            const policy = one.policies.find((known) => known.id === event.act.policy.id);
            for (const { stage: id, case: of } of event.act.covers) {
              const index = policy?.stages.findIndex((known) => known.id === id) ?? -1;
              const stage = policy?.stages[index];
              if (stage === undefined) continue;
              expect(over.has(of)).toBe(false);
              const time = file.account?.time ?? stage.time ?? policy?.time;
              // Contact hours that are over by then move what is late to where they open.
              const reachable = (one.plan.contact?.windows ?? []).length === 0;
              if (
                reachable &&
                time !== undefined &&
                localDay(event.act.review, zone) === parseDay(event.act.on)
              )
                expect(localMinute(event.act.review, zone)).toBeGreaterThanOrEqual(parseClock(time));
              const cap = file.account?.cap;
              const most =
                typeof cap === 'number'
                  ? cap
                  : cap === undefined
                    ? undefined
                    : levelOf(policy?.stages.findIndex((known) => known.id === cap) ?? -1);
              function levelOf(at: number): number | undefined {
                return at < 0 ? undefined : (policy?.stages[at]?.level ?? at + 1);
              }
              if (most !== undefined) expect(levelOf(index)).toBeLessThanOrEqual(most);
            }
          }
        }
      }
    }),
    { numRuns: 150 },
  );
});
