import { describe, expect, it } from 'vitest';
import { type Act, decide, type Engine, evolveAll, type FileEvent, recheck } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import {
  aContact,
  aDispute,
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  aPromise,
  aStage,
  engineOf,
  instant,
  owing,
  told,
} from '../support/build.js';

const policy = aLadder(['1d', '2d', '9d'], { on: { paid: [{ send: 'thanks' }] } });
const engine = engineOf(policy, aPlan({}, { windows: [{ from: '09:00', to: '18:00' }] }));
const at = instant('2026-03-02T10:00:00-06:00');
const two = owing(anInvoice(), anInvoice({ id: 'F2' }));

/** The one message planned on 2 March, and the file that knows of it. */
function planned(file: AccountFile = two, with_: Engine = engine): { file: AccountFile; act: Act } {
  const decision = decide(with_, file, at);
  const [act] = decision.acts;
  if (act === undefined || decision.acts.length > 1) throw new Error('one message was expected');
  return { file: evolveAll(file, decision.events), act };
}

function say(with_: Engine, file: AccountFile, act: Act, now: number): string {
  const checked = recheck(with_, file, act, now);
  return checked.ok ? 'ok' : checked.reason;
}

/** What the re-check says after these facts, at an instant. */
function after(facts: readonly FileEvent[], now = at + 60_000, with_: Engine = engine): string {
  const { file, act } = planned();
  return say(with_, evolveAll(file, facts), act, now);
}

const paid = (...ids: readonly string[]): readonly FileEvent[] =>
  ids.map((id) => told.payment(aPayment({ id: `P-${id}`, to: id })));

describe('a message, asked again before it is sent', () => {
  it('stands while nothing has changed, at any permitted hour of the day', () => {
    expect(after([])).toBe('ok');
    expect(after([], instant('2026-03-02T17:59:00-06:00'))).toBe('ok');
    expect(after([told.account(anAccount({ name: 'Robles SA', owner: 'luis' }))])).toBe('ok');
  });

  it('falls when all of it is settled, and says how', () => {
    expect(after(paid('F1', 'F2'))).toBe('settled');
    const voided = [anInvoice({ status: 'void' }), anInvoice({ id: 'F2', status: 'void' })];
    expect(after(voided.map(told.invoice))).toBe('void');
  });

  it('falls when the settlement has been reviewed meanwhile, too; thanks stand until it bounces', () => {
    const { file, act } = planned();
    const settled = evolveAll(file, paid('F1', 'F2'));
    const reviewed = decide(engine, settled, at + 1);
    const [thanks] = reviewed.acts;
    if (thanks === undefined) throw new Error('thanks were expected');
    const later = evolveAll(settled, reviewed.events);
    expect(say(engine, later, act, at + 2)).toBe('settled');
    expect(thanks.message).toBe('thanks');
    expect(say(engine, later, thanks, at + 2)).toBe('ok');
    const bounced = [told.payment(aPayment({ id: 'P-F1', to: 'F1', state: 'reversed' }))];
    expect(say(engine, evolveAll(later, bounced), thanks, at + 2)).toBe('changed');
  });

  it('falls as changed when it would say something else now', () => {
    const changes: Record<string, readonly FileEvent[]> = {
      paid: paid('F1'),
      partPaid: [told.payment(aPayment({ amount: 1, to: 'F1' }))],
      newItem: [told.invoice(anInvoice({ id: 'F3' }))],
      number: [told.invoice(anInvoice({ number: 'F-001' }))],
      dispute: [told.dispute(aDispute({ amount: 500 }))],
      hold: [told.hold(aHold({ invoice: 'F1', from: '2026-03-02' }))],
      language: [told.account(anAccount({ language: 'pt' }))],
      contact: [told.account(anAccount({ contacts: [aContact({ id: 'luis' })] }))],
    };
    for (const [name, facts] of Object.entries(changes))
      expect([name, after(facts)]).toEqual([name, 'changed']);
    expect(after([], undefined, engineOf({ ...policy, name: 'Other words' }))).toBe('changed');
  });

  it('falls with the reason for which it would not be sent now', () => {
    const second = { id: 'X2', invoice: 'F2' };
    expect(after([told.hold(aHold({ from: '2026-03-02' }))])).toBe('hold');
    expect(after([told.dispute(aDispute()), told.dispute(aDispute(second))])).toBe('dispute');
    expect(after([told.promise(aPromise()), told.promise(aPromise(second))])).toBe('promise');
    expect(after([told.payment(aPayment({ amount: 20_000 }))])).toBe('unapplied');
    const withdrawn = aContact({ consents: [{ channel: 'email', state: 'withdrawn', at }] });
    expect(after([told.account(anAccount({ contacts: [withdrawn] }))])).toBe('unreachable');
    expect(after([], instant('2026-03-02T18:00:00-06:00'))).toBe('window');
    expect(after([told.account(anAccount({ policy: null }))])).toBe('unassigned');
  });

  it('falls the next day when a later stage is due by then', () => {
    expect(after([], instant('2026-03-03T10:00:00-06:00'))).toBe('changed');
  });

  it('stands the next day when it is still the same: only the days overdue differ', () => {
    const slow = engineOf(aLadder(['1d', '9d']));
    const { file, act } = planned(two, slow);
    expect(say(slow, file, act, at + 86_400_000)).toBe('ok');
  });

  it('is not held up by what went out on the same occasion, but by another', () => {
    const early = engineOf(aLadder(['-7d', '1d', '9d']), aPlan({}, { gap: '2d' }));
    const start = owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-09' }));
    const decision = decide(early, start, at);
    const [first, second] = decision.acts;
    if (first === undefined || second === undefined) throw new Error('two messages were expected');
    const sent: FileEvent = { type: 'act.accepted', act: first.id, at, on: '2026-03-02' };
    const file = evolveAll(start, [...decision.events, sent]);
    expect(say(early, file, second, at + 86_400_000)).toBe('ok');
    const touch = { at, on: '2026-03-02', occasion: at - 1, purpose: 'dunning' as const };
    expect(say(early, { ...file, touches: [...file.touches, touch] }, second, at)).toBe('gap');
  });

  it('that the file does not know is no act', () => {
    const { act } = planned();
    expect(say(engine, two, act, at)).toBe('unknown_act');
  });

  it('taken back is planned anew under another id and the same keys', () => {
    const { file, act } = planned();
    expect(act.id).toBe('robles/ladder/F1#1/s1d.1@ana.0');
    const back: FileEvent = { type: 'act.withdrawn', act: act.id, reason: 'changed', on: '2026-03-02' };
    const again = decide(engine, evolveAll(file, [back, ...paid('F1')]), at + 1).acts;
    expect(again.map(({ id, keys }) => [id, keys])).toEqual([
      ['robles/ladder/F2#1/s1d.1@ana.0!1', ['robles/ladder/F2#1/s1d.1@ana.0']],
      ['robles/ladder/F1#1/on:paid.1@ana.0', ['robles/ladder/F1#1/on:paid.1@ana.0']],
    ]);
  });
});

it('a repeat is re-checked like any message', () => {
  const repeating = engineOf(
    aLadder([], { stages: [aStage('s', '1d')], last: { repeat: '2d', times: 2 } }),
    aPlan({}, { gap: 'none' }),
  );
  const { file, act } = planned(owing(anInvoice()), repeating);
  const sent = evolveAll(file, [{ type: 'act.accepted', act: act.id, at, on: '2026-03-02' }]);
  const later = at + 2 * 86_400_000;
  const decision = decide(repeating, sent, later);
  const [second] = decision.acts;
  if (second === undefined) throw new Error('a repeat was expected');
  expect(second.covers[0]?.occurrence).toBe(2);
  expect(say(repeating, evolveAll(sent, decision.events), second, later)).toBe('ok');
});
