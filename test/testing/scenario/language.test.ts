import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  assertScenario,
  parseScenario,
  reportText,
  runScenario,
  runScenarioFile,
  ScenarioError,
  type ScenarioOptions,
} from '../../../src/testing/index.js';

async function failures(text: string, options: ScenarioOptions = {}): Promise<readonly string[]> {
  const reports = await runScenario(text, options);
  return reports.flatMap((one) => one.failures.map((failure) => `${failure.path}: ${failure.message}`));
}

function problems(source: string): readonly string[] {
  try {
    parseScenario(source);
    return [];
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('problems' in error)) throw error;
    const list = error.problems;
    return Array.isArray(list) ? list.map((one) => `${one.path}: ${one.message}`) : [];
  }
}

const ladder = `
given:
  currency: EUR
  policy: { stages: [{ id: friendly, at: 3d }, { id: firm, at: 10d }] }
  invoices: { id: F-1, total: 100, due: 2026-03-01 }
`;

describe('a scenario', () => {
  it('needs a policy and an invoice, and no texts', async () => {
    expect(
      await failures(`
scenario: A friendly reminder three days late
${ladder}
when:
  - { at: 2026-03-03, tick: true, then: { nothing: true, levels: { F-1: none }, reasons: { F-1: not_yet }, next: 2026-03-04 } }
  - { at: 2026-03-04, tick: true, then: { sent: [{ message: friendly, totals: { EUR: 100 } }], levels: { F-1: 1 } } }
  - { at: 2026-03-09, payments: { invoice: F-1 } }
  - { at: 2026-03-20, tick: true, then: { sent: none, events: { case.closed: 1 }, reasons: { F-1: paid }, next: none } }
then: { sent: 1, counters: { F-1: { reminders: 1, stages: { friendly: 1 } } } }
`),
    ).toEqual([]);
  });

  it('may be JSON, or an object', async () => {
    const scenario = {
      scenario: 'as data',
      given: { policy: { stages: [] } },
      when: [{ at: '2026-03-01', tick: true as const }],
    };
    expect((await runScenario(scenario)).map((one) => one.passed)).toEqual([true]);
    expect((await runScenario(JSON.stringify(scenario))).map((one) => one.passed)).toEqual([true]);
  });

  it('says of each expectation that fails what was found, and where it stands', async () => {
    const text = `scenario: All of it is wrong
${ladder}
when:
  - at: 2026-03-04
    tick: true
    then:
      sent: [{ channel: email }, { message: other, tone: formal }]
      levels: { F-1: 2, F-9: 1 }
      amounts: { F-1: { dunnable: 99 } }
      reasons: { F-1: gap }
      next: none
      events: { case.closed: 1, act.plannd: 0 }
      effects: { blokc: off }
      text: { lacks: friendly }
      nothing: true
      tasks: [{ name: call }]
      pending: 3
      counters: { F-1: { reminders: { gte: 2 } } }
      accounts: { nobody: { effects: none } }
      items: { F-1: { levl: none } }
      totals: { EUR: { overdue: { lt: 100 } } }
`;
    const [report] = await runScenario(text);
    const told = (report?.failures ?? []).map((one) => `${one.line} ${one.path}: ${one.message}`);
    expect(told).toEqual([
      '21 when[0].then.tasks[0]: expected one like {"name":"call"}, found none',
      '12 when[0].then.sent[0].channel: expected "email", found "neutral"',
      '12 when[0].then.sent[1].message: expected "other", found "friendly"',
      '12 when[0].then.sent[1].tone: expected "formal", found "friendly"',
      '17 when[0].then.events["case.closed"]: expected 1, found 0',
      '17 when[0].then.events["act.plannd"]: there is no event "act.plannd"; did you mean "act.planned"?',
      '19 when[0].then.text.lacks: expected something without "friendly", found "friendly: customer, F-1, €100.00. Accounts Receivable (+1 555 010 0100 or ar@acme.example) answers."',
      expect.stringContaining(
        '20 when[0].then.nothing: expected nothing to happen, found {"type":"act.planned"',
      ),
      '22 when[0].then.pending: expected 3, found 0',
      '13 when[0].then.levels["F-1"]: expected 2, found 1',
      '13 when[0].then.levels["F-9"]: there is no item F-9',
      '25 when[0].then.items["F-1"].levl: expected "none", found nothing; did you mean level?',
      '14 when[0].then.amounts["F-1"].dunnable: expected 99, found "100.00"',
      '23 when[0].then.counters["F-1"].reminders.gte: expected at least 2, found 1',
      '15 when[0].then.reasons["F-1"]: expected "gap", found "not_yet"',
      '24 when[0].then.accounts["nobody"]: it cannot be read: there is no account "nobody"; sync it first (unknown_id)',
      '26 when[0].then.totals.EUR.overdue.lt: expected less than 100, found "100.00"',
      '18 when[0].then.effects["blokc"]: no policy has an effect "blokc"',
      '16 when[0].then.next: expected nothing, found "2026-03-11T00:00"',
    ]);
    expect(report).toMatchObject({ passed: false, performed: 1, steps: 1 });
    expect(report === undefined ? '' : reportText(report)).toContain(
      'FAILED  All of it is wrong\n  line 21, ',
    );
  });

  it('stops at an operation that is refused and was not expected to be', async () => {
    const [report] = await runScenario(`scenario: Refused
${ladder}
when:
  - { at: 2026-03-04, release: nothing }
  - { at: 2026-03-05, tick: true }
`);
    expect(report).toMatchObject({ performed: 0, steps: 2 });
    expect(report?.failures).toMatchObject([
      { step: 0, path: 'when[0]', found: 'unknown_id', message: expect.stringContaining('no hold') },
    ]);
  });

  it('says so when an error was expected and nothing or another was refused', async () => {
    expect(
      await failures(`scenario: No error
${ladder}
when:
  - { at: 2026-03-04, tick: true, error: unknown_id }
  - { at: 2026-03-04, release: nothing, error: { code: impossible_state, message: { contains: released } } }
`),
    ).toEqual([
      'when[0].error: expected the error {"code":"unknown_id"}, but nothing was refused',
      expect.stringContaining('when[1].error.code: expected "impossible_state", found "unknown_id"'),
      expect.stringContaining('when[1].error.message.contains: expected something that contains "released"'),
    ]);
  });

  it('says so when what is given is refused, with the places', async () => {
    const [failure] = await failures(`scenario: Given wrongly
given: { policy: { stages: [{ id: a, att: 3d }] } }
`);
    expect(failure).toContain(
      'given: it was refused: the documents: 1 problem\n  policies[0].stages[0].att: unknown key',
    );
  });

  it('performs several operations of a step in the order written', async () => {
    expect(
      await failures(`scenario: Order
${ladder}
when:
  - { at: 2026-03-04, review: true, payments: { invoice: F-1 }, dispatch: true, then: { sent: none, outcomes: [{ outcome: skipped }] } }
`),
    ).toEqual([]);
    expect(
      await failures(`scenario: Another order
${ladder}
when:
  - { at: 2026-03-04, dispatch: true, review: true, payments: { invoice: F-1 }, then: { acts: 1, outcomes: none } }
`),
    ).toEqual([]);
  });

  it('means the act in a state that the operation takes, and asks where several are left', async () => {
    const proposals = (steps: string) => `scenario: Which
given:
  currency: EUR
  plan: { contact: none }
  policy: { mode: approve, message: { by: invoice }, stages: [{ id: a, at: 1d }, { id: b, at: 5d }] }
  invoices: [{ id: F-1, total: 100, due: 2026-03-01 }]
when:
  - { at: 2026-03-02, tick: true }
  - { at: 2026-03-02, approve: {} }
  - { at: 2026-03-02, tick: true }
  - { at: 2026-03-06, tick: true, then: { pending: 1 } }
${steps}`;
    expect(
      await failures(proposals('  - { at: 2026-03-06, approve: {}, then: { pending: [{ state: ready }] } }')),
    ).toEqual([]);
    const [several] = await failures(
      proposals('  - { at: 2026-03-06, discard: {} }\n  - { at: 2026-03-06, approve: {} }'),
    );
    expect(several).toContain('several acts fit {}');
    const [none] = await failures(proposals('  - { at: 2026-03-06, approve: { stage: c } }'));
    expect(none).toContain('no act fits {"stage":"c"}; there is customer/policy/F-1#1/a.1');
  });

  it('fills in what records leave out', async () => {
    expect(
      await failures(`scenario: Left out
${ladder}
when:
  - { at: 2026-03-02, payments: { invoice: F-1 }, then: { amounts: { F-1: 0 } } }
  - { at: 2026-03-03, refunds: { payment: P-1 }, then: { amounts: { F-1: 100 } } }
  - { at: +2w, then: { items: { F-1: { daysPastDue: 16 } } } }
  - { at: +1mo, then: { items: { F-1: { daysPastDue: 47 } } } }
  - { at: +1bd, error: invalid_duration }
  - { invoices: { total: '5.5 USD' }, then: { amounts: { F-2: { outstanding: 5.5, currency: USD } } } }
`),
    ).toEqual([]);
  });

  it('notices answers of channels that there are not, and errors that several operations could cause', async () => {
    expect(
      await failures(`scenario: Nobody asks
${ladder}
when: [{ at: 2026-03-04, answers: { channel: neutra, answer: refused } }]
`),
    ).toEqual([expect.stringContaining('there is no channel "neutra"; did you mean "neutral"?')]);
    expect(
      await failures(`scenario: Which of them
${ladder}
when: [{ at: 2026-03-04, tick: true, release: nothing, error: unknown_id }]
`),
    ).toEqual(['when[0]: it cannot be performed: a step that expects an error has one operation']);
    expect(
      await failures(`scenario: Its own fault is no error that it may expect
${ladder}
when: [{ at: 2026-03-04, change: { invoices: { id: F-8 } }, error: invalid_input }]
`),
    ).toEqual(['when[0].change.invoices: it cannot be performed: nothing was told of "F-8" before']);
  });

  it('speaks of the reviews of the step alone', async () => {
    const text = (then: string) => `scenario: Reviews
${ladder}
when:
  - { at: 2026-03-02, review: true, then: { reviewed: 1 } }
  - { at: 2026-03-02, dispatch: true, then: { reviewed: ${then} } }
`;
    expect(await failures(text('none'))).toEqual([]);
    expect(await failures(text('1'))).toEqual([expect.stringContaining('expected 1, found nothing')]);
  });

  it('never goes back in time', async () => {
    expect(
      await failures(`scenario: Back
${ladder}
when:
  - { at: 2026-03-04 }
  - { at: 2026-03-03, error: invalid_instant }
  - { at: '+2h', then: { next: now } }
  - { at: yesterday, error: invalid_instant }
`),
    ).toEqual([]);
  });

  it('is thrown for a test runner', async () => {
    const wrong = `scenario: Wrong\n${ladder}\nthen: { sent: 1 }\n`;
    await expect(assertScenario(wrong)).rejects.toThrow(ScenarioError);
    await expect(assertScenario(wrong)).rejects.toThrow('then.sent: expected 1, found 0');
    expect(await assertScenario(`scenario: Right\n${ladder}\nthen: { sent: 0 }\n`)).toHaveLength(1);
  });

  it('tells the exposure of accounts with a credit line, and what another one is expected to be', async () => {
    const given = {
      currency: 'EUR',
      policy: { stages: [] },
      invoices: { id: 'F-1', total: 100, due: '2026-03-01' },
    };
    const exposure = {
      currency: 'EUR',
      total: '100.00',
      limit: '80.00',
      uninsured: '100.00',
      over: true,
      usedShare: 125,
    };
    const then = { accounts: { customer: { exposure: { total: 99.5, limit: 80 } } } };
    const accounts = { id: 'customer', credit: { limit: 80 } };
    const when = [{ at: '2026-03-02', then }];
    const [report] = await runScenario(
      { scenario: 'With', given: { ...given, accounts }, when },
      { trace: true },
    );
    expect(report?.trace).toMatchObject([{}, { accounts: { customer: { exposure } } }]);
    expect(report?.failures.map(({ path, message }) => [path, message])).toEqual([
      ['when[0].then.accounts["customer"].exposure.total', 'expected 99.5, found "100.00"'],
    ]);
    const [without] = await runScenario({ scenario: 'Without', given, when: [] }, { trace: true });
    expect(JSON.stringify(without?.trace)).toContain('"account":"customer"');
    expect(JSON.stringify(without?.trace)).not.toContain('exposure');
  });

  it('tells every decision, state and reason where asked', async () => {
    const text = `scenario: Traced\n${ladder}\nwhen:\n  - { at: 2026-03-04, note: third day, tick: true }\n  - { at: 2026-03-05, review: { accounts: all } }\n`;
    const [report] = await runScenario(text, { trace: true });
    expect(report?.trace).toMatchObject([
      { step: -1, operations: ['given'], accounts: { customer: { items: [{ item: 'F-1' }] } } },
      {
        step: 0,
        at: '2026-03-04T10:00:00+00:00',
        note: 'third day',
        operations: ['tick'],
        attempts: [{ channel: 'neutral', outcome: 'accepted' }],
        tenant: 'default',
        acts: [{ state: 'accepted', hash: expect.stringMatching(/^[0-9a-f]{16}$/) }],
        explanations: { customer: { items: [{ reason: 'not_yet' }] } },
        next: { customer: '2026-03-11T00:00' },
      },
      { step: 1, decisions: [{ accounts: [{ acts: [], waiting: [{ reason: 'not_yet' }] }] }] },
    ]);
    const again = await runScenario(text, { trace: true });
    expect(JSON.stringify(again)).toBe(JSON.stringify([report]));
  });
});

describe('for other programs', () => {
  it('a step tells whose it was, for which moment, and every problem of what was refused', async () => {
    const text = `scenario: Traced\n${ladder}\nwhen:
  - { at: 2026-03-20, asOf: 2026-03-04, review: { accounts: all } }
  - { at: 2026-03-20, tenant: other, invoices: { id: F-9, totl: 1 }, error: invalid_input }
`;
    const [report] = await runScenario(text, { trace: true });
    expect(report?.failures).toEqual([]);
    const [given, dated, refused] = report?.trace ?? [];
    expect(given).not.toHaveProperty('asOf');
    expect(dated).toMatchObject({
      at: '2026-03-20T10:00:00+00:00',
      asOf: '2026-03-04T10:00:00+00:00',
      accounts: { customer: { on: '2026-03-04', items: [{ daysPastDue: 3 }] } },
      explanations: { customer: { day: '2026-03-04' } },
    });
    expect(refused).toMatchObject({ tenant: 'other', accounts: {} });
    expect(refused?.error?.problems).toContainEqual(
      expect.objectContaining({ path: 'invoices[0].totl', code: 'unknown_key' }),
    );
  });

  it('waiting tells its moment as all others are told', async () => {
    const text = `scenario: Waits\n${ladder}\nwhen:\n  - { at: 2026-03-02, review: { accounts: all } }\n`;
    const [report] = await runScenario(text, { trace: true });
    expect(report?.trace?.[1]?.decisions).toMatchObject([
      { accounts: [{ waiting: [{ item: 'F-1', reason: 'not_yet', at: '2026-03-04T00:00' }] }] },
    ]);
  });
});

describe('parsing', () => {
  it('lists every problem with its place and a hint', () => {
    expect(
      problems(`
scenario: Misspelt
givn: {}
given: { curency: EUR, channels: [{ id: email, adress: none }] }
when:
  - { at: 2026-03-01, tik: true, then: { sent: { none: [{ chanel: email }] }, effects: { stop: maybe } } }
  - { review: { account: a }, resolve: { stage: a, as: perhaps }, tick: false }
`),
    ).toEqual([
      'given.channels[0].adress: unknown key "adress"; did you mean "address"?',
      'given.curency: unknown key "curency"; did you mean "currency"?',
      'givn: unknown key "givn"; did you mean "given"?',
      expect.stringContaining('when[0].then.effects.stop: must be "on" or "off"'),
      'when[0].then.sent.none[0].chanel: unknown key "chanel"; did you mean "channel"?',
      'when[0].tik: unknown key "tik"; did you mean "tick"?',
      'when[1].resolve.as: must be "sent" or "not-sent", not "perhaps"',
      expect.stringContaining('when[1].review.account: unknown key "account"; did you mean "accounts"?'),
      'when[1].tick: must be true',
    ]);
  });

  it('refuses what is neither YAML nor JSON, too large or too deep', () => {
    expect(() => parseScenario('scenario: [')).toThrow(expect.objectContaining({ code: 'invalid_file' }));
    expect(() => parseScenario('{ "scenario": }')).toThrow(expect.objectContaining({ code: 'invalid_file' }));
    expect(problems(`scenario: ${'x'.repeat(30_000)}`)[0]).toContain('at most 20000');
    const deep = `${'['.repeat(60)}${']'.repeat(60)}`;
    expect(problems(`scenario: Deep\ngiven: { plan: { x: ${deep} } }`)[0]).toContain('deeper than 40');
    expect(problems('[]')[0]).toContain('must be an object');
    expect(problems('')[0]).toContain('must be an object');
  });

  it('gives each scenario of a file what they share', () => {
    const parsed = parseScenario(`
tags: [all]
source: somewhere
given: { currency: EUR, policy: { stages: [] } }
scenarios:
  - { scenario: one, tags: [a] }
  - { scenario: two, given: { currency: USD } }
`);
    expect(parsed).toMatchObject([
      { scenario: 'one', tags: ['all', 'a'], source: 'somewhere', given: { currency: 'EUR' } },
      { scenario: 'two', tags: ['all'], given: { currency: 'USD', policy: { stages: [] } } },
    ]);
  });
});

describe('references to files', () => {
  const top = mkdtempSync(join(tmpdir(), 'recobro-scenario-'));
  afterAll(() => {
    // Only what was made here is removed.
    expect(top.startsWith(`${tmpdir()}${sep}recobro-scenario-`)).toBe(true);
    rmSync(top, { recursive: true });
  });
  const inner = join(top, 'inner');
  mkdirSync(inner);
  writeFileSync(join(top, 'outside.yaml'), 'id: outside\nversion: 1\nstages: []\n');
  writeFileSync(join(inner, 'policy.json'), '{ "id": "inside", "version": 1, "stages": [] }');
  symlinkSync(join(top, 'outside.yaml'), join(inner, 'link.yaml'));
  const naming = (path: string) => `scenario: Reference\ngiven: { policy: ${path} }\n`;

  it('are relative and contained', async () => {
    expect(await failures(naming('policy.json'), { folder: inner })).toEqual([]);
    expect(await failures(naming('../outside.yaml'), { folder: inner, root: top })).toEqual([]);
    const refused = async (path: string) => (await failures(naming(path), { folder: inner }))[0];
    expect(await refused('../outside.yaml')).toContain('leads out of the folder');
    expect(await refused('link.yaml')).toContain('leads out of the folder');
    expect(await refused(join(inner, 'policy.json'))).toContain('is not relative');
    expect(await refused('missing.yaml')).toContain('there is no file "missing.yaml"');
    expect(await refused('.')).toContain('is no file');
    expect((await failures(naming('policy.json')))[0]).toContain('needs a folder');
  });

  it('stand beside the file that is run', async () => {
    const file = join(inner, 'scenario.yaml');
    writeFileSync(file, naming('policy.json'));
    expect(await runScenarioFile(file)).toMatchObject([{ file, passed: true }]);
  });
});
