import type { Act, Engine, FileEvent } from '../../engine/index.js';
import { namedBy } from '../../ledger/left.js';
import { invoiceOfSubject } from '../../ledger/subject.js';
import type { Invoice } from '../../ledger/types.js';
import type { Stage } from '../../policy/types.js';
import type { StoryKind, StoryLine } from './types.js';

/** What earlier events of the account told. */
export interface StoryContext {
  readonly engine: Engine;
  /** By id, as known before the event. */
  readonly invoices: ReadonlyMap<string, Invoice>;
  /** By id. */
  readonly cases: ReadonlyMap<string, KnownCase>;
  /** Acts that were planned, by id. */
  readonly acts: ReadonlyMap<string, Act>;
}

/** A case as earlier events left it. */
export interface KnownCase {
  readonly policy: string;
  readonly version: number;
  /** Of a group: the item that carries it. */
  readonly carrier?: string | undefined;
}

type Line = Omit<StoryLine, 'date' | 'at'>;

/** What an event adds to the story of its account; undefined for what no reader wants to know. */
export function lineOf(context: StoryContext, event: FileEvent): Line | undefined {
  const number = (id: string | undefined): string[] =>
    id === undefined ? [] : [context.invoices.get(id)?.number ?? id];
  const about = (kind: StoryKind, invoice: string | undefined, more: Partial<Line> = {}): Line => ({
    kind,
    invoices: number(invoice),
    amounts: [],
    ...more,
  });
  switch (event.type) {
    case 'invoice.upserted': {
      const { invoice } = event;
      const before = context.invoices.get(invoice.id);
      const due = invoice.due ?? invoice.instalments[0]?.due;
      const line: Line = {
        kind: before === undefined ? 'invoice' : 'invoice_changed',
        invoices: [invoice.number],
        amounts: [{ minor: invoice.balance?.amount ?? invoice.total, currency: invoice.currency }],
        ...(due === undefined ? {} : { day: due }),
        ...(invoice.status === 'open' ? {} : { reason: invoice.status }),
      };
      return line;
    }
    case 'payment.upserted':
    case 'credit.upserted': {
      const money = event.type === 'payment.upserted' ? event.payment : event.credit;
      if (money.state === 'draft' || money.state === 'cancelled') return undefined;
      const kind =
        event.type === 'credit.upserted'
          ? 'credit'
          : money.state === 'reversed'
            ? 'payment_reversed'
            : 'payment';
      return {
        kind,
        invoices: money.allocations.flatMap((one) => number(one.invoice)),
        amounts: [{ minor: money.amount, currency: money.currency }],
      };
    }
    case 'hold.upserted': {
      const { hold } = event;
      const until = hold.until === undefined ? {} : { day: hold.until };
      return about(hold.released ? 'hold_released' : 'hold', hold.invoice, { reason: hold.reason, ...until });
    }
    case 'dispute.upserted': {
      const { dispute } = event;
      const invoices = namedBy(dispute).flatMap(number);
      if (dispute.state === 'open') return about('dispute', undefined, { invoices, reason: dispute.reason });
      return about('dispute_closed', undefined, { invoices, reason: dispute.state });
    }
    case 'promise.upserted': {
      const { promise } = event;
      const kind = promise.state === 'active' ? 'promise' : 'promise_cancelled';
      return about(kind, promise.invoice, { day: promise.date });
    }
    case 'case.paused':
      return about('held', debtOf(context, event), { reason: event.reason });
    case 'case.resumed':
      return about('resumed', debtOf(context, event));
    case 'case.closed':
      return about('settled', debtOf(context, event), { reason: event.reason });
    case 'case.exhausted':
      return about('exhausted', debtOf(context, event), { reason: event.reason });
    case 'stage.skipped':
      return about('skipped', debtOf(context, event), {
        ...skippedStage(context, event.case, event.stage),
        reason: event.reason,
      });
    case 'act.planned':
      return event.act.kind === 'task' ? actLine(context, event.act, 'task') : undefined;
    case 'act.accepted':
      return ofAct(context, event.act, undefined);
    case 'act.resolved':
      return ofAct(context, event.act, 'resolved', event.sent ? 'sent' : 'not_sent');
    case 'act.refused':
      return ofAct(context, event.act, 'refused', event.code);
    case 'act.unknown':
      return ofAct(context, event.act, 'unknown', event.code);
    case 'act.delayed':
      return ofAct(context, event.act, 'delayed', event.code);
    case 'act.withdrawn':
      return ofAct(context, event.act, 'withdrawn', event.reason);
    case 'task.closed':
      return ofAct(context, event.act, 'task_closed', event.reason);
    case 'account.upserted':
    case 'case.opened':
    case 'case.shifted':
    case 'review.made':
      return undefined;
  }
}

function ofAct(
  context: StoryContext,
  id: string,
  kind: StoryKind | undefined,
  reason?: string,
): Line | undefined {
  const act = context.acts.get(id);
  if (act === undefined) return undefined;
  return actLine(context, act, kind ?? (act.purpose === 'service' ? 'thanks' : 'message'), reason);
}

function actLine(context: StoryContext, act: Act, kind: StoryKind, reason?: string): Line {
  const acting = act.items.filter((item) => item.acting);
  const stage = findStage(context.engine, act.policy, act.stage);
  return {
    kind,
    invoices: [...new Set(acting.map((item) => item.number))],
    amounts: act.totals,
    policy: act.policy.id,
    stage: act.stage,
    ...(stage === undefined ? {} : { name: stage.name ?? stage.id }),
    tone: act.tone,
    ...(act.channel === undefined ? {} : { channel: act.channel }),
    ...(act.contact === undefined ? {} : { contact: act.contact }),
    ...(act.name === undefined ? {} : { task: act.name }),
    ...(act.deadline === undefined ? {} : { day: act.deadline }),
    reached: act.covers.length,
    ...(reason === undefined ? (act.reason === undefined ? {} : { reason: act.reason }) : { reason }),
  };
}

/** Policy, name and tone of a stage of a case. */
function skippedStage(
  context: StoryContext,
  id: string,
  stage: string,
): Pick<Line, 'policy' | 'stage' | 'name' | 'tone'> {
  const one = context.cases.get(id);
  if (one === undefined) return { stage };
  const found = findStage(context.engine, { id: one.policy, version: one.version }, stage);
  return {
    policy: one.policy,
    stage,
    ...(found === undefined ? {} : { name: found.name ?? found.id, tone: found.tone }),
  };
}

/** A stage of a version of a policy; undefined for thanks and the like. */
export function findStage(
  engine: Engine,
  policy: { readonly id: string; readonly version: number },
  stage: string,
): Stage | undefined {
  const version = engine.versions.get(`${policy.id}@${policy.version}`);
  return version?.stages.find((one) => one.stage.id === stage)?.stage;
}

/** The invoice of a case; of a group the one that carries it. */
function debtOf(context: StoryContext, event: { readonly subject: string; readonly case: string }): string {
  const { subject } = event;
  const carrier = context.cases.get(event.case)?.carrier;
  return (
    invoiceOfSubject(subject) ?? (carrier === undefined ? undefined : invoiceOfSubject(carrier)) ?? subject
  );
}
