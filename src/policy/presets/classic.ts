import type { Stage } from '../types.js';
import { buildPreset, type Preset } from './build.js';
import { OptionCheck } from './options.js';
import { call, collectionNotice, dueToday, firm, followUp, reminder, upcoming } from './stages.js';

/** A cadence of its own options only: its stages, then a call. */
function cadenceOf(id: string, stages: readonly Stage[]): Preset {
  return (options) => {
    new OptionCheck(id, options, []).done();
    return buildPreset(
      { id, policy: { late: 'latest', entry: 'first', stages: [...stages, call] } },
      options,
    );
  };
}

/** After the due date only: 1, 3, 7 and 14 days late, then a call. */
export const exporter: Preset = cadenceOf('exporter', [
  reminder('1d'),
  followUp('3d'),
  firm('7d'),
  collectionNotice('14d'),
]);

/** A week before, on the due date, one and two weeks late, a month late, then a call. */
export const preventive: Preset = cadenceOf('preventive', [
  upcoming(),
  dueToday,
  reminder('7d'),
  firm('14d'),
  collectionNotice('1mo'),
]);

/** A week before, on the due date, 3 days late, firm at 10, a collection notice at 21, then a call. */
export const balanced: Preset = cadenceOf('balanced', [
  upcoming(),
  dueToday,
  reminder('3d'),
  firm('10d'),
  collectionNotice('21d'),
]);
