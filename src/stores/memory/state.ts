import type { Activation, DocumentVersion } from '../documents.js';
import type { ActState, Json } from '../store.js';

/** JSON as text, as a database would hold it: nothing is shared with callers. */
export type JsonText = string;

/** A file with its part of the log. */
export interface FileRecord {
  version: number;
  header: JsonText;
  rows: Map<string, JsonText>;
  next: number | null;
  /** Records that left it. */
  readonly left: Map<string, JsonText>;
  /** By sequence. */
  readonly log: EventRecord[];
}

export interface EventRecord {
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  readonly actor: string;
  readonly data: JsonText;
  personal: JsonText | undefined;
}

export interface ActRecord {
  readonly tenant: string;
  readonly account: string;
  readonly id: string;
  readonly keys: readonly string[];
  data: JsonText;
  state: ActState;
  notBefore: number;
  readonly rank: number;
  attempts: number;
  lease: number | null;
  token: string | null;
  result: JsonText;
}

export interface InboundRecord {
  readonly at: number;
  data: JsonText;
  /** When it is to be worked on; `null` when that is done. */
  due: number | null;
  /** Order of arrival. */
  readonly place: number;
  attempts: number;
  token: string | null;
}

/** Everything of one tenant. */
export interface TenantRecord {
  readonly files: Map<string, FileRecord>;
  readonly acts: Map<string, ActRecord>;
  /** Key to the act that holds it. */
  readonly keys: Map<string, string>;
  readonly inbound: Map<string, InboundRecord>;
  /** Events in the order of their commits, of which the first `seals.length` are sealed. */
  readonly order: { readonly account: string; readonly event: EventRecord }[];
  /** Their hashes: that of position 1 first. */
  readonly seals: string[];
  /** Values that workers share. */
  readonly shared: Map<string, { readonly version: number; readonly value: JsonText }>;
  /** By key, then account. */
  readonly references: Map<string, Map<string, JsonText>>;
  /** By kind, id and version. */
  readonly documents: Map<string, { readonly version: DocumentVersion; readonly content: JsonText }>;
  /** By number, from 1. */
  readonly activations: Activation[];
}

/** The whole of a memory store. */
export interface MemoryState {
  readonly tenants: Map<string, TenantRecord>;
  /** Acts that a worker may have to look at, so that claims cost what is live, not what ever was. */
  readonly live: Set<ActRecord>;
}

export function emptyState(): MemoryState {
  return { tenants: new Map(), live: new Set() };
}

/** The tenant's records, made on first use. */
export function tenantOf(state: MemoryState, tenant: string): TenantRecord {
  let record = state.tenants.get(tenant);
  if (record === undefined) {
    record = {
      files: new Map(),
      acts: new Map(),
      keys: new Map(),
      inbound: new Map(),
      order: [],
      seals: [],
      shared: new Map(),
      references: new Map(),
      documents: new Map(),
      activations: [],
    };
    state.tenants.set(tenant, record);
  }
  return record;
}

export function write(value: Json): JsonText {
  return JSON.stringify(value);
}

export function read(text: JsonText): Json {
  return JSON.parse(text) as Json;
}
