import { describe, expect, it } from 'vitest';
import { compile, type Engine } from '../../src/engine/index.js';
import { presets } from '../../src/policy/presets/index.js';
import type { Documents } from '../../src/policy/types.js';
import { aLadder, anInvoice, aPlan, aStage, engineOf, free, owing, zone } from '../support/build.js';
import { sent, story, walk } from '../support/walk.js';

/** A preset without its contact hours, so that only its days speak. */
function daysOf({ plan, policies }: Documents): Engine {
  return compile({ plan: { ...plan, contact: { ...plan.contact, windows: [] } }, policies });
}

describe('cadences', () => {
  it('+1, +3, +7, +14: four reminders, then exhausted', () => {
    const engine = engineOf(aLadder(['1d', '3d', '7d', '14d']), aPlan({}, { caps: undefined }));
    expect(story(walk(engine, owing(anInvoice()), '2026-02-20', 60))).toEqual([
      '2026-02-20 open F1',
      '2026-03-02 send s1d F1',
      '2026-03-04 send s3d F1',
      '2026-03-08 send s7d F1',
      '2026-03-15 send s14d F1',
      '2026-03-16 exhaust F1',
    ]);
  });

  it('exporter', () => {
    const walked = walk(daysOf(presets.exporter({ zone })), owing(anInvoice()), '2026-02-20', 60);
    expect(story(walked)).toEqual([
      '2026-02-20 open F1',
      '2026-03-02 send reminder F1',
      '2026-03-04 send follow-up F1',
      '2026-03-08 send firm F1',
      '2026-03-15 send collection-notice F1',
      '2026-03-18 task call F1',
      '2026-03-19 exhaust F1',
    ]);
  });

  it('preventive, with a month that is shorter than its day', () => {
    const invoice = anInvoice({ issued: '2026-01-01', due: '2026-01-31' });
    const walked = walk(daysOf(presets.preventive({ zone })), owing(invoice), '2026-01-02', 75);
    expect(sent(walked)).toEqual([
      '2026-01-24 upcoming F1',
      '2026-01-31 due-today F1',
      '2026-02-07 reminder F1',
      '2026-02-14 firm F1',
      '2026-02-28 collection-notice F1',
    ]);
  });

  it('a month after 31 January is 29 February in a leap year', () => {
    const engine = engineOf(aLadder(['1mo']));
    const invoice = anInvoice({ issued: '2028-01-01', due: '2028-01-31' });
    expect(sent(walk(engine, owing(invoice), '2028-01-25', 60))).toEqual(['2028-02-29 s1mo F1']);
  });

  it('balanced', () => {
    const walked = walk(daysOf(presets.balanced({ zone })), owing(anInvoice()), '2026-02-10', 60);
    expect(sent(walked)).toEqual([
      '2026-02-22 upcoming F1',
      '2026-03-01 due-today F1',
      '2026-03-04 reminder F1',
      '2026-03-11 firm F1',
      '2026-03-22 collection-notice F1',
    ]);
  });

  it('−7, 0, +3 act on those days and no other, as often as asked', () => {
    const engine = engineOf(aLadder(['-7d', '0d', '3d']));
    const file = owing(anInvoice({ due: '2026-03-10' }));
    const walked = walk(engine, file, '2026-02-01', 60, { again: [11, 17] });
    expect(sent(walked)).toEqual(['2026-03-03 s-7d F1', '2026-03-10 s0d F1', '2026-03-13 s3d F1']);
  });

  it('weeks', () => {
    const walked = walk(engineOf(aLadder(['-1w', '2w'])), owing(anInvoice()), '2026-02-10', 60);
    expect(sent(walked)).toEqual(['2026-02-22 s-1w F1', '2026-03-15 s2w F1']);
  });
});

describe('business days', () => {
  // Friday 6 March 2026; Monday 16 March is a holiday.
  const plan = aPlan({ calendar: { holidays: ['2026-03-16'] } }, { ...free, closedOnHolidays: false });
  const file = owing(anInvoice({ due: '2026-03-06' }));

  it('are counted forward and back over weekends and holidays', () => {
    const engine = engineOf(aLadder(['-5bd', '-1bd', '1bd', '6bd']), plan);
    expect(sent(walk(engine, file, '2026-02-20', 40))).toEqual([
      '2026-02-27 s-5bd F1',
      '2026-03-05 s-1bd F1',
      '2026-03-09 s1bd F1',
      '2026-03-17 s6bd F1',
    ]);
  });

  it('are what a stage may be moved to: next, previous, or left as it is', () => {
    const on = (businessDay: 'next' | 'previous' | 'as-is'): readonly string[] => {
      const stage = (plus: string) => aStage(plus, plus, { at: { from: 'due', plus, businessDay } });
      const engine = engineOf(aLadder([], { stages: [stage('1d'), stage('10d')] }), plan);
      return sent(walk(engine, file, '2026-03-01', 30));
    };
    expect(on('as-is')).toEqual(['2026-03-07 1d F1', '2026-03-16 10d F1']);
    expect(on('next')).toEqual(['2026-03-09 1d F1', '2026-03-17 10d F1']);
    // The Friday before "a day after" is the due date itself.
    expect(on('previous')).toEqual(['2026-03-06 1d F1', '2026-03-13 10d F1']);
  });

  it('may have another weekend', () => {
    const friday = aPlan({ calendar: { weekend: ['fri', 'sat'] } }, free);
    const engine = engineOf(aLadder(['1bd']), friday);
    expect(sent(walk(engine, owing(anInvoice({ due: '2026-03-05' })), '2026-03-01', 30))).toEqual([
      '2026-03-08 s1bd F1',
    ]);
  });
});

describe('what a stage counts from', () => {
  it('the issue date, the opening, the stage before', () => {
    const engine = engineOf(
      aLadder([], {
        stages: [
          aStage('issued', '0d', { at: { from: 'issue' } }),
          aStage('opened', '0d', { at: { from: 'opened', plus: '2d' } }),
          aStage('due', '1d'),
          aStage('after', '0d', { at: { from: 'previous', plus: '4d' } }),
          aStage('later', '0d', { at: { from: 'previous', plus: '2bd', businessDay: 'next' } }),
        ],
      }),
    );
    const file = owing(anInvoice({ issued: '2026-02-18' }));
    expect(story(walk(engine, file, '2026-02-18', 60))).toEqual([
      '2026-02-18 open F1',
      '2026-02-18 send issued F1',
      '2026-02-20 send opened F1',
      '2026-03-02 send due F1',
      '2026-03-06 send after F1',
      '2026-03-10 send later F1',
      '2026-03-11 exhaust F1',
    ]);
  });

  it('a date that the item lacks leaves that stage out; the others stand', () => {
    const engine = engineOf(
      aLadder([], {
        stages: [aStage('due', '1d'), aStage('issue', '0d', { at: { from: 'issue', plus: '40d' } })],
      }),
    );
    const walked = walk(engine, owing(anInvoice({ due: undefined })), '2026-03-01', 40);
    expect(sent(walked)).toEqual(['2026-03-11 issue F1']);
    expect(walked.days.at(-1)?.settled[0]?.last.waiting).toMatchObject([
      { item: 'F1', reason: 'no_date', stage: 'due' },
    ]);
  });

  it('the order of stages is that of their dates; ties go to the later in the document', () => {
    const engine = engineOf(
      aLadder([], { stages: [aStage('b', '9d'), aStage('a', '2d'), aStage('a2', '2d'), aStage('c', '10d')] }),
    );
    expect(story(walk(engine, owing(anInvoice()), '2026-02-20', 60))).toEqual([
      '2026-02-20 open F1',
      '2026-03-03 skip a F1 (superseded)',
      '2026-03-03 send a2 F1',
      '2026-03-10 send b F1',
      '2026-03-11 send c F1',
      '2026-03-12 exhaust F1',
    ]);
  });
});
