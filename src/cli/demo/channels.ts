import type { Channel } from '../../channels/channel.js';
import { email } from '../../channels/email/index.js';
import { twilioSms } from '../../channels/sms/index.js';
import { derivedTemplates, whatsapp } from '../../channels/whatsapp/index.js';
import { RecobroError } from '../../errors.js';
import { domain, sender } from './documents.js';
import type { ProviderUrls } from './stand-ins.js';

/** The real adapters, pointed at the given servers. */
export interface DemoChannels {
  readonly all: readonly Channel[];
  close(): void;
}

/** @throws RecobroError `invalid_option` when nodemailer is not installed */
export async function openChannels(urls: ProviderUrls): Promise<DemoChannels> {
  const { createTransport } = await loadNodemailer();
  const { hostname, port } = new URL(urls.smtp);
  const transport = createTransport({ host: hostname, port: Number(port), pool: true, maxConnections: 4 });
  return {
    all: [
      whatsapp({
        phoneNumberId: '100000000000001',
        accessToken: 'demo',
        templates: derivedTemplates({ prefix: 'ondaluz' }),
        baseUrl: urls.whatsapp,
      }),
      email({ transport, from: `${sender.name} <${sender.email}>`, domain }),
      twilioSms({
        accountSid: `AC${'0'.repeat(32)}`,
        authToken: 'demo',
        from: 'Ondaluz',
        statusCallback: `https://avisos.${domain}/twilio`,
        baseUrl: urls.twilio,
      }),
    ],
    close: () => transport.close(),
  };
}

async function loadNodemailer(): Promise<typeof import('nodemailer')> {
  try {
    return await import('nodemailer');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw cause;
    throw new RecobroError(
      'invalid_option',
      'the demo writes its mails with nodemailer, which is not installed; add it: npm install nodemailer',
      { cause },
    );
  }
}
