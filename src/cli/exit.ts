/** What the program's exit code says. */
export const exit = {
  /** Done, and nothing wrong was found. */
  ok: 0,
  /** The command found what it looks for (lint), or could not do what it was asked to do. */
  failed: 1,
  /** The command line is not understood: an unknown option, a value that is none. */
  usage: 2,
  /** A file that was handed in cannot be read or is not valid. */
  input: 3,
  /** Stopped by Ctrl-C, as shells count it. */
  stopped: 130,
} as const;
