import { formatDay, localDay, startOfDay } from '../../src/calendar/index.js';
import {
  type AccountFile,
  type Act,
  type DecideOptions,
  type Decision,
  decide,
  type Engine,
  evolveAll,
  type FileEvent,
  type Waiting,
} from '../../src/engine/index.js';
import { zone } from './build.js';

/** `03-05 10:00`, in the zone of the builders; a day alone where it is its first instant. */
function moment(at: number): string {
  const day = localDay(at, zone);
  const minutes = Math.round((at - startOfDay(day, zone)) / 60_000);
  const text = formatDay(day).slice(5);
  const two = (number: number): string => String(number).padStart(2, '0');
  return minutes === 0 ? text : `${text} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** `F1 s1d`, of a cover or event. */
function where(id: string | undefined, stage: string | undefined, occurrence = 1): string {
  const short = id?.replace(/^ladder\//, '').replace(/#1$/, '');
  const turn = occurrence > 1 ? `*${occurrence}` : '';
  return [short, stage === undefined ? undefined : stage + turn]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** `message s1d (s1d) email ana: F1 s1d, F2 s1d; F1 F2 [F3]; 20000 MXN`. */
export function lineOf(act: Act): string {
  const covers = act.covers.map((cover) => where(cover.case, cover.stage, cover.occurrence)).join(', ');
  const items = act.items.map(({ item, acting }) => (acting ? item : `[${item}]`)).join(' ');
  const totals = act.totals.map(({ minor, currency }) => `${minor} ${currency}`).join(' + ');
  const head = [act.kind, act.message ?? act.name, act.channel, act.contact, act.reason, act.mode];
  return `${head.filter((part) => part !== undefined).join(' ')}: ${covers}; ${items}; ${totals}`;
}

function lineOfEvent(event: FileEvent): string {
  if (event.type === 'act.planned') return lineOf(event.act);
  const { type, ...rest } = event;
  const field = (name: string): string | undefined => {
    const value: unknown = Object.entries(rest).find(([key]) => key === name)?.[1];
    return typeof value === 'string' ? value : undefined;
  };
  const { occurrence } = { occurrence: 1, ...rest };
  const text = where(field('case'), field('stage'), occurrence);
  const reason = field('reason') === undefined ? '' : ` (${field('reason')})`;
  return `${type} ${text}${reason}`.replace('  ', ' ').trim();
}

function lineOfWaiting({ item, stage, reason, at, refusals = [] }: Waiting): string {
  const why = refusals.map((one) => `${one.contact ?? '-'}/${one.channel}:${one.reason}`).join(' ');
  const until = at === undefined ? '' : ` until ${moment(at)}`;
  return `${item} waits${stage === undefined ? '' : ` at ${stage}`}: ${reason}${until} ${why}`.trim();
}

/** All that a review says, a line for each: what happens, what waits and why, and when to look again. */
export function linesOf({ events, waiting, next, unfinished }: Decision): readonly string[] {
  return [
    ...events.filter(({ type }) => type !== 'review.made' && type !== 'case.opened').map(lineOfEvent),
    ...waiting.map(lineOfWaiting),
    ...(unfinished === true ? ['unfinished'] : []),
    `next ${next === undefined ? 'never' : moment(next)}`,
  ];
}

/** The file once a review is applied and its messages are accepted; tasks stay open. */
export function once(
  engine: Engine,
  file: AccountFile,
  at: number,
  options: DecideOptions = {},
): AccountFile {
  const { events, acts } = decide(engine, file, at, options);
  const on = formatDay(localDay(at, zone));
  const accepted = acts
    .filter(({ kind, mode }) => kind === 'message' && mode === undefined)
    .map((act): FileEvent => ({ type: 'act.accepted', act: act.id, at, on }));
  return evolveAll(file, [...events, ...accepted]);
}
