import { describe, expect, it } from 'vitest';
import { decide, type Engine, evolve, evolveAll, explain, type FileEvent } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Via } from '../../src/policy/types.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aPlan,
  engineOf,
  fileOf,
  free,
  instant,
  told,
} from '../support/build.js';

/** Messages by channels that people are: a call waits for whoever looks after the account. */

const at = instant('2026-03-02T10:00:00-06:00');
const on = '2026-03-02';
const hour = 3_600_000;
const ana = aContact({ phone: '+525512345678' });
const owed = (own: Parameters<typeof anAccount>[0] = {}): AccountFile =>
  fileOf(told.account(anAccount({ contacts: [ana], ...own })), told.invoice(anInvoice()));
const engineFor = (via: readonly Via[]): Engine => engineOf(aLadder(['1d', '9d'], { via }), aPlan({}, free));
const call = engineFor([{ channel: 'call', patience: '6h' }, { channel: 'email' }]);
const planned = (engine: Engine, file: AccountFile, now = at) => {
  const { acts, events, next } = decide(engine, file, now);
  return { acts, next, file: evolveAll(file, events) };
};

describe('a call', () => {
  it('waits for the owner of the account, as long as its place has patience', () => {
    const { acts, file, next } = planned(call, owed({ owner: 'bea' }));
    expect(acts).toMatchObject([{ kind: 'message', channel: 'call', mode: 'task', owner: 'bea' }]);
    expect([acts[0]?.until, acts[0]?.deadline]).toEqual([at + 6 * hour, on]);
    expect(acts[0]).not.toHaveProperty('patience');
    expect([...file.acts.values()]).toMatchObject([{ state: 'proposed', until: at + 6 * hour }]);
    expect(file.touches).toEqual([]);
    expect(next).toBe(at + 6 * hour);
    const late = instant('2026-03-02T21:00:00-06:00');
    expect(planned(call, owed(), late).acts[0]?.deadline).toBe('2026-03-03');
  });

  it('has neither owner nor end where nobody says so', () => {
    const [act] = planned(engineFor([{ channel: 'call' }]), owed()).acts;
    expect(act).toMatchObject({ channel: 'call', mode: 'task' });
    expect(Object.keys(act ?? {}).filter((key) => ['owner', 'until', 'deadline'].includes(key))).toEqual([]);
  });

  it('that nobody told of in time gives way to the next place of its chain', () => {
    const { file } = planned(call, owed());
    expect(decide(call, file, at + 6 * hour - 1).events).toEqual([]);
    const over = decide(call, file, at + 6 * hour);
    expect(over.events[0]).toMatchObject({
      type: 'act.refused',
      code: 'call:not_done',
      scope: 'message',
      on,
    });
    const second = decide(call, evolveAll(file, over.events), at + 6 * hour);
    expect(second.acts).toMatchObject([{ channel: 'email', stage: 's1d' }]);
    expect(second.acts[0]).not.toHaveProperty('mode');
  });

  it('is looked at when the time of the first is over', () => {
    const two = fileOf(
      told.account(anAccount({ contacts: [ana] })),
      told.invoice(anInvoice()),
      told.invoice(anInvoice({ id: 'F2', due: '2026-03-02' })),
    );
    const single = engineOf(
      aLadder(['1d'], { via: [{ channel: 'call', patience: '30h' }], message: { by: 'item' } }),
      aPlan({}, free),
    );
    const first = planned(single, two);
    const second = planned(single, first.file, at + 24 * hour);
    expect([...second.file.acts.values()].map(({ until }) => until)).toEqual([
      at + 30 * hour,
      at + 54 * hour,
    ]);
    expect(second.next).toBe(at + 30 * hour);
  });

  it('is explained as under way, by hand over that channel', () => {
    const { file } = planned(call, owed());
    const [item] = explain(call, file, at + 1).items;
    expect(item?.would).toEqual([
      [{ kind: 'act', id: [...file.acts.keys()][0], state: 'proposed', stage: 's1d', byHand: 'call' }],
    ]);
    const mail = planned(engineFor([{ channel: 'email' }]), owed());
    const [other] = explain(call, mail.file, at + 1).items;
    expect(other?.would).toEqual([
      [{ kind: 'act', id: [...mail.file.acts.keys()][0], state: 'planned', stage: 's1d' }],
    ]);
  });

  it('that was tried in vain is tried again, and counted', () => {
    const { acts, file } = planned(call, owed());
    const delayed: FileEvent = {
      ...{ type: 'act.delayed', act: acts[0]?.id ?? '', at, on, code: 'busy', until: at + hour },
    };
    const once = evolve(file, delayed);
    expect([...once.acts.values()]).toMatchObject([{ tries: 1, again: at + hour }]);
    expect([...evolve(once, delayed).acts.values()]).toMatchObject([{ tries: 2 }]);
  });
});
