import { describe, expect, it } from 'vitest';
import { decide } from '../../src/engine/index.js';
import type { Invoice } from '../../src/ledger/types.js';
import type { MessageGrouping, Policy } from '../../src/policy/types.js';
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
  owing,
  told,
} from '../support/build.js';
import { actsIn, walk } from '../support/walk.js';

const at = instant('2026-03-08T10:00:00-06:00');
const ladder = ['-7d', '1d', '5d'] as const;

/** Items of each message of one review, as `F1+F2`, in order; listed ones in brackets. */
function shared(message: MessageGrouping, invoices: readonly Invoice[], own: Partial<Policy> = {}): string[] {
  const policy = aLadder(ladder, { entry: 'latest', message, ...own });
  const { acts } = decide(engineOf(policy, aPlan({}, free)), owing(...invoices), at);
  return acts
    .map((act) => act.items.map((item) => (item.acting ? item.item : `(${item.item})`)).join('+'))
    .toSorted();
}

const four = [
  anInvoice({ id: 'A', due: '2026-03-01', entity: 'mx', attributes: { site: 'north', n: 1 } }),
  anInvoice({ id: 'B', due: '2026-03-02', entity: 'us', attributes: { site: 'north', n: 2 } }),
  anInvoice({ id: 'C', due: '2026-03-06', entity: 'mx', currency: 'USD', attributes: { site: 'south' } }),
  anInvoice({ id: 'D', due: '2026-03-07', area: 'retail', branch: 'b1', attributes: {} }),
];

describe('what shares a message', () => {
  it('is all of an account by default; what is coming is told apart', () => {
    expect(shared({}, four)).toEqual(['A+B+C+D']);
    expect(shared({ by: 'account' }, [...four, anInvoice({ id: 'E', due: '2026-03-15' })])).toEqual([
      'A+B+C+D',
      'E',
    ]);
  });

  it.each<[MessageGrouping['by'], string[]]>([
    ['invoice', ['A', 'B', 'C', 'D']],
    ['item', ['A', 'B', 'C', 'D']],
    ['unit', ['A', 'B', 'C', 'D']],
    ['level', ['A+B', 'C+D']],
    ['currency', ['A+B+D', 'C']],
    ['entity', ['A+C', 'B', 'D']],
    ['area', ['A+B+C', 'D']],
    ['branch', ['A+B+C', 'D']],
    ['item.attributes.site', ['A+B', 'C', 'D']],
    ['item.attributes.n', ['A', 'B', 'C+D']],
    [
      ['entity', 'currency'],
      ['A', 'B', 'C', 'D'],
    ],
    [
      ['level', 'item.attributes.site'],
      ['A+B', 'C', 'D'],
    ],
    [
      ['account', 'currency'],
      ['A+B+D', 'C'],
    ],
    [[], ['A+B+C+D']],
  ])('may be parted by %s', (by, expected) => {
    expect(shared({ by }, four)).toEqual(expected);
  });

  it('by invoice keeps the instalments of an invoice together, by item it does not', () => {
    const parts = inTwoParts({
      id: 'P',
      instalments: [
        { id: '1', due: '2026-03-01', amount: 5_000 },
        { id: '2', due: '2026-03-02', amount: 5_000 },
      ],
    });
    expect(shared({ by: 'invoice' }, [parts, anInvoice()])).toEqual(['F1', 'P~1+P~2']);
    expect(shared({ by: 'item' }, [parts, anInvoice()])).toEqual(['F1', 'P~1', 'P~2']);
  });

  it('takes no two lists of values for one', () => {
    const odd = [
      anInvoice({ id: 'A', attributes: { x: 'a1:b', y: 'c' } }),
      anInvoice({ id: 'B', attributes: { x: 'a', y: '1:bc' } }),
    ];
    expect(shared({ by: ['item.attributes.x', 'item.attributes.y'] }, odd)).toEqual(['A', 'B']);
    const missing = [
      anInvoice({ id: 'A', attributes: { x: '-' } }),
      anInvoice({ id: 'B', attributes: { y: '-' } }),
    ];
    expect(shared({ by: ['item.attributes.x', 'item.attributes.y'] }, missing)).toEqual(['A', 'B']);
  });

  it('may have several channels, or be parted by them', () => {
    const stages = [
      aStage('mild', '1d', { do: [{ send: 'mild', via: [{ channel: 'sms' }] }] }),
      aStage('firm', '5d', { tone: 'firm', do: [{ send: 'firm', via: [{ channel: 'email' }] }] }),
    ];
    const consents = [{ channel: 'sms', state: 'granted' as const, at: 0 }];
    const contact = aContact({ phone: '+525512345678', consents });
    const file = fileOf(told.account(anAccount({ contacts: [contact] })), ...four.map(told.invoice));
    const channels = (by: MessageGrouping['by']): unknown =>
      decide(
        engineOf(aLadder([], { entry: 'latest', stages, message: { by } }), aPlan({}, free)),
        file,
        at,
      ).acts.map((act) => [act.channel, act.items.length]);
    expect(channels('account')).toEqual([['email', 4]]);
    expect(channels('channel')).toEqual([
      ['email', 2],
      ['sms', 2],
    ]);
  });

  it('of groups that climb together goes by the item that carries them', () => {
    const unit = { group: ['entity' as const] };
    expect(shared({ by: 'entity' }, four, { unit })).toEqual(['A+C', 'B', 'D']);
    expect(shared({ by: 'account' }, four, { unit })).toEqual(['A+B+C+D']);
    expect(shared({ by: 'unit' }, four, { unit: { group: ['account'] } })).toEqual(['A+B+D', 'C']);
  });

  it('is a matter of one policy', () => {
    const policies = [aLadder(ladder, { entry: 'latest', message: { by: 'invoice' } })];
    const other = aLadder(ladder, { id: 'other', entry: 'latest', message: { by: 'invoice' } });
    const plan = aPlan({ assign: [{ invoice: 'A', policy: 'other' }] }, free);
    const { acts } = decide(engineOf([...policies, other], plan), owing(...four), at);
    expect(acts.map((act) => `${act.policy.id} ${act.items.length}`).toSorted()).toEqual([
      'ladder 1',
      'ladder 1',
      'ladder 1',
      'other 1',
    ]);
  });
});

describe('what a message lists', () => {
  const later = anInvoice({ id: 'L', due: '2026-04-20' });
  /** Overdue, but its stage acted days ago. */
  const earlier = { entry: 'latest' as const };

  function listed(message: MessageGrouping): unknown {
    const policy = aLadder(['-7d', '1d', '30d'], { ...earlier, message });
    const file = owing(
      anInvoice({ id: 'O', due: '2026-03-01' }),
      anInvoice({ id: 'N', due: '2026-03-07' }),
      later,
    );
    const acts = actsIn(walk(engineOf(policy, aPlan({}, free)), file, '2026-03-02', 7));
    const act = acts.find((one) => one.on === '2026-03-08');
    return [act?.items.map((item) => `${item.item}${item.acting ? '' : ' listed'}`), act?.totals];
  }

  it('is what acts by default', () => {
    expect(listed({})).toEqual([['N'], [{ minor: 10_000, currency: 'MXN' }]]);
  });

  it('may be all that is overdue, or all that is open; the total is of what acts', () => {
    const total = [{ minor: 10_000, currency: 'MXN' }];
    expect(listed({ list: 'overdue' })).toEqual([['O listed', 'N'], total]);
    expect(listed({ list: 'open' })).toEqual([['O listed', 'N', 'L listed'], total]);
  });

  it('goes by the keys of the message', () => {
    expect(listed({ list: 'open', by: 'invoice' })).toEqual([['N'], [{ minor: 10_000, currency: 'MXN' }]]);
    expect(listed({ list: 'open', by: 'currency' })).toMatchObject([['O listed', 'N', 'L listed'], {}]);
  });

  it('of a level is what has reached it', () => {
    expect(listed({ list: 'overdue', by: 'level' })).toMatchObject([['O listed', 'N'], {}]);
    const policy = aLadder(['1d', '5d'], { entry: 'latest', message: { list: 'overdue', by: 'level' } });
    const file = owing(anInvoice({ id: 'O', due: '2026-02-20' }), anInvoice({ id: 'N', due: '2026-03-07' }));
    const acts = actsIn(walk(engineOf(policy, aPlan({}, free)), file, '2026-03-02', 7));
    expect(acts.at(-1)?.items.map((item) => item.item)).toEqual(['N']);
  });

  it('leaves out what may not be chased, and what another policy chases', () => {
    const policies = [
      aLadder(['1d'], { message: { list: 'open' } }),
      aLadder(['20d'], { id: 'other', message: { list: 'open' } }),
    ];
    const plan = aPlan({ assign: [{ invoice: 'B', policy: 'other' }] }, free);
    const file = fileOf(
      told.account(anAccount()),
      ...[
        anInvoice({ due: '2026-03-07' }),
        later,
        anInvoice({ id: 'B', due: '2026-03-07' }),
        anInvoice({ id: 'P', due: '2026-05-01' }),
      ].map(told.invoice),
      told.payment(aPayment({ to: 'P' })),
    );
    const [act] = decide(engineOf(policies, plan), file, at).acts;
    expect(act?.items.map((item) => item.item)).toEqual(['F1', 'L']);
  });

  it('gives no level: what is listed acts on its own day', () => {
    const policy = aLadder(['-7d', '1d'], { message: { list: 'open' } });
    const file = owing(anInvoice({ id: 'A', due: '2026-03-07' }), anInvoice({ id: 'B', due: '2026-03-20' }));
    const acts = actsIn(walk(engineOf(policy, aPlan({}, free)), file, '2026-03-08', 20));
    expect(acts.map((act) => [act.on, act.message, act.items.length])).toEqual([
      ['2026-03-08', 's1d', 2],
      ['2026-03-13', 's-7d', 2],
      ['2026-03-21', 's1d', 2],
    ]);
  });

  it('says what of each item is disputed', () => {
    const file = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice({ due: '2026-03-07' })),
      told.dispute({
        id: 'D1',
        invoice: 'F1',
        amount: 4_000,
        reason: 'damaged',
        author: 'luis',
        opened: '2026-03-01',
        state: 'open',
      }),
    );
    const [act] = decide(engineOf(aLadder(['1d'])), file, at).acts;
    expect(act?.items).toMatchObject([
      { original: 10_000, outstanding: 10_000, disputed: 4_000, dunnable: 6_000 },
    ]);
    expect(act?.totals).toEqual([{ minor: 6_000, currency: 'MXN' }]);
  });
});

describe('totals', () => {
  it('are one per currency, to the minor unit', () => {
    const file = owing(
      anInvoice({ id: 'A', due: '2026-03-07', total: 10_001 }),
      anInvoice({ id: 'B', due: '2026-03-07', total: 333, currency: 'USD' }),
      anInvoice({ id: 'C', due: '2026-03-07', total: 5, currency: 'CLP' }),
      anInvoice({ id: 'D', due: '2026-03-07', total: 2 }),
    );
    const [act] = decide(engineOf(aLadder(['1d'])), file, at).acts;
    expect(act?.totals).toEqual([
      { minor: 5, currency: 'CLP' },
      { minor: 10_003, currency: 'MXN' },
      { minor: 333, currency: 'USD' },
    ]);
  });
});

describe('levels within one message', () => {
  const stages = ['1d', '5d', '10d'];
  /** Due for the first, second and third stage on 11 March. */
  const three = [
    anInvoice({ id: 'A', due: '2026-03-01' }),
    anInvoice({ id: 'B', due: '2026-03-06' }),
    anInvoice({ id: 'C', due: '2026-03-10' }),
  ];
  const day = instant('2026-03-11T10:00:00-06:00');

  function marksOf(levels: MessageGrouping['levels'], own: Partial<Policy> = {}) {
    const engine = engineOf(
      aLadder(stages, { entry: 'latest', message: { levels }, ...own }),
      aPlan({}, free),
    );
    const walked = walk(engine, owing(...three), '2026-03-11', 1);
    const marks = ['A', 'B', 'C'].map((id) =>
      walked.file.cases
        .get(id)
        ?.at(-1)
        ?.marks.map(
          (mark) => `${mark.stage} ${mark.state}${mark.reason === undefined ? '' : ` ${mark.reason}`}`,
        ),
    );
    return { acts: actsIn(walked), marks, walked, engine };
  }

  it('are each item’s own by default; only the words are of the highest', () => {
    const { acts, marks } = marksOf('own');
    expect(acts).toMatchObject([{ message: 's10d', tone: 'firm', stage: 's10d' }]);
    expect(acts[0]?.covers.map((cover) => cover.stage)).toEqual(['s10d', 's5d', 's1d']);
    expect(marks).toEqual([
      ['s1d skipped superseded', 's5d skipped superseded', 's10d done'],
      ['s1d skipped superseded', 's5d done'],
      ['s1d done'],
    ]);
  });

  it('may all be lifted to the highest, past the milder ones', () => {
    const { acts, marks, walked, engine } = marksOf('lift');
    expect(acts[0]?.covers.map((cover) => cover.stage)).toEqual(['s10d', 's10d', 's10d']);
    expect(acts[0]?.totals).toEqual([{ minor: 30_000, currency: 'MXN' }]);
    expect(marks[2]).toEqual(['s1d skipped lifted', 's10d done']);
    // Nothing milder follows.
    expect(actsIn(walk(engine, walked.file, '2026-03-12', 30))).toEqual([]);
  });

  it('lift only to a stage that the item’s own ladder has ahead', () => {
    const old = aLadder(['1d', '5d'], { entry: 'latest', message: { levels: 'lift' } });
    const engine = engineOf(old, aPlan({}, free));
    const before = walk(engine, owing(anInvoice({ id: 'C', due: '2026-03-10' })), '2026-03-02', 1).file;
    const newer = aLadder(stages, { version: 2, entry: 'latest', message: { levels: 'lift' } });
    const both = engineOf([old, newer], aPlan({}, free));
    const file = fileOf(told.account(anAccount()), ...three.slice(0, 1).map(told.invoice));
    const joined = { ...before, invoices: new Map([...before.invoices, ...file.invoices]) };
    const [act] = decide(both, joined, day).acts;
    expect(act?.covers.map((cover) => cover.stage)).toEqual(['s10d', 's1d']);
  });

  it('may be absorbed: only the strongest is chased, the milder stages count as done', () => {
    const { acts, marks, walked, engine } = marksOf('absorb');
    expect(acts[0]?.items.map((item) => item.item)).toEqual(['A']);
    expect(acts[0]?.totals).toEqual([{ minor: 10_000, currency: 'MXN' }]);
    expect(marks.slice(1)).toEqual([['s1d skipped superseded', 's5d done absorbed'], ['s1d done absorbed']]);
    // Each climbs on from where it is.
    const next = actsIn(walk(engine, walked.file, '2026-03-12', 6));
    expect(next.map((act) => [act.on, act.covers.map((cover) => `${cover.subject} ${cover.stage}`)])).toEqual(
      [
        ['2026-03-15', ['C s5d']],
        ['2026-03-16', ['B s10d']],
      ],
    );
  });

  it('of what is not sent stay as they are', () => {
    const windows = [{ from: '12:00', to: '18:00' }];
    for (const levels of ['lift', 'absorb'] as const) {
      const policy = aLadder(stages, { entry: 'latest', message: { levels } });
      const { events, acts } = decide(
        engineOf(policy, aPlan({}, { ...free, windows })),
        owing(...three),
        day,
      );
      expect([acts, events.filter((event) => event.type.startsWith('stage.'))]).toEqual([[], []]);
    }
  });

  it('go along with the messages and tasks of the stage that they are lifted to', () => {
    const two = [
      aStage('mild', '1d', { do: [{ send: 'mild' }, { task: 'note' }] }),
      aStage('firm', '5d', {
        tone: 'firm',
        do: [{ send: 'firm' }, { send: 'copy', to: 'manager' }, { task: 'call' }],
      }),
    ];
    const contacts = [aContact(), aContact({ id: 'luis', role: 'manager' })];
    const file = fileOf(told.account(anAccount({ contacts })), ...three.map(told.invoice));
    const policy = aLadder([], { entry: 'latest', stages: two, message: { levels: 'lift' } });
    const acts = actsIn(walk(engineOf(policy, aPlan({}, free)), file, '2026-03-11', 1));
    const told2 = acts.map((act) => [act.message ?? act.name, act.covers.map((cover) => cover.subject)]);
    expect(told2).toEqual([
      ['firm', ['A', 'B', 'C']],
      ['copy', ['A', 'B']],
      ['call', ['A', 'B', 'C']],
      ['copy', ['C']],
    ]);
  });
});
