import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createDunning, memoryStore, presets } from 'recobro';
import {
  type ChannelDefinition,
  defineChannel,
  fieldOf,
  fromHex,
  idOf,
  jsonOf,
  outcomeOfHttp,
  parseJson,
  postJson,
  refused,
  signedBy,
  taken,
  textOf,
  unfit,
} from 'recobro/channels';
import { chargeFor } from 'recobro/charges';
import { lint } from 'recobro/lint';
import { shareOf } from 'recobro/segments';
import { channelContract, webhookContract } from 'recobro/testing';

const pager = (url: string): ChannelDefinition => ({
  id: 'pager',
  address: 'phone',
  consent: 'off',
  async send({ to, key, content }, { now, signal }) {
    const text = content.kind === 'text' ? content.text : content.subject;
    const transport = (at: string, request: RequestInit) => fetch(at, request);
    const result = await postJson(transport, { to, key, text }, { url, headers: {}, timeout: 5_000, signal });
    const id = result.kind === 'answered' ? idOf(fieldOf(parseJson(result.body), 'id')) : undefined;
    return id === undefined ? outcomeOfHttp(result, now) : { outcome: 'accepted', providerId: id };
  },
  async receive(request) {
    const wrong = unfit(request);
    if (wrong !== undefined) return wrong;
    if (!signedBy(['secret'], 'sha256', fromHex(request.header('x-signature') ?? ''), request.body))
      return refused('signature');
    const body = jsonOf(request);
    const id = idOf(fieldOf(body, 'id'));
    if (id === undefined) return refused('malformed');
    const from = { address: textOf(fieldOf(body, 'from')) };
    const message = {
      type: 'message',
      provider: 'pager',
      key: id,
      kind: 'text',
      from,
      providerId: id,
    } as const;
    return { answer: taken, events: [{ ...message, text: textOf(fieldOf(body, 'text')) }] };
  },
});

const sent: unknown[] = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  sent.push(parseJson(body));
  response.end('{"id":"p1"}');
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('no port');

const channel = defineChannel(pager(`http://127.0.0.1:${address.port}`));
const dunning = createDunning({
  store: memoryStore(),
  ...presets.exporter({ zone: 'America/Bogota', language: 'es' }),
  channels: [channel],
  sender: { name: 'Acme', phone: '+57 601 555 0100', pay: { bank: 'Cuenta 1' } },
});
const outcome = await channel.send(
  {
    key: 'acme/1',
    tenant: 'acme',
    account: 'a',
    to: '+573001112233',
    toName: 'Ana',
    message: 'firm',
    form: 'one',
    language: 'es',
    content: { kind: 'text', text: 'Hola', variables: {}, parameters: [] },
    thread: 'acme/a',
  },
  { now: 0 },
);
const body = '{"id":"m1","from":"+573001112233","text":"hola"}';
const signature = createHmac('sha256', 'secret').update(body).digest('hex');
const hook = dunning.webhook('pager');
const statuses = [
  await hook(
    new Request('https://a.example', { method: 'POST', body, headers: { 'x-signature': signature } }),
  ),
  await hook(new Request('https://a.example', { method: 'POST', body })),
].map(({ status }) => status);
server.close();
if (
  outcome.outcome !== 'accepted' ||
  sent.length !== 1 ||
  statuses.join() !== '200,401' ||
  shareOf('pilot', 'a') >= 10_000 ||
  [chargeFor, lint, channelContract, webhookContract].some((one) => typeof one !== 'function')
)
  throw new Error(`the channel does not behave: ${JSON.stringify([outcome, sent, statuses])}`);
console.log('own channel ok');
