import { describe, expect, it } from 'vitest';
import { account, at, invoice, world } from '../support/world.js';

const by = { author: 'ana', now: at('03-04') };

async function owing() {
  const made = world();
  await made.dunning.sync(
    { accounts: [account], invoices: [invoice('F-1', '03-01'), invoice('F-2', '03-01')] },
    { now: at('03-01') },
  );
  return made.dunning;
}

describe('holds by hand', () => {
  it('keep an item out until they are released, the rest is chased', async () => {
    const dunning = await owing();
    expect(await dunning.hold({ account: 'robles', items: ['F-1'], reason: 'check' }, by)).toEqual(['h1']);
    const first = await dunning.tick({ now: at('03-04') });
    expect(first.sent.map((one) => one.invoices)).toEqual([['F-2']]);
    await dunning.release('robles', 'h1', { author: 'ana', now: at('03-06') });
    expect((await dunning.tick({ now: at('03-06') })).sent).toEqual([]);
    const second = await dunning.tick({ now: at('03-07') });
    expect(second.sent.map((one) => one.invoices)).toEqual([['F-1']]);
  });

  it('of the account, and of several items, get ids that are free', async () => {
    const dunning = await owing();
    expect(await dunning.hold({ account: 'robles', reason: 'a' }, by)).toEqual(['h1']);
    expect(await dunning.hold({ account: 'robles', items: ['F-1', 'F-2'], reason: 'b' }, by)).toEqual([
      'h2',
      'h3',
    ]);
    const named = { account: 'robles', id: 'mine', items: ['F-1', 'F-2'], reason: 'c' };
    expect(await dunning.hold(named, by)).toEqual(['mine.1', 'mine.2']);
    expect((await dunning.tick({ now: at('03-04') })).sent).toEqual([]);
  });

  it('end on the day that was said', async () => {
    const dunning = await owing();
    await dunning.hold({ account: 'robles', reason: 'fair', from: '2026-03-04', until: '2026-03-05' }, by);
    expect((await dunning.tick({ now: at('03-05') })).sent).toEqual([]);
    expect((await dunning.tick({ now: at('03-06') })).sent).toEqual([]);
    expect((await dunning.tick({ now: at('03-07') })).sent).toHaveLength(1);
  });

  it('say by code what is wrong', async () => {
    const dunning = await owing();
    const hold = (what: object) => dunning.hold({ account: 'robles', reason: 'x', ...what }, by);
    await expect(hold({ account: 'nobody' })).rejects.toMatchObject({ code: 'unknown_id' });
    await expect(hold({ items: ['F-9'] })).rejects.toMatchObject({ code: 'unknown_id' });
    await expect(hold({ items: ['F-1~2'] })).rejects.toMatchObject({ code: 'unknown_id' });
    await expect(hold({ items: [] })).rejects.toMatchObject({ code: 'empty_selection' });
    await expect(hold({ reason: '' })).rejects.toMatchObject({ code: 'invalid_option' });
    await expect(hold({ from: '2026-03-05', until: '2026-03-04' })).rejects.toMatchObject({
      code: 'invalid_date',
    });
    await hold({ id: 'mine' });
    await expect(hold({ id: 'mine' })).rejects.toMatchObject({ code: 'impossible_state' });
    await expect(dunning.release('robles', 'other', by)).rejects.toMatchObject({ code: 'unknown_id' });
    await dunning.release('robles', 'mine', by);
    await expect(dunning.release('robles', 'mine', by)).rejects.toMatchObject({ code: 'impossible_state' });
  });
});
