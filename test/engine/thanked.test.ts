import { describe, expect, it } from 'vitest';
import { type AccountFile, decide, type Engine, evolveAll, type FileEvent } from '../../src/engine/index.js';
import type { Policy } from '../../src/policy/types.js';
import {
  aContact,
  aCredit,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
  engineOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { linesOf, once } from '../support/review.js';

/** Who is thanked, and for what; and second messages that are still to go. */

const noon = (day: string): number => instant(`2026-${day}T12:00:00-06:00`);
const of = (...policies: readonly Policy[]): Engine => engineOf(policies, aPlan({}, free));
const says = (engine: Engine, file: AccountFile, day: string) => linesOf(decide(engine, file, noon(day)));
const and = (file: AccountFile, ...facts: readonly FileEvent[]): AccountFile => evolveAll(file, facts);
const on = { paid: [{ send: 'thanks' }] };
const silent = aLadder(['1d', '30d']);
const polite = aLadder(['1d', '30d'], { on });
const start = owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B', due: '2026-02-28' }));
const reminded = once(of(silent), start, noon('03-02'));
const paying = (id: string, to: string, date = '2026-03-03') => told.payment(aPayment({ id, to, date }));
/** Both are paid, and their cases closed on 3 March by who thanks nobody. */
const closed = once(of(silent), and(reminded, paying('P1', 'A'), paying('P2', 'B')), noon('03-03'));

describe('thanks', () => {
  it('are one message for all that was paid, the oldest first, within a week', () => {
    expect([says(of(polite), closed, '03-10'), says(of(polite), closed, '03-11')]).toEqual([
      ['message thanks email ana: A on:paid, B on:paid; B A; 20000 MXN', 'next never'],
      ['next never'],
    ]);
    expect(says(of({ ...polite, message: { by: 'item' } }), closed, '03-04')).toEqual([
      'message thanks email ana: B on:paid; B; 10000 MXN',
      'message thanks email ana: A on:paid; A; 10000 MXN',
      'next never',
    ]);
  });

  it('are said once, whatever bounces and is paid again', () => {
    const thanked = once(of(polite), closed, noon('03-04'));
    expect(says(of(polite), thanked, '03-05')).toEqual(['next never']);
    const bounced = and(
      thanked,
      told.payment(aPayment({ id: 'P1', to: 'A', date: '2026-03-03', state: 'reversed' })),
    );
    const open = once(of(polite), bounced, noon('03-05'));
    const again = once(of(polite), and(open, paying('P3', 'A', '2026-03-06')), noon('03-06'));
    expect([says(of(polite), bounced, '03-05'), says(of(polite), again, '03-06')]).toEqual([
      ['stage.skipped A#2 s1d (done_before)', 'A waits at s30d: not_yet until 03-31', 'next 03-31'],
      ['next never'],
    ]);
  });

  it('are not said while a person leads, nor for what was credited, nor where the policy has none', () => {
    const led = and(closed, {
      type: 'account.assigned',
      to: { owner: 'eva', on: '2026-03-03', author: 'eva' },
    });
    expect(says(of(polite), led, '03-04')).toEqual(['next never']);
    const credited = once(
      of(silent),
      and(reminded, told.credit(aCredit({ to: 'A', date: '2026-03-03' }))),
      noon('03-03'),
    );
    expect(says(of(polite), credited, '03-04')).toEqual([
      'case.adopted B (policy_changed)',
      'B waits at s30d: not_yet until 03-31',
      'next 03-31',
    ]);
    expect(says(of(silent, aLadder(['1d'], { id: 'other', on })), closed, '03-04')).toEqual(['next never']);
    expect(says(of(polite), and(reminded, paying('P1', 'A')), '03-04')).toEqual([
      'case.closed A (paid)',
      'case.adopted B (policy_changed)',
      'message thanks email ana: A on:paid; A; 10000 MXN',
      'B waits at s30d: not_yet until 03-31',
      'next 03-31',
    ]);
  });

  it('are said for what was paid of a debt, where the rest of it was credited', () => {
    const part = told.payment(aPayment({ id: 'P1', to: 'A', amount: 4_000, date: '2026-03-03' }));
    const rest = told.credit(aCredit({ to: 'A', amount: 6_000, date: '2026-03-03' }));
    const over = and(once(of(polite), owing(anInvoice({ id: 'A' })), noon('03-02')), part, rest);
    const { acts } = decide(of(polite), over, noon('03-03'));
    expect(acts.map(({ message, totals }) => [message, totals])).toEqual([
      ['thanks', [{ minor: 4_000, currency: 'MXN' }]],
    ]);
  });

  it('begin with the oldest debt, whichever became known first', () => {
    const engine = of({ ...polite, message: { by: 'item' } });
    const young = once(engine, owing(anInvoice({ id: 'A' })), noon('03-02'));
    const both = once(
      engine,
      and(young, told.invoice(anInvoice({ id: 'Z', due: '2026-02-01' }))),
      noon('03-03'),
    );
    const paid = and(both, paying('P1', 'A', '2026-03-04'), paying('P2', 'Z', '2026-03-04'));
    const { acts } = decide(engine, paid, noon('03-04'));
    expect(acts.map(({ items }) => items.map(({ item }) => item))).toEqual([['Z'], ['A']]);
  });

  it('are those of the version by which the case ran, else of the one that there is', () => {
    const second = { ...silent, version: 2, on: { paid: [{ send: 'thanks-2' }] } };
    expect(says(of(polite, second), closed, '03-04')).toEqual([
      'message thanks email ana: A on:paid, B on:paid; B A; 20000 MXN',
      'next never',
    ]);
    expect(says(of(second), closed, '03-04')).toEqual([
      'message thanks-2 email ana: A on:paid, B on:paid; B A; 20000 MXN',
      'next never',
    ]);
  });

  it('may be several messages, each to its own person', () => {
    const lex = aContact({ id: 'lex', role: 'legal', email: 'lex@robles.example' });
    const known = and(closed, told.account(anAccount({ contacts: [aContact(), lex] })));
    const both = { ...polite, on: { paid: [{ send: 'thanks' }, { send: 'legal-thanks', to: 'legal' }] } };
    expect(says(of(both), known, '03-04')).toEqual([
      'message thanks email ana: A on:paid, B on:paid; B A; 20000 MXN',
      'message legal-thanks email lex: A on:paid/send.1, B on:paid/send.1; B A; 20000 MXN',
      'next never',
    ]);
  });

  it('of a group are for what was paid since it was opened', () => {
    const unit = { group: ['account' as const] };
    const first = once(of({ ...silent, unit }), owing(anInvoice({ id: 'A' })), noon('03-02'));
    const paid = once(of({ ...silent, unit }), and(first, paying('P1', 'A')), noon('03-03'));
    expect(says(of({ ...polite, unit }), paid, '03-04')).toEqual([
      'message thanks email ana: ~MXN on:paid; A; 10000 MXN',
      'next never',
    ]);
    const thanked = once(of({ ...polite, unit }), paid, noon('03-04'));
    const next = anInvoice({ id: 'N', issued: '2026-03-04', due: '2026-03-05' });
    const open = once(of({ ...polite, unit }), and(thanked, told.invoice(next)), noon('03-06'));
    const over = and(open, paying('P2', 'N', '2026-03-07'));
    expect([
      says(of({ ...polite, unit }), and(thanked, told.invoice(next)), '03-06'),
      says(of({ ...polite, unit }), over, '03-07'),
    ]).toEqual([
      ['message s1d email ana: ~MXN#2 s1d; N; 10000 MXN', 'next never'],
      ['case.closed ~MXN#2 (paid)', 'message thanks email ana: ~MXN#2 on:paid; N; 10000 MXN', 'next never'],
    ]);
  });
});

describe('the last stage that acted', () => {
  it('is the one whose second message is still to go, and no earlier one', () => {
    const lex = aContact({ id: 'lex', role: 'legal', email: 'lex@robles.example' });
    const stages = ['a', 'b'].map((id, index) =>
      aStage(id, `${index + 1}d`, { do: [{ send: id }, { send: `${id}2`, to: 'legal' }] }),
    );
    const engine = of(aLadder([], { stages, late: 'each' }));
    const without = (file: AccountFile, day: string): AccountFile => {
      const { events, acts } = decide(engine, file, noon(day));
      const base = { at: noon(day), on: `2026-${day}` };
      return evolveAll(file, [
        ...events,
        ...acts.map(
          (act): FileEvent =>
            act.contact === 'lex'
              ? { type: 'act.withdrawn', act: act.id, reason: 'x', on: base.on }
              : { type: 'act.accepted', act: act.id, ...base },
        ),
      ]);
    };
    const file = and(owing(anInvoice()), told.account(anAccount({ contacts: [aContact(), lex] })));
    const first = without(file, '03-02');
    expect(says(engine, first, '03-02')).toEqual([
      'message a2 email lex: F1 a/send.1; F1; 10000 MXN',
      'F1 waits at b: not_yet until 03-03',
      'next 03-03',
    ]);
    const second = without(first, '03-03');
    expect(says(engine, second, '03-03')).toEqual([
      'message b2 email lex: F1 b/send.1; F1; 10000 MXN',
      'F1 waits at b: last_wait until 03-04',
      'next 03-04',
    ]);
  });
});
