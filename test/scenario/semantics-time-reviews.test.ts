import { describe, expect, it } from 'vitest';
import { formatDay, parseDay, startOfDay } from '../../src/calendar/index.js';
import { decide, evolveAll, explain, forecast, recordContact, settle } from '../../src/engine/index.js';
import { RecobroError } from '../../src/errors.js';
import type { ContactRules, Policy, Stage } from '../../src/policy/types.js';
import {
  aContact,
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
  fileOf,
  free,
  instant,
  owing,
  told,
  zone,
} from '../support/build.js';
import { checkedEngine } from '../support/checked.js';
import { actsIn, sent, story, walk } from '../support/walk.js';

/** Reviews, what is late, gaps and caps, and the end: one test per row and option. */

const plan = aPlan({}, free);
const noon = (day: string): number => instant(`${day}T12:00:00-06:00`);

function ladderOf(stages: readonly Stage[], own: Partial<Policy> = {}): Policy {
  return { ...aLadder([]), stages, ...own };
}

function codeOf(operation: () => unknown): string | undefined {
  try {
    operation();
    return undefined;
  } catch (error) {
    return error instanceof RecobroError ? error.code : 'not typed';
  }
}

describe('A review', () => {
  const engine = checkedEngine(aLadder(['1d', '5d', '9d']), plan);

  it('same facts, same local day: no-op', () => {
    const first = settle(engine, owing(anInvoice()), noon('2026-03-02'));
    for (const at of ['00:00', '12:00', '23:59']) {
      const again = decide(
        engine,
        first.file,
        Math.max(noon('2026-03-02'), instant(`2026-03-02T${at}:00-06:00`)),
      );
      expect(again).toMatchObject({ events: [], acts: [] });
    }
  });

  it('the same from the middle of a ladder, days later: no-op', () => {
    const { file } = walk(engine, owing(anInvoice()), '2026-03-01', 6);
    expect(decide(engine, file, noon('2026-03-08'))).toMatchObject({ events: [], acts: [] });
  });

  it('changed facts: decides again, repeats nothing', () => {
    const first = settle(engine, owing(anInvoice()), noon('2026-03-02'));
    const more = evolveAll(first.file, [
      told.payment(aPayment({ amount: 4_000, to: 'F1' })),
      told.invoice(anInvoice({ id: 'F2', due: '2026-03-01' })),
    ]);
    const free2 = settle(engine, more, noon('2026-03-02') + 1);
    expect(free2.acts.map((act) => act.items.filter((item) => item.acting).map((item) => item.item))).toEqual(
      [['F2']],
    );
    // The default gap: the account has heard of us today.
    const gapped = checkedEngine(aLadder(['1d', '5d', '9d']), aPlan());
    const before = settle(gapped, owing(anInvoice()), noon('2026-03-02')).file;
    const then = decide(
      gapped,
      evolveAll(before, [told.invoice(anInvoice({ id: 'F2' }))]),
      noon('2026-03-02') + 1,
    );
    expect(then.acts).toEqual([]);
    expect(then.waiting).toContainEqual(expect.objectContaining({ item: 'F2', reason: 'gap' }));
  });

  it('an ended block: decides again', () => {
    const facts = { '2026-03-01': [told.hold(aHold({ from: '2026-03-01', until: '2026-03-05' }))] };
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 10, { facts }))[0]).toBe('2026-03-07 s1d F1');
    const held = evolveAll(owing(anInvoice()), facts['2026-03-01']);
    const resting = decide(engine, held, noon('2026-03-02'));
    expect(resting.next).toBe(startOfDay(parseDay('2026-03-06'), zone));
  });

  it('a confirmed stage: decides again, and goes on from the day it was confirmed for', () => {
    const approving = checkedEngine(
      ladderOf([
        aStage('a', '1d', { mode: 'approve' }),
        aStage('b', '0d', { at: { from: 'previous', plus: '3d' } }),
      ]),
      plan,
    );
    const proposed = decide(approving, owing(anInvoice()), noon('2026-03-02'));
    let file = evolveAll(owing(anInvoice()), proposed.events);
    expect(decide(approving, file, noon('2026-03-09')).acts).toEqual([]);
    const id = proposed.acts[0]?.id ?? '';
    file = evolveAll(file, [
      { type: 'act.confirmed', act: id, at: noon('2026-03-09'), on: '2026-03-04', author: 'luis' },
    ]);
    // The gap counts from the contact, which was on the 4th.
    expect(settle(approving, file, noon('2026-03-09')).acts.map((act) => act.stage)).toEqual(['b']);
  });

  it('the earliest wanted instant wins', () => {
    const at = decide(
      engine,
      owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-02-25' })),
      noon('2026-02-20'),
    );
    expect(at.next).toBe(startOfDay(parseDay('2026-02-26'), zone));
  });

  it('option climb: one further stage at each requested run, the run id is its own occasion', () => {
    const policy = aLadder(['1d', '40d', '80d'], { climb: true, entry: 'first' });
    const erp = checkedEngine(policy, plan);
    let file = owing(anInvoice());
    let runs = 0;
    const run = (day: string, id?: string): readonly string[] => {
      const settled = settle(erp, file, noon(day) + runs++, id === undefined ? {} : { run: id });
      file = settled.file;
      return settled.acts.map((act) => act.stage);
    };
    expect(run('2026-03-04')).toEqual([]);
    expect(run('2026-03-05', 'r1')).toEqual(['s1d']);
    expect(run('2026-03-05', 'r1')).toEqual([]);
    expect(run('2026-03-06')).toEqual([]);
    expect(run('2026-03-06', 'r2')).toEqual(['s40d']);
    expect(run('2026-03-06', 'r3')).toEqual(['s80d']);
    expect(run('2026-03-06', 'r4')).toEqual([]);
  });
});

describe('Several stages have passed when a review comes late', () => {
  const down = ['2026-03-06', '2026-03-07', '2026-03-08'];
  const late = (
    own: Partial<Policy>,
    stages = [aStage('s7', '7d'), aStage('s8', '8d'), aStage('s20', '20d')],
  ) => {
    const engine = checkedEngine(ladderOf(stages, own), plan);
    // Due on 27 February: +7 is 6 March, +8 the 7th.
    const file = owing(anInvoice({ due: '2026-02-27' }));
    return story(walk(engine, file, '2026-02-20', 30, { down })).filter((line) => / send | skip /.test(line));
  };

  it('default (N7 latest): the latest due stage once; milder ones recorded as skipped, with the reason', () => {
    expect(late({})).toEqual([
      '2026-03-09 skip s7 F1 (superseded)',
      '2026-03-09 send s8 F1',
      '2026-03-19 send s20 F1',
    ]);
  });
  it('option each (N7 all in order): one per review', () => {
    expect(late({ late: 'each' })).toEqual([
      '2026-03-09 send s7 F1',
      '2026-03-10 send s8 F1',
      '2026-03-19 send s20 F1',
    ]);
  });
  it('option drop (N7 skip): a stage lives for its local day', () => {
    expect(late({ late: 'drop' })).toEqual([
      '2026-03-09 skip s7 F1 (missed)',
      '2026-03-09 skip s8 F1 (missed)',
      '2026-03-19 send s20 F1',
    ]);
  });
  it('option expire after (N7 expire): each by its own age', () => {
    const of = (expires: string) => [
      aStage('s7', '7d'),
      aStage('s8', '8d', { expires }),
      aStage('s20', '20d'),
    ];
    expect(late({}, of('1d'))).toEqual([
      '2026-03-09 skip s8 F1 (expired)',
      '2026-03-09 send s7 F1',
      '2026-03-19 send s20 F1',
    ]);
    expect(late({}, of('2d'))[1]).toBe('2026-03-09 send s8 F1');
  });
  it('a stage of day 0 that was missed over a weekend is late, not lost', () => {
    const engine = checkedEngine(aLadder(['0d', '7d']), plan);
    const walked = walk(engine, owing(anInvoice()), '2026-02-25', 20, { down: ['2026-02-28', '2026-03-01'] });
    expect(sent(walked)).toEqual(['2026-03-02 s0d F1', '2026-03-08 s7d F1']);
    // What is said then is true: the debt is overdue by a day.
    expect(actsIn(walked)[0]).toMatchObject({ topic: 'overdue', items: [{ daysPastDue: 1 }] });
    const missed = checkedEngine(aLadder(['0d', '7d'], { late: 'drop' }), plan);
    expect(sent(walk(missed, owing(anInvoice()), '2026-02-25', 20, { down: ['2026-03-01'] }))).toEqual([
      '2026-03-08 s7d F1',
    ]);
  });
});

describe('An item is already old when it enters', () => {
  const old = owing(anInvoice({ due: '2026-01-20' }));
  const enter = (own: Partial<Policy>, contact: ContactRules = free) => {
    const engine = checkedEngine(aLadder(['-3d', '1d', '3d', '30d', '60d'], own), aPlan({}, contact));
    return sent(walk(engine, old, '2026-03-01', 80));
  };
  it('default: first overdue stage, then at the policy’s own distances', () => {
    expect(enter({})).toEqual([
      '2026-03-01 s1d F1',
      '2026-03-03 s3d F1',
      '2026-03-30 s30d F1',
      '2026-04-29 s60d F1',
    ]);
  });
  it('never below the gap', () => {
    expect(enter({}, { gap: '5d', caps: [] })).toEqual([
      '2026-03-01 s1d F1',
      '2026-03-06 s3d F1',
      '2026-03-30 s30d F1',
      '2026-04-29 s60d F1',
    ]);
  });
  it('option latest, which is contextual: the stage that fits its age', () => {
    expect(enter({ entry: 'latest' })).toEqual(['2026-03-01 s30d F1', '2026-03-21 s60d F1']);
  });
  it('due before the case opened is what counts: due today or later is not old', () => {
    const engine = checkedEngine(aLadder(['-3d', '0d', '1d']), plan);
    expect(sent(walk(engine, owing(anInvoice({ due: '2026-03-01' })), '2026-03-01', 4))).toEqual([
      '2026-03-01 s0d F1',
      '2026-03-02 s1d F1',
    ]);
  });
});

describe('Pre-due stage not done by the due date', () => {
  const down = ['2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01'];
  const acts = (keep?: boolean) => {
    const engine = checkedEngine(ladderOf([aStage('early', '-3d', { keep }), aStage('s9', '9d')]), plan);
    return story(walk(engine, owing(anInvoice()), '2026-02-20', 30, { down })).filter((line) =>
      / send | skip /.test(line),
    );
  };
  it('default: expires', () => {
    expect(acts()).toEqual(['2026-03-02 skip early F1 (expired)', '2026-03-10 send s9 F1']);
  });
  it('option keep', () => expect(acts(true)).toEqual(['2026-03-02 send early F1', '2026-03-10 send s9 F1']));
});

describe('Back-dated review (F129)', () => {
  const engine = checkedEngine(aLadder(['1d', '5d']), plan);
  const reviewed = settle(engine, owing(anInvoice()), noon('2026-03-03')).file;

  it('default: refused with a typed error, an earlier hour of the day is none', () => {
    expect(codeOf(() => decide(engine, reviewed, noon('2026-03-02')))).toBe('backdated_review');
    expect(codeOf(() => settle(engine, reviewed, noon('2026-03-02')))).toBe('backdated_review');
    expect(codeOf(() => decide(engine, reviewed, instant('2026-03-03T00:00:00-06:00')))).toBeUndefined();
    expect(codeOf(() => decide(engine, reviewed, noon('2026-03-04')))).toBeUndefined();
  });

  it('option what-if: a read that writes nothing says what would be', () => {
    const file = evolveAll(reviewed, [told.invoice(anInvoice({ id: 'F2', due: '2026-02-28' }))]);
    const kept = structuredClone(file);
    const answer = explain(engine, file, noon('2026-03-02'));
    expect(answer.acts.flatMap((act) => act.covers.map((cover) => cover.case))).toEqual(['ladder/F2#1']);
    const { planned } = forecast(engine, file, noon('2026-03-02'), noon('2026-03-20'));
    expect(planned.map(({ act }) => act.covers[0]?.case)).toContain('ladder/F2#1');
    expect(file).toEqual(kept);
  });

  it('option accept: never acts again, and the review goes on where it was', () => {
    const file = evolveAll(reviewed, [told.invoice(anInvoice({ id: 'F2', due: '2026-02-28' }))]);
    const settled = settle(engine, file, noon('2026-03-02'), { backdated: 'accept' });
    expect(settled.acts.flatMap((act) => act.covers.map((cover) => cover.case))).toEqual(['ladder/F2#1']);
    expect(settle(engine, settled.file, noon('2026-03-02'), { backdated: 'accept' }).acts).toEqual([]);
    expect(settle(engine, settled.file, noon('2026-03-03')).acts).toEqual([]);
    expect(settled.file.reviewed).toBe(reviewed.reviewed);
  });

  it('a chosen later date is as good as the clock', () => {
    expect(settle(engine, owing(anInvoice()), noon('2026-12-24')).acts).toHaveLength(1);
  });
});

describe('Minimum gap (F7)', () => {
  const old = (id: string, due: string) => anInvoice({ id, due });
  const days = (contact: ContactRules, stages = ['1d', '2d', '3d', '4d'], own: Partial<Policy> = {}) => {
    const engine = checkedEngine(aLadder(stages, own), aPlan({}, { caps: [], ...contact }));
    return sent(walk(engine, owing(anInvoice()), '2026-03-01', 15)).map((line) => line.slice(8));
  };

  it('default: one calendar day, inclusive', () => {
    expect(days({})).toEqual(['02 s1d F1', '03 s2d F1', '04 s3d F1', '05 s4d F1']);
  });
  it('wins over a shorter planned distance, and is inclusive: the day itself is allowed again', () => {
    expect(days({ gap: '3d' }, ['1d', '2d', '9d'])).toEqual(['02 s1d F1', '05 s2d F1', '10 s9d F1']);
  });
  it('one review is one occasion: several messages of it do not block each other', () => {
    const policy = aLadder(['1d'], { message: { by: 'item' } });
    const engine = checkedEngine(policy, aPlan({}, { caps: [] }));
    const file = owing(old('F1', '2026-03-01'), old('F2', '2026-03-01'));
    expect(decide(engine, file, noon('2026-03-02')).acts).toHaveLength(2);
  });
  it('a contact made elsewhere counts', () => {
    const engine = checkedEngine(aLadder(['1d']), aPlan({}, { gap: '3d', caps: [] }));
    const file = settle(engine, owing(anInvoice()), noon('2026-03-01')).file;
    const called = evolveAll(file, [
      recordContact(
        engine,
        file,
        noon('2026-03-01'),
        { channel: 'call' },
        { author: 'luis', reason: 'called' },
      ),
    ]);
    expect(sent(walk(engine, called, '2026-03-02', 6))).toEqual(['2026-03-04 s1d F1']);
  });
  it('option scope: account, case, item', () => {
    const two = owing(old('F1', '2026-03-01'), old('F2', '2026-02-28'));
    const of = (gapOf: ContactRules['gapOf']) => {
      const engine = checkedEngine(
        aLadder(['1d', '2d'], { message: { by: 'item' } }),
        aPlan({}, { gap: '4d', gapOf, caps: [] }),
      );
      return sent(walk(engine, two, '2026-02-28', 10)).map((line) => line.slice(5));
    };
    expect(of('case')).toEqual(['03-01 s1d F2', '03-02 s1d F1', '03-05 s2d F2', '03-06 s2d F1']);
    expect(of('item')).toEqual(of('case'));
    expect(of('account')[1]?.slice(0, 5)).toBe('03-05');
  });
  it('option value per stage', () => {
    const stages = [aStage('a', '1d'), aStage('b', '2d', { gap: '6d' }), aStage('c', '20d', { gap: 'none' })];
    expect(days({ gap: '1d' }, [], { stages })).toEqual(['02 a F1', '08 b F1']);
  });
  it('option value per channel', () => {
    const stages = [
      aStage('a', '1d'),
      aStage('b', '2d', { do: [{ send: 'b', via: [{ channel: 'sms' }] }] }),
      aStage('c', '3d'),
    ];
    const engine = checkedEngine(ladderOf(stages), aPlan({}, { gap: '1d', gaps: { email: '7d' }, caps: [] }));
    const ana = aContact({ phone: '+525512345678', consents: [{ channel: 'sms', state: 'granted', at: 0 }] });
    const file = fileOf(told.account(anAccount({ contacts: [ana] })), told.invoice(anInvoice()));
    expect(sent(walk(engine, file, '2026-03-01', 15))).toEqual([
      '2026-03-02 a F1',
      '2026-03-03 b F1',
      '2026-03-09 c F1',
    ]);
  });
  it('option elapsed hours', () => {
    const engine = checkedEngine(aLadder(['1d', '2d']), aPlan({}, { gap: '36h', caps: [] }));
    const { file } = settle(engine, owing(anInvoice()), noon('2026-03-02'));
    expect(decide(engine, file, noon('2026-03-03')).next).toBe(instant('2026-03-04T00:00:00-06:00'));
    expect(decide(engine, file, instant('2026-03-04T00:00:00-06:00')).acts).toHaveLength(1);
  });
  it('option explicit none', () => {
    const engine = checkedEngine(aLadder(['1d']), aPlan({}, { gap: 'none', caps: [] }));
    const { file } = settle(engine, owing(anInvoice()), noon('2026-03-02'));
    const more = evolveAll(file, [told.invoice(anInvoice({ id: 'F2' }))]);
    expect(decide(engine, more, noon('2026-03-02') + 1).acts).toHaveLength(1);
  });
});

describe('Default caps', () => {
  const stages = ['-7d', '-6d', '-5d', '-4d', '0d', '1d'];
  const days = (contact: ContactRules) =>
    sent(
      walk(
        checkedEngine(aLadder(stages, { pushed: 'both', late: 'each' }), aPlan({ contact })),
        owing(anInvoice()),
        '2026-02-20',
        30,
      ),
    ).map((line) => line.slice(5, 10));

  it('default: one occasion per local day, three per seven days, pre-due counted', () => {
    const got = days({}).map((day) => parseDay(`2026-${day}`));
    expect(got.slice(0, 3).map(formatDay)).toEqual(['2026-02-22', '2026-02-23', '2026-02-24']);
    for (const day of got)
      expect(got.filter((other) => other > day - 7 && other <= day).length).toBeLessThanOrEqual(3);
    expect(got[3]).toBe(parseDay('2026-03-01'));
  });
  it('option calendar week', () => {
    expect(days({ gap: 'none', caps: [{ max: 2, in: 'week' }] })).toEqual([
      '02-22',
      '02-23',
      '02-24',
      '03-02',
      '03-03',
      // Two a week at most.
      ...days({ gap: 'none', caps: [{ max: 2, in: 'week' }] }).slice(5),
    ]);
  });
  it('option calendar month', () => {
    const got = days({ gap: 'none', caps: [{ max: 1, in: 'month' }] });
    expect(got.slice(0, 2)).toEqual(['02-22', '03-01']);
  });
  it('option per contact and per channel', () => {
    const ana = aContact({ phone: '+525512345678', consents: [{ channel: 'sms', state: 'granted', at: 0 }] });
    const bea = aContact({ id: 'bea', role: 'manager', name: 'Bea', email: 'bea@robles.example' });
    const file = fileOf(told.account(anAccount({ contacts: [ana, bea] })), told.invoice(anInvoice()));
    const to = (own: ContactRules, third: Stage['do']) => {
      const ladder = ladderOf([aStage('a', '1d'), aStage('b', '2d', { do: third })]);
      return sent(walk(checkedEngine(ladder, aPlan({}, { gap: 'none', ...own })), file, '2026-03-01', 20));
    };
    const perContact: ContactRules = { caps: [{ max: 1, per: '10d', of: 'contact' }] };
    expect(to(perContact, [{ send: 'b' }])[1]).toBe('2026-03-12 b F1');
    expect(to(perContact, [{ send: 'b', to: 'manager' }])[1]).toBe('2026-03-03 b F1');
    const perChannel: ContactRules = { caps: [{ max: 1, per: '10d', channel: 'email' }] };
    expect(to(perChannel, [{ send: 'b', to: 'manager' }])[1]).toBe('2026-03-12 b F1');
    expect(to(perChannel, [{ send: 'b', via: [{ channel: 'sms' }] }])[1]).toBe('2026-03-03 b F1');
  });
  it('option per purpose: thanks count only where the cap says any', () => {
    const thanked = (purpose: 'dunning' | 'any') => {
      const policy = aLadder(['1d'], { on: { paid: [{ send: 'thanks' }] }, message: { by: 'item' } });
      const engine = checkedEngine(
        policy,
        aPlan({}, { gap: 'none', caps: [{ max: 1, per: '1d', purpose }] }),
      );
      const file = owing(anInvoice());
      const facts = {
        '2026-03-02': [told.payment(aPayment({ to: 'F1' })), told.invoice(anInvoice({ id: 'F2' }))],
      };
      const opened = walk(engine, file, '2026-03-01', 1).file;
      return sent(walk(engine, opened, '2026-03-02', 1, { facts, again: [12] }));
    };
    expect(thanked('dunning')).toHaveLength(2);
    expect(thanked('any').length).toBeLessThanOrEqual(2);
  });
});

describe('A stage pushed onto or past the day of the next one', () => {
  const pushed = (own: Partial<Policy>) => {
    const engine = checkedEngine(aLadder(['1d', '3d', '5d', '30d'], own), aPlan({}, { gap: '4d', caps: [] }));
    return story(walk(engine, owing(anInvoice()), '2026-03-01', 40)).filter((line) =>
      / send | skip /.test(line),
    );
  };
  it('default: gives way, with the reason', () => {
    expect(pushed({})).toEqual([
      '2026-03-02 send s1d F1',
      '2026-03-04 skip s3d F1 (gave_way)',
      '2026-03-06 send s5d F1',
      '2026-03-31 send s30d F1',
    ]);
  });
  it('option both', () => {
    expect(pushed({ pushed: 'both' })).toEqual([
      '2026-03-02 send s1d F1',
      '2026-03-06 send s3d F1',
      '2026-03-10 send s5d F1',
      '2026-03-31 send s30d F1',
    ]);
  });
});

describe('Repeating stage (F14, S5)', () => {
  const repeats = (
    last: Policy['last'],
    own: Partial<Policy> = {},
    from = '2026-03-01',
    invoice = anInvoice(),
  ) => {
    const engine = checkedEngine(aLadder(['3d'], { last, ...own }), plan);
    return sent(walk(engine, owing(invoice), from, 60)).map((line) => line.slice(5, 10));
  };
  it('every N days up to a limit, counted from the last contact', () => {
    expect(repeats({ repeat: '10d', times: 3 })).toEqual(['03-04', '03-14', '03-24', '04-03']);
  });
  it('else from entry: always in the future', () => {
    expect(repeats({ repeat: '10d', times: 2 }, {}, '2026-03-01', anInvoice({ due: '2026-01-10' }))).toEqual([
      '03-01',
      '03-11',
      '03-21',
    ]);
  });
  it('a contact made elsewhere on the case moves it', () => {
    const engine = checkedEngine(aLadder(['3d'], { last: { repeat: '10d', times: 1 } }), plan);
    const { file } = walk(engine, owing(anInvoice()), '2026-03-01', 9);
    const called = evolveAll(file, [
      recordContact(
        engine,
        file,
        noon('2026-03-09'),
        { items: ['F1'] },
        { author: 'luis', reason: 'called' },
      ),
    ]);
    expect(sent(walk(engine, called, '2026-03-10', 20))).toEqual(['2026-03-19 s3d F1']);
  });
  it('option from due', () => {
    expect(repeats({ repeat: '10d', times: 2, from: 'due' })).toEqual(['03-04', '03-11', '03-21']);
  });
  it('option from issue', () => {
    // Issued on 30 January: 40 days later is 11 March.
    expect(repeats({ repeat: '20d', times: 2, from: 'issue' })).toEqual(['03-04', '03-11', '03-31']);
  });
  it('stops when it is paid', () => {
    const engine = checkedEngine(aLadder(['3d'], { last: { repeat: '10d', times: 9 } }), plan);
    const facts = { '2026-03-20': [told.payment(aPayment({ to: 'F1' }))] };
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 60, { facts }))).toHaveLength(2);
  });
});

describe('Exhaustion (F13)', () => {
  const exhausted = (
    own: Partial<Policy>,
    stages: readonly Stage[] = [aStage('s1', '1d'), aStage('s9', '9d')],
  ) => {
    const engine = checkedEngine(ladderOf(stages, own), plan);
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 120);
    return walked.days.flatMap(({ day, settled }) =>
      settled.flatMap((one) =>
        one.events.flatMap((event) => (event.type === 'case.exhausted' ? [`${day} ${event.reason}`] : [])),
      ),
    );
  };
  it('default: when the last act’s wait is over, once per opening, with a reason', () => {
    expect(exhausted({})).toEqual(['2026-03-11 last_stage_over']);
    expect(exhausted({}, [aStage('s1', '1d', { deadline: '10d' })])).toEqual(['2026-03-13 last_stage_over']);
    expect(exhausted({ last: { repeat: '10d', times: 2 } })).toEqual(['2026-04-09 last_stage_over']);
  });
  it('option with the last act', () => {
    expect(exhausted({ last: { exhausted: 'acted' } })).toEqual(['2026-03-10 last_stage_over']);
  });
  it('option N days later', () => {
    expect(exhausted({ last: { exhausted: '15d' } })).toEqual(['2026-03-25 last_stage_over']);
  });
  it.each([
    ['due', '2026-03-06'],
    ['opened', '2026-03-06'],
    ['first', '2026-03-07'],
  ] as const)('a longest life counted from %s beats what is left', (from, day) => {
    expect(exhausted({ life: { from, plus: '5d' } })).toEqual([`${day} life_over`]);
  });
});

describe('the next review names the first day on which something would change', () => {
  it('also where a stage that is held back will lapse', () => {
    const policy = ladderOf([aStage('early', '-3d'), aStage('s9', '9d')]);
    const windows = [{ days: ['mon' as const], from: '09:00', to: '18:00' }];
    const engine = checkedEngine(policy, aPlan({}, { ...free, windows }));
    const before = settle(engine, owing(anInvoice()), noon('2026-02-20')).file;
    // Thursday 26 February; the window opens on Monday 2 March, when the stage is over.
    const held = decide(engine, before, noon('2026-02-26'));
    expect(held.waiting).toMatchObject([{ stage: 'early', reason: 'window' }]);
    expect(held.next).toBe(startOfDay(parseDay('2026-03-02'), zone));
  });

  it('with a condition that fails, a gap, a drop', () => {
    const never = { fact: 'item.dunnable', lt: { MXN: '1.00' } };
    const policy = ladderOf([aStage('early', '-3d', { when: never }), aStage('s9', '9d')]);
    const engine = checkedEngine(policy, plan);
    const before = settle(engine, owing(anInvoice()), noon('2026-02-20')).file;
    expect(decide(engine, before, noon('2026-02-26')).next).toBe(startOfDay(parseDay('2026-03-02'), zone));
    const dropping = checkedEngine(
      aLadder(['1d', '9d'], { late: 'drop' }),
      aPlan({}, { ...free, windows: [{ days: ['fri'], from: '09:00', to: '18:00' }] }),
    );
    const opened = settle(dropping, owing(anInvoice()), noon('2026-02-20')).file;
    // Monday 2 March: the window opens on Friday; the stage lives for its day.
    expect(decide(dropping, opened, noon('2026-03-02')).next).toBe(startOfDay(parseDay('2026-03-03'), zone));
    const unreachable = fileOf(told.account(anAccount({ contacts: [] })), told.invoice(anInvoice()));
    const early = checkedEngine(aLadder(['-3d', '9d']), plan);
    const settled = settle(early, unreachable, noon('2026-02-26'));
    expect(settled.next).toBe(startOfDay(parseDay('2026-03-02'), zone));
  });

  it('explain and forecast say the same', () => {
    const engine = checkedEngine(aLadder(['1d', '5d']), plan);
    const file = owing(anInvoice());
    const now = noon('2026-02-20');
    expect(explain(engine, file, now).next).toBe(decide(engine, file, now).next);
    expect(forecast(engine, file, now, now).next).toBe(settle(engine, file, now).next);
  });
});
