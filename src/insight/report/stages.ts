import { type Child, el, type Markup } from '../draw/markup.js';
import type { ReportInput, StageTotals } from '../run/types.js';
import { channelName, reasonOf, type Speech } from '../words/index.js';
import { panel, percent, table } from './parts.js';

/** What each stage and channel did, and what was passed over. */
export function stagesSection(run: ReportInput, speech: Speech): Markup {
  const { report } = speech.words;
  const several = new Set(run.stages.map((stage) => stage.policy)).size > 1;
  const most = Math.max(1, ...run.stages.map((stage) => stage.reached));
  const bars = run.stages.flatMap((stage, index) => {
    const first = run.stages[index - 1]?.policy !== stage.policy;
    const heading = several && first ? [el('li', { class: 'policy' }, policyName(run, stage.policy))] : [];
    return [...heading, bar(stage, most, speech)];
  });
  return panel(
    'stages',
    report.sections.stages,
    `${report.reached}: ${report.reachedNote}. ${report.messages}: ${report.messagesNote}.`,
    bars.length === 0 ? el('p', { class: 'none' }, report.nothing) : el('ul', { class: 'bars' }, ...bars),
    channelTable(run, speech),
    skipTable(run, speech),
  );
}

function bar(stage: StageTotals, most: number, speech: Speech): Markup {
  const { words, format } = speech;
  const { report } = words;
  const details = [
    `${report.messages}: ${format.count(stage.messages)}`,
    ...(stage.tasks === 0 ? [] : [`${report.tasks}: ${format.count(stage.tasks)}`]),
    ...(stage.skipped === 0 ? [] : [`${report.skipped}: ${format.count(stage.skipped)}`]),
    ...(stage.repeats === 0 ? [] : [report.repeatsOf(format.count(stage.repeats))]),
  ];
  const style = `width:${percent(stage.reached, most)}`;
  return el(
    'li',
    {},
    el('span', { class: 'name' }, toneMark(stage.tone, speech), ' ', stage.name),
    el('span', { class: 'figure' }, format.count(stage.reached)),
    el('span', { class: 'track' }, el('i', { class: stage.tone, style })),
    el('span', { class: 'more' }, details.join(' · ')),
  );
}

/** The tone as shape and colour, with its name for those who see neither. */
export function toneMark(tone: StageTotals['tone'], { words }: Speech): Markup {
  const name = words.tones[tone];
  return el('i', { class: `tone ${tone}`, role: 'img', title: name, 'aria-label': name });
}

function channelTable(run: ReportInput, speech: Speech): Child {
  const { words, format } = speech;
  const { report } = words;
  const { channels } = run;
  // One channel and nothing else: the bars have said it all.
  if (channels.length < 2 && run.totals.thanks + run.totals.refused === 0) return undefined;
  const cell = (count: number): string => (count === 0 ? '·' : format.count(count));
  const line = (name: string, of: (channel: string) => number): Child[] => {
    const counts = channels.map((one) => of(one.channel));
    return [name, ...counts.map(cell), format.count(counts.reduce((sum, count) => sum + count, 0))];
  };
  const total = (key: 'messages' | 'thanks' | 'refused') => (id: string) =>
    channels.find((one) => one.channel === id)?.[key] ?? 0;
  const rows = run.stages
    .filter((stage) => stage.messages > 0)
    .map((stage) =>
      line(
        stageName(run, stage.policy, stage.name),
        (id) => stage.channels.find((one) => one.channel === id)?.messages ?? 0,
      ),
    );
  if (run.totals.thanks > 0) rows.push(line(report.thanks, total('thanks')));
  return table(
    [report.messages, ...channels.map((one) => channelName(one.channel, speech)), report.total],
    run.totals.refused === 0 ? rows : [...rows, line(report.refused, total('refused'))],
    channels.map((_, index) => index + 1).concat(channels.length + 1),
    line(report.total, (id) => total('messages')(id) + total('thanks')(id)),
  );
}

function skipTable(run: ReportInput, speech: Speech): Child {
  const { report } = speech.words;
  if (run.skipped.length === 0) return undefined;
  const name = (policy: string, id: string): string =>
    stageName(
      run,
      policy,
      run.stages.find((stage) => stage.policy === policy && stage.stage === id)?.name ?? id,
    );
  return table(
    [report.skippedStages, report.reason, report.count],
    run.skipped.map((one) => [
      name(one.policy, one.stage),
      reasonOf(one.reason, speech),
      speech.format.count(one.count),
    ]),
    [2],
  );
}

/** The stage, with its policy where several have stages of that name. */
function stageName(run: ReportInput, policy: string, name: string): string {
  const several = run.stages.some((stage) => stage.policy !== policy);
  return several ? `${policyName(run, policy)}: ${name}` : name;
}

function policyName(run: ReportInput, id: string): string {
  return run.policies.findLast((policy) => policy.id === id)?.name ?? id;
}
