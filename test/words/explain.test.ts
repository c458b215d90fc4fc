import { describe, expect, it } from 'vitest';
import type { Change, Explanation, ItemExplanation, StageExplanation, Way } from '../../src/engine/index.js';
import { explain } from '../../src/engine/index.js';
import { explanationText, itemText, languages } from '../../src/words/index.js';
import {
  aDispute,
  aHold,
  aLadder,
  anInvoice,
  aPlan,
  engineOf,
  instant,
  owing,
  told,
} from '../support/build.js';
import { walk } from '../support/walk.js';

const policy = aLadder(['1d', '3d', '9d']);
const engine = engineOf(policy, aPlan({}, { windows: [{ from: '09:00', to: '18:00' }] }));
const zone = 'America/Mexico_City';

function explained(day: string, ...facts: readonly ReturnType<typeof told.hold>[]): Explanation {
  const { file } = walk(engine, owing(anInvoice()), '2026-03-01', 2, { facts: { '2026-03-01': facts } });
  return explain(engine, file, instant(`${day}T10:00:00-06:00`));
}

const stage: StageExplanation = {
  stage: 's3d',
  tone: 'friendly',
  state: 'later',
  day: '2026-03-04',
  acts: false,
  failed: 'date',
  reason: 'not_yet',
  tried: [],
};
const item: ItemExplanation = {
  item: 'F1~2',
  invoice: 'F1',
  number: 'F-1',
  currency: 'MXN',
  outstanding: 125_000,
  dunnable: 125_000,
  due: '2026-03-01',
  daysPastDue: 2,
  blocks: [],
  policy: { id: 'ladder', version: 1, hash: 'x' },
  assignedBy: 'default',
  stages: [stage],
  acts: false,
  tried: [],
};
const base = {
  account: 'robles',
  at: 0,
  day: '2026-03-03',
  zone,
  plan: { id: 'p', version: 1, hash: 'x' },
  acts: [],
};

function lines(changes: Partial<ItemExplanation>, language = 'en', options = {}): string[] {
  const text = explanationText({ ...base, items: [{ ...item, ...changes }] }, { language, ...options });
  return text.split('\n').slice(1);
}

describe('the text of an explanation', () => {
  it('says what is owed, why nothing goes out and what would change it', () => {
    const text = explanationText(explained('2026-03-03', told.dispute(aDispute())));
    expect(text.split('\n').slice(0, 4)).toEqual([
      'robles, March 3, 2026 (America/Mexico_City)',
      '  F1: 100.00 MXN open, none of which may be chased, due March 1, 2026 (2 days ago)',
      '    Nothing goes out now (held back): it is disputed.',
      expect.stringMatching(/^ {4}What would change it: settle the dispute “D1”.* over 100\.00 MXN\.$/),
    ]);
  });

  it('tells a hold with its end, in the reader’s language', () => {
    const held = explained('2026-03-03', told.hold(aHold({ from: '2026-03-02', until: '2026-03-20' })));
    const [, , why, would] = explanationText(held, { language: 'es-MX' }).split('\n');
    expect(why).toBe(
      '    Ahora no sale nada (retenida): hay una retención vigente. Se vuelve a mirar el 21 de marzo de 2026.',
    );
    expect(would).toContain(
      'levantar la retención «H1» (talks) por 100.00 MXN (dura hasta el 20 de marzo de 2026)',
    );
    expect(explanationText(held, { language: 'pt-BR' })).toContain(
      'liberar a suspensão “H1” (talks) de 100,00 MXN (dura até 20 de março de 2026)',
    );
  });

  it('asks for no further cent of what is paid', () => {
    const would = [[{ kind: 'amount' as const, of: 'outstanding' as const, currency: 'MXN', missing: 1 }]];
    expect(lines({ failed: 'owed', reason: 'paid', outstanding: 0, would }).join()).not.toContain('0.01');
    expect(lines({ failed: 'owed', reason: 'tolerance', would }).join()).toContain('0.01');
  });

  it('says when the next stage comes, and who gets what where one acts', () => {
    const [, waiting] = lines({
      failed: 'date',
      reason: 'not_yet',
      stage: 's3d',
      at: instant('2026-03-04T00:00:00-06:00'),
    });
    expect(waiting).toBe('    Nothing is due yet; “s3d” comes on March 4, 2026.');
    const place = {
      contact: 'ana',
      channel: 'email',
      contactBy: 'role',
      role: 'billing',
      channelBy: 'order',
      channels: ['email'],
      passed: [],
    } as const;
    expect(lines({ acts: true, stage: 's3d', place })[1]).toBe('    Acts now: “s3d” to “ana” by email.');
    const named = {
      ...base,
      contacts: { ana: 'Ana Robles' },
      items: [{ ...item, acts: true, stage: 's3d', place }],
    };
    expect(explanationText(named, { language: 'pt' })).toContain(
      'Age agora: “s3d” para Ana Robles por e-mail.',
    );
  });

  it('uses the names of stages and policies where it has them', () => {
    const named = [
      {
        ...policy,
        name: 'Exporter',
        stages: policy.stages.map((one) => ({ ...one, name: `The ${one.id}` })),
      },
    ];
    const text = lines({}, 'en', { policies: named }).join('\n');
    expect(text).toContain("Exporter v1 (by the plan's default): The s3d Mar 4, 2026");
  });

  it('tells every stage with its own why, on request', () => {
    const failed: StageExplanation = {
      ...stage,
      state: 'condition',
      failed: 'condition',
      reason: 'condition',
      would: [[{ kind: 'ask', stage: 's3d' }]],
    };
    expect(lines({ stages: [failed] }, 'en', { stages: true }).slice(2)).toEqual([
      "    ladder v1 (by the plan's default)",
      "      s3d Mar 4, 2026 (condition: the stage's condition does not hold)",
      '        What would change it: ask for “s3d” by hand.',
    ]);
  });

  it('counts what is settled where it is not to be told', () => {
    const paid = { ...item, outstanding: 0, dunnable: 0, failed: 'owed', reason: 'paid' } as const;
    const explanation = { ...base, items: [paid, item] };
    expect(explanationText(explanation)).toContain('Nothing to chase: it is paid.');
    const short = explanationText(explanation, { settled: false, language: 'es' });
    expect(short).not.toContain('pagada');
    expect(short).toContain('1 documento saldado');
    expect(explanationText({ ...base, items: [] }, { language: 'pt' })).toContain('não deve nada que conste');
  });

  it('lists several ways, each enough by itself, and says how many more there are', () => {
    const ways: Way[] = ['MXN', 'USD', 'EUR', 'COP', 'BRL', 'GBP'].map((currency) => [
      { kind: 'threshold', currency },
    ]);
    const told = lines({ failed: 'condition', reason: 'no_threshold', would: ways });
    expect(told.slice(2, 4)).toEqual([
      '    What would change it, any of these:',
      '      · give an amount in MXN, or say what holds where there is none',
    ]);
    expect(told[8]).toBe('      … and 1 more');
  });

  it('one item alone', () => {
    const one = {
      ...item,
      failed: 'contact_rules',
      reason: 'gap',
      stage: 's3d',
      at: instant('2026-03-04T09:00:00-06:00'),
    } as const;
    expect(itemText(one, { zone })).toBe(
      'Nothing goes out now (contact rules): the account heard from us too recently. “s3d” waits until March 4, 2026, 09:00.',
    );
    expect(itemText(one, { zone, language: 'es' })).toBe(
      'Ahora no sale nada (reglas de contacto): la cuenta recibió un contacto nuestro hace muy poco. «s3d» espera hasta el 4 de marzo de 2026, 09:00.',
    );
  });
});

/** One of each kind, with its English text. */
const changes: readonly (readonly [Change, string])[] = [
  [
    { kind: 'date', day: '2026-03-10', at: instant('2026-03-10T00:00:00-06:00') },
    'wait until March 10, 2026',
  ],
  [
    {
      kind: 'condition',
      fact: 'item.dunnable',
      op: 'gte',
      wanted: { MXN: '10000.00' },
      found: { MXN: '80.00' },
    },
    'amount to chase ≥ 10,000.00 MXN (now 80.00 MXN)',
  ],
  [
    { kind: 'condition', fact: 'account.risk', op: 'lt', wanted: 50, not: true },
    'not: risk score < 50 (now not known)',
  ],
  [
    { kind: 'condition', fact: 'account.tags', op: 'has', wanted: 'vip', found: [] },
    'account tags contain “vip” (now –)',
  ],
  [{ kind: 'amount', of: 'outstanding', currency: 'MXN', missing: 50_000 }, 'another 500.00 MXN owed on it'],
  [
    { kind: 'amount', of: 'dunnable', currency: 'MXN', missing: 50_000 },
    'another 500.00 MXN that may be chased',
  ],
  ...(
    [
      ['hold', 'release', 'release the hold “X” over 1.00 MXN'],
      ['dispute', 'settle', 'settle the dispute “X” over 1.00 MXN'],
      ['promise', 'cancel', 'cancel the promise “X” over 1.00 MXN'],
      ['unbooked', 'book', 'book the payment “X” over 1.00 MXN, or say that it will not come'],
      ['reply', 'handle', "answer the debtor's reply “X”"],
      ['plan', 'end', 'end the payment plan “X”'],
      ['source', 'refresh', 'bring the source “X” up to date'],
      ['unapplied', 'apply', 'allocate the money received “X” over 1.00 MXN to invoices'],
    ] as const
  ).map(
    ([block, by, text]) =>
      [
        { kind: 'block', block, id: 'X', reason: block, amount: 100, currency: 'MXN', by } as Change,
        text,
      ] as const,
  ),
  [{ kind: 'person', owner: 'Ana' }, 'release the conversation that Ana leads'],
  [{ kind: 'handover', to: 'agency', on: '2026-03-01' }, 'take it back from the agency'],
  [{ kind: 'account', account: 'robles' }, 'sync the account robles itself'],
  [{ kind: 'invoice', field: 'status', found: 'draft', wanted: 'open' }, 'status “open” (now “draft”)'],
  [{ kind: 'invoice', field: 'type', found: 'payable' }, 'another document type (now “payable”)'],
  [{ kind: 'invoice', field: 'due' }, 'give it a due date'],
  [{ kind: 'assignment', reason: 'no_policy', by: 'none' }, 'assign a policy that is active'],
  [
    { kind: 'assignment', reason: 'unknown_policy', by: 'segment', policy: 'x' },
    'assign another policy than “x”, or make it active',
  ],
  [
    { kind: 'act', id: 'a', state: 'proposed', stage: 's1d' },
    'approve, confirm or discard the proposal of “s1d”',
  ],
  [{ kind: 'act', id: 'a', state: 'planned', stage: 's1d' }, 'wait until the message of “s1d” has gone out'],
  [{ kind: 'act', id: 'a', state: 'unknown', stage: 's1d' }, 'say whether the message of “s1d” went out'],
  [{ kind: 'stage', stage: 's1d', state: 'done' }, 'first “s1d” is done'],
  [{ kind: 'ask', stage: 's1d' }, 'ask for “s1d” by hand'],
  [{ kind: 'run' }, 'ask for a run'],
  [
    { kind: 'cap', of: 'account', id: 'robles', found: 1, wanted: 3 },
    'raise the level cap of the account robles to 3 (now 1)',
  ],
  [{ kind: 'threshold', currency: 'COP' }, 'give an amount in COP, or say what holds where there is none'],
  [
    { kind: 'rate', from: 'COP', to: ['MXN', 'USD'] },
    'give the plan an exchange rate from COP to MXN or USD',
  ],
  [
    { kind: 'consent', contact: 'ana', channel: 'whatsapp', found: 'none' },
    'record that “ana” consents to WhatsApp',
  ],
  [{ kind: 'consent', channel: 'whatsapp', found: 'none' }, 'record that the contact consents to WhatsApp'],
  [
    { kind: 'consent', contact: 'ana', channel: 'sms', found: 'withdrawn' },
    'obtain new consent of “ana” to SMS (withdrawn)',
  ],
  [{ kind: 'address', channel: 'email', found: 'missing' }, 'add a contact for email'],
  [
    { kind: 'address', contact: 'ana', channel: 'email', found: 'missing' },
    'add an address of “ana” for email',
  ],
  [
    { kind: 'address', contact: 'ana', channel: 'email', found: 'unusable' },
    'correct the address of “ana” for email, which was refused',
  ],
  [{ kind: 'channel', channel: 'pigeon' }, 'set up pigeon'],
  [{ kind: 'text', message: 'firm', channel: 'sms' }, 'write a text of “firm” for SMS'],
  [
    { kind: 'contact', rule: 'cap', at: instant('2026-03-05T09:00:00-06:00') },
    'wait until March 5, 2026, 09:00 (the account has reached its contact cap)',
  ],
  [{ kind: 'contact', rule: 'window' }, 'change the contact rules (it is outside the contact hours)'],
];

describe('what would change it', () => {
  const textOf = (change: Change, language: string): string => {
    const failing = { failed: 'condition', reason: 'condition', would: [[change]] } as const;
    return lines(failing, language)[2] ?? '';
  };

  it.each(changes)('%j', (change, text) => {
    expect(textOf(change, 'en')).toBe(`    What would change it: ${text}.`);
    const others = languages
      .filter((language) => language !== 'en')
      .map((language) => textOf(change, language));
    expect(others[0]).toMatch(/^ {4}Qué lo cambiaría: \S.*\.$/);
    expect(others[1]).toMatch(/^ {4}O que mudaria isso: \S.*\.$/);
    for (const other of others) {
      expect(other).not.toContain(text);
      expect(other).not.toMatch(/undefined|\[object/);
    }
  });

  it('puts together what is needed at once', () => {
    const way: Way = [{ kind: 'run' }, { kind: 'channel', channel: 'sms' }];
    const failing = { failed: 'condition', reason: 'condition', would: [way] } as const;
    expect(lines(failing, 'en')[2]).toBe('    What would change it: ask for a run and set up SMS.');
    expect(lines(failing, 'es')[2]).toBe('    Qué lo cambiaría: pedir una corrida y además configurar SMS.');
  });
});
