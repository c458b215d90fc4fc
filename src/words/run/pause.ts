import { momentText } from '../amounts.js';
import { channelName, type Speech } from '../speech.js';
import { runWordsOf } from './all.js';

/** That nothing goes out, or nothing by a channel. */
export interface RunPause {
  readonly channel?: string | undefined;
  readonly since: number;
  readonly author: string;
  readonly reason?: string | undefined;
}

/** A pause as a line: what, since when, by whose word, and why. */
export function pauseLine(
  { channel, since, author, reason }: RunPause,
  zone: string,
  speech: Speech,
): string {
  const by = channel === undefined ? undefined : channelName(channel, speech);
  const why = reason === undefined ? '' : `: ${reason}`;
  return `${runWordsOf(speech).paused(by, momentText(since, zone, speech), author)}${why}`;
}
