import { describe, expect, it } from 'vitest';
import { anAccount, anInvoice, fileOf, owing, told } from '../support/build.js';
import { led, linesIn, marked, type Traced, traceOf } from '../support/standing.js';

describe('what was looked at of an item', () => {
  it.each<Traced>([
    [
      'of the item that waits with it',
      '2026-03-08',
      { rules: { gap: 'none', caps: [], windows: [{ days: ['mon'], from: '09:00', to: '10:00' }] } },
      undefined,
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account passed: {"known":true}
        policy passed: {"policy":{"id":"ladder","version":1},"by":"default"}
        not_blocked passed: {"dunnable":10000,"currency":"MXN","blocks":[]}
        not_under_way passed: {"acts":[]}
        date passed: {"today":"2026-03-08","day":"2026-03-04","from":["due"],"due":"2026-03-01"}
        condition passed: {}
        order passed: {}
        recipient passed: {"passed":[],"chosen":{"contact":"ana","channel":"email","contactBy":"role","role":"billing","channelBy":"order","channels":["email"],"passed":[]}}
        contact_rules window: {"contact":"ana","channel":"email","zone":"America/Mexico_City","at":1773068400000}
      `,
    ],
    [
      'of what is under way, every act',
      '2026-03-05',
      {
        marks: [
          marked('s1d', { state: 'planned', act: 'm1' }),
          marked('s1d/task.0', { state: 'unknown', act: 'm2' }),
        ],
      },
      undefined,
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account passed: {"known":true}
        policy passed: {"policy":{"id":"ladder","version":1},"by":"default"}
        not_blocked passed: {"dunnable":10000,"currency":"MXN","blocks":[]}
        not_under_way act_pending: {"acts":[{"id":"m1","state":"planned","stage":"s1d"},{"id":"m2","state":"unknown","stage":"s1d"}]}
      `,
    ],
    [
      'of what was handed over and is led by a person',
      '2026-03-05',
      { own: { handed: { to: 'agency', on: '2026-03-03' } }, facts: [led] },
      undefined,
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account passed: {"known":true}
        policy passed: {"policy":{"id":"ladder","version":1},"by":"default"}
        not_blocked handed_over: {"dunnable":10000,"currency":"MXN","blocks":[],"assigned":"ana","handed":"agency"}
      `,
    ],
    [
      'of an item that rests at its level',
      '2026-03-05',
      { marks: [marked('s3d', { on: '2026-03-04' })], policy: { level: 'state' } },
      undefined,
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account passed: {"known":true}
        policy passed: {"policy":{"id":"ladder","version":1},"by":"default"}
        not_blocked passed: {"dunnable":10000,"currency":"MXN","blocks":[]}
        not_under_way passed: {"acts":[]}
        date passed: {"today":"2026-03-05","from":[],"due":"2026-03-01"}
        order level_holds: {}
      `,
    ],
    [
      'of an item without a level, in difficulties',
      '2026-03-01',
      { policy: { level: 'state' }, facts: [told.account(anAccount({ hardship: true }))] },
      undefined,
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account passed: {"known":true}
        policy passed: {"policy":{"id":"ladder","version":1},"by":"default"}
        not_blocked passed: {"dunnable":10000,"currency":"MXN","blocks":[]}
        not_under_way passed: {"acts":[]}
        date passed: {"today":"2026-03-01","from":[],"due":"2026-03-01"}
        condition no_level: {"hardship":true}
      `,
    ],
    [
      'of an item whose ladder is over',
      '2026-03-16',
      { marks: [marked('s9d', { on: '2026-03-10' })] },
      undefined,
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account passed: {"known":true}
        policy passed: {"policy":{"id":"ladder","version":1},"by":"default"}
        not_blocked passed: {"dunnable":10000,"currency":"MXN","blocks":[]}
        not_under_way passed: {"acts":[]}
        date passed: {"today":"2026-03-16","from":[],"due":"2026-03-01"}
        order exhausted: {}
      `,
    ],
    [
      'of an item for which there is no policy',
      '2026-03-05',
      { facts: [told.account(anAccount({ policy: null }))] },
      undefined,
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account passed: {"known":true}
        policy do_not_dun: {"by":"account"}
      `,
    ],
    [
      'of an item of an account of which nothing is known',
      '2026-03-05',
      { file: fileOf(told.invoice(anInvoice())) },
      undefined,
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account account_missing: {"known":false}
      `,
    ],
    [
      'of a debt of one’s own',
      '2026-03-05',
      { file: owing(anInvoice({ type: 'payable' })), plan: { tolerance: { MXN: '1.00' } } },
      undefined,
      `
        owed payable: {"status":"open","type":"payable","outstanding":0,"charges":0,"currency":"MXN","tolerance":100}
      `,
    ],
  ])('%s', (_, day, situation, stage, lines) => {
    expect(traceOf(day, situation, stage)).toEqual(linesIn(lines));
  });
});
