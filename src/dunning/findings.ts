import { faultCode } from '../contact/health.js';
import { contactsOf } from '../contact/identity.js';
import type { Problem } from '../errors.js';
import type { AccountFacts } from '../ledger/facts.js';
import type { AddressFault } from '../ledger/types.js';

/**
 * Something told that was taken in and cannot be used as it is: worth mending where it came from. Nothing is refused
 * because of it.
 */
export interface FactFinding extends Problem {
  readonly code: 'invalid_phone' | 'invalid_email' | 'invalid_postal';
  readonly account: string;
  readonly contact: string;
  readonly fault: AddressFault['fault'];
}

const words: Readonly<Record<AddressFault['fault'], string>> = {
  not_a_number: 'is no phone number',
  no_country: 'says no country, and the account has none: write it with + and country code',
  unknown_country: 'begins with the code of no country',
  too_short: 'has too few digits for its country',
  too_long: 'has too many digits for its country',
  invalid_length: 'has a number of digits that its country does not have',
  not_an_address: 'is no address',
};

/** What is odd about the facts of an account, without the values themselves. */
export function findingsOf({ account }: AccountFacts): readonly FactFinding[] {
  if (account === undefined) return none;
  let found: FactFinding[] | undefined;
  for (const { id, faults } of contactsOf(account)) {
    if (faults === undefined) continue;
    found ??= [];
    for (const one of faults) {
      const { field, fault } = one;
      found.push({
        path: `accounts[${JSON.stringify(account.id)}].contacts[${JSON.stringify(id)}].${field}`,
        code: faultCode(one),
        message: `${words[fault]}; it is not written to`,
        account: account.id,
        contact: id,
        fault,
      });
    }
  }
  return found ?? none;
}

const none: readonly FactFinding[] = [];
