import { type Day, formatDay } from '../calendar/index.js';
import type { NoCharge, NotCharged } from './charge.js';

/** The answer that there is no charge. */
export function no(reason: NoCharge, at: string, day?: Day): NotCharged {
  return { made: false, reason, at, ...(day === undefined ? {} : { day: formatDay(day) }) };
}

/** Whether a step of the reckoning ended in that answer. */
export function isNo<T>(value: readonly T[] | NotCharged): value is NotCharged {
  return !Array.isArray(value);
}
