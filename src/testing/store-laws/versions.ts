import { check, collect, same, throwsCode } from '../check.js';
import {
  actOf,
  change,
  content,
  describe,
  fileOf,
  insert,
  type Law,
  lose,
  move,
  plain,
  stateOf,
  win,
} from './law.js';

/** Versions, batches, all or nothing. */
export const versionLaws: readonly Law[] = [
  {
    name: 'version: the first commit creates the file as version 1',
    async attempt({ store, tenant }) {
      same(await store.load(tenant, ['robles']), [], 'a file that nobody committed');
      const file = content({ id: 'robles' }, { 'F-2': null, 'F-10': 0, 'F-1': { total: 100 } });
      same(await win(store, change(tenant, 'robles', 0, { file, next: 5_000 })), 1, 'the first version');
      same(
        plain(await fileOf(store, tenant, 'robles')),
        {
          tenant,
          account: 'robles',
          version: 1,
          header: { id: 'robles' },
          rows: [
            ['F-1', { total: 100 }],
            ['F-10', 0],
            ['F-2', null],
          ],
          next: 5_000,
        },
        'the file as loaded, rows in the order of their ids',
      );
    },
  },
  {
    name: 'version: each commit raises the version by one and keeps what it does not name',
    async attempt({ store, tenant }) {
      const file = content({ n: 1 }, { a: 1, b: 2, c: 3 });
      await win(store, change(tenant, 'robles', 0, { file, next: 7_000 }));
      same(await win(store, change(tenant, 'robles', 1)), 2, 'the version after an empty change');
      const second = content({ n: 2 }, { b: 20, d: 4 }, ['a', 'never was']);
      same(await win(store, change(tenant, 'robles', 2, { file: second })), 3, 'the third version');
      const stored = await fileOf(store, tenant, 'robles');
      same(stored.header, { n: 2 }, 'the header');
      same(
        [...stored.rows],
        [
          ['b', 20],
          ['c', 3],
          ['d', 4],
        ],
        'the rows: put, removed and untouched',
      );
      same(stored.next, 7_000, 'a next review that the change does not name');
      const both = content({ n: 3 }, { b: 21 }, ['b']);
      await win(store, change(tenant, 'robles', 3, { file: both }));
      same((await fileOf(store, tenant, 'robles')).rows.get('b'), 21, 'a row both removed and put');
    },
  },
  {
    name: 'version: a stale version conflicts and writes nothing',
    async attempt({ store, tenant }) {
      await win(store, change(tenant, 'robles', 0, { file: content('first') }));
      await win(store, change(tenant, 'robles', 1, { file: content('second') }));
      for (const expected of [0, 1, 3]) {
        await lose(store, change(tenant, 'robles', expected, { file: content('late') }), 'version');
      }
      await lose(store, change(tenant, 'nobody', 1, { file: content('late') }), 'version');
      const stored = await fileOf(store, tenant, 'robles');
      same([stored.version, stored.header], [2, 'second'], 'version and header after stale commits');
      same(await store.load(tenant, ['nobody']), [], 'the file of a refused creation');
    },
  },
  {
    name: 'batch: each change wins or conflicts alone, outcomes in the order of the changes',
    async attempt({ store, tenant }) {
      await win(store, change(tenant, 'b', 0, { acts: [insert('held')] }));
      await win(store, change(tenant, 'c', 0, { acts: [insert('c1')] }));
      const outcomes = await store.commit([
        change(tenant, 'e', 0, { file: content('e'), acts: [insert('e1')] }),
        change(tenant, 'd', 0, { file: content('d'), acts: [insert('d1', { keys: ['key of held'] })] }),
        change(tenant, 'c', 1, { file: content('c'), acts: [move('c1', ['sending'], 'accepted')] }),
        change(tenant, 'b', 0, { file: content('b') }),
        change(tenant, 'a', 0, { file: content('a'), acts: [insert('a1')] }),
      ]);
      same(
        outcomes.map(describe),
        ['version 1', 'conflict "key"', 'conflict "act"', 'conflict "version"', 'version 1'],
        'the outcomes',
      );
      const files = await store.load(tenant, ['a', 'b', 'c', 'd', 'e']);
      same(
        files.map((file) => [file.account, file.version, file.header]).sort(),
        [
          ['a', 1, 'a'],
          ['b', 1, null],
          ['c', 1, null],
          ['e', 1, 'e'],
        ],
        'the files after a batch with three losers',
      );
      same(
        [await stateOf(store, tenant, 'a1'), await stateOf(store, tenant, 'e1')],
        ['ready', 'ready'],
        'acts of winners',
      );
      same(await stateOf(store, tenant, 'd1'), 'missing', 'the act of a loser');
      same(await store.commit([]), [], 'the outcomes of an empty batch');
    },
  },
  {
    name: 'batch: an account or an act that comes twice is an error and nothing is written',
    async attempt({ store, tenant }) {
      const twice = [change(tenant, 'x', 0), change(tenant, 'y', 0), change(tenant, 'x', 1)];
      await throwsCode(() => store.commit(twice), 'impossible_state', 'one account twice in a batch');
      const acts = [insert('same'), insert('same', { keys: [] })];
      await throwsCode(
        () => store.commit([change(tenant, 'x', 0, { acts })]),
        'impossible_state',
        'one act twice in a change',
      );
      same(await store.load(tenant, ['x', 'y']), [], 'files after refused batches');
    },
  },
  {
    name: 'atomic: a change that loses writes no file, event, act, key or review',
    async attempt({ store, tenant }) {
      const event = { seq: 1, at: 1, type: 'account.upserted', actor: 'test', data: null };
      await win(store, change(tenant, 'a', 0, { events: [event], acts: [insert('a1')], next: 9_000 }));
      await win(store, change(tenant, 'b', 0, { acts: [insert('b1')] }));
      const parts = {
        file: content('lost', { row: 'lost' }),
        events: [{ ...event, seq: 2, type: 'lost' }],
        next: 1,
      };
      const fresh = insert('fresh', { keys: ['fresh key'] });
      const gone = move('a1', ['ready'], 'withdrawn');
      const wrong = move('b1', ['ready'], 'withdrawn');
      const taken = insert('fresh too', { keys: ['second fresh key', 'key of b1'] });
      await lose(store, change(tenant, 'a', 7, { ...parts, acts: [fresh, gone] }), 'version');
      await lose(store, change(tenant, 'a', 1, { ...parts, acts: [fresh, gone, wrong] }), 'act');
      await lose(store, change(tenant, 'a', 1, { ...parts, acts: [fresh, gone, taken] }), 'key');
      await lose(store, change(tenant, 'new', 0, { ...parts, acts: [fresh, taken] }), 'key');

      const stored = await fileOf(store, tenant, 'a');
      same([stored.version, stored.header, stored.rows.size, stored.next], [1, null, 0, 9_000], 'the file');
      same(await store.load(tenant, ['new']), [], 'the file of a refused creation');
      same(
        (await collect(store.events(tenant))).map((one) => one.type),
        ['account.upserted'],
        'the log',
      );
      same(await stateOf(store, tenant, 'a1'), 'ready', 'an act that the lost changes would have withdrawn');
      same((await store.due({ before: 8_000, limit: 9, tenant })).length, 0, 'accounts due by a lost change');
      same(
        [await stateOf(store, tenant, 'fresh'), await stateOf(store, tenant, 'fresh too')],
        ['missing', 'missing'],
        'acts of lost changes',
      );
      const claims = insert('claims both', { keys: ['fresh key', 'second fresh key'] });
      await win(store, change(tenant, 'a', 1, { acts: [claims] }));
      await lose(store, change(tenant, 'b', 1, { acts: [insert('x', { keys: ['key of a1'] })] }), 'key');
    },
  },
  {
    name: 'log: events are appended in their order and a number is never used twice',
    async attempt({ store, tenant }) {
      const event = (seq: number, type: string) => ({ seq, at: 10 * seq, type, actor: 'a', data: { seq } });
      await win(store, change(tenant, 'a', 0, { events: [event(1, 'one'), event(2, 'two')] }));
      await win(store, change(tenant, 'a', 1, { events: [event(3, 'three')] }));
      await throwsCode(
        () =>
          store.commit([change(tenant, 'z', 0), change(tenant, 'a', 2, { events: [event(2, 'forged')] })]),
        'impossible_state',
        'an event with a number that the log already holds',
      );
      same(await store.load(tenant, ['z']), [], 'another change of the refused batch');
      same((await fileOf(store, tenant, 'a')).version, 2, 'the version after a refused batch');
      same(
        await collect(store.events(tenant, { account: 'a' })),
        [event(1, 'one'), event(2, 'two'), event(3, 'three')].map((one) => ({
          tenant,
          account: 'a',
          ...one,
        })),
        'the log',
      );
    },
  },
  {
    name: 'batch: five hundred accounts with rows, events and acts in one commit',
    async attempt({ store, tenant }) {
      const accounts = Array.from({ length: 500 }, (_, i) => `account-${String(i).padStart(4, '0')}`);
      const changes = accounts.map((account, i) =>
        change(tenant, account, 0, {
          file: content({ account }, { [`${account}/1`]: i, [`${account}/2`]: -i }),
          events: [{ seq: 1, at: i, type: 'made', actor: 'test', data: i }],
          acts: [insert(`act of ${account}`, { notBefore: 1_000_000 + i })],
          next: 1_000_000 + i,
        }),
      );
      const outcomes = await store.commit(changes);
      check(outcomes.length === 500 && outcomes.every((one) => one.ok), 'all five hundred must win');
      same((await store.load(tenant, accounts)).length, 500, 'files loaded in one call');
      same(
        (await fileOf(store, tenant, 'account-0321')).rows.get('account-0321/2'),
        -321,
        'one row of one file',
      );
      same((await actOf(store, tenant, 'act of account-0456')).notBefore, 1_000_456, 'one act');
      const due = await store.due({ before: 1_000_002, limit: 10, tenant });
      same(
        due.map((one) => one.account),
        ['account-0000', 'account-0001', 'account-0002'],
        'due accounts',
      );
    },
  },
];
