import { contactOf } from '../contact/recipients.js';
import { RecobroError } from '../errors.js';
import { type ByHand, changeByHand } from './by-hand.js';
import type { Context } from './context.js';

/** Whose address works again. */
export interface RestoreChoice {
  readonly account: string;
  readonly contact: string;
  /** Default: all channels. */
  readonly channel?: string | undefined;
}

/**
 * Takes back what is known against the addresses that a contact has. What the host itself wrote wrongly is mended by
 * telling it anew.
 *
 * @throws RecobroError `unknown_id` for an account or contact that nobody has told of
 */
export async function restoreAddress(
  context: Context,
  { account, contact, channel }: RestoreChoice,
  by: ByHand,
  at: number,
): Promise<void> {
  await changeByHand(context, account, by, at, (file, on) => {
    if (contactOf(file.account, contact) === undefined)
      throw new RecobroError('unknown_id', `the account has no contact ${JSON.stringify(contact)}`);
    if (file.health.length === 0) return { events: [] };
    const where = channel === undefined ? {} : { channel };
    return { events: [{ type: 'address.restored', contact, ...where, at, on, ...by }], again: true };
  });
}
