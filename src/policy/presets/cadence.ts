import type { Documents, GroupKey, Stage } from '../types.js';
import { buildPreset } from './build.js';
import { OptionCheck, type PresetOptions } from './options.js';
import { call, collectionNotice, firm, followUp, reminder, upcoming } from './stages.js';

/** Options of {@link cadence}. */
export interface CadenceOptions extends PresetOptions {
  /**
   * Where a customer enters, and goes on when the invoice that carries them is
   * paid. `standard` (default): with the first reminder, however old the debt
   * is. `contextual`: with the reminder that fits the age of the oldest invoice.
   */
  readonly logic?: 'standard' | 'contextual' | undefined;
  /** Contact floor: least days between two messages to a customer. Default `5d`. */
  readonly floor?: string | undefined;
  /** Days before the due date of the invoice that carries the customer; `none` for nothing. Default `5d`. */
  readonly before?: string | undefined;
  /** Days after it, one to four, mildest first. Default 3, 10, 20 and 30. */
  readonly reminders?: readonly number[] | undefined;
  /** Invoices listed: all that are `overdue` (default), or all that are `open`: every reminder is then a statement of account. */
  readonly list?: 'overdue' | 'open' | undefined;
  /** What climbs together. Default the whole customer, by currency. */
  readonly group?: readonly GroupKey[] | undefined;
}

const own = ['logic', 'floor', 'before', 'reminders', 'list', 'group'] as const;

const makers = [reminder, followUp, firm, collectionNotice] as const;
const usualReminders: readonly number[] = [3, 10, 20, 30];

/**
 * One conversation per customer: all that is overdue in one message, carried by
 * the oldest unpaid invoice, never sooner than the contact floor after the last;
 * disputed invoices leave it.
 *
 * @example
 * const documents = presets.cadence({ zone: 'Europe/Paris', logic: 'contextual', floor: '7d' });
 * @throws RecobroError `invalid_option` with every problem and its path
 */
export function cadence(options: CadenceOptions): Documents {
  check(options);
  const { logic = 'standard', floor = '5d', before = '5d', list = 'overdue' } = options;
  const { reminders = usualReminders, group = ['account'] } = options;
  const chasing = reminders.map((days, index) =>
    list === 'open' ? statement(index, days) : (makers[index] ?? collectionNotice)(`${days}d`),
  );
  // Everything that is open is not coming due this week.
  const early: Stage =
    list === 'open' ? { ...upcoming(before), do: [{ send: 'statement' }] } : upcoming(before);
  return buildPreset(
    {
      id: 'cadence',
      gap: floor,
      plan: { blocks: { dispute: 'item' } },
      policy: {
        unit: { group, carrier: logic === 'standard' ? 'restart' : 'recompute' },
        message: { by: 'unit', list },
        late: logic === 'standard' ? 'each' : 'latest',
        entry: logic === 'standard' ? 'first' : 'latest',
        // What the floor pushes back has its turn, or gives way to what fits by then.
        pushed: logic === 'standard' ? 'both' : 'gives-way',
        stages: [...(before === 'none' ? [] : [early]), ...chasing, call],
      },
    },
    options,
  );
}

/** Lists what is not due yet, and so must not call everything overdue. */
function statement(index: number, days: number): Stage {
  return {
    id: index === 0 ? 'statement' : `statement-${index + 1}`,
    tone: 'friendly',
    at: { from: 'due', plus: `${days}d` },
    do: [{ send: 'statement' }],
  };
}

function check(options: CadenceOptions): void {
  const see = new OptionCheck('cadence', options, own);
  const { group } = options;
  see.choice('logic', options.logic, ['standard', 'contextual']);
  see.duration('floor', options.floor, 'gap');
  if (options.before !== 'none') see.duration('before', options.before, 'positiveDays');
  see.rising('reminders', options.reminders, 1, 999, [1, makers.length]);
  see.choice('list', options.list, ['overdue', 'open']);
  if (see.list('group', group, [1, 10])) {
    for (const [index, key] of group.entries()) {
      const fine = ['account', 'entity', 'area', 'branch'].includes(key) || /^item\.attributes\../.test(key);
      if (!fine) see.report(`group[${index}]`, 'must be account, entity, area, branch or item.attributes.…');
      else if (group.indexOf(key) < index) see.report(`group[${index}]`, 'stands before it already');
    }
  }
  see.done();
}
