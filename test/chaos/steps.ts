import type { Town } from './house.js';

/**
 * The steps at which a worker can die, numbered. `docs/crash-steps.md` says
 * what is left behind by each; `chaos.test.ts` holds the two to the same list.
 */
export const steps = [
  ['I1', 'facts: commit begun'],
  ['I2', 'facts: committed, not answered'],
  ['R1', 'review: due accounts read'],
  ['R2', 'review: files loaded'],
  ['R3', 'review: decided'],
  ['R4', 'review: commit begun'],
  ['R5', 'review: committed'],
  ['R6', 'review: workers being woken'],
  ['D1', 'dispatch: claimed'],
  ['D2', 'dispatch: file loaded'],
  ['D3', 'dispatch: checked again and rendered'],
  ['D4', 'dispatch: commit of `sending` begun'],
  ['D5', 'dispatch: `sending` committed'],
  ['D6', 'dispatch: request arrived, not taken'],
  ['D7', 'dispatch: taken, not answered'],
  ['D8', 'dispatch: receipt acknowledged, not answered'],
  ['D9', 'dispatch: answer read'],
  ['D10', 'dispatch: commit of the result begun'],
  ['D11', 'dispatch: result committed'],
  ['C1', 'receipt: arrived'],
  ['C2', 'receipt: recorded'],
  ['C3', 'receipt: file loaded'],
  ['C4', 'receipt: commit begun'],
  ['C5', 'receipt: committed'],
  ['C6', 'receipt: answered'],
  ['L1', 'limits: places being taken'],
  ['L2', 'limits: places taken'],
  ['L3', 'limits: sender remembered'],
  ['W1', 'webhook: arrived'],
  ['W2', 'webhook: keeping begun'],
  ['W3', 'webhook: kept, not answered'],
  ['W4', 'webhook: answered'],
  ['M1', 'inbox: taken'],
  ['M2', 'inbox: file loaded'],
  ['M3', 'inbox: read, the bot asked'],
  ['M4', 'inbox: commit begun'],
  ['M5', 'inbox: committed'],
  ['M6', 'inbox: commit begun of a stop in another account of the person'],
  ['M7', 'inbox: end of the entry begun'],
  ['T1', 'outcome of a call: commit begun'],
  ['T2', 'outcome of a call: committed, not answered'],
  ['P1', 'recovery: lost acts found'],
  ['P2', 'recovery: commit of `unknown` begun'],
  ['P3', 'recovery: parked'],
  ['S1', 'sealing: begun'],
  ['S2', 'sealing: done'],
] as const;

export type StepId = (typeof steps)[number][0];

/** What webhooks are signed with, and the two numbers that messages go out by. */
export const appSecret = 'chaos-app-secret';
export const numbers = ['106540352242922', '106540352242923'] as const;

/** Steps that the provider stand-in kills at: only it knows when. */
export const atProvider: ReadonlySet<StepId> = new Set(['D6', 'D7', 'D8']);

/** Where a worker is to die: at a step, when it comes there for the nth time; or at any moment. */
export type Kill =
  | {
      readonly step: StepId;
      readonly nth: number;
      /** Or there, should it come there first: not every worker finds facts or lost acts. */
      readonly or?: { readonly step: StepId; readonly nth: number } | undefined;
    }
  | { readonly step: 'any'; readonly afterMs: number };

/** What is wrong on purpose, so that the books are seen to find it. */
export type Variant =
  /** Acts whose worker died while it sent are sent again. */
  | 'resends'
  /** They are taken for sent. */
  | 'guesses'
  /** Receipts are answered before they are dealt with. */
  | 'deaf'
  /** What came in counts as done as soon as somebody takes it. */
  | 'hasty'
  /** Places among people are taken, and nobody else is told. */
  | 'greedy';

/** What a worker is told in its first line. */
export interface Life {
  readonly store: 'pglite' | 'postgres';
  /** Folder or connection string. */
  readonly where: string;
  readonly town: Town;
  /** The present instant when its life begins; goes on from there. */
  readonly now: number;
  /** The machine's own instant then, so that workers that live side by side have one clock. */
  readonly since: number;
  /** Port of the provider. */
  readonly provider: number;
  /** Calls in flight at once. */
  readonly parallel: number;
  /** Which day's facts it is to sync first. */
  readonly facts?: number | undefined;
  /** Calls whose outcome somebody told before, and tells again. */
  readonly retell: readonly string[];
  readonly kill?: Kill | undefined;
  /** Where within a commit it dies, from 0 to 1. */
  readonly depth: number;
  readonly variant?: Variant | undefined;
}

/** Lines that a worker prints. */
export type Said =
  | { readonly say: 'warm' }
  | { readonly say: 'open'; readonly port: number }
  | { readonly say: 'synced' }
  /** Somebody tells what came of a call, and what was answered. */
  | { readonly say: 'telling'; readonly act: string }
  | { readonly say: 'told'; readonly act: string; readonly taken: boolean }
  /** A stop, or the beginning of a call, is committed as this version of the account. */
  | { readonly say: 'stopped' | 'began'; readonly account: string; readonly version: number }
  | { readonly say: 'dying'; readonly step: StepId }
  /** Nothing is left to do; how much was done since it last said so. */
  | { readonly say: 'idle'; readonly done: number }
  | { readonly say: 'unknown'; readonly acts: readonly string[] }
  | { readonly say: 'reconciled'; readonly sent: number; readonly notSent: number; readonly open: number }
  | { readonly say: 'books'; readonly file: string }
  | { readonly say: 'failed'; readonly error: string };

/** Lines that it is told later. */
export type Told = 'again' | 'unknown' | 'reconcile' | 'books' | 'end';

/** What a worker knows when all is over. */
export interface StoreBooks {
  readonly verified: boolean;
  readonly replayed: boolean;
  readonly acts: readonly {
    readonly id: string;
    readonly account: string;
    readonly state: string;
    readonly stage: string;
    readonly covers: readonly string[];
    readonly kind: string;
    /** It answers a message of a debtor. */
    readonly answers: boolean;
  }[];
  /** How often the log has what, by account and type. */
  readonly log: Readonly<Record<string, number>>;
  /** Accounts with a message that waits for people. */
  readonly waiting: readonly string[];
  /** Entries of the inbox that are not done. */
  readonly inbox: number;
  /** How often acts were parked, by code. */
  readonly parked: Readonly<Record<string, number>>;
  /** Acts whose worker is gone, as the report of stuck work counts them. */
  readonly leases: number;
}

/** What the provider knows. */
export interface ProviderBooks {
  readonly taken: readonly {
    readonly key: string;
    readonly account: string;
    /** The numbers by which it went out. */
    readonly senders: readonly string[];
    /** When, by the workers' clock; one entry for each time. */
    readonly at: readonly number[];
    /** Receipts of it that a worker said it had dealt with. */
    readonly acknowledged: number;
  }[];
  /** Requests to webhooks that were acknowledged. */
  readonly hooks: number;
  /** Requests that it broke off: untaken, taken, or left without an answer. */
  readonly broken: { readonly untaken: number; readonly taken: number; readonly silent: number };
  /** Answers to receipts that were no success, by what they said. */
  readonly refused: Readonly<Record<string, number>>;
  /** Receipts sent before the answer of the call was. */
  readonly early: number;
}

/** Numbers that look random, the same for the same seed. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
