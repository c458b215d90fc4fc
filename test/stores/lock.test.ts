import { type StdioOptions, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../src/stores/pglite/lock.js';
import { lifeOf, type Owner, thisProcess } from '../../src/stores/pglite/owner.js';
import { giveSignal } from '../../src/stores/pglite/signal.js';
import { type Child, killChildren, startChild } from '../support/child.js';

let folder: string;
const folders: string[] = [];
const inUse = { code: 'store_in_use', retryable: true };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recobro-lock-'));
  folders.push(folder);
});

afterEach(killChildren);

afterAll(async () => {
  for (const one of folders) await rm(one, { recursive: true, force: true });
});

const locks = () => join(folder, 'recobro.lock');

async function numbers(): Promise<number[]> {
  return (await readdir(locks())).filter((name) => /^\d+$/.test(name)).map(Number);
}

/** Puts a lock there as somebody else would have left it. */
async function leave(owner: Partial<Owner>, signal: string | null = null, number = '000001'): Promise<void> {
  await mkdir(locks(), { recursive: true });
  await writeFile(join(locks(), number), JSON.stringify({ ...thisProcess(), ...owner, signal }));
}

/** The number of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('close', resolve));
  return child.pid ?? 0;
}

async function openLocker(): Promise<Child> {
  const child = startChild('stores/processes/lock.ts', folder);
  expect(await child.line()).toBe('ready');
  return child;
}

describe('lock of a folder', () => {
  it('is held by one, also within a process, and free after release', async () => {
    const first = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
    await first.release();
    const second = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
    await second.release();
    expect(await readdir(locks())).toEqual([]);
  });

  it('goes to exactly one of many that ask at once', async () => {
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
    const won = results.filter((one) => one.status === 'fulfilled');
    expect(won).toHaveLength(1);
    await won[0]?.value.release();
    expect(await readdir(locks())).toEqual([]);
  });

  it('is taken over from a killed process, not from a living one', async () => {
    const holder = await openLocker();
    holder.say('go');
    expect(await holder.line()).toBe('held');
    await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
    await holder.kill();
    await (await lockFolder(folder)).release();
  });

  it('is never taken over on age', async () => {
    const lock = await lockFolder(folder);
    await utimes(join(locks(), '000001'), 0, 0);
    await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
    await lock.release();
  });

  it('of a dead process goes to exactly one of several processes that find it, every time', async () => {
    const racers = await Promise.all([openLocker(), openLocker(), openLocker(), openLocker()]);
    const dead = await deadPid();
    for (let round = 1; round <= 25; round++) {
      for (const racer of racers) racer.say('go');
      const said = await Promise.all(racers.map((racer) => racer.line()));
      expect(said.sort(), `round ${round}`).toEqual(['held', 'store_in_use', 'store_in_use', 'store_in_use']);
      const newest = Math.max(...(await numbers()));
      await leave({ pid: dead }, null, String(newest).padStart(6, '0'));
    }
    expect(await numbers()).toHaveLength(8);
  });

  it('tells a process from a later one with the same number', async () => {
    await leave({ started: '1' });
    await (await lockFolder(folder)).release();
    await leave({});
    await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
  });

  it('of another machine, or one that cannot be read, is left alone and named', async () => {
    await leave({ host: 'elsewhere', boot: 'other', pid: await deadPid() });
    await expect(lockFolder(folder)).rejects.toThrow(join(locks(), '000001'));
    await writeFile(join(locks(), '000001'), '{"pid":');
    await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
    await writeFile(join(locks(), '000001'), '{"pid":"x"}');
    await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
  });

  it('from before a restart of this machine is taken over', async () => {
    await leave({ boot: 'an earlier one' });
    await (await lockFolder(folder)).release();
  });

  it('of another container is taken over once nobody listens on its socket', async () => {
    await mkdir(locks(), { recursive: true });
    const living = await giveSignal(join(locks(), 'deadbeef.sock'));
    await leave({ space: 'pid:[1]', pid: 1 }, 'deadbeef-rest-of-the-name');
    await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
    await living?.close();
    await (await lockFolder(folder)).release();
    await leave({ space: 'pid:[1]', pid: 1 }, null);
    await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
  });

  it('left with a lower number by a process that slept does not count', async () => {
    const lock = await lockFolder(folder);
    const content = await readFile(join(locks(), '000001'), 'utf8');
    await writeFile(join(locks(), '000007'), content);
    await rm(join(locks(), '000001'));
    await leave({ pid: await deadPid() }, null, '000003');
    await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
    await lock.release();
  });
});

describe('life of a process', () => {
  const me = thisProcess();

  it('knows the living, the dead and what it cannot know', async () => {
    expect(lifeOf(me)).toBe('alive');
    expect(lifeOf({ ...me, pid: await deadPid() })).toBe('dead');
    expect(lifeOf({ ...me, pid: 1, started: null })).toBe('alive');
    expect(lifeOf({ ...me, space: 'pid:[1]' })).toBe('unknown');
    expect(lifeOf({ ...me, boot: 'other' })).toBe('dead');
    expect(lifeOf({ ...me, boot: 'other', host: 'elsewhere' })).toBe('unknown');
    expect(lifeOf({ ...me, host: 'renamed' })).toBe('alive');
  });

  it('goes by number and host where the system tells no more', async () => {
    const plain: Owner = { ...me, started: null, boot: null, space: null };
    expect(lifeOf(plain, plain)).toBe('alive');
    expect(lifeOf({ ...plain, pid: await deadPid() }, plain)).toBe('dead');
    expect(lifeOf({ ...plain, host: 'elsewhere' }, plain)).toBe('unknown');
  });

  it.runIf(process.platform === 'linux')(
    'counts a process as dead that only waits to be collected',
    async () => {
      // The shell becomes a process that never collects its child, which ends when its input does.
      const script = 'sh -c "read line <&3" & echo $!; exec sleep 600 3<&-';
      const stdio: StdioOptions = ['ignore', 'pipe', 'ignore', 'pipe'];
      const parent = spawn('sh', ['-c', script], { stdio });
      let pid = 0;
      for await (const line of createInterface({ input: parent.stdio[1] as Readable })) {
        pid = Number(line);
        break;
      }
      await expect.poll(() => readFile(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n');
      parent.stdio[3]?.destroy();
      const state = async () => (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '')[0];
      await expect.poll(state).toBe('Z');
      expect(lifeOf({ ...me, pid, started: null })).toBe('dead');
      parent.kill('SIGKILL');
    },
  );
});
