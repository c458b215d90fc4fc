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

const verifying: Message = {
  ...noted,
  id: 'verifying',
  about: 'report',
  text: { en: { whatsapp: 'We verify your payment of {{invoice.numbers}}. Thanks.' } },
};

/** Contact hours on these days only. 6 February 2026 is a Friday. */
function open(days: readonly Weekday[]): Documents {
  const { plan, policies, messages } = documents;
  return {
    plan: { ...plan, contact: { windows: [{ days: [...days], from: '09:00', to: '18:00' }] } },
    policies: policies.map((policy) => ({
      ...policy,
      on: { ...policy.on, promised: [{ send: 'noted' }], reported: [{ send: 'verifying' }] },
    })),
    messages: { ...messages, messages: [...messages.messages, noted, verifying] },
  };
}

async function promised(days: readonly Weekday[], said = 'We will pay on Friday 20 February') {
  const made = await house(open(days));
  await reminded(made);
  made.whatsapp.reset();
  made.clock.moveTo(at('02-06', '21:00'));
  const stamped = { timestamp: String(at('02-06', '21:00') / 1000) };
  await made.hook(text(said, stamped));
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

it('that of a reported payment goes out likewise, once, and not to whoever wants no more', async () => {
  const said = 'Ya pagamos ayer';
  const made = await promised(['mon', 'fri'], said);
  expect(made.whatsapp.sent).toMatchObject([
    {
      message: 'verifying',
      content: { text: expect.stringContaining('We verify your payment of F-1042.') },
      windowUntil: at('02-07', '21:00'),
    },
  ]);
  await made.hook(text('Ya está pagado', { timestamp: String(at('02-06', '21:05') / 1000) }));
  await made.dunning.tick({ now: made.clock.now() });
  expect(made.whatsapp.sent).toHaveLength(1);
  expect(await made.dunning.replay()).toMatchObject({ ok: true });
  const stopped = await promised(['fri', 'sat'], said);
  await stopped.hook(text('STOP', { timestamp: String(at('02-06', '21:05') / 1000) }));
  stopped.clock.moveTo(at('02-07', '09:00'));
  await stopped.dunning.tick({ now: stopped.clock.now() });
  expect(stopped.whatsapp.sent.filter(({ message }) => message === 'verifying')).toEqual([]);
});
