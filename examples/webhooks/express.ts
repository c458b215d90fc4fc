// A customer's answer, received by Express: node examples/webhooks/express.ts
import { once } from 'node:events';
import express from 'express';
import { dunning, meta, play } from './acme.ts';

const hook = dunning.webhook('whatsapp');
const app = express();

// The bytes as they came: before, or apart from, any express.json(). Meta checks the address by GET, and posts to it.
app.all('/hooks/whatsapp', express.raw({ type: () => true, limit: '4mb' }), async (request, response) => {
  const { method, headers, body } = request;
  const url = `https://acme.example${request.originalUrl}`;
  const answer = await hook.raw({ method, url, headers, body: Buffer.isBuffer(body) ? body : '' });
  response.writeHead(answer.status, answer.headers).end(answer.body);
});

const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('no port');
await play(`http://127.0.0.1:${address.port}/hooks/whatsapp`);
server.close();
await meta.close();
