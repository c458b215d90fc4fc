import type { Clock } from '../../clock.js';
import type { Engine } from '../../engine/index.js';
import { type Problem, RecobroError } from '../../errors.js';
import type { LedgerFacts } from '../../ledger/facts.js';
import { LedgerReader } from './reader.js';
import type { LedgerSource, PulledKind } from './source.js';

const kinds: Readonly<Record<PulledKind, true>> = {
  accounts: true,
  invoices: true,
  payments: true,
  refunds: true,
  credits: true,
  holds: true,
  disputes: true,
  promises: true,
  unbooked: true,
  plans: true,
};
const longestLimit = 10 * 60_000;

/** What is wrong with a source, as far as can be seen before it is asked. */
export function ledgerProblems(source: unknown): Problem[] {
  if (source === undefined) return [];
  const of = (key: string): unknown =>
    typeof source === 'object' && source !== null ? Reflect.get(source, key) : undefined;
  if (typeof of('read') !== 'function')
    return [{ path: 'ledger', code: 'invalid_type', message: 'must be a source of facts: { owns, read }' }];
  const problems: Problem[] = [];
  const put = (path: string, code: string, message: string): void => {
    problems.push({ path: `ledger.${path}`, code, message });
  };
  const owns = of('owns');
  if (!Array.isArray(owns) || owns.length === 0)
    put(
      'owns',
      'invalid_type',
      'is a list of the kinds of records that come from the source, such as ["invoices"]',
    );
  else
    owns.forEach((kind: unknown, index) => {
      if (typeof kind === 'string' && Object.hasOwn(kinds, kind)) return;
      put(`owns[${index}]`, 'invalid_value', `is one of ${Object.keys(kinds).join(', ')}`);
    });
  const [changes, unlisted, timeout] = [of('changes'), of('unlisted'), of('timeoutMs')];
  if (changes !== undefined && typeof changes !== 'function') put('changes', 'invalid_type', 'is a function');
  if (unlisted !== undefined && unlisted !== 'settled' && unlisted !== 'withdrawn')
    put('unlisted', 'invalid_value', 'is settled or withdrawn');
  if (
    timeout !== undefined &&
    !(typeof timeout === 'number' && Number.isSafeInteger(timeout) && timeout >= 1 && timeout <= longestLimit)
  )
    put('timeoutMs', 'invalid_value', `is a whole number of milliseconds from 1 to ${longestLimit}`);
  return problems;
}

/** The reader of a tenant's source, where it has one. */
export function readerOf(
  source: LedgerSource | undefined,
  tenant: string,
  clock: Clock,
  engine: () => Engine,
): LedgerReader | undefined {
  if (source === undefined) return undefined;
  const documents = () => ({ zone: engine().plan.zone, policies: [...engine().policies.keys()] });
  return new LedgerReader({ source, tenant, clock, documents });
}

/**
 * Each kind of record has one owner: what comes from a source cannot be pushed.
 *
 * @throws RecobroError `invalid_input`
 */
export function refuseOwned(reader: LedgerReader | undefined, facts: LedgerFacts): void {
  if (reader === undefined || typeof facts !== 'object' || facts === null) return;
  const problems = reader.source.owns
    .filter((kind) => facts[kind] !== undefined && facts[kind].length !== 0)
    .map((kind) => ({
      path: kind,
      code: 'pulled_kind',
      message: 'come from the ledger source; change them there, and tell with touch',
    }));
  if (problems.length > 0)
    throw new RecobroError('invalid_input', 'some records belong to the ledger source; nothing was written', {
      problems,
    });
}
