#!/usr/bin/env node
import type { Io } from './io.js';
import { run } from './run.js';

const controller = new AbortController();

const io: Io = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isTty: process.stderr.isTTY === true,
  columns: process.stderr.columns ?? 80,
  // Ctrl-C is taken over only once a command looks at the signal: what never looks could not be stopped at all.
  get signal() {
    takeOver();
    return controller.signal;
  },
};

let taken = false;
function takeOver(): void {
  if (taken) return;
  taken = true;
  process.once('SIGINT', () => {
    process.stderr.write('\nstopping; press Ctrl-C again to stop at once\n');
    controller.abort();
    // From here on Node's own answer stands: the next Ctrl-C ends the process.
  });
}

// `recobro … | head` closes the pipe early; that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

void run(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
