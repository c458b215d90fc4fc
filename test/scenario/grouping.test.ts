import { describe, expect, it } from 'vitest';
import { decide } from '../../src/engine/index.js';
import type { Tone } from '../../src/policy/types.js';
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
import { actsIn, sent, story, walk } from '../support/walk.js';

const noon = instant('2026-03-08T12:00:00-06:00');

describe('messages of an account', () => {
  const ladder = aLadder(['-7d', '1d', '7d']);

  it('cover all items whose stage acts, each on its own level, in the tone of the highest', () => {
    const file = owing(
      anInvoice({ id: 'OLD', due: '2026-03-01' }),
      anInvoice({ id: 'NEW', due: '2026-03-07' }),
    );
    const ready = walk(engineOf(ladder), file, '2026-02-20', 16).file;
    const [act, ...more] = decide(engineOf(ladder), ready, noon).acts;
    expect(more).toEqual([]);
    expect(act).toMatchObject({
      stage: 's7d',
      tone: 'firm',
      message: 's7d',
      totals: [{ minor: 20_000, currency: 'MXN' }],
    });
    expect(act?.covers).toEqual([
      { subject: 'NEW', case: 'ladder/NEW#1', stage: 's1d', occurrence: 1 },
      { subject: 'OLD', case: 'ladder/OLD#1', stage: 's7d', occurrence: 1 },
    ]);
    expect(act?.items.map((item) => [item.item, item.daysPastDue, item.acting])).toEqual([
      ['OLD', 7, true],
      ['NEW', 1, true],
    ]);
  });

  it('speak in the sternest tone, also where the document has it first; among equals the later stage leads', () => {
    const lead = (...tones: readonly Tone[]): unknown => {
      const offsets = ['1d', '3d', '5d'];
      const stages = tones.map((tone, index) => aStage(`s${index}`, offsets[index] ?? '', { tone }));
      const invoices = ['2026-03-07', '2026-03-05', '2026-03-03'].map((due, index) =>
        anInvoice({ id: `F${index}`, due }),
      );
      const engine = engineOf(aLadder([], { stages, entry: 'latest' }));
      const [act] = decide(engine, owing(...invoices), noon).acts;
      return [act?.stage, act?.message, act?.tone, act?.covers.length];
    };
    expect(lead('formal', 'friendly', 'firm')).toEqual(['s0', 's0', 'formal', 3]);
    expect(lead('firm', 'formal', 'firm')).toEqual(['s1', 's1', 'formal', 3]);
    expect(lead('firm', 'firm', 'friendly')).toEqual(['s1', 's1', 'firm', 3]);
  });

  it('keep what is coming apart from what is overdue: one of each at most', () => {
    const file = owing(
      anInvoice({ id: 'A', due: '2026-03-07' }),
      anInvoice({ id: 'B', due: '2026-03-07' }),
      anInvoice({ id: 'C', due: '2026-03-15' }),
      anInvoice({ id: 'D', due: '2026-03-15' }),
    );
    const walked = walk(engineOf(ladder), file, '2026-03-08', 1);
    expect(sent(walked)).toEqual(['2026-03-08 s1d A+B', '2026-03-08 s-7d C+D']);
  });

  it('may be one per invoice; its instalments stay together', () => {
    const file = owing(
      anInvoice({ id: 'A' }),
      anInvoice({ id: 'B' }),
      inTwoParts({
        id: 'C',
        instalments: [
          { id: '1', due: '2026-03-01', amount: 4_000 },
          { id: '2', due: '2026-03-01', amount: 6_000 },
        ],
      }),
    );
    const engine = engineOf(aLadder(['1d'], { message: { by: 'invoice' } }));
    expect(sent(walk(engine, file, '2026-02-25', 10))).toEqual([
      '2026-03-02 s1d A',
      '2026-03-02 s1d B',
      '2026-03-02 s1d C~1+C~2',
    ]);
  });

  it('have one total per currency, of what is asked for', () => {
    const file = owing(
      anInvoice({ id: 'A' }),
      anInvoice({ id: 'B', currency: 'USD', total: 700 }),
      anInvoice({ id: 'C', currency: 'CLP', total: 5_000 }),
      anInvoice({ id: 'D', total: 1 }),
    );
    expect(decide(engineOf(ladder), file, noon).acts[0]?.totals).toEqual([
      { minor: 5_000, currency: 'CLP' },
      { minor: 10_001, currency: 'MXN' },
      { minor: 700, currency: 'USD' },
    ]);
  });

  it('are one even where the levels name different channels: the highest decides', () => {
    const contact = aContact({
      phone: '+525512345678',
      consents: [{ channel: 'whatsapp', state: 'granted', at: 0 }],
    });
    const engine = engineOf(
      aLadder([], {
        stages: [
          aStage('soft', '1d', { do: [{ send: 'soft', via: [{ channel: 'email' }] }] }),
          aStage('hard', '7d', { tone: 'firm', do: [{ send: 'hard', via: [{ channel: 'whatsapp' }] }] }),
        ],
      }),
    );
    const file = fileOf(
      told.account(anAccount({ contacts: [contact] })),
      told.invoice(anInvoice({ id: 'OLD' })),
      told.invoice(anInvoice({ id: 'NEW', due: '2026-03-07' })),
    );
    const acts = actsIn(walk(engine, file, '2026-02-20', 17));
    expect(acts.map((act) => [act.on, act.message, act.channel, act.covers.length])).toEqual([
      ['2026-03-02', 'soft', 'email', 1],
      ['2026-03-08', 'hard', 'whatsapp', 2],
    ]);
  });

  it('list what acts, or all that is overdue under the same policy; listing gives no level and asks for nothing', () => {
    const file = owing(
      anInvoice({ id: 'A', due: '2026-03-01' }),
      anInvoice({ id: 'B', due: '2026-03-03' }),
      anInvoice({ id: 'NOT', due: '2026-02-27', policy: null }),
      anInvoice({ id: 'OTHER', due: '2026-02-28', policy: 'other' }),
      anInvoice({ id: 'SOON', due: '2026-03-20' }),
    );
    const engine = engineOf([
      aLadder(['1d', '7d'], { message: { list: 'overdue' } }),
      aLadder(['60d'], { id: 'other' }),
    ]);
    const [act] = actsIn(walk(engine, file, '2026-02-20', 17)).slice(-1);
    expect(act?.on).toBe('2026-03-08');
    expect(act?.items.map((item) => [item.item, item.acting])).toEqual([
      ['A', true],
      ['B', false],
    ]);
    expect(act?.covers).toHaveLength(1);
    expect(act?.totals).toEqual([{ minor: 10_000, currency: 'MXN' }]);
  });

  it('list nothing overdue beside what is coming, and of one invoice only that invoice', () => {
    const file = owing(anInvoice({ id: 'LATE' }), anInvoice({ id: 'SOON', due: '2026-03-15' }));
    const byAccount = engineOf(aLadder(['-7d', '60d'], { message: { list: 'overdue' } }));
    const items = actsIn(walk(byAccount, file, '2026-02-25', 12)).map((act) =>
      act.items.map((item) => item.item),
    );
    expect(items).toEqual([['LATE'], ['SOON']]);
    const other = owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B', due: '2026-02-20' }));
    const byInvoice = engineOf(
      aLadder(['1d'], { message: { by: 'invoice', list: 'overdue' } }),
      aPlan({}, free),
    );
    expect(
      actsIn(walk(byInvoice, other, '2026-02-19', 20)).map((act) => act.items.map((item) => item.item)),
    ).toEqual([['B'], ['A']]);
  });
});

describe('instalments', () => {
  it('climb on their own tracks; money goes to the earliest', () => {
    const walked = walk(engineOf(aLadder(['1d', '10d'])), owing(inTwoParts()), '2026-02-20', 60, {
      facts: { '2026-03-05': [told.payment(aPayment({ amount: 6_000, to: 'F1', date: '2026-03-05' }))] },
    });
    expect(story(walked)).toEqual([
      '2026-02-20 open F1~1',
      '2026-02-20 open F1~2',
      '2026-03-02 send s1d F1~1',
      '2026-03-05 close F1~1 (paid)',
      '2026-04-02 send s1d F1~2',
      '2026-04-11 send s10d F1~2',
      '2026-04-12 exhaust F1~2',
    ]);
    expect(actsIn(walked).map((act) => act.totals[0]?.minor)).toEqual([5_000, 4_000, 4_000]);
  });

  it('that replace a whole invoice, or one another, end the cases they replace', () => {
    const walked = walk(engineOf(aLadder(['1d', '10d'])), owing(anInvoice()), '2026-02-27', 10, {
      facts: {
        '2026-03-03': [told.invoice(inTwoParts())],
        '2026-03-05': [
          told.invoice(
            inTwoParts({
              instalments: [
                { id: '1', due: '2026-03-01', amount: 4_000 },
                { id: '3', due: '2026-05-01', amount: 6_000 },
              ],
            }),
          ),
        ],
      },
    });
    expect(story(walked)).toEqual([
      '2026-02-27 open F1',
      '2026-03-02 send s1d F1',
      '2026-03-03 close F1 (replaced)',
      '2026-03-03 open F1~1',
      '2026-03-03 open F1~2',
      '2026-03-03 send s1d F1~1',
      '2026-03-05 close F1~2 (replaced)',
      '2026-03-05 open F1~3',
    ]);
  });
});
