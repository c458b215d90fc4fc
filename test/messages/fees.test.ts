import { describe, expect, it } from 'vitest';
import { renderMessage } from '../../src/messages/index.js';
import { catalogue, facts, item } from './samples.js';

const text = (body: string) => catalogue({ whatsapp: body }, 'items', 'en');
const render = (body: string, changes = {}) => {
  const { content } = renderMessage(text(body), {
    message: 'm',
    channel: 'whatsapp',
    languages: ['en'],
    facts: facts(changes),
  });
  return content.kind === 'text' ? content.text : '';
};
const body = 'You owe {{amount}}, with {{fees.amount}} of late fees {{total.amount}}. Thank you.';

describe('fees in messages', () => {
  it('are shown with what is owed and both together', () => {
    const shown = render(body, { fees: [{ minor: 5_000, currency: 'MXN' }] });
    expect(shown).toMatch(/You owe \S*1,250\.00, with \S*50\.00 of late fees \S*1,300\.00\./);
  });

  it('of one currency are one sum, of another one of their own', () => {
    const several = render(body, {
      items: [item(), item({ number: 'F-2', currency: 'USD', dunnable: 10_000 })],
      fees: [
        { minor: 5_000, currency: 'MXN' },
        { minor: 2_500, currency: 'MXN' },
        { minor: 199, currency: 'USD' },
      ],
    });
    for (const part of ['75.00', '1.99', '1,325.00', '101.99']) expect(several).toContain(part);
  });

  it('that are none are never said to be there', () => {
    for (const fees of [undefined, [], [{ minor: 0, currency: 'MXN' }]])
      expect(() => render(body, { fees })).toThrowError(expect.objectContaining({ code: 'empty_variable' }));
  });

  it('that are none leave the total as it is', () => {
    expect(render('In all {{total.amount}}. Thank you.')).toMatch(/1,250\.00\./);
  });
});
