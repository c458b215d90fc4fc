// Takes the lock of a folder whenever it is told to, and says what came of it.
import { createInterface } from 'node:readline';
import { isRecobroError } from '../../../src/errors.js';
import { lockFolder } from '../../../src/stores/pglite/lock.js';

const folder = process.argv[2] ?? '';
console.log('ready');
for await (const _line of createInterface({ input: process.stdin })) {
  try {
    await lockFolder(folder);
    console.log('held');
  } catch (error) {
    console.log(isRecobroError(error) ? error.code : String(error));
  }
}
