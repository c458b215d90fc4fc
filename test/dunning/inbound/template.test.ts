import { describe, expect, it } from 'vitest';
import { derivedTemplates, whatsapp } from '../../../src/channels/whatsapp/index.js';
import { recordingChannel } from '../../../src/testing/recording-channel.js';
import { account, at, invoice, world } from '../../support/world.js';
import { signed } from './house.js';

/** A service whose templates are named after the messages, and what Meta says of one. */
async function scene() {
  const recording = recordingChannel('whatsapp');
  const { receive, templateOf } = whatsapp({
    phoneNumberId: '108200000000033',
    accessToken: 't',
    templates: derivedTemplates({ prefix: 'acme' }),
    appSecret: 'app-secret',
  });
  if (receive === undefined || templateOf === undefined) throw new Error('it does not receive');
  const made = world({ channels: [{ ...recording, receive, templateOf }] });
  await made.dunning.sync({ accounts: [account], invoices: [invoice('F-1042', '02-03')] });
  const handler = made.dunning.webhook('whatsapp');
  const tell = async (event: string, name: string, language: string, seconds = made.clock.now() / 1000) => {
    const value = { event, message_template_name: name, message_template_language: language, reason: 'NONE' };
    const change = { field: 'message_template_status_update', value };
    await handler(signed(JSON.stringify({ entry: [{ id: '1', time: seconds, changes: [change] }] })));
    await made.dunning.tick({ now: made.clock.now() });
  };
  const tickAt = async (day: string, time: string) => {
    made.clock.moveTo(at(day, time));
    await made.dunning.tick({ now: made.clock.now() });
  };
  return { ...made, recording, tell, tickAt };
}

describe('what Meta says of templates', () => {
  it('holds their messages back, shows it as stuck, and lets one try after three hours', async () => {
    const made = await scene();
    made.clock.moveTo(at('02-06', '08:00'));
    await made.tell('PAUSED', 'acme_soft', 'en');
    const held = {
      scope: 'template',
      names: ['soft', 'one', 'en'],
      code: 'whatsapp:template_paused',
      definite: true,
    };
    expect((await made.dunning.stuck()).circuits.list).toMatchObject([
      { ...held, channel: 'whatsapp', until: at('02-06', '11:00') },
    ]);
    await made.tickAt('02-06', '10:00');
    expect(made.recording.sent).toEqual([]);
    // What was said before the pause, of another language, or that changes nothing, lifts nothing.
    await made.tell('APPROVED', 'acme_soft', 'en', at('02-05') / 1000);
    await made.tell('APPROVED', 'acme_soft', 'es');
    await made.tell('FLAGGED', 'acme_soft', 'en');
    expect((await made.dunning.stuck()).circuits.count).toBe(1);
    await made.tickAt('02-06', '12:30');
    expect(made.recording.sent.map(({ message }) => message)).toEqual(['soft']);
    expect((await made.dunning.stuck()).circuits.count).toBe(0);
  });

  it('lets them go as soon as it is approved', async () => {
    const made = await scene();
    made.clock.moveTo(at('02-06', '08:00'));
    await made.tell('REJECTED', 'acme_soft', 'en');
    expect((await made.dunning.stuck()).circuits.list).toMatchObject([{ until: at('02-06', '14:00') }]);
    await made.tickAt('02-06', '10:00');
    expect(made.recording.sent).toEqual([]);
    await made.tell('APPROVED', 'acme_soft', 'en');
    expect((await made.dunning.stuck()).circuits.count).toBe(0);
    await made.tickAt('02-06', '17:00');
    expect(made.recording.sent).toHaveLength(1);
  });

  it('says nothing of templates that nothing goes out as', async () => {
    const made = await scene();
    await made.tell('REJECTED', 'another', 'en');
    await made.tell('REJECTED', 'acme_soft', 'pt_BR');
    expect((await made.dunning.stuck()).circuits.count).toBe(0);
  });
});
