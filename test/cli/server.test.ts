import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { call } from './console.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

it('migrates a server, twice, then asks it, and lets it go', async () => {
  const preset = ['--preset', 'exporter', '--zone', 'America/Bogota'];
  const before = await call('explain', 'robles', '--url', server.url, '--schema', 'dunning', ...preset);
  expect(before.code).toBe(1);
  expect(before.err).toContain('run recobro migrate first');
  for (let time = 0; time < 2; time++) {
    const { code, out, err } = await call('migrate', '--url', server.url, '--schema', 'dunning');
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe('recobro’s tables in schema dunning of the server are up to date\n');
  }
  const pool = server.pool();
  const { rows } = await pool.query("SELECT 1 FROM pg_tables WHERE schemaname = 'dunning'");
  expect(rows.length).toBeGreaterThan(5);
  const unknown = await call('explain', 'robles', '--url', server.url, '--schema', 'dunning', ...preset);
  expect(unknown.code).toBe(3);
  expect(unknown.err).toContain('the store knows no account "robles"');
  const wrong = await call('migrate', '--url', server.url.replace('password', 'geheim'));
  const nowhere = await call('migrate', '--url', server.url.replace(/postgres$/, 'nowhere'));
  expect([wrong.code, nowhere.code]).toEqual([1, 1]);
  expect(nowhere.err).toContain('there is no such database (3D000)');
  for (const { err } of [wrong, nowhere]) expect(err).not.toMatch(/geheim|password@|127\.0\.0\.1/);
  // Nobody but this pool is still connected.
  const others =
    'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
  await expect.poll(async () => (await pool.query(others)).rows).toEqual([]);
});
