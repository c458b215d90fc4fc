import { plainSms } from '../../src/channels/sms/plain.js';
import { segmentsOf } from '../../src/channels/sms/segments.js';
import type { LintOptions } from '../../src/lint/index.js';
import { presets } from '../../src/policy/presets/index.js';
import type { Documents, Message, Plan, Policy, Stage, Trigger } from '../../src/policy/types.js';

export const base = presets.balanced({ zone: 'America/Mexico_City', language: 'es' });
export const [ladder] = base.policies as [Policy];
export const smsSegments = (text: string): number => segmentsOf(plainSms(text)).segments;

/** The base with a part of it changed. */
export function plan(change: Partial<Plan>): Documents {
  return { ...base, plan: { ...base.plan, ...change } };
}

export function policy(change: Partial<Policy>): Documents {
  return { ...base, policies: [{ ...ladder, ...change }] };
}

export function stages(change: (stage: Stage, index: number) => Stage): Documents {
  return policy({ stages: ladder.stages.map(change) });
}

/** One stage of the base changed, by id. */
export function stage(id: string, change: Partial<Stage>): Documents {
  return stages((one) => (one.id === id ? { ...one, ...change } : one));
}

export function message(id: string, change: (one: Message) => Message): Documents {
  const messages = base.messages.messages.map((one) => (one.id === id ? change(one) : one));
  return { ...base, messages: { ...base.messages, messages } };
}

/** A text of a message changed, in Spanish. */
export function text(id: string, channel: 'sms' | 'whatsapp', change: (source: string) => string): Documents {
  return message(id, (one) => {
    const variant = one.text.es?.[channel];
    if (typeof variant !== 'object') throw new Error('the presets write one and many');
    return {
      ...one,
      text: { ...one.text, es: { ...one.text.es, [channel]: { ...variant, one: change(variant.one) } } },
    };
  });
}

export const after = (plus: string): Trigger => ({ from: 'due', plus });
export const send = (id: string, tone: Stage['tone'], at: Trigger): Stage => ({
  id,
  tone,
  at,
  do: [{ send: 'reminder' }],
});
export const call: Stage = {
  id: 'call',
  tone: 'formal',
  at: { from: 'previous', plus: '3d' },
  do: [{ task: 'call' }],
};
export const ways: Policy['via'] = [{ channel: 'whatsapp' }, { channel: 'email' }];

/** A seeded defect with what is clean of it. */
export interface Case {
  readonly id: string;
  readonly broken: Documents;
  readonly path: string;
  readonly clean: Documents;
  readonly options?: LintOptions;
  /** Where the clean documents are looked at otherwise. */
  readonly cleanOptions?: LintOptions;
}
