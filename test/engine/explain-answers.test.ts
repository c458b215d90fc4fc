import { describe, expect, it } from 'vitest';
import {
  compile,
  decide,
  type Engine,
  evolveAll,
  explain,
  type FileEvent,
  settle,
  skipStage,
} from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Plan, Policy, Stage } from '../../src/policy/types.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aPlan,
  aPromise,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { explainedLines } from '../support/explained.js';
import { walk } from '../support/walk.js';

/** The answer for an item in each of the ways in which nothing, or something, happens today. */

const at = (day: string, hour = '10'): number => instant(`2026-${day}T${hour}:00:00-06:00`);
const said = (engine: Engine, file: AccountFile, day: string, ...facts: readonly FileEvent[]) =>
  explainedLines(explain(engine, evolveAll(file, facts), at(day)));
const heads = (lines: readonly string[]): readonly string[] => lines.filter((line) => !line.startsWith('-'));
const ladder = (own: Partial<Policy> = {}, plan: Partial<Plan> = {}, offsets = ['1d', '3d']) =>
  engineOf(aLadder(offsets, own), aPlan(plan, free));
const f1 = anInvoice();

describe('a ladder by state', () => {
  const large = { fact: 'item.outstanding', gte: { MXN: '500.00' } } as const;
  const stages = [
    aStage('big', '1d', { when: large }),
    aStage('capped', '1d', { level: 5 }),
    aStage('later', '20d'),
  ];
  const engine = ladder({ level: 'state', stages });

  it('names the conditions and days that would bring a level where none holds', () => {
    const capped = told.account(anAccount({ cap: 3 }));
    expect(said(engine, owing(f1), '03-02', capped)).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests condition no_level at 03-21T06 [condition item.outstanding gte {"MXN":"500.00"} {"MXN":"100.00"} | cap account robles 3 5 | date 2026-03-21 03-21T06] (7 asked)',
      '- big condition 03-02 rests condition condition [condition item.outstanding gte {"MXN":"500.00"} {"MXN":"100.00"}] holds false (7 asked)',
      '- capped level_cap 03-02 rests condition level_cap [cap account robles 3 5] (7 asked)',
      '- later later 03-21 rests date not_yet at 03-21T06 [date 2026-03-21 03-21T06] (6 asked)',
    ]);
  });

  it('names the level that holds, and that a person may ask for it', () => {
    const { file } = settle(engine, owing(f1), at('03-02'));
    expect(said(engine, file, '03-03')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests order level_holds at 03-21T06 [ask capped] with capped (7 asked)',
      '- big condition 03-02 rests condition condition [condition item.outstanding gte {"MXN":"500.00"} {"MXN":"100.00"}] holds false (7 asked)',
      '- capped done 03-02 (03-02) rests',
      '- later later 03-21 rests date not_yet at 03-21T06 [date 2026-03-21 03-21T06] (6 asked)',
    ]);
  });
});

describe('after the last stage', () => {
  it('waits for its payment deadline, then says that the ladder is exhausted and what may be asked for', () => {
    const stages = [aStage('a', '1d'), aStage('b', '3d', { deadline: '5d' })];
    const { file } = walk(ladder({ stages }), owing(f1), '2026-03-01', 5);
    expect(said(ladder({ stages }), file, '03-05')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests date last_wait at 03-10T06 [date 2026-03-10 03-10T06] with b (6 asked)',
      '- a done 03-02 (03-02) rests',
      '- b done 03-04 (03-04) rests',
    ]);
    const over = walk(ladder({ stages }), owing(f1), '2026-03-01', 12).file;
    expect(said(ladder({ stages }), over, '03-13')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 exhausted (last_stage_over 2026-03-10)',
      'rests order exhausted [ask b] (7 asked)',
      '- a done 03-02 (03-02) rests',
      '- b done 03-04 (03-04) rests',
    ]);
  });

  it('names the last stage that can be asked for: one that does nothing cannot', () => {
    const stages = [aStage('a', '1d'), aStage('b', '3d'), aStage('end', '4d', { do: [] })];
    const { file } = walk(ladder({ stages }), owing(f1), '2026-03-01', 9);
    expect(heads(said(ladder({ stages }), file, '03-10'))).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 exhausted (last_stage_over 2026-03-05)',
      'rests order exhausted [ask b] (7 asked)',
    ]);
    const none = ladder({ stages: [aStage('end', '1d', { do: [] })] });
    expect(said(none, walk(none, owing(f1), '2026-03-01', 5).file, '03-08')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 exhausted (last_stage_over 2026-03-02)',
      'rests order exhausted [] (7 asked)',
      '- end skipped 03-02 (03-02) rests order nothing_to_do [] (1 asked)',
    ]);
  });

  it('waits for the next repeat', () => {
    const engine = ladder({ last: { repeat: '7d', times: 1 } });
    const { file } = walk(engine, owing(f1), '2026-03-01', 5);
    expect(said(engine, file, '03-06')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests date not_yet at 03-11T06 [date 2026-03-11 03-11T06] with s3d (6 asked)',
      '- s1d done 03-02 (03-02) rests',
      '- s3d done 03-04 (03-04) rests date not_yet at 03-11T06 [date 2026-03-11 03-11T06] (6 asked)',
    ]);
    const twice = walk(engine, owing(f1), '2026-03-01', 12).file;
    expect(said(engine, twice, '03-13')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests date last_wait at 03-18T06 [date 2026-03-18 03-18T06] with s3d (6 asked)',
      '- s1d done 03-02 (03-02) rests',
      '- s3d done 03-04 (03-04) rests',
    ]);
  });

  it('tells why and when a case closed that somebody ended', () => {
    const stages = [aStage('a', '1d', { do: [{ send: 'a' }, { close: 'given_up' }] }), aStage('b', '3d')];
    const { file } = walk(ladder({ stages }), owing(f1), '2026-03-01', 5);
    expect(said(ladder({ stages }), file, '03-06')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 exhausted (given_up 2026-03-02)',
      'rests order exhausted [ask b] (7 asked)',
      '- a done 03-02 (03-02) rests',
      '- b due 03-04 rests order exhausted [ask b] (8 asked)',
    ]);
  });
});

describe('what else there is beside a ladder', () => {
  const sms = { send: 'b', via: [{ channel: 'sms' }] };
  const stages = [aStage('a', '1d', { do: [{ send: 'a' }, sms] }), aStage('c', '9d')];

  it('the message of a stage goes, and another of its messages reaches nobody', () => {
    expect(said(ladder({ stages }), owing(f1), '03-02')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'acts with a to ana:email (10 asked)',
      '- a due 03-02 acts to ana:email (10 asked)',
      '- c later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
    ]);
  });

  it('a message that goes on to the next place chases it, though no stage acts anew', () => {
    const via = [{ channel: 'email', patience: '24h' }, { channel: 'sms' }];
    const engine = ladder({ stages: [aStage('a', '1d', { do: [{ send: 'a', via }] }), aStage('c', '9d')] });
    const ana = aContact({ phone: '+525512345678', consents: [{ channel: 'sms', state: 'granted', at: 0 }] });
    const file = fileOf(told.account(anAccount({ contacts: [ana] })), told.invoice(f1));
    const two = evolveAll(file, [told.invoice(anInvoice({ id: 'F2' }))]);
    const first = decide(engine, two, at('03-02'));
    const accepted = first.acts.map(
      ({ id }): FileEvent => ({ type: 'act.accepted', act: id, at: at('03-02'), on: '2026-03-02' }),
    );
    expect(said(engine, two, '03-04', ...first.events, ...accepted)).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'acts (0 asked)',
      '- a done 03-02 (03-02) rests',
      '- c later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
      'F2 10000/10000 ladder@1 by default ladder/F2#1 open',
      'acts (0 asked)',
      '- a done 03-02 (03-02) rests',
      '- c later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
    ]);
  });

  it('a task of a stage acts where its message reaches nobody; the task to find somebody is no chasing', () => {
    const nobody = told.account(anAccount({ contacts: [aContact({ email: undefined })] }));
    const both = aStage('a', '1d', { do: [{ send: 'a' }, { task: 'call' }] });
    expect(said(ladder({ stages: [both] }), owing(f1), '03-02', nobody)).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests recipient unreachable [address ana email missing] with a email no_address (9 asked)',
      '- a due 03-02 rests recipient unreachable [address ana email missing] (9 asked)',
    ]);
    const task = aStage('a', '1d', { do: [{ task: 'call' }] });
    expect(said(ladder({ stages: [task, aStage('b', '3d')] }), owing(f1), '03-02')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'acts with a (8 asked)',
      '- a due 03-02 acts (8 asked)',
      '- b later 03-04 rests date not_yet at 03-04T06 [date 2026-03-04 03-04T06] (6 asked)',
    ]);
  });

  it('an alert that a broken promise raises is no chasing where the message reaches nobody', () => {
    const nobody = told.account(anAccount({ contacts: [aContact({ email: undefined })] }));
    const engine = ladder({ on: { promiseBroken: [{ alert: 'broken' }] } }, {}, ['1d']);
    const broken = settle(engine, owing(f1), at('03-01')).file;
    const lines = said(engine, broken, '03-10', nobody, told.promise(aPromise({ date: '2026-03-03' })), {
      type: 'promise.ended',
      promise: { id: 'W1', outcome: 'broken', on: '2026-03-10' },
    });
    expect(lines).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests recipient unreachable [address ana email missing] with s1d email no_address (9 asked)',
      '- s1d due 03-02 rests recipient unreachable [address ana email missing] (9 asked)',
    ]);
  });

  it('a group of the same name under another policy has an answer of its own', () => {
    const unit = { group: ['account' as const] };
    const policies = [aLadder(['1d', '9d'], { unit }), aLadder(['5d'], { id: 'other', unit })];
    const engine = compile({ plan: aPlan({}, free), policies });
    const known = owing(f1, anInvoice({ id: 'F2', policy: 'other' }));
    expect(said(engine, known, '03-02')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 only',
      'acts with s1d to ana:email (10 asked)',
      '- s1d due 03-02 acts to ana:email (10 asked)',
      '- s9d later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
      'F2 10000/10000 other@1 by invoice other/~MXN#1 open ~MXN F2 only',
      'rests date not_yet at 03-06T06 [date 2026-03-06 03-06T06] with s5d (6 asked)',
      '- s5d later 03-06 rests date not_yet at 03-06T06 [date 2026-03-06 03-06T06] (6 asked)',
    ]);
    const { file } = settle(engine, known, at('03-02'));
    expect(said(engine, file, '03-03')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 only',
      'rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] with s9d (6 asked)',
      '- s1d done 03-02 (03-02) rests',
      '- s9d later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
      'F2 10000/10000 other@1 by invoice other/~MXN#1 open ~MXN F2 only',
      'rests date not_yet at 03-06T06 [date 2026-03-06 03-06T06] with s5d (6 asked)',
      '- s5d later 03-06 rests date not_yet at 03-06T06 [date 2026-03-06 03-06T06] (6 asked)',
    ]);
  });

  it('an experiment says which arm gave the policy', () => {
    const experiments = [{ id: 'tone', arms: [{ id: 'soft', weight: 1, policy: 'ladder' }] }];
    expect(heads(said(ladder({}, { experiments }), owing(f1), '03-02'))).toEqual([
      'F1 10000/10000 ladder@1 by experiment tone/soft ladder/F1#1 open',
      'acts with s1d to ana:email (10 asked)',
    ]);
  });
});

describe('what is under way', () => {
  it('an act that is planned, or whose outcome nobody knows, holds its ladder', () => {
    const first = decide(ladder(), owing(f1), at('03-02'));
    const planned = evolveAll(owing(f1), first.events);
    expect(said(ladder(), planned, '03-02')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests not_under_way act_pending [act robles/ladder/F1#1/s1d.1@ana.0 planned s1d] with s1d (5 asked)',
      '- s1d planned 03-02 (03-02) rests not_under_way act_pending [act robles/ladder/F1#1/s1d.1@ana.0 planned s1d] (5 asked)',
      '- s3d later 03-04 rests not_under_way act_pending [act robles/ladder/F1#1/s1d.1@ana.0 planned s1d] (5 asked)',
    ]);
    const lost: FileEvent = {
      ...{ type: 'act.unknown', act: first.acts[0]?.id ?? '', at: at('03-02'), on: '2026-03-02' },
      code: 'timeout',
    } as never;
    expect(said(ladder(), planned, '03-04', lost)).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests not_under_way act_unknown [act robles/ladder/F1#1/s1d.1@ana.0 unknown s1d] with s1d (5 asked)',
      '- s1d superseded 03-02 rests not_under_way act_unknown [act robles/ladder/F1#1/s1d.1@ana.0 unknown s1d] (5 asked)',
      '- s3d due 03-04 rests not_under_way act_unknown [act robles/ladder/F1#1/s1d.1@ana.0 unknown s1d] (5 asked)',
    ]);
  });

  it('a proposal that has lapsed leaves first, and the answer is that of the review after it', () => {
    const stages = [aStage('a', '1d', { mode: 'approve', lapses: '2d' }), aStage('b', '9d')];
    const engine = ladder({ stages });
    const first = decide(engine, owing(f1), at('03-02'));
    const file = evolveAll(owing(f1), first.events);
    expect(said(engine, file, '03-03')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests not_under_way act_pending [act robles/ladder/F1#1/a.1@ana.0 proposed a] with a (5 asked)',
      '- a planned 03-02 (03-02) rests not_under_way act_pending [act robles/ladder/F1#1/a.1@ana.0 proposed a] (5 asked)',
      '- b later 03-10 rests not_under_way act_pending [act robles/ladder/F1#1/a.1@ana.0 proposed a] (5 asked)',
    ]);
    expect(said(engine, file, '03-06')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] with b (6 asked)',
      '- a skipped 03-02 (03-06) rests order lapsed [ask a] (1 asked)',
      '- b later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
    ]);
    expect(explain(engine, file, at('03-06')).acts).toEqual([]);
  });

  it('what a stage hands over with its message leaves nothing to ask for', () => {
    const stages = [aStage('a', '1d', { do: [{ send: 'a' }, { handover: 'agency' }] }), aStage('b', '3d')];
    const { file } = walk(ladder({ stages }), owing(f1), '2026-03-01', 3);
    expect(said(ladder({ stages }), file, '03-04')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests not_blocked handed_over [handover agency 2026-03-02] (4 asked)',
      '- a done 03-02 (03-02) rests',
      '- b due 03-04 rests not_blocked handed_over [handover agency 2026-03-02] (4 asked)',
    ]);
  });
});

describe('a stage among others', () => {
  it('is named by the wait where an earlier one is refused for good and it only for today', () => {
    const stages = [
      aStage('a', '1d', { when: { fact: 'account.country', eq: 'MX' } }),
      aStage('b', '2d', { when: { fact: 'item.daysPastDue', gte: 9 } }),
    ];
    expect(said(ladder({ stages }), owing(f1), '03-03')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests condition condition at 03-04T06 [condition account.country eq MX] with a (7 asked)',
      '- a condition 03-03 rests condition condition [condition account.country eq MX] holds false (7 asked)',
      '- b later 03-04 rests date not_yet at 03-04T06 [date 2026-03-04 03-04T06] (6 asked)',
    ]);
  });

  it('shows its condition wherever it was asked: also where a later one acts, or amounts are lacking', () => {
    const when = { fact: 'item.outstanding', gte: { MXN: '1.00' } } as const;
    const min = { amount: { MXN: '500.00' } };
    const both = [aStage('a', '1d', { when }), aStage('b', '2d', { when })];
    const conditions = (plan: Partial<Plan>, ...all: readonly Stage[]) =>
      said(ladder({ stages: all }, plan), owing(f1), '03-03').filter((line) => line.startsWith('-'));
    expect(conditions({}, ...both)).toEqual([
      '- a due 03-03 acts holds true to ana:email (10 asked)',
      '- b later 03-04 rests date not_yet at 03-04T06 [date 2026-03-04 03-04T06] (6 asked)',
    ]);
    const usd = aStage('a', '1d', { when, min: { amount: { USD: '1.00' } } });
    expect(conditions({}, aStage('a', '1d', { when, min }))).toEqual([
      '- a minimum 03-03 rests condition minimum [amount dunnable MXN 40000] holds true (7 asked)',
    ]);
    expect(conditions({}, usd)).toEqual([
      '- a no_threshold 03-03 rests condition no_threshold [threshold MXN] holds true (7 asked)',
    ]);
    expect(conditions({ otherCurrency: 'convert' }, usd)).toEqual([
      '- a no_rate 03-03 rests condition no_rate [rate MXN ["USD"]] holds true (7 asked)',
    ]);
  });

  it('of another item is no matter of its own, though it bears the same name', () => {
    const stages = [aStage('end', '1d', { do: [{ close: 'given_up' }] }), aStage('b', '9d')];
    expect(said(ladder({ stages }), owing(f1, anInvoice({ id: 'F2', due: '2026-03-20' })), '03-02')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'acts with end (8 asked)',
      '- end due 03-02 acts (8 asked)',
      '- b later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
      'F2 10000/10000 ladder@1 by default ladder/F2#1 open',
      'rests date not_yet at 03-21T06 [date 2026-03-21 03-21T06] with end (6 asked)',
      '- end later 03-21 rests date not_yet at 03-21T06 [date 2026-03-21 03-21T06] (6 asked)',
      '- b later 03-29 rests date not_yet at 03-29T06 [date 2026-03-29 03-29T06] (6 asked)',
    ]);
  });

  it('goes where its own message goes, though another of that name goes elsewhere', () => {
    const eva = aContact({ id: 'eva', email: 'eva@robles.example' });
    const known = fileOf(
      told.account(anAccount({ contacts: [aContact(), eva] })),
      told.invoice(anInvoice({ contact: 'ana' })),
      told.invoice(anInvoice({ id: 'F2', contact: 'eva' })),
      told.invoice(anInvoice({ id: 'F3', contact: 'eva', due: '2026-02-27' })),
    );
    expect(said(ladder({ entry: 'latest' }), known, '03-02').filter((line) => line.includes('acts'))).toEqual(
      [
        'acts with s3d to ana:email (10 asked)',
        '- s3d due 03-02 acts to ana:email (10 asked)',
        'acts with s1d to ana:email (10 asked)',
        '- s1d due 03-02 acts to ana:email (10 asked)',
        'acts with s1d to ana:email (10 asked)',
        '- s1d due 03-02 acts to ana:email (10 asked)',
      ],
    );
  });

  it('is done without acting where a sterner one absorbs it', () => {
    const engine = ladder({ message: { levels: 'absorb' }, entry: 'latest' }, {}, ['1d', '9d']);
    const known = owing(f1, anInvoice({ id: 'F2', due: '2026-02-20' }));
    expect(said(engine, known, '03-02')).toEqual([
      'F2 10000/10000 ladder@1 by default ladder/F2#1 open',
      'acts with s9d to ana:email (10 asked)',
      '- s1d superseded 02-21 rests order superseded [ask s1d] (8 asked)',
      '- s9d due 03-01 acts to ana:email (10 asked)',
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests order absorbed [ask s1d] with s1d (8 asked)',
      '- s1d due 03-02 rests order absorbed [ask s1d] (8 asked)',
      '- s9d later 03-10 rests date not_yet at 03-10T06 [date 2026-03-10 03-10T06] (6 asked)',
    ]);
  });

  it('is named by no way where a person has passed it over and no level holds', () => {
    const stages = [aStage('a', '1d'), aStage('b', '2d', { when: { fact: 'account.country', eq: 'MX' } })];
    const engine = ladder({ level: 'state', stages });
    const { file } = settle(engine, owing(f1), at('03-01'));
    const skipped = skipStage(engine, file, at('03-01'), { items: ['F1'], stage: 'a' }, { author: 'luis' });
    expect(said(engine, file, '03-03', ...skipped)).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests order level_holds [ask a] with a (7 asked)',
      '- a skipped 03-02 (03-01) rests order by_hand [ask a] (1 asked)',
      '- b condition 03-03 rests condition condition [condition account.country eq MX] holds false (7 asked)',
    ]);
  });
});

describe('hours and requests', () => {
  it('a stage waits for its hour, and for a run where runs bring it on', () => {
    const engine = ladder({ time: '16:00' });
    expect(said(engine, owing(f1), '03-02')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests date time at 03-02T22 [date 2026-03-02 03-02T22] with s1d (6 asked)',
      '- s1d due 03-02 rests date time at 03-02T22 [date 2026-03-02 03-02T22] (6 asked)',
      '- s3d later 03-04 rests date not_yet at 03-04T22 [date 2026-03-04 03-04T22] (6 asked)',
    ]);
    expect(said(ladder({ climb: true }), owing(f1), '02-20')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests date no_run [date 2026-03-02 03-02T06 + run] with s1d (6 asked)',
      '- s1d later 03-02 rests date no_run [date 2026-03-02 03-02T06 + run] (6 asked)',
      '- s3d later 03-04 rests date no_run [date 2026-03-02 03-02T06 + run] (6 asked)',
    ]);
    expect(said(ladder({ climb: true }), owing(f1), '03-03')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests date no_run [run] with s1d (6 asked)',
      '- s1d later 03-03 rests date no_run [run] (6 asked)',
      '- s3d later 03-05 rests date no_run [run] (6 asked)',
    ]);
  });

  it('a stage waits for the end of grace, for a date that is missing, for the end of its pause', () => {
    expect(said(ladder({ grace: '5d' }), owing(f1), '03-03')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests date grace at 03-07T06 [date 2026-03-07 03-07T06] with s1d (6 asked)',
      '- s1d later 03-07 rests date grace at 03-07T06 [date 2026-03-07 03-07T06] (6 asked)',
      '- s3d later 03-07 rests date not_yet at 03-07T06 [date 2026-03-07 03-07T06] (6 asked)',
    ]);
    expect(said(ladder(), owing(anInvoice({ due: undefined })), '03-03')).toEqual([
      'F1 10000/10000 ladder@1 by default ladder/F1#1 open',
      'rests date no_date [invoice due] with s1d (6 asked)',
      '- s1d no_date rests date no_date [invoice due] (6 asked)',
      '- s3d no_date rests date no_date [invoice due] (6 asked)',
    ]);
  });

  it('an account of which only invoices are known waits for it to be told', () => {
    expect(said(ladder(), fileOf(told.invoice(f1)), '03-03')).toEqual([
      'F1 10000/10000 no policy by default',
      'rests account account_missing [account robles] (2 asked)',
    ]);
  });
});
