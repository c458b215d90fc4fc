import type { BookedChargeInput, InstalmentInput, InvoiceInput } from '../../ledger/facts.js';
import type { Balance, BookedCharge, Instalment, Invoice } from '../../ledger/types.js';
import type { Money } from '../../money/index.js';
import type { Cursor } from '../cursor.js';
import * as forms from '../forms.js';
import { ownPolicy, version } from './account.js';
import { levelCap } from './account-parts.js';
import type { Reading } from './reading.js';
import { readTerms } from './terms.js';
import {
  amount,
  attributes,
  checkIds,
  checkKeys,
  date,
  flag,
  formed,
  instant,
  keysOf,
  list,
  money,
  oneOf,
  optional,
  tags,
  text,
  texts,
} from './values.js';

const invoiceKeys = keysOf<InvoiceInput>({
  id: true,
  account: true,
  version: true,
  number: true,
  status: true,
  total: true,
  issued: true,
  due: true,
  instalments: true,
  balance: true,
  writtenOff: true,
  fiscalId: true,
  externalIds: true,
  paymentUrl: true,
  document: true,
  contact: true,
  policy: true,
  tags: true,
  attributes: true,
  type: true,
  branch: true,
  entity: true,
  area: true,
  cap: true,
  terms: true,
  charges: true,
});

const chargeKeys = keysOf<BookedChargeInput>({
  id: true,
  amount: true,
  on: true,
  waived: true,
  instalment: true,
});

const instalmentKeys = keysOf<InstalmentInput>({ id: true, due: true, amount: true });

export function readInvoice(at: Cursor, reading: Reading): Invoice {
  checkKeys(at, invoiceKeys);
  const id = formed(forms.invoiceId)(at.at('id'));
  const total = money(at.at('total'));
  const instalments = readInstalments(at.at('instalments'), total);
  const charges = readCharges(at.at('charges'), total, instalments);
  return {
    id,
    version: version(at.at('version')),
    number: optional(at.at('number'), (one) => text(one, 100)) ?? id,
    status:
      optional(at.at('status'), (one) => oneOf(one, ['open', 'draft', 'void', 'written-off', 'deleted'])) ??
      'open',
    currency: total.currency,
    total: total.minor,
    issued: date(at.at('issued')),
    due: optional(at.at('due'), date),
    instalments,
    balance: optional(at.at('balance'), (one) => readBalance(one, total)),
    writtenOff: optional(at.at('writtenOff'), (one) => readWrittenOff(one, total)) ?? 0,
    fiscalId: optional(at.at('fiscalId'), (one) => text(one, 100)),
    externalIds: texts(at.at('externalIds')),
    paymentUrl: optional(at.at('paymentUrl'), webAddress),
    document: optional(at.at('document'), (one) => text(one, 2000)),
    contact: optional(at.at('contact'), formed(forms.partId)),
    policy: ownPolicy(at.at('policy'), reading),
    tags: tags(at.at('tags')),
    attributes: attributes(at.at('attributes')),
    type: optional(at.at('type'), (one) => text(one, 100)),
    branch: optional(at.at('branch'), formed(forms.recordId)),
    entity: optional(at.at('entity'), formed(forms.recordId)),
    area: optional(at.at('area'), formed(forms.recordId)),
    cap: optional(at.at('cap'), levelCap),
    terms: optional(at.at('terms'), readTerms),
    ...(charges.length === 0 ? {} : { charges }),
  };
}

function readCharges(at: Cursor, total: Money, instalments: readonly Instalment[]): BookedCharge[] {
  const charges = list(at, 1000, (one): BookedCharge => {
    checkKeys(one, chargeKeys);
    const part = amount(one.at('amount'), total.currency);
    if (part <= 0) one.at('amount').report('invalid_amount', 'must be more than nothing');
    const instalment = optional(one.at('instalment'), formed(forms.partId));
    if (instalment !== undefined && !instalments.some(({ id }) => id === instalment))
      one.at('instalment').report('unknown_reference', 'the invoice has no such instalment');
    return {
      id: formed(forms.recordId)(one.at('id')),
      amount: part,
      on: date(one.at('on')),
      waived: optional(one.at('waived'), flag) ?? false,
      ...(instalment === undefined ? {} : { instalment }),
    };
  });
  checkIds(
    charges.map((one) => one.id),
    at,
  );
  const sum = charges.reduce((all, one) => all + one.amount, 0);
  if (sum > Math.max(total.minor, 0))
    at.report('wrong_sum', 'the charges add up to more than the total, of which they are part');
  return charges;
}

export function readInstalments(at: Cursor, total: Money): Instalment[] {
  const instalments = list(at, 1000, (one, index): Instalment => {
    checkKeys(one, instalmentKeys);
    const part = amount(one.at('amount'), total.currency);
    if (part < 0)
      one
        .at('amount')
        .report(
          'invalid_amount',
          'an instalment cannot be negative; lower the others, or issue a credit note',
        );
    return {
      id: optional(one.at('id'), formed(forms.partId)) ?? String(index + 1),
      due: date(one.at('due')),
      amount: part,
    };
  });
  checkIds(
    instalments.map((one) => one.id),
    at,
    '; the id of an instalment is its place in the list unless you give one',
  );
  const sum = instalments.reduce((all, one) => all + one.amount, 0);
  // Parts that could not be read make the sum NaN; they have been complained about.
  if (instalments.length > 0 && Number.isFinite(sum - total.minor) && sum !== total.minor) {
    const by = sum > total.minor ? 'more' : 'less';
    at.report(
      'wrong_sum',
      `the instalments add up to ${by} than the total; they must be equal to the minor unit`,
    );
  }
  return instalments;
}

function readBalance(at: Cursor, total: Money): Balance {
  const balance = money(at, ['asOf']);
  checkCurrency(at.at('currency'), balance.currency, total.currency, 'the total');
  return { amount: balance.minor, asOf: instant(at.at('asOf')) };
}

function readWrittenOff(at: Cursor, total: Money): number {
  const value = amount(at, total.currency);
  if (value < 0) at.report('invalid_amount', 'what is written off cannot be negative');
  else if (value > Math.max(total.minor, 0))
    at.report('invalid_amount', 'more is written off than the total');
  return value;
}

function webAddress(at: Cursor): string {
  const value = text(at, 2000);
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  if (parsed === undefined || !['https:', 'http:'].includes(parsed.protocol) || /\s/.test(value)) {
    at.report('invalid_address', 'write a web address, such as https://pay.acme.example/f-1023');
  }
  return value;
}

/** Tells amounts of two currencies; an empty code was complained about already. */
export function checkCurrency(at: Cursor, given: string, wanted: string, of: string): void {
  if (given === '' || wanted === '' || given === wanted) return;
  at.report('currency_mismatch', `must be ${wanted}, the currency of ${of}`);
}
