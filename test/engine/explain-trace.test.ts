import { describe, expect, it } from 'vitest';
import { neutralChannel, shippedChannels } from '../../src/engine/index.js';
import { aContact, anAccount, anInvoice, aPayment, aStage, fileOf, owing, told } from '../support/build.js';
import { linesIn, marked, type Traced, traceOf } from '../support/standing.js';

describe('what was looked at of a stage', () => {
  it.each<Traced>([
    [
      'of a stage that is refused, all of the stage and the account',
      '2026-03-08',
      {
        marks: [marked('a')],
        own: { shift: 1, notBefore: '2026-03-02' },
        file: fileOf(
          told.account(anAccount({ hardship: true, cap: 1 })),
          told.invoice(anInvoice({ type: 'invoice' })),
        ),
        plan: {
          tolerance: { MXN: '1.00' },
          segments: [{ id: 'all', when: { fact: 'account.openItems', gte: 1 } }],
        },
        policy: {
          grace: '2d',
          scope: {
            all: [
              { fact: 'item.dunnable', gte: { MXN: '1.00' } },
              { fact: 'account.openItems', gte: 1 },
            ],
          },
          stages: [
            aStage('a', '1d'),
            aStage('b', '5d', {
              tone: 'firm',
              level: 2,
              when: { fact: 'case.stagesDone', gte: 0 },
              min: { amount: { MXN: '50.00' }, share: 10, of: 'account' },
            }),
          ],
        },
      },
      'b',
      `
        owed passed: {"status":"open","type":"invoice","outstanding":10000,"charges":0,"currency":"MXN","tolerance":100}
        account passed: {"known":true}
        policy passed: {"policy":{"id":"ladder","version":1},"by":"default","segment":"all","scope":{"holds":true,"all":[{"holds":true,"fact":"item.dunnable","gte":{"MXN":"1.00"},"found":{"MXN":"100.00"}},{"holds":true,"fact":"account.openItems","gte":1,"found":1}]}}
        not_blocked passed: {"dunnable":10000,"currency":"MXN","blocks":[]}
        not_under_way passed: {"acts":[]}
        date passed: {"today":"2026-03-08","day":"2026-03-07","from":["due"],"due":"2026-03-01","graceUntil":"2026-03-03","notBefore":"2026-03-02","shift":1}
        condition hardship: {"hardship":true,"cap":1,"condition":{"holds":true,"fact":"case.stagesDone","gte":0,"found":1},"minimum":{"currency":"MXN","wanted":5000,"share":10,"any":false,"of":"account","open":10000,"counted":10000}}
      `,
    ],
    [
      'of a stage that acts, down to whom it goes and when',
      '2026-03-08',
      {
        file: owing(anInvoice({ contact: 'ana' })),
        facts: [told.account(anAccount({ contacts: [aContact({ zone: 'Asia/Tokyo' })] }))],
        policy: {
          via: [{ channel: 'sms' }, { channel: 'email' }],
          stages: [
            aStage('a', '1d', {
              time: '09:30',
              expires: '20d',
              min: { share: 10 },
              at: {
                all: [
                  { from: 'due', plus: '1d' },
                  { from: 'due', plus: '2d' },
                  { from: 'issue', plus: '3d' },
                ],
              },
            }),
          ],
        },
      },
      'a',
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account passed: {"known":true}
        policy passed: {"policy":{"id":"ladder","version":1},"by":"default"}
        not_blocked passed: {"dunnable":10000,"currency":"MXN","blocks":[]}
        not_under_way passed: {"acts":[]}
        date passed: {"today":"2026-03-08","day":"2026-03-03","from":["due","issue"],"due":"2026-03-01","hour":1772983800000,"lastDay":"2026-03-23"}
        condition passed: {"minimum":{"currency":"MXN","share":10,"any":false,"of":"case","open":10000,"counted":10000}}
        order passed: {}
        recipient passed: {"passed":[{"contact":"ana","channel":"sms","reason":"no_consent"}],"chosen":{"contact":"ana","channel":"email","contactBy":"role","role":"billing","channelBy":"order","channels":["sms","email"],"passed":[{"contact":"ana","channel":"sms","reason":"no_consent"}]}}
        contact_rules passed: {"contact":"ana","channel":"email","zone":"Asia/Tokyo","at":1772985600000}
      `,
    ],
    [
      'of a stage that acts by a channel that needs nobody, for a customer without any contact',
      '2026-03-08',
      {
        facts: [told.account(anAccount({ contacts: [] }))],
        policy: { via: [{ channel: 'email' }, { channel: 'neutral' }] },
        channels: [...shippedChannels, neutralChannel],
      },
      's3d',
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account passed: {"known":true}
        policy passed: {"policy":{"id":"ladder","version":1},"by":"default"}
        not_blocked passed: {"dunnable":10000,"currency":"MXN","blocks":[]}
        not_under_way passed: {"acts":[]}
        date passed: {"today":"2026-03-08","day":"2026-03-04","from":["due"],"due":"2026-03-01"}
        condition passed: {}
        order passed: {}
        recipient passed: {"passed":[{"contact":"nothing","channel":"email","reason":"no_address"}],"chosen":{"channel":"neutral","contactBy":"nobody","role":"billing","channelBy":"order","channels":["email","neutral"],"passed":[{"contact":"nothing","channel":"email","reason":"no_address"}]}}
        contact_rules passed: {"channel":"neutral","zone":"America/Mexico_City","at":1772985600000}
      `,
    ],
    [
      'of a stage that nobody can be told of',
      '2026-03-08',
      { facts: [told.account(anAccount({ contacts: [] }))] },
      's3d',
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account passed: {"known":true}
        policy passed: {"policy":{"id":"ladder","version":1},"by":"default"}
        not_blocked passed: {"dunnable":10000,"currency":"MXN","blocks":[]}
        not_under_way passed: {"acts":[]}
        date passed: {"today":"2026-03-08","day":"2026-03-04","from":["due"],"due":"2026-03-01"}
        condition passed: {}
        order passed: {}
        recipient unreachable: {"passed":[{"contact":"nothing","channel":"email","reason":"no_address"}]}
      `,
    ],
    [
      'of a stage that raises a task only',
      '2026-03-08',
      { policy: { stages: [aStage('a', '1d', { do: [{ task: 'call' }] })] } },
      'a',
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account passed: {"known":true}
        policy passed: {"policy":{"id":"ladder","version":1},"by":"default"}
        not_blocked passed: {"dunnable":10000,"currency":"MXN","blocks":[]}
        not_under_way passed: {"acts":[]}
        date passed: {"today":"2026-03-08","day":"2026-03-02","from":["due"],"due":"2026-03-01"}
        condition passed: {}
        order passed: {}
      `,
    ],
    [
      'of a stage that waits for contact hours',
      '2026-03-08',
      { rules: { gap: 'none', caps: [], windows: [{ days: ['mon'], from: '09:00', to: '10:00' }] } },
      's3d',
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
      'of a stage to come, at its hour',
      '2026-03-01',
      { policy: { grace: '5d', time: '15:00' } },
      's9d',
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account passed: {"known":true}
        policy passed: {"policy":{"id":"ladder","version":1},"by":"default"}
        not_blocked passed: {"dunnable":10000,"currency":"MXN","blocks":[]}
        not_under_way passed: {"acts":[]}
        date not_yet: {"today":"2026-03-01","day":"2026-03-10","from":["due"],"due":"2026-03-01","graceUntil":"2026-03-06","hour":1773176400000}
      `,
    ],
    [
      'of a stage whose due date is missing',
      '2026-03-01',
      { file: owing(anInvoice({ due: undefined })), policy: { grace: '5d', time: '15:00' } },
      's3d',
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account passed: {"known":true}
        policy passed: {"policy":{"id":"ladder","version":1},"by":"default"}
        not_blocked passed: {"dunnable":10000,"currency":"MXN","blocks":[]}
        not_under_way passed: {"acts":[]}
        date no_date: {"today":"2026-03-01","from":["due"]}
      `,
    ],
    [
      'of a stage that was passed over with a date, only that',
      '2026-03-05',
      { marks: [marked('s1d', { state: 'skipped', reason: 'missed' })] },
      's1d',
      `
        date missed: {"today":"2026-03-05","day":"2026-03-02","from":["due"],"due":"2026-03-01"}
      `,
    ],
    [
      'of a stage that a person skipped',
      '2026-03-05',
      { marks: [marked('s1d', { state: 'skipped', reason: 'by_hand' })] },
      's1d',
      `
        order by_hand: {"on":"2026-03-02"}
      `,
    ],
    [
      'of a stage that the ladder passed without a word',
      '2026-03-05',
      { marks: [marked('s3d')] },
      's1d',
      `
        order passed: {}
      `,
    ],
    [
      'of a stage behind another',
      '2026-03-05',
      {},
      's1d',
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account passed: {"known":true}
        policy passed: {"policy":{"id":"ladder","version":1},"by":"default"}
        not_blocked passed: {"dunnable":10000,"currency":"MXN","blocks":[]}
        not_under_way passed: {"acts":[]}
        date passed: {"today":"2026-03-05","day":"2026-03-02","from":["due"],"due":"2026-03-01"}
        condition passed: {}
        order superseded: {"stage":"s3d"}
      `,
    ],
    [
      'of a stage of a debt that is paid',
      '2026-03-05',
      {
        own: { state: 'closed', closed: { reason: 'paid', on: '2026-03-03' } },
        facts: [told.payment(aPayment({ to: 'F1' }))],
      },
      's9d',
      `
        owed paid: {"status":"open","outstanding":0,"charges":0,"currency":"MXN"}
      `,
    ],
    [
      'of a least share, without an amount',
      '2026-03-05',
      {
        policy: { stages: [aStage('a', '1d', { min: { share: 60, of: 'account' } })] },
        facts: [told.invoice(anInvoice({ id: 'F2', due: '2026-06-01' }))],
      },
      'a',
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account passed: {"known":true}
        policy passed: {"policy":{"id":"ladder","version":1},"by":"default"}
        not_blocked passed: {"dunnable":10000,"currency":"MXN","blocks":[]}
        not_under_way passed: {"acts":[]}
        date passed: {"today":"2026-03-05","day":"2026-03-02","from":["due"],"due":"2026-03-01"}
        condition minimum: {"minimum":{"currency":"MXN","share":60,"any":false,"of":"account","open":20000,"counted":10000}}
      `,
    ],
    [
      'of a least amount in another currency',
      '2026-03-05',
      {
        policy: { stages: [aStage('a', '1d', { min: { amount: { USD: '5.00' }, any: true, share: 200 } })] },
      },
      'a',
      `
        owed passed: {"status":"open","outstanding":10000,"charges":0,"currency":"MXN"}
        account passed: {"known":true}
        policy passed: {"policy":{"id":"ladder","version":1},"by":"default"}
        not_blocked passed: {"dunnable":10000,"currency":"MXN","blocks":[]}
        not_under_way passed: {"acts":[]}
        date passed: {"today":"2026-03-05","day":"2026-03-02","from":["due"],"due":"2026-03-01"}
        condition no_threshold: {"minimum":{"currency":"MXN","share":200,"any":true,"of":"case","open":10000,"counted":10000}}
      `,
    ],
  ])('%s', (_, day, situation, stage, lines) => {
    expect(traceOf(day, situation, stage)).toEqual(linesIn(lines));
  });
});
