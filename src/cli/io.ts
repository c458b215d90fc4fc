/**
 * Where a command writes, and how it learns that it should stop. The program's entry gives it
 * the process's streams; a test gives it two arrays.
 */
export interface Io {
  /** Writes to standard output: what was asked for, and nothing else. No newline is added. */
  out(text: string): void;
  /** Writes to standard error: progress and problems. No newline is added. */
  err(text: string): void;
  /** Whether standard error is a terminal, on which one line may be written over. */
  readonly isTty: boolean;
  /** How many characters fit in one line. */
  readonly columns: number;
  /** Aborted when the person presses Ctrl-C: finish what is under way, then return. */
  readonly signal: AbortSignal;
}
