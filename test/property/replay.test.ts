import { expect, it } from 'vitest';
import { compile, decide, emptyFile, evolveAll, type FileEvent } from '../../src/engine/index.js';
import type { LedgerFacts } from '../../src/ledger/facts.js';
import { textRefs } from '../../src/messages/index.js';
import { documents, world } from '../support/world.js';

const day = 86_400_000;
const start = Date.parse('2026-01-05T10:00:00-05:00');
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Facts of a day, drawn by a small generator with a fixed seed. */
function* year(): Generator<LedgerFacts> {
  let seed = 7;
  const draw = (most: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % most;
  };
  const owed: { id: string; account: string; left: number }[] = [];
  const accounts = ['robles', 'pinos', 'olmos'];
  for (let index = 0; index < 365; index++) {
    const today = dateOf(start + index * day);
    const facts: { -readonly [K in keyof LedgerFacts]: LedgerFacts[K] } = {};
    if (index === 0)
      facts.accounts = accounts.map((id) => ({
        id,
        name: id,
        contacts: [{ email: `${id}@robles.example` }],
      }));
    if (draw(7) === 0) {
      const one = { id: `F${index}`, account: accounts[draw(3)] ?? 'robles' };
      owed.push({ ...one, left: 1000 });
      const total = { amount: '1000.00', currency: 'COP' };
      const due = dateOf(start + (index + 10 + draw(20)) * day);
      facts.invoices = [{ ...one, issued: today, due, total }];
    }
    const paid = owed[draw(40)];
    if (paid !== undefined && paid.left > 0) {
      const part = draw(2) === 0 ? paid.left : Math.min(paid.left, 400);
      paid.left -= part;
      const amount = { amount: `${part}.00`, currency: 'COP' };
      facts.payments = [{ id: `P${index}`, account: paid.account, invoice: paid.id, date: today, amount }];
    }
    const held = owed[draw(90)];
    if (held !== undefined)
      facts.holds = [
        {
          id: `H${index}`,
          account: held.account,
          invoice: held.id,
          reason: 'talks',
          author: 'ana',
          from: today,
          until: dateOf(start + (index + 5) * day),
        },
      ];
    const promised = owed[draw(70)];
    if (promised !== undefined)
      facts.promises = [
        {
          id: `W${index}`,
          account: promised.account,
          invoice: promised.id,
          date: dateOf(start + (index + 7) * day),
          made: today,
          source: 'debtor',
        },
      ];
    yield facts;
  }
}

/** What a review itself says; all else in the log is told, or became of acts. */
const decided = /^(?:case|stage|promise)\.(?!upserted)|^act\.(?:planned|withdrawn)$|^task\.closed$|^effect\./;

it('replaying a recorded year reproduces every decision, its ids included', async () => {
  const { dunning } = world();
  let index = 0;
  for (const facts of year()) {
    const now = start + index * day;
    await dunning.sync(facts, { now });
    await dunning.tick({ now });
    index++;
  }
  const engine = compile({
    ...documents,
    channels: [
      { id: 'whatsapp', address: 'phone', consent: 'required' },
      { id: 'email', address: 'email', consent: 'contract' },
    ],
    textOf: textRefs(documents.messages),
  });
  let reviews = 0;
  let acts = 0;
  for (const account of ['robles', 'pinos', 'olmos']) {
    const log: FileEvent[] = [];
    for await (const { type, data } of dunning.history(account)) {
      const { by: _, ...event } = { type, ...(data as object) } as Record<string, unknown>;
      log.push(event as unknown as FileEvent);
    }
    let file = emptyFile(account);
    let pending: FileEvent[] = [];
    for (const event of log) {
      if (event.type !== 'review.made') {
        if (!decided.test(event.type)) {
          file = evolveAll(file, [...pending, event]);
          pending = [];
        } else pending.push(event);
        continue;
      }
      const again = decide(engine, file, event.at);
      expect(JSON.parse(JSON.stringify(again.events))).toEqual(
        JSON.parse(JSON.stringify([...pending, event])),
      );
      file = evolveAll(file, [...pending, event]);
      pending = [];
      reviews++;
      acts += again.acts.length;
    }
  }
  // A year in which nothing was decided would prove nothing.
  expect(reviews).toBeGreaterThan(150);
  expect(acts).toBeGreaterThan(100);
  // The library's own replay knows nothing of this one.
  expect(await dunning.replay()).toEqual({ ok: true, accounts: 3, reviews, acts: expect.any(Number) });
});
