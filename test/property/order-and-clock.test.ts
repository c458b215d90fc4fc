import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { decide, emptyFile, evolve, explain, type FileEvent } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import { upsert } from '../../src/ledger/upsert.js';
import { after, days, engineFor, type Portfolio, portfolio, walkThrough } from '../support/portfolio.js';
import { text } from '../support/text.js';

interface Told {
  readonly fact: FileEvent;
  readonly outcome: ReturnType<typeof upsert>;
}

/** A fact with a version, and how it meets what the file knows. */
function meets(file: AccountFile, fact: FileEvent, version: number): Told {
  switch (fact.type) {
    case 'account.upserted': {
      const account = { ...fact.account, version };
      return { fact: { ...fact, account }, outcome: upsert(file.account, account) };
    }
    case 'invoice.upserted': {
      const invoice = { ...fact.invoice, version };
      return { fact: { ...fact, invoice }, outcome: upsert(file.invoices.get(invoice.id), invoice) };
    }
    case 'payment.upserted': {
      const payment = { ...fact.payment, version };
      return { fact: { ...fact, payment }, outcome: upsert(file.payments.get(payment.id), payment) };
    }
    case 'credit.upserted': {
      const credit = { ...fact.credit, version };
      return { fact: { ...fact, credit }, outcome: upsert(file.credits.get(credit.id), credit) };
    }
    case 'hold.upserted': {
      const hold = { ...fact.hold, version };
      return { fact: { ...fact, hold }, outcome: upsert(file.holds.get(hold.id), hold) };
    }
    case 'dispute.upserted': {
      const dispute = { ...fact.dispute, version };
      return { fact: { ...fact, dispute }, outcome: upsert(file.disputes.get(dispute.id), dispute) };
    }
    case 'promise.upserted': {
      const promise = { ...fact.promise, version };
      return { fact: { ...fact, promise }, outcome: upsert(file.promises.get(promise.id), promise) };
    }
    case 'refund.upserted': {
      const refund = { ...fact.refund, version };
      return { fact: { ...fact, refund }, outcome: upsert(file.refunds.get(refund.id), refund) };
    }
    case 'unbooked.upserted': {
      const unbooked = { ...fact.unbooked, version };
      return { fact: { ...fact, unbooked }, outcome: upsert(file.unbooked.get(unbooked.id), unbooked) };
    }
    case 'reply.upserted': {
      const reply = { ...fact.reply, version };
      return { fact: { ...fact, reply }, outcome: upsert(file.replies.get(reply.id), reply) };
    }
    case 'plan.upserted': {
      const plan = { ...fact.plan, version };
      return { fact: { ...fact, plan }, outcome: upsert(file.plans.get(plan.id), plan) };
    }
    case 'source.upserted': {
      const source = { ...fact.source, version };
      return { fact: { ...fact, source }, outcome: upsert(file.sources.get(source.id), source) };
    }
    default:
      return { fact, outcome: 'new' };
  }
}

type Versioned = readonly [fact: FileEvent, version: number];

/** Facts in the order in which they were made: the later, the higher the version. */
function factsOf({ ledger, facts }: Portfolio): readonly Versioned[] {
  const all = [
    ...ledger,
    ...Object.keys(facts)
      .toSorted()
      .flatMap((day) => facts[day] ?? []),
  ];
  return all.map((fact, index) => [fact, index + 1]);
}

function taken(facts: readonly Versioned[]): AccountFile {
  return facts.reduce((file, [known, version]) => {
    const { fact, outcome } = meets(file, known, version);
    expect(outcome).not.toBe('conflict');
    return outcome === 'new' || outcome === 'changed' ? evolve(file, fact) : file;
  }, emptyFile('robles'));
}

it('facts told in any order, and twice, give the same decisions, byte for byte', () => {
  const shuffled = portfolio.chain((one) => {
    const facts = factsOf(one);
    return fc.record({
      one: fc.constant(one),
      facts: fc.constant(facts),
      other: fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 }),
      hours: fc.integer({ min: 0, max: days * 24 }),
    });
  });
  fc.assert(
    fc.property(shuffled, ({ one, facts, other, hours }) => {
      const engine = engineFor(one);
      const now = Date.UTC(2026, 2, 1) + hours * 3_600_000;
      const a = taken(facts);
      const b = taken(other);
      expect(text(decide(engine, b, now))).toBe(text(decide(engine, a, now)));
      expect(text(explain(engine, b, now))).toBe(text(explain(engine, a, now)));
    }),
    { numRuns: 150 },
  );
});

describe('the process', () => {
  const { TZ } = process.env;
  afterEach(() => {
    vi.useRealTimers();
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  });

  const story = (one: Portfolio): string => {
    const { engine, file, now } = after(one, 20);
    return text([walkThrough(one).file, decide(engine, file, now), explain(engine, file, now)]);
  };

  it('may be in January or July: the bytes are the same', () => {
    fc.assert(
      fc.property(portfolio, (one) => {
        const bytes = ['2026-01-10T12:00:00Z', '2031-07-10T12:00:00Z'].map((date) => {
          vi.useFakeTimers({ toFake: ['Date'] });
          vi.setSystemTime(new Date(date));
          expect(Date.now()).toBe(Date.parse(date));
          return story(one);
        });
        expect(bytes[1]).toBe(bytes[0]);
      }),
      { numRuns: 25 },
    );
  });

  it('may be anywhere: the bytes are the same', () => {
    fc.assert(
      fc.property(portfolio, (one) => {
        const stories = ['Pacific/Kiritimati', 'America/St_Johns', 'Pacific/Pago_Pago'].map((zone) => {
          process.env.TZ = zone;
          return { offset: new Date(0).getTimezoneOffset(), bytes: story(one) };
        });
        expect(new Set(stories.map(({ offset }) => offset)).size).toBe(3);
        expect(new Set(stories.map(({ bytes }) => bytes)).size).toBe(1);
      }),
      { numRuns: 25 },
    );
  });
});
