import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDay, parseDay } from '../../src/calendar/index.js';
import { findAmount, withoutAmounts } from '../../src/replies/amounts.js';
import { readReply } from '../../src/replies/index.js';

const today = parseDay('2026-03-03');

const read = (text: string, tag: string, currency: string) => {
  const found = findAmount(text, { currencies: currency.split(' '), languages: [tag] });
  return found.state === 'clear' ? `${found.money.minor} ${found.money.currency}` : found.state;
};

describe('an amount', () => {
  it.each([
    ['ya transferí 500 pesos', 'es-MX', 'MXN', '50000 MXN'],
    ['pagué $1,250.00 de la F-1042', 'es-MX', 'MXN', '125000 MXN'],
    ['R$ 500,00', 'pt-BR', 'BRL', '50000 BRL'],
    ['paguei R$1.500 ontem', 'pt-BR', 'BRL', '150000 BRL'],
    ['pagué 1.250.000 pesos', 'es-CO', 'COP', '125000000 COP'],
    ['pagué $12.500', 'es-CL', 'CLP', '12500 CLP'],
    ['pagué $1.250,50', 'es', 'ARS', '125050 ARS'],
    ['sent USD 1,250.00 (1,250.00 USD)', 'en', 'USD', '125000 USD'],
    ['we paid $500', 'en-US', 'USD', '50000 USD'],
    ['transferí 300 usd', 'es-MX', 'USD', '30000 USD'],
    ['S/ 80.50', 'es-PE', 'PEN', '8050 PEN'],
    ['he pagado 20€', 'es-ES', 'EUR', '2000 EUR'],
    ['$ 500 MXN', 'es-MX', 'MXN USD', '50000 MXN'],
  ])('%j (%s, %s): %s', (text, tag, currency, wanted) => {
    expect(read(text, tag, currency)).toBe(wanted);
  });

  it.each([
    // A point is for cents there, and nobody writes three of them; or nobody knows where it is.
    ['pagué $1.250', 'es-MX', 'MXN'],
    ['pagué $1,250', 'es-CO', 'COP'],
    ['pagué $1.250', 'es', 'MXN'],
    ['pagué $1,5', 'es-MX', 'MXN'],
    ['pagué $12,50', 'es-CL', 'CLP'],
    ['pagué $1,25,000.00', 'es-MX', 'MXN'],
    ['pagué $1,250.00.00', 'es-MX', 'MXN'],
    // Another currency, or either of two.
    ['pagué 500 dólares', 'es-MX', 'MXN'],
    ['pagué US$ 500', 'es-MX', 'MXN'],
    ['pagué $500', 'es-MX', 'MXN USD'],
    ['pagué $500', 'es-MX', ''],
    // Several, or a part of something.
    ['pagué $500 de $1,000', 'es-MX', 'MXN'],
    ['pagué 300 pesos y 200', 'es-MX', 'MXN'],
    ['pagué 500 mil pesos', 'es-MX', 'MXN'],
    ['pagué $500 mil', 'es-MX', 'MXN'],
    ['pagué $5k', 'es-MX', 'MXN'],
    ['pagué $1 250', 'es-MX', 'MXN'],
    ['pagué el 50%', 'es-MX', 'MXN'],
    ['factura F-500 pesos', 'es-MX', 'MXN'],
    ['invoice 1042 USD 500', 'en-US', 'USD'],
    ['$0', 'es-MX', 'MXN'],
    [`$${'9'.repeat(20)}`, 'es-MX', 'MXN'],
  ])('%j (%s, %s) is for a person', (text, tag, currency) => {
    expect(read(text, tag, currency)).toBe('unclear');
  });

  it('is no invoice, and an invoice is no amount', () => {
    expect(withoutAmounts('pagué $500 de la 500 y F-500 pesos')).toBe('pagué   de la 500 y F-500 pesos');
    expect(read('ya pagué la 500', 'es-MX', 'MXN')).toBe('none');
  });

  it('is found in whatever is written, and is never nothing or less', () => {
    const part = fc.constantFrom('$', 'R$', '1', '25', '.', ',', ' ', 'pesos', 'mil', 'USD', '-', 'ñ', '%');
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 3 })), { maxLength: 12 }), (parts) => {
        const found = findAmount(parts.join(''), { currencies: ['MXN', 'CLP'], languages: ['x-y', 'es-MX'] });
        if (found.state === 'clear') expect(found.money.minor).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a message that says how much', () => {
  const says = (text: string, tag: string, currency: string) => {
    const { intent, confidence, amount, day } = readReply({
      text,
      languages: [tag],
      today,
      currencies: [currency],
    });
    const sure = confidence >= 0.8 ? 'sure' : 'open';
    return [intent, sure, amount?.minor, day === undefined ? undefined : formatDay(day)];
  };

  it.each([
    ['ya transferí 500 pesos', 'es-MX', 'MXN', 'paid', 'sure', 50_000, undefined],
    ['pagué $1,250.00 de la F-1042', 'es-MX', 'MXN', 'paid', 'sure', 125_000, undefined],
    ['le pago 500 pesos el viernes', 'es-MX', 'MXN', 'promise', 'sure', 50_000, '2026-03-06'],
    ['fiz um pix de R$ 500,00', 'pt-BR', 'BRL', 'paid', 'sure', 50_000, undefined],
    ['paguei R$ 500,00', 'pt-BR', 'BRL', 'paid', 'sure', 50_000, undefined],
    ['We paid $500', 'en-US', 'USD', 'paid', 'sure', 50_000, undefined],
    ['I will pay $500 on Friday', 'en-US', 'USD', 'promise', 'sure', 50_000, '2026-03-06'],
    // For a person.
    ['ya pagué 500', 'es-MX', 'MXN', 'paid', 'open', undefined, undefined],
    ['ya pagué $500 de $1,000', 'es-MX', 'MXN', 'paid', 'open', undefined, undefined],
    ['ya pagué 500 dólares', 'es-MX', 'MXN', 'paid', 'open', undefined, undefined],
    ['quieren que pague $500', 'es-MX', 'MXN', undefined, 'open', undefined, undefined],
    ['no reconozco los $200 de flete', 'es-MX', 'MXN', 'dispute', 'open', undefined, undefined],
    ['¿ya pagué $500?', 'es-MX', 'MXN', 'paid', 'open', 50_000, undefined],
  ])('%j', (text, tag, currency, ...wanted) => {
    expect(says(text, tag, currency)).toEqual(wanted);
  });
});
