import type { ByHand } from '../by-hand.js';
import type { ForecastChoice } from '../forecasts.js';
import type { IngestChoice } from '../ingest/types.js';
import type { When } from '../options.js';

/** Options that every operation takes. */
export interface RunOptions {
  /** The instant to act at. Default: the clock's. */
  readonly now?: When | undefined;
  /**
   * Stops the run between messages; it then rejects with the signal's reason.
   * Calls in flight are not broken off but awaited and recorded. Acts that were
   * claimed and not begun are given back.
   */
  readonly signal?: AbortSignal | undefined;
  /** Who asks for the run, for {@link Dunning.runs}. Default `recobro`. */
  readonly by?: string | undefined;
}

export interface SyncOptions {
  /** The instant at which the facts are learnt. Default: the clock's. */
  readonly now?: When | undefined;
  /** Who tells, for the log. Default `host`. */
  readonly actor?: string | undefined;
  /** The host's own transaction, as the store's documentation says. Listeners hear nothing of it, since it may be rolled back. */
  readonly transaction?: unknown;
}

/** Options of an ingest: those of `sync`, and how it is done. */
export interface IngestOptions extends SyncOptions, IngestChoice {}

/** What a forecast is asked for: a period, both ends inclusive, and what is taken for granted. */
export interface ForecastPeriod extends ForecastChoice {
  /** Default: the present. */
  readonly from?: When | undefined;
  readonly to: When;
  /** The present. Default: the clock's. */
  readonly now?: When | undefined;
}

/** Who does something by hand, why, and when. */
export interface By extends ByHand {
  /** Default: the clock's. */
  readonly now?: When | undefined;
}
