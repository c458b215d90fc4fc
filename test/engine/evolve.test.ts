import { describe, expect, it } from 'vitest';
import { decide, evolve, evolveAll, type FileEvent } from '../../src/engine/index.js';
import type { AccountFile, Case, StageMark } from '../../src/ledger/file.js';
import { codeOf } from '../money/thrown.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aPlan,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';

const engine = engineOf(aLadder(['1d', '3d']), aPlan({}, free));
const at = instant('2026-03-02T10:00:00-06:00');
const on = '2026-03-02';
const act = 'robles/ladder/F1#1/s1d.1@ana.0';

function planned(): AccountFile {
  const file = owing(anInvoice());
  return evolveAll(file, decide(engine, file, at).events);
}

function caseOf(file: AccountFile): Case | undefined {
  return file.cases.get('F1')?.at(-1);
}

function markOf(file: AccountFile): StageMark | undefined {
  return caseOf(file)?.marks.find((mark) => mark.stage === 's1d');
}

describe('an act', () => {
  it('that is planned marks its stages and stands open', () => {
    const file = planned();
    expect(markOf(file)).toEqual({
      stage: 's1d',
      occurrence: 1,
      state: 'planned',
      on,
      act,
      proposed: on,
      tried: [],
      revision: 0,
    });
    expect(file.acts.get(act)).toMatchObject({
      state: 'planned',
      contact: 'ana',
      channel: 'email',
      review: at,
      on,
    });
    expect(file.reviewed).toBe(at);
  });

  it('that is accepted is done: its stage, and a contact', () => {
    const file = evolve(planned(), { type: 'act.accepted', act, at: at + 5, on, provider: 'x' });
    expect(markOf(file)).toMatchObject({ state: 'done', on });
    expect(file.acts.size).toBe(0);
    expect(file.touches).toEqual([
      {
        at: at + 5,
        on,
        occasion: at,
        purpose: 'dunning',
        topic: 'overdue',
        channel: 'email',
        contact: 'ana',
        cases: ['ladder/F1#1'],
      },
    ]);
  });

  it('that is refused leaves its place behind and is no contact', () => {
    const file = evolve(planned(), { type: 'act.refused', act, at, on, code: 'no', scope: 'pair' });
    expect(markOf(file)).toMatchObject({ state: 'failed', reason: 'no', tried: ['ana:email'] });
    expect([file.touches, file.health]).toEqual([[], []]);
  });

  it('that is refused for its address remembers that address, and others before it', () => {
    const refuse = (file: AccountFile, address: string): AccountFile =>
      evolve(evolveAll(file, decide(engine, file, at).events), {
        type: 'act.refused',
        act: decide(engine, file, at).acts[0]?.id ?? '',
        at,
        on,
        code: 'no',
        scope: 'recipient',
        address,
      });
    const first = refuse(owing(anInvoice()), 'ana@robles.example');
    const moved = told.account(anAccount({ contacts: [aContact({ email: 'a@robles.example' })] }));
    const second = refuse(evolve(first, moved), 'a@robles.example');
    expect(second.health.map((one) => one.address)).toEqual(['ana@robles.example', 'a@robles.example']);
  });

  it('that is withdrawn may be planned again', () => {
    const file = evolve(planned(), { type: 'act.withdrawn', act, reason: 'hold', on });
    expect(markOf(file)).toMatchObject({ state: 'withdrawn', reason: 'hold', revision: 1 });
  });

  it('of which nobody knows holds its case until somebody says', () => {
    const file = evolve(planned(), { type: 'act.unknown', act, at, on, code: 'timeout' });
    expect(file.acts.get(act)?.state).toBe('unknown');
    expect(decide(engine, file, at + 5 * 86_400_000)).toMatchObject({
      acts: [],
      waiting: [{ reason: 'act_unknown' }],
    });
    const later = at + 4 * 86_400_000;
    const say = (sent: boolean): AccountFile =>
      evolve(file, { type: 'act.resolved', act, at: later, on: '2026-03-06', sent, author: 'luis' });
    // Sent means: on the day of the attempt.
    expect(markOf(say(true))).toMatchObject({ state: 'done', on });
    expect(say(true).touches).toMatchObject([{ on, occasion: at }]);
    expect(markOf(say(false))).toMatchObject({ state: 'withdrawn', reason: 'not_sent', revision: 1 });
    expect(say(false).touches).toEqual([]);
  });

  it('that is delayed stays as it is', () => {
    const event: FileEvent = { type: 'act.delayed', act, at, on, code: 'busy', until: at + 1 };
    expect({ ...evolve(planned(), event), seq: 0 }).toEqual({ ...planned(), seq: 0 });
  });
});

describe('an event', () => {
  it('that names what the file does not have is an impossible state', () => {
    const gone: readonly FileEvent[] = [
      { type: 'act.accepted', act: 'x', at, on },
      { type: 'act.refused', act: 'x', at, on, code: 'c', scope: 's' },
      { type: 'act.unknown', act: 'x', at, on, code: 'c' },
      { type: 'act.withdrawn', act: 'x', reason: 'r', on },
      { type: 'act.resolved', act: 'x', at, on, sent: true, author: 'a' },
      { type: 'task.closed', act: 'x', reason: 'r', on },
      { type: 'case.closed', subject: 'F1', case: 'x', reason: 'r', on },
      { type: 'case.closed', subject: 'F9', case: 'x', reason: 'r', on },
    ];
    for (const event of gone)
      expect([event, codeOf(() => evolve(planned(), event))]).toEqual([event, 'impossible_state']);
  });

  it('twice is one too many: an act ends once', () => {
    const done = evolve(planned(), { type: 'act.accepted', act, at, on });
    expect(codeOf(() => evolve(done, { type: 'act.accepted', act, at, on }))).toBe('impossible_state');
  });

  it('is counted', () => {
    const file = planned();
    expect(file.seq).toBe(2 + decide(engine, owing(anInvoice()), at).events.length);
  });
});

describe('a file', () => {
  it('keeps cases when its invoice is told again', () => {
    const file = evolve(planned(), told.invoice(anInvoice({ total: 5 })));
    expect(file.invoices.get('F1')?.total).toBe(5);
    expect(caseOf(file)?.id).toBe('ladder/F1#1');
  });

  it('is never changed: events make a new one, sharing what is the same', () => {
    const before = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice()),
      told.invoice(anInvoice({ id: 'F2' })),
    );
    const after = evolve(before, told.invoice(anInvoice({ total: 7 })));
    expect(before.invoices.get('F1')?.total).toBe(10_000);
    expect(after.invoices.get('F2')).toBe(before.invoices.get('F2'));
    expect(after.payments).toBe(before.payments);
  });

  it('forgets contacts that no rule can look back on', () => {
    const old = { at: 0, on: '2025-01-01', occasion: 0, purpose: 'dunning' as const };
    const file = { ...planned(), touches: [old] };
    expect(evolve(file, { type: 'act.accepted', act, at, on }).touches).toHaveLength(1);
  });
});

describe('a displacement', () => {
  const shifted = (days: number, due: string): FileEvent => ({
    type: 'case.shifted',
    subject: 'F1',
    case: 'ladder/F1#1',
    on,
    days,
    reason: 'resume',
    due,
  });

  it('adds up, and is reckoned anew when the due date has moved', () => {
    const once = evolve(planned(), shifted(10, '2026-03-01'));
    expect(caseOf(once)).toMatchObject({ shift: 10, shiftedFrom: '2026-03-01' });
    expect(caseOf(evolve(once, shifted(2, '2026-03-01')))).toMatchObject({ shift: 12 });
    expect(caseOf(evolve(once, shifted(2, '2026-03-05')))).toMatchObject({
      shift: 8,
      shiftedFrom: '2026-03-05',
    });
    expect(caseOf(evolve(once, shifted(2, '2026-04-01')))).toMatchObject({ shift: 2 });
  });
});
