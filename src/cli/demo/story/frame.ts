import { relative, sep } from 'node:path';
import { localDay } from '../../../calendar/index.js';
import { plural } from '../../text.js';
import { type DemoFolder, names } from '../folder.js';
import type { DemoResult } from '../index.js';
import { customers, invoices } from '../ledger/index.js';
import { homeZone } from '../schedule.js';
import { widthOf, wrap } from './lines.js';
import { channelWord, listText, moneyText, stageWords, timeText, weekdayText } from './words.js';

/** What the reader has to know before it begins. */
export function prologue(columns: number): string[] {
  const width = widthOf(columns);
  const currencies = new Set(invoices.map(({ input }) => input.total.currency)).size;
  return [
    ...wrap(
      `Telares Ondaluz, an invented maker of household textiles in Medellín, sells on credit to ${customers.length} customers in six countries: ${invoices.length} invoices in ${currencies} currencies. From Monday 5 January 2026 recobro looks after its reminders.`,
      width,
    ),
    '',
    ...wrap(
      'Three ladders are at work: balanced for most accounts (a week before, on the due day, 3, 10 and 21 days late, then a call), preventive for key accounts, exporter for buyers abroad. Every message goes out for real, to stand-ins for Meta and Twilio and to a mail server on this machine; nothing leaves it. Times are those of the account.',
      width,
    ),
    '',
  ];
}

/** That the folder held a demo, and why it is not gone on with. */
export function startedOver(why: 'finished' | 'asked' | 'other', columns: number): string[] {
  const said = {
    finished: 'The demo in this folder had come to its end; it starts over.',
    asked: 'What an earlier demo had done in this folder is taken away; it starts over.',
    other: 'The demo in this folder was begun with other policies or messages; it starts over.',
  };
  return [...wrap(said[why], widthOf(columns)), ''];
}

/** Where the demo goes on. */
export function resumed(step: number, columns: number): string[] {
  const when = `${weekdayText(localDay(step, homeZone))}, ${timeText(step, homeZone)} in Medellín`;
  const text = `An earlier run stopped in this folder on ${when}. The demo goes on from there: what was sent stays sent, and nothing is sent twice.`;
  return [...wrap(text, widthOf(columns)), ''];
}

/** Totals, where things are, and what to try next; or how to go on with a demo that was stopped. */
export function closing(result: DemoResult, folder: DemoFolder, columns: number): string[] {
  const width = widthOf(columns);
  const path = shown(folder.path);
  if (!result.finished)
    return wrap(`Stopped. The demo goes on from here when it is started again with ${path}.`, width);
  return [
    'Three months later',
    ...totals(result).flatMap(([name, text]) => wrap(text, width, `  ${name.padEnd(11)} `, ' '.repeat(14))),
    '',
    `In ${path}${sep}`,
    ...paths(result).flatMap(([name, text]) => wrap(text, width, `  ${name.padEnd(16)} `, ' '.repeat(19))),
    '',
    'Go on from here',
    `  npx recobro explain korupa --data ${path} --at 2026-01-29 --history`,
    `  npx recobro simulate --ledger ${path}${sep}${names.ledger} --preset exporter --zone America/Bogota`,
    `  npx recobro lint ${path}${sep}${names.documents}`,
    '',
  ];
}

function totals({ totals, digest, millis, resumed }: DemoResult): [string, string][] {
  const { messages, heldBack, unknown, tasks } = totals;
  const channels = Object.entries(messages.byChannel).map(
    ([channel, count]) => `${count} ${channelWord(channel)}`,
  );
  const stages = Object.entries(messages.byStage).map(([stage, count]) => {
    const words = stageWords[stage] ?? [stage, stage];
    return `${count} ${count === 1 ? words[0] : words[1]}`;
  });
  const reasons: Readonly<Record<string, string>> = {
    dispute: 'by disputes',
    hold: 'by holds',
    promise: 'by promises to pay',
    unapplied: 'by money not yet matched',
  };
  const held = Object.entries(heldBack).map(([reason, count]) => `${count} ${reasons[reason] ?? reason}`);
  const lookedUp = unknown.open === 0 ? 'all looked up by people' : `${unknown.open} still open`;
  return [
    ['ledger', `${totals.accounts} accounts, ${totals.invoices} invoices, ${totals.payments} payments`],
    ['messages', `${messages.all}: ${channels.join(', ')}`],
    ['of these', stages.join(', ')],
    ['paid', totals.paid.map(({ minor, currency }) => moneyText(minor, currency)).join(', ')],
    ['held back', listText(held)],
    ['taken back', `${plural(totals.takenBack, 'message')} that the facts had overtaken`],
    [
      'trouble',
      `${totals.refused} refused and sent another way; ${totals.putOff} put off by a provider; ${unknown.all} of unknown outcome, ${lookedUp}`,
    ],
    ['people', `${plural(tasks.all, 'task')}, ${tasks.open === 0 ? 'none' : tasks.open} still open`],
    ['decisions', `${digest.slice(0, 16)}…, ${sameness(resumed)}`],
    ['time', `${(millis / 1000).toFixed(1)} s`],
  ];
}

/** A run that was cut short may have had to look up what became of a message. */
function sameness(resumed: boolean): string {
  return resumed
    ? 'the same at every run but for what was looked up after the stop'
    : 'the same at every run';
}

function paths({ totals }: DemoResult): [string, string][] {
  return [
    [names.report, `the three months in one page: aging, stages, calendar, the story of each account`],
    [names.timeline, 'the three ladders drawn'],
    [names.mails, `${totals.messages.byChannel.email ?? 0} mails as they were sent, .eml`],
    [names.requests, 'every request that the stand-ins received'],
    [names.documents, 'plan, policies and messages that decided'],
    [names.ledger, 'the invoices, to try other policies on'],
    [names.data, 'the database (PGlite)'],
    [names.digest, 'SHA-256 over all decisions'],
  ];
}

/** The path as one would type it. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short !== '' && !short.startsWith('..') ? short : path;
}
