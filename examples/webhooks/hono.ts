// A customer's answer, received by a web-standard framework: node examples/webhooks/hono.ts
import { once } from 'node:events';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { dunning, meta, play } from './acme.ts';

const hook = dunning.webhook('whatsapp');
const app = new Hono();

// Request in, Response out; `c.req.raw` still has its bytes as long as nothing else has read them.
app.on(['GET', 'POST'], '/hooks/whatsapp', (c) => hook(c.req.raw));

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
await once(server, 'listening');
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('no port');
await play(`http://127.0.0.1:${address.port}/hooks/whatsapp`);
server.close();
await meta.close();
