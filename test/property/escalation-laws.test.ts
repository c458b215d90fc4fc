import fc from 'fast-check';
import { expect, it } from 'vitest';
import { localDay, parseDay } from '../../src/calendar/index.js';
import type { AccountFile, Act } from '../../src/engine/index.js';
import { mainTrigger } from '../../src/policy/triggers.js';
import type { Plan } from '../../src/policy/types.js';
import { portfolio, risingPortfolio, walkThrough } from '../support/portfolio.js';
import { actsIn, type Walk } from '../support/walk.js';

const runs = { numRuns: 200 };

function chasing(walked: Walk): readonly Act[] {
  return actsIn(walked).filter((act) => act.kind === 'message' && act.purpose === 'dunning');
}

it('a debt never goes back to a stage that lies before one that was done', () => {
  fc.assert(
    fc.property(risingPortfolio, (one) => {
      const reached = new Map<string, number>();
      for (const act of chasing(walkThrough(one))) {
        for (const cover of act.covers) {
          const subject = cover.case.replace(/#\d+$/, '');
          const stage = Number(cover.stage.replace(/\/.*$/, '').slice(1)) * 100 + cover.occurrence;
          expect(stage).toBeGreaterThanOrEqual(reached.get(subject) ?? 0);
          reached.set(subject, stage);
        }
      }
    }),
    runs,
  );
});

it('each occurrence of a stage is done once, and never two stages of a case on one day', () => {
  fc.assert(
    fc.property(portfolio, (one) => {
      const walked = walkThrough(one);
      const keys = actsIn(walked).flatMap((act) => act.keys);
      expect(keys.length).toBe(new Set(keys).size);
      const daily = chasing(walked).flatMap((act) =>
        act.covers.filter((cover) => !cover.stage.includes('/')).map((cover) => `${act.on} ${cover.case}`),
      );
      expect(daily.length).toBe(new Set(daily).size);
    }),
    runs,
  );
});

it('nothing acts before the day of its stage', () => {
  fc.assert(
    fc.property(risingPortfolio, (one) => {
      for (const act of actsIn(walkThrough(one))) {
        const policy = one.policies.find((other) => other.id === act.policy.id);
        for (const cover of act.covers) {
          const stage = policy?.stages.find((other) => other.id === cover.stage.replace(/\/.*$/, ''));
          const item = act.items.find((other) => cover.case.includes(`/${other.item}#`));
          if (stage === undefined || item?.due === undefined) continue;
          const { plus, minus } = mainTrigger(stage);
          const offset = minus === undefined ? Number.parseInt(plus ?? '0', 10) : -Number.parseInt(minus, 10);
          expect(parseDay(act.on)).toBeGreaterThanOrEqual(parseDay(item.due) + offset);
        }
      }
    }),
    runs,
  );
});

function isHeld({ blocks }: Plan, file: AccountFile, invoice: string, day: string): boolean {
  const last = (until: string): boolean => (blocks?.holdEnd === 'exclusive' ? day < until : day <= until);
  return [...file.holds.values()].some(
    (hold) =>
      !hold.released &&
      (hold.invoice ?? invoice) === invoice &&
      hold.from <= day &&
      last(hold.until ?? '9999-12-31'),
  );
}

it('nothing is asked for that is settled, held or disputed, and no more than is owed', () => {
  fc.assert(
    fc.property(portfolio, (one) => {
      for (const { acts, file } of walkThrough(one).days.flatMap(({ settled }) => settled)) {
        for (const act of acts) {
          // What a person is asked to look into chases nobody.
          if (act.purpose !== 'dunning' || act.stage.startsWith('task:')) continue;
          const acting = act.items.filter((item) => item.acting);
          expect(acting.length).toBeGreaterThan(0);
          for (const item of acting) {
            expect(item.dunnable).toBeGreaterThan(0);
            expect(item.dunnable).toBeLessThanOrEqual(item.outstanding);
            expect(isHeld(one.plan, file, item.invoice, act.on)).toBe(false);
            const disputed = [...file.disputes.values()].some(
              ({ state, amount, invoice }) =>
                state === 'open' && amount === undefined && invoice === item.invoice,
            );
            expect(disputed).toBe(false);
            expect(file.invoices.get(item.invoice)?.status).toBe('open');
          }
        }
      }
    }),
    runs,
  );
});

it('a case ends once', () => {
  fc.assert(
    fc.property(portfolio, (one) => {
      const ends = walkThrough(one).days.flatMap(({ settled }) =>
        settled.flatMap(({ events }) =>
          events.flatMap((event) =>
            event.type === 'case.exhausted' || event.type === 'case.closed'
              ? [`${event.type} ${event.case}`]
              : [],
          ),
        ),
      );
      expect(ends.length).toBe(new Set(ends).size);
    }),
    runs,
  );
});

it('thanks are given once for a debt, and only when it was paid', () => {
  fc.assert(
    fc.property(portfolio, (one) => {
      const walked = walkThrough(one);
      const thanks = actsIn(walked).filter((act) => act.stage === 'on:paid');
      const debts = thanks.flatMap((act) => act.covers.map((cover) => cover.case.replace(/#\d+$/, '')));
      expect(debts.length).toBe(new Set(debts).size);
      for (const act of thanks) {
        for (const item of act.items) {
          expect(item.outstanding).toBeLessThanOrEqual(0);
          expect(item.paid).toBeGreaterThan(0);
        }
      }
    }),
    runs,
  );
});

it('an act says the local day on which it was planned', () => {
  fc.assert(
    fc.property(portfolio, (one) => {
      for (const { acts, file } of walkThrough(one).days.flatMap(({ settled }) => settled)) {
        for (const act of acts)
          expect(localDay(act.review, file.account?.zone ?? one.plan.zone)).toBe(parseDay(act.on));
      }
    }),
    runs,
  );
});
