import { describe, expect, it } from 'vitest';
import { houseOf, living, stage } from '../support/house.js';
import { refused } from '../support/refused.js';
import { all, at } from '../support/world.js';

const house = houseOf([stage('soft', '3d')]);
const eva = { author: 'eva', now: at('02-03') };

describe('a note', () => {
  it('is kept with the account and in the log, with who wrote it and when', async () => {
    const { dunning } = await living(house);
    const id = await dunning.note('robles', 'Pays on Fridays only.', eva);
    const note = { id, text: 'Pays on Fridays only.', author: 'eva', at: at('02-03'), on: '2026-02-03' };
    expect(await all(dunning.notes('robles'))).toEqual([note]);
    expect((await dunning.account('robles', { at: at('02-04') })).notes).toEqual([note]);
    const entries = await all(dunning.history('robles'));
    expect(entries.at(-1)).toMatchObject({ type: 'note.added', actor: 'eva', data: { note } });
  });

  it('changes nothing that is decided, and has nobody reviewed', async () => {
    const one = await living(house);
    await one.dunning.review({ now: at('02-01') });
    const next = async () => (await one.store.load('default', ['robles']))[0]?.next;
    const before = [
      await next(),
      (await one.dunning.forecast('robles', { now: at('02-04'), to: at('03-01') })).planned,
    ];
    await one.dunning.note('robles', 'Ask for Inés.', eva);
    expect([
      await next(),
      (await one.dunning.forecast('robles', { now: at('02-04'), to: at('03-01') })).planned,
    ]).toEqual(before);
  });

  it('is told to listeners by its id alone', async () => {
    const { dunning } = await living(house);
    const heard: unknown[] = [];
    dunning.on('event', (event) => heard.push(event));
    const id = await dunning.note('robles', 'Her son is ill.', eva);
    expect(heard).toMatchObject([{ type: 'note.added', id, actor: 'eva' }]);
    expect(JSON.stringify(heard)).not.toContain('ill');
  });

  it('of many the latest ten stand with the account, the newest first; the log has all', async () => {
    const { dunning } = await living(house);
    const ids: string[] = [];
    for (let number = 1; number <= 12; number++) ids.push(await dunning.note('robles', `No. ${number}`, eva));
    expect(new Set(ids).size).toBe(12);
    const { notes } = await dunning.account('robles', { at: at('02-04') });
    expect(notes.map(({ text }) => text)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((n) => `No. ${n}`));
    expect((await all(dunning.notes('robles'))).map((note) => note.id)).toEqual(ids);
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n '],
    ['more than 2000 characters', 'x'.repeat(2001)],
    ['half a character', '\ud800'],
    ['a zero', 'a\0b'],
  ])('of %s is refused', async (_, text) => {
    const { dunning } = await living(house);
    await refused(dunning.note('robles', text, eva), 'invalid_option');
    expect(await all(dunning.notes('robles'))).toEqual([]);
  });

  it('takes 2000 characters, of any script', async () => {
    const { dunning } = await living(house);
    await dunning.note('robles', '😀'.repeat(2000), eva);
    expect((await all(dunning.notes('robles')))[0]?.text.length).toBe(4000);
  });

  it('needs an author and an account', async () => {
    const { dunning } = await living(house);
    await refused(dunning.note('nobody', 'Who is it?', eva), 'unknown_id');
    await refused(dunning.note('robles', 'Who am I?', { ...eva, author: ' ' }), 'invalid_option');
    await refused(all(dunning.notes('nobody')), 'unknown_id');
  });
});
