import { formatDay, localDay } from '../calendar/index.js';
import { merged } from '../insight/report/story.js';
import { summarise } from '../insight/run/index.js';
import type { StoryLine } from '../insight/run/types.js';
import { channelName, reasonOf, type Speech, speechOf } from '../insight/words/index.js';
import type { Documents } from '../policy/types.js';
import { type Language, languageOf } from '../words/index.js';
import type { Explained } from './explaining.js';
import { amount } from './text.js';

/** What happened to an account so far, line by line. */
export function historyOf({ explanation, entries }: Explained, documents: Documents): readonly StoryLine[] {
  const { account, at, zone } = explanation;
  const day = (instant: number): string => formatDay(localDay(instant, zone));
  const from = day(entries[0]?.at ?? at);
  const run = summarise({ documents, from, to: day(at), logs: [{ account, entries }] });
  return merged(run.accounts[0]?.story ?? []);
}

/** The same, to be read. */
export function historyText(story: readonly StoryLine[], language: string | undefined): string {
  const speech = speechOf(language);
  const lines = story.map((line) => `  ${line.date}  ${parts(line, speech).join(' · ')}`);
  return [heads[languageOf(language)], ...lines].join('\n');
}

const heads: Readonly<Record<Language, string>> = { en: 'so far:', es: 'hasta ahora:', pt: 'até agora:' };

function parts(line: StoryLine, speech: Speech): string[] {
  const { report, story } = speech.words;
  const told = [
    story[line.kind],
    line.name ?? (line.kind === 'skipped' ? line.stage : undefined),
    line.task,
    line.channel === undefined ? undefined : channelName(line.channel, speech),
    line.invoices.length === 0 ? undefined : line.invoices.join(', '),
    line.amounts.length === 0
      ? undefined
      : line.amounts.map((one) => amount(one.minor, one.currency)).join(' + '),
    line.day === undefined
      ? undefined
      : `${line.kind.startsWith('invoice') ? report.due : report.until} ${line.day}`,
    // That a task is part of its stage goes without saying.
    line.reason === undefined || line.reason === 'stage' ? undefined : reasonOf(line.reason, speech),
  ];
  return told.filter((part) => part !== undefined);
}
