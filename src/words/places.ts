import type { PlaceRefusal } from '../contact/recipients.js';
import { channelName, reasonOf, type Speech } from './speech.js';

/** Why nobody can be reached, place by place: `WhatsApp: no consent on record; Email: no address`. */
export function refusalText(places: readonly PlaceRefusal[], speech: Speech): string {
  const parts = places.map(({ channel, reason, trouble }) => {
    const { refusals, troubles } = speech.words;
    return `${channelName(channel, speech)}: ${trouble === undefined ? refusals[reason] : troubles[trouble.fault === 'not_an_address' ? 'malformed' : trouble.state]}`;
  });
  return [...new Set(parts)].join('; ');
}

/** Why an item waits, with the places that could not be used where that is the reason. */
export function waitingClause(
  reason: string,
  places: readonly PlaceRefusal[] | undefined,
  speech: Speech,
): string {
  const why = reasonOf(reason, speech);
  if (reason !== 'unreachable' || places === undefined) return why;
  return `${why} (${places.length === 0 ? speech.words.noContact : refusalText(places, speech)})`;
}

/** The number of an item for people: `F-1`, or `F-1/2` for its instalment 2. */
export function numberOfItem(item: {
  readonly number: string;
  readonly instalment?: string | undefined;
}): string {
  return item.instalment === undefined ? item.number : `${item.number}/${item.instalment}`;
}
