import { contactOf } from '../contact/recipients.js';
import { RecobroError } from '../errors.js';
import { type ByHand, changeByHand } from './by-hand.js';
import type { Context } from './context.js';
import { knownChannel } from './known-channel.js';
import { choiceOf } from './options.js';

/** Whose address works again. */
export interface RestoreChoice {
  readonly account: string;
  readonly contact: string;
  /** One that there is, or of which something is known against the address. Default: all channels. */
  readonly channel?: string | undefined;
}

/**
 * Takes back what is known against the addresses that a contact has. What the host itself wrote wrongly is mended by
 * telling it anew.
 *
 * @throws RecobroError `unknown_id` for an account or contact that nobody has told of, or a channel that there is not; `invalid_option`
 */
export async function restoreAddress(
  context: Context,
  what: RestoreChoice,
  by: ByHand,
  at: number,
): Promise<void> {
  const { account, contact, channel } = choiceOf(
    what,
    { account: true, contact: true, channel: true },
    'what',
  );
  await changeByHand(context, account, by, at, (file, on) => {
    if (contactOf(file.account, contact) === undefined)
      throw new RecobroError('unknown_id', `the account has no contact ${JSON.stringify(contact)}`);
    // What was set up once may be known of still.
    if (channel !== undefined && !file.health.some((one) => one.channel === channel))
      knownChannel(context, channel);
    if (file.health.length === 0) return { events: [] };
    const where = channel === undefined ? {} : { channel };
    return { events: [{ type: 'address.restored', contact, ...where, at, on, ...by }], again: true };
  });
}
