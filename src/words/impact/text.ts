import type { Act, Impact, ImpactCounts, LevelImpact } from '../../engine/index.js';
import { amountsText, amountText, momentText } from '../amounts.js';
import { numberOfItem } from '../places.js';
import { messageSentence, workSentence } from '../run/work.js';
import { reasonOf, type Speech, speechOf } from '../speech.js';
import { type NamedPolicies, Names } from '../stages.js';
import { en } from './en.js';
import { es } from './es.js';
import { pt } from './pt.js';
import type { ImpactWords } from './words.js';

const all: Readonly<Record<'en' | 'es' | 'pt', ImpactWords>> = { en, es, pt };

/** The dry run of a change of documents, as `dunning.impact` answers it. */
export interface ToReport extends ImpactCounts {
  readonly at: number;
  readonly affected: readonly Impact[];
  readonly failed?: readonly { readonly account: string; readonly code: string }[] | undefined;
  readonly failedAccounts?: number | undefined;
}

export interface ImpactTextOptions {
  /** BCP 47; cut down to English, Spanish or Portuguese. Default English. */
  readonly language?: string | undefined;
  /** Zone in which days are told: that of the plan. Without it the day of the dry run is not told, and later days are those of UTC. */
  readonly zone?: string | undefined;
  /** Policies whose stages' names are used; others go by their ids. */
  readonly policies?: NamedPolicies | undefined;
  /** How many accounts are told one by one. Default 20. */
  readonly list?: number | undefined;
}

/** Lines of one account that are told; the data has them all. */
const mostLines = 12;

interface Page {
  readonly speech: Speech;
  readonly words: ImpactWords;
  readonly names: Names;
  readonly zone: string;
}

/**
 * The dry run of a change of documents as lines that a person reads: first the
 * sums, amounts for each currency, then account by account who gains or loses
 * a message, a fee or a level.
 *
 * @example
 * impactText(await dunning.impact(documents), { language: 'es', zone: 'America/Bogota', policies });
 */
export function impactText(report: ToReport, options: ImpactTextOptions = {}): string {
  const speech = speechOf(options.language);
  const words = all[speech.words.language];
  const page = { speech, words, names: new Names(options.policies), zone: options.zone ?? 'UTC' };
  const lines = sumLines(report, page, options.zone);
  const list = options.list ?? 20;
  for (const impact of report.affected.slice(0, list)) lines.push('', ...accountLines(impact, page));
  const rest = report.affectedAccounts - Math.min(list, report.affected.length);
  if (rest > 0) lines.push('', words.moreAccounts(speech.format.count(rest), rest === 1));
  return lines.join('\n');
}

function sumLines(report: ToReport, { speech, words }: Page, zone: string | undefined): string[] {
  const number = (value: number): string => speech.format.count(value);
  const { accounts, affectedAccounts, failed = [], failedAccounts = 0 } = report;
  const when = zone === undefined ? undefined : momentText(report.at, zone, speech);
  const lines = [
    affectedAccounts === 0
      ? words.nothing(number(accounts), accounts === 1)
      : words.title(number(affectedAccounts), number(accounts), accounts === 1, when),
  ];
  const line = (head: keyof ImpactWords['heads'], parts: readonly string[]): void => {
    if (parts.length > 0) lines.push(`${words.heads[head]}: ${parts.join(', ')}.`);
  };
  for (const kind of ['messages', 'fees'] as const) {
    const { gained, lost, changed, amounts } = report[kind];
    const sum = (list: typeof amounts.gained): string | undefined =>
      list.length === 0 ? undefined : amountsText(list, speech);
    line(kind, [
      ...(gained === 0 ? [] : [words.gained(number(gained), sum(amounts.gained))]),
      ...(lost === 0 ? [] : [words.lost(number(lost), sum(amounts.lost))]),
      ...(changed === 0 ? [] : [words.changed(number(changed), sum(amounts.after), sum(amounts.before))]),
    ]);
  }
  const levels = ['gained', 'raised', 'lowered', 'other', 'lost'] as const;
  line(
    'levels',
    levels.flatMap((one) =>
      report.levels[one] === 0
        ? []
        : [words.levels[one](number(report.levels[one]), report.levels[one] === 1)],
    ),
  );
  const fates = ['kept', 'adopted', 'mapped', 'opened', 'closed'] as const;
  const told = fates.filter((one) => (report.cases[one] ?? 0) > 0);
  // That cases stay as they are is worth a word only where others do not.
  if (told.some((one) => one !== 'kept'))
    line(
      'cases',
      told.map((one) => words.cases[one](number(report.cases[one] ?? 0), report.cases[one] === 1)),
    );
  if (report.withdrawn > 0) lines.push(words.withdrawn(number(report.withdrawn), report.withdrawn === 1));
  if (failedAccounts > 0) {
    lines.push(words.failed(number(failedAccounts), failedAccounts === 1));
    for (const { account, code } of failed.slice(0, mostLines))
      lines.push(`  · ${account}: ${reasonOf(code, speech)}`);
  }
  return lines;
}

function accountLines(impact: Impact, page: Page): string[] {
  const { speech, words, zone } = page;
  const lines: string[] = [];
  for (const act of impact.gained) lines.push(words.gains(actText(act, page)));
  for (const act of impact.lost) lines.push(words.loses(actText(act, page)));
  for (const { before, after } of impact.changed) {
    const [old, now] = [actText(before, page), actText(after, page)];
    // Where the short form is the same, its words or its recipient are not.
    lines.push(
      old === now ? words.instead(`${now} [${after.id}]`, `[${before.id}]`) : words.instead(now, old),
    );
  }
  for (const { change, fee, before, after } of impact.fees) {
    const name = speech.words.quote(fee);
    const sum = (money: typeof before): string => (money === undefined ? '–' : amountText(money, speech));
    lines.push(
      change === 'gained'
        ? words.feeGained(name, sum(after))
        : change === 'lost'
          ? words.feeLost(name, sum(before))
          : words.feeChanged(name, sum(after), sum(before)),
    );
  }
  for (const level of impact.levels) lines.push(levelText(level, page));
  if (impact.withdrawn.length > 0)
    lines.push(
      words
        .withdrawn(speech.format.count(impact.withdrawn.length), impact.withdrawn.length === 1)
        .replace(/\.$/, ''),
    );
  for (const [list, say] of [
    [impact.ahead?.gained ?? [], words.gains],
    [impact.ahead?.lost ?? [], words.loses],
  ] as const)
    for (const { at, act } of list)
      lines.push(`${words.ahead(momentText(at, zone, speech))}: ${say(actText(act, page))}`);
  const rest = lines.length - mostLines;
  const shown = lines.slice(0, mostLines).map((line) => `  · ${line}`);
  return [impact.account, ...shown, ...(rest > 0 ? [`  ${words.more(speech.format.count(rest))}`] : [])];
}

/** `“Firm reminder” by WhatsApp (F-1, F-2; 1,000.00 MXN)` */
function actText(act: Act, { speech, names }: Page): string {
  const stage = speech.words.quote(names.stage(act.stage, act.policy.id, speech));
  const what =
    act.kind === 'message' && act.mode === undefined
      ? messageSentence({ message: stage, channel: act.channel }, speech)
      : `${stage}: ${workSentence(act, speech)}`;
  const numbers = act.items.filter(({ acting }) => acting).map(numberOfItem);
  const about = [
    ...(numbers.length === 0 ? [] : [numbers.join(', ')]),
    ...(act.totals.length === 0 ? [] : [amountsText(act.totals, speech)]),
  ].join('; ');
  return about === '' ? what : `${what} (${about})`;
}

function levelText({ item, number, before, after }: LevelImpact, { speech, words, names }: Page): string {
  const [, instalment] = item.split('~');
  const name = (level: typeof before): string | undefined =>
    level === undefined ? undefined : speech.words.quote(names.stage(level.stage, level.policy, speech));
  const [now, old] = [name(after), name(before)];
  const told = numberOfItem({ number, instalment });
  // Stages of one name: their numbers tell them apart, else their policies.
  if (now === old && before !== undefined && after !== undefined) {
    const mark = (level: NonNullable<typeof before>): string =>
      before.number === after.number ? names.policy(level.policy) : speech.format.count(level.number);
    return words.level(told, `${now} (${mark(after)})`, `${old} (${mark(before)})`);
  }
  return words.level(told, now, old);
}
