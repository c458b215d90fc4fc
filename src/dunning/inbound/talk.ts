import type { Money } from '../../money/index.js';
import { whole } from '../audit/personal.js';
import { fromJson } from '../codec.js';
import type { Context } from '../context.js';

/** One entry of the conversation with an account, over all channels. */
export interface TalkEntry {
  readonly direction: 'in' | 'out';
  readonly at: number;
  readonly channel?: string | undefined;
  readonly contact?: string | undefined;
  /** Id of the act that went out, or that is answered. */
  readonly act?: string | undefined;
  /** Of what came in: its id, kind, text, and what it was read as. Of an answer of the bot: its text, and what it answers. */
  readonly id?: string | undefined;
  readonly kind?: string | undefined;
  readonly text?: string | undefined;
  /** Of an answer of the host's bot. */
  readonly by?: 'bot' | undefined;
  readonly answers?: string | undefined;
  readonly intent?: string | undefined;
  readonly confidence?: number | undefined;
  /** Of a promise: the day that was read. */
  readonly date?: string | undefined;
  /** How much was read, in minor units: paid, promised or disputed. */
  readonly amount?: Money | undefined;
  /** Of what a person brought, such as a call: what came of it, and the person's own words. */
  readonly outcome?: string | undefined;
  readonly note?: string | undefined;
  /** Of what went out: what became of it so far. */
  readonly status?: 'planned' | 'accepted' | 'delivered' | 'failed' | undefined;
  /** Of an answer of the bot that did not go out: why it was taken back or refused, as a code. */
  readonly reason?: string | undefined;
}

interface Data {
  readonly act?: string | { readonly id: string; readonly channel?: string; readonly contact?: string };
  readonly id?: string;
  readonly channel?: string;
  readonly contact?: string;
  readonly kind?: string;
  readonly text?: string;
  readonly about?: string;
  readonly intent?: string;
  readonly confidence?: number;
  readonly date?: string;
  readonly amount?: Money;
  readonly message?: string;
  readonly at?: number;
  readonly outcome?: string;
  readonly reason?: string;
  readonly code?: string;
}

/** What was said to and by an account, oldest first: messages that went out with what became of them, and what came in. */
export async function talkOf(context: Context, account: string): Promise<readonly TalkEntry[]> {
  const entries: TalkEntry[] = [];
  const planned = new Map<string, { readonly channel?: string; readonly contact?: string }>();
  const sent = new Map<string, number>();
  const become = (act: string, status: NonNullable<TalkEntry['status']>): void => {
    const at = sent.get(act);
    const known = at === undefined ? undefined : entries[at];
    if (at === undefined || known === undefined || known.status === 'delivered') return;
    // What is told twice stays as far as it came.
    if (status !== 'accepted' || known.status === 'planned') entries[at] = { ...known, status };
  };
  const explain = (act: string, reason: string | undefined): void => {
    const at = sent.get(act);
    const known = at === undefined ? undefined : entries[at];
    if (at !== undefined && known?.by === 'bot' && known.status === 'failed' && reason !== undefined)
      entries[at] = { ...known, reason };
  };
  for await (const event of context.store.events(context.tenant, { account })) {
    const data = fromJson<Data>(whole(event));
    const id = typeof data.act === 'string' ? data.act : data.act?.id;
    switch (event.type) {
      case 'act.planned':
        if (typeof data.act === 'object') planned.set(data.act.id, data.act);
        break;
      case 'act.accepted':
      case 'act.resolved': {
        if (id === undefined || (event.type === 'act.resolved' && !wentOut(data))) break;
        if (sent.has(id)) {
          become(id, 'accepted');
          break;
        }
        const { channel, contact } = planned.get(id) ?? {};
        sent.set(id, entries.length);
        entries.push({ direction: 'out', at: event.at, act: id, channel, contact, status: 'accepted' });
        break;
      }
      case 'act.confirmed': {
        const { channel, contact } = id === undefined ? {} : (planned.get(id) ?? {});
        // A stage without a message says nothing to anybody.
        if (id === undefined || channel === undefined) break;
        const { at = event.at, outcome, reason: note } = data;
        const status = outcome === undefined || outcome === 'sent' ? 'accepted' : 'delivered';
        entries.push({ direction: 'out', at, act: id, channel, contact, outcome, note, status });
        break;
      }
      case 'act.delivered':
        if (id !== undefined) become(id, 'delivered');
        break;
      case 'act.failed':
      case 'act.refused':
      case 'act.withdrawn':
      case 'act.discarded':
        if (id === undefined) break;
        become(id, 'failed');
        // What a person gives as a reason is no code.
        if (event.type !== 'act.discarded') explain(id, data.code ?? data.reason);
        break;
      case 'answer.given': {
        if (id === undefined) break;
        const { channel, contact, text, message } = data;
        sent.set(id, entries.length);
        entries.push({
          direction: 'out',
          at: event.at,
          act: id,
          channel,
          contact,
          text,
          by: 'bot',
          answers: message,
          status: 'planned',
        });
        break;
      }
      case 'message.received': {
        const { channel, contact, kind, text, about, intent, confidence, date, amount } = data;
        entries.push({
          direction: 'in',
          at: event.at,
          id: data.id,
          channel,
          contact,
          kind,
          text,
          act: about,
          intent,
          confidence,
          date,
          amount,
        });
        break;
      }
    }
  }
  return entries;
}

function wentOut(data: Data): boolean {
  return 'sent' in data && data.sent === true;
}
