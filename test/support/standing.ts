import type { ChannelTraits } from '../../src/contact/traits.js';
import {
  compile,
  type Engine,
  evolveAll,
  explain,
  type FileEvent,
  type ItemExplanation,
} from '../../src/engine/index.js';
import type { AccountFile, Case, StageMark } from '../../src/ledger/file.js';
import type { ContactRules, Plan, Policy, Stage } from '../../src/policy/types.js';
import { aLadder, anInvoice, aPlan, aStage, free, instant, owing } from './build.js';

/** Where each stage of a ladder stands and every way to make it act, all values of it, by what became of the others. */

const aCase: Case = {
  ...{ id: 'ladder/F1#1', policy: 'ladder', version: 1, hash: '', subject: 'F1', opening: 1 },
  ...{ opened: '2026-03-01', state: 'open', shift: 0, marks: [] },
};

export function marked(stage: string, own: Partial<StageMark> = {}): StageMark {
  return { stage, occurrence: 1, state: 'done', on: '2026-03-02', tried: [], revision: 0, ...own };
}

const textOf = (value: unknown): string =>
  typeof value === 'number' && value > 1e12
    ? new Date(value).toISOString().slice(5, 16)
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

/** `stage state: guard reason {what the order names} [every value of every way]`; the item itself first, if it rests. */
export function linesOf(item: ItemExplanation | undefined): string[] {
  if (item === undefined) throw new Error('there is such an item');
  return [{ ...item, stage: 'item', state: item.caseState ?? '-' }, ...item.stages].map((one) => {
    const { stage, state, acts, failed, reason, would = [], tried } = one;
    if (acts) return `${stage} ${state}: acts`;
    const last = tried.at(-1);
    const first = last?.guard === 'order' ? ` ${JSON.stringify(last.inputs)}` : '';
    const ways = would.map((way) =>
      way.map((change) => Object.values(change).map(textOf).join(' ')).join(' + '),
    );
    return failed === undefined
      ? `${stage} ${state}`
      : `${stage} ${state}: ${failed} ${reason}${first} [${ways.join(' | ')}]`;
  });
}

export const morning = (day: string): number => instant(`${day}T10:00:00-06:00`);
export const linesAt = (engine: Engine, file: AccountFile, day: string, item = 'F1'): string[] =>
  linesOf(explain(engine, file, morning(day)).items.find((one) => one.item === item));

export interface Situation {
  readonly marks?: readonly StageMark[];
  readonly own?: Partial<Case>;
  readonly policy?: Partial<Policy>;
  readonly plan?: Partial<Plan>;
  /** Nothing between the ladder and the debtor, unless it is said here. */
  readonly rules?: ContactRules;
  readonly channels?: readonly ChannelTraits[];
  readonly hasText?: (message: string, channel: string) => boolean;
  readonly file?: AccountFile;
  readonly facts?: readonly FileEvent[];
}

/** F1 of 100.00, due on 1 March, on a day at ten; its case as told. */
export function explained(
  day: string,
  { marks = [], own = {}, policy = {}, plan = {}, rules = free, channels, hasText, ...known }: Situation,
): ItemExplanation | undefined {
  const engine = compile({
    plan: aPlan(plan, rules),
    policies: [aLadder(['1d', '3d', '9d'], policy)],
    ...(channels === undefined ? {} : { channels }),
    hasText,
  });
  const first = evolveAll(known.file ?? owing(anInvoice()), known.facts ?? []);
  const file: AccountFile = { ...first, cases: new Map([['F1', [{ ...aCase, ...own, marks }]]]) };
  return explain(engine, file, morning(day)).items.find((one) => one.item === 'F1');
}

export const stands = (day: string, situation: Situation): string[] => linesOf(explained(day, situation));

/** What each guard looked at, of the item or of one of its stages: `passed`, or why not. Hashes of documents left out. */
export function traceOf(day: string, situation: Situation, stage?: string): string[] {
  const item = explained(day, situation);
  const of = stage === undefined ? item : item?.stages.find((one) => one.stage === stage);
  return (of?.tried ?? []).map(({ guard, passed, reason, inputs }) => {
    const text = JSON.stringify(inputs, (key, value) => (key === 'hash' ? undefined : (value ?? 'nothing')));
    return `${guard} ${passed ? 'passed' : reason}: ${text}`;
  });
}

export type Row = readonly [title: string, day: string, situation: Situation, lines: string];

/** As `traceOf` is asked; without a stage of the item itself. */
export type Traced = readonly [
  title: string,
  day: string,
  situation: Situation,
  stage: string | undefined,
  lines: string,
];

/** `b` counts from `a`, and maybe from other days. */
export const following = (at: NonNullable<Stage['at']>, first = '5d'): Partial<Policy> => ({
  stages: [aStage('a', first), aStage('b', '1d', { at })],
});

export const acted = [
  marked('s1d'),
  marked('s3d', { on: '2026-03-04' }),
  marked('s9d', { on: '2026-03-10' }),
];
export const led: FileEvent = {
  type: 'account.assigned',
  to: { owner: 'ana', author: 'luis', on: '2026-03-03' },
};

/** The lines of a text, without the space around them. */
export const linesIn = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());
