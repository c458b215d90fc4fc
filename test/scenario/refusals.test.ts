import { describe, expect, it } from 'vitest';
import { type Act, decide, type Engine, evolve, evolveAll, settle } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Contact } from '../../src/ledger/types.js';
import type { Policy } from '../../src/policy/types.js';
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
import { actsIn, sent, story, walk } from '../support/walk.js';

const chain = [{ channel: 'whatsapp' }, { channel: 'sms' }, { channel: 'email' }];
const policy: Policy = aLadder(['1d', '5d'], { via: chain });
const engine = engineOf(policy, aPlan({}, free));
const at = instant('2026-03-02T10:00:00-06:00');
const granted = (channel: string) => ({ channel, state: 'granted' as const, at: 0 });
const full: Contact = aContact({
  phone: '+525512345678',
  consents: [granted('whatsapp'), granted('sms')],
});

function withContacts(...contacts: readonly Contact[]): AccountFile {
  return fileOf(told.account(anAccount({ contacts })), told.invoice(anInvoice()));
}

/** `contact/channel` of what goes out, or why nothing does. */
function whom(file: AccountFile, with_: Engine = engine, now = at): string {
  const decision = decide(with_, file, now);
  const [act] = decision.acts;
  if (act?.kind === 'message') return `${act.contact}/${act.channel}`;
  const refusals = decision.waiting[0]?.refusals ?? [];
  return refusals.map((one) => `${one.contact}/${one.channel}: ${one.reason}`).join(', ');
}

describe('a refusal for good', () => {
  const refuse = (file: AccountFile, act: Act | undefined, address?: string): AccountFile =>
    evolve(file, {
      type: 'act.refused',
      act: act?.id ?? '',
      at,
      on: '2026-03-02',
      code: 'nope',
      scope: 'recipient',
      ...(address === undefined ? {} : { address }),
    });
  /** Decides, and refuses what is planned. */
  const refused = (file: AccountFile, address?: string): { file: AccountFile; act: Act | undefined } => {
    const decision = decide(engine, file, at);
    const [act] = decision.acts;
    return { file: refuse(evolveAll(file, decision.events), act, address), act };
  };

  it('leads to the next channel of the chain under keys of its own, then to a task, once', () => {
    const first = refused(withContacts(full));
    const second = refused(first.file);
    const third = refused(second.file);
    expect([first, second, third].map(({ act }) => [act?.channel, act?.position, act?.keys])).toEqual([
      ['whatsapp', 0, ['robles/ladder/F1#1/s1d.1@ana.0']],
      ['sms', 1, ['robles/ladder/F1#1/s1d.1@ana.1']],
      ['email', 2, ['robles/ladder/F1#1/s1d.1@ana.2']],
    ]);
    expect(new Set([first, second, third].map(({ act }) => act?.id)).size).toBe(3);
    const end = settle(engine, third.file, at);
    expect(end.acts.map((act) => [act.kind, act.name, act.reason])).toEqual([
      ['task', 'find-contact', 'unreachable'],
    ]);
    expect(whom(end.file)).toBe('ana/whatsapp: tried, ana/sms: tried, ana/email: tried');
    expect(decide(engine, end.file, at).acts).toEqual([]);
    // The next stage is another message: everything may be tried again.
    expect(end.next).toBe(instant('2026-03-06T00:00:00-06:00'));
    expect(whom(end.file, engine, instant('2026-03-06T10:00:00-06:00'))).toBe('ana/whatsapp');
  });

  it('is no contact: it counts for no gap', () => {
    const strict = engineOf(policy, aPlan({}, { gap: '5d' }));
    const decision = decide(strict, withContacts(full), at);
    const after = refuse(evolveAll(withContacts(full), decision.events), decision.acts[0]);
    expect(whom(after, strict)).toBe('ana/sms');
  });

  it('of an address keeps that address out, for all stages, until it is corrected', () => {
    const { file } = refused(withContacts(full), '+525512345678');
    expect(whom(file)).toBe('ana/sms');
    const later = instant('2026-03-06T10:00:00-06:00');
    expect(whom(file, engine, later)).toBe('ana/sms');
    const corrected = evolve(
      file,
      told.account(anAccount({ contacts: [{ ...full, phone: '+525599999999' }] })),
    );
    expect(whom(corrected)).toBe('ana/whatsapp');
    expect(decide(engine, corrected, at).acts[0]?.keys).toEqual(['robles/ladder/F1#1/s1d.1@ana.1']);
    const again = refused(corrected, '+525599999999');
    expect(whom(again.file)).toBe('ana/sms');
    const back = evolve(again.file, told.account(anAccount({ contacts: [full] })));
    expect(whom(back)).toBe('ana/sms');
  });

  it('joins what else is due to the same contact over the next channel, as one message', () => {
    const { file } = refused(withContacts(full), '+525512345678');
    const more = evolve(file, told.invoice(anInvoice({ id: 'F2' })));
    const [act, ...rest] = decide(engine, more, at).acts;
    expect(rest).toEqual([]);
    expect(act).toMatchObject({
      channel: 'sms',
      keys: ['robles/ladder/F1#1/s1d.1@ana.1', 'robles/ladder/F2#1/s1d.1@ana.0'],
    });
  });
});

describe('nobody to reach', () => {
  const silent = withContacts(aContact({ email: undefined }));

  it('raises one task for all that waits, and says why', () => {
    const file = evolve(silent, told.invoice(anInvoice({ id: 'F2' })));
    const walked = walk(engine, file, '2026-03-01', 8, { again: [12] });
    expect(story(walked).slice(2)).toEqual(['2026-03-02 task find-contact F1+F2']);
    expect(actsIn(walked)[0]).toMatchObject({ kind: 'task', reason: 'unreachable', on: '2026-03-02' });
  });

  it('ends when somebody can be reached: the task closes itself and the message goes', () => {
    const walked = walk(engine, silent, '2026-03-01', 8, {
      facts: { '2026-03-04': [told.account(anAccount())] },
    });
    expect(story(walked).slice(1)).toEqual([
      '2026-03-02 task find-contact F1',
      '2026-03-04 task over (reachable)',
      '2026-03-04 send s1d F1',
      '2026-03-06 send s5d F1',
      '2026-03-07 exhaust F1',
    ]);
  });

  it('does not stop the ladder: later stages are tried on their days', () => {
    const stages = [
      aStage('a', '1d', { do: [{ send: 'a', via: [{ channel: 'sms' }] }] }),
      aStage('b', '5d', { do: [{ send: 'b', via: [{ channel: 'email' }] }] }),
    ];
    const walked = walk(
      engineOf(aLadder([], { stages }), aPlan({}, free)),
      withContacts(aContact()),
      '2026-03-01',
      8,
    );
    expect(story(walked).slice(1)).toEqual([
      '2026-03-02 task find-contact F1',
      '2026-03-06 skip a F1 (superseded)',
      '2026-03-06 task over (reachable)',
      '2026-03-06 send b F1',
      '2026-03-07 exhaust F1',
    ]);
    const [, day] = walked.days;
    expect(day?.settled[0]?.next).toBe(instant('2026-03-06T00:00:00-06:00'));
  });

  it('is told too when the account has no contact at all', () => {
    expect(sent(walk(engine, withContacts(), '2026-03-01', 3))).toEqual([]);
    expect(story(walk(engine, withContacts(), '2026-03-02', 1))).toContain('2026-03-02 task find-contact F1');
  });
});
