import fc from 'fast-check';
import { expect, it } from 'vitest';
import { house, reminded, status, types } from './house.js';

/** Receipts of one message in any order, any number, in batches or alone. */
const words = ['sent', 'delivered', 'read', 'failed'] as const;
const code = 131_000; // no fault of the address
const deliveries: ReadonlySet<string> = new Set(['delivered', 'read']);

it('receipts in any order, repeated and in batches: one delivery, one failure, one fallback at most', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }), { maxLength: 4 }),
      async (batches) => {
        const made = await house();
        const act = await reminded(made);
        for (const batch of batches) {
          const statuses = batch.flatMap((word) => {
            const more = word === 'failed' ? { errors: [{ code }] } : {};
            return (status(act, word, more) as { statuses: readonly object[] }).statuses;
          });
          expect(await made.hook({ statuses })).toBe(200);
        }
        const told = batches.flat();
        const known = await types(made);
        const count = (type: string): number => known.filter((one) => one === type).length;
        const failed = told.indexOf('failed');
        const delivered = told.findIndex((word) => deliveries.has(word));
        // Whatever came first of the two decides whether another channel has its turn; delivery stands all the same.
        const fallback = failed !== -1 && (delivered === -1 || failed < delivered) ? 1 : 0;
        expect([count('act.delivered'), count('act.failed'), made.email.sent.length]).toEqual([
          delivered === -1 ? 0 : 1,
          fallback,
          expect.toSatisfy((sent: number) => sent <= fallback),
        ]);
        // All of it once more changes nothing.
        for (const word of new Set(told)) await made.hook(status(act, word, { errors: [{ code }] }));
        expect((await types(made)).length).toBe(known.length);
      },
    ),
    { numRuns: 25 },
  );
});
