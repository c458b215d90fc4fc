/**
 * The scenario language as it is written: given / when / then over the public
 * API. docs/scenarios.md is the reference. All of it is plain data.
 */

/** Plain data that the language hands on as it is: a record, a document, part of one. */
export type Loose = Readonly<Record<string, unknown>>;
export type OneOrMany<T> = T | readonly T[];

/**
 * A moment: a date (at the scenario's time of day), a local date and time, an
 * instant with an offset, or a distance from the clock such as `+3d` or `+2h`.
 */
export type WhenText = string;

/** Several scenarios that share what is given. */
export interface ScenarioFile {
  readonly $schema?: string | undefined;
  readonly about?: string | undefined;
  readonly source?: OneOrMany<string> | undefined;
  /** Of all of them, before their own. */
  readonly tags?: readonly string[] | undefined;
  readonly given?: ScenarioGiven | undefined;
  readonly scenarios: readonly Scenario[];
}

/** One story with its expectations. */
export interface Scenario {
  readonly $schema?: string | undefined;
  /** Its name. */
  readonly scenario: string;
  /** For readers. */
  readonly about?: string | undefined;
  /** Where the behaviour is documented or was recorded. */
  readonly source?: OneOrMany<string> | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly given?: ScenarioGiven | undefined;
  readonly when?: readonly ScenarioStep[] | undefined;
  /** Of the end; lists speak of the whole scenario. */
  readonly then?: Expectations | undefined;
}

/** Records of the host, as `sync` takes them; what is left out is filled in. */
export interface FactKeys {
  readonly accounts?: OneOrMany<Loose> | undefined;
  readonly invoices?: OneOrMany<Loose> | undefined;
  readonly payments?: OneOrMany<Loose> | undefined;
  readonly refunds?: OneOrMany<Loose> | undefined;
  readonly credits?: OneOrMany<Loose> | undefined;
  readonly holds?: OneOrMany<Loose> | undefined;
  readonly disputes?: OneOrMany<Loose> | undefined;
  readonly promises?: OneOrMany<Loose> | undefined;
  readonly unbooked?: OneOrMany<Loose> | undefined;
  readonly replies?: OneOrMany<Loose> | undefined;
  readonly plans?: OneOrMany<Loose> | undefined;
  readonly sources?: OneOrMany<Loose> | undefined;
}

/** Documents: a preset or a whole, or parts of it, in the file or beside it. */
export interface DocumentKeys {
  readonly preset?: string | Loose | undefined;
  readonly documents?: string | Loose | undefined;
  readonly plan?: string | Loose | undefined;
  readonly policy?: string | Loose | undefined;
  readonly policies?: OneOrMany<string | Loose> | undefined;
  readonly messages?: string | Loose | readonly Loose[] | undefined;
  readonly channels?: OneOrMany<string | ChannelKeys> | undefined;
  readonly sender?: Loose | undefined;
  /** Senders by the name under which stages ask for one. */
  readonly senders?: Readonly<Record<string, Loose>> | undefined;
  /** Documents to attach that there are not. */
  readonly missingDocuments?: OneOrMany<string> | undefined;
}

export interface ChannelKeys {
  readonly id: string;
  readonly address?: 'phone' | 'email' | 'postal' | 'none' | undefined;
  readonly consent?: 'required' | 'contract' | 'off' | undefined;
  /** People are the channel: what it would send waits for somebody to bring it. */
  readonly manual?: boolean | undefined;
  /** Of such a channel: how often somebody is tried who does not answer. Default 1. */
  readonly tries?: number | undefined;
  /** From one try to the next: `4h`. Default none. */
  readonly wait?: string | undefined;
}

/** How things stand before anything happens. */
export interface ScenarioGiven extends FactKeys, DocumentKeys {
  readonly zone?: string | undefined;
  readonly language?: string | undefined;
  readonly currency?: string | undefined;
  /** Time of day of moments that are dates. Default `10:00`. */
  readonly time?: string | undefined;
  readonly now?: WhenText | undefined;
  readonly tenant?: string | undefined;
  readonly history?: OneOrMany<Loose> | undefined;
  readonly answers?: OneOrMany<AnswerKeys> | undefined;
  readonly by?: string | undefined;
  /** What is given is refused, so. */
  readonly error?: ErrorExpectation | undefined;
}

/** What a channel says of a message. */
export interface AnswerKeys {
  readonly channel?: string | undefined;
  readonly message?: string | undefined;
  readonly account?: string | undefined;
  readonly to?: string | undefined;
  readonly answer: 'accepted' | 'refused' | 'retry' | 'unknown' | 'misconfigured' | 'throws';
  readonly code?: string | undefined;
  readonly scope?: 'message' | 'recipient' | 'pair' | 'template' | 'sender' | 'account' | undefined;
  /** With `retry`: how long the provider asks to wait: `30min`. */
  readonly after?: string | undefined;
  readonly addressUnusable?: boolean | undefined;
  readonly optedOut?: boolean | undefined;
  readonly held?: boolean | undefined;
  readonly providerId?: string | undefined;
  /** How often. Default 1. */
  readonly times?: number | 'always' | undefined;
}

/** Which act is meant. A text is its id, or a glob. */
export type ActQuery = string | ActQueryKeys;

export interface ActQueryKeys {
  readonly id?: string | undefined;
  readonly account?: string | undefined;
  readonly item?: string | undefined;
  readonly invoice?: string | undefined;
  readonly stage?: string | undefined;
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly message?: string | undefined;
  readonly channel?: string | undefined;
  readonly contact?: string | undefined;
  readonly policy?: string | undefined;
  readonly state?: string | undefined;
  readonly occurrence?: number | undefined;
  /** Of several: the first planned, the last, or all of them. */
  readonly which?: 'first' | 'last' | 'all' | undefined;
}

/** Items of one account. */
export interface ChoiceKeys {
  readonly account?: string | undefined;
  readonly items?: OneOrMany<string> | undefined;
}

/** A change of documents, as a deployment makes it. */
export interface LoadKeys extends DocumentKeys {
  /** Members that change; policies get a new version beside the old one. */
  readonly edit?:
    | {
        readonly plan?: Loose | undefined;
        readonly policies?: Readonly<Record<string, Loose>> | undefined;
      }
    | undefined;
  /** Policies made inactive. */
  readonly pause?: OneOrMany<string> | undefined;
  /** Policies made active again. */
  readonly resume?: OneOrMany<string> | undefined;
  /** Policies taken out, all versions. */
  readonly remove?: OneOrMany<string> | undefined;
  /** `false`: an edited policy's old version is taken out. */
  readonly keep?: boolean | undefined;
}

/** What happens, in the order written. */
export interface ScenarioStep extends FactKeys {
  readonly at?: WhenText | undefined;
  /** The business date or instant that the operations are made for, apart from the clock. */
  readonly asOf?: WhenText | undefined;
  readonly note?: string | undefined;
  readonly tenant?: string | undefined;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
  readonly change?: FactKeys | undefined;
  readonly load?: LoadKeys | undefined;
  readonly history?: OneOrMany<Loose> | undefined;
  readonly answers?: OneOrMany<AnswerKeys> | undefined;
  readonly review?: true | ReviewKeys | undefined;
  readonly tick?: true | undefined;
  readonly dispatch?: true | undefined;
  readonly run?: RunKeys | undefined;
  readonly approve?: ActQuery | undefined;
  readonly confirm?: string | (ActQueryKeys & { readonly on?: string | undefined }) | undefined;
  readonly discard?: ActQuery | undefined;
  readonly complete?:
    | string
    | (ActQueryKeys & { readonly contacted?: ContactedKeys | undefined } & OutcomeKeys)
    | undefined;
  readonly delivered?: ActQuery | undefined;
  readonly resolve?: (ActQueryKeys & { readonly as: 'sent' | 'not-sent' }) | undefined;
  readonly settleFee?: (ActQueryKeys & { readonly as: 'booked' | 'waived' | 'void' }) | undefined;
  readonly bookFee?:
    | (ActQueryKeys & { readonly onto?: string | undefined; readonly document?: Loose | undefined })
    | undefined;
  readonly ask?: (ChoiceKeys & { readonly stage: string }) | undefined;
  readonly skip?: (ChoiceKeys & { readonly stage: string }) | undefined;
  readonly move?: (ChoiceKeys & { readonly stage: string; readonly policy?: string | undefined }) | undefined;
  readonly takeBack?: true | ChoiceKeys | undefined;
  readonly reset?: true | ChoiceKeys | undefined;
  readonly record?: true | (ChoiceKeys & ContactedKeys) | undefined;
  readonly assign?: string | { readonly account?: string | undefined; readonly owner: string } | undefined;
  readonly unassign?: true | { readonly account?: string | undefined } | undefined;
  readonly restoreAddress?:
    | string
    | {
        readonly account?: string | undefined;
        readonly contact: string;
        readonly channel?: string | undefined;
      }
    | undefined;
  readonly hold?:
    | true
    | (ChoiceKeys & {
        readonly id?: string | undefined;
        readonly reason?: string | undefined;
        readonly from?: string | undefined;
        readonly until?: string | undefined;
      })
    | undefined;
  readonly release?: string | { readonly account?: string | undefined; readonly hold: string } | undefined;
  readonly portfolio?: true | Loose | undefined;
  readonly impact?:
    | (LoadKeys & { readonly until?: WhenText | undefined; readonly list?: number | undefined })
    | undefined;
  /** The step's one operation is refused, so. */
  readonly error?: ErrorExpectation | undefined;
  /** Of this moment; lists speak of this step. */
  readonly then?: Expectations | undefined;
}

export interface ReviewKeys {
  readonly accounts?: OneOrMany<string> | undefined;
  readonly policies?: OneOrMany<string> | undefined;
  readonly stages?: OneOrMany<string> | undefined;
  readonly currencies?: OneOrMany<string> | undefined;
  readonly run?: string | number | undefined;
}

/** A contact that was made. */
export interface ContactedKeys {
  readonly on?: string | undefined;
  readonly channel?: string | undefined;
  readonly contact?: string | undefined;
}

/** What came of what a person brought. */
export interface OutcomeKeys {
  readonly outcome?:
    | 'reached'
    | 'messageLeft'
    | 'sent'
    | 'noAnswer'
    | 'wrongNumber'
    | 'wrongAddress'
    | 'notDone'
    | 'promised'
    | 'paid'
    | 'disputed'
    | undefined;
  readonly on?: string | undefined;
  /** With `promised`: the day. */
  readonly date?: string | undefined;
  /** Invoices that it is about, where not all. */
  readonly about?: OneOrMany<string> | undefined;
  /** Amount in major units, with its currency: `100.00 EUR`. */
  readonly amount?: string | undefined;
  readonly code?: string | undefined;
}

/** Time passes: a tick every so often. */
export interface RunKeys {
  readonly until: WhenText;
  /** `1d` (default), `2w`, `1h`, or `next`: at each next review instant. */
  readonly every?: string | undefined;
}

/** A code, or more of the error. */
export type ErrorExpectation =
  | string
  | {
      readonly code: string;
      readonly message?: unknown;
      readonly problems?: unknown;
    };

/** Of a list: how many; some of them; or what is said of it under these keys. */
export type ListExpectation =
  | 'none'
  | number
  | readonly unknown[]
  | {
      readonly some?: readonly unknown[] | undefined;
      readonly exactly?: readonly unknown[] | undefined;
      readonly none?: readonly unknown[] | undefined;
      readonly every?: unknown;
      readonly count?: unknown;
      readonly inOrder?: boolean | undefined;
    };

/** Lists of what happened in the step (or, at the end and under `soFar`, in the whole scenario). */
export interface Happenings {
  readonly acts?: ListExpectation | undefined;
  readonly sent?: ListExpectation | undefined;
  readonly attempts?: ListExpectation | undefined;
  readonly tasks?: ListExpectation | undefined;
  readonly alerts?: ListExpectation | undefined;
  readonly fees?: ListExpectation | undefined;
  readonly handovers?: ListExpectation | undefined;
  readonly outcomes?: ListExpectation | undefined;
  readonly skipped?: ListExpectation | undefined;
  readonly events?: ListExpectation | Readonly<Record<string, unknown>> | undefined;
  /** Of all that was sent. */
  readonly text?: unknown;
}

/** What is expected. */
export interface Expectations extends Happenings {
  readonly soFar?: Happenings | undefined;
  readonly nothing?: true | undefined;
  /** Acts that are not finished. */
  readonly pending?: ListExpectation | undefined;
  /** Messages that wait for a person, as they would go now. */
  readonly drafts?: ListExpectation | undefined;
  /** Messages that went out, and whether everything that they asked for is settled. */
  readonly notices?: ListExpectation | undefined;
  readonly levels?: Readonly<Record<string, unknown>> | undefined;
  readonly items?: Readonly<Record<string, unknown>> | undefined;
  readonly accounts?: Readonly<Record<string, unknown>> | undefined;
  readonly amounts?: Readonly<Record<string, unknown>> | undefined;
  readonly totals?: Readonly<Record<string, unknown>> | undefined;
  readonly effects?: Readonly<Record<string, 'on' | 'off'>> | undefined;
  readonly counters?: Readonly<Record<string, unknown>> | undefined;
  readonly reasons?: Readonly<Record<string, unknown>> | undefined;
  readonly explain?: Readonly<Record<string, unknown>> | undefined;
  readonly next?: unknown;
  readonly forecast?: { readonly until: WhenText; readonly acts: ListExpectation } | undefined;
  readonly reviewed?: unknown;
  readonly failed?: ListExpectation | undefined;
  readonly synced?: unknown;
  readonly portfolio?: unknown;
  readonly impact?: unknown;
  readonly lint?: ListExpectation | undefined;
}
