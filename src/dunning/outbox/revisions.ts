import type { Context } from '../context.js';

/** Revisions that are looked back over: more than any message has that is not going round in circles. */
const most = 50;

/** The id without the revision, and the revision. */
function partsOf(id: string): readonly [base: string, revision: number] {
  const found = /^(.*\.\d+)!(\d+)$/s.exec(id);
  return found === null ? [id, 0] : [found[1] ?? id, Number(found[2])];
}

/** Whether two ids are of one message at one place of its chain, planned again and again. */
export function isSameMessage(id: string, other: string): boolean {
  return partsOf(id)[0] === partsOf(other)[0];
}

/**
 * Calls that were made for a message before it was taken back and planned
 * anew: at the end of the contact hours, say. They count, or a message that
 * always fails would be tried for ever, every morning from the start. What a
 * person said since (that it was not sent, that it is to be retried) makes
 * them start anew.
 */
export async function earlierAttempts(
  { store, tenant }: Pick<Context, 'store' | 'tenant'>,
  id: string,
): Promise<number> {
  const [base, revision] = partsOf(id);
  let attempts = 0;
  for (let n = revision - 1; n >= 0 && n >= revision - most; n--) {
    const row = await store.act(tenant, n === 0 ? base : `${base}!${n}`);
    if (row === undefined || row.state !== 'withdrawn') return attempts;
    if (typeof row.result === 'object' && row.result !== null && 'by' in row.result) return attempts;
    attempts += row.attempts;
  }
  return attempts;
}
