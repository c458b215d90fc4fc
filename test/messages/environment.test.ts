import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('./render-hash.mjs', import.meta.url));
const run = promisify(execFile);

/** Hash of many rendered messages, made in a process with its own zone and locale. */
async function hashIn(zone: string, locale: string): Promise<string> {
  const { stdout } = await run(process.execPath, ['--no-warnings', script], {
    env: { PATH: process.env.PATH, TZ: zone, LANG: locale, LC_ALL: locale },
  });
  const [hash = '', zoneSeen, localeSeen] = stdout.trim().split(' ');
  expect([zoneSeen, localeSeen]).toEqual([zone, locale.slice(0, 5).replace('_', '-')]);
  return hash;
}

describe('rendering', () => {
  it('does not depend on zone or locale of the process', async () => {
    const hashes = await Promise.all([
      hashIn('Pacific/Kiritimati', 'de_DE.UTF-8'),
      hashIn('Pacific/Niue', 'hi_IN.UTF-8'),
      hashIn('America/Mexico_City', 'es_MX.UTF-8'),
    ]);
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(hashes).size).toBe(1);
  });
});
