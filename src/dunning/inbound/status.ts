import { keyOfCallback } from '../../channels/callback-key.js';
import type { StatusEvent } from '../../channels/inbound.js';
import { sameAddress } from '../../contact/identity.js';
import { addressOf, contactOf } from '../../contact/recipients.js';
import type { Act, FileEvent } from '../../engine/index.js';
import type { AccountFile } from '../../ledger/file.js';
import type { StoredAct } from '../../stores/store.js';
import { changeAccount } from '../change.js';
import { fromJson } from '../codec.js';
import type { Context } from '../context.js';
import { dayOf } from '../outcomes.js';
import { acceptReceipt, noteReceipt } from '../people.js';
import { messageKey, recordId } from './keys.js';
import { leadsFrom, referUser } from './references.js';

/** Somebody may know of the message in a moment: its id is written down after it went out. */
export class NotYet extends Error {}

/**
 * What became of a message: forward only, whatever comes when and how often. `sent` and more settle an act of which
 * nobody knew whether it went out; a failure after that hands the stage to the next place of its chain, once.
 *
 * @throws NotYet where no act is known by this id so far
 */
export async function noteStatus(
  context: Context,
  channel: string,
  event: StatusEvent,
  now: number,
): Promise<void> {
  if (event.trace !== undefined) return;
  const { correlation } = event;
  const named = correlation === undefined ? undefined : keyOfCallback(context.tenant, correlation);
  if (named === 'other') {
    context.logger.warn('a status is of a message of another tenant', { channel });
    return;
  }
  const row = await rowOf(context, channel, event, named?.key);
  if (row === undefined) throw new NotYet('no act of this id');
  const act = fromJson<Act>(row.data);
  if (act.kind !== 'message' || row.state === 'withdrawn' || row.state === 'open') return;
  const at = Math.min(event.at ?? now, now);
  if (event.to?.userId !== undefined && act.contact !== undefined)
    await referUser(context, {
      channel,
      userId: event.to.userId,
      account: act.account,
      contact: act.contact,
    });
  switch (event.status) {
    case 'accepted':
    case 'sent':
    case 'deferred':
      return settleOpen(context, row, at);
    case 'delivered':
    case 'read':
      return noteReceipt(context, act.id, at);
    case 'failed':
    case 'canceled':
      await settleOpen(context, row, at);
      return noteFailure(context, channel, act, event, at);
  }
}

async function settleOpen(context: Context, { id, state }: StoredAct, at: number): Promise<void> {
  if (state === 'sending' || state === 'unknown')
    await acceptReceipt(context, id, { author: 'provider' }, at);
}

/** Of these the id of a message is the same in the answer to its sending and in all that is told of it later. */
const oneId: ReadonlySet<string> = new Set(['meta', 'twilio']);

async function rowOf(
  { store, tenant, ...context }: Context,
  channel: string,
  { providerId, provider }: StatusEvent,
  key: string | undefined,
): Promise<StoredAct | undefined> {
  const named = key === undefined ? undefined : await store.act(tenant, key);
  if (providerId === undefined) return named;
  if (named !== undefined && !(oneId.has(provider) && wentOutAsOther(named, providerId))) return named;
  const [lead] = await leadsFrom({ store, tenant, channels: context.channels }, [
    messageKey(tenant, channel, providerId),
  ]);
  return lead?.act === undefined ? undefined : store.act(tenant, lead.act);
}

/** Two installations that send from one number may call their tenants and acts the same, as a copy of the data does. */
function wentOutAsOther({ state, result }: StoredAct, providerId: string): boolean {
  if (state !== 'accepted' || typeof result !== 'object' || result === null) return false;
  const own = 'providerId' in result ? result.providerId : undefined;
  return own !== undefined && own !== providerId;
}

async function noteFailure(
  context: Context,
  channel: string,
  act: Act,
  { failure, status, key, to }: StatusEvent,
  at: number,
): Promise<void> {
  const { code, scope } = failure ?? { code: `recobro:${status}`, scope: 'message' };
  const { contact } = act;
  await changeAccount(context, act.account, { at, actor: 'provider' }, (file) => {
    const on = dayOf(context, file, at);
    const covers = act.covers.filter((cover) => stands(file, act.id, cover));
    // A copy that bounces is not the message.
    if (isCopy(context, file, act, to?.address)) return undefined;
    const stops = failure?.optedOut === true || failure?.complained === true;
    const over = failure?.addressUnusable === true;
    const soft = !over && !stops && failure?.scope === 'recipient';
    const address = over || soft ? addressOfContact(context, file, act) : undefined;
    const events: FileEvent[] = [];
    // An answer covers nothing: what it dealt with is for people after all, once.
    const { answers } = act;
    const unsettles =
      answers?.settles === true && file.replies.get(answers.id)?.handled === true
        ? { unsettles: answers.id }
        : {};
    if (covers.length > 0 || 'unsettles' in unsettles)
      events.push({
        type: 'act.failed',
        act: act.id,
        at,
        on,
        code,
        scope,
        covers,
        place: `${contact ?? '-'}:${channel}`,
        occasion: act.review,
        contact,
        channel,
        ...(address === undefined ? {} : { address }),
        ...(address !== undefined && soft ? { soft } : {}),
        ...unsettles,
      });
    if (stops && contact !== undefined && !heardSo(file, contact, channel, at))
      events.push({
        type: 'consent.heard',
        contact,
        channel,
        state: 'withdrawn',
        at,
        on,
        proof: recordId(channel, key),
      });
    if (events.length === 0) return undefined;
    return { events, next: () => 0, result: undefined };
  });
}

/** Whether the act is still what its stage rests on, and nobody has told of its end so far. */
function stands(
  file: AccountFile,
  id: string,
  { subject, case: own, stage, occurrence }: Act['covers'][number],
): boolean {
  const one = file.cases.get(subject)?.find((known) => known.id === own);
  const mark = one?.marks.find((known) => known.stage === stage && known.occurrence === occurrence);
  return (
    mark !== undefined &&
    mark.act === id &&
    mark.state === 'done' &&
    mark.delivered === undefined &&
    mark.awaits?.failed !== true
  );
}

function addressOfContact(
  context: Pick<Context, 'channels'>,
  file: AccountFile,
  { contact, channel }: Act,
): string | undefined {
  const found = contactOf(file.account, contact);
  const traits = channel === undefined ? undefined : context.channels.get(channel);
  if (found === undefined || traits === undefined) return undefined;
  // Channels without addresses have an empty one.
  return addressOf(found, traits) || undefined;
}

function isCopy(
  context: Pick<Context, 'channels'>,
  file: AccountFile,
  act: Act,
  to: string | undefined,
): boolean {
  const own = addressOfContact(context, file, act);
  if (to?.includes('@') !== true || own === undefined) return false;
  return !sameAddress(own, to);
}

function heardSo(file: AccountFile, contact: string, channel: string, at: number): boolean {
  return (
    file.heard?.some((one) => one.contact === contact && one.channel === channel && one.at >= at) === true
  );
}
