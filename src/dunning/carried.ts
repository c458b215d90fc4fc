import { type Mailbox, mailboxOf } from '../channels/mailbox.js';
import { type Problem, RecobroError } from '../errors.js';
import { type Sender, type SenderProfile, senderProblems } from '../messages/index.js';
import { answerCauses } from '../policy/answers.js';
import type { Documents, SendAction } from '../policy/types.js';
import { longestDocumentTimeout } from './documents.js';
import type { TenantOptions } from './handle/options.js';

/** A sender profile, read. */
export interface Profile {
  readonly sender: Sender;
  readonly from: Mailbox | undefined;
  readonly replyTo: Mailbox | undefined;
}

/** The profiles of a tenant by name. They were checked. */
export function profilesOf(senders: TenantOptions['senders']): ReadonlyMap<string, Profile> {
  return new Map(
    Object.entries(senders ?? {}).map(([name, { from, replyTo, ...sender }]) => [
      name,
      { sender, from: mailboxOf(from), replyTo: mailboxOf(replyTo) },
    ]),
  );
}

/** What is wrong with sender profiles and the document port. */
export function carriedProblems({ senders, documents }: TenantOptions): Problem[] {
  const problems: Problem[] = [];
  if (senders !== undefined && !isRecord(senders))
    problems.push({ path: 'senders', code: 'invalid_type', message: 'must be an object of senders by name' });
  else
    for (const [name, profile] of Object.entries(senders ?? {}))
      problems.push(...profileProblems(profile, `senders.${name}`));
  if (documents === undefined) return problems;
  if (!isRecord(documents) || typeof Reflect.get(documents, 'load') !== 'function') {
    problems.push({ path: 'documents', code: 'invalid_type', message: 'must have load()' });
    return problems;
  }
  const { timeout = 1 } = documents;
  if (!Number.isSafeInteger(timeout) || timeout < 1 || timeout > longestDocumentTimeout)
    problems.push({
      path: 'documents.timeout',
      code: 'out_of_range',
      message: `must be whole milliseconds from 1 to ${longestDocumentTimeout}`,
    });
  return problems;
}

function profileProblems(profile: SenderProfile, path: string): Problem[] {
  if (!isRecord(profile)) return senderProblems(profile, path);
  const { from, replyTo, ...sender } = profile;
  const problems = senderProblems(sender, path);
  for (const [key, value] of Object.entries({ from, replyTo })) {
    if (value === undefined || mailboxOf(value) !== undefined) continue;
    problems.push({
      path: `${path}.${key}`,
      code: 'invalid_address',
      message: 'must be one address, or Name <address>, without control characters',
    });
  }
  return problems;
}

/**
 * Every profile that a policy names must be there, and a document port where
 * one attaches: found out here and never when a message is to go out.
 *
 * @throws RecobroError `invalid_option`, listing every place
 */
export function checkCarried({ policies }: Documents, { senders, documents }: TenantOptions): void {
  const names = Object.keys(senders ?? {});
  const problems: Problem[] = [];
  const check = ({ from, attach }: SendAction, path: string): void => {
    if (from !== undefined && !names.includes(from)) {
      const known = names.length === 0 ? 'there are none' : `there are ${names.join(', ')}`;
      problems.push({
        path: `${path}.from`,
        code: 'unknown_sender',
        message: `no sender ${JSON.stringify(from)} in the option senders; ${known}`,
      });
    }
    if (attach !== undefined && documents === undefined)
      problems.push({
        path: `${path}.attach`,
        code: 'missing_documents',
        message: 'nothing to attach it from: give the option documents, a port with load()',
      });
  };
  policies.forEach(({ stages, on }, index) => {
    stages.forEach((stage, number) => {
      stage.do.forEach((action, place) => {
        if ('send' in action) check(action, `policies[${index}].stages[${number}].do[${place}]`);
      });
    });
    for (const cause of answerCauses) {
      (on?.[cause] ?? []).forEach((action, place) => {
        check(action, `policies[${index}].on.${cause}[${place}]`);
      });
    }
  });
  if (problems.length > 0)
    throw new RecobroError('invalid_option', 'policies ask for what the options do not give', { problems });
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
