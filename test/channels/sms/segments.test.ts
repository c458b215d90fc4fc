import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { septetsOf } from '../../../src/channels/sms/gsm7.js';
import { segmentsOf } from '../../../src/channels/sms/index.js';
import { fixture } from '../fixtures.js';

interface Table {
  readonly basic: { readonly chars: string };
  readonly extension: { readonly chars: string };
}

const table: Table = Object(fixture('gsm7.json'));
const basic = Array.from(table.basic.chars);
const extension = Array.from(table.extension.chars);

describe('the GSM alphabet', () => {
  it('is the contract’s, character for character', () => {
    expect(basic).toHaveLength(127);
    expect(extension).toHaveLength(10);
    for (let code = 0; code < 0x3000; code++) {
      const character = String.fromCodePoint(code);
      const cost = basic.includes(character) ? 1 : extension.includes(character) ? 2 : undefined;
      expect(septetsOf(character), `U+${code.toString(16)}`).toBe(cost);
    }
  });
});

describe('segmentsOf', () => {
  it.each([
    ['', 'gsm7', 0, 0, 160],
    ['a', 'gsm7', 1, 1, 159],
    ['a'.repeat(160), 'gsm7', 160, 1, 0],
    ['a'.repeat(161), 'gsm7', 161, 2, 145],
    ['a'.repeat(306), 'gsm7', 306, 2, 0],
    ['a'.repeat(307), 'gsm7', 307, 3, 152],
    ['€'.repeat(80), 'gsm7', 160, 1, 0],
    ['€'.repeat(81), 'gsm7', 162, 2, 143],
    // 152 of 153 used, the € does not fit: 306 septets, three segments.
    [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 'gsm7', 306, 3, 152],
    [`${'a'.repeat(151)}€${'a'.repeat(153)}`, 'gsm7', 306, 2, 0],
    ['í', 'ucs2', 1, 1, 69],
    ['í'.repeat(70), 'ucs2', 70, 1, 0],
    ['í'.repeat(71), 'ucs2', 71, 2, 63],
    ['😀'.repeat(35), 'ucs2', 70, 1, 0],
    // 66 of 67 used, the pair does not fit.
    [`${'í'.repeat(66)}😀${'í'.repeat(66)}`, 'ucs2', 134, 3, 66],
    [`${'í'.repeat(65)}😀${'í'.repeat(67)}`, 'ucs2', 134, 2, 0],
    ['ç', 'ucs2', 1, 1, 69],
    ['Ç', 'gsm7', 1, 1, 159],
    ['\u00a0', 'ucs2', 1, 1, 69],
    ['₹', 'ucs2', 1, 1, 69],
  ])('%#', (text, encoding, units, segments, left) => {
    expect(segmentsOf(text)).toEqual({ encoding, units, segments, left });
  });

  // The vectors of TwilioDevEd/message-segment-calculator (tests/index.test.js): segments, bits of text, bits in all.
  it.each([
    [`{${'2'.repeat(158)}`, 'gsm7', 1, 1120, 1120],
    [`{${'2'.repeat(159)}`, 'gsm7', 2, 1127, 1223],
    [`😜${'2'.repeat(68)}`, 'ucs2', 1, 1120, 1120],
    [`😜${'2'.repeat(69)}`, 'ucs2', 2, 1136, 1232],
  ] as const)('agrees with a published vector (%#)', (text, encoding, segments, bits, all) => {
    const found = segmentsOf(text);
    expect(found).toMatchObject({ encoding, segments });
    const size = found.units * (encoding === 'gsm7' ? 7 : 16);
    expect(size).toBe(bits);
    // Several segments carry a header of six octets each.
    expect(size + (segments > 1 ? segments * 48 : 0)).toBe(all);
  });

  it('a single accent can triple the price', () => {
    const reminder =
      'Estimado cliente: la factura F-2031 por 1.250.000 COP vence el 12 de marzo de 2026. Puede pagarla en pagos.acme.example. Dudas: 601 555 0100. Gracias, Acme.';
    expect(segmentsOf(reminder).segments).toBe(1);
    expect(segmentsOf(reminder.replace('Dudas', 'Aquí')).segments).toBe(3);
  });

  it('agrees with cutting the text by hand', () => {
    const unit = fc.constantFrom(...basic, ...extension, ...extension, 'í', '😀', 'ñ');
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 700 }).map((units) => units.join('')),
        (text) => {
          const { encoding, segments } = segmentsOf(text);
          const size = (part: string) =>
            encoding === 'ucs2'
              ? part.length
              : Array.from(part).reduce((sum, one) => sum + (extension.includes(one) ? 2 : 1), 0);
          if (size(text) <= (encoding === 'ucs2' ? 70 : 160)) {
            expect(segments).toBe(text === '' ? 0 : 1);
            return;
          }
          const parts = [''];
          for (const character of text) {
            const last = parts[parts.length - 1] ?? '';
            if (size(last + character) > (encoding === 'ucs2' ? 67 : 153)) parts.push(character);
            else parts[parts.length - 1] = last + character;
          }
          expect(segments).toBe(parts.length);
          expect(parts.join('')).toBe(text);
        },
      ),
    );
  });
});
