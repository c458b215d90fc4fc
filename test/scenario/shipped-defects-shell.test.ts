import { describe, expect, it } from 'vitest';
import type { Documents, Message, Policy } from '../../src/policy/types.js';
import { account, all, at, documents, invoice, payment, reminder, world } from '../support/world.js';

/** Defects of shipped products that can only fail where sending, storing and wording meet: through the whole library. */

const byFinance = { author: 'finance' };

/** The little company with other stages. */
function withStages(stages: Policy['stages'], more: Partial<Policy> = {}): Documents {
  const [policy] = documents.policies;
  if (policy === undefined) throw new Error('no policy');
  return { ...documents, policies: [{ ...policy, ...more, stages }] };
}

describe('two concurrent runs send twice; one debtor got 22 mails in a day', () => {
  it('no: twenty-two runs side by side send one message', async () => {
    const { dunning, whatsapp, email } = world();
    await dunning.sync({ accounts: [account], invoices: [invoice('F1', '02-10')] });
    const now = at('02-13');
    await Promise.all(Array.from({ length: 22 }, () => dunning.tick({ now })));
    expect(whatsapp.sent.length + email.sent.length).toBe(1);
  });
});

describe('the delivery callback arrives before the status of the send is written', () => {
  it('no: it is told again, or known from the outcome; nothing goes out twice', async () => {
    const { dunning, whatsapp } = world();
    await dunning.sync({ accounts: [account], invoices: [invoice('F1', '02-10')] });
    const early: unknown[] = [];
    whatsapp.answer(async () => {
      // The provider calls back while its own answer is still on its way.
      for await (const { act } of dunning.acts({ account: 'robles' })) {
        await dunning.delivered(act.id, { now: at('02-13') }).catch((error: unknown) => early.push(error));
      }
      return { outcome: 'accepted', providerId: 'w-1' };
    });
    await dunning.tick({ now: at('02-13') });
    const acts = await all(dunning.acts({ account: 'robles' }));
    expect(acts.map(({ state }) => state)).toEqual(['accepted']);
    const id = acts[0]?.act.id ?? '';
    await dunning.delivered(id, { now: at('02-13', '10:05') });
    await dunning.delivered(id, { now: at('02-13', '10:06') });
    const events = await all(dunning.history('robles'));
    expect(events.filter(({ type }) => type === 'act.delivered')).toHaveLength(1);
    await dunning.tick({ now: at('02-13', '12:00') });
    expect(whatsapp.sent).toHaveLength(1);
  });
});

describe('removing one invoice silences the others on the message', () => {
  it('no: of a message that waits the others go out, with their own sum', async () => {
    const { dunning, whatsapp } = world();
    await dunning.sync({
      accounts: [account],
      invoices: [invoice('F1', '02-10'), invoice('F2', '02-10'), invoice('F3', '02-10')],
    });
    await dunning.review({ accounts: ['robles'], now: at('02-13', '09:00') });
    await dunning.sync({ payments: [payment('P1', 'F2', '02-13')] });
    await dunning.tick({ now: at('02-13') });
    const reminders = whatsapp.sent
      .map((message) => JSON.stringify(message))
      .filter((text) => text.includes('soft:'));
    expect(reminders).toHaveLength(1);
    expect(reminders[0]).toContain('2 invoices');
  });
});

describe('interest and fees are forgotten, charged hourly, charged on fees, or shown but never charged', () => {
  const terms = { source: 'contract 7', fees: true, interest: true } as const;
  const stages: Policy['stages'] = [
    { id: 'soft', tone: 'friendly', at: { from: 'due', plus: '3d' }, do: [{ send: 'soft' }] },
    {
      id: 'firm',
      tone: 'firm',
      at: { from: 'due', plus: '10d' },
      do: [{ send: 'firm' }, { fee: 'reminder', percent: '10' }],
    },
  ];
  const facts = { accounts: [{ ...account, terms }], invoices: [invoice('F1', '02-10')] };

  it('no: the fee is an intent once its stage was sent, once however often it is run', async () => {
    const { dunning } = world(withStages(stages));
    await dunning.sync(facts);
    await dunning.tick({ now: at('02-13') });
    for (let hour = 9; hour < 18; hour++)
      await dunning.tick({ now: at('02-20', `${String(hour).padStart(2, '0')}:00`) });
    for (const day of ['02-21', '02-27', '03-10']) await dunning.tick({ now: at(day) });
    const fees = await all(dunning.acts({ account: 'robles', kinds: ['fee'] }));
    expect(fees).toHaveLength(1);
  });

  it('no: a booked fee is owed, and no base of the next one', async () => {
    const twice: Policy['stages'] = [
      {
        id: 'soft',
        tone: 'friendly',
        at: { from: 'due', plus: '3d' },
        do: [{ send: 'soft' }, { fee: 'one', percent: '10' }],
      },
      {
        id: 'firm',
        tone: 'firm',
        at: { from: 'due', plus: '10d' },
        do: [{ send: 'firm' }, { fee: 'two', percent: '10' }],
      },
    ];
    const { dunning } = world(withStages(twice));
    await dunning.sync(facts);
    await dunning.tick({ now: at('02-13') });
    const [first] = await all(dunning.acts({ account: 'robles', kinds: ['fee'] }));
    await dunning.settleFee(first?.act.id ?? '', 'booked', { ...byFinance, now: at('02-14') });
    const charge = { id: 'fee-1', amount: '100.00', on: '2026-02-14' };
    await dunning.sync({ invoices: [{ ...invoice('F1', '02-10', '1100.00'), charges: [charge] }] });
    await dunning.tick({ now: at('02-20') });
    const fees = await all(dunning.acts({ account: 'robles', kinds: ['fee'] }));
    // A tenth of the debt each time, not of the fee that came onto it.
    expect(fees.map(({ act }) => act.charges?.map(({ fee, amount }) => [fee, amount]))).toEqual([
      [['two', 10_000]],
      [['one', 10_000]],
    ]);
  });
});

describe('placeholders come out empty: "Dear , you owe "', () => {
  it('no: nothing goes out, and a person is given the message to mend', async () => {
    const stages: Policy['stages'] = [
      { id: 'soft', tone: 'friendly', at: { from: 'issue', plus: '3d' }, do: [{ send: 'soft' }] },
    ];
    const due: Message = {
      ...reminder('soft'),
      text: {
        en: {
          whatsapp: { one: 'Due on {{due}}. Thanks.', many: 'Due. Thanks.' },
          email: { subject: 'Due', body: { one: 'Due on {{due}}. Thanks.', many: 'Due. Thanks.' } },
        },
      },
    };
    const others = documents.messages.messages.filter(({ id }) => id !== 'soft');
    const messages = { ...documents.messages, messages: [...others, due] };
    const { dunning, whatsapp, email } = world({ ...withStages(stages), messages });
    // Nobody told when it is due.
    const { due: _, ...undated } = invoice('F1', '02-10');
    await dunning.sync({ accounts: [account], invoices: [undated] });
    await dunning.tick({ now: at('02-13') });
    expect([...whatsapp.sent, ...email.sent]).toEqual([]);
    const tasks = await all(dunning.acts({ account: 'robles', kinds: ['task'] }));
    expect(tasks.map(({ act }) => act.name)).toEqual(['fix-message']);
  });
});
