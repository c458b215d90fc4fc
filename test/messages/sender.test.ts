import { describe, expect, it } from 'vitest';
import { type Sender, senderProblems } from '../../src/messages/index.js';
import { sender } from './samples.js';

const found = (value: unknown) =>
  senderProblems(value as Sender).map((problem) => `${problem.path} ${problem.code}`);

describe('senderProblems', () => {
  it('finds nothing in a whole sender', () => {
    expect(found(sender)).toEqual([]);
    expect(found({ name: 'Acme', phone: '+525512345678', pay: { bank: 'CLABE …' } })).toEqual([]);
    expect(
      found({ name: 'Acme', email: 'a@b.example', pay: `https://a.example/${'x'.repeat(500)}` }),
    ).toEqual([]);
  });

  it('lists what is missing, empty, too long or no text', () => {
    expect(found({ name: ' ', phone: '\u200b', team: 'x'.repeat(41), pay: {} })).toEqual([
      'sender.name empty',
      'sender.team too_long',
      'sender.phone empty',
      'sender.pay empty',
    ]);
    expect(found({ name: 'Acme' })).toEqual(['sender.phone no_contact']);
    expect(found({ phone: 5, pay: { bank: 1, pix: '' } })).toEqual([
      'sender.name not_text',
      'sender.phone not_text',
      'sender.pay.bank not_text',
      'sender.pay.pix empty',
    ]);
    expect(found({ name: 'A', phone: '1', pay: 5 })).toEqual(['sender.pay not_text']);
    expect(found(undefined)).toEqual(['sender missing']);
    expect(found(null)).toEqual(['sender missing']);
    expect(found({ ...sender, telefono: '1' })).toEqual(['sender.telefono unknown_key']);
  });
});
