import { callbackKey } from '../../../src/channels/callback-key.js';
import { whatsapp as cloudApi } from '../../../src/channels/whatsapp/index.js';
import type { DunningOptions } from '../../../src/dunning/index.js';
import { recordingChannel } from '../../../src/testing/recording-channel.js';
import { signWhatsappWebhook } from '../../../src/testing/sign-webhooks.js';
import { account, all, at, invoice, type World, world } from '../../support/world.js';

export const number = '108200000000033';
const secret = 'app-secret';

/** The world with a WhatsApp that records what goes out and reads the Cloud API's webhooks. */
export async function house(changed: Partial<DunningOptions> = {}): Promise<World & { readonly hook: Hook }> {
  const whatsapp = recordingChannel('whatsapp');
  const email = recordingChannel('email');
  const { receive } = cloudApi({ phoneNumberId: number, accessToken: 't', templates: {}, appSecret: secret });
  if (receive === undefined) throw new Error('it does not receive');
  const made = world({ channels: [{ ...whatsapp, receive }, email], ...changed });
  await made.dunning.sync({ accounts: [account], invoices: [invoice('F-1042', '02-03')] });
  const handler = made.dunning.webhook('whatsapp');
  const hook: Hook = async (value) => {
    const told = JSON.stringify({
      entry: [{ changes: [{ field: 'messages', value: { metadata, ...value } }] }],
    });
    // Under the id that the channel gave the message when it went out.
    const body = whatsapp.sent.reduce(
      (text, { key }, index) => text.replaceAll(`"${sentAs}${key}"`, `"whatsapp-${index + 1}"`),
      told,
    );
    const response = await handler(signed(body));
    // The work that began with the answer.
    await made.dunning.tick({ now: made.clock.now() });
    return response.status;
  };
  return { ...made, whatsapp, email, hook };
}

const sentAs = 'wamid.out.';
const metadata = { phone_number_id: number };

export type Hook = (value: object) => Promise<number>;

export function signed(body: string): Request {
  return signWhatsappWebhook({ appSecret: secret, body });
}

let count = 0;

export function text(body: string, more: object = {}): object {
  count++;
  return {
    messages: [
      {
        from: '573001112233',
        id: `wamid.in${count}`,
        timestamp: String(at('02-06', '11:00') / 1000),
        type: 'text',
        text: { body },
        ...more,
      },
    ],
  };
}

export function status(act: string, word: string, more: object = {}): object {
  return {
    statuses: [
      {
        id: `${sentAs}${act}`,
        status: word,
        timestamp: String(at('02-06', '10:30') / 1000),
        recipient_id: '573001112233',
        biz_opaque_callback_data: callbackKey({ tenant: 'default', key: act }),
        ...more,
      },
    ],
  };
}

/** The one act that went out by WhatsApp, after a tick on the day of the first stage. */
export async function reminded(made: World): Promise<string> {
  const now = at('02-06');
  made.clock.moveTo(now);
  await made.dunning.tick({ now });
  const [act] = made.whatsapp.sent;
  if (act === undefined) throw new Error('nothing went out');
  made.clock.moveTo(at('02-06', '11:05'));
  return act.key;
}

export async function types(made: World): Promise<readonly string[]> {
  return (await all(made.dunning.history('robles'))).map(({ type }) => type);
}
