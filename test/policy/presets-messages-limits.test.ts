import { describe, expect, it } from 'vitest';
import { plainSms } from '../../src/channels/sms/plain.js';
import { segmentsOf } from '../../src/channels/sms/segments.js';
import { type MessageFacts, senderProblems, worstLengths } from '../../src/messages/index.js';
import {
  compiled,
  contentOf,
  entries,
  type FactsOf,
  label,
  long,
  normal,
  plainOf,
  type Reading,
  worst,
} from './presets-messages-samples.js';

const of = (channel: string) => entries.filter((entry) => entry.channel === channel);
const costOf = (reading: Reading, facts: FactsOf) => segmentsOf(plainSms(plainOf(reading, facts)));
const changed =
  (facts: FactsOf, change: (facts: MessageFacts) => Partial<MessageFacts>): FactsOf =>
  (reading) => {
    const made = facts(reading);
    return { ...made, ...change(made) };
  };

/** A link of each invoice's own, as long as providers make them. */
const linked = changed(worst, ({ items }) => ({
  items: items.map((item) => ({
    ...item,
    paymentUrl: `https://pay.grupo-industrial.example/${item.number.toLowerCase()}`,
  })),
}));
const methods = changed(worst, ({ sender }) => ({
  sender: {
    ...sender,
    pay: { bank: 'x'.repeat(160), pix: 'y'.repeat(160), Oficina: 'z'.repeat(160) },
  },
}));
const emoji = changed(normal, () => ({ contact: { name: 'Ñoño Açaí 🌽' } }));

describe('the longest data', () => {
  it('is of a sender at all its limits, and is cut where names are longer than shown', () => {
    const facts = worst({ message: 'firm', channel: 'sms', language: 'es', form: 'many' });
    expect(senderProblems(facts.sender)).toEqual([]);
    expect(facts.items).toHaveLength(40);
    expect(facts.account.name.length).toBeGreaterThan(60);
  });

  it.each([
    ['a sender at its limits', worst],
    ['a link for each of 40 invoices', linked],
    ['three ways to pay', methods],
  ])('leaves WhatsApp texts within 1024 characters: %s', (_, facts) => {
    for (const entry of of('whatsapp')) {
      const text = plainOf(entry, facts);
      expect(text.length, `${label(entry)}\n${text}`).toBeLessThanOrEqual(1024);
    }
  });

  it('keeps every text within its limit whatever the values', () => {
    const { sender } = worst({ message: 'firm', channel: 'sms', language: 'es', form: 'one' });
    const smsSegments = (text: string) => segmentsOf(plainSms(text)).segments;
    for (const known of [undefined, sender]) {
      const lengths = worstLengths(compiled, { smsSegments, sender: known });
      const measured = known === undefined ? lengths : lengths.filter(({ channel }) => channel !== 'sms');
      expect(measured.filter(({ length, limit }) => length > limit)).toEqual([]);
    }
  });

  it('leaves subjects whole in an inbox, in one currency', () => {
    for (const entry of of('email')) {
      const content = contentOf(entry, long);
      if (content.kind !== 'email') return expect.unreachable();
      expect(content.subject.length, `${label(entry)}\n${content.subject}`).toBeLessThanOrEqual(78);
    }
  });

  it('lists every invoice in e-mails', () => {
    for (const entry of of('email')) {
      const content = contentOf(entry, worst);
      if (content.kind !== 'email') return expect.unreachable();
      const rows = content.text.match(/FAC-ELEC-2026-\d+ /g) ?? [];
      const listed = entry.form === 'many' ? 40 : 1;
      if (entry.form === 'many') expect(rows, label(entry)).toHaveLength(listed);
      expect(content.html.match(/FAC-ELEC-2026-\d+/g)?.length, label(entry)).toBeGreaterThanOrEqual(listed);
    }
  });
});

describe('an SMS', () => {
  it('costs two cheap segments on a normal day', () => {
    for (const entry of of('sms')) {
      const { encoding, segments } = costOf(entry, normal);
      expect(encoding, label(entry)).toBe('gsm7');
      expect(segments, `${label(entry)}\n${plainOf(entry)}`).toBeLessThanOrEqual(2);
    }
  });

  it('costs four at worst, with bank details of 160 characters', () => {
    for (const entry of of('sms')) {
      const { encoding, segments } = costOf(entry, worst);
      expect(encoding, label(entry)).toBe('gsm7');
      expect(segments, `${label(entry)}\n${plainOf(entry, worst)}`).toBeLessThanOrEqual(4);
    }
  });

  it('costs at most five where a name has an emoji, and then keeps its accents', () => {
    for (const entry of of('sms')) {
      const { encoding, segments } = costOf(entry, emoji);
      expect(encoding, label(entry)).toBe('ucs2');
      expect(segments, label(entry)).toBeLessThanOrEqual(5);
    }
    const text = plainOf({ message: 'firm', channel: 'sms', language: 'es', form: 'one' }, emoji);
    expect(plainSms(text)).toContain('venció');
  });
});

describe.each(['es', 'en', 'pt'])('at worst in %s', (language) => {
  it('reads so', async () => {
    const texts = entries
      .filter((entry) => entry.language === language && entry.channel !== 'email')
      .map((entry) => `--- ${label(entry)}\n\n${plainOf(entry, worst)}\n`);
    await expect(texts.join('\n')).toMatchFileSnapshot(`__snapshots__/messages/worst.${language}.txt`);
  });
});
