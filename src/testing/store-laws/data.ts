import type { Json } from '../../stores/store.js';
import { check, collect, identical, same, throwsCode } from '../check.js';
import { actOf, change, content, fileOf, insert, type Law, move, stateOf, win } from './law.js';

const difficult: Json = JSON.parse(
  `{"z":1,"a":{"y":[3,1,2],"b":null},"10":"ten","2":"two","__proto__":{"polluted":true},"constructor":"c",
    "big":9007199254740991,"small":-9007199254740991,"tiny":5e-324,"fraction":0.1,"exponent":1e21,
    "text":"ñ \\u0000 \\u2028 \\ud83d\\ude00 \\" \\\\ ' {} NULL","lone":"\\ud800","":"empty key","é":"e","list":[[],{},""],"no":false}`,
) as Json;

/** What goes in comes out: JSON, copies, tenants, streams. */
export const dataLaws: readonly Law[] = [
  {
    name: 'json: key order, unicode, large integers and odd keys come back byte for byte',
    async attempt({ store, tenant }) {
      const odd = [
        '__proto__',
        'constructor',
        'toString',
        '',
        'ñandú',
        "o'brien",
        'a"b\\c,{}',
        'null',
        'NULL',
      ];
      const events = [
        { seq: 1, at: 9_007_199_254_740_991, type: 'ty"pe', actor: "d'Arcy ñ", data: difficult },
      ];
      const put = new Map<string, Json>(odd.map((id) => [id, difficult]));
      const acts = [insert("it's", { data: difficult, keys: odd })];
      const file = { header: difficult, put, remove: [] };
      await win(store, change(tenant, '__proto__', 0, { file, events, acts, next: 9_007_199_254_740_991 }));
      await win(
        store,
        change(tenant, '__proto__', 1, {
          acts: [move("it's", ['ready'], 'accepted', { result: difficult })],
        }),
      );

      const stored = await fileOf(store, tenant, '__proto__');
      identical(stored.header, difficult, 'the header');
      check(
        stored.header !== null &&
          typeof stored.header === 'object' &&
          Object.hasOwn(stored.header, '__proto__'),
        'a key named __proto__ must stay a plain key',
      );
      same([...stored.rows.keys()].sort(), [...odd].sort(), 'row ids');
      for (const id of odd) identical(stored.rows.get(id), difficult, `row ${id}`);
      same(stored.next, 9_007_199_254_740_991, 'the next review');
      const act = await actOf(store, tenant, "it's");
      identical([act.data, act.result], [difficult, difficult], 'data and result of the act');
      const log = await collect(store.events(tenant, { account: '__proto__' }));
      identical(log[0]?.data, difficult, 'the data of the event');
      same(
        [log[0]?.at, log[0]?.type, log[0]?.actor],
        [9_007_199_254_740_991, 'ty"pe', "d'Arcy ñ"],
        'the event',
      );
      for (const plain of [null, true, 0, '', [], {}, 'text', [null]]) {
        const version = (await fileOf(store, tenant, '__proto__')).version;
        await win(store, change(tenant, '__proto__', version, { file: content(plain) }));
        identical((await fileOf(store, tenant, '__proto__')).header, plain, 'a header of another kind');
      }
    },
  },
  {
    name: 'copy: what callers do to values later does not reach the store',
    async attempt({ store, tenant }) {
      const header = { list: [1], deep: { n: 1 } };
      const row = { n: 1 };
      const data = { n: 1 };
      const put = new Map<string, Json>([['r', row]]);
      const events = [{ seq: 1, at: 1, type: 't', actor: 'a', data }];
      await win(
        store,
        change(tenant, 'a', 0, {
          file: { header, put, remove: [] },
          events,
          acts: [insert('one', { data })],
        }),
      );
      header.list.push(2);
      header.deep.n = 2;
      row.n = 2;
      data.n = 2;
      put.set('s', 1);
      const read = async () => ({
        file: (await fileOf(store, tenant, 'a')).header,
        rows: [...(await fileOf(store, tenant, 'a')).rows],
        act: (await actOf(store, tenant, 'one')).data,
        event: (await collect(store.events(tenant)))[0]?.data,
      });
      const expected = {
        file: { list: [1], deep: { n: 1 } },
        rows: [['r', { n: 1 }]],
        act: { n: 1 },
        event: { n: 1 },
      };
      const first = await read();
      same(first, expected, 'what is stored after the caller changed its own objects');
      for (const value of [first.act, first.event, first.rows[0]?.[1]]) Object.assign(value ?? {}, { n: 3 });
      Object.assign(first.file ?? {}, { deep: null });
      same(await read(), expected, 'what is stored after a reader changed what it was given');
    },
  },
  {
    name: 'tenant: nothing of a tenant is seen or touched by another',
    async attempt({ store, tenant, neighbour }) {
      const event = { seq: 1, at: 1, type: 'theirs', actor: 'a', data: null };
      const theirs = { file: content('theirs', { r: 1 }), events: [event], acts: [insert('one')], next: 100 };
      await win(store, change(neighbour, 'a', 0, theirs));
      await store.appendOnce(neighbour, 'callback', 1, null);

      same(await store.load(tenant, ['a']), [], 'load');
      same(await store.act(tenant, 'one'), undefined, 'act');
      same(await store.due({ before: 999, limit: 9, tenant }), [], 'due');
      same(await store.claim({ now: 9_999, lease: 99_999, limit: 9, token: 't', tenant }), [], 'claim');
      same(await collect(store.files(tenant)), [], 'files');
      same(await collect(store.events(tenant)), [], 'events');
      same(await collect(store.acts(tenant)), [], 'acts');
      same(
        await store.appendOnce(tenant, 'callback', 2, null),
        true,
        'append of a key that the neighbour has',
      );
      const mine = { file: content('mine'), events: [event], acts: [insert('one')], next: 200 };
      same(
        await win(store, change(tenant, 'a', 0, mine)),
        1,
        'the version of an account that the neighbour has too',
      );
      await store.claim({ now: 9_999, lease: 99_999, limit: 9, token: 't', tenant });
      const gone = { file: content('mine', {}, ['r']), next: null };
      await win(store, change(tenant, 'a', 1, { ...gone, acts: [move('one', ['claimed'], 'withdrawn')] }));

      const kept = await fileOf(store, neighbour, 'a');
      same(
        [kept.version, kept.header, kept.rows.size, kept.next],
        [1, 'theirs', 1, 100],
        "the neighbour's file",
      );
      same(await stateOf(store, neighbour, 'one'), 'ready', "the neighbour's act");
      same((await collect(store.events(neighbour))).length, 1, "the neighbour's log");
    },
  },
  {
    name: 'append: an inbound event is recorded once',
    async attempt({ store, other, tenant }) {
      same(await store.appendOnce(tenant, 'wamid.1', 1_000, { status: 'sent' }), true, 'the first time');
      same(await store.appendOnce(tenant, 'wamid.1', 2_000, { status: 'read' }), false, 'the second time');
      same(
        await other.appendOnce(tenant, 'wamid.1', 1_000, { status: 'sent' }),
        false,
        'from another process',
      );
      same(await store.appendOnce(tenant, 'wamid.2', 1_000, difficult), true, 'another key');
    },
  },
  {
    name: 'load: each account once, those that do not exist left out',
    async attempt({ store, tenant }) {
      await store.commit(['a', 'b', 'c'].map((account) => change(tenant, account, 0)));
      const files = await store.load(tenant, ['c', 'nobody', 'a', 'c', 'a']);
      same(files.map((file) => file.account).sort(), ['a', 'c'], 'accounts loaded');
      same(await store.load(tenant, []), [], 'accounts loaded when none was asked for');
    },
  },
  {
    name: 'stream: files, events and acts come whole and in order, however many there are',
    async attempt({ store, tenant }) {
      const accounts = Array.from({ length: 620 }, (_, i) => `a${String((i * 7) % 620).padStart(4, '0')}`);
      accounts.push('B', '\u{1f600}', '\u{ff5e}');
      const ordered = [...accounts.filter((one) => one.startsWith('a')).sort(), '\u{ff5e}', '\u{1f600}'];
      const event = (seq: number) => ({ seq, at: seq, type: 't', actor: 'a', data: seq });
      const outcomes = await store.commit(
        accounts.map((account) =>
          change(tenant, account, 0, {
            file: content(account, { [account]: account }),
            events: [event(1), event(2), event(3)],
            acts: [insert(account), insert(`${account} task`, { state: 'open' })],
          }),
        ),
      );
      check(
        outcomes.every((one) => one.ok),
        'all accounts must be created',
      );
      const inOrder = ['B', ...ordered];
      const files = await collect(store.files(tenant));
      same(
        files.map((file) => file.account),
        inOrder,
        'accounts of the files',
      );
      check(
        files.every((file) => file.rows.get(file.account) === file.account),
        'each file must hold its rows',
      );
      same(
        (await collect(store.events(tenant))).map((one) => `${one.account} ${one.seq}`),
        inOrder.flatMap((account) => [1, 2, 3].map((seq) => `${account} ${seq}`)),
        'events by account and sequence',
      );
      same(
        (await collect(store.events(tenant, { account: 'a0007', after: 1 }))).map((one) => [
          one.account,
          one.seq,
        ]),
        [
          ['a0007', 2],
          ['a0007', 3],
        ],
        'events of one account after a number',
      );
      same(
        (await collect(store.events(tenant, { after: 2 }))).length,
        accounts.length,
        'events of all after a number',
      );
      const ids = inOrder.flatMap((account) => [account, `${account} task`]);
      same(
        (await collect(store.acts(tenant))).map((act) => act.id),
        ids,
        'acts by id',
      );
      const tasks = await collect(store.acts(tenant, { states: ['open', 'unknown'] }));
      same(
        tasks.map((act) => act.id),
        ids.filter((id) => id.endsWith('task')),
        'acts in two states',
      );
      const own = await collect(store.acts(tenant, { account: 'a0005' }));
      same(
        own.map((act) => act.id),
        ['a0005', 'a0005 task'],
        'acts of one account',
      );
      same(await collect(store.acts(tenant, { states: [] })), [], 'acts in no state');
      for await (const file of store.files(tenant)) {
        same(file.account, 'B', 'the first file of a stream that its reader leaves');
        break;
      }
    },
  },
  {
    name: 'close: may be called twice, and afterwards every call throws closed',
    async attempt({ store, tenant }) {
      await store.close();
      await store.close();
      await throwsCode(() => store.load(tenant, ['a']), 'closed', 'load');
      await throwsCode(() => store.commit([change(tenant, 'a', 0)]), 'closed', 'commit');
      await throwsCode(() => store.claim({ now: 1, lease: 2, limit: 1, token: 't' }), 'closed', 'claim');
      await throwsCode(() => collect(store.files(tenant)), 'closed', 'files');
    },
  },
];
