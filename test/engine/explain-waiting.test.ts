import { describe, expect, it } from 'vitest';
import { anAccount, anInvoice, aStage, owing, told } from '../support/build.js';
import { acted, following, linesIn, marked, type Row, stands } from '../support/standing.js';

/** Stages that wait for a day that is known or not, or for a run: where they stand, and every way to make them act. */

describe('a stage whose day is not known', () => {
  it.each<Row>([
    [
      'misses the due date',
      '2026-03-08',
      { file: owing(anInvoice({ due: undefined })) },
      `
        item open: date no_date [invoice due]
        s1d no_date: date no_date [invoice due]
        s3d no_date: date no_date [invoice due]
        s9d no_date: date no_date [invoice due]
      `,
    ],
    [
      'counts from one that misses it',
      '2026-03-08',
      {
        file: owing(anInvoice({ due: undefined })),
        policy: following({ from: 'previous', plus: '5d' }, '1d'),
      },
      `
        item open: date no_date [invoice due]
        a no_date: date no_date [invoice due]
        b later: order after_previous {"stage":"a"} [stage a done]
      `,
    ],
    [
      'counts from a proposal and from the due date',
      '2026-03-01',
      {
        policy: following({
          all: [
            { from: 'previous', of: 'proposed', plus: '5d' },
            { from: 'due', plus: '20d' },
          ],
        }),
      },
      `
        item open: date not_yet [date 2026-03-06 03-06T06:00]
        a later: date not_yet [date 2026-03-06 03-06T06:00]
        b later: order after_previous {"stage":"a"} [stage a proposed]
      `,
    ],
    [
      'counts from a proposal and from what was done',
      '2026-03-01',
      {
        policy: following({
          all: [
            { from: 'previous', of: 'proposed', plus: '5d' },
            { from: 'previous', plus: '2d' },
          ],
        }),
      },
      `
        item open: date not_yet [date 2026-03-06 03-06T06:00]
        a later: date not_yet [date 2026-03-06 03-06T06:00]
        b later: order after_previous {"stage":"a"} [stage a done]
      `,
    ],
    [
      'counts from a delivery and from a proposal',
      '2026-03-01',
      {
        policy: following({
          all: [
            { from: 'previous', of: 'delivered', plus: '5d' },
            { from: 'previous', of: 'proposed', plus: '2d' },
          ],
        }),
      },
      `
        item open: date not_yet [date 2026-03-06 03-06T06:00]
        a later: date not_yet [date 2026-03-06 03-06T06:00]
        b later: order after_previous {"stage":"a"} [stage a delivered]
      `,
    ],
    [
      'counts from the earlier of two days, of which one is known',
      '2026-03-01',
      {
        policy: following({
          any: [
            { from: 'previous', plus: '5d' },
            { from: 'due', plus: '20d' },
          ],
        }),
      },
      `
        item open: date not_yet [date 2026-03-06 03-06T06:00]
        a later: date not_yet [date 2026-03-06 03-06T06:00]
        b later: date not_yet [date 2026-03-21 03-21T06:00]
      `,
    ],
    [
      'counts from one that expires today',
      '2026-03-05',
      {
        policy: {
          stages: [
            aStage('a', '1d', { expires: '0d' }),
            aStage('b', '1d', { at: { from: 'previous', plus: '5d' } }),
          ],
        },
      },
      `
        item open: date not_yet [date 2026-03-10 03-10T06:00]
        a expired: date expired [ask a]
        b later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
    [
      'counts from one that is over only if another acts, whom nobody can be told of',
      '2026-03-05',
      {
        facts: [told.account(anAccount({ contacts: [] }))],
        policy: {
          stages: [
            aStage('c', '3d'),
            aStage('a', '1d', { expires: '0d' }),
            aStage('b', '1d', { at: { from: 'previous', plus: '5d' } }),
          ],
        },
      },
      `
        item open: recipient unreachable [address email missing]
        a expired: date expired [ask a]
        b later: order after_previous {"stage":"a"} [stage a done]
        c due: recipient unreachable [address email missing]
      `,
    ],
    [
      'counts from the deadline of one that was done and has none',
      '2026-03-05',
      { marks: [marked('a')], policy: following({ from: 'previous', of: 'deadline', plus: '5d' }, '1d') },
      `
        item open: date no_date []
        a done
        b later: date no_date []
      `,
    ],
    [
      'repeats from a due date that is missing',
      '2026-03-08',
      {
        file: owing(anInvoice({ due: undefined })),
        marks: [marked('a'), marked('b')],
        policy: {
          stages: [
            aStage('a', '1d', { at: { from: 'opened', plus: '0d' } }),
            aStage('b', '1d', { at: { from: 'opened', plus: '1d' } }),
          ],
          last: { repeat: '5d', times: 3, from: 'due' },
        },
      },
      `
        item open: date no_date [invoice due]
        a done
        b done: date no_date [invoice due]
      `,
    ],
  ])('%s', (_, day, situation, lines) => {
    expect(stands(day, situation)).toEqual(linesIn(lines));
  });
});

describe('a stage that waits for its day', () => {
  it.each<Row>([
    [
      'repeats some days after the last',
      '2026-03-12',
      { marks: acted, policy: { last: { repeat: '5d', times: 3 } } },
      `
        item open: date not_yet [date 2026-03-15 03-15T06:00]
        s1d done
        s3d done
        s9d done: date not_yet [date 2026-03-15 03-15T06:00]
      `,
    ],
    [
      'repeats, but lies above a cap',
      '2026-03-18',
      {
        marks: acted,
        facts: [told.account(anAccount({ cap: 1 }))],
        policy: { last: { repeat: '5d', times: 3 } },
      },
      `
        item open: condition level_cap [cap account robles 1 3]
        s1d done
        s3d done
        s9d done: condition level_cap [cap account robles 1 3]
      `,
    ],
    [
      'comes the day after another acted, where each has its turn',
      '2026-03-05',
      { marks: [marked('s1d', { on: '2026-03-05' })], policy: { late: 'each' } },
      `
        item open: date not_yet [date 2026-03-06 03-06T06:00]
        s1d done
        s3d due: date not_yet [date 2026-03-06 03-06T06:00]
        s9d later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
    [
      'comes at its hour',
      '2026-03-04',
      { marks: [marked('s1d')], policy: { time: '15:00' } },
      `
        item open: date time [date 2026-03-04 03-04T21:00]
        s1d done
        s3d due: date time [date 2026-03-04 03-04T21:00]
        s9d later: date not_yet [date 2026-03-10 03-10T21:00]
      `,
    ],
    [
      'comes after the restart gap, later stages displaced',
      '2026-03-04',
      { marks: [marked('s1d')], own: { notBefore: '2026-03-08', shift: 2 } },
      `
        item open: date not_yet [date 2026-03-08 03-08T06:00]
        s1d done
        s3d later: date not_yet [date 2026-03-08 03-08T06:00]
        s9d later: date not_yet [date 2026-03-12 03-12T06:00]
      `,
    ],
    [
      'comes after days of grace',
      '2026-03-03',
      { policy: { grace: '5d' } },
      `
        item open: date grace [date 2026-03-07 03-07T06:00]
        s1d later: date grace [date 2026-03-07 03-07T06:00]
        s3d later: date not_yet [date 2026-03-07 03-07T06:00]
        s9d later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
  ])('%s', (_, day, situation, lines) => {
    expect(stands(day, situation)).toEqual(linesIn(lines));
  });
});

describe('a ladder that is climbed by runs', () => {
  it.each<Row>([
    [
      'waits for the run of today',
      '2026-03-02',
      { policy: { climb: true } },
      `
        item open: date no_run [run]
        s1d later: date no_run [run]
        s3d later: date no_run [run]
        s9d later: date no_run [run]
      `,
    ],
    [
      'waits for a run before the due date, and after grace',
      '2026-02-20',
      { policy: { climb: true, grace: '4d', stages: [aStage('e', '-3d'), aStage('b', '1d')] } },
      `
        item open: date no_run [date 2026-02-26 02-26T06:00 + run]
        e later: date no_run [date 2026-02-26 02-26T06:00 + run]
        b later: date no_run [date 2026-03-06 03-06T06:00 + run]
      `,
    ],
    [
      'waits for a run of the day that counts from the issue, without a due date',
      '2026-02-20',
      {
        file: owing(anInvoice({ due: undefined })),
        policy: { climb: true, stages: [aStage('e', '1d', { at: { from: 'issue', plus: '40d' } })] },
      },
      `
        item open: date no_run [date 2026-03-11 03-11T06:00 + run]
        e later: date no_run [date 2026-03-11 03-11T06:00 + run]
      `,
    ],
    [
      'waits for a run though it counts from another',
      '2026-03-04',
      {
        marks: [marked('a')],
        policy: { climb: true, ...following({ from: 'previous', of: 'delivered', plus: '5d' }, '1d') },
      },
      `
        item open: date no_run [run]
        a done
        b later: date no_run [run]
      `,
    ],
    [
      'waits for the stage before it first',
      '2026-03-04',
      { policy: { climb: true, ...following({ from: 'previous', plus: '5d' }, '1d') } },
      `
        item open: date no_run [run]
        a later: date no_run [run]
        b later: order after_previous {"stage":"a"} [stage a done]
      `,
    ],
    [
      'waits for a run that repeats the last stage',
      '2026-03-18',
      { marks: acted, policy: { climb: true, last: { repeat: '5d', times: 3 } } },
      `
        item open: date no_run [run]
        s1d done
        s3d done
        s9d done: date no_run [run]
      `,
    ],
  ])('%s', (_, day, situation, lines) => {
    expect(stands(day, situation)).toEqual(linesIn(lines));
  });
});
