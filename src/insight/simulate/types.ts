import type { ChannelTraits } from '../../engine/index.js';
import type { LedgerFacts } from '../../ledger/facts.js';
import type { Documents } from '../../policy/types.js';
import type { ReportInput } from '../run/types.js';

/** What a simulation is made of. */
export interface SimulateInput {
  /** Valid documents (`parseDocuments`). */
  readonly documents: Documents;
  /** Facts as for `dunning.sync`, or as `readLedger` gives them. */
  readonly ledger: LedgerFacts;
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** Whether a day's payments are booked before or after the day's review. */
  readonly payments: 'before' | 'after';
  /**
   * Disputed invoices: `hold` opens their disputes on their days, `ignore`
   * chases them like the others, `exclude` leaves them out. Default `hold`.
   */
  readonly disputed?: 'hold' | 'ignore' | 'exclude' | undefined;
  /**
   * `assumed`: everybody is reached over the first channel of each chain, at
   * any hour, whatever consent, address or window there is; gap and caps
   * stand. `real`: as the ledger's contacts and the plan say. Default `assumed`.
   */
  readonly reach?: 'assumed' | 'real' | undefined;
  /** With `real` reach: the channels there are. Default: those that recobro ships. */
  readonly channels?: readonly ChannelTraits[] | undefined;
  /** IANA zone in place of the plan's. */
  readonly zone?: string | undefined;
  /** Default: each day of up to 100 days, else each week. */
  readonly agingStep?: 'day' | 'week' | undefined;
  /** Whether to tell each account's story. Default `true`; without, the result of a large ledger is small. */
  readonly stories?: boolean | undefined;
  /** Told after each account. */
  readonly onProgress?: ((progress: SimulationProgress) => void) | undefined;
}

/** How far a simulation has come. */
export interface SimulationProgress {
  readonly accounts: number;
  readonly of: number;
  /** Messages so far, thanks included. */
  readonly messages: number;
}

/** What a simulation found. The same input gives the same JSON, byte for byte. */
export interface SimulationResult extends ReportInput {
  readonly kind: 'simulation';
  readonly payments: 'before' | 'after';
  readonly disputed: 'hold' | 'ignore' | 'exclude';
  readonly reach: 'assumed' | 'real';
}
