import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDay } from '../../src/calendar/index.js';
import { callTask } from '../../src/channels/tasks/index.js';
import type { Dunning, TaskOutcome } from '../../src/dunning/index.js';
import { isRecobroError } from '../../src/errors.js';
import type { Message } from '../../src/policy/types.js';
import { recordingChannel } from '../../src/testing/recording-channel.js';
import { houseOf, stage } from '../support/house.js';
import { account, all, at, invoice, payment, world } from '../support/world.js';

const days = [...Array(14).keys()].map((day) => `02-${String(11 + day).padStart(2, '0')}`);
const rungs = days.map((_, index) => stage(`s${index}`, `${index + 1}d`, { do: [{ send: 'word' }] }));

const word: Message = {
  id: 'word',
  about: 'items',
  text: { en: { email: { subject: '{{amount}}', body: '{{amount}} {{ask}}' }, call: 'Ask for {{amount}}.' } },
};

/** Outcomes that need no more to be said. */
type Simple = Exclude<TaskOutcome['outcome'], 'promised' | 'paid' | 'disputed'>;

const outcome = fc.constantFrom<Simple>('reached', 'messageLeft', 'noAnswer', 'wrongNumber', 'notDone');
const life = fc.record({
  gap: fc.integer({ min: 1, max: 4 }),
  max: fc.integer({ min: 1, max: 3 }),
  tries: fc.integer({ min: 1, max: 2 }),
  patience: fc.constantFrom(undefined, '30h'),
  /** What the person does on each day: nothing, or this; told twice where it says so. */
  told: fc.array(fc.option(fc.record({ outcome, twice: fc.boolean() }), { freq: 2 }), {
    minLength: days.length,
    maxLength: days.length,
  }),
  paid: fc.option(fc.integer({ min: 2, max: days.length - 1 })),
});

interface Contact {
  readonly day: number;
  readonly by: 'email' | 'call';
}

/** Whatever is decided keeps its distance from the contacts of earlier days, and has room under the cap. */
function checkRoom(day: number, contacts: readonly Contact[], gap: number, max: number): void {
  const before = contacts.filter((one) => one.day < day);
  for (const one of before) expect(day - one.day).toBeGreaterThanOrEqual(gap);
  expect(before.filter((one) => one.day > day - 7).length).toBeLessThan(max);
}

async function openCall(dunning: Dunning): Promise<string | undefined> {
  const open = await all(dunning.acts({ states: ['open'] }));
  const calls = open.filter(({ act }) => act.channel === 'call');
  expect(calls.length).toBeLessThanOrEqual(1);
  return calls[0]?.act.id;
}

describe('calls among other contacts', () => {
  it('count in gap and caps, are told of once, are dropped when settled, and can be replayed', async () => {
    await fc.assert(
      fc.asyncProperty(life, async ({ gap, max, tries, patience, told, paid }) => {
        const place = patience === undefined ? { channel: 'call' } : { channel: 'call', patience };
        // A call that waits and a mail may come of one review.
        const message = { most: { overdue: 9 } };
        const plan = { contact: { gap: `${gap}d`, caps: [{ max, per: '7d' }] } };
        const house = houseOf(rungs, { via: [place, { channel: 'email' }], message }, plan, [
          { id: 'mails', version: 1, via: [{ channel: 'email' }], message, stages: rungs },
        ]);
        const email = recordingChannel('email');
        const channels = [callTask({ tries, wait: 0 }), email];
        const { dunning } = world({
          ...house,
          messages: { id: 'messages', version: 1, messages: [word] },
          channels,
        });
        const own = { ...invoice('F-2', '02-10'), policy: 'mails' };
        await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-10'), own] });
        const contacts: Contact[] = [];
        const done = new Set<string>();
        for (const [index, day] of days.entries()) {
          const today = parseDay(`2026-${day}`);
          if (index === paid)
            await dunning.sync({ payments: [payment('P-1', 'F-1', day), payment('P-2', 'F-2', day)] });
          const before = await openCall(dunning);
          const mails = email.sent.length;
          for (let times = 0; times < 3; times++) await dunning.tick({ now: at(day) });
          if (email.sent.length > mails) {
            checkRoom(today, contacts, gap, max);
            contacts.push({ day: today, by: 'email' });
          }
          const call = await openCall(dunning);
          if (call !== undefined && call !== before) checkRoom(today, contacts, gap, max);
          if (paid !== null && index >= paid) expect(call).toBeUndefined();
          const telling = told[index];
          if (call === undefined || telling === null || telling === undefined) continue;
          const by = { author: 'ana', outcome: telling.outcome, now: at(day, '12:00') };
          await dunning.complete(call, by);
          if (by.outcome === 'reached' || by.outcome === 'messageLeft') {
            expect(done.has(call)).toBe(false);
            done.add(call);
            contacts.push({ day: today, by: 'call' });
          }
          // A try may be told again once its wait is over, which is at once here; whatever ended it may not.
          if (!telling.twice || by.outcome === 'noAnswer') continue;
          const again = await dunning.complete(call, by).catch((error: unknown) => error);
          expect(isRecobroError(again, 'impossible_state')).toBe(true);
        }
        const counted = (await all(dunning.history('robles'))).filter(({ type }) =>
          ['act.confirmed', 'act.accepted'].includes(type),
        );
        expect(counted.filter(({ type }) => type === 'act.confirmed')).toHaveLength(done.size);
        expect(await dunning.replay()).toMatchObject({ ok: true });
      }),
      { numRuns: 40 },
    );
  });
});
