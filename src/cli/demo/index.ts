import { formatUtc } from '../../calendar/index.js';
import { systemClock } from '../../clock.js';
import { whole } from '../../dunning/audit/personal.js';
import { announced } from '../../dunning/emitter.js';
import { createDunning, type Dunning, type DunningEvent } from '../../dunning/index.js';
import type { FileEvent } from '../../engine/index.js';
import type { Documents } from '../../policy/types.js';
import { parseDocuments } from '../../schema/index.js';
import { pgliteStore } from '../../stores/pglite/index.js';
import { lockFolder } from '../../stores/pglite/lock.js';
import type { LoggedEvent, Store } from '../../stores/store.js';
import { virtualClock } from '../../testing/index.js';
import type { Io } from '../io.js';
import { Progress } from '../progress.js';
import { type DemoChannels, openChannels } from './channels.js';
import { digestOf } from './digest.js';
import { demoDocuments, sender } from './documents.js';
import { type DemoFolder, demoFolder } from './folder.js';
import { type LedgerEntry, ledgerEntries } from './ledger/index.js';
import { ledgerCsv } from './outputs.js';
import { workAtDesk } from './people.js';
import { writePictures } from './pictures.js';
import { opening, steps } from './schedule.js';
import { type ProviderUrls, type StandIns, startStandIns } from './stand-ins.js';
import { closing, prologue, resumed, startedOver } from './story/frame.js';
import { Story } from './story/index.js';
import { type DemoTotals, totalsOf } from './totals.js';
import { Watch } from './watch.js';

export type { DemoTotals } from './totals.js';

/** How the demo is run. */
export interface DemoOptions {
  /** Where it leaves what it makes; a new or empty folder, or that of an earlier demo. */
  readonly folder: string;
  /** Starts over even if an earlier demo in the folder had not finished. Default `false`. */
  readonly fresh?: boolean | undefined;
  /** Whether to tell the story on standard output. Default `true`. */
  readonly story?: boolean | undefined;
  /** Nothing about progress on standard error. Default `false`. */
  readonly quiet?: boolean | undefined;
  /** Servers that stand in for the providers. Default: the demo starts its own. For tests. */
  readonly providers?: ProviderUrls | undefined;
  /** Ends after so many steps of a few hours each. Default: all. For tests. */
  readonly steps?: number | undefined;
}

/** What came of it. */
export interface DemoResult {
  readonly folder: string;
  /** Whether it came to its end, or was asked to stop; called again it goes on. */
  readonly finished: boolean;
  /** Whether it went on with what an earlier process had begun. */
  readonly resumed: boolean;
  readonly totals: DemoTotals;
  /** SHA-256 over all decisions and what became of them; the same at every run. */
  readonly digest: string;
  readonly millis: number;
}

/**
 * A provider's call of a killed process is unknown after five minutes, and what
 * it had only claimed is free after one: a step that is taken up again looks
 * this much later, and again later if it is killed again.
 */
const afterKill = 6 * 60_000;

/**
 * Three months of an invented company's receivables, day by day, through the
 * real adapters, against servers on this machine. What is done is kept in the
 * folder; killed at any point and called again it goes on from there.
 *
 * @throws RecobroError `invalid_option` for a folder that is not the demo's, `store_in_use` while another demo runs in it
 */
export async function runDemo(options: DemoOptions, io: Io): Promise<DemoResult> {
  const folder = demoFolder(options.folder);
  const lock = await lockFolder(folder.path);
  try {
    return await runIn(folder, options, io);
  } finally {
    await lock.release();
  }
}

async function runIn(folder: DemoFolder, options: DemoOptions, io: Io): Promise<DemoResult> {
  const began = systemClock.now();
  const say = (lines: readonly string[]): void => {
    if (options.story !== false) io.out(lines.map((line) => `${line}\n`).join(''));
  };
  const documents = parseDocuments(demoDocuments());
  const from = await startOf(folder, documents, options, (why) => say(startedOver(why, io.columns)));
  const standIns = options.providers === undefined ? await startStandIns(folder) : hosted(options.providers);
  let channels: DemoChannels | undefined;
  let store: Store | undefined;
  try {
    channels = await openChannels(standIns.urls);
    store = pgliteStore({ folder: folder.in('data') });
    await store.migrate();
    const demo = new Demo({ folder, store, documents, channels, io, say, options });
    const finished = await demo.run(from);
    return await demo.conclude({ finished, resumed: from.resumed, began });
  } finally {
    channels?.close();
    await store?.close();
    await standIns[Symbol.asyncDispose]();
  }
}

/** Servers that somebody else runs. */
function hosted(urls: ProviderUrls): StandIns {
  return { urls, [Symbol.asyncDispose]: async () => undefined };
}

/** Where a run begins. */
interface Beginning {
  /** Steps that are done. */
  readonly done: number;
  /** How often a process was killed in the step that comes now. */
  readonly tries: number;
  readonly resumed: boolean;
}

/** Where to begin: at the start, or where an earlier process stopped. */
async function startOf(
  folder: DemoFolder,
  documents: Documents,
  options: DemoOptions,
  startOver: (why: 'finished' | 'asked' | 'other') => void,
): Promise<Beginning> {
  const text = `${JSON.stringify(documents, undefined, 1)}\n`;
  const { progress } = folder;
  const begun = progress !== undefined && (progress.done > 0 || folder.has('documents'));
  const why = !begun
    ? undefined
    : progress.finished
      ? 'finished'
      : options.fresh === true
        ? 'asked'
        : folder.read('documents') !== text
          ? 'other'
          : undefined;
  if (why !== undefined) {
    // Whoever reads the database right now must not have it taken away.
    await (await lockFolder(folder.in('data'))).release();
    folder.clear();
    startOver(why);
  }
  if (!begun || why !== undefined) {
    folder.write('documents', text);
    folder.write('ledger', ledgerCsv());
    folder.save({ done: 0, tries: 0, running: true, finished: false });
    return { done: 0, tries: 0, resumed: false };
  }
  const from = { done: progress.done, tries: progress.running ? progress.tries + 1 : 0 };
  folder.save({ ...from, running: true, finished: false });
  return { ...from, resumed: true };
}

interface DemoParts {
  readonly folder: DemoFolder;
  readonly store: Store;
  readonly documents: Documents;
  readonly channels: DemoChannels;
  readonly io: Io;
  readonly say: (lines: readonly string[]) => void;
  readonly options: DemoOptions;
}

/** One run of the demo. */
class Demo {
  readonly #parts: DemoParts;
  readonly #dunning: Dunning;
  readonly #clock = virtualClock(opening);
  readonly #watch = new Watch();
  readonly #story: Story;
  readonly #ledger = ledgerEntries();
  /** When the next account is due for review; in the past until the first tick has said. */
  #next = 0;

  constructor(parts: DemoParts) {
    this.#parts = parts;
    const { store, documents, channels, io } = parts;
    this.#story = new Story({ columns: io.columns, watch: this.#watch });
    this.#dunning = createDunning({
      store,
      ...documents,
      sender,
      channels: channels.all,
      clock: this.#clock,
    });
    this.#dunning.on('event', (event) => this.#hear(event));
  }

  /** Answers whether it came to the end. */
  async run(from: Beginning): Promise<boolean> {
    const { io, say, options, folder } = this.#parts;
    const progress = new Progress(io, { quiet: options.quiet === true });
    const until = Math.min(options.steps ?? steps.length, steps.length);
    if (!from.resumed) say(prologue(io.columns));
    else {
      await this.#recall(from.done);
      say(resumed(steps[from.done] ?? opening, io.columns));
    }
    let done = from.done;
    try {
      for (let index = from.done; index < until; index++) {
        if (io.signal.aborted) break;
        const step = steps[index] ?? opening;
        const did = await this.#step(step, step + (index === from.done ? from.tries : 0) * afterKill);
        done = index + 1;
        // A step in which nothing was due may as well be looked at again.
        if (did) folder.save({ done, tries: 0, running: true, finished: false });
        if (isLastOfDay(index)) {
          progress.done();
          say(this.#story.endDay(step));
        }
        progress.update(() => `${Math.floor((100 * index) / until)} % of three months …`);
      }
    } finally {
      progress.done();
    }
    const finished = done === steps.length;
    if (finished) say(this.#story.finish());
    folder.save({ done, tries: 0, running: false, finished: false });
    return finished;
  }

  /** One look at everything: learn what is new, let people do their part, review and send. False when nothing was due. */
  async #step(step: number, now: number): Promise<boolean> {
    const dunning = this.#dunning;
    this.#clock.moveTo(Math.max(now, this.#clock.now()));
    let due = this.#next <= now || this.#watch.retryAt <= now;
    const entries = this.#entriesOf(step);
    for (const { facts } of entries) {
      await dunning.sync(facts, { now, actor: 'ledger' });
      due = true;
    }
    const { folder, documents } = this.#parts;
    const { plan } = documents;
    if (await workAtDesk({ dunning, watch: this.#watch, folder, plan }, step, now)) due = true;
    if (due) {
      const result = await dunning.tick();
      this.#next = result.next ?? Number.POSITIVE_INFINITY;
      this.#story.waiting(result.waiting, now);
    }
    this.#story.endStep(step, entries);
    return due;
  }

  /** What becomes known at a step; at the first of all, what was known before comes first. */
  #entriesOf(step: number): LedgerEntry[] {
    const instants = step === steps[0] ? [opening, step] : [step];
    return instants.flatMap((at) => this.#ledger.get(at) ?? []);
  }

  #hear(event: DunningEvent): void {
    this.#watch.hear(event);
    this.#story.hear(event);
  }

  /** Goes through what an earlier process did, so that the story and the people know it. */
  async #recall(done: number): Promise<void> {
    const log = await this.#log();
    log.sort((a, b) => a.at - b.at);
    let read = 0;
    const hearUntil = (bound: number): void => {
      for (let one = log[read]; one !== undefined && one.at < bound; one = log[read]) {
        read++;
        this.#hear(eventOf(one));
      }
    };
    for (let index = 0; index < done; index++) {
      const step = steps[index] ?? opening;
      hearUntil(steps[index + 1] ?? Number.POSITIVE_INFINITY);
      this.#story.endStep(step, this.#entriesOf(step));
      if (isLastOfDay(index)) this.#story.endDay(step);
    }
    hearUntil(Number.POSITIVE_INFINITY);
  }

  async #log(): Promise<LoggedEvent[]> {
    const log: LoggedEvent[] = [];
    for await (const event of this.#parts.store.events(this.#dunning.tenant))
      log.push({ ...event, data: whole(event) });
    return log;
  }

  async conclude(end: { finished: boolean; resumed: boolean; began: number }): Promise<DemoResult> {
    const { folder, documents, io, say, options } = this.#parts;
    const log = await this.#log();
    const digest = digestOf(log);
    const totals = totalsOf(log);
    folder.write('digest', `${digest}\n`);
    writePictures(folder, documents, log);
    if (end.finished) folder.save({ done: steps.length, tries: 0, running: false, finished: true });
    const result: DemoResult = {
      folder: options.folder,
      finished: end.finished,
      resumed: end.resumed,
      totals,
      digest,
      millis: systemClock.now() - end.began,
    };
    say(closing(result, folder, io.columns));
    return result;
  }
}

function isLastOfDay(index: number): boolean {
  const [here, next] = [steps[index] ?? 0, steps[index + 1]];
  return next === undefined || formatUtc(here).slice(0, 10) !== formatUtc(next).slice(0, 10);
}

/** A stored event as listeners hear it. */
function eventOf({ tenant, account, seq, at, actor, type, data }: LoggedEvent): DunningEvent {
  // The log stores each event as its type beside its data; this puts the two together again.
  const event = Object.assign({ type }, data) as FileEvent;
  return { tenant, account, seq, at, actor, ...announced(event) };
}
