import { describe, expect, it } from 'vitest';
import { aHold, anAccount, anInvoice, aStage, fileOf, owing, told } from '../support/build.js';
import { led, linesIn, marked, type Row, stands } from '../support/standing.js';

/** Stages behind one that was asked for, and of items that are not chased: where they stand, and every way to make them act. */

describe('a stage behind one that was asked for', () => {
  it.each<Row>([
    [
      'is passed with it',
      '2026-03-05',
      { own: { asked: 's9d' }, marks: [marked('s1d')] },
      `
        item open: acts
        s1d done
        s3d superseded: order superseded {"stage":"s9d"} [ask s3d]
        s9d due: acts
      `,
    ],
    [
      'comes after it where difficulties hold that',
      '2026-03-05',
      { own: { asked: 's9d' }, facts: [told.account(anAccount({ hardship: true }))] },
      `
        item open: condition hardship [condition account.hardship eq false true]
        s1d later: order earlier_first {"stage":"s9d"} [stage s9d done]
        s3d later: order earlier_first {"stage":"s9d"} [stage s9d done]
        s9d hardship: condition hardship [condition account.hardship eq false true]
      `,
    ],
    [
      'comes after it also on its own day',
      '2026-03-04',
      {
        own: { asked: 's9d' },
        marks: [marked('s1d')],
        facts: [told.account(anAccount({ hardship: true }))],
      },
      `
        item open: condition hardship [condition account.hardship eq false true]
        s1d done
        s3d later: order earlier_first {"stage":"s9d"} [stage s9d done]
        s9d hardship: condition hardship [condition account.hardship eq false true]
      `,
    ],
    [
      'comes after it where a cap holds that',
      '2026-03-05',
      { own: { asked: 's9d' }, policy: { late: 'each' }, facts: [told.account(anAccount({ cap: 1 }))] },
      `
        item open: condition level_cap [cap account robles 1 3]
        s1d later: order earlier_first {"stage":"s9d"} [stage s9d done]
        s3d later: order earlier_first {"stage":"s9d"} [stage s9d done]
        s9d level_cap: condition level_cap [cap account robles 1 3]
      `,
    ],
    [
      'is over if it expired, or has nothing to do',
      '2026-03-05',
      {
        own: { asked: 'c' },
        policy: {
          late: 'each',
          stages: [aStage('a', '1d', { expires: '1d' }), aStage('b', '2d', { do: [] }), aStage('c', '9d')],
        },
      },
      `
        item open: acts
        a expired: date expired [ask a]
        b superseded: order superseded {"stage":"c"} []
        c due: acts
      `,
    ],
    [
      'without a known day plays no part',
      '2026-03-05',
      {
        own: { asked: 'c' },
        policy: {
          stages: [
            aStage('a', '1d'),
            aStage('b', '1d', { at: { from: 'previous', plus: '1d' } }),
            aStage('c', '9d'),
          ],
        },
      },
      `
        item open: acts
        a superseded: order superseded {"stage":"c"} [ask a]
        b later: order after_previous {"stage":"a"} [stage a done]
        c due: acts
      `,
    ],
    [
      'of which the policy knows nothing has its own turn',
      '2026-03-05',
      { own: { asked: 'gone' }, marks: [marked('s1d')] },
      `
        item open: acts
        s1d done
        s3d due: acts
        s9d later: date not_yet [date 2026-03-10 03-10T06:00]
      `,
    ],
  ])('%s', (_, day, situation, lines) => {
    expect(stands(day, situation)).toEqual(linesIn(lines));
  });
});

describe('an item that is not chased', () => {
  it.each<Row>([
    [
      'whose proposal was discarded waits for that stage',
      '2026-03-04',
      {
        marks: [
          marked('s3d', { state: 'withdrawn', reason: 'discarded' }),
          marked('s1d', { state: 'withdrawn', reason: 'other' }),
          marked('s9d', { state: 'failed', reason: 'discarded' }),
        ],
        own: { stopped: { reason: 'discarded', on: '2026-03-03' } },
      },
      `
        item open: not_blocked discarded [ask s3d]
        s1d superseded: not_blocked discarded [ask s1d]
        s3d due: not_blocked discarded [ask s3d]
        s9d later: not_blocked discarded [ask s9d]
      `,
    ],
    [
      'whose proposal was discarded and is not known any more',
      '2026-03-04',
      { own: { stopped: { reason: 'discarded', on: '2026-03-03' } } },
      `
        item open: not_blocked discarded []
        s1d superseded: not_blocked discarded [ask s1d]
        s3d due: not_blocked discarded [ask s3d]
        s9d later: not_blocked discarded [ask s9d]
      `,
    ],
    [
      'whose proposal was discarded, and which is held',
      '2026-03-05',
      {
        facts: [told.hold(aHold({ from: '2026-03-05' }))],
        marks: [marked('s1d', { state: 'withdrawn', reason: 'discarded' })],
        own: { stopped: { reason: 'discarded', on: '2026-03-03' } },
      },
      `
        item open: not_blocked hold [block hold H1 talks 10000 MXN release]
        s1d superseded: not_blocked hold [block hold H1 talks 10000 MXN release]
        s3d due: not_blocked hold [block hold H1 talks 10000 MXN release]
        s9d later: not_blocked hold [block hold H1 talks 10000 MXN release]
      `,
    ],
    [
      'of an account that a person leads and that is held for some days',
      '2026-03-05',
      { facts: [led, told.hold(aHold({ from: '2026-03-03', until: '2026-03-08' }))] },
      `
        item open: not_blocked assigned [person ana + block hold H1 talks 10000 MXN release 2026-03-08]
        s1d superseded: not_blocked assigned [person ana + block hold H1 talks 10000 MXN release 2026-03-08]
        s3d due: not_blocked assigned [person ana + block hold H1 talks 10000 MXN release 2026-03-08]
        s9d later: not_blocked assigned [person ana + block hold H1 talks 10000 MXN release 2026-03-08]
      `,
    ],
    [
      'that was handed over, led and held',
      '2026-03-05',
      {
        own: { handed: { to: 'agency', on: '2026-03-03' } },
        facts: [led, told.hold(aHold({ from: '2026-03-03', until: '2026-03-08' }))],
      },
      `
        item open: not_blocked handed_over [handover agency 2026-03-03 + person ana + block hold H1 talks 10000 MXN release 2026-03-08]
        s1d superseded: not_blocked handed_over [handover agency 2026-03-03 + person ana + block hold H1 talks 10000 MXN release 2026-03-08]
        s3d due: not_blocked handed_over [handover agency 2026-03-03 + person ana + block hold H1 talks 10000 MXN release 2026-03-08]
        s9d later: not_blocked handed_over [handover agency 2026-03-03 + person ana + block hold H1 talks 10000 MXN release 2026-03-08]
      `,
    ],
    [
      'out of the policy’s scope',
      '2026-03-05',
      { policy: { scope: { fact: 'account.country', eq: 'MX' } } },
      `
        item -: policy out_of_scope [condition account.country eq MX]
        s1d later: policy out_of_scope [condition account.country eq MX]
        s3d later: policy out_of_scope [condition account.country eq MX]
        s9d later: policy out_of_scope [condition account.country eq MX]
      `,
    ],
    [
      'whose policy is not active',
      '2026-03-05',
      { policy: { active: false } },
      `
        item -: policy inactive_policy [assignment inactive_policy none]
      `,
    ],
    [
      'that is not to be dunned',
      '2026-03-05',
      { facts: [told.account(anAccount({ policy: null }))] },
      `
        item -: policy do_not_dun [assignment do_not_dun account]
      `,
    ],
    [
      'for which there is no policy',
      '2026-03-05',
      { plan: { default: undefined } },
      `
        item -: policy no_policy [assignment no_policy none]
      `,
    ],
    [
      'that names a policy that is not there',
      '2026-03-05',
      { file: owing(anInvoice({ policy: 'gone' })) },
      `
        item -: policy unknown_policy [assignment unknown_policy invoice gone]
      `,
    ],
    [
      'of an account of which nothing is known',
      '2026-03-05',
      { file: fileOf(told.invoice(anInvoice())) },
      `
        item -: account account_missing [account robles]
      `,
    ],
  ])('%s', (_, day, situation, lines) => {
    expect(stands(day, situation)).toEqual(linesIn(lines));
  });
});
