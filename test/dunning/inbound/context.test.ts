import { describe, expect, it } from 'vitest';
import { account, at } from '../../support/world.js';
import { house, reminded, text } from './house.js';

describe('what somebody needs to know who answers a customer', () => {
  it('comes in one call, and the message says to whom it goes', async () => {
    const made = await house();
    await made.dunning.sync({ accounts: [{ ...account, owner: 'eva' }] });
    const heard: unknown[] = [];
    made.dunning.on('message.received', (event) =>
      heard.push([event.account, event.owner, event.about, event.intent]),
    );
    const act = await reminded(made);
    await made.hook(text('We will pay on Friday 20 February', { context: { id: 'whatsapp-1' } }));
    await made.dunning.hold({ account: 'robles', reason: 'vip' }, { author: 'ana' });
    await made.dunning.assign('robles', 'ana', { author: 'ana' });
    await made.hook(text('And a question'));
    expect(heard).toEqual([
      ['robles', 'eva', act, 'promise'],
      ['robles', 'ana', undefined, undefined],
    ]);
    expect(await made.dunning.customerContext('robles', { messages: 2 })).toMatchObject({
      account: 'robles',
      name: 'Robles Ltda',
      owner: 'ana',
      contacts: [{ name: 'Inés' }],
      totals: [{ currency: 'COP', outstanding: 100_000, overdue: 100_000 }],
      status: { items: [{ invoice: 'F-1042', reminders: 1 }] },
      messages: [
        { direction: 'in', intent: 'promise' },
        { direction: 'in', text: 'And a question' },
      ],
      promises: [{ date: '2026-02-20', source: 'debtor' }],
      holds: [{ reason: 'vip' }],
    });
    const later = await made.dunning.customerContext('robles', { at: at('03-01') });
    expect([later.promises, later.messages.length]).toEqual([[], 3]);
    await expect(made.dunning.customerContext('none')).rejects.toMatchObject({ code: 'unknown_id' });
  });
});
