import { civilOf, type Day } from '../../calendar/index.js';
import type { Act, Cover, Engine } from '../../engine/index.js';
import type { Policy, Tone } from '../../policy/types.js';
import { findStage } from './story.js';
import type { AccountRun, ChannelTotals, MonthTotals, RunTotals, SkipCount, StageTotals } from './types.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface StageCounts extends Writable<Omit<StageTotals, 'channels'>> {
  readonly order: number;
  readonly channels: Map<string, number>;
}

interface MonthCounts extends Writable<Omit<MonthTotals, 'stages' | 'month'>> {
  readonly stages: Map<string, number>;
}

const severity: Readonly<Record<Tone, number>> = { friendly: 0, firm: 1, formal: 2 };

/** Covers that are stages of the ladder: neither thanks nor tasks that stand beside a message. */
export function ladderCovers(act: Act, engine: Engine): readonly Cover[] {
  return act.covers.filter((cover) => findStage(engine, act.policy, cover.stage) !== undefined);
}

/** Counts what the stages of all policies did. */
export class Ladder {
  /** Messages of which nobody knows whether they went out. */
  unknown = 0;
  readonly #engine: Engine;
  readonly #stages = new Map<string, StageCounts>();
  readonly #channels = new Map<string, Writable<ChannelTotals>>();
  readonly #months = new Map<string, MonthCounts>();
  readonly #skips = new Map<string, Writable<SkipCount>>();
  readonly #totals = { reached: 0, messages: 0, thanks: 0, tasks: 0, skipped: 0, refused: 0 };

  constructor(engine: Engine, policies: readonly Policy[]) {
    this.#engine = engine;
    for (const { id } of policies) {
      const newest = engine.policies.get(id);
      for (const { stage } of newest?.stages ?? []) this.#stage(id, stage.id, stage.name, stage.tone);
    }
  }

  message(act: Act, on: string): void {
    const channel = this.#channel(act.channel ?? '');
    const month = this.#month(on);
    if (act.purpose === 'service') {
      this.#totals.thanks++;
      channel.thanks++;
      month.thanks++;
      return;
    }
    this.#totals.messages++;
    channel.messages++;
    month.messages++;
    this.#cover(act, month);
    const stage = this.#stageOf(act, act.stage);
    stage.messages++;
    stage.channels.set(channel.channel, (stage.channels.get(channel.channel) ?? 0) + 1);
  }

  task(act: Act, on: string): void {
    const month = this.#month(on);
    this.#totals.tasks++;
    month.tasks++;
    this.#cover(act, month);
    // A search for a contact is no task of the stage that could not reach anybody.
    if (act.reason === 'stage') this.#stageOf(act, act.stage).tasks++;
  }

  skip(policy: string, stage: string, reason: string): void {
    this.#totals.skipped++;
    const key = JSON.stringify([policy, stage, reason]);
    const known = this.#skips.get(key);
    if (known === undefined) this.#skips.set(key, { policy, stage, reason, count: 1 });
    else known.count++;
    const counts = this.#stages.get(keyOf(policy, stage));
    if (counts !== undefined) counts.skipped++;
  }

  refuse(channel: string): void {
    this.#totals.refused++;
    this.#channel(channel).refused++;
  }

  /** Stages reached by acts. */
  reachedBy(acts: readonly Act[]): number {
    return acts.reduce((sum, act) => sum + ladderCovers(act, this.#engine).length, 0);
  }

  /** The strongest stage among those reached by acts: highest tone, then the later in its policy. */
  highestOf(acts: readonly Act[]): AccountRun['highest'] {
    let best: StageCounts | undefined;
    for (const act of acts) {
      for (const cover of ladderCovers(act, this.#engine)) {
        const stage = this.#stageOf(act, cover.stage);
        const stronger =
          best === undefined ||
          severity[stage.tone] > severity[best.tone] ||
          (stage.tone === best.tone && stage.order > best.order);
        if (stronger) best = stage;
      }
    }
    if (best === undefined) return undefined;
    const { policy, stage, name, tone } = best;
    return { policy, stage, name, tone };
  }

  totals(): Omit<RunTotals, 'accountsContacted'> {
    return { ...this.#totals, unknown: this.unknown };
  }

  stages(): StageTotals[] {
    return [...this.#stages.values()].map(({ order: _, channels, ...counts }) => ({
      ...counts,
      channels: [...channels]
        .map(([channel, messages]) => ({ channel, messages }))
        .sort((a, b) => (a.channel < b.channel ? -1 : 1)),
    }));
  }

  channels(): ChannelTotals[] {
    return [...this.#channels.values()].sort((a, b) => (a.channel < b.channel ? -1 : 1));
  }

  /** Every month from one day to another, and those outside in which something happened. */
  months(from: Day, to: Day): MonthTotals[] {
    for (let day = from; day <= to; ) {
      const { year, month } = civilOf(day);
      this.#month(`${year}-${String(month).padStart(2, '0')}-01`);
      while (day <= to && civilOf(day).month === month) day++;
    }
    const order = [...this.#stages.keys()];
    return [...this.#months]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([month, { stages, ...counts }]) => ({
        month,
        ...counts,
        stages: order.flatMap((key) => {
          const reached = stages.get(key);
          const stage = this.#stages.get(key);
          if (reached === undefined || stage === undefined) return [];
          return [{ policy: stage.policy, stage: stage.stage, reached }];
        }),
      }));
  }

  /** By policy and stage, in the order of the ladder; the most frequent reason first. */
  skips(): SkipCount[] {
    const order = [...this.#stages.keys()];
    const place = (one: SkipCount): number => order.indexOf(keyOf(one.policy, one.stage));
    return [...this.#skips.values()].sort(
      (a, b) => place(a) - place(b) || b.count - a.count || (a.reason < b.reason ? -1 : 1),
    );
  }

  #cover(act: Act, month: MonthCounts): void {
    for (const cover of ladderCovers(act, this.#engine)) {
      const stage = this.#stageOf(act, cover.stage);
      stage.reached++;
      if (cover.occurrence > 1) stage.repeats++;
      this.#totals.reached++;
      month.reached++;
      const key = keyOf(stage.policy, stage.stage);
      month.stages.set(key, (month.stages.get(key) ?? 0) + 1);
    }
  }

  /** An older version of a policy may have stages that the newest has not. */
  #stageOf(act: Act, id: string): StageCounts {
    const stage = findStage(this.#engine, act.policy, id);
    return this.#stage(act.policy.id, id, stage?.name, stage?.tone ?? act.tone);
  }

  #stage(policy: string, stage: string, name: string | undefined, tone: Tone): StageCounts {
    const key = keyOf(policy, stage);
    let counts = this.#stages.get(key);
    if (counts === undefined) {
      counts = {
        policy,
        stage,
        name: name ?? stage,
        tone,
        reached: 0,
        repeats: 0,
        messages: 0,
        tasks: 0,
        skipped: 0,
        order: this.#stages.size,
        channels: new Map(),
      };
      this.#stages.set(key, counts);
    }
    return counts;
  }

  #channel(id: string): Writable<ChannelTotals> {
    let counts = this.#channels.get(id);
    if (counts === undefined) {
      counts = { channel: id, messages: 0, thanks: 0, refused: 0 };
      this.#channels.set(id, counts);
    }
    return counts;
  }

  #month(date: string): MonthCounts {
    const month = date.slice(0, 7);
    let counts = this.#months.get(month);
    if (counts === undefined) {
      counts = { reached: 0, messages: 0, thanks: 0, tasks: 0, stages: new Map() };
      this.#months.set(month, counts);
    }
    return counts;
  }
}

function keyOf(policy: string, stage: string): string {
  return JSON.stringify([policy, stage]);
}
