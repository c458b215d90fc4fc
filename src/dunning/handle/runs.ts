import { sealAfterRun } from '../audit/seal.js';
import type { Context } from '../context.js';
import { dispatchReady } from '../dispatch.js';
import { countsOf, countsOfReview, loggedRun, type RunRecord, runsOf } from '../outbox/runs.js';
import type { Stopped } from '../outbox/work.js';
import type { Dispatched } from '../outcomes.js';
import { type CountedRun, checkLimits, collect, ReviewGuard, reviewDue, reviewNamed } from '../review.js';
import { type TickResult, tickOnce } from '../tick.js';
import type { Adopted, Adopter } from '../versions/adopt.js';
import { Turn } from '../workers/turn.js';
import type { Calls } from './calls.js';
import type { RunOptions } from './run-options.js';

/** Reviews and sending. Part of {@link Dunning}. */
export interface RunCalls {
  /**
   * Takes up the documents that were activated in the store ({@link storedDocuments}) now, rather than with the
   * next run; undefined when none ever were.
   *
   * @throws RecobroError `invalid_option` for a store that keeps no documents; `invalid_document`,
   * `invalid_template` or `invalid_option` where this service cannot work with them: it goes on with what it has
   */
  adopt(): Promise<Adopted | undefined>;
  /** Review what is due, then dispatch what is ready. Sentences are in `language` (default: the plan's). */
  tick(
    options?: RunOptions & {
      readonly language?: string | undefined;
      /**
       * Ends the run after about so many accounts reviewed or acts performed, and says `more`; default: when
       * nothing is left. For functions whose time is limited, and so that others get their turn.
       */
      readonly limit?: number | undefined;
    },
  ): Promise<TickResult>;
  /** Decides for the accounts that are due (or for those named) and plans acts; sends nothing. Accounts that cannot be reviewed are listed, and do not stop the others. */
  review(
    options?: RunOptions & {
      /** `all` after a change of plan or policies: accounts are otherwise looked at again on their own day. */
      readonly accounts?: readonly string[] | 'all' | undefined;
      /**
       * Only these; with any limit, and without `accounts`, all accounts are looked at. What lies outside stays due.
       * @throws RecobroError `unknown_id` for a policy or stage that no document has, `unknown_currency`
       */
      readonly policies?: readonly string[] | undefined;
      readonly stages?: readonly string[] | undefined;
      readonly currencies?: readonly string[] | undefined;
      /** Id of a run on request, for policies with `climb`: each case goes one stage further, once for a run. */
      readonly run?: string | number | undefined;
      /** For an instant on a local day before that of an account's last review: such accounts fail (`refuse`, default), or are reviewed all the same (`accept`); nothing that was done is done again. */
      readonly backdated?: 'refuse' | 'accept' | undefined;
      /**
       * Of what is due: ends the run after about so many accounts, and says `more`, so that memory does not
       * grow with a large portfolio. Default: when nothing is left. @throws RecobroError `invalid_option`
       */
      readonly limit?: number | undefined;
    },
  ): Promise<CountedRun>;
  /** Performs planned acts that are ready, each after a re-check. */
  dispatch(options?: RunOptions): Promise<readonly Dispatched[]>;
  /**
   * The last runs that did something (200 are kept), the newest first: what kind, who asked for it, when, and
   * what it came to. A run that found nothing to do is not among them.
   *
   * @example for (const { started, by, sent, failed } of await dunning.runs({ limit: 10 })) console.log(started, by, sent, failed);
   */
  runs(options?: { readonly limit?: number | undefined }): Promise<readonly RunRecord[]>;
  /**
   * Lets sending come to an end: nothing more is claimed by any handle of the same `createDunning`, acts that
   * were claimed and not begun are given back, calls in flight are awaited and written down, `withinMs` long
   * at most (default 30 seconds). Then `close`. There is no way back.
   *
   * @example
   * process.once('SIGTERM', async () => {
   *   await dunning.stop({ withinMs: 20_000 });
   *   await dunning.close();
   * });
   */
  stop(options?: { readonly withinMs?: number | undefined }): Promise<Stopped>;
}

export function runCalls(context: Context, calls: Calls, adopter: Adopter): RunCalls {
  const { instant, timer } = calls;
  return {
    adopt: async () => adopter.adopt(),
    tick: async ({ now, signal, language, limit, by } = {}) => {
      await adopter.look();
      const time = timer(now);
      const tick = (): Promise<TickResult> => tickOnce(context, time, signal, { language, limit });
      const result = await loggedRun(context, { kind: 'tick', by, time }, tick, ({ counts }) => counts);
      await sealAfterRun(context, signal);
      return result;
    },
    review: async ({
      now,
      signal,
      accounts,
      policies,
      stages,
      currencies,
      run,
      backdated,
      limit,
      by,
    } = {}) => {
      await adopter.look();
      const time = timer(now);
      const logged = (work: () => Promise<CountedRun>): Promise<CountedRun> =>
        loggedRun(context, { kind: 'review', by, time }, work, countsOfReview);
      const limited = policies !== undefined || stages !== undefined || currencies !== undefined;
      const turn = new Turn(limit);
      if (accounts === undefined && !limited && run === undefined && backdated === undefined)
        return logged(() =>
          collect(reviewDue(context, time, instant(now), new ReviewGuard(), signal, turn), turn),
        );
      const only = limited ? { policies, stages, currencies } : undefined;
      if (only !== undefined) checkLimits(context, only);
      return logged(() =>
        collect(reviewNamed(context, accounts ?? 'all', instant(now), signal, { only, run, backdated })),
      );
    },
    dispatch: async ({ now, signal, by } = {}) => {
      await adopter.look();
      const time = timer(now);
      const dispatch = (): Promise<readonly Dispatched[]> => dispatchReady(context, time, signal);
      return loggedRun(context, { kind: 'dispatch', by, time }, dispatch, countsOf);
    },
    runs: async ({ limit = 50 } = {}) => runsOf(context.outbox.shared, context.tenant, limit),
    stop: async ({ withinMs = 30_000 } = {}) => context.outbox.work.stop(context.clock, withinMs),
  };
}
