import { describe, expect, it } from 'vitest';
import { type Explanation, explain, type FileEvent, guards } from '../../src/engine/index.js';
import type { Policy } from '../../src/policy/types.js';
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
  fileOf,
  instant,
  owing,
  told,
} from '../support/build.js';
import { walk } from '../support/walk.js';

const engine = engineOf(
  aLadder(['1d', '3d', '9d']),
  aPlan({}, { windows: [{ from: '09:00', to: '18:00' }] }),
);
const at = instant('2026-03-02T10:00:00-06:00');

/** An account after so many days from 1 March, asked on the morning of the next. */
function explained(count: number, facts: readonly FileEvent[] = [], policy?: Policy): Explanation {
  const own = policy === undefined ? engine : engineOf(policy);
  const { file } = walk(own, owing(anInvoice()), '2026-03-01', count, { facts: { '2026-03-01': facts } });
  return explain(own, file, at + (count - 1) * 86_400_000);
}

describe('an explanation', () => {
  it('shows the item, its policy, every stage with its day and what became of it', () => {
    const [item] = explained(3).items;
    expect(item).toMatchObject({
      item: 'F1',
      number: 'F1',
      outstanding: 10_000,
      dunnable: 10_000,
      due: '2026-03-01',
      daysPastDue: 3,
      assignedBy: 'default',
      case: 'ladder/F1#1',
      policy: { id: 'ladder', version: 1 },
      acts: true,
    });
    const [done, due, later] = item?.stages ?? [];
    expect(done).toEqual({
      stage: 's1d',
      tone: 'friendly',
      state: 'done',
      day: '2026-03-02',
      on: '2026-03-02',
      acts: false,
      tried: [],
    });
    expect(due).toMatchObject({
      stage: 's3d',
      tone: 'friendly',
      state: 'due',
      day: '2026-03-04',
      acts: true,
    });
    expect(later).toMatchObject({
      stage: 's9d',
      tone: 'firm',
      state: 'later',
      day: '2026-03-10',
      acts: false,
      failed: 'date',
      reason: 'not_yet',
      would: [[{ kind: 'date', day: '2026-03-10', at: instant('2026-03-10T00:00:00-06:00') }]],
    });
  });

  it('shows stages passed over with the reason, missed and expired ones too', () => {
    const late = (rule: Policy['late']): unknown => {
      const own = engineOf(aLadder(['-3d', '1d', '3d', '9d'], { late: rule }));
      const { file } = walk(own, owing(anInvoice()), '2026-02-25', 1);
      const now = instant('2026-03-05T10:00:00-06:00');
      return explain(own, file, now).items[0]?.stages.map(({ state }) => state);
    };
    expect(late('latest')).toEqual(['expired', 'superseded', 'due', 'later']);
    expect(late('drop')).toEqual(['expired', 'missed', 'missed', 'later']);
    expect(late('each')).toEqual(['expired', 'due', 'due', 'later']);
  });

  it('names the block, its reason and its end', () => {
    const [item] = explained(3, [told.hold(aHold({ from: '2026-03-03', until: '2026-03-20' }))]).items;
    expect(item).toMatchObject({
      acts: false,
      failed: 'not_blocked',
      reason: 'hold',
      at: instant('2026-03-21T00:00:00-06:00'),
      blocks: [{ kind: 'hold', id: 'H1', reason: 'talks', amount: 10_000 }],
    });
  });

  it('says of each reason which question it fails, and when that may change', () => {
    const of = (facts: readonly FileEvent[], policy?: Policy): string => {
      const { failed, reason } = explained(1, facts, policy).items[0] ?? {};
      return `${failed}: ${reason}`;
    };
    expect(of([])).toBe('undefined: undefined');
    expect(of([told.payment(aPayment({ to: 'F1' }))])).toBe('owed: paid');
    expect(of([told.invoice(anInvoice({ status: 'draft' }))])).toBe('owed: draft');
    expect(of([told.invoice(anInvoice({ total: 0 }))])).toBe('owed: zero');
    expect(of([told.invoice(anInvoice({ total: -1 }))])).toBe('owed: negative');
    expect(of([told.account(anAccount({ policy: null }))])).toBe('policy: do_not_dun');
    expect(of([told.dispute(aDispute())])).toBe('not_blocked: dispute');
    expect(of([told.promise(aPromise())])).toBe('not_blocked: promise');
    expect(of([told.payment(aPayment())])).toBe('not_blocked: unapplied');
    expect(of([told.invoice(anInvoice({ due: '2026-03-09' }))])).toBe('date: not_yet');
    expect(of([told.invoice(anInvoice({ due: undefined }))])).toBe('date: no_date');
    expect(of([told.account(anAccount({ contacts: [aContact({ email: undefined })] }))])).toBe(
      'recipient: unreachable',
    );
    const [nobody] = explained(1, [
      told.account(anAccount({ contacts: [aContact({ email: undefined })] })),
    ]).items;
    expect(nobody?.refusals).toEqual([{ contact: 'ana', channel: 'email', reason: 'no_address' }]);
    const never = aStage('s', '1d', { when: { fact: 'account.country', eq: 'MX' } });
    expect(of([], aLadder([], { stages: [never] }))).toBe('condition: condition');
    const firm = aStage('s', '1d', { tone: 'firm' });
    const hard = told.account(anAccount({ hardship: true }));
    expect(of([hard], aLadder([], { stages: [firm] }))).toBe('condition: hardship');
    const stranger = explain(engine, fileOf(told.invoice(anInvoice())), at).items[0];
    expect([stranger?.failed, stranger?.reason]).toEqual(['account', 'account_missing']);
  });

  it('says that contact rules delay it, and until when', () => {
    const night = explain(engine, owing(anInvoice()), instant('2026-03-02T03:00:00-06:00'));
    expect(night.items[0]).toMatchObject({ failed: 'contact_rules', reason: 'window', stage: 's1d' });
    expect(night.next).toBe(instant('2026-03-02T09:00:00-06:00'));
    expect(night.items[0]?.at).toBe(night.next);
  });

  it('says what the last words are: a wait, then exhausted, also on the very day', () => {
    const over = explained(11).items[0];
    expect([over?.failed, over?.reason]).toEqual(['order', 'exhausted']);
    const own = engineOf(aLadder(['1d']));
    const { file } = walk(own, owing(anInvoice()), '2026-03-01', 2);
    const day = (offset: number) => explain(own, file, at + offset * 86_400_000).items[0]?.reason;
    expect([day(0), day(1), day(2)]).toEqual(['last_wait', 'exhausted', 'exhausted']);
  });

  it('of conditions shows what was asked, what was found, and what would do', () => {
    const stage = aStage('s', '1d', {
      when: {
        all: [
          { fact: 'item.dunnable', gte: { MXN: '200.00' } },
          { not: { fact: 'account.tags', has: 'key' } },
        ],
      },
    });
    const own = engineOf(aLadder([], { stages: [stage] }));
    const [known] = explain(own, owing(anInvoice()), at).items[0]?.stages ?? [];
    expect(known).toMatchObject({
      state: 'condition',
      condition: {
        holds: false,
        all: [
          { holds: false, fact: 'item.dunnable', gte: { MXN: '200.00' }, found: { MXN: '100.00' } },
          { holds: true, not: { holds: false, fact: 'account.tags', has: 'key', found: [] } },
        ],
      },
    });
  });

  it('names the segment also when nothing is owed', () => {
    const plan = aPlan({ segments: [{ id: 'all', when: { fact: 'account.openItems', lt: 9 } }] });
    const own = engineOf(aLadder(['1d']), plan);
    expect(explain(own, fileOf(told.account(anAccount())), at).segment).toBe('all');
  });

  it('asks its questions in a fixed order', () => {
    expect(guards).toEqual([
      'owed',
      'account',
      'policy',
      'not_blocked',
      'not_under_way',
      'date',
      'condition',
      'order',
      'recipient',
      'contact_rules',
    ]);
  });
});
