import { formatInstant } from '../calendar/index.js';
import type { Act, ItemExplanation, PlaceRefusal } from '../engine/index.js';
import { formatAmount } from '../money/index.js';

/** Reasons as sentences, for people who ask why. Codes without a sentence are shown as they are. */
const sentences: Readonly<Record<string, string>> = {
  // why nothing goes out
  not_yet: 'the next stage is not due yet',
  grace: 'the days of grace are not over yet',
  no_date: 'the date that the next stage counts from is missing',
  condition: "the stage's condition does not hold",
  time: 'the hour from which the stage acts has not come yet',
  no_run: 'the next stage waits for a run on request',
  not_delivered: 'the next stage counts from the delivery of the message before, which is not known yet',
  minimum: "the stage's least amounts are not reached",
  no_threshold: 'the stage asks for a least amount and has none for the currency; a person decides',
  no_tolerance: 'the tolerance says nothing of the currency; a person decides from how much on it is chased',
  no_rate: 'the stage asks for a least amount in another currency, and no rate leads there',
  level_cap: 'the account or invoice is not to climb any further',
  hardship: 'the account is in hardship, so only friendly stages act',
  act_pending: 'a message about it is on its way, or waits for a person',
  act_unknown: 'nobody knows whether the last message went out; resolve it first',
  exhausted: 'the ladder is exhausted',
  last_stage_over: 'the last stage is done and its wait is over',
  life_over: 'the case has lived as long as its policy lets it',
  last_wait: 'the last stage is done and its wait is running',
  gap: 'the account heard from us too recently',
  cap: 'the account has reached its contact cap',
  window: 'it is outside the contact hours',
  holiday: 'nobody is contacted on a holiday',
  priority: 'a message of a policy with higher priority goes first today',
  message_limit: 'another message took the place that one occasion has',
  discarded: 'its proposal was discarded, and a person says how it goes on',
  inactive_policy: 'the policy assigned to it is not active',
  ambiguous_policy: 'its entity and its area name different policies',
  not_in_review: 'this review was limited to other policies, stages or currencies',
  no_level: 'no level of the policy holds',
  level_holds: 'its level holds and has said what it says',
  hold: 'a hold is in force',
  dispute: 'all of it is disputed',
  promise: 'payment is promised',
  unapplied: 'money received but not allocated covers it',
  unbooked: 'a payment was seen or reported and is not booked yet',
  reply: 'the debtor replied, and a person is to answer',
  plan: 'a payment plan takes its place',
  source: 'facts that it needs are missing, failed or too old',
  unreachable: 'no contact can be reached on any channel of the stage',
  account_missing: 'the account itself has not been synced',
  no_policy: 'no policy is assigned',
  do_not_dun: 'the account or invoice is set not to be dunned',
  unknown_policy: 'the policy assigned to it does not exist',
  out_of_scope: 'it lies outside the scope of its policy',
  arrears: 'the account is chased only once its oldest item is longer overdue',
  assigned: 'a person leads the conversation with the account; release it first',
  handed_over: 'it was handed over',
  // why it is over
  paid: 'it is paid',
  settled: 'it is settled',
  credited: 'it is fully credited',
  tolerance: 'what is left lies below the tolerance',
  draft: 'it is a draft',
  void: 'it is void',
  'written-off': 'it is written off',
  deleted: 'it is deleted',
  payable: 'it is what we owe ourselves',
  charges: 'only booked fees are left',
  negative: 'it is a credit, not a debt',
  zero: 'its total is zero',
  replaced: 'its instalments were replaced',
  reassigned: 'another policy applies now',
  unassigned: 'no policy applies any more',
  carrier_settled: 'the item that carried the group is settled',
  restarted: 'the ladder began anew',
  counted_anew: 'everything that the last message told of is settled',
  cleared: 'a hold cleared its level',
  reset: 'a person reset it',
  moved: 'a person moved it',
  // why a planned message was taken back
  changed: 'the facts changed since it was planned, so it is planned anew',
  superseded: 'a later stage was due as well',
  gave_way: 'contact rules moved it onto or past the day of the next stage',
  lifted: 'it was lifted to the highest stage of its message',
  absorbed: 'a stronger stage of the same message stood for it',
  expired: 'it was meant for before the due date',
  missed: 'its day has passed',
  entry: 'the item was already older when it entered',
  pushed: 'contact rules moved it onto the day of the next stage, before which it comes',
  by_hand: 'a person skipped it',
  lapsed: 'nobody approved or performed it in time',
  regenerated: 'it was proposed anew on another day',
  imported: 'another system did it',
  taken_back: 'it was taken back from whoever had it',
  overtaken: 'the opposite was wanted before it was done',
  completed: 'somebody dealt with it',
  not_agreed: 'no terms on record allow it',
  below: 'it comes to less than is charged',
  missing_rate: 'an amount or rate for it is missing',
  done_before: 'it was sent before the debt came back',
  // why an account or a message could not be dealt with
  backdated_review: 'it was already reviewed on a later day',
  never_at_rest: 'its review never came to rest',
  'conflict:key': 'another act holds the same key; please report this',
  store_conflict: 'other changes kept coming first',
  worker_lost: 'the process stopped while it was being sent',
  same_contact: 'the same person already hears of it',
  nothing_to_do: 'the stage has nothing to do',
  reachable: 'somebody can be reached again',
  handled: 'the reply was dealt with',
  booked: 'the payment was booked',
  failed: 'the payment failed',
  no_hardship: 'the account is not in hardship any more',
  resolved: 'what was missing is there',
  not_sent: 'a person said that it was not sent',
  'recobro:empty_variable':
    'a variable of the message has no value: see sender.pay and paymentUrl, names and due dates',
  'recobro:invalid_template': 'the message has no text for this channel in any language tried',
  'recobro:missing_document': 'a document that goes with the message was not found',
  'recobro:unusable_document': 'a document that goes with the message is no file that can be attached',
  'recobro:document_too_large': 'the documents that go with the message are too many or too large',
  'recobro:document_unavailable': 'a document that goes with the message could not be loaded',
  'recobro:worker_lost': 'the process stopped while it was being sent',
};

/** What somebody has to do about an act that does not go out by itself. */
export function workSentence(act: Act): string {
  const { kind, mode, name = '', charges = [] } = act;
  const owner = act.owner ?? 'whoever looks after the account';
  switch (kind) {
    case 'message': {
      const what = `${act.message ?? ''}${act.channel === undefined ? '' : ` by ${act.channel}`}`;
      const until = act.lapses === undefined ? '' : `, until ${act.lapses}`;
      return mode === 'task' ? `do ${what} by hand and confirm it${until}` : `approve ${what}${until}`;
    }
    case 'alert':
      return `alert ${name} for ${owner}`;
    case 'effect':
      return act.effect === 'off' ? `end ${name}` : `begin ${name}`;
    case 'fee': {
      const sums = charges.map(({ amount, currency }) => `${formatAmount(amount, currency)} ${currency}`);
      return `book ${name}${sums.length === 0 ? '' : ` of ${sums.join(' + ')}`}`;
    }
    case 'handover':
      return `hand over to ${act.owner ?? (name === 'legal' ? 'legal' : 'the agency')}`;
    case 'write-off':
      return `decide whether to write it off, ${owner}`;
    case 'task':
      return `${name === '' ? 'task' : name} for ${owner}`;
  }
}

/** A reason in words. */
export function sentenceOf(code: string): string {
  return sentences[code] ?? code;
}

const refusals: Readonly<Record<PlaceRefusal['reason'], string>> = {
  no_address: 'no address',
  address_unusable: 'address refused before',
  no_consent: 'no consent on record',
  consent_withdrawn: 'consent withdrawn',
  unknown_channel: 'not set up',
  no_text: 'the message has no text for it',
  tried: 'refused',
};

/** Why nobody can be reached, place by place: `whatsapp: no consent on record; email: no address`. */
export function refusalText(places: readonly PlaceRefusal[]): string {
  const parts = places.map((place) => `${place.channel}: ${refusals[place.reason]}`);
  return [...new Set(parts)].join('; ');
}

/** Why an item waits, with the places that could not be used where that is the reason. */
export function waitingSentence(reason: string, places: readonly PlaceRefusal[] | undefined): string {
  const why = sentenceOf(reason);
  if (reason !== 'unreachable' || places === undefined) return why;
  return places.length === 0 ? `${why} (no contact on record)` : `${why} (${refusalText(places)})`;
}

/** The number of an item for people: `F-1`, or `F-1/2` for its instalment 2. */
export function numberOfItem(item: {
  readonly number: string;
  readonly instalment?: string | undefined;
}): string {
  return item.instalment === undefined ? item.number : `${item.number}/${item.instalment}`;
}

/** A local date and time without seconds, such as `2026-03-03 10:00`. */
export function localTime(instant: number, zone: string): string {
  return formatInstant(instant, zone).slice(0, 16).replace('T', ' ');
}

/** Why an item gets a message now or not, in one sentence. */
export function itemSentence(item: ItemExplanation, zone: string): string {
  if (item.acts) return 'a message goes out now';
  const reason = waitingSentence(item.reason ?? 'settled', item.refusals);
  if (item.reason === 'not_yet' && item.stage !== undefined && item.at !== undefined) {
    return `nothing is due; ${item.stage} comes on ${localTime(item.at, zone).slice(0, 10)}`;
  }
  const codes = new Set(item.blocks.map((block) => block.reason).filter((one) => one !== item.reason));
  const blocks = item.failed === 'not_blocked' && codes.size > 0 ? ` (${[...codes].join(', ')})` : '';
  const stage = item.stage === undefined ? '' : `; ${item.stage} waits`;
  const until = item.at === undefined ? '' : `${stage === '' ? ',' : ''} until ${localTime(item.at, zone)}`;
  return `${reason}${blocks}${stage}${until}`;
}
