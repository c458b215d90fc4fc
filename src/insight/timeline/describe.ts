import type { Speech } from '../words/index.js';
import { lineText } from './actions.js';
import { capital } from './conditions.js';
import type { Line, PolicyModel, StageRow } from './rows.js';

/** The picture in words, a line for each thing that it shows. */
export function describe(model: PolicyModel, speech: Speech): string[] {
  const { timeline } = speech.words;
  return [
    `${model.name} (${model.version}).`,
    ...model.rules.map((rule) => `${rule.heading}: ${sentence(rule.text)}`),
    ...model.stages.map((stage) => stageText(stage, speech)),
    ...(model.stages.length === 0 ? [timeline.last.noStages] : []),
    ...(model.repeat === undefined ? [] : [sentence(model.repeat)]),
    ...(model.end === undefined ? [] : [`${model.end.title}: ${model.end.texts.join(' ')}`]),
    ...model.causes.map((row) => {
      const outcomes = row.outcomes.map(({ label, lines }) =>
        sentence(`${label === '' ? '' : `${label}: `}${listed(lines)}`),
      );
      return `${row.title}: ${[...row.texts, ...outcomes].join(' ')}`;
    }),
  ];
}

function stageText(stage: StageRow, speech: Speech): string {
  const level = stage.level === undefined || stage.name.startsWith(stage.level) ? '' : `, ${stage.level}`;
  const head = `${capital(stage.when)}: ${stage.name} (${speech.words.tones[stage.tone]}${level})`;
  const notes = stage.notes.map((note) => note.text).filter((text) => text !== capital(stage.when));
  return [`${head}: ${sentence(listed(stage.lines))}`, ...notes.map(sentence)].join(' ');
}

function listed(lines: readonly Line[]): string {
  return lines.map(lineText).join('; ');
}

function sentence(text: string): string {
  return /[.…!?]$/.test(text) ? text : `${text}.`;
}
