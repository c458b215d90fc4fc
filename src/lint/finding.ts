import type { ChannelTraits } from '../contact/traits.js';
import type { LintContext } from './context.js';

/** `error`: it cannot work as written. `warning`: it works, but hardly as meant. `info`: worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** Something that a schema cannot see and a reader would rather know. */
export interface Finding {
  /** Id of the rule, such as `falling-tone`. */
  readonly id: string;
  readonly severity: Severity;
  /** Where, such as `policies[0].stages[2].tone`. */
  readonly path: string;
  /** What is the matter, in one English sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

/** What a rule found; id and, unless it differs, severity come from the rule. */
export interface Remark {
  readonly path: string;
  readonly message: string;
  readonly fix: string;
  readonly severity?: Severity | undefined;
}

/** One rule. Pure; finds nothing in the presets. */
export interface LintRule {
  readonly id: string;
  readonly severity: Severity;
  /** What it looks for, in one English sentence. */
  readonly description: string;
  check(context: LintContext): Iterable<Remark>;
}

/** What more is known beside the documents. */
export interface LintOptions {
  /**
   * Channels that are set up. A channel chain passes over others, so their
   * texts are not asked for. Default: every channel that the documents name.
   */
  readonly channels?: readonly Pick<ChannelTraits, 'id' | 'carries'>[] | undefined;
  /** Today's date, `2026-03-02`. Default: whether dates are past is not looked at. */
  readonly today?: string | undefined;
  /** Segments of an SMS as the SMS channel sends it. Default: lengths of SMS are not looked at. */
  readonly smsSegments?: ((text: string) => number) | undefined;
}
