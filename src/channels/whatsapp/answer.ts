import type { SendOptions, SendOutcome } from '../channel.js';
import { type HttpResult, retryAfterOf } from '../http.js';
import type { StatusFailure } from '../inbound.js';
import { fieldOf, firstOf, idOf, parseJson, wholeOf } from '../json.js';
import { type Fault, failureOfFault, faultOfUnlisted, outcomeOfFault, outcomeOfHttp } from '../outcomes.js';
import { whatsappFaults } from './codes.js';

/** What became of a send, from Meta's answer or the lack of one. */
export function outcomeOfAnswer(result: HttpResult, options: SendOptions): SendOutcome {
  if (result.kind !== 'answered') return outcomeOfHttp(result, options.now);
  const body = parseJson(result.body);
  const sent = firstOf(fieldOf(body, 'messages'));
  const providerId = idOf(fieldOf(sent, 'id'));
  if (result.status < 300 && providerId !== undefined) {
    return { outcome: 'accepted', providerId, ...heldBy(fieldOf(sent, 'message_status')) };
  }
  const code = wholeOf(fieldOf(fieldOf(body, 'error'), 'code'));
  if (code === undefined) return outcomeOfHttp(result, options.now);
  const asked = retryAfterOf(result.retryAfter, options.now);
  const after = Math.max(asked ?? 0, code === pairLimit ? pairWait(options.attempt ?? 1) : 0);
  return outcomeOfFault(`whatsapp:${code}`, faultOf(code, result.status), {
    after,
    addressUnusable: code === undeliverable,
  });
}

/** Why Meta gave a message up that it had taken, by the code in its status callback. */
export function failureOfStatus(code: number | undefined): StatusFailure {
  if (code === undefined) return { code: 'whatsapp:failed', scope: 'message', temporary: false };
  const fault: Fault = whatsappFaults.get(code) ?? { class: 'permanent', scope: 'message' };
  return failureOfFault(`whatsapp:${code}`, fault, { addressUnusable: code === undeliverable });
}

/** Decides by code alone; Meta says that titles go away and statuses mislead (code 3 comes with a 500). */
function faultOf(code: number, status: number): Fault {
  const listed = whatsappFaults.get(code);
  if (listed !== undefined) return listed;
  // "200-299" is one row of Meta's table: a permission is missing.
  if (code >= 200 && code <= 299) return { class: 'auth', scope: 'app' };
  return faultOfUnlisted(status);
}

/** Not on WhatsApp, terms not accepted, or app too old: another channel is needed. */
const undeliverable = 131026;

/** One message every 6 s to the same person; wait 4^n seconds (Meta, About the platform, 2025-12-05). */
const pairLimit = 131056;

function pairWait(attempt: number): number {
  return Math.min(4 ** Math.max(attempt, 1), 3600) * 1000;
}

/**
 * Held for a quality check or paused: Meta has given the message an id and
 * either sends it later or drops it, which a status callback tells. Sending it
 * again would make it two.
 */
function heldBy(status: unknown): { held?: true } {
  return status === 'held_for_quality_assessment' || status === 'paused' ? { held: true } : {};
}
