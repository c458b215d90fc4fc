import { readFileSync } from 'node:fs';

/** A code of the tables that the adapters were made from. */
export interface FixtureCode {
  readonly code: number | string;
  readonly class: 'retryable' | 'throttle' | 'auth' | 'policy' | 'permanent' | 'ambiguous';
  readonly scope: string;
  readonly autoRetry: boolean;
  readonly minRetryDelaySeconds: number | null;
  readonly consentEffect?: string;
}

export function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/contracts/${name}`, import.meta.url), 'utf8'));
}

export function codesIn(name: string): readonly FixtureCode[] {
  const data = fixture(name);
  if (typeof data !== 'object' || data === null || !('codes' in data) || !Array.isArray(data.codes)) {
    throw new Error(`${name} has no codes`);
  }
  return data.codes;
}

/** The outcome that contracts' README gives a class and scope; the one place where the mapping is said again. */
export function expectedOutcome({ class: fault, scope, autoRetry }: FixtureCode): string {
  const hosts = ['sender', 'account', 'app', 'template', 'registration', 'template-management'];
  switch (fault) {
    case 'ambiguous':
      return 'unknown';
    case 'auth':
      return 'misconfigured';
    case 'retryable':
    case 'throttle':
      return autoRetry ? 'retry' : 'refused';
    case 'policy':
      return 'refused';
    case 'permanent':
      return hosts.includes(scope) ? 'misconfigured' : 'refused';
  }
}
