import { canonicalJson } from '../../policy/canonical.js';
import type { Condition, StageTrigger, Via } from '../../policy/types.js';
import { conditionText } from '../conditions.js';
import { channelWithin, type Speech } from '../speech.js';
import { diffWordsOf } from './all.js';
import type { DocumentChange, Thing } from './compare.js';
import { excerpts, flatText } from './content.js';
import { defaults, type FieldKey, fields } from './fields.js';
import { isRecord } from './grains.js';
import { onlySpan, triggerText } from './triggers.js';
import {
  actionName,
  actionsText,
  actionText,
  dateText,
  detailsText,
  fieldText,
  plainText,
  viaText,
} from './values.js';

/** A change as one sentence, without the document that it stands in. */
export function sentenceOf(change: DocumentChange, speech: Speech): string {
  const [first, ...rest] = change.things;
  const document = first !== undefined && documents.has(first.kind);
  const inner = document ? rest : change.things;
  // Of something that came, went or moved, the last thing is told by the body itself.
  const whole = change.field === undefined && isOfThing(change);
  const about = (whole ? inner.slice(0, -1) : inner).map((thing) =>
    // Who reads that a stage is called otherwise knows it by its old name.
    thingText(change.field === 'stage.name' ? { ...thing, name: nameIn(change.before) } : thing, speech),
  );
  const said = whole ? thingBody(change, speech) : fieldBody(change, speech);
  const subject = about.join(', ');
  const sentence = subject === '' ? said : joined(subject, said, change);
  return `${sentence.slice(0, 1).toLocaleUpperCase(speech.words.language)}${sentence.slice(1)}.`;
}

const documents: ReadonlySet<string> = new Set(['plan', 'policy', 'messages']);

/** Bodies that begin with a verb follow their subject at once. */
function joined(subject: string, said: string, { field }: DocumentChange): string {
  return field === 'stage.at' || field === 'stage.name' || field === 'stage.when'
    ? `${subject} ${said}`
    : `${subject}: ${said}`;
}

function isOfThing({ kind, things, path }: DocumentChange): boolean {
  return kind === 'moved' || things.at(-1)?.id === path.at(-1);
}

function nameIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What people call something. */
function thingText(thing: Thing, speech: Speech): string {
  const words = diffWordsOf(speech);
  const { kind, id, name } = thing;
  switch (kind) {
    case 'action': {
      const [own = '', ...rest] = id.split(' ');
      return actionName(own, rest.join(' '), speech);
    }
    case 'assignment':
      return words.assignment(targetText(id, speech));
    case 'adjustment':
      return words.adjustment(targetText(id, speech));
    case 'language':
      return languageName(id, speech);
    default:
      return words.things[kind](speech.words.quote(name ?? id));
  }
}

/** `segment vip + area north · exporter`: whom an assignment names, and the policy that an adjustment is for. */
function targetText(id: string, speech: Speech): string {
  const words = diffWordsOf(speech);
  const [named = '', ...policy] = id.split(' · ');
  const parts = named.split(' + ').map((part) => {
    const [kind = '', ...name] = part.split(' ');
    if (kind.startsWith('everybody')) return words.targets.everybody;
    const say = Object.hasOwn(words.targets, kind)
      ? words.targets[kind as keyof typeof words.targets]
      : undefined;
    return typeof say === 'function' ? say(speech.words.quote(name.join(' '))) : part;
  });
  return [...parts, ...policy.map((name) => words.things.policy(speech.words.quote(name)))].join(' + ');
}

function languageName(tag: string, speech: Speech): string {
  try {
    return (
      new Intl.DisplayNames([speech.format.locale, 'en'], {
        type: 'language',
        languageDisplay: 'standard',
      }).of(tag) ?? tag
    );
  } catch (error) {
    // A key that is no language tag is shown as it is.
    if (error instanceof RangeError) return tag;
    throw error;
  }
}

/** Something came, went or moved. */
function thingBody(change: DocumentChange, speech: Speech): string {
  const words = diffWordsOf(speech);
  const thing = change.things.at(-1);
  const name = thing === undefined ? (change.path.at(-1) ?? '') : thingText(thing, speech);
  switch (change.kind) {
    case 'moved':
      return words.moved(name, change.next === undefined ? undefined : thingText(change.next, speech));
    case 'added': {
      const [, version] = (thing?.kind === 'policy' ? thing.id : '').split('@');
      if (version !== undefined) return `${name}: ${words.versionStays(version)}`;
      return words.added(name, contents(thing, change.after, speech));
    }
    case 'removed':
      return words.removed(name, contents(thing, change.before, speech));
    case 'changed':
      return words.changed(name, plainText(change.after, speech), plainText(change.before, speech));
  }
}

/** What something that came or went says, in short. */
function contents(thing: Thing | undefined, value: unknown, speech: Speech): string | undefined {
  const words = diffWordsOf(speech);
  if (!isRecord(value)) return value === undefined ? undefined : plainText(value, speech);
  switch (thing?.kind) {
    case 'stage': {
      const { at, do: actions, ...rest } = value;
      if (actions === undefined) return detailsText('adjusted', value, ['id'], speech);
      const parts = [
        words.arrives(triggerText(at as StageTrigger | undefined, speech)),
        ...(Array.isArray(actions) ? [actionsText(actions, speech)] : []),
        detailsText('stage', rest, ['id', 'name', 'min'], speech),
        detailsText('min', rest.min, [], speech),
      ];
      return words.list(parts.filter((part) => part !== undefined));
    }
    case 'action': {
      const name = thingText(thing, speech);
      const all = actionText(value, speech);
      return all.startsWith(`${name} (`) ? all.slice(name.length + 2, -1) : undefined;
    }
    case 'policy':
    case 'plan': {
      const { stages } = value;
      if (!Array.isArray(stages)) return undefined;
      return words.stages(speech.format.count(stages.length), stages.length === 1);
    }
    case 'segment':
      return detailsText('segment', value, ['id'], speech);
    case 'assignment':
      return detailsText(
        'assign',
        value,
        ['invoice', 'account', 'branch', 'entity', 'area', 'segment'],
        speech,
      );
    case 'adjustment':
      return detailsText('adjust', value, ['account', 'segment', 'policy'], speech);
    case 'experiment':
      return detailsText('experiment', value, ['id'], speech);
    case 'arm':
      return detailsText('arm', value, ['id'], speech);
    case 'rate':
      return detailsText('rate', value, ['from', 'to', 'on'], speech);
    case 'source':
      return detailsText('source', value, [], speech);
    case 'language':
      return Object.keys(value)
        .map((channel) => channelWithin(channel, speech))
        .join(', ');
    case 'message':
      return isRecord(value.text)
        ? Object.keys(value.text)
            .map((tag) => languageName(tag, speech))
            .join(', ')
        : undefined;
    default:
      return undefined;
  }
}

/** A field is other. */
function fieldBody(change: DocumentChange, speech: Speech): string {
  const words = diffWordsOf(speech);
  const { field, before, after } = change;
  const special = field === undefined ? undefined : ownBody(field, change, speech);
  if (special !== undefined) return special;
  const label = labelOf(change, speech);
  const fallback = field === undefined ? undefined : defaults[field];
  if (field !== undefined && fallback !== undefined && (before === undefined || after === undefined)) {
    const own = before ?? after;
    if (canonicalJson(own) === canonicalJson(fallback)) {
      const value = fieldText(field, own, speech);
      return before === undefined ? words.saidOutright(label, value) : words.leftUnsaid(label, value);
    }
    return words.changed(
      label,
      fieldText(field, after ?? fallback, speech),
      fieldText(field, before ?? fallback, speech),
    );
  }
  if (field !== undefined && inherited.has(field) && (before === undefined || after === undefined)) {
    const own = (value: unknown): string =>
      value === undefined ? words.special.inherited : fieldText(field, value, speech);
    return words.changed(label, own(after), own(before));
  }
  if (before === undefined) return words.newly(label, fieldText(field, after, speech));
  if (after === undefined) return words.noLonger(label, fieldText(field, before, speech));
  const [a, b] = [fieldText(field, before, speech), fieldText(field, after, speech)];
  // Where the words are the same, the documents themselves say what differs.
  return a === b
    ? words.changed(label, `${b} (${raw(after)})`, `${a} (${raw(before)})`)
    : words.changed(label, b, a);
}

/** Fields for which a document further out speaks where they say nothing. */
const inherited: ReadonlySet<FieldKey> = new Set([
  'action.via',
  'stage.mode',
  'stage.time',
  'stage.gap',
  'adjusted.at',
  'adjusted.mode',
  'adjusted.via',
]);

function raw(value: unknown): string {
  return canonicalJson(value);
}

function labelOf({ field, of, path }: DocumentChange, speech: Speech): string {
  const words = diffWordsOf(speech);
  if (field === undefined) return path.at(-1) ?? '';
  const label = words.labels[field];
  if (of === undefined) return label;
  return `${label} ${channelWithin(of, speech)}`;
}

/** Fields with a sentence of their own; undefined where the common one says it best. */
function ownBody(field: FieldKey, change: DocumentChange, speech: Speech): string | undefined {
  const words = diffWordsOf(speech);
  const { before, after } = change;
  switch (fields[field]) {
    case 'trigger': {
      if (field === 'adjusted.at' && (before === undefined || after === undefined)) return undefined;
      const [a, b] = [before as StageTrigger | undefined, after as StageTrigger | undefined];
      const old = onlySpan(a, b, speech) ?? triggerText(a, speech);
      const now = triggerText(b, speech);
      return old === now || triggerText(a, speech) === now
        ? words.comes(`${now} (${raw(after ?? null)})`, `${old} (${raw(before ?? null)})`)
        : words.comes(now, old);
    }
    case 'condition': {
      if (field !== 'stage.when') return undefined;
      const text = (value: unknown): string => conditionText(value as Condition, speech);
      if (after === undefined) return words.whatever(text(before));
      if (before === undefined) return words.onlyIf(text(after), undefined);
      return text(after) === text(before) ? undefined : words.onlyIf(text(after), text(before));
    }
    case 'via':
      return channelsBody(field, before ?? defaults[field], after ?? defaults[field], speech);
    case 'dates':
    case 'days':
      return membersBody(field, before, after, speech);
    case 'list':
      return field === 'grouping.by' ? undefined : membersBody(field, before, after, speech);
    case 'content':
      return contentBody(change, speech);
    case 'text':
      return field === 'stage.name' && typeof after === 'string'
        ? words.called(speech.words.quote(after))
        : undefined;
    default:
      return undefined;
  }
}

/** A channel that is tried no longer, or as well; undefined where more than that is other. */
function channelsBody(_field: FieldKey, before: unknown, after: unknown, speech: Speech): string | undefined {
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined;
  const words = diffWordsOf(speech);
  const lacking = (some: readonly Via[], others: readonly Via[]): readonly Via[] =>
    some.filter(({ channel }) => !others.some((one) => one.channel === channel));
  const without = (some: readonly Via[], others: readonly Via[]): string =>
    canonicalJson(some.filter((one) => !others.includes(one)));
  const [a, b] = [before as readonly Via[], after as readonly Via[]];
  const [gone, come] = [lacking(a, b), lacking(b, a)];
  const names = (some: readonly Via[]): string =>
    speech.format.and(some.map(({ channel }) => channelWithin(channel, speech)));
  if (gone.length > 0 && come.length === 0 && without(a, gone) === canonicalJson(b) && b.length > 0)
    return words.channelsGone(names(gone), viaText(b, speech));
  if (come.length > 0 && gone.length === 0 && without(b, come) === canonicalJson(a) && a.length > 0)
    return words.channelsCome(names(come), viaText(b, speech));
  return undefined;
}

/** Days or names that came and went; undefined where only their order is other. */
function membersBody(field: FieldKey, before: unknown, after: unknown, speech: Speech): string | undefined {
  const words = diffWordsOf(speech);
  const [a, b] = [before ?? defaults[field] ?? [], after ?? defaults[field] ?? []];
  if (!Array.isArray(a) || !Array.isArray(b)) return undefined;
  const text = (some: readonly unknown[]): string =>
    fields[field] === 'dates'
      ? some.map((day) => dateText(day, speech)).join(', ')
      : fieldText(field, some, speech);
  const come = b.filter((one) => !a.includes(one));
  const gone = a.filter((one) => !b.includes(one));
  const parts = [
    ...(come.length === 0 ? [] : [words.more(text(come))]),
    ...(gone.length === 0 ? [] : [words.less(text(gone))]),
  ];
  return parts.length === 0 ? undefined : `${words.labels[field]}: ${words.list(parts)}`;
}

/** A text of a message: what was written anew, with a few words around; undefined where more than a text is other. */
function contentBody(change: DocumentChange, speech: Speech): string | undefined {
  const [old, now] = [flatText(change.before), flatText(change.after)];
  if (old === undefined || now === undefined || old === now) return undefined;
  const words = diffWordsOf(speech);
  const [a, b] = excerpts(old, now);
  return words.changed(labelOf(change, speech), speech.words.quote(b), speech.words.quote(a));
}
