import { describe, expect, it } from 'vitest';
import { decide, type Engine, evolveAll, explain, settle } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { ContactRules, Policy } from '../../src/policy/types.js';
import { aLadder, anInvoice, aPlan, engineOf, instant, owing } from '../support/build.js';
import { linesIn, linesOf, morning } from '../support/standing.js';

/** Stages that have their turn, and that contact rules hold: each by what holds it, though others of the account wait too. */

/** All that rests of these items. */
function at(engine: Engine, file: AccountFile, now: number): string[] {
  return explain(engine, file, now).items.flatMap((item) => linesOf(item).slice(1));
}

const windows: ContactRules = {
  ...{ gap: 'none', caps: [] },
  windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' }],
};
const other = (offsets: readonly string[], own: Partial<Policy> = {}): Policy => ({
  ...aLadder(offsets, own),
  id: 'other',
});
/** Both due on a Friday, so that the first stage comes on a Saturday; the first stages bear one id. */
const two = owing(
  anInvoice({ due: '2026-03-06' }),
  anInvoice({ id: 'F2', due: '2026-03-06', policy: 'other' }),
);
const saturday = (first: Policy, second: Policy, rules = windows, file = two): string[] =>
  at(engineOf([first, second], aPlan({}, rules)), file, morning('2026-03-07'));

const gives = `
  s1d due: contact_rules window [ask s1d]
  s3d later: date not_yet [date 2026-03-09 03-09T06:00]`;
const waits = `
  s1d due: contact_rules window [contact window 03-09T15:00]
  s9d later: date not_yet [date 2026-03-15 03-15T06:00]`;
const mute = `
  s1d due: recipient unreachable [consent ana sms none + address ana sms missing]
  s9d later: date not_yet [date 2026-03-15 03-15T06:00]`;
const sms = { via: [{ channel: 'sms' }] };

describe('stages of one name in two ladders', () => {
  it('each say what holds them: one gives way to the next, one waits', () => {
    expect(saturday(aLadder(['1d', '3d']), other(['1d', '9d']))).toEqual(linesIn(gives + waits));
    expect(saturday(aLadder(['1d', '9d']), other(['1d', '3d']))).toEqual(linesIn(waits + gives));
  });

  it('each say what holds them: one waits, of one nobody can be reached', () => {
    expect(saturday(aLadder(['1d', '9d']), other(['1d', '9d'], sms))).toEqual(linesIn(waits + mute));
    expect(saturday(aLadder(['1d', '9d'], sms), other(['1d', '9d']))).toEqual(linesIn(mute + waits));
  });

  it('have one occasion, on which there is room for one message', () => {
    const rules = { gap: '3d', caps: [] };
    const loud = other(['1d'], { priority: 9 });
    expect(saturday(aLadder(['1d', '9d'], { priority: 1 }), loud, rules)).toEqual([
      's1d due: contact_rules message_limit [contact message_limit 03-10T06:00]',
      's9d later: date not_yet [date 2026-03-15 03-15T06:00]',
      's1d due: acts',
    ]);
  });
});

describe('a stage that is held', () => {
  const days = (rules: ContactRules, second = '2026-03-02') => {
    const engine = engineOf(aLadder(['1d', '9d']), aPlan({}, rules));
    const file = owing(anInvoice(), anInvoice({ id: 'F2', due: second }));
    return { engine, file };
  };
  const gap: ContactRules = { gap: '3d', caps: [] };

  it('waits for the gap, which ends with what is on its way', () => {
    const { engine, file } = days(gap);
    const planned = evolveAll(file, decide(engine, file, morning('2026-03-02')).events);
    const way = 'act robles/ladder/F1#1/s1d.1@ana.0 planned s1d';
    const held = `not_under_way act_pending [${way}]`;
    expect(at(engine, planned, morning('2026-03-03'))).toEqual([
      `s1d planned: ${held}`,
      `s9d later: ${held}`,
      `s1d due: contact_rules gap [${way} + contact gap 03-06T06:00]`,
      's9d later: date not_yet [date 2026-03-11 03-11T06:00]',
    ]);
    const sent = settle(engine, file, morning('2026-03-02')).file;
    expect(at(engine, sent, morning('2026-03-03'))).toEqual([
      's1d done',
      's9d later: date not_yet [date 2026-03-10 03-10T06:00]',
      's1d due: contact_rules gap [contact gap 03-05T06:00]',
      's9d later: date not_yet [date 2026-03-11 03-11T06:00]',
    ]);
  });

  it('waits for contact hours alone, which open whatever is on its way', () => {
    const { engine, file } = days({ ...windows, windows: [{ from: '09:00', to: '18:00' }] });
    const planned = evolveAll(file, decide(engine, file, morning('2026-03-02')).events);
    expect(at(engine, planned, instant('2026-03-03T03:00:00-06:00'))[2]).toBe(
      's1d due: contact_rules window [contact window 03-03T15:00]',
    );
  });

  it('waits for what is planned only: proposals and tasks are no contact', () => {
    const stages = [
      { ...aLadder(['1d']).stages[0]!, do: [{ send: 's1d' }, { task: 'call', owner: 'luis' }] },
      aLadder(['9d']).stages[0]!,
    ];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, gap));
    const file = owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-02' }));
    const planned = evolveAll(file, decide(engine, file, morning('2026-03-02')).events);
    expect(at(engine, planned, morning('2026-03-03'))[2]).toBe(
      's1d due: contact_rules gap [act robles/ladder/F1#1/s1d.1@ana.0 planned s1d + contact gap 03-06T06:00]',
    );
  });

  it('waits for the cap, for contact hours, or for the end of a day off', () => {
    const held = (rules: ContactRules, more: Parameters<typeof aPlan>[0] = {}, time = '10:00') => {
      const engine = engineOf(aLadder(['1d', '9d']), aPlan(more, rules));
      const { file } = days(rules);
      const sent = settle(engine, file, morning('2026-03-02')).file;
      return at(engine, sent, instant(`2026-03-03T${time}:00-06:00`))[2];
    };
    expect(held({ gap: 'none', caps: [{ max: 1, per: '7d' }] })).toBe(
      's1d due: contact_rules cap [contact cap 03-09T06:00]',
    );
    const hours = { gap: 'none', caps: [], windows: [{ from: '09:00', to: '18:00' }] };
    expect(held(hours, {}, '03:00')).toBe('s1d due: contact_rules window [contact window 03-03T15:00]');
    const calendar = { holidays: ['2026-03-03'] };
    expect(held({ gap: 'none', caps: [] }, { calendar })).toBe(
      's1d due: contact_rules holiday [contact holiday 03-04T06:00]',
    );
  });

  it('never comes where the rules never permit it, and says so', () => {
    const day = (index: number) => new Date(Date.UTC(2026, 2, 1 + index)).toISOString().slice(0, 10);
    const calendar = { holidays: Array.from({ length: 900 }, (_, index) => day(index)) };
    const engine = engineOf(aLadder(['1d', '9d']), aPlan({ calendar }, { gap: 'none', caps: [] }));
    expect(at(engine, owing(anInvoice()), morning('2026-03-03'))[0]).toBe(
      's1d due: contact_rules holiday [contact holiday]',
    );
    const [item] = explain(engine, owing(anInvoice()), morning('2026-03-03')).items;
    const inputs = { contact: 'ana', channel: 'email', zone: 'America/Mexico_City' };
    expect(item?.stages[0]?.tried.at(-1)).toStrictEqual({
      ...{ guard: 'contact_rules', passed: false, reason: 'holiday', inputs },
    });
    expect(Object.keys(item?.stages[0] ?? {})).not.toContain('at');
  });
});
