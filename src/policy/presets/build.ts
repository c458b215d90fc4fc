import { answerCauses } from '../answers.js';
import type { Documents, Plan, Policy, Reactions, Via } from '../types.js';
import { presetMessages } from './messages/catalogue.js';
import { aboutOf, type PresetMessage } from './messages/pack.js';
import { named, policyName, presetLanguage } from './names.js';
import { type PresetOptions, week } from './options.js';

/** Makes the three documents of a way to dun. */
export type Preset<O extends PresetOptions = PresetOptions> = (options: O) => Documents;

/**
 * WhatsApp first; e-mail when that was not delivered in a day; SMS when the
 * e-mail was refused. A chain passes over channels that the host does not have
 * and addresses and consents that the contact does not have.
 */
const via: readonly Via[] = [{ channel: 'whatsapp' }, { channel: 'email' }, { channel: 'sms' }];

/** What a preset is made of; the rest all presets have in common. */
export interface PresetParts {
  /** The preset's name, and the id where none is given. */
  readonly id: string;
  /** Stages without names: those are given in the plan's language. */
  readonly policy: Pick<Policy, 'stages'> & Partial<Omit<Policy, 'id' | 'version' | 'name' | 'via'>>;
  /** Least days between two contacts. Default `1d`. */
  readonly gap?: string | undefined;
  /** What the preset says beside contact rules and calendar. */
  readonly plan?: Pick<Plan, 'terms' | 'otherCurrency' | 'blocks'> | undefined;
}

/** Thanks for payment; a promise, a dispute and a reported payment are acknowledged. */
const reactions: Reactions = {
  paid: [{ send: 'thanks' }],
  promised: [{ send: 'promise-noted' }],
  disputed: [{ send: 'dispute-noted' }],
  reported: [{ send: 'payment-noted' }],
};

/** Documents of a preset: its ladder, contact rules that its distances fit into, and the messages it sends. */
export function buildPreset(parts: PresetParts, options: PresetOptions): Documents {
  const id = options.id ?? parts.id;
  const weekend = options.weekend ?? ['sat', 'sun'];
  const language = presetLanguage(options.language ?? 'en');
  const policy: Policy = {
    id,
    version: 1,
    name: policyName(parts.id, language),
    message: { by: 'account', list: 'acting' },
    via,
    ...present(parts.policy),
    stages: named(parts.policy.stages, language),
    on: { ...reactions, ...parts.policy.on },
  };
  return {
    plan: {
      id,
      version: 1,
      zone: options.zone,
      language: options.language ?? 'en',
      default: id,
      contact: {
        gap: parts.gap ?? '1d',
        caps: [
          { max: 1, per: '1d' },
          { max: 3, per: '7d' },
        ],
        windows: [{ days: week.filter((day) => !weekend.includes(day)), from: '09:00', to: '18:00' }],
        closedOnHolidays: true,
      },
      calendar: { weekend: [...weekend], holidays: [...(options.holidays ?? [])] },
      ...present({ ...parts.plan }),
    },
    policies: [policy],
    messages: presetMessages(id, messagesOf(policy)),
  };
}

/** Without members that are undefined: documents are JSON. */
function present<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

/** The messages that a policy sends, each once, in the order in which they first come. */
function messagesOf({ stages, on }: Policy): PresetMessage[] {
  const acts = [
    ...stages.flatMap((stage) => stage.do),
    ...answerCauses.flatMap((cause) => on?.[cause] ?? []),
  ];
  const ids = acts.flatMap((action) => ('send' in action ? [action.send] : []));
  return [...new Set(ids)].filter(isPresetMessage);
}

function isPresetMessage(id: string): id is PresetMessage {
  return Object.hasOwn(aboutOf, id);
}
