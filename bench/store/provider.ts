import { createServer } from 'node:http';
import { say } from './process.js';

/** Stands in for a messaging provider: takes each POST, reads it, answers an id, and counts. */
const seen = new Map<string, number>();
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const { biz_opaque_callback_data: key } = JSON.parse(Buffer.concat(parts).toString()) as {
      readonly biz_opaque_callback_data: string;
    };
    seen.set(key, (seen.get(key) ?? 0) + 1);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        messaging_product: 'whatsapp',
        messages: [{ id: `wamid.${seen.size}`, message_status: 'accepted' }],
      }),
    );
  });
});
process.on('message', (message) => {
  if (message === 'count') {
    say({ messages: seen.size, calls: [...seen.values()].reduce((sum, one) => sum + one, 0) });
    seen.clear();
  }
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  say({ port: address === null || typeof address === 'string' ? 0 : address.port });
});
