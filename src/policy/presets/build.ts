import { RecobroError } from '../../errors.js';
import type { Documents, Stage, Via, Weekday } from '../types.js';
import { presetMessages } from './messages/catalogue.js';
import type { PresetMessage } from './messages/pack.js';

/** What a preset must be told, and what it may be told. */
export interface PresetOptions {
  /** IANA zone of the books of the company that is owed, such as `America/Mexico_City`. */
  readonly zone: string;
  /** BCP 47; used where neither contact nor account says. Default `en`. Texts exist in `es`, `en` and `pt`. */
  readonly language?: string | undefined;
  /** Id of plan, policy and messages. Default: the preset's name. */
  readonly id?: string | undefined;
  /** Days off of every week. Default Saturday and Sunday. */
  readonly weekend?: readonly Weekday[] | undefined;
  /** Dates (`YYYY-MM-DD`) on which nobody is contacted. Default none. */
  readonly holidays?: readonly string[] | undefined;
}

/** Makes the three documents of a cadence. */
export type Preset = (options: PresetOptions) => Documents;

const week: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/**
 * WhatsApp first; e-mail when that was not delivered in a day; SMS when the
 * e-mail was refused. A chain passes over channels that the host does not have
 * and addresses and consents that the contact does not have.
 */
const via: readonly Via[] = [{ channel: 'whatsapp' }, { channel: 'email' }, { channel: 'sms' }];

/** The stage that hands the debt to a person, once the last message has had its time. */
const call: Stage = {
  id: 'call',
  name: 'Call by the account owner',
  tone: 'formal',
  at: { from: 'previous', plus: '3bd', businessDay: 'next' },
  do: [{ task: 'call', within: '2bd' }],
};

/** Documents of a cadence: its stages, then the call; contact rules that its distances fit into. */
export function buildPreset(
  preset: {
    readonly id: string;
    readonly name: string;
    readonly stages: readonly Stage[];
    readonly messages: readonly PresetMessage[];
  },
  options: PresetOptions,
): Documents {
  // Hosts without types may forget the argument.
  if (typeof options !== 'object' || options === null) {
    throw new RecobroError('invalid_option', `the options of presets.${preset.id}() are missing`, {
      problems: [
        { path: 'zone', code: 'missing', message: "say where the books are: { zone: 'America/Bogota' }" },
      ],
    });
  }
  const id = options.id ?? preset.id;
  const weekend = options.weekend ?? ['sat', 'sun'];
  return {
    plan: {
      id,
      version: 1,
      zone: options.zone,
      language: options.language ?? 'en',
      default: id,
      contact: {
        gap: '1d',
        caps: [
          { max: 1, per: '1d' },
          { max: 3, per: '7d' },
        ],
        windows: [{ days: week.filter((day) => !weekend.includes(day)), from: '09:00', to: '18:00' }],
        closedOnHolidays: true,
      },
      calendar: { weekend: [...weekend], holidays: [...(options.holidays ?? [])] },
    },
    policies: [
      {
        id,
        version: 1,
        name: preset.name,
        message: { by: 'account', list: 'acting' },
        via,
        late: 'latest',
        entry: 'first',
        stages: [...preset.stages, call],
        on: { paid: [{ send: 'thanks' }] },
      },
    ],
    messages: presetMessages(id, [...preset.messages, 'thanks']),
  };
}
