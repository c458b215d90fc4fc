import type { Channel } from '../channel.js';
import { defineChannel } from '../define-channel.js';
import { longestTimeout, OptionCheck } from '../options.js';
import { byHand, defaultTimeout, handOver } from './handing.js';

/** Options of {@link callTask}. */
export interface CallOptions {
  /** Default `call`. */
  readonly id?: string | undefined;
  /** Consent needed to call a business contact, unless the plan says otherwise. Default `contract`. */
  readonly consent?: Channel['consent'] | undefined;
  /** How often somebody is called who does not answer, before the next place of the chain has its turn. Default 3. */
  readonly tries?: number | undefined;
  /** Milliseconds from one try to the next, within contact hours. Default 4 hours. */
  readonly wait?: number | undefined;
  /**
   * Hands calls over to whoever makes them by themselves: a dialler, a call centre, a voice bot. Asked once per call
   * of the outbox with number and script; answers like any provider, and `accepted` counts as the contact. Without
   * it a person calls: the script waits as a task until its outcome is told.
   */
  readonly deliver?: Channel['send'] | undefined;
  /** Milliseconds for one hand-over. Default 30,000. */
  readonly timeout?: number | undefined;
}

/**
 * Phone calls as a channel. The catalogue's text for `call` is the script: subject and body, or one text. When the
 * place of a chain comes, within consent, contact hours, gap and caps, a person is given the script and the number
 * (`dunning.draft`), and tells what came of it (`dunning.complete` with an `outcome`).
 *
 * @throws RecobroError `invalid_option`, listing every option that is wrong
 *
 * @example
 * const channels = [email({ transport, from: 'cobranza@acme.example' }), callTask({ tries: 2 })];
 */
export function callTask(options: CallOptions = {}): Channel {
  const { id = 'call', consent = 'contract', tries = 3, wait = 4 * 3_600_000, deliver } = options;
  const { timeout = defaultTimeout } = options;
  const check = new OptionCheck('callTask');
  check.expectWhole(tries, 'tries', 1, 20);
  check.expectWhole(wait, 'wait', 0, 30 * 86_400_000);
  check.expect(deliver === undefined || typeof deliver === 'function', 'deliver', 'must be a function');
  check.expectWhole(timeout, 'timeout', 1, longestTimeout);
  check.done();
  const traits = { id, address: 'phone', consent } as const;
  if (deliver === undefined)
    return defineChannel({
      ...traits,
      manual: true,
      tries: { most: tries, wait },
      send: async () => byHand(id),
    });
  return defineChannel({
    ...traits,
    send: (message, sending) => handOver(id, timeout, sending, (given) => deliver(message, given)),
  });
}
