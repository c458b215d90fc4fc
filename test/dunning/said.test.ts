import { describe, expect, it } from 'vitest';
import type { DunningOptions } from '../../src/dunning/index.js';
import { isRecobroError } from '../../src/errors.js';
import type { Messages } from '../../src/policy/types.js';
import { documents, world } from '../support/world.js';

/** The first stage's message says this by e-mail. */
function saying(body: string, id = 'soft'): Messages {
  const messages = documents.messages.messages.map((one) =>
    one.id === id ? { ...one, text: { en: { email: { subject: 'x', body } } } } : one,
  );
  return { ...documents.messages, messages };
}

function problemsOf(options: Partial<DunningOptions>): string[] {
  try {
    world(options);
  } catch (error) {
    if (!isRecobroError(error, 'invalid_option')) throw error;
    return error.problems.map(({ path, message }) => `${path} ${message}`);
  }
  return [];
}

describe('what texts say must be there', () => {
  const sender = { name: 'Acme', phone: '+57 601 555 0100' };
  const [ladder] = documents.policies;
  const [soft, firm] = ladder!.stages;
  const from = {
    policies: [{ ...ladder!, stages: [{ ...soft!, do: [{ send: 'soft', from: 'head' }] }, firm!] }],
  };
  const head = { name: 'Acme', email: 'head@acme.example' };
  const link = { key: 'x'.repeat(32), page: (token: string) => `https://acme.example/${token}` };

  it.each<[string, Partial<DunningOptions>, string[]]>([
    ['a phone', { messages: saying('{{sender.phone}}'), sender }, []],
    [
      'an e-mail address',
      { messages: saying('{{sender.email}}'), sender },
      ['sender.email is not there, and the texts of "soft" say {{sender.email}}'],
    ],
    [
      'a phone of another sender',
      { messages: saying('{{sender.phone}}'), sender, senders: { head }, ...from },
      ['senders.head.phone is not there, and the texts of "soft" say {{sender.phone}}'],
    ],
    [
      'a page, in what answers a payment',
      { messages: saying('{{link}}', 'thanks') },
      ['links.page is not there, and the texts of "thanks" say {{link}}'],
    ],
    ['a page that is there', { messages: saying('{{link}}'), links: link }, []],
    [
      'what no policy sends',
      { messages: saying('{{link}}', 'firm'), policies: [{ ...ladder!, stages: [soft!] }] },
      [],
    ],
  ])('%s', (_, options, expected) => expect(problemsOf(options)).toEqual(expected));
});
