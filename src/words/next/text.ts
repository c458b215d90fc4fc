import type { NextAction, OpenWork, WorklistEntry, WorkReason } from '../../engine/index.js';
import { amountsText, momentText } from '../amounts.js';
import { waitingClause } from '../places.js';
import { receiverText } from '../run/work.js';
import { channelWithin, reasonOf, type Speech, speechOf, taskName } from '../speech.js';
import { type NamedPolicies, Names } from '../stages.js';
import { en } from './en.js';
import { es } from './es.js';
import { pt } from './pt.js';
import type { NextWords } from './words.js';

const all: Readonly<Record<'en' | 'es' | 'pt', NextWords>> = { en, es, pt };

export interface NextTextOptions {
  /** BCP 47; cut down to English, Spanish or Portuguese. Default English. */
  readonly language?: string | undefined;
  /** Zone in which instants are told: that of the plan. Default UTC. */
  readonly zone?: string | undefined;
  /** Policies whose stages' names are used; others go by their ids. */
  readonly policies?: NamedPolicies | undefined;
}

/** Lines of one kind that are told; the data has them all. */
const most = 5;

/**
 * A worklist as lines that a person reads: whom to look at first, and why.
 *
 * @example
 * const { lines } = await dunning.worklist();
 * worklistText(lines, { language: 'es' });
 */
export function worklistText(
  entries: readonly WorklistEntry[],
  options: Pick<NextTextOptions, 'language'> = {},
): string {
  const speech = speechOf(options.language);
  const words = all[speech.words.language];
  if (entries.length === 0) return words.empty;
  return entries.flatMap((entry, index) => entryLines(entry, index + 1, speech, words)).join('\n');
}

function entryLines(entry: WorklistEntry, place: number, speech: Speech, words: NextWords): string[] {
  const { format } = speech;
  const { account, name, oldestDaysPastDue: days, lastContact } = entry;
  const who = name === undefined || name === account ? account : `${name} (${account})`;
  const owed = [
    ...(entry.overdue.length === 0
      ? []
      : [
          words.overdue(
            amountsText(entry.overdue, speech),
            days === undefined ? undefined : format.days(days),
          ),
        ]),
    words.lastContact(lastContact === undefined ? undefined : format.longDate(lastContact)),
  ];
  return [
    words.entry(format.count(place), who, format.count(Math.round(entry.score)), entry.owner),
    `   ${owed.join('; ')}`,
    ...cut(
      entry.reasons.map((reason) => reasonLine(reason, speech, words)),
      speech,
      words,
    ),
  ];
}

function reasonLine({ reason, since, name }: WorkReason, speech: Speech, words: NextWords): string {
  const named =
    name === undefined
      ? ''
      : ` (${reason === 'exhausted' ? reasonOf(name, speech) : workName(reason, name, speech)})`;
  return words.since(`${reasonOf(reason, speech)}${named}`, speech.format.longDate(since));
}

function workName(kind: string, name: string, speech: Speech): string {
  if (kind === 'task') return taskName(name, speech);
  return kind === 'handover' ? receiverText(name, speech) : name;
}

/**
 * What is next for an account as lines that a person reads: work that waits
 * for somebody, what comes by itself, or why nothing does.
 *
 * @example nextActionText(await dunning.nextAction('robles'), { language: 'pt', zone: 'America/Sao_Paulo' })
 */
export function nextActionText(next: NextAction, options: NextTextOptions = {}): string {
  const speech = speechOf(options.language);
  const words = all[speech.words.language];
  const names = new Names(options.policies);
  const zone = options.zone ?? 'UTC';
  const quoted = (stage: string, policy?: string): string =>
    speech.words.quote(names.stage(stage, policy, speech));
  const lines = [`${next.account}, ${speech.format.longDate(next.on)}`];
  if (next.work.length > 0) {
    const told = next.work.map((work) => workLine(work, quoted(work.stage), speech, words));
    lines.push(`  ${words.first}`, ...cut(told, speech, words));
  }
  if (next.next !== undefined) {
    const { at, stage, policy, channel, becomes, totals, reason } = next.next;
    const what = [
      quoted(stage, policy),
      ...(channel === undefined ? [] : [`(${channelWithin(channel, speech)})`]),
      words.becomes[becomes],
    ].join(' ');
    const rest = [
      momentText(at, zone, speech),
      ...(totals.length === 0 ? [] : [amountsText(totals, speech)]),
      ...(reason === undefined ? [] : [words.because(reasonOf(reason, speech))]),
    ];
    lines.push(`  ${words.next(what, rest.join(', '))}`);
  } else if (next.none.length > 0) {
    const told = next.none.map(({ item, reason, refusals }) => {
      // Of an instalment its invoice and number; of a group what it is grouped by.
      const name = item.replace(/^~/, '').replace('~', '/');
      return `${name}: ${waitingClause(reason, refusals, speech)}`;
    });
    lines.push(`  ${words.nothing}`, ...cut(told, speech, words));
  } else if (next.work.length === 0) lines.push(`  ${words.idle}`);
  return lines.join('\n');
}

function workLine(work: OpenWork, stage: string, speech: Speech, words: NextWords): string {
  const { name, owner, deadline, since, totals = [] } = work;
  const called =
    work.work === 'unknown' || work.work === 'proposal'
      ? stage
      : name === undefined
        ? stage
        : workName(work.work, name, speech);
  const parts = [
    words.work[work.work](called),
    ...(owner === undefined ? [] : [owner]),
    ...(totals.length === 0 ? [] : [amountsText(totals, speech)]),
    ...(deadline === undefined ? [] : [words.until(speech.format.longDate(deadline))]),
  ];
  return words.since(parts.join(', '), speech.format.longDate(since));
}

function cut(lines: readonly string[], speech: Speech, words: NextWords): string[] {
  const told = lines.slice(0, most).map((line) => `   · ${line}`);
  const rest = lines.length - most;
  return rest > 0 ? [...told, `   ${words.more(speech.format.count(rest))}`] : told;
}
