import { describe, expect, it } from 'vitest';
import {
  answerAct,
  answerId,
  evolveAll,
  type FileEvent,
  nextActionOf,
  openWorkOf,
  rankOf,
  recheck,
  whyUnanswered,
} from '../../src/engine/index.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aReply,
  engineOf,
  instant,
  owing,
  told,
} from '../support/build.js';

const engine = engineOf(aLadder(['1d', '30d']));
const now = instant('2026-03-03T22:00:00-06:00');
const file = evolveAll(owing(anInvoice({ id: 'F1', due: '2026-03-01', total: 10_000 })), [
  told.account(anAccount({ contacts: [aContact()] })),
  told.reply(aReply({ id: 'm1', handled: true })),
]);
const [contact] = file.account?.contacts ?? [];
const who = { contact: contact?.id ?? '', channel: 'email', at: now };

function given(own: Partial<Extract<FileEvent, { type: 'answer.given' }>> = {}) {
  const act = answerId(file.id, own.message ?? 'm1');
  const base = { act, message: 'm1', ...who, on: '2026-03-03', text: 'Yes.', settles: true } as const;
  return { type: 'answer.given', ...base, ...own } as const;
}

/** The file with an answer on its way. */
function answering(event = given()) {
  const with_ = evolveAll(file, [event]);
  const act = answerAct(engine, with_, event);
  return { act, file: evolveAll(with_, [{ type: 'act.planned', act }]) };
}

describe('an answer', () => {
  it('covers no case, holds none of its words, and goes before all else', () => {
    const { act, file: after } = answering();
    expect(act).toMatchObject({
      id: `${file.id}/on:message/m1`,
      purpose: 'service',
      covers: [],
      items: [],
      totals: [{ minor: 10_000, currency: 'MXN' }],
      answers: { kind: 'message', id: 'm1', settles: true },
    });
    expect(JSON.stringify(act)).not.toContain('Yes.');
    expect(after.cases).toBe(file.cases);
    const { answers: _, ...other } = act;
    expect(rankOf(act, engine.plan.zone)).toBeLessThan(rankOf(other, engine.plan.zone));
    expect(recheck(engine, after, act, now)).toEqual({ ok: true });
    // What the ladder does is told as if it were not there.
    expect(nextActionOf(engine, after, now)).toEqual(nextActionOf(engine, file, now));
  });

  it.each<[string, FileEvent, boolean]>([
    ['withdrawn', { type: 'act.withdrawn', act: '', reason: 'x', on: '2026-03-03' }, false],
    [
      'refused',
      { type: 'act.refused', act: '', at: now, on: '2026-03-03', code: 'x', scope: 'message' },
      false,
    ],
    ['discarded', { type: 'act.discarded', act: '', on: '2026-03-03', author: 'ana', next: 'skip' }, false],
    [
      'known not to be sent',
      { type: 'act.resolved', act: '', at: now, on: '2026-03-03', sent: false, author: 'ana' },
      false,
    ],
    [
      'known to be sent',
      { type: 'act.resolved', act: '', at: now, on: '2026-03-03', sent: true, author: 'ana' },
      true,
    ],
    ['accepted', { type: 'act.accepted', act: '', at: now, on: '2026-03-03' }, true],
    ['done by hand', { type: 'act.confirmed', act: '', at: now, on: '2026-03-03', author: 'ana' }, true],
  ])(
    'that is %s leaves its words behind, and its message dealt with only if it went out',
    (_, event, handled) => {
      const { act, file: after } = answering();
      const over = evolveAll(after, [{ ...event, act: act.id } as FileEvent]);
      expect([over.answers, over.replies.get('m1')?.handled]).toEqual([undefined, handled]);
      expect(over.cases).toBe(file.cases);
    },
  );

  it('of unknown outcome keeps its words until that is known, and is work for people', () => {
    const { act, file: after } = answering();
    const unknown = evolveAll(after, [
      { type: 'act.unknown', act: act.id, at: now, on: '2026-03-03', code: 'x' },
    ]);
    expect(unknown.answers).toHaveLength(1);
    expect(unknown.replies.get('m1')?.handled).toBe(true);
    expect(openWorkOf(unknown, new Map())).toMatchObject([{ work: 'unknown', stage: 'on:message' }]);
  });

  it('waits beside others, each with its own words', () => {
    const first = answering();
    const second = given({ message: 'm2', act: answerId(file.id, 'm2'), text: 'No.' });
    const both = evolveAll(first.file, [
      second,
      { type: 'act.planned', act: answerAct(engine, first.file, second) },
    ]);
    expect(both.bot).toEqual({ on: '2026-03-03', answers: 2 });
    const left = evolveAll(both, [{ type: 'act.accepted', act: first.act.id, at: now, on: '2026-03-03' }]);
    expect(left.answers).toMatchObject([{ text: 'No.' }]);
  });
});

it('people are not answered who were erased, are gone, or cannot be reached', () => {
  expect(whyUnanswered(engine, file, who, now)).toBeUndefined();
  const erased = evolveAll(file, [
    { type: 'account.erased', contact: who.contact, author: 'ana', on: '2026-03-03' },
  ]);
  expect(whyUnanswered(engine, erased, who, now)).toBe('erased');
  expect(whyUnanswered(engine, file, { ...who, contact: 'nobody' }, now)).toBe('no_contact');
  expect(whyUnanswered(engine, file, { ...who, channel: 'pager' }, now)).toBe('unknown_channel');
  expect(whyUnanswered(engine, file, who, now + 12 * 3_600_000 + 1)).toBe('too_late');
});
