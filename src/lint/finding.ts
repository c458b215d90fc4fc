import type { ChannelTraits } from '../contact/traits.js';
import type { Sender } from '../messages/index.js';
import type { LintContext } from './context.js';
import type { Reason, RuleId } from './reasons.js';

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
  /** Why it matters, in one English sentence; the same for all findings of a rule. */
  readonly explanation: string;
  /** What to do about it. */
  readonly fix: string;
}

/** What a rule found; id, explanation and, unless it differs, severity come from the rule. */
export interface Remark {
  readonly path: string;
  readonly message: string;
  readonly fix: string;
  readonly severity?: Severity | undefined;
}

/** What a rule looks for. Pure; finds nothing in the presets. */
export interface RuleCheck {
  readonly id: RuleId;
  readonly severity: Severity;
  /** What it looks for, in one English sentence. */
  readonly description: string;
  check(context: LintContext): Iterable<Remark>;
}

/** One rule, with why its findings matter and what is generally done about them. */
export interface LintRule extends RuleCheck, Reason {}

/** A button of a mapped template, the part that is looked at. */
export type MappedButton =
  | { readonly type: 'reply'; readonly payload: string }
  | { readonly type: 'url'; readonly suffix?: string | undefined }
  | { readonly type: 'phone' };

/** An approved WhatsApp template, as the channel's options map it. */
export interface MappedTemplate {
  readonly name: string;
  readonly header?: { readonly link?: string | undefined } | undefined;
  readonly buttons?: readonly MappedButton[] | undefined;
  readonly parameters?: readonly string[] | Readonly<Record<string, string>> | undefined;
}

/** Which template each message goes out as, by message id and language: what is given to `whatsapp` as `templates`. */
export type MappedTemplates = Readonly<
  Record<
    string,
    | Readonly<
        Record<
          string,
          | MappedTemplate
          | { readonly one?: MappedTemplate | undefined; readonly many?: MappedTemplate | undefined }
          | undefined
        >
      >
    | undefined
  >
>;

/** Where SMS go, and who sends them. */
export interface SmsPlan {
  /** ISO 3166 codes of two letters: `ES`, `IN`, `MX`, `US`, … */
  readonly countries: readonly string[];
  /** The sender as it is shown: a number, a short code or a name. */
  readonly sender?: string | undefined;
  /** Countries in which the sender, and the texts where that is asked for, are registered. Default none. */
  readonly registered?: readonly string[] | undefined;
}

/** What more is known beside the documents. */
export interface LintOptions {
  /**
   * Channels that are set up. A channel chain passes over others, so their
   * texts are not asked for. Default: every channel that the documents name.
   */
  readonly channels?: readonly Pick<ChannelTraits, 'id' | 'carries' | 'manual'>[] | undefined;
  /** Today's date, `2026-03-02`. Default: whether dates are past is not looked at. */
  readonly today?: string | undefined;
  /** Segments of an SMS as the SMS channel sends it. Default: lengths of SMS are not looked at. */
  readonly smsSegments?: ((text: string) => number) | undefined;
  /** Segments that an SMS may cost when every value is long. Default 3. */
  readonly maxSegments?: number | undefined;
  /** Characters of the longest payment link, where it may be longer than 160. */
  readonly longestLink?: number | undefined;
  /** Where SMS go, and who sends them. Default: rules of countries are not looked at. */
  readonly sms?: SmsPlan | undefined;
  /** Who writes. Default: whether it says what messages need is not looked at. */
  readonly sender?: Sender | undefined;
  /** The mapping that the WhatsApp channel is given, where it is data. Default: not looked at. */
  readonly templates?: MappedTemplates | undefined;
  /** Other severities of rules by id, or `off`. */
  readonly rules?: Readonly<Record<string, Severity | 'off'>> | undefined;
}
