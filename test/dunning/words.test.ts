import { describe, expect, it } from 'vitest';
import type { Dunning } from '../../src/dunning/index.js';
import type { Documents } from '../../src/policy/types.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import { ana, houseOf, stage } from '../support/house.js';
import { account, all, at, invoice, type World, world } from '../support/world.js';

// Semantics, Sending 4: an approved text is never silently re-rendered.

const approved = houseOf([stage('soft', '3d', { mode: 'approve' }), stage('firm', '10d')]);
const plain = houseOf([stage('soft', '3d'), stage('firm', '10d')]);
const soft = 'robles/ladder/F-1#1/soft.1@billing.0';

/** The next version of the catalogue, with another text of one message for one channel. */
function reworded(house: Documents, id = 'soft', channel = 'whatsapp'): Documents {
  const messages = house.messages.messages.map((message) =>
    message.id === id
      ? { ...message, text: { en: { ...message.text.en, [channel]: textFor(channel) } } }
      : message,
  );
  return { ...house, messages: { ...house.messages, version: 2, messages } };
}

function textFor(channel: string): string | { subject: string; body: string } {
  const text = 'NEW WORDS {{contact.name}}: {{amount}}. Thanks.';
  return channel === 'email' ? { subject: 'NEW', body: text } : text;
}

/** The same store under the documents of before and of after. */
async function across(before: Documents, after: Documents): Promise<{ before: World; after: World }> {
  const store = memoryStore();
  const worlds = { before: world({ ...before, store }), after: world({ ...after, store }) };
  await worlds.before.dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-10')] });
  return worlds;
}

const texts = ({ whatsapp }: World): readonly string[] =>
  whatsapp.sent.map(({ content }) => ('text' in content ? content.text.slice(0, 9) : ''));

const rows = async (dunning: Dunning): Promise<string[]> =>
  (await all(dunning.acts())).map(({ act, state }) => `${act.id} ${state}`);

async function told(dunning: Dunning, ...types: readonly string[]): Promise<unknown[]> {
  const log = await all(dunning.history('robles'));
  return log.filter(({ type }) => types.includes(type)).map(({ type, data }) => ({ type, data }));
}

const ref = (version: number) => ({ id: 'messages', version, hash: expect.stringMatching(/^[0-9a-f]{16}$/) });

describe('words that changed after an approval', () => {
  it('are not sent: the approval is void, and the message is proposed anew', async () => {
    const { before, after } = await across(approved, reworded(approved));
    await before.dunning.tick({ now: at('02-13') });
    await before.dunning.approve(soft, { ...ana, now: at('02-13') });
    await after.dunning.tick({ now: at('02-13', '11:00') });
    await after.dunning.tick({ now: at('02-13', '12:00') });
    expect([texts(before), texts(after)]).toEqual([[], []]);
    expect(await rows(after.dunning)).toEqual([`${soft} withdrawn`, `${soft}!1 open`]);
    expect(await told(after.dunning, 'act.withdrawn')).toMatchObject([
      { data: { act: soft, reason: 'changed' } },
    ]);
    await after.dunning.approve(`${soft}!1`, { ...ana, now: at('02-14') });
    await after.dunning.tick({ now: at('02-14') });
    expect(texts(after)).toEqual(['NEW WORDS']);
    expect(await after.dunning.replay({ documents: [approved] })).toMatchObject({ ok: true });
  });

  it('void a proposal that nobody has answered yet', async () => {
    const { before, after } = await across(approved, reworded(approved));
    await before.dunning.tick({ now: at('02-13') });
    await after.dunning.sync({ accounts: [{ ...account, name: 'Robles SAS' }] });
    await after.dunning.review({ now: at('02-14') });
    expect(await rows(after.dunning)).toEqual([`${soft} withdrawn`, `${soft}!1 open`]);
  });

  it.each([
    ['of another message', reworded(approved, 'firm')],
    ['for another channel', reworded(approved, 'soft', 'email')],
    ['in no word', { ...approved, messages: { ...approved.messages, version: 2 } }],
  ])('do not count where the catalogue changed %s', async (_, changed) => {
    const { before, after } = await across(approved, changed);
    await before.dunning.tick({ now: at('02-13') });
    await before.dunning.approve(soft, { ...ana, now: at('02-13') });
    await after.dunning.tick({ now: at('02-13', '11:00') });
    expect(texts(after)).toEqual(['soft: Iné']);
    expect(await told(after.dunning, 'act.planned', 'act.accepted')).toMatchObject([
      { type: 'act.planned', data: { act: { text: ref(1) } } },
      { type: 'act.accepted', data: { text: { ...ref(2), language: 'en' } } },
    ]);
  });
});

describe('words that changed before a message went out', () => {
  it('are planned anew at once, and the log says which went out', async () => {
    const { before, after } = await across(plain, reworded(plain));
    await before.dunning.review({ now: at('02-13') });
    const run = await after.dunning.tick({ now: at('02-13', '11:00') });
    await after.dunning.tick({ now: at('02-13', '11:30') });
    expect(run.skipped).toMatchObject([{ act: soft, code: 'changed' }]);
    expect(texts(after)).toEqual(['NEW WORDS']);
    expect(await rows(after.dunning)).toEqual([`${soft} withdrawn`, `${soft}!1 accepted`]);
    const [first, , second] = await told(after.dunning, 'act.planned', 'act.accepted', 'act.withdrawn');
    expect(first).toMatchObject({ data: { act: { text: ref(1) } } });
    expect(second).toMatchObject({ data: { act: { text: ref(2) } } });
    expect(await told(after.dunning, 'act.accepted')).toMatchObject([{ data: { text: ref(2) } }]);
  });

  it('are told of a message of which nobody knows whether it went out', async () => {
    const { before } = await across(plain, plain);
    before.whatsapp.answer({ outcome: 'unknown', code: 'timeout' });
    await before.dunning.tick({ now: at('02-13') });
    expect(await told(before.dunning, 'act.unknown')).toMatchObject([
      { data: { text: { ...ref(1), language: 'en' } } },
    ]);
  });
});
