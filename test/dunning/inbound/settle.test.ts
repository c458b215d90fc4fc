import { describe, expect, it } from 'vitest';
import { account, all, at, invoice, type World } from '../../support/world.js';
import { house, reminded, text, types } from './house.js';

const ana = { author: 'ana' };

/** The id of the message that came last. */
async function last(made: World, who = 'robles'): Promise<string> {
  return (await made.dunning.conversation(who)).findLast(({ direction }) => direction === 'in')?.id ?? '';
}

async function tasks(made: World): Promise<readonly (string | undefined)[]> {
  return (await all(made.dunning.acts({ kinds: ['task'], states: ['open'] }))).map(({ act }) => act.name);
}

describe('what a message meant, as a person says', () => {
  it('is what it was read as: the day is in the conversation, the task closes, the promise pauses', async () => {
    const made = await house();
    await reminded(made);
    await made.hook(text('Maybe we can pay on 20 February'));
    expect((await made.dunning.conversation('robles')).at(-1)).toMatchObject({
      intent: 'promise',
      confidence: 0.6,
      date: '2026-02-20',
    });
    expect(await tasks(made)).toEqual(['answer-reply']);
    await made.dunning.settleReply('robles', await last(made), ana);
    await made.dunning.tick({ now: made.clock.now() });
    expect(await tasks(made)).toEqual([]);
    const told = (await all(made.dunning.history('robles'))).filter(
      ({ type }) => type === 'promise.upserted',
    );
    expect(told).toMatchObject([
      { actor: 'ana', data: { promise: { date: '2026-02-20', made: '2026-02-06', source: 'debtor' } } },
    ]);
    made.clock.moveTo(at('02-14'));
    await made.dunning.tick({ now: at('02-14') });
    expect(made.whatsapp.sent).toHaveLength(1);
  });

  it('is as much as it was read to be, where that much is open of what is meant', async () => {
    const made = await house();
    await made.dunning.sync({ invoices: [invoice('F-1043', '02-03')] });
    await reminded(made);
    const facts = async (kind: 'unbooked' | 'promise') =>
      (await all(made.dunning.history('robles'))).filter(({ type }) => type === `${kind}.upserted`);
    const amount = { minor: 50_000, currency: 'COP' };
    for (const meaning of [
      {},
      { means: 'paid' },
      { invoices: ['F-1043'] },
      { amount: { amount: '2.00', currency: 'COP' }, invoices: ['F-1042'] },
    ] as const) {
      await made.hook(text('Maybe we paid 500 pesos of F-1042'));
      expect((await made.dunning.conversation('robles')).at(-1)).toMatchObject({ intent: 'paid', amount });
      await made.dunning.settleReply('robles', await last(made), { ...ana, ...meaning });
    }
    const read = { amount: 50_000, currency: 'COP' };
    expect(await facts('unbooked')).toMatchObject(
      [
        { invoice: 'F-1042', ...read },
        { invoice: 'F-1042', ...read },
        { invoice: 'F-1043', ...read },
        { invoice: 'F-1042', amount: 200 },
      ].map((unbooked) => ({ data: { unbooked } })),
    );
    // More than is open is all of it, and what was read of something else says nothing.
    await made.hook(text('Maybe we paid 9,000,000.00 pesos of F-1042'));
    await made.dunning.settleReply('robles', await last(made), ana);
    await made.hook(text('Maybe we paid 500 pesos of F-1042'));
    const asPromise = { means: 'promise', date: '2026-02-20' } as const;
    await made.dunning.settleReply('robles', await last(made), { ...ana, ...asPromise });
    for (const one of [(await facts('unbooked')).at(-1), (await facts('promise')).at(-1)])
      expect(JSON.stringify(one?.data)).toMatch(/"invoice":"F-1042"(?!.*"amount")/);
    expect(await made.dunning.replay({ account: 'robles' })).toMatchObject({ ok: true });
  });

  it('is something else: an amount of an invoice that is named, however it was read', async () => {
    const made = await house();
    await made.dunning.sync({ invoices: [invoice('F-1043', '02-03')] });
    await reminded(made);
    await made.hook(text('The second one has 300.00 COP too much'));
    const meaning = { means: 'dispute', amount: { amount: '300.00', currency: 'COP' } } as const;
    const message = await last(made);
    await expect(
      made.dunning.settleReply('robles', message, { ...ana, ...meaning, invoices: ['F-9'] }),
    ).rejects.toMatchObject({ code: 'invalid_input', problems: [{ path: 'by.invoices' }, {}, {}] });
    await made.dunning.settleReply('robles', message, { ...ana, ...meaning, invoices: ['F-1043'] });
    const told = (await all(made.dunning.history('robles'))).filter(
      ({ type }) => type === 'dispute.upserted',
    );
    expect(told).toMatchObject([{ data: { dispute: { invoice: 'F-1043', amount: 30_000 } } }]);
  });

  it('is nothing, once: what was dealt with is not dealt with again', async () => {
    const made = await house();
    await reminded(made);
    await made.hook(text('Hola, una pregunta'));
    const message = await last(made);
    await expect(made.dunning.settleReply('robles', message, ana)).rejects.toMatchObject({
      problems: [{ path: 'by.means' }],
    });
    await made.dunning.settleReply('robles', message, { ...ana, means: 'none' });
    await made.dunning.tick({ now: made.clock.now() });
    expect(await tasks(made)).toEqual([]);
    await expect(
      made.dunning.settleReply('robles', message, { ...ana, means: 'paid' }),
    ).rejects.toMatchObject({ code: 'impossible_state' });
    await expect(
      made.dunning.settleReply('robles', 'in:none', { ...ana, means: 'none' }),
    ).rejects.toMatchObject({ code: 'unknown_id' });
    expect(await types(made)).not.toContain('unbooked.upserted');
  });

  it('is said of any of those that were written in a row, which are one task', async () => {
    const made = await house();
    await reminded(made);
    for (const line of ['Hola', 'una pregunta', 'Maybe we can pay on 20 February'])
      await made.hook(text(line));
    expect(await tasks(made)).toEqual(['answer-reply']);
    await made.dunning.settleReply('robles', await last(made), ana);
    await made.dunning.tick({ now: made.clock.now() });
    expect(await tasks(made)).toEqual([]);
    expect(await types(made)).toContain('promise.upserted');
    // What comes after that is work anew.
    await made.hook(text('Otra pregunta'));
    expect(await tasks(made)).toEqual(['answer-reply']);
    const [task] = await all(made.dunning.acts({ kinds: ['task'], states: ['open'] }));
    await made.dunning.complete(task?.act.id ?? '', ana);
    await made.hook(text('Y otra'));
    expect(await tasks(made)).toEqual(['answer-reply']);
  });

  it('pauses from what was written last', async () => {
    const made = await house();
    await reminded(made);
    await made.hook(text('Hola'));
    const now = at('02-08');
    made.clock.moveTo(now);
    await made.hook(text('Sigo esperando', { timestamp: String(now / 1000) }));
    const [file] = await made.store.load('default', ['robles']);
    const replies = JSON.stringify(file);
    expect([replies.match(/"on":"2026-02-08"/g)?.length, await tasks(made)]).toEqual([2, ['answer-reply']]);
  });

  it('is a promise of a day that is not over', async () => {
    const made = await house();
    await reminded(made);
    await made.hook(text('Hola, una pregunta'));
    const message = await last(made);
    for (const date of [undefined, '2026-02-01', '2026-02-30', 'soon'])
      await expect(
        made.dunning.settleReply('robles', message, { ...ana, means: 'promise', date }),
      ).rejects.toMatchObject({ code: 'invalid_input', problems: [{ path: 'by.date' }] });
  });

  it('is a stop, in all accounts of the person', async () => {
    const made = await house();
    const [contact] = account.contacts;
    await made.dunning.sync({ accounts: [{ id: 'sur', name: 'Sur SA', contacts: [contact!] }] });
    await reminded(made);
    await made.hook(text('basta ya por favor'));
    await made.dunning.settleReply('robles', await last(made), { ...ana, means: 'stop' });
    for (const id of ['robles', 'sur']) {
      const heard = (await all(made.dunning.history(id))).filter(({ type }) => type === 'consent.heard');
      expect(heard.map(({ data }) => data)).toMatchObject([
        { channel: 'email', state: 'withdrawn' },
        { channel: 'whatsapp', state: 'withdrawn' },
      ]);
    }
  });
});
