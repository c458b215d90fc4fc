import { cadence } from './cadence.js';
import { balanced, exporter, preventive } from './classic.js';
import { endless } from './endless.js';
import { intervals } from './intervals.js';
import { levelRuns } from './level-runs.js';
import { overdueStates } from './overdue-states.js';
import { thresholds } from './thresholds.js';

export type { Preset } from './build.js';
export type { CadenceOptions } from './cadence.js';
export type { EndlessOptions } from './endless.js';
export type { IntervalLevel, IntervalsOptions } from './intervals.js';
export type { LevelRunsOptions, RunLevel } from './level-runs.js';
export type { PresetOptions } from './options.js';
export type { OverdueCriteria, OverdueStatesOptions } from './overdue-states.js';
export type { ThresholdsOptions } from './thresholds.js';

/**
 * Complete documents for the ways to dun that users know: plan, policy and
 * messages in Spanish, English and Portuguese for WhatsApp, e-mail and SMS.
 * They are plain data: spread them, or change a copy. Options that are not
 * valid are refused with a `RecobroError` `invalid_option` that lists every
 * problem with its path.
 *
 * @example
 * const { plan, policies, messages } = presets.balanced({ zone: 'America/Bogota', language: 'es' });
 */
export const presets = {
  exporter,
  preventive,
  balanced,
  levelRuns,
  intervals,
  cadence,
  overdueStates,
  thresholds,
  endless,
} as const;
