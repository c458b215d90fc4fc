import { setup, transition } from 'xstate';
import type { Contender } from '../contender.js';
import { type SegmentName, today } from '../work.js';
import { type HandRung, handLadders, lastSent, summaryOf } from './by-hand.js';

interface Context {
  readonly daysPastDue: number;
  readonly outstanding: number;
  readonly currency: string;
  readonly shareLate: number | undefined;
}

/**
 * A machine per ladder, an instance per invoice: a state per stage, a guarded
 * transition to each later stage, the severest first. The state is restored and
 * stepped by the pure `transition`, which is quicker than an actor per invoice.
 */
export function xstate(): Contender {
  const machines = {
    key: machineOf('key'),
    slow: machineOf('slow'),
    regular: machineOf('regular'),
  };
  const dayOfToday = dayOf(today);

  return {
    name: 'xstate',
    slow: true,
    review: (file, tell) => {
      const { open, segment, shareLate } = summaryOf(file);
      const machine = machines[segment];
      const ladder = handLadders[segment];
      for (const { invoice, cases, outstanding } of open) {
        const { id, due, currency } = invoice;
        if (due === undefined) continue;
        const context = { daysPastDue: dayOfToday - dayOf(due), outstanding, currency, shareLate };
        const value = ladder[lastSent(cases, ladder)]?.id ?? 'none';
        const known = machine.resolveState({ value, context });
        const [next] = transition(machine, known, { type: 'review' });
        if (next.value !== value && typeof next.value === 'string') tell(id, next.value);
      }
    },
  };
}

function machineOf(segment: SegmentName) {
  const ladder = handLadders[segment];
  const machine = setup({
    types: {} as { context: Context; events: { type: 'review' } },
    guards: Object.fromEntries(
      ladder.map((rung) => [rung.id, ({ context }: { context: Context }) => isDue(rung, context)]),
    ),
  });
  const later = (from: number) =>
    ladder
      .slice(from + 1)
      .reverse()
      .map(({ id }) => ({ target: id, guard: id }));
  return machine.createMachine({
    id: segment,
    initial: 'none',
    context: { daysPastDue: 0, outstanding: 0, currency: '', shareLate: undefined },
    states: {
      none: { on: { review: later(-1) } },
      ...Object.fromEntries(ladder.map(({ id }, index) => [id, { on: { review: later(index) } }])),
    },
  });
}

function isDue({ days, least, late }: HandRung, context: Context): boolean {
  const { daysPastDue, outstanding, currency, shareLate } = context;
  if (daysPastDue < days || (days < 0 && daysPastDue > 0)) return false;
  if (least !== undefined && !(outstanding >= (currency === 'USD' ? least.USD : least.MXN))) return false;
  return late === undefined || (shareLate !== undefined && shareLate >= late);
}

function dayOf(date: string): number {
  return Date.parse(date) / 86_400_000;
}
