import { contentHash } from '../policy/canonical.js';
import type { Messages } from '../policy/types.js';

/** Names the words of one message for one channel. */
export interface MessageText {
  /** Id of the catalogue. */
  readonly id: string;
  readonly version: number;
  /** Of the message's texts for the channel in all languages: what is changed elsewhere in the catalogue does not touch it. */
  readonly hash: string;
}

/**
 * Looks up which words a message has for a channel; undefined where it has
 * none. All languages count, since which of them is read is known only when
 * the text is made. Reckoned once for each, when it is first asked for.
 *
 * @example textRefs(messages)('firm', 'sms') // { id: 'exporter', version: 2, hash: '9f86d081884c7d65' }
 */
export function textRefs(document: Messages): (message: string, channel: string) => MessageText | undefined {
  const { id, version } = document;
  const known = new Map<string, MessageText | undefined>();
  return (message, channel) => {
    const key = JSON.stringify([message, channel]);
    if (known.has(key)) return known.get(key);
    const found = document.messages.find((one) => one.id === message);
    const texts = Object.entries(found?.text ?? {}).flatMap(([language, channels]) => {
      const text = Object.entries(channels).find(([name]) => name === channel)?.[1];
      return text === undefined ? [] : [[language, text] as const];
    });
    const ref =
      texts.length === 0 ? undefined : { id, version, hash: contentHash(Object.fromEntries(texts)) };
    known.set(key, ref);
    return ref;
  };
}
