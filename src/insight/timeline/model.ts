import { parseDuration } from '../../calendar/index.js';
import { defaultCaps, defaultGap } from '../../contact/gate.js';
import { mainTrigger } from '../../policy/triggers.js';
import type {
  Action,
  Documents,
  Plan,
  Policy,
  SendAction,
  Stage,
  TaskAction,
  Tone,
  Trigger,
  Via,
  Weekday,
} from '../../policy/types.js';
import { channelName, type Speech, spanOf } from '../words/index.js';
import { conditionText } from './conditions.js';

/** One message of a stage: channels in their order. */
export interface SendLine {
  readonly message: string;
  readonly to: string | undefined;
  readonly via: readonly string[];
}

/** A stage as it is drawn. */
export interface StageRow {
  readonly id: string;
  readonly name: string;
  readonly tone: Tone;
  /** `−7`, `0`, `+10`; undefined for stages that do not count from the due date. */
  readonly offset: string | undefined;
  readonly unit: string;
  /** Offset and unit in the least space: `+10`, `+1 mo`. */
  readonly short: string | undefined;
  /** Days from the due date, roughly where months or business days are meant. */
  readonly day: number | undefined;
  readonly sends: readonly SendLine[];
  readonly tasks: readonly string[];
  /** What else is to be known: trigger, condition, business-day rule. */
  readonly notes: readonly string[];
}

/** Everything that the picture of one policy shows. */
export interface PolicyModel {
  readonly id: string;
  readonly name: string;
  /** Who is under it, and the rules that hold for all stages. */
  readonly rules: readonly string[];
  readonly stages: readonly StageRow[];
  readonly repeat: string | undefined;
  readonly thanks: readonly SendLine[];
}

const defaultVia: readonly Via[] = [{ channel: 'whatsapp' }, { channel: 'email' }, { channel: 'sms' }];
const roughDays: Readonly<Record<string, number>> = { d: 1, w: 7, mo: 30.4, bd: 1.4 };

/** What is to be drawn of a policy. */
export function modelOf(documents: Pick<Documents, 'plan'>, policy: Policy, speech: Speech): PolicyModel {
  const via = policy.via ?? defaultVia;
  const rows = policy.stages.map((stage) => stageRow(stage, via, speech));
  // Ladders count from the due date as a rule: in the order of their days then, else as written.
  const dated = rows.every((row) => row.day !== undefined);
  const { timeline } = speech.words;
  return {
    id: policy.id,
    name: policy.name ?? policy.id,
    rules: rulesOf(documents.plan, policy, speech),
    stages: dated ? [...rows].sort((a, b) => (a.day ?? 0) - (b.day ?? 0)) : rows,
    repeat:
      policy.last?.repeat === undefined
        ? undefined
        : timeline.repeats(spanOf(policy.last.repeat, speech), policy.last.times ?? 1),
    thanks: (policy.on?.paid ?? []).map((send) => sendLine(send, via, speech)),
  };
}

function stageRow(stage: Stage, via: readonly Via[], speech: Speech): StageRow {
  const { timeline } = speech.words;
  const at = mainTrigger(stage);
  const offset = offsetOf(at);
  const fromDue = at.from === 'due';
  const notes: string[] = [];
  if (!fromDue) notes.push(basisText(at, speech));
  if (at.businessDay === 'next' || at.businessDay === 'previous')
    notes.push(timeline.businessDay[at.businessDay]);
  if (stage.when !== undefined) notes.push(`${timeline.onlyIf}: ${conditionText(stage.when, speech)}`);
  const sends = stage.do.filter(isSend).map((send) => sendLine(send, via, speech));
  const tasks = stage.do.filter(isTask).map((task) => taskText(task, speech));
  if (sends.length + tasks.length === 0) notes.push(timeline.nothingToDo);
  return {
    id: stage.id,
    name: stage.name ?? stage.id,
    tone: stage.tone,
    offset: fromDue ? signed(offset.count) : undefined,
    unit: unitOf(offset, speech),
    short: fromDue ? shortOf(offset, speech) : undefined,
    day: fromDue ? offset.count * (roughDays[offset.unit] ?? 1) : undefined,
    sends,
    tasks,
    notes,
  };
}

interface Offset {
  readonly count: number;
  readonly unit: 'd' | 'bd' | 'w' | 'mo';
}

function offsetOf(trigger: Trigger): Offset {
  const { count, unit } = parseDuration(trigger.plus ?? trigger.minus ?? '0d');
  // Triggers count days, business days, weeks or months; hours move no date.
  const plain = unit === 'h' || unit === 'min' ? 'd' : unit;
  return { count: trigger.plus === undefined && count > 0 ? -count : count, unit: plain };
}

function unitOf({ count, unit }: Offset, { words }: Speech): string {
  if (count === 0) return words.timeline.dueDay;
  const [one, many] = words.shortUnits[unit];
  return Math.abs(count) === 1 ? one : many;
}

function shortOf({ count, unit }: Offset, { words }: Speech): string {
  return unit === 'd' || count === 0 ? signed(count) : `${signed(count)} ${words.tinyUnits[unit]}`;
}

function signed(count: number): string {
  if (count === 0) return '0';
  return count < 0 ? `−${-count}` : `+${count}`;
}

function basisText(trigger: Trigger, speech: Speech): string {
  const { timeline } = speech.words;
  const span = spanOf(trigger.plus ?? trigger.minus ?? '0d', speech);
  if (trigger.from === 'issue') return timeline.fromIssue(span);
  return trigger.from === 'opened' ? timeline.fromOpened(span) : timeline.fromPrevious(span);
}

function sendLine(send: SendAction, via: readonly Via[], speech: Speech): SendLine {
  return {
    message: send.send,
    to: send.to === undefined || send.to === 'billing' ? undefined : send.to,
    via: (send.via ?? via).map(({ channel }) => channelName(channel, speech)),
  };
}

function taskText(task: TaskAction, speech: Speech): string {
  const { timeline } = speech.words;
  const parts = [
    `${timeline.task}: ${task.task}`,
    ...(task.owner === undefined ? [] : [task.owner]),
    ...(task.within === undefined ? [] : [timeline.within(spanOf(task.within, speech))]),
  ];
  return parts.join(' · ');
}

function rulesOf(plan: Plan, policy: Policy, speech: Speech): string[] {
  const { timeline } = speech.words;
  const rules = [assignmentText(plan, policy, speech)];
  const grouping = policy.message?.by === 'invoice' ? timeline.perInvoice : timeline.perAccount;
  rules.push(policy.message?.list === 'overdue' ? `${grouping}; ${timeline.listOverdue}` : grouping);
  const { gap, caps, windows } = plan.contact ?? {};
  const limits = (caps ?? defaultCaps).map((cap) => timeline.cap(cap.max, spanOf(cap.per, speech)));
  const distance = gap === 'none' ? timeline.noGap : timeline.gap(spanOf(gap ?? defaultGap, speech));
  rules.push(capital([distance, ...limits].join(', ')));
  for (const window of windows ?? []) {
    const days = window.days === undefined ? '' : `${daysText(window.days, speech)} `;
    const named = window.channels?.map((channel) => channelName(channel, speech)).join(', ');
    const channels = named === undefined ? '' : ` (${named})`;
    rules.push(capital(`${timeline.hours}: ${days}${window.from}–${window.to}${channels}`));
  }
  rules.push(
    capital(`${timeline.late[policy.late ?? 'latest']}; ${timeline.entry[policy.entry ?? 'first']}`),
  );
  return rules;
}

const week: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** `Mon–Fri, Sun`: three days in a row or more are a span. */
function daysText(days: readonly Weekday[], { words }: Speech): string {
  const runs: Weekday[][] = [];
  week.forEach((day, index) => {
    if (!days.includes(day)) return;
    const last = runs.at(-1);
    if (last !== undefined && last.at(-1) === week[index - 1]) last.push(day);
    else runs.push([day]);
  });
  return runs
    .map((run) => run.map((day) => words.weekdays[day] ?? day))
    .map((names) => (names.length > 2 ? `${names[0]}–${names.at(-1)}` : names.join(', ')))
    .join(', ');
}

const mostNamed = 4;

function assignmentText(plan: Plan, policy: Policy, { words }: Speech): string {
  const { timeline } = words;
  const parts: string[] = [];
  for (const kind of ['segment', 'account', 'invoice'] as const) {
    const named = (plan.assign ?? []).flatMap((one) => {
      const target = one[kind];
      return one.policy === policy.id && target !== undefined ? [target] : [];
    });
    if (named.length === 0) continue;
    const more = named.length > mostNamed ? ` +${named.length - mostNamed}` : '';
    parts.push(`${timeline.assignedTo[kind]} ${named.slice(0, mostNamed).join(', ')}${more}`);
  }
  if (plan.default === policy.id) {
    const alone = (plan.assign ?? []).length === 0;
    parts.push(alone ? timeline.assignedAll : timeline.assignedDefault);
  }
  return capital(parts.length === 0 ? timeline.notAssigned : parts.join('; '));
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function isSend(action: Action): action is SendAction {
  return 'send' in action;
}

function isTask(action: Action): action is TaskAction {
  return 'task' in action;
}
