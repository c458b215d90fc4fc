import { describe, expect, it } from 'vitest';
import { isRecobroError } from '../../src/errors.js';
import { houseOf, living, stage } from '../support/house.js';
import { refused } from '../support/refused.js';
import { all, at, invoice } from '../support/world.js';

const house = houseOf([
  stage('soft', '3d'),
  stage('firm', '10d', { do: [{ send: 'firm' }, { task: 'call' }] }),
]);
const period = { now: at('02-01'), to: at('03-31') };

describe('a forecast of an account', () => {
  it('tells when what goes out, and what work comes up', async () => {
    const { dunning } = await living(house);
    const { account, from, to, planned, next } = await dunning.forecast('robles', period);
    expect({ account, from, to, next }).toEqual({ account: 'robles', from: at('02-01'), to: at('03-31') });
    expect(planned.map(({ at: when, becomes, act }) => [when, becomes, act.stage, act.channel])).toEqual([
      [at('02-13', '09:00'), 'sent', 'soft', 'whatsapp'],
      [at('02-20', '09:00'), 'sent', 'firm', 'whatsapp'],
      [at('02-20', '09:00'), 'raised', 'firm', undefined],
    ]);
  });

  it('begins where it is asked to, with what has happened until then, and says when more may come', async () => {
    const { dunning } = await living(house);
    const { planned } = await dunning.forecast('robles', { ...period, from: at('02-15') });
    expect(planned.map(({ act }) => act.kind)).toEqual(['message', 'task']);
    const early = await dunning.forecast('robles', { ...period, to: at('02-12') });
    // The account is looked at when the day begins; its window opens later.
    expect([early.planned, early.next]).toEqual([[], at('02-13', '00:00')]);
  });

  it('keeps what is in the outbox, and sends it when it may be tried', async () => {
    const { dunning, whatsapp } = await living(house);
    whatsapp.answer({ outcome: 'retry', scope: 'sender', code: 'whatsapp:130429', after: 3_600_000 });
    await dunning.tick({ now: at('02-13', '09:30') });
    const [ready] = await all(dunning.acts({ states: ['ready'] }));
    const { planned } = await dunning.forecast('robles', { now: at('02-13', '09:31'), to: at('02-14') });
    expect(planned).toEqual([{ at: ready?.notBefore, act: ready?.act, becomes: 'sent' }]);
    expect(ready?.notBefore).toBeGreaterThan(at('02-13', '09:31'));
  });

  it('keeps what a person approved until the contact rules permit it', async () => {
    const { dunning } = await living(houseOf([stage('soft', '3d', { mode: 'approve' })]));
    await dunning.tick({ now: at('02-13') });
    const [proposed] = await all(dunning.acts({ states: ['open'] }));
    const id = proposed?.act.id ?? '';
    await dunning.approve(id, { author: 'ana', now: at('02-13', '20:00') });
    const { planned } = await dunning.forecast('robles', { now: at('02-13', '20:00'), to: at('02-20') });
    expect(planned.map(({ at: when, becomes, act }) => [when, becomes, act.id])).toEqual([
      [at('02-14', '09:00'), 'sent', id],
    ]);
  });

  it('waits for the review that the store has, also with other documents', async () => {
    const one = await living(house);
    await one.dunning.review({ now: at('02-01') });
    const sooner = houseOf([stage('soft', '1d'), stage('firm', '10d')]);
    const changed = one.dunning.for('default', { policies: sooner.policies, messages: sooner.messages });
    const [first] = (await changed.forecast('robles', period)).planned;
    expect(first?.at).toBe(at('02-13', '09:00'));
    await changed.review({ now: at('02-01'), accounts: 'all' });
    const [then] = (await changed.forecast('robles', period)).planned;
    expect(then?.at).toBe(at('02-11', '09:00'));
  });

  it('leaves proposals to people, or takes for granted that they confirm', async () => {
    const { dunning } = await living(
      houseOf([stage('soft', '3d', { mode: 'approve' }), stage('firm', '10d')]),
    );
    const brief = async (proposals?: 'left' | 'confirmed') =>
      (await dunning.forecast('robles', { ...period, proposals })).planned.map(
        ({ becomes, act }) => `${act.on} ${becomes} ${act.stage}`,
      );
    expect(await brief()).toEqual(['2026-02-13 proposed soft']);
    expect(await brief('left')).toEqual(await brief());
    expect(await brief('confirmed')).toEqual(['2026-02-13 confirmed soft', '2026-02-20 sent firm']);
  });

  it('tries the next place when nothing is heard of a message, unless deliveries are taken for granted', async () => {
    const via = [{ channel: 'whatsapp', patience: '24h' }, { channel: 'email' }];
    const { dunning } = await living(houseOf([stage('soft', '3d')], { via }));
    const channels = async (messages?: 'accepted' | 'delivered') =>
      (await dunning.forecast('robles', { ...period, messages })).planned.map(({ act }) => act.channel);
    expect(await channels()).toEqual(['whatsapp', 'email']);
    expect(await channels('delivered')).toEqual(['whatsapp']);
  });

  it('tells only what chases, or only thanks, where asked', async () => {
    const { dunning } = await living(house);
    const count = async (purposes: readonly ('dunning' | 'service')[]) =>
      (await dunning.forecast('robles', { ...period, purposes })).planned.length;
    expect([await count(['dunning']), await count(['service'])]).toEqual([3, 0]);
  });

  it('refuses an account that nobody knows, and a period that ends before it begins', async () => {
    const { dunning } = await living(house);
    await refused(dunning.forecast('nobody', period), 'unknown_id');
    await refused(dunning.forecast('robles', { from: at('02-02'), to: at('02-01') }), 'invalid_option');
  });

  it('names the end of the period that is missing or no instant', async () => {
    const { dunning } = await living(house);
    const said = async (given: unknown): Promise<unknown> => {
      try {
        await Reflect.apply(dunning.forecast, dunning, ['robles', given]);
      } catch (error) {
        if (!isRecobroError(error, 'invalid_instant')) throw error;
        return error.problems.map(({ path, message }) => `${path} ${message}`).join();
      }
      return undefined;
    };
    expect(await said({})).toMatch(/^to is missing: write whole milliseconds/);
    expect(await said({ to: 1.5 })).toMatch(/^to must be whole milliseconds/);
    expect(await said({ to: '2026-03-31' })).toMatch(/^to "2026-03-31" is no instant of the form/);
    expect(await said({ to: at('03-31'), from: new Date(Number.NaN) })).toMatch(/^from must be/);
    expect(await said({ to: at('03-31'), now: 'soon' })).toMatch(/^now "soon" is no instant/);
  });

  it('is made of every account, one after the other', async () => {
    const { dunning } = await living(house);
    await dunning.sync({
      accounts: [{ id: 'acero', name: 'Acero', contacts: [{ name: 'Ana', phone: '+573001112234' }] }],
      invoices: [{ ...invoice('G-1', '02-01'), account: 'acero' }],
    });
    const forecasts = await all(dunning.forecasts(period));
    expect(forecasts.map(({ account, planned }) => [account, planned.length])).toEqual([
      // Nobody consented to WhatsApp: a task for a person, each time.
      ['acero', forecasts[0]?.planned.length],
      ['robles', 3],
    ]);
    expect(forecasts[0]).toEqual(await dunning.forecast('acero', period));
  });

  it('writes nothing', async () => {
    const { dunning, store } = await living(house);
    const before = await all(store.events('default'));
    await dunning.forecast('robles', period);
    await dunning.calendar({ from: '2026-02-01', to: '2026-03-31', now: at('02-01') });
    expect(await all(store.events('default'))).toEqual(before);
  });
});
