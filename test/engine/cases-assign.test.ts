import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assigner, type Assignment as Found } from '../../src/engine/assign.js';
import { compile, decide, type Engine, evolve, explain } from '../../src/engine/index.js';
import { look } from '../../src/engine/look.js';
import type { Invoice } from '../../src/ledger/types.js';
import type { Assignment, Plan } from '../../src/policy/types.js';
import { shareOf } from '../../src/segments/index.js';
import { codeOf } from '../money/thrown.js';
import { aLadder, anAccount, anInvoice, aPlan, engineOf, fileOf, instant, told } from '../support/build.js';

const at = instant('2026-03-03T10:00:00-06:00');
const policies = ['ladder', 'own', 'a', 'b', 'c', 'd', 'e'].map((id) => aLadder(['1d'], { id }));
const off = aLadder(['1d'], { id: 'off', active: false });
const segments = [{ id: 'vip', when: { fact: 'account.tags', has: 'vip' } }];

/** What an invoice of the account gets under these rules. */
function given(plan: Partial<Plan>, invoice: Partial<Invoice> = {}, account = {}): Found {
  const engine = engineOf([...policies, off], aPlan({ segments, ...plan }));
  const file = fileOf(told.account(anAccount(account)), told.invoice(anInvoice(invoice)));
  const { view } = look(engine, file, at);
  const [item] = view.items;
  if (item === undefined) throw new Error('there is an item');
  return assigner(engine, view)(item);
}

/** As `policy by`, or the reason. */
function said({ policy, by, reason }: Found): string {
  return `${policy?.ref.id ?? reason} by ${by}`;
}

const everything: readonly Assignment[] = [
  { invoice: 'F1', policy: 'a' },
  { account: 'robles', policy: 'b' },
  { branch: 'north', policy: 'c' },
  { entity: 'mx', policy: 'd' },
  { area: 'retail', policy: 'd' },
  { segment: 'vip', policy: 'e' },
  { policy: 'own' },
];
const branched = { branch: 'north', entity: 'mx', area: 'retail' };
const vip = { tags: ['vip'] };
const experiments = [{ id: 'x', arms: [{ id: 'only', weight: 1, policy: 'own' }] }];

describe('the most specific assignment wins', () => {
  it('in the order invoice, account, branch, entity or area, experiment, segment, everybody, default', () => {
    const order: string[] = [];
    const left = [...everything];
    const plan = { experiments };
    const note = (): void => {
      order.push(said(given({ ...plan, assign: left }, branched, vip)));
    };
    for (let count = 0; count < 4; count++) {
      note();
      left.shift();
    }
    note();
    left.shift();
    note();
    plan.experiments = [];
    note();
    left.shift();
    note();
    left.shift();
    note();
    expect(order).toEqual([
      'a by invoice',
      'b by account',
      'c by branch',
      'd by entity',
      'd by area',
      'own by experiment',
      'e by segment',
      'own by everybody',
      'ladder by default',
    ]);
  });

  it('and what the record itself says comes before what the plan says of it', () => {
    expect(said(given({ assign: everything }, { ...branched, policy: 'own' }, vip))).toBe('own by invoice');
    expect(said(given({ assign: everything.slice(1) }, branched, { ...vip, policy: 'own' }))).toBe(
      'own by account',
    );
  });

  it('and what a person chose for an item stands above all', () => {
    const engine = engineOf([...policies], aPlan());
    let file = fileOf(told.account(anAccount()), told.invoice(anInvoice({ policy: 'a' })));
    const on = '2026-03-02';
    file = evolve(file, { type: 'item.moved', item: 'F1', policy: 'b', author: 'luis', on });
    expect(explain(engine, file, at).items[0]).toMatchObject({ assignedBy: 'person', policy: { id: 'b' } });
  });

  it('and null stops the search, at any rank', () => {
    for (const index of everything.keys()) {
      const assign = everything
        .slice(index)
        .map((one, place) => (place === 0 ? { ...one, policy: null } : one));
      // Entity and area are of one rank: the area stands alone here.
      if (index === 3) continue;
      expect(given({ assign }, branched, vip).reason).toBe('do_not_dun');
    }
  });

  it('and an item whose fields nobody names goes on to the next', () => {
    expect(said(given({ assign: everything.slice(2) }, { entity: 'us' }))).toBe('own by everybody');
  });

  it('and without any the reason says so', () => {
    expect(given({ default: undefined }).reason).toBe('no_policy');
    expect(given({ default: null }).reason).toBe('do_not_dun');
  });
});

describe('an entity and an area', () => {
  const assign = (area: string | null): readonly Assignment[] => [
    { entity: 'mx', policy: 'd' },
    { area: 'retail', policy: area },
  ];

  it('that name different policies leave nothing to be sent, and a more specific one decides', () => {
    expect(given({ assign: assign('e') }, branched)).toMatchObject({
      policy: undefined,
      reason: 'ambiguous_policy',
    });
    expect(given({ assign: assign(null) }, branched).reason).toBe('ambiguous_policy');
    expect(said(given({ assign: assign('e') }, { ...branched, policy: 'a' }))).toBe('a by invoice');
    const engine = engineOf(policies, aPlan({ assign: assign('e') }));
    const file = fileOf(told.account(anAccount()), told.invoice(anInvoice(branched)));
    expect(decide(engine, file, at)).toMatchObject({ acts: [], waiting: [{ reason: 'ambiguous_policy' }] });
  });

  it('that name the same policy agree, and one that is not active says nothing', () => {
    expect(said(given({ assign: assign('d') }, branched))).toBe('d by entity');
    expect(said(given({ assign: assign('off') }, branched))).toBe('d by entity');
  });
});

describe('a policy that is not active', () => {
  it('is passed over', () => {
    expect(said(given({ assign: [{ segment: 'vip', policy: 'off' }] }, {}, vip))).toBe('ladder by default');
    expect(said(given({}, { policy: 'off' }))).toBe('ladder by default');
    expect(said(given({}, {}, { policy: 'off' }))).toBe('ladder by default');
  });

  it('is the reason where nothing else is left', () => {
    const none = { default: undefined };
    expect(given({ default: 'off' }).reason).toBe('inactive_policy');
    expect(given(none, { policy: 'off' }).reason).toBe('inactive_policy');
    expect(given(none, {}, { policy: 'off' }).reason).toBe('inactive_policy');
    expect(given({ ...none, assign: [{ account: 'robles', policy: 'off' }] }).reason).toBe('inactive_policy');
  });

  it('is no reason where another says what is to be done', () => {
    expect(given({}, { policy: 'off' }).reason).toBeUndefined();
    const nothing = [{ segment: 'vip', policy: null }] as const;
    expect(given({ assign: nothing }, { policy: 'off' }, vip)).toMatchObject({
      by: 'segment',
      reason: 'do_not_dun',
    });
  });

  it('of one invoice is no reason for another', () => {
    const engine = engineOf([...policies, off], aPlan({ default: undefined }));
    const file = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice({ policy: 'off' })),
      told.invoice(anInvoice({ id: 'F2' })),
    );
    expect(decide(engine, file, at).waiting.map((one) => [one.item, one.reason])).toEqual([
      ['F1', 'inactive_policy'],
      ['F2', 'no_policy'],
    ]);
  });
});

describe('a pilot', () => {
  it('takes a sticky share; the others go on to the next in precedence', () => {
    const share = shareOf('robles', 'salted') / 100;
    const pilot = (percent: number): string =>
      said(given({ assign: [{ pilot: { percent, salt: 'salted' }, policy: 'a' }] }));
    expect(pilot(Math.floor(share))).toBe('ladder by default');
    expect(pilot(Math.floor(share) + 1)).toBe('a by everybody');
    expect([pilot(0), pilot(100)]).toEqual(['ladder by default', 'a by everybody']);
  });

  it('is more specific than all of those it is a share of, wherever it stands', () => {
    const assign = [
      { segment: 'vip', policy: 'b' },
      { segment: 'vip', policy: 'a', pilot: { percent: 100 } },
    ];
    expect(said(given({ assign }, {}, vip))).toBe('a by segment');
    expect(said(given({ assign: assign.toReversed() }, {}, vip))).toBe('a by segment');
  });

  it('keeps who is in while it grows', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        (id, x, y) => {
          const [low, high] = x < y ? [x, y] : [y, x];
          const isIn = (percent: number): boolean => {
            const engine = compile({
              plan: aPlan({ assign: [{ pilot: { percent }, policy: 'a' }] }),
              policies,
            });
            return engine.assigned.everybody[0]?.takes?.(id) === true;
          };
          return !isIn(low) || isIn(high);
        },
      ),
    );
  });
});

describe('an experiment', () => {
  const arms = [
    { id: 'soft', weight: 1, policy: 'a' },
    { id: 'plain', weight: 1, policy: 'b' },
  ];

  it('draws an arm by the account, and explain shows it', () => {
    const engine = engineOf(policies, aPlan({ experiments: [{ id: 'tone-test', arms }] }));
    const file = fileOf(told.account(anAccount()), told.invoice(anInvoice()));
    // The share of robles under this salt is 9353 of 10,000: the second half.
    expect(explain(engine, file, at).items[0]).toMatchObject({
      assignedBy: 'experiment',
      experiment: { id: 'tone-test', arm: 'plain' },
      policy: { id: 'b' },
    });
  });

  it('is for those whom its condition names; the first that takes part counts', () => {
    const when = { fact: 'account.tags', has: 'vip' };
    const rest = [{ id: 'y', arms: [{ id: 'only', weight: 1, policy: 'c' }] }];
    expect(said(given({ experiments: [{ id: 'x', when, arms }] }))).toBe('ladder by default');
    expect(given({ experiments: [{ id: 'x', when, arms }, ...rest] }).experiment).toEqual({
      id: 'y',
      arm: 'only',
    });
    expect(given({ experiments: [{ id: 'x', when, arms }, ...rest] }, {}, vip).experiment?.id).toBe('x');
  });

  it('may leave an arm without reminders', () => {
    const held = [{ id: 'x', arms: [{ id: 'held', weight: 1, policy: null }] }];
    expect(given({ experiments: held })).toMatchObject({ reason: 'do_not_dun', by: 'experiment' });
  });
});

describe('assignments that cannot be meant', () => {
  const compiled = (plan: Partial<Plan>): Engine => compile({ plan: aPlan({ segments, ...plan }), policies });
  const wrong = (plan: Partial<Plan>): string => codeOf(() => compiled(plan));

  it('are refused when they are compiled', () => {
    for (const [target, name] of [
      ['invoice', 'F1'],
      ['account', 'robles'],
      ['branch', 'north'],
      ['entity', 'mx'],
      ['area', 'retail'],
      ['segment', 'vip'],
    ] as const) {
      const one = { [target]: name };
      const twice = [
        { ...one, policy: 'a' },
        { ...one, policy: 'b' },
      ];
      expect(wrong({ assign: twice })).toBe('invalid_document');
      const pilot = { percent: 10 };
      expect(() => compiled({ assign: [{ ...one, policy: 'a', pilot }, ...twice.slice(1)] })).not.toThrow();
    }
    expect(wrong({ assign: [{ policy: 'a' }, { policy: 'b' }] })).toBe('invalid_document');
    expect(wrong({ assign: [{ segment: 'nobody', policy: 'a' }] })).toBe('invalid_document');
    expect(wrong({ assign: [{ segment: 'vip', account: 'robles', policy: 'a' }] })).toBe('invalid_document');
    expect(wrong({ assign: [{ account: 'robles', policy: 'none' }] })).toBe('invalid_document');
    expect(wrong({ experiments: [{ id: 'x', arms: [{ id: 'y', weight: 1, policy: 'none' }] }] })).toBe(
      'invalid_document',
    );
  });
});
