import { plan, stage } from './broken.js';

const ladder = (...path: (string | number)[]) => ['policies', 0, ...path];
const groups = (...path: (string | number)[]) => ['policies', 2, ...path];
const live = (...path: (string | number)[]) => ['policies', 4, ...path];
const one = (...path: (string | number)[]) => groups('stages', 0, ...path);
const two = (...path: (string | number)[]) => groups('stages', 1, ...path);

/** More valid documents with one place broken: what keys say of each other. */
export const brokenRules: [what: string, path: (string | number)[], to: unknown, problems: string[]][] = [
  // triggers
  [
    'the same trigger twice',
    two('at', 'all', 1),
    { plus: '2mo', from: 'issue' },
    ['policies[2].stages[1].at.all[2] duplicate_entry'],
  ],
  [
    'a day of the stage before without counting from it',
    stage(1, 'at', 'of'),
    'done',
    ['policies[0].stages[1].at.of unused_setting'],
  ],
  [
    'a deadline that the stage before does not have',
    one('deadline'),
    undefined,
    ['policies[2].stages[1].at.all[0].of wrong_basis'],
  ],
  [
    'a delivery of a stage that sends nothing',
    ['policies', 3, 'stages'],
    [
      { id: 'old', tone: 'friendly', do: [{ task: 'look' }] },
      { id: 'new', tone: 'firm', at: { from: 'previous', of: 'delivered' }, do: [{ task: 'see' }] },
    ],
    ['policies[3].stages[1].at.of unused_setting'],
  ],
  [
    'the stage before as one of several bases of the first',
    one('at', 'any', 0),
    { from: 'previous', plus: '1d' },
    ['policies[2].stages[0].at.any[0].from wrong_basis', 'policies[2].stages[0].keep unused_setting'],
  ],
  ['the end of no grace', groups('grace'), '0d', ['policies[2].stages[1].at.all[1].from wrong_basis']],
  ['no trigger under any', one('at', 'any'), [], ['policies[2].stages[0].at.any too_small']],
  [
    'days before the opening',
    one('at', 'any', 1),
    { from: 'opened', minus: '1d' },
    ['policies[2].stages[0].at.any[1].minus wrong_basis'],
  ],
  // stages
  ['a least amount of nothing', one('min'), {}, ['policies[2].stages[0].min missing']],
  [
    'a choice between one',
    one('min'),
    { share: 10, any: true },
    ['policies[2].stages[0].min.any unused_setting'],
  ],
  ['a share of nothing', one('min', 'share'), 0, ['policies[2].stages[0].min.share too_small']],
  [
    'a share of three decimals',
    one('min', 'share'),
    1.005,
    ['policies[2].stages[0].min.share invalid_value'],
  ],
  [
    'a least amount with too many decimals',
    one('min', 'amount', 'MXN'),
    '1.005',
    ['policies[2].stages[0].min.amount.MXN invalid_amount'],
  ],
  [
    'a stage after the due date that is kept',
    stage(1, 'keep'),
    true,
    ['policies[0].stages[1].keep unused_setting'],
  ],
  ['a gap before nothing that is sent', two('gap'), '2d', ['policies[2].stages[1].gap unused_setting']],
  ['a gap of hours beyond memory', one('gap'), '9601h', ['policies[2].stages[0].gap too_large']],
  ['a life beside days that drop', groups('late'), 'drop', ['policies[2].stages[0].expires unused_setting']],
  ['an hour that is none', two('time'), '25:00', ['policies[2].stages[1].time invalid_time']],
  ['an absurd life', one('expires'), '99999d', ['policies[2].stages[0].expires invalid_duration']],
  [
    'a proposal that lapses where none is made',
    stage(1, 'lapses'),
    '3d',
    ['policies[0].stages[1].lapses unused_setting'],
  ],
  [
    'rules about proposals where none is made',
    ladder('discarded'),
    'again',
    ['policies[0].discarded unused_setting'],
  ],
  // actions
  [
    'a copy to who gets the message',
    one('do', 0, 'copy', 0),
    'billing',
    ['policies[2].stages[0].do[0].copy[0] duplicate_entry'],
  ],
  [
    'a copy twice',
    one('do', 0, 'copy'),
    ['manager', 'manager'],
    ['policies[2].stages[0].do[0].copy[1] duplicate_entry'],
  ],
  [
    'an attachment twice',
    one('do', 0, 'attach'),
    ['invoice', 'invoice'],
    ['policies[2].stages[0].do[0].attach[1] duplicate_entry'],
  ],
  [
    'a patience of no unit',
    one('do', 0, 'via', 0, 'patience'),
    '24',
    ['policies[2].stages[0].do[0].via[0].patience invalid_duration'],
  ],
  [
    'an alert twice',
    one('do', 2),
    { alert: 'one', to: 'Ana' },
    ['policies[2].stages[0].do[2] duplicate_entry'],
  ],
  ['a fee twice', two('do', 1, 'fee'), 'late', ['policies[2].stages[1].do[1] duplicate_entry']],
  ['two ends', two('do', 3), { handover: 'legal' }, ['policies[2].stages[1].do[3] duplicate_entry']],
  [
    'an end of what is handed over',
    two('do', 3),
    { close: 'small' },
    ['policies[2].stages[1].do[3] conflicting_keys'],
  ],
  ['a fee of nothing', two('do', 0), { fee: 'late' }, ['policies[2].stages[1].do[0] empty_fee']],
  [
    'a fee of an unknown kind',
    two('do', 0, 'per'),
    'month',
    ['policies[2].stages[1].do[0].per invalid_value'],
  ],
  [
    'a fee beyond what was agreed',
    two('do', 0, 'fixed'),
    { MXN: '250.01' },
    ['policies[2].stages[1].do[0].fixed.MXN not_agreed'],
  ],
  [
    'a fee in a currency in which nothing was agreed',
    two('do', 0, 'fixed'),
    { USD: '1.00' },
    ['policies[2].stages[1].do[0].fixed.USD not_agreed'],
  ],
  [
    'interest above what was agreed',
    two('do', 1, 'interest', 'rate'),
    '24.5',
    ['policies[2].stages[1].do[1] not_agreed'],
  ],
  [
    'fees where none were agreed',
    plan('terms', 'fees'),
    undefined,
    ['policies[2].stages[1].do[0] not_agreed'],
  ],
  [
    'a fee with too many decimals',
    two('do', 0, 'fixed', 'MXN'),
    '1.005',
    ['policies[2].stages[1].do[0].fixed.MXN invalid_amount'],
  ],
  [
    'counters of items, which are debts of their own',
    ladder('counters'),
    'last-message',
    ['policies[0].counters unused_setting'],
  ],
  [
    'what comes back beginning anew, where counters never do',
    groups('counters'),
    'never',
    ['policies[2].reopen unused_setting'],
  ],
  [
    'a level entered again, where levels never fall',
    groups('reentry'),
    'repeat',
    ['policies[2].reentry unused_setting'],
  ],
  [
    'what lasts until the case is settled, where levels never fall',
    two('do', 3),
    { effect: 'stop', until: 'settled' },
    ['policies[2].stages[1].do[3].until unused_setting'],
  ],
  [
    'what a reaction turns on, until the level falls',
    groups('on', 'promiseBroken', 1, 'until'),
    'level',
    ['policies[2].on.promiseBroken[1].until unused_setting'],
  ],
  // reactions
  [
    'a kept promise that escalates',
    groups('on', 'promiseKept', 0),
    { escalate: 'next' },
    ['policies[2].on.promiseKept[0].escalate wrong_place'],
  ],
  [
    'an exhausted ladder that goes on',
    groups('on', 'exhausted', 0),
    { escalate: 'next' },
    ['policies[2].on.exhausted[0].escalate wrong_place'],
  ],
  [
    'a message as a reaction',
    groups('on', 'promiseKept', 0),
    { send: 'soon' },
    ['policies[2].on.promiseKept[0].send unknown_key'],
  ],
  ['a verb that is none', two('do', 0), { fe: 'late' }, ['policies[2].stages[1].do[0].fe unknown_key']],
  // groups and messages
  [
    'a key of a group twice',
    groups('unit', 'group', 1),
    'account',
    ['policies[2].unit.group[1] duplicate_entry'],
  ],
  ['a key that is none', groups('unit', 'group', 1), 'colour', ['policies[2].unit.group[1] invalid_value']],
  [
    'a key of messages twice',
    groups('message', 'by', 1),
    'channel',
    ['policies[2].message.by[2] duplicate_entry'],
  ],
  [
    'a message for each item of a group',
    groups('message', 'by', 1),
    'item',
    ['policies[2].message.by[1] conflicting_keys', 'policies[2].message.list unused_setting'],
  ],
  [
    'levels of messages that hold one level',
    groups('message', 'levels'),
    'lift',
    ['policies[2].message.levels unused_setting'],
  ],
  [
    'more items on a message about one',
    ladder('message'),
    { by: 'item', list: 'open' },
    ['policies[0].message.list unused_setting'],
  ],
  ['a limit of nothing', groups('message', 'most'), {}, ['policies[2].message.most missing']],
  // the end of the ladder
  [
    'a number of no repeats',
    groups('last', 'repeat'),
    undefined,
    ['policies[2].last.from unused_setting', 'policies[2].last.times unused_setting'],
  ],
  ['nothing after the last stage', groups('last'), {}, ['policies[2].last missing']],
  ['an end that is none', groups('last', 'exhausted'), 'soon', ['policies[2].last.exhausted invalid_value']],
  ['an absurd life of a case', groups('life', 'plus'), '99999d', ['policies[2].life.plus invalid_duration']],
  // levels and runs
  ['lateness of a level by state', live('late'), 'latest', ['policies[4].late unused_setting']],
  ['an entry into a level by state', live('entry'), 'latest', ['policies[4].entry unused_setting']],
  ['a last stage of a level by state', live('last'), { repeat: '1d' }, ['policies[4].last unused_setting']],
  ['a rank of a level by state', live('stages', 1, 'rank'), 2, ['policies[4].stages[1].rank unused_setting']],
  [
    'a step within a level by state',
    live('on'),
    { promiseBroken: [{ escalate: 'next' }] },
    ['policies[4].on.promiseBroken[0].escalate unused_setting'],
  ],
  ['runs of a level by state', live('climb'), true, ['policies[4].climb unused_setting']],
  [
    'hours of a policy that climbs by runs',
    groups('climb'),
    true,
    [
      'policies[2].last.from unused_setting',
      'policies[2].pushed unused_setting',
      'policies[2].stages[1].time unused_setting',
      'policies[2].time unused_setting',
    ],
  ],
  // versions
  ['a map of nothing', groups('adopt', 'map'), {}, ['policies[2].adopt.map too_small']],
  [
    'a map to no stage',
    groups('adopt', 'map', 'old'),
    'none',
    ['policies[2].adopt.map.old unknown_reference'],
  ],
  [
    'a map from no stage',
    groups('adopt', 'map', 'odl'),
    'one',
    ['policies[2].adopt.map.odl unknown_reference'],
  ],
  [
    'a map of a stage to itself',
    groups('adopt', 'map'),
    { one: 'one' },
    ['policies[2].adopt.map.one unused_setting'],
  ],
  // assignments, pilots, experiments
  [
    'a pilot of three decimals',
    plan('assign', 4, 'pilot', 'percent'),
    12.345,
    ['plan.assign[4].pilot.percent invalid_value'],
  ],
  [
    'a pilot beyond all',
    plan('assign', 4, 'pilot', 'percent'),
    101,
    ['plan.assign[4].pilot.percent too_large'],
  ],
  [
    'two pilots that draw the same',
    plan('assign', 5),
    { pilot: { percent: 5, salt: 'groups' }, policy: 'live' },
    ['plan.assign[6] duplicate_entry'],
  ],
  [
    'an arm twice',
    plan('experiments', 0, 'arms', 1, 'id'),
    'soft',
    ['plan.experiments[0].arms[1].id duplicate_id'],
  ],
  [
    'arms without weight',
    plan('experiments', 0, 'arms'),
    [{ id: 'a', weight: 0, policy: 'live' }],
    ['plan.experiments[0].arms too_small'],
  ],
  [
    'half a weight',
    plan('experiments', 0, 'arms', 0, 'weight'),
    0.5,
    ['plan.experiments[0].arms[0].weight invalid_type'],
  ],
  [
    'an arm of no policy',
    plan('experiments', 0, 'arms', 0, 'policy'),
    'lve',
    ['plan.experiments[0].arms[0].policy unknown_reference'],
  ],
  [
    'an experiment with items',
    plan('experiments', 0, 'when'),
    { fact: 'item.overdue', eq: true },
    ['plan.experiments[0].when.fact wrong_place'],
  ],
  // adjustments
  ['an adjustment for nobody', plan('adjust', 0, 'segment'), undefined, ['plan.adjust[0] missing']],
  ['an adjustment for two', plan('adjust', 1, 'segment'), 'key', ['plan.adjust[1] conflicting_keys']],
  ['an adjustment of nothing', plan('adjust', 0, 'delay'), undefined, ['plan.adjust[0] missing']],
  [
    'an adjustment of no policy',
    plan('adjust', 0, 'policy'),
    'grups',
    ['plan.adjust[0].policy unknown_reference'],
  ],
  [
    'an adjustment for no segment',
    plan('adjust', 0, 'segment'),
    'kye',
    ['plan.adjust[0].segment unknown_reference'],
  ],
  [
    'an adjustment of no stage',
    plan('adjust', 1, 'stages', 'three'),
    { skip: true },
    ['plan.adjust[1].stages.three unknown_reference'],
  ],
  [
    'an adjustment of nothing at a stage',
    plan('adjust', 1, 'stages', 'one'),
    {},
    ['plan.adjust[1].stages.one missing'],
  ],
  [
    'a stage that is left out and moved',
    plan('adjust', 1, 'stages', 'two', 'mode'),
    'task',
    ['plan.adjust[1].stages.two.mode unused_setting'],
  ],
  [
    'channels of a stage that sends nothing',
    plan('adjust', 1, 'stages', 'two'),
    { via: [{ channel: 'sms' }] },
    ['plan.adjust[1].stages.two.via unused_setting'],
  ],
  [
    'a channel of an adjustment that is not there',
    plan('adjust', 1, 'stages', 'one', 'via', 0, 'channel'),
    'emial',
    ['plan.adjust[1].stages.one.via[0].channel unknown_channel'],
  ],
  [
    'an adjustment twice',
    plan('adjust', 1),
    { segment: 'key', policy: 'groups', delay: '1d' },
    ['plan.adjust[1] duplicate_entry'],
  ],
  [
    'a stage before that is left out',
    plan('adjust', 1, 'stages'),
    { one: { skip: true }, two: { at: { from: 'previous', plus: '1d' } } },
    ['plan.adjust[1].stages.two.at wrong_basis'],
  ],
  // contact
  [
    'a cap twice',
    plan('contact', 'caps', 1),
    { max: 4, per: '1d' },
    ['plan.contact.caps[1] duplicate_entry'],
  ],
  [
    'a gap of a channel that is not there',
    plan('contact', 'gaps', 'fax'),
    '1d',
    ['plan.contact.gaps.fax unknown_channel'],
  ],
  [
    'a gap of a channel in weeks',
    plan('contact', 'gaps', 'sms'),
    '1w',
    ['plan.contact.gaps.sms invalid_duration'],
  ],
  ['consent to nothing', plan('contact', 'consent', 'email'), {}, ['plan.contact.consent.email missing']],
  // money
  ['rates that nobody uses', plan('otherCurrency'), 'met', ['plan.rates unused_setting']],
  ['conversion without rates', plan('rates'), undefined, ['plan.otherCurrency missing']],
  ['a rate of nothing', plan('rates', 0, 'rate'), '0.00', ['plan.rates[0].rate too_small']],
  ['a rate to itself', plan('rates', 0, 'to'), 'USD', ['plan.rates[0].to unused_setting']],
  ['two rates of a day', plan('rates', 1, 'on'), '2026-01-02', ['plan.rates[1] duplicate_entry']],
  ['a rate of an unknown currency', plan('rates', 0, 'from'), 'XXA', ['plan.rates[0].from unknown_currency']],
  ['a rate of no day', plan('rates', 0, 'on'), '2026-02-30', ['plan.rates[0].on invalid_date']],
  ['an unknown currency of fees', plan('currency'), 'ABC', ['plan.currency unknown_currency']],
  // blocks and sources
  [
    'an absurd promise',
    plan('blocks', 'promise', 'within'),
    '99999d',
    ['plan.blocks.promise.within invalid_duration'],
  ],
  [
    'a tolerance of three decimals',
    plan('blocks', 'promise', 'tolerance'),
    0.125,
    ['plan.blocks.promise.tolerance invalid_value'],
  ],
  ['a source of no age', plan('sources', 'bank'), {}, ['plan.sources.bank.maxAge missing']],
  [
    'an age of no unit',
    plan('sources', 'bank', 'maxAge'),
    '24',
    ['plan.sources.bank.maxAge invalid_duration'],
  ],
  // terms
  ['terms from nowhere', plan('terms', 'source'), ' ', ['plan.terms.source empty_text']],
  [
    'terms that allow nothing',
    plan('terms'),
    { source: 'x', fees: false },
    [
      'plan.terms missing',
      'policies[2].stages[1].do[0] not_agreed',
      'policies[2].stages[1].do[1] not_agreed',
    ],
  ],
  [
    'rates of terms in no order',
    plan('terms', 'interest'),
    [
      { from: '2026-06-01', rate: '10' },
      { from: '2026-01-01', rate: '12' },
    ],
    ['plan.terms.interest[1].from wrong_order'],
  ],
];
