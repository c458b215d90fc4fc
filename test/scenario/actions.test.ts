import { describe, expect, it } from 'vitest';
import { decide } from '../../src/engine/index.js';
import {
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aStage,
  engineOf,
  fileOf,
  instant,
  owing,
  told,
} from '../support/build.js';
import { actsIn, sent, story, walk } from '../support/walk.js';

describe('what a stage does', () => {
  it('a task instead of a message: the ladder goes on, and the next review is known', () => {
    const stages = [
      aStage('call', '1d', { do: [{ task: 'call', within: '2bd', owner: 'luis' }] }),
      aStage('b', '5d'),
    ];
    const walked = walk(
      engineOf(aLadder([], { stages })),
      owing(anInvoice({ due: '2026-03-05' })),
      '2026-03-05',
      8,
    );
    expect(story(walked).slice(1)).toEqual([
      '2026-03-06 task call F1',
      '2026-03-10 send b F1',
      '2026-03-11 exhaust F1',
    ]);
    expect(actsIn(walked)[0]).toMatchObject({
      kind: 'task',
      owner: 'luis',
      deadline: '2026-03-10',
      reason: 'stage',
    });
    const engine = engineOf(aLadder([], { stages }));
    const planned = decide(
      engine,
      owing(anInvoice({ due: '2026-03-05' })),
      instant('2026-03-06T10:00:00-06:00'),
    );
    expect(planned.acts.map((act) => act.kind)).toEqual(['task']);
    expect(planned.next).toBe(instant('2026-03-10T00:00:00-06:00'));
  });

  it('several tasks, each raised once; they close themselves when the debt is settled', () => {
    const stages = [aStage('a', '1d', { do: [{ send: 'a' }, { task: 'call' }, { task: 'visit' }] })];
    const walked = walk(engineOf(aLadder([], { stages })), owing(anInvoice()), '2026-03-01', 8, {
      again: [12],
      facts: { '2026-03-05': [told.payment(aPayment({ to: 'F1' }))] },
    });
    expect(story(walked).slice(1)).toEqual([
      '2026-03-02 send a F1',
      '2026-03-02 task call F1',
      '2026-03-02 task visit F1',
      '2026-03-03 exhaust F1',
      '2026-03-05 close F1 (paid)',
      '2026-03-05 task over (settled)',
      '2026-03-05 task over (settled)',
    ]);
    expect(walked.file.acts.size).toBe(0);
  });

  it('tasks close themselves too when another policy takes over', () => {
    const stages = [aStage('a', '1d', { do: [{ task: 'call' }] })];
    const engine = engineOf([aLadder([], { stages }), aLadder(['9d'], { id: 'other' })]);
    const walked = walk(engine, owing(anInvoice()), '2026-03-02', 3, {
      facts: { '2026-03-04': [told.account(anAccount({ policy: 'other' }))] },
    });
    expect(story(walked)).toContain('2026-03-04 task over (reassigned)');
  });

  it('several messages, to several people', () => {
    const boss = { ...anAccount().contacts[0]!, id: 'boss', role: 'manager', email: 'boss@robles.example' };
    const stages = [
      aStage('a', '1d', { do: [{ send: 'a' }, { send: 'copy', to: 'manager' }] }),
      aStage('b', '5d'),
    ];
    const file = fileOf(
      told.account(anAccount({ contacts: [...anAccount().contacts, boss] })),
      told.invoice(anInvoice()),
      told.invoice(anInvoice({ id: 'F2' })),
    );
    const walked = walk(engineOf(aLadder([], { stages })), file, '2026-03-01', 8, { again: [12] });
    expect(
      actsIn(walked).map((act) => `${act.on} ${act.message} ${act.contact} ${act.covers.length}`),
    ).toEqual(['2026-03-02 a ana 2', '2026-03-02 copy boss 2', '2026-03-06 b ana 2']);
    expect(new Set(actsIn(walked).flatMap((act) => act.keys)).size).toBe(6);
  });

  it('several messages of thanks', () => {
    const engine = engineOf(aLadder(['9d'], { on: { paid: [{ send: 'thanks' }, { send: 'survey' }] } }));
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 4, {
      facts: { '2026-03-03': [told.payment(aPayment({ to: 'F1' }))] },
    });
    expect(sent(walked)).toEqual(['2026-03-03 thanks F1', '2026-03-03 survey F1']);
  });

  it('nothing at all, with repeats: there is nothing to repeat', () => {
    const policy = aLadder([], {
      stages: [aStage('end', '1d', { do: [] })],
      last: { repeat: '2d', times: 3 },
    });
    expect(story(walk(engineOf(policy), owing(anInvoice()), '2026-03-02', 9))).toEqual([
      '2026-03-02 open F1',
      '2026-03-02 skip end F1 (nothing_to_do)',
      '2026-03-04 exhaust F1',
    ]);
  });

  it('nothing at all: it is marked and the ladder goes on', () => {
    const stages = [aStage('pause', '1d', { do: [] }), aStage('b', '5d')];
    const walked = walk(engineOf(aLadder([], { stages })), owing(anInvoice()), '2026-03-01', 8);
    expect(story(walked).slice(1)).toEqual([
      '2026-03-02 skip pause F1 (nothing_to_do)',
      '2026-03-06 send b F1',
      '2026-03-07 exhaust F1',
    ]);
  });
});
