/**
 * Version of the time zone data in use, such as `2026c`; `unknown` where the
 * runtime does not tell. Each review records it: equal answers hold for one version.
 */
export function tzdataVersion(): string {
  // Looked up on the global object: not every runtime that could run the core has a process.
  return globalThis.process?.versions?.tz ?? 'unknown';
}
