import { describe, expect, it } from 'vitest';
import { compile, decide } from '../../src/engine/index.js';
import type { Policy } from '../../src/policy/types.js';
import { codeOf } from '../money/thrown.js';
import { aLadder, anInvoice, aPlan, aStage, engineOf, instant, owing } from '../support/build.js';

const at = instant('2026-03-02T10:00:00-06:00');

describe('documents that do not fit', () => {
  const code = (policies: readonly Policy[], plan = aPlan()): string =>
    codeOf(() => compile({ plan, policies }));

  it('are refused: one policy and version twice, a policy that does not exist', () => {
    expect(code([aLadder(['1d']), aLadder(['2d'])])).toBe('invalid_document');
    expect(code([aLadder(['1d'])], aPlan({ default: 'nobody' }))).toBe('invalid_document');
    expect(code([], aPlan({ default: undefined, assign: [{ account: 'a', policy: 'nobody' }] }))).toBe(
      'invalid_document',
    );
  });

  it('are refused: zones, durations, amounts, dates that make no sense', () => {
    expect(code([aLadder(['1d'])], aPlan({ zone: 'Mars/Olympus' }))).toBe('unknown_zone');
    expect(code([aLadder(['1x'])])).toBe('invalid_duration');
    expect(code([aLadder(['1d'], { restart: '2bd' })])).toBe('invalid_duration');
    expect(code([aLadder(['1d'])], aPlan({ tolerance: { MXN: '1.005' } }))).toBe('invalid_amount');
    expect(code([aLadder(['1d'])], aPlan({ calendar: { holidays: ['2026-02-30'] } }))).toBe('invalid_option');
    const stage = aStage('s', '1d', { when: { fact: 'item.dunnable', gte: { XXX: '1' } } });
    expect(code([aLadder([], { stages: [stage] })])).toBe('unknown_currency');
  });
});

describe('a compiled engine', () => {
  it('starts cases on the newest version, whatever the order', () => {
    for (const order of [
      [2, 10],
      [10, 2],
    ]) {
      const engine = engineOf(order.map((version) => aLadder(['1d'], { version })));
      expect(decide(engine, owing(anInvoice()), at).acts[0]?.policy.version).toBe(10);
    }
  });

  it('knows documents by their content', () => {
    const hash = (policy: Policy): string | undefined => engineOf(policy).policies.get('ladder')?.ref.hash;
    const { id, version, stages, ...rest } = aLadder(['1d']);
    expect(hash({ ...rest, stages, version, id })).toBe(hash(aLadder(['1d'])));
    expect(hash(aLadder(['2d']))).not.toBe(hash(aLadder(['1d'])));
  });

  it('holds no state: one engine serves many accounts', () => {
    const engine = engineOf(aLadder(['1d', '3d']));
    const first = JSON.stringify(decide(engine, owing(anInvoice()), at));
    decide(engine, owing(anInvoice({ id: 'F9', due: '2026-01-01' })), at);
    expect(JSON.stringify(decide(engine, owing(anInvoice()), at))).toBe(first);
  });
});
