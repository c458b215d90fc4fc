import { describe, expect, it } from 'vitest';
import { formatInstant, instantAt, parseDay } from '../../src/calendar/index.js';
import { compileGate, permission } from '../../src/contact/gate.js';
import { decide, evolveAll, explain, forecast, settle, statusOf } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { CalendarRules, Policy, Stage, StageTrigger, Trigger } from '../../src/policy/types.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aPlan,
  aStage,
  fileOf,
  free,
  instant,
  inTwoParts,
  owing,
  told,
} from '../support/build.js';
import { checkedEngine } from '../support/checked.js';
import { actsIn, sent, story, walk } from '../support/walk.js';

/** One test per row and option of "Time, triggers, reviews" in the behaviour that was agreed. */

const plan = aPlan({}, free);

function ladderOf(stages: readonly Stage[], own: Partial<Policy> = {}): Policy {
  return { ...aLadder([]), stages, ...own };
}

function stageAt(id: string, at: StageTrigger | undefined, own: Partial<Stage> = {}): Stage {
  return { id, tone: 'friendly', ...(at === undefined ? {} : { at }), do: [{ send: id }], ...own };
}

/** When a single stage acts on an invoice that was issued on 30 January and is due on Sunday, 1 March. */
function dayOf(
  at: Trigger,
  own: Partial<Policy> = {},
  calendar: CalendarRules = {},
  file = owing(anInvoice()),
) {
  const engine = checkedEngine(ladderOf([stageAt('only', at)], own), aPlan({ calendar }, free));
  return sent(walk(engine, file, '2026-01-30', 130)).map((line) => line.split(' ')[0]);
}

describe('Two zones, resolved in one function', () => {
  const stages = [stageAt('s1', { from: 'due', plus: '1d' })];
  const windows = [{ from: '09:00', to: '18:00' }];
  const first = (file: AccountFile, contact = {}): string => {
    const engine = checkedEngine(ladderOf(stages), aPlan({}, { ...free, ...contact }));
    const from = instant('2026-02-20T00:00:00-06:00');
    const [one] = forecast(engine, file, from, from + 40 * 86_400_000).planned;
    return new Date(one!.at).toISOString().replace('.000', '');
  };
  const of = (account: Parameters<typeof anAccount>[0]) =>
    fileOf(told.account(anAccount(account)), told.invoice(anInvoice()));

  it('book zone: days past due begin with the local day of the account, else of the plan', () => {
    expect(first(of({}))).toBe('2026-03-02T06:00:00Z');
    expect(first(of({ zone: 'Asia/Kolkata' }))).toBe('2026-03-01T18:30:00Z');
    expect(first(of({ zone: 'Asia/Kathmandu' }))).toBe('2026-03-01T18:15:00Z');
  });

  it('contact zone: windows are those of the contact, else the account, else the plan', () => {
    expect(first(of({}), { windows })).toBe('2026-03-02T15:00:00Z');
    expect(first(of({ zone: 'Europe/Madrid' }), { windows })).toBe('2026-03-02T08:00:00Z');
    const ana = aContact({ zone: 'Asia/Kolkata' });
    // Its books stand in Mexico: the day begins there at 6 UTC, when it is half past eleven in Kolkata.
    expect(first(of({ contacts: [ana] }), { windows })).toBe('2026-03-02T06:00:00Z');
    expect(first(of({ zone: 'Europe/Madrid', contacts: [ana] }), { windows })).toBe('2026-03-02T03:30:00Z');
  });

  it('where a place has several zones the window is open in all', () => {
    // Two people of one role share a message only where both may hear of it; a copy is the same occasion.
    const rules = compileGate({ windows }, {});
    const request = { contact: 'ana', channel: 'email', bookZone: 'America/New_York', occasion: 0 };
    const open = (contactZones: readonly string[], at: string) => {
      const answer = permission(rules, owing(anInvoice()), instant(at), { ...request, contactZones });
      return new Date(answer.at ?? 0).toISOString().slice(0, 16);
    };
    expect(open(['America/New_York'], '2026-03-02T09:00:00-05:00')).toBe('2026-03-02T14:00');
    expect(open(['America/New_York', 'America/Los_Angeles'], '2026-03-02T09:00:00-05:00')).toBe(
      '2026-03-02T17:00',
    );
    expect(open(['America/New_York', 'America/Los_Angeles'], '2026-03-02T18:00:00-05:00')).toBe(
      '2026-03-03T17:00',
    );
  });

  it('the zone of the plan is required, never guessed', () => {
    const { zone: _, ...without } = plan;
    expect(() => checkedEngine(ladderOf(stages), without as typeof plan)).toThrow(/zone/);
  });
});

describe('Boundary of "N days after due"', () => {
  it('default: inclusive, from the start of local day due+N', () => {
    const engine = checkedEngine(aLadder(['3d']), plan);
    const file = settle(engine, owing(anInvoice()), instant('2026-03-01T10:00:00-06:00')).file;
    expect(decide(engine, file, instant('2026-03-03T23:59:59-06:00')).acts).toEqual([]);
    expect(decide(engine, file, instant('2026-03-04T00:00:00-06:00')).acts).toHaveLength(1);
  });

  it('day 0 is "due today", not overdue', () => {
    const engine = checkedEngine(aLadder(['0d']), plan);
    const on = (at: string) => statusOf(engine, owing(anInvoice()), instant(at)).items[0];
    expect(on('2026-03-01T23:59:00-06:00')).toMatchObject({ overdue: false, daysPastDue: 0 });
    expect(on('2026-03-02T00:00:00-06:00')).toMatchObject({ overdue: true, daysPastDue: 1 });
    const [act] = decide(engine, owing(anInvoice()), instant('2026-03-01T10:00:00-06:00')).acts;
    expect(act).toMatchObject({ topic: 'upcoming', items: [{ daysPastDue: 0 }] });
  });

  it('exclusive: one day later', () => {
    expect(dayOf({ from: 'due', plus: '3d', exclusive: true })).toEqual(['2026-03-05']);
    expect(dayOf({ from: 'due', exclusive: true })).toEqual(['2026-03-02']);
  });
});

describe('What a trigger counts from', () => {
  const two = (at: Trigger, own: Partial<Stage> = {}, more: Partial<Policy> = {}): Policy =>
    ladderOf([aStage('a', '1d', own), stageAt('b', at)], more);

  it('due date of the item', () => expect(dayOf({ from: 'due', plus: '3d' })).toEqual(['2026-03-04']));

  it('due date of each instalment', () => {
    const file = owing(inTwoParts());
    expect(dayOf({ from: 'due', plus: '3d' }, {}, {}, file)).toEqual(['2026-03-04', '2026-04-04']);
  });

  it('issue date', () => expect(dayOf({ from: 'issue', plus: '45d' })).toEqual(['2026-03-16']));

  it('previous stage done', () => {
    const engine = checkedEngine(two({ from: 'previous', plus: '4d' }), plan);
    const down = ['2026-03-02', '2026-03-03'];
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 12, { down }))).toEqual([
      '2026-03-04 a F1',
      '2026-03-08 b F1',
    ]);
  });

  it('previous stage proposed, and done later by a person', () => {
    const next = (of: 'proposed' | 'done') => {
      const policy = two({ from: 'previous', of, plus: '5d' }, { mode: 'approve' });
      const engine = checkedEngine(policy, plan);
      const at = instant('2026-03-02T10:00:00-06:00');
      const proposed = decide(engine, owing(anInvoice()), at);
      const id = proposed.acts[0]?.id ?? '';
      const file = evolveAll(owing(anInvoice()), [
        ...proposed.events,
        { type: 'act.confirmed', act: id, at: at + 2 * 86_400_000, on: '2026-03-04', author: 'luis' },
      ]);
      return sent(walk(engine, file, '2026-03-04', 12));
    };
    expect(next('proposed')).toEqual(['2026-03-07 b F1']);
    expect(next('done')).toEqual(['2026-03-09 b F1']);
  });

  it('previous stage delivered', () => {
    const engine = checkedEngine(two({ from: 'previous', of: 'delivered', plus: '2d' }), plan);
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 6);
    expect(sent(walked)).toEqual(['2026-03-02 a F1']);
    const [act] = actsIn(walked);
    const at = instant('2026-03-06T20:00:00-06:00');
    expect(decide(engine, walked.file, at).waiting).toMatchObject([{ stage: 'b', reason: 'not_delivered' }]);
    const delivered = {
      type: 'act.delivered',
      act: act!.id,
      at,
      on: '2026-03-06',
      covers: act!.covers,
    } as const;
    expect(sent(walk(engine, evolveAll(walked.file, [delivered]), '2026-03-07', 5))).toEqual([
      '2026-03-08 b F1',
    ]);
  });

  it('its own payment deadline', () => {
    const at: Trigger = { from: 'previous', of: 'deadline', plus: '1d' };
    const engine = checkedEngine(two(at, { deadline: '10d' }), plan);
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 20))).toEqual([
      '2026-03-02 a F1',
      '2026-03-13 b F1',
    ]);
  });

  it('end of grace', () => {
    expect(dayOf({ from: 'grace', plus: '2d' }, { grace: '10d' })).toEqual(['2026-03-13']);
  });

  it('end of month after the offset', () => {
    expect(dayOf({ from: 'due', plus: '40d', endOfMonth: true })).toEqual(['2026-04-30']);
    expect(dayOf({ from: 'issue', endOfMonth: true })).toEqual(['2026-01-31']);
  });

  it('opening of the case', () => {
    expect(dayOf({ from: 'opened', plus: '10d' })).toEqual(['2026-02-09']);
  });
});

describe('Item lacks the date its trigger counts from', () => {
  const undated = owing(anInvoice({ due: undefined }));
  const stages = [aStage('s3', '3d'), stageAt('later', { from: 'issue', plus: '45d' })];

  it('default: that stage is not planned, with the reason; other stages stand', () => {
    const engine = checkedEngine(ladderOf(stages), plan);
    const now = instant('2026-02-10T10:00:00-06:00');
    const [item] = explain(engine, undated, now).items;
    expect(item?.stages.map(({ stage, state }) => [stage, state])).toContainEqual(['s3', 'no_date']);
    expect(sent(walk(engine, undated, '2026-01-30', 60))).toEqual(['2026-03-16 later F1']);
    const only = checkedEngine(aLadder(['3d']), plan);
    expect(decide(only, undated, now).waiting).toMatchObject([{ stage: 's3d', reason: 'no_date' }]);
  });

  it('option: the item is not chased, by the scope of the policy', () => {
    const scope = { fact: 'item.daysPastDue', exists: true };
    const engine = checkedEngine(ladderOf(stages, { scope }), plan);
    expect(sent(walk(engine, undated, '2026-01-30', 60))).toEqual([]);
    expect(decide(engine, undated, instant('2026-03-20T10:00:00-06:00')).waiting).toMatchObject([
      { item: 'F1', reason: 'out_of_scope' },
    ]);
    expect(sent(walk(engine, owing(anInvoice()), '2026-02-20', 40))).toHaveLength(2);
  });
});

describe('Several triggers on a stage', () => {
  const day = (at: StageTrigger) => {
    const engine = checkedEngine(ladderOf([stageAt('only', at)]), plan);
    return sent(walk(engine, owing(anInvoice()), '2026-01-30', 60));
  };
  const triggers = [
    { from: 'due', plus: '3d' },
    { from: 'issue', plus: '45d' },
  ] as const;
  it('all: the latest wins', () => expect(day({ all: triggers })).toEqual(['2026-03-16 only F1']));
  it('any: the earliest', () => expect(day({ any: triggers })).toEqual(['2026-03-04 only F1']));
});

describe('Calendar', () => {
  it('months clamp, leap years too', () => {
    const one = (issued: string) => {
      const engine = checkedEngine(ladderOf([stageAt('only', { from: 'issue', plus: '1mo' })]), plan);
      const from = instantAt(parseDay(issued), 600, 'America/Mexico_City');
      const file = owing(anInvoice({ issued, due: issued }));
      return forecast(engine, file, from, from + 60 * 86_400_000).planned[0]?.act.on;
    };
    expect(one('2026-01-31')).toBe('2026-02-28');
    expect(one('2028-01-31')).toBe('2028-02-29');
    expect(one('2026-03-31')).toBe('2026-04-30');
    expect(one('2026-12-31')).toBe('2027-01-31');
  });

  it('business days, with and without holidays', () => {
    expect(dayOf({ from: 'due', plus: '3bd' }, {}, { holidays: [] })).toEqual(['2026-03-04']);
    expect(dayOf({ from: 'due', plus: '3bd' }, {}, { holidays: ['2026-03-03'] })).toEqual(['2026-03-05']);
    expect(dayOf({ from: 'due', minus: '2bd' }, {}, { holidays: ['2026-02-27'] })).toEqual(['2026-02-25']);
  });

  it('weekend of the house', () => {
    expect(dayOf({ from: 'due', plus: '3bd' }, {}, { weekend: ['fri', 'sat'] })).toEqual(['2026-03-04']);
    expect(dayOf({ from: 'due', plus: '6bd' }, {}, { weekend: ['fri', 'sat'] })).toEqual(['2026-03-09']);
    expect(dayOf({ from: 'due', plus: '3bd' }, {}, { weekend: [] })).toEqual(['2026-03-04']);
    expect(dayOf({ from: 'due', plus: '8bd' }, {}, { weekend: [] })).toEqual(['2026-03-09']);
  });

  it.each([
    ['as-is', '2026-03-07'],
    ['next', '2026-03-09'],
    ['previous', '2026-03-06'],
  ] as const)('business-day convention %s', (businessDay, day) => {
    const at: Trigger = { from: 'due', plus: '6d', businessDay };
    expect(dayOf(at)).toEqual([day]);
    expect(dayOf(at, {}, { holidays: [] })).toEqual([day]);
  });

  it('convention next jumps over a holiday on Monday, previous over one on Friday', () => {
    const holidays = ['2026-03-06', '2026-03-09'];
    expect(dayOf({ from: 'due', plus: '6d', businessDay: 'next' }, {}, { holidays })).toEqual(['2026-03-10']);
    expect(dayOf({ from: 'due', plus: '6d', businessDay: 'previous' }, {}, { holidays })).toEqual([
      '2026-03-05',
    ]);
  });
});

describe('Hour of an act', () => {
  const act = (own: Partial<Policy>, account: string | undefined, contact = {}): string => {
    const engine = checkedEngine(aLadder(['1d'], own), aPlan({}, { ...free, ...contact }));
    const file = fileOf(told.account(anAccount({ time: account })), told.invoice(anInvoice()));
    const from = instant('2026-03-01T10:00:00-06:00');
    return formatInstant(
      forecast(engine, file, from, from + 5 * 86_400_000).planned[0]!.at,
      'America/Mexico_City',
    );
  };
  const windows = [{ from: '09:00', to: '18:00' }];

  it('default: the start of the local day', () =>
    expect(act({}, undefined)).toBe('2026-03-02T00:00:00-06:00'));
  it('moved into the contact window', () =>
    expect(act({}, undefined, { windows })).toBe('2026-03-02T09:00:00-06:00'));
  it('option: local time per policy, stage, account', () => {
    const stages = [aStage('s', '1d', { time: '11:00' })];
    expect(act({ time: '10:00' }, undefined)).toBe('2026-03-02T10:00:00-06:00');
    expect(act({ time: '10:00', stages }, undefined)).toBe('2026-03-02T11:00:00-06:00');
    expect(act({ time: '10:00', stages }, '15:30')).toBe('2026-03-02T15:30:00-06:00');
  });

  it('one act of a stage per local day however often reviewed', () => {
    const engine = checkedEngine(aLadder(['1d', '2d', '3d']), plan);
    const again = Array.from({ length: 13 }, (_, hour) => hour + 11);
    const walked = walk(engine, owing(anInvoice({ due: '2026-02-20' })), '2026-03-01', 4, { again });
    const days = actsIn(walked).map((one) => one.on);
    expect(new Set(days).size).toBe(days.length);
  });
});

describe('Local time that does not exist, or exists twice', () => {
  const first = (zone: string, due: string, time: string): string => {
    const engine = checkedEngine(ladderOf([aStage('s', '0d', { time })]), aPlan({ zone }, free));
    const file = owing(anInvoice({ due, issued: '2026-01-01' }));
    // Asked long before, under the other offset: the offset of today must play no part.
    const from = instantAt(parseDay(due) - 60, 600, zone);
    return formatInstant(forecast(engine, file, from, from + 90 * 86_400_000).planned[0]!.at, zone);
  };
  it('next valid minute', () => {
    expect(first('Europe/Madrid', '2026-03-29', '02:30')).toBe('2026-03-29T03:00:00+02:00');
    expect(first('Australia/Lord_Howe', '2026-10-04', '02:15')).toBe('2026-10-04T02:30:00+11:00');
    // The clocks of Santiago go forward at midnight.
    expect(first('America/Santiago', '2026-09-06', '00:00')).toBe('2026-09-06T01:00:00-03:00');
  });
  it('the first of two', () => {
    expect(first('Europe/Madrid', '2026-10-25', '02:30')).toBe('2026-10-25T02:30:00+02:00');
    expect(first('Australia/Lord_Howe', '2026-04-05', '01:45')).toBe('2026-04-05T01:45:00+11:00');
  });
  it('half-hour zones to the minute', () => {
    expect(first('Asia/Kolkata', '2026-05-01', '09:10')).toBe('2026-05-01T09:10:00+05:30');
    expect(first('Australia/Adelaide', '2026-05-01', '09:10')).toBe('2026-05-01T09:10:00+09:30');
  });
});

describe('Order of stages', () => {
  const order = (stages: readonly Stage[]) => {
    const engine = checkedEngine(ladderOf(stages), plan);
    return story(walk(engine, owing(anInvoice()), '2026-03-01', 12)).slice(1);
  };

  it('by computed date, whatever the document says', () => {
    expect(order([aStage('late', '7d'), aStage('soon', '2d')])).toEqual([
      '2026-03-03 send soon F1',
      '2026-03-08 send late F1',
      '2026-03-09 exhaust F1',
    ]);
  });

  it('ties to the later in the document', () => {
    expect(order([aStage('z', '2d'), aStage('a', '2d')]).slice(0, 2)).toEqual([
      '2026-03-03 skip z F1 (superseded)',
      '2026-03-03 send a F1',
    ]);
  });

  it('option: explicit rank', () => {
    expect(order([aStage('z', '2d', { rank: 1 }), aStage('a', '2d')]).slice(0, 2)).toEqual([
      '2026-03-03 skip a F1 (superseded)',
      '2026-03-03 send z F1',
    ]);
  });

  it('ids are identity, positions never: stages put in another order repeat nothing', () => {
    const [a, b, c] = [aStage('a', '1d'), aStage('b', '5d'), aStage('c', '9d')];
    const before = walk(checkedEngine(ladderOf([a, b, c]), plan), owing(anInvoice()), '2026-03-01', 6).file;
    const turned = checkedEngine(ladderOf([c, b, a], { version: 2, adopt: 'adopt' }), plan);
    expect(sent(walk(turned, before, '2026-03-07', 10))).toEqual(['2026-03-10 c F1']);
  });
});
