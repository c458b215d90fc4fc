import { describe, expect, it } from 'vitest';
import { type AccountFile, evolveAll, type FileEvent } from '../../src/engine/index.js';
import type { Reply } from '../../src/ledger/types.js';
import { anAccount, aReply, fileOf, told } from '../support/build.js';

/** What a file keeps of messages that were dealt with: the newest 200. */

/** So many messages that came in, one a minute, the newest first told. */
const messages = (count: number, own: Partial<Reply> = {}): FileEvent[] =>
  Array.from({ length: count }, (_, index) => {
    const id = `in:${String(count - index).padStart(3, '0')}`;
    return told.reply(aReply({ id, at: (count - index) * 60_000, handled: true, ...own }));
  });
const host = (count: number): FileEvent[] =>
  Array.from({ length: count }, (_, index) => told.reply(aReply({ id: `Y${index}`, at: 1, handled: true })));
const ids = (file: AccountFile): string[] => [...file.replies.keys()].sort();
const first = fileOf(told.account(anAccount()));

describe('messages that were dealt with', () => {
  it('are kept up to 200, whatever else is there', () => {
    expect(evolveAll(first, messages(200)).replies.size).toBe(200);
    expect(ids(evolveAll(first, [...messages(203)]))).toEqual(
      ids(evolveAll(first, messages(203).slice(0, 200))),
    );
    const file = evolveAll(first, [...host(150), ...messages(150)]);
    expect(file.replies.size).toBe(300);
  });

  it('are forgotten from the oldest on, of one instant by their names', () => {
    const kept = ids(evolveAll(first, messages(202)));
    expect([kept[0], kept.at(-1)]).toEqual(['in:003', 'in:202']);
    const same = messages(202, { at: 60_000 });
    for (const told of [same, same.toReversed()]) {
      const left = ids(evolveAll(first, told));
      expect([left.length, left[0], left.includes('in:200')]).toEqual([200, 'in:001', true]);
    }
  });

  it('stay where the host told of them', () => {
    expect(evolveAll(first, host(250)).replies.size).toBe(250);
    const file = evolveAll(first, [...messages(200), ...host(3)]);
    expect(file.replies.size).toBe(203);
    // Only with the next message is anything forgotten, and never a reply of the host's.
    const next = told.reply(aReply({ id: 'in:999', at: 999 * 60_000, handled: true }));
    const after = evolveAll(file, [next]);
    expect([after.replies.size, after.replies.has('Y0'), after.replies.has('in:001')]).toEqual([
      203,
      true,
      false,
    ]);
  });

  it('do not count while somebody waits for them', () => {
    const open = messages(1, { id: 'in:old', at: 1, handled: false });
    const file = evolveAll(first, [...open, ...messages(201)]);
    expect([file.replies.size, file.replies.has('in:old'), file.replies.has('in:001')]).toEqual([
      201,
      true,
      false,
    ]);
    const answered: AccountFile = {
      ...evolveAll(first, messages(1, { id: 'in:asked', at: 1 })),
      answers: [{ act: 'a', message: 'in:asked', contact: 'ana', text: 'Hello' }],
    };
    const later = evolveAll(answered, messages(201));
    expect([later.replies.size, later.replies.has('in:asked')]).toEqual([201, true]);
  });
});
