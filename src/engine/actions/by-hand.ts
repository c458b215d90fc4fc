import { formatDay, localDay } from '../../calendar/index.js';
import type { AccountFile } from '../../ledger/file.js';
import type { Act } from '../acts.js';
import type { Engine } from '../compile.js';
import type { AccountView } from '../view.js';

/** Whether a person brings it: the channel that it goes by sends nothing. */
export function isByHand(
  { manual, recipients }: Engine,
  { kind, channel }: Pick<Act, 'kind' | 'channel'>,
): boolean {
  if (!manual || kind !== 'message' || channel === undefined) return false;
  return recipients.channels.get(channel)?.manual === true;
}

/**
 * A message by a channel that people are: it waits for whoever looks after the
 * account. Patience with such a place is the time that they have for it.
 */
export function byHand(engine: Engine, view: AccountView, act: Act): Act {
  if (!isByHand(engine, act)) return act;
  const { patience, ...rest } = act;
  const owner = view.file.account?.owner;
  const until = patience === undefined ? undefined : view.now + patience;
  return {
    ...rest,
    mode: 'task',
    ...(owner === undefined ? {} : { owner }),
    ...(until === undefined ? {} : { until, deadline: formatDay(localDay(until, view.zone)) }),
  };
}

/** The first instant at which somebody's time for a message is over. */
export function handsEnd({ acts }: AccountFile): number | undefined {
  let first: number | undefined;
  for (const { state, until } of acts.values())
    if (state === 'proposed' && until !== undefined) first = Math.min(first ?? until, until);
  return first;
}
