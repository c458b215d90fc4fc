import { type Day, localDay, localMinute, parseDay } from '../../../calendar/index.js';
import type { DunningEvent, RunEntry } from '../../../dunning/index.js';
import type { Act } from '../../../engine/index.js';
import type { ContactInput } from '../../../ledger/facts.js';
import { invoiceOfSubject } from '../../../ledger/subject.js';
import { toMinor } from '../../../money/index.js';
import { reasonText } from '../../../words/index.js';
import { customerOf, type LedgerEntry, paidOn, payments, shortName, zoneOf } from '../ledger/index.js';
import { providerOf } from '../people.js';
import { opening, period } from '../schedule.js';
import type { Watch } from '../watch.js';
import { DayBook, untimed } from './day.js';
import {
  aboutText,
  acting,
  ageText,
  channelWord,
  dayText,
  languageWord,
  listText,
  moneyText,
  numbersText,
  someText,
  stageWord,
  timeText,
} from './words.js';

/** Who did what, told day by day: what is new or matters is told, the rest is counted. */
export class Story {
  readonly #watch: Watch;
  readonly #book: DayBook;
  readonly #told = new Set<string>();
  /** Last message about an invoice: its stage and day. */
  readonly #last = new Map<string, { readonly stage: string; readonly day: Day }>();
  readonly #paused = new Map<string, string>();
  readonly #delayed = new Set<string>();
  readonly #contacts = new Map<string, ContactInput>();
  readonly #payments = new Map(payments.map((row) => [row.input.id, row]));
  #events: DunningEvent[] = [];
  #waiting: { entry: RunEntry; at: number }[] = [];
  #calls: Act[] = [];

  constructor(options: { readonly columns: number; readonly watch: Watch }) {
    this.#watch = options.watch;
    this.#book = new DayBook(options.columns);
  }

  hear(event: DunningEvent): void {
    this.#events.push(event);
  }

  /** Why a run sent nothing to some. */
  waiting(entries: readonly RunEntry[], at: number): void {
    for (const entry of entries) this.#waiting.push({ entry, at });
  }

  /** Makes lines of what was heard since the last step. */
  endStep(step: number, entries: readonly LedgerEntry[]): void {
    const tells = entries.flatMap((entry) => entry.tells);
    for (const { at, facts } of entries) {
      for (const account of facts.accounts ?? []) this.#contacts.set(account.id, account.contacts?.[0] ?? {});
      // What was known before the first day is no news of it.
      if (at !== opening)
        this.#book.count({ invoices: facts.invoices?.length, payments: facts.payments?.length });
    }
    for (const { account, text } of tells) this.#line(step, account, text);
    const byAccount = new Map<string, DunningEvent[]>();
    for (const event of this.#events) {
      const known = byAccount.get(event.account);
      if (known === undefined) byAccount.set(event.account, [event]);
      else known.push(event);
    }
    // Accounts are worked on side by side; the reader gets them in one order.
    const told = new Set(tells.map(({ account }) => account));
    for (const account of [...byAccount.keys()].sort())
      this.#account(step, account, byAccount.get(account) ?? [], told.has(account));
    this.#tellWaiting(step);
    this.#events = [];
    this.#waiting = [];
  }

  /** The day's lines. */
  endDay(step: number): string[] {
    const open = this.#calls.filter((task) => this.#watch.tasks.has(task.id));
    this.#calls = [];
    this.#tellCalls(open);
    return this.#book.end(localDay(step, 'UTC'));
  }

  /** What is left to tell after the last day. */
  finish(): string[] {
    return this.#book.finish();
  }

  #account(step: number, account: string, events: readonly DunningEvent[], told: boolean): void {
    const at = events[0]?.at ?? step;
    const acts = (id: string): Act[] => [this.#watch.acts.get(id) ?? []].flat();
    const sent = events.flatMap((event) => (event.type === 'act.accepted' ? acts(event.act) : []));
    const instead = new Set<Act>();
    for (const event of events) {
      switch (event.type) {
        case 'act.refused':
          for (const act of acts(event.act)) {
            const next = sent.find((one) => one.position > act.position && one.stage === act.stage);
            if (next !== undefined) instead.add(next);
            this.#line(at, account, refusedText(act, event.code, next));
          }
          break;
        case 'act.unknown':
          for (const act of acts(event.act)) this.#line(at, account, unknownText(act, event.code));
          break;
        case 'act.delayed':
          this.#delayed.add(event.act);
          for (const act of acts(event.act))
            this.#line(at, account, delayedText(act, event.code, event.until));
          break;
        case 'act.resolved': {
          const end = event.sent ? 'it counts as sent' : 'it is planned anew';
          this.#line(
            event.at,
            account,
            `${nameOf(account)}: ${event.author} looked up the unknown message: ${event.reason ?? ''}; ${end}.`,
          );
          for (const act of event.sent ? acts(event.act) : []) this.#remember(act, at);
          break;
        }
        case 'act.withdrawn':
          for (const act of acts(event.act)) {
            const late = this.#delayed.has(act.id)
              ? `that ${providerOf(act.channel)} had put off`
              : `about ${numbersText(act)}`;
            this.#line(
              at,
              account,
              `${nameOf(account)}: the ${stageWord(act.stage)} ${late} is taken back: ${event.reason === 'settled' ? 'it has been paid in the meantime' : reasonText(event.reason)}.`,
            );
          }
          break;
        case 'act.planned':
          if (event.act.kind === 'task') this.#task(at, event.act);
          break;
        case 'case.paused':
          this.#paused.set(event.case, event.reason);
          break;
        default:
      }
    }
    if (!told) this.#resumed(at, account, events);
    this.#paid(at, account, events, sent);
    for (const act of sent) {
      if (act.stage !== 'on:paid' && !instead.has(act)) this.#sent(at, act);
      this.#remember(act, at);
      this.#book.sent(act);
    }
  }

  #sent(at: number, act: Act): void {
    const customer = customerOf(act.account);
    const language = languageWord(act.language);
    const items = acting(act);
    const left = act.items.filter((item) => item.acting && item.dunnable < item.outstanding);
    const retried = this.#delayed.delete(act.id);
    const why = this.#whyChannel(act);
    const notes = [
      ...(why === undefined ? [] : [why]),
      ...(language !== undefined && this.#first(`language ${language}`) ? [`in ${language}`] : []),
      ...(items.length > 1 && this.#first('many') ? ['one message for all of them'] : []),
      ...left
        .slice(0, 1)
        .map(
          (item) =>
            `${moneyText(item.outstanding - item.dunnable, item.currency)} of ${item.number} is disputed or promised and left out`,
        ),
    ];
    const fresh = [
      this.#first(`${act.stage} ${act.channel}`),
      this.#first(`${act.stage} ${customer.country}`) && this.#first(`${act.stage} anew`),
      why !== undefined && this.#first(`why ${why}`),
      items.some((item) => item.instalment !== undefined) && this.#first('instalment'),
      left.length > 0 && this.#first(`left ${left[0]?.number}`),
      notes.some((note) => note.startsWith('in ') || note.startsWith('one message')),
    ];
    if (!retried && !fresh.includes(true)) return;
    const what =
      act.stage === 'follow-up'
        ? `is asked for a payment date by ${channelWord(act.channel)}`
        : `gets a ${stageWord(act.stage)} by ${channelWord(act.channel)}`;
    const again = retried ? ', at the second try' : '';
    const aside = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
    this.#line(at, act.account, `${shortName(customer)} ${what}${again}: ${aboutText(act)}${aside}.`);
  }

  /** Why a message does not go by WhatsApp. */
  #whyChannel(act: Act): string | undefined {
    if (act.channel === 'whatsapp' || act.position > 0) return undefined;
    const contact = this.#contacts.get(act.account);
    if (contact?.prefers?.[0] === act.channel) return `prefers ${channelWord(act.channel)}`;
    const consent = contact?.consent?.whatsapp;
    if (consent === undefined) return 'no WhatsApp consent on record';
    return typeof consent === 'object' && 'state' in consent && consent.state === 'withdrawn'
      ? 'WhatsApp consent withdrawn'
      : undefined;
  }

  #paid(at: number, account: string, events: readonly DunningEvent[], sent: readonly Act[]): void {
    const thanks = sent.find((act) => act.stage === 'on:paid');
    const closed = new Set(
      events.flatMap((event) =>
        event.type === 'case.closed' ? [invoiceOfSubject(event.subject) ?? event.subject] : [],
      ),
    );
    for (const event of events) {
      const row = event.type === 'payment.upserted' ? this.#payments.get(event.id) : undefined;
      if (row === undefined || row.input.date < period.from) continue;
      const invoices = (row.input.allocations ?? []).map(({ invoice }) => invoice);
      const last = invoices
        .flatMap((invoice) => this.#last.get(invoice) ?? [])
        .sort((a, b) => b.day - a.day)[0];
      const settled = (invoice: string): boolean =>
        closed.has(invoice) || (paidOn(invoice) ?? '9') <= row.input.date;
      const rest = !invoices.every(settled);
      const hard = last?.stage === 'firm' || last?.stage === 'collection-notice';
      const key = hard ? `paid ${account}` : `paid ${last?.stage ?? 'unasked'} ${rest} ${thanks?.channel}`;
      if (!this.#first(key)) continue;
      const today = localDay(at, zoneOf(row.customer));
      const when = last === undefined ? 'before anything was sent' : sinceText(today - last.day, last.stage);
      const end = rest
        ? '; the rest stays open, and its reminders go on'
        : thanks === undefined
          ? ''
          : `; thanked by ${channelWord(thanks.channel)}`;
      const { minor, currency } = toMinor(row.input.amount);
      this.#line(
        at,
        account,
        `${nameOf(account)} pays ${moneyText(minor, currency)} for ${listText([...new Set(invoices)])}, ${when}${end}.`,
      );
    }
  }

  #resumed(at: number, account: string, events: readonly DunningEvent[]): void {
    const back = new Map<string, string[]>();
    for (const event of events) {
      if (event.type !== 'case.resumed') continue;
      const reason = this.#paused.get(event.case) ?? '';
      back.set(reason, [...(back.get(reason) ?? []), invoiceOfSubject(event.subject) ?? event.subject]);
    }
    const why: Readonly<Record<string, string>> = {
      hold: 'the hold is over',
      promise: 'the day of the promise has passed without the money',
      dispute: 'the dispute is over',
    };
    for (const [reason, invoices] of back) {
      const said = why[reason];
      if (said === undefined) continue;
      const are = invoices.length === 1 ? 'is' : 'are';
      this.#line(
        undefined,
        account,
        `${nameOf(account)}: ${said}; ${someText(invoices)} ${are} reminded again.`,
        at,
      );
    }
  }

  #task(at: number, task: Act): void {
    this.#book.count({ tasks: 1 });
    if (task.name === 'call') {
      this.#calls.push(task);
      return;
    }
    const what = `nobody can be reached about ${numbersText(task)}: no address on record`;
    const text = `${nameOf(task.account)}: ${what}. Task for ${task.owner ?? 'its owner'}: find a contact.`;
    this.#line(undefined, task.account, text, at);
  }

  /** The first calls one by one, later ones in a sentence. */
  #tellCalls(calls: readonly Act[]): void {
    if (calls.length === 0) return;
    if (this.#first('calls')) {
      for (const task of calls) {
        const by = task.deadline === undefined ? '' : ` by ${dayText(parseDay(task.deadline))}`;
        const text = `${nameOf(task.account)}: the last message about ${numbersText(task)} has had its time (${shortAbout(task)}). Task for ${task.owner ?? 'its owner'}: call them${by}.`;
        this.#line(undefined, task.account, text, task.review);
      }
      return;
    }
    const each = calls.map((task) => `${nameOf(task.account)} (${numbersText(task)}, ${shortAbout(task)})`);
    this.#book.line(
      Number.MAX_SAFE_INTEGER,
      untimed,
      'Medellín',
      `To be called, after the last message: ${listText(each)}.`,
    );
  }

  #tellWaiting(step: number): void {
    const sentences: Readonly<Record<string, string>> = {
      do_not_dun: 'the account is set not to be dunned',
      hardship: 'it is known to be in difficulties, so only friendly stages act',
      cap: 'it has heard from us as often as the contact rules allow',
    };
    const sorted = [...this.#waiting].sort((a, b) => (a.entry.account < b.entry.account ? -1 : 1));
    for (const { entry, at } of sorted) {
      const why = sentences[entry.code];
      const zone = zoneOf(customerOf(entry.account));
      const minute = localMinute(step, zone);
      if (why === undefined || minute < 540 || minute >= 1080 || !this.#first(`waiting ${entry.code}`))
        continue;
      const invoices = [...new Set(entry.invoices.map((item) => item.split('~')[0] ?? item))];
      const until =
        entry.next === undefined
          ? ''
          : `, until ${timeText(entry.next, zone)} on ${dayText(localDay(entry.next, zone))}`;
      this.#line(
        at,
        entry.account,
        `${nameOf(entry.account)} is not written to about ${someText(invoices)}: ${why}${until}.`,
      );
    }
  }

  #remember(act: Act, at: number): void {
    if (act.stage === 'on:paid') return;
    const day = localDay(at, zoneOf(customerOf(act.account)));
    for (const item of acting(act)) this.#last.set(item.invoice, { stage: act.stage, day });
  }

  #first(key: string): boolean {
    if (this.#told.has(key)) return false;
    this.#told.add(key);
    return true;
  }

  /** A line with the account's own time and place; without a time for what happens of itself. */
  #line(at: number | undefined, account: string, text: string, order: number | undefined = at): void {
    const customer = customerOf(account);
    const time = at === undefined ? untimed : timeText(at, zoneOf(customer));
    this.#book.line(order ?? 0, time, customer.city, text);
  }
}

function nameOf(account: string): string {
  return shortName(customerOf(account));
}

function sinceText(days: number, stage: string): string {
  if (days === 0) return `the day of the ${stageWord(stage)}`;
  return `${days} ${days === 1 ? 'day' : 'days'} after the ${stageWord(stage)}`;
}

function shortAbout(act: Act): string {
  const [first] = act.items;
  const money = act.totals.map(({ minor, currency }) => moneyText(minor, currency)).join(' and ');
  const sum = money === '' && first !== undefined ? moneyText(first.dunnable, first.currency) : money;
  return `${sum}, ${ageText(Math.max(...act.items.map(({ daysPastDue }) => daysPastDue)))}`;
}

function refusedText(act: Act, code: string, next: Act | undefined): string {
  const end =
    next === undefined
      ? `the ${stageWord(act.stage)} about ${numbersText(act)} does not go out`
      : `the ${stageWord(next.stage)} goes by ${channelWord(next.channel)} instead: ${aboutText(next)}`;
  return `${nameOf(act.account)}: ${channelWord(act.channel)} cannot reach it (${code}); ${end}.`;
}

function unknownText(act: Act, code: string): string {
  const what = `the ${stageWord(act.stage)} about ${numbersText(act)}`;
  const parked = 'it is parked and never sent blindly again';
  if (code === 'recobro:worker_lost')
    return `${nameOf(act.account)}: the demo was stopped while ${what} was being sent. Nobody knows whether it went out; ${parked}.`;
  return `${nameOf(act.account)}: no proper answer from ${providerOf(act.channel)} (${code}). Nobody knows whether ${what} went out; ${parked}.`;
}

function delayedText(act: Act, code: string, until: number): string {
  const zone = zoneOf(customerOf(act.account));
  return `${nameOf(act.account)}: ${providerOf(act.channel)} asks to wait (${code}); the ${stageWord(act.stage)} about ${numbersText(act)} is tried again after ${timeText(until, zone)}.`;
}
