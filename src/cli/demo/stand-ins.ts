import { existsSync, readFileSync } from 'node:fs';
import {
  type FakeBehaviour,
  type FakeRequest,
  startFakeTwilio,
  startFakeWhatsapp,
  startSmtpCatcher,
} from '../../testing/index.js';
import type { DemoFolder } from './folder.js';

/** Where the adapters find the providers. */
export interface ProviderUrls {
  readonly whatsapp: string;
  readonly twilio: string;
  readonly smtp: string;
}

/** Servers on this machine in the providers' place. They keep what they are sent and send nothing on. */
export interface StandIns extends AsyncDisposable {
  readonly urls: ProviderUrls;
}

/** One line of `providers.jsonl`: written before the sender gets its answer. */
export interface RequestRecord {
  readonly channel: 'whatsapp' | 'sms' | 'email';
  /** The act's id behind the digest of its tenant, or the Message-ID. */
  readonly key: string;
  readonly to: string;
  /** Whether the provider has taken the message, whatever it answered. */
  readonly taken: boolean;
  readonly said: string;
}

/** A number that WhatsApp does not know, and a mailbox that does not exist. */
const notOnWhatsapp = '+520000000116';
const noMailbox = 'cuentas@calamar.example';

/** What goes wrong in the three months, by the act that it happens to: at its first attempt only. */
const mishaps: Readonly<Record<string, FakeBehaviour>> = {
  'cenzontle/balanced/TO-4154#1/reminder.1@billing.0': { kind: 'drop' },
  'jaburana/balanced/TO-4192#1/reminder.1@billing.0': { kind: 'answer', status: 504, body: '' },
  'sonorea/exporter/TO-4195#1/collection-notice.1@billing.0': { kind: 'fail', code: 131056 },
  'mirlanda/balanced/TO-4222#1/reminder.1@billing.0': { kind: 'fail', code: 20429 },
};

/** Starts the three servers; what they see is added to the folder. */
export async function startStandIns(
  folder: Pick<DemoFolder, 'append' | 'saveMail' | 'in' | 'write'>,
): Promise<StandIns> {
  mendRequests(folder);
  const seen = new Set(readRequests(folder).map((request) => request.key));
  const record = (request: RequestRecord): void => {
    seen.add(request.key);
    folder.append('requests', JSON.stringify(request));
  };
  const http = (channel: 'whatsapp' | 'sms') => ({
    behave: ({ key = '', to }: { readonly key?: string | undefined; readonly to: string }) => {
      if (channel === 'whatsapp' && to === notOnWhatsapp) return { kind: 'fail', code: 131026 } as const;
      const act = key.slice(key.indexOf(':') + 1);
      return seen.has(key) || !Object.hasOwn(mishaps, act) ? undefined : mishaps[act];
    },
    onRequest: ({ key = '', to, providerId, behaviour }: FakeRequest) =>
      record({ channel, key, to, taken: providerId !== undefined, said: behaviour }),
  });
  const whatsapp = await startFakeWhatsapp(http('whatsapp'));
  const twilio = await startFakeTwilio(http('sms'));
  const smtp = await startSmtpCatcher({
    refuse(to) {
      if (to !== noMailbox) return undefined;
      record({ channel: 'email', key: '', to, taken: false, said: 'fail' });
      return '550 5.1.1 No such user here';
    },
    onMessage({ to: [to = ''], raw }) {
      const headers = raw
        .subarray(0, raw.indexOf('\r\n\r\n'))
        .toString('utf8')
        .replace(/\r\n[ \t]+/g, ' ');
      const key = /^Message-ID: *(\S+)/im.exec(headers)?.[1] ?? '';
      const date = new Date(/^Date: *(.+)$/im.exec(headers)?.[1] ?? '').toISOString().slice(0, 10);
      folder.saveMail(`${date} ${to.replace(/[^\w@.-]/g, '_')} ${key.slice(5, 13)}.eml`, raw);
      record({ channel: 'email', key, to, taken: true, said: 'accept' });
    },
  });
  return {
    urls: { whatsapp: whatsapp.url, twilio: twilio.url, smtp: smtp.url },
    async [Symbol.asyncDispose]() {
      await Promise.all([whatsapp.close(), twilio.close(), smtp.close()]);
    },
  };
}

/** Takes away a last line that a killed process left unfinished: nobody got an answer to it. */
function mendRequests(folder: Pick<DemoFolder, 'in' | 'write'>): void {
  const file = folder.in('requests');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (text !== '' && !text.endsWith('\n'))
    folder.write('requests', text.slice(0, text.lastIndexOf('\n') + 1));
}

/** Every request so far, without a line that is just being written. */
export function readRequests(folder: Pick<DemoFolder, 'in'>): RequestRecord[] {
  const file = folder.in('requests');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as RequestRecord);
}
