import type { SendOutcome } from '../../channels/channel.js';
import { RecobroError } from '../../errors.js';
import type { SharedStore, SharedValue } from '../../stores/shared.js';
import { toJson } from '../codec.js';
import { type Circuit, circuitOf, failed, findingOf, passage } from './circuit.js';
import { circuitPrefix, type ScopeKeys, type WideScope, wideScopes } from './scopes.js';
import type { DispatchSettings } from './settings.js';

/** A circuit that holds an act back. */
export interface Held {
  readonly scope: WideScope;
  readonly key: string;
  readonly circuit: Circuit;
  readonly until: number;
  /** Somebody tries right now. */
  readonly probed: boolean;
}

/** May an act go ahead: yes; not yet; or as the probe of these circuits, once they are taken. */
export type Look =
  | { readonly look: 'pass' }
  | { readonly look: 'held'; readonly held: Held }
  | { readonly look: 'probe'; readonly keys: readonly string[] };

interface Known {
  readonly version: number;
  readonly circuit: Circuit;
}

/** More than any tenant has in trouble at once; what lies beyond is let through and counted anew. */
const mostCircuits = 10_000;
/** Writers of one circuit that come first, before one gives up: its finding is then lost, and found again. */
const mostTries = 20;
const forgotten = 24 * 3_600_000;

/**
 * The circuits of a tenant, as a run sees them: read when a batch is claimed,
 * and whenever this run itself changes one. Of all workers, exactly one gets
 * a probe.
 */
export class Gate {
  readonly #shared: SharedStore;
  readonly #tenant: string;
  readonly #settings: DispatchSettings;
  /** Names this run among probes. */
  readonly #token: string;
  #circuits: ReadonlyMap<string, Known> = new Map();
  /** Probes of this run under way, so that others of it wait for their end rather than for a quarter of a minute. */
  readonly #probes = new Map<string, { readonly over: Promise<void>; readonly end: () => void }>();

  constructor(shared: SharedStore, tenant: string, settings: DispatchSettings, token: string) {
    this.#shared = shared;
    this.#tenant = tenant;
    this.#settings = settings;
    this.#token = token;
  }

  /** Reads the circuits anew, and clears away those that nobody asked for in a day. */
  async refresh(now: number): Promise<void> {
    for (const { key, version } of await this.read(now))
      await this.#shared.write({ tenant: this.#tenant, key, expected: version, value: undefined });
  }

  /** Reads them, changes nothing, and answers those that nobody asked for in a day. */
  async read(now: number): Promise<readonly SharedValue[]> {
    const found = await this.#shared.list({
      tenant: this.#tenant,
      prefix: circuitPrefix,
      limit: mostCircuits,
    });
    const circuits = new Map<string, Known>();
    const old: SharedValue[] = [];
    for (const one of found) {
      const circuit = circuitOf(one.value);
      if (circuit === undefined || circuit.until + forgotten <= now) old.push(one);
      else circuits.set(one.key, { version: one.version, circuit });
    }
    this.#circuits = circuits;
    return old;
  }

  /** @param taken circuits that this act probes already */
  look(keys: ScopeKeys, now: number, taken: ReadonlySet<string>): Look {
    const probe: string[] = [];
    for (const scope of wideScopes) {
      const key = keys[scope];
      const known = this.#circuits.get(key);
      if (known === undefined || taken.has(key)) continue;
      const way = passage(known.circuit, now);
      if (way.passage === 'held')
        return {
          look: 'held',
          held: { scope, key, circuit: known.circuit, until: way.until, probed: way.probed },
        };
      if (way.passage === 'probe') probe.push(key);
    }
    return probe.length === 0 ? { look: 'pass' } : { look: 'probe', keys: probe };
  }

  /** Takes the probe of a circuit; false when somebody else has it, or there is nothing to probe any more. */
  async probe(key: string, now: number): Promise<boolean> {
    const known = this.#circuits.get(key);
    if (known === undefined || passage(known.circuit, now).passage !== 'probe') return false;
    const until = now + this.#settings.leaseMs;
    const circuit: Circuit = { ...known.circuit, probe: { token: this.#token, until } };
    if (!(await this.#write(key, known.version, circuit))) {
      await this.refresh(now);
      return false;
    }
    let end = (): void => undefined;
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#probes.set(key, { over, end });
    return true;
  }

  /** Resolves when this run's own probe of the circuit is over; undefined where it has none. */
  probing(key: string): Promise<void> | undefined {
    return this.#probes.get(key)?.over;
  }

  /** Gives probes up that led to no call. */
  async release(taken: ReadonlySet<string>, now: number): Promise<void> {
    for (const key of taken) {
      await this.#change(key, now, (circuit) => (circuit === undefined ? undefined : withoutProbe(circuit)));
      this.#end(key);
    }
  }

  /** What an answer of a provider says of all that its message depended on. */
  async note(keys: ScopeKeys, outcome: SendOutcome, now: number, taken: ReadonlySet<string>): Promise<void> {
    for (const scope of wideScopes) {
      const key = keys[scope];
      const probing = taken.has(key);
      const finding = findingOf(scope, outcome);
      if (finding.finding === 'fails') {
        const most = this.#settings.failures;
        await this.#change(key, now, (known) => failed(known, finding, { now, most, probing }));
      } else if (finding.finding === 'works' && (probing || this.#circuits.has(key))) {
        // A call that was in flight when the circuit opened does not close it.
        await this.#change(key, now, (known) => (known?.state === 'open' && !probing ? known : undefined));
      } else if (probing) {
        await this.#change(key, now, (known) => (known === undefined ? undefined : withoutProbe(known)));
      }
      if (probing) this.#end(key);
    }
  }

  /** The provider says by itself that nothing goes through until then; a person must act. */
  async hold(
    key: string,
    { code, since, until }: { readonly code: string; readonly since: number; readonly until: number },
    now: number,
  ): Promise<void> {
    await this.#change(key, now, (known) => {
      const openings = Math.max(known?.openings ?? 0, 1);
      const failures = known?.failures ?? 0;
      const circuit: Circuit = { state: 'open', failures, openings, since, until, code, definite: true };
      return known?.state === 'open' && (known.until >= until || known.since > since) ? known : circuit;
    });
  }

  /** The provider says by itself that it works again, unless it failed since. */
  async lift(key: string, at: number, now: number): Promise<void> {
    await this.#change(key, now, (known) => (known !== undefined && known.since > at ? known : undefined));
  }

  /** A probe may go ahead at once: somebody says that the cause is mended. */
  async tryNow(key: string, now: number): Promise<void> {
    await this.#change(key, now, (known) =>
      known?.state === 'open' && known.until > now ? { ...known, until: now } : known,
    );
  }

  /** All circuits, by key. */
  circuits(): readonly (readonly [key: string, circuit: Circuit])[] {
    return [...this.#circuits].map(([key, { circuit }]) => [key, circuit] as const);
  }

  #end(key: string): void {
    this.#probes.get(key)?.end();
    this.#probes.delete(key);
  }

  async #change(
    key: string,
    now: number,
    change: (known: Circuit | undefined) => Circuit | undefined,
  ): Promise<void> {
    for (let tries = 0; tries < mostTries; tries++) {
      const known = this.#circuits.get(key);
      const next = change(known?.circuit);
      if (next === known?.circuit) return;
      if (await this.#write(key, known?.version ?? 0, next)) return;
      await this.refresh(now);
    }
    throw new RecobroError('store_conflict', 'other workers changed a circuit first, again and again', {
      retryable: true,
    });
  }

  async #write(key: string, expected: number, circuit: Circuit | undefined): Promise<boolean> {
    const value = circuit === undefined ? undefined : toJson(circuit);
    const done = await this.#shared.write({ tenant: this.#tenant, key, expected, value });
    if (!done) return false;
    const circuits = new Map(this.#circuits);
    if (circuit === undefined) circuits.delete(key);
    else circuits.set(key, { version: expected + 1, circuit });
    this.#circuits = circuits;
    return true;
  }
}

function withoutProbe({ probe: _, ...circuit }: Circuit): Circuit {
  return circuit;
}
