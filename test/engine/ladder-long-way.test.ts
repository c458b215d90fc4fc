import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  askStage,
  decide,
  type Engine,
  evolveAll,
  type FileEvent,
  settle,
} from '../../src/engine/index.js';
import type { Plan, Policy, Stage } from '../../src/policy/types.js';
import { codeOf, thrownBy } from '../calendar/thrown.js';
import { aLadder, anInvoice, aPlan, aStage, engineOf, free, instant, owing } from '../support/build.js';

/** Ladders that cannot be climbed the short way, which knows nothing but days after the due date. */

const at = (day: string, hour = '12'): number => instant(`2026-${day}T${hour}:00:00-06:00`);
const luis = { author: 'luis' };
const after = (file: AccountFile, ...events: readonly FileEvent[]): AccountFile => evolveAll(file, events);

/** The same ladder: with a grace of no days every case goes the long way. */
const both = (policy: Policy): readonly Engine[] =>
  [policy, { ...policy, grace: '0d' }].map((one) => engineOf(one, aPlan({}, free)));

/** What is sent at noon and again in the afternoon of these days, and the marks that are left. */
function lived(engine: Engine, start: AccountFile, ...days: readonly string[]) {
  let file = start;
  const sent: string[] = [];
  for (const day of days)
    for (const hour of ['12', '13', '16']) {
      const one = settle(engine, file, at(day, hour));
      sent.push(...one.acts.map(({ message, name }) => `${day} ${message ?? name}`));
      file = one.file;
    }
  return { file, sent, marks: marksOf(file) };
}

const marksOf = (file: AccountFile, subject = 'F1') =>
  (file.cases.get(subject)?.at(-1)?.marks ?? []).map(({ stage, occurrence, state, on, reason }) =>
    `${stage}.${occurrence} ${state} ${on} ${reason ?? ''}`.trim(),
  );

/** A case that was opened before anything was due, and not looked at since. */
const opened = (engine: Engine) => settle(engine, owing(anInvoice()), at('02-20')).file;

describe('of several stages that are due', () => {
  const policy = aLadder(['1d', '3d', '5d']);

  it('the latest acts, and the others are passed over with it', () => {
    for (const engine of both(policy)) {
      const { sent, marks } = lived(engine, opened(engine), '03-06', '03-07');
      expect(sent).toEqual(['03-06 s5d']);
      expect(marks).toEqual([
        's1d.1 skipped 2026-03-06 superseded',
        's3d.1 skipped 2026-03-06 superseded',
        's5d.1 done 2026-03-06',
      ]);
    }
  });

  it('each acts in turn, one a day however often it is reviewed', () => {
    for (const engine of both({ ...policy, late: 'each', message: { by: 'item' } })) {
      const { sent, marks } = lived(engine, opened(engine), '03-06', '03-07', '03-08', '03-09');
      expect(sent).toEqual(['03-06 s1d', '03-07 s3d', '03-08 s5d']);
      expect(marks).toEqual(['s1d.1 done 2026-03-06', 's3d.1 done 2026-03-07', 's5d.1 done 2026-03-08']);
      const first = settle(engine, opened(engine), at('03-06'));
      expect(first.next).toBe(at('03-07', '00'));
    }
  });

  it('a stage that missed its day is over, and one acts on its own day only', () => {
    for (const engine of both({ ...policy, late: 'drop' })) {
      const { sent, marks } = lived(engine, opened(engine), '03-04', '03-05', '03-06', '03-07');
      expect(sent).toEqual(['03-04 s3d', '03-06 s5d']);
      expect(marks).toEqual([
        's1d.1 skipped 2026-03-04 missed',
        's3d.1 done 2026-03-04',
        's5d.1 done 2026-03-06',
      ]);
    }
  });

  it('what is refused is passed over for its own reason, what has no day as superseded', () => {
    const when = { fact: 'item.outstanding', gte: { MXN: '500.00' } } as const;
    const stages: Stage[] = [
      aStage('big', '1d', { when }),
      aStage('after', '0d', { at: { from: 'previous', plus: '9d' } }),
      aStage('last', '5d'),
    ];
    const events = ['latest', 'each'].map((late) => {
      const engine = engineOf(aLadder([], { stages, late: late as 'latest' | 'each' }), aPlan({}, free));
      return lived(engine, opened(engine), '03-06', '03-07');
    });
    for (const { sent, marks } of events) {
      expect(sent).toEqual(['03-06 last']);
      expect(marks).toEqual([
        'big.1 skipped 2026-03-06 condition',
        'after.1 skipped 2026-03-06 superseded',
        'last.1 done 2026-03-06',
      ]);
    }
  });
});

describe('a stage that is over by itself', () => {
  it('gives the one after it its day, and what is over keeps what was tried', () => {
    const stages: Stage[] = [
      aStage('a', '1d', { expires: '2d' }),
      aStage('b', '0d', { at: { from: 'previous', plus: '2d' } }),
      aStage('c', '0d', { at: { from: 'previous', plus: '2d' } }),
    ];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    const { sent, marks } = lived(engine, opened(engine), '03-05', '03-06', '03-07', '03-09');
    expect(sent).toEqual(['03-07 b', '03-09 c']);
    expect(marks).toEqual(['a.1 skipped 2026-03-05 expired', 'b.1 done 2026-03-07', 'c.1 done 2026-03-09']);
    // Its message was planned and taken back before.
    const start = opened(engine);
    const planned = decide(engine, start, at('03-02'));
    const act = planned.acts[0]?.id ?? '';
    const back = after(start, ...planned.events, {
      type: 'act.withdrawn',
      act,
      reason: 'hold',
      on: '2026-03-02',
    });
    const { events } = decide(engine, back, at('03-05'));
    expect(events.filter((event) => event.type === 'stage.skipped')).toMatchObject([
      { stage: 'a', occurrence: 1, reason: 'expired', on: '2026-03-05' },
    ]);
    const expired = after(back, ...events);
    expect(expired.cases.get('F1')?.[0]?.marks).toMatchObject([
      { stage: 'a', occurrence: 1, state: 'skipped', reason: 'expired', revision: 1, tried: [] },
    ]);
    expect(decide(engine, expired, at('03-07')).acts.map(({ message }) => message)).toEqual(['b']);
  });

  it('or does nothing, is passed over in silence, with those before it', () => {
    for (const engine of both(
      aLadder([], { stages: [aStage('a', '1d'), aStage('quiet', '3d', { do: [] }), aStage('c', '5d')] }),
    )) {
      const { sent, marks } = lived(engine, opened(engine), '03-04', '03-06');
      expect(sent).toEqual(['03-06 c']);
      expect(marks.map((mark) => mark.split(' ').slice(0, 2).join(' '))).toEqual([
        'a.1 skipped',
        'quiet.1 skipped',
        'c.1 done',
      ]);
    }
  });

  it('or was passed over, gives the next one the day on which that was', () => {
    const follows = (of: 'done' | 'proposed' | 'delivered' | 'deadline', own: Partial<Policy> = {}) => {
      const stages: Stage[] = [
        aStage('a', '1d', { mode: 'approve', deadline: '9d' }),
        aStage('b', '0d', { at: { from: 'previous', plus: '5d', of } }),
      ];
      const engine = engineOf(aLadder([], { stages, ...own }), aPlan({}, free));
      const start = opened(engine);
      const planned = decide(engine, start, at('03-02'));
      const proposed = after(start, ...planned.events);
      const discarded = (reason: string) =>
        after(proposed, {
          type: 'act.discarded',
          act: planned.acts[0]?.id ?? '',
          on: '2026-03-04',
          author: 'recobro',
          reason,
          next: 'skip',
        });
      const dayOf = (file: AccountFile) =>
        ['03-06', '03-07', '03-08', '03-09', '03-10', '03-11', '03-12'].find((day) =>
          decide(engine, file, at(day)).acts.some(({ message }) => message === 'b'),
        );
      return [dayOf(discarded('superseded')), dayOf(discarded('lapsed'))];
    };
    expect(follows('done')).toEqual(['03-09', '03-09']);
    expect(follows('proposed')).toEqual(['03-07', '03-09']);
    expect(follows('done', { done: 'proposed' })).toEqual(['03-07', '03-09']);
    expect(follows('delivered', { done: 'proposed' })).toEqual(['03-09', '03-09']);
    expect(follows('deadline')).toEqual(['03-09', '03-09']);
  });
});

describe('what was asked for', () => {
  it('acts today though the case acted today already', () => {
    for (const engine of both(aLadder(['1d', '3d', '5d']))) {
      const sent = lived(engine, opened(engine), '03-02').file;
      const asked = after(sent, ...askStage(engine, sent, at('03-02', '17'), { stage: 's5d' }, luis));
      expect(settle(engine, asked, at('03-02', '18')).acts.map(({ message }) => message)).toEqual(['s5d']);
    }
  });
});

describe('places and days by default', () => {
  it('are WhatsApp, then email, then SMS', () => {
    const engine = engineOf({ ...aLadder(['1d']), via: undefined }, aPlan({}, free));
    expect(engine.policies.get('ladder')?.via).toEqual([
      { channel: 'whatsapp' },
      { channel: 'email' },
      { channel: 'sms' },
    ]);
  });

  it('count weeks as seven days, months by the calendar', () => {
    const stages = [aStage('a', '1w'), aStage('b', '2w'), aStage('c', '1mo')];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    const { sent } = lived(engine, opened(engine), '03-07', '03-08', '03-14', '03-15', '03-31', '04-01');
    expect(sent).toEqual(['03-08 a', '03-15 b', '04-01 c']);
    expect(engine.policies.get('ladder')?.stages.map(({ days }) => days)).toEqual([7, 14, undefined]);
  });

  it('tell what a ladder counts from', () => {
    const due = { from: 'due', plus: '1d' } as const;
    const previous = { from: 'previous', plus: '1d' } as const;
    const grace = { from: 'grace', plus: '1d' } as const;
    const stages = [
      aStage('a', '1d'),
      aStage('b', '0d', { at: { all: [due, previous] } }),
      aStage('c', '0d', { at: { any: [due, grace] } }),
      aStage('d', '0d', { at: { all: [due, { ...due, plus: '2d' }] } }),
    ];
    const compiled = engineOf(aLadder([], { stages })).policies.get('ladder')?.stages ?? [];
    expect(compiled.map(({ dueOnly, follower, graced }) => [dueOnly, follower, graced])).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
      [true, false, false],
    ]);
  });
});

describe('adjustments that leave stages out', () => {
  const previous = (plus: string) => ({ from: 'previous', plus }) as const;
  const ladder = (at: Stage['at']): Policy =>
    aLadder([], { stages: [aStage('a', '1d'), { ...aStage('b', '5d'), at }, aStage('c', '9d')] });
  const skip = (...ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, { skip: true }]));
  const engine = (
    policy: Policy,
    adjust: NonNullable<Parameters<typeof aPlan>[0]>['adjust'],
    segments = ['vip'],
  ) =>
    engineOf(
      policy,
      aPlan(
        { adjust, segments: segments.map((id) => ({ id, when: { fact: 'account.tags', has: id } })) },
        free,
      ),
    );

  it('may not let one stay first that counts from the one before it', () => {
    const refused = (at: Stage['at']) => () => engine(ladder(at), [{ account: 'robles', stages: skip('a') }]);
    expect(codeOf(refused(previous('4d')))).toBe('invalid_document');
    expect(thrownBy(refused(previous('4d'))).message).toBe(
      'an adjustment leaves out every stage before "b" of the policy "ladder", which counts from the one before it',
    );
    expect(codeOf(refused({ all: [previous('4d'), previous('5d')] }))).toBe('invalid_document');
    expect(codeOf(refused({ any: [previous('4d'), previous('5d')] }))).toBe('invalid_document');
    expect(refused({ from: 'due', plus: '5d' })).not.toThrow();
    expect(refused({ all: [previous('4d'), { from: 'due', plus: '5d' }] })).not.toThrow();
    expect(refused({ any: [{ from: 'due', plus: '5d' }, previous('4d')] })).not.toThrow();
    expect(refused(undefined)).not.toThrow();
    // All of them may be left out, or those that come later.
    expect(() =>
      engine(ladder(previous('4d')), [{ account: 'robles', stages: skip('a', 'b', 'c') }]),
    ).not.toThrow();
    expect(() => engine(ladder(previous('4d')), [{ account: 'robles', stages: skip('b') }])).not.toThrow();
    expect(() => engine(ladder(previous('4d')), [{ segment: 'vip', stages: skip('a') }])).toThrow(
      'leaves out',
    );
  });

  it('name what does not exist, or is said twice', () => {
    const refused = (...adjust: NonNullable<Plan['adjust']>) =>
      thrownBy(() => engine(ladder(previous('4d')), adjust)).message;
    const delay = '2d';
    expect(refused({ account: 'robles', delay }, { account: 'robles', delay })).toBe(
      'the plan adjusts the account "robles" twice',
    );
    const twice = { segment: 'vip', policy: 'ladder', delay };
    expect(refused(twice, twice)).toBe('the plan adjusts the segment "vip" under "ladder" twice');
    expect(() =>
      engine(ladder(previous('4d')), [twice, { segment: 'vip', delay }, { account: 'vip', delay }]),
    ).not.toThrow();
    expect(refused({ delay })).toBe('an adjustment names an account or a segment');
    expect(refused({ account: 'robles', segment: 'vip', delay })).toBe(
      'an adjustment names an account or a segment',
    );
    expect(refused({ segment: 'rich', delay })).toBe(
      'the plan adjusts the segment "rich", which does not exist',
    );
    expect(refused({ account: 'robles', policy: 'none', delay })).toBe(
      'the plan adjusts the policy "none", which does not exist',
    );
    expect(refused({ account: 'robles', stages: skip('z') })).toBe(
      'the plan adjusts the stage "z", which does not exist',
    );
  });

  it('are looked at together: what is said of one policy over all, of an account over its segment', () => {
    const fromDue = { b: { at: { from: 'due', plus: '5d' } as const } };
    const policy = ladder(previous('4d'));
    const mend = (policyId?: string) => ({ account: 'robles', policy: policyId, stages: fromDue });
    const leave = (policyId?: string) => ({ account: 'robles', policy: policyId, stages: skip('a') });
    expect(() => engine(policy, [leave(), mend('ladder')])).not.toThrow();
    expect(() => engine(policy, [mend('ladder'), leave()])).not.toThrow();
    // Said of another account it mends nothing, said of all policies it is mended by what is said of this one.
    expect(() => engine(policy, [leave(), { ...mend(), account: 'other' }])).toThrow('leaves out');
    const unmend = { b: { at: previous('4d') } };
    expect(() =>
      engine(policy, [{ ...leave('ladder'), stages: { ...skip('a'), ...unmend } }, mend()]),
    ).toThrow('leaves out');
    expect(() =>
      engine(policy, [mend(), { ...leave('ladder'), stages: { ...skip('a'), ...unmend } }]),
    ).toThrow('leaves out');
    // The segment leaves out the first, the account the second, and the third counts from it.
    const third = aLadder([], {
      stages: [aStage('a', '1d'), aStage('b', '5d'), { ...aStage('c', '9d'), at: previous('4d') }],
    });
    const segment = { segment: 'vip', stages: skip('a') };
    expect(() => engine(third, [segment, { account: 'robles', stages: skip('b') }])).toThrow('before "c"');
    expect(() => engine(third, [segment])).not.toThrow();
    expect(() => engine(third, [segment, { account: 'robles', delay: '2d' }])).not.toThrow();
  });

  it('leave the rest of the ladder as it is', () => {
    const own = engine(aLadder(['1d', '5d']), [{ account: 'robles', stages: skip('s1d') }]);
    const start = opened(own);
    expect(lived(own, start, '03-02', '03-06').sent).toEqual(['03-06 s5d']);
    const other = engine(aLadder(['1d', '5d']), [{ account: 'other', stages: skip('s1d') }]);
    expect(lived(other, opened(other), '03-02', '03-06').sent).toEqual(['03-02 s1d', '03-06 s5d']);
  });
});
