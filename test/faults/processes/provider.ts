import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider in a process of its own that takes every message and remembers when it came: `GET /` tells. */
export interface Taken {
  readonly key: string;
  readonly tenant: string;
  readonly account: string;
  /** When it was sent, by the clock of the workers. */
  readonly at: number;
}

const taken: Taken[] = [];
const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(JSON.stringify(taken));
    return;
  }
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    taken.push(JSON.parse(Buffer.concat(parts).toString()) as Taken);
    response.end(JSON.stringify({ id: `p-${taken.length}` }));
  });
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
