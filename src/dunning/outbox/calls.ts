import type {
  Channel,
  FailureScope,
  OutboundMessage,
  SendOptions,
  SendOutcome,
} from '../../channels/channel.js';
import { type Clock, sleepOn } from '../../clock.js';

const answers: ReadonlySet<unknown> = new Set<SendOutcome['outcome']>([
  'accepted',
  'retry',
  'refused',
  'misconfigured',
  'unknown',
]);

/** What came of a call, and the answer that may still come of one that took too long. */
export interface Called {
  readonly outcome: SendOutcome;
  readonly late?: Promise<SendOutcome> | undefined;
}

/**
 * One call, which is given so long. Then its signal is aborted and its outcome
 * is unknown; an answer that comes all the same is the late one. A run that is
 * told to stop breaks no call off: that would leave behind a question that
 * only a person can answer.
 */
export async function callWithin(
  clock: Clock,
  timeoutMs: number,
  channel: Channel,
  message: OutboundMessage,
  options: SendOptions,
): Promise<Called> {
  const tooLong = new AbortController();
  const over = new AbortController();
  const answer = callOnce(channel, message, { ...options, signal: tooLong.signal });
  const called = await Promise.race([
    answer.then((outcome) => ({ outcome })),
    sleepOn(clock, timeoutMs, over.signal).then(() => undefined),
  ]);
  // Nobody hears the reason; without one a `DOMException` with its stack is made for each call.
  over.abort('over');
  if (called !== undefined) return called;
  tooLong.abort();
  return { outcome: { outcome: 'unknown', code: 'recobro:call_timeout' }, late: answer };
}

/** The promise of a channel is neither to throw nor to answer anything else; one that does may have sent. */
async function callOnce(
  channel: Channel,
  message: OutboundMessage,
  options: SendOptions,
): Promise<SendOutcome> {
  try {
    const answer: SendOutcome | undefined = await channel.send(message, options);
    if (answers.has(answer?.outcome)) return sound(channel.id, answer);
    return { outcome: 'unknown', code: `${channel.id}:adapter_answer` };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    return { outcome: 'unknown', code: `${channel.id}:adapter_threw:${name}` };
  }
}

const scopes: ReadonlySet<unknown> = new Set<FailureScope>([
  'message',
  'recipient',
  'pair',
  'template',
  'sender',
  'account',
]);

/** A word of a protocol: no blanks, no mail address, no phone number. Codes stand in the log for good. */
const isCode = (code: unknown): code is string =>
  typeof code === 'string' && /^[!-?A-~]{1,100}$/.test(code) && !/\+\d{6}/.test(code);

/** An answer of an adapter that keeps to no types: what is no word of the port is taken for the least that it may mean. */
function sound(id: string, answer: SendOutcome): SendOutcome {
  if (answer.outcome === 'accepted') return answer;
  const code = isCode(answer.code) ? answer.code : `${id}:adapter_code`;
  if (answer.outcome === 'unknown') return { ...answer, code };
  const scope = scopes.has(answer.scope) ? answer.scope : 'message';
  if (answer.outcome !== 'retry') return { ...answer, scope, code };
  const { after, ...rest } = answer;
  const waits = typeof after === 'number' && Number.isFinite(after) && after >= 0;
  return { ...rest, scope, code, ...(waits ? { after } : {}) };
}
