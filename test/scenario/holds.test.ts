import { describe, expect, it } from 'vitest';
import type { FileEvent } from '../../src/engine/index.js';
import { decide } from '../../src/engine/index.js';
import type { Hold } from '../../src/ledger/types.js';
import type { Policy } from '../../src/policy/types.js';
import {
  aDispute,
  aHold,
  aLadder,
  anInvoice,
  aStage,
  engineOf,
  instant,
  owing,
  told,
} from '../support/build.js';
import { sent, story, walk } from '../support/walk.js';

const four = ['1d', '3d', '7d', '14d'];

/** What happens from 1 March 2026 on, with holds told on that day. */
function held(holds: readonly Partial<Hold>[], policy: Policy = aLadder(four)): readonly string[] {
  const facts = holds.map((hold, index) => told.hold(aHold({ id: `H${index}`, ...hold })));
  const walked = walk(engineOf(policy), owing(anInvoice()), '2026-03-01', 45, {
    facts: { '2026-03-01': facts },
  });
  return story(walked).slice(1);
}

describe('a timed hold', () => {
  it('freezes the ladder; the next stage comes after the restart gap, the others at their distances', () => {
    expect(held([{ from: '2026-03-05', until: '2026-03-09' }])).toEqual([
      '2026-03-02 send s1d F1',
      '2026-03-04 send s3d F1',
      '2026-03-05 pause F1 (hold)',
      '2026-03-10 resume F1',
      '2026-03-11 send s7d F1',
      '2026-03-18 send s14d F1',
      '2026-03-19 exhaust F1',
    ]);
  });

  it('restarts at once, or after more days, if the policy says so', () => {
    const after = (restart: string): readonly string[] =>
      held([{ from: '2026-03-05', until: '2026-03-09' }], aLadder(four, { restart }))
        .filter((line) => line.includes('send'))
        .slice(2);
    expect(after('0d')).toEqual(['2026-03-10 send s7d F1', '2026-03-17 send s14d F1']);
    expect(after('3d')).toEqual(['2026-03-13 send s7d F1', '2026-03-20 send s14d F1']);
  });

  it('that ends well before the next stage moves nothing', () => {
    expect(held([{ from: '2026-03-09', until: '2026-03-11' }]).slice(-2)).toEqual([
      '2026-03-15 send s14d F1',
      '2026-03-16 exhaust F1',
    ]);
  });

  it('that ends the day before the next stage moves it by the restart gap', () => {
    expect(held([{ from: '2026-03-05', until: '2026-03-07' }]).slice(2)).toEqual([
      '2026-03-05 pause F1 (hold)',
      '2026-03-08 resume F1',
      '2026-03-09 send s7d F1',
      '2026-03-16 send s14d F1',
      '2026-03-17 exhaust F1',
    ]);
  });

  it('that begins on the day of a stage holds that stage', () => {
    expect(held([{ from: '2026-03-02', until: '2026-03-02' }]).slice(0, 3)).toEqual([
      '2026-03-02 pause F1 (hold)',
      '2026-03-03 resume F1',
      '2026-03-04 send s1d F1',
    ]);
  });

  it('followed by another is one pause', () => {
    const lines = held([
      { from: '2026-03-05', until: '2026-03-07' },
      { from: '2026-03-08', until: '2026-03-12' },
    ]);
    expect(lines.slice(2, 5)).toEqual([
      '2026-03-05 pause F1 (hold)',
      '2026-03-13 resume F1',
      '2026-03-14 send s7d F1',
    ]);
  });

  it('twice moves the ladder twice', () => {
    const lines = held([
      { from: '2026-03-03', until: '2026-03-05' },
      { from: '2026-03-11', until: '2026-03-15' },
    ]);
    expect(lines.filter((line) => line.includes('send'))).toEqual([
      '2026-03-02 send s1d F1',
      '2026-03-07 send s3d F1',
      '2026-03-17 send s7d F1',
      '2026-03-24 send s14d F1',
    ]);
  });

  it('is in force when an old item enters: its first stage waits, then the distances are kept', () => {
    const walked = walk(engineOf(aLadder(four)), owing(anInvoice({ due: '2026-01-15' })), '2026-03-01', 40, {
      facts: { '2026-03-01': [told.hold(aHold({ from: '2026-02-01', until: '2026-03-04' }))] },
    });
    expect(sent(walked)).toEqual([
      '2026-03-06 s1d F1',
      '2026-03-08 s3d F1',
      '2026-03-12 s7d F1',
      '2026-03-19 s14d F1',
    ]);
  });
});

describe('a hold without an end', () => {
  it('lasts until it is released; the ladder resumes that day', () => {
    const engine = engineOf(aLadder(four));
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 40, {
      facts: {
        '2026-03-01': [told.hold(aHold())],
        '2026-03-20': [told.hold(aHold({ released: true }))],
      },
    });
    expect(story(walked).slice(3)).toEqual([
      '2026-03-05 pause F1 (hold)',
      '2026-03-20 resume F1',
      '2026-03-21 send s7d F1',
      '2026-03-28 send s14d F1',
      '2026-03-29 exhaust F1',
    ]);
  });

  it('wakes nobody up', () => {
    const file = owing(anInvoice());
    const walked = walk(engineOf(aLadder(four)), file, '2026-03-01', 10, {
      facts: { '2026-03-01': [told.hold(aHold({ from: '2026-03-01' }))] },
    });
    expect(walked.days.at(-1)?.settled[0]?.next).toBeUndefined();
  });
});

it('a hold on one invoice leaves the others alone', () => {
  const file = owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B' }));
  const walked = walk(engineOf(aLadder(['1d', '3d'])), file, '2026-03-01', 14, {
    facts: { '2026-03-01': [told.hold(aHold({ invoice: 'A', from: '2026-03-03', until: '2026-03-06' }))] },
  });
  expect(sent(walked)).toEqual(['2026-03-02 s1d A+B', '2026-03-04 s3d B', '2026-03-08 s3d A']);
});

describe('a hold before the due date', () => {
  const policy = aLadder(['-7d', '-3d', '0d', '7d']);
  const during = (from: string, until: string): readonly string[] => {
    const walked = walk(engineOf(policy), owing(anInvoice()), '2026-02-18', 40, {
      facts: { '2026-02-18': [told.hold(aHold({ from, until }))] },
    });
    return story(walked).slice(1);
  };

  it('moves the stage that it met, and no other: they belong to the due date', () => {
    expect(during('2026-02-20', '2026-02-23')).toEqual([
      '2026-02-20 pause F1 (hold)',
      '2026-02-24 resume F1',
      '2026-02-25 send s-7d F1',
      '2026-02-26 send s-3d F1',
      '2026-03-01 send s0d F1',
      '2026-03-08 send s7d F1',
      '2026-03-09 exhaust F1',
    ]);
  });

  it('that swallows the due date leaves what was meant for before it behind', () => {
    expect(during('2026-02-20', '2026-03-03')).toEqual([
      '2026-02-20 pause F1 (hold)',
      '2026-03-04 resume F1',
      '2026-03-04 skip s-7d F1 (expired)',
      '2026-03-04 skip s-3d F1 (expired)',
      '2026-03-05 send s0d F1',
      '2026-03-08 send s7d F1',
      '2026-03-09 exhaust F1',
    ]);
  });
});

describe('when to look again', () => {
  const at = (day: string): number => instant(`${day}T10:00:00-06:00`);
  const next = (facts: readonly FileEvent[], day = '2026-03-01'): number | undefined => {
    const engine = engineOf(aLadder(['1d', '14d']));
    return walk(engine, owing(anInvoice()), '2026-02-25', 1, { facts: { '2026-02-25': facts } }).file ===
      undefined
      ? undefined
      : decide(engine, walk(engine, owing(anInvoice()), day, 1, { facts: { [day]: facts } }).file, at(day))
          .next;
  };

  it('is when a hold that was told for later begins', () => {
    expect(next([told.hold(aHold({ from: '2026-03-05', until: '2026-03-07' }))], '2026-03-03')).toBe(
      instant('2026-03-05T00:00:00-06:00'),
    );
  });

  it('is when a hold ends', () => {
    expect(next([told.hold(aHold({ from: '2026-03-01', until: '2026-03-07' }))])).toBe(
      instant('2026-03-08T00:00:00-06:00'),
    );
  });
});

describe('pauses and other bases', () => {
  it('a repeat waits out the pause and its restart gap', () => {
    const policy = aLadder(['1d'], { last: { repeat: '5d', times: 2 } });
    expect(held([{ from: '2026-03-05', until: '2026-03-10' }], policy)).toEqual([
      '2026-03-02 send s1d F1',
      '2026-03-05 pause F1 (hold)',
      '2026-03-11 resume F1',
      '2026-03-12 send s1d F1',
      '2026-03-17 send s1d F1',
      '2026-03-22 exhaust F1',
    ]);
  });

  it('so does a stage that counts from the one before', () => {
    const policy = aLadder([], {
      stages: [
        aStage('a', '1d'),
        aStage('b', '0d', { at: { from: 'previous', plus: '4d' } }),
        aStage('c', '10d'),
      ],
    });
    expect(
      held([{ from: '2026-03-05', until: '2026-03-10' }], policy).filter((line) => line.includes('send')),
    ).toEqual(['2026-03-02 send a F1', '2026-03-12 send b F1', '2026-03-17 send c F1']);
  });

  it('stages of business days, and those that are moved to one, stay on them', () => {
    const moved = (plus: string) =>
      aStage(`m${plus}`, plus, { at: { from: 'due', plus, businessDay: 'next' } });
    const policy = aLadder([], {
      stages: [aStage('a', '1bd'), moved('6d'), aStage('b', '8bd'), moved('20d')],
    });
    // The first would have come on Monday 2 March; the pause moves the ladder by six days.
    expect(
      held([{ from: '2026-03-02', until: '2026-03-06' }], policy).filter((line) => line.includes('send')),
    ).toEqual([
      '2026-03-09 send a F1',
      '2026-03-13 send m6d F1',
      '2026-03-17 send b F1',
      '2026-03-27 send m20d F1',
    ]);
  });

  it('a dispute over everything pauses until it is decided', () => {
    const walked = walk(engineOf(aLadder(four)), owing(anInvoice()), '2026-03-01', 30, {
      facts: {
        '2026-03-03': [told.dispute(aDispute())],
        '2026-03-10': [told.dispute(aDispute({ state: 'rejected' }))],
      },
    });
    expect(story(walked).slice(2, 6)).toEqual([
      '2026-03-03 pause F1 (dispute)',
      '2026-03-10 resume F1',
      '2026-03-11 send s3d F1',
      '2026-03-15 send s7d F1',
    ]);
  });
});
