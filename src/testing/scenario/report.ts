import type { Mismatch } from './match.js';

/** One thing that was expected and not found, or that went wrong. */
export interface ScenarioFailure extends Mismatch {
  /** Number of the step, from 0; absent: what was given, or the end. */
  readonly step?: number | undefined;
  /** Line of the text, from 1. */
  readonly line?: number | undefined;
}

/** What a step did, for other programs: decisions, states and traces, as data. */
export interface StepTrace {
  /** Number of the step, from 0; -1 is what was given. */
  readonly step: number;
  /** The clock, as an instant with the offset of the plan's zone. */
  readonly at: string;
  /** The moment that operations and reads were made for, where it is apart from the clock. */
  readonly asOf?: string | undefined;
  /** Whose step it was: accounts, explanations and next are this tenant's. */
  readonly tenant: string;
  readonly note?: string | undefined;
  /** What was done, in order. */
  readonly operations: readonly string[];
  /** The error of an operation that was refused. */
  readonly error?:
    | {
        readonly code: string;
        readonly message: string;
        readonly problems?:
          | readonly { readonly path: string; readonly code: string; readonly message: string }[]
          | undefined;
      }
    | undefined;
  /** Events in the order in which they happened. */
  readonly events: readonly unknown[];
  /** Acts that are not finished or that changed, with their states. */
  readonly acts: readonly unknown[];
  /** What was handed to channels. */
  readonly attempts: readonly unknown[];
  /** What reviews said: acts, what waits and why, the next instant. */
  readonly decisions: readonly unknown[];
  /** Accounts as they can be read, by id. */
  readonly accounts: Readonly<Record<string, unknown>>;
  /** Why and why not, by account. */
  readonly explanations: Readonly<Record<string, unknown>>;
  /** Next review instant by account, or `now`; null: nothing is planned. */
  readonly next: Readonly<Record<string, string | null>>;
}

/** What became of a scenario. */
export interface ScenarioReport {
  readonly scenario: string;
  /** File that it was read from, where there is one. */
  readonly file?: string | undefined;
  readonly tags: readonly string[];
  readonly passed: boolean;
  /** Every expectation that failed. */
  readonly failures: readonly ScenarioFailure[];
  /** Steps that were performed, of how many. */
  readonly performed: number;
  readonly steps: number;
  /** With `trace: true`. */
  readonly trace?: readonly StepTrace[] | undefined;
}

/** Thrown by {@link assertScenario}. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly reports: readonly ScenarioReport[];

  constructor(reports: readonly ScenarioReport[]) {
    super(
      reports
        .filter((one) => !one.passed)
        .map(reportText)
        .join('\n\n'),
    );
    this.reports = reports;
  }
}

const shown = 25;

/** A report as lines that a person reads. */
export function reportText(report: ScenarioReport): string {
  const file = report.file === undefined ? '' : ` (${report.file})`;
  if (report.passed) return `ok      ${report.scenario}${file}`;
  const lines = [`FAILED  ${report.scenario}${file}`];
  for (const { path, line, message } of report.failures.slice(0, shown))
    lines.push(`  ${line === undefined ? '' : `line ${line}, `}${path}: ${message}`);
  const more = report.failures.length - shown;
  if (more > 0) lines.push(`  … and ${more} more`);
  if (report.performed < report.steps)
    lines.push(`  stopped after ${report.performed} of ${report.steps} steps`);
  return lines.join('\n');
}
