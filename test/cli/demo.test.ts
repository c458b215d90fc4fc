import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { callbackKey } from '../../src/channels/callback-key.js';
import { messageIdOf } from '../../src/channels/email/ids.js';
import { demoFolder } from '../../src/cli/demo/folder.js';
import { type DemoOptions, type DemoResult, runDemo } from '../../src/cli/demo/index.js';
import { type RequestRecord, readRequests, startStandIns } from '../../src/cli/demo/stand-ins.js';
import { pgliteStore } from '../../src/stores/pglite/index.js';
import type { LoggedEvent, StoredAct } from '../../src/stores/store.js';
import { type Child, killChildren, startChild } from '../support/child.js';
import { recording } from './console.js';

const folders: string[] = [];

/** A new folder, which is gone after the tests: a database is large. */
function made(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'recobro-demo-')));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) {
    // Only what was made here is removed.
    expect(folder.startsWith(join(realpathSync(tmpdir()), 'recobro-demo-'))).toBe(true);
    rmSync(folder, { recursive: true });
  }
});

interface Run {
  readonly result: DemoResult;
  readonly out: string;
}

async function demo(options: DemoOptions): Promise<Run> {
  const { io, written } = recording();
  const result = await runDemo({ quiet: true, ...options }, io);
  return { result, out: written.out };
}

/** What a demo has left in its database. */
async function contents(folder: string): Promise<{ acts: StoredAct[]; events: LoggedEvent[] }> {
  const store = pgliteStore({ folder: join(folder, 'data') });
  try {
    const acts: StoredAct[] = [];
    for await (const act of store.acts('default')) acts.push(act);
    const events: LoggedEvent[] = [];
    for await (const event of store.events('default')) events.push(event);
    return { acts, events };
  } finally {
    await store.close();
  }
}

const atRest = new Set(['accepted', 'refused', 'withdrawn', 'unknown', 'open', 'completed']);

/** How often a provider took each message. */
function taken(requests: readonly RequestRecord[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { key, taken } of requests) if (taken) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** How the provider knows the act. */
function keyOf(act: StoredAct): string {
  const of = { tenant: act.tenant, key: act.id };
  return channelOf(act) === 'email' ? messageIdOf(of, 'ondaluz.example') : callbackKey(of);
}

function channelOf(act: StoredAct): unknown {
  return typeof act.data === 'object' && act.data !== null ? Reflect.get(act.data, 'channel') : undefined;
}

/** The act's id without the count of withdrawals. */
const planned = (id: string): string => id.replace(/!\d+$/, '');

/** Three days, six looks a day: long enough that people look up what the first two left unknown. */
const steps = 3 * 6;

afterEach(killChildren);

describe('the demo', () => {
  const once = made();
  let whole: Run;

  beforeAll(async () => {
    whole = await demo({ folder: once, steps });
  });

  it('decides the same at every run, also when it is stopped in between', { timeout: 120_000 }, async () => {
    const again = made();
    const stopped = await demo({ folder: again, steps: 9 });
    const rest = await demo({ folder: again, steps });
    expect(stopped.result).toMatchObject({ finished: false, resumed: false });
    expect(rest.result).toMatchObject({ finished: false, resumed: true });
    expect(rest.result.digest).toBe(whole.result.digest);
    expect(rest.result.totals).toEqual(whole.result.totals);
    expect(rest.out).toContain('An earlier run stopped in this folder on Tue 6 January');
    // The story of the first day is told once, that of the day it stopped in as a whole.
    const from = (text: string): string => text.slice(text.indexOf('\nTue 6 January\n'));
    expect(from(rest.out)).toBe(from(whole.out).replaceAll(once, again));
    expect(stopped.out).toContain('Mon 5 January');
    expect(rest.out).not.toContain('Mon 5 January');

    // One that came to its end starts over, and says so.
    demoFolder(again).save({ done: 546, tries: 0, running: false, finished: true });
    const anew = await demo({ folder: again, steps: 1 });
    expect(anew.out).toContain('had come to its end; it starts over');
    expect(anew.result.totals.messages.all).toBeLessThan(10);
  });

  it('leaves what it says it leaves', async () => {
    const { acts } = await contents(once);
    expect(acts.filter((act) => !atRest.has(act.state))).toEqual([]);
    const counts = taken(readRequests(demoFolder(once)));
    expect([...counts.values()].filter((count) => count !== 1)).toEqual([]);
    const sent = acts.filter((act) => act.state === 'accepted');
    expect(sent.map(keyOf).sort()).toEqual([...counts.keys()].sort());
    expect(readdirSync(join(once, 'mails'))).toHaveLength(whole.result.totals.messages.byChannel.email ?? 0);
    expect(readFileSync(join(once, 'digest.txt'), 'utf8').trim()).toBe(whole.result.digest);
    expect(readFileSync(join(once, 'report.html'), 'utf8')).toContain('Telares Ondaluz');
    expect(readFileSync(join(once, 'policies.svg'), 'utf8')).toContain('<svg');
    expect(whole.out.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('killed at any point and started again, sends each message once or shows it as unknown', {
    timeout: 180_000,
  }, async () => {
    const folder = made();
    const own = demoFolder(folder);
    let seen = 0;
    let child: Child | undefined;
    // Within a call that has not been answered: the worst moment to die.
    const killAt = new Set([3, 18]);
    await using standIns = await startStandIns({
      ...own,
      append(name, line) {
        own.append(name, line);
        seen++;
        if (killAt.has(seen)) process.kill(child?.pid ?? 0, 'SIGKILL');
      },
    });
    const { whatsapp, twilio, smtp } = standIns.urls;
    const lines: string[] = [];
    for (let runs = 0; !lines.at(-1)?.startsWith('done '); runs++) {
      expect(runs).toBeLessThanOrEqual(killAt.size + 1);
      child = startChild('cli/processes/demo.ts', folder, whatsapp, twilio, smtp, String(steps));
      // And wherever it is when the first day has been told.
      await readAll(child, lines, (line) => line.startsWith('  = ') && !lines.includes('Tue 6 January'));
    }
    expect(lines.filter((line) => line.startsWith('An earlier run stopped'))).toHaveLength(killAt.size + 1);
    expect(lines.map((line) => line.trim()).join(' ')).toContain('the demo was stopped while');

    const counts = taken(readRequests(own));
    expect([...counts].filter(([, count]) => count !== 1)).toEqual([]);
    const { acts, events } = await contents(folder);
    expect(acts.filter((act) => !atRest.has(act.state))).toEqual([]);
    // What counts as sent is what a provider has, and nothing else.
    const sent = acts.filter((act) => act.state === 'accepted');
    expect(sent.map(keyOf).filter((key) => !counts.has(key))).toEqual([]);
    const accounted = new Set(
      acts.filter(({ state }) => state === 'accepted' || state === 'unknown').map(keyOf),
    );
    expect([...counts.keys()].filter((key) => !accounted.has(key))).toEqual([]);

    // Against a run that nobody disturbed nothing is missing, but where somebody had to look first.
    const disturbed = new Set(
      events.filter(({ type }) => type === 'act.unknown').map(({ account }) => account),
    );
    expect(disturbed.size).toBeGreaterThan(0);
    const arrived = new Set(sent.map((act) => planned(act.id)));
    const { acts: all } = await contents(once);
    const missing = all.filter((act) => act.state === 'accepted' && !arrived.has(planned(act.id)));
    expect(missing.filter(({ account }) => !disturbed.has(account))).toEqual([]);
  });
});

/** Reads what a child prints until it ends or is killed: by somebody else, or here at a line. */
async function readAll(child: Child, lines: string[], isLast: (line: string) => boolean): Promise<void> {
  for (;;) {
    try {
      const line = await child.line();
      lines.push(line);
      if (isLast(line)) process.kill(child.pid, 'SIGKILL');
    } catch {
      // It ended: that is what is waited for.
      return;
    }
  }
}
