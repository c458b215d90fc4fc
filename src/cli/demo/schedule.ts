import { type Day, localDay, parseDay, startOfDay } from '../../calendar/index.js';

/** First and last day of the demo. */
export const period = { from: '2026-01-05', to: '2026-04-05' } as const;

/** The zone of the invented company. */
export const homeZone = 'America/Bogota';

const minute = 60_000;

/**
 * When the demo looks at its accounts, in minutes of the UTC day. Each is
 * morning within contact hours somewhere, the last is the afternoon of the
 * Americas: nobody waits longer than a day for what falls due.
 */
const slots = { india: 240, spain: 510, southernCone: 750, colombia: 870, mexico: 960, afternoon: 1230 };

const morningOf: Readonly<Record<string, number>> = {
  'Asia/Kolkata': slots.india,
  'Europe/Madrid': slots.spain,
  'America/Santiago': slots.southernCone,
  'America/Punta_Arenas': slots.southernCone,
  'America/Sao_Paulo': slots.southernCone,
  'America/Recife': slots.southernCone,
  'America/Bogota': slots.colombia,
  'America/Cancun': slots.colombia,
  'America/Manaus': slots.colombia,
  'America/Mexico_City': slots.mexico,
  'America/Merida': slots.mexico,
  'America/Hermosillo': slots.mexico,
};

/** The instant before everything, at which the ledger is opened. */
export const opening: number = at(parseDay(period.from), slots.india) - minute;

/** All instants at which the demo looks, in order. */
export const steps: readonly number[] = Array.from(
  { length: parseDay(period.to) - parseDay(period.from) + 1 },
  (_, index) => Object.values(slots).map((slot) => at(parseDay(period.from) + index, slot)),
).flat();

/** When facts of a day become known for an account in that zone. */
export function instantOfDay(day: Day, zone: string, half: 'am' | 'pm' = 'am'): number {
  return at(day, half === 'pm' ? slots.afternoon : (morningOf[zone] ?? slots.colombia));
}

/** Whether it is the hour at which the company's own people do what is waiting for them. */
export function isDeskHour(instant: number): boolean {
  return (instant - startOfDay(localDay(instant, 'UTC'), 'UTC')) / minute === slots.colombia;
}

function at(day: Day, slot: number): number {
  return startOfDay(day, 'UTC') + slot * minute;
}
