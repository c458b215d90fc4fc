import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/dunning/audit/chain.js';
import { verifyAudit } from '../../src/dunning/index.js';
import { canonicalJson } from '../../src/policy/canonical.js';
import type { SealedEvent } from '../../src/stores/audit.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import type { Json, Store } from '../../src/stores/store.js';
import { all, at, world } from '../support/world.js';
import { house, live, person } from './life.js';

const { dunning, store } = await live(memoryStore());
const lines = await all(dunning.audit({ personal: true }));
const head = await store.audit?.head('default');
const length = head?.position ?? 0;

/** A tenant whose sealed events somebody altered. */
function tampered(alter: (rows: SealedEvent[]) => SealedEvent[]) {
  const { audit } = store;
  if (audit === undefined) throw new Error('the memory store has a chain');
  const altered: Store = {
    ...store,
    audit: {
      ...audit,
      async sealed({ tenant, after, limit }) {
        const rows = [...(await audit.sealed({ tenant, after: 0, limit: 100_000 }))];
        return alter(rows)
          .filter((row) => row.position > after)
          .slice(0, limit);
      },
    },
  };
  return world({ ...house, store: altered }).dunning;
}

const position = fc.integer({ min: 1, max: length });
/** Any leaf of a JSON value, replaced by another. */
function spoilt(value: unknown, pick: number): unknown {
  if (typeof value === 'string') return `${value}x`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (value === null || typeof value !== 'object') return 0;
  const keys = Object.keys(value);
  if (keys.length === 0) return { more: 1 };
  const key = keys[pick % keys.length] ?? '';
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = spoilt(copy[key], Math.floor(pick / keys.length));
  return Array.isArray(value) ? Object.values(copy) : copy;
}

describe('the chain', () => {
  it('is there, without gaps, and holds', async () => {
    expect(length).toBeGreaterThan(100);
    expect(await dunning.verify()).toEqual({ ok: true, checked: length, head });
    expect(await dunning.seal()).toBe(0);
  });

  it('has an actor on every event, and on every review what it was decided by', async () => {
    const events = await all(store.events('default'));
    expect(events.every(({ actor }) => actor.length > 0)).toBe(true);
    const decided = events.filter(({ type }) => type === 'review.made');
    expect(decided.length).toBeGreaterThan(10);
    for (const { data } of decided)
      expect(data).toMatchObject({
        by: {
          documents: expect.stringMatching(/^[0-9a-f]{16}$/),
          plan: { id: 'plan', version: 1, hash: expect.stringMatching(/^[0-9a-f]{16}$/) },
          tz: expect.any(String),
        },
      });
    const planned = events.filter(({ type }) => type === 'act.planned');
    for (const { data } of planned)
      expect(data).toMatchObject({ act: { plan: { version: 1 }, policy: { id: 'ladder', version: 1 } } });
    const people = events.filter(({ actor }) => actor === 'ana');
    expect(people.some(({ type }) => type === 'act.discarded')).toBe(true);
    for (const { type, data } of people.filter(({ type: one }) => /^(?:act|case)\.(?!planned)/.test(one)))
      if (typeof data === 'object' && data !== null && 'author' in data)
        expect([type, data]).toEqual([
          type,
          expect.objectContaining({ author: 'ana', reason: expect.any(String) }),
        ]);
  });

  it('finds any changed member of any event, and names its position', async () => {
    await fc.assert(
      fc.asyncProperty(position, fc.nat(), async (n, pick) => {
        const found = await tampered((rows) =>
          rows.map((row) =>
            row.position === n && row.event
              ? { ...row, event: { ...row.event, data: spoilt(row.event.data, pick) as null } }
              : row,
          ),
        ).verify();
        expect(found).toMatchObject({ ok: false, fault: { position: n, code: 'hash' } });
      }),
      { numRuns: 60 },
    );
  });

  it('finds changed actors, types, instants, accounts and numbers', async () => {
    const changes = { actor: 'eve', type: 'note.added', at: 1, account: 'z', seq: 99, tenant: 'z' };
    for (const [key, value] of Object.entries(changes)) {
      const found = await tampered((rows) =>
        rows.map((row) =>
          row.position === 7 && row.event ? { ...row, event: { ...row.event, [key]: value } } : row,
        ),
      ).verify();
      // The tenant is asked for, and cannot be told otherwise by a row.
      if (key === 'tenant') expect(found.ok).toBe(true);
      else expect([key, found]).toMatchObject([key, { ok: false, fault: { position: 7, code: 'hash' } }]);
    }
  });

  it('finds removed, repeated and exchanged events, and a chain cut short', async () => {
    await fc.assert(
      fc.asyncProperty(position, async (n) => {
        const removed = await tampered((rows) => rows.filter((row) => row.position !== n)).verify();
        expect(removed).toMatchObject({ ok: false, fault: { position: n, code: 'missing' } });
        const closed = await tampered((rows) =>
          rows.filter((row) => row.position !== n).map((row, index) => ({ ...row, position: index + 1 })),
        ).verify();
        expect(closed).toMatchObject({
          ok: false,
          fault: { position: n, code: n === length ? 'missing' : 'hash' },
        });
        const put = await tampered((rows) =>
          rows
            .toSpliced(n, 0, rows[n - 1] as SealedEvent)
            .map((row, index) => ({ ...row, position: index + 1 })),
        ).verify();
        expect(put).toMatchObject({ ok: false, fault: { position: n + 1 } });
        const other = n === length ? 1 : n + 1;
        const [low, high] = n < other ? [n, other] : [other, n];
        const exchanged = await tampered((rows) =>
          rows.map((row) => {
            const from = row.position === low ? high : row.position === high ? low : row.position;
            return { ...(rows[from - 1] as SealedEvent), position: row.position };
          }),
        ).verify();
        expect(exchanged).toMatchObject({ ok: false, fault: { position: low, code: 'hash' } });
        const without = await tampered((rows) =>
          rows.map((row) => (row.position === n ? { ...row, event: undefined } : row)),
        ).verify();
        expect(without).toMatchObject({ ok: false, fault: { position: n, code: 'missing' } });
      }),
      { numRuns: 25 },
    );
  });

  it('finds personal data put in the place of what was sealed', async () => {
    const found = await tampered((rows) =>
      rows.map((row) =>
        row.event?.type === 'account.upserted'
          ? { ...row, event: { ...row.event, personal: { '/account/name': ['s', 'Eve'] } } }
          : row,
      ),
    ).verify();
    expect(found).toMatchObject({
      ok: false,
      fault: { position: 1, code: 'personal', path: '/account/name' },
    });
  });

  it('holds against a chain made anew, where a checkpoint was kept', async () => {
    const kept = { position: 20, hash: JSON.parse(lines[20] ?? '{}').hash as string };
    expect(await dunning.verify({ checkpoints: [kept] })).toMatchObject({ ok: true });
    expect(await dunning.verify({ from: kept })).toMatchObject({ ok: true, checked: length - 20 });
    const other = (await live(memoryStore())).dunning;
    await other.seal();
    // The salts differ, so it is another chain, and consistent by itself.
    expect(await other.verify()).toMatchObject({ ok: true });
    const elsewhere = world({ ...house });
    await elsewhere.dunning.sync({ accounts: Array.from({ length: 30 }, (_, i) => person(`x${i}`)) });
    await elsewhere.dunning.seal();
    expect(await elsewhere.dunning.verify({ checkpoints: [kept] })).toMatchObject({
      ok: false,
      fault: { position: 20, code: 'checkpoint' },
    });
    expect(await elsewhere.dunning.verify({ checkpoints: [{ position: 99, hash: 'x' }] })).toMatchObject({
      ok: false,
      fault: { position: 99, code: 'missing' },
    });
    expect(await elsewhere.dunning.verify({ from: kept })).toMatchObject({
      ok: false,
      fault: { position: 21, code: 'hash' },
    });
  });
});

describe('a proof file', () => {
  it('proves itself, with and without personal data', async () => {
    expect(await verifyAudit(lines)).toEqual({
      ok: true,
      tenant: 'default',
      events: length,
      from: { position: 0, hash: '' },
      end: head,
    });
    expect(lines.join()).toContain('Secreta a');
    const plain = await all(dunning.audit());
    expect(plain.join()).not.toMatch(/secret/i);
    expect(await verifyAudit(plain.map((line) => `${line}\n`))).toMatchObject({ ok: true, end: head });
    expect(await verifyAudit([...plain, '', '\n'])).toMatchObject({ ok: true });
  });

  it('of one account proves its events in the whole chain, and shows nothing of others', async () => {
    const own = await all(dunning.audit({ account: 'b', personal: true }));
    const verdict = await verifyAudit(own);
    const logged = (await all(dunning.history('b'))).length;
    expect(verdict).toMatchObject({ ok: true, events: logged, end: head });
    expect(own.join()).toContain('Secreta b');
    expect(own.join()).not.toMatch(/secreta [ac]|F-[ac]/i);
  });

  it('is found out when any byte is changed, and any line removed, put in or moved', async () => {
    const line = fc.nat({ max: lines.length - 1 });
    await fc.assert(
      fc.asyncProperty(line, line, fc.nat(), fc.integer({ min: 32, max: 126 }), async (n, m, where, code) => {
        const text = lines[n] ?? '';
        const place = where % text.length;
        const changed = text.slice(0, place) + String.fromCharCode(code) + text.slice(place + 1);
        if (changed !== text)
          expect(await verifyAudit(lines.with(n, changed)), changed).toMatchObject({ ok: false });
        expect(await verifyAudit(lines.toSpliced(n, 1))).toMatchObject({ ok: false });
        expect(await verifyAudit(lines.toSpliced(n, 0, lines[m] ?? ''))).toMatchObject({ ok: false });
        if (n !== m)
          expect(await verifyAudit(lines.with(n, lines[m] ?? '').with(m, text))).toMatchObject({ ok: false });
      }),
      { numRuns: 150 },
    );
  });

  it('has room for nothing that no hash covers, and says how much of it there is', async () => {
    const changed = (n: number, change: (line: Record<string, unknown>) => object) => {
      const at = n < 0 ? lines.length + n : n;
      return lines.with(at, JSON.stringify(change(JSON.parse(lines[at] ?? '{}') as Record<string, unknown>)));
    };
    const last = lines.length - 1;
    for (const [file, found] of [
      [changed(0, (line) => ({ ...line, note: 'mine' })), { line: 1, code: 'format' }],
      [changed(3, (line) => ({ ...line, note: 'mine' })), { line: 4, code: 'format' }],
      [changed(-1, (line) => ({ ...line, note: 'mine' })), { line: last + 1, code: 'format' }],
      [changed(-1, (line) => ({ ...line, events: length - 1 })), { line: last + 1, code: 'missing' }],
      [lines.toSpliced(last - 1, 1), { line: last, position: length, code: 'missing' }],
      [lines.with(3, ` ${lines[3]}`), { line: 4, code: 'format' }],
      [lines.with(3, lines[3]?.replace('{', '{"position":9,') ?? ''), { line: 4, code: 'format' }],
      [[...lines, lines[1] ?? ''], { line: last + 2, code: 'format' }],
      [lines.slice(0, -1), { line: last + 1, code: 'missing' }],
      [[], { line: 1, code: 'missing' }],
    ] as const)
      expect(await verifyAudit(file)).toMatchObject({ ok: false, ...found });
  });

  it('keeps others back only where it is about one account', async () => {
    const own = await all(dunning.audit({ account: 'b' }));
    const header = JSON.parse(own[0] ?? '') as Record<string, unknown>;
    delete header.account;
    expect(await verifyAudit(own.with(0, JSON.stringify(header)))).toMatchObject({
      ok: false,
      code: 'format',
    });
  });

  it('of a part goes on from a checkpoint', async () => {
    const from = { position: 50, hash: JSON.parse(lines[50] ?? '{}').hash as string };
    const part = await all(dunning.audit({ from, to: 60 }));
    expect(part).toHaveLength(12);
    expect(await verifyAudit(part)).toMatchObject({ ok: true, from, end: { position: 60 } });
  });
});

describe('the change feed', () => {
  it('tells every event once, in order, page by page, without personal data', async () => {
    const seen: number[] = [];
    let cursor: string | undefined;
    let text = '';
    for (let more = true; more; ) {
      const page = await dunning.changes({ after: cursor, limit: 7 });
      seen.push(...page.events.map((event) => event.position));
      text += JSON.stringify(page.events);
      expect(page.accounts).toEqual([...new Set(page.events.map((event) => event.account))]);
      expect(page.events.map((event) => event.id)).toEqual(
        page.events.map((event) => `default:${event.position}`),
      );
      ({ cursor, more } = page);
    }
    expect(seen).toEqual(Array.from({ length }, (_, index) => index + 1));
    expect(text).not.toMatch(/secret|sha256:/i);
    expect((await dunning.changes({ after: cursor })).events).toEqual([]);
    expect((await dunning.changes({ after: cursor })).cursor).toBe(cursor);
  });

  it('tells names and addresses only when asked to, and only the types wanted', async () => {
    const { events } = await dunning.changes({
      types: ['account.upserted', 'note.added'],
      personal: true,
      limit: 1000,
    });
    expect(events.map(({ type }) => type)).toEqual([
      'account.upserted',
      'account.upserted',
      'account.upserted',
      'note.added',
      'note.added',
    ]);
    expect(events[0]?.data).toMatchObject({
      account: { name: 'Secret a Ltda', contacts: [{ email: 'secreta-a@secret.example' }] },
    });
    const [plain] = (await dunning.changes({ limit: 1 })).events;
    expect(plain?.data).toMatchObject({
      account: { id: 'a', contacts: [{ id: 'billing', role: 'billing' }] },
    });
    expect(plain?.data).not.toHaveProperty('account.name');
  });

  it('refuses cursors that are not its own', async () => {
    const { cursor } = await dunning.changes({ limit: 1 });
    for (const after of ['', '7', 'x%', `${cursor}x`, encodeURIComponent('1/5/other')])
      await expect(dunning.changes({ after })).rejects.toMatchObject({
        code: 'invalid_option',
        problems: [{ path: 'after' }],
      });
    for (const limit of [0, 1001, 1.5])
      await expect(dunning.changes({ limit })).rejects.toMatchObject({ problems: [{ path: 'limit' }] });
  });

  it('has nothing of what is not sealed', async () => {
    const fresh = world();
    await fresh.dunning.sync({ accounts: [person('q')] });
    expect((await fresh.dunning.changes()).events).toEqual([]);
    expect(await fresh.dunning.seal()).toBe(1);
    expect((await fresh.dunning.changes()).events).toHaveLength(1);
  });
});

it('a store without a chain keeps events whole, ticks, and says what is missing', async () => {
  const { audit: _, ...plain } = memoryStore();
  const { dunning: own, store: kept } = world({ store: plain });
  await own.sync({ accounts: [person('a')] });
  expect(await own.tick({ now: at('01-03') })).toMatchObject({ failed: [] });
  expect((await all(kept.events('default')))[0]).toMatchObject({
    data: { account: { name: 'Secret a Ltda' } },
  });
  const error = { code: 'invalid_option', problems: [{ path: 'store', code: 'missing_ability' }] };
  await expect(own.seal()).rejects.toMatchObject(error);
  await expect(own.verify()).rejects.toMatchObject(error);
  await expect(own.changes()).rejects.toMatchObject(error);
  await expect(own.erase({ account: 'a' }, { author: 'ana' })).rejects.toMatchObject(error);
  await expect(all(own.audit())).rejects.toMatchObject(error);
  expect(await own.replay()).toMatchObject({ ok: true, accounts: 1 });
});

describe('canonicalText', () => {
  it('is canonicalJson', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as Json;
        expect(canonicalText(json)).toBe(canonicalJson(json));
      }),
    );
    expect(canonicalText({ b: [1, null], '': 'ñ\n', a: { z: true, y: -0 } })).toBe(
      canonicalJson({ a: { y: -0, z: true }, b: [1, null], '': 'ñ\n' }),
    );
  });

  it('refuses what canonicalJson refuses', () => {
    const deep = JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`) as Json;
    for (const value of [JSON.parse('{"a":1e999}') as Json, deep])
      expect(() => canonicalText(value)).toThrow(expect.objectContaining({ code: 'invalid_document' }));
  });
});
