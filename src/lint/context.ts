import { parseDuration } from '../calendar/index.js';
import { defaultCaps, defaultGap } from '../contact/gate.js';
import { type CompiledMessages, compileMessages } from '../messages/index.js';
import { answerCauses } from '../policy/answers.js';
import type {
  ContactCap,
  Documents,
  Message,
  Policy,
  SendAction,
  Stage,
  Tone,
  Via,
} from '../policy/types.js';
import { type DayRange, stageDays } from './days.js';
import type { LintOptions } from './finding.js';

/** Channels of a policy that names none, as the engine has them. */
export const defaultVia: readonly Via[] = [{ channel: 'whatsapp' }, { channel: 'email' }, { channel: 'sms' }];

export const severityOfTone: Readonly<Record<Tone, number>> = { friendly: 0, firm: 1, formal: 2 };

/** A stage with where it stands and when it acts, counted from the due date. */
export interface LadderStage {
  readonly stage: Stage;
  readonly path: string;
  readonly index: number;
  /** Days after the due date; absent where the documents do not tell (counted from issue or opening). */
  readonly day: DayRange | undefined;
  readonly sends: readonly Send[];
}

/** A message sent, by a stage or in thanks. */
export interface Send {
  readonly path: string;
  readonly action: SendAction;
  /** Channels of the chain that are set up. */
  readonly channels: readonly string[];
  /** The whole chain as written. */
  readonly via: readonly Via[];
}

/** A policy laid out. */
export interface Ladder {
  readonly policy: Policy;
  readonly path: string;
  /** In document order. */
  readonly stages: readonly LadderStage[];
  /** Stages whose day is known, by day; ties in document order. */
  readonly byDay: readonly (LadderStage & { readonly day: DayRange })[];
  readonly thanks: readonly Send[];
}

/** Documents as rules like to see them. */
export interface LintContext {
  readonly documents: Documents;
  readonly options: LintOptions;
  readonly ladders: readonly Ladder[];
  /** Every message that is sent, with who sends it. */
  readonly sends: readonly Send[];
  readonly messages: ReadonlyMap<string, { readonly message: Message; readonly path: string }>;
  readonly compiled: CompiledMessages;
  readonly gapDays: number;
  readonly caps: readonly {
    readonly cap: ContactCap;
    readonly days: number;
    readonly path: string;
  }[];
  /** The language of whoever says none. */
  readonly language: string;
}

/** Lays documents out. They must be valid: parsing them sees to it. */
export function contextOf(documents: Documents, options: LintOptions): LintContext {
  const { plan, policies, messages } = documents;
  const ladders = policies.map((policy, index) => ladderOf(policy, `policies[${index}]`, options));
  const { gap = defaultGap, caps = defaultCaps } = plan.contact ?? {};
  return {
    documents,
    options,
    ladders,
    sends: ladders.flatMap((ladder) => [...ladder.stages.flatMap((stage) => stage.sends), ...ladder.thanks]),
    messages: new Map(
      messages.messages.map((message, index) => [
        message.id,
        { message, path: `messages.messages[${index}]` },
      ]),
    ),
    compiled: compileMessages(messages),
    gapDays: gapDaysOf(gap),
    caps: caps.map((cap, index) => ({
      cap,
      days: cap.per === undefined ? (cap.in === 'week' ? 7 : 30) : parseDuration(cap.per).count,
      path: plan.contact?.caps === undefined ? 'plan.contact' : `plan.contact.caps[${index}]`,
    })),
    language: plan.language ?? 'en',
  };
}

/** Least days from one contact to the next; 36 hours are two of them. */
export function gapDaysOf(gap: string): number {
  if (gap === 'none') return 0;
  const { count, unit } = parseDuration(gap);
  return unit === 'h' ? Math.ceil(count / 24) : count;
}

function ladderOf(policy: Policy, path: string, options: LintOptions): Ladder {
  const stages: LadderStage[] = [];
  policy.stages.forEach((stage, index) => {
    const at = `${path}.stages[${index}]`;
    stages.push({
      stage,
      path: at,
      index,
      day: stageDays(stage, {
        previous: stages[index - 1]?.day,
        deadline: policy.stages[index - 1]?.deadline,
        grace: policy.grace,
      }),
      sends: stage.do.flatMap((action, place) =>
        'send' in action ? [sendOf(action, `${at}.do[${place}]`, policy, options)] : [],
      ),
    });
  });
  return {
    policy,
    path,
    stages,
    byDay: stages
      .flatMap((stage) => (stage.day === undefined ? [] : [{ ...stage, day: stage.day }]))
      .sort((a, b) => a.day.first - b.day.first || a.index - b.index),
    thanks: answerCauses.flatMap((cause) =>
      (policy.on?.[cause] ?? []).map((action, place) =>
        sendOf(action, `${path}.on.${cause}[${place}]`, policy, options),
      ),
    ),
  };
}

function sendOf(action: SendAction, path: string, policy: Policy, options: LintOptions): Send {
  const via = action.via ?? policy.via ?? defaultVia;
  const known = options.channels?.map((channel) => channel.id);
  const channels = via
    .map((place) => place.channel)
    .filter((id) => known === undefined || known.includes(id));
  return { path, action, channels, via };
}
