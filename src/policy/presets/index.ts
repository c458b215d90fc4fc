import { buildPreset, type Preset } from './build.js';
import { collectionNotice, dueToday, firm, followUp, reminder, upcoming } from './stages.js';

export type { Preset, PresetOptions } from './build.js';

/** After the due date only: 1, 3, 7 and 14 days late, then a call. */
const exporter: Preset = (options) =>
  buildPreset(
    {
      id: 'exporter',
      name: 'Exporter',
      stages: [reminder('1d'), followUp('3d'), firm('7d'), collectionNotice('14d')],
      messages: ['reminder', 'follow-up', 'firm', 'collection-notice'],
    },
    options,
  );

/** A week before, on the due date, one and two weeks late, a month late, then a call. */
const preventive: Preset = (options) =>
  buildPreset(
    {
      id: 'preventive',
      name: 'Preventive',
      stages: [upcoming, dueToday, reminder('7d'), firm('14d'), collectionNotice('1mo')],
      messages: ['upcoming', 'due-today', 'reminder', 'firm', 'collection-notice'],
    },
    options,
  );

/** A week before, on the due date, 3 days late, firm at 10, a collection notice at 21, then a call. */
const balanced: Preset = (options) =>
  buildPreset(
    {
      id: 'balanced',
      name: 'Balanced',
      stages: [upcoming, dueToday, reminder('3d'), firm('10d'), collectionNotice('21d')],
      messages: ['upcoming', 'due-today', 'reminder', 'firm', 'collection-notice'],
    },
    options,
  );

/**
 * Complete documents for the cadences that users know: plan, policy and
 * messages in Spanish, English and Portuguese for WhatsApp, e-mail and SMS.
 * They are plain data: spread them, or change a copy.
 *
 * @example
 * const { plan, policies, messages } = presets.balanced({ zone: 'America/Bogota', language: 'es' });
 */
export const presets = { exporter, preventive, balanced } as const satisfies Readonly<Record<string, Preset>>;
