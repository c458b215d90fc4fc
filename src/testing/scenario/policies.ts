import type { ChannelKeys, Loose } from '../../schema/index.js';
import { isLoose } from './plain.js';

const days = /^(-?)(\d+(?:d|bd|w|mo))$/;

/** A policy with what scenarios may leave out: id, version, tones, what a stage does, triggers in short. */
export function expandPolicy(policy: Loose): Loose {
  const { stages } = policy;
  return {
    id: 'policy',
    version: 1,
    ...policy,
    ...(Array.isArray(stages)
      ? { stages: stages.map((stage: unknown, index) => expandStage(stage, index, stages.length)) }
      : {}),
  };
}

function expandStage(stage: unknown, index: number, count: number): unknown {
  if (!isLoose(stage)) return stage;
  const { at, ...rest } = stage;
  const tone = index === 0 && count > 1 ? 'friendly' : index === count - 1 ? 'formal' : 'firm';
  return {
    tone,
    ...(typeof stage.id === 'string' ? { do: [{ send: stage.id }] } : {}),
    ...rest,
    ...(at === undefined ? {} : { at: typeof at === 'string' ? triggerOf(at) : at }),
  };
}

/** `3d` after the due date, `-7d` before it. What is neither is left to the library to refuse. */
function triggerOf(text: string): unknown {
  const [, sign, duration] = days.exec(text) ?? [];
  if (duration === undefined) return text;
  return sign === '-' ? { from: 'due', minus: duration } : { from: 'due', plus: duration };
}

/** Gives a policy that names no channel those that there are. */
export function viaOf(policy: Loose, channels: readonly ChannelKeys[]): Loose {
  if (policy.via !== undefined || channels.length === 0) return policy;
  return { ...policy, via: channels.map((one) => ({ channel: one.id })) };
}
