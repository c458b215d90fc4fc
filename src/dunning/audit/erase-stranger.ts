import { sameAddress } from '../../contact/identity.js';
import { RecobroError } from '../../errors.js';
import type { Context } from '../context.js';
import { forgetWaiting } from '../inbound/forget.js';
import { objectOf } from '../options.js';

/** Somebody who wrote and whom no account knows, as `conversation.onStranger` told. */
export interface Stranger {
  /** E-mail address or E.164 number. */
  readonly address?: string | undefined;
  /** The provider's own id of the person. */
  readonly userId?: string | undefined;
}

/**
 * Forgets what a stranger wrote. Answers how many messages went.
 *
 * @throws RecobroError `invalid_option` where neither is given
 */
export async function forgetStranger(context: Context, who: Stranger): Promise<number> {
  const { address, userId } = objectOf(who, 'who');
  if (address === undefined && userId === undefined)
    throw new RecobroError('invalid_option', 'who must have an address or a userId');
  return forgetWaiting(
    context,
    (_, from) => sameAddress(address, from.address) || (userId !== undefined && from.userId === userId),
  );
}
