import { RecobroError } from '../errors.js';

/**
 * Active ISO 4217 currencies and funds codes by number of decimals ("minor
 * unit"). Source: ISO 4217 list one, published 2026-01-01 by its maintenance
 * agency, SIX (https://www.six-group.com/en/products-services/financial-information/data-standards.html).
 * Codes for which the list gives no minor unit (precious metals, XDR, XSU, XUA,
 * bond units, XTS, XXX) are left out: nobody is invoiced in them.
 */
const codesByExponent: readonly (readonly [number, string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF
     CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL
     HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU
     MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR
     SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED
     VES WST XAD XCD XCG YER ZAR ZMW ZWG`,
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

const exponents = new Map<string, number>(
  codesByExponent.flatMap(([exponent, codes]) => codes.split(/\s+/).map((code) => [code, exponent] as const)),
);

/** Whether the text is an active ISO 4217 code, in capitals, that has a minor unit. */
export function isCurrency(text: string): boolean {
  return exponents.has(text);
}

/**
 * Number of decimals of a currency: 2 for MXN and COP, 0 for CLP, 3 for KWD, 4 for CLF.
 *
 * @throws RecobroError `unknown_currency`
 */
export function currencyExponent(currency: string): number {
  const exponent = exponents.get(currency);
  if (exponent === undefined) {
    throw new RecobroError(
      'unknown_currency',
      `${JSON.stringify(String(currency).slice(0, 12))} is no active ISO 4217 currency code (three capitals, such as MXN)`,
    );
  }
  return exponent;
}
