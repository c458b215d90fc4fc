// Runs the demo in a folder against servers of another process: folder, urls, number of steps.
import { runDemo } from '../../../src/cli/demo/index.js';

const [folder = '', whatsapp = '', twilio = '', smtp = '', steps = ''] = process.argv.slice(2);
const result = await runDemo(
  { folder, providers: { whatsapp, twilio, smtp }, steps: Number(steps), quiet: true },
  {
    out: (text) => {
      for (const line of text.split('\n')) if (line !== '') console.log(line);
    },
    err: (text) => void process.stderr.write(text),
    isTty: false,
    columns: 100,
    signal: new AbortController().signal,
  },
);
console.log(`done ${result.digest}`);
