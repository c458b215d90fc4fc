import { expect, it } from 'vitest';
import { isRecobroError } from '../../src/errors.js';
import type { Documents } from '../../src/policy/types.js';
import { account, all, at, documents, invoice, world } from '../support/world.js';

const handing: Documents = {
  ...documents,
  policies: [
    {
      id: 'ladder',
      version: 1,
      stages: [
        {
          id: 'agency',
          tone: 'formal',
          at: { from: 'due', plus: '3d' },
          mode: 'approve',
          do: [{ handover: 'agency' }],
        },
      ],
    },
  ],
};

it('a hand-over waits for its approval; complete is not the word for it', async () => {
  const { dunning } = world(handing);
  await dunning.sync({ accounts: [account], invoices: [invoice('F1', '02-01')] });
  await dunning.tick({ now: at('02-04') });
  const waiting = await all(dunning.acts({ states: ['open'] }));
  expect(waiting.map(({ act }) => [act.kind, act.name, act.mode])).toEqual([
    ['task', 'approve-stage', 'approve'],
  ]);
  const id = waiting[0]?.act.id ?? '';
  const by = { author: 'ana', now: at('02-05') };
  await expect(dunning.complete(id, by)).rejects.toSatisfy((error) =>
    isRecobroError(error, 'impossible_state'),
  );
  await dunning.approve(id, by);
  const open = await all(dunning.acts({ states: ['open'] }));
  expect(open.map(({ act }) => act.kind)).toEqual(['handover']);
  expect((await dunning.item('robles', 'F1', { at: at('02-05') })).level?.stage).toBe('agency');
});

it('discarded, it is passed over', async () => {
  const { dunning } = world(handing);
  await dunning.sync({ accounts: [account], invoices: [invoice('F1', '02-01')] });
  await dunning.tick({ now: at('02-04') });
  const [one] = await all(dunning.acts({ states: ['open'] }));
  await dunning.discard(one?.act.id ?? '', { author: 'ana', reason: 'too small', now: at('02-05') });
  await dunning.tick({ now: at('02-06') });
  expect(await all(dunning.acts({ states: ['open'] }))).toEqual([]);
});
