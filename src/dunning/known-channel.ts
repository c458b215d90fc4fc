import type { Channel } from '../channels/channel.js';
import { RecobroError } from '../errors.js';
import type { Context } from './context.js';

/**
 * The channel that somebody names.
 *
 * @throws RecobroError `unknown_id` with those that there are: a slip of the pen would do nothing, in silence
 */
export function knownChannel({ channels }: Pick<Context, 'channels'>, id: string): Channel {
  const found = channels.get(id);
  if (found !== undefined) return found;
  const known = [...channels.keys()].sort().join(', ');
  throw new RecobroError(
    'unknown_id',
    `there is no channel ${JSON.stringify(id)}; ${known === '' ? 'none is set up' : `there are ${known}`}`,
  );
}
