import { describe, expect, it } from 'vitest';
import { decide, evolve, evolveAll, recheck, settle } from '../../src/engine/index.js';
import type { ContactRules } from '../../src/policy/types.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aPlan,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  told,
} from '../support/build.js';
import { actsIn, story, walk } from '../support/walk.js';

const boss = aContact({ id: 'boss', role: 'manager', email: 'boss@robles.example', zone: 'Asia/Kolkata' });
const both = fileOf(told.account(anAccount({ contacts: [aContact(), boss] })), told.invoice(anInvoice()));
const policy = aLadder([], {
  stages: [aStage('a', '1d', { do: [{ send: 'a' }, { send: 'copy', to: 'manager' }] }), aStage('b', '5d')],
});
const under = (contact: ContactRules = free) => engineOf(policy, aPlan({}, contact));
const at = instant('2026-03-02T10:00:00-06:00');

/** `day hour message contact` of everything sent. */
function lines(contact: ContactRules, hours: readonly number[]): readonly string[] {
  const [hour = 0, ...again] = hours;
  return actsIn(walk(under(contact), both, '2026-03-01', 8, { hour, again })).map(
    (act) => `${new Date(act.review).toISOString().slice(5, 16)} ${act.message} ${act.contact}`,
  );
}

describe('a second message of a stage', () => {
  it('goes on the same occasion', () => {
    expect(lines({ gap: '2d', caps: [{ max: 1, per: '1d' }] }, [10])).toEqual([
      '03-02T16:00 a ana',
      '03-02T16:00 copy boss',
      '03-06T16:00 b ana',
    ]);
  });

  it('waits for its own hours, but not for ever: the next stage is the end of it', () => {
    // Kolkata is 11.5 hours ahead of Mexico.
    const windows = [{ from: '09:00', to: '21:00' }];
    expect(lines({ ...free, windows }, [10, 22])).toEqual([
      '03-02T16:00 a ana',
      '03-03T04:00 copy boss',
      '03-06T16:00 b ana',
    ]);
    expect(lines({ ...free, windows }, [11])).toEqual(['03-02T17:00 a ana', '03-06T17:00 b ana']);
  });

  it('does not go before the first', () => {
    const windows = [{ from: '09:00', to: '21:00' }];
    expect(lines({ ...free, windows }, [22])).toEqual([]);
  });

  it('is dropped where it would only reach the one who hears of it anyway', () => {
    const one = fileOf(told.account(anAccount()), told.invoice(anInvoice()));
    expect(story(walk(under(), one, '2026-03-02', 1)).slice(1)).toEqual([
      '2026-03-02 skip a/send.1 F1 (same_contact)',
      '2026-03-02 send a F1',
    ]);
  });

  it('goes to the same person, at once, where that is what the stage says', () => {
    const one = fileOf(told.account(anAccount()), told.invoice(anInvoice()));
    const stages = [aStage('a', '1d', { do: [{ send: 'a' }, { send: 'statement' }] })];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    expect(decide(engine, one, at).acts.map((act) => [act.message, act.contact])).toEqual([
      ['a', 'ana'],
      ['statement', 'ana'],
    ]);
  });

  it('is still right at dispatch, before the first one as after it', () => {
    const engine = under();
    const decision = decide(engine, both, at);
    const planned = evolveAll(both, decision.events);
    const [first, second] = decision.acts;
    if (first === undefined || second === undefined) throw new Error('two messages were expected');
    expect(recheck(engine, planned, second, at)).toEqual({ ok: true });
    expect(recheck(engine, planned, first, at)).toEqual({ ok: true });
    const sent = evolve(planned, { type: 'act.accepted', act: first.id, at, on: '2026-03-02' });
    expect(recheck(engine, sent, second, at)).toEqual({ ok: true });
  });

  it('of which nobody knows holds the case, repeats of its own stage too', () => {
    const stages = policy.stages.slice(0, 1);
    const engine = engineOf({ ...policy, stages, last: { repeat: '2d', times: 2 } }, aPlan({}, free));
    const decision = decide(engine, both, at);
    const on = '2026-03-02';
    const [first, second] = decision.acts.map((act) => act.id);
    const file = evolveAll(both, [
      ...decision.events,
      { type: 'act.accepted', act: first ?? '', at, on },
      { type: 'act.unknown', act: second ?? '', at, on, code: 'timeout' },
    ]);
    const later = decide(engine, file, at + 2 * 86_400_000);
    expect(later).toMatchObject({ acts: [], waiting: [{ reason: 'act_unknown', stage: 'a' }] });
  });

  it('that is refused tries the next channel, and holds nothing up', () => {
    const contacts = [aContact(), { ...boss, phone: '+525512345678', consents: [granted] }];
    const file = fileOf(told.account(anAccount({ contacts })), told.invoice(anInvoice()));
    const stages = policy.stages.map((stage) => ({
      ...stage,
      do: stage.do.map((action) =>
        'send' in action ? { ...action, via: [{ channel: 'whatsapp' }, { channel: 'email' }] } : action,
      ),
    }));
    const engine = engineOf({ ...policy, stages }, aPlan({}, free));
    const decision = decide(engine, file, at);
    const copy = decision.acts.find((act) => act.message === 'copy');
    expect(copy).toMatchObject({ channel: 'whatsapp', contact: 'boss' });
    const refused = evolve(evolveAll(file, decision.events), {
      type: 'act.refused',
      act: copy?.id ?? '',
      at,
      on: '2026-03-02',
      code: 'nope',
      scope: 'pair',
    });
    const again = settle(engine, refused, at);
    expect(again.acts.map((act) => [act.message, act.channel, act.keys])).toEqual([
      ['copy', 'email', ['robles/ladder/F1#1/a/send.1.1@boss.1']],
    ]);
  });
});

const granted = { channel: 'whatsapp', state: 'granted' as const, at: 0 };
