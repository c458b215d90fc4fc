import type { Documents, Policy, Stage, Via } from '../../policy/types.js';
import { conditionText } from '../../words/conditions.js';
import { type Speech, spanOf } from '../words/index.js';
import { lineOf } from './actions.js';
import { causesOf } from './causes.js';
import { capital, minimumText } from './conditions.js';
import type { Note, PolicyModel, StageRow } from './rows.js';
import { rulesOf } from './rules.js';
import { roughly, type StageTime, stageTime } from './triggers.js';

const defaultVia: readonly Via[] = [{ channel: 'whatsapp' }, { channel: 'email' }, { channel: 'sms' }];

/** What is to be drawn of a policy. */
export function modelOf({ plan }: Pick<Documents, 'plan'>, policy: Policy, speech: Speech): PolicyModel {
  const via = policy.via ?? defaultVia;
  const rows: StageRow[] = [];
  for (const stage of policy.stages) rows.push(stageRow(policy, stage, rows.at(-1)?.day, via, speech));
  const { last } = policy;
  return {
    id: policy.id,
    name: policy.name ?? policy.id,
    version: speech.words.timeline.version(policy.version),
    rules: rulesOf(plan, policy, speech),
    stages: inOrder(policy, rows),
    repeat: repeatText(policy, speech),
    repeats: last?.repeat === undefined ? undefined : { every: roughly(last.repeat), times: last.times ?? 1 },
    end: endOf(policy, speech),
    causes: causesOf(plan, policy, via, speech),
  };
}

/** By day, then by rank and place, as the engine takes them; as written where a day is unknown. */
function inOrder(policy: Policy, rows: readonly StageRow[]): StageRow[] {
  const rankOf = (row: StageRow): number => policy.stages.find((one) => one.id === row.id)?.rank ?? 0;
  if (rows.some((row) => row.day === undefined)) return [...rows];
  return [...rows].sort((a, b) => (a.day ?? 0) - (b.day ?? 0) || rankOf(a) - rankOf(b));
}

function stageRow(
  policy: Policy,
  stage: Stage,
  before: number | undefined,
  via: readonly Via[],
  speech: Speech,
): StageRow {
  const { timeline } = speech.words;
  const time = stageTime(policy, stage, before, speech);
  const place = policy.stages.indexOf(stage) + 1;
  const numbered = policy.level === 'state' || policy.climb === true || stage.level !== undefined;
  const lines = stage.do.map((action) => lineOf(action, via, speech, policy.level === 'state'));
  return {
    id: stage.id,
    name: stage.name ?? stage.id,
    tone: stage.tone,
    level: numbered ? timeline.level(stage.level ?? place) : undefined,
    ...time,
    lines: lines.length === 0 ? [{ kind: 'nothing', text: timeline.stage.nothing }] : lines,
    notes: notesOf(stage, place, time, speech),
  };
}

function notesOf(stage: Stage, place: number, time: StageTime, speech: Speech): Note[] {
  const { condition, stage: words } = speech.words.timeline;
  const notes: Note[] = [];
  const add = (kind: Note['kind'], text: string): void => {
    notes.push({ kind, text });
  };
  // What the scale says by itself is not said again.
  if (time.mark.isNumber ? !isPlain(stage) : time.mark.isSeveral) add('day', capital(time.when));
  if (stage.when !== undefined) add('when', `${condition.onlyIf} ${conditionText(stage.when, speech)}`);
  if (stage.min !== undefined) add('least', minimumText(stage.min, place === 1, speech));
  if (stage.mode === 'approve' || stage.mode === 'task') {
    const lapses = stage.lapses === undefined ? '' : `; ${words.lapses(spanOf(stage.lapses, speech))}`;
    add('person', `${words.mode[stage.mode]}${lapses}`);
  }
  if (stage.gap !== undefined)
    add('clock', stage.gap === 'none' ? words.noGap : words.gap(spanOf(stage.gap, speech)));
  if (stage.time !== undefined) add('clock', capital(words.fromTime(stage.time)));
  if (stage.expires !== undefined) add('clock', words.expires(spanOf(stage.expires, speech)));
  if (stage.keep === true) add('clock', words.keep);
  if (stage.deadline !== undefined) add('day', words.deadline(spanOf(stage.deadline, speech)));
  return notes;
}

/** A number of days from a date and nothing else. */
function isPlain({ at }: Stage): boolean {
  if (at === undefined || !('from' in at) || at.from === 'previous') return false;
  const moved = at.businessDay !== undefined && at.businessDay !== 'as-is';
  return !moved && at.endOfMonth !== true && at.exclusive !== true;
}

/** So many repeats are meant as: until it is paid. */
const practicallyEndless = 100;

function repeatText({ last }: Policy, speech: Speech): string | undefined {
  if (last?.repeat === undefined) return undefined;
  const { last: words } = speech.words.timeline;
  const from = last.from === 'due' || last.from === 'issue' ? `, ${words.from[last.from]}` : '';
  const span = spanOf(last.repeat, speech);
  const times = last.times ?? 1;
  const text =
    times >= practicallyEndless
      ? words.endless(span, speech.format.count(times))
      : words.repeats(span, times);
  return `${text}${from}`;
}

/** How the ladder ends. Levels that rise and fall have no last one. */
function endOf(policy: Policy, speech: Speech): PolicyModel['end'] {
  if (policy.stages.length === 0 || policy.level === 'state') return undefined;
  const { last: words } = speech.words.timeline;
  const { life } = policy;
  return {
    title: words.end,
    texts: [
      endText(policy.last?.exhausted ?? 'waited', speech),
      ...(life === undefined ? [] : [words.life(spanOf(life.plus, speech), life.from)]),
    ],
  };
}

function endText(exhausted: string, speech: Speech): string {
  const { last: words } = speech.words.timeline;
  if (exhausted === 'waited' || exhausted === 'acted') return words.exhausted[exhausted];
  return capital(words.exhaustedAfter(spanOf(exhausted, speech)));
}
