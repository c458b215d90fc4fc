import { momentText } from '../amounts.js';
import { limitText } from '../run/outcome.js';
import { pauseLine, type RunPause } from '../run/pause.js';
import { channelName, reasonOf, type Speech } from '../speech.js';
import { en } from './en.js';
import { es } from './es.js';
import { pt } from './pt.js';
import type { StuckWords } from './words.js';

const all: Readonly<Record<'en' | 'es' | 'pt', StuckWords>> = { en, es, pt };

/** Something that does not move, since when, and why, by a code. */
export interface StuckLine {
  readonly what: string;
  readonly since: number;
  readonly code?: string | undefined;
}

/** What is told of work that does not move: how much there is of each kind, and the first of it. */
export interface StuckFacts {
  readonly unknown: StuckList<StuckLine>;
  readonly leases: StuckList<StuckLine>;
  readonly circuits: StuckList<StuckLine & { readonly circuit: StuckCircuit }>;
  readonly rates: StuckList<StuckRate>;
  readonly pauses: readonly RunPause[];
  readonly overdue: StuckList<StuckLine>;
  readonly reviews: StuckList<StuckLine>;
  readonly lapsing: StuckList<{ readonly what: string; readonly lapses: string }>;
  readonly deadLetters: StuckList<StuckLine>;
  readonly aside: StuckList<StuckLine & { readonly channel: string }>;
}

export interface StuckList<T> {
  readonly count: number;
  readonly first: readonly T[];
}

export interface StuckCircuit {
  readonly scope: keyof StuckWords['scope'];
  readonly channel: string;
  readonly name: string;
  readonly until: number;
}

/** A limit that is reached; `*` stands for every channel or sender. */
export interface StuckRate {
  readonly channel: string;
  readonly sender: string;
  readonly counts: 'messages' | 'people';
  readonly most: number;
  readonly per: 'second' | 'minute' | 'hour' | 'day';
  readonly until: number;
}

/** Lines of one kind that are told; the data has more. */
const most = 5;

/** Work that does not move, as lines that a person reads. */
export function stuckText(facts: StuckFacts, zone: string, speech: Speech): string {
  const words = all[speech.words.language];
  const moment = (instant: number): string => momentText(instant, zone, speech);
  const plain = ({ what, since, code }: StuckLine): string =>
    words.line(what, moment(since), code === undefined ? undefined : reasonOf(code, speech));
  const part = <T>(
    list: StuckList<T>,
    head: (count: string, one: boolean) => string,
    line: (one: T) => string,
  ): string[] => {
    if (list.count === 0) return [];
    const shown = list.first.slice(0, most).map((one) => `  · ${line(one)}`);
    const left = list.count - shown.length;
    const count = speech.format.count(list.count);
    return [
      head(count, list.count === 1),
      ...shown,
      ...(left > 0 ? [`  ${words.more(speech.format.count(left))}`] : []),
    ];
  };
  const lines = [
    ...part(facts.unknown, words.unknown, plain),
    ...part(facts.leases, words.leases, plain),
    ...part(facts.circuits, words.circuits, ({ circuit, since, code }) => {
      const { scope, channel, name, until } = circuit;
      const what = words.scope[scope](channelName(channel, speech), name);
      return `${plain({ what, since, code })}; ${words.nextProbe(moment(until))}`;
    }),
    ...facts.pauses.map((pause) => pauseLine(pause, zone, speech)),
    ...part(facts.rates, words.rates, ({ channel, sender, until, ...limit }) => {
      const whose = [channel === '*' ? '*' : channelName(channel, speech), sender].join(' ');
      return words.rate(whose, limitText(limit, speech), moment(until));
    }),
    ...part(facts.overdue, words.overdue, plain),
    ...part(facts.reviews, words.reviews, plain),
    ...part(
      facts.lapsing,
      words.lapsing,
      ({ what, lapses }) => `${what}, ${words.until(speech.format.longDate(lapses))}`,
    ),
    ...part(facts.deadLetters, words.deadLetters, plain),
    ...part(facts.aside, words.aside, ({ channel, ...one }) =>
      plain({ ...one, what: `${channelName(channel, speech)} ${one.what}` }),
    ),
  ];
  return lines.length === 0 ? words.nothing : lines.join('\n');
}
