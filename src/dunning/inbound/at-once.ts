import type { ChannelEvent } from '../../channels/inbound.js';
import { readReply, wordLanguages } from '../../replies/index.js';
import type { Context } from '../context.js';
import { codeOf } from '../failures.js';
import { takeEvent } from './inbox.js';

/**
 * Stops wait for nothing that came before them: a bot or a classifier that is asked about other messages may take its
 * time, and reminders would go out meanwhile. They stand in the inbox as well; whichever comes second finds them done.
 */
export async function takeStops(
  context: Context,
  channel: string,
  events: readonly ChannelEvent[],
  now: number,
): Promise<void> {
  for (const event of events.filter((one) => stops(context, one))) {
    try {
      await takeEvent(context, channel, event, now);
    } catch (error) {
      // A stranger's, or a store that fails: it waits in the inbox like all others.
      context.logger.info('a stop waits for its turn', { channel, code: codeOf(error) });
    }
  }
}

/** Whether it is a stop in any language, and surely. Where it is taken in it is read once more, as its writer's. */
function stops({ conversation: { accept } }: Context, event: ChannelEvent): boolean {
  if (event.type === 'consent') return event.value === 'stop';
  if (event.type !== 'message') return false;
  const { text, payload, keyword } = event;
  const { intent, confidence } = readReply({ text, payload, keyword, languages: wordLanguages, today: 0 });
  return intent === 'stop' && confidence >= accept;
}
