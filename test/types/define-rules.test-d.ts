import {
  defineDocuments,
  defineMessages,
  definePlan,
  definePolicy,
  type StageId,
} from '../../src/policy/define.js';
import type { Documents } from '../../src/policy/types.js';

// The rules that a house may have of its own: what compiles, and what does not and why.

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => undefined;

const plan = definePlan({
  id: 'acme',
  version: 1,
  zone: 'America/Mexico_City',
  segments: [{ id: 'key', when: { fact: 'account.scores.own', gte: 3 } }],
  assign: [
    { branch: 'north', policy: 'groups' },
    { pilot: { percent: 12.5 }, policy: 'groups' },
  ],
  default: 'groups',
  experiments: [
    {
      id: 'tone',
      when: { fact: 'account.class', eq: 'A' },
      arms: [
        { id: 'soft', weight: 1, policy: 'groups' },
        { id: 'none', weight: 1, policy: null },
      ],
    },
  ],
  adjust: [
    { segment: 'key', delay: '3d' },
    {
      account: 'robles',
      policy: 'groups',
      stages: {
        one: { at: { all: [{ from: 'due', plus: '2d' }] }, via: [{ channel: 'sms', patience: '2h' }] },
        two: { skip: true },
      },
    },
  ],
  contact: { caps: [{ max: 8, in: 'month' }], gaps: { sms: '36h' } },
  otherCurrency: 'convert',
  rates: [{ from: 'USD', to: 'MXN', rate: '17.25', on: '2026-01-02' }],
  blocks: { promise: { grace: '2d', within: '5bd' }, unbooked: '4d', reply: 'continue' },
  sources: { bank: { maxAge: '24h' } },
  credit: { margin: '10d' },
  currency: 'MXN',
  terms: { source: 'terms of sale, 4', fees: { MXN: '250.00' }, interest: true },
});

const groups = definePolicy({
  id: 'groups',
  version: 2,
  scope: { fact: 'item.type', eq: 'invoice' },
  unit: { group: ['account', 'item.attributes.contract'] },
  message: { by: ['account', 'level'] },
  grace: '3d',
  arrears: '5d',
  adopt: { map: { old: 'one' } },
  stages: [
    {
      id: 'one',
      tone: 'friendly',
      at: { any: [{ from: 'due', plus: '1d' }, { from: 'opened' }] },
      min: { amount: { MXN: '500.00' }, share: 10 },
      gap: '48h',
      expires: '9d',
      deadline: '10bd',
      do: [{ send: 'due', copy: ['manager'], via: [{ channel: 'sms', patience: '90min' }] }],
    },
    {
      id: 'two',
      tone: 'firm',
      at: { from: 'previous', of: 'deadline' },
      do: [
        {
          fee: 'late',
          fixed: { MXN: '200.00' },
          currency: 'MXN',
          tiers: [{ from: { MXN: '1.00' }, percent: '1' }],
        },
        { effect: 'stop' },
        { handover: 'agency' },
      ],
    },
  ],
  last: { repeat: '1mo', times: 2, exhausted: '10d' },
  life: { from: 'due', plus: '6mo' },
  on: { promiseBroken: [{ escalate: 'next' }], exhausted: [{ task: 'decide', within: '1w' }] },
});

const messages = defineMessages({
  id: 'acme',
  version: 1,
  messages: [{ id: 'due', about: 'items', text: { es: { sms: 'Pague {{amount}}' } } }],
});

export const documents: Documents = defineDocuments({ plan, policies: [groups], messages });
same<StageId<typeof groups>, 'one' | 'two'>(true);

const house = { id: 'p', version: 1, zone: 'UTC' } as const;

definePlan({
  ...house,
  // @ts-expect-error a segment groups accounts and knows no "item.overdue"
  experiments: [{ id: 'e', when: { fact: 'item.overdue', eq: true }, arms: [] }],
});
// @ts-expect-error unknown key "wieght"
definePlan({ ...house, experiments: [{ id: 'e', arms: [{ id: 'a', weight: 1, wieght: 1, policy: null }] }] });
// @ts-expect-error there is no segment "kye"
definePlan({ ...house, adjust: [{ segment: 'kye', delay: '3d' }] });
// @ts-expect-error "3bd" is no duration such as 2d
definePlan({ ...house, adjust: [{ account: 'a', delay: '3bd' }] });
// @ts-expect-error "10" is no duration
definePlan({ ...house, adjust: [{ account: 'a', stages: { one: { at: { from: 'due', plus: '10' } } } }] });
// @ts-expect-error 'skipp' does not exist in type 'StageAdjustment'. Did you mean to write 'skip'?
definePlan({ ...house, adjust: [{ account: 'a', stages: { one: { skipp: true } } }] });
// @ts-expect-error "XXX" is no ISO 4217 currency
definePlan({ ...house, rates: [{ from: 'XXX', to: 'MXN', rate: '1', on: '2026-01-02' }] });
// @ts-expect-error "mxn" is no ISO 4217 currency
definePlan({ ...house, currency: 'mxn' });
// @ts-expect-error "MXP" is no ISO 4217 currency
definePlan({ ...house, terms: { source: 'x', fees: { MXP: '1.00' } } });
// @ts-expect-error "24" is no duration such as 2d, 24h or 90min
definePlan({ ...house, sources: { bank: { maxAge: '24' } } });
// @ts-expect-error "soon" is no duration such as 2d
definePlan({ ...house, blocks: { reply: 'soon' } });
// @ts-expect-error "1y" is no duration
definePlan({ ...house, blocks: { promise: { within: '1y' } } });
// @ts-expect-error Type '"all"' is not assignable to type '"account" | "item" | "part"
definePlan({ ...house, blocks: { dispute: 'all' } });
// @ts-expect-error "2w" is no duration such as 2d
definePlan({ ...house, credit: { margin: '2w' } });

const stage = { id: 's', tone: 'firm', do: [] } as const;
const rest = { id: 'p', version: 1 } as const;

// @ts-expect-error the first stage has no stage before it
definePolicy({ ...rest, stages: [{ ...stage, at: { from: 'previous', plus: '1d' } }] });
// @ts-expect-error the first stage has no stage before it
definePolicy({ ...rest, stages: [{ ...stage, at: { any: [{ from: 'due' }, { from: 'previous' }] } }] });
// @ts-expect-error "10" is no duration
definePolicy({ ...rest, stages: [{ ...stage, at: { all: [{ from: 'due', plus: '10' }] } }] });
// @ts-expect-error of says which day of the stage before counts; write it with from: previous
definePolicy({ ...rest, stages: [{ ...stage, at: { from: 'due', of: 'deadline' } }] });
// @ts-expect-error there is no fact "item.kind"
definePolicy({ ...rest, stages: [], scope: { fact: 'item.kind', eq: 'x' } });
// @ts-expect-error Type '"colour"' is not assignable to type 'GroupKey'
definePolicy({ ...rest, stages: [], unit: { group: ['colour'] } });
// @ts-expect-error Type '"colour"' is not assignable to type 'MessageKey'
definePolicy({ ...rest, stages: [], message: { by: ['account', 'colour'] } });
// @ts-expect-error there is no stage "three"
definePolicy({ ...rest, stages: [stage], adopt: { map: { old: 'three' } } });
// @ts-expect-error "soon" is no duration such as 2d
definePolicy({ ...rest, stages: [stage], last: { exhausted: 'soon' } });
// @ts-expect-error "6" is no duration
definePolicy({ ...rest, stages: [stage], life: { from: 'due', plus: '6' } });
// @ts-expect-error "2bd" is no duration such as 2d
definePolicy({ ...rest, stages: [stage], grace: '2bd' });
// @ts-expect-error "2w" is no duration such as 2d, 36h or none
definePolicy({ ...rest, stages: [{ ...stage, gap: '2w' }] });
// @ts-expect-error "MXP" is no ISO 4217 currency
definePolicy({ ...rest, stages: [{ ...stage, min: { amount: { MXP: '1.00' } } }] });
// @ts-expect-error unknown key "task"
definePolicy({ ...rest, stages: [{ ...stage, do: [{ send: 'x', task: 'call' }] }] });
// @ts-expect-error unknown key "attach"
definePolicy({ ...rest, stages: [{ ...stage, do: [{ task: 'call', attach: ['invoice'] }] }] });
// @ts-expect-error "2y" is no duration
definePolicy({ ...rest, stages: [{ ...stage, do: [{ task: 'call', within: '2y' }] }] });
// @ts-expect-error "1mo" is no duration such as 2d, 24h or 90min
definePolicy({ ...rest, stages: [], via: [{ channel: 'sms', patience: '1mo' }] });
// @ts-expect-error "MXP" is no ISO 4217 currency
definePolicy({ ...rest, stages: [{ ...stage, do: [{ fee: 'late', fixed: { MXP: '1.00' } }] }] });
// @ts-expect-error unknown key "intrest"
definePolicy({ ...rest, stages: [{ ...stage, do: [{ fee: 'late', intrest: {} }] }] });
// @ts-expect-error Type '"last"' is not assignable to type '"next"'
definePolicy({ ...rest, stages: [], on: { promiseBroken: [{ escalate: 'last' }] } });
// @ts-expect-error 'send' does not exist in type 'Reaction'
definePolicy({ ...rest, stages: [], on: { promiseBroken: [{ send: 'due' }] } });
// @ts-expect-error "1y" is no duration
definePolicy({ ...rest, stages: [], on: { exhausted: [{ task: 'x', within: '1y' }] } });

const armed = (policy: 'groups') =>
  definePlan({ ...house, experiments: [{ id: 'e', arms: [{ id: 'a', weight: 1, policy }] }] });
defineDocuments({ plan: armed('groups'), policies: [groups], messages });
defineDocuments({
  // @ts-expect-error there is no policy "grups"
  plan: definePlan({ ...house, experiments: [{ id: 'e', arms: [{ id: 'a', weight: 1, policy: 'grups' }] }] }),
  policies: [groups],
  messages,
});
defineDocuments({
  // @ts-expect-error there is no policy "grups"
  plan: definePlan({ ...house, adjust: [{ account: 'a', policy: 'grups', delay: '1d' }] }),
  policies: [groups],
  messages,
});
defineDocuments({
  // @ts-expect-error there is no stage "three"
  plan: definePlan({
    ...house,
    adjust: [{ account: 'a', policy: 'groups', stages: { three: { skip: true } } }],
  }),
  policies: [groups],
  messages,
});
defineDocuments({
  // @ts-expect-error plan.adjust[0].stages.three: there is no stage "three"
  plan: definePlan({ ...house, adjust: [{ account: 'a', stages: { three: { skip: true } } }] }),
  policies: [groups],
  messages,
});
defineDocuments({
  // @ts-expect-error there is no text of any message for the channel "fax"
  plan: definePlan({ ...house, adjust: [{ account: 'a', stages: { one: { via: [{ channel: 'fax' }] } } }] }),
  policies: [groups],
  messages,
});
