import { describe, expect, it } from 'vitest';
import type { Channel, WebhookAnswer } from '../../../src/index.js';
import { recordingChannel } from '../../../src/testing/recording-channel.js';
import { account, at, invoice, world } from '../../support/world.js';
import { house, reminded, signed, text } from './house.js';

/** Requests as frameworks, proxies and people make them. */

const address = 'https://acme.example/hooks/whatsapp';

const batch = JSON.stringify({
  entry: [
    {
      changes: [
        {
          field: 'messages',
          value: { metadata: { phone_number_id: '108200000000033' }, ...text('Ya pagamos ayer') },
        },
      ],
    },
  ],
});

describe('a webhook', () => {
  it.each(['HEAD', 'OPTIONS', 'PUT', 'DELETE'])('says no to %s, without a body', async (method) => {
    const { dunning } = await house();
    const response = await dunning.webhook('whatsapp')(new Request(address, { method }));
    expect([response.status, response.body]).toEqual([405, null]);
  });

  it('is not asked for a challenge without the right token, or without a token at all', async () => {
    const { dunning } = await house();
    const hook = dunning.webhook('whatsapp');
    for (const query of ['', '?hub.mode=subscribe&hub.challenge=1', '?hub.verify_token=%00&hub.challenge=1'])
      expect((await hook(new Request(`${address}${query}`))).status).toBe(403);
  });

  it('takes a body in pieces, with no length said', async () => {
    const made = await house();
    await reminded(made);
    const whole = signed(batch);
    const bytes = new Uint8Array(await whole.arrayBuffer());
    let sent = 0;
    const pieces = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(bytes.slice(sent, sent + 7));
        sent += 7;
        if (sent >= bytes.length) controller.close();
      },
    });
    const { headers } = whole;
    expect(headers.has('content-length')).toBe(false);
    const request = new Request(address, { method: 'POST', headers, body: pieces, duplex: 'half' });
    expect((await made.dunning.webhook('whatsapp')(request)).status).toBe(200);
    await made.dunning.tick({ now: made.clock.now() });
    expect((await made.dunning.conversation('robles')).at(-1)).toMatchObject({ text: 'Ya pagamos ayer' });
  });

  it('says that the body was read before, and survives one that breaks off', async () => {
    const { dunning } = await house();
    const hook = dunning.webhook('whatsapp');
    const [read, held] = [signed(batch), signed(batch)];
    await read.text();
    held.body?.getReader();
    await expect(hook(read)).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(hook(held)).rejects.toMatchObject({ code: 'invalid_input' });
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) });
    const broken = new Request(address, { method: 'POST', body, duplex: 'half' });
    expect((await hook(broken)).status).toBe(400);
  });

  it('believes no request with several signatures, one of them right', async () => {
    const { dunning } = await house();
    const request = signed(batch);
    request.headers.append('x-hub-signature-256', `sha256=${'0'.repeat(64)}`);
    expect((await dunning.webhook('whatsapp')(request)).status).toBe(401);
    const right = signed(batch).headers.get('x-hub-signature-256') ?? '';
    const raw = { method: 'POST', url: address, body: batch };
    const both = { 'X-Hub-Signature-256': [right, right] };
    expect(await dunning.webhook('whatsapp').raw({ ...raw, headers: both })).toMatchObject({ status: 401 });
    const one = { 'X-Hub-Signature-256': [right] };
    expect(await dunning.webhook('whatsapp').raw({ ...raw, headers: one })).toEqual({ status: 200 });
  });

  it.each<[WebhookAnswer, number]>([
    [{ status: 204, body: '' }, 204],
    [{ status: 202, body: 'ok', headers: { 'x-a': 'b' } }, 202],
    [{ status: 99 }, 503],
    [{ status: 1e9 }, 503],
    [{ status: Number.NaN }, 503],
  ])('of a channel of the host’s own that answers %o is %i', async (answer, status) => {
    const fax: Channel = { ...recordingChannel('fax'), receive: async () => ({ answer, events: [] }) };
    const { dunning } = world({ channels: [fax] });
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1042', '02-03')] });
    await dunning.tick({ now: at('02-04') });
    const response = await dunning.webhook('fax')(new Request(address, { method: 'POST', body: 'x' }));
    expect(response.status).toBe(status);
  });
});
