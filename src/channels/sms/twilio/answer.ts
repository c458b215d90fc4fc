import type { SendOptions, SendOutcome } from '../../channel.js';
import { type HttpResult, retryAfterOf } from '../../http.js';
import type { StatusFailure } from '../../inbound.js';
import { fieldOf, idOf, parseJson, wholeOf } from '../../json.js';
import {
  type Fault,
  failureOfFault,
  faultOfUnlisted,
  outcomeOfFault,
  outcomeOfHttp,
} from '../../outcomes.js';
import { twilioFaults } from './codes.js';

/** What became of a send, from Twilio's answer or the lack of one. */
export function outcomeOfAnswer(result: HttpResult, options: SendOptions): SendOutcome {
  if (result.kind !== 'answered') return outcomeOfHttp(result, options.now);
  const { status } = result;
  const body = parseJson(result.body);
  const after = retryAfterOf(result.retryAfter, options.now);
  const providerId = idOf(fieldOf(body, 'sid'));
  if (status >= 200 && status < 300 && providerId !== undefined) {
    if (!isFinalFailure(fieldOf(body, 'status'))) return { outcome: 'accepted', providerId };
    // A Message that was created already failed: Twilio will not try it again by itself.
    return outcomeOfCode(wholeOf(fieldOf(body, 'error_code')), status, after);
  }
  const code = wholeOf(fieldOf(body, 'code'));
  return code === undefined ? outcomeOfHttp(result, options.now) : outcomeOfCode(code, status, after);
}

function outcomeOfCode(code: number | undefined, status: number, after: number | undefined): SendOutcome {
  if (code === undefined || code === 0)
    return { outcome: 'refused', scope: 'message', code: 'twilio:failed' };
  return outcomeOfFault(`twilio:${code}`, twilioFaults.get(code) ?? faultOfUnlisted(status), {
    after,
    addressUnusable: deadNumbers.has(code),
  });
}

/** Why Twilio gave a message up that it had taken, by the code in its status callback. */
export function failureOfStatus(code: number | undefined): StatusFailure {
  if (code === undefined || code === 0) return { code: 'twilio:failed', scope: 'message', temporary: false };
  const fault: Fault = twilioFaults.get(code) ?? { class: 'permanent', scope: 'message' };
  return failureOfFault(`twilio:${code}`, fault, { addressUnusable: deadNumbers.has(code) });
}

function isFinalFailure(status: unknown): boolean {
  return status === 'failed' || status === 'undelivered' || status === 'canceled';
}

/** No valid number, a landline, a number that no longer exists, or one that is not on the channel. */
const deadNumbers: ReadonlySet<number> = new Set([21211, 21614, 30005, 30006, 63003, 63024]);
