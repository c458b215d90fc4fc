import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/calendar/index.js';
import { type LedgerFacts, settled } from '../../src/ledger/facts.js';
import { upsert } from '../../src/ledger/upsert.js';
import { formatAmount } from '../../src/money/index.js';
import { parseFacts } from '../../src/schema/facts.js';
import { problemsOf, refusal } from './problems.js';
import { changed } from './valid.js';

const now = parseInstant('2026-03-03T23:30:00-06:00');
const options = { now, zone: 'America/Mexico_City' };

const facts = {
  accounts: [
    {
      id: 'robles',
      name: 'Comercial Robles',
      version: 4,
      zone: 'America/Tijuana',
      language: 'es-mx',
      country: 'MX',
      policy: null,
      tags: ['key'],
      attributes: { sector: 'retail', rating: 3, vip: true, note: null },
      owner: 'Ana',
      hardship: true,
      contacts: [
        {
          email: 'pagos@robles.example',
          phone: '+525512345678',
          consent: {
            whatsapp: 'granted',
            sms: { state: 'withdrawn', at: '2026-03-01T10:00:00Z', proof: 'form 7' },
          },
        },
        {
          role: 'manager',
          name: 'María Robles',
          whatsapp: '+525587654321',
          language: 'EN',
          zone: 'UTC',
          prefers: ['email', 'sms'],
        },
      ],
    },
    { id: 'norte', name: 'Norte SA' },
  ],
  invoices: [
    {
      id: 'F/2026/1',
      account: 'robles',
      total: { amount: '1250.00', currency: 'MXN' },
      issued: '2026-02-01',
      due: '2026-03-03',
    },
    {
      id: 'F-2',
      account: 'robles',
      version: 1,
      number: 'Fact. 2',
      status: 'open',
      total: { minor: 30_000, currency: 'MXN' },
      issued: '2026-02-01',
      instalments: [
        { due: '2026-03-01', amount: '100.00' },
        { id: 'last', due: '2026-04-01', amount: { minor: 20_000 } },
      ],
      balance: { amount: '250.00', currency: 'MXN', asOf: '2026-03-02T00:00:00Z' },
      writtenOff: '0.50',
      fiscalId: 'a-b',
      externalIds: { sap: '4711' },
      paymentUrl: 'https://pay.acme.example/2',
      document: 'docs/2.pdf',
      contact: 'manager',
      policy: 'gentle',
      tags: ['project'],
      attributes: { site: 'north' },
    },
    {
      id: 'N-1',
      account: 'norte',
      total: { amount: '5000', currency: 'CLP' },
      issued: '2026-02-01',
      due: '2026-01-15',
    },
  ],
  payments: [
    {
      id: 'P-1',
      account: 'robles',
      amount: { amount: '100.00', currency: 'MXN' },
      date: '2026-03-01',
      invoice: 'F-2',
      instalment: '1',
    },
    {
      id: 'P-2',
      account: 'robles',
      amount: { amount: '50.00', currency: 'MXN' },
      date: '2026-03-01',
      bookedAt: 1_772_000_000_000,
      allocations: [
        { invoice: 'F/2026/1', amount: '20.00' },
        { invoice: 'F-2', instalment: 'last', amount: { minor: 1000 } },
      ],
    },
    {
      id: 'P-3',
      account: 'unseen',
      amount: { minor: 1, currency: 'EUR' },
      date: '2026-03-01',
      state: 'reversed',
    },
  ],
  credits: [
    {
      id: 'C-1',
      account: 'norte',
      amount: { minor: 100, currency: 'CLP' },
      date: '2026-03-01',
      invoice: 'N-1',
    },
  ],
  holds: [
    { id: 'H-1', account: 'robles', reason: 'legal', author: 'Ana', from: '2026-03-01', until: '2026-03-01' },
    { id: 'H-2', account: 'norte', invoice: 'N-1', reason: 'check', author: 'Ana', released: true },
  ],
  disputes: [
    {
      id: 'D-1',
      account: 'robles',
      invoice: 'F/2026/1',
      amount: { amount: '10.00', currency: 'MXN' },
      reason: 'price',
      author: 'Ana',
      opened: '2026-03-01',
    },
  ],
  promises: [
    { id: 'Z-1', account: 'robles', invoice: 'F-2', date: '2026-03-10', source: 'debtor', graceDays: 2 },
  ],
} as const satisfies LedgerFacts;

describe('parseFacts', () => {
  const normal = parseFacts(facts, options);
  const robles = normal.get('robles')!;
  const norte = normal.get('norte')!;

  it('takes the marks out that turn the order of reading, and what nobody sees of numbers and addresses', () => {
    const read = parseFacts(
      {
        accounts: [
          {
            id: 'robles',
            name: '\u202eselbor 000.1$\u202c \u2067x\u2069',
            contacts: [
              {
                name: 'In\u202ces',
                email: '\u200bines@robles.example\ufeff',
                phone: '\u202a+52 55 1234 5678\u202c',
              },
            ],
          },
        ],
        invoices: [
          {
            id: 'F-1',
            account: 'robles',
            number: 'F-\u202e1',
            total: { amount: '1.00', currency: 'MXN' },
            issued: '2026-02-01',
            due: '2026-03-01',
          },
        ],
      },
      { now, zone: 'UTC' },
    ).get('robles')!;
    expect(read.account?.name).toBe('selbor 000.1$ x');
    expect(read.account?.contacts[0]).toMatchObject({
      name: 'Ines',
      email: 'ines@robles.example',
      phone: '+525512345678',
    });
    expect(read.account?.contacts[0]).not.toHaveProperty('faults');
    expect(read.invoices[0]?.number).toBe('F-1');
  });

  it('groups records by account, also accounts that are only mentioned', () => {
    expect([...normal.keys()]).toEqual(['robles', 'norte', 'unseen']);
    expect(normal.get('unseen')?.account).toBeUndefined();
    expect(robles.invoices.map((one) => one.id)).toEqual(['F/2026/1', 'F-2']);
  });

  it('fills in what is left out', () => {
    expect(norte.account).toEqual({
      id: 'norte',
      name: 'Norte SA',
      tags: [],
      attributes: {},
      hardship: false,
      contacts: [],
    });
    expect(norte.invoices[0]).toEqual({
      id: 'N-1',
      number: 'N-1',
      status: 'open',
      currency: 'CLP',
      total: 5000,
      issued: '2026-02-01',
      due: '2026-01-15',
      instalments: [],
      writtenOff: 0,
      externalIds: {},
      tags: [],
      attributes: {},
    });
  });

  it('reads contacts: id from the role, name from the account, consent in short and long form', () => {
    expect(robles.account?.language).toBe('es-MX');
    expect(robles.account?.policy).toBeNull();
    expect(robles.account?.contacts).toEqual([
      {
        id: 'billing',
        role: 'billing',
        name: 'Comercial Robles',
        email: 'pagos@robles.example',
        phone: '+525512345678',
        prefers: [],
        consents: [
          { channel: 'whatsapp', state: 'granted', at: 0 },
          { channel: 'sms', state: 'withdrawn', at: Date.UTC(2026, 2, 1, 10), proof: 'form 7' },
        ],
      },
      {
        id: 'manager',
        role: 'manager',
        name: 'María Robles',
        whatsapp: '+525587654321',
        language: 'en',
        zone: 'UTC',
        prefers: ['email', 'sms'],
        consents: [],
      },
    ]);
  });

  it('reads instalments and balance', () => {
    expect(robles.invoices[1]).toMatchObject({
      total: 30_000,
      instalments: [
        { id: '1', due: '2026-03-01', amount: 10_000 },
        { id: 'last', due: '2026-04-01', amount: 20_000 },
      ],
      balance: { amount: 25_000, asOf: Date.UTC(2026, 2, 2) },
      writtenOff: 50,
    });
  });

  it('reads payments: one invoice, several, none', () => {
    expect(robles.payments.map((one) => one.allocations)).toEqual([
      [{ invoice: 'F-2', instalment: '1', amount: 10_000 }],
      [
        { invoice: 'F/2026/1', amount: 2000 },
        { invoice: 'F-2', instalment: 'last', amount: 1000 },
      ],
    ]);
    expect(normal.get('unseen')?.payments[0]).toEqual({
      id: 'P-3',
      currency: 'EUR',
      amount: 1,
      date: '2026-03-01',
      bookedAt: now,
      state: 'reversed',
      allocations: [],
      reversedOn: '2026-03-03',
    });
  });

  it('fills days from the zone of the account, else of the plan, and tells which', () => {
    // 23:30 in Mexico City is 21:30 in Tijuana and the next day in UTC.
    expect(norte.holds[0]?.from).toBe('2026-03-03');
    expect(robles.promises[0]?.made).toBe('2026-03-03');
    expect(parseFacts(facts, { now, zone: 'UTC' }).get('norte')?.holds[0]?.from).toBe('2026-03-04');
    expect(norte.assumed.get(norte.holds[0]!)).toEqual(['from']);
    expect(robles.assumed.get(robles.payments[0]!)).toEqual(['bookedAt']);
    expect(robles.assumed.has(robles.payments[1]!)).toBe(false);
  });

  it('asks for days where no zone is known', () => {
    expect(problemsOf(() => parseFacts(facts, { now }))).toEqual(['holds[1].from missing']);
  });

  it('lets the same fact told later be the same', () => {
    const later = parseFacts(facts, { ...options, now: now + 86_400_000 }).get('robles')!;
    const again = later.payments[0]!;
    const known = robles.payments[0]!;
    expect(upsert(known, again)).toBe('changed');
    expect(upsert(known, settled(later, again, known))).toBe('same');
    expect(settled(later, again, undefined)).toBe(again);
    expect(upsert(robles.promises[0], settled(later, later.promises[0]!, robles.promises[0]))).toBe('same');
  });

  it('checks policies and channels where they are known', () => {
    expect(
      problemsOf(() => parseFacts(facts, { ...options, policies: ['strict'], channels: ['email'] })),
    ).toEqual([
      'accounts[0].contacts[0].consent.sms unknown_channel',
      'accounts[0].contacts[0].consent.whatsapp unknown_channel',
      'accounts[0].contacts[1].prefers[1] unknown_channel',
      'invoices[1].policy unknown_reference',
    ]);
    const error = refusal(() => parseFacts(facts, { ...options, policies: ['gentel'] }));
    expect(error.problems[0]?.message).toBe('there is no policy "gentle"; did you mean "gentel"?');
  });

  it('takes nothing, and nothing but lists', () => {
    expect(parseFacts({}, options).size).toBe(0);
    expect(problemsOf(() => parseFacts([], options))).toEqual([' invalid_type']);
    expect(problemsOf(() => parseFacts({ invoices: {} }, options))).toEqual(['invoices invalid_type']);
    expect(problemsOf(() => parseFacts({ invoices: [3, null] }, options))).toEqual([
      'invoices[0] invalid_type',
      'invoices[1] invalid_type',
    ]);
    expect(problemsOf(() => parseFacts({ customers: [] }, options))).toEqual(['customers unknown_key']);
  });

  it('reads every amount as it was written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        fc.constantFrom('MXN', 'CLP', 'KWD', 'CLF'),
        (minor, currency) => {
          const read = (amount: unknown) =>
            parseFacts({ payments: [{ id: 'p', account: 'a', date: '2026-01-01', amount }] }, options).get(
              'a',
            )?.payments[0];
          expect(read({ minor, currency })?.amount).toBe(minor);
          expect(read({ amount: formatAmount(minor, currency), currency })).toEqual(
            read({ minor, currency }),
          );
        },
      ),
    );
  });
});

describe('bad facts', () => {
  const account = (...path: (string | number)[]) => ['accounts', 0, ...path];
  const contact = (...path: (string | number)[]) => account('contacts', 0, ...path);
  const invoice = (...path: (string | number)[]) => ['invoices', 1, ...path];
  const payment = (...path: (string | number)[]) => ['payments', 1, ...path];

  const broken: [what: string, path: (string | number)[], to: unknown, problems: string[]][] = [
    ['an unknown key', account('langauge'), 'es', ['accounts[0].langauge unknown_key']],
    [
      'an unknown key of a contact',
      contact('mail'),
      'a@b.example',
      ['accounts[0].contacts[0].mail unknown_key'],
    ],
    ['a missing name', account('name'), undefined, ['accounts[0].name missing']],
    ['an empty name', account('name'), '  ', ['accounts[0].name too_small']],
    ['a long name', account('name'), 'x'.repeat(301), ['accounts[0].name too_large']],
    ['a name of two lines', account('name'), 'a\nb', ['accounts[0].name invalid_text']],
    ['a missing id', account('id'), undefined, ['accounts[0].id missing']],
    ['an id with spaces around', account('id'), ' robles', ['accounts[0].id invalid_id']],
    ['an unknown zone', account('zone'), 'Mexico', ['accounts[0].zone unknown_zone']],
    ['a language that is a word', account('language'), 'español', ['accounts[0].language unknown_language']],
    ['a country that is a word', account('country'), 'México', ['accounts[0].country invalid_value']],
    ['null where something may be left out', account('owner'), null, ['accounts[0].owner invalid_type']],
    ['a version that is a text', account('version'), '4', ['accounts[0].version invalid_type']],
    ['a negative version', account('version'), -1, ['accounts[0].version too_small']],
    [
      'an e-mail that ends a header',
      contact('email'),
      'a@x.example\r\nBcc: b@x.example',
      ['accounts[0].contacts[0].email invalid_address'],
    ],
    ['an id that turns the order of reading', account('id'), 'robles\u202e1', ['accounts[0].id invalid_id']],
    ['a name of marks alone', account('name'), '\u202e\u2066', ['accounts[0].name too_small']],
    [
      'an e-mail that is a letter',
      contact('email'),
      'x'.repeat(321),
      ['accounts[0].contacts[0].email invalid_address'],
    ],
    [
      'a postal address with tabs',
      contact('postal'),
      'Calle Sur 12\t04000 México',
      ['accounts[0].contacts[0].postal invalid_address'],
    ],
    [
      'two lines for a phone number',
      contact('phone'),
      '+525512345678\n+525587654321',
      ['accounts[0].contacts[0].phone invalid_address'],
    ],
    [
      'two contacts of one role',
      account('contacts', 1, 'role'),
      'billing',
      ['accounts[0].contacts[1].id duplicate_id', 'invoices[1].contact unknown_reference'],
    ],
    [
      'a channel preferred twice',
      account('contacts', 1, 'prefers'),
      ['email', 'email'],
      ['accounts[0].contacts[1].prefers[1] duplicate_entry'],
    ],
    [
      'consent of another kind',
      contact('consent', 'whatsapp'),
      true,
      ['accounts[0].contacts[0].consent.whatsapp invalid_type'],
    ],
    [
      'consent for everything',
      contact('consent'),
      'granted',
      ['accounts[0].contacts[0].consent invalid_type'],
    ],
    ['a list of consents', contact('consent'), [], ['accounts[0].contacts[0].consent invalid_type']],
    [
      'a withdrawal without its moment',
      contact('consent', 'whatsapp'),
      'withdrawn',
      ['accounts[0].contacts[0].consent.whatsapp invalid_type'],
    ],
    [
      'consent without its moment',
      contact('consent', 'sms', 'at'),
      undefined,
      ['accounts[0].contacts[0].consent.sms.at missing'],
    ],
    [
      'consent at a moment without an offset',
      contact('consent', 'sms', 'at'),
      '2026-03-01T10:00:00',
      ['accounts[0].contacts[0].consent.sms.at invalid_instant'],
    ],
    [
      'consent for no channel',
      contact('consent', 'Whats App'),
      'granted',
      ['accounts[0].contacts[0].consent["Whats App"] invalid_id'],
    ],
    [
      'an attribute that is an object',
      account('attributes', 'x'),
      {},
      ['accounts[0].attributes.x invalid_type'],
    ],
    [
      'an attribute with a space',
      account('attributes', 'a b'),
      1,
      ['accounts[0].attributes["a b"] invalid_id'],
    ],
    [
      'a reserved attribute',
      account('attributes'),
      JSON.parse('{"__proto__": 1, "constructor": 2}'),
      ['accounts[0].attributes.__proto__ unknown_key', 'accounts[0].attributes.constructor unknown_key'],
    ],
    [
      'too many attributes',
      account('attributes'),
      Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`a${i}`, i])),
      ['accounts[0].attributes too_large'],
    ],
    [
      'too many tags',
      account('tags'),
      Array.from({ length: 101 }, () => 'x'),
      ['accounts[0].tags too_large'],
    ],
    ['a tag that is a number', account('tags', 0), 3, ['accounts[0].tags[0] invalid_type']],
    // invoices
    ['a total that is a number', invoice('total'), 300, ['invoices[1].total invalid_type']],
    ['a total that is a text', invoice('total'), '300.00', ['invoices[1].total invalid_type']],
    [
      'a total without a currency',
      invoice('total'),
      { amount: '300.00' },
      ['invoices[1].total.currency missing'],
    ],
    [
      'a fraction',
      invoice('total'),
      { amount: 300.5, currency: 'MXN' },
      ['invoices[1].total.amount invalid_type'],
    ],
    [
      'a fraction of a minor unit',
      invoice('total'),
      { minor: 300.5, currency: 'MXN' },
      ['invoices[1].total.minor invalid_amount'],
    ],
    [
      'an amount twice',
      invoice('total'),
      { minor: 30_000, amount: '300.00', currency: 'MXN' },
      ['invoices[1].total conflicting_keys'],
    ],
    [
      'an unknown currency',
      invoice('total'),
      { amount: '300.00', currency: 'MXP' },
      ['invoices[1].total.currency unknown_currency'],
    ],
    [
      'too many decimals',
      invoice('total'),
      { amount: '300.005', currency: 'MXN' },
      ['invoices[1].total.amount invalid_amount'],
    ],
    [
      'decimals of a currency without',
      ['invoices', 2, 'total', 'amount'],
      '5000.50',
      ['invoices[2].total.amount invalid_amount'],
    ],
    [
      'an absurd amount',
      invoice('total'),
      { amount: '99999999999999999.00', currency: 'MXN' },
      ['invoices[1].total.amount invalid_amount'],
    ],
    ['an impossible date', invoice('issued'), '2026-02-30', ['invoices[1].issued invalid_date']],
    ['a Date', invoice('issued'), new Date(0), ['invoices[1].issued invalid_type']],
    [
      'a negative instalment',
      invoice('instalments'),
      [
        { due: '2026-03-01', amount: '-100.00' },
        { id: 'last', due: '2026-04-01', amount: '400.00' },
      ],
      ['invoices[1].instalments[0].amount invalid_amount'],
    ],
    [
      'instalments that do not add up',
      invoice('instalments', 1, 'amount'),
      '200.01',
      ['invoices[1].instalments wrong_sum'],
    ],
    [
      'an instalment twice',
      invoice('instalments', 1, 'id'),
      '1',
      [
        'invoices[1].instalments[1].id duplicate_id',
        'payments[1].allocations[1].instalment unknown_reference',
      ],
    ],
    [
      'an instalment without a date',
      invoice('instalments', 0, 'due'),
      undefined,
      ['invoices[1].instalments[0].due missing'],
    ],
    [
      'a balance in another currency',
      invoice('balance', 'currency'),
      'USD',
      ['invoices[1].balance.currency currency_mismatch'],
    ],
    ['a balance of no moment', invoice('balance', 'asOf'), undefined, ['invoices[1].balance.asOf missing']],
    [
      'more written off than there is',
      invoice('writtenOff'),
      '300.01',
      ['invoices[1].writtenOff invalid_amount'],
    ],
    [
      'a link that is none',
      invoice('paymentUrl'),
      'javascript:alert(1)',
      ['invoices[1].paymentUrl invalid_address'],
    ],
    ['an unknown status', invoice('status'), 'paid', ['invoices[1].status invalid_value']],
    ['an id that would break keys', invoice('id'), 'F#2', ['invoices[1].id invalid_id']],
    ['an invoice twice', invoice('id'), 'F/2026/1', ['invoices[1].id duplicate_id']],
    ['a contact that is not there', invoice('contact'), 'legal', ['invoices[1].contact unknown_reference']],
    // payments
    [
      'nothing paid',
      payment('amount'),
      { minor: 0, currency: 'MXN' },
      ['payments[1].allocations wrong_sum', 'payments[1].amount invalid_amount'],
    ],
    [
      'more allocated than paid',
      payment('allocations', 0, 'amount'),
      '40.01',
      ['payments[1].allocations wrong_sum'],
    ],
    [
      'a negative allocation',
      payment('allocations', 0, 'amount'),
      '-1.00',
      ['payments[1].allocations[0].amount invalid_amount'],
    ],
    [
      'an allocation with a currency of its own',
      payment('allocations', 0, 'amount'),
      { minor: 1, currency: 'MXN' },
      ['payments[1].allocations[0].amount.currency unknown_key'],
    ],
    [
      'an allocation in another currency',
      payment('amount', 'currency'),
      'USD',
      [
        'payments[1].allocations[0].invoice currency_mismatch',
        'payments[1].allocations[1].invoice currency_mismatch',
      ],
    ],
    [
      'an allocation to no instalment',
      payment('allocations', 1, 'instalment'),
      '7',
      ['payments[1].allocations[1].instalment unknown_reference'],
    ],
    ['an invoice and allocations', payment('invoice'), 'F-2', ['payments[1].allocations conflicting_keys']],
    ['an instalment of no invoice', payment('instalment'), '1', ['payments[1].instalment conflicting_keys']],
    ['a payment twice', payment('id'), 'P-1', ['payments[1].id duplicate_id']],
    // blocks
    [
      'a hold that ends before it begins',
      ['holds', 0, 'until'],
      '2026-02-28',
      ['holds[0].until wrong_order'],
    ],
    ['a hold without a reason', ['holds', 0, 'reason'], undefined, ['holds[0].reason missing']],
    [
      'a hold of an instalment of nothing',
      ['holds', 0, 'instalment'],
      '1',
      ['holds[0].instalment conflicting_keys'],
    ],
    [
      'a dispute in another currency',
      ['disputes', 0, 'amount', 'currency'],
      'USD',
      ['disputes[0].amount.currency currency_mismatch'],
    ],
    [
      'a dispute of nothing',
      ['disputes', 0, 'amount', 'amount'],
      '0.00',
      ['disputes[0].amount invalid_amount'],
    ],
    [
      'a promise for before it was made',
      ['promises', 0],
      { ...facts.promises[0], made: '2026-03-11' },
      ['promises[0].date wrong_order'],
    ],
    [
      'a promise of an instalment that is not there',
      ['promises', 0, 'instalment'],
      '3',
      ['promises[0].instalment unknown_reference'],
    ],
  ];

  it.each(broken)('refuses %s', (_, path, to, problems) => {
    expect(problemsOf(() => parseFacts(changed(facts, path, to), options))).toEqual(problems);
  });

  it('lists every problem of every record', () => {
    const error = refusal(() =>
      parseFacts(
        {
          accounts: [{ id: 'a', nme: 'A', zone: 'X' }],
          invoices: [
            { id: 'i', account: 'a', total: { amount: '1.001', currency: 'MXN' }, issued: '2026-13-01' },
          ],
          payments: [{ account: 'a', amount: { amount: '1.00', currency: 'XX' }, date: 'today' }],
        },
        options,
      ),
    );
    expect(error.code).toBe('invalid_input');
    expect(error.problems.map((one) => one.path)).toEqual([
      'accounts[0].name',
      'accounts[0].nme',
      'accounts[0].zone',
      'invoices[0].issued',
      'invoices[0].total.amount',
      'payments[0].amount.currency',
      'payments[0].date',
      'payments[0].id',
    ]);
    expect(error.problems[1]?.message).toBe('unknown key "nme"; did you mean "name"?');
  });

  it('takes one id in two accounts, since many systems number per customer', () => {
    const one = { id: 'i', total: { minor: 1, currency: 'MXN' }, issued: '2026-01-01' };
    const invoices = [
      { ...one, account: 'a' },
      { ...one, account: 'b' },
    ];
    expect(parseFacts({ invoices }, options).size).toBe(2);
  });

  it('takes amounts of one minor unit', () => {
    const amount = { minor: 1, currency: 'MXN' };
    const dispute = { id: 'd', account: 'a', invoice: 'i', amount, reason: 'r', author: 'x' };
    expect(parseFacts({ disputes: [dispute] }, options).get('a')?.disputes[0]?.amount).toBe(1);
  });

  it('looks at exactly a hundred thousand records', () => {
    const { problems } = refusal(() => parseFacts({ holds: new Array(100_000) }, options));
    expect(problems.some((one) => one.path === 'holds[0]')).toBe(true);
  });

  it('refuses more than a hundred thousand records without looking at them', () => {
    const invoices = Array.from({ length: 60_000 }, () => ({}));
    const { problems } = refusal(() => parseFacts({ invoices, payments: invoices }, options));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ path: '', code: 'too_large' });
    expect(problems[0]?.message).toContain('at most 100000');
  });
});
