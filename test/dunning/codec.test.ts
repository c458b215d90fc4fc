import { describe, expect, it } from 'vitest';
import { decodeFile, encodeChange, toJson } from '../../src/dunning/codec.js';
import type { Act } from '../../src/engine/index.js';
import type {
  AccountFile,
  AddressMark,
  Awaited,
  BotState,
  Case,
  GivenAnswer,
  HeardConsent,
  InterestSoFar,
  MovedItem,
  OpenAct,
  PromiseOutcome,
  ServiceWindow,
  StageMark,
  Touch,
} from '../../src/ledger/file.js';
import {
  aCredit,
  aDispute,
  aHold,
  anAccount,
  anInvoice,
  anUnbooked,
  aPayment,
  aPaymentPlan,
  aPromise,
  aRefund,
  aReply,
  aSource,
  inTwoParts,
} from '../support/build.js';

/** Every member, also those that may be absent: whoever adds one is told by the compiler to add it here. */
type Complete<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

const awaits: Complete<Awaited> = {
  until: 1_772_600_000_000,
  place: 'billing:whatsapp',
  occasion: 7,
  failed: true,
};
const mark: Complete<StageMark> = {
  stage: 'firm',
  occurrence: 2,
  state: 'done',
  on: '2026-03-04',
  reason: 'recobro:missing_document',
  act: 'robles/ladder/F1#1/firm.2@billing.1',
  with: 'robles/ladder/F1#1/legal.1@billing.0',
  keepsTurn: true,
  proposed: '2026-03-02',
  confirmed: '2026-03-03',
  asked: true,
  delivered: '2026-03-04',
  awaits,
  told: ['F1'],
  tried: ['address billing:whatsapp', 'billing:email'],
  revision: 3,
};
const aCase: Complete<Case> = {
  id: 'ladder/F1#1',
  policy: 'ladder',
  version: 2,
  hash: '0123456789abcdef',
  subject: 'F1',
  opening: 1,
  opened: '2026-03-01',
  state: 'open',
  closed: { reason: 'paid', on: '2026-03-09' },
  shift: 4,
  shiftedFrom: '2026-02-20',
  notBefore: '2026-03-05',
  paused: { reason: 'promise', on: '2026-03-02' },
  marks: [mark],
  level: 'firm',
  carrier: 'F1',
  carried: ['F0'],
  asked: 'legal',
  runs: ['march'],
  turns: { firm: 2 },
  effects: ['stop-service'],
  handed: { to: 'agency', on: '2026-03-08' },
  stopped: { reason: 'discarded', on: '2026-03-07' },
  reacted: ['promiseBroken:W1'],
  reactionEffects: ['block-orders'],
  levelOn: '2026-03-04',
};
const openAct: Complete<OpenAct> = {
  id: 'robles/ladder/F1#1/firm.2@billing.1',
  kind: 'message',
  purpose: 'dunning',
  state: 'proposed',
  approved: true,
  lapses: '2026-03-10',
  content: '["message"]',
  words: '9f86d081884c7d65',
  name: 'call',
  contact: 'billing',
  channel: 'email',
  topic: 'overdue',
  patience: 86_400_000,
  review: 7,
  on: '2026-03-04',
  covers: [{ subject: 'F1', case: 'ladder/F1#1', stage: 'firm', occurrence: 2 }],
  place: 'billing:email',
  until: 1_772_600_000_000,
  tries: 2,
  again: 1_772_560_000_000,
};
const touch: Complete<Touch> = {
  at: 1_772_500_000_000,
  on: '2026-03-03',
  occasion: 6,
  purpose: 'service',
  topic: 'thanks',
  channel: 'phone',
  contact: 'billing',
  cases: ['ladder/F1#1'],
};
const addressMark: Complete<AddressMark> = {
  contact: 'billing',
  channel: 'whatsapp',
  address: '+525500000000',
  state: 'unreachable',
  failures: 2,
  reason: 'whatsapp:131026',
  at: 5,
};
const heard: Complete<HeardConsent> = {
  contact: 'billing',
  channel: 'whatsapp',
  state: 'withdrawn',
  purpose: 'dunning',
  at: 7,
  proof: 'm1',
};
const opened: Complete<ServiceWindow> = { contact: 'billing', channel: 'whatsapp', until: 9 };
const answer: Complete<GivenAnswer> = {
  act: 'robles/on:message/m1',
  message: 'm1',
  contact: 'billing',
  text: 'We look into it.',
  options: [{ title: 'Ya pagué', payload: 'paid' }],
  replyTo: 'wamid.1',
  subject: 'Factura F-1',
  settles: true,
};
const bot: Complete<BotState> = { on: '2026-03-04', answers: 2, handed: 'm1' };
const kept: Complete<PromiseOutcome> = { id: 'W1', outcome: 'partly', on: '2026-03-06' };
const charged: Complete<InterestSoFar> = { id: 'F1', to: '2026-03-04', amount: 150 };
const moved: Complete<MovedItem> = { id: 'F1', policy: 'other', author: 'ana', on: '2026-03-02' };

function mapOf<T extends { readonly id: string }>(...records: readonly T[]): ReadonlyMap<string, T> {
  return new Map(records.map((record) => [record.id, record]));
}

const file: Complete<AccountFile> = {
  id: 'robles',
  seq: 42,
  account: anAccount({ id: 'robles' }),
  reviewed: 1_772_550_000_000,
  invoices: mapOf(anInvoice({ id: 'F1' }), inTwoParts({ id: 'F2' })),
  cases: new Map([
    ['F1', [aCase, { ...aCase, id: 'ladder/F1#2', opening: 2 }]],
    ['F2~1', [{ ...aCase, id: 'ladder/F2~1#1', subject: 'F2~1' }]],
    ['F2~2', [{ ...aCase, id: 'ladder/F2~2#1', subject: 'F2~2' }]],
    ['~MXN', [{ ...aCase, id: 'group/~MXN#1', subject: '~MXN' }]],
    ['~plan:p1~1', [{ ...aCase, id: 'ladder/~plan:p1~1#1', subject: '~plan:p1~1' }]],
  ]),
  payments: mapOf(aPayment()),
  refunds: mapOf(aRefund()),
  credits: mapOf(aCredit()),
  holds: mapOf(aHold()),
  disputes: mapOf(aDispute()),
  promises: mapOf(aPromise()),
  unbooked: mapOf(anUnbooked()),
  replies: mapOf(aReply()),
  plans: mapOf(aPaymentPlan()),
  sources: mapOf(aSource()),
  kept: mapOf(kept),
  charged: mapOf(charged),
  moved: mapOf(moved),
  assigned: { owner: 'ana', author: 'luis', on: '2026-03-01', reason: 'asked for it' },
  acts: mapOf(openAct),
  touches: [touch],
  health: [addressMark],
  worked: [{ contact: 'ana', channel: 'whatsapp', at: 1 }],
  notes: [
    { id: 'n7', text: 'Calls back on Friday.', author: 'eva', at: 1_772_600_000_000, on: '2026-03-04' },
  ],
  left: {
    records: 3,
    paid: { count: 2, late: 1, days: 61 },
    latest: [
      ['2024-02-01', '2024-03-01', '2024-03-02'],
      ['2024-01-01', null, '2024-02-01'],
    ],
    promises: { kept: 1, partly: 0, broken: 0 },
    partly: ['F0'],
    newest: '2024-02-01',
    hold: 2,
  },
  erased: { all: false, contacts: ['billing'] },
  heard: [heard],
  windows: [opened],
  answers: [answer],
  bot,
};

function storedAndRead(whole: AccountFile): AccountFile {
  const { header, put } = encodeChange(undefined, whole);
  // As a database gives it back: text in between.
  const text = JSON.stringify({ header, rows: [...put] });
  const read = JSON.parse(text) as { header: typeof header; rows: [string, typeof header][] };
  return decodeFile({
    tenant: 'default',
    account: whole.id,
    version: 1,
    next: null,
    header: read.header,
    rows: new Map(read.rows),
  });
}

describe('an account file at rest', () => {
  it('is read as it was written, every member of it', () => {
    expect(storedAndRead(file)).toEqual(file);
  });

  it('needs none of what may be absent', () => {
    const { account: _, reviewed: __, assigned: ___, ...bare } = file;
    expect(storedAndRead(bare)).toEqual(bare);
  });

  it('writes only rows that changed, and a case with its invoice', () => {
    const longer = new Map(file.cases);
    longer.set('F2~2', [{ ...aCase, id: 'ladder/F2~2#1', subject: 'F2~2', level: 'soft' }]);
    longer.set('~MXN', []);
    const { put, remove } = encodeChange(file, { ...file, cases: longer });
    expect([...put.keys()].sort()).toEqual(['F2', '~MXN']);
    expect(remove).toEqual([]);
    expect(put.get('F2')).toMatchObject({
      invoice: { id: 'F2' },
      cases: [
        ['F2~1', [{ id: 'ladder/F2~1#1' }]],
        ['F2~2', [{ level: 'soft' }]],
      ],
    });
  });

  it('of a newer form is refused', () => {
    const { header } = encodeChange(undefined, file);
    const newer = { ...(header as object), format: 2 } as typeof header;
    const stored = { tenant: 't', account: 'robles', version: 1, next: null, header: newer, rows: new Map() };
    expect(() => decodeFile(stored)).toThrow(/form 2/);
  });
});

describe('an act in the outbox', () => {
  it('is read as it was written, every member of it', () => {
    const item: Complete<Act['items'][number]> = {
      item: 'F2~1',
      invoice: 'F2',
      instalment: '1',
      number: 'F-2',
      currency: 'MXN',
      original: 5000,
      paid: 1000,
      outstanding: 4000,
      disputed: 500,
      dunnable: 3500,
      due: '2026-02-28',
      daysPastDue: 4,
      acting: true,
    };
    const ref: Complete<Act['policy']> = { id: 'ladder', version: 2, hash: 'ab', adjusted: 'cd' };
    const act: Complete<Act> = {
      id: openAct.id,
      account: 'robles',
      kind: 'message',
      mode: 'approve',
      lapses: '2026-03-10',
      purpose: 'dunning',
      topic: 'overdue',
      answers: { kind: 'promise', id: 'W1', by: '2026-03-10' },
      plan: ref,
      policy: ref,
      stage: 'firm',
      tone: 'firm',
      covers: openAct.covers,
      contact: 'billing',
      channel: 'email',
      position: 1,
      message: 'firm',
      text: { id: 'messages', version: 2, hash: '9f86d081884c7d65' },
      copy: ['manager', 'legal'],
      from: 'director',
      attach: ['invoice', 'statement'],
      patience: 86_400_000,
      until: 1_772_600_000_000,
      name: 'agency',
      effect: 'on',
      charges: [
        {
          fee: 'reminder',
          currency: 'MXN',
          amount: 500,
          on: '2026-03-04',
          basis: 'agreement',
          source: 'clause 4',
          items: ['F2~1'],
          parts: [],
        },
      ],
      dossier: {
        account: 'robles',
        items: [item],
        totals: [{ minor: 3500, currency: 'MXN' }],
        history: [{ on: '2026-03-01', kind: 'stage', item: 'F2~1', detail: 'soft' }],
      },
      reason: 'stage',
      owner: 'ana',
      deadline: '2026-03-12',
      language: 'es-MX',
      items: [item],
      totals: [{ minor: 3500, currency: 'MXN' }],
      review: 7,
      on: '2026-03-04',
      keys: ['robles/ladder/F2~1#1/firm.2@billing.1'],
    };
    expect(JSON.parse(JSON.stringify(toJson(act)))).toEqual(act);
  });
});
