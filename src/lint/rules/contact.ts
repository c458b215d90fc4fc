import { type Carried, shippedChannels } from '../../contact/traits.js';
import { mainTrigger } from '../../policy/triggers.js';
import { gapDaysOf, type Ladder, type LintContext } from '../context.js';
import { lengthOf } from '../days.js';
import type { LintOptions, RuleCheck } from '../finding.js';

/** Rules about contact rules: gap, caps and windows against what the ladders want. */

/** Stages that write, with known days, by day; none where they come with runs, whatever their days. */
const writing = (ladder: Ladder) =>
  ladder.policy.climb === true ? [] : ladder.byDay.filter((stage) => stage.sends.length > 0);

const starvedByGap: RuleCheck = {
  id: 'starved-by-gap',
  severity: 'warning',
  description: 'Two stages are closer together than the least days between contacts.',
  *check({ ladders, gapDays }) {
    for (const stages of ladders.map(writing)) {
      for (let i = 1; i < stages.length; i++) {
        const [before, now] = [stages[i - 1], stages[i]];
        if (before === undefined || now === undefined) continue;
        const most = mostBetween(before, now);
        const least = now.stage.gap === undefined ? gapDays : gapDaysOf(now.stage.gap);
        // On one day is another rule's concern.
        if (most >= least || most === 0) continue;
        yield {
          path: `${now.path}.at`,
          message: `comes ${most} day${most === 1 ? '' : 's'} after "${before.stage.id}", but ${least} must lie between contacts`,
          fix: 'move the stage, or shorten the gap',
        };
      }
    }
  },
};

/** Most days that can lie between two stages. */
function mostBetween(before: Dated, now: Dated): number {
  const follows = mainTrigger(now.stage).from === 'previous' && now.index === before.index + 1;
  // Counted from the one before it, the distance is known whatever day that one had.
  if (follows && mainTrigger(now.stage).businessDay === undefined)
    return lengthOf(mainTrigger(now.stage).plus).last;
  return now.day.last - before.day.first;
}

type Dated = Ladder['byDay'][number];

const starvedByCap: RuleCheck = {
  id: 'starved-by-cap',
  severity: 'warning',
  description: 'More stages fall into the period of a cap than it allows.',
  *check({ ladders, caps }) {
    for (const stages of ladders.map(writing)) {
      for (const { cap, days, path } of caps) {
        // A calendar week or month may begin between any two of them.
        if (cap.per === undefined) continue;
        const counted = stages.filter(
          (stage) =>
            cap.channel === undefined || stage.sends.some((send) => send.channels[0] === cap.channel),
        );
        for (let i = cap.max; i < counted.length; i++) {
          const [first, now] = [counted[i - cap.max], counted[i]];
          if (first === undefined || now === undefined) continue;
          const most = now.day.last - first.day.first;
          if (most >= days || most === 0) continue;
          yield {
            path: `${now.path}.at`,
            message: `is contact number ${cap.max + 1} within ${days} days, but ${path} allows ${cap.max} per ${cap.per}`,
            fix: 'move the stage, or raise the cap',
          };
          break;
        }
      }
    }
  },
};

const repeatWithinGap: RuleCheck = {
  id: 'repeat-within-gap',
  severity: 'warning',
  description: 'The last stage is repeated faster than gap or caps allow.',
  *check({ ladders, gapDays, caps }) {
    for (const { policy, path } of ladders) {
      if (policy.last?.repeat === undefined) continue;
      const every = lengthOf(policy.last.repeat).last;
      const slowest = Math.max(gapDays, ...caps.map(({ cap, days }) => Math.ceil(days / cap.max)));
      if (every >= slowest) continue;
      yield {
        path: `${path}.last.repeat`,
        message: `repeats every ${every} day${every === 1 ? '' : 's'}, but contact is allowed only every ${slowest} on average`,
        fix: `repeat every ${slowest}d or more`,
      };
    }
  },
};

export const allDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Days of the week on which a channel may be used. */
export function openDays({ documents }: LintContext, channel: string): readonly (typeof allDays)[number][] {
  const windows = (documents.plan.contact?.windows ?? []).filter(
    (window) => window.channels === undefined || window.channels.includes(channel),
  );
  if (windows.length === 0) return allDays;
  return allDays.filter((day) => windows.some((window) => window.days?.includes(day) ?? true));
}

export const channelsIn = ({ sends }: LintContext): readonly string[] => [
  ...new Set(sends.flatMap((send) => send.channels)),
];

const windowOnDaysOff: RuleCheck = {
  id: 'window-on-days-off',
  severity: 'error',
  description: 'A channel may be used only on days that are no business days.',
  *check(context) {
    const weekend: readonly string[] = context.documents.plan.calendar?.weekend ?? ['sat', 'sun'];
    for (const channel of channelsIn(context)) {
      const open = openDays(context, channel);
      if (open.some((day) => !weekend.includes(day))) continue;
      yield {
        path: 'plan.contact.windows',
        message: `${channel} may be used on ${open.join(' and ')} only, which the calendar has as days off`,
        fix: 'open a window on business days, or correct plan.calendar.weekend',
      };
    }
  },
};

const dropLosesDays: RuleCheck = {
  id: 'drop-loses-days',
  severity: 'warning',
  description: 'Stages live for their day only, and on some days of the week nobody may be contacted.',
  *check(context) {
    for (const { policy, path, stages } of context.ladders) {
      if (policy.late !== 'drop') continue;
      const lost = stages.find(
        (stage) =>
          (mainTrigger(stage.stage).businessDay ?? 'as-is') === 'as-is' &&
          stage.sends.length > 0 &&
          stage.sends.every((send) =>
            send.channels.every((channel) => openDays(context, channel).length < 7),
          ),
      );
      if (lost === undefined) continue;
      yield {
        path: `${path}.late`,
        message: `"${lost.stage.id}" is lost whenever its day is one on which contact is closed`,
        fix: 'use late: "latest", or move stages with businessDay',
      };
    }
  },
};

/** Channels that some chain or rule of the documents names beside the contact rules. */
function channelsNamed({ sends, ladders, documents }: LintContext): ReadonlySet<string> {
  const chains = [
    ...sends.map((send) => send.via),
    ...ladders.map((ladder) => ladder.policy.via ?? []),
    ...(documents.plan.adjust ?? []).flatMap((one) =>
      Object.values(one.stages ?? {}).map((change) => change.via ?? []),
    ),
  ];
  return new Set(chains.flat().map((place) => place.channel));
}

const unusedChannelRule: RuleCheck = {
  id: 'unused-channel-rule',
  severity: 'warning',
  description: 'A contact rule speaks of a channel over which nothing is sent.',
  *check(context) {
    const { contact = {} } = context.documents.plan;
    const named = channelsNamed(context);
    if (named.size === 0) return;
    const at: (readonly [path: string, channel: string])[] = [
      ...(contact.windows ?? []).flatMap((window, index) =>
        (window.channels ?? []).map(
          (channel, place) => [`plan.contact.windows[${index}].channels[${place}]`, channel] as const,
        ),
      ),
      ...(contact.caps ?? []).flatMap((cap, index) =>
        cap.channel === undefined ? [] : [[`plan.contact.caps[${index}].channel`, cap.channel] as const],
      ),
      ...Object.keys(contact.gaps ?? {}).map((channel) => [`plan.contact.gaps.${channel}`, channel] as const),
    ];
    for (const [path, channel] of at) {
      if (named.has(channel)) continue;
      yield {
        path,
        message: `nothing is sent over ${channel}, so this rule never matters`,
        fix: 'correct the channel, or take the rule out',
      };
    }
  },
};

const pastHolidays: RuleCheck = {
  id: 'past-holidays',
  severity: 'warning',
  description: 'Every holiday of the calendar has passed, so that holidays to come are business days.',
  *check({ documents, options: { today } }) {
    const holidays = documents.plan.calendar?.holidays ?? [];
    const latest = holidays.reduce((a, b) => (a > b ? a : b), '');
    if (today === undefined || latest === '' || latest >= today) return;
    yield {
      path: 'plan.calendar.holidays',
      message: `the last holiday, ${latest}, has passed; people will be written to on those to come`,
      fix: 'add the holidays of this year and the next',
    };
  },
};

const patienceWithoutNext: RuleCheck = {
  id: 'patience-without-next',
  severity: 'warning',
  description: 'The last channel of a chain has patience, but there is no next one to try.',
  *check({ ladders }) {
    for (const { policy, path, stages, thanks } of ladders) {
      const chains = [
        { at: path, via: policy.via },
        ...[...stages.flatMap((stage) => stage.sends), ...thanks].map((send) => ({
          at: send.path,
          via: send.action.via,
        })),
      ];
      for (const { at, via = [] } of chains) {
        const last = via.at(-1);
        if (last?.patience === undefined) continue;
        yield {
          path: `${at}.via[${via.length - 1}].patience`,
          message: `${last.channel} is the last of the chain, so nothing follows once the patience is over`,
          fix: 'add a channel after it, or take the patience out',
        };
      }
    }
  },
};

/** Whether people are a channel, as far as that is known. */
function isManual(id: string, { channels }: LintOptions): boolean {
  const known =
    channels?.find((channel) => channel.id === id) ?? shippedChannels.find((one) => one.id === id);
  return known?.manual === true;
}

const waitsForPeople: RuleCheck = {
  id: 'waits-for-people',
  severity: 'info',
  description:
    'A call or letter that a person brings has no patience, though another channel comes after it.',
  *check({ ladders, options }) {
    for (const { policy, path, stages, thanks } of ladders) {
      const chains = [
        { at: path, via: policy.via },
        ...[...stages.flatMap((stage) => stage.sends), ...thanks].map((send) => ({
          at: send.path,
          via: send.action.via,
        })),
      ];
      for (const { at, via = [] } of chains)
        for (const [index, { channel, patience }] of via.slice(0, -1).entries()) {
          if (patience !== undefined || !isManual(channel, options)) continue;
          yield {
            path: `${at}.via[${index}]`,
            message: `${channel} waits until somebody tells what came of it; ${via[index + 1]?.channel} has no turn before`,
            fix: 'give it the time that somebody has for it: patience: "48h"',
          };
        }
    }
  },
};

/** What a channel carries, where that is known: of one's own channels only if they say so. */
function carriedBy(id: string, { channels }: LintOptions): readonly Carried[] | undefined {
  const own = channels?.find((channel) => channel.id === id)?.carries;
  if (own !== undefined) return own;
  const shipped = shippedChannels.find((channel) => channel.id === id);
  return shipped === undefined ? undefined : (shipped.carries ?? []);
}

const leftBehind: RuleCheck = {
  id: 'left-behind',
  severity: 'warning',
  description: 'A message is to bring copies or documents along over a channel that carries none.',
  *check({ sends, options }) {
    for (const { action, path, channels } of sends) {
      const asked = [
        ['copy', 'copies', action.copy],
        ['attach', 'attachments', action.attach],
      ] as const;
      for (const [key, what, list] of asked) {
        if (list === undefined || channels.length === 0) continue;
        const without = channels.filter((id) => carriedBy(id, options)?.includes(what) === false);
        if (without.length === 0) continue;
        const none = without.length === channels.length;
        // A copy is a courtesy; a document may be what the message is about.
        if (!none && key === 'copy') continue;
        yield {
          path: `${path}.${key}`,
          message: `${without.join(', ')} ${without.length === 1 ? 'carries' : 'carry'} no ${what}, so the message goes without`,
          fix: none
            ? `send it by e-mail, or take ${key} out`
            : 'name in via only channels that carry them, if the message must not go without',
          ...(none ? {} : { severity: 'info' as const }),
        };
      }
    }
  },
};

export const contactRules: readonly RuleCheck[] = [
  starvedByGap,
  starvedByCap,
  repeatWithinGap,
  windowOnDaysOff,
  dropLosesDays,
  unusedChannelRule,
  pastHolidays,
  patienceWithoutNext,
  waitsForPeople,
  leftBehind,
];
