import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, parseClock, parseDay } from '../../src/calendar/index.js';
import { defaultGap, weekdayOfName } from '../../src/contact/gate.js';
import type { Act } from '../../src/engine/index.js';
import type { Account } from '../../src/ledger/types.js';
import type { ContactCap, Weekday } from '../../src/policy/types.js';
import { type Portfolio, portfolio, walkThrough } from '../support/portfolio.js';
import { actsIn, type Walk } from '../support/walk.js';

const runs = { numRuns: 200 };
const week: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function chasing(walked: Walk): readonly Act[] {
  return actsIn(walked).filter((act) => act.kind === 'message' && act.purpose === 'dunning');
}

/** The account as it was told when an act was planned. */
function accountAt({ ledger, facts }: Portfolio, act: Act): Account | undefined {
  let known: Account | undefined;
  const before = Object.keys(facts)
    .filter((day) => day <= act.on)
    .toSorted();
  for (const fact of [...ledger, ...before.flatMap((day) => facts[day] ?? [])])
    if (fact.type === 'account.upserted') known = fact.account;
  return known;
}

/** An account that moves to another zone counts its days anew; the laws of days are about those that stay. */
const settled = portfolio.filter(({ ledger, facts }) => {
  const zones = [...ledger, ...Object.values(facts).flat()].flatMap((fact) =>
    fact.type === 'account.upserted' ? [fact.account.zone] : [],
  );
  return new Set(zones).size === 1;
});

/** Days of the occasions, oldest first. */
function occasions(acts: readonly Act[]): readonly number[] {
  const days = new Map(acts.map((act) => [act.review, parseDay(act.on)]));
  return [...days.values()].toSorted((a, b) => a - b);
}

function countedBy(cap: ContactCap, acts: readonly Act[]): readonly (readonly Act[])[] {
  const within = acts.filter((act) => cap.channel === undefined || act.channel === cap.channel);
  if (cap.of !== 'contact') return [within];
  return [...new Set(within.map((act) => act.contact))].map((id) =>
    within.filter((act) => act.contact === id),
  );
}

describe('contact rules, over many days', () => {
  it('the gap lies between any two occasions', () => {
    fc.assert(
      fc.property(settled, (one) => {
        const gap = one.plan.contact?.gap ?? defaultGap;
        const least = gap === 'none' ? 0 : Number.parseInt(gap, 10);
        const on = occasions(chasing(walkThrough(one)));
        on.slice(1).forEach((day, index) => {
          expect(day - on[index]!).toBeGreaterThanOrEqual(least);
        });
      }),
      runs,
    );
  });

  it('no cap is exceeded in any of its periods', () => {
    fc.assert(
      fc.property(settled, (one) => {
        const acts = chasing(walkThrough(one));
        for (const cap of one.plan.contact?.caps ?? []) {
          const per = Number.parseInt(cap.per ?? '', 10);
          for (const counted of countedBy(cap, acts)) {
            const on = occasions(counted);
            for (const first of on)
              expect(on.filter((day) => day >= first && day < first + per).length).toBeLessThanOrEqual(
                cap.max,
              );
          }
        }
      }),
      runs,
    );
  });

  it('nobody hears of it outside a window, in the zone of the contact', () => {
    fc.assert(
      fc.property(portfolio, (one) => {
        const holidays = new Set((one.plan.calendar?.holidays ?? []).map(parseDay));
        for (const act of actsIn(walkThrough(one))) {
          if (act.kind !== 'message') continue;
          const account = accountAt(one, act);
          const contact = account?.contacts.find((other) => other.id === act.contact);
          const windows = (one.plan.contact?.windows ?? [])
            .filter(({ channels }) => channels === undefined || channels.includes(act.channel ?? ''))
            .map(({ days, from, to }) => ({
              days: (days ?? week).map(weekdayOfName),
              from: parseClock(from),
              to: parseClock(to),
            }));
          const zone = contact?.zone ?? account?.zone ?? one.plan.zone;
          expect(isOpen(act.review, windows, zone, (day) => holidays.has(day))).toBe(true);
        }
      }),
      runs,
    );
  });

  it('one review makes one overdue and one upcoming message at most per policy, contact and part', () => {
    fc.assert(
      fc.property(portfolio, (one) => {
        const seen = new Set<string>();
        for (const act of chasing(walkThrough(one))) {
          const policy = one.policies.find((other) => other.id === act.policy.id);
          if (policy?.message?.by === 'invoice') continue;
          const overdue = act.items.some((item) => item.acting && item.daysPastDue > 0);
          const part = act.covers[0]?.stage.includes('/send.');
          const key = [act.review, act.policy.id, act.contact, overdue, part].join(' ');
          expect(seen.has(key)).toBe(false);
          seen.add(key);
        }
      }),
      runs,
    );
  });
});
