import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChannelTraits } from '../../src/contact/traits.js';
import {
  type Change,
  compile,
  type Engine,
  evolveAll,
  explain,
  type FileEvent,
  type ItemExplanation,
  type StageExplanation,
  type Way,
} from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Condition, Plan, Policy } from '../../src/policy/types.js';
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

const morning = (day: string): number => instant(`${day}T10:00:00-06:00`);
const midnight = (day: string): number => instant(`${day}T00:00:00-06:00`);

function itemAt(engine: Engine, file: AccountFile, day: string, item = 'F1'): ItemExplanation | undefined {
  return explain(engine, file, morning(day)).items.find((one) => one.item === item);
}

function stageAt(
  engine: Engine,
  file: AccountFile,
  day: string,
  stage: string,
  item = 'F1',
): StageExplanation | undefined {
  return itemAt(engine, file, day, item)?.stages.find((one) => one.stage === stage);
}

/** F1 of 100.00 with these facts, reviewed each day from 1 to 3 March, due on the 1st. */
function reviewed(engine: Engine, facts: readonly FileEvent[], first = owing(anInvoice())): AccountFile {
  return walk(engine, first, '2026-03-01', 3, { facts: { '2026-03-01': facts } }).file;
}

const ladder = engineOf(aLadder(['1d', '3d', '9d']));

/** What ends, in short. */
function inShort(would: readonly Way[] | undefined): readonly string[] | undefined {
  return would?.map((way) => way.map(shortOf).join(' + '));
}

function shortOf(change: Change): string {
  switch (change.kind) {
    case 'block':
      return `${change.by} ${change.block}${change.id === undefined ? '' : ` ${change.id}`}`;
    case 'date':
      return change.day;
    case 'condition':
      return `${change.not === true ? 'not ' : ''}${change.fact} ${change.op} ${JSON.stringify(change.wanted)}`;
    case 'stage':
      return `${change.stage} ${change.state}`;
    case 'ask':
      return `ask ${change.stage}`;
    case 'amount':
      return `${change.missing} ${change.currency} ${change.of}`;
    default:
      return change.kind;
  }
}

describe('what would let a blocked item be chased', () => {
  const would = (facts: readonly FileEvent[], plan?: Partial<Plan>): readonly string[] | undefined => {
    const engine = plan === undefined ? ladder : engineOf(aLadder(['1d', '3d']), aPlan(plan));
    return inShort(itemAt(engine, reviewed(engine, facts), '2026-03-04')?.would);
  };
  const hold = told.hold(aHold({ from: '2026-03-02', until: '2026-03-20' }));
  const forEver = told.hold(aHold({ from: '2026-03-02' }));

  it('names the record, how it ends, and the day on which it ends by itself', () => {
    expect(would([hold])).toEqual(['release hold H1', '2026-03-21']);
    expect(would([forEver])).toEqual(['release hold H1']);
    expect(would([told.promise(aPromise())])).toEqual(['cancel promise W1', '2026-03-11']);
    expect(would([told.dispute(aDispute())])).toEqual(['settle dispute D1']);
    expect(would([told.payment(aPayment())])).toEqual(['apply unapplied']);
  });

  it('names all that must end where one block hides another', () => {
    expect(would([told.dispute(aDispute()), forEver])).toEqual(['settle dispute D1 + release hold H1']);
    expect(would([told.dispute(aDispute()), hold, told.promise(aPromise())])).toEqual([
      'settle dispute D1 + cancel promise W1 + release hold H1',
    ]);
    expect(would([hold, told.promise(aPromise())])).toEqual([
      '2026-03-21',
      'cancel promise W1 + release hold H1',
    ]);
  });

  it('names either where each keeps only a part back', () => {
    const dispute = told.dispute(aDispute({ amount: 6_000, currency: 'MXN' }));
    const promise = told.promise(aPromise({ amount: 4_000, currency: 'MXN' }));
    expect(would([dispute, promise])).toEqual(['settle dispute D1', 'cancel promise W1', '2026-03-11']);
    // Less than the tolerance is not worth chasing.
    expect(would([dispute, promise], { tolerance: { MXN: '50.00' } })).toEqual(['settle dispute D1']);
  });

  it('adds what blocks it to the person who leads the conversation', () => {
    const assigned: FileEvent = {
      type: 'account.assigned',
      to: { owner: 'ana', author: 'luis', on: '2026-03-02' },
    };
    expect(would([assigned])).toEqual(['person']);
    expect(would([assigned, forEver])).toEqual(['person + release hold H1']);
  });
});

describe('what would make a condition hold', () => {
  const of = (when: Condition, day = '2026-03-04') => {
    const engine = engineOf(aLadder([], { stages: [aStage('s', '1d', { when })] }));
    return inShort(stageAt(engine, reviewed(engine, []), day, 's')?.would);
  };
  const country: Condition = { fact: 'account.country', eq: 'MX' };
  const key: Condition = { fact: 'account.tags', has: 'key' };
  const large: Condition = { fact: 'item.dunnable', gte: { MXN: '200.00' } };

  it('is the smallest failing part: all of all, any of any, the holding part of not', () => {
    expect(of(country)).toEqual(['account.country eq "MX"']);
    expect(of({ all: [country, { not: key }] })).toEqual(['account.country eq "MX"']);
    expect(of({ all: [country, key] })).toEqual(['account.country eq "MX" + account.tags has "key"']);
    expect(of({ any: [country, { all: [key, large] }] })).toEqual([
      'account.country eq "MX"',
      'account.tags has "key" + item.dunnable gte {"MXN":"200.00"}',
    ]);
    expect(of({ not: { any: [{ fact: 'item.currency', eq: 'MXN' }, key] } })).toEqual([
      'not item.currency eq "MXN"',
    ]);
  });

  it('is each comparison of one fact for itself: all that fail, any that holds and must not', () => {
    const between: Condition = { fact: 'account.openItems', gte: 1, lt: 9 };
    expect(of({ not: between })).toEqual(['not account.openItems gte 1', 'not account.openItems lt 9']);
    expect(of({ fact: 'account.openItems', gte: 3, lt: 9, ne: 1 })).toEqual([
      'account.openItems ne 1 + account.openItems gte 3',
    ]);
  });

  it('is the day as well, where mere waiting is enough', () => {
    expect(of({ fact: 'item.daysPastDue', gte: 9 })).toEqual(['2026-03-10', 'item.daysPastDue gte 9']);
    expect(of({ fact: 'item.daysPastDue', eq: 0 })).toEqual(['item.daysPastDue eq 0']);
  });

  it('is all that fails: difficulties, a cap and amounts beside the condition', () => {
    const stage = aStage('s', '1d', {
      tone: 'firm',
      level: 2,
      when: country,
      min: { amount: { MXN: '150.00' } },
    });
    const engine = engineOf(aLadder([], { stages: [stage] }));
    const file = evolveAll(owing(anInvoice()), [told.account(anAccount({ hardship: true, cap: 1 }))]);
    const own = stageAt(engine, reviewed(engine, [], file), '2026-03-04', 's');
    expect([own?.failed, own?.reason]).toEqual(['condition', 'hardship']);
    expect(inShort(own?.would)).toEqual([
      'account.hardship eq false + cap + account.country eq "MX" + 5000 MXN dunnable',
    ]);
  });

  it('says how much is missing to the minor unit, by amount or share', () => {
    const missing = (min: NonNullable<Policy['stages'][number]['min']>, plan: Partial<Plan> = {}) => {
      const engine = engineOf(aLadder([], { stages: [aStage('s', '1d', { min })] }), aPlan(plan));
      const second = anInvoice({ id: 'F2', due: '2026-06-01', total: 30_000 });
      const file = reviewed(engine, [told.invoice(second)]);
      return inShort(stageAt(engine, file, '2026-03-04', 's')?.would);
    };
    expect(missing({ amount: { MXN: '100.01' } })).toEqual(['1 MXN dunnable']);
    // 100.00 of 400.00 is a quarter; 200.00 of 500.00 are two fifths.
    expect(missing({ share: 40, of: 'account' })).toEqual(['2026-06-02', '10000 MXN dunnable']);
    expect(missing({ share: 100, of: 'account' })).toEqual(['2026-06-02']);
    const usd = { amount: { USD: '10.00' } };
    expect(missing(usd)).toEqual(['threshold']);
    expect(missing(usd, { otherCurrency: 'convert' })).toEqual(['rate']);
    const rates = [{ from: 'MXN', to: 'USD', rate: '0.05', on: '2026-01-01' }];
    expect(missing(usd, { otherCurrency: 'convert', rates })).toEqual(['10000 MXN dunnable']);
  });

  it('comes true: with its changes any condition holds', () => {
    // Each comparison asks for something of its own, so that no change undoes another.
    let names = 0;
    const leaf: fc.Arbitrary<Condition> = fc.boolean().map((eq) => ({
      fact: `account.attributes.x${names++}`,
      eq,
    }));
    const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
      condition: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
        fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
        tie('condition').map((not) => ({ not })),
      ),
    }));
    let ways = 0;
    fc.assert(
      fc.property(condition, (when) => {
        const engine = engineOf(aLadder([], { stages: [aStage('s', '1d', { when })] }));
        const known = Object.fromEntries(
          [...JSON.stringify(when).matchAll(/attributes\.(x\d+)/g)].map(([, name = ''], index) => [
            name,
            index % 2 === 0,
          ]),
        );
        const answer = (own: Readonly<Record<string, boolean>>) => {
          const file = evolveAll(owing(anInvoice()), [told.account(anAccount({ attributes: own }))]);
          return stageAt(engine, file, '2026-03-04', 's');
        };
        for (const way of answer(known)?.would ?? []) {
          ways++;
          const changed: Record<string, boolean> = { ...known };
          for (const change of way) {
            if (change.kind !== 'condition') throw new Error('no other change is asked for');
            const name = change.fact.slice('account.attributes.'.length);
            changed[name] = (change.wanted === true) !== (change.not === true);
          }
          expect(answer(changed)?.acts).toBe(true);
        }
      }),
      { seed: 4, numRuns: 150, endOnFailure: true },
    );
    expect(ways).toBeGreaterThan(50);
  });
});

describe('what would let a stage have its turn', () => {
  it('is its day, moved by grace, which is named', () => {
    const engine = engineOf(aLadder(['1d', '9d'], { grace: '5d' }));
    const own = stageAt(engine, reviewed(engine, []), '2026-03-04', 's1d');
    expect([own?.failed, own?.reason, own?.day]).toEqual(['date', 'grace', '2026-03-07']);
    expect(own?.would).toEqual([[{ kind: 'date', day: '2026-03-07', at: midnight('2026-03-07') }]]);
    expect(own?.tried.at(-1)?.inputs).toMatchObject({ graceUntil: '2026-03-06', due: '2026-03-01' });
  });

  it('is grace of every stage that grace holds', () => {
    const engine = engineOf(aLadder(['1d', '2d', '9d'], { grace: '5d' }));
    const file = reviewed(engine, []);
    const reasons = itemAt(engine, file, '2026-03-04')?.stages.map(({ reason, day }) => [reason, day]);
    expect(reasons).toEqual([
      ['grace', '2026-03-07'],
      ['grace', '2026-03-07'],
      ['not_yet', '2026-03-10'],
    ]);
  });

  it('is never a day that moves on with today', () => {
    const nobody = told.account(anAccount({ contacts: [] }));
    const stages = [
      aStage('brief', '1d', { expires: '0d' }),
      aStage('after', '1d', { at: { from: 'previous', plus: '5d' } }),
      aStage('last', '3d'),
    ];
    const engine = engineOf(aLadder([], { stages }));
    const { file } = walk(engine, evolveAll(owing(anInvoice()), [nobody]), '2026-03-01', 2);
    // Once `last` acts, `brief` is over; nobody can be reached, so that day does not come.
    const own = stageAt(engine, file, '2026-03-05', 'after');
    expect([own?.failed, own?.reason, inShort(own?.would)]).toEqual([
      'order',
      'after_previous',
      ['brief done'],
    ]);
  });

  it('is the day on which the account is long enough in arrears', () => {
    const engine = engineOf(aLadder(['1d'], { arrears: '10d' }));
    const days = (file: AccountFile, item = 'F1') => {
      const own = itemAt(engine, file, '2026-03-06', item);
      return [own?.failed, own?.reason, inShort(own?.would)];
    };
    const two = owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-04' }));
    expect(days(two)).toEqual(['date', 'arrears', ['2026-03-11']]);
    expect(days(two, 'F2')).toEqual(['date', 'arrears', ['2026-03-11']]);
    // What is blocked by then counts no more: the next oldest does.
    const held = evolveAll(two, [told.hold(aHold({ invoice: 'F1', from: '2026-03-08' }))]);
    expect(days(held, 'F2')).toEqual(['date', 'arrears', ['2026-03-14']]);
    const freed = told.hold(aHold({ invoice: 'F1', from: '2026-03-08', until: '2026-03-10' }));
    expect(days(evolveAll(two, [freed]), 'F2')).toEqual(['date', 'arrears', ['2026-03-11']]);
    const later = told.hold(aHold({ id: 'H2', invoice: 'F2', from: '2026-03-12' }));
    const all = [told.hold(aHold({ invoice: 'F1', from: '2026-03-08' })), later];
    const third = evolveAll(two, [told.invoice(anInvoice({ id: 'F3', due: '2026-03-05' })), ...all]);
    expect(days(third, 'F3')).toEqual(['date', 'arrears', ['2026-03-15']]);
  });

  it('is its hour on that day', () => {
    const engine = engineOf(aLadder(['1d', '9d'], { time: '11:30' }));
    const file = reviewed(engine, [], owing(anInvoice({ due: '2026-03-03' })));
    const at = (day: string) => instant(`${day}T11:30:00-06:00`);
    expect(stageAt(engine, file, '2026-03-04', 's1d')?.would).toEqual([
      [{ kind: 'date', day: '2026-03-04', at: at('2026-03-04') }],
    ]);
    expect(stageAt(engine, file, '2026-03-04', 's9d')?.would).toEqual([
      [{ kind: 'date', day: '2026-03-12', at: at('2026-03-12') }],
    ]);
  });

  it('is the stage before it, where it counts from that or comes after it', () => {
    const next = { from: 'previous', plus: '3d' } as const;
    const follows = engineOf(
      aLadder([], { stages: [aStage('first', '5d'), aStage('second', '1d', { at: next })] }),
    );
    const own = stageAt(follows, reviewed(follows, []), '2026-03-04', 'second');
    expect([own?.failed, own?.reason, inShort(own?.would)]).toEqual([
      'order',
      'after_previous',
      ['first done'],
    ]);

    const each = engineOf(aLadder(['1d', '2d'], { late: 'each' }));
    const known = walk(each, owing(anInvoice({ due: '2026-03-20' })), '2026-03-19', 1).file;
    const second = stageAt(each, known, '2026-03-25', 's2d');
    expect([second?.failed, second?.reason, inShort(second?.would)]).toEqual([
      'order',
      'earlier_first',
      ['s1d done'],
    ]);
  });

  it('is news of its delivery, where it counts from that', () => {
    const at = { from: 'previous', of: 'delivered', plus: '3d' } as const;
    const engine = engineOf(aLadder([], { stages: [aStage('first', '1d'), aStage('second', '1d', { at })] }));
    const own = stageAt(engine, reviewed(engine, []), '2026-03-04', 'second');
    expect([own?.failed, own?.reason, inShort(own?.would)]).toEqual([
      'date',
      'not_delivered',
      ['first delivered'],
    ]);
  });

  it('is a run on request, not before the debt is overdue', () => {
    const engine = engineOf(aLadder(['1d', '9d'], { climb: true, grace: '2d' }));
    const file = reviewed(engine, []);
    expect(inShort(stageAt(engine, file, '2026-03-05', 's9d')?.would)).toEqual(['run']);
    expect(inShort(stageAt(engine, file, '2026-03-02', 's1d')?.would)).toEqual(['2026-03-04 + run']);
    expect(stageAt(engine, file, '2026-03-02', 's1d')?.reason).toBe('no_run');
  });

  it('is nothing but asking, where contact rules push it onto the day of the next stage', () => {
    const windows = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, from: '09:00', to: '18:00' }];
    const saturday = (offsets: readonly string[]) => {
      const engine = engineOf(aLadder(offsets), aPlan({}, { windows }));
      return stageAt(engine, owing(anInvoice({ due: '2026-03-06' })), '2026-03-07', 's1d');
    };
    const monday = instant('2026-03-09T09:00:00-06:00');
    const waits = saturday(['1d', '9d']);
    expect([waits?.failed, waits?.reason, waits?.at]).toEqual(['contact_rules', 'window', monday]);
    expect(waits?.would).toEqual([[{ kind: 'contact', rule: 'window', at: monday }]]);
    const gives = saturday(['1d', '3d']);
    expect([gives?.failed, gives?.reason, gives?.at]).toEqual(['contact_rules', 'window', monday]);
    expect(inShort(gives?.would)).toEqual(['ask s1d']);
  });

  it('is somebody who asks for it, once the ladder has passed it or come to its end', () => {
    const { file } = walk(ladder, owing(anInvoice({ due: '2026-03-20' })), '2026-03-19', 1);
    const { file: later } = walk(ladder, file, '2026-03-25', 1);
    const passed = stageAt(ladder, later, '2026-03-26', 's1d');
    expect([passed?.state, passed?.failed, passed?.reason, passed?.on]).toEqual([
      'skipped',
      'order',
      'superseded',
      '2026-03-25',
    ]);
    expect(inShort(passed?.would)).toEqual(['ask s1d']);
    // What is over was asked when it was passed: of today's questions none plays a part.
    expect(passed?.tried.map(({ guard }) => guard)).toEqual(['order']);
    const { file: over } = walk(ladder, later, '2026-03-26', 20);
    expect(inShort(itemAt(ladder, over, '2026-04-20')?.would)).toEqual(['ask s9d']);
    // What bars it even then goes with it.
    const hard = evolveAll(over, [told.account(anAccount({ hardship: true, cap: 2 }))]);
    expect(inShort(itemAt(ladder, hard, '2026-04-20')?.would)).toEqual([
      'ask s9d + account.hardship eq false + cap',
    ]);
  });
});

describe('what would let an item be anybody’s business', () => {
  it('is an account that is told of, or a policy that is named', () => {
    const stranger = fileOf(told.invoice(anInvoice()));
    const own = itemAt(ladder, stranger, '2026-03-04');
    expect([own?.failed, own?.reason, own?.would]).toEqual([
      'account',
      'account_missing',
      [[{ kind: 'account', account: 'robles' }]],
    ]);
    const named = (policy: string) => {
      const file = fileOf(told.account(anAccount({ policy })), told.invoice(anInvoice()));
      const item = itemAt(ladder, file, '2026-03-04');
      return [item?.failed, item?.reason, item?.would];
    };
    expect(named('gone')).toEqual([
      'policy',
      'unknown_policy',
      [[{ kind: 'assignment', reason: 'unknown_policy', by: 'account', policy: 'gone' }]],
    ]);
  });

  it('is the end of a hand-over, with that of the person who leads', () => {
    const handed: FileEvent = {
      ...{ type: 'case.handed', subject: 'F1', case: 'ladder/F1#1', to: 'agency', on: '2026-03-03' },
    };
    const led: FileEvent = {
      type: 'account.assigned',
      to: { owner: 'ana', author: 'luis', on: '2026-03-03' },
    };
    const of = (...events: readonly FileEvent[]) =>
      itemAt(ladder, evolveAll(reviewed(ladder, []), events), '2026-03-04')?.would;
    expect(of(handed)).toEqual([[{ kind: 'handover', to: 'agency', on: '2026-03-03' }]]);
    expect(of(handed, led)).toEqual([
      [
        { kind: 'handover', to: 'agency', on: '2026-03-03' },
        { kind: 'person', owner: 'ana' },
      ],
    ]);
    expect(of(handed, told.hold(aHold({ from: '2026-03-02' })))?.[0]?.map(({ kind }) => kind)).toEqual([
      'handover',
      'block',
    ]);
  });

  it('is a rate to a currency that has an amount, where amounts are converted', () => {
    const stages = [aStage('s', '1d', { min: { amount: { MXN: '50.00', EUR: '5.00' } } })];
    const engine = engineOf(aLadder([], { stages }), aPlan({ otherCurrency: 'convert' }));
    const file = reviewed(engine, [], owing(anInvoice({ currency: 'USD' })));
    const own = stageAt(engine, file, '2026-03-04', 's');
    expect([own?.failed, own?.reason]).toEqual(['condition', 'no_rate']);
    expect(own?.would).toEqual([[{ kind: 'rate', from: 'USD', to: ['MXN', 'EUR'] }]]);
  });
});

describe('what would let something be owed', () => {
  const of = (
    own: Parameters<typeof anInvoice>[0],
    facts: readonly FileEvent[] = [],
    plan: Partial<Plan> = {},
  ) => {
    const engine = engineOf(aLadder(['1d']), aPlan(plan));
    return itemAt(engine, reviewed(engine, facts, owing(anInvoice(own))), '2026-03-04')?.would;
  };

  it('is an amount, or another status', () => {
    const amount = (missing: number) => ({ kind: 'amount', of: 'outstanding', currency: 'MXN', missing });
    expect(of({}, [told.payment(aPayment({ to: 'F1', date: '2026-03-01' }))])).toEqual([[amount(1)]]);
    expect(of({ total: 0 }, [], { tolerance: { MXN: '5.00' } })).toEqual([[amount(500)]]);
    expect(of({ total: 300 }, [], { tolerance: { MXN: '5.00' } })).toEqual([[amount(200)]]);
    expect(of({ status: 'draft' })).toEqual([
      [{ kind: 'invoice', field: 'status', found: 'draft', wanted: 'open' }],
    ]);
    expect(of({ type: 'payable' })).toEqual([[{ kind: 'invoice', field: 'type', found: 'payable' }]]);
  });

  it('shows of a settled item the stages that were done, and why no other comes', () => {
    const file = reviewed(ladder, []);
    const paid = evolveAll(file, [told.payment(aPayment({ to: 'F1', date: '2026-03-03' }))]);
    const { file: after } = walk(ladder, paid, '2026-03-04', 2);
    const item = itemAt(ladder, after, '2026-03-10');
    expect(item).toMatchObject({
      failed: 'owed',
      reason: 'paid',
      caseState: 'closed',
      closed: { reason: 'paid' },
    });
    expect(item?.stages.map(({ stage, state, failed, reason }) => [stage, state, failed, reason])).toEqual([
      ['s1d', 'done', undefined, undefined],
      ['s3d', 'later', 'owed', 'paid'],
      ['s9d', 'later', 'owed', 'paid'],
    ]);
  });
});

describe('whom a message goes to', () => {
  const engine = engineOf(
    aLadder(['1d'], { via: [{ channel: 'whatsapp' }, { channel: 'email' }, { channel: 'sms' }] }),
  );
  const granted = (channel: string) => ({ channel, state: 'granted', at: 0 }) as const;
  const placed = (own: Parameters<typeof aContact>[0], more: readonly ReturnType<typeof aContact>[] = []) =>
    itemAt(
      engine,
      fileOf(told.account(anAccount({ contacts: [aContact(own), ...more] })), told.invoice(anInvoice())),
      '2026-03-02',
    );

  it('is the preference before the order of the policy, and says which places were passed over', () => {
    const phone = '+525512345678';
    const item = placed({ phone, prefers: ['sms', 'whatsapp'], consents: [granted('whatsapp')] });
    expect(item?.place).toEqual({
      contact: 'ana',
      channel: 'whatsapp',
      contactBy: 'role',
      role: 'billing',
      channelBy: 'preference',
      channels: ['sms', 'whatsapp', 'email'],
      passed: [{ contact: 'ana', channel: 'sms', reason: 'no_consent' }],
    });
    expect(placed({ phone })?.place).toMatchObject({ channel: 'email', channelBy: 'order' });
  });

  it('is another contact, where the one asked for cannot be reached', () => {
    const other = aContact({ id: 'eva', role: 'manager', email: 'eva@robles.example' });
    expect(placed({ email: undefined }, [other])?.place).toMatchObject({
      contact: 'eva',
      contactBy: 'fallback',
      passed: [
        { contact: 'ana', channel: 'whatsapp', reason: 'no_consent' },
        { contact: 'ana', channel: 'email', reason: 'no_address' },
        { contact: 'ana', channel: 'sms', reason: 'no_consent' },
        { contact: 'eva', channel: 'whatsapp', reason: 'no_consent' },
      ],
    });
  });

  it('of nobody says what each place lacks, behind the consent the address', () => {
    const item = placed({ email: undefined });
    expect([item?.failed, item?.reason]).toEqual(['recipient', 'unreachable']);
    expect(item?.would).toEqual([
      [{ kind: 'address', contact: 'ana', channel: 'email', found: 'missing' }],
      [
        { kind: 'consent', contact: 'ana', channel: 'whatsapp', found: 'none' },
        { kind: 'address', contact: 'ana', channel: 'whatsapp', found: 'missing' },
      ],
      [
        { kind: 'consent', contact: 'ana', channel: 'sms', found: 'none' },
        { kind: 'address', contact: 'ana', channel: 'sms', found: 'missing' },
      ],
    ]);
    const nobody = itemAt(
      engine,
      fileOf(told.account(anAccount({ contacts: [] })), told.invoice(anInvoice())),
      '2026-03-02',
    );
    expect(nobody?.would).toEqual([
      [{ kind: 'address', channel: 'email', found: 'missing' }],
      [
        { kind: 'address', channel: 'whatsapp', found: 'missing' },
        { kind: 'consent', channel: 'whatsapp', found: 'none' },
      ],
      [
        { kind: 'address', channel: 'sms', found: 'missing' },
        { kind: 'consent', channel: 'sms', found: 'none' },
      ],
    ]);
  });

  it('where channels are not set up, names with the channel what it would lack then', () => {
    const via = [{ channel: 'whatsapp' }, { channel: 'email' }, { channel: 'fax' }];
    const mail: ChannelTraits = { id: 'email', address: 'email', consent: 'contract' };
    const bare = (contact: Plan['contact'] = {}) =>
      compile({ plan: aPlan({ contact }), policies: [aLadder(['1d'], { via })], channels: [mail] });
    const wouldOf = (contacts: readonly ReturnType<typeof aContact>[], engine = bare()) =>
      itemAt(
        engine,
        fileOf(told.account(anAccount({ contacts: [...contacts] })), told.invoice(anInvoice())),
        '2026-03-02',
      )?.would;
    expect(wouldOf([])).toEqual([
      [{ kind: 'address', channel: 'email', found: 'missing' }],
      [
        { kind: 'channel', channel: 'fax' },
        { kind: 'address', channel: 'fax', found: 'missing' },
      ],
      [
        { kind: 'channel', channel: 'whatsapp' },
        { kind: 'address', channel: 'whatsapp', found: 'missing' },
        { kind: 'consent', channel: 'whatsapp', found: 'none' },
      ],
    ]);
    expect(wouldOf([], bare({ consent: { whatsapp: 'off' } }))?.[1]).toEqual([
      { kind: 'channel', channel: 'whatsapp' },
      { kind: 'address', channel: 'whatsapp', found: 'missing' },
    ]);
    const agreed = aContact({ email: undefined, phone: '+525512345678', consents: [granted('whatsapp')] });
    expect(wouldOf([agreed])).toEqual([
      [{ kind: 'channel', channel: 'whatsapp' }],
      [{ kind: 'address', contact: 'ana', channel: 'email', found: 'missing' }],
      [{ kind: 'channel', channel: 'fax' }],
    ]);
    expect(wouldOf([aContact({ email: undefined })])?.at(-1)).toEqual([
      { kind: 'channel', channel: 'whatsapp' },
      { kind: 'consent', contact: 'ana', channel: 'whatsapp', found: 'none' },
      { kind: 'address', contact: 'ana', channel: 'whatsapp', found: 'missing' },
    ]);
  });
});

describe('a group', () => {
  const engine = engineOf(aLadder(['1d', '5d'], { unit: { group: ['account'] } }));
  const three = [
    anInvoice({ id: 'F1', due: '2026-03-01', total: 5_000 }),
    anInvoice({ id: 'F2', due: '2026-03-01', total: 9_000 }),
    anInvoice({ id: 'F3', due: '2026-03-08', total: 20_000 }),
  ];
  const groupAt = (facts: readonly FileEvent[], invoices = three, day = '2026-03-02') =>
    itemAt(engine, evolveAll(owing(...invoices), facts), day, invoices[0]?.id)?.group;

  it('says which item carries it and why', () => {
    expect(groupAt([])).toEqual({
      id: '~MXN',
      carrier: 'F2',
      why: 'highest',
      items: ['F1', 'F2', 'F3'],
      passed: [],
    });
    expect(groupAt([], three.slice(1))).toMatchObject({ carrier: 'F2', why: 'oldest' });
    expect(groupAt([], three.slice(2), '2026-03-09')).toMatchObject({ carrier: 'F3', why: 'only' });
    const equal = three.map((one) => ({ ...one, total: 5_000 }));
    expect(groupAt([], equal)).toMatchObject({ carrier: 'F1', why: 'id' });
    const held = ['F1', 'F2'].map((invoice) =>
      told.hold(aHold({ id: invoice, invoice, from: '2026-03-01' })),
    );
    expect(groupAt(held)).toMatchObject({ carrier: 'F3', why: 'only', passed: ['F1', 'F2'] });
    expect(groupAt([told.hold(aHold({ from: '2026-03-01' }))])).toMatchObject({
      carrier: 'F2',
      why: 'blocked',
    });
  });

  it('says of an item that is not spoken of yet when it is', () => {
    const item = itemAt(engine, owing(...three), '2026-03-02', 'F3');
    expect(item).toMatchObject({ acts: false, failed: 'date', reason: 'not_yet' });
    expect(item?.would).toEqual([[{ kind: 'date', day: '2026-03-09', at: midnight('2026-03-09') }]]);
  });
});

describe('other instants', () => {
  it('may be past or to come, and write nothing', () => {
    const file = reviewed(ladder, []);
    expect(itemAt(ladder, file, '2026-02-20')).toMatchObject({ failed: 'date', at: expect.any(Number) });
    expect(itemAt(ladder, file, '2026-03-10')?.stages.at(-1)).toMatchObject({ stage: 's9d', acts: true });
    expect(file.reviewed).toBe(morning('2026-03-02'));
  });
});
