import { formatDay, isDay, parseDay } from '../../calendar/index.js';
import { cutText } from '../../channels/webhook-body.js';
import { type FileEvent, viewOf } from '../../engine/index.js';
import { isRecobroError, type Problem, RecobroError } from '../../errors.js';
import type { AccountFile } from '../../ledger/file.js';
import type { Contact } from '../../ledger/types.js';
import { type Money, type MoneyInput, toMinor } from '../../money/index.js';
import { changeAccount } from '../change.js';
import type { Context } from '../context.js';
import { aboutInvoices } from '../inbound/about.js';
import { consentHeard } from '../inbound/consent.js';
import { recordId } from '../inbound/keys.js';
import { ownerOf, stopElsewhere } from '../inbound/message.js';
import { agreed, offersFor } from '../inbound/offers.js';
import { openItems } from '../inbound/open.js';
import { outlasts } from '../inbound/promises.js';
import { named, objectOf } from '../options.js';
import { dayOf } from '../outcomes.js';
import { follow, type Led, personOf } from './link.js';

/** What every answer may have. */
interface Said {
  /** Yours, of this one answer, such as a form's own id: told again, nothing happens twice. */
  readonly key: string;
  /** The person's own words, up to 2,000 characters. */
  readonly text?: string | undefined;
}

/** What somebody says through a link. Invoices are named by `StatementItem.invoice`. */
export type LinkAnswer =
  /** It was paid elsewhere: the invoices rest while somebody verifies. Without invoices: all that is open. */
  | (Said & {
      readonly says: 'paid';
      readonly invoices?: readonly string[] | undefined;
      /** How much, where one invoice is named. */
      readonly amount?: MoneyInput | undefined;
    })
  /** It will be paid by a day, today or later, up to `Statement.promiseUntil`. */
  | (Said & {
      readonly says: 'promise';
      readonly date: string;
      readonly invoices?: readonly string[] | undefined;
      /** How much, where one invoice is named. Default: all of it. */
      readonly amount?: MoneyInput | undefined;
    })
  /** It is not owed, or not all of it. The rest is chased. */
  | (Said & {
      readonly says: 'dispute';
      readonly invoice: string;
      /** Default: all of it. */
      readonly amount?: MoneyInput | undefined;
      /** Code of a list of yours: letters, digits, `.`, `_` and `-`. What the person writes is `text`. Default `debtor`. */
      readonly reason?: string | undefined;
    })
  /** It cannot be paid at once: a person offers a plan. */
  | (Said & { readonly says: 'plan' })
  /** Chooses a plan of `Statement.offers`, by its `offer`. */
  | (Said & { readonly says: 'accept'; readonly offer: string })
  /** Anything else: a person answers. */
  | (Said & { readonly says: 'message'; readonly text: string })
  /** The invoices were received and are right. */
  | (Said & { readonly says: 'acknowledge' })
  /** No more messages. Needs a link of a contact. */
  | (Said & { readonly says: 'stop' });

/** What became of it. */
export interface LinkAnswered {
  /** Of the message in the conversation. */
  readonly id: string;
  /** It had been told before. */
  readonly repeated: boolean;
}

const longestText = 2_000;
/** Answers that one account gives through links in a day; more is nobody's page. */
const mostInADay = 50;

const intentOf = {
  paid: 'paid',
  promise: 'promise',
  dispute: 'dispute',
  plan: 'cannot_pay',
  accept: 'cannot_pay',
  message: undefined,
  acknowledge: 'acknowledge',
  stop: 'stop',
} as const;

/**
 * Takes in what somebody says through a link, once for its key: the same facts, in one commit with an entry of the
 * conversation, as if it had been written.
 *
 * @throws RecobroError `invalid_link`, `expired_link`; `invalid_input` with paths; `impossible_state`
 */
export async function answerLink(
  context: Context,
  token: string,
  answer: LinkAnswer,
  at: number,
): Promise<LinkAnswered> {
  const led = await follow(context, token, ['answer'], at);
  const { says } = objectOf(answer, 'answer');
  if (!Object.hasOwn(intentOf, says))
    throw refused([problem('says', `must be one of ${Object.keys(intentOf).join(', ')}`)]);
  const key = named(answer.key, 'answer.key');
  const { claims } = led;
  const id = recordId('portal', JSON.stringify([claims.account, claims.contact ?? null, key]));
  let repeated = true;
  await changeAccount(context, claims.account, { at, actor: 'debtor' }, (file) => {
    repeated = file.replies.has(id);
    if (repeated) return undefined;
    const contact = personOf(file, claims);
    const on = dayOf(context, file, at);
    if (
      [...file.replies.values()].filter((one) => one.channel === 'portal' && one.on === on).length >=
      mostInADay
    )
      throw new RecobroError('impossible_state', 'too much was said through links today');
    const saying = new Saying(context, file, contact, answer, { at, on, id });
    return { events: saying.events(), next: () => 0, result: undefined };
  });
  if (says === 'stop' && led.contact !== undefined)
    await stopElsewhere(context, led.contact, { account: claims.account, channel: 'portal', proof: id, at });
  return { id, repeated };
}

/** One answer, as events of the file as it is now. */
class Saying {
  readonly #context: Context;
  readonly #file: AccountFile;
  readonly #contact: Contact | undefined;
  readonly #answer: LinkAnswer;
  readonly #frame: { readonly at: number; readonly on: string; readonly id: string };
  readonly #problems: Problem[] = [];

  constructor(
    context: Context,
    file: AccountFile,
    contact: Led['contact'],
    answer: LinkAnswer,
    frame: { readonly at: number; readonly on: string; readonly id: string },
  ) {
    this.#context = context;
    this.#file = file;
    this.#contact = contact;
    this.#answer = answer;
    this.#frame = frame;
  }

  /** @throws RecobroError `invalid_input`, `impossible_state` */
  events(): readonly FileEvent[] {
    const { says, text } = this.#answer;
    const { at, on, id } = this.#frame;
    if (text !== undefined && (typeof text !== 'string' || text.length > longestText || !text.isWellFormed()))
      this.#problem('text', `must be text of up to ${longestText} characters`);
    const facts = this.#facts();
    if (this.#problems.length > 0) throw refused(this.#problems);
    const contact = this.#contact?.id;
    const intent = intentOf[says];
    const owner = ownerOf(this.#file);
    const written = cutText(text ?? '', longestText).text;
    const words = written.trim() === '' ? {} : { text: written };
    const who = contact === undefined ? {} : { contact };
    const chosen = this.#answer.says === 'accept' ? { offer: this.#answer.offer } : {};
    const open = says === 'plan' || says === 'message' || (says === 'accept' && facts.length === 0);
    const sure = intent === undefined ? {} : { intent, confidence: 1, by: 'link' };
    return [
      {
        type: 'message.received',
        id,
        channel: 'portal',
        at,
        on,
        kind: 'link',
        ...(owner === undefined ? {} : { owner }),
        ...who,
        ...words,
        ...chosen,
        ...sure,
      },
      // What needs a person rests until somebody has answered.
      {
        type: 'reply.upserted',
        reply: { id, at, on, channel: 'portal', ...who, handled: !open },
      },
      ...facts,
    ];
  }

  #facts(): readonly FileEvent[] {
    const answer = this.#answer;
    switch (answer.says) {
      case 'paid':
        return this.#paid(answer);
      case 'promise':
        return this.#promise(answer);
      case 'dispute':
        return this.#dispute(answer);
      case 'stop':
        return this.#stop();
      case 'message':
        if (typeof answer.text !== 'string' || answer.text.trim() === '')
          this.#problem('text', 'must say something');
        return [];
      case 'accept':
        return this.#accept(answer);
      case 'plan':
      case 'acknowledge':
        return [];
    }
  }

  #paid({ invoices, amount }: Extract<LinkAnswer, { says: 'paid' }>): readonly FileEvent[] {
    const { id, on } = this.#frame;
    const named = this.#invoices(invoices);
    const what = { ...aboutInvoices(named), ...this.#amount(amount, named) };
    return [{ type: 'unbooked.upserted', unbooked: { id, source: 'debtor', ...what, on, state: 'pending' } }];
  }

  #promise({ date, invoices, amount }: Extract<LinkAnswer, { says: 'promise' }>): readonly FileEvent[] {
    const { id, on } = this.#frame;
    const named = this.#invoices(invoices);
    const [only] = named;
    const last = formatDay(parseDay(on) + this.#context.conversation.promiseDays);
    if (typeof date !== 'string' || !isDay(date) || date < on || date > last)
      this.#problem('date', `must be a day from ${on} to ${last}`);
    else if (outlasts(this.#file, named, date, on))
      throw new RecobroError('impossible_state', 'an earlier day is promised already: a person has to agree');
    const what = named.length === 1 && only !== undefined ? { invoice: only } : { invoices: named };
    const much = this.#amount(amount, named);
    this.#atMostOpen(much.amount, named);
    return [
      {
        type: 'promise.upserted',
        promise: { id, ...what, ...much, date, made: on, source: 'portal', state: 'active' },
      },
    ];
  }

  #dispute({
    invoice,
    amount,
    reason = 'debtor',
  }: Extract<LinkAnswer, { says: 'dispute' }>): readonly FileEvent[] {
    const { id, on } = this.#frame;
    const named = this.#invoices([invoice], 'invoice');
    const much = this.#amount(amount, named);
    this.#atMostOpen(much.amount, named);
    if (typeof reason !== 'string' || !/^[\w.-]{1,64}$/.test(reason))
      this.#problem('reason', 'must be a code of letters, digits, `.`, `_` and `-`');
    return [
      {
        type: 'dispute.upserted',
        dispute: { id, invoice, ...much, reason, author: 'debtor', opened: on, state: 'open' },
      },
    ];
  }

  #accept({ offer }: Extract<LinkAnswer, { says: 'accept' }>): readonly FileEvent[] {
    const offers = offersFor(this.#context, this.#file, this.#contact?.id, this.#frame.at);
    const found = offers.find((one) => one.offer === offer);
    if (found !== undefined) return agreed(this.#context, found, this.#frame) ?? [];
    this.#problem('offer', 'is not offered, or not any more: show what is offered now');
    return [];
  }

  #stop(): readonly FileEvent[] {
    const { at, on, id } = this.#frame;
    const contact = this.#contact?.id;
    if (contact === undefined) {
      this.#problem('says', 'the link is of no contact, so that nobody can say stop through it');
      return [];
    }
    const { channels } = this.#context;
    // No channel is named: all are meant, whatever `conversation.stops` says of words on one channel.
    const conversation = { ...this.#context.conversation, stops: 'everywhere' } as const;
    return consentHeard(
      { channels, conversation },
      { contact, channel: 'portal', value: 'stop', at, on, proof: id },
    );
  }

  /** Invoices that are open and that the person may see; all of them where none is named. */
  #invoices(told: readonly string[] | undefined, path = 'invoices'): readonly string[] {
    const view = viewOf(this.#context.engine, this.#file, this.#frame.at);
    const open = [...new Set(openItems(view, this.#contact?.id).map(({ invoice }) => invoice.id))];
    if (told !== undefined && !Array.isArray(told)) {
      this.#problem(path, 'must be a list of ids');
      return [];
    }
    if (told !== undefined && told.length > open.length) {
      this.#problem(path, `must be at most the ${open.length} open invoices of the statement`);
      return [];
    }
    const asked: readonly unknown[] = told ?? open;
    if (asked.length === 0) this.#problem(path, 'nothing is open');
    asked.forEach((one, index) => {
      if (!open.some((id) => id === one))
        this.#problem(
          path === 'invoice' ? path : `${path}[${index}]`,
          'must be the id of an open invoice of the statement',
        );
    });
    return [...new Set(asked.filter((one) => typeof one === 'string'))];
  }

  /** Nobody promises or disputes more than is asked for. */
  #atMostOpen(amount: number | undefined, invoices: readonly string[]): void {
    if (amount === undefined) return;
    const view = viewOf(this.#context.engine, this.#file, this.#frame.at);
    const open = openItems(view, this.#contact?.id)
      .filter(({ invoice }) => invoices.includes(invoice.id))
      .reduce((sum, { outstanding }) => sum + outstanding, 0);
    if (amount > open) this.#problem('amount', 'must be at most what is open');
  }

  #amount(
    told: MoneyInput | undefined,
    invoices: readonly string[],
  ): { readonly amount?: number; readonly currency?: string } {
    if (told === undefined) return {};
    const [only] = invoices;
    const currency = only === undefined ? undefined : this.#file.invoices.get(only)?.currency;
    let money: Money;
    try {
      money = toMinor(objectOf(told, 'answer.amount'));
    } catch (error) {
      if (!isRecobroError(error)) throw error;
      this.#problem('amount', error.message);
      return {};
    }
    if (invoices.length !== 1 || money.currency !== currency || money.minor <= 0) {
      this.#problem('amount', 'must be more than nothing, of one invoice, and in its currency');
      return {};
    }
    return { amount: money.minor, currency: money.currency };
  }

  #problem(path: string, message: string): void {
    this.#problems.push(problem(path, message));
  }
}

function problem(path: string, message: string): Problem {
  return { path: `answer.${path}`, code: 'invalid_value', message };
}

function refused(problems: readonly Problem[]): RecobroError {
  return new RecobroError('invalid_input', 'the answer is not valid', { problems });
}
