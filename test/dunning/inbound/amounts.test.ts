import { describe, expect, it } from 'vitest';
import type { Classified, ClassifierInput } from '../../../src/index.js';
import { all, invoice, type World } from '../../support/world.js';
import { house, reminded, text, types } from './house.js';

async function facts(made: World, kind: string): Promise<readonly unknown[]> {
  const told = (await all(made.dunning.history('robles'))).filter(({ type }) => type === `${kind}.upserted`);
  return told.map(({ data }) => (data as Record<string, unknown>)[kind]);
}

describe('a message that says how much', () => {
  it('reports that of the invoice that it names; an amount is no invoice though its number is the same', async () => {
    const made = await house();
    await made.dunning.sync({ invoices: [invoice('500', '02-03'), invoice('F-1043', '02-03')] });
    await reminded(made);
    await made.hook(text('We paid 500 pesos of F-1043'));
    expect(await facts(made, 'unbooked')).toMatchObject([
      { invoice: 'F-1043', amount: 50_000, currency: 'COP', state: 'pending' },
    ]);
  });

  it('promises a part', async () => {
    const made = await house();
    await reminded(made);
    await made.hook(text('We will pay 500 pesos of F-1042 on 20 February'));
    expect(await facts(made, 'promise')).toMatchObject([
      { invoice: 'F-1042', amount: 50_000, currency: 'COP', date: '2026-02-20' },
    ]);
  });

  it.each(['We paid 9,000,000.00 pesos of F-1042', 'We paid US$ 500 of F-1042', 'We paid 500 of F-1042'])(
    'that cannot be is for a person: %s',
    async (said) => {
      const made = await house();
      await reminded(made);
      await made.hook(text(said));
      expect(await types(made)).not.toContain('unbooked.upserted');
      expect(await all(made.dunning.acts({ kinds: ['task'] }))).toMatchObject([
        { act: { name: 'answer-reply' } },
      ]);
    },
  );
});

describe('what a classifier says of invoices and amounts', () => {
  const answered = async (
    told: Partial<Classified>,
  ): Promise<World & { readonly asked: ClassifierInput[] }> => {
    const asked: ClassifierInput[] = [];
    const classifier = async (message: ClassifierInput): Promise<Classified> => {
      asked.push(message);
      return { intent: 'dispute', confidence: 0.95, ...told };
    };
    const made = await house({ conversation: { classifier } });
    await made.dunning.sync({ invoices: [invoice('F-1043', '02-03')] });
    await reminded(made);
    await made.hook(text('the second one has 200 too much'));
    return { ...made, asked };
  };

  it('is what is disputed, of that invoice', async () => {
    const made = await answered({ invoices: ['F-1043'], amount: { minor: 20_000, currency: 'COP' } });
    expect(await facts(made, 'dispute')).toMatchObject([
      { invoice: 'F-1043', amount: 20_000, currency: 'COP', state: 'open' },
    ]);
    expect(made.asked[0]?.open).toMatchObject([
      { invoice: 'F-1042', number: 'F-1042', currency: 'COP' },
      { invoice: 'F-1043' },
    ]);
    expect(made.asked[0]?.open[0]?.outstanding).toBeGreaterThan(0);
  });

  it.each<Partial<Classified>>([
    { invoices: ['F-9'] },
    { invoices: 'F-1043' as never },
    { invoices: [] },
    { invoices: ['F-1043'], amount: { minor: 999_999_999_999, currency: 'COP' } },
    { invoices: ['F-1043'], amount: { minor: 20_000, currency: 'MXN' } },
    { invoices: ['F-1043'], amount: { minor: 0, currency: 'COP' } },
    { invoices: ['F-1043'], amount: { minor: 1.5, currency: 'COP' } },
    { invoices: ['F-1043'], amount: '200' as never },
    { invoices: ['F-1042', 'F-1043'], amount: { minor: 20_000, currency: 'COP' } },
    { invoices: ['F-1043'], amount: { minor: 20_000, currency: 'COP' }, confidence: 0.7 },
  ])('and cannot be, or not surely, is for a person: %j', async (told) => {
    const made = await answered(told);
    expect(await types(made)).not.toContain('dispute.upserted');
    expect(await all(made.dunning.acts({ kinds: ['task'] }))).toMatchObject([
      { act: { name: 'answer-reply' } },
    ]);
  });
});
