import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  type Act,
  decide,
  type Engine,
  evolve,
  evolveAll,
  type FileEvent,
  recheck,
} from '../../src/engine/index.js';
import type { Case } from '../../src/ledger/file.js';
import type { Policy, Stage } from '../../src/policy/types.js';
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
  owing,
  told,
} from '../support/build.js';

/** What a message brings comes and goes with it: taken back, it leaves no trace but its number. */

const at = (day: string): number => instant(`2026-03-${day}T10:00:00-06:00`);

interface Planned {
  readonly file: AccountFile;
  readonly acts: readonly Act[];
}

/** Reviews on a day, until nothing is decided any more; nothing is sent. */
function reviewed(engine: Engine, file: AccountFile, day: string): Planned {
  const acts: Act[] = [];
  let current = file;
  for (let round = 0; round < 10; round++) {
    const { events, acts: more } = decide(engine, current, at(day));
    if (events.length === 0) return { file: current, acts };
    acts.push(...more);
    current = evolveAll(current, events);
  }
  throw new Error('it never comes to rest');
}

/** Reviews on a day, asks each message again, and sends it if it still stands. */
function sent(engine: Engine, file: AccountFile, day: string): { file: AccountFile; sent: string[] } {
  const { file: planned, acts } = reviewed(engine, file, day);
  let current = planned;
  const gone: string[] = [];
  for (const act of acts) {
    if (act.kind !== 'message') continue;
    const checked = recheck(engine, current, act, at(day));
    const on = `2026-03-${day}`;
    if (checked.ok) {
      gone.push(act.stage);
      current = evolve(current, { type: 'act.accepted', act: act.id, at: at(day), on });
    } else {
      gone.push(`${act.stage} ${checked.reason}`);
      current = evolve(current, { type: 'act.withdrawn', act: act.id, reason: checked.reason, on });
    }
  }
  return { file: current, sent: gone };
}

const withdrawn = (act: Act | undefined, day: string): FileEvent => ({
  type: 'act.withdrawn',
  act: act?.id ?? '',
  reason: 'changed',
  on: `2026-03-${day}`,
});

function marks(file: AccountFile, subject = 'F1'): readonly string[] {
  const one: Case | undefined = file.cases.get(subject)?.at(-1);
  return (one?.marks ?? []).map(({ stage, state, reason }) =>
    [stage, state, reason].filter(Boolean).join(' '),
  );
}

const ladder = (stages: readonly Stage[], own: Partial<Policy> = {}): Policy =>
  aLadder([], { stages, ...own });

describe('a stage that contact rules pushed past the next one', () => {
  const policy = aLadder(['3d', '5d', '7d'], { pushed: 'both' });
  const engine = engineOf(policy, aPlan({}, { caps: [], gap: '5d' }));

  it('keeps its turn when it is asked again before it is sent, and the next one follows it', () => {
    let file = owing(anInvoice());
    const all: string[] = [];
    for (let day = 1; day <= 20; day++) {
      const walked = sent(engine, file, String(day).padStart(2, '0'));
      file = walked.file;
      all.push(...walked.sent.map((stage) => `${day} ${stage}`));
    }
    expect(all).toEqual(['4 s3d', '9 s5d', '14 s7d']);
  });

  it('keeps it also where its message was taken back and is made anew', () => {
    let file = owing(anInvoice());
    for (const day of ['04', '06']) file = sent(engine, file, day).file;
    const { file: planned, acts } = reviewed(engine, file, '09');
    expect(acts.map((act) => act.stage)).toEqual(['s5d']);
    const again = evolveAll(planned, [
      withdrawn(acts[0], '09'),
      told.payment(aPayment({ amount: 1_000, to: 'F1' })),
    ]);
    expect(reviewed(engine, again, '09').acts.map((act) => act.stage)).toEqual(['s5d']);
  });
});

describe('stages that are passed over by one that acts', () => {
  const any: Stage['at'] = {
    any: [
      { from: 'due', plus: '9d' },
      { from: 'previous', plus: '0d' },
    ],
  };
  const stages = [aStage('a', '1d'), aStage('b', '2d', { at: any }), aStage('c', '3d')];

  it('change nothing for the stage itself when it is asked again', () => {
    const engine = engineOf(ladder(stages, { entry: 'latest' }), aPlan({}, free));
    expect(sent(engine, owing(anInvoice()), '05').sent).toEqual(['c']);
  });

  it('have their turn again when it is taken back and does not come again', () => {
    const large = { fact: 'item.dunnable', gte: { MXN: '100.00' } } as const;
    const engine = engineOf(
      ladder([aStage('a', '1d'), aStage('b', '3d', { when: large }), aStage('c', '30d')], {
        entry: 'latest',
      }),
      aPlan({}, free),
    );
    const { file, acts } = reviewed(engine, owing(anInvoice()), '05');
    expect(marks(file)).toEqual(['a skipped superseded', 'b planned']);
    const paid = told.payment(aPayment({ amount: 4_000, to: 'F1' }));
    const back = evolveAll(file, [paid, withdrawn(acts[0], '05')]);
    expect(marks(back)).toEqual(['b withdrawn changed']);
    expect(reviewed(engine, back, '06').acts.map((act) => act.stage)).toEqual(['a']);
  });

  it('stay over once it was sent, or a person said that it is not to be', () => {
    const engine = engineOf(
      ladder([aStage('a', '1d'), aStage('b', '3d')], { entry: 'latest' }),
      aPlan({}, free),
    );
    const { file, acts } = reviewed(engine, owing(anInvoice()), '05');
    const act = acts[0]?.id ?? '';
    const on = '2026-03-05';
    const outcomes: readonly FileEvent[] = [
      { type: 'act.accepted', act, at: at('05'), on },
      { type: 'act.refused', act, at: at('05'), on, code: 'blocked', scope: 'recipient' },
      { type: 'act.unknown', act, at: at('05'), on, code: 'timeout' },
      { type: 'act.discarded', act, on, author: 'eva', next: 'skip' },
    ];
    for (const outcome of outcomes) expect(marks(evolve(file, outcome))[0]).toBe('a skipped superseded');
  });

  it('come back however it did not go out, also those that were refused on that day', () => {
    const never = { fact: 'item.dunnable', gte: { MXN: '900.00' } } as const;
    const stages = [aStage('a', '1d', { when: never }), aStage('b', '2d'), aStage('c', '3d')];
    const engine = engineOf(ladder(stages, { entry: 'latest' }), aPlan({}, free));
    const { file, acts } = reviewed(engine, owing(anInvoice()), '05');
    expect(marks(file)).toEqual(['a skipped condition', 'b skipped superseded', 'c planned']);
    const act = acts[0]?.id ?? '';
    const on = '2026-03-05';
    const unknown = evolve(file, { type: 'act.unknown', act, at: at('05'), on, code: 'timeout' });
    const resolved: FileEvent = { type: 'act.resolved', act, at: at('05'), on, sent: false, author: 'eva' };
    const discarded: FileEvent = { type: 'act.discarded', act, on, author: 'eva', next: 'again' };
    expect(marks(evolve(unknown, resolved))).toEqual(['c withdrawn not_sent']);
    expect(marks(evolve(file, discarded))).toEqual(['c withdrawn discarded']);
  });

  it('do not come back where they were over by themselves', () => {
    const short = aStage('a', '1d', { expires: '1d' });
    const engine = engineOf(ladder([short, aStage('b', '3d')], { entry: 'latest' }), aPlan({}, free));
    const { file, acts } = reviewed(engine, owing(anInvoice()), '05');
    expect(marks(evolve(file, withdrawn(acts[0], '05')))).toEqual([
      'a skipped expired',
      'b withdrawn changed',
    ]);
  });

  it('have their turn again when what a person was to do about it is withdrawn', () => {
    const stages = [aStage('a', '1d'), aStage('b', '3d', { do: [{ effect: 'stop' }], mode: 'approve' })];
    const engine = engineOf(ladder(stages, { entry: 'latest' }), aPlan({}, free));
    const { file, acts } = reviewed(engine, owing(anInvoice()), '05');
    expect(marks(file)).toEqual(['a skipped superseded', 'b planned']);
    expect(marks(evolve(file, withdrawn(acts[0], '05')))).toEqual(['b withdrawn changed']);
  });

  it('and second messages to the same contact go again with the first', () => {
    const twice = aStage('a', '1d', { do: [{ send: 'a' }, { send: 'copy', to: 'manager' }] });
    const engine = engineOf(ladder([twice]), aPlan({}, free));
    const { file, acts } = reviewed(engine, owing(anInvoice()), '05');
    expect(marks(file)).toEqual(['a/send.1 skipped same_contact', 'a planned']);
    const contacts = [aContact(), aContact({ id: 'luis', role: 'manager', email: 'luis@robles.example' })];
    const back = evolveAll(file, [withdrawn(acts[0], '05'), told.account(anAccount({ contacts }))]);
    expect(reviewed(engine, back, '05').acts.map((act) => act.message)).toEqual(['a', 'copy']);
  });
});

it('a second message that was not delivered does not tell the same contact twice at the next place', () => {
  const stages = [aStage('a', '1d', { do: [{ send: 'a' }, { send: 'copy', to: 'manager' }] })];
  const via = [{ channel: 'sms', patience: '30h' }, { channel: 'email' }];
  const engine = engineOf(ladder(stages, { via }), aPlan({}, free));
  const consents = [{ channel: 'sms', state: 'granted' as const, at: 0 }];
  const phone = '+525512345678';
  const contacts = [
    aContact({ phone, consents }),
    aContact({ id: 'luis', role: 'manager', email: undefined, phone, consents }),
  ];
  const owed = fileOf(told.account(anAccount({ contacts })), told.invoice(anInvoice()));
  const first = sent(engine, owed, '02');
  const { file, acts } = reviewed(engine, first.file, '04');
  expect([...first.sent, ...acts.map((act) => `${act.message} ${act.contact} ${act.channel}`)]).toEqual([
    'a',
    'a',
    'a ana email',
  ]);
  expect(marks(file)).toContain('a/send.1/again skipped same_contact');
  for (const act of acts) expect(recheck(engine, file, act, at('04'))).toEqual({ ok: true });
});

describe('a milder stage that a stronger one absorbed', () => {
  const engine = engineOf(
    aLadder(['1d', '5d'], { entry: 'latest', message: { levels: 'absorb' } }),
    aPlan({}, free),
  );
  const two = fileOf(
    told.account(anAccount()),
    told.invoice(anInvoice()),
    told.invoice(anInvoice({ id: 'F2', due: '2026-03-08' })),
  );

  it('is done with the message, and has its turn again when that is withdrawn', () => {
    const { file, acts } = reviewed(engine, two, '10');
    expect(acts.map((act) => [act.stage, act.covers.map((cover) => cover.subject)])).toEqual([
      ['s5d', ['F1']],
    ]);
    expect(marks(file, 'F2')).toEqual(['s1d done absorbed']);
    const paid = told.payment(aPayment({ to: 'F1' }));
    const back = evolveAll(file, [paid, withdrawn(acts[0], '10')]);
    expect(marks(back, 'F2')).toEqual([]);
    expect(
      reviewed(engine, back, '10').acts.map((act) => [act.stage, act.items.map((one) => one.item)]),
    ).toEqual([['s1d', ['F2']]]);
  });

  it('is absorbed again where the message stands when it is asked again', () => {
    const { file, sent: gone } = sent(engine, two, '10');
    expect(gone).toEqual(['s5d']);
    expect(marks(file, 'F2')).toEqual(['s1d done absorbed']);
  });
});
