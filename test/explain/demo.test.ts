import { expect, it } from 'vitest';
import { customers, zoneOf } from '../../src/cli/demo/ledger/index.js';
import { opening, steps } from '../../src/cli/demo/schedule.js';
import { type Engine, explain, type StageExplanation } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import { type DemoLife, demoLife } from './demo-life.js';
import { NaiveAccount, type NaiveAnswer } from './naive.js';

/** Eighteen moments of the three months, at all hours of the day; beside them whatever changed is looked at when it did. */
const everywhere = new Set(steps.filter((_, index) => index % 31 === 3));

/** All that is answered in the demo. */
const kinds = [
  'acts',
  'condition: condition',
  'condition: hardship',
  'contact_rules: cap',
  'contact_rules: holiday',
  'contact_rules: window',
  'date: expired',
  'date: not_yet',
  'done',
  'not_blocked: dispute',
  'not_blocked: hold',
  'not_blocked: promise',
  'not_blocked: unapplied',
  'not_under_way: act_unknown',
  'order: after_previous',
  'order: done_before',
  'order: entry',
  'order: gave_way',
  'order: superseded',
  'owed: credited',
  'owed: draft',
  'owed: paid',
  'owed: void',
  'owed: written-off',
  'policy: do_not_dun',
  'recipient: unreachable',
];

/** Both answers to one question, where they are not the same. */
interface Comparison {
  readonly compared: number;
  readonly answers: ReadonlyMap<string, number>;
  readonly differ: readonly string[];
}

function compareAll(life: DemoLife): Comparison {
  const answers = new Map<string, number>();
  const differ: string[] = [];
  let compared = 0;
  const compare = (where: string, file: AccountFile, at: number, naive: readonly NaiveAnswer[]): void => {
    const told = rowsOf(life.engine, file, at);
    for (const one of naive) {
      compared++;
      answers.set(one.answer, (answers.get(one.answer) ?? 0) + 1);
      const key = `${one.item} ${one.stage}`;
      const own = textOf(one.answer, one.day, one.at, one.channel);
      if (told.get(key) !== own) differ.push(`${where} ${key}: ${own}, but explained as ${told.get(key)}`);
      told.delete(key);
    }
    for (const [key, answer] of told) differ.push(`${where} ${key}: only explained, as ${answer}`);
  };
  for (const customer of customers) {
    const { id } = customer;
    const naive = new NaiveAccount(id, zoneOf(customer), life.documents);
    const performed = life.performed.get(id) ?? [];
    naive.learn(life.entries.get(opening)?.facts ?? {});
    let last: AccountFile | undefined;
    for (const { at, before, after } of life.moments.get(id) ?? []) {
      naive.learn(life.entries.get(at)?.facts ?? {});
      for (const one of performed) if (one.resolved?.at === at) naive.resolve(one);
      const changed = before !== last || after !== before || everywhere.has(at);
      last = after;
      const where = `${id} ${new Date(at).toISOString()}`;
      const first = naive.look(at, changed);
      if (changed) compare(`${where} before`, before, at, first);
      const own = performed.filter((one) => one.at === at);
      for (const one of own) naive.perform(one);
      const second = naive.look(at, changed);
      if (changed) compare(`${where} after`, after, at, second);
    }
  }
  return { compared, answers, differ };
}

/** What is explained of every stage, in the words of the second opinion. */
function rowsOf(engine: Engine, file: AccountFile, at: number): Map<string, string> {
  const rows = new Map<string, string>();
  for (const { item, failed, reason, stages } of explain(engine, file, at).items) {
    if (stages.length === 0) rows.set(`${item} `, `${failed}: ${reason}`);
    for (const stage of stages) rows.set(`${item} ${stage.stage}`, rowOf(stage));
  }
  return rows;
}

function rowOf({ acts, failed, reason, state, day, at, place }: StageExplanation): string {
  if (acts) return textOf('acts', undefined, undefined, place?.channel);
  if (failed === undefined) return 'done';
  const waits = reason === 'not_yet' && state === 'later';
  return textOf(`${failed}: ${reason}`, waits ? day : undefined, failed === 'contact_rules' ? at : undefined);
}

function textOf(
  answer: string,
  day: string | undefined,
  at: number | undefined,
  channel?: string | undefined,
): string {
  return [answer, day, at === undefined ? undefined : new Date(at).toISOString(), channel]
    .filter((part) => part !== undefined)
    .join(' ');
}

it('names the guard that a second, naive implementation finds, for every account, item and stage of the demo', {
  timeout: 60_000,
}, () => {
  const { compared, answers, differ } = compareAll(demoLife());
  expect(differ.slice(0, 20)).toEqual([]);
  expect(compared).toBeGreaterThan(50_000);
  // Nothing is right by not happening.
  expect([...answers.keys()].sort()).toEqual(kinds);
});
