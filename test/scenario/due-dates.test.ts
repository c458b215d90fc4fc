import { describe, expect, it } from 'vitest';
import {
  aHold,
  aLadder,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
  engineOf,
  free,
  owing,
  told,
} from '../support/build.js';
import { sent, story, walk } from '../support/walk.js';

const policy = aLadder(['-7d', '1d', '3d', '7d']);
const engine = engineOf(policy, aPlan({}, free));

describe('a due date that is moved', () => {
  it('takes the stages that are left with it', () => {
    const walked = walk(engine, owing(anInvoice()), '2026-02-20', 50, {
      facts: { '2026-03-03': [told.invoice(anInvoice({ due: '2026-03-20' }))] },
    });
    expect(sent(walked)).toEqual([
      '2026-02-22 s-7d F1',
      '2026-03-02 s1d F1',
      '2026-03-23 s3d F1',
      '2026-03-27 s7d F1',
    ]);
  });

  it('after a pause counts from the new date, not from the date plus the pause', () => {
    const walked = walk(engine, owing(anInvoice()), '2026-02-20', 70, {
      facts: {
        '2026-03-03': [told.hold(aHold({ from: '2026-03-03', until: '2026-03-15' }))],
        '2026-03-18': [told.invoice(anInvoice({ due: '2026-04-10' }))],
      },
    });
    expect(sent(walked)).toEqual([
      '2026-02-22 s-7d F1',
      '2026-03-02 s1d F1',
      '2026-03-17 s3d F1',
      '2026-04-17 s7d F1',
    ]);
  });

  it('by less than the pause keeps the days that the pause gave', () => {
    const walked = walk(engine, owing(anInvoice()), '2026-02-20', 70, {
      facts: {
        '2026-03-03': [told.hold(aHold({ from: '2026-03-03', until: '2026-03-15' }))],
        '2026-03-18': [told.invoice(anInvoice({ due: '2026-03-04' }))],
      },
    });
    expect(sent(walked).slice(2)).toEqual(['2026-03-17 s3d F1', '2026-03-21 s7d F1']);
  });

  it('that was wrong at entry gives the invoice its ladder back, early stages included', () => {
    const walked = walk(engine, owing(anInvoice({ due: '2026-01-10' })), '2026-02-20', 60, {
      facts: {
        '2026-02-20': [told.hold(aHold({ from: '2026-02-01', until: '2026-02-22' }))],
        '2026-02-22': [told.invoice(anInvoice({ due: '2026-03-10' }))],
      },
    });
    expect(sent(walked)).toEqual([
      '2026-03-03 s-7d F1',
      '2026-03-11 s1d F1',
      '2026-03-13 s3d F1',
      '2026-03-17 s7d F1',
    ]);
  });

  it('into the future keeps the last stage from repeating before its new day', () => {
    const repeating = engineOf(aLadder(['1d'], { last: { repeat: '4d', times: 2 } }), aPlan({}, free));
    const walked = walk(repeating, owing(anInvoice()), '2026-03-01', 40, {
      facts: { '2026-03-04': [told.invoice(anInvoice({ due: '2026-03-20' }))] },
    });
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-21 s1d F1', '2026-03-25 s1d F1']);
  });

  it('into the future raises the task of a stage that was passed over', () => {
    const tasks = engineOf(aLadder([], { stages: [aStage('call', '0d', { do: [{ task: 'call' }] })] }));
    const walked = walk(tasks, owing(anInvoice({ due: '2026-02-10' })), '2026-03-01', 15, {
      facts: { '2026-03-03': [told.invoice(anInvoice({ due: '2026-03-10' }))] },
    });
    expect(story(walked)).toEqual([
      '2026-03-01 open F1',
      '2026-03-01 skip call F1 (entry)',
      '2026-03-02 exhaust F1',
      '2026-03-10 task call F1',
    ]);
  });

  it('of a debt that comes back lets a stage act that was passed over, never sent', () => {
    const walked = walk(
      engineOf(aLadder(['-3d', '9d']), aPlan({}, free)),
      owing(anInvoice()),
      '2026-02-25',
      30,
      {
        down: ['2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01'],
        facts: {
          '2026-03-03': [told.payment(aPayment({ to: 'F1' }))],
          '2026-03-05': [
            told.payment(aPayment({ to: 'F1', state: 'reversed' })),
            told.invoice(anInvoice({ due: '2026-03-20' })),
          ],
        },
      },
    );
    expect(story(walked)).toEqual([
      '2026-02-25 open F1',
      '2026-03-02 skip s-3d F1 (expired)',
      '2026-03-03 close F1 (paid)',
      '2026-03-05 open F1#2',
      '2026-03-17 send s-3d F1',
    ]);
  });

  it('back into the future after a late stage does not bring a milder one', () => {
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 60, {
      facts: { '2026-03-05': [told.invoice(anInvoice({ due: '2026-03-20' }))] },
    });
    expect(sent(walked)).toEqual([
      '2026-03-01 s-7d F1',
      '2026-03-02 s1d F1',
      '2026-03-04 s3d F1',
      '2026-03-27 s7d F1',
    ]);
  });
});

describe('day 0', () => {
  it('is due today, not overdue: stages after due begin the day after', () => {
    const walked = walk(engineOf(aLadder(['1d'])), owing(anInvoice()), '2026-03-01', 2);
    expect(story(walked)).toEqual(['2026-03-01 open F1', '2026-03-02 send s1d F1']);
  });

  it('begins with the local day of the books, not of the process', () => {
    const at = (hour: number): readonly string[] =>
      sent(walk(engineOf(aLadder(['1d'])), owing(anInvoice()), '2026-03-02', 1, { hour }));
    expect(at(0)).toEqual(['2026-03-02 s1d F1']);
  });
});
