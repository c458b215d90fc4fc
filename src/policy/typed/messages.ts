import type { MessageAbout, Messages } from '../types.js';
import type { Demand, KnownKeys } from './keys.js';
import type { CheckedTexts } from './templates.js';

/** Ids of the messages of a catalogue. */
export type MessageId<M extends Messages> = M['messages'][number]['id'];
/** Channels for which a catalogue has texts. */
export type ChannelId<M extends Messages> = ChannelsOf<M['messages'][number]['text']>;

type ChannelsOf<Text> = Text extends unknown
  ? { [Language in keyof Text]: keyof NonNullable<Text[Language]> }[keyof Text] & string
  : never;

type CheckedMessage<Value> = Value extends {
  readonly about: infer About extends MessageAbout;
  readonly text: infer Text;
}
  ? Demand<Value, { text: { readonly [Language in keyof Text]: CheckedTexts<Text[Language], About> } }>
  : unknown;
type CheckedMessageList<List> = { readonly [Index in keyof List]: CheckedMessage<List[Index]> };

/** Requires of a catalogue what its type cannot say. */
export type CheckedMessages<M extends Messages> = KnownKeys<M, Messages> &
  Demand<M, { messages: CheckedMessageList<M['messages']> }>;
