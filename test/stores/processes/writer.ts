// Opens a PGlite folder and commits, one account after the other, naming each that was committed.
import { isRecobroError } from '../../../src/errors.js';
import { pgliteStore } from '../../../src/stores/pglite/index.js';

const store = pgliteStore({ folder: process.argv[2] ?? '' });
try {
  await store.migrate();
  console.log('open');
  for (let n = 0; ; n++) {
    const account = `a${n}`;
    const file = { header: n, put: new Map([['row', n]]), remove: [] };
    await store.commit([{ tenant: 't', account, expected: 0, file, events: [], acts: [], next: n }]);
    console.log(account);
  }
} catch (error) {
  console.log(isRecobroError(error) ? error.code : String(error));
}
