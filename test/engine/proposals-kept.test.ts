import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  type Act,
  type DecideOptions,
  decide,
  type Engine,
  evolveAll,
  type FileEvent,
  recheck,
} from '../../src/engine/index.js';
import type { ContactRules, Plan, Policy } from '../../src/policy/types.js';
import {
  aDispute,
  aHold,
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

/** What becomes of proposals that nobody has confirmed yet. */

const noonOf = (day: string): number => instant(`2026-${day}T12:00:00-06:00`);
const midnight = (day: string): number => instant(`2026-${day}T00:00:00-06:00`);
const after = (file: AccountFile, ...events: readonly FileEvent[]): AccountFile => evolveAll(file, events);

const approving = (
  own: Partial<Policy> = {},
  contact: ContactRules = free,
  plan: Partial<Plan> = {},
): Engine => engineOf(aLadder(['1d', '5d'], { mode: 'approve', ...own }), aPlan(plan, contact));

/** Opened before anything is due, then reviewed on a day until nothing more is decided. */
function proposed(engine: Engine, file = owing(anInvoice()), day = '03-02') {
  let current = after(file, ...decide(engine, file, noonOf('02-20')).events);
  const acts: Act[] = [];
  for (;;) {
    const { events, acts: more } = decide(engine, current, noonOf(day));
    if (events.length === 0) break;
    acts.push(...more);
    current = after(current, ...events);
  }
  const [act] = acts;
  if (act === undefined) throw new Error('nothing was proposed');
  return { file: current, acts, act };
}

/** What a review does about what was proposed. */
const over = (engine: Engine, file: AccountFile, day: string, options?: DecideOptions) =>
  decide(engine, file, noonOf(day), options).events.filter(
    (event) => event.type === 'act.discarded' || event.type === 'act.withdrawn',
  );

describe('a proposal', () => {
  it('lapses the day after its last, whatever the policy says of those that stand', () => {
    for (const rule of ['hold', 'regenerate', 'supersede'] as const) {
      const stages = [aStage('a', '1d', { mode: 'approve', lapses: '2d' }), aStage('b', '30d')];
      const engine = engineOf(aLadder([], { stages, proposed: rule }), aPlan({}, free));
      const { file, act } = proposed(engine);
      if (rule === 'hold') expect(over(engine, file, '03-04')).toEqual([]);
      expect(over(engine, file, '03-05')).toEqual([
        {
          type: 'act.discarded',
          act: act.id,
          on: '2026-03-05',
          author: 'recobro',
          reason: 'lapsed',
          next: 'skip',
        },
      ]);
    }
  });

  it('is made anew from the day after it was made, where the policy says so', () => {
    const engine = approving({ proposed: 'regenerate' });
    const { file, act } = proposed(engine);
    expect(over(engine, file, '03-02')).toEqual([]);
    expect(over(engine, file, '03-03')).toEqual([
      {
        type: 'act.discarded',
        act: act.id,
        on: '2026-03-03',
        author: 'recobro',
        reason: 'regenerated',
        next: 'again',
      },
    ]);
  });

  it('gives way once a later stage that counts from it would act', () => {
    const stages = [
      aStage('a', '1d', { mode: 'approve' }),
      aStage('b', '0d', { at: { from: 'previous', of: 'proposed', plus: '4d' } }),
    ];
    const engine = engineOf(aLadder([], { stages, proposed: 'supersede' }), aPlan({}, free));
    const { file, act } = proposed(engine);
    expect(over(engine, file, '03-05')).toEqual([]);
    expect(over(engine, file, '03-06')).toEqual([
      {
        type: 'act.discarded',
        act: act.id,
        on: '2026-03-06',
        author: 'recobro',
        reason: 'superseded',
        next: 'skip',
      },
    ]);
  });

  it('that a changed fact voids is withdrawn for what changed', () => {
    const engine = approving();
    const { file, act } = proposed(engine);
    const withdrawn = (...events: readonly FileEvent[]) => over(engine, after(file, ...events), '03-03');
    const base = { type: 'act.withdrawn', act: act.id, on: '2026-03-03' };
    expect(withdrawn(told.payment(aPayment({ to: 'F1' })))).toEqual([{ ...base, reason: 'settled' }]);
    expect(withdrawn(told.payment(aPayment({ to: 'F1', amount: 1 })))).toEqual([
      { ...base, reason: 'changed' },
    ]);
    expect(withdrawn(told.invoice(anInvoice({ status: 'void' })))).toEqual([{ ...base, reason: 'void' }]);
    expect(withdrawn(told.hold(aHold({ from: '2026-03-03' })))).toEqual([{ ...base, reason: 'hold' }]);
    expect(withdrawn(told.hold(aHold({ from: '2026-03-04' })))).toEqual([]);
    expect(withdrawn(told.invoice(anInvoice({ id: 'F9', due: '2026-06-01' })))).toEqual([]);
  });

  it('is asked for again in the same words when facts change, though a later stage has become due', () => {
    const engine = approving();
    const { file } = proposed(engine);
    const paid = after(file, told.payment(aPayment({ to: 'F1', amount: 4_000 })));
    const { events } = decide(engine, paid, noonOf('03-06'));
    expect(events.slice(0, 2)).toEqual([
      { type: 'act.withdrawn', act: 'robles/ladder/F1#1/s1d.1@ana.0', reason: 'changed', on: '2026-03-06' },
      {
        type: 'case.asked',
        subject: 'F1',
        case: 'ladder/F1#1',
        stage: 's1d',
        on: '2026-03-06',
        author: 'recobro',
        reason: 'refreshed',
      },
    ]);
    const again = decide(engine, after(paid, ...events), noonOf('03-06'));
    expect(again.acts).toMatchObject([{ stage: 's1d', totals: [{ minor: 6_000, currency: 'MXN' }] }]);
  });

  it('is no contact, so the contact rules do not touch it', () => {
    const stands = (
      contact: ContactRules,
      plan: Partial<Plan>,
      day: string,
      ...events: readonly FileEvent[]
    ) => {
      const engine = approving({}, contact, plan);
      return over(engine, after(proposed(engine).file, ...events), day);
    };
    const spoken: FileEvent = {
      type: 'contact.recorded',
      at: noonOf('03-03'),
      on: '2026-03-03',
      channel: 'email',
      cases: [],
      author: 'luis',
    };
    expect(stands({ gap: '3d', caps: [] }, {}, '03-04', spoken)).toEqual([]);
    expect(stands({ gap: 'none', caps: [{ max: 1, per: '7d' }] }, {}, '03-04', spoken)).toEqual([]);
    const windows = [{ days: ['mon', 'tue'], from: '08:00', to: '18:00' }] as const;
    expect(stands({ ...free, windows }, {}, '03-04')).toEqual([]);
    expect(stands(free, { calendar: { holidays: ['2026-03-04'] } }, '03-04')).toEqual([]);
  });

  it('outside a limited review is left as it is', () => {
    const engine = approving();
    const { file } = proposed(engine);
    const paid = after(file, told.payment(aPayment({ to: 'F1', amount: 1 })));
    const reasons = (only: DecideOptions['only']) => over(engine, paid, '03-03', { only }).length;
    expect(reasons(undefined)).toBe(1);
    expect(reasons({ policies: ['ladder'] })).toBe(1);
    expect(reasons({ policies: ['other'] })).toBe(0);
    expect(reasons({ policies: [] })).toBe(0);
    expect(reasons({ stages: ['s1d'] })).toBe(1);
    expect(reasons({ stages: ['s5d'] })).toBe(0);
    expect(reasons({ policies: ['ladder'], stages: ['s5d'] })).toBe(0);
  });

  it('is nobody else’s: what is said of another case plays no part', () => {
    const engine = approving({ message: { by: 'item' } });
    const { file } = proposed(engine, owing(anInvoice(), anInvoice({ id: 'F2' })));
    const changed = after(
      file,
      told.payment(aPayment({ to: 'F2', amount: 1 })),
      told.dispute(aDispute({ opened: '2026-03-03' })),
    );
    expect(over(engine, changed, '03-03')).toMatchObject([
      { act: 'robles/ladder/F1#1/s1d.1@ana.0', reason: 'dispute' },
      { act: 'robles/ladder/F2#1/s1d.1@ana.0', reason: 'changed' },
    ]);
    const stages = [
      aStage('a', '1d', { mode: 'approve' }),
      aStage('b', '0d', { at: { from: 'previous', of: 'proposed', plus: '4d' } }),
    ];
    const giving = engineOf(
      aLadder([], { stages, proposed: 'supersede', message: { by: 'item' } }),
      aPlan({}, free),
    );
    const two = proposed(giving, owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-03' })));
    expect(two.acts).toHaveLength(1);
    expect(over(giving, two.file, '03-04')).toEqual([]);
    expect(over(giving, two.file, '03-06')).toMatchObject([{ reason: 'superseded' }]);
  });

  it('are looked at in the order of their ids', () => {
    const engine = approving({ message: { by: 'item' }, proposed: 'regenerate' });
    const { file, acts } = proposed(engine, owing(anInvoice({ id: 'F2' }), anInvoice({ id: 'F1' })));
    expect(acts).toHaveLength(2);
    for (const own of [file.acts, new Map([...file.acts].reverse())])
      expect(over(engine, { ...file, acts: own }, '03-03')).toMatchObject([
        { act: 'robles/ladder/F1#1/s1d.1@ana.0' },
        { act: 'robles/ladder/F2#1/s1d.1@ana.0' },
      ]);
  });
});

describe('the next look at an account with a proposal', () => {
  const nextOf = (engine: Engine, file = owing(anInvoice()), day = '03-02') => {
    const one = proposed(engine, file, day);
    return decide(engine, one.file, noonOf(day)).next;
  };

  it('is never, where it is held and nothing about it changes by itself', () => {
    expect(nextOf(approving())).toBeUndefined();
  });

  it('is the day on which it lapses', () => {
    const lapsing = (lapses: string) =>
      approving({ stages: [aStage('a', '1d', { lapses }), aStage('b', '30d')] });
    expect(nextOf(lapsing('4d'))).toBe(midnight('03-07'));
    expect(nextOf(lapsing('1d'))).toBe(midnight('03-04'));
  });

  it('is tomorrow, where it is made anew each day or may give way', () => {
    expect(nextOf(approving({ proposed: 'regenerate' }))).toBe(midnight('03-03'));
    expect(nextOf(approving({ proposed: 'supersede' }))).toBe(midnight('03-03'));
  });

  it('is tomorrow, where it tells of interest, which grows by the day', () => {
    const fees = (fee: Extract<Policy['stages'][number]['do'][number], { fee: string }>) =>
      approving({ stages: [aStage('a', '1d', { do: [{ send: 'a' }, fee] }), aStage('b', '30d')] });
    expect(nextOf(fees({ fee: 'late', interest: { rate: '12' } }))).toBe(midnight('03-03'));
    expect(nextOf(fees({ fee: 'late', fixed: { MXN: '5.00' } }))).toBeUndefined();
  });

  it('is the day on which something that is coming counts as overdue', () => {
    const coming = owing(
      anInvoice(),
      anInvoice({ id: 'F2', due: '2026-03-20' }),
      anInvoice({ id: 'F3', due: '2026-03-10' }),
    );
    const early = (grace?: string) =>
      approving({
        ...(grace === undefined ? {} : { grace }),
        stages: [aStage('a', '3d'), aStage('b', '30d')],
      });
    expect(nextOf(early(), coming, '03-04')).toBe(midnight('03-11'));
    expect(nextOf(early('2d'), owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-05' })), '03-06')).toBe(
      midnight('03-08'),
    );
  });
});

describe('an approved message, asked again before it is sent', () => {
  const approve = (file: AccountFile, act: Act, day: string): AccountFile =>
    after(file, { type: 'act.approved', act: act.id, on: `2026-${day}`, at: noonOf(day), author: 'ana' });

  it('waits where only the contact rules are against it, until they are not', () => {
    const windows = [{ from: '09:00', to: '14:00' }];
    const engine = approving({}, { ...free, windows });
    const { file, act } = proposed(engine);
    const approved = approve(file, act, '03-02');
    expect(recheck(engine, approved, act, noonOf('03-02'))).toEqual({ ok: true });
    expect(recheck(engine, approved, act, instant('2026-03-02T15:00:00-06:00'))).toEqual({
      ok: false,
      reason: 'window',
      until: instant('2026-03-03T09:00:00-06:00'),
    });
  });

  it('falls with what has changed, which is proposed anew', () => {
    const engine = approving();
    const { file, act } = proposed(engine);
    const approved = approve(file, act, '03-02');
    const paid = after(approved, told.payment(aPayment({ to: 'F1', amount: 1 })));
    expect(recheck(engine, paid, act, noonOf('03-06'))).toEqual({
      ok: false,
      reason: 'changed',
      refreshed: [
        {
          type: 'case.asked',
          subject: 'F1',
          case: 'ladder/F1#1',
          stage: 's1d',
          on: '2026-03-06',
          author: 'recobro',
          reason: 'refreshed',
        },
      ],
    });
    const held = after(approved, told.hold(aHold({ from: '2026-03-03' })));
    expect(recheck(engine, held, act, noonOf('03-06'))).toEqual({ ok: false, reason: 'hold', refreshed: [] });
    const settled = after(approved, told.payment(aPayment({ to: 'F1' })));
    expect(recheck(engine, settled, act, noonOf('03-06'))).toEqual({
      ok: false,
      reason: 'settled',
      refreshed: [],
    });
    expect(recheck(engine, owing(anInvoice()), act, noonOf('03-06'))).toEqual({
      ok: false,
      reason: 'unknown_act',
    });
  });

  it('is one of several of its stage: the second stands and falls by itself', () => {
    const stages = [
      aStage('a', '1d', { do: [{ send: 'first' }, { send: 'second', to: 'legal' }] }),
      aStage('b', '9d'),
    ];
    const account = anAccount();
    const [ana] = account.contacts;
    if (ana === undefined) throw new Error('nobody is there');
    const two = after(
      owing(anInvoice()),
      told.account({
        ...account,
        contacts: [ana, { ...ana, id: 'lex', role: 'legal', email: 'lex@robles.example' }],
      }),
    );
    const engine = approving({ stages });
    const { file, acts } = proposed(engine, two);
    expect(acts.map(({ message }) => message)).toEqual(['first', 'second']);
    const [first, second] = acts;
    if (first === undefined || second === undefined) throw new Error('two were proposed');
    const approved = approve(approve(file, first, '03-02'), second, '03-02');
    expect(over(engine, file, '03-03')).toEqual([]);
    expect(recheck(engine, approved, second, noonOf('03-11'))).toEqual({ ok: true });
    const paid = after(approved, told.payment(aPayment({ to: 'F1', amount: 1 })));
    const changed = { ok: false, reason: 'changed', refreshed: [] };
    expect(recheck(engine, paid, second, noonOf('03-03'))).toEqual(changed);
    // The first waits for somebody: what is said of the second is of the second.
    const alone = after(approve(file, second, '03-02'), told.payment(aPayment({ to: 'F1', amount: 1 })));
    expect(recheck(engine, alone, second, noonOf('03-03'))).toEqual(changed);
    const gone = after(approve(file, second, '03-02'), told.account(account));
    expect(recheck(engine, gone, second, noonOf('03-03'))).toEqual(changed);
    const settled = after(approved, told.payment(aPayment({ to: 'F1' })));
    expect(recheck(engine, settled, second, noonOf('03-03'))).toMatchObject({ reason: 'settled' });
  });
});
