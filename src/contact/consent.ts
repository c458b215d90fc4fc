import type { HeardConsent, Purpose } from '../ledger/file.js';
import type { Consent, Contact } from '../ledger/types.js';
import type { ChannelConsent, ConsentRule } from '../policy/types.js';

const none: readonly HeardConsent[] = [];

/** What consent a channel needs for a purpose: as the plan says, else as the channel says. */
export function consentRuleOf(
  rules: Readonly<Record<string, ChannelConsent>>,
  channel: { readonly id: string; readonly consent: ConsentRule },
  purpose: Purpose,
): ConsentRule {
  const own = Object.hasOwn(rules, channel.id) ? rules[channel.id] : undefined;
  return (typeof own === 'object' ? own[purpose] : own) ?? channel.consent;
}

/**
 * The latest word of a contact about a channel, for a purpose: the host's records and what
 * the contact told recobro itself (`heard`). A record without a purpose speaks of all. Ties go to the withdrawal.
 */
export function consentOf(
  contact: Contact,
  channel: string,
  purpose: Purpose = 'dunning',
  heard: readonly HeardConsent[] = none,
): Consent['state'] | undefined {
  let latest: Consent | undefined;
  for (const one of wordsOf(contact, heard)) {
    if (!speaksOf(one, channel, purpose)) continue;
    if (latest === undefined || one.at > latest.at || (one.at === latest.at && one.state === 'withdrawn'))
      latest = one;
  }
  return latest?.state;
}

/** What the host says of a contact's consent, and what recobro was told itself. */
function wordsOf(contact: Contact, heard: readonly HeardConsent[]): readonly Consent[] {
  return heard.length === 0 ? contact.consents : [...contact.consents, ...heard];
}

/** When a contact last consented to a channel for a purpose. */
export function lastGrant(
  contact: Contact,
  channel: string,
  purpose: Purpose,
  heard: readonly HeardConsent[] = none,
): number | undefined {
  let last: number | undefined;
  for (const one of wordsOf(contact, heard)) {
    if (one.state === 'granted' && speaksOf(one, channel, purpose)) last = Math.max(last ?? one.at, one.at);
  }
  return last;
}

function speaksOf(one: Consent, channel: string, purpose: Purpose): boolean {
  return one.channel === channel && (one.purpose === undefined || one.purpose === purpose);
}
