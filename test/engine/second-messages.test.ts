import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  decide,
  type Engine,
  evolveAll,
  type FileEvent,
  settle,
} from '../../src/engine/index.js';
import type { Policy } from '../../src/policy/types.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aPlan,
  aStage,
  engineOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';

/** Messages beside the first one of a stage go by their own stage, whatever it is that lifts or absorbs first ones. */

const noon = (day: string): number => instant(`2026-${day}T12:00:00-06:00`);
const ana = aContact();
const lex = aContact({ id: 'lex', role: 'legal', email: 'lex@robles.example' });

/** Stages `a` and `b`, each with a message for the accountant and one for the lawyer. */
function both(own: Partial<Policy>): Engine {
  const stages = ['a 1d', 'b 5d'].map((text) => {
    const [id = '', offset = ''] = text.split(' ');
    return aStage(id, offset, { do: [{ send: id }, { send: `${id}-legal`, to: 'legal' }] });
  });
  return engineOf(aLadder([], { stages, entry: 'latest', ...own }), aPlan({}, free));
}

const live = (engine: Engine, file: AccountFile, ...days: readonly string[]): AccountFile =>
  days.reduce((current, day) => settle(engine, current, noon(day)).file, file);

const marks = (file: AccountFile, subject: string) =>
  file.cases
    .get(subject)?.[0]
    ?.marks.map(({ stage, state, reason }) => [stage, state, reason].join(' ').trim());

const granted = [{ channel: 'whatsapp', state: 'granted', at: 0 }] as const;

/** What is planned, and no stage is over with it. */
function plannedAlone(engine: Engine, file: AccountFile, now: number): readonly string[] {
  const { acts, events } = decide(engine, file, now);
  expect(events.filter(({ type }) => type === 'stage.done' || type === 'stage.skipped')).toEqual([]);
  return acts.map(
    ({ message, channel, covers }) =>
      `${message} ${channel}: ${covers.map(({ case: id, stage }) => `${id} ${stage}`).join(', ')}`,
  );
}

describe('second messages that did not go with the first', () => {
  const via = [{ channel: 'email' }, { channel: 'whatsapp' }];

  /** A review of a day on which the lawyer's mail server refuses everything. */
  function refusing(engine: Engine, file: AccountFile, day: string): AccountFile {
    const { events, acts } = decide(engine, file, noon(day));
    const on = `2026-${day}`;
    const at = noon(day);
    const answers = acts.map(
      ({ id, contact }): FileEvent =>
        contact === 'lex'
          ? { type: 'act.refused', act: id, code: 'x', scope: 'recipient', at, on }
          : { type: 'act.accepted', act: id, at, on },
    );
    return evolveAll(file, [...events, ...answers]);
  }

  for (const levels of ['lift', 'absorb'] as const)
    it(`go together once they can, each for its own stage (${levels})`, () => {
      const engine = both({ via, message: { levels } });
      const start = evolveAll(owing(anInvoice({ id: 'A', due: '2026-02-25' }), anInvoice({ id: 'B' })), [
        told.account(anAccount({ contacts: [ana, lex] })),
      ]);
      const file = refusing(both({ via }), start, '03-02');
      expect(marks(file, 'A')).toContain('b/send.1 failed x');
      expect(marks(file, 'B')).toContain('a/send.1 failed x');
      const phoned = { ...lex, phone: '+525512345678', consents: granted };
      const known = evolveAll(file, [told.account(anAccount({ contacts: [ana, phoned] }))]);
      expect(plannedAlone(engine, known, noon('03-02') + 1)).toEqual([
        'b-legal whatsapp: ladder/A#1 b/send.1, ladder/B#1 a/send.1',
      ]);
    });
});

describe('what goes in place of messages that were not delivered', () => {
  const via = [{ channel: 'email', patience: '2h' as const }, { channel: 'whatsapp' }];
  const contacts = [
    aContact({ phone: '+525512345678', consents: [{ channel: 'whatsapp', state: 'granted', at: 0 }] }),
  ];

  for (const levels of ['lift', 'absorb'] as const)
    it(`is for the stage of each that the message was for (${levels})`, () => {
      const engine = engineOf(
        aLadder(['1d', '5d'], { via, entry: 'latest', late: 'each', message: { levels } }),
        aPlan({}, free),
      );
      const own = engineOf(
        aLadder(['1d', '5d'], { via, entry: 'latest', message: { levels: 'own' } }),
        aPlan({}, free),
      );
      const file = evolveAll(owing(anInvoice({ id: 'A', due: '2026-02-25' }), anInvoice({ id: 'B' })), [
        told.account(anAccount({ contacts })),
      ]);
      const sent = live(own, file, '03-02');
      expect([marks(sent, 'A'), marks(sent, 'B')]).toEqual([
        ['s1d skipped superseded', 's5d done'],
        ['s1d done'],
      ]);
      expect(plannedAlone(engine, sent, noon('03-02') + 3 * 3_600_000)).toEqual([
        's5d whatsapp: ladder/A#1 s5d/again, ladder/B#1 s1d/again',
      ]);
    });
});

describe('the id of an act', () => {
  it('escapes what divides its parts, so that no two accounts meet', () => {
    const engine = engineOf(aLadder(['1d'], { via: [{ channel: 'email' }] }), aPlan({}, free));
    const idOf = (id: string) => {
      const facts: FileEvent[] = [told.account(anAccount({ id })), told.invoice(anInvoice())];
      return decide(engine, evolveAll({ ...owing(), id }, facts), noon('03-02')).acts[0]?.id;
    };
    expect(['a', 'a/b', 'a%b', 'a/b%2Fc/d', 'a%2Fb'].map((id) => idOf(id)?.split('/ladder')[0])).toEqual([
      'a',
      'a%2Fb',
      'a%25b',
      'a%2Fb%252Fc%2Fd',
      'a%252Fb',
    ]);
  });
});
