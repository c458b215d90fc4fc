import { describe, expect, it } from 'vitest';
import type { PlanOffers } from '../../../src/dunning/index.js';
import { all, invoice, payment } from '../../support/world.js';
import { house, reminded, text, types } from '../inbound/house.js';

const links = { key: 'k'.repeat(32) };
const halves: PlanOffers = ({ open }) =>
  open.slice(0, 1).flatMap(({ invoice: id, outstanding }) => {
    const half = Math.floor(outstanding / 2);
    const instalments = [
      { due: '2026-03-01', amount: half },
      { due: '2026-04-01', amount: outstanding - half },
    ];
    const wrong = { id: 'less', invoices: [id], instalments: [{ due: '2026-03-01', amount: half }] };
    return [{ id: '2x', invoices: [id], instalments }, wrong];
  });

async function offering(conversation: { acceptPlans?: boolean }) {
  const made = await house({ links, conversation: { plans: halves, ...conversation } });
  await reminded(made);
  const token = await made.dunning.link({ account: 'robles', contact: 'billing' });
  const [offer, ...others] = (await made.dunning.opened(token)).offers;
  if (offer === undefined) throw new Error('nothing is offered');
  return { ...made, token, offer, others };
}

const pressed = (offer: string) =>
  text('', { type: 'button', button: { payload: `plan:${offer}`, text: '2 payments' } });

describe('plans', () => {
  it('that are offered fit what is open, and one that is chosen takes its place', async () => {
    const made = await offering({ acceptPlans: true });
    expect(made.others).toEqual([]);
    expect(made.offer).toMatchObject({ id: '2x', currency: 'COP' });
    await made.dunning.answered(made.token, { says: 'accept', key: '1', offer: made.offer.offer });
    const { items } = await made.dunning.account('robles');
    expect(items.filter(({ outstanding }) => outstanding > 0)).toMatchObject([
      { due: '2026-03-01', outstanding: 50_000 },
      { due: '2026-04-01', outstanding: 50_000 },
    ]);
    expect((await made.dunning.opened(made.token)).offers).toEqual([]);
    // The same button as well, which is too late.
    await made.hook(pressed(made.offer.offer));
    expect((await types(made)).filter((type) => type === 'plan.upserted')).toHaveLength(1);
  });

  it('can be chosen by a button', async () => {
    const made = await offering({ acceptPlans: true });
    await made.hook(pressed(made.offer.offer));
    expect(await types(made)).toContain('plan.upserted');
  });

  it('need a person unless said otherwise, who sees what was chosen', async () => {
    const made = await offering({});
    await made.hook(pressed(made.offer.offer));
    await made.dunning.answered(made.token, { says: 'accept', key: '1', offer: made.offer.offer });
    expect(await types(made)).not.toContain('plan.upserted');
    const received = (await all(made.dunning.history('robles'))).filter(
      ({ type }) => type === 'message.received',
    );
    expect(received.map(({ data }) => data)).toMatchObject([
      { intent: 'cannot_pay', offer: made.offer.offer },
      { intent: 'cannot_pay', offer: made.offer.offer },
    ]);
    await made.dunning.tick({ now: made.clock.now() });
    const tasks = await all(made.dunning.acts({ kinds: ['task'] }));
    expect(tasks.map(({ act }) => act.name)).toEqual(['answer-reply', 'answer-reply']);
    expect((await made.dunning.customerContext('robles')).offers).toEqual([made.offer]);
  });

  it('are accepted as they were shown or not at all', async () => {
    const made = await offering({ acceptPlans: true });
    await made.dunning.sync({
      payments: [payment('P', 'F-1042', '02-06', '200.00')],
      invoices: [invoice('F-2', '02-20')],
    });
    await expect(
      made.dunning.answered(made.token, { says: 'accept', key: '1', offer: made.offer.offer }),
    ).rejects.toMatchObject({ problems: [{ path: 'answer.offer' }] });
    await made.hook(pressed(made.offer.offer));
    expect(await types(made)).not.toContain('plan.upserted');
  });
});
