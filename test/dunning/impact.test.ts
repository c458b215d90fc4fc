import { expect, it } from 'vitest';
import { isRecobroError } from '../../src/errors.js';
import type { Documents } from '../../src/policy/types.js';
import { account, all, at, documents, invoice, world } from '../support/world.js';

const [ladder] = documents.policies;
if (ladder === undefined) throw new Error('no policy');

/** The same ladder, whose first stage comes on the due date. */
const sooner: Documents = {
  ...documents,
  policies: [
    {
      ...ladder,
      version: 2,
      adopt: 'adopt',
      stages: ladder.stages.map((stage, index) =>
        index === 0 ? { ...stage, at: { from: 'due', plus: '1d' } } : stage,
      ),
    },
  ],
};

it('tells who would gain a message, and is what then happens; nothing is written', async () => {
  const { dunning, store, email, whatsapp } = world();
  await dunning.sync({ accounts: [account], invoices: [invoice('F1', '02-01'), invoice('F2', '03-01')] });
  await dunning.review({ now: at('01-20') });
  const before = await all(store.events('default'));
  const report = await dunning.impact(sooner, { at: at('02-03') });
  expect(report).toMatchObject({ accounts: 1, gained: 1, lost: 0, changed: 0, affectedAccounts: 1 });
  expect(report.affected[0]?.gained[0]).toMatchObject({ stage: 'soft', items: [{ item: 'F1' }] });
  expect(report.cases).toEqual({ adopted: 2 });
  expect(await all(store.events('default'))).toEqual(before);

  const changed = world({ ...sooner, store }).dunning;
  const run = await changed.review({ now: at('02-03'), accounts: 'all' });
  expect(run.counts.acts).toEqual({ message: 1 });
  expect(run.reviewed[0]?.decision.acts[0]).toMatchObject({ stage: 'soft', items: [{ item: 'F1' }] });
  expect([...email.sent, ...whatsapp.sent]).toEqual([]);
});

it('says nothing where nothing changes, and refuses documents that are not valid', async () => {
  const { dunning } = world();
  await dunning.sync({ accounts: [account], invoices: [invoice('F1', '02-01')] });
  const report = await dunning.impact(documents, { at: at('02-10') });
  expect(report).toMatchObject({ gained: 0, lost: 0, changed: 0, affectedAccounts: 0, affected: [] });
  const broken = { ...documents, plan: { ...documents.plan, zone: 'Mars/Olympus' } };
  await expect(dunning.impact(broken, { at: at('02-10') })).rejects.toSatisfy((error) =>
    isRecobroError(error, 'invalid_document'),
  );
});

it('tells of no message about what the next run hands over because of a stage that was done before', async () => {
  const { dunning, store } = world();
  await dunning.sync({ accounts: [account], invoices: [invoice('F1', '02-01')] });
  await dunning.tick({ now: at('02-04') });
  const handing: Documents = {
    ...documents,
    policies: [
      {
        ...ladder,
        version: 2,
        adopt: 'adopt',
        stages: ladder.stages.map((stage, index) =>
          index === 0 ? { ...stage, do: [...stage.do, { handover: 'agency' }] } : stage,
        ),
      },
    ],
  };
  const now = at('02-20');
  const report = await dunning.impact(handing, { at: now });
  expect(report.affected[0]?.gained.map(({ kind }) => kind)).toEqual(['handover']);
  expect(report.affected[0]?.lost.map(({ kind }) => kind)).toEqual(['message', 'task']);
  const { dunning: changed, email, whatsapp } = world({ ...handing, store });
  await changed.tick({ now });
  expect([...email.sent, ...whatsapp.sent]).toEqual([]);
  expect((await all(changed.acts({ states: ['open'] }))).map(({ act }) => act.kind)).toEqual(['handover']);
});

it('tells of what changes, and not of what comes of it as it would have come', async () => {
  const both = (version: number, send: string): Documents => ({
    ...documents,
    policies: [
      {
        ...ladder,
        version,
        adopt: 'adopt',
        stages: ladder.stages.map((stage, index) =>
          index === 0 ? { ...stage, do: [{ send }, { effect: 'orders' }] } : stage,
        ),
      },
    ],
  });
  const { dunning } = world(both(1, 'soft'));
  await dunning.sync({ accounts: [account], invoices: [invoice('F1', '02-01')] });
  await dunning.review({ now: at('02-04') });
  const report = await dunning.impact(both(2, 'firm'), { at: at('02-05') });
  const { gained, lost, changed = [] } = report.affected[0] ?? {};
  expect([gained, lost]).toEqual([[], []]);
  expect(changed.map(({ before, after }) => [before.message, after.message])).toEqual([['soft', 'firm']]);
});
