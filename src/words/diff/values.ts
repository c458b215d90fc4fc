import { canonicalJson } from '../../policy/canonical.js';
import type {
  Condition,
  ContactCap,
  ContactWindow,
  GroupUnit,
  LifeRule,
  MoneyThreshold,
  StageTrigger,
  Via,
} from '../../policy/types.js';
import { decimalText, thresholdText } from '../amounts.js';
import { conditionText } from '../conditions.js';
import { channelWithin, keyName, type Speech, spanOf, taskName } from '../speech.js';
import { diffWordsOf } from './all.js';
import { flatText } from './content.js';
import { type FieldKey, fields } from './fields.js';
import { isRecord } from './grains.js';
import { triggerText } from './triggers.js';
import type { Choices } from './words.js';

/** The value of a field as one reads it. What a document may not hold there is shown as it stands. */
export function fieldText(field: FieldKey | undefined, value: unknown, speech: Speech): string {
  const told = field === undefined ? undefined : knownValue(field, value, speech);
  return told ?? plainText(value, speech);
}

function knownValue(field: FieldKey, value: unknown, speech: Speech): string | undefined {
  const words = diffWordsOf(speech);
  const given: unknown = value;
  switch (fields[field]) {
    case 'text':
      return value === null ? words.special.nobody : undefined;
    case 'number':
    case 'content':
      return undefined;
    case 'percent':
      return typeof value === 'number' ? `${speech.format.count(value)} %` : undefined;
    case 'yes-no':
      return undefined;
    case 'span':
      return typeof value === 'string' ? spanText(value, speech) : undefined;
    case 'time':
      return typeof value === 'string' ? value : undefined;
    case 'money':
      return isRecord(value) ? moneyText(value, speech) : undefined;
    case 'condition':
      return isRecord(value) ? conditionText(given as Condition, speech) : undefined;
    case 'trigger':
      return isRecord(value) ? triggerText(given as StageTrigger, speech) : undefined;
    case 'via':
      return Array.isArray(value) ? viaText(value as readonly Via[], speech) : undefined;
    case 'actions':
      return Array.isArray(value) ? actionsText(value, speech) : undefined;
    case 'choice':
      return choiceText(field, value, speech);
    case 'list': {
      const list = typeof value === 'string' ? [value] : value;
      if (!Array.isArray(list)) return undefined;
      const told = list.map((one) =>
        field === 'grouping.by' && typeof one === 'string' ? keyName(one, speech) : plainText(one, speech),
      );
      return told.length === 0 ? words.empty : told.join(field === 'grouping.by' ? ' + ' : ', ');
    }
    case 'days':
      return Array.isArray(value) ? daysText(value as readonly string[], speech) : undefined;
    case 'dates':
      return Array.isArray(value)
        ? value.length === 0
          ? words.empty
          : value.map((day) => dateText(day, speech)).join(', ')
        : undefined;
    case 'caps':
      return Array.isArray(value) ? capsText(value as readonly ContactCap[], speech) : undefined;
    case 'windows':
      return Array.isArray(value) ? windowsText(value as readonly ContactWindow[], speech) : undefined;
    case 'consent':
      return consentText(value, speech);
    case 'data':
      return dataText(field, value, speech);
  }
}

/** Whatever it is, without the words of a field. */
export function plainText(value: unknown, speech: Speech): string {
  switch (typeof value) {
    case 'string':
      return speech.words.quote(cut(value));
    case 'number':
      return String(value);
    case 'boolean':
      return value ? speech.words.conditions.yes : speech.words.conditions.no;
    default:
      return shownText(value, speech) ?? cut(canonicalJson(value ?? null));
  }
}

function shownText(value: unknown, speech: Speech): string | undefined {
  const text = flatText(value);
  return text === undefined ? undefined : speech.words.quote(cut(text));
}

const longest = 120;

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function spanText(value: string, speech: Speech): string {
  const { special } = diffWordsOf(speech);
  if (value === 'none' || value === 'continue' || value === 'waited' || value === 'acted')
    return special[value];
  return spanOf(value, speech);
}

function moneyText(value: Readonly<Record<string, unknown>>, speech: Speech): string {
  if (Object.keys(value).length === 0) return diffWordsOf(speech).empty;
  return thresholdText(value as MoneyThreshold, speech);
}

export function viaText(via: readonly Via[], speech: Speech): string {
  const words = diffWordsOf(speech);
  if (via.length === 0) return words.anyChannel;
  return via
    .map(({ channel, patience }) => {
      const name = channelWithin(channel, speech);
      return patience === undefined ? name : `${name} (${words.patience(spanOf(patience, speech))})`;
    })
    .join(words.nextChannel);
}

function choiceText(field: FieldKey, value: unknown, speech: Speech): string | undefined {
  const { choices } = diffWordsOf(speech);
  if (!Object.hasOwn(choices, field) || typeof value !== 'string') return undefined;
  const texts: Readonly<Record<string, string>> = choices[field as keyof Choices];
  return Object.hasOwn(texts, value) ? texts[value] : undefined;
}

function daysText(days: readonly string[], speech: Speech): string {
  if (days.length === 0) return diffWordsOf(speech).empty;
  return days.map((day) => speech.words.weekdays[day] ?? day).join(', ');
}

export function dateText(day: unknown, speech: Speech): string {
  return typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day)
    ? speech.format.shortDate(day)
    : plainText(day, speech);
}

function capsText(caps: readonly ContactCap[], speech: Speech): string {
  const words = diffWordsOf(speech);
  if (caps.length === 0) return words.noCaps;
  const texts = caps.map((cap) => {
    const channel = cap.channel === undefined ? undefined : channelWithin(cap.channel, speech);
    return words.cap(
      speech.format.count(cap.max),
      cap.per === undefined ? '' : spanOf(cap.per, speech),
      cap,
      channel,
    );
  });
  return words.list(texts);
}

function windowsText(windows: readonly ContactWindow[], speech: Speech): string {
  const words = diffWordsOf(speech);
  if (windows.length === 0) return words.anyTime;
  const texts = windows.map(({ days, from, to, channels }) =>
    words.window(
      days === undefined ? undefined : daysText(days, speech),
      from,
      to,
      channels?.map((channel) => channelWithin(channel, speech)).join(', '),
    ),
  );
  return words.list(texts);
}

function consentText(value: unknown, speech: Speech): string | undefined {
  const { consent, consentFor } = diffWordsOf(speech);
  const rule = (one: unknown): string | undefined =>
    typeof one === 'string' && Object.hasOwn(consent, one) ? consent[one as keyof typeof consent] : undefined;
  if (!isRecord(value)) return rule(value);
  const parts = Object.entries(value).map(([purpose, one]) => {
    const name = Object.hasOwn(consentFor, purpose)
      ? consentFor[purpose as keyof typeof consentFor]
      : purpose;
    return `${rule(one) ?? plainText(one, speech)} ${name}`;
  });
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** Rules with a shape of their own. */
function dataText(field: FieldKey, value: unknown, speech: Speech): string | undefined {
  const words = diffWordsOf(speech);
  const given: unknown = value;
  switch (field) {
    case 'policy.unit': {
      if (value === 'item') return words.unit.item;
      if (!isRecord(value) || !Array.isArray(value.group)) return undefined;
      const { group, carrier } = given as GroupUnit;
      const keys = words.unit.group(speech.format.and(group.map((key) => keyName(key, speech))));
      return carrier === undefined ? keys : `${keys}, ${words.unit.carrier[carrier] ?? carrier}`;
    }
    case 'policy.adopt':
      if (value === 'pin' || value === 'adopt') return words.adopt[value];
      if (!isRecord(value) || !isRecord(value.map)) return undefined;
      return words.adopt.map(
        Object.entries(value.map)
          .map(([old, now]) => `${speech.words.quote(old)} → ${speech.words.quote(String(now))}`)
          .join(', '),
      );
    case 'policy.life': {
      if (!isRecord(value) || typeof value.plus !== 'string') return undefined;
      const { from, plus } = given as LifeRule;
      return words.life(spanOf(plus, speech), from);
    }
    case 'grouping.most':
      if (!isRecord(value)) return undefined;
      return (
        Object.entries(value)
          .map(([kind, count]) =>
            kind === 'upcoming' || kind === 'overdue'
              ? words.most[kind](String(count))
              : `${kind} ${String(count)}`,
          )
          .join(', ') || words.empty
      );
    case 'assign.pilot':
      if (!isRecord(value) || typeof value.percent !== 'number') return undefined;
      return words.pilot(
        speech.format.count(value.percent),
        value.salt === undefined ? undefined : plainText(value.salt, speech),
      );
    case 'interest.rate':
    case 'terms.interest':
      return ratesText(value, speech);
    case 'fee.tiers':
      if (!Array.isArray(value)) return undefined;
      return words.list(
        value.map((tier: unknown) => {
          if (!isRecord(tier) || !isRecord(tier.from)) return plainText(tier, speech);
          const { from, ...charge } = tier;
          return words.tier(
            moneyText(tier.from, speech),
            detailsText('fee', charge, [], speech) ?? words.empty,
          );
        }),
      );
    default:
      return undefined;
  }
}

function ratesText(value: unknown, speech: Speech): string | undefined {
  const words = diffWordsOf(speech);
  if (typeof value === 'string') return words.yearly(decimalText(value, speech));
  if (!Array.isArray(value)) return undefined;
  return words.list(
    value.map((one: unknown) => {
      if (!isRecord(one)) return plainText(one, speech);
      const rate =
        typeof one.rate === 'string' ? words.yearly(decimalText(one.rate, speech)) : words.special.none;
      return words.since(rate, dateText(one.from, speech));
    }),
  );
}

/** What a room of fields says, field by field: `tone: firm, mode: waits for approval`. Undefined where it says nothing. */
export function detailsText(
  room: string,
  value: unknown,
  without: readonly string[],
  speech: Speech,
): string | undefined {
  if (!isRecord(value)) return undefined;
  const words = diffWordsOf(speech);
  const parts = Object.entries(value).flatMap(([key, own]) => {
    if (own === undefined || without.includes(key)) return [];
    const field = fieldOf(room, key);
    const label = field === undefined ? key : words.labels[field];
    if (key === 'interest' && room !== 'terms' && isRecord(own))
      return [detailsText('interest', own, [], speech) ?? label];
    return [`${label}: ${fieldText(field, own, speech)}`];
  });
  return parts.length === 0 ? undefined : parts.join(', ');
}

function fieldOf(room: string, key: string): FieldKey | undefined {
  for (const name of [`${room}.${key}`, ...(room === 'action' ? [`fee.${key}`] : [])])
    if (Object.hasOwn(fields, name)) return name as FieldKey;
  return undefined;
}

/** What a stage or a policy does: `message “firm” (to “manager”); task “call”`. */
export function actionsText(actions: readonly unknown[], speech: Speech): string {
  const words = diffWordsOf(speech);
  if (actions.length === 0) return words.empty;
  return words.list(actions.map((one) => actionText(one, speech)));
}

/** One thing that is done, with all that is said of it. */
export function actionText(action: unknown, speech: Speech): string {
  if (!isRecord(action)) return plainText(action, speech);
  const kind = actionKinds.find((name) => typeof action[name] === 'string');
  if (kind === undefined) return plainText(action, speech);
  const name = actionName(kind, String(action[kind]), speech);
  const details = detailsText('action', action, [kind], speech);
  return details === undefined ? name : `${name} (${details})`;
}

const actionKinds = [
  'send',
  'task',
  'alert',
  'effect',
  'fee',
  'handover',
  'writeOff',
  'close',
  'escalate',
] as const;

/** What is done, by its name: `send` and `firm` are `message “firm”`. */
export function actionName(kind: string, name: string, speech: Speech): string {
  const { does } = diffWordsOf(speech);
  const { quote } = speech.words;
  switch (kind) {
    case 'task':
      return does.task(quote(taskName(name, speech)));
    case 'send':
    case 'alert':
    case 'effect':
    case 'fee':
    case 'close':
      return does[kind](quote(name));
    case 'handover':
      return name === 'agency' || name === 'legal' ? does.handover[name] : name;
    case 'writeOff':
      return does.writeOff;
    case 'escalate':
      return does.escalate;
    default:
      return `${kind} ${quote(name)}`;
  }
}
