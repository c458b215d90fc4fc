import { describe, expect, it } from 'vitest';
import { evolve, evolveAll, type FileEvent } from '../../src/engine/index.js';
import type { AccountFile, AddressMark, Case, StageMark } from '../../src/ledger/file.js';
import { aContact, anAccount, fileOf, told } from '../support/build.js';

/** What files remember of addresses: what went wrong with them, and what worked. */

const at = 1_000_000_000_000;
const day = 86_400_000;
const on = '2026-03-10';
const phone = '+525512345678';
const mail = 'ana@robles.example';
const ana = aContact({ phone });
const start = fileOf(
  told.account(anAccount({ contacts: [ana, aContact({ id: 'eva', email: 'eva@robles.example' })] })),
);
const covers = [{ subject: 'F1', case: 'ladder/F1#1', stage: 'a', occurrence: 1 }];
type Failed = Extract<FileEvent, { type: 'act.failed' }>;
const failed: Failed = {
  ...{ type: 'act.failed', act: 'm1', at, on, code: 'provider:9', scope: 'recipient', covers: [] },
  ...{ place: 'ana:whatsapp', occasion: 7, contact: 'ana', channel: 'whatsapp', address: phone },
};
const health = (...events: readonly FileEvent[]): readonly AddressMark[] => evolveAll(start, events).health;
const soft = (own: Partial<Failed> = {}): Failed => ({ ...failed, soft: true, ...own });
const erased: FileEvent = { type: 'account.erased', on, at, author: 'luis', contact: 'ana' } as never;

describe('an address that failed', () => {
  const known = { contact: 'ana', channel: 'whatsapp', address: phone, reason: 'provider:9' };

  it('is over: a number is invalid, a mailbox bounced', () => {
    expect(health(failed)).toStrictEqual([{ ...known, state: 'invalid', at }]);
    expect(health({ ...failed, channel: 'email', address: mail })).toStrictEqual([
      { ...known, channel: 'email', address: mail, state: 'bounced', at },
    ]);
  });

  it('is not known where the fault was not the address, or it is nobody’s', () => {
    const { address: _, ...elsewhere } = failed;
    const { contact: __, ...nobody } = failed;
    const { channel: ___, ...nowhere } = failed;
    for (const event of [elsewhere, nobody, nowhere]) expect(health(event)).toEqual([]);
    expect(health(erased, failed)).toEqual([]);
  });

  it('that could not be reached counts up, if it fails in a row', () => {
    const unreachable = { ...known, state: 'unreachable' };
    expect(health(soft())).toStrictEqual([{ ...unreachable, at, failures: 1 }]);
    expect(health(soft(), soft({ at: at + day }))).toStrictEqual([
      { ...unreachable, at: at + day, failures: 2 },
    ]);
    // What comes in late counts, and makes nothing younger.
    expect(health(soft(), soft({ at: at - day }))).toMatchObject([{ at, failures: 2 }]);
    expect(health(soft(), soft({ at: at + 90 * day }))).toMatchObject([{ failures: 2 }]);
    expect(health(soft(), soft({ at: at + 90 * day + 1 }))).toMatchObject([{ failures: 1 }]);
    const told1 = { ...start, health: [{ ...known, state: 'unreachable', at } as const] };
    expect(evolve(told1, soft()).health).toMatchObject([{ failures: 2 }]);
  });

  it('and is over stays over, though it could not be reached later; unreachable, it may be over later', () => {
    expect(health(failed, soft({ at: at + day }))).toMatchObject([{ state: 'invalid', at }]);
    expect(health(soft(), { ...failed, at: at + day })).toMatchObject([{ state: 'invalid', at: at + day }]);
  });

  it('is one for each contact, channel and address, however it is spelt', () => {
    const mails = { ...failed, channel: 'email', address: mail };
    expect(health(mails, { ...mails, address: 'Ana@Robles.Example' })).toHaveLength(1);
    expect(health(mails, { ...mails, address: 'other@robles.example' })).toHaveLength(2);
    expect(health(mails, { ...mails, contact: 'eva' })).toHaveLength(2);
    expect(health(mails, { ...mails, channel: 'other' })).toHaveLength(2);
    expect(health(soft(), soft({ contact: 'eva' }))).toMatchObject([{ failures: 1 }, { failures: 1 }]);
    expect(health(soft(), soft({ channel: 'sms' }))).toMatchObject([{ failures: 1 }, { failures: 1 }]);
  });
});

describe('an address that works after all', () => {
  const received = (own: object = {}): FileEvent =>
    ({
      ...{
        type: 'message.received',
        id: 'i1',
        channel: 'whatsapp',
        at: at + day,
        on,
        kind: 'text',
        contact: 'ana',
      },
      ...own,
    }) as FileEvent;
  const restored = (own: object = {}): FileEvent =>
    ({
      ...{ type: 'address.restored', contact: 'ana', at: at + day, on, author: 'luis' },
      ...own,
    }) as FileEvent;
  const sms = { ...failed, channel: 'sms' };

  it('is that of who writes from there, on that channel, later than it failed', () => {
    expect(health(failed, received())).toEqual([]);
    expect(health(failed, received({ at }))).toHaveLength(1);
    expect(health(failed, received({ at: at + 1 }))).toEqual([]);
    expect(health(sms, received())).toHaveLength(1);
    expect(health(failed, received({ contact: 'eva' }))).toHaveLength(1);
    expect(health(failed, received({ contact: undefined }))).toHaveLength(1);
    expect(health(failed, received({ contact: 'zoe' }))).toHaveLength(1);
  });

  it('is a mailbox that answers by itself, though nobody read it; a press on a button of the provider is none', () => {
    const read = (kind: string) => {
      const file = evolveAll(start, [failed, received({ kind })]);
      return [file.health.length, file.worked?.length ?? 0];
    };
    expect(read('text')).toEqual([0, 1]);
    expect(read('auto-reply')).toEqual([0, 0]);
    expect(read('unsubscribe')).toEqual([1, 0]);
    expect(health(failed, received({ kind: 'auto-reply', at }))).toHaveLength(1);
    expect(health(sms, received({ kind: 'auto-reply' }))).toHaveLength(1);
  });

  it('is what somebody says works, on one channel or on all', () => {
    expect(health(failed, sms, restored())).toEqual([]);
    expect(health(failed, sms, restored({ channel: 'sms' }))).toMatchObject([{ channel: 'whatsapp' }]);
    expect(health(failed, restored({ contact: 'eva' }))).toHaveLength(1);
  });

  it('is forgotten under every name that it became known by, and only what the contact has now', () => {
    const both = anAccount({ contacts: [ana, aContact({ id: 'eva', phone })] });
    const file = evolveAll(start, [told.account(both), { ...failed, contact: 'eva' }, failed]);
    expect(evolve(file, restored()).health).toEqual([]);
    const moved = told.account(anAccount({ contacts: [aContact({ phone: '+525500000000' })] }));
    expect(health(failed, moved, restored())).toHaveLength(1);
    const posted = told.account(anAccount({ contacts: [aContact({ postal: 'Calle 1' })] }));
    expect(health(posted, { ...failed, channel: 'letter', address: 'Calle 1' }, restored())).toEqual([]);
  });

  it('is the channel that worked, the latest time', () => {
    const worked = (...events: readonly FileEvent[]) => evolveAll(start, events).worked;
    const last = { contact: 'ana', channel: 'whatsapp' };
    expect(worked(received())).toEqual([{ ...last, at: at + day }]);
    expect(worked(received(), received({ at }))).toEqual([{ ...last, at: at + day }]);
    expect(worked(received({ at }), received())).toEqual([{ ...last, at: at + day }]);
    expect(worked(received(), received({ channel: 'sms' }))).toHaveLength(2);
    expect(worked(received(), received({ contact: 'eva' }))).toHaveLength(2);
    expect(worked(erased, received())).toBeUndefined();
    const same = evolve(start, received());
    expect(evolve(same, received()).worked).toBe(same.worked);
  });
});

describe('a message that failed after it was accepted', () => {
  const mark: StageMark = {
    ...{ stage: 'a', occurrence: 1, state: 'done', on: '2026-03-03', act: 'm1', tried: [], revision: 0 },
  };
  const aCase: Case = {
    ...{ id: 'ladder/F1#1', policy: 'ladder', version: 1, hash: 'h', subject: 'F1', opening: 1 },
    ...{ opened: '2026-03-02', state: 'open', shift: 0, marks: [] },
  };
  const after = (own: Partial<StageMark> = {}, event: Partial<Failed> = {}) => {
    const file: AccountFile = {
      ...start,
      cases: new Map([['F1', [{ ...aCase, marks: [{ ...mark, ...own }] }]]]),
    };
    return evolve(file, { ...failed, covers, ...event }).cases.get('F1')?.[0]?.marks[0];
  };
  const awaits = { until: at, place: 'ana:whatsapp', occasion: 7, failed: true };

  it('has its next place tried at once; nothing else of its stage changes', () => {
    expect(after()).toStrictEqual({ ...mark, awaits });
    const more = { reason: 'r', with: 'w' };
    expect(after(more)).toStrictEqual({ ...mark, ...more, awaits });
  });

  it('waits no longer than its sender has patience', () => {
    const waiting = { until: at - 5, place: 'ana:whatsapp', occasion: 7 };
    expect(after({ awaits: waiting })?.awaits?.until).toBe(at - 5);
    expect(after({ awaits: { ...waiting, until: at + 5 } })?.awaits?.until).toBe(at);
  });

  it('is no matter where it was delivered, or the stage is not done by it', () => {
    for (const own of [
      { delivered: on },
      { act: 'm2' },
      { state: 'withdrawn' },
      { state: 'planned' },
    ] as const)
      expect(after(own)).toStrictEqual({ ...mark, ...own });
    expect(after({ delivered: on, reason: 'r', with: 'w' })).toStrictEqual({
      ...mark,
      ...{ delivered: on, reason: 'r', with: 'w' },
    });
  });
});
