import { describe, expect, it } from 'vitest';
import { formatDay, localDay } from '../../src/calendar/index.js';
import {
  decide,
  evolveAll,
  explain,
  type FileEvent,
  recheck,
  settle,
  statusOf,
} from '../../src/engine/index.js';
import type { AccountFile, Case } from '../../src/ledger/file.js';
import type { GroupUnit, Policy, Stage } from '../../src/policy/types.js';
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
  fileOf,
  free,
  instant,
  inTwoParts,
  owing,
  told,
  zone,
} from '../support/build.js';
import { sent, story, walk } from '../support/walk.js';

const plan = aPlan({}, free);

function grouped(own: Partial<GroupUnit> = {}, policy: Partial<Policy> = {}, stages = ['1d', '10d', '30d']) {
  return engineOf(aLadder(stages, { unit: { group: ['account'], ...own }, ...policy }), plan);
}

/** Due on these days of March 2026, in the order given: F1, F2, … */
function due(...days: readonly number[]): AccountFile {
  return owing(
    ...days.map((day, index) => {
      const date = `2026-03-${String(day).padStart(2, '0')}`;
      return anInvoice({ id: `F${index + 1}`, due: date });
    }),
  );
}

function cases(file: AccountFile, subject = '~MXN'): readonly Case[] {
  return file.cases.get(subject) ?? [];
}

const paid = (to: string, date: string) => told.payment(aPayment({ id: `P-${to}`, to, date }));

describe('a group', () => {
  it('climbs by the oldest item, and speaks of all that is overdue by then', () => {
    const walked = walk(grouped(), due(1, 5, 20), '2026-03-01', 40);
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-11 s10d F1+F2', '2026-03-31 s30d F1+F2+F3']);
    expect(cases(walked.file)).toMatchObject([{ id: 'ladder/~MXN#1', carrier: 'F1' }]);
  });

  it('is one per currency, and never sums two', () => {
    const file = owing(anInvoice(), anInvoice({ id: 'F2', currency: 'USD' }), anInvoice({ id: 'F3' }));
    const { acts, file: after } = settle(grouped(), file, instant('2026-03-02T10:00:00-06:00'));
    expect([...after.cases.keys()]).toEqual(['~MXN', '~USD']);
    expect(acts).toHaveLength(1);
    expect(acts[0]?.totals).toEqual([
      { minor: 20_000, currency: 'MXN' },
      { minor: 10_000, currency: 'USD' },
    ]);
  });

  it('is one per value of its keys; the host names its own', () => {
    const engine = grouped({ group: ['account', 'entity', 'item.attributes.contract'] });
    const file = owing(
      anInvoice({ entity: 'mx', attributes: { contract: 'A/1' } }),
      anInvoice({ id: 'F2', entity: 'mx', attributes: { contract: 'A~1' } }),
      anInvoice({ id: 'F3', entity: 'mx', attributes: { contract: 'A/1' } }),
      anInvoice({ id: 'F4' }),
    );
    const { file: after } = settle(engine, file, instant('2026-03-02T10:00:00-06:00'));
    expect([...after.cases.keys()]).toEqual([
      '~entity=mx~contract=A%2F1~MXN',
      '~entity=mx~contract=A%7E1~MXN',
      '~MXN',
    ]);
  });

  it('takes instalments like invoices', () => {
    const walked = walk(
      grouped(),
      owing(inTwoParts(), anInvoice({ id: 'F2', due: '2026-03-03' })),
      '2026-03-01',
      12,
    );
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1~1', '2026-03-11 s10d F1~1+F2']);
  });

  it('ties carriers by the highest balance, then by id', () => {
    const tie = (...totals: readonly number[]): string | undefined => {
      const file = owing(...totals.map((total, index) => anInvoice({ id: `F${index + 1}`, total })));
      return cases(settle(grouped(), file, instant('2026-03-02T10:00:00-06:00')).file)[0]?.carrier;
    };
    expect([tie(1, 3, 2), tie(2, 2, 1), tie(1, 2, 2)]).toEqual(['F2', 'F1', 'F2']);
  });

  it('does not depend on the order in which it was told', () => {
    const facts = [
      anInvoice(),
      anInvoice({ id: 'F2', due: '2026-03-05' }),
      anInvoice({ id: 'F3', currency: 'USD' }),
    ].map(told.invoice);
    const account = told.account(anAccount());
    const at = instant('2026-03-06T10:00:00-06:00');
    const [one, ...others] = [facts, facts.toReversed(), [facts[1]!, facts[2]!, facts[0]!]].map((order) =>
      JSON.stringify(decide(grouped(), fileOf(account, ...order), at)),
    );
    for (const other of others) expect(other).toBe(one);
  });

  it('is read item by item, also where another policy has a group of the same key', () => {
    const two = ['ladder', 'other'].map((id) => aLadder(['1d', '10d'], { id, unit: { group: ['account'] } }));
    const engine = engineOf(two, plan);
    const file = owing(
      anInvoice(),
      anInvoice({ id: 'F2', policy: 'other', due: '2026-03-20' }),
      anInvoice({ id: 'F3', due: '2026-03-05' }),
    );
    const after = walk(engine, file, '2026-03-01', 22).file;
    const { items, policies } = statusOf(engine, after, instant('2026-03-23T10:00:00-06:00'));
    expect(items.map(({ item, case: id, level, reminders }) => [item, id, level?.stage, reminders])).toEqual([
      ['F1', 'ladder/~MXN#1', 's10d', 2],
      ['F3', 'ladder/~MXN#1', 's10d', 2],
      ['F2', 'other/~MXN#1', 's1d', 1],
    ]);
    expect(policies.map(({ policy, level, outstanding }) => [policy, level?.stage, outstanding])).toEqual([
      ['ladder', 's10d', 20_000],
      ['other', 's1d', 10_000],
    ]);
  });

  it('is summed up by policy and currency, at the highest level, with what comes first', () => {
    const engine = engineOf([aLadder(['1d', '10d', '40d']), aLadder(['2d', '60d'], { id: 'other' })], plan);
    const file = owing(
      anInvoice({ policy: 'other' }),
      anInvoice({ id: 'F2', due: '2026-03-10' }),
      anInvoice({ id: 'F3' }),
      anInvoice({ id: 'F4', due: '2026-03-05' }),
      anInvoice({ id: 'F5', due: '2026-05-01' }),
      anInvoice({ id: 'F6', currency: 'USD', due: '2026-05-01' }),
      anInvoice({ id: 'F7', due: undefined }),
    );
    const after = walk(engine, file, '2026-03-01', 13).file;
    const { policies } = statusOf(engine, after, instant('2026-03-13T11:00:00-06:00'));
    const rows = policies.map(({ policy, currency, level, next, outstanding, overdue }) => [
      `${policy} ${currency}`,
      level?.stage,
      next?.stage,
      next === undefined ? undefined : formatDay(localDay(next.at, zone)),
      outstanding,
      overdue,
    ]);
    expect(rows).toEqual([
      ['ladder MXN', 's10d', 's10d', '2026-03-15', 50_000, 30_000],
      ['ladder USD', undefined, 's1d', '2026-05-02', 10_000, 0],
      ['other MXN', 's2d', 's60d', '2026-04-30', 10_000, 10_000],
    ]);
  });

  it('of two policies are two, although their items and keys are alike', () => {
    const two = ['ladder', 'other'].map((id) => aLadder(['1d', '10d'], { id, unit: { group: ['account'] } }));
    const engine = engineOf(two, plan);
    const file = owing(anInvoice(), anInvoice({ id: 'F2', policy: 'other' }));
    const walked = walk(engine, file, '2026-03-01', 14);
    const of = (item: string): readonly string[] =>
      sent(walked).flatMap((line) => (line.endsWith(item) ? (line.split(' ')[1] ?? []) : []));
    expect([of('F1'), of('F2')]).toEqual([
      ['s1d', 's10d'],
      ['s1d', 's10d'],
    ]);
    expect(story(walked).filter((line) => line.includes('close'))).toEqual([]);
    expect(cases(walked.file).map((one) => one.id)).toEqual(['ladder/~MXN#1', 'other/~MXN#1']);
  });
});

describe('a debt of a settled group that is told late', () => {
  const late = { '2026-03-20': [told.invoice(anInvoice({ id: 'F9', due: '2026-03-05' }))] };
  const settled = { '2026-03-15': [paid('F1', '2026-03-15')] };
  const service = { effect: 'service' } as const;

  /** Stops the service on the fifth day, in this way. */
  function stopping(actions: Stage['do'], own: Partial<Policy> = {}) {
    const stages = [aStage('remind', '1d'), aStage('stop', '5d', { do: actions })];
    return grouped({}, { stages, ...own });
  }

  for (const level of ['latched', 'state'] as const) {
    const ways: Readonly<Record<string, Stage['do']>> = {
      'with a message': [{ send: 'stop' }, service],
      'and has somebody call': [{ send: 'stop' }, { task: 'call' }, service],
      'without a word': [service],
    };
    for (const [way, actions] of Object.entries(ways))
      it(`is another debt, and hears of it before anything is stopped ${way} (${level})`, () => {
        const walked = walk(stopping(actions, { level }), due(1), '2026-03-01', 40, {
          facts: { ...settled, ...late },
        });
        const again = story(walked).filter((line) => line > '2026-03-20');
        expect(again.filter((line) => line.includes('done_before'))).toEqual([]);
        // By state the level fits its age at once; each stage says what it says.
        if (level === 'latched') expect(sent(walked)).toContain('2026-03-20 remind F9');
        if (actions.length > 1)
          expect(sent(walked).filter((line) => line.includes('stop F9'))).toHaveLength(1);
      });
  }

  it('is the old one where it was asked for, or carried the group: nothing is said again', () => {
    const reversed = told.payment(aPayment({ id: 'P-F1', to: 'F1', date: '2026-03-15', state: 'reversed' }));
    const facts = { ...settled, '2026-03-20': [reversed] };
    for (const actions of [[{ send: 'stop' }, service], [service]] as const) {
      const back = story(walk(stopping(actions), due(1), '2026-03-01', 25, { facts }));
      expect(back).toContain('2026-03-20 skip stop ~MXN#2 (done_before)');
    }
    const silent = grouped({}, { stages: [aStage('stop', '5d', { do: [service] })] });
    expect(story(walk(silent, due(1), '2026-03-01', 25, { facts }))).toContain(
      '2026-03-20 skip stop ~MXN#2 (done_before)',
    );
  });
});

describe('a group whose carrier is paid', () => {
  const facts = { '2026-03-15': [paid('F1', '2026-03-15')] };

  it('recomputes its level at once from what is left: it falls, and repeats nothing that was done', () => {
    const walked = walk(grouped(), due(1, 12), '2026-03-01', 50, { facts });
    expect(sent(walked)).toEqual([
      '2026-03-02 s1d F1',
      '2026-03-11 s10d F1',
      // F2 is three days overdue: the first stage fits it and was done.
      '2026-03-22 s10d F2',
      '2026-04-11 s30d F2',
    ]);
    expect(story(walked)).toContain('2026-03-15 close ~MXN (carrier_settled)');
    expect(story(walked)).toContain('2026-03-15 skip s1d ~MXN#2 (done_before)');
  });

  it('inherits the level, if told so', () => {
    const walked = walk(grouped({ carrier: 'inherit' }), due(1, 12), '2026-03-01', 50, { facts });
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-11 s10d F1', '2026-04-11 s30d F2']);
    expect(cases(walked.file)).toMatchObject([{ carrier: 'F2', carried: ['F1'] }]);
  });

  it('restarts, if told so: also where the ladder was exhausted', () => {
    const restart = grouped({ carrier: 'restart' });
    expect(sent(walk(restart, due(1, 12), '2026-03-01', 50, { facts }))).toEqual([
      '2026-03-02 s1d F1',
      '2026-03-11 s10d F1',
      '2026-03-15 s1d F2',
      '2026-03-24 s10d F2',
      '2026-04-13 s30d F2',
    ]);
    const short = grouped({ carrier: 'restart' }, {}, ['1d']);
    expect(sent(walk(short, due(1, 12), '2026-03-01', 20, { facts }))).toEqual([
      '2026-03-02 s1d F1',
      '2026-03-15 s1d F2',
    ]);
  });

  it('stays as it is while nobody knows whether its last message went out', () => {
    const engine = grouped({ carrier: 'restart' });
    const at = instant('2026-03-02T10:00:00-06:00');
    const decision = decide(engine, due(1, 12), at);
    const [act] = decision.acts;
    const file = evolveAll(due(1, 12), [
      ...decision.events,
      { type: 'act.unknown', act: act?.id ?? '', at, on: '2026-03-02', code: 'timeout' },
      paid('F1', '2026-03-02'),
    ]);
    const again = decide(engine, file, instant('2026-03-15T10:00:00-06:00'));
    expect(again.acts).toEqual([]);
    expect(again.waiting).toMatchObject([{ item: '~MXN', case: 'ladder/~MXN#1', reason: 'act_unknown' }]);
  });

  it('says in its reason whether it went on or began anew', () => {
    const reasons = (carrier: GroupUnit['carrier'], more: readonly FileEvent[] = []): unknown =>
      cases(
        walk(grouped({ carrier }), due(1, 12), '2026-03-01', 20, {
          facts: { '2026-03-15': more.length > 0 ? more : facts['2026-03-15'] },
        }).file,
      ).map((one) => one.closed?.reason);
    expect(reasons('recompute')).toEqual(['carrier_settled', undefined]);
    expect(reasons('restart')).toEqual(['restarted', undefined]);
    const older = told.invoice(anInvoice({ id: 'F0', due: '2026-01-10' }));
    expect(reasons('restart', [older])).toEqual(['restarted', undefined]);
    expect(reasons('recompute', [older])).toEqual([undefined]);
  });

  it('stays with the agency to which it was handed', () => {
    const handed: FileEvent = {
      type: 'case.handed',
      subject: '~MXN',
      case: 'ladder/~MXN#1',
      on: '2026-03-12',
      to: 'agency',
    };
    for (const carrier of ['recompute', 'restart'] as const) {
      const walked = walk(grouped({ carrier }), due(1, 12), '2026-03-01', 40, {
        facts: { '2026-03-12': [handed], ...facts },
      });
      expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-11 s10d F1']);
      expect(cases(walked.file)).toMatchObject([{ state: 'open', carrier: 'F2', handed: { to: 'agency' } }]);
    }
  });

  it('repeats nothing when the payment bounces and it carries again', () => {
    const bounced = told.payment(
      aPayment({ id: 'P-F1', to: 'F1', date: '2026-03-15', state: 'reversed', reversedOn: '2026-03-18' }),
    );
    const walked = walk(grouped(), due(1, 12), '2026-03-01', 45, {
      facts: { ...facts, '2026-03-18': [bounced] },
    });
    // F1 had both of its stages before: what follows is the last one, on its original day.
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-11 s10d F1', '2026-03-31 s30d F1+F2']);
  });

  it('takes back a message that was decided before', () => {
    const engine = grouped();
    const at = instant('2026-03-11T10:00:00-06:00');
    const before = walk(engine, due(1, 12), '2026-03-01', 10).file;
    const decision = decide(engine, before, at);
    const file = evolveAll(before, [...decision.events, paid('F1', '2026-03-11')]);
    expect(recheck(engine, file, decision.acts[0]!, at)).toEqual({ ok: false, reason: 'carrier_settled' });
  });
});

describe('an older item that joins a group', () => {
  const older = told.invoice(anInvoice({ id: 'F0', due: '2026-01-10' }));
  const facts = { '2026-03-05': [older] };

  it('carries it from now on; the ladder keeps its distance from the last stage done', () => {
    const walked = walk(grouped(), due(1), '2026-03-01', 40, { facts });
    expect(sent(walked)).toEqual([
      '2026-03-02 s1d F1',
      // Nine days after the first stage, and twenty after that, although F0 is long overdue.
      '2026-03-11 s10d F0+F1',
      '2026-03-31 s30d F0+F1',
    ]);
    expect(cases(walked.file)).toMatchObject([{ carrier: 'F0', carried: ['F1'] }]);
  });

  it('takes it to the stage that fits its age, where items enter there', () => {
    const walked = walk(grouped({}, { entry: 'latest' }), due(1), '2026-03-01', 10, { facts });
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-05 s30d F0+F1']);
  });

  it('begins the ladder anew under restart', () => {
    const walked = walk(grouped({ carrier: 'restart' }), due(1), '2026-03-01', 20, { facts });
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-05 s1d F0+F1', '2026-03-14 s10d F0+F1']);
  });

  it('begins it today where nothing was due yet', () => {
    const walked = walk(grouped(), due(25), '2026-03-01', 20, { facts });
    expect(sent(walked)).toEqual(['2026-03-05 s1d F0', '2026-03-14 s10d F0']);
  });
});

describe('a group of which something is blocked', () => {
  it('goes on with the rest: a blocked carrier hands over, and takes over again', () => {
    const facts = {
      '2026-03-05': [told.dispute(aDispute({ opened: '2026-03-05' }))],
      '2026-03-20': [told.dispute(aDispute({ opened: '2026-03-05', state: 'rejected' }))],
    };
    const walked = walk(grouped(), due(1, 4), '2026-03-01', 40, { facts });
    expect(sent(walked)).toEqual([
      '2026-03-02 s1d F1',
      // Ten days after what carries it now, without what is disputed.
      '2026-03-14 s10d F2',
      // From the original date, and no stage again.
      '2026-03-31 s30d F1+F2',
    ]);
    expect(story(walked).filter((line) => /pause|close/.test(line))).toEqual([]);
  });

  it('restarts for nobody who is only back', () => {
    const facts = {
      '2026-03-05': [told.dispute(aDispute({ opened: '2026-03-05' }))],
      '2026-03-20': [told.dispute(aDispute({ opened: '2026-03-05', state: 'rejected' }))],
    };
    const walked = walk(grouped({ carrier: 'restart' }), due(1, 4), '2026-03-01', 40, { facts });
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-14 s10d F2', '2026-03-31 s30d F1+F2']);
  });

  it('pauses only when all of it is blocked, until the first block is over', () => {
    const held = (invoice: string, until: string) =>
      told.hold(aHold({ id: invoice, invoice, from: '2026-03-05', until }));
    const facts = { '2026-03-05': [held('F1', '2026-03-20'), held('F2', '2026-03-15')] };
    const walked = walk(grouped(), due(1, 4), '2026-03-01', 25, { facts });
    const paused = walked.days.find(({ day }) => day === '2026-03-11')?.settled[0]?.last;
    expect(paused?.waiting).toMatchObject([
      { item: '~MXN', reason: 'hold', at: instant('2026-03-16T00:00:00-06:00') },
    ]);
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-17 s10d F2']);
  });

  it('is explained item by item', () => {
    const file = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice()),
      told.invoice(anInvoice({ id: 'F2' })),
      told.invoice(anInvoice({ id: 'F3', due: '2026-04-01' })),
      told.hold(aHold({ invoice: 'F2', from: '2026-03-01' })),
    );
    const { items } = explain(grouped(), file, instant('2026-03-02T10:00:00-06:00'));
    expect(items.map(({ item, acts, failed, reason }) => [item, acts, failed, reason])).toEqual([
      ['F1', true, undefined, undefined],
      ['F2', false, 'not_blocked', 'hold'],
      ['F3', false, 'date', 'not_yet'],
    ]);
    expect(items[0]).toMatchObject({
      group: { id: '~MXN', carrier: 'F1' },
      case: 'ladder/~MXN#1',
      policy: { id: 'ladder' },
    });
  });
});

describe('a group of which nothing is left', () => {
  const facts = { '2026-03-05': [paid('F1', '2026-03-05')], '2026-03-12': [paid('F2', '2026-03-12')] };

  it('closes as paid, and a later debt is another: its counters begin anew', () => {
    const later = told.invoice(anInvoice({ id: 'F3', issued: '2026-03-20', due: '2026-03-25' }));
    const walked = walk(grouped({ carrier: 'inherit' }), due(1, 1), '2026-03-01', 40, {
      facts: { ...facts, '2026-03-20': [later] },
    });
    expect(sent(walked)).toEqual([
      '2026-03-02 s1d F1+F2',
      '2026-03-11 s10d F2',
      '2026-03-26 s1d F3',
      '2026-04-04 s10d F3',
    ]);
    expect(cases(walked.file).map((one) => [one.id, one.closed?.reason])).toEqual([
      ['ladder/~MXN#1', 'paid'],
      ['ladder/~MXN#2', undefined],
    ]);
  });

  it('comes back with a payment that bounced, and repeats nothing', () => {
    const bounced = told.payment(
      aPayment({ id: 'P-F2', to: 'F2', date: '2026-03-12', state: 'reversed', reversedOn: '2026-03-20' }),
    );
    const walked = walk(grouped({ carrier: 'inherit' }), due(1, 1), '2026-03-01', 40, {
      facts: { ...facts, '2026-03-20': [bounced] },
    });
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1+F2', '2026-03-11 s10d F2', '2026-03-31 s30d F2']);
    expect(cases(walked.file).map((one) => one.opening)).toEqual([1, 2]);
  });

  it('is thanked for with what was paid since it was last settled, and a later debt on its own', () => {
    const thankful = grouped({}, { on: { paid: [{ send: 'thanks' }] } });
    const later = told.invoice(anInvoice({ id: 'F3', issued: '2026-03-20', due: '2026-03-25' }));
    const listed = walk(thankful, due(1, 1), '2026-03-01', 40, {
      facts: { ...facts, '2026-03-20': [later], '2026-03-28': [paid('F3', '2026-03-28')] },
    }).days.flatMap(({ day, settled }) =>
      settled.flatMap(({ acts }) =>
        acts.flatMap((act) => (act.message === 'thanks' ? [[day, act.items.map((item) => item.item)]] : [])),
      ),
    );
    expect(listed).toEqual([
      // Also for F1, after which F2 took over.
      ['2026-03-12', ['F1', 'F2']],
      ['2026-03-28', ['F3']],
    ]);
  });

  it('closes as what became of it where nobody paid in this opening', () => {
    const void_ = (id: string) => told.invoice(anInvoice({ id, status: 'void' }));
    const walked = walk(grouped(), due(1, 1), '2026-03-01', 6, {
      facts: { '2026-03-05': [void_('F1'), void_('F2')] },
    });
    expect(cases(walked.file)[0]?.closed?.reason).toBe('void');
  });
});

describe('the published behaviour of others', () => {
  // Upflow, "first action logic": customers with invoices of several ages, one of which carries the workflow.
  const steps = ['1d', '4d', '8d', '15d', '22d', '31d'];
  const smith = (): AccountFile => due(1, 8, 13, 22);

  it('keeps a standard workflow going while the carrying invoice is unpaid, and starts over once it is paid', () => {
    const upflow = grouped({ carrier: 'restart' }, { entry: 'first' }, steps);
    const facts = {
      '2026-03-18': [paid('F2', '2026-03-18'), paid('F3', '2026-03-18')],
      '2026-03-24': [paid('F1', '2026-03-24')],
    };
    expect(sent(walk(upflow, smith(), '2026-03-01', 30, { facts }))).toEqual([
      '2026-03-02 s1d F1',
      '2026-03-05 s4d F1',
      '2026-03-09 s8d F1+F2',
      '2026-03-16 s15d F1+F2+F3',
      '2026-03-23 s22d F1+F4',
      '2026-03-24 s1d F4',
      '2026-03-27 s4d F4',
    ]);
  });

  it('takes a contextual workflow to the action that fits the new carrying invoice', () => {
    const upflow = grouped({ carrier: 'restart' }, { entry: 'latest' }, steps);
    const facts = { '2026-03-24': [paid('F1', '2026-03-24')] };
    expect(sent(walk(upflow, due(1, 8, 13), '2026-03-23', 20, { facts }))).toEqual([
      '2026-03-23 s22d F1+F2+F3',
      // F2 is sixteen days overdue.
      '2026-03-24 s15d F2+F3',
      '2026-03-30 s22d F2+F3',
      '2026-04-08 s31d F2+F3',
    ]);
  });

  it('writes one notice per dunning group, once the oldest item reaches the minimum days in arrears', () => {
    // SAP: items of an account are grouped by a field of the host's; then all overdue items go in.
    const sap = engineOf(
      aLadder(['1d', '15d'], {
        unit: { group: ['account', 'item.attributes.contract'] },
        arrears: '5d',
        message: { by: ['account', 'item.attributes.contract'] },
      }),
      plan,
    );
    const of = (id: string, day: number, contract: string) =>
      anInvoice({ id, due: `2026-03-${String(day).padStart(2, '0')}`, attributes: { contract } });
    const file = owing(of('F1', 1, 'A'), of('F2', 5, 'B'), of('F3', 10, 'A'), of('F4', 1, 'A'));
    expect(sent(walk(sap, file, '2026-03-01', 14))).toEqual(['2026-03-06 s1d F1+F4', '2026-03-06 s1d F2']);
  });
});
