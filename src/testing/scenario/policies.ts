import type { ChannelKeys, Loose } from '../../schema/index.js';
import { isLoose } from './plain.js';

/** A policy with what scenarios may leave out: id, version, tones, what a stage does, triggers in short. */
export function expandPolicy(policy: Loose): Loose {
  const { stages, unit, on } = policy;
  return {
    id: 'policy',
    version: 1,
    ...policy,
    ...chainOf(policy),
    ...(isLoose(on)
      ? { on: Object.fromEntries(Object.entries(on).map(([cause, actions]) => [cause, actionsOf(actions)])) }
      : {}),
    ...(isLoose(unit) && typeof unit.group === 'string' ? { unit: { ...unit, group: [unit.group] } } : {}),
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
    ...(rest.do === undefined ? {} : { do: actionsOf(rest.do) }),
    ...(at === undefined ? {} : { at: isLoose(at) ? at : triggerOf(at) }),
  };
}

/** A chain of channels by their names: `via: email`. */
function chainOf({ via }: Loose): Loose {
  if (via === undefined) return {};
  const places = Array.isArray(via) ? via : [via];
  return { via: places.map((one: unknown) => (typeof one === 'string' ? { channel: one } : one)) };
}

function actionsOf(actions: unknown): unknown {
  const all = isLoose(actions) ? [actions] : actions;
  if (!Array.isArray(all)) return all;
  return all.map((one: unknown) => (isLoose(one) ? { ...one, ...chainOf(one) } : one));
}

/** `3d` after the due date, `-7d` before it. What is no duration is left to the library to refuse. */
function triggerOf(at: unknown): unknown {
  if (typeof at === 'string' && at.startsWith('-')) return { from: 'due', minus: at.slice(1) };
  return typeof at === 'string' || typeof at === 'number' ? { from: 'due', plus: at } : at;
}

/** Gives a policy that names no channel those that there are. */
export function viaOf(policy: Loose, channels: readonly ChannelKeys[]): Loose {
  if (policy.via !== undefined || channels.length === 0) return policy;
  return { ...policy, via: channels.map((one) => ({ channel: one.id })) };
}
