import { isZone, parseClock } from '../../calendar/index.js';
import { isRecobroError, RecobroError } from '../../errors.js';
import type {
  ErrorExpectation,
  Expectations,
  Scenario,
  ScenarioGiven,
  ScenarioStep,
} from '../../schema/index.js';
import { wire } from './documents.js';
import { fromTheStart, Look, type Since, sinceNow } from './expect.js';
import { factKinds } from './facts.js';
import { type Reader, readerOf } from './files.js';
import { takeHistory, tell } from './hosts.js';
import { type Mismatch, match, show } from './match.js';
import { instantOf, isMoment, localOf, type Moments } from './moments.js';
import { operationsOf, perform } from './perform.js';
import { impossible, listOf, ScenarioFault } from './plain.js';
import type { ScenarioFailure, ScenarioReport, StepTrace } from './report.js';
import type { Answered, Stage } from './stage.js';
import { traceOf } from './trace.js';
import { type Tenant, World } from './world.js';

/** Options of {@link runScenario}. */
export interface ScenarioOptions {
  /** Name of the file, for reports. */
  readonly file?: string | undefined;
  /** Folder that references to files are relative to. Default: the file's; without either they are refused. */
  readonly folder?: string | undefined;
  /** Folder that no reference leaves. Default: `folder`. */
  readonly root?: string | undefined;
  /** Report every decision, state and reason. Default `false`. */
  readonly trace?: boolean | undefined;
  /** Performs only those for which it says so. */
  readonly only?: ((scenario: Scenario) => boolean) | undefined;
}

/** Performs one scenario; what is not as expected is in the report, never thrown. */
export async function runParsed(scenario: Scenario, options: ScenarioOptions): Promise<ScenarioReport> {
  const run = new Run(scenario, readerOf(options), options.trace === true);
  await run.all();
  const { failures, performed, trace } = run;
  return {
    scenario: scenario.scenario,
    ...(options.file === undefined ? {} : { file: options.file }),
    tags: scenario.tags ?? [],
    passed: failures.length === 0,
    failures,
    performed,
    steps: scenario.when?.length ?? 0,
    ...(options.trace === true ? { trace } : {}),
  };
}

class Run {
  readonly failures: ScenarioFailure[] = [];
  readonly trace: StepTrace[] = [];
  performed = 0;
  readonly #scenario: Scenario;
  readonly #read: Reader;
  readonly #tracing: boolean;
  #stopped = false;

  constructor(scenario: Scenario, read: Reader, tracing: boolean) {
    this.#scenario = scenario;
    this.#read = read;
    this.#tracing = tracing;
  }

  async all(): Promise<void> {
    const { given = {}, when = [], then } = this.#scenario;
    const begun = await this.#begin(given, when);
    if (begun === undefined) return;
    const { world, tenant } = begun;
    for (const [index, step] of when.entries()) {
      await this.#step(world, tenant, step, index);
      if (this.#stopped) return;
      this.performed++;
    }
    if (then === undefined) return;
    const at = world.clock.now();
    const look = new Look(world, tenant, fromTheStart, { failed: [] }, at);
    await this.#expect(look, then, 'then', undefined);
  }

  /** The world as it is given; undefined where that is refused, expected or not. */
  async #begin(
    given: ScenarioGiven,
    when: readonly ScenarioStep[],
  ): Promise<{ readonly world: World; readonly tenant: Tenant } | undefined> {
    let found: { readonly world: World; readonly tenant: Tenant } | undefined;
    const error = await caught(async () => {
      const options = { zone: given.zone, language: given.language, read: this.#read };
      const wiring = await wire(given, undefined, 'given', options);
      // Moments are local to the plan; where that names no zone that exists, the library is about to refuse it.
      const zone = String(wiring.plan.zone);
      const moments: Moments = {
        zone: isZone(zone) ? zone : 'UTC',
        minute: parseClock(given.time ?? '10:00'),
      };
      const start = startOf(given, when, moments);
      const world = new World(start, moments, options, given.currency);
      const tenant = world.found(given.tenant ?? 'default', wiring);
      world.answer(tenant, listOf(given.answers), 'given.answers');
      found = { world, tenant };
      const stage: Stage = {
        world,
        tenant,
        path: 'given',
        author: given.by ?? 'ana',
        reason: undefined,
        asOf: undefined,
        answered: { failed: [] },
      };
      const facts = factKinds.filter((kind) => given[kind] !== undefined);
      if (facts.length > 0) await tell(stage, given, 'given');
      if (given.history !== undefined) await takeHistory(stage, given.history, 'given.history');
      if (this.#tracing)
        this.trace.push(await this.#traced(world, tenant, fromTheStart, start, -1, {}, undefined));
    });
    if (!this.#isExpected(error, given.error, 'given', undefined)) return undefined;
    return given.error === undefined ? found : undefined;
  }

  async #step(world: World, main: Tenant, step: ScenarioStep, index: number): Promise<void> {
    const path = `when[${index}]`;
    const { clock, moments } = world;
    let tenant = main;
    let since: Since = sinceNow(world, tenant);
    const answered: Answered = { failed: [] };
    let at = clock.now();
    const error = await caught(async () => {
      if (step.at !== undefined) clock.moveTo(laterOf(step.at, moments, clock.now()));
      if (step.tenant !== undefined) tenant = world.tenant(step.tenant, main);
      since = sinceNow(world, tenant);
      const asOf = step.asOf === undefined ? undefined : instantOf(step.asOf, moments, clock.now());
      at = asOf ?? clock.now();
      const author = step.by ?? this.#scenario.given?.by ?? 'ana';
      const stage: Stage = { world, tenant, path, author, reason: step.reason, asOf, answered };
      const operations = operationsOf(step);
      if (step.error !== undefined && operations.filter((one) => one.name !== 'answers').length > 1)
        throw impossible(path, 'a step that expects an error has one operation');
      for (const operation of operations) await perform(stage, step, operation);
      if (step.asOf === undefined) at = clock.now();
    });
    const [failed] = answered.failed;
    const told =
      error ?? (step.error === undefined || failed === undefined ? undefined : reviewError(failed));
    if (!this.#isExpected(told, step.error, path, index)) this.#stopped = true;
    if (error === undefined && step.error === undefined && step.then?.failed === undefined)
      for (const { account, code } of answered.failed)
        this.failures.push({
          step: index,
          path,
          expected: undefined,
          found: code,
          message: `the account ${account} could not be reviewed: ${code}`,
        });
    if (this.#tracing) this.trace.push(await this.#traced(world, tenant, since, at, index, step, told));
    if (!this.#stopped && step.then !== undefined) {
      const look = new Look(world, tenant, since, answered, at);
      await this.#expect(look, step.then, `${path}.then`, index);
    }
  }

  async #expect(look: Look, then: Expectations, path: string, step: number | undefined): Promise<void> {
    let wrong: readonly Mismatch[] = [];
    const error = await caught(async () => {
      wrong = await look.differences(then, path);
    });
    for (const one of wrong) this.failures.push({ step, ...one });
    if (error !== undefined)
      this.failures.push({
        step,
        path,
        expected: then,
        found: error.code,
        message: `the expectations could not be looked at: ${error.message} (${error.code})`,
      });
  }

  /** Whether an error came as it was expected to, or did not come at all. */
  #isExpected(
    error: Told | undefined,
    expected: ErrorExpectation | undefined,
    path: string,
    step: number | undefined,
  ): boolean {
    if (error?.fault !== undefined) {
      const { fault, message } = error;
      this.failures.push({
        step,
        path: fault,
        expected: undefined,
        found: undefined,
        message: `it cannot be performed: ${message}`,
      });
      return false;
    }
    if (expected === undefined) {
      if (error === undefined) return true;
      this.failures.push({
        step,
        path,
        expected: 'no error',
        found: error.code,
        message: `it was refused: ${error.message} (${error.code})`,
      });
      return false;
    }
    const wanted = typeof expected === 'string' ? { code: expected } : expected;
    if (error === undefined) {
      this.failures.push({
        step,
        path: `${path}.error`,
        expected,
        found: undefined,
        message: `expected the error ${show(wanted)}, but nothing was refused`,
      });
      return true;
    }
    const wrong = match(wanted, error, `${path}.error`);
    for (const one of wrong)
      this.failures.push({ step, ...one, message: `${one.message}; the error: ${error.message}` });
    return true;
  }

  async #traced(
    world: World,
    tenant: Tenant,
    since: Since,
    at: number,
    step: number,
    done: ScenarioStep,
    error: Told | undefined,
  ): Promise<StepTrace> {
    return traceOf(world, tenant, since, at, {
      step,
      ...(done.note === undefined ? {} : { note: done.note }),
      operations: step < 0 ? ['given'] : operationsOf(done).map((one) => one.name),
      ...(error === undefined ? {} : { error: errorOf(error) }),
    });
  }
}

/** An error as expectations see it. */
interface Told {
  readonly code: string;
  readonly message: string;
  readonly problems: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  /** Where the scenario itself is at fault, and not the library refusing something. */
  readonly fault?: string | undefined;
}

function errorOf({ code, message, problems }: Told): NonNullable<StepTrace['error']> {
  return { code, message, ...(problems.length === 0 ? {} : { problems }) };
}

function reviewError({ account, code }: { readonly account: string; readonly code: string }): Told {
  return { code, message: `the account ${account} could not be reviewed`, problems: [] };
}

async function caught(work: () => Promise<void>): Promise<Told | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof ScenarioFault)
      return { code: 'scenario', message: error.message, problems: [], fault: error.path };
    if (!isRecobroError(error)) throw error;
    const { code, message, problems } = error;
    return { code, message, problems: problems.map((one) => ({ ...one })) };
  }
}

/** The moment of a step. @throws RecobroError `invalid_instant`, also where it is before the one that the clock says */
function laterOf(text: string, moments: Moments, now: number): number {
  const at = instantOf(text, moments, now);
  if (at >= now) return at;
  const back = `the clock says ${localOf(now, moments)} and never goes back to ${localOf(at, moments)}`;
  throw new RecobroError(
    'invalid_instant',
    `${back}; asOf is for operations that are made for another moment`,
  );
}

/** When a scenario begins: as it says, else with its first step, else on the first due date. */
function startOf(given: ScenarioGiven, when: readonly ScenarioStep[], moments: Moments): number {
  if (given.now !== undefined) return instantOf(given.now, moments, 0);
  const [first] = when;
  const { at } = first ?? {};
  if (at !== undefined && isMoment(at, moments)) return instantOf(at, moments, 0);
  return instantOf('2026-01-01', moments, 0);
}
