import type { FeeRule, Tariff } from '../../policy/fees.js';
import type { Action, EscalateAction, SendAction, TaskAction, Via } from '../../policy/types.js';
import { decimalText, thresholdText } from '../../words/amounts.js';
import { channelName, type Speech, spanOf, taskName } from '../words/index.js';
import type { DeedLine, Line, SendLine } from './rows.js';

/** What an action does, in words. @param byState whether it stands at a level that rises and falls */
export function lineOf(
  action: Action | EscalateAction,
  via: readonly Via[],
  speech: Speech,
  byState = false,
): Line {
  const { action: words } = speech.words.timeline;
  if ('send' in action) return sendLine(action, via, speech);
  if ('task' in action) return { kind: 'task', text: taskText(action, speech) };
  if ('alert' in action) return { kind: 'alert', text: words.alert(action.alert, action.to) };
  if ('effect' in action) {
    const until =
      action.until === 'settled' ? `, ${words.untilSettled}` : byState ? `, ${words.whileLevel}` : '';
    return { kind: 'effect', text: `${words.effect(namedBy(words.effects, action.effect))}${until}` };
  }
  if ('fee' in action) return { kind: 'fee', text: feeText(action.fee, action, speech) };
  if ('handover' in action) {
    const to = action.to === undefined ? '' : ` · ${action.to}`;
    return { kind: 'handover', text: `${words.handover[action.handover]}${to}` };
  }
  if ('writeOff' in action) return { kind: 'writeOff', text: words.writeOff };
  if ('close' in action) return { kind: 'close', text: words.close(action.close) };
  return { kind: 'escalate', text: words.escalate };
}

function sendLine(send: SendAction, via: readonly Via[], speech: Speech): SendLine {
  const { action: words } = speech.words.timeline;
  const details: string[] = [];
  if (send.to !== undefined && send.to !== 'billing') details.push(`${words.to} ${send.to}`);
  if (send.copy !== undefined && send.copy.length > 0)
    details.push(`${words.copy} ${speech.format.and(send.copy)}`);
  if (send.from !== undefined) details.push(`${words.signed} ${send.from}`);
  if (send.attach !== undefined && send.attach.length > 0) {
    const named = send.attach.map((one) => namedBy(words.documents, one));
    details.push(`${words.attached} ${speech.format.and(named)}`);
  }
  return {
    kind: 'send',
    message: send.send,
    hops: (send.via ?? via).map(({ channel, patience }) => ({
      channel,
      name: channelName(channel, speech),
      patience: patience === undefined ? undefined : spanOf(patience, speech),
    })),
    details: details.join(', '),
  };
}

function taskText(task: TaskAction, speech: Speech): string {
  const { action: words } = speech.words.timeline;
  const parts = [`${words.task}: ${taskName(task.task, speech)}`];
  if (task.owner !== undefined) parts.push(task.owner);
  if (task.within !== undefined) parts.push(words.within(spanOf(task.within, speech)));
  return parts.join(' · ');
}

function feeText(name: string, rule: FeeRule, speech: Speech): string {
  const { action: words } = speech.words.timeline;
  const base = words.feeOf[rule.base ?? 'dunnable'];
  const parts = tariffParts(rule, base, speech);
  for (const tier of rule.tiers ?? []) {
    const sum = tariffParts(tier, base, speech).join(' + ');
    parts.push(`${words.from(thresholdText(tier.from, speech))}: ${sum}`);
  }
  if (rule.interest !== undefined) {
    const { rate } = rule.interest;
    // Dated rates change; which one holds is a matter of the day, not of the picture.
    parts.push(typeof rate === 'string' ? words.interest(decimalText(rate, speech)) : words.agreedInterest);
  }
  const limits: string[] = [];
  if (rule.min !== undefined) limits.push(words.atLeast(thresholdText(rule.min, speech)));
  if (rule.max !== undefined) limits.push(words.atMost(thresholdText(rule.max, speech)));
  if (rule.per === 'message') limits.push(words.perMessage);
  const tail = limits.length === 0 ? '' : ` (${limits.join(', ')})`;
  return `${words.fee} «${name}»: ${parts.join(rule.tiers === undefined ? ' + ' : '; ')}${tail}`;
}

function tariffParts(tariff: Tariff, base: string, speech: Speech): string[] {
  const parts: string[] = [];
  if (tariff.fixed !== undefined) parts.push(thresholdText(tariff.fixed, speech));
  if (tariff.percent !== undefined) parts.push(`${decimalText(tariff.percent, speech)} % ${base}`);
  return parts;
}

/** A name for an id, where there is one. */
function namedBy(names: Readonly<Record<string, string>>, id: string): string {
  return Object.hasOwn(names, id) ? (names[id] ?? id) : id;
}

/** A line as text: `WhatsApp (24 hours) → Email, to finance`. */
export function lineText(line: Line): string {
  if (line.kind !== 'send') return line.text;
  const hops = line.hops.map(({ name, patience }) =>
    patience === undefined ? name : `${name} · ${patience}`,
  );
  return [hops.join(' → '), ...(line.details === '' ? [] : [line.details])].join(', ');
}

export function isDeed(line: Line): line is DeedLine {
  return line.kind !== 'send';
}
