import type { Answer, Change, Explanation, ItemExplanation, Tried, Way } from '../../src/engine/index.js';

/** An explanation in lines that a person can read and check: nothing that it says is left out but what was looked at. */

/** An instant in UTC, to the minute. */
const minuteOf = (at: number): string => new Date(at).toISOString().slice(5, 16).replace(':00', '');

const textOf = (value: unknown): string =>
  typeof value === 'number' && value > 1e12
    ? minuteOf(value)
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

/** Every value that a change holds, in order. */
const changeOf = (change: Change): string => Object.values(change).map(textOf).join(' ');

export const waysOf = (would: readonly Way[] | undefined): string =>
  would === undefined ? '' : `[${would.map((way) => way.map(changeOf).join(' + ')).join(' | ')}]`;

/** How many guards were asked, the failing one last. */
const triedOf = (tried: readonly Tried[]): string => `(${tried.length} asked)`;

function answerOf({ acts, failed, reason, at, would }: Answer): string {
  const why = failed === undefined ? reason : `${failed} ${reason}`;
  return [acts ? 'acts' : 'rests', why, at && `at ${textOf(at)}`, waysOf(would)].filter(Boolean).join(' ');
}

/** An item: a line of what it is, one of its answer, then its stages. */
export function linesOf(item: ItemExplanation): string[] {
  const {
    case: one,
    caseState,
    closed,
    policy,
    assignedBy,
    experiment,
    group,
    stage,
    place,
    refusals,
  } = item;
  return [
    [
      item.item,
      `${item.dunnable}/${item.outstanding}`,
      policy === undefined ? 'no policy' : `${policy.id}@${policy.version}`,
      `by ${assignedBy}`,
      experiment && Object.values(experiment).join('/'),
      one && `${one} ${caseState}`,
      closed && `(${closed.reason} ${closed.on})`,
      group && `${group.id} ${group.carrier} ${group.why}`,
    ]
      .filter(Boolean)
      .join(' '),
    [
      answerOf(item),
      stage && `with ${stage}`,
      place && `to ${place.contact}:${place.channel}`,
      refusals?.map(({ channel, reason }) => `${channel} ${reason}`).join(),
      triedOf(item.tried),
    ]
      .filter(Boolean)
      .join(' '),
    ...item.stages.map((own) =>
      [
        `- ${own.stage} ${own.state}`,
        own.day?.slice(5),
        own.on && `(${own.on.slice(5)})`,
        answerOf(own),
        own.condition && `holds ${own.condition.holds}`,
        own.place && `to ${own.place.contact}:${own.place.channel}`,
        own.tried.length > 0 && triedOf(own.tried),
      ]
        .filter(Boolean)
        .join(' '),
    ),
  ];
}

/** Data holds no field without a value: it is written down and read again as it was. */
function expectData(value: unknown, path: string): void {
  if (value === undefined) throw new Error(`${path} is there without a value`);
  if (typeof value !== 'object' || value === null) return;
  // What blocks an item is the ledger's own record.
  for (const [key, one] of Object.entries(value)) if (key !== 'blocks') expectData(one, `${path}.${key}`);
}

/** All items of an explanation, one after another. */
export function explainedLines({ items }: Explanation): string[] {
  expectData(items, 'items');
  return items.flatMap(linesOf);
}
