import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decide,
  type Engine,
  evolveAll,
  explain,
  type FileEvent,
  recheck,
  settle,
} from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Policy, Stage } from '../../src/policy/types.js';
import {
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { sent, story, walk } from '../support/walk.js';

const plan = aPlan({}, free);

function ladderOf(stages: readonly Stage[], own: Partial<Policy> = {}): Policy {
  return { ...aLadder([]), stages, ...own };
}

/** Somebody asks for a stage of the case of F1. */
function asked(stage: string, on: string, item = 'F1'): FileEvent {
  return { type: 'case.asked', subject: item, case: `ladder/${item}#1`, stage, author: 'luis', on };
}

function caseOf(file: AccountFile, item = 'F1') {
  return file.cases.get(item)?.at(-1);
}

const never = { fact: 'item.dunnable', lt: { MXN: '1.00' } } as const;

describe('a stage that is asked for', () => {
  const ladder = aLadder(['1d', '5d', '9d', '20d']);

  it('acts at once, and the ladder goes on from there', () => {
    const facts = { '2026-03-03': [asked('s9d', '2026-03-03')] };
    const walked = walk(engineOf(ladder, plan), owing(anInvoice()), '2026-03-01', 25, { facts });
    expect(story(walked)).toEqual([
      '2026-03-01 open F1',
      '2026-03-02 send s1d F1',
      '2026-03-03 send s9d F1',
      '2026-03-21 send s20d F1',
      '2026-03-22 exhaust F1',
    ]);
    expect(caseOf(walked.file)?.asked).toBeUndefined();
  });

  it('records the milder stages that were due as passed over', () => {
    const facts = { '2026-03-07': [asked('s9d', '2026-03-07')] };
    const down = ['2026-03-06'];
    const walked = walk(engineOf(ladder, plan), owing(anInvoice()), '2026-03-01', 8, { facts, down });
    expect(story(walked).slice(-2)).toEqual([
      '2026-03-07 skip s5d F1 (superseded)',
      '2026-03-07 send s9d F1',
    ]);
  });

  it('waits for no condition, least amount, hour or day', () => {
    const stage = aStage('s9', '9d', { when: never, min: { amount: { MXN: '999.00' } }, time: '23:00' });
    const engine = engineOf(ladderOf([aStage('s1', '1d'), stage]), plan);
    const facts = { '2026-03-02': [asked('s9', '2026-03-02')] };
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 3, { facts }))).toEqual(['2026-03-02 s9 F1']);
  });

  it('acts though another stage acted that day, and again though it was done', () => {
    const engine = engineOf(ladder, plan);
    const first = settle(engine, owing(anInvoice()), instant('2026-03-02T10:00:00-06:00'));
    expect(first.acts.map((act) => act.stage)).toEqual(['s1d']);
    const again = settle(
      engine,
      evolveAll(first.file, [asked('s1d', '2026-03-02')]),
      instant('2026-03-02T11:00:00-06:00'),
    );
    expect(again.acts.map((act) => act.covers[0])).toMatchObject([{ stage: 's1d', occurrence: 2 }]);
    const later = settle(engine, again.file, instant('2026-03-06T11:00:00-06:00'));
    expect(later.acts.map((act) => act.stage)).toEqual(['s5d']);
  });

  it('is held by blocks, the gap, a cap of levels and hardship', () => {
    const file = (own: Parameters<typeof anAccount>[0] = {}) =>
      fileOf(told.account(anAccount(own)), told.invoice(anInvoice()));
    const facts = { '2026-03-03': [asked('s9d', '2026-03-03')] };
    const days = (engine: Engine, from: AccountFile, more: Record<string, FileEvent[]> = {}) =>
      sent(walk(engine, from, '2026-03-01', 8, { facts: { ...facts, ...more } }));
    const gap = aPlan({}, { gap: '3d', caps: [] });
    expect(days(engineOf(ladder, gap), file())).toContain('2026-03-05 s9d F1');
    const hold = { '2026-03-02': [told.hold(aHold({ from: '2026-03-02', until: '2026-03-05' }))] };
    expect(days(engineOf(ladder, plan), file(), hold)).toEqual(['2026-03-06 s9d F1']);
    expect(days(engineOf(ladder, plan), file({ cap: 2 }))).toEqual(['2026-03-02 s1d F1']);
    expect(days(engineOf(ladder, plan), file({ hardship: true }))).toEqual(['2026-03-02 s1d F1']);
  });

  it('acts on a case that is exhausted', () => {
    const facts = { '2026-03-20': [asked('s1d', '2026-03-20')] };
    const engine = engineOf(aLadder(['1d']), plan);
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 25, { facts }))).toEqual([
      '2026-03-02 s1d F1',
      '2026-03-20 s1d F1',
    ]);
  });

  it('does not act on a debt that is paid by then', () => {
    const facts = {
      '2026-03-03': [asked('s9d', '2026-03-03'), told.payment(aPayment({ to: 'F1', date: '2026-03-03' }))],
    };
    const walked = walk(engineOf(ladder, plan), owing(anInvoice()), '2026-03-01', 8, { facts });
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1']);
  });

  it('is what explain tells of', () => {
    const engine = engineOf(ladder, plan);
    const before = walk(engine, owing(anInvoice()), '2026-03-01', 2).file;
    const now = instant('2026-03-06T10:00:00-06:00');
    const states = (stage: string, own: FileEvent[] = []) =>
      explain(engine, evolveAll(before, [...own, asked(stage, '2026-03-06')]), now).items[0]?.stages.map(
        (one) => [one.stage, one.state],
      );
    expect(states('s9d')).toEqual([
      ['s1d', 'done'],
      ['s5d', 'superseded'],
      ['s9d', 'due'],
      ['s20d', 'later'],
    ]);
    expect(states('s1d')).toEqual([
      ['s1d', 'due'],
      ['s5d', 'later'],
      ['s9d', 'later'],
      ['s20d', 'later'],
    ]);
    const capped = told.account(anAccount({ cap: 2 }));
    expect(states('s9d', [capped])?.[2]).toEqual(['s9d', 'level_cap']);
  });

  it('of which the policy knows nothing, or that has nothing to do, changes nothing', () => {
    const engine = engineOf(ladderOf([aStage('s1', '1d'), aStage('mark', '5d', { do: [] })]), plan);
    for (const stage of ['none', 'mark']) {
      const facts = { '2026-03-03': [asked(stage, '2026-03-03')] };
      expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 8, { facts }))).toEqual([
        '2026-03-02 s1 F1',
      ]);
    }
  });
});

describe('what was asked for', () => {
  const engine = engineOf(aLadder(['1d', '9d']), plan);
  const at = instant('2026-03-02T10:00:00-06:00');

  function planned() {
    const before = evolveAll(owing(anInvoice()), decide(engine, owing(anInvoice()), at).events);
    const withdrawn = evolveAll(before, [
      { type: 'act.withdrawn', act: [...before.acts.keys()][0]!, reason: 'test', on: '2026-03-02' },
      asked('s9d', '2026-03-02'),
    ]);
    const decision = decide(engine, withdrawn, at);
    return { act: decision.acts[0]!, file: evolveAll(withdrawn, decision.events) };
  }

  it('is found right before it is sent, although its day has not come', () => {
    const { act, file } = planned();
    expect(act.stage).toBe('s9d');
    expect(caseOf(file)?.asked).toBeUndefined();
    expect(recheck(engine, file, act, at)).toEqual({ ok: true });
  });

  it('is asked for still when its act is taken back or refused', () => {
    const { act, file } = planned();
    const back = evolveAll(file, [{ type: 'act.withdrawn', act: act.id, reason: 'x', on: '2026-03-02' }]);
    expect(caseOf(back)?.asked).toBe('s9d');
    expect(decide(engine, back, at).acts.map((one) => one.stage)).toEqual(['s9d']);
    const refused = evolveAll(file, [
      { type: 'act.refused', act: act.id, at, on: '2026-03-02', code: 'x', scope: 'message' },
    ]);
    expect(caseOf(refused)?.asked).toBe('s9d');
  });

  it('gives back what it passed when it is taken back, but not what was over by itself', () => {
    const stages = [
      aStage('early', '1d', { expires: '1d' }),
      aStage('mild', '2d'),
      aStage('never', '3d', { when: never }),
      aStage('last', '9d'),
    ];
    const own = engineOf(ladderOf(stages), plan);
    const now = instant('2026-03-05T10:00:00-06:00');
    const opened = settle(own, owing(anInvoice()), instant('2026-03-01T10:00:00-06:00')).file;
    const { acts, events } = decide(own, evolveAll(opened, [asked('last', '2026-03-05')]), now);
    const passed = events.flatMap((event) =>
      event.type === 'stage.skipped' ? [[event.stage, event.reason, event.with === acts[0]?.id]] : [],
    );
    expect(passed).toEqual([
      ['early', 'expired', false],
      ['mild', 'superseded', true],
      ['never', 'condition', true],
    ]);
  });

  it('is over once a person discards it, or it is done', () => {
    const { act, file } = planned();
    const thrown = evolveAll(file, [
      { type: 'act.discarded', act: act.id, on: '2026-03-02', next: 'skip', author: 'luis' },
    ]);
    expect(caseOf(thrown)?.asked).toBeUndefined();
    const held = evolveAll(file, [
      { type: 'act.discarded', act: act.id, on: '2026-03-02', next: 'hold', author: 'luis' },
    ]);
    expect(caseOf(held)?.asked).toBeUndefined();
    const done = evolveAll(file, [{ type: 'act.accepted', act: act.id, at, on: '2026-03-02' }]);
    expect(caseOf(done)?.asked).toBeUndefined();
    expect(decide(engine, done, at).acts).toEqual([]);
  });

  it('is over when the stage is skipped', () => {
    const file = evolveAll(owing(anInvoice()), decide(engine, owing(anInvoice()), at).events);
    const skipped = evolveAll(file, [
      asked('s9d', '2026-03-02'),
      {
        type: 'stage.skipped',
        subject: 'F1',
        case: 'ladder/F1#1',
        stage: 's9d',
        occurrence: 1,
        reason: 'by_hand',
        on: '2026-03-02',
      },
    ]);
    expect(caseOf(skipped)?.asked).toBeUndefined();
  });
});

describe('a policy that climbs by runs', () => {
  const ladder = aLadder(['1d', '5d', '9d'], { climb: true });
  const engine = engineOf(ladder, plan);
  const at = (day: string, hour = '10'): number => instant(`${day}T${hour}:00:00-06:00`);

  /** The stages sent at each of these reviews. */
  function reviews(
    all: readonly (readonly [day: string, run: string | number | undefined, hour?: string])[],
    from: AccountFile = owing(anInvoice()),
    by: Engine = engine,
  ): { readonly stages: readonly string[]; readonly file: AccountFile } {
    let file = from;
    const stages = all.map(([day, run, hour]) => {
      const settled = settle(by, file, at(day, hour), run === undefined ? {} : { run });
      file = settled.file;
      return settled.acts.map((act) => act.stage).join('+');
    });
    return { stages, file };
  }

  it('goes one stage further at each run, whatever the days', () => {
    const { stages, file } = reviews([
      ['2026-03-02', 'a'],
      ['2026-03-03', 'b'],
      ['2026-03-04', 'c'],
      ['2026-03-05', 'd'],
    ]);
    expect(stages).toEqual(['s1d', 's5d', 's9d', '']);
    expect(caseOf(file)?.state).toBe('exhausted');
  });

  it('does nothing between runs, however late it is, and says that it waits for one', () => {
    const { stages, file } = reviews([
      ['2026-03-02', undefined],
      ['2026-03-30', undefined],
    ]);
    expect(stages).toEqual(['', '']);
    expect(decide(engine, file, at('2026-03-30')).waiting).toMatchObject([
      { reason: 'no_run', stage: 's1d' },
    ]);
  });

  it('takes the same run only once', () => {
    expect(
      reviews([
        ['2026-03-02', 7],
        ['2026-03-02', '7'],
        ['2026-03-09', 7],
        ['2026-03-09', 8],
      ]).stages,
    ).toEqual(['s1d', '', '', 's5d']);
  });

  it('may run more than once a day where the contact rules allow', () => {
    const twice = [
      ['2026-03-02', 'a', '10'],
      ['2026-03-02', 'b', '11'],
    ] as const;
    expect(reviews(twice).stages).toEqual(['s1d', 's5d']);
    const usual = engineOf(ladder, aPlan());
    expect(reviews(twice, owing(anInvoice()), usual).stages).toEqual(['s1d', '']);
  });

  it('asks for nothing that is not overdue, nor for what is blocked', () => {
    expect(reviews([['2026-03-01', 'a']]).stages).toEqual(['']);
    const held = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice()),
      told.hold(aHold({ from: '2026-02-01', until: '2026-03-08' })),
    );
    expect(
      reviews(
        [
          ['2026-03-05', 'a'],
          ['2026-03-09', 'a'],
          ['2026-03-10', 'b'],
        ],
        held,
      ).stages,
    ).toEqual(['', '', 's1d']);
  });

  it('passes over stages whose condition does not hold, and waits at amounts', () => {
    const stages = [aStage('s1', '1d', { when: never }), aStage('s5', '5d')];
    const by = engineOf(ladderOf(stages, { climb: true }), plan);
    expect(reviews([['2026-03-02', 'a']], owing(anInvoice()), by).stages).toEqual(['s5']);
    const most = [aStage('s1', '1d', { min: { amount: { MXN: '999.00' } } }), aStage('s5', '5d')];
    const small = engineOf(ladderOf(most, { climb: true }), plan);
    expect(reviews([['2026-03-02', 'a']], owing(anInvoice()), small).stages).toEqual(['']);
  });

  it('lets reminders before the due date keep their days', () => {
    const by = engineOf(ladderOf([aStage('early', '-3d'), aStage('s1', '1d')], { climb: true }), plan);
    expect(
      reviews(
        [
          ['2026-02-20', 'a'],
          ['2026-02-27', 'b'],
          ['2026-03-02', 'c'],
        ],
        owing(anInvoice()),
        by,
      ).stages,
    ).toEqual(['', 'early', 's1']);
  });

  it('repeats its last stage by runs as often as the policy says', () => {
    const by = engineOf({ ...aLadder(['1d'], { climb: true }), last: { repeat: '7d', times: 2 } }, plan);
    const { stages } = reviews(
      [
        ['2026-03-02', 'a'],
        ['2026-03-20', undefined],
        ['2026-03-21', 'b'],
        ['2026-03-22', 'c'],
        ['2026-03-23', 'd'],
      ],
      owing(anInvoice()),
      by,
    );
    expect(stages).toEqual(['s1d', '', 's1d', 's1d', '']);
  });

  it('leaves policies without runs alone', () => {
    const other = engineOf(aLadder(['1d', '5d']), plan);
    const file = owing(anInvoice());
    const now = at('2026-03-02');
    expect(decide(other, file, now, { run: 'a' })).toEqual(decide(other, file, now));
  });

  it('never goes two stages for one run, and never back: a law', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ gap: fc.integer({ min: 0, max: 3 }), run: fc.integer({ min: 1, max: 6 }) }), {
          maxLength: 12,
        }),
        (plans) => {
          let file = owing(anInvoice());
          let day = 2;
          let level = -1;
          let last: number | undefined;
          let runs = 0;
          for (const { gap, run } of plans) {
            day += gap;
            const on = `2026-03-${String(Math.min(day, 31)).padStart(2, '0')}`;
            const { acts, file: after } = settle(engine, file, at(on), { run });
            file = after;
            expect(acts.length).toBeLessThanOrEqual(1);
            // What the contact rules push to another day still belongs to the run that asked for it.
            if (run !== last) runs++;
            for (const act of acts) {
              const index = ladder.stages.findIndex((stage) => stage.id === act.stage);
              expect(index).toBe(level + 1);
              level = index;
            }
            expect(level + 1).toBeLessThanOrEqual(runs);
            last = run;
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
