import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainSms, segmentsOf } from '../../../src/channels/sms/index.js';
import { fixture } from '../fixtures.js';

const { traps } = Object(fixture('gsm7.json')) as {
  readonly traps: {
    readonly lettersThatForceUcs2: Readonly<
      Record<'es' | 'pt', { readonly force: string[]; readonly safe: string[] }>
    >;
    readonly intlNumberFormat: { readonly nonGsmByLocale: Readonly<Record<string, string[]>> };
  };
};
const letters = traps.lettersThatForceUcs2;
const formats = traps.intlNumberFormat.nonGsmByLocale;

describe('plainSms', () => {
  it.each([
    ['Último aviso: la factura venció, ¿ya pagó?', 'Ultimo aviso: la factura vencio, ¿ya pago?'],
    ['mañana, él, pingüino, ¡sí!', 'mañana, él, pingüino, ¡si!'],
    ['Atenção: cobrança não paga à vista', 'Atencao: cobranca nao paga à vista'],
    ['1.250,00\u00a0€', '1.250,00 €'],
    ['1\u202f250,00\u00a0€', '1 250,00 €'],
    ['R$\u00a01.250,00', 'R$ 1.250,00'],
    ['₹1,25,000.00', 'Rs 1,25,000.00'],
    ['₹\u00a0500', 'Rs 500'],
    ['₡500', 'CRC 500'],
    ['“Acme” – O’Brien…', '"Acme" - O\'Brien...'],
    ['• F-1\n• F-2', '- F-1\n- F-2'],
    ['n\u0303 y e\u0301', 'ñ y é'],
    ['N.º 5, 3.ª, 20°', 'N.o 5, 3.a, 20o'],
    ['pago\u200b a\u00adqui\ufeff', 'pago aqui'],
    ['€[]{}', '€[]{}'],
  ])('%j becomes %j', (text, plain) => expect(plainSms(text)).toBe(plain));

  it.each(
    Object.entries(formats).map(
      ([place, codes]) => [...place.split('/'), codes] as [string, string, string[]],
    ),
  )('amounts as Intl writes them in %s for %s go into the cheap alphabet', (locale, currency, codes) => {
    const amount = new Intl.NumberFormat(locale, { style: 'currency', currency }).format(1_234_567.89);
    const text = `Su saldo: ${amount}.`;
    // What the contract measured is still so, or there was nothing to do.
    if (codes.length > 0) expect(segmentsOf(text).encoding).toBe('ucs2');
    const plain = plainSms(text, { transliterate: false });
    expect(segmentsOf(plain).encoding, plain).toBe('gsm7');
    expect(plain.replace(/\D/g, '')).toBe(amount.replace(/\D/g, ''));
    expect(plain).not.toMatch(/ {2}/);
  });

  it.each(['es', 'pt'] as const)('every letter of %s becomes one that is read the same', (language) => {
    for (const letter of letters[language].force) {
      const plain = plainSms(letter);
      expect(segmentsOf(plain).encoding).toBe('gsm7');
      expect(plain).toBe(letter.normalize('NFD').charAt(0));
    }
    for (const letter of letters[language].safe) expect(plainSms(letter)).toBe(letter);
  });

  it.each(['नमस्ते, बकाया ₹500', 'Pague hoy 😀 según lo acordado', 'Плати'])(
    'leaves alone what cannot fit: %s',
    (text) => {
      expect(plainSms(text)).toBe(text);
    },
  );

  it('keeps accents where asked to', () => {
    expect(plainSms('venció “ayer”', { transliterate: false })).toBe('venció “ayer”');
    expect(plainSms('mañana “si”', { transliterate: false })).toBe('mañana "si"');
    expect(plainSms('1.250\u00a0€', { transliterate: false })).toBe('1.250 €');
  });

  it('never costs a segment more, and is done after one go', () => {
    const unit = fc.oneof(
      fc.constantFrom('…', '₹', ' ', '\u00a0', 'á', 'a', 'ñ', '😀', '5', '\u200b', '—', '“'),
      fc.string({ unit: 'grapheme', maxLength: 1 }),
    );
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 200 }).map((units) => units.join('')),
        fc.boolean(),
        (text, transliterate) => {
          const plain = plainSms(text, { transliterate });
          expect(segmentsOf(plain).segments).toBeLessThanOrEqual(segmentsOf(text).segments);
          expect(plainSms(plain, { transliterate })).toBe(plain);
          if (segmentsOf(text).encoding === 'gsm7') expect(plain).toBe(text);
        },
      ),
    );
    expect(plainSms('…'.repeat(70))).toBe('…'.repeat(70));
  });
});
