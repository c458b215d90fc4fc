import { formatDay, instantAt } from '../../calendar/index.js';
import { minuteOf } from '../bounds.js';
import type { CompiledStage } from '../compile.js';
import { reportCondition } from '../condition-report.js';
import { requestOf } from '../contact-request.js';
import { graceEndOf } from '../grace.js';
import { lastDayOf } from '../schedule.js';
import { reportMinimum } from './amount-ways.js';
import type { Asked, Failure, Noted } from './asked.js';
import { capsBelow } from './condition-guard.js';
import { underWay } from './failures.js';
import { type Guard, guards } from './guards.js';
import { choiceOf } from './recipient-ways.js';
import { seenOf } from './seen-of.js';
import type {
  ConditionInputs,
  ContactInputs,
  DateInputs,
  OwedInputs,
  PolicyInputs,
  RecipientInputs,
  Tried,
} from './types.js';

/**
 * The guards in order with what they looked at, up to the one that failed, or
 * all of them. Of a stage that the ladder has passed only that which failed then.
 */
export function triedOf(asked: Asked, noted: Noted | undefined, failure: Failure | undefined): Tried[] {
  const tried: Tried[] = [];
  for (const guard of guards) {
    const failed = failure?.guard === guard;
    if (failure?.past === true && !failed) continue;
    const one = answerOf(asked, noted, guard, failed ? failure : undefined);
    if (one !== undefined) tried.push(one);
    if (failed) break;
  }
  return tried;
}

/** What a guard answered; undefined where it was not asked, as whom to write to of a stage without a message. */
function answerOf(
  asked: Asked,
  noted: Noted | undefined,
  guard: Guard,
  failure: Failure | undefined,
): Tried | undefined {
  const passed = failure === undefined;
  const base = passed ? { passed } : { passed, reason: failure.reason };
  switch (guard) {
    case 'owed':
      return { guard, ...base, inputs: owedInputs(asked) };
    case 'account':
      return { guard, ...base, inputs: { known: asked.view.file.account !== undefined } };
    case 'policy':
      return { guard, ...base, inputs: policyInputs(asked) };
    case 'not_blocked': {
      const { dunnable, currency, blocks } = asked.unit;
      const { assigned } = asked.view.file;
      const handed = asked.case?.handed;
      const inputs = {
        dunnable,
        currency,
        blocks,
        ...(assigned === undefined ? {} : { assigned: assigned.owner }),
        ...(handed === undefined ? {} : { handed: handed.to }),
      };
      return { guard, ...base, inputs };
    }
    case 'not_under_way': {
      const acts = underWay(asked).map(({ id, state, stage }) => ({ id, state, stage }));
      return { guard, ...base, inputs: { acts } };
    }
    case 'date':
      return { guard, ...base, inputs: dateInputs(asked, noted) };
    case 'condition':
      return noted === undefined && passed
        ? undefined
        : { guard, ...base, inputs: conditionInputs(asked, noted?.stage) };
    case 'order': {
      const stage = failure?.first;
      const on = failure?.past === true ? noted?.mark?.on : undefined;
      const inputs = { ...(stage === undefined ? {} : { stage }), ...(on === undefined ? {} : { on }) };
      return { guard, ...base, inputs };
    }
    case 'recipient': {
      const inputs = recipientInputs(asked, noted?.stage);
      return inputs === undefined ? undefined : { guard, ...base, inputs };
    }
    case 'contact_rules': {
      const inputs = contactInputs(asked, noted?.stage);
      return inputs === undefined ? undefined : { guard, ...base, inputs };
    }
  }
}

function owedInputs({ engine, unit, settled }: Asked): OwedInputs {
  const item = settled?.item ?? unit.lead;
  const { status, type } = item.invoice;
  const tolerance = engine.tolerance.get(unit.currency);
  return {
    status,
    ...(type === undefined ? {} : { type }),
    outstanding: unit.outstanding,
    charges: item.charges,
    currency: unit.currency,
    ...(tolerance === undefined ? {} : { tolerance }),
  };
}

function policyInputs({ policy, assignment, view, unit }: Asked): PolicyInputs {
  const scope = policy?.policy.scope;
  return {
    ...(policy === undefined ? {} : { policy: policy.ref }),
    by: assignment.by,
    ...(assignment.segment === undefined ? {} : { segment: assignment.segment }),
    ...(scope === undefined ? {} : { scope: reportCondition(scope, { view, unit }) }),
  };
}

function dateInputs({ engine, view, unit, policy, case: one }: Asked, noted: Noted | undefined): DateInputs {
  const { due } = unit;
  const day = noted?.day;
  const stage = noted?.stage;
  const minute = stage === undefined ? undefined : minuteOf(view, stage);
  const lastDay = stage === undefined ? undefined : lastDayOf(engine, stage, unit, day);
  const grace =
    policy?.grace === undefined || due === undefined ? undefined : graceEndOf(engine, policy, due);
  return {
    today: view.on,
    ...(day === undefined ? {} : { day: formatDay(day) }),
    from: [...new Set(stage?.triggers.map(({ basis }) => basis))],
    ...(due === undefined ? {} : { due: formatDay(due) }),
    ...(grace === undefined ? {} : { graceUntil: formatDay(grace) }),
    ...(one?.notBefore === undefined ? {} : { notBefore: one.notBefore }),
    ...(one === undefined || one.shift === 0 ? {} : { shift: one.shift }),
    ...(minute === undefined || day === undefined
      ? {}
      : { hour: instantAt(Math.max(day, view.today), minute, view.zone) }),
    ...(lastDay === undefined ? {} : { lastDay: formatDay(lastDay) }),
  };
}

function conditionInputs(
  { engine, view, unit, policy, case: one }: Asked,
  stage: CompiledStage | undefined,
): ConditionInputs {
  const hardship = view.file.account?.hardship === true ? { hardship: true as const } : {};
  if (stage === undefined || policy === undefined) return hardship;
  const [cap] = capsBelow(policy, view, unit, stage);
  const { when } = stage.stage;
  const { minimum } = stage;
  return {
    ...hardship,
    ...(cap === undefined ? {} : { cap: cap.found }),
    ...(when === undefined ? {} : { condition: reportCondition(when, { view, unit, case: one, policy }) }),
    ...(minimum === undefined ? {} : { minimum: reportMinimum(engine, policy, minimum, stage, view, unit) }),
  };
}

function recipientInputs(asked: Asked, stage: CompiledStage | undefined): RecipientInputs | undefined {
  const seen = seenOf(asked, stage);
  if (seen === undefined) return undefined;
  const chosen = choiceOf(asked.engine, asked.view.file, seen);
  return { passed: [...seen.refusals], ...(chosen === undefined ? {} : { chosen }) };
}

function contactInputs(asked: Asked, stage: CompiledStage | undefined): ContactInputs | undefined {
  const seen = seenOf(asked, stage);
  if (seen?.place === undefined || stage === undefined) return undefined;
  const { wanted, place } = seen;
  const { contact, channel, contactZones } = requestOf(asked.view, { wanted, place }, asked.view.now);
  const permission = asked.seen.permissionOf(wanted.case.id, stage.stage.id);
  const at = permission === undefined ? asked.view.now : permission.at;
  return {
    ...(contact === undefined ? {} : { contact }),
    channel,
    zone: contactZones[0] ?? asked.view.zone,
    ...(at === undefined ? {} : { at }),
  };
}
