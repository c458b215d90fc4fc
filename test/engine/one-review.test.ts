import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  type DecideOptions,
  decide,
  type Engine,
  evolveAll,
  type FileEvent,
} from '../../src/engine/index.js';
import type { Invoice } from '../../src/ledger/types.js';
import type { ContactRules, Plan, Policy, Stage } from '../../src/policy/types.js';
import {
  aContact,
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
  neutralEngineOf,
  owing,
  told,
} from '../support/build.js';
import { linesOf, once } from '../support/review.js';

/** Whole answers: everything that one review says of a situation. */

const noon = (day: string): number => instant(`2026-${day}T12:00:00-06:00`);
const hour = 3_600_000;
const ana = aContact();
const lex = aContact({ id: 'lex', role: 'legal', email: 'lex@robles.example' });
const phoned = aContact({
  phone: '+525512345678',
  consents: [{ channel: 'whatsapp', state: 'granted', at: 0 }],
});

const withStages = (
  stages: readonly Stage[],
  own: Partial<Policy> = {},
  contact: ContactRules = free,
  plan: Partial<Plan> = {},
): Engine => engineOf(aLadder([], { stages, ...own }), aPlan(plan, contact));

/** An account with these contacts and invoices. */
const knowing = (
  contacts: readonly ReturnType<typeof aContact>[],
  ...invoices: readonly Invoice[]
): AccountFile => fileOf(told.account(anAccount({ contacts })), ...invoices.map(told.invoice));

const says = (engine: Engine, file: AccountFile, at: number, options?: DecideOptions) =>
  linesOf(decide(engine, file, at, options));

const old = anInvoice({ id: 'O', due: '2026-02-20' });
const young = anInvoice({ id: 'Y' });

describe('a message of two debts', () => {
  const two = [
    aStage('a', '1d', { do: [{ send: 'a' }, { task: 'call-a' }] }),
    aStage('b', '5d', { tone: 'firm', do: [{ send: 'b' }, { send: 'b2', to: 'legal' }, { task: 'call-b' }] }),
  ];
  const engine = withStages(two, { entry: 'latest', late: 'latest' });

  it('is in the words of the stronger, passes the milder stage, and gives each its task', () => {
    expect(says(engine, knowing([ana, lex], young, old), noon('03-02'))).toEqual([
      'stage.skipped O a (superseded)',
      'message b email ana: O b, Y a; O Y; 20000 MXN',
      'message b2 email lex: O b/send.1; O; 10000 MXN',
      'task call-b stage: O b/task.0; O; 10000 MXN',
      'task call-a stage: Y a/task.0; Y; 10000 MXN',
      'next never',
    ]);
  });

  it('raises the task of a stage with its first message alone', () => {
    expect(says(engine, knowing([ana, lex], old), noon('03-02'))).toEqual([
      'stage.skipped O a (superseded)',
      'message b email ana: O b; O; 10000 MXN',
      'message b2 email lex: O b/send.1; O; 10000 MXN',
      'task call-b stage: O b/task.0; O; 10000 MXN',
      'next never',
    ]);
  });

  it('tells nobody twice: who stands in for a second message has heard', () => {
    expect(says(engine, knowing([ana], young, old), noon('03-02'))).toEqual([
      'stage.skipped O a (superseded)',
      'stage.skipped O b/send.1 (same_contact)',
      'message b email ana: O b, Y a; O Y; 20000 MXN',
      'task call-b stage: O b/task.0; O; 10000 MXN',
      'task call-a stage: Y a/task.0; Y; 10000 MXN',
      'next never',
    ]);
    expect(says(engine, knowing([ana], old), noon('03-02'))).toEqual([
      'stage.skipped O a (superseded)',
      'stage.skipped O b/send.1 (same_contact)',
      'message b email ana: O b; O; 10000 MXN',
      'task call-b stage: O b/task.0; O; 10000 MXN',
      'next never',
    ]);
  });

  it('goes to one who has no stage of two messages beside one who has', () => {
    const policies = [aLadder([], { stages: two, entry: 'latest' }), aLadder(['2d'], { id: 'other' })];
    const plan = aPlan({ assign: [{ invoice: 'Y', policy: 'other' }] }, free);
    expect(says(engineOf(policies, plan), knowing([ana], young, old), noon('03-03'))).toEqual([
      'stage.skipped O a (superseded)',
      'stage.skipped O b/send.1 (same_contact)',
      'stage.delayed other/Y s2d (message_limit)',
      'message b email ana: O b; O; 10000 MXN',
      'task call-b stage: O b/task.0; O; 10000 MXN',
      'Y waits at s2d: message_limit until 03-04',
      'next 03-04',
    ]);
  });

  it('writes first messages first, then second ones, then third ones', () => {
    const three = aStage('s', '1d', {
      do: [{ send: 'x' }, { send: 'y', to: 'legal' }, { send: 'z', to: 'legal' }],
    });
    const file = knowing([ana, lex], anInvoice({ id: 'A' }), anInvoice({ id: 'B' }));
    expect(says(withStages([three], { message: { by: 'item' } }), file, noon('03-02'))).toEqual([
      'message x email ana: A s; A; 10000 MXN',
      'message x email ana: B s; B; 10000 MXN',
      'message y email lex: A s/send.1; A; 10000 MXN',
      'message y email lex: B s/send.1; B; 10000 MXN',
      'message z email lex: A s/send.2; A; 10000 MXN',
      'message z email lex: B s/send.2; B; 10000 MXN',
      'next never',
    ]);
  });
});

describe('contact rules', () => {
  const stages = [
    aStage('a', '1d', { do: [{ send: 'a' }, { send: 'a2', to: 'legal' }] }),
    aStage('b', '4d', { do: [{ send: 'b' }, { send: 'b2', to: 'legal' }] }),
    aStage('c', '20d'),
  ];
  const file = knowing([ana, lex], anInvoice());
  const phone: FileEvent = {
    type: 'contact.recorded',
    at: noon('03-01'),
    on: '2026-03-01',
    cases: [],
    author: 'luis',
  };
  const spoken = evolveAll(file, [phone]);

  it('keep a stage back until the gap is over; what goes along says nothing of its own', () => {
    expect(says(withStages(stages, {}, { gap: '2d', caps: [] }), spoken, noon('03-02'))).toEqual([
      'F1 waits at a: gap until 03-03',
      'next 03-03',
    ]);
  });

  it('push it past the day of the next one, which it then gives way to', () => {
    expect(says(withStages(stages, {}, { gap: '6d', caps: [] }), spoken, noon('03-02'))).toEqual([
      'stage.skipped F1 a (gave_way)',
      'F1 waits at a: gap until 03-07',
      'next 03-05',
    ]);
    expect(
      says(withStages(stages, { pushed: 'both' }, { gap: '6d', caps: [] }), spoken, noon('03-02')),
    ).toEqual(['stage.delayed F1 a (pushed)', 'F1 waits at a: gap until 03-07', 'next 03-05']);
  });

  it('push it with the milder stages that it passed', () => {
    const own = { entry: 'latest', late: 'latest' } as const;
    expect(says(withStages(stages, own, { gap: '20d', caps: [] }), spoken, noon('03-06'))).toEqual([
      'stage.skipped F1 a (superseded)',
      'stage.skipped F1 b (gave_way)',
      'F1 waits at b: gap until 03-21',
      'next 03-21',
    ]);
  });

  it('say so once', () => {
    const engine = withStages(stages, { pushed: 'both' }, { gap: '6d', caps: [] });
    const kept = once(engine, spoken, noon('03-02'));
    expect([says(engine, kept, noon('03-02') + hour), says(engine, kept, noon('03-03'))]).toEqual([
      ['F1 waits at a: gap until 03-07', 'next 03-05'],
      ['F1 waits at a: gap until 03-07', 'next 03-05'],
    ]);
  });

  it('let nothing go on a holiday, though there are no hours and no gap', () => {
    const calendar = { holidays: ['2026-03-02'] };
    expect(says(withStages(stages, {}, free, { calendar }), file, noon('03-02'))).toEqual([
      'F1 waits at a: holiday until 03-03',
      'next 03-03',
    ]);
    const open = { ...free, closedOnHolidays: false };
    expect(says(withStages(stages, {}, open, { calendar }), file, noon('03-02'))).toEqual([
      'message a email ana: F1 a; F1; 10000 MXN',
      'message a2 email lex: F1 a/send.1; F1; 10000 MXN',
      'next never',
    ]);
  });

  it('ask for each debt of a message where the gap is that of a case', () => {
    const engine = withStages(
      [aStage('a', '1d'), aStage('b', '2d')],
      { entry: 'latest', late: 'each' },
      { gap: '3d', gapOf: 'case', caps: [] },
    );
    const first = once(engine, knowing([ana], anInvoice({ id: 'A' })), noon('03-02'));
    const then = evolveAll(first, [told.invoice(anInvoice({ id: 'B' }))]);
    expect(says(engine, then, noon('03-03'))).toEqual([
      'stage.skipped B a (entry)',
      'message b email ana: B b; B; 10000 MXN',
      'A waits at b: gap until 03-05',
      'next 03-05',
    ]);
  });
});

describe('one message of a kind for an account', () => {
  const policies = (own: Partial<Policy> = {}) => [
    aLadder(['1d', '9d'], { ...own }),
    aLadder(['1d', '9d'], { id: 'other', ...own }),
  ];
  const plan = aPlan({ assign: [{ invoice: 'B', policy: 'other' }] }, free);
  const file = owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B' }));

  it('keeps the other back until the next day, and says so once a day', () => {
    const engine = engineOf(policies(), plan);
    expect(says(engine, file, noon('03-02'))).toEqual([
      'stage.delayed other/B s1d (message_limit)',
      'message s1d email ana: A s1d; A; 10000 MXN',
      'B waits at s1d: message_limit until 03-03',
      'next 03-03',
    ]);
    const kept = once(engine, file, noon('03-02'));
    expect(says(engine, kept, noon('03-02') + hour)).toEqual([
      'A waits at s9d: not_yet until 03-10',
      'B waits at s1d: message_limit until 03-03',
      'next 03-03',
    ]);
    expect(says(engine, kept, noon('03-03'))).toEqual([
      'message s1d email ana: other/B s1d; B; 10000 MXN',
      'A waits at s9d: not_yet until 03-10',
      'next 03-10',
    ]);
  });

  it('may be of one kind only', () => {
    const coming = evolveAll(file, [told.invoice(anInvoice({ id: 'C', due: '2026-03-09' }))]);
    const upcoming = policies({
      message: { most: { upcoming: 1 } },
      stages: [aStage('pre', '-7d'), aStage('s', '1d')],
    });
    expect(says(engineOf(upcoming, plan), coming, noon('03-02'))).toEqual([
      'stage.skipped A pre (entry)',
      'stage.skipped other/B pre (entry)',
      'message s email ana: A s; A; 10000 MXN',
      'message s email ana: other/B s; B; 10000 MXN',
      'message pre email ana: C pre; C; 10000 MXN',
      'next never',
    ]);
    const overdue = policies({
      message: { most: { overdue: 1 } },
      stages: [aStage('pre', '-7d'), aStage('s', '1d')],
    });
    expect(says(engineOf(overdue, plan), coming, noon('03-02'))).toEqual([
      'stage.skipped A pre (entry)',
      'stage.skipped other/B pre (entry)',
      'stage.delayed other/B s (message_limit)',
      'message s email ana: A s; A; 10000 MXN',
      'message pre email ana: C pre; C; 10000 MXN',
      'B waits at s: message_limit until 03-03',
      'next 03-03',
    ]);
    const none = policies({ message: { most: { overdue: 0 } } });
    const engine = engineOf(none, plan);
    const kept = once(engine, file, noon('03-02'));
    expect(says(engine, file, noon('03-02'))).toEqual([
      'stage.delayed A s1d (message_limit)',
      'stage.delayed other/B s1d (message_limit)',
      'A waits at s1d: message_limit until 03-03',
      'B waits at s1d: message_limit until 03-03',
      'next 03-03',
    ]);
    expect(says(engine, kept, noon('03-02') + hour)).toEqual([
      'A waits at s1d: message_limit until 03-03',
      'B waits at s1d: message_limit until 03-03',
      'next 03-03',
    ]);
    expect(says(engine, kept, noon('03-03'))).toEqual([
      'stage.delayed A s1d (message_limit)',
      'stage.delayed other/B s1d (message_limit)',
      'A waits at s1d: message_limit until 03-04',
      'B waits at s1d: message_limit until 03-04',
      'next 03-04',
    ]);
  });
});

describe('a message that was not delivered', () => {
  const via = [{ channel: 'email', patience: '2h' }, { channel: 'whatsapp' }];
  const engine = withStages(
    [aStage('a', '1d', { do: [{ send: 'a' }, { task: 'call' }] }), aStage('b', '9d')],
    { via },
  );

  it('goes elsewhere, for both debts and without another task', () => {
    const sent = once(
      engine,
      knowing([phoned], anInvoice({ id: 'A' }), anInvoice({ id: 'B' })),
      noon('03-02'),
    );
    expect(says(engine, sent, noon('03-02') + hour)).toEqual([
      'A waits at b: not_yet until 03-10',
      'B waits at b: not_yet until 03-10',
      'next 03-02 14:00',
    ]);
    expect(says(engine, sent, noon('03-02') + 2 * hour)).toEqual([
      'message a whatsapp ana: A a/again, B a/again; A B; 20000 MXN',
      'A waits at b: not_yet until 03-10',
      'B waits at b: not_yet until 03-10',
      'next 03-10',
    ]);
  });

  it('goes elsewhere for one debt alone', () => {
    const sent = once(engine, knowing([phoned], anInvoice({ id: 'A' })), noon('03-02'));
    expect(says(engine, sent, noon('03-02') + 2 * hour)).toEqual([
      'message a whatsapp ana: A a/again; A; 10000 MXN',
      'A waits at b: not_yet until 03-10',
      'next 03-10',
    ]);
  });

  it('stays where it is, and is nobody’s task, where there is no other place', () => {
    const sent = once(engine, knowing([ana], anInvoice({ id: 'A' })), noon('03-02'));
    expect(says(engine, sent, noon('03-02') + 2 * hour)).toEqual([
      'A waits at b: not_yet until 03-10',
      'next 03-10',
    ]);
  });

  it('lets what is new go first, and is looked at again at once', () => {
    const sent = once(engine, knowing([phoned], anInvoice({ id: 'A' })), noon('03-02'));
    const more = evolveAll(sent, [told.invoice(anInvoice({ id: 'C' }))]);
    expect(says(engine, more, noon('03-02') + 3 * hour)).toEqual([
      'message a email ana: C a; C; 10000 MXN',
      'task call stage: C a/task.0; C; 10000 MXN',
      'A waits at b: not_yet until 03-10',
      'next 03-02 15:00',
    ]);
  });
});

describe('nobody to write to', () => {
  const silent = aContact({ id: 'eva', email: undefined });
  const stages = [aStage('a', '1d', { do: [{ send: 'a' }, { send: 'a2', to: 'legal' }] }), aStage('b', '9d')];

  it('is a task for people, once for the first message of all its debts', () => {
    const engine = withStages(stages);
    const file = knowing([silent], anInvoice({ id: 'A' }), anInvoice({ id: 'B' }));
    expect(says(engine, file, noon('03-02'))).toEqual([
      'task find-contact unreachable: A task:unreachable, B task:unreachable; A B; 20000 MXN',
      'A waits at a: unreachable until 03-10 eva/email:no_address',
      'B waits at a: unreachable until 03-10 eva/email:no_address',
      'next 03-10',
    ]);
    expect(says(engine, once(engine, file, noon('03-02')), noon('03-03'))).toEqual([
      'A waits at a: unreachable until 03-10 eva/email:no_address',
      'B waits at a: unreachable until 03-10 eva/email:no_address',
      'next 03-10',
    ]);
    const found = evolveAll(once(engine, file, noon('03-02')), [told.account(anAccount())]);
    expect(says(engine, found, noon('03-03'))).toEqual([
      'stage.skipped A a/send.1 (same_contact)',
      'stage.skipped B a/send.1 (same_contact)',
      'task.closed (reachable)',
      'message a email ana: A a, B a; A B; 20000 MXN',
      'next never',
    ]);
  });

  it('is no task for thanks', () => {
    const engine = withStages(stages, { on: { paid: [{ send: 'thanks' }] } });
    const file = once(engine, owing(anInvoice()), noon('03-02'));
    const paid = evolveAll(file, [told.payment(aPayment({ to: 'F1' }))]);
    const closed = evolveAll(paid, decide(engine, paid, noon('03-03')).events);
    expect([says(engine, paid, noon('03-03')), says(engine, closed, noon('03-03'))]).toEqual([
      ['case.closed F1 (paid)', 'message thanks email ana: F1 on:paid; F1; 10000 MXN', 'next never'],
      ['next never'],
    ]);
    const lost = evolveAll(paid, [told.account(anAccount({ contacts: [silent] }))]);
    expect(says(engine, lost, noon('03-03'))).toEqual(['case.closed F1 (paid)', 'next never']);
  });

  it('is nobody’s fault where consent is for the one purpose and not for the other', () => {
    const rules: ContactRules = { ...free, consent: { email: { dunning: 'required', service: 'off' } } };
    expect(says(withStages(stages, {}, rules), owing(anInvoice()), noon('03-02'))).toEqual([
      'task find-contact unreachable: F1 task:unreachable; F1; 10000 MXN',
      'F1 waits at a: unreachable until 03-10 ana/email:no_consent',
      'next 03-10',
    ]);
  });

  it('is no matter on a channel that needs nobody', () => {
    expect(
      says(
        neutralEngineOf(aLadder([], { stages }), aPlan({}, free)),
        owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B' })),
        noon('03-02'),
      ),
    ).toEqual([
      'stage.skipped A a/send.1 (same_contact)',
      'stage.skipped B a/send.1 (same_contact)',
      'message a neutral ana: A a, B a; A B; 20000 MXN',
      'next never',
    ]);
  });
});

describe('a review of a part', () => {
  const stages = [aStage('a', '1d', { do: [{ send: 'a' }, { send: 'a2', to: 'legal' }] }), aStage('b', '5d')];
  const engine = withStages(stages, { entry: 'latest' });
  const file = knowing([ana, lex], young, old, anInvoice({ id: 'U', currency: 'USD' }));

  it('leaves the rest waiting', () => {
    const at = noon('03-02');
    expect(says(engine, file, at, { only: { stages: ['a'] } })).toEqual([
      'message a email ana: U a, Y a; U Y; 10000 MXN + 10000 USD',
      'message a2 email lex: U a/send.1, Y a/send.1; U Y; 10000 MXN + 10000 USD',
      'O waits at b: not_in_review',
      'next never',
    ]);
    expect(says(engine, file, at, { only: { currencies: ['USD'] } })).toEqual([
      'message a email ana: U a; U; 10000 USD',
      'message a2 email lex: U a/send.1; U; 10000 USD',
      'O waits: not_in_review',
      'Y waits: not_in_review',
      'next never',
    ]);
    expect(says(engine, file, at, { only: { policies: ['nothing'] } })).toEqual([
      'O waits: not_in_review',
      'U waits: not_in_review',
      'Y waits: not_in_review',
      'next never',
    ]);
  });

  it('sends the second message of a stage only where that stage is looked at', () => {
    const refused = (of: AccountFile): AccountFile => {
      const { events, acts } = decide(engine, of, noon('03-02'));
      const base = { at: noon('03-02'), on: '2026-03-02' };
      return evolveAll(of, [
        ...events,
        ...acts.map(
          (act): FileEvent =>
            act.contact === 'lex'
              ? { type: 'act.refused', act: act.id, code: 'x', scope: 'recipient', ...base }
              : { type: 'act.accepted', act: act.id, ...base },
        ),
      ]);
    };
    const sent = evolveAll(refused(knowing([ana, lex], young)), [
      told.account(anAccount({ contacts: [ana, { ...lex, email: 'law@robles.example' }] })),
    ]);
    const at = noon('03-02') + hour;
    expect(says(engine, sent, at)).toEqual([
      'message a2 email ana: Y a/send.1; Y; 10000 MXN',
      'Y waits at b: not_yet until 03-06',
      'next 03-06',
    ]);
    expect(says(engine, sent, at, { only: { stages: ['b'] } })).toEqual([
      'Y waits at b: not_yet until 03-06',
      'next 03-06',
    ]);
    expect(says(engine, sent, at, { only: { stages: ['a'] } })).toEqual([
      'message a2 email ana: Y a/send.1; Y; 10000 MXN',
      'Y waits at b: not_yet until 03-06',
      'next 03-06',
    ]);
  });
});

describe('a group', () => {
  it('is written to by what its carrier says', () => {
    const engine = withStages([aStage('a', '1d'), aStage('b', '5d')], {
      unit: { group: ['account'] },
      message: { by: 'invoice', list: 'overdue' },
    });
    expect(says(engine, owing(young, old, inTwoParts({ id: 'P' })), noon('03-02'))).toEqual([
      'case.shifted ~MXN (entry)',
      'message a email ana: ~MXN a; O P~1 Y; 25000 MXN',
      'next never',
    ]);
  });

  it('of an invoice with several instalments is one message by invoice', () => {
    const parts = inTwoParts({
      id: 'P',
      instalments: [
        { id: '1', due: '2026-02-28', amount: 5_000 },
        { id: '2', due: '2026-03-01', amount: 5_000 },
      ],
    });
    expect(
      says(
        withStages([aStage('a', '1d')], { message: { by: 'invoice' } }),
        owing(parts, young),
        noon('03-02'),
      ),
    ).toEqual([
      'case.shifted P~1 (entry)',
      'message a email ana: Y a; Y; 10000 MXN',
      'message a email ana: P~1 a, P~2 a; P~1 P~2; 10000 MXN',
      'next never',
    ]);
  });
});

describe('stages that do something else than write', () => {
  it('are done by being reached, are tasks, or wait for a person', () => {
    const stages = [
      aStage('quiet', '1d', { do: [] }),
      aStage('work', '2d', {
        do: [
          { task: 'call', within: '2d' },
          { task: 'visit', owner: 'eva' },
        ],
      }),
      aStage('ask', '3d', { do: [{ alert: 'look' }], mode: 'approve', lapses: '4d' }),
      aStage('end', '4d', { do: [{ handover: 'agency' }] }),
    ];
    const engine = withStages(stages, { late: 'each', message: { list: 'open' } });
    let file = owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B', due: '2026-03-02' }));
    const days: (readonly string[])[] = [];
    for (const day of ['03-02', '03-03', '03-04', '03-05']) {
      days.push(says(engine, file, noon(day)));
      file = once(engine, file, noon(day));
    }
    expect(days).toEqual([
      [
        'stage.skipped A quiet (nothing_to_do)',
        'A waits at work: not_yet until 03-03',
        'B waits at quiet: not_yet until 03-03',
        'next 03-03',
      ],
      [
        'stage.skipped B quiet (nothing_to_do)',
        'task call stage: A work; A [B]; 10000 MXN',
        'task visit stage: A work/task.1; A [B]; 10000 MXN',
        'B waits at work: not_yet until 03-04',
        'next 03-04',
      ],
      [
        'task approve-stage stage approve: A ask; A; 10000 MXN',
        'task call stage: B work; [A] B; 10000 MXN',
        'task visit stage: B work/task.1; [A] B; 10000 MXN',
        'next 03-05',
      ],
      ['task approve-stage stage approve: B ask; B; 10000 MXN', 'A waits at ask: act_pending', 'next 03-09'],
    ]);
  });

  it('are told of by the level that holds', () => {
    const stages = [
      aStage('mild', '', {
        at: undefined,
        when: { fact: 'item.daysPastDue', gte: 1 },
        do: [{ effect: 'slow' }],
      }),
      aStage('hard', '', {
        at: undefined,
        when: { fact: 'item.daysPastDue', gte: 5 },
        do: [{ send: 'hard' }],
      }),
    ];
    const engine = withStages(stages, { level: 'state' });
    const file = owing(anInvoice());
    const then = once(engine, file, noon('03-02'));
    expect([
      says(engine, file, noon('03-02')),
      says(engine, then, noon('03-02')),
      says(engine, then, noon('03-06')),
    ]).toEqual([
      [
        'case.level F1',
        'stage.done F1 mild',
        'effect.wanted F1',
        'effect slow stage: F1 effect:slow.on; F1; 10000 MXN',
        'next 03-03',
      ],
      ['F1 waits at mild: level_holds until 03-03', 'next 03-03'],
      [
        'case.level F1',
        'message hard email ana: F1 hard; F1; 10000 MXN',
        'effect.released F1',
        'task.closed (overtaken)',
        'effect slow released: F1 effect:slow.off; F1; 10000 MXN',
        'next 03-07',
      ],
    ]);
  });

  it('are exhausted at the end of the ladder, and handed over', () => {
    const engine = withStages([aStage('a', '1d')], {
      last: { exhausted: 'acted' },
      on: { exhausted: [{ handover: 'agency' }] },
    });
    const sent = once(engine, owing(anInvoice()), noon('03-02'));
    const over = once(engine, sent, noon('03-20'));
    expect([says(engine, sent, noon('03-20')), says(engine, over, noon('03-20'))]).toEqual([
      [
        'case.exhausted F1 (last_stage_over)',
        'case.handed F1',
        'case.reacted F1',
        'handover agency exhausted: F1 on:exhausted.0; F1; 10000 MXN',
        'F1 waits: exhausted',
        'next never',
      ],
      ['F1 waits: handed_over', 'next never'],
    ]);
  });
});
