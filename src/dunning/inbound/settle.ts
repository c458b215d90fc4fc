import { isDay } from '../../calendar/index.js';
import { contactOf } from '../../contact/recipients.js';
import { type Act, type FileEvent, viewOf } from '../../engine/index.js';
import { isRecobroError, type Problem, RecobroError } from '../../errors.js';
import type { AccountFile } from '../../ledger/file.js';
import type { Reply } from '../../ledger/types.js';
import { type Money, type MoneyInput, toMinor } from '../../money/index.js';
import { type Intent, intents } from '../../replies/index.js';
import { whole } from '../audit/personal.js';
import { type ByHand, changeByHand } from '../by-hand.js';
import { fromJson } from '../codec.js';
import type { Context } from '../context.js';
import { loadFile } from '../explaining.js';
import { named, objectOf } from '../options.js';
import { aboutInvoices } from './about.js';
import { consentHeard } from './consent.js';
import { aboutOf, fits } from './facts.js';
import { stopElsewhere } from './message.js';
import { openInvoices } from './open.js';

/** What a person makes of a message that was not read surely enough. */
export interface ReplyMeaning {
  /** Default: what it was read as. `none`: it was seen to, and says nothing that is to be recorded. */
  readonly means?: Intent | 'none' | undefined;
  /** Of a promise: `YYYY-MM-DD`, today or later. Default: the day that was read. */
  readonly date?: string | undefined;
  /** Ids of open invoices. Default: those that it names, else those that the answered message asked for. */
  readonly invoices?: readonly string[] | undefined;
  /** How much, where one invoice is meant. Default: how much was read, where that much is open; else all of it. */
  readonly amount?: MoneyInput | undefined;
}

interface Received {
  readonly id?: string;
  readonly at?: number;
  readonly on?: string;
  readonly channel?: string;
  readonly contact?: string;
  readonly text?: string;
  readonly about?: string;
  readonly joins?: string;
  readonly intent?: string;
  readonly date?: string;
  readonly amount?: Money;
}

/**
 * Has a person say what a message meant: the same facts as if it had surely said so, in one commit with the end of
 * its task and of the pause.
 *
 * @throws RecobroError `unknown_id`; `impossible_state` for one that was dealt with; `invalid_input` with paths
 */
export async function settleReply(
  context: Context,
  account: string,
  message: string,
  by: ByHand,
  meaning: ReplyMeaning,
  at: number,
): Promise<void> {
  named(message, 'message');
  const seen = await loadFile(context, account);
  const received = await receivedOf(context, account, message);
  const row =
    received?.about === undefined ? undefined : await context.store.act(context.tenant, received.about);
  const act = row === undefined ? undefined : fromJson<Act>(row.data);
  const means = meaning.means ?? intents.find((one) => one === received?.intent);
  if (means !== 'none' && !intents.some((one) => one === means))
    throw refused([problem('means', `must be one of ${intents.join(', ')}, none`)]);
  const said = seen.replies.get(message) ?? asLogged(received);
  const contact = contactOf(seen.account, said?.contact);
  await changeByHand(context, account, by, at, (file, on) => {
    const reply = file.replies.get(message) ?? asLogged(received);
    if (reply === undefined)
      throw new RecobroError('unknown_id', `the account has no message ${JSON.stringify(message)}`);
    // Of several in a row the first waits for all.
    const waits = file.replies.get(received?.joins ?? message) ?? reply;
    if (waits.handled)
      throw new RecobroError('impossible_state', `the message ${JSON.stringify(message)} was dealt with`);
    const { text, date } = received ?? {};
    // Of a message that meant something else, how much is anybody's guess.
    const much = means === received?.intent ? received?.amount : undefined;
    const said = { file, act, reply, on, at, text, date, much, meaning };
    return {
      events: [
        { type: 'reply.upserted', reply: { ...waits, handled: true } },
        ...(means === 'none' || means === undefined ? [] : factsOf(context, means, said)),
      ],
      again: true,
    };
  });
  const channel = said?.channel;
  if (means === 'stop' && contact !== undefined && channel !== undefined)
    await stopElsewhere(context, contact, {
      account,
      channel,
      proof: message,
      at,
      ...(context.conversation.stops === 'channel' ? { only: channel } : {}),
    });
}

interface Said {
  readonly file: AccountFile;
  readonly act: Act | undefined;
  readonly reply: Reply;
  readonly on: string;
  readonly at: number;
  readonly text: string | undefined;
  readonly date: string | undefined;
  /** How much was read. */
  readonly much: Money | undefined;
  readonly meaning: ReplyMeaning;
}

function factsOf(context: Context, means: Intent, said: Said): readonly FileEvent[] {
  const { reply, on, at, meaning } = said;
  const { id, channel } = reply;
  if (means === 'stop' || means === 'start') {
    if (reply.contact === undefined || channel === undefined)
      throw refused([problem('means', 'nobody knows of which contact: tell of its consent with sync')]);
    return consentHeard(context, { contact: reply.contact, channel, value: means, at, on, proof: id });
  }
  if (means !== 'paid' && means !== 'promise' && means !== 'dispute') return [];
  const problems: Problem[] = [];
  const invoices = invoicesOf(said, problems);
  const much =
    meaning.amount === undefined
      ? amountRead(context, means, said, invoices)
      : amountOf(said, meaning.amount, invoices, problems);
  const [only] = invoices;
  const date = meaning.date ?? said.date;
  if (means === 'promise' && (typeof date !== 'string' || !isDay(date) || date < on))
    problems.push(problem('date', `must be a day from ${on} on`));
  if (means === 'dispute' && only === undefined)
    problems.push(problem('invoices', 'must name what is disputed'));
  if (problems.length > 0) throw refused(problems);
  const ids = (index: number): string => (index === 0 ? id : `${id}.${index}`);
  switch (means) {
    case 'paid': {
      const one = { source: 'debtor', ...aboutInvoices(invoices), ...much, on: reply.on } as const;
      return [{ type: 'unbooked.upserted', unbooked: { id, ...one, state: 'pending' } }];
    }
    case 'promise':
      return [
        {
          type: 'promise.upserted',
          promise: {
            id,
            ...aboutInvoices(invoices),
            ...much,
            ...(date === undefined ? {} : { date }),
            made: reply.on,
            source: 'debtor',
            state: 'active',
          },
        },
      ];
    case 'dispute':
      return invoices.map((invoice, index) => ({
        type: 'dispute.upserted',
        dispute: {
          id: ids(index),
          invoice,
          ...much,
          reason: 'debtor',
          author: 'debtor',
          opened: on,
          state: 'open',
        },
      }));
  }
}

function invoicesOf({ file, act, text, meaning }: Said, problems: Problem[]): readonly string[] {
  const { invoices } = meaning;
  if (invoices === undefined) return aboutOf({ file, act, text });
  if (!Array.isArray(invoices)) {
    problems.push(problem('invoices', 'must be a list of ids'));
    return [];
  }
  const known = invoices.filter((one) => file.invoices.get(one)?.status === 'open');
  if (known.length < invoices.length) problems.push(problem('invoices', 'must be ids of open invoices'));
  return [...new Set(known)];
}

interface Much {
  readonly amount?: number;
  readonly currency?: string;
}

/** How much the message says, as where it is sure: of what is open, and no more. */
function amountRead(
  context: Context,
  intent: Intent,
  { file, act, reply, at, much }: Said,
  invoices: readonly string[],
): Much {
  if (much === undefined) return {};
  const open = () => openInvoices(viewOf(context.engine, file, at), reply.contact);
  const judged = { intent, confidence: 1, by: 'person', acts: true, invoices, amount: much };
  return fits({ file, act, judged, open }) ? { amount: much.minor, currency: much.currency } : {};
}

function amountOf(
  { file }: Said,
  amount: MoneyInput,
  invoices: readonly string[],
  problems: Problem[],
): Much {
  const [only] = invoices;
  const currency = only === undefined ? undefined : file.invoices.get(only)?.currency;
  try {
    const { minor, currency: told } = toMinor(objectOf(amount, 'by.amount'));
    if (invoices.length === 1 && told === currency && minor > 0) return { amount: minor, currency: told };
    problems.push(problem('amount', 'must be more than nothing, of one invoice, and in its currency'));
  } catch (error) {
    if (!isRecobroError(error)) throw error;
    problems.push(problem('amount', error.message));
  }
  return {};
}

/** One of those that the file keeps no more: dealt with, or written in a row with one that waits. */
function asLogged(received: Received | undefined): Reply | undefined {
  if (received === undefined) return undefined;
  const { id, at, on, channel, contact } = received;
  if (id === undefined || at === undefined || on === undefined) return undefined;
  return { id, at, on, channel, contact, handled: true };
}

/** The message as the log has it. */
async function receivedOf(
  { store, tenant }: Context,
  account: string,
  message: string,
): Promise<Received | undefined> {
  for await (const event of store.events(tenant, { account })) {
    if (event.type !== 'message.received') continue;
    const data = fromJson<Received>(whole(event));
    if (data.id === message) return data;
  }
  return undefined;
}

function problem(path: string, message: string): Problem {
  return { path: `by.${path}`, code: 'invalid_value', message };
}

function refused(problems: readonly Problem[]): RecobroError {
  return new RecobroError('invalid_input', 'the meaning is not valid', { problems });
}
