import type { Explanation, ItemExplanation, StageExplanation } from '../../engine/index.js';
import { amountText, momentText } from '../amounts.js';
import { numberOfItem, refusalText, waitingClause } from '../places.js';
import { channelWithin, reasonOf, type Speech, speechOf } from '../speech.js';
import { type NamedPolicies, Names } from '../stages.js';
import { explainWordsOf } from './all.js';
import { type Telling, wayText } from './changes.js';

/** An explanation with what its reader likes to know beside. */
export interface ToExplain extends Explanation {
  /** Name of the account. */
  readonly name?: string | undefined;
  /** Ids of the stages that the next look brings if nothing changes. */
  readonly upcoming?: readonly string[] | undefined;
  /** Names of contacts by id; others go by their ids. */
  readonly contacts?: Readonly<Record<string, string>> | undefined;
}

export interface ExplanationTextOptions {
  /** BCP 47; cut down to English, Spanish or Portuguese. Default English. */
  readonly language?: string | undefined;
  /** Policies whose names, and whose stages' names, are used; others go by their ids. */
  readonly policies?: NamedPolicies | undefined;
  /** One line for each stage with its own why and why not, in place of one line for all. Default `false`. */
  readonly stages?: boolean | undefined;
  /** `false`: of items that are settled, which grow with the years, only how many there are. Default `true`. */
  readonly settled?: boolean | undefined;
}

/** Ways to another answer that are told; the data has them all. */
const mostWays = 5;

interface Page extends Omit<Telling, 'stage'> {
  readonly names: Names;
  readonly stages: boolean;
  /** Numbers of items by id. */
  readonly numbers: ReadonlyMap<string, string>;
}

/**
 * An explanation as lines that a person reads: for every item why or why not,
 * at which question it stops, and what would change that.
 *
 * @example
 * explanationText(await dunning.explain('robles'), { language: 'es', policies });
 */
export function explanationText(explanation: ToExplain, options: ExplanationTextOptions = {}): string {
  const speech = speechOf(options.language);
  const names = new Names(options.policies);
  const { zone } = explanation;
  const numbers = new Map(explanation.items.map((item) => [item.item, numberOf(item)]));
  const contact = (id: string): string => explanation.contacts?.[id] ?? speech.words.quote(id);
  const page: Page = { speech, zone, names, numbers, contact, stages: options.stages === true };
  const words = explainWordsOf(speech);
  const { account, name } = explanation;
  const who = name === undefined || name === account ? account : `${name} (${account})`;
  const lines = [words.title(who, speech.format.longDate(explanation.day), zone)];
  if (explanation.segment !== undefined) lines.push(`  ${words.segment(explanation.segment)}`);
  const told =
    options.settled === false
      ? explanation.items.filter((item) => item.outstanding !== 0 || item.acts)
      : explanation.items;
  for (const item of told) lines.push(...itemLines(item, page));
  if (explanation.items.length === 0) lines.push(`  ${words.owesNothing}`);
  const left = explanation.items.length - told.length;
  if (left > 0) lines.push(`  ${words.settled(speech.format.count(left), left === 1)}`);
  if (explanation.next !== undefined) {
    const stages = [...new Set(explanation.upcoming ?? [])].map((id) => names.stage(id, undefined, speech));
    const what = stages.length === 0 ? undefined : stages.join(', ');
    lines.push(`  ${words.nextLook(momentText(explanation.next, zone, speech), what)}`);
  }
  return lines.join('\n');
}

function itemLines(item: ItemExplanation, page: Page): string[] {
  const { speech, names } = page;
  const words = explainWordsOf(speech);
  const lines = [`  ${headOf(item, speech)}`, `    ${answerOf(item, page)}`];
  const { group, policy } = item;
  if (group !== undefined && group.carrier !== item.item)
    lines.push(`    ${words.group(page.numbers.get(group.carrier) ?? group.carrier)}`);
  lines.push(...wouldLines(item, item, page).map((line) => `    ${line}`));
  if (policy === undefined) return lines;
  const title = words.policy(
    `${names.policy(policy.id)} v${policy.version}`,
    words.assignedBy[item.assignedBy as keyof typeof words.assignedBy] ?? item.assignedBy,
  );
  if (!page.stages)
    return [
      ...lines,
      `    ${title}: ${item.stages.map((stage) => stageText(stage, item, page)).join(' · ')}`,
    ];
  lines.push(`    ${title}`);
  for (const stage of item.stages) {
    lines.push(`      ${stageText(stage, item, page)}`);
    lines.push(...wouldLines(stage, item, page).map((line) => `        ${line}`));
  }
  return lines;
}

/** What is owed, and for how long: `F-1: 1,250.00 MXN open, due February 21, 2026 (10 days ago)`. */
function headOf(item: ItemExplanation, speech: Speech): string {
  const words = explainWordsOf(speech);
  const money = (minor: number): string => amountText({ minor, currency: item.currency }, speech);
  const parts = [words.open(money(item.outstanding))];
  if (item.dunnable !== item.outstanding)
    parts.push(item.dunnable === 0 ? words.nothingChased : words.mayBeChased(money(item.dunnable)));
  const { due, daysPastDue = 0 } = item;
  if (due === undefined) parts.push(words.noDue);
  else {
    const days = daysPastDue === 0 ? undefined : speech.format.days(Math.abs(daysPastDue));
    const when = daysPastDue === 0 ? 'today' : daysPastDue > 0 ? 'ago' : 'ahead';
    parts.push(words.due(speech.format.longDate(due), days, when));
  }
  return `${numberOf(item)}: ${parts.join(', ')}`;
}

/**
 * Why one item gets a message now or not, in a sentence or two.
 *
 * @example
 * itemText(item, { zone: 'America/Mexico_City', language: 'es' });
 * // 'Ahora no sale nada (retenida): está en disputa. «Aviso firme» espera.'
 */
export function itemText(
  item: ItemExplanation,
  {
    zone,
    language,
    policies,
  }: Pick<ExplanationTextOptions, 'language' | 'policies'> & { readonly zone: string },
): string {
  const numbers = new Map([[item.item, numberOf(item)]]);
  const names = new Names(policies);
  const speech = speechOf(language);
  const contact = speech.words.quote;
  return answerOf(item, { speech, zone, names, numbers, contact, stages: false });
}

/** Why a message goes where it goes, where that is not simply the first place. */
function whyThere(
  { contact, contactBy, channelBy, role, passed }: NonNullable<ItemExplanation['place']>,
  page: Page,
): string {
  const { chosen, passed: notThere } = explainWordsOf(page.speech);
  const { quote } = page.speech.words;
  const parts: string[] = [];
  if (contactBy === 'invoice' || contactBy === 'fallback') parts.push(chosen[contactBy](quote(role)));
  if (channelBy !== 'order') parts.push(chosen[channelBy](quote(role)));
  const people = Map.groupBy(passed, (one) => one.contact);
  const places = [...people].map(([id, own]) => {
    const text = refusalText(own, page.speech);
    return id === undefined || (id === contact && people.size === 1) ? text : `${page.contact(id)}: ${text}`;
  });
  if (places.length > 0) parts.push(notThere(places.join('; ')));
  return parts.join('; ');
}

/** Why an item gets a message now or not, in a sentence or two. */
function answerOf(item: ItemExplanation, page: Page): string {
  const { speech, zone } = page;
  const words = explainWordsOf(speech);
  const stage = item.stage === undefined ? undefined : quoted(item.stage, item, page);
  if (item.acts) {
    const { place } = item;
    const channel = place === undefined ? undefined : channelWithin(place.channel, speech);
    const acts = words.acts(
      stage,
      place?.contact === undefined ? undefined : page.contact(place.contact),
      channel,
    );
    const why = place === undefined ? '' : whyThere(place, page);
    return why === '' ? acts : `${acts.slice(0, -1)} (${why}).`;
  }
  const { reason = 'settled', failed = 'owed', at } = item;
  if (reason === 'not_yet' && stage !== undefined && at !== undefined)
    return words.notYet(stage, momentText(at, zone, speech));
  const why = waitingClause(reason, item.refusals, speech);
  if (failed === 'owed') return words.done(why);
  const stopped = words.stopped(words.guards[failed], why);
  if (stage === undefined && at === undefined) return stopped;
  const when = at === undefined ? undefined : momentText(at, zone, speech);
  // Without a stage it is the answer that waits, and `when` is the first day on which it may be another.
  const rest =
    stage === undefined
      ? words.again(when ?? '')
      : [words.waits(stage), ...(when === undefined ? [] : [words.until(when)])].join(' ');
  return `${stopped} ${rest}.`;
}

/** What would change the answer of an item or of a stage. */
function wouldLines(
  answer: Pick<ItemExplanation, 'would' | 'at' | 'reason'>,
  item: ItemExplanation,
  page: Page,
): string[] {
  const { speech, zone, contact } = page;
  const words = explainWordsOf(speech);
  const telling: Telling = {
    speech,
    zone,
    contact,
    stage: (id) => quoted(id, item, page),
  };
  // When it changes by itself is said already; that one may ask for any stage by hand goes without saying.
  const ways = (answer.would ?? []).filter(
    (way) =>
      !way.every(
        (change) =>
          ((change.kind === 'date' || change.kind === 'contact') &&
            change.at !== undefined &&
            change.at === answer.at) ||
          (change.kind === 'ask' && answer.reason === 'not_yet') ||
          // Nobody wants a cent more of what is settled.
          (change.kind === 'amount' && (answer.reason === 'paid' || answer.reason === 'credited')),
      ),
  );
  const [first] = ways;
  if (first === undefined) return [];
  if (ways.length === 1) return [`${words.wouldOne} ${wayText(first, telling)}.`];
  const told = ways.slice(0, mostWays).map((way) => `  · ${wayText(way, telling)}`);
  const rest = ways.length - told.length;
  return [words.wouldAny, ...told, ...(rest > 0 ? [`  ${words.more(speech.format.count(rest))}`] : [])];
}

const marks: Readonly<Record<string, string>> = {
  done: '✓',
  skipped: '–',
  failed: '✗',
  unknown: '?',
  planned: '…',
  proposed: '…',
  due: '→',
};
/** States that their mark or their day says all of. */
const plain: ReadonlySet<string> = new Set(['done', 'due', 'later', 'planned', 'proposed']);

function stageText(stage: StageExplanation, item: ItemExplanation, page: Page): string {
  const { speech, names } = page;
  const words = explainWordsOf(speech);
  const day = stage.on ?? stage.day;
  const when = day === undefined ? '' : ` ${speech.format.shortDate(day)}`;
  const name = names.stage(stage.stage, item.policy?.id, speech);
  const told = page.stages ? stage.state !== 'done' : !plain.has(stage.state);
  const reason = stage.reason ?? (Object.hasOwn(speech.words.reasons, stage.state) ? stage.state : undefined);
  const guard = page.stages && stage.failed !== undefined ? `${words.guards[stage.failed]}: ` : '';
  const why = reason === undefined || !told ? '' : ` (${guard}${reasonOf(reason, speech)})`;
  return `${marks[stage.state] ?? ''}${name}${when}${why}`;
}

function quoted(stage: string, item: ItemExplanation, { names, speech }: Page): string {
  return speech.words.quote(names.stage(stage, item.policy?.id, speech));
}

function numberOf({ item, number }: ItemExplanation): string {
  const [, instalment] = item.split('~');
  return numberOfItem({ number, instalment });
}
