import { defaultCaps, defaultGap } from '../../contact/gate.js';
import type { MessageKey, Plan, Policy, Weekday } from '../../policy/types.js';
import { conditionText } from '../../words/conditions.js';
import { channelName, keyName, type Speech, spanOf } from '../words/index.js';
import { capital } from './conditions.js';
import type { Rule } from './rows.js';

/** Who is under a policy, and the rules that hold for all of its stages. */
export function rulesOf(plan: Plan, policy: Policy, speech: Speech): Rule[] {
  const { about } = speech.words.timeline;
  const parts: Readonly<Record<keyof typeof about.headings, readonly string[]>> = {
    who: whoText(plan, policy, speech),
    climbs: climbsText(policy, speech),
    messages: messagesText(policy, speech),
    contacts: contactsText(plan, speech),
    hours: hoursText(plan, policy, speech),
    late: lateText(policy, speech),
    pauses: pausesText(policy, speech),
    more: moreText(plan, policy, speech),
  };
  return (Object.keys(about.headings) as (keyof typeof about.headings)[])
    .filter((key) => parts[key].length > 0)
    .map((key) => ({ heading: about.headings[key], text: capital(parts[key].join('; ')) }));
}

const mostNamed = 4;

function whoText(plan: Plan, policy: Policy, speech: Speech): string[] {
  const { about } = speech.words.timeline;
  const parts: string[] = [];
  const assign = plan.assign ?? [];
  for (const kind of ['invoice', 'account', 'branch', 'entity', 'area', 'segment'] as const) {
    const named = assign.flatMap((one) => {
      const target = one[kind];
      if (one.policy !== policy.id || target === undefined) return [];
      return [`${target}${shareOf(one.pilot?.percent, speech)}`];
    });
    if (named.length === 0) continue;
    const more = named.length > mostNamed ? ` +${named.length - mostNamed}` : '';
    parts.push(`${about.named[kind]} ${named.slice(0, mostNamed).join(', ')}${more}`);
  }
  for (const { id, arms } of plan.experiments ?? []) {
    if (arms.some((arm) => arm.policy === policy.id)) parts.push(`${about.named.experiment} ${id}`);
  }
  const general = assign.find((one) => one.policy === policy.id && namesNobody(one));
  if (general !== undefined) parts.push(`${about.everyoneElse}${shareOf(general.pilot?.percent, speech)}`);
  else if (plan.default === policy.id) parts.push(assign.length === 0 ? about.everyone : about.everyoneElse);
  if (parts.length === 0) parts.push(about.nobody);
  if (policy.scope !== undefined) parts.push(`${about.scope} ${conditionText(policy.scope, speech)}`);
  return parts;
}

function namesNobody(one: NonNullable<Plan['assign']>[number]): boolean {
  return [one.invoice, one.account, one.branch, one.entity, one.area, one.segment].every(
    (target) => target === undefined,
  );
}

function shareOf(percent: number | undefined, speech: Speech): string {
  if (percent === undefined) return '';
  return ` (${speech.words.timeline.about.share(speech.format.count(percent))})`;
}

function climbsText(policy: Policy, speech: Speech): string[] {
  const { about } = speech.words.timeline;
  const parts: string[] = [];
  if (policy.unit === undefined || policy.unit === 'item') parts.push(about.item);
  else {
    const keys = policy.unit.group.map((key) => keyName(key, speech));
    parts.push(about.group(keys.join(' + ')), about.carrier[policy.unit.carrier ?? 'recompute']);
  }
  if (policy.level === 'state') parts.push(about.state, about.reentry[policy.reentry ?? 'once']);
  if (policy.climb === true) parts.push(about.climb);
  return parts;
}

function messagesText(policy: Policy, speech: Speech): string[] {
  const { about } = speech.words.timeline;
  const { by = 'account', list = 'acting', levels = 'own' } = policy.message ?? {};
  const keys = (Array.isArray(by) ? by : [by]).map((key: MessageKey) => keyName(key, speech));
  const parts = [about.messagePer(keys.join(' + '))];
  if (list !== 'acting') parts.push(about.list[list]);
  if (levels !== 'own') parts.push(about.levels[levels]);
  return parts;
}

function contactsText(plan: Plan, speech: Speech): string[] {
  const { about } = speech.words.timeline;
  const { gap, caps } = plan.contact ?? {};
  const distance = gap === 'none' ? about.noGap : about.gap(spanOf(gap ?? defaultGap, speech));
  const limits = (caps ?? defaultCaps).map((cap) => {
    const channel = cap.channel === undefined ? '' : ` (${channelName(cap.channel, speech)})`;
    const limit =
      cap.in === 'week' || cap.in === 'month'
        ? about.capOf(cap.max, cap.in)
        : about.cap(cap.max, cap.per === undefined ? '' : spanOf(cap.per, speech));
    return `${limit}${channel}`;
  });
  return [distance, ...limits];
}

function hoursText(plan: Plan, policy: Policy, speech: Speech): string[] {
  const windows = (plan.contact?.windows ?? []).map((window) => {
    const days = window.days === undefined ? '' : `${daysText(window.days, speech)} `;
    const named = window.channels?.map((channel) => channelName(channel, speech)).join(', ');
    return `${days}${window.from}–${window.to}${named === undefined ? '' : ` (${named})`}`;
  });
  if (policy.time !== undefined) windows.push(speech.words.timeline.stage.fromTime(policy.time));
  return windows;
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

function lateText(policy: Policy, speech: Speech): string[] {
  const { about } = speech.words.timeline;
  if (policy.level === 'state') return [];
  const entry = about.entry[policy.entry ?? 'first'];
  // With runs on request each brings one stage, however late.
  return policy.climb === true ? [entry] : [about.late[policy.late ?? 'latest'], entry];
}

function pausesText(policy: Policy, speech: Speech): string[] {
  const { about } = speech.words.timeline;
  // After a pause a level is what its conditions make it.
  if (policy.level === 'state') return [];
  const restart = policy.restart ?? '1d';
  const after = restart === '0d' ? '' : `, ${about.restart(spanOf(restart, speech))}`;
  return [`${about.resume[policy.resume ?? 'next']}${after}`];
}

function moreText(plan: Plan, policy: Policy, speech: Speech): string[] {
  const { about, stage } = speech.words.timeline;
  const parts: string[] = [];
  if (policy.active === false) parts.push(speech.words.timeline.inactive);
  if (policy.grace !== undefined) parts.push(about.grace(spanOf(policy.grace, speech)));
  if (policy.arrears !== undefined) parts.push(about.arrears(spanOf(policy.arrears, speech)));
  if (policy.mode === 'approve' || policy.mode === 'task') parts.push(stage.mode[policy.mode]);
  if (policy.done !== undefined && policy.done !== 'sent') parts.push(about.done[policy.done]);
  if (policy.pushed === 'both') parts.push(about.both);
  const adjusted = (plan.adjust ?? []).flatMap(({ account, segment, policy: of }) =>
    of === undefined || of === policy.id ? (account ?? segment ?? []) : [],
  );
  if (adjusted.length > 0)
    parts.push(about.adjusted(speech.format.and([...new Set(adjusted)].slice(0, mostNamed))));
  return parts;
}
