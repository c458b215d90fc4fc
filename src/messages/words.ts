/** The few words that values need in the reader's language; everything else is written by authors of messages. */
export interface Words {
  /** Last entry of a list that was cut: "4 more". */
  readonly more: (count: string) => string;
  /** Label of the payment button in e-mails. */
  readonly payNow: string;
  /** Names of payment methods. */
  readonly methods: Readonly<Record<string, string>>;
}

const es: Words = {
  more: (count) => `${count} más`,
  payNow: 'Pagar en línea',
  methods: {
    bank: 'Transferencia',
    pix: 'Pix',
    card: 'Tarjeta',
    cash: 'Efectivo',
    online: 'En línea',
  },
};

const en: Words = {
  more: (count) => `${count} more`,
  payNow: 'Pay online',
  methods: { bank: 'Bank transfer', pix: 'Pix', card: 'Card', cash: 'Cash', online: 'Online' },
};

const pt: Words = {
  more: (count) => `mais ${count}`,
  payNow: 'Pagar on-line',
  methods: { bank: 'Transferência', pix: 'Pix', card: 'Cartão', cash: 'Dinheiro', online: 'On-line' },
};

// No words of a language that we do not know: signs instead of a second language in the text.
const none: Words = { more: (count) => `+${count}`, payNow: '', methods: {} };

const byLanguage: ReadonlyMap<string, Words> = new Map([
  ['es', es],
  ['en', en],
  ['pt', pt],
]);

/** Words of the language of a tag. */
export function wordsOf(tag: string): Words {
  return byLanguage.get(new Intl.Locale(tag).language) ?? none;
}
