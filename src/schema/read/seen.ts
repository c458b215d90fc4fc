import type { ReplyInput, SourceInput, UnbookedInput } from '../../ledger/facts.js';
import type { Reply, SourceHealth, UnbookedPayment } from '../../ledger/types.js';
import type { Cursor } from '../cursor.js';
import * as forms from '../forms.js';
import { version } from './account.js';
import { type Blocked, dayOrToday, positive, readInvoices } from './blocks.js';
import type { Reading } from './reading.js';
import { checkKeys, date, flag, formed, instant, keysOf, oneOf, optional, refused } from './values.js';

const unbookedKeys = keysOf<UnbookedInput>({
  id: true,
  account: true,
  version: true,
  source: true,
  invoice: true,
  instalment: true,
  invoices: true,
  amount: true,
  on: true,
  until: true,
  state: true,
});

const replyKeys = keysOf<ReplyInput>({
  id: true,
  account: true,
  version: true,
  at: true,
  on: true,
  channel: true,
  contact: true,
  until: true,
  handled: true,
});

const sourceKeys = keysOf<SourceInput>({ id: true, account: true, version: true, at: true, state: true });

/** Money that was seen or reported. */
export function readUnbooked(at: Cursor, reading: Reading): Blocked<UnbookedPayment> {
  checkKeys(at, unbookedKeys);
  const seen = optional(at.at('amount'), positive);
  const invoice = optional(at.at('invoice'), formed(forms.invoiceId));
  if (at.at('instalment').exists && invoice === undefined)
    at.at('instalment').report('conflicting_keys', 'an instalment needs its invoice; write invoice too');
  const unbooked: UnbookedPayment = {
    id: formed(forms.recordId)(at.at('id')),
    version: version(at.at('version')),
    source: oneOf(at.at('source'), ['debtor', 'receipt', 'charge']),
    invoice,
    instalment: optional(at.at('instalment'), formed(forms.partId)),
    ...readInvoices(at),
    amount: seen?.minor,
    currency: seen?.currency,
    on: dayOrToday(at, 'on', reading),
    until: optional(at.at('until'), date),
    state: optional(at.at('state'), (one) => oneOf(one, ['pending', 'booked', 'failed'])) ?? 'pending',
  };
  checkUntil(at, unbooked);
  return { record: reading.assume(unbooked, ['on'], at), currency: seen?.currency ?? '' };
}

export function readReply(at: Cursor, reading: Reading): Reply {
  checkKeys(at, replyKeys);
  const came = optional(at.at('at'), instant) ?? reading.now;
  const day = at.at('on');
  const reply: Reply = {
    id: formed(forms.recordId)(at.at('id')),
    version: version(at.at('version')),
    at: came,
    on: day.exists
      ? date(day)
      : (reading.dayOf(at.at('account').text() ?? '', came) ?? refused(day, 'a date as YYYY-MM-DD') ?? ''),
    channel: optional(at.at('channel'), formed(forms.channel)),
    contact: optional(at.at('contact'), formed(forms.partId)),
    until: optional(at.at('until'), date),
    handled: optional(at.at('handled'), flag) ?? false,
  };
  checkUntil(at, reply);
  // Without its moment both are those of the first telling; with it the day follows from it.
  return reading.assume(reply, at.at('at').exists ? [] : ['at', 'on'], at);
}

export function readSource(at: Cursor): SourceHealth {
  checkKeys(at, sourceKeys);
  return {
    id: formed(forms.recordId)(at.at('id')),
    version: version(at.at('version')),
    at: instant(at.at('at')),
    state: optional(at.at('state'), (one) => oneOf(one, ['ok', 'failed'])) ?? 'ok',
  };
}

function checkUntil(
  at: Cursor,
  { on, until }: { readonly on: string; readonly until?: string | undefined },
): void {
  if (until !== undefined && until !== '' && until < on && at.at('on').exists)
    at.at('until').report('wrong_order', 'the last blocked day lies before the first');
}
