import { describe, expect, it } from 'vitest';
import { type Act, decide, evolveAll, type ForecastOptions, forecast } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Policy } from '../../src/policy/types.js';
import {
  aContact,
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
  told,
} from '../support/build.js';

/** What lies ahead of an account, from what its outbox holds and what is taken for granted. */

const hour = 3_600_000;
const at = instant('2026-03-02T10:00:00-06:00');
const invoices = ['A', 'B', 'C'].map((id) => anInvoice({ id }));
const start = fileOf(
  told.account(anAccount({ contacts: [aContact({ phone: '+525512345678' })] })),
  ...invoices.map(told.invoice),
);
const single = (own: Partial<Policy> = {}) =>
  engineOf(aLadder(['1d', '3d'], { message: { by: 'item' }, ...own }), aPlan({}, free));
const engine = single();
const { acts, events } = decide(engine, start, at);
const planned = evolveAll(start, events);
const rows = (order: readonly number[], notBefore: (index: number) => number) =>
  order.map((index) => ({ act: acts[index]!, notBefore: notBefore(index) }));
const subjects = (act: Act): string => act.covers.map(({ subject }) => subject).join('+');

function ahead(options: ForecastOptions = {}, to = at + hour, file: AccountFile = planned, by = engine) {
  return forecast(by, file, at, to, options).planned.map(
    ({ at: when, act, becomes }) => `${(when - at) / hour}h ${becomes} ${act.stage} ${subjects(act)}`,
  );
}

describe('what is in the outbox', () => {
  it('goes out in the order in which workers claim it: as long as it waits, then by id', () => {
    expect(acts.map(subjects)).toEqual(['A', 'B', 'C']);
    expect(ahead({ outbox: rows([2, 0, 1], () => at - hour) })).toEqual([
      ...['0h sent s1d A', '0h sent s1d B', '0h sent s1d C'],
    ]);
    expect(ahead({ outbox: rows([0, 1, 2], (index) => at - index) })).toEqual([
      ...['0h sent s1d C', '0h sent s1d B', '0h sent s1d A'],
    ]);
  });

  it('goes out when it may be tried, and stays where it is where nothing is known of it', () => {
    expect(ahead({ outbox: rows([0, 1], (index) => at + index * hour) })).toEqual([
      ...['0h sent s1d A', '1h sent s1d B'],
    ]);
    expect(ahead({ outbox: [] })).toEqual([]);
    expect(ahead({ outbox: rows([0], () => at + 2 * hour) })).toEqual([]);
  });

  it('is asked again before it goes, and falls when it is no longer right', () => {
    const paid = evolveAll(planned, [told.payment(aPayment({ to: 'A' }))]);
    expect(ahead({ outbox: rows([0, 1], () => at) }, at, paid)).toEqual(['0h sent s1d B']);
    const { file } = forecast(engine, paid, at, at, { outbox: rows([0], () => at) });
    expect(file.acts.has(acts[0]!.id)).toBe(false);
  });
});

describe('what is taken for granted', () => {
  it('is that messages are taken, or that they arrive as well', () => {
    const marks = (options: ForecastOptions) =>
      forecast(engine, start, at, at, options)
        .file.cases.get('A')?.[0]
        ?.marks.map(({ state, delivered }) => [state, delivered]);
    expect(marks({})).toEqual([['done', undefined]]);
    expect(marks({ messages: 'accepted' })).toEqual([['done', undefined]]);
    expect(marks({ messages: 'delivered' })).toEqual([['done', '2026-03-02']]);
  });

  it('is that people leave proposals, or confirm them at once', () => {
    const approving = single({ mode: 'approve' });
    const days = at + 72 * hour;
    expect(ahead({}, days, start, approving)).toEqual(['A', 'B', 'C'].map((id) => `0h proposed s1d ${id}`));
    expect(ahead({ proposals: 'confirmed' }, at, start, approving)).toEqual(
      ['A', 'B', 'C'].map((id) => `0h confirmed s1d ${id}`),
    );
    const proposed = evolveAll(start, decide(approving, start, at).events);
    const outbox = decide(approving, start, at).acts.map((act) => ({ act, notBefore: at }));
    expect(ahead({ proposals: 'confirmed', outbox, due: null }, at, proposed, approving)).toEqual(
      ['A', 'B', 'C'].map((id) => `0h confirmed s1d ${id}`),
    );
  });

  it('is that work is raised, and that tasks for people are told of', () => {
    const stages = [aStage('call', '1d', { do: [{ task: 'call' }] })];
    const tasks = engineOf(aLadder([], { stages }), aPlan({}, free));
    expect(ahead({}, at, start, tasks)).toEqual(['0h raised call A+B+C']);
  });

  it('is that the first review comes when the store says, or not at all', () => {
    expect(ahead({ due: at + hour }, at + hour, start)).toEqual(
      ['A', 'B', 'C'].map((id) => `1h sent s1d ${id}`),
    );
    expect(ahead({ due: at + 2 * hour }, at + hour, start)).toEqual([]);
    expect(ahead({ due: null }, at + 200 * hour, start)).toEqual([]);
    expect(forecast(engine, start, at, at + hour, { due: null }).next).toBeUndefined();
    expect(forecast(engine, start, at, at + hour, { due: at + 2 * hour }).next).toBe(at + 2 * hour);
  });

  it('tells only of the purposes asked for, and plays all', () => {
    const chasing = forecast(engine, start, at, at, { purposes: ['service'] });
    expect(chasing.planned).toEqual([]);
    expect(chasing.file.touches.map(({ purpose }) => purpose)).toEqual(['dunning', 'dunning', 'dunning']);
    expect(forecast(engine, start, at, at, { purposes: ['dunning'] }).planned).toHaveLength(3);
  });
});
