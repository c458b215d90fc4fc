import { describe, expect, it } from 'vitest';
import { decide, evolveAll, type FileEvent } from '../../src/engine/index.js';
import type { ContactRules, Policy } from '../../src/policy/types.js';
import {
  aContact,
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { actsIn, sent, story, walk } from '../support/walk.js';

const at = instant('2026-03-02T10:00:00-06:00');
const engine = (policy: Policy, contact: ContactRules) => engineOf(policy, aPlan({}, contact));

describe('a pushed stage', () => {
  it('does not give way to one that was due before it was pushed', () => {
    const policy = aLadder(['1d', '2d'], { late: 'each' });
    const touch: FileEvent = {
      type: 'contact.recorded',
      at,
      on: '2026-03-02',
      cases: [],
      author: 'luis',
    };
    const walked = walk(engine(policy, { gap: '3d' }), owing(anInvoice()), '2026-03-01', 9, {
      down: ['2026-03-02'],
      facts: { '2026-03-03': [touch] },
    });
    expect(sent(walked)).toEqual(['2026-03-05 s1d F1', '2026-03-08 s2d F1']);
  });

  it('does not give way to one whose least amount may not be reached', () => {
    const stages = [
      aStage('a', '1d'),
      aStage('b', '2d'),
      aStage('c', '4d', { min: { amount: { MXN: '500.00' } } }),
    ];
    const walked = walk(engine(aLadder([], { stages }), { gap: '3d' }), owing(anInvoice()), '2026-03-02', 5);
    expect(sent(walked)).toEqual(['2026-03-02 a F1', '2026-03-05 b F1']);
  });

  it('that a person asked for keeps its turn', () => {
    const rules = engine(aLadder(['1d', '2d', '4d']), { gap: '3d' });
    const first = walk(rules, owing(anInvoice()), '2026-03-02', 1).file;
    const asked: FileEvent = {
      type: 'case.asked',
      subject: 'F1',
      case: 'ladder/F1#1',
      stage: 's2d',
      on: '2026-03-03',
      author: 'luis',
    };
    const lines = story(walk(rules, evolveAll(first, [asked]), '2026-03-03', 1));
    expect(lines.filter((line) => line.includes('gave_way'))).toEqual([]);
  });
});

describe('a message', () => {
  it('by account leaves messages by invoice out of its limit', () => {
    const policies = [aLadder(['1d'], { message: { by: 'invoice' } }), aLadder(['1d'], { id: 'other' })];
    const plan = aPlan({ assign: [{ invoice: 'B', policy: 'other' }] }, free);
    const file = owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B' }));
    expect(decide(engineOf(policies, plan), file, at).acts).toHaveLength(2);
  });

  it('lists nothing that is held, and thanks list nothing else', () => {
    const policy = aLadder(['1d'], { message: { list: 'open' }, on: { paid: [{ send: 'thanks' }] } });
    const file = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice({ id: 'A' })),
      told.invoice(anInvoice({ id: 'H', due: '2026-03-20' })),
      told.hold(aHold({ invoice: 'H', from: '2026-03-01' })),
    );
    const facts = { '2026-03-03': [told.payment(aPayment({ to: 'A' }))] };
    const acts = actsIn(walk(engine(policy, free), file, '2026-03-02', 2, { facts }));
    expect(acts.map((act) => [act.message, act.items.map((item) => item.item)])).toEqual([
      ['s1d', ['A']],
      ['thanks', ['A']],
    ]);
  });

  it('lists by level what has reached that level last', () => {
    const policy = aLadder(['1d', '5d'], { message: { list: 'overdue', by: 'level' } });
    const file = owing(anInvoice({ id: 'O' }), anInvoice({ id: 'N', due: '2026-03-07' }));
    const acts = actsIn(walk(engine(policy, free), file, '2026-03-02', 7));
    expect(acts.at(-1)?.items.map((item) => item.item)).toEqual(['N']);
  });

  it('that absorbs a stage stands for its second message, too', () => {
    const stages = [
      aStage('a', '1d', { do: [{ send: 'a' }, { send: 'copy', to: 'manager' }] }),
      aStage('b', '5d', { tone: 'firm' }),
    ];
    const contacts = [aContact(), aContact({ id: 'luis', role: 'manager' })];
    const file = fileOf(
      told.account(anAccount({ contacts })),
      told.invoice(anInvoice({ id: 'A', due: '2026-02-20' })),
      told.invoice(anInvoice({ id: 'B' })),
    );
    const policy = aLadder([], { stages, entry: 'latest', message: { levels: 'absorb' } });
    expect(sent(walk(engine(policy, free), file, '2026-03-02', 2))).toEqual(['2026-03-02 b A']);
  });

  it('goes without those whose own stage has to wait', () => {
    const stages = [aStage('a', '1d'), aStage('b', '2d', { gap: 'none' })];
    const file = owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B', due: '2026-03-02' }));
    const walked = walk(engine(aLadder([], { stages }), { gap: '4d' }), file, '2026-03-02', 5);
    expect(sent(walked)).toEqual(['2026-03-02 a A', '2026-03-03 b A', '2026-03-04 b B']);
  });

  it('waits for the gap of its stage where the plan has none', () => {
    const stages = [aStage('a', '1d'), aStage('b', '2d', { gap: '3d' })];
    const walked = walk(engine(aLadder([], { stages }), free), owing(anInvoice()), '2026-03-02', 5);
    expect(sent(walked)).toEqual(['2026-03-02 a F1', '2026-03-05 b F1']);
  });

  it('of a branch goes to the contact that its own invoices agree on', () => {
    const at2 = (id: string, role: string) => aContact({ id, role, email: `${id}@x.example` });
    const branches = [{ id: 'north', name: 'North', contacts: [at2('n1', 'x'), at2('n2', 'y')] }];
    const file = fileOf(
      told.account(anAccount({ contacts: [at2('h1', 'x'), at2('h2', 'y')], branches })),
      told.invoice(anInvoice({ id: 'A', branch: 'north', contact: 'n2' })),
      told.invoice(anInvoice({ id: 'B', contact: 'h2' })),
    );
    expect(decide(engine(aLadder(['1d']), free), file, at).acts.map((act) => act.contact)).toEqual([
      'n2',
      'h2',
    ]);
  });
});
