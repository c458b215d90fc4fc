import type { FailureScope, Misconfigured, Refused, SendOutcome } from './channel.js';
import { type HttpResult, retryAfterOf } from './http.js';
import type { StatusFailure } from './inbound.js';

/**
 * From a provider's answer to one of the five outcomes: the parts that are the
 * same for every provider. What a code means stands in each adapter's table.
 */

/**
 * What a provider's code means. `retryable` and `throttle` pass later, `auth`
 * needs a person, `policy` and `permanent` never pass as they are, `ambiguous`
 * leaves open whether the message went out.
 */
export type FaultClass = 'retryable' | 'throttle' | 'auth' | 'policy' | 'permanent' | 'ambiguous';

/** How far it reaches, in the providers' own, finer words; see {@link scopeOf}. */
export type FaultScope =
  | FailureScope
  | 'app'
  | 'recipient-country'
  | 'registration'
  | 'template-management'
  | 'inbound'
  | 'webhook';

/** One row of an adapter's table of codes. */
export interface Fault {
  readonly class: FaultClass;
  readonly scope: FaultScope;
  /** Seconds to wait at least. */
  readonly delay?: number | undefined;
  /** A class that passes later in principle, but that repeating by itself makes worse or cannot cure. */
  readonly manual?: boolean | undefined;
  /** The person opted out with the provider. */
  readonly optOut?: boolean | undefined;
}

/** What goes beyond the table. */
export interface FaultDetails {
  /** Milliseconds that the answer asks to wait; the longer of this and the table's counts. */
  readonly after?: number | undefined;
  readonly addressUnusable?: boolean | undefined;
}

/** The outcome of a coded failure. */
export function outcomeOfFault(code: string, fault: Fault, details: FaultDetails = {}): SendOutcome {
  const scope = scopeOf(fault.scope);
  switch (fault.class) {
    case 'ambiguous':
      return { outcome: 'unknown', code };
    case 'auth':
      return { outcome: 'misconfigured', scope, code };
    case 'retryable':
    case 'throttle': {
      if (fault.manual) return { outcome: 'refused', scope, code };
      const after = Math.max((fault.delay ?? 0) * 1000, details.after ?? 0);
      return { outcome: 'retry', scope, code, ...(after > 0 ? { after } : {}) };
    }
    case 'permanent':
      // What can never pass because of the sender, the account or the template is the host's to mend.
      if (scope === 'sender' || scope === 'account' || scope === 'template') {
        return { outcome: 'misconfigured', scope, code };
      }
      break;
    case 'policy':
      break;
  }
  return {
    outcome: 'refused',
    scope,
    code,
    ...(details.addressUnusable ? { addressUnusable: true } : {}),
    ...(fault.optOut ? { optedOut: true } : {}),
  };
}

/** The same of a message that the provider had taken and gave up later, as its callbacks tell. */
export function failureOfFault(code: string, fault: Fault, details: FaultDetails = {}): StatusFailure {
  return {
    code,
    scope: scopeOf(fault.scope),
    temporary: (fault.class === 'retryable' || fault.class === 'throttle') && fault.manual !== true,
    ...(details.addressUnusable ? { addressUnusable: true } : {}),
    ...(fault.optOut ? { optedOut: true } : {}),
  };
}

/**
 * What to make of a code that is in no table but came in the provider's own
 * error object. The provider says that the call failed, so a 5xx is taken at its
 * word and tried again; 429 and the credential statuses speak for themselves.
 */
export function faultOfUnlisted(status: number): Fault {
  if (status >= 500) return { class: 'retryable', scope: 'account' };
  if (status === 429) return { class: 'throttle', scope: 'account' };
  if (status === 401 || status === 403) return { class: 'auth', scope: 'sender' };
  return { class: 'permanent', scope: 'message' };
}

/**
 * The outcome where there is no error object of the provider to go by: no
 * answer at all, or one from a proxy, a load balancer or an error page.
 *
 * A 5xx of that kind is unknown, not a retry. Neither Meta's messages call nor
 * Twilio's takes an idempotency key, and a gateway also answers 500, 502 and 504
 * (some even 503) when the server behind it broke off after it had the request,
 * so the message may be on its way: the same case as a time-out. Only a 503 that
 * names a Retry-After is a deliberate "not now" and safe to repeat.
 */
export function outcomeOfHttp(result: HttpResult, now: number): SendOutcome {
  if (result.kind === 'unknown') return { outcome: 'unknown', code: `http:${result.code}` };
  if (result.kind === 'not_sent') {
    const scope = result.code === 'aborted' ? 'message' : 'account';
    return { outcome: 'retry', scope, code: `http:${result.code}` };
  }
  const { status } = result;
  const code = `http:${status}`;
  const after = retryAfterOf(result.retryAfter, now);
  const wait = after === undefined ? {} : { after };
  switch (status) {
    case 301:
    case 302:
    case 307:
    case 308: // The base URL points elsewhere; nothing was processed here.
    case 404:
    case 405:
    case 407:
      return { outcome: 'misconfigured', scope: 'account', code };
    case 401:
    case 403:
      return { outcome: 'misconfigured', scope: 'sender', code };
    case 408: // The server says that it never got the whole request (RFC 9110, 15.5.9).
    case 425:
    case 429:
      return { outcome: 'retry', scope: 'account', code, ...wait };
    case 503:
      return after === undefined
        ? { outcome: 'unknown', code }
        : { outcome: 'retry', scope: 'account', code, after };
  }
  if (status >= 400 && status < 500) return { outcome: 'refused', scope: 'message', code };
  // 2xx without the id we need, 303, 5xx, and statuses that should not exist.
  return { outcome: 'unknown', code };
}

/** A finding of our own before any call was made. */
export function refusedBefore(code: string, scope: FailureScope, addressUnusable = false): Refused {
  return { outcome: 'refused', scope, code, ...(addressUnusable ? { addressUnusable } : {}), called: false };
}

/** A fault of the set-up found before any call was made. */
export function misconfiguredBefore(code: string, scope: FailureScope): Misconfigured {
  return { outcome: 'misconfigured', scope, code, called: false };
}

function scopeOf(scope: FaultScope): FailureScope {
  switch (scope) {
    case 'app':
      return 'account';
    case 'registration':
      return 'sender';
    case 'template-management':
      return 'template';
    case 'recipient-country':
      // The port knows no countries; pausing more than this person would be too much.
      return 'recipient';
    case 'inbound':
    case 'webhook':
      return 'message';
    default:
      return scope;
  }
}
