import { describe, expect, it } from 'vitest';
import { anAccount, aPayment, aStage, told } from '../support/build.js';
import { linesIn, marked, type Row, stands } from '../support/standing.js';

/** Stages that are over, under way, or held by the level: where they stand, and every way to make them act. */

describe('a stage that is over', () => {
  it.each<Row>([
    [
      'passed by one that was done',
      '2026-03-05',
      { marks: [marked('s3d')] },
      `
        item open: date not_yet [date 2026-03-10 03-10T06:00]
        s1d passed: order passed {} [ask s1d]
        s3d done
        s9d later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
    [
      'passed, and with nothing to do',
      '2026-03-05',
      {
        marks: [marked('b')],
        policy: { stages: [aStage('a', '1d', { do: [] }), aStage('b', '2d'), aStage('c', '9d')] },
      },
      `
        item open: date not_yet [date 2026-03-10 03-10T06:00]
        a passed: order passed {} []
        b done
        c later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
    [
      'skipped without a reason',
      '2026-03-05',
      { marks: [marked('s1d', { state: 'skipped' })] },
      `
        item open: acts
        s1d skipped: order passed {"on":"2026-03-02"} [ask s1d]
        s3d due: acts
        s9d later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
    [
      'failed, and left behind',
      '2026-03-05',
      { marks: [marked('s1d', { state: 'failed' }), marked('s3d')] },
      `
        item open: date not_yet [date 2026-03-10 03-10T06:00]
        s1d failed: order passed {"stage":"s9d"} [ask s1d]
        s3d done
        s9d later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
    [
      'taken back, and left behind',
      '2026-03-05',
      { marks: [marked('s1d', { state: 'withdrawn', reason: 'x' }), marked('s3d')] },
      `
        item open: date not_yet [date 2026-03-10 03-10T06:00]
        s1d withdrawn: order passed {"stage":"s9d"} [ask s1d]
        s3d done
        s9d later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
    [
      'expired',
      '2026-03-08',
      { policy: { stages: [aStage('a', '1d', { expires: '1d' }), aStage('b', '9d')] } },
      `
        item open: date not_yet [date 2026-03-10 03-10T06:00]
        a expired: date expired [ask a]
        b later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
    [
      'missed, where a stage lives for its day, and barred by a cap besides',
      '2026-03-08',
      { policy: { late: 'drop' }, facts: [told.account(anAccount({ cap: 1 }))] },
      `
        item open: date not_yet [date 2026-03-10 03-10T06:00]
        s1d missed: date missed [ask s1d]
        s3d missed: date missed [ask s3d + cap account robles 1 2]
        s9d later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
    [
      'skipped on an item that is paid',
      '2026-03-05',
      {
        marks: [marked('s1d', { state: 'skipped', reason: 'by_hand' }), marked('s3d', { state: 'skipped' })],
        own: { state: 'closed', closed: { reason: 'paid', on: '2026-03-03' } },
        facts: [told.payment(aPayment({ to: 'F1' }))],
      },
      `
        item closed: owed paid [amount outstanding MXN 1]
        s1d skipped: order by_hand {"on":"2026-03-02"} []
        s3d skipped: order passed {"on":"2026-03-02"} []
        s9d later: owed paid [amount outstanding MXN 1]
      `,
    ],
  ])('%s', (_, day, situation, lines) => {
    expect(stands(day, situation)).toEqual(linesIn(lines));
  });
});

describe('a ladder that came to its end', () => {
  it.each<Row>([
    [
      'with the last stage, as of today',
      '2026-03-16',
      { marks: [marked('s1d', { state: 'failed' }), marked('s3d'), marked('s9d', { on: '2026-03-10' })] },
      `
        item open: order exhausted {} [ask s9d]
        s1d failed: order exhausted {} [ask s1d]
        s3d done
        s9d done
      `,
    ],
    [
      'before its last stage',
      '2026-03-05',
      {
        marks: [marked('s1d')],
        own: { state: 'exhausted', closed: { reason: 'life_over', on: '2026-03-04' } },
      },
      `
        item exhausted: order exhausted {} [ask s9d]
        s1d done
        s3d due: order exhausted {} [ask s3d]
        s9d later: order exhausted {} [ask s9d]
      `,
    ],
  ])('%s', (_, day, situation, lines) => {
    expect(stands(day, situation)).toEqual(linesIn(lines));
  });
});

describe('what is under way', () => {
  it.each<Row>([
    [
      'holds all stages, each act once, and names no mark without an act',
      '2026-03-04',
      {
        marks: [
          marked('s1d', { act: 'm0' }),
          marked('s1d/send.1', { state: 'planned', act: 'm1' }),
          marked('s1d/task.0', { state: 'planned', act: 'm1' }),
          marked('s3d', { state: 'unknown', act: 'm2' }),
          marked('s9d', { state: 'planned' }),
        ],
      },
      `
        item open: not_under_way act_pending [act m1 planned s1d + act m2 unknown s3d]
        s1d done: not_under_way act_pending [act m1 planned s1d + act m2 unknown s3d]
        s3d unknown: not_under_way act_pending [act m1 planned s1d + act m2 unknown s3d]
        s9d planned: not_under_way act_pending [act m1 planned s1d + act m2 unknown s3d]
      `,
    ],
    [
      'holds its own stage only, where the ladder passes what is not known',
      '2026-03-04',
      {
        marks: [
          marked('s1d', { state: 'unknown', act: 'm1' }),
          marked('s1d/task.0', { state: 'unknown', act: 'm2' }),
          marked('on:paid', { state: 'unknown', act: 'm3' }),
        ],
        policy: { unknown: 'act' },
      },
      `
        item open: acts
        s1d unknown: not_under_way act_unknown [act m1 unknown s1d + act m2 unknown s1d]
        s3d due: acts
        s9d later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
    [
      'holds nothing else either while the ladder waits',
      '2026-03-03',
      { marks: [marked('s1d', { state: 'unknown', act: 'm1' })], policy: { unknown: 'act' } },
      `
        item open: date not_yet [date 2026-03-04 03-04T06:00]
        s1d unknown: not_under_way act_unknown [act m1 unknown s1d]
        s3d later: date not_yet [date 2026-03-04 03-04T06:00]
        s9d later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
    [
      'holds its own stage only, where the level follows the state',
      '2026-03-05',
      { marks: [marked('s1d', { state: 'planned', act: 'm1' })], policy: { level: 'state' } },
      `
        item open: acts
        s1d planned: not_under_way act_pending [act m1 planned s1d]
        s3d due: acts
        s9d later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
  ])('%s', (_, day, situation, lines) => {
    expect(stands(day, situation)).toEqual(linesIn(lines));
  });
});

describe('a level that follows the state', () => {
  it.each<Row>([
    [
      'is none before the first stage',
      '2026-03-01',
      { policy: { level: 'state' } },
      `
        item open: condition no_level [date 2026-03-02 03-02T06:00 | date 2026-03-04 03-04T06:00 | date 2026-03-10 03-10T06:00]
        s1d later: date not_yet [date 2026-03-02 03-02T06:00]
        s3d later: date not_yet [date 2026-03-04 03-04T06:00]
        s9d later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
    [
      'holds once its stage acted',
      '2026-03-05',
      { marks: [marked('s3d', { on: '2026-03-04' })], policy: { level: 'state' } },
      `
        item open: order level_holds {} [ask s3d]
        s1d superseded: order superseded {"stage":"s3d"} [ask s1d]
        s3d done
        s9d later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
    [
      'is the severest, also where each stage has its turn',
      '2026-03-05',
      { policy: { level: 'state', late: 'each' } },
      `
        item open: acts
        s1d superseded: order superseded {"stage":"s3d"} [ask s1d]
        s3d due: acts
        s9d later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
    [
      'is that below a cap',
      '2026-03-11',
      { policy: { level: 'state' }, facts: [told.account(anAccount({ cap: 1 }))] },
      `
        item open: acts
        s1d due: acts
        s3d level_cap: condition level_cap [cap account robles 1 2]
        s9d level_cap: condition level_cap [cap account robles 1 3]
      `,
    ],
  ])('%s', (_, day, situation, lines) => {
    expect(stands(day, situation)).toEqual(linesIn(lines));
  });
});
