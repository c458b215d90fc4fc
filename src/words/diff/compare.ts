import { canonicalJson } from '../../policy/canonical.js';
import type { Documents } from '../../policy/types.js';
import { type FieldKey, fields } from './fields.js';
import { documents, type Grain, isRecord, type ThingKind } from './grains.js';

/** Something that a change is about, from the outside in: the policy, the stage, what it does. */
export interface Thing {
  readonly kind: ThingKind;
  /** Its id, or what names it: `send firm`, `segment vip`. */
  readonly id: string;
  /** How people call it, where it has a name. */
  readonly name?: string | undefined;
}

/** One difference between two sets of documents. */
export interface DocumentChange {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  /** Where: keys of objects, and ids in place of numbers in lists. */
  readonly path: readonly string[];
  /** What it is about, from the outside in. Of something added, removed or moved as a whole the last one is that thing itself. */
  readonly things: readonly Thing[];
  /** Which field, where the documents know it: `stage.at`, `contact.gap`. Absent where a thing came, went or moved. */
  readonly field?: FieldKey | undefined;
  /** With fields by names of the author's own, the name: a channel, say. */
  readonly of?: string | undefined;
  /** What stood there and what stands there now, as in the documents; absent where there is nothing. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** Of what was moved: what it stands before now; absent at the end. */
  readonly next?: Thing | undefined;
}

/** The differences between two sets of documents, in the order of the documents. */
export interface DocumentDiff {
  readonly changes: readonly DocumentChange[];
}

/** Documents to compare; a part that both lack is not compared. */
export type ToCompare = Partial<Documents>;

/**
 * What is other in `after` than in `before`: nothing where their canonical
 * texts are equal, and at least one change where they differ. Stages, segments
 * and messages are matched by id. Where each side has one policy, the two are
 * compared whatever they are called; of several versions the newest.
 *
 * @example
 * const { changes } = diffDocuments({ policies: [today] }, { policies: [draft] });
 * @throws RecobroError `invalid_document` for what is no JSON data
 */
export function diffDocuments(before: ToCompare, after: ToCompare): DocumentDiff {
  const changes = compare(documents, before, after, { path: [], things: [] });
  return { changes };
}

interface Place {
  readonly path: readonly string[];
  readonly things: readonly Thing[];
  readonly field?: string | undefined;
  readonly of?: string | undefined;
}

function compare(grain: Grain, before: unknown, after: unknown, place: Place): DocumentChange[] {
  if (same(before, after)) return [];
  const parts = partsOf(grain, before, after, place);
  // Whatever the parts do not tell, such as an empty object that went, is told of the whole.
  return parts.length > 0 ? parts : [leaf(before, after, place)];
}

function partsOf(grain: Grain, before: unknown, after: unknown, place: Place): DocumentChange[] {
  switch (grain.kind) {
    case 'whole':
      return [];
    case 'room':
    case 'record': {
      const [a, b] = [before ?? {}, after ?? {}];
      if (!isRecord(a) || !isRecord(b)) return [];
      const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
      return keys.flatMap((key) => {
        const inner = grain.kind === 'record' ? grain.of : (grain.inside[key] ?? { kind: 'whole' });
        return compare(inner, a[key], b[key], within(grain, key, place, [a[key], b[key]]));
      });
    }
    case 'list':
      return listChanges(grain, before ?? [], after ?? [], place);
  }
}

function within(
  grain: Extract<Grain, { kind: 'room' | 'record' }>,
  key: string,
  { path, things }: Place,
  values: readonly [before: unknown, after: unknown],
): Place {
  if (grain.kind === 'room') {
    const document = grain.room === 'documents' && key !== 'policies';
    return {
      path: [...path, key],
      things: document ? [...things, thingOf(key as 'plan' | 'messages', key, values)] : things,
      field: `${grain.room}.${key}`,
    };
  }
  if (grain.thing === undefined) return { path: [...path, key], things, field: grain.field, of: key };
  return { path: [...path, key], things: [...things, { kind: grain.thing, id: key }], field: undefined };
}

function thingOf(kind: ThingKind, id: string, [before, after]: readonly [unknown, unknown]): Thing {
  const name = nameOf(after) ?? nameOf(before);
  return name === undefined ? { kind, id } : { kind, id, name };
}

function nameOf(value: unknown): string | undefined {
  return isRecord(value) && typeof value.name === 'string' ? value.name : undefined;
}

function listChanges(
  grain: Extract<Grain, { kind: 'list' }>,
  before: unknown,
  after: unknown,
  place: Place,
): DocumentChange[] {
  if (!Array.isArray(before) || !Array.isArray(after)) return [];
  const keys = grain.keys(before, after);
  if (keys === undefined) return [];
  const old = new Map(keys[0].map((key, index) => [key, before[index] as unknown] as const));
  const now = new Map(keys[1].map((key, index) => [key, after[index] as unknown] as const));
  const inside = (key: string): Place => ({
    path: [...place.path, key],
    things: [...place.things, thingOf(grain.thing, key, [old.get(key), now.get(key)])],
  });
  const changes: DocumentChange[] = [];
  const displaced = movedOf(keys[0], keys[1]);
  for (const [index, key] of keys[1].entries()) {
    const place = inside(key);
    if (!old.has(key)) {
      changes.push({ kind: 'added', path: place.path, things: place.things, after: now.get(key) });
      continue;
    }
    if (displaced.has(key)) {
      const next = keys[1][index + 1];
      const thing = next === undefined ? undefined : inside(next).things.at(-1);
      const { path, things } = place;
      changes.push({ kind: 'moved', path, things, ...(thing === undefined ? {} : { next: thing }) });
    }
    changes.push(...compare(grain.of, old.get(key), now.get(key), place));
  }
  for (const key of keys[0]) {
    if (now.has(key)) continue;
    const { path, things } = inside(key);
    changes.push({ kind: 'removed', path, things, before: old.get(key) });
  }
  return changes;
}

/** The fewest members whose move explains the new order: all but a longest run that kept its order. */
function movedOf(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const stood = new Map(before.map((key, index) => [key, index]));
  const common = after.filter((key) => stood.has(key));
  // The longest run that ends with each member, and the member before it.
  const runs: { readonly length: number; readonly from: number }[] = [];
  for (const [index, key] of common.entries()) {
    let best = { length: 1, from: -1 };
    for (const [earlier, run] of runs.entries()) {
      const follows = (stood.get(common[earlier] ?? '') ?? 0) < (stood.get(key) ?? 0);
      if (follows && run.length + 1 > best.length) best = { length: run.length + 1, from: earlier };
    }
    runs[index] = best;
  }
  let at = runs.reduce((best, run, index) => (run.length > (runs[best]?.length ?? 0) ? index : best), 0);
  const kept = new Set<string>();
  while (at >= 0 && at < common.length) {
    kept.add(common[at] ?? '');
    at = runs[at]?.from ?? -1;
  }
  return new Set(common.filter((key) => !kept.has(key)));
}

function leaf(before: unknown, after: unknown, { path, things, field, of }: Place): DocumentChange {
  const known = knownField(field);
  return {
    kind: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    path,
    things,
    ...(known === undefined ? {} : { field: known }),
    ...(of === undefined ? {} : { of }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

/** Fees are actions like others; what is theirs alone has words of its own. */
function knownField(field: string | undefined): FieldKey | undefined {
  if (field === undefined) return undefined;
  if (isField(field)) return field;
  const fee = field.replace(/^action\./, 'fee.');
  return isField(fee) ? fee : undefined;
}

function isField(field: string): field is FieldKey {
  return Object.hasOwn(fields, field);
}

function same(before: unknown, after: unknown): boolean {
  if (before === undefined || after === undefined) return before === after;
  return canonicalJson(before) === canonicalJson(after);
}
