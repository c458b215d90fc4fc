import type { AccountFile, Engine } from 'recobro/engine';
import { type Contender, type Outcome, outcomeOf, reviewAll } from './contender.js';
import { contendersOf } from './contenders/index.js';
import { accountFiles, openPerAccount, reviewedYesterday } from './portfolio.js';
import { collectGarbage, median } from './statistics.js';
import { engineOfWork } from './work.js';

/** A contender's figures. */
export interface SpeedRow {
  readonly name: string;
  readonly invoices: number;
  /** Processor time of all threads, collection of garbage included. */
  readonly milliseconds: { readonly median: number; readonly min: number; readonly max: number };
  /** Median by the clock on the wall: more where other work shares the machine. */
  readonly wall: number;
  /** Open invoices decided in a second of processor time, by the median. */
  readonly perSecond: number;
  /** How many times quicker the first contender, recobro, is. */
  readonly ratio: number;
}

/** One state of the portfolio, and what the contenders made of it. */
export interface SpeedTable {
  readonly title: string;
  readonly rounds: number;
  /** Acts and checksum, equal for all contenders; of all accounts and of those that slow ones review. */
  readonly all: Outcome;
  readonly part: Outcome;
  readonly rows: readonly SpeedRow[];
}

export interface SpeedOptions {
  readonly accounts: number;
  readonly rounds: number;
}

/** Two evaluations as of a day: of accounts never reviewed before, and of accounts reviewed the day before. */
export async function speedTables(
  options: SpeedOptions,
  progress: (line: string) => void,
): Promise<SpeedTable[]> {
  const engine = engineOfWork();
  const fresh = [...accountFiles(options.accounts)];
  const first = await speedTable('first review of every account', engine, fresh, options, progress);
  const daily = fresh.map((file) => reviewedYesterday(engine, file));
  fresh.length = 0;
  return [first, await speedTable('reviewed the day before', engine, daily, options, progress)];
}

async function speedTable(
  title: string,
  engine: Engine,
  files: readonly AccountFile[],
  { rounds }: SpeedOptions,
  progress: (line: string) => void,
): Promise<SpeedTable> {
  const contenders = contendersOf(engine);
  const some = files.slice(0, Math.ceil(files.length / 10));
  const workOf = ({ slow }: Contender): readonly AccountFile[] => (slow ? some : files);
  progress(`${title}: checking that all decide the same`);
  const { all, part } = await checked(contenders, files, some);
  const times = contenders.map((): Took[] => []);
  for (let round = 0; round < rounds; round++) {
    progress(`${title}: round ${round + 1} of ${rounds}`);
    for (const [index, contender] of contenders.entries()) {
      const work = workOf(contender);
      const expected = contender.slow ? part.acts : all.acts;
      times[index]?.push(await timed(contender, work, expected));
    }
  }
  const rows = contenders.map((contender, index): SpeedRow => {
    const own = times[index] ?? [];
    const processor = own.map((took) => took.processor);
    const milliseconds = {
      median: median(processor),
      min: Math.min(...processor),
      max: Math.max(...processor),
    };
    const invoices = workOf(contender).length * openPerAccount;
    const perSecond = (1000 * invoices) / milliseconds.median;
    const wall = median(own.map((took) => took.wall));
    return { name: contender.name, invoices, milliseconds, wall, perSecond, ratio: 0 };
  });
  const own = rows[0]?.perSecond ?? Number.NaN;
  return {
    title,
    rounds,
    all,
    part,
    rows: rows.map((row) => ({ ...row, ratio: own / row.perSecond })),
  };
}

/** Also the warm-up: everybody does all of its work once. */
async function checked(
  contenders: readonly Contender[],
  files: readonly AccountFile[],
  some: readonly AccountFile[],
): Promise<{ all: Outcome; part: Outcome }> {
  const [lead] = contenders;
  if (lead === undefined) throw new Error('there are no contenders');
  const all = await outcomeOf(lead, files);
  const part = await outcomeOf(lead, some);
  for (const contender of contenders) {
    const expected = contender.slow ? part : all;
    const outcome = await outcomeOf(contender, contender.slow ? some : files);
    if (outcome.acts !== expected.acts || outcome.checksum !== expected.checksum) {
      throw new Error(
        `${contender.name} decides otherwise: ${JSON.stringify(outcome)}, not ${JSON.stringify(expected)}`,
      );
    }
  }
  return { all, part };
}

/** Milliseconds of one run. */
interface Took {
  readonly processor: number;
  readonly wall: number;
}

async function timed(contender: Contender, files: readonly AccountFile[], expected: number): Promise<Took> {
  let acts = 0;
  const count = (): void => {
    acts++;
  };
  collectGarbage('minor');
  const before = process.cpuUsage();
  const start = performance.now();
  await reviewAll(contender, files, count);
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  if (acts !== expected) throw new Error(`${contender.name} made ${acts} acts, not ${expected}`);
  return { processor: (user + system) / 1000, wall };
}
