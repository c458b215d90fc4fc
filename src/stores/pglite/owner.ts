import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who holds a lock, told apart from a later process with the same number. */
export interface Owner {
  readonly pid: number;
  /** When the process started, in ticks since boot; null where the system does not say. */
  readonly started: string | null;
  /** This run of the machine; null where the system does not say. */
  readonly boot: string | null;
  /** The namespace that gave the pid: containers number their processes apart. */
  readonly space: string | null;
  readonly host: string;
}

/** What can be said about another process from here. */
export type Life = 'alive' | 'dead' | 'unknown';

export function thisProcess(): Owner {
  return {
    pid: process.pid,
    started: processOf(process.pid)?.started ?? null,
    boot: tryRead(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    space: tryRead(() => readlinkSync('/proc/self/ns/pid')),
    host: hostname(),
  };
}

/**
 * Whether a process still lives. Never guesses: `unknown` for processes of
 * other machines, and of other containers on this one.
 */
export function lifeOf(owner: Owner, me: Owner = thisProcess()): Life {
  const known = owner.boot !== null && me.boot !== null;
  if (known && owner.boot !== me.boot) return owner.host === me.host ? 'dead' : 'unknown';
  if (!known && owner.host !== me.host) return 'unknown';
  if (owner.space !== me.space) return 'unknown';
  if (!exists(owner.pid)) return 'dead';
  const found = processOf(owner.pid);
  // The pid went to another process, or its process is dead and only waits to be collected by its parent.
  if (found !== null && (found.ended || (owner.started !== null && owner.started !== found.started)))
    return 'dead';
  return 'alive';
}

/** Signal 0 asks without doing anything; EPERM means that it exists and is somebody else's. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** State (field 3) and start (field 22) of proc_pid_stat(5). The name in field 2 may hold spaces and brackets. */
function processOf(pid: number): { readonly started: string; readonly ended: boolean } | null {
  const stat = tryRead(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields[0], fields[19]];
  return started === undefined ? null : { started, ended: state === 'Z' || state === 'X' };
}

/** Only Linux has /proc; elsewhere the answer is "not known". */
function tryRead(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
