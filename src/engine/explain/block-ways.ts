import { formatDay } from '../../calendar/index.js';
import type { Block, BlockKind } from '../../ledger/block.js';
import type { AccountFile } from '../../ledger/file.js';
import { nextBlockChange } from '../../ledger/pauses.js';
import type { Engine } from '../compile.js';
import { isTolerated } from '../settled.js';
import type { Unit } from '../units.js';
import type { AccountView } from '../view.js';
import { sameUnit, viewAt } from './ahead.js';
import type { BlockEnd, Change, Way } from './types.js';
import { either } from './ways.js';

/** How many blocks are ended together at most before it is given up. */
const mostTogether = 4;
/** How many changes of blocks are looked at, one after another. */
const mostChanges = 60;

const ends: Readonly<Record<BlockKind, BlockEnd>> = {
  hold: 'release',
  dispute: 'settle',
  promise: 'cancel',
  unbooked: 'book',
  reply: 'handle',
  plan: 'end',
  source: 'refresh',
  unapplied: 'apply',
};

/**
 * The blocks that would have to end for something to be chased again, and the
 * day from which it is if they only end by themselves. What one block has taken
 * the next does not find, so that behind one there may be another: every way is
 * tried on the ledger.
 */
export function blockWays(engine: Engine, view: AccountView, unit: Unit): readonly Way[] {
  const { file, now } = view;
  const found: Blocks[] = [];
  const release = (way: Blocks, known: AccountFile, reckoning: Engine['reckoning']): void => {
    const next = viewAt(engine, known, now, reckoning);
    const own = sameUnit(unit, next);
    if (own === undefined) return;
    if (isFree(engine, next, own)) {
      found.push(way);
      return;
    }
    if (way.length === mostTogether) return;
    for (const change of changesOf(own)) {
      // Sets, not sequences: what is shown already is ended in one order only.
      const ignored = change.block === 'unapplied' ? withoutUnapplied(reckoning) : reckoning;
      const ended = withoutBlock(known, change, now);
      const longer = [...way, change];
      if (!isKnown(longer)) release(longer, ended, ignored);
    }
  };
  const seen = new Set<string>();
  const isKnown = (way: Blocks): boolean => {
    const key = way.map(textOf).sort().join('\n');
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  };
  release([], file, engine.reckoning);
  const day = dayOfRelease(engine, view, unit);
  return either([smallest(found), day === undefined ? [] : [[day]]]);
}

/** Without those that end more than another: what a block keeps back differs with what ended before it. */
function smallest(found: readonly Blocks[]): readonly Blocks[] {
  const sets = found.map((way) => new Set(way.map(textOf)));
  return found.filter((_, index) => {
    const own = sets[index]!;
    return !sets.some((other) => other !== own && [...other].every((text) => own.has(text)));
  });
}

/** Whether enough of it may be chased. */
function isFree(engine: Engine, view: AccountView, { dunnable, currency }: Unit): boolean {
  return dunnable > 0 && !isTolerated(engine, view, dunnable, currency);
}

type BlockChange = Change & { readonly kind: 'block' };
type Blocks = readonly BlockChange[];

/** Each record that keeps something back, with what it keeps back in all. */
export function changesOf({ blocks, currency }: Unit): Blocks {
  const changes = new Map<string, BlockChange>();
  for (const block of blocks) {
    const { kind, id = '' } = block;
    const key = `${kind} ${id}`;
    const amount = (changes.get(key)?.amount ?? 0) + block.amount;
    changes.set(key, changeOf(block, amount, currency));
  }
  return [...changes.values()];
}

function changeOf({ kind, id, reason, until }: Block, amount: number, currency: string): BlockChange {
  return {
    kind: 'block',
    block: kind,
    ...(id === undefined ? {} : { id }),
    reason,
    amount,
    currency,
    by: ends[kind],
    ...(until === undefined ? {} : { until: formatDay(until) }),
  };
}

function textOf({ block, id = '' }: BlockChange): string {
  return `${block} ${id}`;
}

function withoutUnapplied(reckoning: Engine['reckoning']): Engine['reckoning'] {
  return { ...reckoning, ledger: { ...reckoning.ledger, unapplied: 'ignore' } };
}

/** Where the records are that keep something back as long as they are there. */
const records = {
  hold: 'holds',
  dispute: 'disputes',
  promise: 'promises',
  unbooked: 'unbooked',
  reply: 'replies',
  plan: 'plans',
} as const;

/** The file once a block has ended. */
function withoutBlock(file: AccountFile, { block, id = '' }: BlockChange, now: number): AccountFile {
  if (block === 'unapplied') return file;
  if (block === 'source')
    return { ...file, sources: new Map([...file.sources, [id, { id, at: now, state: 'ok' }]]) };
  const left = new Map<string, unknown>(file[records[block]]);
  left.delete(id);
  return { ...file, [records[block]]: left };
}

/** The first instant at which it is free if its blocks only end by themselves. */
function dayOfRelease(engine: Engine, view: AccountView, unit: Unit): Change | undefined {
  const { file, zone } = view;
  const { ledger } = engine.reckoning;
  let current = view;
  for (let change = 0; change < mostChanges; change++) {
    const { items, today, now } = current;
    const at = nextBlockChange(file, items, today, zone, now, ledger);
    if (at === undefined) return undefined;
    current = viewAt(engine, file, at);
    const own = sameUnit(unit, current);
    if (own !== undefined && isFree(engine, current, own))
      return { kind: 'date', day: formatDay(current.today), at };
  }
  return undefined;
}
