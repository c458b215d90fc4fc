import { describe, expect, it } from 'vitest';
import { decide, evolveAll, forecast, settle } from '../../src/engine/index.js';
import { codeOf } from '../money/thrown.js';
import {
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  aPlan,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { walk } from '../support/walk.js';

const engine = engineOf(aLadder(['1d', '3d']));
const at = instant('2026-03-02T10:00:00-06:00');

describe('a review', () => {
  it('of a day before the last one is refused; of an earlier hour of the day it is not', () => {
    const { file } = settle(engine, owing(anInvoice()), at);
    expect(codeOf(() => decide(engine, file, instant('2026-03-01T23:59:00-06:00')))).toBe('backdated_review');
    expect(decide(engine, file, instant('2026-03-02T00:00:00-06:00')).acts).toEqual([]);
  });

  it('goes by the local day of the account', () => {
    const abroad = fileOf(told.account(anAccount({ zone: 'Asia/Tokyo' })), told.invoice(anInvoice()));
    // 2 March begins in Tokyo at 15:00 UTC of the first.
    expect(decide(engine, abroad, instant('2026-03-01T14:59:00Z')).acts).toEqual([]);
    expect(decide(engine, abroad, instant('2026-03-01T15:00:00Z')).acts[0]?.on).toBe('2026-03-02');
  });

  it('that changes nothing leaves no trace', () => {
    const { file, next } = settle(engine, owing(anInvoice()), at);
    const again = decide(engine, file, at + 3_600_000);
    expect([again.events, again.acts]).toEqual([[], []]);
    expect(again.next).toBe(next);
  });

  it('says how a case began and went on', () => {
    const entered = settle(engine, owing(anInvoice()), instant('2026-03-09T10:00:00-06:00'));
    const base = { subject: 'F1', case: 'ladder/F1#1', on: '2026-03-09' };
    const { version, hash } = engine.policies.get('ladder')!.ref;
    expect(entered.events.slice(0, 2)).toEqual([
      { type: 'case.opened', ...base, policy: 'ladder', version, hash, opening: 1 },
      { type: 'case.shifted', ...base, days: 7, due: '2026-03-01', reason: 'entry' },
    ]);
    const held = evolveAll(entered.file, [told.hold(aHold({ from: '2026-03-10', until: '2026-03-12' }))]);
    const days = ['2026-03-10', '2026-03-13'].map((day) => instant(`${day}T10:00:00-06:00`));
    const paused = settle(engine, held, days[0]!);
    expect(paused.events.slice(0, -1)).toEqual([
      { type: 'case.paused', ...base, on: '2026-03-10', reason: 'hold' },
    ]);
    const on = '2026-03-13';
    expect(settle(engine, paused.file, days[1]!).events.slice(0, -1)).toEqual([
      { type: 'case.resumed', ...base, on, notBefore: '2026-03-14' },
      { type: 'case.shifted', ...base, on, days: 3, due: '2026-03-01', reason: 'resume' },
    ]);
  });

  it('records which documents decided', () => {
    const [act] = decide(engine, owing(anInvoice()), at).acts;
    expect(act?.plan).toEqual({ id: 'plan', version: 1, hash: engine.planRef.hash });
    expect(act?.policy).toEqual(engine.policies.get('ladder')?.ref);
    expect(act?.policy.hash).toMatch(/^[0-9a-f]{16}$/);
  });

  it('of an account without items, or with nothing open, has nothing to say', () => {
    const nothing = { events: [], acts: [], next: undefined, waiting: [] };
    expect(decide(engine, fileOf(told.account(anAccount())), at)).toEqual(nothing);
    expect(decide(engine, fileOf(), at)).toEqual(nothing);
  });

  it('of an ended ladder needs no other', () => {
    const { days } = walk(engine, owing(anInvoice()), '2026-03-01', 10);
    expect(days.at(-1)?.settled[0]?.next).toBeUndefined();
  });

  it('with a policy without stages sends nothing and is over the day after', () => {
    const empty = engineOf(aLadder([]));
    const { events, last } = settle(empty, owing(anInvoice()), at);
    expect(events.map((event) => event.type)).toEqual(['case.opened', 'review.made']);
    expect(last.waiting).toMatchObject([{ reason: 'last_wait', at: instant('2026-03-03T00:00:00-06:00') }]);
  });
});

describe('the forecast', () => {
  it('is the timeline of what will happen if nothing changes, to both ends inclusive', () => {
    const planned = forecast(engine, owing(anInvoice()), at, instant('2026-03-04T00:00:00-06:00'));
    expect(planned.planned.map(({ at: when, act }) => [when, act.message])).toEqual([
      [at, 's1d'],
      [instant('2026-03-04T00:00:00-06:00'), 's3d'],
    ]);
    expect(planned.next).toBe(instant('2026-03-05T00:00:00-06:00'));
  });

  it('leaves the file as it is', () => {
    const file = owing(anInvoice());
    const { file: after } = forecast(engine, file, at, at + 30 * 86_400_000);
    expect(file.seq).toBe(2);
    expect(after.cases.get('F1')?.[0]?.state).toBe('exhausted');
  });

  it('covers ninety days in one go', () => {
    const repeating = engineOf(aLadder(['-7d', '1d'], { last: { repeat: '7d', times: 50 } }));
    const { planned } = forecast(repeating, owing(anInvoice()), at, at + 90 * 86_400_000);
    expect(planned).toHaveLength(1 + Math.floor(90 / 7));
  });
});

describe('when to look again', () => {
  it('is known at once after a task, not only after what is sent', () => {
    const stages = [aStage('call', '1d', { do: [{ task: 'call' }] }), aStage('b', '4d')];
    const tasks = engineOf(aLadder([], { stages }));
    expect(decide(tasks, owing(anInvoice()), at).next).toBe(instant('2026-03-05T00:00:00-06:00'));
  });

  it('is left to what becomes of a message that is under way', () => {
    const decision = decide(engine, owing(anInvoice()), at);
    expect(decision.next).toBeUndefined();
    const file = evolveAll(owing(anInvoice()), decision.events);
    expect(decide(engine, file, at).next).toBeUndefined();
  });

  it('is the day of the next stage, also while the gap is still running', () => {
    const rules = engineOf(aLadder(['1d', '2d', '4d']), aPlan({}, { gap: '5d' }));
    const { next } = settle(rules, owing(anInvoice()), at);
    expect(next).toBe(instant('2026-03-03T00:00:00-06:00'));
    const pushed = decide(rules, settle(rules, owing(anInvoice()), at).file, next ?? 0);
    // The gap ends on the 7th; on the 5th a later stage takes the place of this one.
    expect(pushed.waiting).toMatchObject([{ reason: 'gap', at: instant('2026-03-07T00:00:00-06:00') }]);
    expect(pushed.next).toBe(instant('2026-03-05T00:00:00-06:00'));
  });

  it('is never the present instant of an account at rest', () => {
    for (const contact of [free, {}]) {
      const own = engineOf(aLadder(['1d', '3d']), aPlan({}, contact));
      const settled = settle(own, owing(anInvoice()), at);
      expect(settled.next).toBeGreaterThan(at);
    }
  });
});
