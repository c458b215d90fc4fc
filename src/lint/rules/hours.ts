import { mainTrigger } from '../../policy/triggers.js';
import type { ContactWindow } from '../../policy/types.js';
import type { LintContext } from '../context.js';
import { lengthOf } from '../days.js';
import type { RuleCheck } from '../finding.js';
import { allDays, channelsIn, openDays } from './contact.js';

/** Rules about hours, and about how much contact is let through. */

const windowsOf = ({ documents }: LintContext): readonly ContactWindow[] =>
  documents.plan.contact?.windows ?? [];

const timeAfterHours: RuleCheck = {
  id: 'time-after-hours',
  severity: 'warning',
  description: 'A stage acts from an hour at which contact is over for the day.',
  *check(context) {
    for (const { policy, path, stages } of context.ladders) {
      const told = new Set<string>();
      for (const { stage, path: at, sends } of stages) {
        const time = stage.time ?? policy.time;
        if (time === undefined || sends.length === 0) continue;
        const closes = sends.flatMap((send) => send.channels.map((channel) => closing(context, channel)));
        const last = closes.reduce((a, b) => (a > b ? a : b), '');
        const place = stage.time === undefined ? `${path}.time` : `${at}.time`;
        if (last === '' || time < last || told.has(place)) continue;
        told.add(place);
        yield {
          path: place,
          message: `is meant for ${time}, but contact ends at ${last}: it goes out when contact opens again, a day late or more`,
          fix: 'choose a time before contact ends, or open the window longer',
        };
      }
    }
  },
};

/** When a channel closes at the latest on any day. */
function closing(context: LintContext, channel: string): string {
  const own = windowsOf(context).filter(
    ({ channels }) => channels === undefined || channels.includes(channel),
  );
  return own.length === 0 ? '24:01' : own.reduce((a, { to }) => (a > to ? a : to), '');
}

const nightHours: RuleCheck = {
  id: 'night-hours',
  severity: 'warning',
  description: 'A contact window is open at night.',
  *check(context) {
    for (const [index, { from, to, channels }] of windowsOf(context).entries()) {
      // An e-mail wakes nobody.
      if (channels?.every((channel) => channel === 'email') === true) continue;
      if (from >= '07:00' && to <= '21:00') continue;
      yield {
        path: `plan.contact.windows[${index}].${from < '07:00' ? 'from' : 'to'}`,
        message: `people may be written to ${from < '07:00' ? `from ${from}` : `until ${to}`}`,
        fix: 'keep windows for phones between 07:00 and 21:00',
      };
    }
  },
};

const noContactHours: RuleCheck = {
  id: 'no-contact-hours',
  severity: 'warning',
  description: 'Phones are written to, and nothing says at which hours.',
  *check(context) {
    if (windowsOf(context).length > 0) return;
    const phones = channelsIn(context).filter((channel) => channel === 'whatsapp' || channel === 'sms');
    if (phones.length === 0) return;
    const timed = context.ladders.every(({ policy, stages }) =>
      stages.every(
        ({ stage, sends }) => sends.length === 0 || (stage.time ?? policy.time ?? '00:00') >= '07:00',
      ),
    );
    if (timed) return;
    yield {
      path: 'plan.contact',
      message: `${phones.join(' and ')} may ring at any hour of day and night`,
      fix: 'write windows, such as { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "18:00" }',
    };
  },
};

const expiresOnDaysOff: RuleCheck = {
  id: 'expires-on-days-off',
  severity: 'warning',
  description: 'A stage may expire over days on which contact is closed.',
  *check(context) {
    for (const { stage, path, sends } of context.ladders.flatMap((ladder) => ladder.stages)) {
      if (stage.expires === undefined || sends.length === 0) continue;
      if ((mainTrigger(stage).businessDay ?? 'as-is') !== 'as-is') continue;
      const closed = Math.min(
        ...sends.flatMap((send) => send.channels.map((channel) => longestClosed(openDays(context, channel)))),
      );
      const lives = lengthOf(stage.expires).last;
      if (closed === Number.POSITIVE_INFINITY || lives >= closed) continue;
      yield {
        path: `${path}.expires`,
        message: `lives for ${lives} day${lives === 1 ? '' : 's'} after its own, and contact may be closed for ${closed}`,
        fix: `let it live ${closed}d or more, or move it with businessDay`,
      };
    }
  },
};

/** Most days in a row on which a channel is closed, week after week. */
function longestClosed(open: readonly string[]): number {
  let longest = 0;
  let run = 0;
  for (const day of [...allDays, ...allDays]) {
    run = open.includes(day) ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return Math.min(longest, 7);
}

const unlimitedContact: RuleCheck = {
  id: 'unlimited-contact',
  severity: 'warning',
  description: 'Neither a gap nor a cap limits how often people are written to.',
  *check({ documents, gapDays, caps }) {
    if (gapDays > 0 || caps.length > 0) return;
    yield {
      path: documents.plan.contact?.caps === undefined ? 'plan.contact.gap' : 'plan.contact.caps',
      message: 'one customer may be written to any number of times on a day',
      fix: 'write a gap, such as "1d", or caps, such as [{ max: 1, per: "1d" }]',
    };
  },
};

const consentOff: RuleCheck = {
  id: 'consent-off',
  severity: 'warning',
  description: 'Reminders go to phones without asking for consent.',
  *check({ documents }) {
    for (const [channel, rule] of Object.entries(documents.plan.contact?.consent ?? {})) {
      if (channel !== 'whatsapp' && channel !== 'sms') continue;
      const dunning = typeof rule === 'object' ? rule.dunning : rule;
      if (dunning !== 'off') continue;
      yield {
        path: `plan.contact.consent.${channel}${typeof rule === 'object' ? '.dunning' : ''}`,
        message: `nobody is asked whether they want reminders by ${channel}`,
        fix: 'write "required", or "contract" where you have a basis for it',
      };
    }
  },
};

const lastWorkedIdle: RuleCheck = {
  id: 'last-worked-idle',
  severity: 'info',
  description: 'The channel that worked last can never come before another.',
  *check({ documents, sends }) {
    const { lastWorked } = documents.plan.contact ?? {};
    if (lastWorked === undefined) return;
    // As a fallback it comes behind the first: with two there is nothing to choose.
    const needed = lastWorked === 'first' ? 2 : 3;
    if (sends.some(({ via }) => via.length >= needed)) return;
    yield {
      path: 'plan.contact.lastWorked',
      message: `no message names ${needed} channels or more`,
      fix: 'name more channels, or leave it out',
    };
  },
};

export const hourRules: readonly RuleCheck[] = [
  timeAfterHours,
  nightHours,
  noContactHours,
  expiresOnDaysOff,
  unlimitedContact,
  consentOff,
  lastWorkedIdle,
];
