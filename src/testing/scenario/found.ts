import { formatDay } from '../../calendar/index.js';
import type { Draft, DunningEvent } from '../../dunning/index.js';
import type {
  AccountStatus,
  Act,
  ExposureStatus,
  ItemExplanation,
  ItemStatus,
  NextAct,
  NoticeStatus,
} from '../../engine/index.js';
import { isStageMark } from '../../engine/marks.js';
import { formatAmount } from '../../money/index.js';
import type { ActState } from '../../stores/store.js';
import { localOf, type Moments } from './moments.js';
import type { Attempted } from './scripted-channel.js';

/**
 * What happened and how things stand, as expectations see it: plain objects,
 * amounts as decimal text, moments as local text of the plan's zone. Members
 * that do not apply are there and undefined, so that expecting nothing of a
 * misspelt one is noticed.
 */
export type Found = Readonly<Record<string, unknown>>;

type Charge = NonNullable<Act['charges']>[number];

/** An act with its state in the outbox. */
export interface ActNow {
  readonly act: Act;
  readonly state: ActState | undefined;
  readonly attempts: number;
  readonly notBefore: number | undefined;
  readonly result: unknown;
}

export function actFound({ act, state, attempts, notBefore, result }: ActNow, moments: Moments): Found {
  const [charge] = act.charges ?? [];
  return {
    id: act.id,
    account: act.account,
    kind: act.kind,
    name: act.name,
    message: act.message,
    stage: act.stage,
    policy: act.policy.id,
    version: act.policy.version,
    hash: act.policy.hash,
    plan: act.plan.id,
    tone: act.tone,
    mode: act.mode ?? 'auto',
    state,
    purpose: act.purpose,
    topic: act.topic,
    answers: act.answers,
    channel: act.channel,
    contact: act.contact,
    position: act.position,
    copy: act.copy,
    from: act.from,
    attach: act.attach,
    owner: act.owner,
    deadline: act.deadline,
    lapses: act.lapses,
    reason: act.reason,
    effect: act.effect,
    occurrence: act.covers[0]?.occurrence,
    language: act.language,
    covers: act.covers.map(({ subject, case: id, stage, occurrence }) => ({
      item: subject,
      stage,
      occurrence,
      case: id,
    })),
    items: act.items.map(itemOfAct),
    invoices: [...new Set(act.items.map((one) => one.invoice))],
    totals: Object.fromEntries(
      act.totals.map(({ minor, currency }) => [currency, formatAmount(minor, currency)]),
    ),
    charges: act.charges?.map((one) => chargeFound(one)),
    fee: charge?.fee,
    amount: charge === undefined ? undefined : formatAmount(charge.amount, charge.currency),
    currency: charge?.currency,
    interest: charge === undefined ? undefined : partsOf(charge, 'interest'),
    dossier: act.dossier,
    on: act.on,
    attempts,
    notBefore: notBefore === undefined ? undefined : localOf(notBefore, moments),
    patience: act.patience,
    result,
  };
}

function itemOfAct(item: Act['items'][number]): Found {
  const money = (minor: number): string => formatAmount(minor, item.currency);
  return {
    item: item.item,
    invoice: item.invoice,
    instalment: item.instalment,
    number: item.number,
    currency: item.currency,
    original: money(item.original),
    paid: money(item.paid),
    outstanding: money(item.outstanding),
    disputed: item.disputed === undefined ? undefined : money(item.disputed),
    dunnable: money(item.dunnable),
    due: item.due,
    daysPastDue: item.daysPastDue,
    acting: item.acting,
  };
}

function chargeFound(charge: Charge): Found {
  return {
    fee: charge.fee,
    amount: formatAmount(charge.amount, charge.currency),
    currency: charge.currency,
    interest: partsOf(charge, 'interest'),
    fixed: partsOf(charge, 'fixed'),
    percent: partsOf(charge, 'percent'),
    items: charge.items,
    on: charge.on,
    basis: charge.basis,
    source: charge.source,
  };
}

function partsOf({ parts, currency }: Charge, kind: Charge['parts'][number]['kind']): string | undefined {
  const own = parts.filter((part) => part.kind === kind);
  if (own.length === 0) return undefined;
  return formatAmount(
    own.reduce((sum, part) => sum + part.amount, 0),
    currency,
  );
}

/** Fees and interest that acts ask the host to book. */
export function feesFound(now: ActNow): readonly Found[] {
  const { act, state } = now;
  if (act.kind !== 'fee') return [];
  return (act.charges ?? []).map((charge) => ({
    act: act.id,
    account: act.account,
    stage: act.stage,
    ...chargeFound(charge),
    state,
  }));
}

/** A call of a channel, with the act that it was for. */
export function sentFound(attempted: Attempted, act: ActNow | undefined, moments: Moments): Found {
  const { message, channel, outcome } = attempted;
  const { content } = message;
  return {
    ...(act === undefined ? { id: message.key, account: message.account } : actFound(act, moments)),
    channel,
    message: message.message,
    language: message.language,
    to: message.to,
    toName: message.toName,
    form: message.form,
    subject: content.kind === 'email' ? content.subject : undefined,
    text: content.text.trimEnd(),
    html: content.kind === 'email' ? content.html : undefined,
    parameters: content.kind === 'email' ? undefined : content.parameters,
    thread: message.thread,
    copies: message.copies?.map((one) => one.address),
    attachments: message.attachments?.map((one) => one.name),
    mailbox: message.from?.address,
    replyTo: message.replyTo?.address,
    at: localOf(attempted.at, moments),
    attempt: attempted.attempt,
    outcome: outcome.outcome,
    code: 'code' in outcome ? outcome.code : undefined,
  };
}

/** A message that waits for a person, as it would go now. */
export function draftFound(draft: Draft, now: ActNow, moments: Moments): Found {
  const { to, toName, form, language, content } = draft.message;
  const moment = (at: number | undefined) => (at === undefined ? undefined : localOf(at, moments));
  return {
    ...actFound(now, moments),
    to,
    toName,
    form,
    language,
    subject: content.kind === 'email' ? content.subject : undefined,
    text: content.text.trimEnd(),
    html: content.kind === 'email' ? content.html : undefined,
    tries: draft.tries,
    again: moment(draft.again),
    until: moment(draft.until),
    not: draft.not?.reason,
  };
}

/** All words of a message. */
export function wordsOf({ message: { content } }: Attempted): string {
  return content.kind === 'email' ? `${content.subject}\n${content.text}` : content.text;
}

/** An event, with the item that it is about and, for what became of an act, its stage and channel. */
export function eventFound(event: DunningEvent, acts: ReadonlyMap<string, Act>, moments: Moments): Found {
  const { tenant: _, at, ...rest } = event;
  const base: Record<string, unknown> = { ...rest, at: localOf(at, moments) };
  if (event.type === 'act.planned') {
    const { act } = event;
    const now: ActNow = { act, state: undefined, attempts: 0, notBefore: undefined, result: undefined };
    return { ...actFound(now, moments), ...base, act: act.id };
  }
  if ('subject' in event) base.item = event.subject;
  if ('act' in event && typeof event.act === 'string') {
    const act = acts.get(event.act);
    if (act !== undefined) {
      const { stage, kind, channel, message, name, covers } = act;
      Object.assign(base, { stage, kind, channel, message, name }, base);
      base.item = covers.length === 1 ? covers[0]?.subject : covers.map((one) => one.subject);
    }
  }
  if (event.type === 'promise.ended') base.outcome = event.promise.outcome;
  if (event.type === 'act.delayed') base.until = localOf(event.until, moments);
  return base;
}

/** Stages that were passed over: by the ladder, a person, or because their proposal was discarded, lapsed or superseded. */
export function skippedFound(
  event: DunningEvent,
  acts: ReadonlyMap<string, Act>,
  moments: Moments,
): readonly Found[] {
  const found = eventFound(event, acts, moments);
  if (event.type === 'stage.skipped') return [found];
  if (event.type !== 'act.discarded' || event.next !== 'skip') return [];
  const byRule = event.author === 'recobro';
  return (acts.get(event.act)?.covers ?? []).map(({ subject, case: id, stage, occurrence }) => ({
    ...found,
    item: subject,
    case: id,
    stage,
    occurrence,
    reason: byRule ? event.reason : 'discarded',
    author: byRule ? undefined : event.author,
    note: byRule ? undefined : event.reason,
  }));
}

/**
 * The act with which stages were done, where the event says that they are: a
 * message went out; work of a stage that sends nothing was raised, which then
 * bears the stage's own mark.
 */
export function completedBy(event: DunningEvent, acts: ReadonlyMap<string, Act>): Act | undefined {
  if (event.type === 'act.planned')
    return event.act.kind !== 'message' && event.act.covers.some(isStageMark) ? event.act : undefined;
  const sent =
    event.type === 'act.accepted' ||
    event.type === 'act.confirmed' ||
    (event.type === 'act.resolved' && event.sent);
  return sent ? acts.get(event.act) : undefined;
}

/** A message that went out, and what is still open of what it asked for. */
export function noticeFound(act: Act, { resolved, items }: NoticeStatus, at: string): Found {
  const sums = (key: 'asked' | 'open'): Found => {
    const totals = new Map<string, number>();
    for (const item of items) totals.set(item.currency, (totals.get(item.currency) ?? 0) + item[key]);
    return Object.fromEntries([...totals].map(([currency, sum]) => [currency, formatAmount(sum, currency)]));
  };
  return {
    act: act.id,
    account: act.account,
    stage: act.stage,
    message: act.message,
    contact: act.contact,
    at,
    resolved,
    items: items.map(({ item, currency, asked, open }) => ({
      item,
      currency,
      asked: formatAmount(asked, currency),
      open: formatAmount(open, currency),
    })),
    asked: sums('asked'),
    open: sums('open'),
  };
}

/** What became of acts that were performed. */
export function outcomeFound(
  event: DunningEvent,
  acts: ReadonlyMap<string, Act>,
  moments: Moments,
): Found | undefined {
  const outcome = outcomes[event.type];
  if (outcome === undefined || !('act' in event) || typeof event.act !== 'string') return undefined;
  const act = acts.get(event.act);
  const code = 'code' in event ? event.code : 'reason' in event ? event.reason : undefined;
  return {
    act: event.act,
    account: event.account,
    stage: act?.stage,
    channel: act?.channel,
    outcome,
    code,
    until: event.type === 'act.delayed' ? localOf(event.until, moments) : undefined,
  };
}

const outcomes: Readonly<Partial<Record<DunningEvent['type'], string>>> = {
  'act.accepted': 'sent',
  'act.withdrawn': 'skipped',
  'act.refused': 'refused',
  'act.unknown': 'unknown',
  'act.delayed': 'delayed',
};

/** An item as it can be read. */
export function itemFound(item: ItemStatus, moments: Moments): Found {
  const money = (minor: number): string => formatAmount(minor, item.currency);
  return {
    item: item.item,
    invoice: item.invoice,
    number: item.number,
    currency: item.currency,
    outstanding: money(item.outstanding),
    dunnable: money(item.dunnable),
    due: item.due,
    overdue: item.overdue,
    daysPastDue: item.daysPastDue,
    policy: item.policy,
    case: item.case,
    state: item.state,
    level: item.level?.number,
    stage: item.level?.stage,
    reminders: item.reminders,
    lastReminder: item.lastReminder,
    daysSince: item.daysSince,
    pending: item.pending,
    next: nextFound(item.next, moments),
    settled: item.settled,
  };
}

function nextFound(next: NextAct | undefined, moments: Moments): Found | undefined {
  if (next === undefined) return undefined;
  const { at, on, stage, kind, channel } = next;
  return { at: localOf(at, moments), on, stage, kind, channel };
}

/** An account as it can be read. */
export function accountFound(status: AccountStatus, moments: Moments): Found {
  return {
    account: status.account,
    on: status.on,
    segment: status.segment,
    assignedTo: status.assignedTo,
    addresses: status.addresses.map(({ contact, channel, state, reason, usable, until }) => ({
      contact,
      channel,
      state,
      reason,
      usable,
      until: until === undefined ? undefined : localOf(until, moments),
    })),
    effects: status.effects,
    policies: status.policies.map((row) => ({
      policy: row.policy,
      currency: row.currency,
      level: row.level?.number,
      stage: row.level?.stage,
      outstanding: formatAmount(row.outstanding, row.currency),
      overdue: formatAmount(row.overdue, row.currency),
      dunnable: formatAmount(row.dunnable, row.currency),
      next: nextFound(row.next, moments),
    })),
    exposure: status.exposure === undefined ? undefined : exposureFound(status.exposure),
    items: status.items.map((item) => itemFound(item, moments)),
    next: nextFound(status.next, moments),
  };
}

function exposureFound(exposure: ExposureStatus): Found {
  const { currency, limit } = exposure;
  const money = (minor: number): string => formatAmount(minor, currency);
  return {
    currency,
    draft: money(exposure.draft),
    open: money(exposure.open),
    overdue: money(exposure.overdue),
    returned: money(exposure.returned),
    total: money(exposure.total),
    limit: limit === undefined ? undefined : money(limit),
    uninsured: money(exposure.uninsured),
    over: exposure.over,
    usedShare: exposure.usedShare,
  };
}

/** Why an item is or is not dunned. */
export function explanationFound(item: ItemExplanation, moments: Moments): Found {
  const { outstanding, dunnable, currency, blocks, at, ...rest } = item;
  return {
    ...rest,
    currency,
    blocks: blocks.map(({ kind, id, reason, amount, until }) => ({
      kind,
      id,
      reason,
      amount: formatAmount(amount, currency),
      until: until === undefined || until >= Number.MAX_SAFE_INTEGER ? undefined : formatDay(until),
    })),
    outstanding: formatAmount(outstanding, currency),
    dunnable: formatAmount(dunnable, currency),
    at: at === undefined ? undefined : localOf(at, moments),
    failed: item.failed,
    reason: item.reason,
    stage: item.stage,
    due: item.due,
  };
}
