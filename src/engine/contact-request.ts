import type { ContactRequest } from '../contact/gate.js';
import type { AccountView } from './view.js';
import type { Placed } from './wanted.js';

/** What the contact rules are asked for a message. */
export function requestOf(view: AccountView, { wanted, place }: Placed, occasion: number): ContactRequest {
  const { unit, case: one, policy, stage, instead } = wanted;
  return {
    contact: place.contact?.id,
    channel: place.channel.id,
    bookZone: view.zone,
    contactZones: [place.contact?.zone ?? view.zone],
    // What goes in place of a message that was not delivered belongs to that one's occasion.
    occasion: instead?.awaits?.occasion ?? occasion,
    purpose: stage === undefined ? 'service' : 'dunning',
    about: { case: one.id, subject: unit.id },
    gap: stage === undefined ? undefined : policy.message.gaps?.get(stage.stage.id),
  };
}
