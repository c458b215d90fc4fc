import { expect, it } from 'vitest';
import type { Documents, Message, Weekday } from '../../../src/policy/types.js';
import { at, documents } from '../../support/world.js';
import { house, reminded, text } from './house.js';

const noted: Message = {
  id: 'noted',
  about: 'promise',
  text: {
    en: {
      whatsapp: { one: 'Noted, {{contact.name}}. Thanks.', many: 'Noted, {{contact.name}}. Thanks.' },
      email: { subject: 'Noted, {{contact.name}}', body: 'Noted, {{contact.name}}.' },
    },
  },
};

/** Contact hours on these days only. 6 February 2026 is a Friday. */
function open(days: readonly Weekday[]): Documents {
  const { plan, policies, messages } = documents;
  return {
    plan: { ...plan, contact: { windows: [{ days: [...days], from: '09:00', to: '18:00' }] } },
    policies: policies.map((policy) => ({ ...policy, on: { ...policy.on, promised: [{ send: 'noted' }] } })),
    messages: { ...messages, messages: [...messages.messages, noted] },
  };
}

async function promised(days: readonly Weekday[]) {
  const made = await house(open(days));
  await reminded(made);
  made.whatsapp.reset();
  made.clock.moveTo(at('02-06', '21:00'));
  const stamped = { timestamp: String(at('02-06', '21:00') / 1000) };
  await made.hook(text('We will pay on Friday 20 February', stamped));
  return made;
}

it('an acknowledgement waits for contact hours, and goes out in the window of the message', async () => {
  const made = await promised(['fri', 'sat']);
  expect(made.whatsapp.sent).toEqual([]);
  made.clock.moveTo(at('02-07', '09:00'));
  await made.dunning.tick({ now: made.clock.now() });
  expect(made.whatsapp.sent).toMatchObject([{ message: 'noted', windowUntil: at('02-07', '21:00') }]);
});

it('one that contact hours would keep back until the window is over goes out at once', async () => {
  const made = await promised(['mon', 'fri']);
  expect(made.whatsapp.sent).toMatchObject([{ message: 'noted', windowUntil: at('02-07', '21:00') }]);
  await made.dunning.tick({ now: made.clock.now() });
  expect(made.whatsapp.sent).toHaveLength(1);
  expect(await made.dunning.replay()).toMatchObject({ ok: true });
});
