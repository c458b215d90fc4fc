import { connect, createServer } from 'node:net';
import { relative } from 'node:path';

/** Longest path of a Unix socket that every system takes. */
const longestPath = 100;

/** A socket whose only meaning is that its process lives; the kernel closes it with the process. */
export interface LifeSignal {
  close(): Promise<void>;
}

/** Begins to listen; null where the path is too long or the file system has no sockets. */
export async function giveSignal(path: string): Promise<LifeSignal | null> {
  const short = shortest(path);
  if (process.platform === 'win32' || Buffer.byteLength(short) > longestPath) return null;
  const server = createServer((socket) => socket.destroy());
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(short, () => resolve(true));
  });
  if (!listening) return null;
  server.unref();
  return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Whether somebody listens: asked across containers of one machine, where process numbers say nothing. */
export function hasSignal(path: string): Promise<'alive' | 'dead' | 'unknown'> {
  return new Promise((resolve) => {
    const socket = connect(shortest(path));
    socket.once('connect', () => {
      socket.destroy();
      resolve('alive');
    });
    socket.once('error', (error) => {
      const refused = 'code' in error && (error.code === 'ECONNREFUSED' || error.code === 'ENOENT');
      resolve(refused ? 'dead' : 'unknown');
    });
  });
}

function shortest(path: string): string {
  const near = relative(process.cwd(), path);
  return near.length < path.length ? near : path;
}
